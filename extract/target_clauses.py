"""Clauses of running text, and whether a figure in one of them tells of the past.

A clause ends at a semicolon or a full stop outside brackets. What a plan reports ("đã xử lý",
"đạt 95% năm 2020", "so với cùng kỳ") is no target; a word for a goal between such a word and the
figure makes it one again ("hiện nay đạt 60%, phấn đấu đạt 80%").
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

import msgspec

from extract.target_figures import index_at, words_of
from normalize.text import Word, words

_MARKS = re.compile(r"[()\[\];.!?…]")
_ABBREVIATED = re.compile(r"(?:^|[\s(])(?:TP|TX|TT|Tp|Th|tr|PGS|GS|TS|BS|ThS|P|Q|[A-ZĐ])$")
_NEXT = re.compile(r"\s*(?:$|[A-ZĐÀ-Ỹ\"“”'(*+–-]|\d|/|[a-zđ]\))")
_YEAR_BEHIND = re.compile(
    r"\s*\(?(?:trong|của|vào|cuối)?\s*năm\s*((?:19|20)\d\d)(?!\s*[-–]\s*\d)", re.IGNORECASE
)
_YEAR = re.compile(r"năm\s+((?:19|20)\d\d)(?!\d)", re.IGNORECASE)
_RANGE = re.compile(r"\s*[-–]\s*\d")
_BASELINE = re.compile(r"so\s+với\s+(?:cùng\s+kỳ\s+)?(?:thực\s+hiện\s+)?$", re.IGNORECASE)
_UNTIL = re.compile(r"(?:đến|tới|hết|vào|cuối|sau|trước)\s+$", re.IGNORECASE)
GOALS, REPORT = "goals", "report"
_NEAR = 60
"""Characters before a year in which the words that govern it stand."""
_FEW = 40
"""Years before a figure that may speak of it."""


class Clause(msgspec.Struct, frozen=True, gc=False):
    """One clause: its words, its offset in the text, whether it opens a sentence.

    ``under`` is what the heading above says: "goals" ("Mục tiêu", "Chỉ tiêu"), "report" ("Kết quả
    thực hiện"), "" where it tells neither.
    """

    text: str
    words: list[Word]
    start: int
    opens: bool
    under: str = ""

    @property
    def goals(self) -> bool:
        """Whether the heading above is one of goals."""
        return self.under == GOALS


def clauses(text: str, under: str = "") -> Iterator[Clause]:
    """The clauses that hold a digit, in order; ``under`` is handed on to each."""
    depth = 0
    start = 0
    opens = True
    for mark in _MARKS.finditer(text):
        char = mark.group()
        if char in "([":
            depth += 1
        elif char in ")]":
            depth = max(0, depth - 1)
        elif (char == ";" and depth == 0) or (char != ";" and _ends(text, mark.start(), depth)):
            yield from _clause(text, start, mark.start(), opens, under)
            start = mark.end()
            opens = char != ";"
            depth = 0 if opens else depth
    yield from _clause(text, start, len(text), opens, under)


def _clause(text: str, start: int, end: int, opens: bool, under: str) -> Iterator[Clause]:
    part = text[start:end]
    if any(char.isdigit() for char in part):
        yield Clause(part, words(part), start, opens, under)


def _ends(text: str, at: int, depth: int) -> bool:
    """Whether the mark at ``at`` ends a sentence: no decimal point, no abbreviation."""
    if depth > 1 or (depth and text[at] != "."):
        return False
    following = text[at + 1 : at + 2]
    if text[at] == "." and not (following.isspace() or following in ("", "/")):
        return False
    if not _NEXT.match(text, at + 1):
        return False
    if depth and ")" in text[at : at + 200]:
        return False
    return text[at] != "." or not _ABBREVIATED.search(text[max(0, at - 5) : at])


class Times:
    """What the words of one clause say of past and goal, looked up once for all its figures.

    ``year`` is the plan's, where known.
    """

    def __init__(self, clause: Clause, year: int | None) -> None:
        self.clause = clause
        self.year = year
        self._starts, self._said = _times(clause)
        self._years = list(_YEAR.finditer(clause.text)) if year is not None else []
        self._year_ends = [found.end() for found in self._years]

    def is_past(self, lead: int, end: int) -> bool:
        """Whether the figure whose own words run from ``lead`` to ``end`` tells of the past."""
        said = self._said[bisect_left(self._starts, lead)]
        if said is False:
            return False
        if said and not _goal_behind(self.clause, end):
            return True
        return self._past_behind(lead, end)

    def _past_behind(self, lead: int, end: int) -> bool:
        clause, year = self.clause, self.year
        found = clause.words
        index = index_at(found, end)
        if _is_done(clause.text, found, index):
            return True
        for at in range(index, min(index + 14, len(found))):
            if words_of("past_behind").at(clause.text, found, at) is not None:
                return True
        told = _YEAR_BEHIND.match(clause.text, end)
        if told is not None:
            return int(told[1]) < year if year is not None else False
        if year is None:
            return False
        said = self._year_before(lead)
        if said is None or int(said[1]) >= year:
            return False
        return not _UNTIL.search(clause.text[max(0, said.start() - _NEAR) : said.start()])

    def _year_before(self, lead: int) -> re.Match[str] | None:
        """The last year before a figure that neither opens a range nor is one to compare with."""
        text = self.clause.text
        behind = bisect_right(self._year_ends, lead)
        for found in reversed(self._years[max(0, behind - _FEW) : behind]):
            before = text[max(0, found.start() - _NEAR) : found.start()]
            if not _RANGE.match(text, found.end(), lead) and not _BASELINE.search(before):
                return found
        return None


def _times(clause: Clause) -> tuple[list[int], list[bool | None]]:
    """For each word where one looks anew its start, and what was said before it.

    True where a word for the past, False where one for a goal stands last; one more for the end.
    """
    starts: list[int] = []
    told: list[bool | None] = []
    said: bool | None = True if clause.under == REPORT else None
    found = clause.words
    index = 0
    while index < len(found):
        starts.append(found[index].start)
        told.append(said)
        neutral = words_of("not_past").at(clause.text, found, index)
        if neutral is None and clause.goals:
            neutral = words_of("outside_goals").at(clause.text, found, index)
        if neutral is not None:
            index = neutral[0]
            continue
        for kind, value in (("goal", False), ("past", True)):
            hit = words_of(kind).at(clause.text, found, index)
            if hit is not None:
                said = value
                index = hit[0] - 1
                break
        index += 1
    return starts, [*told, said]


def _goal_behind(clause: Clause, end: int) -> bool:
    """ "chiếm 85% vào năm 2025": the time of a goal within the next words, before any comma."""
    text, found = clause.text, clause.words
    index = index_at(found, end)
    for at in range(index, min(index + 8, len(found))):
        if "," in text[found[at - 1].end if at > index else end : found[at].start]:
            return False
        if words_of("goal_behind").at(text, found, at) is not None:
            return True
    return False


def _is_done(text: str, found: Sequence[Word], index: int) -> bool:
    """ "95% thủ tục đã được cung cấp": "đã" is the first verb behind the figure."""
    for at in range(index, min(index + 8, len(found))):
        if found[at].key == "đa3":
            return True
        for kind in ("predicate", "unit_stop"):
            if words_of(kind).at(text, found, at) is not None:
                return False
    return False
