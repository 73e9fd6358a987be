"""All inputs to their outcomes: those of earlier runs from the state, the others read."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from run.inputs import Named, is_address
from run.one import Failed, finish
from run.state import Ref, SegmentWriter, State

Outcome = Ref | Failed
"""What came of an input: where its result lies in the state, or why there is none."""


_PIECE = 1 << 20
_TEXTS = (".txt", ".md", ".html", ".htm", ".csv", "")
_SECONDS_A_BYTE = 2e-6
_SECONDS_A_FORM = 1.0
_SECONDS_A_WORKER = 3.0


def jobs_for(paths: Sequence[str]) -> int:
    """As many workers as there are cores, where that pays: one for a handful of files.

    A worker must have some seconds of work to be worth its start. The guess goes by size and by
    the ending of the name: a page to recognise takes a thousand times what its text would.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    seconds = 0.0
    for path in paths:
        if os.path.splitext(path)[1].lower() in _TEXTS:  # noqa: PTH122 (a Path takes far longer)
            try:
                seconds += os.stat(path).st_size * _SECONDS_A_BYTE  # noqa: PTH116
            except OSError:
                continue
        else:
            seconds += _SECONDS_A_FORM
    return max(1, min(cores or 1, int(seconds / _SECONDS_A_WORKER), len(paths)))


def known(inputs: Sequence[Named], state: State) -> list[Outcome | None]:
    """For each input the result that the state holds of its bytes; None where it holds none."""
    if not state.refs:
        return [None] * len(inputs)
    remote = [one.path for one in inputs if is_address(one.path)]
    hashes: dict[str, str] = {}
    if remote:
        from run.remote import sha256s

        hashes = dict(zip(remote, sha256s(remote), strict=True))
    return [state.refs.get(hashes.get(one.path) or sha256_of(one.path)) for one in inputs]


def sha256_of(path: str) -> str:
    """The file's SHA-256 in hex; empty where it cannot be read (its reader says why)."""
    try:
        if not Path(path).is_file():  # a pipe can be read but once
            return ""
        digest = hashlib.sha256()
        with Path(path).open("rb", buffering=0) as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
        return digest.hexdigest()
    except OSError:
        return ""


def read_here(
    inputs: Sequence[Named], wanted: Sequence[int], state: State
) -> Iterator[tuple[int, Outcome]]:
    """Read the wanted inputs one after the other in this process: index, outcome."""
    writer: SegmentWriter | None = None
    for index in wanted:
        done = finish(inputs[index].path)
        if isinstance(done, Failed):
            yield index, done
            continue
        writer = writer or SegmentWriter(state.results)
        yield index, writer.append(done.sha256, done.result, done.text)
    if writer is not None:
        writer.close()
