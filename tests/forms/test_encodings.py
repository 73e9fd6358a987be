"""Texts in encodings from before Unicode: told apart, turned, and never where a text is fine."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from as_old_letters import TO_TCVN3, TO_VNI, to_cp1258, to_tcvn3, to_vni, windows
from form_inputs import by_plan_slowly
from hypothesis import given
from hypothesis import strategies as st
from plain_plan import Tables, form_differences, form_tables

from extract.readers import InputError, read
from extract.readers.encodings import CP1258, LATIN, TCVN3, VNI, font_encoding, from_font, from_text
from extract.readers.old_letters import tcvn3, vni
from pipeline import extract_file

TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
SMALL = [unicodedata.normalize("NFC", v + t) for v in "aăâeêioôơuưy" for t in TONES] + ["đ"]
TOLD = frozenset({"text.encoding_converted"})


def test_the_tables_hold_every_letter() -> None:
    marked = [letter for letter in SMALL if not letter.isascii()]
    assert len(marked) == 67
    assert {tcvn3()[TO_TCVN3[letter]] for letter in marked} == set(marked)
    both = marked + [letter.upper() for letter in marked]
    assert {vni()[TO_VNI[letter]] for letter in both} == set(both)
    assert set("ĂÂÊÔƠƯĐ") <= set(TO_TCVN3)


@pytest.mark.parametrize(
    ("written", "text", "encoding"),
    [
        ("KÕ ho¹ch c¶i c¸ch hµnh chÝnh", "Kế hoạch cải cách hành chính", TCVN3),
        ("Keá hoaïch caûi caùch haønh chính", "Kế hoạch cải cách hành chính", VNI),
        ("UÛY BAN NHAÂN DAÂN TÆNH ÑOÀNG NAI", "ỦY BAN NHÂN DÂN TỈNH ĐỒNG NAI", VNI),
        ("ñöôïc, höôùng, nguyeãn, kyõ, kyø", "được, hướng, nguyễn, kỹ, kỳ", VNI),
        ("Káº¿ hoáº¡ch cáº£i cÃ¡ch hÃ nh chÃ\xadnh", "Kế hoạch cải cách hành chính", LATIN),
        # Capitals with a tone are small letters in TCVN3; the letters beside them tell.
        ("céng hßa x· héi chñ nghÜa viÖt nam", "cộng hòa xã hội chủ nghĩa việt nam", TCVN3),
        # A name has no capital for its toned vowel, either; other words keep the small letter.
        ("NguyÔn V¨n ót\nLª ¸nh TuyÕt", "Nguyễn Văn Út\nLê Ánh Tuyết", TCVN3),
        ("Së Y tÕ ý kiÕn\nViÖc cña c¸c ngµnh", "Sở Y tế ý kiến\nViệc của các ngành", TCVN3),
        ("CéNG HßA X· HéI CHñ NGHÜA VIÖT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", TCVN3),
    ],
)
def test_what_a_text_is_written_in(written: str, text: str, encoding: str) -> None:
    assert from_text(written) == (text, encoding)


@pytest.mark.parametrize(
    "text",
    [
        "Kế hoạch cải cách hành chính nhà nước năm 2021",
        "Tòa án, là, và, có thể; hà, bà, cá, ý",  # Vietnamese with Latin-1 letters only
        "A plan in English, with a café and a naïve façade, São Paulo, señor",
        "Le préfet a été informé à l'été : où sont les élèves ? Très bientôt, à bientôt.",
        "Die Straße führt über Köln, für Häuser; größer, schöner",
        "≥ 98 % • § 5 · 20 °C ± 1 © ® « »",
        "Plan",
        "",
        "Sở Nội vụ © 2021 · Bản quyền «Công báo» ¹ ² ³",
        "Đề án ½ thời gian, µm, ¶",
    ],
)
def test_a_good_text_is_left_alone(text: str) -> None:
    assert from_text(text) is None


@given(st.text(alphabet="".join(SMALL) + " BCĐGHKLMNPQRSTVX bcdghklmnpqrstvx.,;-/0123456789\n"))
def test_no_text_with_vietnamese_letters_is_taken_for_bytes(text: str) -> None:
    assert from_text(text + " được các sở, ban, ngành triển khai") is None


def test_single_lines_of_another_encoding() -> None:
    mixed = "Kế hoạch năm 2009\nSë Néi vô chñ tr× thùc hiÖn\nSở Tài chính phối hợp\n"
    assert from_text(mixed) == (
        "Kế hoạch năm 2009\nSở Nội vụ chủ trì thực hiện\nSở Tài chính phối hợp\n",
        TCVN3,
    )


def test_single_cells_of_another_encoding() -> None:
    mixed = (
        "TT\tNhiệm vụ\tChủ trì\tThời gian\n"
        "1\tLập danh mục hồ sơ\tSë Néi vô\tQuý I/2009\n"
        "2\tMë líp tËp huÊn\tSở Tư pháp\tTh¸ng 3\n"
    )
    assert from_text(mixed) == (
        "TT\tNhiệm vụ\tChủ trì\tThời gian\n"
        "1\tLập danh mục hồ sơ\tSở Nội vụ\tQuý I/2009\n"
        "2\tMở lớp tập huấn\tSở Tư pháp\tTháng 3\n",
        TCVN3,
    )


@pytest.mark.parametrize(
    ("font", "encoding"),
    [
        (".VnTime", TCVN3),
        (".VnTimeH", TCVN3),
        (".vnarial", TCVN3),
        ("VNI-Times", VNI),
        ("VNI-Helve", VNI),
        ("Times New Roman", None),
        ("Arial", None),
        ("Vni", None),
    ],
)
def test_fonts_tell_the_encoding(font: str, encoding: str | None) -> None:
    assert font_encoding(font) == encoding


def test_what_a_font_shows() -> None:
    assert from_font(".VnTime", "Së Néi vô") == "Sở Nội vụ"
    assert from_font(".VnTimeH", "kÕ ho¹ch") == "KẾ HOẠCH"
    assert from_font("VNI-Times", "Sôû Noäi vuï") == "Sở Nội vụ"
    assert from_font(".VnTime", "Sở Nội vụ") == "Sở Nội vụ"  # typed in Unicode after all
    assert from_font("Times New Roman", "Së Néi vô") == "Së Néi vô"


def without_case(tables: Tables) -> Tables:
    """TCVN3 knows no capital letter with a tone: words are compared in small letters."""

    def small(value: object) -> object:
        if isinstance(value, str):
            return value.lower().replace("ủy", "uỷ")
        return [small(one) for one in value] if isinstance(value, list) else value

    return {
        name: [{key: small(value) for key, value in row.items()} for row in rows]
        for name, rows in tables.items()
    }


# Signs that a page of 256 characters lacks become question marks; plans use few of them.
_ALSO = {"≥": "tối thiểu", "•": "-", "…": "...", "→": "-"}
FORMS: dict[str, tuple[Callable[[str], bytes], str]] = {
    "TCVN3 as bytes": (lambda text: windows(to_tcvn3(text)), TCVN3),
    "TCVN3 saved as UTF-8": (lambda text: to_tcvn3(text).encode(), TCVN3),
    "VNI as bytes": (lambda text: windows(to_vni(text)), VNI),
    "VNI saved as UTF-8": (lambda text: to_vni(text).encode(), VNI),
    "Windows-1258": (to_cp1258, CP1258),
    "UTF-8 read as Latin-1": (lambda text: text.encode().decode("latin-1").encode(), LATIN),
    "UTF-8 read as Latin-1 twice": (
        lambda text: text.encode().decode("latin-1").encode().decode("latin-1").encode(),
        LATIN,
    ),
}


@by_plan_slowly
@pytest.mark.parametrize("form", FORMS)
def test_a_plan_in_an_old_encoding(path: Path, form: str, tmp_path: Path) -> None:
    write, encoding = FORMS[form]
    plain = read(path).view
    for sign, other in _ALSO.items():
        plain = plain.replace(sign, other)
    unicode = tmp_path / "a" / path.name
    unicode.parent.mkdir()
    unicode.write_text(plain, encoding="utf-8")
    old = tmp_path / path.name
    old.write_bytes(write(plain))
    plan = extract_file(old)
    told = [row for row in plan.findings if row.code == "text.encoding_converted"]
    assert [row.value for row in told] == [encoding]
    expected = form_tables(extract_file(unicode))
    found = form_tables(plan, without_codes=TOLD)
    if encoding == TCVN3:
        expected, found = without_case(expected), without_case(found)
    assert form_differences(expected, found) == []
    text = read(old).text
    for body in plan.assignments:
        words, raw = text[body.at.char_start : body.at.char_end].split(), body.raw.split()
        assert (words[0], words[-1]) == (raw[0], raw[-1])


def test_a_broken_byte_is_no_other_encoding(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes("Kế hoạch cải cách hành chính".encode() + b"\xff" + "nhà nước".encode())
    with pytest.raises(InputError, match="byte hỏng ở vị trí 37"):
        read(path)
