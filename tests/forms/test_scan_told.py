"""What ink taken away from a scanned page, and words that lay under it, tell the analyst."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from test_scan_stamps import BLUE, Paint, over, pen, printed, received, seal

from extract.printed import Printed
from extract.readers.pages import Page, PageLine, print_pages
from extract.readers.pdf_words import PageWord
from extract.readers.scan import read_image
from extract.readers.scan_page import ScannedPage
from extract.readers.scan_stamps import pens_on, without_stamps
from extract.source import Source
from normalize.findings import message, severity

NAME_BOX = (slice(600, 670), slice(700, 1050))


def told(source: Source) -> list[tuple[str, str, str | None]]:
    ink = ("page.stamp_removed", "ocr.under_ink")
    return [(note.code, note.raw, note.value) for note in source.notes if note.code in ink]


@pytest.mark.parametrize("paint", [seal, pen, received])
def test_where_ink_was_taken_away_is_known(paint: Paint) -> None:
    clean = printed()
    _, gone = without_stamps(over(clean, paint))
    painted = np.asarray(over(Image.new("RGB", clean.size, "white"), paint)).min(axis=2) < 200
    assert gone.shape == painted.shape
    assert (gone[painted] > 0).mean() > 0.8
    assert (gone[~painted] > 0).mean() < 0.01


def test_a_grey_seal_is_known_too() -> None:
    whole = printed((2480, 2000))
    page = over(whole, seal).convert("L").filter(ImageFilter.GaussianBlur(0.8))
    _, gone = without_stamps(page)
    assert gone[200:660, 520:980].any()
    assert not gone[1000:].any()


def test_words_in_colour_and_plain_pages_tell_nothing() -> None:
    def title(draw: ImageDraw.ImageDraw) -> None:
        font = ImageFont.truetype("DejaVuSerif-Bold.ttf", 56)
        draw.text((100, 800), "KẾ HOẠCH năm 2024", font=font, fill=BLUE)

    for page in (printed(), over(printed(), title), printed().convert("L")):
        assert without_stamps(page)[1] is None


def test_a_pen_as_dark_as_print_is_found_and_print_is_not() -> None:
    clean = np.asarray(printed().convert("L")) < 160
    assert not pens_on(clean).any()
    written = over(printed(), pen).convert("L").point(lambda value: 0 if value < 200 else 255)
    found = pens_on(np.asarray(written) < 160)
    assert found[NAME_BOX].sum() > 25
    table = Image.new("L", (1500, 1100), 255)
    draw = ImageDraw.Draw(table)
    for at in range(100, 1000, 100):
        draw.line((100, at, 1400, at), width=4)
        draw.line((100 + at, 100, 100 + at, 900), width=4)
    draw.rectangle((110, 110, 190, 890), fill=40)  # a dark head
    assert not pens_on(np.asarray(table) < 160).any()


def line(text: str, top: float) -> PageLine:
    return PageLine(text, (300.0, top, 420.0, top + 14), 96.0)


def test_a_page_and_its_covered_line_are_told_once() -> None:
    lines = (line("PHÓ CHỦ TỊCH", 300), line("Lò Thị Mẫu", 400))
    under = ((310.0, 401.0, 330.0, 412.0), (335.0, 401.0, 350.0, 412.0))
    made: Printed = print_pages([Page(7, 595, 842, lines, 0.0, True, under)], "scan")
    first, second = made.notes
    assert (first.code, first.value) == ("page.stamp_removed", "7")
    assert (second.code, second.raw) == ("ocr.under_ink", "Lò Thị Mẫu")
    assert made.text[second.start : second.end] == "Lò Thị Mẫu"
    assert (severity(first.code), severity(second.code)) == ("info", "warning")
    assert "Trang 7" in message(first)
    assert "Lò Thị Mẫu" in message(second)


def test_covered_words_of_cells_are_told() -> None:
    cells = {
        (50.0 + 100 * column, 100.0 + 30 * row, 150.0 + 100 * column, 130.0 + 30 * row): [
            PageWord(
                f"ô{row}{column}",
                60.0 + 100 * column,
                105.0 + 30 * row,
                80.0 + 100 * column,
                117.0 + 30 * row,
                96.0,
            )
        ]
        for row in range(3)
        for column in range(4)
    }
    page = ScannedPage(1, 595, 842, [cells], [], covered=((160.0, 135.0, 180.0, 147.0),))
    made = print_pages([page.page()], "scan")
    assert [(note.code, note.raw) for note in made.notes] == [("ocr.under_ink", "ô11")]


@pytest.mark.slow
@pytest.mark.parametrize("turn", [0, 90], ids=["upright", "on its side"])
def test_the_name_below_a_pen_is_told(turn: int) -> None:
    page = over(printed((2480, 3508)), pen).rotate(turn, expand=True)
    data = io.BytesIO()
    page.save(data, "PNG", dpi=(300, 300))
    found = told(read_image(data.getvalue(), "a", ""))
    assert found[0] == ("page.stamp_removed", "", "1")
    assert [code for code, _, _ in found[1:]] == ["ocr.under_ink"] * (len(found) - 1)
    assert any("Mẫu" in raw for _, raw, _ in found[1:])
    assert not any("CHỦ" in raw for _, raw, _ in found[1:])
