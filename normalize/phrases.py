"""Phrases of a lexicon by role, looked up word by word.

A lexicon with the columns ``role`` and ``phrases`` (and ``value`` where a phrase stands for one)
becomes one table a role: first word → how long its phrases are, so that a look-up at a word that
begins none costs one dictionary access.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import msgspec

from normalize.lexicon import entries, several
from normalize.text import key


class Phrases(msgspec.Struct, frozen=True):
    """The phrases of one role: key of the phrase → its value; lengths by the first word's key."""

    values: Mapping[str, str]
    lengths: Mapping[str, tuple[int, ...]]

    def __contains__(self, phrase: str) -> bool:
        """Is the key one of the phrases?"""
        return phrase in self.values

    def length(self, keys: Sequence[str], at: int) -> int:
        """How many words the longest phrase at ``keys[at]`` has; 0 where none stands there."""
        if at >= len(keys):
            return 0
        sizes = self.lengths.get(keys[at])
        if sizes is None:
            return 0
        for size in sizes:
            if at + size <= len(keys) and (
                size == 1 or " ".join(keys[at : at + size]) in self.values
            ):
                return size
        return 0

    def anywhere(self, keys: Sequence[str]) -> bool:
        """Does one of the phrases stand among the words?"""
        return any(word in self.lengths and self.length(keys, at) for at, word in enumerate(keys))


@cache
def phrases(lexicon: str, role: str) -> Phrases:
    """The phrases of one role of ``lexicon/<lexicon>.csv``; KeyError for an unknown role."""
    return _roles(lexicon)[role]


@cache
def _roles(lexicon: str) -> dict[str, Phrases]:
    made: dict[str, dict[str, str]] = {}
    for row in entries(lexicon):
        values = made.setdefault(row["role"], {})
        for phrase in several(row["phrases"]):
            values.setdefault(key(phrase), row.get("value", ""))
    return {role: Phrases(values, _lengths(values)) for role, values in made.items()}


def _lengths(values: Mapping[str, str]) -> dict[str, tuple[int, ...]]:
    made: dict[str, set[int]] = {}
    for phrase in values:
        parts = phrase.split()
        made.setdefault(parts[0], set()).add(len(parts))
    return {first: tuple(sorted(sizes, reverse=True)) for first, sizes in made.items()}
