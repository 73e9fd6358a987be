"""What a recognizer misreads, mended by other words and by the count of rows."""

from __future__ import annotations

import msgspec
import pytest

from extract.readers.pages import print_pages
from extract.readers.pdf_words import PageWord, lines_of
from extract.readers.scan_heads import mended_heads
from extract.readers.scan_numbers import Numbering, expected
from extract.readers.scan_page import Cells, ScannedPage
from extract.readers.scan_repair import Witnesses, settled
from normalize.lexicon import entries, several
from normalize.spelling import is_syllable


def line(text: str, top: float = 0.0) -> list[PageWord]:
    """Words side by side, their confidence behind a colon where it is not that of a clear word:
    ``"hố:84 sơ"``."""
    made = []
    for at, one in enumerate(text.split()):
        word, _, sure = one.partition(":")
        made.append(PageWord(word, 40.0 * at, top, 40.0 * at + 35, top + 10, float(sure or "97")))
    return made


def read(*lines: str) -> str:
    """The first line, mended by what it and the other lines say."""
    runs = [line(text) for text in lines]
    return " ".join(word.text for word in Witnesses(runs).mended(runs[0]))


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("thực hiện tỉnh:91 giản biên chế", "thực hiện tinh giản biên chế"),
        ("nộp hố:84 sơ, nhận kết quả", "nộp hồ sơ, nhận kết quả"),
        ("TRIÊN:70 KHAI KẾ HOẠCH", "TRIỂN KHAI KẾ HOẠCH"),
        ("(lổng:82 ghép với kết quả)", "(lồng ghép với kết quả)"),
        ("Uy:87 ban nhân dân", "Ủy ban nhân dân"),
        ("CHÍ:93 SÔ:87 HÀI LÒNG", "CHỈ SỐ HÀI LÒNG"),  # neither bears witness for the other
    ],
)
def test_doubtful_words_by_the_lexicons(text: str, mended: str) -> None:
    assert read(text) == mended


@pytest.mark.parametrize(
    "text",
    [
        "Báo cáo của Số:96.4 Nội vụ",  # printed so: the slip is the author's
        "dự trừ:96.5 kinh phí",
        "cấp tỉnh:80 chủ trì",  # a neighbour bears it out
        "công:70 tác và cộng:70 tác",  # both are words
        "UBNĐ:60 TTHC:70",  # no syllables
        "ông Hồ:60 Sỹ",
        "KE:60 HOACH:70 NAM, TINH:80 GIAN BIEN CHE",  # written without marks
        "hết. Sơ:70 kết",  # no pair over a full stop: nothing speaks for another word
    ],
)
def test_what_stays_as_it_was_read(text: str) -> None:
    assert read(text) == " ".join(one.partition(":")[0] for one in text.split())


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("tố chức kiếm tra", "tổ chức kiểm tra"),
        ("Chuyến đối số", "Chuyển đổi số"),  # neither word bears the other out
        ("THẤM ĐỊNH văn bản", "THẨM ĐỊNH văn bản"),
        ("người tố cáo", "người tố cáo"),
        ("kế hoạch, kinh tế, thế giới", "kế hoạch, kinh tế, thế giới"),
        ("tối ưu hóa", "tối ưu hóa"),
    ],
)
def test_a_hook_that_was_surely_read_as_an_acute(text: str, mended: str) -> None:
    """In narrow print the recognizer takes one for the other at full confidence."""
    assert read(text) == mended


def test_doubtful_words_by_the_document_itself() -> None:
    seen = "đền thờ Vạn Lộc", "khu Vạn Lộc mới"
    assert read("xã Vạn Lốc:85 cũ", *seen) == "xã Vạn Lộc cũ"
    assert read("xã Vạn Lốc:85 cũ", seen[0]) == "xã Vạn Lốc cũ"  # once is no evidence
    assert read("xã Vạn Lốc:97 cũ", *seen) == "xã Vạn Lốc cũ"  # read clearly: another name


def test_a_mended_word_leads_back_to_what_was_recognized() -> None:
    words = [*line("Tổ chức bối:80 dưỡng công chức"), *line("và nộp hố:70 sơ đúng hạn.", 14)]
    page = ScannedPage(1, 595, 842, [], words)
    printed = print_pages(settled([page]), "scan")
    notes = [note for note in printed.notes if note.code == "ocr.word_repaired"]
    assert [(note.raw, note.value) for note in notes] == [("bối", "bồi"), ("hố", "hồ")]
    assert [printed.text[note.start : note.end] for note in notes] == ["bồi", "hồ"]


def test_words_with_and_without_a_foot_stand_in_one_line() -> None:
    words = [PageWord("liên", 0, 0, 30, 10, 96.0), PageWord("quan", 35, 4, 70, 14, 96.0)]
    assert [one.text for one in lines_of(words)] == ["liên quan"]


def column(*labels: str) -> Cells:
    """Cells one below the other; ``"C):72"`` is doubtful, more words are those of the row."""
    return {
        (0.0, 20.0 * at, 60.0, 20.0 * at + 18): line(text, 20.0 * at)
        for at, text in enumerate(labels)
    }


def numbers(cells: Cells) -> list[str]:
    return [words[0].text for words in cells.values()]


@pytest.mark.parametrize(
    ("read_as", "right"),
    [
        ("I 1 2 II 1", "I 1 2 II 1"),
        ("a) b) C) d)", "a) b) c) d)"),
        ("1.1 1.2 13 1.4", "1.1 1.2 1.3 1.4"),
        ("1.9 1.1O 1.11", "1.9 1.10 1.11"),
        ("1. 2, 3.", "1. 2. 3."),
        ("9 10 l1 12", "9 10 11 12"),
        ("1.4 21 2.2", "1.4 2.1 2.2"),
        ("20 21 22", "20 21 22"),
        ("I 1 2 11 1 2", "I 1 2 II 1 2"),
        ("3 4 11 1 2", "3 4 11 1 2"),  # nothing tells what it was
        ("4 8:60 6", "4 5 6"),  # doubtful, and its neighbours leave one number
        ("4 8 6", "4 8 6"),  # printed so
        ("5.2 5.3 5.5", "5.2 5.3 5.5"),  # a gap is the author's
        ("4.1 4.2 4.2", "4.1 4.2 4.2"),
        ("A B C", "A B C"),
        ("I 1 2 II I 2 3", "I 1 2 II 1 2 3"),
        ("1 2 I II", "1 2 I II"),
        ("10 11 12 1 2", "10 11 12 1 2"),
        ("01 02 O3", "01 02 03"),
        ("đ) e) g)", "đ) e) g)"),
    ],
)
def test_numbers_of_rows_count_on(read_as: str, right: str) -> None:
    made = Numbering().mended(column(*read_as.split()))
    assert numbers(made) == right.split()


def test_numbers_of_several_tasks_in_one_row() -> None:
    made = Numbering().mended(column("I", "1.3", "1.4 125:60", "II", "2.1"))
    assert [word.text for word in list(made.values())[2]] == ["1.4", "1.5"]


def test_numbers_before_the_words_of_a_task() -> None:
    made = Numbering().mended(column("1. Lập", "2. Rà soát", "3, Gửi", "4. Họp", "Riêng việc"))
    assert numbers(made) == ["1.", "2.", "3.", "4.", "Riêng"]
    plain = column("Lập 3 tổ", "2, 3 và 4", "Gửi", "Họp")
    assert Numbering().mended(plain) == plain


def test_the_count_goes_on_over_the_page() -> None:
    numbering = Numbering()
    numbering.mended(column("1.1", "1.2"))
    made = numbering.mended(column("13", "1.4"))
    assert numbers(made) == ["1.3", "1.4"]
    first = next(iter(made.values()))[0]
    assert first == msgspec.structs.replace(line("13")[0], text="1.3", read_as="13")


def heads(labels: str) -> list[PageWord]:
    """A page of heads, a label a line (an underscore is a blank), and one line to the margin."""
    made = [PageWord("x" * 20, 0, 2000, 600, 2010, 97.0)]
    for at, label in enumerate(labels.split()):
        made += line(f"{label.replace('_', ' ')} Nội dung", 20.0 * at)
    return made


@pytest.mark.parametrize(
    ("read_as", "right"),
    [
        # One stroke lost: the next number proves it.
        ("Phần_I Phần_II Phần_II Phần_IV", "Phần_I Phần_II Phần_III Phần_IV"),
        ("VI. VII. VII. IX.", "VI. VII. VIII. IX."),
        ("I. I. III.", "I. II. III."),
        # No numbers at all: the count alone.
        ("I. II. IH. IV.", "I. II. III. IV."),
        ("I. 1II. IV.", "I. III. IV."),  # the author's gap stays
        ("Điều_l. Điều_2.", "Điều_1. Điều_2."),
        ("Điều_9. Điều_1O. Điều_1l.", "Điều_9. Điều_10. Điều_11."),
        (
            "Chương_I Điều_1. Điều_2. Chương_1I Điều_3.",
            "Chương_I Điều_1. Điều_2. Chương_II Điều_3.",
        ),
        ("l. 2. 3.", "1. 2. 3."),
        ("l. 1. 2. II. 1.", "I. 1. 2. II. 1."),
        # Figures that are out of their own count.
        ("I. 1. 2. 11. 1. 2.", "I. 1. 2. II. 1. 2."),
        ("1. II. III.", "I. II. III."),
        # Letters that look like figures or lost a mark.
        ("đ) e) 8) h)", "đ) e) g) h)"),
        ("c) d) d) e)", "c) d) đ) e)"),
        ("7) 8) 9)", "7) 8) 9)"),
        ("a) b) 1) 2)", "a) b) 1) 2)"),
        # Nothing proves another number.
        ("I. II. II.", "I. II. II."),
        ("I. 1. II. II. 1.", "I. 1. II. II. 1."),
        ("HI.", "HI."),
        ("Điều_1. Điều_3. Điều_4.", "Điều_1. Điều_3. Điều_4."),
        ("9. 10. 11. 12.", "9. 10. 11. 12."),
        ("I. 9. 10. 11. 12.", "I. 9. 10. 11. 12."),
        ("A. I. II. B. I. II.", "A. I. II. B. I. II."),
        ("G. H. I.", "G. H. I."),
        ("k) l) m)", "k) l) m)"),
    ],
)
def test_numbers_of_heads_count_on(read_as: str, right: str) -> None:
    (made,) = mended_heads([heads(read_as)])
    assert [one.text for one in made] == [one.text for one in heads(right)]


def test_a_mended_head_is_told() -> None:
    pages = [ScannedPage(1, 595, 842, [], heads("Phần_I Phần_II")),
             ScannedPage(2, 595, 842, [], heads("Phần_II Phần_IV"))]  # fmt: skip
    notes = print_pages(settled(pages), "scan").notes
    assert [(one.code, one.raw, one.value) for one in notes] == [("ocr.word_repaired", "II", "III")]


def test_a_wrapped_line_is_no_head() -> None:
    words = [*line("I. Nội dung"), *line("x x x x x x x x đến tháng", 20), *line("11. Sau đó", 40)]
    assert [one.text for one in mended_heads([words])[0]] == [one.text for one in words]


def test_what_may_come_next() -> None:
    assert {"1.10", "2", "2.1", "1.9.1"} <= set(expected({"figures": "1.9"}))
    assert "IV" in expected({"roman": "III"})
    assert "đ" in expected({"letters": "d"})


def test_compounds_are_spelt_and_told_once() -> None:
    rows = entries("compounds")
    firsts = [row["first"] for row in rows]
    assert firsts == sorted(set(firsts))
    for row in rows:
        seconds = several(row["seconds"])
        assert seconds == tuple(sorted(set(seconds)))
        assert all(is_syllable(word) for word in (row["first"], *seconds)), row
