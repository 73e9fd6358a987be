"""Inputs read by several processes, none of which can take another's input down with it.

pebble's pool tells which task a killed or overdue process held, and puts another process in its
place. Workers are forked from a process that has loaded everything and holds no threads (fork from
one that has is not safe).
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, wait
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

import msgspec

from publish.folder import OutputError
from run.inputs import Named
from run.one import Failed
from run.reading import Outcome
from run.state import State
from run.work import begin, work

if TYPE_CHECKING:
    from pebble import ProcessPool

_AHEAD = 4
"""Tasks a worker that wait for it: enough that none ever waits for work."""
_TICK = 1.0
_GRACE = 60.0
"""Seconds beyond the time limit without any outcome after which the pool is taken for stuck."""
_STARTS = 10
"""So many pools in a row may fail without one outcome."""


class Limits(msgspec.Struct, frozen=True):
    """What one input may take in a worker: seconds and megabytes, 0 for any."""

    seconds: float
    megabytes: int


def read_in_workers(
    inputs: Sequence[Named], wanted: Sequence[int], state: State, jobs: int, limits: Limits
) -> Iterator[tuple[int, Outcome]]:
    """Read the wanted inputs with so many workers: index and outcome, in the order of ending.

    A worker that is killed, takes too long or runs out of memory costs the input that it held.
    Raises OutputError where workers cannot be started, OSError where a result cannot be kept.
    """
    waiting = deque(wanted)
    failed_starts = 0
    while waiting:
        before = len(waiting)
        yield from _one_pool(inputs, waiting, state, jobs, limits)
        # A pool that broke leaves its tasks in the queue.
        failed_starts = failed_starts + 1 if len(waiting) == before else 0
        if failed_starts == _STARTS:
            raise OutputError(
                "the reading processes cannot be started; allow them more with --memory, "
                "or read in this process alone with --jobs 1"
            )


def _one_pool(
    inputs: Sequence[Named], waiting: deque[int], state: State, jobs: int, limits: Limits
) -> Iterator[tuple[int, Outcome]]:
    """Outcomes of the inputs in the queue until it is empty or the pool breaks; what has no
    outcome then is in the queue again."""
    from pebble import ProcessPool

    pool = ProcessPool(
        min(jobs, len(waiting)),
        initializer=begin,
        initargs=(state.results, limits.megabytes),
        context=_context(),
    )
    running: dict[Any, int] = {}
    try:
        moved = monotonic()
        broken = False
        while (waiting or running) and not broken:
            broken = not _fill(pool, running, waiting, inputs, jobs, limits)
            ended, _ = wait(running, timeout=_TICK, return_when=FIRST_COMPLETED)
            for future in ended:
                outcome = _outcome(future, inputs[running[future]].path, limits)
                if outcome is None:
                    broken = True
                    continue
                yield running.pop(future), outcome
                moved = monotonic()
            if limits.seconds and monotonic() - moved > limits.seconds + _GRACE:
                broken = True
    finally:
        waiting.extendleft(sorted(running.values(), reverse=True))
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


def _fill(
    pool: ProcessPool,
    running: dict[Any, int],
    waiting: deque[int],
    inputs: Sequence[Named],
    jobs: int,
    limits: Limits,
) -> bool:
    """Give the pool enough to do; False where it takes nothing any more."""
    while waiting and len(running) < jobs * _AHEAD:
        path = inputs[waiting[0]].path
        try:
            future = pool.schedule(work, args=(path,), timeout=limits.seconds or None)
        except RuntimeError:
            return False
        running[future] = waiting.popleft()
    return True


def _outcome(future: Any, path: str, limits: Limits) -> Outcome | None:
    """What came of a task; None where the pool broke before it had a turn."""
    from concurrent.futures import CancelledError
    from concurrent.futures.process import BrokenProcessPool

    from pebble import ProcessExpired

    try:
        outcome: Outcome = future.result()
    except TimeoutError:
        return Failed(
            path,
            f"chưa đọc xong sau {limits.seconds:g} giây",
            "Chia nhỏ tệp hoặc tăng --timeout",
        )
    except ProcessExpired as error:
        return Failed(
            path,
            f"tiến trình đọc tệp bị dừng giữa chừng (mã {error.exitcode})",
            "Chạy lại; nếu vẫn vậy, chia nhỏ tệp, tăng --memory hoặc kiểm tra bộ nhớ máy",
        )
    except (BrokenProcessPool, CancelledError):
        return None
    return outcome


def _context() -> Any:
    """A server to fork workers from, with everything loaded; plain new processes on Windows."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    from multiprocessing import forkserver

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["run.preload"])
    # The server does not get this process's path, and would find nothing to load.
    home = str(Path(__file__).resolve().parent.parent)
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join([home, before] if before else [home])
    # Ctrl-C goes to the whole group: the server must not hear it while it is still loading.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        if before is None:
            del os.environ["PYTHONPATH"]
        else:
            os.environ["PYTHONPATH"] = before
    return context
