"""Searchable PDF files: an invisible text layer over the image of a page, good and bad ones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from as_print import chromium_pdf, needs_chromium, write_html
from PIL import Image, ImageDraw
from plain_plan import authored_blocks
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from test_pdf_letters import _FILE
from test_scan import assert_agrees, images_of
from test_scan_unruled import PLAN

from extract.readers.pdf_layer import SCALE, lies_on_ink
from extract.readers.pdf_words import PageWord, read_words
from normalize.text import fold
from pipeline import extract_file

WORDS = [
    PageWord(
        "hoạchnăm", 60.0 + 70 * column, 100.0 + 20 * row, 110.0 + 70 * column, 112.0 + 20 * row
    )
    for row in range(8)
    for column in range(5)
]


def inked(words: list[PageWord], grey: int = 30) -> Image.Image:
    """A page with letters, upright strokes, where the words are, and a table's rules around."""
    page = Image.new("L", (round(595 * SCALE), round(842 * SCALE)), 245)
    draw = ImageDraw.Draw(page)
    for word in words:
        for at in np.arange(word.x0, word.x1, 2.5):
            draw.rectangle(
                (at * SCALE, (word.top + 3) * SCALE, (at + 0.7) * SCALE, (word.bottom - 2) * SCALE),
                fill=grey,
            )
    draw.rectangle((50 * SCALE, 95 * SCALE, 420 * SCALE, 262 * SCALE), outline=grey, width=3)
    return page


def moved(dx: float, dy: float) -> list[PageWord]:
    return [
        PageWord(one.text, one.x0 + dx, one.top + dy, one.x1 + dx, one.bottom + dy) for one in WORDS
    ]


@pytest.mark.parametrize("grey", [30, 150], ids=["black", "pale"])
def test_a_layer_on_its_ink(grey: int) -> None:
    page = np.asarray(inked(WORDS, grey))
    assert lies_on_ink(page, WORDS)
    assert lies_on_ink(page, moved(2, 1))  # a program's box may be a little off
    for dx, dy in ((0, 10), (0, -9), (0, 300), (400, 0)):
        assert not lies_on_ink(page, moved(dx, dy))
    assert lies_on_ink(page, moved(0, 10)[:5])  # too few to tell


def layered(source: Path, path: Path, change: Callable[[str], str], after: int = 0) -> Path:
    """The pages as images, over each the words of the page that many pages on."""
    registerFont(TTFont("Layer", _FILE))
    document = pdfium.PdfDocument(source)
    layers = [read_words(page) for page in document]
    canvas = Canvas(str(path))
    for index, image in enumerate(images_of(source)):
        width, height = document[index].get_size()
        canvas.setPageSize((width, height))
        canvas.drawImage(ImageReader(image), 0, 0, width, height)
        text = canvas.beginText()
        text.setTextRenderMode(3)
        text.setFont("Layer", 10)
        for word in layers[(index + after) % len(layers)]:
            shown = change(word.text)
            text.setHorizScale(100 * (word.x1 - word.x0) / stringWidth(shown, "Layer", 10))
            text.setTextOrigin(word.x0, height - word.bottom + 2.5)
            text.textOut(shown + " ")
        canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    document.close()
    return path


@pytest.mark.slow
@needs_chromium
@pytest.mark.parametrize("rules", ["all", "none"])
@pytest.mark.parametrize(
    ("change", "after", "told"),
    [
        (str, 0, "dùng lớp chữ có sẵn"),
        (fold, 0, "nhận dạng lại từ ảnh"),
        (str, 1, "nhận dạng lại từ ảnh"),
    ],
    ids=["good", "without marks", "of another page"],
)
def test_a_searchable_pdf(
    rules: str, change: Callable[[str], str], after: int, told: str, tmp_path: Path
) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, encoding="utf-8")
    html = write_html(authored_blocks(path), tmp_path / "plan.html", rules=rules)
    pdf = chromium_pdf(html, tmp_path / "print.pdf")
    plan = extract_file(layered(pdf, tmp_path / "plan.pdf", change, after))
    assert_agrees(path, plan, 0.98, 1.0)
    found = [row.message for row in plan.findings if row.code == "page.text_layer"]
    assert len(found) == len(pdfium.PdfDocument(pdf))
    assert all(told in message for message in found)
