"""``python -m bench scale [COUNT …]``: the command on many made plans, with one and two workers.

Each run is the command in a process of its own, on plans that it has not seen, then once more
with nothing changed. Time is the wall's (and the processors' beside it: on a busy machine the two
part); memory is the peak resident size of the parent and of the largest worker, sampled from
the system's own high-water marks.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter, sleep

import msgspec
import psutil

from bench.corpus import write_plans
from bench.rows import ROOT

COUNTS = (100, 1_000, 10_000)
JOBS = (1, 2)
LINEAR_LIMIT = 1.10
MEMORY_LIMIT = 1.2
WORKERS_LIMIT = 1.7
RERUN_LIMIT = 0.05
_SAMPLE_SECONDS = 0.05


class Run(msgspec.Struct, frozen=True):
    """One run of the command: wall and processor seconds, peak bytes of parent and worker."""

    plans: int
    jobs: int
    size: int
    seconds: float
    processor: float
    parent: int
    worker: int
    rerun: float


class Check(msgspec.Struct, frozen=True):
    """A figure and its limit, and whether it must not be more or not be less."""

    name: str
    figure: float
    limit: float
    at_most: bool = True

    @property
    def holds(self) -> bool:
        """Whether the figure is within the limit."""
        return self.figure <= self.limit if self.at_most else self.figure >= self.limit


def measure(counts: Sequence[int], root: Path = ROOT) -> Iterator[Run]:
    """Every count with every number of workers; the plans of a smaller count are its first.

    Raises CalledProcessError where a run fails.
    """
    with tempfile.TemporaryDirectory() as place:
        corpus = Path(place) / "plans"
        made = 0
        for count in sorted({1, *counts}):
            write_plans(corpus, count - made, made)
            made = count
            folders = sorted(str(path) for path in corpus.iterdir())
            size = sum(path.stat().st_size for path in corpus.rglob("*.txt"))
            for jobs in JOBS:
                out = Path(place) / "out"
                arguments = [*folders, "--out", str(out), "--jobs", str(jobs)]
                seconds, processor, parent, worker = _watched(arguments, root)
                rerun, *_ = _watched(arguments, root)
                yield Run(count, jobs, size, seconds, processor, parent, worker, rerun)
                shutil.rmtree(out)


def _watched(arguments: Sequence[str], root: Path) -> tuple[float, float, int, int]:
    """Wall seconds, processor seconds, peak bytes of the parent and of the largest worker."""
    start = perf_counter()
    before = os.times()
    running = subprocess.Popen(
        [sys.executable, "pipeline.py", *arguments],
        cwd=root,
        env={k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    process = psutil.Process(running.pid)
    parent = worker = 0
    used: dict[int, float] = {}
    while running.poll() is None:
        parent = max(parent, _peak(running.pid))
        try:
            below = process.children(recursive=True)
        except psutil.NoSuchProcess:
            below = []
        for one in below:
            worker = max(worker, _peak(one.pid))
            try:
                used[one.pid] = sum(one.cpu_times()[:2])
            except psutil.NoSuchProcess:
                continue
        sleep(_SAMPLE_SECONDS)
    seconds = perf_counter() - start
    after = os.times()
    errors = running.stderr.read() if running.stderr else b""
    if running.returncode:
        raise subprocess.CalledProcessError(
            running.returncode, list(arguments), stderr=errors.decode(errors="replace")
        )
    own = after.children_user + after.children_system
    own -= before.children_user + before.children_system
    return seconds, own + sum(used.values()), parent, worker


def _peak(pid: int) -> int:
    """The process's high-water mark of resident memory in bytes; 0 where it has ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    for line in status.splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    return 0


def line(run: Run) -> str:
    """The run as one line; the run over one plan is what starting costs."""
    worker = f"{run.worker / 1e6:5.0f}" if run.worker else "    –"
    return (
        f"{run.plans:6,} plans  {run.jobs} worker{'s' if run.jobs > 1 else ' '}  "
        f"{run.seconds:7.2f} s ({run.processor:7.2f} s of processors)  "
        f"{run.plans / run.seconds:7.1f} plans/s  {run.size / 1e6 / run.seconds:6.3f} MB/s  "
        f"peak {run.parent / 1e6:5.0f} MB parent, {worker} MB worker  "
        f"rerun {run.rerun:5.2f} s ({run.rerun / run.seconds:5.1%})"
    )


def checks(runs: Sequence[Run]) -> list[Check]:
    """What is expected of the largest count, beside the one before it."""
    counts = sorted({run.plans for run in runs if run.plans > 1})
    by_place = {(run.plans, run.jobs): run for run in runs}
    large, small = counts[-1], counts[-2] if len(counts) > 1 else counts[-1]
    found = []
    for jobs in JOBS:
        big, less, start = (by_place[count, jobs] for count in (large, small, 1))
        each = (big.seconds - start.seconds) / (large - 1)
        before = (less.seconds - start.seconds) / (small - 1)
        name = f"{jobs} worker{'s' if jobs > 1 else ''}"
        found += [
            Check(f"{name}: time a plan, {large:,} / {small:,}", each / before, LINEAR_LIMIT),
            Check(
                f"{name}: peak of the parent, {large:,} / {small:,}",
                big.parent / less.parent,
                MEMORY_LIMIT,
            ),
            Check(f"{name}: rerun / first run, {large:,}", big.rerun / big.seconds, RERUN_LIMIT),
        ]
        if less.worker:
            name = f"{name}: peak of a worker, {large:,} / {small:,}"
            found.append(Check(name, big.worker / less.worker, MEMORY_LIMIT))
    one, two = by_place[large, 1], by_place[large, 2]
    faster = one.seconds / two.seconds
    found.append(Check(f"two workers / one, {large:,}", faster, WORKERS_LIMIT, at_most=False))
    return found


def verdict(check: Check) -> str:
    """The check as one line."""
    word = "at most" if check.at_most else "at least"
    end = "holds" if check.holds else "OVER " if check.at_most else "UNDER"
    return f"{check.figure:6.3f}  {word} {check.limit:<5g} {end}  {check.name}"
