"""``python -m bench fuzz [--runs N] [--check] [TARGET…]``: atheris against readers and grammars.

Each target of :mod:`bench.fuzz_targets` runs in a process of its own, instrumented, from a corpus
that is made in a temporary folder of our samples (and of real plans where their folder is). Odd
runs mutate bytes as libFuzzer does, even ones read the bytes as edits of a real plan. An input that
raises, breaks what must hold of every table, or takes more than 20 seconds is a failure; it is
printed and kept where ``--keep`` says.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import monotonic

import msgspec

from bench.fuzz_targets import TEXT_TARGETS, sample_files
from bench.mutate import ROOT, texts

_SECONDS_AN_INPUT = 20
_MEGABYTES = 2_048
TARGETS = (*TEXT_TARGETS, "file")


class Fuzzed(msgspec.Struct, frozen=True):
    """One target: how many inputs it read in how many seconds, and the words of its failure."""

    target: str
    runs: int
    seconds: float
    failure: str


def main(arguments: Sequence[str]) -> int:
    """Run the targets one after the other; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", choices=[*TARGETS, []], help="all by default")
    parser.add_argument("--runs", type=int, default=2_000, help="inputs a target")
    parser.add_argument("--seed", type=int, default=1, help="of libFuzzer's chance")
    parser.add_argument("--keep", type=Path, help="folder for inputs that fail")
    parser.add_argument("--check", action="store_true", help="exit with 1 where an input fails")
    options = parser.parse_args(arguments)
    failed = 0
    for target in options.targets or TARGETS:
        row = run(target, options.runs, options.seed, options.keep)
        failed += bool(row.failure)
        print(line(row), flush=True)
    print(f"{failed} targets with a failing input" if failed else "no input failed")
    return int(options.check and failed > 0)


def run(target: str, runs: int, seed: int, keep: Path | None = None) -> Fuzzed:
    """One target fed with so many inputs in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        corpus, kept = Path(folder) / "corpus", Path(folder) / "failed"
        corpus.mkdir()
        kept.mkdir()
        _fill(corpus, target)
        start = monotonic()
        done = subprocess.run(
            [
                *(sys.executable, "-m", "bench.fuzz_child", target, str(corpus)),
                *(f"-runs={runs}", f"-seed={seed}", "-max_len=16384", "-print_final_stats=1"),
                *(f"-timeout={_SECONDS_AN_INPUT}", f"-rss_limit_mb={_MEGABYTES}"),
                f"-artifact_prefix={kept}/",
            ],
            cwd=ROOT,
            capture_output=True,
            text=True,
            errors="replace",
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        seconds = monotonic() - start
        if keep is not None and done.returncode:
            shutil.copytree(kept, keep, dirs_exist_ok=True)
    counted = [row for row in done.stderr.splitlines() if "number_of_executed_units" in row]
    count = int(counted[-1].rpartition(":")[2]) if counted else 0
    return Fuzzed(target, count, seconds, _failure(done.stderr) if done.returncode else "")


def _fill(corpus: Path, target: str) -> None:
    """What the fuzzer starts from: whole texts for documents, their lines for grammars."""
    if target == "file":
        for path in sample_files():
            shutil.copy(path, corpus)
    for number, text in enumerate(texts()):
        if target in ("document", "file"):
            (corpus / f"text-{number}").write_text(text[:16_000], encoding="utf-8")
            continue
        cells = {cell.strip() for line in text.splitlines() for cell in line.split("\t")}
        for index, cell in enumerate(sorted(cells)[:40]):
            (corpus / f"cell-{number}-{index}").write_text(cell[:2_000], encoding="utf-8")


def _failure(told: str) -> str:
    """The lines of a failing run that say what happened."""
    lines = told.splitlines()
    first = next(
        (i for i, line in enumerate(lines) if "Uncaught Python" in line or "ERROR" in line), 0
    )
    shown = [line for line in lines[first:] if line.strip()]
    last = next((i for i, line in enumerate(shown) if line.startswith("====")), len(shown))
    return "\n    ".join(shown[: min(last, 24)] or lines[-5:])


def line(row: Fuzzed) -> str:
    """The result as one line, what failed below it."""
    speed = row.runs / row.seconds if row.seconds else 0
    told = f"FAILED\n    {row.failure}" if row.failure else "nothing failed"
    return f"{row.target:10} {row.runs:8,} runs {row.seconds:7.0f} s {speed:7.1f}/s  {told}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
