"""Schedules without a year in plans without one: the year of issue, told each time."""

from __future__ import annotations

from datetime import date

import pytest

from normalize.period_inferred import in_year_of_issue
from normalize.periods import read_periods

ISSUED = date(2024, 3, 5)


@pytest.mark.parametrize(
    ("cell", "bounds", "codes"),
    [
        ("Tháng 4", [("2024-04-01", "2024-04-30")], ["schedule.year_inferred"]),
        ("Quý I", [("2024-01-01", "2024-03-31")], ["schedule.year_inferred"]),  # not over yet
        ("Trước 30/6", [("None", "2024-06-29")], ["schedule.year_inferred"]),
        ("Từ 10/5 đến 20/5", [("2024-05-10", "2024-05-20")], ["schedule.year_inferred"]),
        (
            "Tháng 4, tháng 10",
            [("2024-04-01", "2024-04-30"), ("2024-10-01", "2024-10-31")],
            ["schedule.year_inferred"] * 2,
        ),
        # Over on the day of issue: past or next year's, nobody knows.
        ("Tháng 1", [("None", "None")], ["schedule.unresolved"]),
        (
            "Tháng 1 và tháng 9",
            [("None", "None"), ("2024-09-01", "2024-09-30")],
            ["schedule.unresolved", "schedule.year_inferred"],
        ),
        # What names its year, or is no date, stays as it is.
        ("Tháng 4/2025", [("2025-04-01", "2025-04-30")], []),
        ("Hằng năm", [("None", "None")], []),
        ("Khi có yêu cầu", [("None", "None")], []),
        ("Sở Nội vụ", [("None", "None")], ["schedule.unresolved"]),
    ],
)
def test_the_year_of_issue(cell: str, bounds: list[tuple[str, str]], codes: list[str]) -> None:
    periods, notes = in_year_of_issue(cell, ISSUED, *read_periods(cell, None, ISSUED))
    assert [(str(one.start_on), str(one.end_on)) for one in periods] == bounds
    assert [note.code for note in notes] == codes
    assert all(note.value == "2024" for note in notes if note.code == "schedule.year_inferred")
