"""``python -m bench growth [--rows N] [--check] [WORDS…]``: how reading time grows with the input.

Every shape of :mod:`bench.growth_shapes` (tables in each style, sections, citations, hostile runs)
is read at one size and at ten times that size, each in a process of its own; what is compared is
CPU time. Ten times the input may take 12 times as long.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import os
import resource
import signal
import sys
import traceback
from collections.abc import Iterator, Sequence
from time import process_time

import msgspec

from bench import growth_shapes as shapes

LIMIT = 12.0
FACTOR = 10
_NOTHING = 0.4
"""CPU seconds that say nothing about growth: below them the start of things weighs too much."""
_SECONDS = 900
_GROUPS = {"rows": shapes.ROWS, "parts": shapes.PARTS, "cells": shapes.CELLS}
_GROUPS |= {"runs": shapes.RUNS, "places": shapes.PLACES}
_FEW = {"rows": 1_000, "parts": 1_000, "cells": 2_000, "runs": 10_000, "places": 2_000}
"""Counts of the smaller size where the call names none."""


class Grown(msgspec.Struct, frozen=True):
    """One shape: CPU seconds at both sizes (None: given up), peak memory in MB, what went wrong."""

    name: str
    count: int
    seconds: float | None
    longer: float | None
    memory: float
    problem: str = ""

    @property
    def ratio(self) -> float:
        """How many times the smaller size the tenfold one took."""
        if self.seconds is None or self.longer is None:
            return float("inf")
        return self.longer / max(self.seconds, _NOTHING / FACTOR)

    @property
    def holds(self) -> bool:
        """Whether the growth is within the limit, or too small to be any."""
        return not self.problem and (
            self.ratio <= LIMIT or (self.longer is not None and self.longer < _NOTHING)
        )


def main(arguments: Sequence[str]) -> int:
    """Measure and print shape by shape; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench growth", description=__doc__)
    parser.add_argument("words", nargs="*", help=f"groups ({', '.join(_GROUPS)}) or words of names")
    parser.add_argument("--rows", type=int, help="count of the smaller size (rows, sections, …)")
    parser.add_argument("--check", action="store_true", help="exit with 1 where a limit is passed")
    parser.add_argument("--all", action="store_true", help="print what holds in small shapes, too")
    options = parser.parse_args(arguments)
    count = over = 0
    for group, row in measure(options.words or ["rows", "parts"], options.rows):
        count += 1
        over += not row.holds
        if not row.holds or options.all or group in ("rows", "parts"):
            print(line(row), flush=True)
    print(
        f"{count - over} of {count} shapes grow at most {LIMIT:g} times for {FACTOR} times as much"
    )
    return int(options.check and over > 0)


def measure(words: Sequence[str], rows: int | None) -> Iterator[tuple[str, Grown]]:
    """Each shape whose group or name is asked for, at both sizes: (group, what came)."""
    for group, made in _GROUPS.items():
        for name, shape in made.items():
            if group not in words and not any(
                word in name for word in words if word not in _GROUPS
            ):
                continue
            few = rows or _FEW[group]
            first, _, problem = _apart(shape(few))
            if problem:
                yield group, Grown(name, few, first, None, 0.0, problem)
                continue
            longer, memory, problem = _apart(shape(few * FACTOR))
            yield group, Grown(name, few, first, longer, memory, problem)


def read(text: str) -> None:
    """The whole way of one text file to its Arrow tables."""
    from extract import extract_documents
    from extract.readers.text import read_text
    from extract.readers.unreadable import UnreadableError
    from normalize.assemble import Input, assemble
    from publish.tables import arrow_tables

    data = text.encode()
    try:
        source = read_text(data, "growth.txt", hashlib.sha256(data).hexdigest())
    except UnreadableError:
        return
    about = Input(source.name, source.sha256, source.format, source.view, source.place)
    arrow_tables(assemble(extract_documents(source), about))


def _apart(text: str) -> tuple[float | None, float, str]:
    """CPU seconds and peak memory (MB) of reading the text in a child process, or its end."""
    read("KẾ HOẠCH\nNăm 2023\n\nI. MỤC ĐÍCH\n")  # lexicons are loaded once, before all forks
    back, front = os.pipe()
    child = os.fork()
    if not child:
        os.close(back)
        _child(text, front)
    os.close(front)
    with os.fdopen(back, "rb") as pipe:
        told = pipe.read().decode()
    _, _, used = os.wait4(child, 0)
    memory = used.ru_maxrss / 1024
    try:
        return float(told), memory, ""
    except ValueError:
        return None, memory, told or "ended without a word (killed)"


def _child(text: str, front: int) -> None:
    def give_up(*_: object) -> None:
        frame = "".join(traceback.format_stack(limit=4)[:-1]).replace("\n", " ")
        os.write(front, f"given up after {_SECONDS} s of CPU time: {frame}".encode()[:900])
        os._exit(1)

    signal.signal(signal.SIGPROF, give_up)
    signal.setitimer(signal.ITIMER_PROF, _SECONDS)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.set_threshold(200_000, 20, 20)  # as the command does
    start = process_time()
    try:
        read(text)
        os.write(front, str(process_time() - start).encode())
    except BaseException as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{os.path.basename(last.filename)}:{last.lineno}"  # noqa: PTH119
        os.write(front, f"{type(error).__name__}: {error} ({where})".encode()[:900])
    os._exit(0)


def line(row: Grown) -> str:
    """The measurement as one line."""
    if row.problem:
        return f"FAILED  {row.name} ({row.count:,}): {row.problem}"
    assert row.seconds is not None
    assert row.longer is not None
    return (
        f"{row.seconds:9.2f} s → {row.longer:9.2f} s = {row.ratio:6.1f} ×  "
        f"{'holds' if row.holds else 'OVER '}  {row.memory:6.0f} MB  "
        f"{row.name}, {row.count:,} → {row.count * FACTOR:,}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
