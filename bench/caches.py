"""Emptying the value caches, so that a warm process reads a plan as if for the first time.

A value cache remembers what words mean (the same cell again costs nothing); a loader remembers
what was compiled or read once (a lexicon, a trie, a pattern). By the rule of the house a value
cache is bounded (``lru_cache(maxsize=…)``) and a loader is not (``cache``).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Any

PACKAGES = ("extract", "normalize")
_MANY = 256


def caches(packages: tuple[str, ...] = PACKAGES) -> Iterator[tuple[str, Any]]:
    """Every functools cache at module or class level of the packages loaded: dotted name, cache."""
    seen: set[int] = set()
    for module_name, module in sorted(sys.modules.items()):
        if module is None or module_name.partition(".")[0] not in packages:
            continue
        held = dict(vars(module))
        for owner in [value for value in held.values() if isinstance(value, type)]:
            if owner.__module__ == module_name:
                held |= {f"{owner.__name__}.{name}": item for name, item in vars(owner).items()}
        for name, value in held.items():
            inner = getattr(value, "__func__", value)
            if hasattr(inner, "cache_clear") and id(inner) not in seen:
                seen.add(id(inner))
                yield f"{module_name}.{name}", inner


def forget_values(packages: tuple[str, ...] = PACKAGES) -> None:
    """Clear every bounded cache of the packages, and what the pipeline itself knows of."""
    for _, cached in caches(packages):
        if cached.cache_parameters()["maxsize"] is not None:
            cached.cache_clear()
    own: Callable[[], None] | None = getattr(sys.modules.get("pipeline"), "forget_values", None)
    if own is not None:
        own()
    words = getattr(sys.modules.get("normalize.text"), "_word_keys", None)
    if words is not None:
        words.clear()


def kept(packages: tuple[str, ...] = PACKAGES) -> list[str]:
    """Unbounded caches that hold so much that they look like value caches: "name (entries)".

    A ratio measured while one of these is full flatters; bound it, or say why not.
    """
    return [
        f"{name} ({cached.cache_info().currsize})"
        for name, cached in caches(packages)
        if cached.cache_parameters()["maxsize"] is None and cached.cache_info().currsize > _MANY
    ]
