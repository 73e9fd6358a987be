"""All inputs to their outcomes: those of earlier runs from the state, the others read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from run.inputs import Named
from run.one import Failed, finish
from run.state import Ref, SegmentWriter, State

Outcome = Ref | Failed
"""What came of an input: where its result lies in the state, or why there is none."""


def known(inputs: Sequence[Named], state: State) -> list[Outcome | None]:
    """For each input the result that the state holds of its bytes; None where it holds none."""
    if not state.refs:
        return [None] * len(inputs)
    return [state.refs.get(sha256_of(one.path)) for one in inputs]


def sha256_of(path: str) -> str:
    """The file's SHA-256 in hex; empty where it cannot be read (its reader says why)."""
    try:
        if not Path(path).is_file():  # a pipe can be read but once
            return ""
        with Path(path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
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
