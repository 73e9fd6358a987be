"""Pictures of pages: what their boxes are laid over."""

from __future__ import annotations

import base64
import io
from pathlib import Path

from PIL import Image

from publish.review_pages import page_images

_ORIENTATION = 0x0112
_HELD_ON_ITS_RIGHT = 6


def test_a_photograph_is_shown_as_it_was_held(tmp_path: Path) -> None:
    """The camera stores a page of 100 x 200 points lying; a mark at its foot tells the way up."""
    stands = Image.new("L", (100, 200), "white")
    stands.paste(0, (0, 180, 100, 200))
    noted = Image.Exif()
    noted[_ORIENTATION] = _HELD_ON_ITS_RIGHT
    path = tmp_path / "a.jpg"
    stands.rotate(90, expand=True).save(path, exif=noted, dpi=(72, 72))
    (page,) = page_images(path, {1: 0.0})
    assert (page.number, page.width, page.height) == (1, 100.0, 200.0)
    shown = Image.open(io.BytesIO(base64.b64decode(page.picture.partition(",")[2]))).convert("L")
    assert shown.height == 2 * shown.width
    middle = shown.width // 2
    foot = shown.getpixel((middle, shown.height - 5))
    head = shown.getpixel((middle, 5))
    assert isinstance(foot, int)
    assert isinstance(head, int)
    assert foot < 60 < 200 < head


def test_a_page_is_shown_as_its_reader_turned_it(tmp_path: Path) -> None:
    """A page of 100 x 200 points, its foot dark, stored lying on its side and a degree askew."""
    stands = Image.new("L", (100, 200), "white")
    stands.paste(0, (0, 180, 100, 200))
    path = tmp_path / "a.tif"
    stands.rotate(90, expand=True).save(path, dpi=(72, 72))
    (page,) = page_images(path, {1: 271.0})
    assert (page.width, page.height) == (100.0, 200.0)
    shown = Image.open(io.BytesIO(base64.b64decode(page.picture.partition(",")[2]))).convert("L")
    assert shown.height == 2 * shown.width
    greys = [shown.getpixel((shown.width // 2, y)) for y in (5, shown.height - 8)]
    assert greys[0] == 255
    assert isinstance(greys[1], int)
    assert greys[1] < 60
