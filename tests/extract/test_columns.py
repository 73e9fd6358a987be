"""What column heads mean."""

from __future__ import annotations

import pytest

from extract.cells import Cell, Row
from extract.column_heads import is_total, role_of
from extract.columns import is_column_numbers, kind_of, read_columns
from normalize.fragment import whole


def row(*texts: str) -> Row:
    return Row(tuple(Cell(whole(text, 0, len(text))) for text in texts), 0, 1)


@pytest.mark.parametrize(
    ("head", "role"),
    [
        ("TT", "number"),
        ("STT", "number"),
        ("Số TT", "number"),
        ("Cơ quan chủ trì", "lead"),
        ("Đơn vị chủ trì thực hiện", "lead"),
        ("CƠ QUAN CHỦ TRÌ", "lead"),
        ("Đơn vị thực hiện", "lead"),
        ("Cơ quan phối hợp", "coordinating"),
        ("Đơn vị phối hợp thực hiện", "coordinating"),
        ("Cơ quan chủ trì, phối hợp", "lead_and_coordinating"),
        ("Phân công nhiệm vụ", "lead_and_coordinating"),
        ("Thời gian thực hiện", "schedule"),
        ("Thời hạn hoàn thành", "schedule"),
        ("Tiến độ thực hiện", "schedule"),
        ("Thời gian thực hiện/ hoàn thành", "schedule"),
        ("Sản phẩm", "deliverables"),
        ("Kết quả", "deliverables"),
        ("Kết quả đầu ra", "deliverables"),
        ("Dự kiến sản phẩm", "deliverables"),
        ("Dự trù kinh phí (triệu đồng)", "budget"),
        ("Kinh phí thực hiện", "budget"),
        ("Nguồn kinh phí", "funding_source"),
        ("Nguồn lực", "budget"),
        ("Nội dung", "task"),
        ("Nhiệm vụ cụ thể", "task"),
        ("Tên nhiệm vụ", "task"),
        ("Lĩnh vực", "area"),
        ("Ghi chú", "note"),
        ("Cấp trình", "approver"),
        ("Đơn vị tính", "unit"),
        ("Chỉ tiêu", "indicator"),
    ],
)
def test_role(head: str, role: str) -> None:
    found = role_of(head)
    assert found is not None
    assert found[0] == role


def roles(*heads: str) -> list[str]:
    found = read_columns([row(*heads)])
    assert found is not None
    return [column.role for column in found[0]]


def test_a_weaker_task_head_left_of_a_stronger_one_is_the_area() -> None:
    assert roles("TT", "Nội dung", "Nhiệm vụ cụ thể", "Đơn vị chủ trì") == [
        "number",
        "area",
        "task",
        "lead",
    ]


def test_any_order() -> None:
    assert roles("Thời gian", "Cơ quan phối hợp", "Cơ quan chủ trì", "Sản phẩm", "Nhiệm vụ") == [
        "schedule",
        "coordinating",
        "lead",
        "deliverables",
        "task",
    ]


def test_executing_body_beside_a_lead_is_no_second_lead() -> None:
    assert roles("Nhiệm vụ", "Cơ quan chủ trì", "Đơn vị thực hiện", "Thời gian") == [
        "task",
        "lead",
        "coordinating",
        "schedule",
    ]


def test_two_header_lines_and_column_numbers() -> None:
    found = read_columns(
        [
            row("TT", "Nhiệm vụ", "Phân công thực hiện", "", "Thời gian"),
            row("", "", "Chủ trì", "Phối hợp", ""),
            row("(1)", "(2)", "(3)", "(4)", "(5)"),
            row("1", "Rà soát hồ sơ", "Sở Y tế", "UBND cấp xã", "Quý I"),
        ]
    )
    assert found is not None
    columns, used = found
    assert used == 3
    assert [c.role for c in columns] == ["number", "task", "lead", "coordinating", "schedule"]


@pytest.mark.parametrize(
    ("heads", "kind"),
    [
        (("TT", "Nhiệm vụ", "Đơn vị chủ trì", "Thời gian"), "tasks"),
        (("TT", "Chỉ tiêu", "Đơn vị tính", "Kết quả"), "indicators"),
        (("STT", "Nội dung công việc", "Thời gian"), "timetable"),
    ],
)
def test_kind(heads: tuple[str, ...], kind: str) -> None:
    found = read_columns([row(*heads)])
    assert found is not None
    assert kind_of(found[0]) == kind


def test_data_rows_are_no_header() -> None:
    assert read_columns([row("1", "Xây dựng kế hoạch", "Kế hoạch", "Sở Y tế", "Quý I")]) is None


@pytest.mark.parametrize("label", ["Tổng cộng", "TỔNG SỐ", "Cộng", "Tổng kinh phí", "Cộng (I+II)"])
def test_total(label: str) -> None:
    assert is_total(label)


@pytest.mark.parametrize("label", ["Tổng kết công tác năm", "Tổng hợp báo cáo", "Cộng đồng dân cư"])
def test_no_total(label: str) -> None:
    assert not is_total(label)


@pytest.mark.parametrize(
    ("texts", "wanted"),
    [
        (("(1)", "(2)", "(3)", "(4)", "@®)", "(6)", "(7)"), True),
        (("(1)", "(2)", "6)", "(4)", "(5)"), True),
        (("1", "(2)", "(3)", "(4)", "(5)"), True),
        (("(1)", "(2)", "(3)", "(4)", "(5)=(3)+(4)"), True),
        # no count, too few of it, words of a row
        (("(1)", "(2)", "(4)", "(4)", "@®)"), False),
        (("(1)", "(2)", "@®)", "6)"), False),
        (("(1)", "(2)", "(3)", "(4)", "Sở Nội vụ"), False),
        (("1", "Sở", "(3)", "4"), False),
    ],
)
def test_a_row_of_column_numbers_some_misread(texts: tuple[str, ...], wanted: bool) -> None:
    assert is_column_numbers(row(*texts)) is wanted
