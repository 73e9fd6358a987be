"""Text as copied: whole plans with one cell a line, and what a copy leaves open."""

from __future__ import annotations

from pathlib import Path

import pytest
from as_copied import Copying, copied
from form_inputs import OF_PAGES, by_plan_slowly, text_tables
from plain_plan import SAMPLES, authored_blocks, form_differences, form_tables

from bench.corpus import make_plan
from extract.blocks import read_blocks
from extract.cells import Line, TableBlock
from normalize.records import Plan
from pipeline import extract_file

NO_BREAK = "\u00a0"
COPIES = {
    "rows apart, empty cells kept": Copying(parted=True, empty=NO_BREAK),
    "empty cells kept": Copying(empty=NO_BREAK),
    "an empty cell is a blank line": Copying(empty=""),
    "rows apart, empty cells lost": Copying(parted=True),
    "empty cells lost": Copying(),
    "header with tabs": Copying(parted=True, tab_header=True),
    "a page ends in the table": Copying(page_after=5),
    "header again on the page": Copying(page_after=5, again=True),
}
KEPT = [how for how in COPIES.values() if how.empty is not None]


def read_as(text: str, tmp_path: Path) -> Plan:
    path = tmp_path / "plan.txt"
    path.write_text(text, encoding="utf-8")
    return extract_file(path)


def rows_of(text: str) -> list[list[str]]:
    """The cells of the one table that the text holds."""
    (table,) = [block for block in read_blocks(text) if isinstance(block, TableBlock)]
    assert table.style == "copied"
    return [[cell.words.text for cell in row.cells] for row in table.rows]


# --- whole plans ----------------------------------------------------------------------------------


@pytest.mark.parametrize("how", COPIES.values(), ids=COPIES)
@by_plan_slowly
def test_a_copied_plan_gives_the_text_forms_tables(
    path: Path, how: Copying, tmp_path: Path
) -> None:
    plan = read_as(copied(authored_blocks(path), how), tmp_path)
    found = form_tables(plan, without_codes=OF_PAGES)
    assert form_differences(text_tables(path), found) == []


@pytest.mark.parametrize(
    "how",
    [
        pytest.param(how, id=f"{how.parted} {how.empty!r}", marks=[pytest.mark.slow] if n else [])
        for n, how in enumerate(KEPT)
    ],
)
def test_made_plans_come_out_or_are_told(how: Copying, tmp_path: Path) -> None:
    """Where a lead's and its partners' lines run on, nothing tells them apart: a finding does."""
    seen = 0
    for number in range(12):
        path = tmp_path / "made.txt"
        path.write_text(make_plan(number).text, encoding="utf-8")
        wanted = extract_file(path)
        plan = read_as(copied(authored_blocks(path), how), tmp_path)
        assert [t.task for t in plan.tasks] == [t.task for t in wanted.tasks], number
        for own, task in zip(wanted.tasks, plan.tasks, strict=True):
            assert task.task_no == own.task_no
            assert task.area == own.area
            if "column.shifted" in task.finding_codes:
                continue
            assert task.deliverables == own.deliverables
            assert task.lead_ids == own.lead_ids
            assert task.coordinating_ids == own.coordinating_ids
            assert task.schedule == own.schedule
            assert task.budget_vnd == own.budget_vnd
            seen += 1
    assert seen > 150


def test_a_merged_cell_printed_once_is_lost_for_the_rows_below(tmp_path: Path) -> None:
    """Task 1.1's cells cover 1.2 and 1.3 in the web page; its copy shows them empty."""
    (path,) = [one for one in SAMPLES if one.stem.startswith("mau-lam-dong")]
    blocks = authored_blocks(path)
    plan = read_as(copied(blocks, Copying(empty=NO_BREAK, once=True)), tmp_path)
    tasks = {task.task_no: task for task in plan.tasks}
    assert tasks["1.1"].lead == ["Sở Khoa học và Công nghệ"]
    assert "column.shifted" not in tasks["1.1"].finding_codes
    assert tasks["1.2"].lead != ["Sở Khoa học và Công nghệ"]
    assert tasks["2.1"].lead == ["Sở Nội vụ"]


@by_plan_slowly
def test_every_word_of_a_cell_points_at_itself(path: Path) -> None:
    text = copied(authored_blocks(path), Copying())
    words = 0
    for block in read_blocks(text):
        for row in block.rows if isinstance(block, TableBlock) else ():
            for cell in row.cells:
                at = 0
                for word in cell.words.text.split():
                    start = cell.words.text.index(word, at)
                    at = start + len(word)
                    low, high = cell.words.span(start, at)
                    assert text[low:high] == word
                    words += 1
    assert words > 300


# --- one table ------------------------------------------------------------------------------------

HEAD = "TT\nNhiệm vụ\nSản phẩm\nCơ quan chủ trì\nCơ quan phối hợp\nThời gian\n"


def test_a_lost_cell_is_found_by_the_words_of_the_others(tmp_path: Path) -> None:
    """Row 2 has no product, row 3 no partner; which cells were lost is told as a finding."""
    text = HEAD + (
        "1\nRà soát thủ tục hành chính\nBáo cáo\nSở Tư pháp\nSở Nội vụ\nQuý I\n"
        "2\nCông khai thủ tục hành chính\nSở Nội vụ\nUBND cấp xã\nQuý II\n"
        "3\nTổng kết việc thực hiện Kế hoạch\nBáo cáo\nSở Y tế\nQuý IV\n"
    )
    assert rows_of(text)[2:] == [
        ["2", "Công khai thủ tục hành chính", "", "Sở Nội vụ", "UBND cấp xã", "Quý II"],
        ["3", "Tổng kết việc thực hiện Kế hoạch", "Báo cáo", "Sở Y tế", "", "Quý IV"],
    ]
    codes = [task.finding_codes for task in read_as(text, tmp_path).tasks]
    assert ["column.shifted" in one for one in codes] == [False, True, True]


def test_a_due_number_is_a_row_and_not_an_amount() -> None:
    text = "TT\nNhiệm vụ\nCơ quan chủ trì\nThời gian\nKinh phí (triệu đồng)\n" + (
        "1\nRà soát thủ tục hành chính\nSở Tư pháp\nQuý I\n20\n"
        "2\nCông khai thủ tục hành chính\nSở Nội vụ\nQuý II\n"
        "3\nTổng kết việc thực hiện Kế hoạch\nSở Y tế\nQuý IV\n4\n"
        "4\nSơ kết việc thực hiện Kế hoạch\nSở Y tế\nQuý IV\n1.050\n"
    )
    assert [[row[0], row[-1]] for row in rows_of(text)[1:]] == [
        ["1", "20"],
        ["2", ""],
        ["3", "4"],
        ["4", "1.050"],
    ]


def test_a_cell_of_several_lines() -> None:
    text = HEAD + (
        "1\nRà soát thủ tục hành chính\n- Kế hoạch\n- Báo cáo\nSở Tư pháp\nSở Nội vụ\nQuý I\n"
        "2\nCông khai thủ tục hành chính\nBáo cáo\nSở Nội vụ\nUBND cấp xã\nQuý II\n"
    )
    assert rows_of(text)[1][2] == "- Kế hoạch\n- Báo cáo"


def test_heads_behind_a_title_and_column_numbers() -> None:
    text = (
        "DANH MỤC NHIỆM VỤ\n\n"
        + HEAD
        + "(1)\n(2)\n(3)\n(4)\n(5)\n(6)\n"
        + (
            "1\nRà soát thủ tục hành chính\nBáo cáo\nSở Tư pháp\nSở Nội vụ\nQuý I\n"
            "2\nCông khai thủ tục hành chính\nBáo cáo\nSở Nội vụ\nUBND cấp xã\nQuý II\n"
        )
    )
    rows = rows_of(text)
    assert rows[0][0] == "TT"
    assert [row[0] for row in rows[1:]] == ["1", "2"]


@pytest.mark.parametrize("heading", ["III. TỔ CHỨC THỰC HIỆN", "III. Tổ chức thực hiện"])
def test_the_heading_behind_the_table_ends_it(heading: str) -> None:
    text = (
        "II. NỘI DUNG\n"
        + HEAD
        + (
            "1\nRà soát thủ tục hành chính\nBáo cáo\nSở Tư pháp\nSở Nội vụ\nQuý I\n"
            "2\nCông khai thủ tục hành chính\nBáo cáo\nSở Nội vụ\nUBND cấp xã\nQuý II\n"
            f"{heading}\nSở Nội vụ theo dõi việc thực hiện Kế hoạch này.\n"
        )
    )
    assert [row[0] for row in rows_of(text)[1:]] == ["1", "2"]
    lines = [block.words.text for block in read_blocks(text) if isinstance(block, Line)]
    assert lines[1:] == [
        heading,
        "Sở Nội vụ theo dõi việc thực hiện Kế hoạch này.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Nơi nhận:\n- Sở Nội vụ;\n- Sở Tư pháp;\n- Các cơ quan;\n- Lưu: VT.\n",
        "- Thời gian: Quý I\n- Cơ quan chủ trì: Sở Nội vụ\n- Cơ quan phối hợp: Sở Y tế\n"
        "- Kinh phí: 20 triệu đồng\n- Sản phẩm: Báo cáo\n",
        "Nhiệm vụ\nSở Nội vụ theo dõi việc thực hiện Kế hoạch này.\nThời gian\nQuý I năm 2024.\n",
        "Nhiệm vụ\nCơ quan chủ trì\nThời gian\nKinh phí\n",
    ],
    ids=["recipients", "labelled lines", "headings", "heads alone"],
)
def test_short_lines_make_no_table(text: str) -> None:
    assert not [block for block in read_blocks(text) if isinstance(block, TableBlock)]


def test_a_line_directly_below_goes_on_where_blank_lines_part_cells() -> None:
    text = "I. NỘI DUNG\n\nTT\n\nNhiệm vụ\n\nCơ quan chủ trì\n\nCơ quan phối hợp\n\nThời gian\n\n"
    text += "1\n\nSoạn tài liệu về chăm sóc cây,\nphòng trừ sâu bệnh\n\nSở Nội vụ\n\n"
    text += "Sở Y tế\nTỉnh đoàn\n\nQuý I\n\n2\n\nTổng kết\n\nSở Y tế\n\nSở Nội vụ\n\nQuý IV\n"
    assert rows_of(text)[1:] == [
        [
            "1",
            "Soạn tài liệu về chăm sóc cây, phòng trừ sâu bệnh",
            "Sở Nội vụ",
            "Sở Y tế\nTỉnh đoàn",
            "Quý I",
        ],
        ["2", "Tổng kết", "Sở Y tế", "Sở Nội vụ", "Quý IV"],
    ]
