"""Provinces: names in every spelling, the day decides which; codes, successors, names at an end."""

from __future__ import annotations

import datetime
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.lexicon import entries, several
from normalize.places import find_province, province, province_at_end

ROWS = entries("provinces")
MERGER = datetime.date(2025, 7, 1)
BEFORE = datetime.date(2020, 12, 24)
AFTER = datetime.date(2026, 4, 28)


def day_of(row: dict[str, str]) -> datetime.date:
    """A day on which the row holds."""
    if row["valid_to"]:
        return datetime.date.fromisoformat(row["valid_to"]) - datetime.timedelta(days=1)
    return AFTER


def rows_on(day: datetime.date) -> list[dict[str, str]]:
    return [
        row
        for row in ROWS
        if (not row["valid_from"] or datetime.date.fromisoformat(row["valid_from"]) <= day)
        and (not row["valid_to"] or day < datetime.date.fromisoformat(row["valid_to"]))
    ]


@pytest.mark.parametrize(
    ("day", "count"),
    [
        (datetime.date(2003, 12, 31), 61),
        (datetime.date(2004, 1, 1), 64),
        (datetime.date(2008, 8, 1), 63),
        (datetime.date(2024, 12, 31), 63),
        (datetime.date(2025, 1, 1), 63),
        (datetime.date(2025, 6, 30), 63),
        (MERGER, 34),
    ],
)
def test_how_many_there_were(day: datetime.date, count: int) -> None:
    rows = rows_on(day)
    assert len(rows) == len({row["code"] for row in rows}) == len({row["name"] for row in rows})
    assert len(rows) == count


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['code']}-{row['valid_to']}")
def test_each_example_is_its_own_row_and_no_other(row: dict[str, str]) -> None:
    for words in (row["name"], *several(row["aliases"]), *several(row["examples"])):
        found = find_province(words, day_of(row))
        assert found is not None, words
        assert (found.code, found.name, found.kind) == (row["code"], row["name"], row["kind"])
        assert found.successor_code == row["successor_code"]
        assert found.iso == row["iso_3166_2"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['code']}-{row['valid_to']}")
def test_a_successor_is_one_of_the_34_and_its_own(row: dict[str, str]) -> None:
    heir = province(row["successor_code"], AFTER)
    assert heir is not None
    assert heir.code == heir.successor_code
    assert heir.name == heir.successor


@pytest.mark.parametrize(
    ("words", "on", "code", "name", "successor"),
    [
        ("tỉnh Long An", BEFORE, "80", "Long An", "80 Tây Ninh"),
        ("Tây Ninh", BEFORE, "72", "Tây Ninh", "80 Tây Ninh"),
        ("Tây Ninh", AFTER, "80", "Tây Ninh", "80 Tây Ninh"),
        ("TỈNH SÓC TRĂNG", BEFORE, "94", "Sóc Trăng", "92 Cần Thơ"),
        # The old name lives on in plans of the new time.
        ("Sóc Trăng", AFTER, "94", "Sóc Trăng", "92 Cần Thơ"),
        ("TP. Hồ Chí Minh", BEFORE, "79", "Hồ Chí Minh", "79 Hồ Chí Minh"),
        ("TPHCM", None, "79", "Hồ Chí Minh", "79 Hồ Chí Minh"),
        ("Tp.HCM", None, "79", "Hồ Chí Minh", "79 Hồ Chí Minh"),
        ("T.P Hồ Chí Minh", None, "79", "Hồ Chí Minh", "79 Hồ Chí Minh"),
        ("tỉnh Đăk Lăk", BEFORE, "66", "Đắk Lắk", "66 Đắk Lắk"),
        ("ĐẮC LẮC", BEFORE, "66", "Đắk Lắk", "66 Đắk Lắk"),
        ("Bà Rịa – Vũng Tàu", BEFORE, "77", "Bà Rịa - Vũng Tàu", "79 Hồ Chí Minh"),
        ("tỉnh Bà Rịa-Vũng Tàu", BEFORE, "77", "Bà Rịa - Vũng Tàu", "79 Hồ Chí Minh"),
        ("Hoà Bình", BEFORE, "17", "Hòa Bình", "25 Phú Thọ"),
        ("Thừa Thiên - Huế", BEFORE, "46", "Thừa Thiên Huế", "46 Huế"),
        ("Huế", BEFORE, "46", "Thừa Thiên Huế", "46 Huế"),
        ("thành phố Huế", datetime.date(2025, 1, 1), "46", "Huế", "46 Huế"),
        ("tỉnh Hà Tây", datetime.date(2007, 5, 1), "28", "Hà Tây", "01 Hà Nội"),
        ("Thủ đô Hà Nội", AFTER, "01", "Hà Nội", "01 Hà Nội"),
        ("Ha Noi", AFTER, "01", "Hà Nội", "01 Hà Nội"),
        ("TP Da Nang", AFTER, "48", "Đà Nẵng", "48 Đà Nẵng"),
        ("Gia Lai", AFTER, "52", "Gia Lai", "52 Gia Lai"),
        ("Gia Lai", BEFORE, "64", "Gia Lai", "52 Gia Lai"),
        ("Quảng Ngãi ,", BEFORE, "51", "Quảng Ngãi", "51 Quảng Ngãi"),
    ],
)
def test_the_day_decides(
    words: str, on: datetime.date | None, code: str, name: str, successor: str
) -> None:
    found = find_province(words, on)
    assert found is not None
    assert (found.code, found.name) == (code, name)
    assert f"{found.successor_code} {found.successor}" == successor


@pytest.mark.parametrize(
    "words",
    [
        "thành phố Cà Mau",  # a city of the province
        "TP. Bắc Ninh",
        "thành phố Huế",  # until 2025 a city of Thừa Thiên Huế
        "huyện Long An",
        "tỉnh",
        "tỉnh Hà Nội",
        "Bà Rịa",
        "Sở Nội vụ tỉnh Long An",
        "",
        "2021",
    ],
)
def test_no_province(words: str) -> None:
    assert find_province(words, BEFORE) is None


@pytest.mark.parametrize(
    ("code", "on", "name"),
    [
        ("80", BEFORE, "Long An"),
        ("80", AFTER, "Tây Ninh"),
        ("80", None, "Tây Ninh"),
        ("94", AFTER, "Sóc Trăng"),
        ("94", None, "Sóc Trăng"),
        ("46", datetime.date(2024, 12, 31), "Thừa Thiên Huế"),
        ("46", datetime.date(2025, 1, 1), "Huế"),
        ("28", BEFORE, "Hà Tây"),
        ("03", None, None),
    ],
)
def test_a_code_means_two_provinces(code: str, on: datetime.date | None, name: str | None) -> None:
    found = province(code, on)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("words", "name", "tail"),
    [
        ("Sở Nội vụ tỉnh Long An", "Long An", "tỉnh Long An"),
        ("Báo Long An", "Long An", "Long An"),
        ("UBND TP. Hồ Chí Minh", "Hồ Chí Minh", "TP. Hồ Chí Minh"),
        ("UBND TPHCM", "Hồ Chí Minh", "TPHCM"),
        ("SỞ NỘI VỤ TỈNH BÀ RỊA - VŨNG TÀU", "Bà Rịa - Vũng Tàu", "TỈNH BÀ RỊA - VŨNG TÀU"),
        ("Sở Tài chính Thành phố Hà Nội.", "Hà Nội", "Thành phố Hà Nội."),
        ("Công an tỉnh Thừa Thiên - Huế", "Thừa Thiên Huế", "tỉnh Thừa Thiên - Huế"),
        ("UBND tỉnh hoà bình", "Hòa Bình", "tỉnh hoà bình"),
    ],
)
def test_name_at_the_end(words: str, name: str, tail: str) -> None:
    found = province_at_end(words, BEFORE)
    assert found is not None
    assert (found[0].name, words[found[1] :]) == (name, tail)


@pytest.mark.parametrize(
    "words",
    [
        "UBND thành phố Cà Mau",
        "UBND huyện Đồng Nai",
        "UBND xã Hưng Yên",
        "Ủy ban lưu vực sông Đồng Nai",
        "Đoàn TNCS Hồ Chí Minh",  # a person
        "vì mục tiêu hòa bình",
        "Sở Nội vụ",
        "",
    ],
)
def test_no_name_at_the_end(words: str) -> None:
    assert province_at_end(words, BEFORE) is None


@given(
    st.sampled_from(rows_on(BEFORE)),
    st.sampled_from(["", "kind", "Kind", "KIND"]),
    st.sampled_from(["NFC", "NFD"]),
    st.booleans(),
)
def test_any_spelling_is_the_same_province(
    row: dict[str, str], kind: str, form: str, capitals: bool
) -> None:
    word = {"kind": row["kind"], "Kind": row["kind"].capitalize(), "KIND": row["kind"].upper()}
    words = f"{word.get(kind, '')} {row['name']}".strip()
    words = words.upper() if capitals else words
    found = find_province(unicodedata.normalize("NFC" if form == "NFC" else "NFD", words), BEFORE)
    assert found == province(row["code"], BEFORE)
