"""How far a run is: a bar on standard error where that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")


def shown(items: Iterable[Item], total: int) -> Iterable[Item]:
    """The same items; with a bar that tells rate and time left where a terminal shows it."""
    if total < 2 or not sys.stderr.isatty():
        return items
    return _bar(items, total)


def _bar(items: Iterable[Item], total: int) -> Iterator[Item]:
    from tqdm import tqdm

    yield from tqdm(items, total=total, unit="tệp", leave=False, dynamic_ncols=True)
