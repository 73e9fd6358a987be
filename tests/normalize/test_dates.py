"""Full dates in running text, and windows of reporting."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.dates import find_date, full_dates, reporting_windows
from normalize.document_rows import plan_years


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ngày 24 tháng 01 năm 2025", date(2025, 1, 24)),
        ("Hà Nội, ngày 28     tháng 4    năm 2026", date(2026, 4, 28)),
        ("Hà Nội , ngày 19\n  tháng 12 năm 2023", date(2023, 12, 19)),
        ("ngày ...05... tháng ..3.. năm 2020", date(2020, 3, 5)),
        ("ngày 05 tháng 3/2021", date(2021, 3, 5)),
        ("24/01/2025", date(2025, 1, 24)),
        ("24-01-2025", date(2025, 1, 24)),
        ("02.02.2024", date(2024, 2, 2)),
        ("17/4/2015", date(2015, 4, 17)),
        ("ngày 28. /12/2020 của", date(2020, 12, 28)),
        ("ngày 24 /12/2020 của", date(2020, 12, 24)),
        ("ngày 28/12 năm 2020", date(2020, 12, 28)),
        ("Nghị định 107/2020/NĐ-CP ngày 14/9/2020", date(2020, 9, 14)),  # no date in a symbol
        ("12.45.2020 rồi 3/4/2021", date(2021, 4, 3)),
    ],
)
def test_a_date_in_any_spelling(text: str, expected: date) -> None:
    found = find_date(text)
    assert found is not None
    assert found.date == expected


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Long An, ngày tháng 12 năm 2020", (None, 12, 2020)),
        ("Hà Nội, ngày … tháng … năm 2026", (None, None, 2026)),
        ("ngày        tháng        năm 2026 của", (None, None, 2026)),
        ("ngày /12/2020", (None, 12, 2020)),
        ("ngày 31/02/2021", (31, 2, 2021)),  # no such day
    ],
)
def test_a_date_that_is_not_whole_is_not_invented(
    text: str, printed: tuple[int | None, int | None, int | None]
) -> None:
    found = find_date(text)
    assert found is not None
    assert found.date is None
    assert (found.day, found.month, found.year) == printed


@pytest.mark.parametrize("text", ["", "Quý I/2021", "107/2020/NĐ-CP", "15/6", "tháng 3/2021"])
def test_no_date(text: str) -> None:
    assert find_date(text) is None


def test_the_range_and_the_start_of_the_search() -> None:
    text = "từ ngày 01/3/2021 đến ngày 15/3/2021"
    found = full_dates(text)
    assert [text[one.start : one.end] for one in found] == ["ngày 01/3/2021", "ngày 15/3/2021"]
    later = find_date(text, 18)
    assert later is not None
    assert later.date == date(2021, 3, 15)


@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)), st.integers(0, 4))
def test_every_spelling_gives_the_same_date(day: date, style: int) -> None:
    text = [
        f"ngày {day.day} tháng {day.month} năm {day.year}",
        f"ngày {day.day:02d}/{day.month:02d}/{day.year}",
        f"{day.day}/{day.month}/{day.year}",
        f"{day.day:02d}-{day.month:02d}-{day.year}",
        f"{day.day:02d}.{day.month:02d}.{day.year}",
    ][style]
    found = find_date(f"của UBND tỉnh {text};")
    assert found is not None
    assert found.date == day


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("Báo cáo quý I: số liệu tính từ ngày 15/12/2020 đến ngày 14/3/2021;", None),
        ("Báo cáo năm: số liệu từ ngày 15/12/2020 đến ngày 14/12/2021", None),
        ("Báo cáo năm: số liệu từ ngày 01/01/2020 đến ngày 31/12/2020", None),  # 366 days
        (
            "Báo cáo quý III: số liệu tính từ ngày 15/6/2020 đến ngày 14/9/2021;",
            "kỳ báo cáo dài 457 ngày, hơn một năm",
        ),
        (
            "Báo cáo quý I: số liệu tính từ ngày 15/12/2021 đến hết ngày 14/3/2021",
            "ngày kết thúc trước ngày bắt đầu",
        ),
        # a plan of several years is no window of reporting
        ("Thực hiện từ ngày 01/01/2021 đến ngày 31/12/2025", None),
    ],
)
def test_reporting_windows(text: str, detail: str | None) -> None:
    (window,) = reporting_windows(text)
    assert text[window.start :].startswith("từ ngày")
    if detail is None:
        assert window.note is None
    else:
        assert window.note is not None
        assert window.note.code == "date.implausible"
        assert window.note.detail == detail
        assert window.note.raw == text[window.start : window.end]


def test_two_dates_are_no_window() -> None:
    assert reporting_windows("Nghị định ngày 15/6/2020 và Nghị định ngày 14/9/2021") == ()


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("Áp dụng HTQLCL theo TCVN ISO 9001:2015 năm 2024", 2024),
        ("Kiểm tra theo tiêu chuẩn ISO 9001:2015", None),
        ("Cải cách hành chính năm 2022", 2022),
    ],
)
def test_a_standard_s_year_is_no_plan_year(title: str, year: int | None) -> None:
    assert plan_years(title) == (year, None)
