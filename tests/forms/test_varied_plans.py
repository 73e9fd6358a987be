"""Whole small plans as offices of every rank write them; truth worked out from the words.

Names and sentences are ours. Each plan stands for a way of writing: what its frame leaves out, how
its table is headed, what a scan made of it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from normalize.records import Plan, TaskRow
from pipeline import extract_file

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"


def read(folder: Path, text: str) -> Plan:
    """The records of a plan written to a file."""
    path = folder / "plan.txt"
    path.write_text(text, encoding="utf-8")
    return extract_file(path)


def short(task: TaskRow) -> tuple[str, ...]:
    """Number, lead, partners and last day of a task, as text."""
    return (
        task.task_no or "-",
        "; ".join(task.lead),
        "; ".join(task.coordinating),
        str(task.due_on or "-"),
    )


def test_a_commune_whose_title_names_its_district(tmp_path: Path) -> None:
    plan = read(
        tmp_path,
        f"ỦY BAN NHÂN DÂN\nXÃ TÂN MẪU\n{NATION}Số: 05/KH-UBND\n"
        "Tân Mẫu, ngày 9 tháng 01 năm 2023\n\nKẾ HOẠCH\n"
        "Chỉnh trang nghĩa trang xã Tân Mẫu, huyện Mộc Châu năm 2023\n\n"
        "Mục 1\nNHIỆM VỤ\n\n"
        "| Mã số | Nhiệm vụ | Người thực hiện | Tháng |\n|---|---|---|---|\n"
        "| NV01 | Sơn lại cổng | Văn phòng - Thống kê | 7/2023 |\n"
        "| NV02 | Trồng cây | Đ/c Lò Thị Mẫu | 8/2023 |\n\n"
        "Mục 2\nTỔ CHỨC THỰC HIỆN\n\n1. Công chức chủ động thực hiện.\n\n"
        "TM. ỦY BAN NHÂN DÂN\nQ. CHỦ TỊCH\n\nVì Văn Thử\n",
    )
    (document,) = plan.documents
    assert (document.jurisdiction_code, document.issuer) == ("14", "UBND xã Tân Mẫu")
    assert (document.signer, document.signer_title) == ("Vì Văn Thử", "Quyền Chủ tịch")
    assert [(s.path, s.title) for s in plan.sections] == [
        ("Mục 1", "NHIỆM VỤ"),
        ("Mục 2", "TỔ CHỨC THỰC HIỆN"),
        ("Mục 2/1", None),
    ]
    assert [short(task) for task in plan.tasks] == [
        ("NV01", "Công chức Văn phòng - Thống kê", "", "2023-07-31"),
        ("NV02", "Đ/c Lò Thị Mẫu", "", "2023-08-31"),
    ]
    assert [f.code for f in plan.findings] == ["jurisdiction.inferred", "agency.described"]


def test_a_scan_with_lost_accents_and_misread_figures(tmp_path: Path) -> None:
    plan = read(
        tmp_path,
        f"UY BAN NHAN DAN\nTỈNH BÌNH PHƯỚC\n{NATION}Số: 1l2/KH-UBND\n"
        "Bình Phước, ngày 07 tháng 4 nãm 2017\n\nKẾ HOẠCH\nTruyền thông năm 2017\n\nPHỤ LỤC\n"
        "STT\tNội dung\tCơ quan chủ trì\tCơ quan phổi hợp\tThời gian\n"
        "1\tPhát sóng\tĐài Phát thanh và Truyền hinh\tSờ Nội vụ\tQuỷ III\n"
        "2\tĐăng báo\tBáo Bình Phuớc\tHội Nhà báo tinh\ttruớc 30/9/2017\n",
    )
    (document,) = plan.documents
    assert (document.symbol, str(document.issued_on)) == ("112/KH-UBND", "2017-04-07")
    assert [short(task) for task in plan.tasks] == [
        ("1", "Đài Phát thanh và Truyền hình tỉnh", "Sở Nội vụ", "2017-09-30"),
        ("2", "Báo tỉnh", "Hội Nhà báo tỉnh", "2017-09-29"),
    ]
    told = [(f.raw, f.value) for f in plan.findings]
    assert {f.code for f in plan.findings} == {"text.repaired"}
    assert ("1l2", "112") in told
    assert ("truớc", "trước") in told
    assert ("Quỷ", "Quý") in told


def test_a_school_in_capitals(tmp_path: Path) -> None:
    plan = read(
        tmp_path,
        f"PHÒNG GD&ĐT THÀNH PHỐ PHỦ LÝ\nTRƯỜNG TIỂU HỌC HOA MẪU\n{NATION}Số: 41/KH-TH\n"
        "Phủ Lý, ngày 12 tháng 9 năm 2022\n\nKẾ HOẠCH\nCông tác thư viện năm học 2022 - 2023\n\n"
        "Tháng\tNội dung\tNgười thực hiện\n9/2022\tKiểm kê\tBGH, tổ 1, 2\n",
    )
    (document,) = plan.documents
    assert document.issuer == "Trường Tiểu học Hoa Mẫu"
    assert [short(task) for task in plan.tasks] == [
        ("-", "Ban Giám hiệu; Tổ 1; Tổ 2", "", "2022-09-30")
    ]


HEADS = [
    # A figure in the place, letters set apart, figures that touch their words.
    (
        f"ỦY BAN NHÂN DÂN\nQUẬN 7\n{NATION}Số: 77/KH-UBND\nQuận 7, ngày 01 tháng 10 năm 2020\n\n"
        "KẾ HOẠCH\nTrồng cây năm 2021",
        ("2020-10-01", "Quận 7", "UBND quận 7", "79", "Trồng cây năm 2021"),
    ),
    (
        f"ỦY BAN NHÂN DÂN TỈNH\nĐIỆN BIÊN\n{NATION}Số:99 /KH-UBND\n"
        "Điện Biên, ngày12 tháng6 năm 2023\n\nK Ế H O Ạ C H\nTrồng cây năm 2024",
        ("2023-06-12", "Điện Biên", "UBND tỉnh Điện Biên", "11", "Trồng cây năm 2024"),
    ),
    # Small letters, as fonts of capitals leave them.
    (
        f"Ủy ban nhân dân\ntỉnh Thừa Thiên Huế\n{NATION}Số: 99/KH-UBND\n"
        "Huế, ngày 12 tháng 6 năm 2003\n\nKế hoạch\nTrồng cây năm 2003",
        ("2003-06-12", "Huế", "UBND tỉnh Thừa Thiên Huế", "46", "Trồng cây năm 2003"),
    ),
    (
        f"SỞ GIÁO DỤC VÀ ĐÀO TẠO - SỞ Y TẾ\n{NATION}Số: 15/KHLT-SGDĐT-SYT\n"
        "Bình Định, ngày 20/3/2019\n\nKẾ HOẠCH LIÊN TỊCH\nTrồng cây năm 2019",
        (
            "2019-03-20",
            "Bình Định",
            "Sở Giáo dục và Đào tạo tỉnh Bình Định",
            "52",
            "Trồng cây năm 2019",
        ),
    ),
    (
        "BAN TUYÊN GIÁO TỈNH ỦY\n*\nSố 12-KH/BTGTU\nĐẢNG CỘNG SẢN VIỆT NAM\n"
        "Long An, ngày 12 tháng 6 năm 2023\n\nKẾ HOẠCH\ntrồng cây năm 2023",
        ("2023-06-12", "Long An", "Ban Tuyên giáo Tỉnh ủy Long An", "80", "trồng cây năm 2023"),
    ),
    (
        f"TRƯỜNG ĐẠI HỌC CẦN THƠ\n{NATION}Số: 900/KH-ĐHCT\nCần Thơ, ngày 12 tháng 6 năm 2023\n\n"
        "KẾ HOẠCH\nTrồng cây năm 2024",
        ("2023-06-12", "Cần Thơ", "Trường Đại học Cần Thơ", "-", "Trồng cây năm 2024"),
    ),
]


def test_blanks_for_a_date_by_hand_are_no_second_column(tmp_path: Path) -> None:
    (document,) = read(
        tmp_path,
        f"BỘ CÔNG THƯƠNG\n{NATION}Số:        /QĐ-BCT\n"
        "Hà Nội, ngày      tháng     năm 2026\n\nQUYẾT ĐỊNH\nTrồng cây\n\n"
        "Điều 1. Giao việc.\n",
    ).documents
    assert (document.place, document.issued_on) == ("Hà Nội", None)


@pytest.mark.parametrize(("head", "wanted"), HEADS)
def test_heads(tmp_path: Path, head: str, wanted: tuple[str, ...]) -> None:
    (document,) = read(tmp_path, f"{head}\n\nI. MỤC ĐÍCH\n1. Phủ xanh.\n").documents
    assert (
        str(document.issued_on),
        document.place,
        document.issuer,
        document.jurisdiction_code or "-",
        document.title,
    ) == wanted


def test_a_draft_that_names_no_year(tmp_path: Path) -> None:
    plan = read(
        tmp_path,
        f"ỦY BAN NHÂN DÂN\nTỈNH HÒA BÌNH\n{NATION}Số: 64/QĐ-UBND\n"
        "Hòa Bình, ngày 29 tháng 3 năm 2022\n\nQUYẾT ĐỊNH (dự thảo)\nBan hành việc làm mẫu\n\n"
        "Điều 1. Giao việc.\nĐiều 2. Quyết định có hiệu lực kể từ ngày ký.\n\nPHỤ LỤC\n"
        "STT\tNhiệm vụ\tCơ quan chủ trì\tHình thức văn bản\tThời hạn\n"
        "I\tNhóm một:\t\t\t\n"
        "1\tSoạn thảo\tĐảng ủy, UBND các xã\tQĐ, KH\tTháng 5\n"
        "2\tBáo cáo\tSở Nội vụ\tBC\tTháng 2\n",
    )
    (document,) = plan.documents
    assert document.title == "Ban hành việc làm mẫu"
    assert str(document.effective_on) == "2022-03-29"
    assert [(task.area, str(task.due_on)) for task in plan.tasks] == [
        ("Nhóm một", "2022-05-31"),
        ("Nhóm một", "None"),
    ]
    assert [one.type_codes for one in plan.deliverables] == [["QĐ", "KH"], ["BC"]]
    assert plan.tasks[0].lead_ids == ["dang-uy-xa", "ubnd-cap-xa"]
    assert [f.code for f in plan.findings if f.code.startswith("schedule")] == [
        "schedule.year_inferred",
        "schedule.unresolved",
    ]
