"""Syllables, misplaced tone marks and their repair, and when underthesea is loaded."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.spelling import is_syllable, misspelt, repair

ROOT = Path(__file__).resolve().parents[2]
GOOD = """
hòa hoà thúy thuý Ủy Uỷ khỏe khoẻ quý quốc quyết quyền quả quận giếng gì gìn già giữa giới nghĩa
nghiệp Nguyễn khuỷu khuya thuở thuế huệ xuất tuần chuyển hoạch hoặc ngoài loại xoay ngoèo boong
rượu bưởi gửi cứu được đường lưng nước yếu yên ý tỷ kỹ mỹ lịch bệnh kẻng séc tiếng Việt HÒA QUÝ
khuếch nhuộm muốn ướt ấp ôm ăn Đắc Gái ghế kế cà ngàn nghèo phở pin
""".split()
BAD = "qúy tòan đựơc qủa gìa hóăc hoạch̀ QÚY TÒAN Qủan hòan khỏan ngừơi thưỡng̀".split()
LEFT_ALONE = """
NĐ QĐ HĐND UBND ĐBQH GDĐT VBQPPL TTg Đăk Lăk Krông Festival website marketing ISO café
đươc viêt mét gam
""".split()


@pytest.mark.parametrize("word", GOOD)
def test_syllable(word: str) -> None:
    assert is_syllable(word)
    assert is_syllable(word.upper())
    assert not misspelt(word)


@pytest.mark.parametrize(
    "word", ["cế", "kà", "ngề", "quấu", "gia̋", "hoach", "viet", "", "bcd", "àb"]
)
def test_no_syllable(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize("word", BAD)
def test_misspelt(word: str) -> None:
    word = unicodedata.normalize("NFC", word)
    text = f"Kế hoạch {word} 2021"
    assert misspelt(text) == ((9, 9 + len(word)),)


@pytest.mark.parametrize("word", LEFT_ALONE)
def test_abbreviations_and_foreign_words_are_left_alone(word: str) -> None:
    assert not misspelt(f"theo {word}, năm 2021")


@pytest.mark.parametrize(
    ("text", "expected", "changes"),
    [
        ("Báo cáo qúy I", "Báo cáo quý I", [(8, 11, "quý")]),
        ("BÁO CÁO QÚY I", "BÁO CÁO QUÝ I", [(8, 11, "QUÝ")]),
        ("tòan tỉnh đựơc", "toàn tỉnh được", [(0, 4, "toàn"), (10, 14, "được")]),
        ("39-NQ/TW\tqủa", "39-NQ/TW\tquả", [(9, 12, "quả")]),
        ("hoà bình, hòa bình", "hoà bình, hòa bình", []),
    ],
)
def test_repair(text: str, expected: str, changes: list[tuple[int, int, str]]) -> None:
    assert repair(text) == (expected, changes)


@settings(deadline=None)  # the first repair loads underthesea
@given(st.lists(st.sampled_from([*GOOD, *BAD, *LEFT_ALONE, "-", "2021", "\n"]), max_size=8))
def test_repair_is_idempotent_and_changes_only_misspelt_runs(parts: list[str]) -> None:
    text = unicodedata.normalize("NFC", " ".join(parts))
    repaired, changes = repair(text)
    assert repair(repaired) == (repaired, [])
    assert {(start, end) for start, end, _ in changes} <= set(misspelt(text))
    assert len(repaired) == len(text)


def test_clean_text_loads_nothing_heavy() -> None:
    code = (
        "import sys; from normalize.spelling import repair;"
        "repair('Kế hoạch của Ủy ban nhân dân tỉnh theo QĐ-UBND, hoà bình');"
        "sys.exit('underthesea' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
