"""Bodies of lead and partner cells (contract: ``agency_id``, "Bodies", ``assignments``)."""

from __future__ import annotations

import datetime
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.agencies import Body, agency, identify, match_at, read_bodies
from normalize.agency_registry import Entry, registry
from normalize.findings import codes
from normalize.text import nfc, slug, tidy

BEFORE = datetime.date(2020, 12, 28)
AFTER = datetime.date(2026, 1, 5)


def ids(text: str, on: datetime.date | None = None) -> list[str | None]:
    return [body.agency_id for body in read_bodies(text, on)[0]]


def scopes(text: str) -> list[tuple[str | None, str | None]]:
    return [(body.agency_id, body.scope) for body in read_bodies(text)[0]]


def notes(text: str) -> list[str]:
    return [note.code for note in read_bodies(text)[1]]


# ------------------------------------------------------------------ the registry


ENTRIES = list(registry().by_id.values())
# "UBND thành phố" alone is a province's or a district's: the document tells.
TELLING = [entry for entry in ENTRIES if not entry.agency.endswith(" thành phố")]


@pytest.mark.parametrize("entry", TELLING, ids=[entry.agency_id for entry in TELLING])
def test_examples_name_their_own_entry(entry: Entry) -> None:
    for example in (entry.agency, *entry.examples):
        found = identify(example)
        assert found is not None, example
        assert found.agency_id == entry.agency_id, example
        assert found.registered
        assert found.kind == entry.kind


def test_ids_follow_from_names() -> None:
    assert [e.agency_id for e in ENTRIES if slug(e.agency) != e.agency_id] == []


def test_successors_are_entries_and_never_the_body_itself() -> None:
    known = {entry.agency_id for entry in ENTRIES}
    for entry in ENTRIES:
        assert entry.successor_id is None or entry.successor_id in known
        assert entry.successor_id != entry.agency_id


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("so-ke-hoach-va-dau-tu", "so-tai-chinh"),
        ("so-giao-thong-van-tai", "so-xay-dung"),
        ("so-thong-tin-va-truyen-thong", "so-khoa-hoc-va-cong-nghe"),
        ("so-lao-dong-thuong-binh-va-xa-hoi", "so-noi-vu"),
        ("so-tai-nguyen-va-moi-truong", "so-nong-nghiep-va-moi-truong"),
        ("bo-ke-hoach-va-dau-tu", "bo-tai-chinh"),
        ("uy-ban-dan-toc", "bo-dan-toc-va-ton-giao"),
        ("bo-noi-vu", None),
    ],
)
def test_successors_of_2025(old: str, new: str | None) -> None:
    found = agency(old)
    assert found is not None
    assert found.successor_id == new


def test_agency_of_an_unknown_id() -> None:
    assert agency("so-khong-co") is None


# ------------------------------------------------------------------ lists


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Sở Nội vụ", "so-noi-vu"),
        ("Sở Nội vụ.", "so-noi-vu"),
        ("- Sở Y tế; - Sở Giáo dục và Đào tạo", "so-y-te so-giao-duc-va-dao-tao"),
        (
            "Sở Nội vụ, Sở Tư pháp và các đơn vị có liên quan",
            "so-noi-vu so-tu-phap co-quan-lien-quan",
        ),
        ("Sở Nội vụ\nSở Tư pháp", "so-noi-vu so-tu-phap"),
        # A known name that goes on ("… và Truyền thông") does not make this one a cut one.
        ("Trung tâm Công nghệ thông tin", "trung-tam-cong-nghe-thong-tin"),
        ("Trung tâm Công nghệ thông tin tỉnh", "trung-tam-cong-nghe-thong-tin-tinh"),
        # Commas part the names behind "các Cục:", whatever they hold.
        (
            "các Cục: Kinh tế - Quản lý chất lượng, Đường bộ Việt Nam, Kỹ thuật và Công nghệ",
            "cuc-kinh-te-quan-ly-chat-luong cuc-duong-bo-viet-nam cuc-ky-thuat-va-cong-nghe",
        ),
        ("Sở Nội vụ - Sở Tư pháp", "so-noi-vu so-tu-phap"),
        ("Sở Nội vụ/Sở Tư pháp", "so-noi-vu so-tu-phap"),
        ("Sở Nội vụ Sở Tư pháp", "so-noi-vu so-tu-phap"),
        ("1. Sở Nội vụ 2. Sở Tư pháp", "so-noi-vu so-tu-phap"),
        ("a) Sở Nội vụ; b) Sở Tư pháp", "so-noi-vu so-tu-phap"),
        ("+ Sở Nội vụ\n+ Các sở, ngành", "so-noi-vu so-ban-nganh-tinh"),
        # names that hold the separators themselves
        ("Sở Văn hóa, Thể thao và Du lịch", "so-van-hoa-the-thao-va-du-lich"),
        (
            "Sở VH, TT và DL; Sở LĐ-TB&XH",
            "so-van-hoa-the-thao-va-du-lich so-lao-dong-thuong-binh-va-xa-hoi",
        ),
        (
            "Sở Lao động - Thương binh và Xã hội và UBND cấp huyện",
            "so-lao-dong-thuong-binh-va-xa-hoi ubnd-cap-huyen",
        ),
        ("Sở Giáo dục và Đào tạo và Sở Y tế", "so-giao-duc-va-dao-tao so-y-te"),
        ("Văn phòng Đoàn ĐBQH, HĐND và UBND tỉnh", "van-phong-doan-dbqh-hdnd-va-ubnd-tinh"),
        ("Đài Phát thanh - Truyền hình tỉnh", "dai-phat-thanh-va-truyen-hinh-tinh"),
        (
            "Hội đồng phối hợp phổ biến, giáo dục pháp luật trung ương",
            "hoi-dong-phoi-hop-pho-bien-giao-duc-phap-luat-trung-uong",
        ),
        # a head given once
        (
            "Các sở: Tư pháp, Tài chính, Thông tin và Truyền thông; Văn phòng UBND tỉnh",
            "so-tu-phap so-tai-chinh so-thong-tin-va-truyen-thong van-phong-ubnd-tinh",
        ),
        (
            "Các Sở: Tư pháp; Tài chính; Nội vụ; UBND các huyện",
            "so-tu-phap so-tai-chinh so-noi-vu ubnd-cap-huyen",
        ),
        ("Các Sở Tư pháp, Tài chính, Nội vụ", "so-tu-phap so-tai-chinh so-noi-vu"),
        (
            "các Sở Tài chính, Kế hoạch và Đầu tư, và Tư pháp",
            "so-tai-chinh so-ke-hoach-va-dau-tu so-tu-phap",
        ),
        ("Sở Tài chính, Tư pháp", "so-tai-chinh so-tu-phap"),
        ("các Bộ: Công Thương, Giao thông vận tải", "bo-cong-thuong bo-giao-thong-van-tai"),
        (
            "Các Vụ: Pháp chế, Quy hoạch - Kiến trúc; các Cục: Đăng kiểm Việt Nam",
            "vu-phap-che vu-quy-hoach-kien-truc cuc-dang-kiem-viet-nam",
        ),
        ("Phòng Nội vụ; Tư pháp", "phong-noi-vu phong-tu-phap"),
        ("UBND các xã Bát Xát, Trịnh Tường", "ubnd-xa-bat-xat ubnd-xa-trinh-tuong"),
        (
            "UBND các phường: Hoàn Kiếm, Cửa Nam, Phường 1",
            "ubnd-phuong-hoan-kiem ubnd-phuong-cua-nam ubnd-phuong-1",
        ),
        ("UBND các xã (Bát Xát, Trịnh Tường)", "ubnd-xa-bat-xat ubnd-xa-trinh-tuong"),
        ("Các sở, ban, ngành: Tư pháp, Tài chính", "so-tu-phap so-tai-chinh"),  # a caption
        ("Báo và Đài PT-TH tỉnh", "bao-tinh dai-phat-thanh-va-truyen-hinh-tinh"),
        ("Báo và Phát thanh, Truyền hình tỉnh", "bao-va-phat-thanh-truyen-hinh-tinh"),
        # an end given once
        ("HĐND, UBND tỉnh", "hdnd-tinh ubnd-tinh"),
        ("HĐND và UBND các cấp", "hdnd-cac-cap ubnd-cac-cap"),
        ("Đảng ủy, HĐND, UBND xã", "dang-uy-xa hdnd-xa ubnd-xa"),
        ("Ban Tổ chức, Ban Dân vận Tỉnh ủy", "ban-to-chuc-tinh-uy ban-dan-van-tinh-uy"),
        (
            "Ban Pháp chế, Ban Văn hóa - Xã hội HĐND tỉnh",
            "ban-phap-che-hdnd-tinh ban-van-hoa-xa-hoi-hdnd-tinh",
        ),
        ("Công an, UBND cấp xã", "cong-an-tinh ubnd-cap-xa"),  # a whole name takes no level
        # leaders stand for the body
        ("Giám đốc Sở Tài chính; Chủ tịch UBND tỉnh", "so-tai-chinh ubnd-tinh"),
        ("Chánh Văn phòng UBND tỉnh, Chánh Thanh tra tỉnh", "van-phong-ubnd-tinh thanh-tra-tinh"),
        ("Thủ trưởng các cơ quan, đơn vị", "co-quan-lien-quan"),
    ],
)
def test_lists(text: str, wanted: str) -> None:
    assert ids(text) == wanted.split()
    assert "agency.unresolved" not in notes(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Sở, ban, ngành", "so-ban-nganh-tinh"),
        ("Các sở, ban ngành tỉnh", "so-ban-nganh-tinh"),
        ("Sở ban ngành", "so-ban-nganh-tinh"),
        ("Các ngành, các cấp", "so-ban-nganh-tinh ubnd-cac-cap"),
        ("Các bộ, ngành, địa phương", "bo-nganh dia-phuong"),
        ("Bộ, ngành Trung ương", "bo-nganh"),
        ("Các bộ, ngành, cơ quan liên quan", "bo-nganh co-quan-lien-quan"),
        ("các cơ quan, đơn vị", "co-quan-lien-quan"),
        ("100% cơ quan, đơn vị", "co-quan-lien-quan"),
        ("Các cơ quan, đơn vị, địa phương", "co-quan-lien-quan dia-phuong"),
        ("UBND cấp huyện, cấp xã", "ubnd-cap-huyen ubnd-cap-xa"),
        ("UBND cấp huyện, xã", "ubnd-cap-huyen ubnd-cap-xa"),
        ("UBND cấp huyện và cấp xã", "ubnd-cap-huyen ubnd-cap-xa"),
        ("UBND các huyện, thị xã, thành phố", "ubnd-cap-huyen"),
        ("các huyện/thị xã/thành phố", "ubnd-cap-huyen"),
        ("Quận, huyện, thị xã", "ubnd-cap-huyen"),
        ("UBND 126 xã, phường", "ubnd-cap-xa"),
        ("UBND các xã, phường, đặc khu", "ubnd-cap-xa"),
        ("Sở, ban, ngành, huyện, thị xã, thành phố", "so-ban-nganh-tinh ubnd-cap-huyen"),
        ("UBND các tỉnh, thành phố trực thuộc TW", "ubnd-cap-tinh"),
        ("các tỉnh, thành phố", "ubnd-cap-tinh"),
        ("UBND tỉnh, thành phố", "ubnd-cap-tinh"),
        ("UBND các cấp", "ubnd-cac-cap"),
        ("Các đơn vị sự nghiệp công lập", "don-vi-su-nghiep-cong-lap"),
        ("Các cơ quan ngành dọc", "co-quan-nganh-doc"),
        # central agencies in the province are its vertical branches
        ("Các cơ quan Trung ương đóng trên địa bàn tỉnh", "co-quan-nganh-doc"),
        (
            "viện nghiên cứu, trường đại học, doanh nghiệp",
            "vien-nghien-cuu truong-dai-hoc doanh-nghiep",
        ),
        ("các Vụ, Cục thuộc Bộ; Văn phòng Bộ", "don-vi-thuoc-bo van-phong-bo"),
        ("Công an các xã, phường", "cong-an-cap-xa"),
    ],
)
def test_groups(text: str, wanted: str) -> None:
    bodies, found = read_bodies(text)
    assert [body.agency_id for body in bodies] == wanted.split()
    assert "agency.unresolved" not in [note.code for note in found]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Các sở, ban, ngành liên quan", [("so-ban-nganh-tinh", "liên quan")]),
        ("Các sở, ban, ngành tỉnh", [("so-ban-nganh-tinh", "tỉnh")]),
        ("Các sở, ban, ngành cấp tỉnh", [("so-ban-nganh-tinh", "cấp tỉnh")]),
        # "liên quan" is the group's own word
        ("các cơ quan có liên quan", [("co-quan-lien-quan", None)]),
        ("các cơ quan có liên quan trên địa bàn", [("co-quan-lien-quan", "trên địa bàn")]),
        # one "các", one narrowing word
        (
            "Các sở, ngành, địa phương liên quan",
            [("so-ban-nganh-tinh", "liên quan"), ("dia-phuong", "liên quan")],
        ),
        (
            "Các sở, ngành và các địa phương liên quan",
            [("so-ban-nganh-tinh", None), ("dia-phuong", "liên quan")],
        ),
        (
            "Doanh nghiệp, doanh nghiệp vận tải",
            [("doanh-nghiep", None), ("doanh-nghiep", "vận tải")],
        ),
        ("Sở Nội vụ tuyển dụng công chức", [("so-noi-vu", "tuyển dụng công chức")]),
        (
            "Sở, ngành tỉnh, UBND cấp huyện tuyển dụng viên chức",
            [
                ("so-ban-nganh-tinh", "tuyển dụng viên chức"),
                ("ubnd-cap-huyen", "tuyển dụng viên chức"),
            ],
        ),
        (
            "Sở NN&MT (bàn giao), Sở KH&CN",
            [("so-nong-nghiep-va-moi-truong", "bàn giao"), ("so-khoa-hoc-va-cong-nghe", None)],
        ),
        (
            "Sở Nội vụ: tổng hợp; Sở Tài chính: thẩm định",
            [("so-noi-vu", "tổng hợp"), ("so-tai-chinh", "thẩm định")],
        ),
        ("Sở Nội vụ tổng hợp, báo cáo UBND tỉnh", [("so-noi-vu", "tổng hợp, báo cáo UBND tỉnh")]),
        (
            "Bộ Tài chính chỉ đạo Kho bạc Nhà nước và Tổng cục Thuế thực hiện",
            [("bo-tai-chinh", "chỉ đạo Kho bạc Nhà nước và Tổng cục Thuế thực hiện")],
        ),
        (
            "Sở Nội vụ chủ trì, phối hợp với Sở Tài chính",
            [("so-noi-vu", "chủ trì"), ("so-tai-chinh", "phối hợp")],
        ),
        ("Phòng Đào tạo (P3)", [("phong-dao-tao", None)]),
        ("Sở Nội vụ (nếu có)", [("so-noi-vu", None)]),
        ("Vụ Pháp chế - Bộ Tư pháp", [("vu-phap-che", "Bộ Tư pháp")]),
    ],
)
def test_scope(text: str, wanted: list[tuple[str, str | None]]) -> None:
    assert scopes(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Sở, ngành được giao chủ trì soạn thảo văn bản",
        "Cơ quan, đơn vị được chọn",
        "Các cơ quan, đơn vị, địa phương đang tham gia hệ thống ISO theo quy định",
        "các bộ, ngành quản lý lĩnh vực",
        "Các cơ quan, đơn vị chủ trì nội dung, chương trình",
        "UBND các xã có dự án",
        "UBND cấp",
        "Văn phòng Đoàn ĐBQH, HĐND và",
        "Sở Kế hoạch",
    ],
)
def test_described(text: str) -> None:
    bodies, found = read_bodies(text)
    assert [(body.kind, body.agency_id, body.agency) for body in bodies] == [
        ("described", None, text)
    ]
    assert [note.code for note in found] == ["agency.described"]


def test_a_description_leaves_its_neighbours_alone() -> None:
    text = "Sở Tư pháp, Sở, ngành tỉnh được giao chủ trì và các cơ quan có liên quan."
    assert ids(text) == ["so-tu-phap", None, "co-quan-lien-quan"]
    assert read_bodies(text)[0][1].raw == "Sở, ngành tỉnh được giao chủ trì"


@pytest.mark.parametrize(
    ("text", "wanted", "level"),
    [
        ("Cục Biến đổi khí hậu", "cuc-bien-doi-khi-hau", "central"),
        ("Cục Biến đổi khí hậu thuộc Bộ TN&MT", "cuc-bien-doi-khi-hau", "central"),
        ("UBND xã Bát Tràng", "ubnd-xa-bat-trang", "commune"),
        ("UBND TP. Thủ Đức", "ubnd-thanh-pho-thu-duc", "district"),
        ("Phòng Khảo thí và Đảm bảo chất lượng", "phong-khao-thi-va-dam-bao-chat-luong", None),
        (
            "Trung tâm Văn hóa, Thể thao và Truyền thanh huyện",
            "trung-tam-van-hoa-the-thao-va-truyen-thanh-huyen",
            "district",
        ),
        (
            "Trung tâm Bảo tồn Di sản Thăng Long - Hà Nội",
            "trung-tam-bao-ton-di-san-thang-long-ha-noi",
            None,
        ),
        ("Trường Đại học Cần Thơ", "truong-dai-hoc-can-tho", None),
        ("Thanh tra Sở Nội vụ", "thanh-tra-so-noi-vu", None),
        ("BHXH khu vực XXVI", "bao-hiem-xa-hoi-khu-vuc-xxvi", "province"),
        ("P3", "p3", None),
        ("Tổ Công tác thực hiện Đề án 06", "to-cong-tac-thuc-hien-de-an-06", None),
        (
            "Công ty TNHH MTV Môi trường đô thị",
            "cong-ty-trach-nhiem-huu-han-mot-thanh-vien-moi-truong-do-thi",
            None,
        ),
    ],
)
def test_names_beyond_the_registry(text: str, wanted: str, level: str | None) -> None:
    bodies, found = read_bodies(text)
    assert [(b.agency_id, b.registered, b.level) for b in bodies] == [(wanted, False, level)]
    assert [note.code for note in found] == ["agency.unregistered"]


def test_plural_heads_are_groups() -> None:
    (body, other), _ = read_bodies("Các bộ môn, P3")
    assert (body.agency_id, body.kind) == ("bo-mon", "group")
    assert (other.agency_id, other.kind) == ("p3", "organization")


# ------------------------------------------------------------------ provinces


@pytest.mark.parametrize(
    ("text", "on", "wanted", "province"),
    [
        ("Báo Long An", BEFORE, "bao-tinh", "80"),
        ("UBND tỉnh Long An", BEFORE, "ubnd-tinh", "80"),
        ("UBND TP Hà Nội", BEFORE, "ubnd-tinh", "01"),
        ("Công an thành phố Đà Nẵng", BEFORE, "cong-an-tinh", "48"),
        ("Sở Nội vụ tỉnh Tây Ninh", BEFORE, "so-noi-vu", "72"),
        ("Sở Nội vụ tỉnh Tây Ninh", AFTER, "so-noi-vu", "80"),  # the code moved in 2025
        (
            "Đài Phát thanh - Truyền hình Gia Lai",
            BEFORE,
            "dai-phat-thanh-va-truyen-hinh-tinh",
            "64",
        ),
        ("Bảo tàng Hà Nội", BEFORE, "bao-tang-tinh", "01"),
        ("Sở Y tế TPHCM", BEFORE, "so-y-te", "79"),
        ("Thành ủy Hà Nội", BEFORE, "tinh-uy", "01"),
        ("UBND thành phố", BEFORE, "ubnd-tinh", None),
        ("UBND thành phố Cà Mau", BEFORE, "ubnd-thanh-pho-ca-mau", None),  # a city of the province
    ],
)
def test_provinces(text: str, on: datetime.date, wanted: str, province: str | None) -> None:
    (body,), _ = read_bodies(text, on)
    assert (body.agency_id, body.province) == (wanted, province)


@pytest.mark.parametrize(
    ("text", "local"),
    [
        ("Sở Nội vụ", True),
        ("Các sở, ban, ngành", True),
        ("Doanh nghiệp", True),
        ("Bộ Nội vụ", False),
        ("Các bộ, ngành", False),
        ("Thủ tướng Chính phủ", False),
        ("Cục Biến đổi khí hậu", False),
    ],
)
def test_local(text: str, local: bool) -> None:
    (body,), _ = read_bodies(text)
    assert body.local is local


# ------------------------------------------------------------------ slips


@pytest.mark.parametrize(
    ("text", "wanted", "value"),
    [
        ("Số Nội vụ", "so-noi-vu", "Sở Nội vụ"),
        ("Sở Nội vu", "so-noi-vu", "Sở Nội vụ"),
        ("Sở Khoa học học và Công nghệ", "so-khoa-hoc-va-cong-nghe", "Sở Khoa học và Công nghệ"),
        ("Sở Nội Nội vụ", "so-noi-vu", "Sở Nội vụ"),
        ("Sở Xây dưng", "so-xay-dung", "Sở Xây dựng"),
        ("UBND câp huyện", "ubnd-cap-huyen", "cấp"),
        ("Văn phòng UNBD tỉnh", "van-phong-ubnd-tinh", "Ủy ban nhân dân"),
        ("Các sở, ban, nghành", "so-ban-nganh-tinh", "ngành"),
    ],
)
def test_repairs_are_told(text: str, wanted: str, value: str) -> None:
    bodies, found = read_bodies(text)
    assert [body.agency_id for body in bodies] == [wanted]
    assert bodies[0].raw == text
    assert [(note.code, note.value) for note in found] == [("text.repaired", value)]


@pytest.mark.parametrize("text", ["Bộ Xây dựng", "Sở Xây dựng", "Phòng Nội vụ", "Bộ Nội vụ"])
def test_a_real_body_is_never_exchanged_for_another(text: str) -> None:
    (body,), found = read_bodies(text)
    assert body.agency == text
    assert found == ()


def test_between_two_names_nothing_is_guessed() -> None:
    # as near to "Sở Nội vụ" as to "Sở Ngoại vụ"
    assert ids("Sở Ngoi vụ") not in (["so-noi-vu"], ["so-ngoai-vu"])


@pytest.mark.parametrize("text", ["Trong năm 2021", "Hội nghị tập huấn", "Như trên", "Quý I/2021"])
def test_words_that_name_nobody(text: str) -> None:
    bodies, found = read_bodies(text)
    assert bodies == ()
    assert [note.code for note in found] == ["agency.unresolved"]


@pytest.mark.parametrize("text", ["Không", "không có", "-", "/", "…"])
def test_nobody_is_said_in_words_too(text: str) -> None:
    assert read_bodies(text) == ((), ())


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("STC", ["so-tai-chinh"]),
        ("SXD, STP và SYT", ["so-xay-dung", "so-tu-phap", "so-y-te"]),
        ("SNN&PTNT", ["so-nong-nghiep-va-phat-trien-nong-thon"]),
        ("SGDĐT; SKH&ĐT", ["so-giao-duc-va-dao-tao", "so-ke-hoach-va-dau-tu"]),
        # The head is given once; with it the name is longer than the group's words in it.
        (
            "Các Vụ: Pháp chế, Tổ chức cán bộ; Văn phòng Bộ",
            ["vu-phap-che", "vu-to-chuc-can-bo", "van-phong-bo"],
        ),
        # Verbs at the end of a noun end no name.
        ("Vụ Trang thiết bị và Công trình y tế", ["vu-trang-thiet-bi-va-cong-trinh-y-te"]),
        ("Các huyện, thành, thị ủy", ["cap-uy-cap-huyen"]),
        ("Các huyện ủy, thành ủy", ["cap-uy-cap-huyen"]),
        ("Các huyện, thành phố", ["ubnd-cap-huyen"]),
        ("Thành ủy", ["tinh-uy"]),
        ("Đảng đoàn HĐND tỉnh", ["dang-doan-hdnd-tinh"]),
        ("Các cấp ủy, tổ chức đảng", ["cap-uy"]),
        # Below a head that is given once a comma parts names.
        ("Các Cục: Thủy lợi, Chăn nuôi và Thú y", ["cuc-thuy-loi", "cuc-chan-nuoi-va-thu-y"]),
        (
            "Các Sở: Văn hóa, Thể thao và Du lịch, Y tế",
            ["so-van-hoa-the-thao-va-du-lich", "so-y-te"],
        ),
        ("Các ấp", ["thon-to-dan-pho"]),
        (
            "Mặt trận Tổ quốc và các đoàn thể",
            ["uy-ban-mat-tran-to-quoc-viet-nam-tinh", "doan-the"],
        ),
    ],
)
def test_names_of_other_plans(text: str, wanted: list[str]) -> None:
    assert ids(text) == wanted


def test_small_letters_behind_a_group_narrow_it() -> None:
    assert scopes("Các doanh nghiệp viễn thông") == [("doanh-nghiep", "viễn thông")]


def test_a_head_that_a_verb_describes_is_described() -> None:
    assert ids("Sở được giao chủ trì") == [None]


@pytest.mark.parametrize("text", ["Sở Giao thông vận", "Sở Tài nguyên và Môi"])
def test_a_name_that_breaks_off_is_described(text: str) -> None:
    (body,), found = read_bodies(text)
    assert (body.agency_id, body.kind, body.agency) == (None, "described", text)
    assert [note.code for note in found] == ["agency.described"]


def test_nothing_is_nothing() -> None:
    assert read_bodies("") == ((), ())
    assert read_bodies(" - ") == ((), ())


# ------------------------------------------------------------------ single names


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("ỦY BAN NHÂN DÂN\nTỈNH LONG AN", "ubnd-tinh"),
        ("BỘ GIAO THÔNG VẬN TẢI", "bo-giao-thong-van-tai"),
        ("THỦ TƯỚNG CHÍNH PHỦ", "thu-tuong-chinh-phu"),
        ("Bộ Chính trị", "bo-chinh-tri"),
        ("ỦY BAN AN TOÀN GIAO THÔNG QUỐC GIA", "uy-ban-an-toan-giao-thong-quoc-gia"),
        ("ỦY BAN NHÂN DÂN HUYỆN CẦN GIUỘC", "ubnd-huyen-can-giuoc"),
        ("Bộ trưởng Bộ Nội vụ", "bo-noi-vu"),
        ("ỦY BAN NHÂN DÂN", None),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", None),
        ("Sở Nội vụ, Sở Tài chính", None),
    ],
)
def test_identify(text: str, wanted: str | None) -> None:
    found = identify(text, BEFORE)
    assert (found.agency_id if found else None) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("của UBND tỉnh Long An về cải cách", ("ubnd-tinh", "UBND tỉnh Long An")),
        (
            "của Ban Chấp hành Trung ương 6 (Khóa XII)",
            ("ban-chap-hanh-trung-uong", "Ban Chấp hành Trung ương"),
        ),
        ("của Chủ tịch UBND tỉnh.", ("ubnd-tinh", "Chủ tịch UBND tỉnh")),
        ("của Chính phủ năm 2018", ("chinh-phu", "Chính phủ")),
        ("của một người nào đó", None),
    ],
)
def test_match_at(text: str, wanted: tuple[str, str] | None) -> None:
    found = match_at(text, 4, BEFORE)
    assert ((found.agency_id, found.raw) if found else None) == wanted
    if found:
        assert text[found.start : found.end] == found.raw


# ------------------------------------------------------------------ properties


PIECES = [
    "Sở Nội vụ",
    "Các sở: Tư pháp, Tài chính",
    "UBND cấp huyện, cấp xã",
    "HĐND, UBND tỉnh",
    "Văn phòng Đoàn ĐBQH, HĐND và UBND tỉnh",
    "các cơ quan có liên quan",
    "Báo Long An",
    "Cục Biến đổi khí hậu",
    "UBND các xã Bát Xát, Trịnh Tường",
    "Sở, ngành được giao chủ trì",
    "Sở Tài chính (thẩm định)",
    "P3",
    "Như trên",
    "Bộ Tài chính chỉ đạo Tổng cục Thuế",
    "UBND cấp",
    "Số Nội vụ",
    "1.",
    "-",
    "(",
    ")",
    ":",
    "các",
    "tỉnh",
    "và",
    "100%",
    "thành phố",
    "xã",
]
CELLS = st.lists(
    st.tuples(st.sampled_from(PIECES), st.sampled_from([" ", ", ", "; ", "\n", " và ", ". - "])),
    max_size=7,
).map(lambda parts: "".join(piece + mark for piece, mark in parts))


@given(CELLS)
@settings(max_examples=300, deadline=None)
def test_every_body_points_at_its_words(text: str) -> None:
    bodies, found = read_bodies(text)
    for body in bodies:
        assert body.raw == tidy(text[body.start : body.end])
        assert body.raw
        assert (body.agency_id is None) == (body.kind == "described")
    for before, after in pairwise(bodies):
        assert before.end <= after.start
    for note in found:
        assert note.code in codes()
        assert tidy(text[note.start : note.end]) == note.raw


@given(st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_without_error(text: str) -> None:
    text = nfc(text)
    bodies, _ = read_bodies(text)
    assert all(isinstance(body, Body) for body in bodies)


@given(st.sampled_from([e for entry in ENTRIES for e in entry.examples]))
@settings(max_examples=200, deadline=None)
def test_spelling_does_not_matter(example: str) -> None:
    wanted = identify(example)
    assert wanted is not None
    other_tones = example.replace("ủy", "uỷ").replace("hóa", "hoá").replace("tòa", "toà")
    for spelt in (other_tones, nfc(unicodedata.normalize("NFD", example)), f" {example}. "):
        found = identify(spelt)
        assert found is not None
        assert found.agency_id == wanted.agency_id
