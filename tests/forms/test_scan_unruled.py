"""Scans of tables that level lines alone draw, or none: a plan of our own, printed and scanned."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from as_print import chromium_pdf, needs_chromium, write_html
from plain_plan import authored_blocks
from test_scan import as_tiff, assert_agrees, images_of, worn

from extract import extract_documents
from extract.readers.pages import print_pages
from extract.readers.pdf_words import PageWord
from extract.readers.ruled import Rule
from extract.readers.scan_page import ScannedPage
from extract.readers.scan_unruled import loose_tables
from extract.source import printed_source
from pipeline import extract_file

PLAN = """ỦY BAN NHÂN DÂN
TỈNH KON TUM
-------

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------

Số: 4127/KH-UBND

Kon Tum, ngày 14 tháng 12 năm 2023

KẾ HOẠCH

Cải cách hành chính nhà nước tỉnh Kon Tum năm 2024

Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:

I. MỤC TIÊU

Trên 95% hồ sơ thủ tục hành chính được giải quyết đúng hạn.

II. NHIỆM VỤ

| STT | Nhiệm vụ | Sản phẩm | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian hoàn thành \
| Kinh phí (triệu đồng) |
|---|---|---|---|---|---|---|
| I | Công tác chỉ đạo, điều hành | | | | | |
| 1 | Ban hành Kế hoạch kiểm tra công tác cải cách hành chính năm 2024 | Kế hoạch của Ủy ban nhân \
dân tỉnh | Sở Nội vụ | Các sở, ban, ngành; UBND các huyện, thành phố | Quý I/2024 | 45 |
| 2 | Tổ chức hội thi tìm hiểu cải cách hành chính | Kế hoạch; Báo cáo kết quả hội thi \
| Sở Nội vụ | Tỉnh đoàn | Quý II, III/2024 | 320 |
| II | Cải cách thể chế | | | | | |
| 3 | Rà soát, hệ thống hóa văn bản quy phạm pháp luật do Ủy ban nhân dân tỉnh ban hành \
| Quyết định công bố danh mục văn bản | Sở Tư pháp | Các sở, ban, ngành | Trước ngày 31/01/2024 \
| 150 |
| 4 | Theo dõi tình hình thi hành pháp luật trong lĩnh vực đất đai | Báo cáo | Sở Tư pháp \
| Sở Tài nguyên và Môi trường | Tháng 11/2024 | 80 |
| 5 | Thực hiện thanh tra việc quản lý tài sản công tại các cơ quan | Kết luận thanh tra \
| Thanh tra tỉnh | Sở Tài chính; Sở Xây dựng | Quý II/2024 | 1.250 |

III. TỔ CHỨC THỰC HIỆN

1. Sở Nội vụ theo dõi, đôn đốc việc thực hiện Kế hoạch.
"""


@pytest.mark.slow
@needs_chromium
@pytest.mark.parametrize("rules", ["level", "none"])
@pytest.mark.parametrize("is_worn", [False, True], ids=["clean", "worn"])
def test_a_plan_without_upright_rules(rules: str, is_worn: bool, tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, encoding="utf-8")
    html = write_html(authored_blocks(path), tmp_path / "plan.html", rules=rules)
    pages = images_of(chromium_pdf(html, tmp_path / "plan.pdf"))
    if is_worn:
        chance = np.random.default_rng(20)
        pages = [worn(page, chance) for page in pages]
    plan = extract_file(as_tiff(pages, tmp_path / "plan.tif"))
    assert [task.task_no for task in plan.tasks] == ["1", "2", "3", "4", "5"]
    assert [task.budget_vnd for task in plan.tasks] == [
        45_000_000,
        320_000_000,
        150_000_000,
        80_000_000,
        1_250_000_000,
    ]
    assert_agrees(path, plan, 0.98, 1.0)


HANGING = frozenset("gpqy,;()ạộụị")


def inked(text: str, x0: float, foot: float) -> PageWord:
    """A word in the box of its ink, as a recognizer gives it: letters 10 points high at most."""
    small = all(char in "aceimnorsuvwxz" for char in text)
    below = 2.2 if not HANGING.isdisjoint(text) else 0.0
    return PageWord(text, x0, foot - (5 if small else 8), x0 + 5 * len(text), foot + below, 96.0)


def laid(rows: list[list[str]], xs: list[float], pitch: float, between: float) -> list[PageWord]:
    """Rows of cells; the lines of a cell are parted by "/", ``between`` is the pitch of rows."""
    made: list[PageWord] = []
    foot = 100.0
    for row in rows:
        lines = max(cell.count("/") + 1 for cell in row)
        for cell, x0 in zip(row, xs, strict=True):
            for index, line in enumerate(cell.split("/")):
                at = x0
                for text in line.split():
                    made.append(inked(text, at, foot + index * pitch))
                    at += 5 * len(text) + 2.5
        foot += (lines - 1) * pitch + between
    return made


ROWS = [
    ["TT", "Nhiệm vụ", "Cơ quan/chủ trì", "Thời gian"],
    ["1", "Rà soát văn bản/xem ra sao/giao gấp", "Sở Tư pháp", "Quý I"],
    ["2", "Kiểm tra công vụ/tại cơ sở", "Sở Nội vụ", "Quý II"],
    ["3", "Cấp quỹ/mua xe xem/sao", "Sở Y tế", "Quý III"],
    ["4", "Bàn giao hồ sơ", "Sở Nội vụ", "Quý IV"],
]
XS = [60.0, 100.0, 300.0, 450.0]


def read_rows(tables: list[dict[Any, list[PageWord]]]) -> list[list[list[str]]]:
    """The words of each row's cells, table by table, from top to bottom and left to right."""
    made = []
    for cells in tables:
        tops = sorted({box[1] for box in cells})
        made.append(
            [
                [
                    " ".join(word.text for word in cells[box])
                    for box in sorted(box for box in cells if box[1] == top)
                ]
                for top in tops
            ]
        )
    return made


def wanted(rows: list[list[str]]) -> list[list[str]]:
    return [[" ".join(cell.replace("/", " ").split()) for cell in row] for row in rows]


@pytest.mark.parametrize(("pitch", "between"), [(14.0, 17.0), (14.0, 22.0), (13.0, 16.0)])
def test_heights_of_ink_part_no_rows(pitch: float, between: float) -> None:
    tables, left = loose_tables(laid(ROWS, XS, pitch, between), [], (), lambda box: [])
    assert read_rows(tables) == [wanted(ROWS)]
    assert left == []


def test_cells_are_read_by_themselves() -> None:
    seen: list[Any] = []

    def read(box: Any) -> list[PageWord]:
        seen.append(box)
        return [PageWord("lại", box[0] + 1, box[1], box[0] + 15, box[3], 96.0)]

    tables, _ = loose_tables(laid(ROWS, XS, 14, 20), [], (), read)
    assert read_rows(tables) == [[["lại"] * 4] * 5]
    assert len(seen) == 20


def test_level_lines_part_the_rows_where_lines_stand_evenly() -> None:
    words = laid(ROWS, XS, 14, 14)
    feet = [100 + 14 * index + 3.5 for index in (-1, 1, 4, 6, 9, 10)]
    level = [Rule(foot, 55, 520) for foot in feet]
    tables, _ = loose_tables(words, level, (), lambda box: [])
    assert read_rows(tables) == [wanted(ROWS)]


def test_a_table_goes_on_overleaf_where_the_page_lies_beside_its_place() -> None:
    tables, _ = loose_tables(laid(ROWS, XS, 14, 20), [], (), lambda box: [])
    page = ScannedPage(1, 595, 842, [], [], loose=tables)
    rest = [["5", "Tổng kết", "Sở Nội vụ", "Quý IV"], ["6", "Báo cáo", "Sở Y tế", "Quý IV"]]
    words = laid(rest, [x + 5 for x in XS], 14, 20)
    alone, _ = loose_tables(words, [], (), lambda box: [])
    assert alone == []  # two lines by themselves are no table
    tables, left = loose_tables(words, [], page.running, lambda box: [])
    assert read_rows(tables) == [wanted(rest)]
    assert left == []


def test_running_text_is_no_table() -> None:
    prose = [["Căn cứ Luật Tổ chức chính quyền địa phương/theo đề nghị của Sở Nội vụ"]] * 6
    words = laid(prose, [60.0], 14, 18)
    assert loose_tables(words, [], (), lambda box: []) == ([], words)


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_table_whose_outer_rule_was_cut_off_keeps_its_column(side: str) -> None:
    from PIL import ImageDraw
    from test_scan import ruled_page

    from extract.readers.scan_grid import ink_of, rules_of
    from extract.readers.scan_lines import lines_on, open_sides

    whole = ruled_page()
    at = 100 if side == "left" else 1300
    ink = ink_of(np.asarray(whole))
    assert open_sides(lines_on(ink), rules_of(ink)) == []
    ImageDraw.Draw(whole).rectangle((at - 8, 0, at + 8, 899), fill=255)
    ink = ink_of(np.asarray(whole))
    (rule,) = open_sides(lines_on(ink), rules_of(ink))
    assert abs(rule.at - at) < 14
    assert abs(rule.low - 100) < 5
    assert abs(rule.high - 700) < 5


@pytest.mark.parametrize("at", [100.0, 109.0], ids=["at the top", "in the middle"])
@pytest.mark.parametrize("upper", ["Phân công", "Cơ quan", "Trách nhiệm thực hiện"])
def test_a_head_over_two_columns_keeps_their_roles(at: float, upper: str) -> None:
    """The line below the upper head is as wide as its columns; a short one lies over no gutter."""
    xs = [60.0, 90.0, 230.0, 340.0, 460.0]
    words = [
        *(inked(text, x0, at) for text, x0 in (("TT", 60.0), ("Việc", 120.0), ("Hạn", 470.0))),
        *in_line(upper, 350.0 if len(upper) < 10 else 290.0, 100.0),
        *in_line("Cơ quan chủ trì", 232.0, 118.0),
        *in_line("Cơ quan phối hợp", 345.0, 118.0),
    ]
    rows = [
        ["1", "Rà soát văn bản", "Sở Tư pháp", "Sở Nội vụ", "Quý I"],
        ["2", "Kiểm tra công vụ", "Sở Nội vụ", "Sở Tài chính", "Quý II"],
        ["3", "Cấp quỹ mua xe", "Sở Y tế", "Sở Xây dựng", "Quý III"],
    ]
    for number, row in enumerate(rows):
        for text, x0 in zip(row, xs, strict=True):
            words += in_line(text, x0, 140.0 + 22 * number)
    level = [Rule(y, 55, 520) for y in (88.0, 125.0, 147.0, 169.0, 191.0)]
    level.append(Rule(104.5, 226, 455))
    tables, left = loose_tables(words, level, (), lambda box: [])
    page = ScannedPage(1, 595, 842, [], left, loose=tables)
    source = printed_source(
        print_pages([page.page()], "scan"), name="x", sha256="0", format="scan", notes=[]
    )
    (plan,) = extract_documents(source)
    found = [(task.lead, task.coordinating) for task in plan.tasks]
    assert [(a and a.flat, b and b.flat) for a, b in found] == [
        ("Sở Tư pháp", "Sở Nội vụ"),
        ("Sở Nội vụ", "Sở Tài chính"),
        ("Sở Y tế", "Sở Xây dựng"),
    ]


def in_line(text: str, x0: float, foot: float) -> list[PageWord]:
    """The words of a text, one behind the other."""
    made: list[PageWord] = []
    for word in text.split():
        made.append(inked(word, x0, foot))
        x0 += 5 * len(word) + 2.5
    return made


def test_marks_above_the_first_row_are_read() -> None:
    seen: list[Any] = []

    def read(box: Any) -> list[PageWord]:
        seen.append(box)
        return []

    words = laid(ROWS, XS, 14, 20)
    loose_tables(words, [], (), read)
    assert min(box[1] for box in seen) < min(word.top for word in words) - 2
    assert max(box[3] for box in seen) > max(word.bottom for word in words) + 2
