"""Patterns that are compiled when they are first used, and that give up on a hostile text.

Compiling all patterns of the project takes longer than reading a plan, and no plan uses them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, cast

import regex

SECONDS = 20.0
"""CPU seconds after which one search of a long text is given up with a TimeoutError."""
_LONG = 2_000
"""Characters from which on a search is timed. Reading the clock costs three times what a search of
a cell does; below it nothing stops a pattern but its own shape (``python -m bench growth`` tries
many shapes of text, not every pattern).
"""
_BATCH = 2_000
_TIMED = frozenset(["search", "match", "fullmatch", "findall", "split"])
_REWRITES = frozenset(["sub", "subn"])


class _Lazy:
    """Stands for a compiled pattern; each method is looked up once and then its own attribute."""

    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        found = self.__dict__.get("_compiled")
        if found is None:
            found = self.__dict__["_compiled"] = regex.compile(self._source, self._flags)
        method = getattr(found, name)
        if name in _TIMED:
            method = _timed(method)
        elif name == "finditer":
            method = _timed_finditer(method)
        elif name in _REWRITES:
            method = _timed_rewrite(method)
        self.__dict__[name] = method
        return method


def _timed(method: Callable[..., Any]) -> Callable[..., Any]:
    """The method, timed where it is to look through a long stretch."""

    def bounded(text: str, *given: Any, **named: Any) -> Any:
        if len(text) < _LONG or (len(given) > 1 and given[1] - given[0] < _LONG):
            return method(text, *given, **named)
        return method(text, *given, timeout=SECONDS, **named)

    return bounded


def _timed_finditer(method: Callable[..., Any]) -> Callable[..., Any]:
    def bounded(text: str, pos: int = 0, endpos: int | None = None) -> Iterator[Any]:
        end = len(text) if endpos is None else endpos
        if end - pos < _LONG:
            return iter(method(text, pos, end))
        return _in_batches(method, text, pos, end)

    return bounded


def _in_batches(method: Callable[..., Any], text: str, at: int, end: int) -> Iterator[Any]:
    """All matches; the clock runs while they are looked for, not while the caller works on them.

    The module's own clock of an iterator runs from its making on, whoever works meanwhile. A batch
    ends behind a match that holds characters, so that the next one begins where it would go on.
    """
    while True:
        found = list(islice(method(text, at, end, timeout=SECONDS), _BATCH))
        whole = len(found) < _BATCH
        while not whole and found and found[-1].start() == found[-1].end():
            found.pop()
        if not found and not whole:
            yield from method(text, at, end)
            return
        yield from found
        if whole:
            return
        at = found[-1].end()


def _timed_rewrite(method: Callable[..., Any]) -> Callable[..., Any]:
    def bounded(new: Any, text: str, *given: Any, **named: Any) -> Any:
        if len(text) < _LONG:
            return method(new, text, *given, **named)
        return method(new, text, *given, timeout=SECONDS, **named)

    return bounded


def pattern(source: str, flags: int = 0) -> regex.Pattern[str]:
    """Like ``regex.compile``, but at the first use; an error in the source shows only then.

    A search that takes too long raises TimeoutError, which costs the file that it was made for.
    """
    return cast("regex.Pattern[str]", _Lazy(source, flags))
