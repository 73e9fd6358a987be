"""Patterns that are compiled when they are first used.

Compiling all patterns of the project takes longer than reading a plan, and no plan uses them all.
"""

from __future__ import annotations

from typing import Any, cast

import regex


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
        self.__dict__[name] = method
        return method


def pattern(source: str, flags: int = 0) -> regex.Pattern[str]:
    """Like ``regex.compile``, but at the first use; an error in the source shows only then."""
    return cast("regex.Pattern[str]", _Lazy(source, flags))
