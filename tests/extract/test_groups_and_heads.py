"""Group rows by their number and words; heads of columns that name several things."""

from __future__ import annotations

import pytest
from small_tables import Rows, notes_of, tabs, tasks_of, words


def table(*rows: list[str], head: str = "Nhiệm vụ") -> str:
    """A table of number, task, lead and date."""
    made: Rows = [["STT", head, "Cơ quan chủ trì", "Thời gian"], *rows]
    return tabs(made)


@pytest.mark.parametrize(
    ("number", "name", "area"),
    [
        # the group's words begin with the letter or figure that numbers it
        ("C", "CẢI CÁCH CHẾ ĐỘ CÔNG VỤ", "CẢI CÁCH CHẾ ĐỘ CÔNG VỤ"),
        ("Đ", "ĐẦU TƯ CÔNG", "ĐẦU TƯ CÔNG"),
        ("I", "Internet và hạ tầng số", "Internet và hạ tầng số"),
        ("V", "VĂN HÓA, THỂ THAO", "VĂN HÓA, THỂ THAO"),
        # the number stands twice
        ("C", "C. Công vụ, công chức", "Công vụ, công chức"),
        ("II", "II/ Thủ tục hành chính", "Thủ tục hành chính"),
    ],
)
def test_a_group_keeps_its_first_letter(number: str, name: str, area: str) -> None:
    (task,) = tasks_of(table([number, name, "", ""], ["1", "Rà soát", "Sở Nội vụ", "Quý I"]))
    assert words(task, "area") == area


@pytest.mark.parametrize(
    "head",
    [
        "Mục tiêu, nhiệm vụ",
        "Nội dung, mục tiêu",
        "Mục tiêu/Hoạt động",
        "Mục tiêu, nhiệm vụ, giải pháp",
    ],
)
def test_aims_and_tasks_share_a_column(head: str) -> None:
    (task,) = tasks_of(table(["1", "Rà soát quy chế", "Sở Nội vụ", "Quý I"], head=head))
    assert words(task, "task") == "Rà soát quy chế"
    assert words(task, "lead") == "Sở Nội vụ"


def test_the_unit_of_a_head_on_a_line_of_its_own() -> None:
    rows: Rows = [
        ["STT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian", "Kinh phí"],
        ["", "", "", "", "(triệu đồng)"],
        ["1", "Rà soát quy chế", "Sở Nội vụ", "Quý I", "50"],
    ]
    (task,) = tasks_of(tabs(rows))
    assert (words(task, "task"), task.area) == ("Rà soát quy chế", None)
    assert task.budget_unit == "triệu đồng"


@pytest.mark.parametrize(
    ("cell", "lead", "partners"),
    [
        ("Sở A chủ trì; Sở B, Sở C phối hợp", "Sở A", "Sở B, Sở C"),
        ("Sở A chủ trì thực hiện, Sở B phối hợp thực hiện", "Sở A", "Sở B"),
        # no two roles behind their bodies
        ("Sở A chủ trì, phối hợp với Sở B", "Sở A", "Sở B"),
        ("Sở A chủ trì, Sở B", "Sở A chủ trì, Sở B", ""),
    ],
)
def test_roles_behind_their_bodies(cell: str, lead: str, partners: str) -> None:
    rows: Rows = [
        ["STT", "Nhiệm vụ", "Đơn vị chủ trì/phối hợp", "Thời gian"],
        ["1", "Rà soát quy chế", cell, "Quý I"],
    ]
    (task,) = tasks_of(tabs(rows))
    assert (words(task, "lead"), words(task, "coordinating")) == (lead, partners)


def test_a_calendar_counts_anew_beside_each_month() -> None:
    head = ["Thời gian", "Nội dung", "Cơ quan chủ trì"]
    rows: Rows = [
        head,
        ["Tháng 01", "1. Rà soát quy chế", "Sở Nội vụ"],
        ["", "2. Kiểm tra công vụ", "Sở Nội vụ"],
        ["Tháng 3", "1. Tập huấn", "Sở Nội vụ"],
    ]
    assert [task.place for task in tasks_of(tabs(rows))] == ["1", "2", "1-2"]
    assert "numbering.duplicate" not in notes_of(tabs(rows))
    rows[3][0] = ""  # without its month the number is a repeat
    assert "numbering.duplicate" in notes_of(tabs(rows))
