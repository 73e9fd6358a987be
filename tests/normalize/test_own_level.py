"""Names without a level in the plans of districts and communes."""

from __future__ import annotations

import pytest

from normalize.agencies import read_bodies
from normalize.agency_own_level import bodies_at_level, level_word


@pytest.mark.parametrize(
    ("issuer", "word"),
    [
        ("UBND huyện Đức Cơ", "huyện"),
        ("UBND quận Hải Châu", "quận"),
        ("UBND thị xã An Khê", "thị xã"),
        ("UBND xã Ia Dom", "xã"),
        ("UBND thị trấn Chư Ty", "thị trấn"),
        ("UBND tỉnh", None),
        ("UBND thành phố Pleiku", "thành phố"),
        ("UBND thành phố Cà Mau", "thành phố"),  # the province has its name, and is no city
        ("UBND thành phố Hà Nội", None),  # a city under the centre
        ("UBND thành phố Hồ Chí Minh", None),
        ("Trường Đại học Mẫu", "trường"),
        ("Bệnh viện Đa khoa huyện Yên Thành", "bệnh viện"),
        ("Công ty Cổ phần Mẫu", "công ty"),
        ("Huyện ủy Tam Nông", "huyện"),
        ("Quận ủy Hải Châu", "quận"),
        ("Thị ủy An Khê", "thị xã"),
        ("Tỉnh ủy Gia Lai", None),
        ("Sở Nội vụ", None),
        ("Bộ Nội vụ", None),
        (None, None),
    ],
)
def test_level_of_the_issuer(issuer: str | None, word: str | None) -> None:
    assert level_word(issuer) == word


@pytest.mark.parametrize(
    ("name", "word", "agency", "registered"),
    [
        ("Công an", "huyện", "Công an huyện", True),
        ("Công an", "quận", "Công an quận", True),
        ("Công an", "xã", "Công an xã", True),
        ("Đoàn Thanh niên", "huyện", "Huyện đoàn", True),
        ("Đoàn TNCS Hồ Chí Minh", "xã", "Đoàn Thanh niên xã", True),
        ("Văn phòng HĐND và UBND", "xã", "Văn phòng HĐND và UBND xã", True),
        ("Hội LHPN", "xã", "Hội Liên hiệp Phụ nữ xã", False),
        ("Kho bạc NN", "huyện", "Kho bạc Nhà nước huyện", False),
        ("Các ban, ngành", "huyện", "Phòng, ban", True),
        ("Các sở, ban, ngành", "huyện", "Sở, ban, ngành tỉnh", True),
        ("Công an", "thành phố", "Công an thành phố", True),
        ("VP HĐND và UBND", "thành phố", "Văn phòng HĐND và UBND thành phố", False),
        ("Công an tỉnh", "thành phố", "Công an tỉnh", True),
        ("Sở Nội vụ", "thành phố", "Sở Nội vụ", True),
        ("Các ban, ngành", "thành phố", "Phòng, ban", True),
        ("Các ban", "công ty", "Phòng, ban", True),
        ("Các ban, ngành tỉnh", "xã", "Sở, ban, ngành tỉnh", True),
        # what says its level, or stands at one only, stays
        ("Công an tỉnh", "huyện", "Công an tỉnh", True),
        ("Sở Nội vụ", "huyện", "Sở Nội vụ", True),
        ("Trường Chính trị", "huyện", "Trường Chính trị tỉnh", True),
        ("Công an", None, "Công an tỉnh", True),
        # organisations within a school, a hospital, an enterprise
        ("Đoàn TN", "trường", "Đoàn Thanh niên trường", False),
        ("Hội CCB", "công ty", "Hội Cựu chiến binh công ty", False),
        ("Hội Chữ thập đỏ", "bệnh viện", "Hội Chữ thập đỏ bệnh viện", False),
        ("Hội Cựu chiến binh tỉnh", "trường", "Hội Cựu chiến binh tỉnh", True),
        ("Công an", "trường", "Công an tỉnh", True),
    ],
)
def test_body_of_the_plan_s_own_level(
    name: str, word: str | None, agency: str, registered: bool
) -> None:
    bodies, notes = bodies_at_level(*read_bodies(name, None), word, None)
    assert [(one.agency, one.registered, one.raw) for one in bodies] == [(agency, registered, name)]
    assert [note.code for note in notes] == ([] if registered else ["agency.unregistered"])
