"""Cells as other offices write them: communes, schools, hospitals, the party, state companies.

Words are ours; each row stands for a way of writing, not for a document.
"""

from __future__ import annotations

from datetime import date

import pytest

from normalize.agencies import identify, read_bodies
from normalize.budget import read_budget
from normalize.periods import read_periods
from normalize.symbols import mended
from normalize.text import key, with_horns

MILLION = "triệu đồng"


@pytest.mark.parametrize(
    ("cell", "ids"),
    [
        # A comma ends an abbreviation of the list, a mark inside one does not.
        ("Các Sở: NV, TC, KH&ĐT", "so-noi-vu so-tai-chinh so-ke-hoach-va-dau-tu"),
        (
            "Sở VH, TT và DL; Sở LĐ,TB&XH",
            "so-van-hoa-the-thao-va-du-lich so-lao-dong-thuong-binh-va-xa-hoi",
        ),
        # Abbreviations of the party's and of mass organisations' bodies.
        ("BTC Tỉnh ủy, BTG Tỉnh ủy", "ban-to-chuc-tinh-uy ban-tuyen-giao-tinh-uy"),
        ("BTC", "bo-tai-chinh"),
        ("Ban Thường trực UBMTTQVN tỉnh", "uy-ban-mat-tran-to-quoc-viet-nam-tinh"),
        ("Mặt trận và các đoàn thể", "uy-ban-mat-tran-to-quoc-viet-nam-tinh doan-the"),
        ("UBMTTQ và các tổ chức thành viên", "uy-ban-mat-tran-to-quoc-viet-nam-tinh doan-the"),
        ("Các ban, ngành, đoàn thể", "so-ban-nganh-tinh doan-the"),
        ("Các cấp bộ Đoàn", "cap-bo-doan"),
        ("Các cấp Hội; công đoàn cơ sở", "cap-hoi cong-doan-cac-cap"),
        ("Các chi bộ", "chi-bo"),
        ("Viện KSND tỉnh", "vien-kiem-sat-nhan-dan-tinh"),
        # Numbers alone take the name before them.
        ("Tổ 1, 2, 3", "to-1 to-2 to-3"),
        ("Đội 1, 2 và 3", "doi-1 doi-2 doi-3"),
        ("UBND các phường 4, 5", "ubnd-phuong-4 ubnd-phuong-5"),
        # Officers of a commune.
        ("Văn phòng - Thống kê", "cong-chuc-van-phong-thong-ke"),
        ("Công chức Tư pháp - Hộ tịch", "cong-chuc-tu-phap-ho-tich"),
        ("Công chức TC-KT; Công an xã", "cong-chuc-tai-chinh-ke-toan cong-an-xa"),
        # Schools and hospitals.
        ("BGH, GVCN", "ban-giam-hieu giao-vien-chu-nhiem"),
        ("Phòng KHTH, Phòng TCKT", "phong-ke-hoach-tong-hop phong-tai-chinh-ke-toan"),
        ("Trường THPT Mẫu", "truong-trung-hoc-pho-thong-mau"),
        ("Các khoa, phòng", "phong-ban"),
        ("Viện Vệ sinh dịch tễ Trung ương", "vien-ve-sinh-dich-te-trung-uong"),
        ("UBND các huyện, thành, thị", "ubnd-cap-huyen"),
        ("Cty CP Cấp nước Mẫu", "cong-ty-co-phan-cap-nuoc-mau"),
        ("Ban Tuyên giáo - Nữ công", "ban-tuyen-giao-nu-cong"),
        ("Các NHTM", "to-chuc-tin-dung"),
        ("Các đơn vị trực thuộc", "co-quan-lien-quan"),
        ("Các huyện, thị, thành Đoàn", "doan-cap-huyen"),
        ("Trung tâm Truyền thông TN&MT", "trung-tam-truyen-thong-tai-nguyen-va-moi-truong"),
        ("Ban TTND; kế toán", "ban-thanh-tra-nhan-dan ke-toan"),
        ("UBKT Huyện ủy, Văn phòng Huyện ủy", "uy-ban-kiem-tra-huyen-uy van-phong-huyen-uy"),
        ("Ban Thường vụ Đảng ủy UBND tỉnh", "ban-thuong-vu-dang-uy-ubnd-tinh"),
        ("Văn phòng Đảng ủy, UBND xã", "van-phong-dang-uy ubnd-xa"),
        ("UBKT Đảng ủy; TTCT huyện", "uy-ban-kiem-tra-dang-uy trung-tam-chinh-tri-huyen"),
        ("Ban CHQS thị xã, Đồn BP Mẫu", "ban-chi-huy-quan-su-thi-xa don-bien-phong-mau"),
        ("các CCT khu vực", "chi-cuc-thue-khu-vuc"),
        ("Viện Khoa học công nghệ giao thông", "vien-khoa-hoc-cong-nghe-giao-thong"),
        ("Vụ Vận tải và An toàn giao thông", "vu-van-tai-va-an-toan-giao-thong"),
        ("Vụ Vận tải, Vụ An toàn giao thông", "vu-van-tai vu-an-toan-giao-thong"),
        ("WHO, UNICEF", "to-chuc-y-te-the-gioi quy-nhi-dong-lien-hop-quoc"),
        ("Thường trực HĐND, UBND huyện", "thuong-truc-hdnd-huyen ubnd-huyen"),
        ("VP ĐBQH&HĐND", "van-phong-doan-dbqh-va-hdnd-tinh"),
        ("CDC", "trung-tam-kiem-soat-benh-tat-tinh"),
        ("Phụ huynh", "phu-huynh"),
    ],
)
def test_bodies(cell: str, ids: str) -> None:
    bodies, notes = read_bodies(cell)
    assert [body.agency_id for body in bodies] == ids.split()
    assert "agency.unresolved" not in [note.code for note in notes]


@pytest.mark.parametrize(
    ("cell", "described"),
    [
        ("Đ/c Trần Thị Mẫu", ["Đ/c Trần Thị Mẫu"]),
        ("Trần Thị Mẫu, Lê Văn Thử", ["Trần Thị Mẫu", "Lê Văn Thử"]),
        ("Ông Nguyễn Thử", ["Ông Nguyễn Thử"]),
        ("PGS.TS. Nguyễn Văn Thử; ThS. Lê Mẫu", ["PGS.TS. Nguyễn Văn Thử", "ThS. Lê Mẫu"]),
        ("Đ/c Lê Văn Thử - Phó Giám đốc", ["Đ/c Lê Văn Thử - Phó Giám đốc"]),
    ],
)
def test_persons_by_name_are_described(cell: str, described: list[str]) -> None:
    bodies, notes = read_bodies(cell)
    assert [(body.agency_id, body.agency) for body in bodies] == [(None, d) for d in described]
    assert {note.code for note in notes} == {"agency.described"}


def test_a_title_behind_a_person_is_the_scope() -> None:
    assert read_bodies("Đ/c Lê Văn Thử, Phó Giám đốc")[0][0].scope == "Phó Giám đốc"


@pytest.mark.parametrize(
    ("cell", "agency_id", "value"),
    [
        # A slip behind a name that is whole by itself.
        ("Sở Giáo dục và Đào tao", "so-giao-duc-va-dao-tao", "Sở Giáo dục và Đào tạo"),
        ("Sở Giáo dục dục và Đào tạo", "so-giao-duc-va-dao-tao", "Sở Giáo dục và Đào tạo"),
        ("Phòng Giáo dục và Đào tao", "phong-giao-duc-va-dao-tao", "Phòng Giáo dục và Đào tạo"),
        (
            "Sở Văn hóa, Thể thao và Du lich",
            "so-van-hoa-the-thao-va-du-lich",
            "Sở Văn hóa, Thể thao và Du lịch",
        ),
        (
            "Sở Tài nguyên và Môi truờng",
            "so-tai-nguyen-va-moi-truong",
            "Sở Tài nguyên và Môi trường",
        ),
        (
            "Đài Phát thanh và Truyền hinh",
            "dai-phat-thanh-va-truyen-hinh-tinh",
            "Đài Phát thanh và Truyền hình tỉnh",
        ),
    ],
)
def test_slips_at_the_end_of_a_name(cell: str, agency_id: str, value: str) -> None:
    (body,), notes = read_bodies(cell)
    assert (body.agency_id, body.scope, body.raw) == (agency_id, None, cell)
    assert [(note.code, note.value) for note in notes] == [("text.repaired", value)]


@pytest.mark.parametrize(
    "cell",
    ["Sở Tài chính và Công an tỉnh", "Sở Giáo dục và các trường", "Đảng ủy, HĐND, UBND xã"],
)
def test_what_goes_on_behind_a_name_is_no_slip(cell: str) -> None:
    assert "text.repaired" not in [note.code for note in read_bodies(cell)[1]]


@pytest.mark.parametrize(
    ("capitals", "name"),
    [
        ("TRƯỜNG TIỂU HỌC LÊ MẪU", "Trường Tiểu học Lê Mẫu"),
        ("TRƯỜNG THPT CHUYÊN HOA LƯ", "Trường Trung học phổ thông Chuyên Hoa Lư"),
        ("CÔNG TY CỔ PHẦN CẤP NƯỚC SÔNG MẪU", "Công ty Cổ phần Cấp nước Sông Mẫu"),
        ("TRƯỜNG ĐẠI HỌC KHOA HỌC TỰ NHIÊN", "Trường Đại học Khoa học Tự nhiên"),
        (
            "CÔNG TY TNHH MTV THỦY LỢI SÔNG MẪU",
            "Công ty Trách nhiệm hữu hạn một thành viên Thủy lợi Sông Mẫu",
        ),
        ("PHÒNG QUẢN TRỊ", "Phòng Quản trị"),
    ],
)
def test_names_in_capitals(capitals: str, name: str) -> None:
    body = identify(capitals)
    assert body is not None
    assert body.agency == name


def test_an_abbreviation_behind_a_head_opens_with_a_capital() -> None:
    assert [b.agency for b in read_bodies("Phòng CNTT; Vụ VLXD")[0]] == [
        "Phòng Công nghệ thông tin",
        "Vụ Vật liệu xây dựng",
    ]


# --- words --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "right"),
    [("truớc", "trước"), ("Thuờng", "Thường"), ("ĐƯONG", "ĐƯƠNG"), ("nưóc", "nước")],
)
def test_one_horn_of_two(printed: str, right: str) -> None:
    assert key(printed) == key(right)
    assert with_horns(printed) == right


@pytest.mark.parametrize("word", ["thuở", "quở", "quờn", "trước", "tuổi"])
def test_whole_words_keep_their_letters(word: str) -> None:
    assert with_horns(word) == word


@pytest.mark.parametrize(
    ("symbol", "wanted"),
    [
        ("1l2/KH-UBND", ("112/KH-UBND", "112", "1l2")),
        ("Số: 2O/QĐ-UBND", ("Số: 20/QĐ-UBND", "20", "2O")),
        ("I5 /KH-SNV", ("15 /KH-SNV", "15", "I5")),
        ("112/KH-UBND", None),
        ("Il/KH-UBND", None),
    ],
)
def test_figures_misread_in_a_number(symbol: str, wanted: tuple[str, str, str] | None) -> None:
    assert mended(symbol) == wanted


# --- time and money -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "kind", "end", "slips"),
    [
        ("truớc 30/6/2022", "before", "2022-06-29", ["trước"]),
        ("Thuờng xuyên", "continuous", "2022-12-31", ["Thường"]),
        ("Hàng nãm", "recurring", "2022-12-31", ["năm"]),
        ("Hàng thảng", "recurring", "2022-12-31", ["tháng"]),
        ("Quỷ III", "quarter", "2022-09-30", ["Quý"]),
        ("Từ quý II đến hết năm", "span", "2022-12-31", []),
        ("9/2022 (tuần 2)", "month", "2022-09-30", []),
        ("24/24 giờ", "continuous", "2022-12-31", []),
        ("Trực 24/24h", "continuous", "2022-12-31", []),
        ("Hè 2022", "unresolved", "None", []),
        ("tuần 3, tuần 4 tháng 4", "month", "2022-04-30", []),
        ("Tuần 1-2 tháng 5", "month", "2022-05-31", []),
        ("01 cuộc/quý", "recurring", "2022-12-31", []),
        ("2 buổi/tháng", "recurring", "2022-12-31", []),
        ("Dịp Tết Nguyên đán", "conditional", "None", []),
        ("Vào dịp lễ", "conditional", "None", []),
    ],
)
def test_times(cell: str, kind: str, end: str, slips: list[str]) -> None:
    (period,), notes = read_periods(cell, 2022, date(2021, 12, 28))
    assert (period.kind, str(period.end_on)) == (kind, end)
    assert [note.value for note in notes if note.code == "text.repaired"] == slips


def test_days_of_the_week_and_days_of_a_month() -> None:
    (weekly,), _ = read_periods("Thứ 2, thứ 5 hằng tuần", 2022, None)
    assert weekly.rrule == "FREQ=WEEKLY;BYDAY=MO,TH"
    days, notes = read_periods("Ngày 5, ngày 10 tháng 4", 2022, None)
    assert [str(day.start_on) for day in days] == ["2022-04-05", "2022-04-10"]
    assert notes == ()


@pytest.mark.parametrize(
    ("cell", "amount", "status"),
    [
        ("Không phát sinh ngân sách", 0, "amount"),
        ("Miễn phí", 0, "amount"),
        ("35 triệu x 2 đợt = 70 triệu", 70_000_000, "amount"),
        ("nguồn tài chính công đoàn", None, "self_funded"),
        ("Kinh phí không tự chủ", None, "state_budget"),
        ("Kinh phí không giao tự chủ", None, "state_budget"),
        ("Kinh phí tự chủ", None, "self_funded"),
        ("KP tự chủ", None, "self_funded"),
        ("KP sự nghiệp", None, "state_budget"),
        ("Nguồn sự nghiệp giáo dục", None, "state_budget"),
        ("Kinh phí CCHC của tỉnh", None, "state_budget"),
        ("Vốn ĐTC", None, "state_budget"),
        ("Kinh phí khuyến công", None, "state_budget"),
        ("Hỗ trợ từ Trung ương", None, "state_budget"),
        ("Quỹ phát triển hoạt động sự nghiệp", None, "self_funded"),
        ("Đoàn phí, công đoàn phí", None, "self_funded"),
        ("Theo QĐ số 12/QĐ-UBND", None, "per_approved_plan"),
        ("Theo NĐ số 12/2020/NĐ-CP", None, "per_regulation"),
        ("Đã có trong dự toán", None, "per_approved_plan"),
        # Đồng written out below "triệu đồng", or eighty thousand billion: nobody can tell.
        ("80.000.000", None, "unresolved"),
        ("5 000 000", None, "unresolved"),
        ("5.480.000", 5_480_000_000_000, "amount"),
    ],
)
def test_money(cell: str, amount: int | None, status: str) -> None:
    found = read_budget(cell, MILLION)
    assert (found.amount, found.status) == (amount, status)
