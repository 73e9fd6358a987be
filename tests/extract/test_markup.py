"""Markup goes, words and their offsets stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.markup import clean
from normalize.text import tidy


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ('<ul style="list-style-type: none"> - Kế hoạch - Báo cáo ', "- Kế hoạch - Báo cáo"),
        ("<p>- Quyết định</p> <p>- Báo cáo</p>", "- Quyết định\n- Báo cáo"),
        ("<li>Kế hoạch<li>Báo cáo</ul>", "Kế hoạch\nBáo cáo"),  # never closed
        ("Sở Nội vụ<br/>Sở Tài chính", "Sở Nội vụ\nSở Tài chính"),
        ("<b>Sở</b> <i>Y tế</i>", "Sở Y tế"),
        ("th&ocirc;ng b&aacute;o &amp; b&aacute;o c&aacute;o", "thông báo & báo cáo"),
        ("k&ecirc;\u0301 hoạch", "kế hoạch"),  # an entity and a combining mark are one letter
        ("**Sở Nội vụ** *hinh*", "Sở Nội vụ"),
        ("(*) Ghi chú", "(*) Ghi chú"),  # a footnote mark is no emphasis
        ("tỷ lệ < 5% và > 3%", "tỷ lệ < 5% và > 3%"),  # no tags
        ("  nhiều   khoảng\ttrắng ", "nhiều khoảng trắng"),
        ("Quý I\n- Quý II", "Quý I\n- Quý II"),  # a line that begins an item
        ("Sở Thông tin\nvà Truyền thông", "Sở Thông tin và Truyền thông"),  # one that runs on
        ("A \\| B", "A | B"),
        ("<ul", ""),  # a page break went through the tag
        ('style="list-style-type: none">- Báo cáo', "- Báo cáo"),
    ],
)
def test_clean(cell: str, words: str) -> None:
    assert clean(cell, 0, len(cell)).text == words


@given(st.text(alphabet="ab <>p/&;-\n*|ồ", max_size=80))
def test_each_cleaned_word_leads_back_to_its_own_letters(cell: str) -> None:
    made = clean(cell, 0, len(cell))
    for start in range(len(made.text)):
        if made.text[start].isalpha():
            low, high = made.span(start, start + 1)
            assert cell[low:high] == made.text[start]


def test_a_part_of_a_fragment_keeps_its_place() -> None:
    cell = "x <p>Sở  Nội</p><p>vụ &amp; Sở Y tế</p>"
    made = clean(cell, 0, len(cell))
    at = made.text.index("Sở Y tế")
    part = made.cut(at - 1, len(made.text))
    assert part.text == "Sở Y tế"
    assert tidy(cell[slice(*part.span(0, len(part.text)))]) == "Sở Y tế"
