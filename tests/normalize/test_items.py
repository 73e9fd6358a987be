"""A cell's list items: paragraphs, bullets inside a line, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.items import split_items
from normalize.lexicon import entries, several


def items(text: str) -> list[str]:
    return [text[start:end] for start, end in split_items(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("-", []),
        ("Kế hoạch", ["Kế hoạch"]),
        ("Kế hoạch\nBáo cáo", ["Kế hoạch", "Báo cáo"]),
        ("- Kế hoạch. - Báo cáo", ["Kế hoạch.", "Báo cáo"]),
        ("- Kế hoạch.- Báo cáo", ["Kế hoạch.", "Báo cáo"]),
        ("- Kế hoạch;- Báo cáo", ["Kế hoạch;", "Báo cáo"]),
        ("-Kế hoạch -Báo cáo", ["Kế hoạch", "Báo cáo"]),
        ("– Kế hoạch – Báo cáo", ["Kế hoạch", "Báo cáo"]),
        ("+ Kế hoạch + Báo cáo", ["Kế hoạch", "Báo cáo"]),
        ("• Kế hoạch • Báo cáo", ["Kế hoạch", "Báo cáo"]),
        ("* Kế hoạch * Báo cáo", ["Kế hoạch", "Báo cáo"]),
        ("- Kế hoạch\n- Báo cáo", ["Kế hoạch", "Báo cáo"]),
        ("- kế hoạch - báo cáo", ["kế hoạch", "báo cáo"]),
        ("Sản phẩm: - Kế hoạch; - Báo cáo", ["Kế hoạch;", "Báo cáo"]),
        ("1. Kế hoạch 2. Báo cáo 3. Tờ trình", ["Kế hoạch", "Báo cáo", "Tờ trình"]),
        ("a) Kế hoạch; b) Báo cáo", ["Kế hoạch;", "Báo cáo"]),
        # No bullet at the front: no list.
        ("Kế hoạch - Báo cáo", ["Kế hoạch - Báo cáo"]),
        ("Quý I - Quý IV/2021", ["Quý I - Quý IV/2021"]),
        # Two milestones, but one span.
        ("- Quý I/2021 - Quý IV/2021", ["Quý I/2021", "Quý IV/2021"]),
        ("- Quý I - IV/2021", ["Quý I - IV/2021"]),
        ("- 15/6/2021 - 15/12/2021", ["15/6/2021", "15/12/2021"]),
        ("- Năm 2021 - 2025 - Năm 2026", ["Năm 2021 - 2025", "Năm 2026"]),
        ("- Tháng 3 - 5/2021 - Tháng 12", ["Tháng 3 - 5/2021", "Tháng 12"]),
        # Names that hold a hyphen.
        ("- Báo cáo kinh tế - xã hội - Kế hoạch", ["Báo cáo kinh tế - xã hội", "Kế hoạch"]),
        (
            "- Sở Lao động - Thương binh và Xã hội - Sở Nội vụ",
            ["Sở Lao động - Thương binh và Xã hội", "Sở Nội vụ"],
        ),
        ("- Đài PT - TH tỉnh - Báo", ["Đài PT - TH tỉnh", "Báo"]),
        ("- Nghị định 43/2006/NĐ - CP - Báo cáo", ["Nghị định 43/2006/NĐ - CP", "Báo cáo"]),
        ("- Thị trường các-bon - Báo cáo", ["Thị trường các-bon", "Báo cáo"]),
        ("- Kế hoạch (2021 - Trung hạn) - Báo cáo", ["Kế hoạch (2021 - Trung hạn)", "Báo cáo"]),
        # A paragraph that the page cut goes on small.
        ("- Kế hoạch\nkiểm tra\n- Báo cáo", ["Kế hoạch\nkiểm tra", "Báo cáo"]),
        ("Kế hoạch.\nbáo cáo", ["Kế hoạch.", "báo cáo"]),
        # Figures are no list numbers.
        ("1.500", ["1.500"]),
        ("15/6 và 15/12", ["15/6 và 15/12"]),
        ("04 lớp", ["04 lớp"]),
    ],
)
def test_items(text: str, expected: list[str]) -> None:
    assert items(text) == expected


@pytest.mark.parametrize(
    "name", [name for row in entries("hyphenated") for name in several(row["examples"])]
)
def test_a_hyphenated_name_stays_whole(name: str) -> None:
    name = name[0].upper() + name[1:]  # behind a capital a small letter opens no item
    assert items(f"- {name} - Báo cáo") == [name, "Báo cáo"]
    assert items(f"- Kế hoạch - {name}") == ["Kế hoạch", name]


@given(
    st.lists(
        st.sampled_from(["Kế hoạch", "Báo cáo kết quả.", "Quyết định của UBND tỉnh;", "Tờ trình"]),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from("-–+•*"),
)
def test_bullets_in_one_line_are_bullets_in_lines(parts: list[str], bullet: str) -> None:
    inline = " ".join(f"{bullet} {part}" for part in parts)
    lines = "\n".join(f"{bullet} {part}" for part in parts)
    assert items(inline) == items(lines) == items("\n".join(parts)) == parts


@given(st.text("- +•\n.;:/()1aKế I", max_size=40))
def test_items_are_in_order_and_hold_no_blank_ends(text: str) -> None:
    end = 0
    for start, behind in split_items(text):
        assert end <= start < behind
        assert text[start:behind] == text[start:behind].strip()
        end = behind
