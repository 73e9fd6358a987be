"""Rounds, counts a year and years in a row: times beside figures that are no dates.

The plan's year is 2026. Words are ours; each row stands for a way of writing.
"""

from __future__ import annotations

from datetime import date

import pytest

from normalize.periods import read_periods

ISSUED = date(2026, 1, 15)


@pytest.mark.parametrize(
    ("cell", "bounds"),
    [
        # the number of a round is no day of the month behind it
        (
            "đợt 1 tháng 3 - 4/2026; đợt 2 tháng 9 - 10/2026",
            "2026-03-01..2026-04-30 2026-09-01..2026-10-31",
        ),
        ("Đợt I tháng 3, đợt II tháng 10", "2026-03-01..2026-03-31 2026-10-01..2026-10-31"),
        ("Lần 1 tháng 6, lần 2 tháng 11", "2026-06-01..2026-06-30 2026-11-01..2026-11-30"),
        ("Vòng 1 ngày 15/3, vòng 2 ngày 20/4", "2026-03-15..2026-03-15 2026-04-20..2026-04-20"),
        ("Bước 1: tháng 3; bước 2: tháng 5", "2026-03-01..2026-03-31 2026-05-01..2026-05-31"),
        ("Đợt 30/4", "2026-04-30..2026-04-30"),
        # one quarter in several years; a single year behind may be the whole of it
        (
            "Quý III/2025, 2026, 2027",
            "2025-07-01..2025-09-30 2026-07-01..2026-09-30 2027-07-01..2027-09-30",
        ),
        ("Quý IV/2025, 2026", "2025-10-01..2025-12-31 2026-01-01..2026-12-31"),
        ("Quý IV/2025, năm 2026", "2025-10-01..2025-12-31 2026-01-01..2026-12-31"),
        # "trước" holds for every day of the list
        ("Trước ngày 10/6, ngày 10/12/2026", "None..2026-06-09 None..2026-12-09"),
        ("Ngày 10/6, ngày 15/6", "2026-06-10..2026-06-10 2026-06-15..2026-06-15"),
        # open from the first on
        ("Tháng 4/2026 và các tháng tiếp theo", "2026-04-01..None"),
        ("Quý I/2026 và các quý tiếp theo", "2026-01-01..None"),
        ("Tháng 3 số đầu tiên", "2026-03-01..2026-03-31"),
    ],
)
def test_bounds(cell: str, bounds: str) -> None:
    periods, _ = read_periods(cell, 2026, ISSUED, None)
    assert " ".join(f"{one.start_on}..{one.end_on}" for one in periods) == bounds


@pytest.mark.parametrize(
    ("cell", "rules"),
    [
        ("02 lớp/năm", ["FREQ=MONTHLY;INTERVAL=6"]),
        ("01 số/tháng", ["FREQ=MONTHLY"]),
        ("2 đợt/năm", ["FREQ=MONTHLY;INTERVAL=6"]),
        # the report of nine months falls due once a year
        (
            "6 tháng, 9 tháng, năm",
            ["FREQ=MONTHLY;INTERVAL=6", "FREQ=YEARLY;BYMONTH=9", "FREQ=YEARLY"],
        ),
    ],
)
def test_rules(cell: str, rules: list[str]) -> None:
    periods, notes = read_periods(cell, 2026, ISSUED, None)
    assert [(one.kind, one.rrule) for one in periods] == [("recurring", rule) for rule in rules]
    assert not notes


@pytest.mark.parametrize("cell", ["Theo từng thời điểm", "Tết Trung thu", "Theo từng chuyên đề"])
def test_events(cell: str) -> None:
    (period,) = read_periods(cell, 2026, ISSUED, None)[0]
    assert (period.kind, period.condition) == ("conditional", cell)
