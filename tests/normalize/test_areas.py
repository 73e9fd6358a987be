"""Reform areas: many wordings, seven codes, null for an area outside them."""

from __future__ import annotations

import pytest

from normalize.areas import area_code, mended_area
from normalize.lexicon import entries, several


@pytest.mark.parametrize("row", entries("areas"), ids=lambda row: row["code"] or "none")
def test_each_example_is_its_own_area(row: dict[str, str]) -> None:
    for words in several(row["examples"]):
        assert area_code(words) == (row["code"] or None), words
        assert area_code(f"II. {words.upper()}") == (row["code"] or None)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Cải cách thể chế", "institutions"),
        ("Công tác chỉ đạo, điều hành CCHC", "leadership"),
        # The first area counts: the others are what it is about.
        ("Chỉ đạo, điều hành cải cách thủ tục hành chính", "leadership"),
        ("Ứng dụng công nghệ thông tin trong giải quyết TTHC", "e_government"),
        ("Cải cách tổ chức bộ máy hành chính nhà nước", "organization"),
        ("Phát triển chính quyền số, kinh tế số, xã hội số", "e_government"),
        ("Hiện đại hoá nền hành chính nhà nước", "e_government"),
        ("Nhóm nhiệm vụ về thị trường các-bon", None),
        ("Nâng cao nhận thức, tăng cường năng lực", None),
        ("Kiện toàn Ban Chỉ đạo cấp tỉnh", None),
        ("Cải cách hành chính", None),
        ("", None),
        # Words that name an area only where they are all of it.
        ("Hiện đại hóa", "e_government"),
        ("Xây dựng đội ngũ", "civil_service"),
        ("Hiện đại hóa nông nghiệp", None),
    ],
)
def test_area(words: str, code: str | None) -> None:
    assert area_code(words) == code


@pytest.mark.parametrize(
    ("words", "code", "printed"),
    [
        ("Tố chức bộ máy", "organization", "Tố chức bộ máy"),
        ("II. Cải cách thủ tuc hành chính", "procedures", "thủ tuc hành chính"),
        ("1. Chi đạo, điều hành CCHC", "leadership", "Chi đạo, điều hành"),
    ],
)
def test_an_area_with_a_slip(words: str, code: str, printed: str) -> None:
    found = mended_area(words)
    assert found is not None
    assert (found.code, words[found.start : found.end]) == (code, printed)


@pytest.mark.parametrize("words", ["Nâng cao nhận thức", "Công cụ", "Hiện đại hóa nông nghiệp"])
def test_no_area_is_guessed_from_letters_alone(words: str) -> None:
    assert mended_area(words) is None
