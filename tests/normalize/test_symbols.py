"""Symbols taken apart, the issuers that they name, and the words for document types."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.lexicon import entries, several
from normalize.symbols import (
    document_type_at,
    document_words,
    issuer_of_symbol,
    parse_symbol,
    type_of_words,
)
from normalize.text import key

REGISTRY = {row["agency_id"] for row in entries("agencies")}


@pytest.mark.parametrize(
    ("printed", "number", "year", "type_code", "issuer_part", "text"),
    [
        ("142 /KH-UBND", "142", None, "KH", "UBND", "142/KH-UBND"),
        (".4963../QĐ-UBND", "4963", None, "QĐ", "UBND", "4963/QĐ-UBND"),
        ("Số: 15 /KH - UBND", "15", None, "KH", "UBND", "15/KH-UBND"),
        ("43/2006/NĐ- CP", "43", 2006, "NĐ", "CP", "43/2006/NĐ-CP"),
        ("130/2005/NĐ-CP", "130", 2005, "NĐ", "CP", "130/2005/NĐ-CP"),
        ("30c/NQ-CP", "30c", None, "NQ", "CP", "30c/NQ-CP"),
        # Resolutions of the Government since 2025 have a number with a point in it.
        ("66.25/2026/NQ-CP", "66.25", 2026, "NQ", "CP", "66.25/2026/NQ-CP"),
        ("39-NQ/TW", "39", None, "NQ", "TW", "39-NQ/TW"),
        ("39 NQ/TW", "39", None, "NQ", "TW", "39-NQ/TW"),
        ("45- KL/TW", "45", None, "KL", "TW", "45-KL/TW"),
        ("02-ĐA/TU", "02", None, "ĐA", "TU", "02-ĐA/TU"),
        ("08-CTr/TU", "08", None, "CTr", "TU", "08-CTr/TU"),
        ("10-QĐi/TU", "10", None, "QyĐ", "TU", "10-QĐi/TU"),
        # A law or a resolution: the symbol does not say.
        ("158/2024/QH15", "158", 2024, None, "QH15", "158/2024/QH15"),
        ("43/NQ/QH15", "43", None, "NQ", "QH15", "43/NQ/QH15"),
        ("04/2023/UBTVQH15", "04", 2023, None, "UBTVQH15", "04/2023/UBTVQH15"),
        # Letters have no type in their symbol; what stands behind the body is its drafting unit.
        ("1702/TTg-KTN", "1702", None, "CV", "TTg-KTN", "1702/TTg-KTN"),
        ("6459/BNV-CCHC", "6459", None, "CV", "BNV-CCHC", "6459/BNV-CCHC"),
        ("5076/SNV-TTr", "5076", None, "CV", "SNV-TTr", "5076/SNV-TTr"),
        ("28-CV/TW", "28", None, "CV", "TW", "28-CV/TW"),
        ("2231/SNV-CCHC&PC", "2231", None, "CV", "SNV-CCHC&PC", "2231/SNV-CCHC&PC"),
        ("5465/TTr-CAT-TM", "5465", None, "TTr", "CAT-TM", "5465/TTr-CAT-TM"),
        ("14/2015/TTLT-BNV-BTC", "14", 2015, "TTLT", "BNV-BTC", "14/2015/TTLT-BNV-BTC"),
        ("45/BC-UBND.HC", "45", None, "BC", "UBND.HC", "45/BC-UBND.HC"),
        ("18/BCTĐ-STP", "18", None, "BC", "STP", "18/BCTĐ-STP"),
        # A title in capitals has its symbols in capitals too.
        ("23/CT-TTG", "23", None, "CT", "TTg", "23/CT-TTg"),
        ("100/TTR-SGTVT", "100", None, "TTr", "SGTVT", "100/TTR-SGTVT"),
        ("      /KH-UBND", None, None, "KH", "UBND", "/KH-UBND"),
        ("Số:…/QĐ-UBND", None, None, "QĐ", "UBND", "/QĐ-UBND"),
    ],
)
def test_symbol(
    printed: str,
    number: str | None,
    year: int | None,
    type_code: str | None,
    issuer_part: str,
    text: str,
) -> None:
    found = parse_symbol(printed)
    assert found is not None
    assert (found.number, found.year, found.type_code) == (number, year, type_code)
    assert (found.issuer_part, found.text) == (issuer_part, text)


@pytest.mark.parametrize(
    "text",
    [
        "28/12/2020",
        "12/2021",
        "9001:2015",
        "Quý I/2021",
        "2021 - 2025",
        "142",
        "",
        "một/hai",
        "50/1",
    ],
)
def test_no_symbol(text: str) -> None:
    assert parse_symbol(text) is None


@pytest.mark.parametrize(
    ("symbol", "agency_id"),
    [
        ("130/2005/NĐ-CP", "chinh-phu"),
        ("88/NQ-CP", "chinh-phu"),
        ("1847/QĐ-TTg", "thu-tuong-chinh-phu"),
        ("23/CT-TTG", "thu-tuong-chinh-phu"),
        ("1702/TTg-KTN", "thu-tuong-chinh-phu"),
        ("35/2024/QH15", "quoc-hoi"),
        ("43/NQ/QH15", "quoc-hoi"),
        ("04/2023/UBTVQH15", "uy-ban-thuong-vu-quoc-hoi"),
        ("439/TB-VPCP", "van-phong-chinh-phu"),
        ("61/2021/TT-BTC", "bo-tai-chinh"),
        ("36/2016/TT-BCT", "bo-cong-thuong"),  # of the state, so not the Bộ Chính trị
        ("6459/BNV-CCHC", "bo-noi-vu"),
        ("100/TTr-SGTVT", "so-giao-thong-van-tai"),
        ("666/KH-UBATGTQG", "uy-ban-an-toan-giao-thong-quoc-gia"),
        # Bodies of every level, and joint acts.
        ("142/KH-UBND", None),
        ("09/2014/NQ-HĐND", None),
        ("39-NQ/TW", None),
        ("72-CT/TU", None),
        ("14/2015/TTLT-BNV-BTC", None),
        ("02/2016/NQLT-CP-UBTVQH13", None),
        ("28/12/2020", None),
    ],
)
def test_issuer_of_symbol(symbol: str, agency_id: str | None) -> None:
    assert issuer_of_symbol(symbol) == agency_id
    parsed = parse_symbol(symbol)
    assert parsed is None or issuer_of_symbol(parsed) == agency_id


@pytest.mark.parametrize("row", entries("symbol_issuers"), ids=lambda row: row["symbol"])
def test_issuers_are_registered_and_found_in_their_examples(row: dict[str, str]) -> None:
    assert row["agency_id"] in REGISTRY
    for example in several(row["examples"]):
        assert issuer_of_symbol(example) == row["agency_id"]


@pytest.mark.parametrize("row", entries("document_types"), ids=lambda row: row["name"])
def test_each_type_by_its_words_and_symbols(row: dict[str, str]) -> None:
    for words in (row["name"], *several(row["aliases"]), *several(row["examples"])):
        assert type_of_words(words) == row["code"]
        assert type_of_words(words.upper()) == row["code"]
    for code in several(row["symbol_codes"]):
        found = parse_symbol(f"12/{code}-SNV")
        assert found is not None
        assert found.type_code == row["code"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Kế hoạch", "KH"),
        ("các Nghị định", "NĐ"),
        ("một số Thông tư", "TT"),
        ("Dự thảo Nghị quyết", "NQ"),
        ("Thông tư liên tịch", "TTLT"),  # the longest type, not "Thông tư"
        ("Kế hoạch hành động", "KH"),
        ("văn bản", "CV"),
        ("NQ", "NQ"),
        ("KÊ HOẠCH", "KH"),  # a mark that the scan lost
        ("Phụ lục", None),
        ("Thông", None),
        ("", None),
    ],
)
def test_type_of_words(words: str, code: str | None) -> None:
    assert type_of_words(words) == code


def test_longest_type_at_a_position() -> None:
    keys = key("theo Thông tư liên tịch và Kế hoạch").split()
    assert document_type_at(keys, 0) is None
    assert document_type_at(keys, 1) == ("TTLT", 4)
    assert document_type_at(keys, 6) == ("KH", 2)
    assert document_type_at(keys, 7) is None
    assert document_type_at(keys, 99) is None
    assert document_words()[key("chỉ thị")] == "CT"


@given(
    st.integers(1, 9999),
    st.none() | st.integers(1990, 2030),
    st.sampled_from(["KH", "QĐ", "NQ", "CTr", "BC", "TTr"]),
    st.sampled_from(["UBND", "HĐND", "TTg", "SNV", "UBND-VX"]),
    st.lists(st.sampled_from(["", " ", "  "]), min_size=4, max_size=4),
)
def test_blanks_change_nothing(
    number: int, year: int | None, kind: str, issuer: str, gaps: list[str]
) -> None:
    stated = f"{number}/{year}" if year else str(number)
    plain = parse_symbol(f"{stated}/{kind}-{issuer}")
    spaced = parse_symbol(f"{gaps[0]}{stated}{gaps[1]}/{gaps[2]}{kind}-{gaps[3]}{issuer}")
    assert plain is not None
    assert plain == spaced
    assert parse_symbol(plain.text) == plain
