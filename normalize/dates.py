"""Full dates and reporting windows in running text.

One date in any spelling of Vietnamese documents (Decree 30/2020/NĐ-CP, appendix I, writes
"ngày 05 tháng 01 năm 2020"; habit writes 05/01/2020, 05-01-2020, 05.01.2020, and leaves blanks or
dots for what is filled in by hand).
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from itertools import pairwise

import msgspec

from normalize.findings import Note
from normalize.period_tokens import reporting_words
from normalize.text import tidy

_FILL = r"[\s._…]*+"
_DAY_WORD = r"\bng(?:ày|aỳ)\b"
_FULL = re.compile(
    rf"(?P<word>{_DAY_WORD}{_FILL}:?{_FILL})?"
    rf"(?<![\d/])(?P<d>\d{{1,2}})"
    rf"(?:{_FILL}(?P<word2>tháng){_FILL}(?P<m2>\d{{1,2}}){_FILL}(?:(?:,\s*)?n[ăã]m|[/,-])?{_FILL}"
    rf"(?P<y2>\d{{4}})(?!\d)"
    rf"|(?:{_FILL}(?P<sep>/){_FILL}|(?P<dot>[.-]))(?P<m>\d{{1,2}})"
    rf"(?(sep)(?:{_FILL}/{_FILL}|\s*,?\s*n[ăã]m\s*)|(?P=dot))(?P<y>\d{{4}})(?!\d|[/-]\w))",
    re.IGNORECASE,
)
_BLANK = re.compile(
    rf"{_DAY_WORD}{_FILL}"
    rf"(?:(?P<d>\d{{1,2}})?{_FILL}tháng{_FILL}(?P<m>\d{{1,2}})?{_FILL},?\s*n[ăã]m{_FILL}"
    rf"(?P<y>\d{{4}})(?!\d)"
    rf"|[/-]{_FILL}(?P<m2>\d{{1,2}})?{_FILL}[/-]{_FILL}(?P<y2>\d{{4}})(?!\d))",
    re.IGNORECASE,
)
_FROM = re.compile(r"\btừ\s*:?\s*$", re.IGNORECASE)
_SIGN = re.compile(r"[tT][ừỪ]\s*:?\s*(?:[nN]g|NG|\d)")
_TO = re.compile(r"\s*(?:,?\s*(?:cho\s+)?(?:đến|tới)(?:\s+hết)?|[-–—])\s*", re.IGNORECASE)
_LONGEST_WINDOW = 366


class FoundDate(msgspec.Struct, frozen=True, gc=False):
    """A date and its half-open range; ``date`` is None where the day is blank or none such exists.

    ``day``, ``month``, ``year`` hold the figures that are printed.
    """

    date: date | None
    start: int
    end: int
    day: int | None
    month: int | None
    year: int | None


class Window(msgspec.Struct, frozen=True, gc=False):
    """A stretch "từ ngày … đến ngày …" in prose, both days included; a note where it cannot be."""

    start_on: date
    end_on: date
    start: int
    end: int
    note: Note | None


def find_date(text: str, pos: int = 0) -> FoundDate | None:
    """The first date from ``pos`` on, also one whose day (or month) is left blank; else None."""
    full = _FULL.search(text, pos)
    while full is not None and not _is_date(full):
        full = _FULL.search(text, full.start("d") + 1)
    blank = _BLANK.search(text, pos, full.start() if full else len(text))
    if blank is not None:
        return FoundDate(
            None,
            blank.start(),
            blank.end(),
            _figure(blank["d"]),
            _figure(blank["m"] or blank["m2"]),
            _figure(blank["y"] or blank["y2"]),
        )
    if full is None:
        return None
    day = int(full["d"])
    month = int(full["m"] or full["m2"])
    year = int(full["y"] or full["y2"])
    try:
        made = date(year, month, day)
    except ValueError:
        made = None
    return FoundDate(made, full.start(), full.end(), day, month, year)


def _is_date(match: re.Match[str]) -> bool:
    """Figures such as "12.45.2020" are none; 31/02/2021 is a date that does not exist."""
    return 1 <= int(match["d"]) <= 31 and 1 <= int(match["m"] or match["m2"]) <= 12


def _figure(digits: str | None) -> int | None:
    return int(digits) if digits else None


def full_dates(text: str) -> list[FoundDate]:
    """All dates of the text in order."""
    made = []
    found = find_date(text)
    while found is not None:
        made.append(found)
        found = find_date(text, found.end)
    return made


def reporting_windows(text: str) -> tuple[Window, ...]:
    """The windows "từ ngày … đến ngày …" of a paragraph.

    A window that ends before it starts, or a window of reporting ("chốt số liệu", "báo cáo") of
    more than a year, carries the note ``date.implausible`` (contract, "Findings").
    """
    if not _SIGN.search(text):
        return ()
    dates = full_dates(text)
    made = []
    for first, last in pairwise(dates):
        if first.date is None or last.date is None:
            continue
        if not _TO.fullmatch(text[first.end : last.start]):
            continue
        lead = _FROM.search(text[max(0, first.start - 12) : first.start])
        if lead is None:
            continue
        start = max(0, first.start - 12) + lead.start()
        problem = _problem(first.date, last.date, text[:start])
        note = None
        if problem:
            raw = tidy(text[start : last.end])
            note = Note("date.implausible", raw, None, start, last.end, problem)
        made.append(Window(first.date, last.date, start, last.end, note))
    return tuple(made)


def _problem(first: date, last: date, before: str) -> str | None:
    """What is wrong with a window, in Vietnamese."""
    days = (last - first).days + 1
    if days < 1:
        return "ngày kết thúc trước ngày bắt đầu"
    if days > _LONGEST_WINDOW and _reports(before):
        return f"kỳ báo cáo dài {days} ngày, hơn một năm"
    return None


def _reports(before: str) -> bool:
    """Does the paragraph speak of reporting before the window?"""
    return _reporting().search(before) is not None


@cache
def _reporting() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, reporting_words())), re.IGNORECASE)
