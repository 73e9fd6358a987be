"""Citations: words → symbol, type, date, issuer, title, worked out by hand from the contract."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.citations import Citation, find_citations
from normalize.lexicon import entries, several
from normalize.text import key, tidy

Row = tuple[str | None, str | None, str | None, str | None]


def cited(text: str) -> list[Row]:
    """(symbol or title, type, date, issuer) of each mention."""
    return [
        (
            one.symbol or one.title,
            one.type_words,
            one.issued_on.isoformat() if one.issued_on else None,
            one.issuer_words,
        )
        for one in find_citations(text)
    ]


SINGLE = [
    (
        "theo Nghị quyết số 39-NQ/TW ngày 17/4/2015 của Bộ Chính trị, cơ cấu lại",
        ("39-NQ/TW", "Nghị quyết", "2015-04-17", "Bộ Chính trị"),
    ),
    (
        "Nghị quyết số 50/NQ-CP ngày 20 tháng 5 năm 2021 của Chính phủ về Chương trình",
        ("50/NQ-CP", "Nghị quyết", "2021-05-20", "Chính phủ"),
    ),
    (
        "theo Chỉ thị số 72-CT/TU ngày 09/3/2015 của Ban Thường vụ Tỉnh ủy, gắn với",
        ("72-CT/TU", "Chỉ thị", "2015-03-09", "Ban Thường vụ Tỉnh ủy"),
    ),
    # a term of the party is no part of the body's name
    (
        "Chỉ thị số 05-CT/TW của Bộ Chính trị (khoá XII)",
        ("05-CT/TW", "Chỉ thị", None, "Bộ Chính trị"),
    ),
    # a session neither
    (
        "Nghị quyết số 19-NQ/TW ngày 25/10/2017 của Ban Chấp hành Trung ương 6 (Khóa XII).",
        ("19-NQ/TW", "Nghị quyết", "2017-10-25", "Ban Chấp hành Trung ương"),
    ),
    (
        "văn bản số 6459/BNV-CCHC ngày 07/12/2020 của Bộ Nội vụ về việc hướng dẫn",
        ("6459/BNV-CCHC", "văn bản", "2020-12-07", "Bộ Nội vụ"),
    ),
    # date behind the issuer
    (
        "Quyết định số 8/QĐ-TTg của Thủ tướng Chính phủ ngày 5/3/2014 về",
        ("8/QĐ-TTg", "Quyết định", "2014-03-05", "Thủ tướng Chính phủ"),
    ),
    # a comma before the date, points instead of slashes, a name with "và" and a place
    (
        "Kế hoạch số 12/KH-STTTT, ngày 1.2.2021 của Sở Thông tin và Truyền thông thành phố Cần Thơ",
        (
            "12/KH-STTTT",
            "Kế hoạch",
            "2021-02-01",
            "Sở Thông tin và Truyền thông thành phố Cần Thơ",
        ),
    ),
    # a name with a comma
    (
        "Thông tư số 1/2020/TT-BVHTTDL ngày 2/3/2020 của Bộ Văn hóa, Thể thao và Du lịch quy định",
        ("1/2020/TT-BVHTTDL", "Thông tư", "2020-03-02", "Bộ Văn hóa, Thể thao và Du lịch"),
    ),
    (
        "Thông tư số 01/2018/TT-VPCP của Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ",
        (
            "01/2018/TT-VPCP",
            "Thông tư",
            None,
            "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ",
        ),
    ),
    (
        "Nghị quyết số 9/2014/NQ-HĐND của Hội đồng nhân dân tỉnh Quảng Ngãi khóa XI, kỳ họp thứ 11",
        ("9/2014/NQ-HĐND", "Nghị quyết", None, "Hội đồng nhân dân tỉnh Quảng Ngãi"),
    ),
    # the words behind a place name are no part of it
    (
        "Chương trình hành động số 08-CTr/TU của Thành uỷ Hà Nội thực hiện Nghị quyết",
        ("08-CTr/TU", "Chương trình hành động", None, "Thành uỷ Hà Nội"),
    ),
    # "do … ban hành"
    (
        "Thông tư số 1/2020/TT-BNV do Bộ Nội vụ ban hành",
        ("1/2020/TT-BNV", "Thông tư", None, "Bộ Nội vụ"),
    ),
    # an issuer that only the title names stays unsaid
    (
        "Nghị quyết số 30/NQ-CP ngày 01/3/2013 về Chương trình hành động của Chính phủ",
        ("30/NQ-CP", "Nghị quyết", "2013-03-01", None),
    ),
    # a letter is its sender's
    (
        "đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 76/TTr-SNV ngày 16/12/2020.",
        ("76/TTr-SNV", "Tờ trình", "2020-12-16", "Giám đốc Sở Nội vụ"),
    ),
    (
        "Tờ trình số 54/TTr-CAT-TM(CS) ngày 24/9/2024",
        ("54/TTr-CAT-TM(CS)", "Tờ trình", "2024-09-24", None),
    ),
    ("theo NĐ 193/2025/NĐ-CP;", ("193/2025/NĐ-CP", "Nghị định", None, None)),
    ("NQ 193/2025/QH15", ("193/2025/QH15", "Nghị quyết", None, None)),
    ("NQ 66.25/2026/NQ-CP", ("66.25/2026/NQ-CP", "Nghị quyết", None, None)),
    ("(Sản phẩm 1 tại TB 78/TB-UBND)", ("78/TB-UBND", "Thông báo", None, None)),
    ("theo KL 83-KL/TW", ("83-KL/TW", "Kết luận", None, None)),
    ("Thông báo kết luận số\n439/TB-VPCP", ("439/TB-VPCP", "Thông báo", None, None)),
    ("Công văn số 1702/TTg-KTN", ("1702/TTg-KTN", "Công văn", None, None)),
    ("Nghị quyết 30a/2008/NQ-CP", ("30a/2008/NQ-CP", "Nghị quyết", None, None)),
    # an old decree whose symbol is only the government's
    ("Nghị định số 64-CP", ("64-CP", "Nghị định", None, None)),
    ("Công văn số 1234/UBND", ("1234/UBND", "Công văn", None, None)),
    # nothing but number and letters
    ("(số 12/2019/TT-BTC)", ("12/2019/TT-BTC", None, None, None)),
    # cut by a page or a line
    ("Nghị định 43/2006/NĐ- CP", ("43/2006/NĐ-CP", "Nghị định", None, None)),
    ("Quyết định số 5969/QĐ-\nUBND", ("5969/QĐ-UBND", "Quyết định", None, None)),
    ("Nghị định số\n33/2025/NĐ-CP", ("33/2025/NĐ-CP", "Nghị định", None, None)),
    ("Nghị định 130/2005/NĐ - CP", ("130/2005/NĐ-CP", "Nghị định", None, None)),
    ("Kết luận số 45- KL/TW", ("45-KL/TW", "Kết luận", None, None)),
    # blanks and dots of a form, capitals, the Icelandic letter, no accents
    (
        "Quyết định số .49../QĐ-UBND ngày 28. /12/2020",
        ("49/QĐ-UBND", "Quyết định", "2020-12-28", None),
    ),
    ("CHỈ THỊ SỐ 23/CT-TTG", ("23/CT-TTg", "Chỉ thị", None, None)),
    ("Nghị định 130/2005/NÐ-CP", ("130/2005/NĐ-CP", "Nghị định", None, None)),
    ("Nghị định 130/2005/ND-CP", ("130/2005/NĐ-CP", "Nghị định", None, None)),
    # a day that does not exist is no date
    ("Kế hoạch số 9/KH-UBND ngày 31/02/2020", ("9/KH-UBND", "Kế hoạch", None, None)),
    # the group behind the hyphen is another body, not the symbol's
    ("Kế hoạch số 12/KH-UBND - HĐND tỉnh", ("12/KH-UBND", "Kế hoạch", None, None)),
]


@pytest.mark.parametrize(("text", "expected"), SINGLE, ids=[text[:40] for text, _ in SINGLE])
def test_a_numbered_document(text: str, expected: Row) -> None:
    assert cited(text) == [expected]


LISTS = [
    # laws with a semicolon between them, or one that amends the other, have days of their own
    (
        "Luật Bảo hiểm y tế; Luật Dược ngày 06/4/2016",
        [("Luật Bảo hiểm y tế", "Luật", None, None), ("Luật Dược", "Luật", "2016-04-06", None)],
    ),
    (
        "các Nghị định 130/2005/NĐ-CP ngày 17/10/2005, 117/2013/NĐ-CP ngày 07/10/2013, "
        "43/2006/NĐ- CP ngày 25/4/2006 của Chính phủ năm 2018",
        [
            ("130/2005/NĐ-CP", "Nghị định", "2005-10-17", "Chính phủ"),
            ("117/2013/NĐ-CP", "Nghị định", "2013-10-07", "Chính phủ"),
            ("43/2006/NĐ-CP", "Nghị định", "2006-04-25", "Chính phủ"),
        ],
    ),
    (
        "Nghị định số 57/2021/NĐ-CP và Nghị định số 58/2021/NĐ-CP ngày 8/6/2021 của Chính phủ; "
        "thông tư hướng dẫn kèm theo",
        [
            ("57/2021/NĐ-CP", "Nghị định", "2021-06-08", "Chính phủ"),
            ("58/2021/NĐ-CP", "Nghị định", "2021-06-08", "Chính phủ"),
        ],
    ),
    # the first one's year speaks against the date of the second
    (
        "Nghị định số 45/2010/NĐ-CP, Nghị định số 33/2012/NĐ-CP ngày 13/4/2012 của Chính phủ",
        [
            ("45/2010/NĐ-CP", "Nghị định", None, "Chính phủ"),
            ("33/2012/NĐ-CP", "Nghị định", "2012-04-13", "Chính phủ"),
        ],
    ),
    # a date behind the first belongs to the first
    (
        "Quyết định số 1/QĐ-BNV ngày 4/7/2023 và Quyết định số 2/QĐ-BNV của Bộ Nội vụ",
        [
            ("1/QĐ-BNV", "Quyết định", "2023-07-04", "Bộ Nội vụ"),
            ("2/QĐ-BNV", "Quyết định", None, "Bộ Nội vụ"),
        ],
    ),
    # other letters, other body: nothing is shared
    (
        "Quyết định số 12/QĐ-UBND và Nghị quyết số 5/NQ-HĐND ngày 5/5/2020 của HĐND tỉnh",
        [
            ("12/QĐ-UBND", "Quyết định", None, None),
            ("5/NQ-HĐND", "Nghị quyết", "2020-05-05", "HĐND tỉnh"),
        ],
    ),
    # one body, two types: the issuer is shared, the date not
    (
        "Chỉ thị số 18-CT/TW và văn bản số 28-CV/TW ngày 02/11/2016 của Ban Bí thư về",
        [
            ("18-CT/TW", "Chỉ thị", None, "Ban Bí thư"),
            ("28-CV/TW", "văn bản", "2016-11-02", "Ban Bí thư"),
        ],
    ),
    (
        "các Quyết định của Thủ tướng Chính phủ: số 12/QĐ-TTg ngày 1/2/2020, số 13/QĐ-TTg",
        [
            ("12/QĐ-TTg", "Quyết định", "2020-02-01", "Thủ tướng Chính phủ"),
            ("13/QĐ-TTg", "Quyết định", None, "Thủ tướng Chính phủ"),
        ],
    ),
    # an amended decree is a mention of its own, without the date of the amending one
    (
        "Nghị định số 117/2013/NĐ-CP sửa đổi, bổ sung Nghị định số 130/2005/NĐ-CP",
        [
            ("117/2013/NĐ-CP", "Nghị định", None, None),
            ("130/2005/NĐ-CP", "Nghị định", None, None),
        ],
    ),
    (
        "(được sửa đổi theo Nghị định số 44/2021/NĐ-CP ngày 17/4/2021 của Chính phủ "
        "- sau đây gọi là Nghị định số 61/2013/NĐ-CP).",
        [
            ("44/2021/NĐ-CP", "Nghị định", "2021-04-17", "Chính phủ"),
            ("61/2013/NĐ-CP", "Nghị định", None, None),
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), LISTS, ids=[text[:40] for text, _ in LISTS])
def test_a_list_shares_what_it_says_once(text: str, expected: list[Row]) -> None:
    assert cited(text) == expected


LAWS: list[tuple[str, list[tuple[str | None, str | None, str | None]]]] = [
    (
        "Luật Tổ chức chính quyền địa phương ngày 19/6/2015;",
        [(None, "Luật Tổ chức chính quyền địa phương", "2015-06-19")],
    ),
    (
        "theo Luật sửa đổi, bổ sung một số điều của Luật Quy hoạch và "
        "Luật Đầu tư công, ngày 22 tháng 11 năm 2019",
        [
            (
                None,
                "Luật sửa đổi, bổ sung một số điều của Luật Quy hoạch và Luật Đầu tư công",
                "2019-11-22",
            )
        ],
    ),
    # the date ends the amending law's title: the next law is another
    (
        "Luật sửa đổi, bổ sung một số điều của Luật Giá ngày 1/2/2020 và Luật Nhà ở",
        [
            (None, "Luật sửa đổi, bổ sung một số điều của Luật Giá", "2020-02-01"),
            (None, "Luật Nhà ở", None),
        ],
    ),
    (
        "Luật sửa đổi, bổ sung một số điều của 11 Luật có liên quan đến quy hoạch",
        [
            (
                None,
                "Luật sửa đổi, bổ sung một số điều của 11 Luật có liên quan đến quy hoạch",
                None,
            )
        ],
    ),
    (
        "thực hiện tốt\nLuật Trật tự, an toàn giao thông đường bộ và Luật Đường bộ ngay khi có",
        [
            (None, "Luật Trật tự, an toàn giao thông đường bộ", None),
            (None, "Luật Đường bộ", None),
        ],
    ),
    (
        "Luật Đường bộ số 35/2024/QH15 được Quốc hội Khóa XV thông qua "
        "ngày 27 tháng 6 năm 2024, có hiệu lực từ ngày 01/01/2025",
        [("35/2024/QH15", "Luật Đường bộ", "2024-06-27")],
    ),
    ("LUẬT ĐƯỜNG BỘ SỐ 35/2024/QH15 TRÊN ĐỊA BÀN", [("35/2024/QH15", "Luật Đường bộ", None)]),
    ("(Luật số 35/2024/QH15)", [("35/2024/QH15", None, None)]),
    ("Luật Đường bộ (Luật số 35/2024/QH15)", [("35/2024/QH15", "Luật Đường bộ", None)]),
    # comma left out, new tone style, abbreviation
    (
        "Luật Trật tự an toàn giao thông đường bộ",
        [(None, "Luật Trật tự, an toàn giao thông đường bộ", None)],
    ),
    ("Luật BHXH năm 2014", [(None, "Luật Bảo hiểm xã hội", None)]),
    (
        "các Luật: Đất đai, Nhà ở, Kinh doanh bất động sản và các văn bản",
        [
            (None, "Luật Đất đai", None),
            (None, "Luật Nhà ở", None),
            (None, "Luật Kinh doanh bất động sản", None),
        ],
    ),
    ("luật Phòng, chống tham nhũng", [(None, "Luật Phòng, chống tham nhũng", None)]),
    ("Luật Luật sư", [(None, "Luật Luật sư", None)]),
    ("Luật Đất đai (sửa đổi) có hiệu lực", [(None, "Luật Đất đai", None)]),
    # titles that no lexicon knows
    ("Luật Bảo tồn thiên nhiên, các nghị định", [(None, "Luật Bảo tồn thiên nhiên", None)]),
    ("Luật Vườn ươm và cây xanh được ban hành", [(None, "Luật Vườn ươm và cây xanh", None)]),
    ("Luật Vườn ươm và các văn bản", [(None, "Luật Vườn ươm", None)]),
    ("Bộ luật Dân sự năm 2015", [(None, "Bộ luật Dân sự", None)]),
    (
        "Pháp lệnh Ưu đãi người có công với cách mạng ngày 9/12/2020",
        [(None, "Pháp lệnh Ưu đãi người có công với cách mạng", "2020-12-09")],
    ),
    ("Hiến pháp năm 2013", [(None, "Hiến pháp", None)]),
    (
        "Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam",
        [(None, "Hiến pháp", None)],
    ),
]


@pytest.mark.parametrize(("text", "expected"), LAWS, ids=[text[:40] for text, _ in LAWS])
def test_laws_by_name(text: str, expected: list[tuple[str | None, str | None, str | None]]) -> None:
    found = find_citations(text)
    assert [
        (one.symbol, one.title, one.issued_on.isoformat() if one.issued_on else None)
        for one in found
    ] == expected


@pytest.mark.parametrize(
    "text",
    [
        "tiêu chuẩn TCVN ISO 9001:2015",
        "QCVN 41:2019/BGTVT",
        "Kế hoạch này; Quyết định này; Luật này",
        "Nghị quyết Trung ương 4 (khoá XII) về tăng cường xây dựng Đảng",
        "khoản 1 Điều 84; kỳ họp thứ 8, Quốc hội khóa XV",
        "quy định của pháp luật; kỷ luật, kỷ cương; Phổ biến pháp luật",
        "Đoàn Luật sư, Hội Luật gia, Trường Đại học Luật Hà Nội",
        "trường hợp được Luật giao; văn bản hướng dẫn thi hành Luật được thực hiện",
        "các Luật, Pháp lệnh, Nghị quyết của Quốc hội; các Luật về thuế",
        "theo Hiến pháp, pháp luật",
        "Dự án Luật GTĐB (sửa đổi)",  # a bill is no law yet
        "Mẫu số 02/ĐK-TNCN, biểu số 05/BC-TK",
        "01 lần/năm; 24/24 giờ; 50/63 tỉnh; 60.000 tấn/năm; 7,5/10 điểm; ngày 12/5/2021",
        "xe 29A-12345; mạng 3G/4G; Covid-19/SARS; QL.21B-HN",
        "Quyết định số       /QĐ-UBND ngày    tháng    năm 2021",  # a form without number
        "",
    ],
)
def test_what_is_no_citation(text: str) -> None:
    assert cited(text) == []


def test_raw_is_the_mention_with_its_own_words() -> None:
    text = "Theo các Nghị định 1/2005/NĐ-CP ngày 17/10/2005, 2/2013/NĐ-\nCP của Chính phủ."
    first, second = find_citations(text)
    assert first.raw == "Nghị định 1/2005/NĐ-CP ngày 17/10/2005"
    assert second.raw == "2/2013/NĐ- CP của Chính phủ"
    assert text[first.start : first.end] == first.raw
    assert tidy(text[second.start : second.end]) == second.raw


def _rows(kind: str) -> list[dict[str, str]]:
    return [row for row in entries("citation_words") if row["kind"] == kind]


@pytest.mark.parametrize("row", _rows("law"), ids=lambda row: row["name"])
def test_each_law_of_the_lexicon_resolves_to_itself(row: dict[str, str]) -> None:
    for alias in (row["name"], *several(row["aliases"]), row["name"].upper()):
        assert [one.title for one in find_citations(f"thi hành {alias} được giao")] == [row["name"]]


@pytest.mark.parametrize("row", _rows("issuer"), ids=lambda row: row["name"])
def test_each_issuer_of_the_lexicon_ends_where_it_ends(row: dict[str, str]) -> None:
    (one,) = find_citations(f"Quyết định số 1/QĐ-XYZ của {row['name']} về việc")
    assert one.issuer_words == row["name"]


@pytest.mark.parametrize("row", [row for row in _rows("type") if row["examples"]])
def test_each_example_resolves_to_its_own_type(row: dict[str, str]) -> None:
    for example in several(row["examples"]):
        (one,) = find_citations(example)
        assert one.type_words == row["name"]


def test_no_phrase_of_the_lexicon_stands_twice_under_one_kind() -> None:
    seen: set[tuple[str, str]] = set()
    for row in entries("citation_words"):
        for alias in (row["name"], *several(row["aliases"])):
            # "Ban Tổ chức" and "Bàn tổ chức" differ in key; commas do not
            mark = (row["kind"], key(alias) + ("," if "," in alias or "-" in alias else ""))
            assert mark not in seen, alias
            seen.add(mark)


SENTENCES = [text for text, _ in (*SINGLE, *LISTS, *LAWS)]


@given(st.sampled_from(SENTENCES), st.randoms(use_true_random=False))
def test_a_line_break_counts_as_a_blank(text: str, random: object) -> None:
    assert hasattr(random, "random")
    broken = "".join("\n" if char == " " and random.random() < 0.3 else char for char in text)
    assert find_citations(broken) == find_citations(text)


@given(st.sampled_from(SENTENCES), st.sampled_from(["", "- ", "a) ", "Căn cứ ", "1.2. Theo "]))
def test_words_before_shift_the_offsets_and_nothing_else(text: str, lead: str) -> None:
    moved = find_citations(lead + text)
    assert [_moved(one, -len(lead)) for one in moved] == list(find_citations(text))


def _moved(one: Citation, by: int) -> tuple[object, ...] | Citation:
    return Citation(
        one.symbol,
        one.type_words,
        one.issued_on,
        one.issuer_words,
        one.title,
        one.raw,
        one.start + by,
        one.end + by,
    )


@given(st.dates(datetime.date(1950, 1, 1), datetime.date(2049, 12, 31)))
def test_every_spelling_of_a_day_is_the_day(day: datetime.date) -> None:
    spellings = [
        f"{day.day}/{day.month}/{day.year}",
        f"{day.day:02}-{day.month:02}-{day.year}",
        f"{day.day:02} tháng {day.month:02} năm {day.year}",
        f"{day.day} /{day.month:02}/ {day.year}",
    ]
    for spelling in spellings:
        (one,) = find_citations(f"Quyết định số 5/QĐ-TTg ngày {spelling} của Thủ tướng Chính phủ")
        assert one.issued_on == day
        assert one.issuer_words == "Thủ tướng Chính phủ"
