"""The reform area that an area's words name, one of the seven codes of the contract.

The areas are those of the programmes of administrative reform (Resolution 30c/NQ-CP of 2011,
Resolution 76/NQ-CP of 2021); their wordings are in ``lexicon/areas.csv``.
"""

from __future__ import annotations

from functools import cache, lru_cache

from normalize.lexicon import entries, several
from normalize.text import key


@cache
def _phrases() -> dict[str, tuple[tuple[tuple[str, ...], str | None], ...]]:
    """First word → (words of a phrase, code), longest first; None hides a phrase inside."""
    made: dict[str, list[tuple[tuple[str, ...], str | None]]] = {}
    for row in entries("areas"):
        for phrase in several(row["phrases"]):
            parts = tuple(key(phrase).split())
            made.setdefault(parts[0], []).append((parts, row["code"] or None))
    return {
        first: tuple(sorted(found, key=lambda one: -len(one[0]))) for first, found in made.items()
    }


@lru_cache(maxsize=1024)
def area_code(text: str) -> str | None:
    """The code of the area ("Cải cách TTHC" → procedures); None for an area outside the seven.

    Where the words name several areas the first one counts: it is what the others belong to
    ("Ứng dụng công nghệ thông tin trong giải quyết TTHC").
    """
    known = _phrases()
    keys = tuple(key(text).split())
    at = 0
    while at < len(keys):
        step = 1
        for parts, code in known.get(keys[at], ()):
            if keys[at : at + len(parts)] == parts:
                if code is not None:
                    return code
                step = len(parts)
                break
        at += step
    return None
