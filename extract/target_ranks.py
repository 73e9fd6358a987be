"""Ranks that a plan sets itself: "xếp thứ 20/34 tỉnh", "vào nhóm 10 địa phương dẫn đầu", "top 5".

The value is the rank, its unit :data:`RANK`. A group's size and "trở lên" bound it from above: a
rank of 1 is the best, so "nhóm 10 dẫn đầu" and "thứ 25 trở lên" are <= 10 and <= 25.
"""

from __future__ import annotations

import re

from extract.target_clauses import Clause
from extract.target_figures import Figure, index_at, words_of

RANK = "hạng"
_NUMBER = re.compile(
    r"(?<![\w/.,:-])(?P<low>\d{1,3})(?:\s*/\s*(?P<whole>\d{1,3})|\s*(?:-|–|đến)\s*(?:thứ\s+)?(?P<high>\d{1,3}))?"
    r"(?![\d/]|[.,]\d|\s*(?:%|sao\b))",
    re.IGNORECASE,
)
_OR_BETTER = re.compile(r"(?:\s*/\s*\d+)?(?:\s+[^\W\d_,;]+){0,5}?\s+trở\s+lên", re.IGNORECASE)
_FROM = re.compile(r"\s+từ\s+(?:thứ\s+)?$", re.IGNORECASE)
_BEST_WITHIN = 10
"""Words behind a group's size in which "dẫn đầu" says that it is one of ranks."""


def rank_figures(clause: Clause) -> list[Figure]:
    """The ranks of a clause, in order; a range is two figures."""
    text, found = clause.text, clause.words
    made: list[Figure] = []
    for match in _NUMBER.finditer(text):
        start = match.start()
        said = _FROM.search(text, 0, start)
        index = index_at(found, said.start() if said is not None else start)
        if said is not None:
            index = index_at(found, said.start() + 1)
        group = words_of("rank_group").before(text, found, index)
        named = words_of("rank").before(text, found, index)
        alone = words_of("rank_alone").before(text, found, index)
        better = _OR_BETTER.match(text, match.end()) is not None
        if named is not None:
            lead = named[0]
        elif alone is not None and (match["whole"] or match["high"] or better):
            lead = alone[0]
        elif group is not None and match["whole"] is None and _of_the_best(clause, match.end()):
            made.append(_figure(match["low"], "<=", found[group[0]].start, start, match.end()))
            continue
        else:
            continue
        if match["whole"] is not None and int(match["low"]) > int(match["whole"]):
            continue
        opens = found[lead].start
        if match["high"] is None:
            stated = "<=" if better else "="
            made.append(_figure(match["low"], stated, opens, start, match.end()))
            continue
        made.append(_figure(match["low"], ">=", opens, start, match.end()))
        upper = match.start("high")
        made.append(_figure(match["high"], "<=", upper, upper, match.end(), first=False))
    return made


def _figure(
    words: str, comparator: str, lead: int, start: int, end: int, first: bool = True
) -> Figure:
    return Figure(float(words), RANK, comparator, True, lead, start, end, first)


def _of_the_best(clause: Clause, end: int) -> bool:
    """ "top 10" itself, or "nhóm 10 tỉnh … dẫn đầu": the words behind tell a group of ranks."""
    text, found = clause.text, clause.words
    index = index_at(found, end)
    if index >= 2 and found[index - 2].key in ("top", "tôp4", "tôp"):
        return True
    return any(
        words_of("rank_first").at(text, found, at) is not None
        for at in range(index, min(index + _BEST_WITHIN, len(found)))
    )
