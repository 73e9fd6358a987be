"""Amounts written out in words: "Hai tỷ ba trăm triệu đồng", in whole đồng.

The grammar of Vietnamese numbers: groups below a thousand, each with its scale, the larger scale
first. Vocabulary: ``lexicon/number_words.csv``. A run of such words is an amount only where it
names a scale ("trăm năm" is none, and "năm" alone is a year).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import msgspec

from normalize.lexicon import entries, several
from normalize.text import Word, key, words

_LARGEST_GROUP = 999


class Written(msgspec.Struct, frozen=True):
    """An amount in words: the half-open range of its words and its đồng."""

    start: int
    end: int
    value: int


@cache
def _words() -> dict[str, tuple[str, int]]:
    return {
        key(phrase): (row["role"], int(row["value"]))
        for row in entries("number_words")
        for phrase in several(row["phrases"])
    }


def written_amounts(text: str) -> list[Written]:
    """The amounts in words that the text holds, in order; none of them overlap."""
    known = _words()
    found = words(text)
    made: list[Written] = []
    at = 0
    while at < len(found):
        end = at
        while end < len(found) and found[end].key in known and _runs_on(text, found, at, end):
            end += 1
        if end == at:
            at += 1
            continue
        value = _value([known[word.key] for word in found[at:end]])
        if value is not None:
            made.append(Written(found[at].start, found[end - 1].end, value))
        at = end
    return made


def _runs_on(text: str, found: Sequence[Word], first: int, at: int) -> bool:
    """Between two number words stand blanks, a comma or a hyphen at most."""
    if at == first:
        return True
    before, word = found[at - 1], found[at]
    between = text[before.end : word.start]
    return not between.strip(" ,\n\t\u00a0-–")


def _value(parts: list[tuple[str, int]]) -> int | None:
    """The number that the words spell; None where they break the grammar or name no scale."""
    total = group = 0
    last: int | None = None
    scale = 0
    open_units = False
    for role, value in parts:
        if role == "digit":
            if last is not None or (group and not open_units and group % 100):
                return None
            last = value
        elif role == "ten":
            if last is not None or group % 100:
                return None
            group, open_units = group + 10, True
        elif role == "tens":
            if last is None or group % 100:
                return None
            group, last, open_units = group + 10 * last, None, True
        elif role == "hundred":
            if last is None or group:
                return None
            group, last = 100 * last, None
        elif role == "link":
            if last is not None:
                return None
            open_units = True
        elif role == "scale":
            number = group + (last or 0)
            if (last is None and not group) or (scale and value >= scale):
                return None
            total, scale, group, last, open_units = total + number * value, value, 0, None, False
        elif role == "half":
            if not scale or group or last is not None:
                return None
            total += scale // 2
        else:  # currency ends the amount
            break
    rest = group + (last or 0)
    if not scale or rest > _LARGEST_GROUP:
        return None
    return total + rest
