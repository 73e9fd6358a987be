"""What a PDF stores otherwise than it shows: old fonts, loose marks, hidden layers over scans."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from extract.readers import read, scan
from extract.readers.unreadable import missing_program

_FILE = "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf"
_INVISIBLE = 3


def font(name: str) -> str:
    """A font that the PDF calls by this name."""
    made = TTFont(name, _FILE)
    made.face.name = name.encode()
    pdfmetrics.registerFont(made)
    return name


def drawn(path: Path, *lines: tuple[str, str]) -> str:
    """The text that is read of a page with these lines (font, letters)."""
    canvas = Canvas(str(path))
    for number, (name, letters) in enumerate(lines):
        canvas.setFont(font(name), 12)
        canvas.drawString(72, 700 - 40 * number, letters)
    canvas.save()
    return read(path).text


@pytest.mark.parametrize(
    ("name", "letters", "words"),
    [
        (".VnTime", "Së Y tÕ chñ tr×", "Sở Y tế chủ trì"),
        (".VnTimeH", "së y tÕ chñ tr×", "SỞ Y TẾ CHỦ TRÌ"),
        ("VNI-Times", "Sôû Y teá chuû trì", "Sở Y tế chủ trì"),
    ],
)
def test_an_old_font_is_known_by_its_name(
    name: str, letters: str, words: str, tmp_path: Path
) -> None:
    """A line in Unicode beside it stays as it is."""
    text = drawn(tmp_path / "a.pdf", ("Times", "Kế hoạch của Sở Nội vụ"), (name, letters))
    assert [line for line in text.split("\n") if line] == ["Kế hoạch của Sở Nội vụ", words]


def test_marks_drawn_apart_join_their_letters(tmp_path: Path) -> None:
    text = drawn(
        tmp_path / "a.pdf", ("Times", "So\u031b\u0309 Y te\u0302\u0301 chu\u0309 tri\u0300")
    )
    assert text.strip() == "Sở Y tế chủ trì"


def test_a_hyphen_that_ends_a_line_belongs_to_the_symbol(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"))
    canvas.drawString(72, 700, "Can cu cac van ban sau day va Nghi dinh 43/2006/ND-")
    canvas.drawString(72, 686, "CP cua Chinh phu")
    canvas.save()
    assert "43/2006/ND-CP cua" in read(tmp_path / "a.pdf").text


def scanned(path: Path, layer: str) -> Path:
    """A page with a picture and an invisible text over it."""
    canvas = Canvas(str(path))
    canvas.drawImage(ImageReader(Image.new("RGB", (40, 40), "white")), 0, 0, 595, 842)
    text = canvas.beginText(72, 700)
    text.setFont(font("Times"), 12)
    text.setTextRenderMode(_INVISIBLE)
    text.textLine(layer)
    canvas.drawText(text)
    canvas.save()
    return path


def no_tesseract(*_: object) -> None:
    """Stands for reading a scan where Tesseract is not installed."""
    raise missing_program("Tesseract", "tesseract-ocr-vie")


def nameless(path: Path, *lines: str) -> Path:
    """A page whose file does not say which letters its font draws: the font's map is taken out."""
    canvas = Canvas(str(path), pageCompression=0)
    canvas.setFont(font("Times"), 12)
    for number, line in enumerate(lines):
        canvas.drawString(72, 700 - 20 * number, line)
    canvas.save()
    data = path.read_bytes()
    path.write_bytes(re.sub(rb"/ToUnicode \d+ 0 R", lambda found: b" " * len(found[0]), data))
    return path


LINES = ("Giao Sở Y tế chủ trì, phối hợp với các sở, ngành", "thực hiện trong Quý II/2023")


@pytest.mark.slow
def test_letters_that_the_file_does_not_name_are_read_from_the_page(tmp_path: Path) -> None:
    source = read(nameless(tmp_path / "a.pdf", *LINES))
    assert source.text.split("\n")[:2] == [" ".join(LINES), ""]
    assert [(note.code, note.detail) for note in source.notes] == [
        ("page.letters_unknown", "nhận dạng lại từ ảnh")
    ]


def test_letters_that_the_file_does_not_name_stand_as_unknown_where_nothing_can_recognize(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan, "read_scanned_page", no_tesseract)
    source = read(nameless(tmp_path / "a.pdf", "Sở Y tế", "Quý II/2023"))
    # Of the letters beyond ASCII a font without a map names none: ở, ế and ý.
    assert source.text.split() == ["S�", "Y", "t�", "Qu�", "II/2023"]
    (note,) = source.notes
    assert note.code == "page.letters_unknown"
    assert "sudo apt install tesseract-ocr-vie" in note.detail


def test_a_bullet_that_the_file_does_not_name_is_no_letter(tmp_path: Path) -> None:
    source = read(nameless(tmp_path / "a.pdf", "■ So Y te", "■ So Tai chinh"))
    assert source.text.split() == ["So", "Y", "te", "So", "Tai", "chinh"]
    assert not source.notes


GOOD = "Kế hoạch chuyển đổi số của Ủy ban nhân dân tỉnh giao Sở Y tế chủ trì"
POOR = "Kê hoqch chuycn dôi sô cua Uv ban nhin dàn tinh gìao Sd Y tê chii tri"


def test_a_good_hidden_layer_is_taken(tmp_path: Path) -> None:
    source = read(scanned(tmp_path / "a.pdf", GOOD))
    assert source.text.strip() == GOOD
    assert [(note.code, note.detail) for note in source.notes] == [
        ("page.text_layer", "dùng lớp chữ có sẵn")
    ]


def test_a_poor_hidden_layer_is_taken_where_nothing_can_recognize(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan, "read_scanned_page", no_tesseract)
    source = read(scanned(tmp_path / "a.pdf", POOR))
    assert source.text.strip() == POOR
    (note,) = source.notes
    assert note.code == "page.text_layer"
    assert "dù kém" in note.detail
    assert "sudo apt install tesseract-ocr-vie" in note.detail


@pytest.mark.parametrize(
    "words", ["PHÓ BÍ THƯ THƯỜNG TRỰC", "THỨ TRƯỞNG", "ĐẦU TƯ CÔNG", "TƯ TƯỞNG", "dự án đầu tư"]
)
def test_a_horn_that_reaches_beyond_its_letter_joins_no_words(words: str, tmp_path: Path) -> None:
    """Bold capitals of a font that lends its letters to one without them; no blank is stored."""
    pdfmetrics.registerFont(TTFont("Bold", _FILE.replace(".ttf", "-Bold.ttf")))
    canvas = Canvas(str(tmp_path / "a.pdf"))
    canvas.setFont("Bold", 13)
    at = 72.0
    for word in words.split():
        canvas.drawString(at, 700, word)
        at += canvas.stringWidth(word) + 0.25 * 13
    canvas.save()
    assert read(tmp_path / "a.pdf").text.strip() == words
