"""Pictures of the pages of paged inputs (PDF, scans), for the review page."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

DPI = 110
"""Print of ten points is legible at this, and a page takes about 60 kB."""

_GREYS = 8
_STEPS = [round(round(value * (_GREYS - 1) / 255) * 255 / (_GREYS - 1)) for value in range(256)]
_PAGE_WIDTH = 8.27
"""Inches of an A4 page, for images that do not tell their resolution (as the reader takes it)."""
_SCANNED, _LARGEST = 150, 13.0
"""Dots an inch that a camera writes into any image, and inches of the widest page (as read)."""
_MOST_SIDE = 20_000


class PageImage(NamedTuple):
    """One page: number from 1, size in points, and its picture as a data address."""

    number: int
    width: float
    height: float
    picture: str


def page_images(path: Path, wanted: Mapping[int, float]) -> list[PageImage]:
    """The pages of that number as pictures; pages that cannot be drawn are left out.

    Each is turned to the left by its degrees in ``wanted``, as its reader turned it. Grey, as the
    readers see them; a scan of several frames counts each as a page. No error is
    raised for a file that has no pages or is gone: the page then shows the text alone.
    """
    if not wanted:
        return []
    try:
        with path.open("rb") as file:
            is_pdf = b"%PDF-" in file.read(1024)
        return list(_of_pdf(path, wanted) if is_pdf else _of_image(path, wanted))
    except (OSError, ValueError, SyntaxError, RuntimeError, ImportError):
        return []  # RuntimeError: pdfium's own error is one


def _of_pdf(path: Path, wanted: Mapping[int, float]) -> Iterator[PageImage]:
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(path)
    try:
        for number in sorted(wanted):
            if not 1 <= number <= len(document):
                continue
            try:
                page = document[number - 1]
                width, height = page.get_size()
                scale = min(DPI / 72, _MOST_SIDE / max(width, height, 1))
                drawn = page.render(scale=scale, grayscale=True).to_pil().convert("L")
            except pdfium.PdfiumError:
                continue
            page.close()
            yield _turned(number, width, height, drawn, wanted[number])
    finally:
        document.close()


def _of_image(path: Path, wanted: Mapping[int, float]) -> Iterator[PageImage]:
    from PIL import Image, ImageOps

    with Image.open(path) as file:
        for number in sorted(wanted):
            try:
                file.seek(number - 1)
                told = file.info.get("dpi")
                page = ImageOps.exif_transpose(file)  # a camera's note how it was held, as read
            except (EOFError, OSError, SyntaxError, ValueError, TypeError, KeyError):
                continue  # a damaged frame among good ones
            dpi = float(told[0]) if told and told[0] and 60 <= float(told[0]) <= 1300 else None
            if dpi is None or (dpi < _SCANNED and min(page.size) / dpi > _LARGEST):
                dpi = min(page.size) / _PAGE_WIDTH
            width, height = (side * 72 / dpi for side in page.size)
            drawn = _grey(page).resize(
                (round(page.width * DPI / dpi), round(page.height * DPI / dpi))
            )
            yield _turned(number, width, height, drawn, wanted[number])


def _turned(number: int, width: float, height: float, drawn: Any, degrees: float) -> PageImage:
    """The page turned to the left: askew around its middle first, then by quarters."""
    quarters = round(degrees / 90)
    if degrees != 90 * quarters:
        from PIL import Image

        askew = degrees - 90 * quarters
        drawn = drawn.rotate(askew, Image.Resampling.BICUBIC, fillcolor=255)
    if quarters % 4:
        drawn = drawn.rotate(90 * (quarters % 4), expand=True)
    if quarters % 2:
        width, height = height, width
    return PageImage(number, width, height, _picture(drawn))


def _grey(file: Any) -> Any:
    """Grey values on white paper; sixteen bits become eight."""
    from PIL import Image

    if file.mode in ("I;16", "I", "F"):
        return file.point(lambda value: value / 256).convert("L")
    if file.mode in ("RGBA", "LA", "PA") or "transparency" in file.info:
        clear = file.convert("RGBA")
        paper = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(paper, clear).convert("L")
    return file.convert("L")


def _picture(image: Any) -> str:
    """The picture in eight greys as PNG, or as JPEG where that is smaller (photographed paper)."""
    sharp, soft = io.BytesIO(), io.BytesIO()
    image.point(_STEPS).save(sharp, "PNG")
    image.save(soft, "JPEG", quality=45)
    kind, data = min(("png", sharp.getvalue()), ("jpeg", soft.getvalue()), key=lambda p: len(p[1]))
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"
