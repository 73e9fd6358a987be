"""The words that made plans are put together from, each with the value that it must come out as.

Spellings and values are written down here by hand from the contract's rules, not read from the
program's own lexicons: a corpus that asked the program what is right would prove nothing.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Callable, Sequence
from random import Random
from typing import NamedTuple


class Province(NamedTuple):
    """A province or city under the centre: statistics-office code and name."""

    code: str
    name: str
    city: bool = False


PROVINCES = (
    Province("01", "Hà Nội", city=True),
    Province("02", "Hà Giang"),
    Province("04", "Cao Bằng"),
    Province("06", "Bắc Kạn"),
    Province("08", "Tuyên Quang"),
    Province("10", "Lào Cai"),
    Province("11", "Điện Biên"),
    Province("12", "Lai Châu"),
    Province("14", "Sơn La"),
    Province("15", "Yên Bái"),
    Province("17", "Hòa Bình"),
    Province("19", "Thái Nguyên"),
    Province("20", "Lạng Sơn"),
    Province("22", "Quảng Ninh"),
    Province("24", "Bắc Giang"),
    Province("25", "Phú Thọ"),
    Province("26", "Vĩnh Phúc"),
    Province("27", "Bắc Ninh"),
    Province("30", "Hải Dương"),
    Province("31", "Hải Phòng", city=True),
    Province("33", "Hưng Yên"),
    Province("34", "Thái Bình"),
    Province("35", "Hà Nam"),
    Province("36", "Nam Định"),
    Province("37", "Ninh Bình"),
    Province("38", "Thanh Hóa"),
    Province("40", "Nghệ An"),
    Province("42", "Hà Tĩnh"),
    Province("44", "Quảng Bình"),
    Province("45", "Quảng Trị"),
    Province("46", "Thừa Thiên Huế"),
    Province("48", "Đà Nẵng", city=True),
    Province("49", "Quảng Nam"),
    Province("51", "Quảng Ngãi"),
    Province("52", "Bình Định"),
    Province("54", "Phú Yên"),
    Province("56", "Khánh Hòa"),
    Province("58", "Ninh Thuận"),
    Province("60", "Bình Thuận"),
    Province("62", "Kon Tum"),
    Province("64", "Gia Lai"),
    Province("66", "Đắk Lắk"),
    Province("67", "Đắk Nông"),
    Province("68", "Lâm Đồng"),
    Province("70", "Bình Phước"),
    Province("72", "Tây Ninh"),
    Province("74", "Bình Dương"),
    Province("75", "Đồng Nai"),
    Province("77", "Bà Rịa - Vũng Tàu"),
    Province("79", "Hồ Chí Minh", city=True),
    Province("80", "Long An"),
    Province("82", "Tiền Giang"),
    Province("83", "Bến Tre"),
    Province("84", "Trà Vinh"),
    Province("86", "Vĩnh Long"),
    Province("87", "Đồng Tháp"),
    Province("89", "An Giang"),
    Province("91", "Kiên Giang"),
    Province("92", "Cần Thơ", city=True),
    Province("93", "Hậu Giang"),
    Province("94", "Sóc Trăng"),
    Province("95", "Bạc Liêu"),
    Province("96", "Cà Mau"),
)
"""All sixty-three of the years that made plans are of."""

AREAS = (
    ("Công tác chỉ đạo, điều hành", "leadership"),
    ("Cải cách thể chế", "institutions"),
    ("Xây dựng và hoàn thiện thể chế", "institutions"),
    ("Cải cách thủ tục hành chính", "procedures"),
    ("Cải cách tổ chức bộ máy hành chính nhà nước", "organization"),
    ("Cải cách chế độ công vụ", "civil_service"),
    ("Xây dựng đội ngũ cán bộ, công chức, viên chức", "civil_service"),
    ("Cải cách tài chính công", "public_finance"),
    ("Xây dựng và phát triển chính quyền điện tử, chính quyền số", "e_government"),
    ("Hiện đại hóa hành chính", "e_government"),
    ("Bảo vệ môi trường nông thôn", None),
    ("Phát triển du lịch cộng đồng", None),
)

VERBS = (
    *("Rà soát", "Xây dựng", "Tổ chức đánh giá", "Hoàn thiện", "Triển khai", "Cập nhật"),
    *("Thẩm định", "Công khai", "Số hóa", "Kiểm tra", "Tham mưu ban hành", "Khảo sát"),
)
OBJECTS = (
    "quy trình giải quyết hồ sơ đất đai",
    "danh mục dịch vụ công trực tuyến toàn trình",
    "hệ thống báo cáo điện tử của các đơn vị",
    "vị trí việc làm trong đơn vị sự nghiệp",
    "quy chế phối hợp giữa các phòng chuyên môn",
    "cơ chế tự chủ của trường học và trạm y tế",
    "cơ sở dữ liệu cán bộ, công chức và viên chức",
    "bộ chỉ số hài lòng của người dân, doanh nghiệp",
    "việc tiếp nhận phản ánh, kiến nghị qua mạng",
    "kho hồ sơ lưu trữ giai đoạn trước",
    "mạng lưới điểm bưu chính nhận hồ sơ",
    "chương trình bồi dưỡng kỹ năng số",
)
PLACES_OF_WORK = ("", " trên địa bàn", " theo hướng tinh gọn", " ở bộ phận một cửa")

PRODUCTS = (
    ("Kế hoạch", ("KH",)),
    ("Báo cáo kết quả", ("BC",)),
    ("Quyết định phê duyệt", ("QĐ",)),
    ("Tờ trình", ("TTr",)),
    ("Công văn hướng dẫn", ("CV",)),
    ("Quyết định ban hành quy chế", ("QĐ",)),
    ("Báo cáo kết quả khảo sát", ("BC",)),
    ("Phần mềm được nâng cấp", ()),
    ("Lớp bồi dưỡng", ()),
    ("Kế hoạch kiểm tra", ("KH",)),
)

BODIES = (
    (("Sở Nội vụ", "SỞ NỘI VỤ", "Sở Nội Vụ"), "so-noi-vu"),
    (("Sở Tư pháp", "Sở Tư Pháp"), "so-tu-phap"),
    (("Sở Tài chính", "sở Tài chính"), "so-tai-chinh"),
    (("Sở Kế hoạch và Đầu tư", "Sở KH&ĐT", "Sở Kế hoạch - Đầu tư"), "so-ke-hoach-va-dau-tu"),
    (
        ("Sở Thông tin và Truyền thông", "Sở TT&TT", "Sở Thông tin & Truyền thông"),
        "so-thong-tin-va-truyen-thong",
    ),
    (("Sở Khoa học và Công nghệ", "Sở KH&CN"), "so-khoa-hoc-va-cong-nghe"),
    (("Sở Y tế",), "so-y-te"),
    (("Sở Giáo dục và Đào tạo", "Sở GD&ĐT"), "so-giao-duc-va-dao-tao"),
    (("Sở Xây dựng",), "so-xay-dung"),
    (("Sở Công Thương", "Sở Công thương"), "so-cong-thuong"),
    (
        ("Sở Lao động - Thương binh và Xã hội", "Sở LĐTB&XH", "Sở LĐ-TB&XH"),
        "so-lao-dong-thuong-binh-va-xa-hoi",
    ),
    (("Sở Văn hóa, Thể thao và Du lịch", "Sở VHTT&DL"), "so-van-hoa-the-thao-va-du-lich"),
    (("Sở Tài nguyên và Môi trường", "Sở TN&MT"), "so-tai-nguyen-va-moi-truong"),
    (
        ("Văn phòng UBND tỉnh", "VP UBND tỉnh", "Văn phòng Ủy ban nhân dân tỉnh"),
        "van-phong-ubnd-tinh",
    ),
    (("Thanh tra tỉnh",), "thanh-tra-tinh"),
    (("Công an tỉnh",), "cong-an-tinh"),
)
"""Bodies that lead and take part: spellings, id."""

SLIPS = (
    ("Số Nội vụ", "so-noi-vu"),
    ("Sở Nội vu", "so-noi-vu"),
    ("Sở Tư phap", "so-tu-phap"),
    ("Số Tài chính", "so-tai-chinh"),
    ("Sở Tài chinh", "so-tai-chinh"),
    ("Sở Khoa học học và Công nghệ", "so-khoa-hoc-va-cong-nghe"),
    ("Sở Xây dưng", "so-xay-dung"),
    ("Số Y tế", "so-y-te"),
)
"""Bodies as a scan leaves them: words, the id that they are repaired to, told by a finding."""

GROUPS = (
    (
        ("các sở, ban, ngành tỉnh", "Các sở, ban, ngành", "các sở, ban, ngành"),
        ("so-ban-nganh-tinh",),
    ),
    (("UBND cấp huyện", "UBND các huyện, thị xã, thành phố"), ("ubnd-cap-huyen",)),
    (("UBND cấp xã", "UBND các xã, phường, thị trấn"), ("ubnd-cap-xa",)),
    (("UBND cấp huyện, cấp xã",), ("ubnd-cap-huyen", "ubnd-cap-xa")),
    (("các cơ quan, đơn vị liên quan",), ("co-quan-lien-quan",)),
)
"""Groups of partners: spellings, ids."""

Bounds = tuple[str, datetime.date | None, datetime.date | None]
"""Kind, first day, last day of one period."""
_ROMAN = ("I", "II", "III", "IV")


def _month(year: int, month: int) -> tuple[datetime.date, datetime.date]:
    last = calendar.monthrange(year, month)[1]
    return datetime.date(year, month, 1), datetime.date(year, month, last)


def _quarter(year: int, quarter: int) -> tuple[datetime.date, datetime.date]:
    return _month(year, quarter * 3 - 2)[0], _month(year, quarter * 3)[1]


def _one_quarter(chance: Random, year: int) -> tuple[str, list[Bounds]]:
    quarter = chance.randint(1, 4)
    roman = _ROMAN[quarter - 1]
    words = chance.choice(
        [f"Quý {roman}/{year}", f"Quý {roman} năm {year}", f"quý {roman}", f"Quý {quarter}/{year}"]
    )
    return words, [("quarter", *_quarter(year, quarter))]


def _two_quarters(chance: Random, year: int) -> tuple[str, list[Bounds]]:
    first = chance.randint(1, 3)
    words = f"Quý {_ROMAN[first - 1]}, {_ROMAN[first]}/{year}"
    return words, [("quarter", *_quarter(year, first)), ("quarter", *_quarter(year, first + 1))]


def _quarter_range(chance: Random, year: int) -> tuple[str, list[Bounds]]:
    first = chance.randint(1, 3)
    last = chance.randint(first + 1, 4)
    words = chance.choice(
        [
            f"Quý {_ROMAN[first - 1]} - {_ROMAN[last - 1]}/{year}",
            f"Từ quý {_ROMAN[first - 1]} đến quý {_ROMAN[last - 1]}/{year}",
        ]
    )
    return words, [("span", _quarter(year, first)[0], _quarter(year, last)[1])]


def _one_month(chance: Random, year: int) -> tuple[str, list[Bounds]]:
    month = chance.randint(1, 12)
    words = chance.choice(
        [f"Tháng {month}/{year}", f"tháng {month:02d} năm {year}", f"Tháng {month}"]
    )
    return words, [("month", *_month(year, month))]


def _months(chance: Random, year: int) -> tuple[str, list[Bounds]]:
    first = chance.randint(1, 10)
    last = chance.randint(first + 1, 12)
    words = chance.choice(
        [f"Tháng {first} - {last}/{year}", f"Từ tháng {first} đến tháng {last}/{year}"]
    )
    return words, [("span", _month(year, first)[0], _month(year, last)[1])]


def _before(chance: Random, year: int) -> tuple[str, list[Bounds]]:
    day = datetime.date(year, chance.randint(2, 12), chance.randint(2, 28))
    shown = chance.choice(
        [f"{day.day}/{day.month}/{year}", f"{day.day:02d}/{day.month:02d}/{year}"]
    )
    eve = day - datetime.timedelta(days=1)
    words, last = chance.choice(
        [
            (f"Trước ngày {shown}", eve),
            (f"Hoàn thành trước ngày {shown}", eve),
            (f"Chậm nhất ngày {shown}", day),
        ]
    )
    return words, [("before", None, last)]


def _one_day(chance: Random, year: int) -> tuple[str, list[Bounds]]:
    day = datetime.date(year, chance.randint(1, 12), chance.randint(1, 28))
    words = chance.choice(
        [f"{day.day:02d}/{day.month:02d}/{year}", f"Ngày {day.day}/{day.month}/{year}"]
    )
    return words, [("day", day, day)]


def _whole_year(chance: Random, year: int) -> tuple[str, list[Bounds]]:
    bounds = (datetime.date(year, 1, 1), datetime.date(year, 12, 31))
    words, kind = chance.choice(
        [
            (f"Năm {year}", "year"),
            ("Trong năm", "year"),
            (f"Cả năm {year}", "year"),
            ("Thường xuyên", "continuous"),
            (f"Thường xuyên trong năm {year}", "continuous"),
            ("Hàng quý", "recurring"),
            ("Hằng tháng", "recurring"),
            ("Định kỳ 6 tháng", "recurring"),
        ]
    )
    return words, [(kind, *bounds)]


def _month_list(chance: Random, year: int) -> tuple[str, list[Bounds]]:
    first = chance.randint(1, 6)
    last = first + chance.randint(2, 6)
    words = chance.choice(
        [f"Tháng {first}, {last}/{year}", f"Tháng {first} và tháng {last}/{year}"]
    )
    return words, [("month", *_month(year, first)), ("month", *_month(year, last))]


def _days(chance: Random, year: int) -> tuple[str, list[Bounds]]:
    first = datetime.date(year, chance.randint(1, 5), chance.randint(1, 28))
    last = datetime.date(year, chance.randint(6, 12), chance.randint(1, 28))
    start = f"{first.day:02d}/{first.month:02d}/{year}"
    end = f"{last.day:02d}/{last.month:02d}/{year}"
    words = chance.choice([f"Từ {start} đến {end}", f"Từ ngày {start} đến ngày {end}"])
    return words, [("span", first, last)]


def _open_end(chance: Random, year: int) -> tuple[str, list[Bounds]]:
    quarter = chance.randint(1, 4)
    words = chance.choice([f"Từ quý {_ROMAN[quarter - 1]}/{year}", f"Từ Quý {quarter}/{year}"])
    return words, [("span", _quarter(year, quarter)[0], None)]


def _no_time(chance: Random, year: int) -> tuple[str, list[Bounds]]:
    words, kind = chance.choice(
        [
            ("Đã hoàn thành", "done"),
            ("Sau khi Bộ Nội vụ công bố", "conditional"),
            ("Khi có hướng dẫn của Trung ương", "conditional"),
            ("Theo quy định", "conditional"),
        ]
    )
    return words, [(kind, None, None)]


def _half(chance: Random, year: int) -> tuple[str, list[Bounds]]:
    first = chance.random() < 0.5
    words = f"6 tháng {'đầu' if first else 'cuối'} năm {year}"
    low, high = (1, 6) if first else (7, 12)
    return words, [("half_year", _month(year, low)[0], _month(year, high)[1])]


SCHEDULES: Sequence[Callable[[Random, int], tuple[str, list[Bounds]]]] = (
    _one_quarter,
    _one_quarter,
    _two_quarters,
    _quarter_range,
    _one_month,
    _months,
    _before,
    _one_day,
    _whole_year,
    _whole_year,
    _half,
    _month_list,
    _days,
    _open_end,
    _no_time,
)
"""Each makes the words of a schedule cell and its periods for a plan's year."""


def budget(chance: Random) -> tuple[str, int | None, str]:
    """The words of a budget cell under "triệu đồng": words, đồng, status."""
    millions = chance.choice([5, 20, 45, 120, 350, 1200, 2500])
    dotted = f"{millions:,}".replace(",", ".")
    return chance.choice(
        [
            (dotted, millions * 1_000_000, "amount"),
            (f"{dotted} triệu đồng", millions * 1_000_000, "amount"),
            (f"{millions},5", millions * 1_000_000 + 500_000, "amount"),
            ("0", 0, "amount"),
            ("", None, "unstated"),
            ("Theo quy định", None, "per_regulation"),
            ("Dự trù kinh phí riêng", None, "self_funded"),
            ("Ngân sách tỉnh bố trí", None, "state_budget"),
            (f"{millions} tỷ đồng", millions * 1_000_000_000, "amount"),
            ("1,2 tỷ đồng", 1_200_000_000, "amount"),
        ]
    )
