"""Phrases of a lexicon found among the words of a text, marks and offsets minded.

A phrase is a sequence of word keys, so that case and tone spelling do not matter. Between two words
that are printed with a comma or hyphen ("Văn hóa, Thể thao", "Lao động - Thương binh") the text may
have either mark or none; no other mark may stand inside a phrase, so that "Đầu tư, công trình" is
no "Đầu tư công".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise

from normalize.lexicon import entries, several
from normalize.text import WORD, Word, word_key

_MARKS = (",", "-", "–")


class Phrases:
    """A set of phrases, each with a value; of several that match the longest wins."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._table: dict[tuple[str, ...], tuple[str, tuple[str, ...]]] = {}
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

    def at(self, text: str, words: Sequence[Word], index: int) -> tuple[int, str] | None:
        """The longest phrase that begins at word ``index``: (index behind it, value)."""
        if index >= len(words):
            return None
        longest = self._longest_from.get(words[index].key)
        if longest is None:
            return None
        for end in range(min(index + longest, len(words)), index, -1):
            value = self._value(text, words[index:end])
            if value is not None:
                return end, value
        return None

    def before(self, text: str, words: Sequence[Word], index: int) -> tuple[int, str] | None:
        """The longest phrase that ends right before word ``index``: (its first index, value)."""
        if index <= 0:
            return None
        longest = self._longest_to.get(words[index - 1].key)
        if longest is None:
            return None
        for start in range(max(0, index - longest), index):
            value = self._value(text, words[start:index])
            if value is not None:
                return start, value
        return None

    def _value(self, text: str, words: Sequence[Word]) -> str | None:
        entry = self._table.get(tuple([word.key for word in words]))
        if entry is None:
            return None
        value, gaps = entry
        if gaps:
            for (left, right), gap in zip(pairwise(words), gaps, strict=True):
                between = text[left.end : right.start].strip()
                if between and between != gap and not (gap in _MARKS and between in _MARKS):
                    return None
        return value


@cache
def rows_of(lexicon: str) -> dict[str, list[dict[str, str]]]:
    """The rows of a lexicon by their ``kind``."""
    made: dict[str, list[dict[str, str]]] = {}
    for row in entries(lexicon):
        made.setdefault(row["kind"], []).append(row)
    return made


@cache
def phrases(lexicon: str, kind: str) -> Phrases:
    """The phrases of one ``kind`` in a lexicon: name and aliases → its value, else its name."""
    return Phrases(
        (alias, row.get("value") or row["name"])
        for row in rows_of(lexicon)[kind]
        for alias in (row["name"], *several(row.get("aliases", "")))
    )
