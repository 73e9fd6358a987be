"""Years that neither a schedule nor its plan names: the year of issue, told each time.

A plan of 5 March 2024 whose title names no year means its "Tháng 4" for that year; its "Tháng 1"
may be past or next year's, and stays unresolved.
"""

from __future__ import annotations

from datetime import date

from normalize.findings import Note
from normalize.periods import Period, read_periods

_DATED = frozenset(["day", "month", "quarter", "half_year", "span", "before"])


def in_year_of_issue(
    text: str, issued_on: date, found: tuple[Period, ...], notes: tuple[Note, ...]
) -> tuple[tuple[Period, ...], tuple[Note, ...]]:
    """The periods of a cell read without a year, those that lack one in the year of issue.

    Only where what they name is not over on that day; a ``schedule.year_inferred`` note takes the
    place of ``schedule.unresolved``. ``notes`` are those of the reading without a year.
    """
    lacking = {note.start for note in notes if note.code == "schedule.unresolved"}
    if not any(_lacks_year(one) and one.start in lacking for one in found):
        return found, notes
    again, _ = read_periods(text, issued_on.year, issued_on)
    if len(again) != len(found):
        return found, notes
    made = list(found)
    told = {note.start: note for note in notes if note.code == "schedule.unresolved"}
    kept = [note for note in notes if note.code != "schedule.unresolved"]
    for i, (one, new) in enumerate(zip(found, again, strict=True)):
        last = new.end_on or new.start_on
        if _lacks_year(one) and new.kind == one.kind and last is not None and last >= issued_on:
            made[i] = new
            told.pop(one.start, None)
            year = str(issued_on.year)
            kept.append(Note("schedule.year_inferred", one.raw, year, one.start, one.end))
    kept.extend(told.values())
    return tuple(made), tuple(sorted(kept, key=lambda note: (note.start, note.end)))


def _lacks_year(period: Period) -> bool:
    """A date, month, quarter or range whose bounds only wait for a year."""
    return period.kind in _DATED and period.start_on is None and period.end_on is None
