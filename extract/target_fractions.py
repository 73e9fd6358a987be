"""Fractions of a whole: "2/3 số xã đạt chuẩn", "11/11 xã có trạm y tế".

A part of "số …" is a share, in percent as shares are; a part of counted things ("5/8 xã") is the
count of those that reach it, and the words keep the whole.
"""

from __future__ import annotations

import re

from extract.target_clauses import Clause
from extract.target_figures import Figure, before_words, behind_words, index_at, words_of
from extract.target_units import unit_end

FRACTION = re.compile(
    r"(?<![\w/.,:])(?<!\w-)(?P<part>\d{1,4})\s?/\s?(?P<whole>\d{1,4})(?=\s+[^\W\d_])"
)
_NUMBER_OF = "sô4"
_FIRST_YEAR = 1900
_DECIMALS = 2


def fraction_figures(clause: Clause) -> list[Figure]:
    """The fractions of a clause, in order; dates, ranks and numbers of documents are none."""
    text, found = clause.text, clause.words
    made: list[Figure] = []
    for match in FRACTION.finditer(text):
        part, whole = int(match["part"]), int(match["whole"])
        if not 0 < part <= whole or whole < 2 or whole >= _FIRST_YEAR:
            continue
        index = index_at(found, match.start())
        behind = index_at(found, match.end())
        lead, comparator, strong = before_words(text, found, index)
        if words_of("ordinal").before(text, found, index) is not None:
            continue
        if found[behind].key == _NUMBER_OF:
            share = round(100 * part / whole, _DECIMALS)
            made.append(
                Figure(share, "%", comparator or "=", strong, lead, match.start(), match.end())
            )
            continue
        end = unit_end(clause, behind)
        if end is None or words_of("unit").at(text, found, behind) is None:
            continue
        stated, end_of_words = behind_words(text, found, end)
        unit = " ".join(text[match.end() : end].split())
        made.append(
            Figure(
                float(part),
                unit,
                stated or comparator or "=",
                strong,
                lead,
                match.start(),
                end_of_words,
            )
        )
    return made
