"""Counts that are no count of their own: bases of rates, and figures that things are moved from.

"Số bác sĩ trên 10.000 dân đạt 12" is twelve, not ten thousand; "65 tạ/ha" and "12 người trên một
vạn dân" have rates for units; "từ 60 phút xuống còn 30 phút" is thirty.
"""

from __future__ import annotations

import re

from extract.target_clauses import Clause
from extract.target_figures import NUMBER, index_at, words_of

# A round number that things are counted by.
_BASE = re.compile(r"10{0,5}|10{1,2}\.000")
_ON = re.compile(r"(?:trên|/)\s*(?:mỗi\s+)?$", re.IGNORECASE)
_TIMES = r"năm|tháng|quý|tuần|ngày|kỳ|đợt|lần|buổi|giờ"
_SLASH = re.compile(
    rf"\s?/\s?(?:(?:\d[\d.]*|một|vạn)\s+)?(?!(?:{_TIMES})(?!\w))(?=[^\W\d_])", re.IGNORECASE
)
_YEARLY = re.compile(r"\s?/\s?(?:năm|vụ|tháng|ngày(?:\s+đêm)?|giờ)(?!\w)", re.IGNORECASE)
PER_BASE = re.compile(
    rf"(?P<sign>>=|<=|≥|≤|>|<)?\s*(?<![\w/.,:-])(?P<low>{NUMBER})(?P<to>)(?P<high>(?!))?"
    r"(?=\s?/\s?(?:100|1\.?000|10\.?000|100\.?000)\s+[^\W\d_])"
)
"""A number counted by a round one: "42/100.000 trẻ đẻ sống"."""
_PEOPLE = re.compile(r"\s?/\s?(?:\d[\d.]*|một|vạn)\s+(?:vạn\s+)?dân(?!\w)", re.IGNORECASE)
_ON_PEOPLE = re.compile(
    r"\s+trên\s+(?:một\s+vạn|1\s+vạn|vạn|một|1|100|1\.000|10\.000|100\.000)\s+(?:người\s+)?"
    r"(?:dân|người|trẻ|lao\s+động|hộ)(?!\w)",
    re.IGNORECASE,
)
_MOVED = re.compile(
    r"(?:\s*/\s*[^\W\d_]+)*\s+(?:hiện\s+nay\s+|năm\s+\d{4}\s+)?"
    r"(?:lên|xuống|còn)(?:\s+(?:còn|đến|tới|thành|mức|trên|dưới|không|quá|tối|đa|khoảng|ít|nhất))*\s+\d",
    re.IGNORECASE,
)
_FROM = re.compile(r"(?:^|\s)từ\s+(?:\d[\d.,]*\s*(?:-|–|đến)\s*)?$", re.IGNORECASE)


def is_base(clause: Clause, start: int, end: int) -> bool:
    """ "trên | 10.000 dân", "trên | 1 ha đất": a round number that others are counted by."""
    text, found = clause.text, clause.words
    on = _ON.search(text, 0, start)
    if on is None or _BASE.fullmatch(text[start:end]) is None:
        return False
    if words_of("per_base").at(text, found, index_at(found, end)) is None:
        return False
    before = index_at(found, on.start())
    # "đạt trên 10.000 người" is a goal, "số bác sĩ trên 10.000 dân" a rate.
    return before > 0 and not any(
        words_of(kind).before(text, found, before) is not None
        for kind in ("link", "verb", "goal_count", "neutral", "preposition")
    )


def rate_end(clause: Clause, end: int) -> int:
    """Where a unit that ends at ``end`` ends with what it is counted by: "tạ | /ha"."""
    text, found = clause.text, clause.words
    for pattern in (_PEOPLE, _ON_PEOPLE):
        whole = pattern.match(text, end)
        if whole is not None:
            return whole.end()
    measured = words_of("measure").before(text, found, index_at(found, end)) is not None
    yearly = _YEARLY.match(text, end) if measured else None
    if yearly is not None:
        return yearly.end()  # "600 ha/năm" is a rate, "02 lớp/năm" how often
    while (slash := _SLASH.match(text, end)) is not None:
        index = index_at(found, slash.end())
        base = words_of("per_base").at(text, found, index)
        end = found[(base[0] if base is not None else index + 1) - 1].end
    return end


def is_moved_from(text: str, start: int, end: int) -> bool:
    """ "từ | 60 phút | xuống còn 30 phút": where things stand, the figure behind is the goal."""
    return _MOVED.match(text, end) is not None and _FROM.search(text, 0, start) is not None
