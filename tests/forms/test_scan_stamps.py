"""Seals, signatures and stamps over a scanned page's words: what goes and what stays."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from extract.readers.scan_stamps import without_stamps

RED, BLUE, VIOLET = (214, 40, 52), (40, 60, 190), (120, 40, 160)
SIZE = (1500, 1100)
Paint = Callable[[ImageDraw.ImageDraw], None]


def printed(size: tuple[int, int] = SIZE) -> Image.Image:
    """The end of a page: title and name of who signs, in black."""
    made = Image.new("RGB", size, "white")
    font = ImageFont.truetype("DejaVuSerif-Bold.ttf", 50)
    for words, top in (("PHÓ CHỦ TỊCH", 200), ("Lò Thị Mẫu", 600)):
        ImageDraw.Draw(made).text((700, top), words, font=font, fill=(15, 15, 15))
    return made


def over(page: Image.Image, paint: Paint) -> Image.Image:
    """The page with ink over it: what lies below shows through."""
    layer = Image.new("RGB", page.size, "white")
    paint(ImageDraw.Draw(layer))
    mixed = np.asarray(page, float) * np.asarray(layer, float) / 255
    return Image.fromarray(mixed.astype(np.uint8))


def seal(draw: ImageDraw.ImageDraw, colour: tuple[int, int, int] = RED) -> None:
    for radius, width in ((230, 9), (140, 5)):
        box = (750 - radius, 430 - radius, 750 + radius, 430 + radius)
        draw.ellipse(box, outline=colour, width=width)
    angles = [math.radians(36 * index - 90) for index in range(10)]
    draw.polygon(
        [
            (750 + (90 - 50 * (i % 2)) * math.cos(a), 430 + (90 - 50 * (i % 2)) * math.sin(a))
            for i, a in enumerate(angles)
        ],
        fill=colour,
    )


def pen(draw: ImageDraw.ImageDraw) -> None:
    steps = np.linspace(0, 1, 300)
    xs = 680 + 420 * steps + 40 * np.sin(32 * steps)
    ys = 480 + 170 * np.sin(25 * steps)
    draw.line(list(zip(xs, ys, strict=True)), fill=BLUE, width=7, joint="curve")


def received(draw: ImageDraw.ImageDraw) -> None:
    """The box of a stamp for letters that came in, laid over a printed line."""
    font = ImageFont.truetype("DejaVuSerif-Bold.ttf", 36)
    draw.rectangle((640, 180, 1060, 330), outline=RED, width=5)
    draw.text((660, 265), "ĐẾN  Số: 1523", font=font, fill=RED)


def differs(made: Any, wanted: Image.Image) -> float:
    """The share of the wanted ink that is missing, plus dark pixels that nobody printed."""
    own, other = np.asarray(made) < 128, np.asarray(wanted.convert("L")) < 128
    return float((own != other).sum() / other.sum())


@pytest.mark.parametrize(
    "paints",
    [[seal], [pen], [seal, pen], [received]],
    ids=["seal", "pen", "pen over seal", "stamp of arrival"],
)
def test_coloured_ink_over_print_goes(paints: list[Paint]) -> None:
    page = printed()
    for paint in paints:
        page = over(page, paint)
    assert differs(page.convert("L"), printed()) > 0.25
    assert differs(without_stamps(page)[0], printed()) < 0.06


@pytest.mark.parametrize("colour", [RED, BLUE, VIOLET, (0, 0, 120)])
def test_words_printed_in_colour_stay(colour: tuple[int, int, int]) -> None:
    def title(draw: ImageDraw.ImageDraw) -> None:
        font = ImageFont.truetype("DejaVuSerif-Bold.ttf", 56)
        draw.text((100, 800), "KẾ HOẠCH năm 2024", font=font, fill=colour)

    page = over(printed(), title)
    assert differs(without_stamps(page)[0], page) < 0.01


def test_a_table_ruled_in_colour_keeps_its_rules() -> None:
    def table(draw: ImageDraw.ImageDraw) -> None:
        for at in range(700, 1001, 100):
            draw.line((100, at, 1400, at), fill=BLUE, width=4)
        for at in range(100, 1401, 325):
            draw.line((at, 700, at, 1000), fill=BLUE, width=4)

    page = over(printed(), table)
    assert differs(without_stamps(page)[0], page) < 0.01


def test_a_seal_on_a_grey_page_goes_where_it_is_paler_than_print() -> None:
    whole = printed((2480, 2000))
    page = over(whole, seal).convert("L").filter(ImageFilter.GaussianBlur(0.8))
    assert differs(page, whole) > 0.25
    assert differs(without_stamps(page)[0], whole) < 0.12


@pytest.mark.parametrize("shape", ["rectangle", "ellipse"])
def test_shades_and_dark_rings_of_a_grey_page_stay(shape: str) -> None:
    def paint(draw: ImageDraw.ImageDraw) -> None:
        if shape == "rectangle":  # a shaded cell behind words
            draw.rectangle((680, 190, 980, 480), fill=(170, 170, 170))
        else:  # a ring as dark as the print: nothing tells it from words
            draw.ellipse((600, 300, 900, 590), outline=(20, 20, 20), width=8)

    page = over(printed((2480, 2000)), paint).convert("L")
    assert np.array_equal(np.asarray(without_stamps(page)[0]), np.asarray(page))
