"""Phrases of the lexicon found among the words of a text, whatever their case and tone spelling.

A phrase is a sequence of word keys. Where it is printed with a comma or hyphen between two words,
the text may have that mark there or not; no other mark may stand inside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from typing import Generic, TypeVar

from normalize.lexicon import entries, several
from normalize.text import WORD, Word, word_key

T = TypeVar("T")


class Phrases(Generic[T]):
    """A set of phrases, each with a value; of several that match the longest wins."""

    def __init__(self, pairs: Iterable[tuple[str, T]]) -> None:
        self._table: dict[tuple[str, ...], tuple[T, tuple[str, ...]]] = {}
        self._longest_from: dict[str, int] = {}
        self._longest_to: dict[str, int] = {}
        for phrase, value in pairs:
            found = list(WORD.finditer(phrase))
            keys = tuple(word_key(m.group()) for m in found)
            gaps = tuple(phrase[a.end() : b.start()].strip() for a, b in pairwise(found))
            self._table.setdefault(keys, (value, gaps))
            first, last = keys[0], keys[-1]
            self._longest_from[first] = max(self._longest_from.get(first, 0), len(keys))
            self._longest_to[last] = max(self._longest_to.get(last, 0), len(keys))

    def at(self, text: str, words: Sequence[Word], index: int) -> tuple[int, T] | None:
        """The longest phrase that begins at word ``index``: (index behind it, value)."""
        longest = self._longest_from.get(words[index].key, 0) if index < len(words) else 0
        for count in range(min(longest, len(words) - index), 0, -1):
            value = self._value(text, words[index : index + count])
            if value is not None:
                return index + count, value[0]
        return None

    def before(self, text: str, words: Sequence[Word], index: int) -> tuple[int, T] | None:
        """The longest phrase that ends right before word ``index``: (its first index, value)."""
        longest = self._longest_to.get(words[index - 1].key, 0) if index > 0 else 0
        for count in range(min(longest, index), 0, -1):
            value = self._value(text, words[index - count : index])
            if value is not None:
                return index - count, value[0]
        return None

    def _value(self, text: str, words: Sequence[Word]) -> tuple[T] | None:
        entry = self._table.get(tuple([word.key for word in words]))
        if entry is None:
            return None
        value, gaps = entry
        for left, right, gap in zip(words, words[1:], gaps, strict=False):
            if right.start - left.end > 1:
                between = text[left.end : right.start].strip()
                if between and between != gap:
                    return None
            elif right.start - left.end == 1 and not text[left.end].isspace():
                between = text[left.end]
                if between != gap:
                    return None
        return (value,)


@cache
def phrases(lexicon: str, kind: str) -> Phrases[str]:
    """The phrases of one kind in a lexicon: name and aliases → its value, else its name."""
    return Phrases(
        (alias, row.get("value") or row["name"])
        for row in entries(lexicon)
        if row["kind"] == kind
        for alias in (row["name"], *several(row.get("aliases", "")))
    )
