"""Bodies of several provinces in one list, and provinces whose accents a scan has lost."""

from __future__ import annotations

import datetime

import pytest

from normalize.agencies import read_bodies
from normalize.places import find_province

BEFORE = datetime.date(2021, 3, 1)


@pytest.mark.parametrize(
    ("cell", "bodies"),
    [
        ("UBND các tỉnh Bắc Kạn, Cao Bằng", "ubnd-tinh/06 ubnd-tinh/04"),
        ("UBND các tỉnh: Bắc Kạn, Cao Bằng; Bộ Y tế", "ubnd-tinh/06 ubnd-tinh/04 bo-y-te/"),
        ("UBND các tỉnh (Bắc Kạn, Cao Bằng)", "ubnd-tinh/06 ubnd-tinh/04"),
        ("UBND các tỉnh, thành phố: Hà Nội, Bắc Ninh", "ubnd-tinh/01 ubnd-tinh/27"),
        ("Sở Y tế các tỉnh: Hà Giang, Lào Cai và Yên Bái", "so-y-te/02 so-y-te/10 so-y-te/15"),
        ("Công an tỉnh Nghệ An, Hà Tĩnh", "cong-an-tinh/40 cong-an-tinh/42"),
        (
            "UBND TP. Hà Nội và các tỉnh Bắc Ninh, Hưng Yên",
            "ubnd-tinh/01 ubnd-tinh/27 ubnd-tinh/33",
        ),
        # a region is no province
        ("UBND các tỉnh Đồng bằng sông Cửu Long", "ubnd-cap-tinh/"),
        ("UBND các tỉnh Tây Nguyên; Sở Y tế", "ubnd-cap-tinh/ so-y-te/"),
        # districts are read by their own rule
        ("UBND các huyện: Bắc Mê, Vị Xuyên", "ubnd-huyen-bac-me/ ubnd-huyen-vi-xuyen/"),
    ],
)
def test_a_province_alone_is_the_body_before_it_there(cell: str, bodies: str) -> None:
    found, notes = read_bodies(cell, BEFORE)
    assert " ".join(f"{one.agency_id}/{one.province or ''}" for one in found) == bodies
    assert not [note for note in notes if note.code == "agency.unresolved"]


def test_two_provinces_that_are_one_today_are_two_bodies() -> None:
    """Lào Cai has borne Yên Bái's code since 2025."""
    assert len(read_bodies("Sở Y tế các tỉnh Lào Cai, Yên Bái", None)[0]) == 2


def test_a_province_behind_a_body_of_no_province_is_told() -> None:
    found, notes = read_bodies("Sở Nội vụ, Hà Nội")
    assert [one.agency_id for one in found] == ["so-noi-vu"]
    assert [(note.code, note.raw) for note in notes] == [("agency.unresolved", "Hà Nội")]


@pytest.mark.parametrize(
    ("cell", "body", "slip", "name"),
    [
        ("Sở Nội vụ tỉnh Bác Kạn", "so-noi-vu/06", "Bác Kạn", "Bắc Kạn"),
        ("UBND TỈNH SÓC TRẮNG", "ubnd-tinh/94", "SÓC TRẮNG", "Sóc Trăng"),
        ("UBND tỉnh Quang Nam", "ubnd-tinh/49", "Quang Nam", "Quảng Nam"),
        ("UBND tỉnh Thừa Thiện - Huế", "ubnd-tinh/46", "Thừa Thiện - Huế", "Thừa Thiên Huế"),
        ("UBND thành phố Đà Năng", "ubnd-tinh/48", "Đà Năng", "Đà Nẵng"),
    ],
)
def test_lost_accents_of_a_province_are_repaired_and_told(
    cell: str, body: str, slip: str, name: str
) -> None:
    found, notes = read_bodies(cell, BEFORE)
    assert [f"{one.agency_id}/{one.province}" for one in found] == [body]
    assert found[0].raw == cell
    assert [(note.code, note.raw, note.value) for note in notes] == [("text.repaired", slip, name)]


@pytest.mark.parametrize(
    "words",
    [
        "thành phố Hòa Bính",  # a city below a province: no city under the centre is written so
        "tỉnh Hà Giàng Sơn",
        "tỉnh bắc kan",  # not written like a name
        "huyện Bác Kạn",
    ],
)
def test_other_words_are_no_slips(words: str) -> None:
    assert find_province(words, None) is None


def test_a_line_of_a_letterhead_with_lost_accents() -> None:
    found = find_province("TỈNH LẬM ĐÔNG", None)
    assert found is not None
    assert found.name == "Lâm Đồng"
