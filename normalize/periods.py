"""Reads a schedule cell into periods: quarters, months, days, ranges, deadlines, frequencies.

The rules are those of the output contract ("periods" and "Periods"): a list is several periods, a
range is one; a year left out comes from its list, else from the plan; a deadline ends on the last
day on time; what cannot be read is ``unresolved`` and told, never guessed.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from functools import lru_cache

import msgspec

from normalize.dates import FoundDate, Window, find_date, full_dates, reporting_windows
from normalize.edtf import ONE_DAY, Point, add_months, edtf_point, edtf_span, precision
from normalize.findings import Note
from normalize.period_drafts import Draft
from normalize.period_grammar import Grammar
from normalize.period_points import FIRST, LAST
from normalize.period_years import fill_years
from normalize.text import WORD, tidy, with_horns

_EDGES = " \t\r\n\u00a0.,;:-–—+•"
_EMPTY = _EDGES + "()[]…_*|"
_THIS_CENTURY = 2020
_OVERLAPPING = 4
"""Parts before an offset that may reach over it."""
_MISPRINTS = {"nãm": "năm", "thảng": "tháng", "thàng": "tháng"}


class Period(msgspec.Struct, frozen=True, gc=False):
    """One part of a schedule.

    ``start_on``/``end_on`` are the first and last day (None: open or not known), ``edtf`` is EDTF
    (ISO 8601-2) and ``rrule`` RFC 5545, ``condition`` the words from "khi", "theo", … on.
    ``start``/``end`` are half-open offsets of the part's own words ``raw``.
    """

    kind: str
    start_on: date | None
    end_on: date | None
    edtf: str | None
    rrule: str | None
    condition: str | None
    raw: str
    start: int
    end: int


class _Value(msgspec.Struct):
    """What a draft comes to: kind, bounds, EDTF, and what is wrong with it."""

    kind: str
    start_on: date | None = None
    end_on: date | None = None
    edtf: str | None = None
    problem: str = ""


@lru_cache(maxsize=2048)
def read_periods(
    text: str,
    plan_year: int | None = None,
    issued_on: date | None = None,
    plan_span: tuple[int, int] | None = None,
) -> tuple[tuple[Period, ...], tuple[Note, ...]]:
    """The parts of a schedule cell in order, and what an analyst should know of them.

    ``plan_year`` fills years that the cell leaves out; ``plan_span`` (first and last year) stands
    for it in a plan of several years; ``issued_on`` is where "kể từ ngày ban hành" counts from.
    Notes: ``schedule.unresolved``, ``schedule.part_of_period``, ``schedule.outside_plan_year``,
    ``date.implausible``, ``text.repaired``. An empty cell gives nothing.
    """
    if not text.strip(_EMPTY).strip():
        return (), ()
    grammar = Grammar(text, plan_year or (plan_span[0] if plan_span else _THIS_CENTURY))
    drafts = grammar.read()
    span = (plan_year, plan_year) if plan_year is not None else plan_span
    fill_years(drafts, plan_year, plan_span)
    drafts = [draft for draft in drafts if not draft.header]
    if all(draft.kind == "unresolved" for draft in drafts):
        drafts = [Draft("unresolved", 0, len(text))]
    made: list[Period] = []
    notes: list[Note] = []
    for draft in drafts:
        value = _value(draft, plan_year, issued_on, plan_span)
        start, end = _trimmed(text, draft.start, draft.end)
        raw = tidy(text[start:end])
        condition = None
        if draft.condition is not None and value.kind != "unresolved":
            condition = tidy(text[slice(*_trimmed(text, *draft.condition))]) or None
        made.append(
            Period(
                value.kind,
                value.start_on,
                value.end_on,
                value.edtf,
                draft.rrule if value.kind == "recurring" else None,
                condition,
                raw,
                start,
                end,
            )
        )
        notes.extend(_notes(value, raw, start, end, span))
        if not value.problem and _is_part(draft):
            notes.append(Note("schedule.part_of_period", raw, None, start, end))
    notes.extend(_slips(text, grammar, made))
    return tuple(made), tuple(notes)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without blanks and marks at its ends, and without a bracket that has no partner."""
    while True:
        while start < end and text[start] in _EDGES:
            start += 1
        while start < end and text[end - 1] in _EDGES:
            end -= 1
        part = text[start:end]
        depth = part.count("(") + part.count("[") - part.count(")") - part.count("]")
        if depth > 0 and text[end : end + 1] in (")", "]"):
            return start, end + 1
        if depth > 0 and part[0] in "([":
            start += 1
        elif depth < 0 and part[-1] in ")]":
            end -= 1
        else:
            return start, end


# --- values -----------------------------------------------------------------------------------


def _value(
    draft: Draft,
    plan_year: int | None,
    issued_on: date | None,
    plan_span: tuple[int, int] | None,
) -> _Value:
    kind = draft.kind
    if kind in ("unresolved", "conditional"):
        return _Value(kind, problem="unresolved" if kind == "unresolved" else "")
    if kind in ("recurring", "continuous", "done"):
        value = _bounded(draft, plan_year, kind)
        if kind == "done":
            value.edtf = None
        return value
    if kind == "duration":
        return _duration(draft, issued_on)
    if kind == "from_issue":
        return _from_issue(draft, issued_on)
    if kind == "stage":
        return _stage(plan_year, plan_span)
    return _dated(draft)


def _dated(draft: Draft) -> _Value:
    """Points, ranges and deadlines."""
    a, b, kind = draft.a, draft.b, draft.kind
    if a is None:
        return _Value("unresolved", problem="unresolved")
    first = a.bounds()
    named = "span" if a.unit == "months" else a.unit
    shown = {"point": named, "span": "span", "from": "span", "after": "span"}.get(kind, "before")
    if first is None or (b is not None and b.bounds() is None):
        known = a.year is not None and (b is None or b.year is not None)
        if known or (a.unit == "day" and not (a.n and a.d)):
            return _Value("unresolved", problem="unresolved")  # 31/02/2021, "ngày 15"
        return _Value(shown, problem="unresolved")
    level = precision(a)
    if kind == "point":
        return _Value(shown, first[0], first[1], edtf_point(a))
    if kind == "span":
        last = b.bounds() if b is not None else first
        assert last is not None
        level = precision(a, b) if b is not None else level
        if b is not None and b.excluded:
            last, level = (last[0], last[0] - ONE_DAY), 3
        if last[1] < first[0]:
            return _Value("span", problem="ngày kết thúc trước ngày bắt đầu")
        return _Value("span", first[0], last[1], edtf_span(first[0], last[1], level))
    if kind == "from":
        return _Value("span", first[0], None, edtf_span(first[0], None, level))
    if kind == "after":
        return _Value("span", first[1] + ONE_DAY, None, edtf_span(first[1] + ONE_DAY, None, level))
    end = first[1]
    if kind == "before" and not (draft.inclusive and a.unit == "day"):
        end = first[0] - ONE_DAY
    return _Value("before", None, end, edtf_span(None, end, 3))  # a deadline ends on a day


def _bounded(draft: Draft, plan_year: int | None, kind: str) -> _Value:
    """Recurring, continuous and done parts: the bounds that the words or the plan give."""
    if not draft.bound:
        if kind == "done" or plan_year is None:
            return _Value(kind)
        return _Value(kind, date(plan_year, 1, 1), date(plan_year, 12, 31), f"{plan_year:04d}")
    found = _dated(msgspec.structs.replace(draft, kind=draft.bound))
    edtf = found.edtf
    if found.kind == "before" and draft.a is not None:
        edtf = edtf_span(None, found.end_on, precision(draft.a))  # "hằng năm đến 2030": ../2030
    return _Value(kind, found.start_on, found.end_on, edtf, found.problem)


def _duration(draft: Draft, issued_on: date | None) -> _Value:
    """Counted from the document's issue; conditional while that day is not known."""
    if issued_on is None:
        return _Value("conditional")
    months = {"month": 1, "year": 12}.get(draft.unit)
    if draft.count > 3660:
        return _Value("unresolved", problem="unresolved")
    if months is not None:
        end = add_months(issued_on, draft.count * months)
    else:
        end = issued_on + timedelta(days=draft.count * (7 if draft.unit == "week" else 1))
    return _Value("before", None, end, edtf_span(None, end, 3))


def _from_issue(draft: Draft, issued_on: date | None) -> _Value:
    """From the document's issue on, up to ``b`` where one is named."""
    if draft.b is None:
        if issued_on is None:
            return _Value("conditional")
        return _Value("span", issued_on, None, edtf_span(issued_on, None, 3))
    if issued_on is None:
        return _dated(Draft("until", draft.start, draft.end, draft.b))
    start = Point("day", issued_on.month, 0, 0, issued_on.year, issued_on.day)
    return _dated(Draft("span", draft.start, draft.end, start, draft.b))


def _stage(plan_year: int | None, plan_span: tuple[int, int] | None) -> _Value:
    """ "Cả giai đoạn": the years of the plan."""
    years = plan_span or ((plan_year, plan_year) if plan_year is not None else None)
    if years is None:
        return _Value("span", problem="unresolved")
    first, last = date(years[0], 1, 1), date(years[1], 12, 31)
    return _Value("span", first, last, edtf_span(first, last, 1))


# --- notes ------------------------------------------------------------------------------------


def _notes(
    value: _Value, raw: str, start: int, end: int, span: tuple[int, int] | None
) -> list[Note]:
    if value.problem == "unresolved":
        return [Note("schedule.unresolved", raw, None, start, end)]
    if value.problem:
        return [Note("date.implausible", raw, None, start, end, value.problem)]
    if span is not None and _outside(value, *span):
        years = str(span[0]) if span[0] == span[1] else f"{span[0]}-{span[1]}"
        return [Note("schedule.outside_plan_year", raw, None, start, end, years)]
    return []


def _is_part(draft: Draft) -> bool:
    """Do the words name a part of a month, quarter or year whose days they do not give?

    "Đầu quý II" begins when the quarter does, "cuối tháng 6" ends when the month does: no part
    where only that bound counts ("từ đầu …", "đến cuối …").
    """
    if draft.a is None or draft.kind in ("conditional", "unresolved", "recurring", "continuous"):
        return False
    if draft.kind in ("from", "before"):
        return draft.a.part not in (0, FIRST)
    if draft.kind == "until":
        return draft.a.part not in (0, LAST)
    if draft.b is not None:
        return draft.a.part not in (0, FIRST) or draft.b.part not in (0, LAST)
    return draft.a.part != 0


def _outside(value: _Value, first: int, last: int) -> bool:
    """Does any part of it lie outside the plan's years? An open end lies nowhere."""
    days = (value.start_on, value.end_on)
    return any(day is not None and not first <= day.year <= last for day in days)


def _slips(text: str, grammar: Grammar, periods: list[Period]) -> list[Note]:
    """Slips of the scan in what was read: "Quý l/2021", "Quy I", "truớc", "hàng nãm"."""
    found = set(grammar.slips)
    starts = [one.start for one in periods]
    if with_horns(text) != text or any(slip in text.lower() for slip in _MISPRINTS):
        for word in WORD.finditer(text):
            printed = word.group()
            right = _MISPRINTS.get(printed.lower()) or with_horns(printed)
            if right != printed:
                found.add((*word.span(), right))
    return [
        Note("text.repaired", text[start:end], value, start, end)
        for start, end, value in sorted(found)
        if _is_read(periods, starts, start)
    ]


def _is_read(periods: list[Period], starts: list[int], at: int) -> bool:
    """Does the offset lie in a part, in text order, that was read?"""
    behind = bisect_right(starts, at)
    return any(
        one.start <= at < one.end and one.kind != "unresolved"
        for one in periods[max(0, behind - _OVERLAPPING) : behind]
    )


__all__ = [
    "FoundDate",
    "Period",
    "Window",
    "find_date",
    "full_dates",
    "read_periods",
    "reporting_windows",
]
