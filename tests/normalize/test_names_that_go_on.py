"""Where a body's name ends: commas and joined abbreviations inside it, the body it belongs to."""

from __future__ import annotations

import pytest

from normalize.agencies import read_bodies

TWO_STATIONS = "dai-phat-thanh-va-truyen-hinh-tinh dai-tieng-noi-nhan-dan-tinh"


@pytest.mark.parametrize(
    ("cell", "ids"),
    [
        # small letters behind a comma go on with a name that the registry lacks
        ("Cục Quản lý Khám, chữa bệnh", "cuc-quan-ly-kham-chua-benh"),
        ("Cục Phòng, chống HIV/AIDS", "cuc-phong-chong-hiv-aids"),
        ("Vụ Kiểm tra, giám sát; Văn phòng Bộ", "vu-kiem-tra-giam-sat van-phong-bo"),
        ("Cục Quản lý xây dựng công trình", "cuc-quan-ly-xay-dung-cong-trinh"),
        # … and end it where they are a body, a group or what one does
        ("Cục Viễn thông, doanh nghiệp viễn thông", "cuc-vien-thong doanh-nghiep"),
        ("Cục Y tế dự phòng, các đơn vị liên quan", "cuc-y-te-du-phong co-quan-lien-quan"),
        # abbreviations that touch "&" or "-" are one name
        ("Phòng KT&QLXD", "phong-kt-va-qlxd"),
        ("P. KT-QLXD; Phòng KT", "phong-kt-qlxd phong-kinh-te"),
        ("Phòng TC&KH, Phòng Nội vụ", "phong-tai-chinh-ke-hoach phong-noi-vu"),
        # groups
        ("Các Khoa, Bộ môn trực thuộc", "khoa bo-mon"),
        ("Các đơn vị thuộc, trực thuộc Bộ", "don-vi-thuoc-bo"),
        ("Thanh tra tỉnh; Thanh tra các sở, ngành", "thanh-tra-tinh thanh-tra-so-nganh"),
        # a name given once before a colon
        ("UBND: TP. Phú Quốc, huyện Kiên Hải", "ubnd-thanh-pho-phu-quoc ubnd-huyen-kien-hai"),
        ("UBND: các huyện, thị xã", "ubnd-cap-huyen"),
        # officers of a commune by their short names
        ("Công chức ĐC-XD, TP-HT", "cong-chuc-dia-chinh cong-chuc-tu-phap-ho-tich"),
        ("Bộ phận TN&TKQ", "bo-phan-tiep-nhan-va-tra-ket-qua"),
        ("Phòng KT&ĐBCLGD", "phong-khao-thi-va-dam-bao-chat-luong-giao-duc"),
        ("Tổ CNSCĐ các ấp", "to-cong-nghe-so-cong-dong-cac-ap"),
        ("Ban VSTBPN tỉnh", "ban-vi-su-tien-bo-cua-phu-nu-tinh"),
        # "và" behind a singular head: two where both are registered, else one
        ("Vụ Pháp chế và Quản lý khoa học", "vu-phap-che-va-quan-ly-khoa-hoc"),
        ("Phòng Quản lý đô thị và Hạ tầng", "phong-quan-ly-do-thi-va-ha-tang"),
        ("Phòng Nội vụ và Tư pháp", "phong-noi-vu phong-tu-phap"),
        ("Vụ Pháp chế và Tổ chức cán bộ", "vu-phap-che vu-to-chuc-can-bo"),
        ("Phòng Kinh tế và các đơn vị liên quan", "phong-kinh-te co-quan-lien-quan"),
        # a region inside the name
        ("Bệnh viện Đa khoa vùng Tây Nguyên", "benh-vien-da-khoa-vung-tay-nguyen"),
        ("Bệnh viện Đa khoa khu vực Cam Ranh", "benh-vien-da-khoa-khu-vuc-cam-ranh"),
        # courts
        ("Các TAND cấp cao, TANDTC", "toa-an-nhan-dan-cap-cao toa-an-nhan-dan-toi-cao"),
        ("Các Tòa án; VKSND các cấp", "toa-an-nhan-dan-cac-cap vien-kiem-sat-nhan-dan-cac-cap"),
        ("Giáo hội Phật giáo VN, Sở Nội vụ", "giao-hoi-phat-giao-viet-nam so-noi-vu"),
        # a group whose members follow a colon is only their caption, narrowed or not
        ("Các doanh nghiệp viễn thông: VNPT, Viettel", "vnpt-tinh viettel-tinh"),
        ("Các sở liên quan: Sở Nội vụ, Sở Y tế", "so-noi-vu so-y-te"),
        ("Đài Truyền hình TP, Đài Tiếng nói nhân dân TP", TWO_STATIONS),
        # committees of a council by their short names
        ("Ban VH-XH HĐND tỉnh", "ban-van-hoa-xa-hoi-hdnd-tinh"),
        (
            "Ban KT-NS HĐND tỉnh, Ban Pháp chế HĐND tỉnh",
            "ban-kinh-te-ngan-sach-hdnd-tinh ban-phap-che-hdnd-tinh",
        ),
    ],
)
def test_names(cell: str, ids: str) -> None:
    bodies, notes = read_bodies(cell)
    assert [body.agency_id for body in bodies] == ids.split()
    assert "agency.unresolved" not in [note.code for note in notes]


@pytest.mark.parametrize(
    ("cell", "found", "owner"),
    [
        ("Vụ Pháp chế Bộ", "vu-phap-che", "Bộ"),
        ("Vụ Tổ chức cán bộ Bộ", "vu-to-chuc-can-bo", "Bộ"),
        ("Phòng Tổ chức Sở", "phong-to-chuc", "Sở"),
        ("Vụ Pháp chế Bộ Tư pháp", "vu-phap-che", "Bộ Tư pháp"),
        ("Các cơ quan, đơn vị thuộc, trực thuộc Sở", "co-quan-lien-quan", "thuộc, trực thuộc Sở"),
    ],
)
def test_the_body_that_a_unit_belongs_to_is_its_scope(cell: str, found: str, owner: str) -> None:
    (body,), notes = read_bodies(cell)
    assert (body.agency_id, body.scope) == (found, owner)
    assert "agency.unresolved" not in [note.code for note in notes]


def test_names_with_the_owner_inside_stay() -> None:
    bodies, _ = read_bodies("Văn phòng Bộ; Thanh tra Sở; Văn phòng Sở")
    assert [body.agency_id for body in bodies] == ["van-phong-bo", "thanh-tra-so", "van-phong-so"]


@pytest.mark.parametrize(
    ("cell", "found", "printed"),
    [
        ("Các sở, ban ngành tinh", "so-ban-nganh-tinh", "tinh"),
        ("Các đoàn thể tình", "doan-the", "tình"),
        ("Văn phòng ƯBND tỉnh", "van-phong-ubnd-tinh", "ƯBND"),
    ],
)
def test_slips_of_levels_and_committees(cell: str, found: str, printed: str) -> None:
    (body,), notes = read_bodies(cell)
    assert body.agency_id == found
    assert [(note.code, note.raw) for note in notes] == [("text.repaired", printed)]


@pytest.mark.parametrize(
    ("cell", "ids"),
    [
        # ordinary names that begin like a longer one of the registry are bodies of their own
        ("Ban Kỹ thuật, Ban An toàn", "ban-ky-thuat ban-an-toan"),
        ("Sở Nội vụ; Trung tâm Kiểm soát", "so-noi-vu trung-tam-kiem-soat"),
        ("Trung tâm Thông tin", "trung-tam-thong-tin"),
    ],
)
def test_a_whole_name_is_not_cut(cell: str, ids: str) -> None:
    bodies, notes = read_bodies(cell)
    assert [body.agency_id for body in bodies] == ids.split()
    assert "agency.described" not in [note.code for note in notes]


@pytest.mark.parametrize("cell", ["Kho bạc Nhà", "Sở Giao thông vận", "UBND cấp"])
def test_a_name_that_breaks_off_is_described(cell: str) -> None:
    (body,), notes = read_bodies(cell)
    assert (body.agency_id, body.kind) == (None, "described")
    assert [note.code for note in notes] == ["agency.described"]
