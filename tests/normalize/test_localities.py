"""Districts and communes that tell their province, and names that several provinces have."""

from __future__ import annotations

import datetime

import pytest

from normalize.lexicon import entries
from normalize.localities import (
    only_province_governed,
    only_province_named,
    province_of_locality,
    province_of_seat,
)
from normalize.places import province

BEFORE = datetime.date(2022, 3, 1)
AFTER = datetime.date(2025, 9, 1)


@pytest.mark.parametrize(
    ("words", "on", "code"),
    [
        ("HUYỆN ĐỨC CƠ", BEFORE, "64"),
        ("UBND huyện Chương Mỹ", BEFORE, "01"),
        ("ỦY BAN NHÂN DÂN THÀNH PHỐ VŨNG TÀU", BEFORE, "77"),
        ("TX. Bỉm Sơn", BEFORE, "38"),
        ("Thành ủy Pleiku", BEFORE, "64"),
        ("UBND QUẬN 3", BEFORE, "79"),
        ("Quận 9", datetime.date(2019, 5, 5), "79"),  # gone since 2021
        ("huyện Hoành Bồ", datetime.date(2018, 5, 5), "22"),  # gone since 2020
        ("huyện Đak Đoa", BEFORE, "64"),
        ("huyện Krông Pac", BEFORE, "66"),  # without its accents
        ("huyện Quảng Yên", BEFORE, "22"),  # a town today: the kind changed, the place did not
        ("UBND huyện Hòa Bình", BEFORE, "95"),  # not the province of that name,
        ("UBND thành phố Hòa Bình", BEFORE, "17"),  # whose seat this one is
        ("xã Ia Dom", AFTER, "52"),
        ("UBND phường Bến Thành", AFTER, "79"),
        ("đặc khu Phú Quốc", AFTER, "91"),
    ],
)
def test_one_province_has_the_place(words: str, on: datetime.date, code: str) -> None:
    found = province_of_locality(words, on)
    assert found is not None
    assert found.province.code == code


@pytest.mark.parametrize(
    ("words", "on"),
    [
        ("UBND huyện Châu Thành", BEFORE),  # ten provinces have one
        ("huyện Chợ Mới", BEFORE),
        ("xã Ia Dom", BEFORE),  # communes before the merger are not known
        ("xã Tân Lập", AFTER),
        ("Sở Nội vụ", BEFORE),
        ("các huyện, thị xã, thành phố", BEFORE),
        ("thành phố trực thuộc trung ương", BEFORE),
        ("tỉnh Hòa Bình", BEFORE),
        ("quận 13", BEFORE),
        ("huyện Cần Giuộc", AFTER),  # no districts any more
    ],
)
def test_no_province_is_certain(words: str, on: datetime.date) -> None:
    assert province_of_locality(words, on) is None


def test_range_is_that_of_the_words() -> None:
    words = "Phòng Nội vụ huyện Mù Cang Chải báo cáo"
    found = province_of_locality(words, BEFORE)
    assert found is not None
    assert words[found.start : found.end] == "huyện Mù Cang Chải"


@pytest.mark.parametrize(
    ("dateline", "code"),
    [
        ("Đà Lạt, ngày 3 tháng 2 năm 2021", "68"),
        ("Phú Quý, ngày 3 tháng 2 năm 2021", "60"),  # listed as "Phú Quí"
        ("Vinh, ngày 3 tháng 2 năm 2021", "40"),
        ("Châu Thành, ngày 3 tháng 2 năm 2021", None),
        ("Tân Châu, ngày 3 tháng 2 năm 2021", None),  # a district here, a town there
        ("Nơi khác, ngày 3 tháng 2 năm 2021", None),
        ("ngày 3 tháng 2 năm 2021", None),
    ],
)
def test_seat_in_a_dateline(dateline: str, code: str | None) -> None:
    found = province_of_seat(dateline, BEFORE)
    assert (found.province.code if found else None) == code


@pytest.mark.parametrize(
    ("words", "named", "governed"),
    [
        ("Kế hoạch số 5/KH-UBND của UBND tỉnh Yên Bái", "15", "15"),
        ("trên địa bàn thành phố Hải Phòng", "31", "31"),
        ("học tập kinh nghiệm tại tỉnh Lâm Đồng", "68", None),
        ("UBND tỉnh Yên Bái và UBND tỉnh Lào Cai", None, None),
        ("UBND tỉnh Yên Bái, sau đây gọi là tỉnh; UBND tỉnh Yên Bái giao", "15", "15"),
        ("thành phố Yên Bái", None, None),  # the city below the province
        ("huyện Yên Bình", None, None),
    ],
)
def test_the_only_province_of_a_text(words: str, named: str | None, governed: str | None) -> None:
    found = only_province_named(words, BEFORE)
    assert (found.province.code if found else None) == named
    found = only_province_governed(words, BEFORE)
    assert (found.province.code if found else None) == governed


def test_every_locality_lies_in_a_province_of_its_time() -> None:
    for row in entries("districts"):
        assert province(row["province_code"], BEFORE) is not None, row
    for row in entries("communes"):
        found = province(row["province_code"], AFTER)
        assert found is not None
        assert found.successor_code == found.code, row


def test_how_many_communes_the_merger_left() -> None:
    # Resolutions of June 2025: 2,621 communes, 687 wards, 13 special zones.
    kinds = [row["kind"] for row in entries("communes")]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "xã": 2621,
        "phường": 687,
        "đặc khu": 13,
    }
