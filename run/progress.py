"""How far a run is, on standard error: a bar on a terminal, lines where they are asked for."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from time import monotonic
from typing import TypeVar

Item = TypeVar("Item")
_EVERY = 10.0


def shown(items: Iterable[Item], total: int, *, lines: bool = False) -> Iterable[Item]:
    """The same items; with a bar that tells rate and time left where a terminal shows it.

    ``lines`` gives a plain line every ten seconds instead, for a log.
    """
    if lines:
        return _lines(items, total)
    if total < 2 or not sys.stderr.isatty():
        return items
    return _bar(items, total)


def _bar(items: Iterable[Item], total: int) -> Iterator[Item]:
    from tqdm import tqdm

    yield from tqdm(items, total=total, unit="tệp", leave=False, dynamic_ncols=True)


def _lines(items: Iterable[Item], total: int) -> Iterator[Item]:
    start = told = monotonic()
    for count, item in enumerate(items, 1):
        yield item
        now = monotonic()
        if now - told >= _EVERY or count == total:
            told = now
            print(line(count, total, now - start), file=sys.stderr, flush=True)


def line(count: int, total: int, seconds: float) -> str:
    """ "1 200/10 000 tệp, 60 tệp/s, còn 0:02:26"."""
    rate = count / seconds if seconds else 0.0
    left = int((total - count) / rate) if rate else 0
    clock = f"{left // 3600}:{left // 60 % 60:02d}:{left % 60:02d}"
    shown = f"{count:,}/{total:,}".replace(",", "\u00a0")
    return f"{shown} tệp, {rate:.3g} tệp/s, còn {clock}"
