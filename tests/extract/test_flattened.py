"""Tables whose columns were lost: read where there is one way to part a row, told where not."""

from __future__ import annotations

from pathlib import Path

import pytest

from normalize.records import Plan
from pipeline import extract_file

HEADS = "TT Nhiệm vụ Cơ quan chủ trì Cơ quan phối hợp Thời gian thực hiện Sản phẩm"
ROWS = (
    "1 Lập danh mục hồ sơ của các phòng Sở Nội vụ Các sở, ban, ngành Quý I/2023 Danh mục hồ sơ",
    "2 Mở lớp tập huấn cho cán bộ các xã Sở Y tế UBND các huyện, thị xã Tháng 6/2023 Báo cáo",
    "3 Kiểm tra kho lưu trữ Sở Nội vụ Công an tỉnh và Sở Xây dựng Trong năm 2023 Thông báo",
)
TASKS = [
    ("Lập danh mục hồ sơ của các phòng", ["Sở Nội vụ"], ["Sở, ban, ngành tỉnh"], "Quý I/2023"),
    ("Mở lớp tập huấn cho cán bộ các xã", ["Sở Y tế"], ["UBND cấp huyện"], "Tháng 6/2023"),
    ("Kiểm tra kho lưu trữ", ["Sở Nội vụ"], ["Công an tỉnh", "Sở Xây dựng"], "Trong năm 2023"),
]


def read(table: str, folder: Path, behind: str = "") -> Plan:
    """The records of a plan whose appendix is this run of text."""
    text = (
        "KẾ HOẠCH\nLưu trữ hồ sơ năm 2023\n\nI. MỤC ĐÍCH\n\nTìm lại được hồ sơ khi cần.\n\n"
        f"PHỤ LỤC\n\n(Kèm theo Kế hoạch số 77/KH-UBND)\n\n{table}\n{behind}"
    )
    path = folder / "plan.txt"
    path.write_text(text, encoding="utf-8")
    return extract_file(path)


def found(plan: Plan) -> list[tuple[str, list[str], list[str], str | None]]:
    """The tasks as a reader of the text sees them."""
    return [(one.task, one.lead, one.coordinating, one.schedule) for one in plan.tasks]


@pytest.mark.parametrize("seam", [" ", "\n", "\n\n"], ids=["poured", "a line each", "apart"])
def test_rows_with_one_way_to_part_them(seam: str, tmp_path: Path) -> None:
    plan = read(seam.join([HEADS, *ROWS]), tmp_path)
    assert found(plan) == TASKS
    assert [one.deliverables for one in plan.tasks] == [
        ["Danh mục hồ sơ"],
        ["Báo cáo"],
        ["Thông báo"],
    ]
    text = (tmp_path / "plan.txt").read_text(encoding="utf-8")
    at = plan.assignments[1].at
    assert at is not None
    assert text[at.char_start : at.char_end] == "Các sở, ban, ngành"


def test_a_row_that_could_be_parted_otherwise_is_told(tmp_path: Path) -> None:
    """A body in the task's own words: any of three could lead."""
    doubtful = "2 Trình UBND tỉnh duyệt đề án Sở Tư pháp Sở Tài chính Quý II/2023 Đề án"
    plan = read(" ".join([HEADS, ROWS[0], doubtful, ROWS[2]]), tmp_path)
    assert found(plan) == [TASKS[0], TASKS[2]]
    assert [one.raw for one in plan.findings if one.code == "row.unread"] == [doubtful]


def test_groups_and_numbers_that_begin_anew(tmp_path: Path) -> None:
    rows = f"I. THỂ CHẾ {ROWS[0]} {ROWS[1]} II. CÔNG VIỆC KHÁC {ROWS[2].replace('3', '1', 1)}"
    plan = read(f"{HEADS} {rows}", tmp_path)
    assert found(plan) == TASKS
    assert [one.area for one in plan.tasks] == ["THỂ CHẾ", "THỂ CHẾ", "CÔNG VIỆC KHÁC"]


def test_what_stands_behind_the_table_stays_text(tmp_path: Path) -> None:
    behind = "\nIII. TỔ CHỨC THỰC HIỆN\n\n1. Sở Nội vụ theo dõi Kế hoạch này.\n"
    plan = read("\n".join([HEADS, *ROWS]), tmp_path, behind)
    assert found(plan) == TASKS
    assert [one.path for one in plan.sections] == ["I", "Phụ lục", "Phụ lục/III", "Phụ lục/III/1"]


@pytest.mark.parametrize(
    "heads",
    [
        # What stands between task and lead cannot be told from the task.
        "TT Nhiệm vụ Nội dung truyền thông Cơ quan chủ trì Cơ quan phối hợp Thời gian thực hiện",
        "TT Nội dung Thời gian",
    ],
)
def test_heads_that_do_not_tell_are_a_finding(heads: str, tmp_path: Path) -> None:
    plan = read(" ".join([heads, *ROWS]), tmp_path)
    assert plan.tasks == []
    assert {"table.flattened", "document.no_tasks"} & {one.code for one in plan.findings}


def test_a_sentence_with_the_letters_tt_is_no_table(tmp_path: Path) -> None:
    text = "Thông tư số 01/2011/TT Bộ Nội vụ nêu: 1 Việc chung. 2 Việc riêng do Sở Y tế làm Quý I."
    plan = read(text, tmp_path)
    assert plan.tasks == []
    assert "row.unread" not in {one.code for one in plan.findings}
