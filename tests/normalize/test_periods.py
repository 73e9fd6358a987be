"""Schedule cells into periods: words → values, worked out from the output contract.

One line a case; the plan is for 2021 and was issued on 28 December 2020 where nothing else is said.
``-`` stands for a missing value.
"""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.lexicon import entries, several
from normalize.period_tokens import tokens_of
from normalize.periods import Period, read_periods
from normalize.text import tidy

ISSUED = date(2020, 12, 28)
Row = tuple[str, str, str, str]


def read(text: str) -> tuple[Period, ...]:
    """The periods of a cell in the plan for 2021."""
    return read_periods(text, 2021, ISSUED)[0]


def row(period: Period) -> Row:
    """(kind, start, end, edtf) as text."""
    return (
        period.kind,
        str(period.start_on or "-"),
        str(period.end_on or "-"),
        period.edtf or "-",
    )


def codes(text: str, year: int | None = 2021, span: tuple[int, int] | None = None) -> list[str]:
    """The finding codes of a cell."""
    return [note.code for note in read_periods(text, year, ISSUED, span)[1]]


Q1 = ("quarter", "2021-01-01", "2021-03-31", "2021-33")
Q2 = ("quarter", "2021-04-01", "2021-06-30", "2021-34")
Q3 = ("quarter", "2021-07-01", "2021-09-30", "2021-35")
Q4 = ("quarter", "2021-10-01", "2021-12-31", "2021-36")
YEAR = ("year", "2021-01-01", "2021-12-31", "2021")
IN_2021 = ("2021-01-01", "2021-12-31", "2021")
ALL_YEAR = ("continuous", *IN_2021)
EVERY = ("recurring", *IN_2021)
OPEN = ("-", "-", "-")
UNREAD = ("unresolved", *OPEN)
WHEN = ("conditional", *OPEN)


def month(n: int, year: int = 2021) -> Row:
    """The row of a month."""
    last = {1: 31, 2: 28, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}
    return ("month", f"{year}-{n:02d}-01", f"{year}-{n:02d}-{last[n]}", f"{year}-{n:02d}")


def day(text: str) -> Row:
    """The row of a day."""
    return ("day", text, text, text)


def until(end: str) -> Row:
    """The row of a deadline: its last day on time."""
    return ("before", "-", end, f"../{end}")


POINTS = [
    # quarters: Roman, Arabic, in words, short, in either spelling, with slips of tone
    ("Quý II/2021", [Q2]),
    ("Quý 3/2021", [Q3]),
    ("QUÝ IV/2021", [Q4]),
    ("quý ii năm 2021", [Q2]),
    ("Quý I", [Q1]),
    ("Q1/2021", [Q1]),
    ("Q.I", [Q1]),
    ("Q 1/2021", [Q1]),
    ("QIV/2021", [Q4]),
    ("Quý Ⅱ/2021", [Q2]),
    ("quý một", [Q1]),
    ("quý hai năm 2021", [Q2]),
    ("quý thứ hai", [Q2]),  # no Monday
    ("quý ba", [Q3]),
    ("quý tư/2021", [Q4]),
    ("quý bốn", [Q4]),
    ("quý đầu năm 2021", [Q1]),
    ("quí II năm 2021", [Q2]),
    ("qúy II/2021", [Q2]),
    ("Qúi 2/2021", [Q2]),
    ("Quý I-2021", [Q1]),
    ("Quý I - 2021", [Q1]),
    ("Quý I.2021", [Q1]),
    ("Quý  I / 2021", [Q1]),
    ("Quý: I", [Q1]),
    ("Quý I năm kế hoạch", [Q1]),
    ("Cuối quý II/2021", [Q2]),
    ("Quý I\n/2021", [Q1]),  # a line break inside the words
    ("Quý I/2021./.", [Q1]),
    ("(Quý I/2021)", [Q1]),
    ("Thời gian thực hiện: Quý I/2021", [Q1]),
    ("Thời hạn hoàn thành: Quý I/2021", [Q1]),  # the column's head again
    # months
    ("Tháng 3/2021", [month(3)]),
    ("T3/2021", [month(3)]),
    ("Th10/2021", [month(10)]),
    ("tháng 02 năm 2021", [month(2)]),
    ("tháng Sáu/2021", [month(6)]),
    ("tháng mười hai năm 2021", [month(12)]),
    ("6/2025", [month(6, 2025)]),
    ("10-2021", [month(10)]),
    ("cuối tháng 3", [month(3)]),
    ("Nửa cuối tháng 6/2021", [month(6)]),
    ("Tuần 1 tháng 3/2021", [month(3)]),  # neither 1 March nor December
    ("Tuần thứ 2 của tháng 3/2021", [month(3)]),
    ("hoàn thành trong tháng 6/2021", [month(6)]),
    ("Tại kỳ họp HĐND tháng 7/2021", [month(7)]),
    ("tháng 3/21", [month(3)]),
    # days
    ("Ngày 15/11/2021", [day("2021-11-15")]),
    ("ngày 24 tháng 01 năm 2021", [day("2021-01-24")]),
    ("24-01-2021", [day("2021-01-24")]),
    ("02.02.2021", [day("2021-02-02")]),
    ("2021-03-15", [day("2021-03-15")]),
    ("ngày 28. /12/2021", [day("2021-12-28")]),
    ("ngày 3 tháng 2", [day("2021-02-03")]),
    ("Mồng 5 tháng 3", [day("2021-03-05")]),
    ("ngày 11/9/2021 (thứ Bảy)", [day("2021-09-11")]),
    ("Thứ Hai, ngày 15/3/2021", [day("2021-03-15")]),
    ("8h30 ngày 15/3/2021 tại Hội trường UBND tỉnh", [day("2021-03-15")]),
    ("08 giờ 00 phút, ngày 15/3/2021", [day("2021-03-15")]),
    ("Từ 8h đến 17h ngày 15/3/2021", [day("2021-03-15")]),
    # years and parts of them
    ("Năm 2021", [YEAR]),
    ("2021", [YEAR]),
    ("Trong năm", [YEAR]),
    ("Trong năm 2021.", [YEAR]),
    ("Cả năm", [YEAR]),
    ("cuối năm 2021", [YEAR]),
    ("6 tháng đầu năm 2021", [("half_year", "2021-01-01", "2021-06-30", "2021-40")]),
    ("sáu tháng cuối năm", [("half_year", "2021-07-01", "2021-12-31", "2021-41")]),
    ("nửa đầu năm", [("half_year", "2021-01-01", "2021-06-30", "2021-40")]),
    ("6 tháng/2021", [("half_year", "2021-01-01", "2021-06-30", "2021-40")]),
    ("9 tháng đầu năm", [("span", "2021-01-01", "2021-09-30", "2021-01/2021-09")]),
    ("3 tháng cuối năm", [("span", "2021-10-01", "2021-12-31", "2021-10/2021-12")]),
    ("Tháng 01 năm sau", [month(1, 2022)]),
    ("Trước ngày 10/01 năm sau", [until("2022-01-09")]),
]

LISTS = [
    ("Quý II, III/2021", [Q2, Q3]),
    ("Quý 3,4/2021", [Q3, Q4]),
    ("Quý I + II/2021", [Q1, Q2]),
    ("Quý II & III/2021", [Q2, Q3]),
    ("Quý II hoặc quý III/2021", [Q2, Q3]),
    ("Quý I; II; III/2021", [Q1, Q2, Q3]),
    ("- Quý II\n- III/2021", [Q2, Q3]),
    ("Quý 1, 2 và 3 năm 2021", [Q1, Q2, Q3]),
    ("Trong quý III và IV/2021", [Q3, Q4]),
    ("Quý III; Quý IV năm 2021", [Q3, Q4]),
    ("Quý 1/2021Quý 2/2021", [Q1, Q2]),
    ("tháng 3, 6, 9/2021", [month(3), month(6), month(9)]),
    ("Tháng 6; 12", [month(6), month(12)]),
    ("Tháng 7+8", [month(7), month(8)]),
    ("tháng 12/2020, tháng 01, 02/2021", [month(12, 2020), month(1), month(2)]),
    ("Tháng 6/2021, 12/2021", [month(6), month(12)]),
    ("ngày 15 và 16 tháng 6 năm 2021", [day("2021-06-15"), day("2021-06-16")]),
    ("Ngày 20 tháng 3, 6, 9", [day("2021-03-20"), day("2021-06-20"), day("2021-09-20")]),
    ("Trước ngày 15/6 và 15/12", [until("2021-06-14"), until("2021-12-14")]),
    ("Trước ngày 20/3, 20/6/2021", [until("2021-03-19"), until("2021-06-19")]),
    ("Năm 2020, 2021", [("year", "2020-01-01", "2020-12-31", "2020"), YEAR]),
    ("Quý I, quý III và năm", [Q1, Q3, YEAR]),
    (
        "Quý I, 6 tháng, 9 tháng và năm 2021",  # reports: the first months of the year
        [
            Q1,
            ("half_year", "2021-01-01", "2021-06-30", "2021-40"),
            ("span", "2021-01-01", "2021-09-30", "2021-01/2021-09"),
            YEAR,
        ],
    ),
    # the year once, before, behind or from the plan; never out of order
    ("Năm 2021: Quý I, Quý III", [Q1, Q3]),
    ("Năm 2021 (Quý II, Quý IV)", [Q2, Q4]),
    (
        "Năm 2021: quý II; năm 2022: quý I",
        [Q2, ("quarter", "2022-01-01", "2022-03-31", "2022-33")],
    ),
    ("Quý IV/2020, Quý I", [("quarter", "2020-10-01", "2020-12-31", "2020-36"), Q1]),
    ("Tháng 12, tháng 1/2022", [month(12), month(1, 2022)]),
    # bullets are items, also inline
    ("- Quý I/2021 - Quý IV/2021", [Q1, Q4]),
    ("- Quý IV/2020. - Quý IV/2021.", [("quarter", "2020-10-01", "2020-12-31", "2020-36"), Q4]),
    ("- Tháng 02/2021 - Ngày 15/11/2021", [month(2), day("2021-11-15")]),
    ("- Tháng 01/2021 - Trong năm 2021", [month(1), YEAR]),
    ("- Quý I/2021.- Quý IV/2021", [Q1, Q4]),
    ("+ Quý I/2021 + Quý II/2021", [Q1, Q2]),
    ("a) Quý I/2021\nb) Quý II/2021", [Q1, Q2]),
    ("1. Quý I/2021 2. Quý II/2021", [Q1, Q2]),
    ("Quý I/2021\nQuý II/2021", [Q1, Q2]),
]

SPANS = [
    ("Quý II - IV/2021", ("2021-04-01", "2021-12-31", "2021-04/2021-12")),
    ("Quý I – II/2021", ("2021-01-01", "2021-06-30", "2021-01/2021-06")),
    ("quý I-II/2021", ("2021-01-01", "2021-06-30", "2021-01/2021-06")),
    ("Q3-Q4/2021", ("2021-07-01", "2021-12-31", "2021-07/2021-12")),
    ("Quý I/2021 - Quý IV/2021", ("2021-01-01", "2021-12-31", "2021-01/2021-12")),
    ("Quý I/2021 -> Quý III/2021", ("2021-01-01", "2021-09-30", "2021-01/2021-09")),
    ("- Quý I - IV/2021", ("2021-01-01", "2021-12-31", "2021-01/2021-12")),
    ("từ Quý I đến Quý III/2021", ("2021-01-01", "2021-09-30", "2021-01/2021-09")),
    ("Quý IV/2020 - Quý I/2021", ("2020-10-01", "2021-03-31", "2020-10/2021-03")),
    ("Bắt đầu quý I, kết thúc quý IV/2021", ("2021-01-01", "2021-12-31", "2021-01/2021-12")),
    ("Tháng 01 - 03/2021", ("2021-01-01", "2021-03-31", "2021-01/2021-03")),
    ("T5-T12/2021", ("2021-05-01", "2021-12-31", "2021-05/2021-12")),
    ("10-11/2021", ("2021-10-01", "2021-11-30", "2021-10/2021-11")),
    ("01/2021-12/2021", ("2021-01-01", "2021-12-31", "2021-01/2021-12")),
    ("Từ tháng 9/2020 đến tháng 5", ("2020-09-01", "2021-05-31", "2020-09/2021-05")),
    ("Từ tháng 11 đến tháng 02/2022", ("2021-11-01", "2022-02-28", "2021-11/2022-02")),
    ("từ đầu năm đến hết quý II/2021", ("2021-01-01", "2021-06-30", "2021-01/2021-06")),
    ("25/3/2021-31/3/2021", ("2021-03-25", "2021-03-31", "2021-03-25/2021-03-31")),
    ("ngày 27-28/5/2021", ("2021-05-27", "2021-05-28", "2021-05-27/2021-05-28")),
    ("02 ngày (15-16/3/2021)", ("2021-03-15", "2021-03-16", "2021-03-15/2021-03-16")),
    ("Từ 15/3 đến 20/4/2021", ("2021-03-15", "2021-04-20", "2021-03-15/2021-04-20")),
    ("01/01 - 31/12/2021", ("2021-01-01", "2021-12-31", "2021-01-01/2021-12-31")),
    # mixed precision takes the finer one
    ("ngày 11/9 đến hết năm 2021", ("2021-09-11", "2021-12-31", "2021-09-11/2021-12-31")),
    ("2024 - 2025", ("2024-01-01", "2025-12-31", "2024/2025")),
    ("- 2024 - 2025", ("2024-01-01", "2025-12-31", "2024/2025")),
    ("2017 -2020", ("2017-01-01", "2020-12-31", "2017/2020")),
    ("giai đoạn 2021 - 2025", ("2021-01-01", "2025-12-31", "2021/2025")),
    ("từ năm 2026 đến năm 2030", ("2026-01-01", "2030-12-31", "2026/2030")),
    # an outlook is no time of the task
    ("Giai đoạn 2021-2025, tầm nhìn đến năm 2030", ("2021-01-01", "2025-12-31", "2021/2025")),
    # open
    ("Từ quý II/2026", ("2026-04-01", "-", "2026-04/..")),
    ("Từ năm 2021 trở đi", ("2021-01-01", "-", "2021/..")),
    ("Năm 2022 và những năm tiếp theo", ("2022-01-01", "-", "2022/..")),
    ("Quý IV năm 2024 và các năm tiếp theo", ("2024-10-01", "-", "2024-10/..")),
    ("sau ngày 15/6/2021", ("2021-06-16", "-", "2021-06-16/..")),
    ("kể từ ngày 15/3/2021", ("2021-03-15", "-", "2021-03-15/..")),
    # counted from the document's own issue
    ("Từ nay đến hết năm 2021", ("2020-12-28", "2021-12-31", "2020-12-28/2021-12-31")),
    ("Từ ngày ký đến ngày 30/6/2021", ("2020-12-28", "2021-06-30", "2020-12-28/2021-06-30")),
]

DEADLINES = [
    ("Trước ngày 22/12/2021", "2021-12-21"),
    ("Trước 15/8/2021", "2021-08-14"),
    ("xong trước 15/6", "2021-06-14"),
    ("Báo cáo trước ngày 10/12", "2021-12-09"),
    ("chậm nhất ngày 22/12/2021", "2021-12-22"),
    ("chậm nhất là ngày 22/12/2021", "2021-12-22"),
    ("Không muộn hơn 30/6", "2021-06-30"),
    ("Hạn cuối: 15/6/2021", "2021-06-15"),
    ("đến hết ngày 30/6/2021", "2021-06-30"),
    ("Trước 17h00 ngày 15/3/2021", "2021-03-15"),  # that day is still on time
    ("trước tháng 6", "2021-05-31"),
    ("trước quý II/2021", "2021-03-31"),
    ("đến hết quý III/2021", "2021-09-30"),
    ("Hoàn thành chậm nhất trong Quý IV/2021", "2021-12-31"),
    ("trước hết quý II/2021", "2021-06-30"),
    ("đến năm 2030", "2030-12-31"),
    ("Trước năm 2030", "2029-12-31"),
    ("Hết năm", "2021-12-31"),
    # durations from the document's issue on 28 December 2020
    ("100 ngày kể từ ngày ban hành Kế hoạch", "2021-04-07"),
    ("Trong vòng 06 tháng kể từ ngày Kế hoạch này được ban hành", "2021-06-28"),
    ("90 ngày sau khi ban hành", "2021-03-28"),
]

RECURRING = [
    ("hàng tháng", "FREQ=MONTHLY"),
    ("hằng quý", "FREQ=MONTHLY;INTERVAL=3"),
    ("Hằng năm", "FREQ=YEARLY"),
    ("Hằng tuần", "FREQ=WEEKLY"),
    ("hàng ngày", "FREQ=DAILY"),
    ("Thứ Sáu hằng tuần", "FREQ=WEEKLY;BYDAY=FR"),
    ("định kỳ 6 tháng", "FREQ=MONTHLY;INTERVAL=6"),
    ("Định kì 6 tháng/1 lần", "FREQ=MONTHLY;INTERVAL=6"),
    ("6 tháng 1 lần", "FREQ=MONTHLY;INTERVAL=6"),
    ("hai năm một lần", "FREQ=YEARLY;INTERVAL=2"),
    ("01 lần/năm", "FREQ=YEARLY"),
    ("2 lần/năm", "FREQ=MONTHLY;INTERVAL=6"),
    ("mỗi năm 2 lần", "FREQ=MONTHLY;INTERVAL=6"),
    ("ít nhất 02 lần/năm", "FREQ=MONTHLY;INTERVAL=6"),
    ("1 lần/6 tháng", "FREQ=MONTHLY;INTERVAL=6"),
    ("5 lần/năm", "-"),  # no whole number of months
    ("Định kỳ", "-"),
    ("Định kỳ, đột xuất trong năm", "-"),
    ("Theo định kỳ", "-"),
    ("Theo quý", "FREQ=MONTHLY;INTERVAL=3"),
    ("Các quý trong năm", "FREQ=MONTHLY;INTERVAL=3"),
    ("Cả 4 quý", "FREQ=MONTHLY;INTERVAL=3"),
    ("cuối mỗi quý", "FREQ=MONTHLY;INTERVAL=3"),
    ("tháng 12 hằng năm", "FREQ=YEARLY;BYMONTH=12"),
    ("Quý IV hằng năm", "FREQ=YEARLY"),  # RFC 5545 has no quarters
    ("ngày 25 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=25"),
    ("Ngày 15 (hằng tháng)", "FREQ=MONTHLY;BYMONTHDAY=15"),
    ("Trước ngày 25 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=24"),  # the last day on time
    ("Trước ngày 01 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=-1"),
    ("Hằng năm trước ngày 15/12", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=14"),
    ("Hằng năm (trước ngày 15/12)", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=14"),
    ("Ngày 15 tháng cuối quý", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=15"),
    ("Hàng quý (trước ngày 20 tháng cuối quý)", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=19"),
    ("Định kỳ ngày 5 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=5"),
]

SEVERAL_RULES = [
    (
        "định kỳ hằng quý, 6 tháng, năm",
        ["FREQ=MONTHLY;INTERVAL=3", "FREQ=MONTHLY;INTERVAL=6", "FREQ=YEARLY"],
    ),
    ("hàng tháng/quý/năm", ["FREQ=MONTHLY", "FREQ=MONTHLY;INTERVAL=3", "FREQ=YEARLY"]),
    (
        "Quý, 6 tháng, năm",
        ["FREQ=MONTHLY;INTERVAL=3", "FREQ=MONTHLY;INTERVAL=6", "FREQ=YEARLY"],
    ),
    ("Định kỳ (6 tháng, năm)", ["FREQ=MONTHLY;INTERVAL=6", "FREQ=YEARLY"]),
    ("Tháng 6, tháng 12 hằng năm", ["FREQ=YEARLY;BYMONTH=6", "FREQ=YEARLY;BYMONTH=12"]),
    (
        "Trước ngày 15/6 và 15/12 hằng năm",
        ["FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=14", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=14"],
    ),
    ("Ngày 05 và ngày 20 hằng tháng", ["FREQ=MONTHLY;BYMONTHDAY=5", "FREQ=MONTHLY;BYMONTHDAY=20"]),
]

BOUNDED = [
    ("Thường xuyên", ALL_YEAR),
    ("Thực hiện thường xuyên, liên tục", ALL_YEAR),
    ("Thường xuyên trong năm 2020", ("continuous", "2020-01-01", "2020-12-31", "2020")),
    ("Năm 2021 (thường xuyên)", ALL_YEAR),
    ("24/7", ALL_YEAR),  # no 24 July
    ("Hằng quý năm 2020", ("recurring", "2020-01-01", "2020-12-31", "2020")),
    ("Năm 2021: hằng quý", EVERY),
    ("Năm 2021-2025: thường xuyên", ("continuous", "2021-01-01", "2025-12-31", "2021/2025")),
    ("xúc tiến hằng năm 2027 - 2030", ("recurring", "2027-01-01", "2030-12-31", "2027/2030")),
    ("cập nhật hằng quý đến 2030", ("recurring", "-", "2030-12-31", "../2030")),
    ("Định kỳ 2 năm/lần, bắt đầu từ năm 2024", ("recurring", "2024-01-01", "-", "2024/..")),
]

CONDITIONS = [
    ("Sau khi Bộ Nội vụ công bố", WHEN, "Sau khi Bộ Nội vụ công bố"),
    ("Khi Chính phủ ban hành", WHEN, "Khi Chính phủ ban hành"),
    ("Theo quy định của Trung ương", WHEN, "Theo quy định của Trung ương"),
    ("Theo hướng dẫn của Bộ", WHEN, "Theo hướng dẫn của Bộ"),
    ("Theo Kế hoạch của Bộ Nội vụ.", WHEN, "Theo Kế hoạch của Bộ Nội vụ"),
    ("Theo Kế hoạch năm 2021 của Bộ Nội vụ", WHEN, "Theo Kế hoạch năm 2021 của Bộ Nội vụ"),
    ("Tùy theo tình hình thực tế", WHEN, "Tùy theo tình hình thực tế"),
    ("nếu có", WHEN, "nếu có"),
    ("Trước kỳ họp HĐND tỉnh", WHEN, "Trước kỳ họp HĐND tỉnh"),
    ("sau 30 ngày làm việc", WHEN, "sau 30 ngày làm việc"),
    (
        "Trong 18-24 tháng kể từ khi Bộ X chấp thuận",
        WHEN,
        "Trong 18-24 tháng kể từ khi Bộ X chấp thuận",
    ),
    ("15 ngày kể từ ngày nhận văn bản", WHEN, "15 ngày kể từ ngày nhận văn bản"),
    ("Năm 2021 (khi có hướng dẫn của TW).", YEAR, "khi có hướng dẫn của TW"),
    ("Trong năm (nếu có)", YEAR, "nếu có"),
    ("Trong năm 2021 theo kế hoạch", YEAR, "theo kế hoạch"),
    ("Quý I/2021 hoặc khi có hướng dẫn", Q1, "khi có hướng dẫn"),
    ("Theo quy định, trước ngày 15/12/2021", until("2021-12-14"), "Theo quy định"),
    ("Báo cáo theo quy định trước ngày 15/12/2021", until("2021-12-14"), "theo quy định"),
    ("Sau khi HĐND thông qua (dự kiến tháng 7/2021)", month(7), "Sau khi HĐND thông qua"),
    ("Thường xuyên theo quy định", ALL_YEAR, "theo quy định"),
    ("Hằng quý và khi có yêu cầu", EVERY, "khi có yêu cầu"),
    (
        "Thực hiện đến năm 2030 và theo lộ trình chung",
        until("2030-12-31"),
        "theo lộ trình chung",
    ),
    (
        "100 ngày kể từ ngày ban hành Kế hoạch",
        until("2021-04-07"),
        "100 ngày kể từ ngày ban hành Kế hoạch",
    ),
    # the date of a cited document is none of the task's
    (
        "theo Quyết định số 19/2014/QĐ-TTg ngày 05/3/2014",
        WHEN,
        "theo Quyết định số 19/2014/QĐ-TTg ngày 05/3/2014",
    ),
    (
        "Theo Quyết định số 12/QĐ-UBND ngày 01/3/2021, hoàn thành trước 30/6/2021",
        until("2021-06-29"),
        "Theo Quyết định số 12/QĐ-UBND ngày 01/3/2021",
    ),
]

MIXED = [
    (
        "Khởi động quý IV/2021; báo cáo kiểm kê quý II/2022; cập nhật hằng quý đến 2030.",
        [
            Q4,
            ("quarter", "2022-04-01", "2022-06-30", "2022-34"),
            ("recurring", "-", "2030-12-31", "../2030"),
        ],
    ),
    (
        "Năm 2021 hoàn thành đề án, triển khai trong các năm tiếp theo",
        [YEAR, ("span", "2022-01-01", "-", "2022/..")],
    ),
    ("Hàng quý và năm 2021", [EVERY, YEAR]),
    (
        "2022 - 2025 Các Bộ: Tài chính, Công Thương đã hoàn thành",
        [("span", "2022-01-01", "2025-12-31", "2022/2025"), ("done", *OPEN)],
    ),
    ("Đã hoàn thành", [("done", *OPEN)]),
    ("80% năm 2021, 100% năm 2022", [YEAR, ("year", "2022-01-01", "2022-12-31", "2022")]),
    ("01 lớp quý II, 02 lớp quý IV", [Q2, Q4]),
    ("Quý I/2021; khi có yêu cầu", [Q1, WHEN]),
    ("Kế hoạch số 12/KH-UBND ngày 5/3/2021, Quý II/2021", [Q2]),
    ("Đặt hàng đợt 1 năm 2021", [YEAR]),  # "đặt hàng" is no "hàng năm"
    ("mỏ Quý Xa vào khai thác năm 2021", [YEAR]),
]

UNRESOLVED = [
    "Sở Nội vụ",
    "Sở Nội vụ; Sở Tài chính",
    "tháng 13/2021",
    "Quý V/2021",
    "31/02/2021",
    "tháng 9/20211",
    "III/2021",
    "2025/2026",
    "Tuần 12/2021",
    "15/8 âm lịch",
    "tháng Giêng",
    "Năm học 2020-2021",
    "trong 03 tháng",
    "Chưa xác định",
    "Cuối quý",
    "Quyết định số 12/QĐ-UBND ngày 01/3/2021",
    "nt",
    "?",
]


@pytest.mark.parametrize(("text", "expected"), POINTS + LISTS + MIXED)
def test_dated_parts(text: str, expected: list[Row]) -> None:
    assert [row(period) for period in read(text)] == expected


@pytest.mark.parametrize(("text", "expected"), SPANS)
def test_spans(text: str, expected: tuple[str, str, str]) -> None:
    assert [row(period) for period in read(text)] == [("span", *expected)]


@pytest.mark.parametrize(("text", "end"), DEADLINES)
def test_deadlines_end_on_the_last_day_on_time(text: str, end: str) -> None:
    assert [row(period) for period in read(text)] == [until(end)]


@pytest.mark.parametrize(("text", "rule"), RECURRING)
def test_recurring_parts_have_a_rule_where_a_frequency_is_named(text: str, rule: str) -> None:
    (period,) = read(text)
    assert row(period) == EVERY
    assert (period.rrule or "-") == rule


@pytest.mark.parametrize(("text", "rules"), SEVERAL_RULES)
def test_lists_of_frequencies(text: str, rules: list[str]) -> None:
    assert [period.rrule for period in read(text)] == rules
    assert {period.kind for period in read(text)} == {"recurring"}


@pytest.mark.parametrize(("text", "expected"), BOUNDED)
def test_bounds_of_recurring_and_continuous_parts(text: str, expected: Row) -> None:
    assert [row(period) for period in read(text)] == [expected]


@pytest.mark.parametrize(("text", "expected", "condition"), CONDITIONS)
def test_conditions(text: str, expected: Row, condition: str) -> None:
    (period,) = read(text)
    assert row(period) == expected
    assert period.condition == condition


@pytest.mark.parametrize("text", UNRESOLVED)
def test_what_is_no_time_is_told_and_not_guessed(text: str) -> None:
    periods, notes = read_periods(text, 2021, ISSUED)
    assert [row(period) for period in periods] == [UNREAD]
    assert [(note.code, note.raw) for note in notes] == [("schedule.unresolved", text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quý I/2021, Sở Nội vụ", [Q1, UNREAD]),
        ("Quý I/2021\nSở Nội vụ", [Q1, UNREAD]),
        ("Quý I/2021 báo cáo Sở Nội vụ", [Q1]),  # description
        ("Quý I/2021; tháng 13/2021", [Q1, UNREAD]),
    ],
)
def test_a_remainder_that_means_something_stays_unresolved(text: str, expected: list[Row]) -> None:
    assert [row(period) for period in read(text)] == expected


@pytest.mark.parametrize("text", ["", " ", "-", "…", "\n", "( )"])
def test_an_empty_cell_has_no_period(text: str) -> None:
    assert read_periods(text, 2021, ISSUED) == ((), ())


@pytest.mark.parametrize(
    ("text", "raws"),
    [
        ("Quý II, III/2021", ["Quý II", "III/2021"]),
        ("Trước ngày 15/6 và 15/12", ["Trước ngày 15/6", "15/12"]),
        ("- Quý I/2021 - Trước ngày 22/12/2021.", ["Quý I/2021", "Trước ngày 22/12/2021"]),
        ("Trong năm (nếu có)", ["Trong năm (nếu có)"]),
        ("Khởi động quý IV/2026; báo cáo quý II/2027", ["quý IV/2026", "quý II/2027"]),
        ("Hàng quý và năm 2021", ["Hàng quý", "năm 2021"]),
    ],
)
def test_raw_is_the_parts_own_words(text: str, raws: list[str]) -> None:
    assert [period.raw for period in read(text)] == raws


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quý I/2020", ["schedule.outside_plan_year"]),
        ("Tháng 12/2020", ["schedule.outside_plan_year"]),
        ("Quý IV/2020, Quý I/2021", ["schedule.outside_plan_year"]),
        ("Trước ngày 15/01/2022", ["schedule.outside_plan_year"]),
        ("2022 - 2023", ["schedule.outside_plan_year"]),
        ("2020 - 2021", ["schedule.outside_plan_year"]),  # a part of it lies outside
        ("Từ quý II/2021", []),
        ("Thường xuyên", []),
        ("Hằng quý đến năm 2030", ["schedule.outside_plan_year"]),
        ("Quý III - I/2021", ["date.implausible"]),
        ("Từ ngày 15/6/2021 đến ngày 14/3/2021", ["date.implausible"]),
        ("Quý l/2021", ["text.repaired"]),
        ("Quy III/2021", ["text.repaired"]),
    ],
)
def test_notes(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


def test_a_part_outside_the_plan_year_stays_what_it_says() -> None:
    (period,), (note,) = read_periods("Quý I/2020", 2021, ISSUED)
    assert row(period) == ("quarter", "2020-01-01", "2020-03-31", "2020-33")
    assert (note.raw, note.detail, note.start, note.end) == ("Quý I/2020", "2021", 0, 10)


@pytest.mark.parametrize("text", ["Trong năm", "Quý I", "Trước ngày 15/12"])
@pytest.mark.parametrize("span", [None, (2021, 2025)])
def test_without_a_plan_year_a_missing_year_stays_open(
    text: str, span: tuple[int, int] | None
) -> None:
    (period,), notes = read_periods(text, None, None, span)
    assert (period.start_on, period.end_on, period.edtf) == (None, None, None)
    assert [note.code for note in notes] == ["schedule.unresolved"]


def test_plans_of_several_years() -> None:
    (period,), notes = read_periods("Cả giai đoạn", None, None, (2026, 2030))
    assert row(period) == ("span", "2026-01-01", "2030-12-31", "2026/2030")
    assert not notes
    (period,), notes = read_periods("Thường xuyên", None, None, (2026, 2030))
    assert row(period) == ("continuous", *OPEN)
    assert not notes
    assert codes("Quý IV/2025", None, (2026, 2030)) == ["schedule.outside_plan_year"]
    assert codes("Quý IV/2028", None, (2026, 2030)) == []


def test_without_the_day_of_issue_a_duration_is_conditional() -> None:
    (period,), _ = read_periods("100 ngày kể từ ngày ban hành Kế hoạch", 2021)
    assert row(period) == WHEN
    (period,), _ = read_periods("Từ nay đến 31/12/2021", 2021)
    assert row(period) == until("2021-12-31")


# --- the lexicon ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("example", "role"),
    [
        (example, entry["role"])
        for entry in entries("period_words")
        if entry["role"] != "reporting"
        for example in several(entry["examples"])
    ],
)
def test_each_example_has_the_role_of_its_own_entry(example: str, role: str) -> None:
    assert [token.role for token in tokens_of(example)] == [role]


# --- properties -------------------------------------------------------------------------------

ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}
WORDS = {1: "một", 2: "hai", 3: "ba", 4: "tư"}
NUMERALS = st.integers(1, 4)
YEARS = st.integers(2000, 2050)
HEADS = st.sampled_from(["Quý ", "quý ", "QUÝ ", "Quí ", "Qúy ", "quý", "Q", "Q.", "Trong quý "])
JOINTS = st.sampled_from(["/", " / ", "/ ", " năm ", "-", ", năm ", " ", " của năm "])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a council's session is an event; with its date beside it the date is the time
        ("Tại kỳ họp thứ 5 HĐND tỉnh", [WHEN]),
        ("Trình phiên họp UBND tỉnh thường kỳ", [WHEN]),
        ("Kỳ họp giữa năm HĐND tỉnh", [YEAR]),
        ("Kỳ họp thường lệ cuối năm 2021 của HĐND tỉnh", [YEAR]),
        ("Trình kỳ họp HĐND tỉnh tháng 7/2021", [month(7)]),
        ("Tháng 6/2021 (kỳ họp thứ 7 HĐND tỉnh)", [month(6)]),
        ("Quý II; kỳ họp HĐND tỉnh", [Q2, WHEN]),
    ],
)
def test_sessions(text: str, expected: list[Row]) -> None:
    assert [row(period) for period in read(text)] == expected
    part = "giữa năm" in text or "cuối năm" in text
    assert codes(text) == ["schedule.part_of_period"] * part


@given(NUMERALS, YEARS, HEADS, JOINTS, st.booleans(), st.integers(0, 2))
def test_any_spelling_of_a_quarter_gives_the_same_interval(
    n: int, year: int, head: str, joint: str, upper: bool, style: int
) -> None:
    figure = [str(n), ROMAN[n], WORDS[n]][style]
    if style == 2 and not head.endswith(" "):
        head = "Quý "
    if joint == ", năm ":
        joint = " năm "
    text = f"{head}{figure}{joint}{year}"
    text = text.upper() if upper else text
    (period,), notes = read_periods(text, year)
    assert row(period)[1:] == row(read_periods(f"Quý {ROMAN[n]}/{year}", year)[0][0])[1:]
    assert not notes


PHRASES = [
    phrase for entry in entries("period_words") for phrase in several(entry["phrases"])
] + "/ - , . ; : ( ) + % 2021 2020 2025 3 15 31 06 15/6 15/6/2021 12/2021 8h30 IV".split()
CELLS = st.lists(
    st.tuples(st.sampled_from([*PHRASES, "\n", "\n- "]), st.sampled_from(["", " "])), max_size=12
).map(lambda parts: "".join(phrase + blank for phrase, blank in parts))


@settings(max_examples=300, deadline=None)
@given(CELLS | st.text(), st.sampled_from([None, 2021]))
def test_any_text_gives_ordered_parts_that_point_at_their_words(
    text: str, year: int | None
) -> None:
    text = unicodedata.normalize("NFC", text)
    periods, notes = read_periods(text, year, ISSUED)
    for period in periods:
        assert period.raw == tidy(text[period.start : period.end])
        assert period.raw
        assert period.start_on is None or period.end_on is None or period.start_on <= period.end_on
        assert period.rrule is None or period.kind == "recurring"
        assert period.edtf is None or period.kind not in ("conditional", "done", "unresolved")
    for note in notes:
        assert 0 <= note.start <= note.end <= len(text)
    assert [period.start for period in periods] == sorted(period.start for period in periods)


@given(st.sampled_from([text for text, _ in POINTS + LISTS]))
def test_what_was_read_reads_the_same_again(text: str) -> None:
    """A part that names its own year says the same alone."""
    for period in read(text):
        if period.edtf is None or "2021" not in period.raw or period.raw[0].isdigit():
            continue
        if period.raw.split("/")[0] in ROMAN.values():
            continue  # "III/2021" needs its list
        (again,) = read(period.raw)
        assert row(again) == row(period)
