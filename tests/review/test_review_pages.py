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
    (page,) = page_images(path, {1})
    assert (page.number, page.width, page.height) == (1, 100.0, 200.0)
    shown = Image.open(io.BytesIO(base64.b64decode(page.picture.partition(",")[2]))).convert("L")
    assert shown.height == 2 * shown.width
    middle = shown.width // 2
    foot = shown.getpixel((middle, shown.height - 5))
    head = shown.getpixel((middle, 5))
    assert isinstance(foot, int)
    assert isinstance(head, int)
    assert foot < 60 < 200 < head
