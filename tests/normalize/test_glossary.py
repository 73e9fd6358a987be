"""Abbreviations that a document explains: in brackets, or by a full name of the same initials."""

from __future__ import annotations

from pathlib import Path

import pytest

from normalize.agencies import read_bodies
from normalize.agency_expansion import expand
from normalize.glossary import Glossary
from pipeline import extract_file

TEXT = (
    "Giao Cục Quản lý tài nguyên nước và Vụ Pháp chế. Ban Quản lý dự án thủy lợi (BQLDATL) và "
    "Viện Chiến lược, Chính sách (sau đây gọi tắt là Viện CLCS) phối hợp. Vụ Kinh tế Công nghiệp "
    "và Vụ Kiểm tra Chuyên ngành cùng báo cáo; vụ thi hành án đã xong."
)


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("Cục QLTNN", "Cục Quản lý tài nguyên nước"),
        ("Vụ PC", "Vụ Pháp chế"),
        ("BQLDATL", "Ban Quản lý dự án thủy lợi"),
        ("Viện CLCS", "Viện Chiến lược, Chính sách"),
        ("Vụ KTCN", None),  # two bodies have these initials
        ("Vụ THA", None),  # a case, not a department
        ("Cục ABC", None),
        ("Vụ Pháp chế", None),  # no abbreviation
        ("QLTNN", None),  # nothing says whose initials these are
    ],
)
def test_full_name(short: str, full: str | None) -> None:
    assert Glossary(TEXT).full_name(short) == full


def test_and_may_have_no_letter() -> None:
    text = "Trung tâm Tư vấn và Kiểm định chất lượng"
    assert Glossary(text).full_name("Trung tâm TVKĐCL") == text


def test_what_is_told_of_an_expanded_name() -> None:
    bodies, notes = read_bodies("Vụ PC, Cục QLTNN")
    bodies, notes = expand(bodies, notes, Glossary(TEXT), None)
    assert [(one.agency_id, one.registered, one.raw) for one in bodies] == [
        ("vu-phap-che", True, "Vụ PC"),
        ("cuc-quan-ly-tai-nguyen-nuoc", False, "Cục QLTNN"),
    ]
    assert [(one.code, one.raw, one.value) for one in notes] == [
        ("agency.expanded", "Vụ PC", "Vụ Pháp chế"),
        ("agency.expanded", "Cục QLTNN", "Cục Quản lý tài nguyên nước"),
        ("agency.unregistered", "Cục QLTNN", "cuc-quan-ly-tai-nguyen-nuoc"),
    ]


def test_a_name_in_prose_explains_a_cell(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(
        "BỘ XÂY DỰNG\n\nSố: 7/KH-BXD\n\nHà Nội, ngày 3 tháng 2 năm 2023\n\nKẾ HOẠCH\n"
        "Kiểm tra năm 2023\n\nI. NỘI DUNG\n\n"
        "1. Thanh tra phối hợp với Cục Giám định công trình đặc biệt.\n\n"
        "TT\tNhiệm vụ\tChủ trì\tThời gian\n1\tKiểm tra công trình\tCục GĐCTĐB\tQuý II\n",
        encoding="utf-8",
    )
    plan = extract_file(path)
    (row,) = plan.assignments
    assert row.agency == "Cục Giám định công trình đặc biệt"
    assert row.agency_id == "cuc-giam-dinh-cong-trinh-dac-biet"
    assert row.raw == "Cục GĐCTĐB"
    assert "agency.expanded" in [one.code for one in plan.findings]
    assert plan.tasks[0].lead == ["Cục Giám định công trình đặc biệt"]
