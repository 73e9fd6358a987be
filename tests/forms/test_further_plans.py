"""Further small plans, whole: what stands in their frames, cells and labels; truth by hand.

Names and sentences are ours. Each plan stands for a way of writing that others share.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from normalize.records import Plan
from pipeline import extract_file

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"


def read(folder: Path, text: str) -> Plan:
    """The records of a plan written to a file."""
    path = folder / "plan.txt"
    path.write_text(text, encoding="utf-8")
    return extract_file(path)


def plan_of(
    folder: Path,
    body: str,
    issuer: str = "ỦY BAN NHÂN DÂN\nTỈNH LÀO CAI",
    place: str = "Lào Cai",
    day: str = "ngày 9 tháng 01 năm 2026",
    title: str = "Trồng cây năm 2026",
) -> Plan:
    """A plan with letterhead and title around a body."""
    head = f"{issuer}\n{NATION}Số: 05/KH-UBND\n{place}, {day}\n\nKẾ HOẠCH\n{title}\n\n"
    return read(folder, head + body)


def test_the_last_cell_of_a_tabbed_row_over_three_lines(tmp_path: Path) -> None:
    plan = plan_of(
        tmp_path,
        "I. NHIỆM VỤ\nTT\tNhiệm vụ\tCơ quan chủ trì\tThời gian\n"
        "1\tKiểm tra vườn cây\tSở Nội vụ\t- Quý I\n- Quý III\n- Quý IV\n"
        "2\tTổng kết\tSở Nội vụ\tQuý IV\n",
    )
    assert [task.schedule for task in plan.tasks] == ["- Quý I - Quý III - Quý IV", "Quý IV"]
    assert [period.edtf for period in plan.periods] == ["2026-33", "2026-35", "2026-36", "2026-36"]


@pytest.mark.parametrize("who", ["Bộ phận", "Phòng", "Khoa", "Đơn vị", "Lực lượng"])
def test_labels_that_name_any_sort_of_unit(who: str, tmp_path: Path) -> None:
    plan = plan_of(
        tmp_path,
        "I. NỘI DUNG\n1. Rà soát cây xanh\n"
        f"- {who} chủ trì: Phòng Kế toán.\n- {who} phối hợp: Phòng Kinh doanh.\n"
        "- Thời gian: 31/3/2026.\n",
    )
    (task,) = plan.tasks
    assert (task.lead, task.coordinating) == (["Phòng Kế toán"], ["Phòng Kinh doanh"])


@pytest.mark.parametrize(
    ("day", "code", "issued"),
    [
        ("ngày      tháng 9 năm 2025", "82", None),  # Cao Lãnh lies in Đồng Tháp since July
        ("ngày 15 tháng 9 năm 2025", "82", "2025-09-15"),
    ],
)
def test_a_dateline_that_leaves_the_day_blank(
    day: str, code: str, issued: str | None, tmp_path: Path
) -> None:
    (document,) = plan_of(
        tmp_path,
        "I. MỤC ĐÍCH\nNâng cao ý thức.\n",
        issuer="ỦY BAN NHÂN DÂN\nPHƯỜNG CAO LÃNH",
        place="Cao Lãnh",
        day=day,
        title="Trồng cây năm 2025",
    ).documents
    assert document.jurisdiction_code == code
    assert (str(document.issued_on) if document.issued_on else None) == issued


@pytest.mark.parametrize(
    ("issuer", "issuer_id", "name"),
    [
        (
            "HỘI ĐỒNG NHÂN DÂN TỈNH CÀ MAU\nBAN PHÁP CHẾ",
            "ban-phap-che-hdnd-tinh",
            "Ban Pháp chế HĐND tỉnh Cà Mau",
        ),
        (
            "NGÂN HÀNG CHÍNH SÁCH XÃ HỘI\nBAN ĐẠI DIỆN HỘI ĐỒNG QUẢN TRỊ\nTỈNH CÀ MAU",
            "ban-dai-dien-hoi-dong-quan-tri-ngan-hang-chinh-sach-xa-hoi-tinh",
            "Ban đại diện Hội đồng quản trị Ngân hàng Chính sách xã hội tỉnh Cà Mau",
        ),
    ],
)
def test_a_letterhead_that_names_the_unit_below_its_body(
    issuer: str, issuer_id: str, name: str, tmp_path: Path
) -> None:
    (document,) = plan_of(
        tmp_path, "I. MỤC ĐÍCH\nNâng cao ý thức.\n", issuer=issuer, place="Cà Mau"
    ).documents
    assert (document.issuer_id, document.issuer, document.jurisdiction_code) == (
        issuer_id,
        name,
        "96",
    )


def test_years_that_a_plan_looks_back_on_are_not_its_own(tmp_path: Path) -> None:
    plan = plan_of(
        tmp_path,
        "I. TIẾN ĐỘ\n| TT | Nội dung | Chủ trì | Thời gian |\n|---|---|---|---|\n"
        "| 1 | Làm việc trực tiếp | Văn phòng | 18/3/2026 |\n",
        title="Giám sát việc trồng cây giai đoạn 2023 - 2025",
    )
    assert [str(period.start_on) for period in plan.periods] == ["2026-03-18"]
    assert "schedule.outside_plan_year" not in [finding.code for finding in plan.findings]


def test_a_youth_union_s_letterhead(tmp_path: Path) -> None:
    plan = read(
        tmp_path,
        "TỈNH ĐOÀN NGHỆ AN                         ĐOÀN TNCS HỒ CHÍ MINH\n"
        "       ***                            Vinh, ngày 12 tháng 02 năm 2023\n"
        "Số: 105 KH/TĐTN-PTr\n\n                        KẾ HOẠCH\n"
        "            Tổ chức Tháng Thanh niên năm 2023\n\nI. CHỈ TIÊU\nTrồng cây.\n",
    )
    (document,) = plan.documents
    assert (document.issuer_id, document.symbol) == ("tinh-doan", "105-KH/TĐTN-PTr")
    assert (document.place, str(document.issued_on)) == ("Vinh", "2023-02-12")
    assert [(f.code, f.raw) for f in plan.findings if f.code == "text.repaired"] == [
        ("text.repaired", "105 KH/TĐTN-PTr")
    ]


def test_the_title_of_a_table_is_no_appendix(tmp_path: Path) -> None:
    plan = plan_of(
        tmp_path,
        "II. NỘI DUNG\nBIỂU PHÂN CÔNG NHIỆM VỤ\nĐVT: Triệu đồng\n"
        "STT\tNhiệm vụ\tCơ quan chủ trì\tThời gian\tTổng kinh phí\tTrong đó\n"
        "\t\t\t\t\tNSTW\tNSĐP\n"
        "1\tKiểm kê rừng\tSở Nội vụ\t2026\t12.500\t10.000\t2.500\n"
        "III. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ chủ trì.\n",
    )
    assert [section.label for section in plan.sections] == ["II", "III", "1"]
    (task,) = plan.tasks
    assert (task.budget_vnd, task.funding_source) == (12_500_000_000, "NSTW; NSĐP")


def test_a_heading_names_who_leads_the_activities_below(tmp_path: Path) -> None:
    plan = plan_of(
        tmp_path,
        "III. NHIỆM VỤ\n\n1. Phòng Giáo dục và Đào tạo\n\n"
        "a) Bồi dưỡng giáo viên\n- Thời gian: Quý II/2026\n- Kinh phí: 85 triệu đồng\n\n"
        "b) Mở lớp tin học\n- Thời gian: Tháng 8/2026\n- Phối hợp: Phòng Y tế\n",
    )
    assert [(t.task, t.lead, t.coordinating, t.area) for t in plan.tasks] == [
        ("Bồi dưỡng giáo viên", ["Phòng Giáo dục và Đào tạo"], [], "NHIỆM VỤ"),
        ("Mở lớp tin học", ["Phòng Giáo dục và Đào tạo"], ["Phòng Y tế"], "NHIỆM VỤ"),
    ]
    assert [f.code for f in plan.findings if f.code.startswith("lead.")] == [
        "lead.from_heading",
        "lead.from_heading",
    ]


@pytest.mark.parametrize(
    "heading", ["Phòng, chống dịch bệnh", "Hội thi sáng tạo", "Ban hành kế hoạch", "Sở hữu trí tuệ"]
)
def test_a_heading_that_names_what_is_done_leads_nothing(heading: str, tmp_path: Path) -> None:
    plan = plan_of(
        tmp_path,
        f"III. NHIỆM VỤ\n\n1. {heading}\n\n"
        "a) Bồi dưỡng giáo viên\n- Thời gian: Quý II/2026\n- Kinh phí: 85 triệu đồng\n",
    )
    assert not plan.tasks
    assert "labels.without_body" in [finding.code for finding in plan.findings]


def test_number_place_and_date_on_one_line(tmp_path: Path) -> None:
    (document,) = read(
        tmp_path,
        f"ỦY BAN NHÂN DÂN TỈNH LÀO CAI\n{NATION}Số: 189/KH-UBND Lào Cai, ngày 03 tháng 9 năm 2025\n"
        "KẾ HOẠCH\nTrồng cây năm 2025\n\nI. MỤC ĐÍCH\nNâng cao ý thức.\n",
    ).documents
    assert (document.symbol, document.place, str(document.issued_on)) == (
        "189/KH-UBND",
        "Lào Cai",
        "2025-09-03",
    )


def test_a_number_behind_the_type_is_no_title(tmp_path: Path) -> None:
    (document,) = read(
        tmp_path,
        f"ỦY BAN NHÂN DÂN TỈNH LÀO CAI\n{NATION}Lào Cai, ngày 03 tháng 9 năm 2025\n"
        "KẾ HOẠCH SỐ 215/KH-UBND\nTrồng cây năm 2025\n\nI. MỤC ĐÍCH\nNâng cao ý thức.\n",
    ).documents
    assert (document.symbol, document.title) == ("215/KH-UBND", "Trồng cây năm 2025")


def test_tables_of_two_sections_count_for_themselves(tmp_path: Path) -> None:
    head = "Stt\tNội dung\tNgười phụ trách\tThời gian\n"
    plan = plan_of(
        tmp_path,
        f"A. VIỆC THƯỜNG XUYÊN\n{head}1\tThẩm định quyết toán\tĐ/c Hải, đ/c Thu\tTháng 2\n"
        f"B. VIỆC ĐỘT XUẤT\n{head}1\tTiếp đoàn\tVăn phòng Sở\tTháng 3\n",
    )
    assert [(task.task, task.lead) for task in plan.tasks] == [
        ("Thẩm định quyết toán", ["Đ/c Hải", "đ/c Thu"]),
        ("Tiếp đoàn", ["Văn phòng Sở"]),
    ]
    assert "numbering.duplicate" not in [finding.code for finding in plan.findings]


@pytest.mark.parametrize("what", ["tiến hành", "thanh tra", "kiểm tra", "giám sát", "khảo sát"])
def test_labels_that_name_what_the_time_is_of(what: str, tmp_path: Path) -> None:
    plan = plan_of(
        tmp_path,
        "I. NỘI DUNG\n1. Thanh tra việc cấp cây giống\n"
        "- Thời kỳ thanh tra: từ 01/01/2023 đến 31/12/2024.\n"
        f"- Thời gian {what}: Quý II/2026.\n- Đơn vị chủ trì: Thanh tra tỉnh.\n",
    )
    assert [task.schedule for task in plan.tasks] == ["Quý II/2026"]
