"""What a worker process does: read one input, keep its result, and answer in a few words.

Results go from the worker to the disk, never through the pipe that all workers share: an answer
is shorter than what a pipe takes in one piece, so a worker that is killed while it answers cannot
leave half an answer in the way of the others.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from pathlib import Path

from run.one import Failed, finish
from run.state import Ref, SegmentWriter

MEGABYTE = 1 << 20
_MOST_WORDS = 400
"""Letters of a problem or remedy that an answer may have; a pipe takes 4 096 bytes in one piece."""

_results: Path | None = None
_writer: SegmentWriter | None = None


def begin(results: Path, megabytes: int) -> None:
    """Prepare a worker: where results go, and how much memory an input may take (0: any)."""
    global _results
    _results = results
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if megabytes:
        _limit_memory(megabytes * MEGABYTE)


def work(address: str) -> Ref | Failed:
    """Read one input and append its result to this worker's segment.

    Raises OSError where the result cannot be kept (a full disk): that ends the run.
    """
    global _writer
    done = finish(address)
    if isinstance(done, Failed):
        return Failed(done.file, done.problem[:_MOST_WORDS], done.remedy[:_MOST_WORDS])
    if _writer is None:
        assert _results is not None
        _writer = SegmentWriter(_results)
    return _writer.append(done.sha256, done.result, done.text)


def _limit_memory(most: int) -> None:
    """Let the process map so much more than it has mapped now.

    RLIMIT_AS makes the allocation fail that asks for too much, in Python (a MemoryError, after
    which the worker goes on) as in a library, at once, and for programs that the worker starts
    too; watching the resident size would be late by the watcher's rhythm. It counts memory
    that is mapped and never touched, hence the generous default. Windows has no such limit.
    """
    try:
        import resource
    except ImportError:
        return
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        pages = 0
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = pages * resource.getpagesize() + most
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def _end_with_parent() -> None:
    """Wait for the run's own process to end, however it ends, and end with it."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
