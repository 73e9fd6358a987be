"""Parts of a month, quarter or year, ranges that end before a day, things counted a period."""

from __future__ import annotations

import pytest

from normalize.periods import read_periods

PART = "schedule.part_of_period"


def rows(text: str) -> list[tuple[str, str, str]]:
    """(kind, start, end) of a cell's periods in the plan for 2024."""
    return [
        (one.kind, str(one.start_on or "-"), str(one.end_on or "-"))
        for one in read_periods(text, 2024)[0]
    ]


def codes(text: str) -> list[str]:
    """The finding codes of a cell in the plan for 2024."""
    return [note.code for note in read_periods(text, 2024)[1]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the words name a part whose days nobody can tell: the whole stands, and it is told
        ("Tuần 2 tháng 5", ("month", "2024-05-01", "2024-05-31")),
        ("tuần đầu tháng 6/2024", ("month", "2024-06-01", "2024-06-30")),
        ("Giữa tháng 7", ("month", "2024-07-01", "2024-07-31")),
        ("Tháng 6 (tuần 3)", ("month", "2024-06-01", "2024-06-30")),
        ("Nửa cuối tháng 9", ("month", "2024-09-01", "2024-09-30")),
        ("Hạ tuần tháng 11", ("month", "2024-11-01", "2024-11-30")),
        ("Đầu quý II", ("quarter", "2024-04-01", "2024-06-30")),
        ("Cuối năm 2024", ("year", "2024-01-01", "2024-12-31")),
        # the bound that counts is the other one
        ("Từ giữa tháng 4", ("span", "2024-04-01", "-")),
        ("Từ cuối tháng 3 đến tháng 6", ("span", "2024-03-01", "2024-06-30")),
        ("Chậm nhất giữa tháng 6", ("before", "-", "2024-06-30")),
        ("Đến đầu tháng 9", ("before", "-", "2024-09-30")),
    ],
)
def test_a_part_of_a_period_is_told(text: str, expected: tuple[str, str, str]) -> None:
    assert rows(text) == [expected]
    assert codes(text) == [PART]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the bounds are exact: nothing to tell
        ("Từ đầu năm", ("span", "2024-01-01", "-")),
        ("Từ đầu tháng 3 đến cuối tháng 6", ("span", "2024-03-01", "2024-06-30")),
        ("Đến cuối tháng 9", ("before", "-", "2024-09-30")),
        ("Chậm nhất cuối quý III", ("before", "-", "2024-09-30")),
        ("6 tháng cuối năm", ("half_year", "2024-07-01", "2024-12-31")),
        ("Trong tháng 5", ("month", "2024-05-01", "2024-05-31")),
        # a range may end before a day
        ("Tháng 3 - Trước ngày 15/6", ("span", "2024-03-01", "2024-06-14")),
        ("Quý I/2024 - Trước ngày 15/12/2024", ("span", "2024-01-01", "2024-12-14")),
        ("15/01 - trước 30/4", ("span", "2024-01-15", "2024-04-29")),
        ("Từ tháng 3 đến trước ngày 15/6/2024", ("span", "2024-03-01", "2024-06-14")),
    ],
)
def test_exact_bounds(text: str, expected: tuple[str, str, str]) -> None:
    assert rows(text) == [expected]
    assert codes(text) == []


def test_two_items_stay_two() -> None:
    assert rows("- Quý I/2024 - Trước ngày 22/12/2024") == [
        ("quarter", "2024-01-01", "2024-03-31"),
        ("before", "-", "2024-12-21"),
    ]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Mỗi quý 01 phóng sự", "FREQ=MONTHLY;INTERVAL=3"),
        ("Hằng quý 01 báo cáo", "FREQ=MONTHLY;INTERVAL=3"),
        ("Mỗi tháng 2 tin, bài", "FREQ=MONTHLY"),
        ("mỗi tuần một chuyên mục", "FREQ=WEEKLY"),
        ("Mỗi năm 01 lớp", "FREQ=YEARLY"),
        ("02 tháng/số", "FREQ=MONTHLY;INTERVAL=2"),
        ("01 quý/kỳ", "FREQ=MONTHLY;INTERVAL=3"),
        ("Tháng/01 số", "FREQ=MONTHLY"),
    ],
)
def test_things_counted_a_period(text: str, rule: str) -> None:
    (one,), notes = read_periods(text, 2024)
    assert (one.kind, one.rrule, str(one.end_on)) == ("recurring", rule, "2024-12-31")
    assert notes == ()


@pytest.mark.parametrize(
    ("text", "expected", "slip"),
    [
        # letters that a scan took for figures, inside a date only
        ("Đến ngày 3l/12/2024", ("before", "-", "2024-12-31"), ("3l", "31")),
        ("Tháng 8/20I4", ("month", "2014-08-01", "2014-08-31"), ("20I4", "2014")),
        ("Trước ngày 1O/6", ("before", "-", "2024-06-09"), ("1O", "10")),
        ("01/l/2024", ("day", "2024-01-01", "2024-01-01"), ("l", "1")),
        ("Qưý III/2024", ("quarter", "2024-07-01", "2024-09-30"), ("Qưý", "Quý")),
    ],
)
def test_misread_figures(text: str, expected: tuple[str, str, str], slip: tuple[str, str]) -> None:
    assert rows(text) == [expected]
    notes = [note for note in read_periods(text, 2024)[1] if note.code == "text.repaired"]
    assert [(note.raw, note.value) for note in notes] == [slip]


@pytest.mark.parametrize("text", ["Quý I/2024", "Tháng I/2024", "Quý I, II/2024"])
def test_roman_numbers_are_no_misread_figures(text: str) -> None:
    assert codes(text) == []
