"""Bodies of regions, of police and army, of schools, and boards with long names.

Words are ours; each row stands for a way of writing, not for a document.
"""

from __future__ import annotations

from datetime import date

import pytest

from normalize.agencies import read_bodies


@pytest.mark.parametrize(
    ("cell", "ids"),
    [
        # branches of a region are bodies of their own, no slip of the province's
        ("Viện kiểm sát nhân dân khu vực 5", "vien-kiem-sat-nhan-dan-khu-vuc-5"),
        ("TAND khu vực 3", "toa-an-nhan-dan-khu-vuc-3"),
        ("Tòa án nhân dân khu vực 3 - Đồng Tháp", "toa-an-nhan-dan-khu-vuc-3"),
        ("Thuế cơ sở 3 tỉnh Đồng Nai", "thue-co-so-3"),
        ("CHI CỤC THUẾ KHU VỰC BẮC HÀ - SI MA CAI", "chi-cuc-thue-khu-vuc-bac-ha-si-ma-cai"),
        ("BẢO HIỂM XÃ HỘI KHU VỰC XXVI", "bao-hiem-xa-hoi-khu-vuc-xxvi"),
        ("Thuế tỉnh", "thue-tinh"),
        ("Ban Chỉ huy PTKV 2 - Long Thành", "ban-chi-huy-phong-thu-khu-vuc-2-long-thanh"),
        # police divisions by name and by code
        ("Phòng Cảnh sát QLHC về TTXH", "phong-canh-sat-quan-ly-hanh-chinh-ve-trat-tu-xa-hoi"),
        ("PC06", "phong-canh-sat-quan-ly-hanh-chinh-ve-trat-tu-xa-hoi"),
        ("Phòng PV01, PA03", "phong-pv01 phong-pa03"),
        ("Cục C06", "cuc-canh-sat-quan-ly-hanh-chinh-ve-trat-tu-xa-hoi"),
        ("A05", "cuc-a05"),
        ("Trung đoàn 893, Sư đoàn 8", "trung-doan-893 su-doan-8"),
        # a verb or "về" inside a name
        ("Ủy ban Quốc gia về chuyển đổi số", "uy-ban-quoc-gia-ve-chuyen-doi-so"),
        (
            "Ban Chỉ đạo Trung ương về phòng, chống tham nhũng",
            "ban-chi-dao-trung-uong-ve-phong-chong-tham-nhung",
        ),
        (
            "Văn phòng Điều phối Chương trình xây dựng nông thôn mới tỉnh",
            "van-phong-dieu-phoi-nong-thon-moi-tinh",
        ),
        # names that go on behind "và"
        (
            "Ban Quản lý Khu kinh tế Nghi Sơn và các KCN",
            "ban-quan-ly-khu-kinh-te-nghi-son-va-cac-khu-cong-nghiep",
        ),
        ("Trung tâm Xúc tiến Thương mại và Đầu tư", "trung-tam-xuc-tien-thuong-mai-va-dau-tu-tinh"),
        ("Trung tâm Hỗ trợ Du khách và Lữ hành", "trung-tam-ho-tro-du-khach-va-lu-hanh"),
        ("Trung tâm Khuyến nông và Sở Y tế", "trung-tam-khuyen-nong-tinh so-y-te"),
        ("Chi cục Chăn nuôi, Thú y và Thủy sản", "chi-cuc-chan-nuoi-thu-y-va-thuy-san"),
        # schools by their levels
        ("Các trường MN, TH, THCS", "truong-mam-non truong-tieu-hoc truong-trung-hoc-co-so"),
        ("Trường TH, THCS", "truong-tieu-hoc truong-trung-hoc-co-so"),
        ("Trường TH Kim Đồng", "truong-tieu-hoc-kim-dong"),
        # "P." is a division where its words say so
        ("P. Đào tạo; P. CTSV", "phong-dao-tao phong-cong-tac-sinh-vien"),
        ("P.TCHC", "phong-to-chuc-hanh-chinh"),
        ("BĐD HĐQT", "ban-dai-dien-hoi-dong-quan-tri-ngan-hang-chinh-sach-xa-hoi-tinh"),
        ("Các chi, đảng bộ cơ sở", "cap-uy"),
        ("Các cơ quan chuyên môn thuộc UBND huyện", "phong-ban"),
        ("Các ban, ngành, đoàn thể xã", "phong-ban doan-the"),
        ("Các ban, ngành, đoàn thể tỉnh", "so-ban-nganh-tinh doan-the"),
        ("Chi cục ATVSTP", "chi-cuc-an-toan-ve-sinh-thuc-pham"),
    ],
)
def test_bodies(cell: str, ids: str) -> None:
    bodies, notes = read_bodies(cell)
    assert [body.agency_id for body in bodies] == ids.split()
    assert "agency.unresolved" not in [note.code for note in notes]
    assert "text.repaired" not in [note.code for note in notes]


@pytest.mark.parametrize(
    ("cell", "scope"),
    [
        ("Đội Cảnh sát PCCC&CNCH Công an cấp huyện", "Công an cấp huyện"),
        ("Phòng PC07 - Công an tỉnh", "Công an tỉnh"),
        ("Vụ Pháp chế - Bộ Tư pháp", "Bộ Tư pháp"),
    ],
)
def test_whose_unit_it_is(cell: str, scope: str) -> None:
    (body,) = read_bodies(cell)[0]
    assert body.scope == scope


@pytest.mark.parametrize(
    "cell",
    ["Cơ quan thường trực Ban Chỉ đạo", "Cơ quan Thường trực Hội đồng", "P. Bến Mẫu"],
)
def test_a_role_or_a_ward_is_no_name(cell: str) -> None:
    bodies, notes = read_bodies(cell)
    assert not [body for body in bodies if body.agency_id is not None]
    assert notes


def test_a_name_without_vietnamese_words_leaves_the_next_one_readable() -> None:
    bodies, notes = read_bodies("Vietnam Airlines, Hiệp hội Khách sạn")
    assert [body.agency_id for body in bodies] == ["hiep-hoi-khach-san"]
    assert [note.raw for note in notes if note.code == "agency.unresolved"] == ["Vietnam Airlines"]


@pytest.mark.parametrize(
    ("cell", "year", "agency_id", "local"),
    [
        # a province's until the general departments became departments of the ministry
        ("Cục Thuế", 2019, "cuc-thue-tinh", True),
        ("Cục Thuế", 2026, "cuc-thue", False),
        ("Cục Hải quan", 2024, "cuc-hai-quan-tinh", True),
        ("Cục Thống kê", 2026, "cuc-thong-ke", False),
        ("Cục Thuế tỉnh", 2026, "cuc-thue-tinh", True),
        ("Chi cục Thuế", 2019, "chi-cuc-thue", True),
        # one body alone bears the name: it stays, whatever the day
        ("Sở Kế hoạch và Đầu tư", 2026, "so-ke-hoach-va-dau-tu", True),
    ],
)
def test_the_day_tells_two_bodies_of_one_name_apart(
    cell: str, year: int, agency_id: str, local: bool
) -> None:
    (body,) = read_bodies(cell, date(year, 1, 15))[0]
    assert (body.agency_id, body.local) == (agency_id, local)


@pytest.mark.parametrize(
    ("cell", "agency_id", "level"),
    [
        (
            "Ban Chỉ đạo Chương trình MTQG các cấp",
            "ban-chi-dao-chuong-trinh-muc-tieu-quoc-gia-cac-cap",
            None,
        ),
        ("Ban Chỉ đạo 35 tỉnh Đồng Nai", "ban-chi-dao-35-tinh", "province"),
        ("Viện KSND hai cấp", "vien-kiem-sat-nhan-dan-cac-cap", None),
        (
            "BCH PCTT&TKCN tỉnh",
            "ban-chi-huy-phong-chong-thien-tai-va-tim-kiem-cuu-nan-tinh",
            "province",
        ),
    ],
)
def test_levels_of_boards(cell: str, agency_id: str, level: str | None) -> None:
    (body,) = read_bodies(cell)[0]
    assert (body.agency_id, body.level, body.local) == (agency_id, level, True)
