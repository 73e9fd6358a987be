"""The reform area that an area's words name, one of the seven codes of the contract.

The areas are those of the programmes of administrative reform (Resolution 30c/NQ-CP of 2011,
Resolution 76/NQ-CP of 2021); their wordings are in ``lexicon/areas.csv``.
"""

from __future__ import annotations

from functools import cache, lru_cache

import msgspec

from normalize.lexicon import entries, several
from normalize.text import WORD, fold, key

_FEWEST_WORDS = 3
"""Words of a phrase that is known without its accents: fewer mean other things too."""


class Mended(msgspec.Struct, frozen=True):
    """An area that a slip of the scan hid: its code, the right words, the range of the printed."""

    code: str
    words: str
    start: int
    end: int


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


@cache
def _alone() -> dict[str, str]:
    """Words that name an area where they are all of its words ("Hiện đại hóa")."""
    return {
        key(phrase): row["code"] for row in entries("areas") for phrase in several(row["alone"])
    }


@lru_cache(maxsize=1024)
def area_code(text: str) -> str | None:
    """The code of the area ("Cải cách TTHC" → procedures); None for an area outside the seven.

    Where the words name several areas the first one counts: it is what the others belong to
    ("Ứng dụng công nghệ thông tin trong giải quyết TTHC").
    """
    known = _phrases()
    keys = tuple(key(text).split())
    whole = _alone().get(" ".join(keys))
    if whole is not None:
        return whole
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


@lru_cache(maxsize=1024)
def mended_area(text: str) -> Mended | None:
    """The area that the words name but for their accents ("Tố chức bộ máy"), for no code else."""
    found = [(fold(match.group()), match.span()) for match in WORD.finditer(text)]
    folded = [word for word, _ in found]
    for at in range(len(folded)):
        for parts, code, words in _folded().get(folded[at], ()):
            end = at + len(parts)
            if tuple(folded[at:end]) == parts:
                return Mended(code, words, found[at][1][0], found[end - 1][1][1])
    return None


@cache
def _folded() -> dict[str, list[tuple[tuple[str, ...], str, str]]]:
    """First word without accents → (words, code, phrase) of long phrases."""
    made: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    for row in entries("areas"):
        for phrase in several(row["phrases"]) if row["code"] else ():
            parts = tuple(fold(phrase).split())
            if len(parts) >= _FEWEST_WORDS:
                made.setdefault(parts[0], []).append((parts, row["code"], phrase))
    return made
