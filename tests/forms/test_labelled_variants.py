"""The same two activities, their labels written in every way that plans know."""

from __future__ import annotations

from pathlib import Path

import pytest

from normalize.records import Plan
from pipeline import extract_file

HEAD = """KẾ HOẠCH
Tổ chức các hoạt động năm 2023

I. MỤC ĐÍCH

Phục vụ người dân.

II. NỘI DUNG

"""
ACTIVITIES = [
    ("Ngày hội đọc sách", ["Sở Y tế"], ["Sở Nội vụ", "Sở Tư pháp"], "Quý II/2023"),
    ("Hội thi tin học", ["Tỉnh đoàn"], ["Sở Tài chính"], "Tháng 6/2023"),
]
FIRST = ("Sở Y tế", "Sở Nội vụ, Sở Tư pháp", "Quý II/2023")
SECOND = ("Tỉnh đoàn", "Sở Tài chính", "Tháng 6/2023")


def both(form: str) -> str:
    """The form filled for both activities: 0 number, 1 name, 2 lead, 3 partners, 4 time."""
    return form.format(1, "Ngày hội đọc sách", *FIRST) + form.format(2, "Hội thi tin học", *SECOND)


VARIANTS = {
    "bullets": "{0}. {1}\n- Đơn vị chủ trì: {2}\n- Đơn vị phối hợp: {3}\n- Thời gian: {4}\n",
    "another order": "{0}. {1}\n- Thời hạn: {4}.\n- Phối hợp: {3}.\n- Chủ trì: {2}.\n",
    "no bullets": "{0}. {1}\nCơ quan chủ trì: {2}\nCơ quan phối hợp: {3}\nTiến độ: {4}\n",
    "bold": "**{0}. {1}**\n\n- **Chủ trì:** {2}\n- **Phối hợp:** {3}\n- **Thời gian:** {4}\n\n",
    "tags": "<b>{0}. {1}</b>\n<i>Chủ trì:</i> {2}\n<i>Phối hợp:</i> {3}\n<i>Thời gian:</i> {4}\n",
    "capitals": "{0}. {1}\nCHỦ TRÌ: {2}\nPHỐI HỢP: {3}\nTHỜI GIAN: {4}\n",
    "value below": "{0}. {1}\n\nChủ trì:\n\n{2}\n\nPhối hợp:\n\n{3}\n\nThời gian:\n\n{4}\n\n",
    "no colon": "{0}. {1}\nĐơn vị chủ trì\n{2}\nĐơn vị phối hợp\n{3}\nThời gian thực hiện\n{4}\n",
    "blank before the colon": "{0}. {1}\n- Chủ trì : {2}\n- Phối hợp : {3}\n- Thời gian : {4}\n",
    "dashes": "{0}. {1}\n- Đơn vị chủ trì – {2}\n- Đơn vị phối hợp – {3}\n- Thời gian – {4}\n",
    "one line": "{0}. {1}. Chủ trì: {2}. Phối hợp: {3}. Thời gian: {4}.\n\n",
    "semicolons": "{0}. {1}; chủ trì: {2}; phối hợp: {3}; thời gian: {4}.\n\n",
    "brackets": "{0}. {1} (chủ trì: {2}; phối hợp: {3}; thời gian: {4})\n",
    "bars": "{0}. {1}\n\nChủ trì: {2} | Phối hợp: {3} | Thời gian: {4}\n\n",
    "letters": "{0}. {1}\na) Đơn vị chủ trì: {2}\nb) Đơn vị phối hợp: {3}\nc) Thời gian: {4}\n",
    "numbers": "{0}. {1}\n{0}.1. Chủ trì: {2}\n{0}.2. Phối hợp: {3}\n{0}.3. Thời gian: {4}\n",
    "numbered tasks": "Nhiệm vụ {0}: {1}\nChủ trì: {2}\nPhối hợp: {3}\nThời gian thực hiện: {4}\n",
    "a label names it": "- Nội dung: {1}\n- Chủ trì: {2}\n- Phối hợp: {3}\n- Thời gian: {4}\n",
    "deeper bullets": "- {1}\n  + Chủ trì: {2}\n  + Phối hợp: {3}\n  + Thời gian: {4}\n",
    "asterisks": "{0}. {1}\n* Chủ trì: {2}\n* Phối hợp: {3}\n* Thời gian: {4}\n",
    "dots": "{0}. {1}\n• Chủ trì: {2}\n• Phối hợp: {3}\n• Thời gian: {4}\n",
    "blank lines": "{0}. {1}\n\n- Chủ trì: {2}\n\n- Phối hợp: {3}\n\n- Thời gian: {4}\n\n",
    "text between": (
        "{0}. {1}\nMời người dân cùng dự.\n- Chủ trì: {2}\n- Phối hợp: {3}\n- Thời gian: {4}\n"
    ),
    "long labels": (
        "{0}. {1}\n- Cơ quan, đơn vị chủ trì thực hiện: {2}\n- Các cơ quan, đơn vị phối hợp: {3}\n"
        "- Thời gian hoàn thành dự kiến: {4}\n"
    ),
}


def read(text: str, folder: Path) -> Plan:
    """The records of a plan that holds this text."""
    path = folder / "plan.txt"
    path.write_text(HEAD + text, encoding="utf-8")
    return extract_file(path)


@pytest.mark.parametrize("form", VARIANTS.values(), ids=VARIANTS)
def test_labels_in_every_way(form: str, tmp_path: Path) -> None:
    plan = read(both(form), tmp_path)
    found = [(one.task, one.lead, one.coordinating, one.schedule) for one in plan.tasks]
    assert found == ACTIVITIES
    assert {one.form for one in plan.tasks} == {"labelled"}


def test_values_over_lines_and_lists(tmp_path: Path) -> None:
    plan = read(
        "1. Ngày hội đọc sách\n- Chủ trì: Sở Y tế\n- Phối hợp: Sở Nội vụ, Sở Tài chính,\n"
        "Sở Giáo dục và Đào tạo\n- Sản phẩm:\n+ Kế hoạch tổ chức;\n+ Báo cáo kết quả.\n"
        "- Nguồn kinh phí: Ngân sách tỉnh\n- Kinh phí: 20.000.000 đồng\n",
        tmp_path,
    )
    (task,) = plan.tasks
    assert task.coordinating == ["Sở Nội vụ", "Sở Tài chính", "Sở Giáo dục và Đào tạo"]
    assert task.deliverables == ["Kế hoạch tổ chức", "Báo cáo kết quả"]
    assert (task.funding_source, task.budget_vnd) == ("Ngân sách tỉnh", 20_000_000)


def test_products_under_two_names(tmp_path: Path) -> None:
    plan = read(
        "1. Lập danh mục hồ sơ\n- Đơn vị thực hiện: Trung tâm Công nghệ thông tin;\n"
        "- Thời hạn hoàn thành: trước 30/6/2023;\n- Kết quả/Sản phẩm: Quyết định;\n"
        "- Kinh phí: Không sử dụng ngân sách.\n",
        tmp_path,
    )
    (task,) = plan.tasks
    assert (task.lead, task.lead_ids) == (
        ["Trung tâm Công nghệ thông tin"],
        ["trung-tam-cong-nghe-thong-tin"],
    )
    assert task.deliverables == ["Quyết định"]
    assert str(task.due_on) == "2023-06-29"
    assert (task.budget_vnd, task.budget_status) == (None, "unresolved")
