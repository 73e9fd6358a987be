"""Scanned pages and images (PNG, JPEG, TIFF) into a text with tables and pages.

A page is set straight, its ruled cells are found, each cell is read by itself, and what stands
around the tables is read as running text.
"""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator, Sequence
from typing import Any

from extract.printed import BBox
from extract.readers.pages import print_pages
from extract.readers.pdf_words import PageWord
from extract.readers.ruled import Rule
from extract.readers.scan_page import ScannedPage, is_ruled_table
from extract.readers.scan_repair import settled
from extract.readers.scan_unruled import loose_tables
from extract.readers.tiff_frames import whole_chain
from extract.readers.unreadable import UnreadableError, missing_extra
from extract.source import Source, printed_source
from normalize.findings import Note

_POINT = 72 / 300
_MOST_PIXELS = 120_000_000
_MOST_SIDE = 18_000
_PAGE_WIDTH = 8.27
"""Inches of an A4 page, for images that do not tell their resolution."""
_TOUCHED = 25
"""Pixels of a pen's or a seal's ink inside a word's box that may have changed the word."""
_BROKEN_OFF = "tệp bị cắt cụt từ trang này trở đi"
_SCANNED, _LARGEST = 150, 13.0
"""Cameras and programs write 72 dpi into any image: below the first of these, a page wider than so

many inches (A3 has 11.7) is none.
"""


def read_image(data: bytes, name: str, sha256: str) -> Source:
    """The source of an image file, a page a frame; raises UnreadableError for a bad one.

    A damaged frame is told and costs nothing but itself.
    """
    notes: list[Note] = []
    printed = print_pages(settled(_pages(data, notes)), "scan")
    if not printed.text.strip():
        if notes:
            raise UnreadableError(f"ảnh bị hỏng ({notes[0].detail})", "Quét hoặc lưu lại ảnh")
        raise UnreadableError("không nhận dạng được chữ nào trong ảnh", "Quét lại rõ hơn, 300 dpi")
    return printed_source(printed, name=name, sha256=sha256, format="scan", notes=notes)


def _pages(data: bytes, notes: list[Note]) -> Iterator[ScannedPage]:
    try:
        import numpy as np
        from PIL import Image, UnidentifiedImageError
    except ImportError as error:
        raise missing_extra("ảnh quét", "scan") from error
    Image.MAX_IMAGE_PIXELS = None  # the limit below is checked before anything is decoded
    whole, frames = whole_chain(data)
    before: tuple[float, ...] = ()
    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(whole)) as file:
            warnings.simplefilter("ignore", UserWarning)  # a damaged file is told as a finding
            for number in _frames(file, notes):
                check_size(file.size)
                told = file.info.get("dpi")
                decoded = _decoded(file, number, notes)
                if decoded is not None:
                    grey, lifted = decoded
                    image, width, height = _at_300_dpi(np.asarray(grey), told)
                    page = read_scanned_page(image, number, width, height, before, lifted)
                    before = page.running
                    yield page
        if whole is not data:
            notes.append(Note("page.unread", "", str(frames + 1), 0, 0, _BROKEN_OFF))
    except UnidentifiedImageError as error:
        # Its own words name an address in memory, another one on every run.
        raise UnreadableError(
            "ảnh bị hỏng hoặc thuộc loại không đọc được", "Quét hoặc lưu lại ảnh"
        ) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise UnreadableError(f"ảnh bị hỏng ({error})", "Quét hoặc lưu lại ảnh") from error


def _frames(file: Any, notes: list[Note]) -> Iterator[int]:
    """Numbers of the frames, the file set to each in turn; told where one cannot be found."""
    number = 1
    while True:
        try:
            file.seek(number - 1)
        except EOFError:
            return
        except (OSError, SyntaxError, ValueError, TypeError, KeyError, struct.error):
            # Their words speak of the format's inside.
            notes.append(Note("page.unread", "", str(number), 0, 0, _BROKEN_OFF))
            return
        yield number
        number += 1


def _decoded(file: Any, number: int, notes: list[Note]) -> Any:
    """The grey values of the frame that the file is set to, and the ink that was taken away there.

    None for a frame that is lost. What is left of a frame that breaks off is read, and told.
    """
    from PIL import ImageFile, ImageOps

    try:
        return _grey(ImageOps.exif_transpose(file))
    except (OSError, SyntaxError, ValueError) as error:
        reason = str(error)
    left = None
    if "truncated" in reason:  # what any other decoder leaves is noise
        ImageFile.LOAD_TRUNCATED_IMAGES = True
        try:
            grey, lifted = _grey(ImageOps.exif_transpose(file))
            grey = _without_void(grey)
            left = (grey, lifted) if grey is not None else None
        except (OSError, SyntaxError, ValueError):
            left = None
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = False
    code = "page.unread" if left is None else "page.cut_off"
    notes.append(Note(code, "", str(number), 0, 0, reason))
    return left


def _without_void(image: Any) -> Any:
    """The page with the rows at its foot that were never decoded (all alike) as paper.

    None where nothing else is left.
    """
    import numpy as np
    from PIL import Image

    grey = np.array(image)
    level = (grey == grey[-1, -1]).all(axis=1)
    filled = np.flatnonzero(~level)
    if len(filled) == 0:
        return None
    grey[filled[-1] + 1 :] = 255
    return Image.fromarray(grey)


def check_size(size: tuple[int, int]) -> None:
    """Raises UnreadableError for an image (width, height in pixels) that is too large to decode."""
    width, height = size
    if width * height > _MOST_PIXELS or max(size) > _MOST_SIDE:
        raise UnreadableError(
            f"ảnh quá lớn: {width} × {height} điểm ảnh", "Quét lại ở 300 dpi, từng trang một"
        )


def _grey(file: Any) -> tuple[Any, Any]:
    """Grey values, and the ink taken away; clear pixels are paper, sixteen bits become eight."""
    if file.mode in ("I;16", "I", "F"):
        return file.point(lambda value: value / 256).convert("L"), None
    if file.mode in ("RGBA", "LA", "PA") or "transparency" in file.info:
        from PIL import Image

        clear = file.convert("RGBA")
        paper = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(paper, clear).convert("L"), None
    from extract.readers.scan_stamps import without_stamps

    return (file.convert("L"), None) if file.mode == "1" else without_stamps(file)


def _at_300_dpi(image: Any, told: Any) -> tuple[Any, float, float]:
    """The image at 300 dpi, and the page's width and height in points."""
    import cv2

    height, width = image.shape
    dpi = float(told[0]) if told and told[0] and 60 <= float(told[0]) <= 1300 else None
    if dpi is None or (dpi < _SCANNED and min(width, height) / dpi > _LARGEST):
        dpi = min(width, height) / _PAGE_WIDTH
    scale = 300 / dpi
    if width * height * scale * scale > _MOST_PIXELS:
        raise UnreadableError(
            f"ảnh quá lớn: {width} × {height} điểm ảnh ở {dpi:.0f} dpi",
            "Quét lại ở 300 dpi, từng trang một",
        )
    if abs(scale - 1) > 0.05:
        way = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
        image = cv2.resize(image, None, fx=scale, fy=scale, interpolation=way)
    return image, width * 72 / dpi, height * 72 / dpi


def read_scanned_page(
    image: Any,
    number: int,
    width: float,
    height: float,
    before: Sequence[float] = (),
    lifted: Any = None,
) -> ScannedPage:
    """One page from its image: grey values at 300 dpi; ``width`` and ``height`` in points.

    ``before``: what the page before has :attr:`ScannedPage.running`; ``lifted``: what
    :func:`extract.readers.scan_stamps.without_stamps` took away from it, in any size.
    """
    try:
        import cv2
        import numpy as np

        from extract.readers.scan_areas import areas_of
        from extract.readers.scan_grid import (
            LEAST_SKEW,
            cleaned,
            evenly_lit,
            ink_of,
            rules_of,
            skew_of,
            tables_of,
            turned,
            without_rules,
        )
        from extract.readers.scan_lines import (
            are_whole,
            cells_between,
            drawn_on,
            lines_on,
            open_sides,
        )
        from extract.readers.scan_stamps import pens_on
        from extract.readers.scan_turn import quarter_turns
        from extract.readers.scan_words import words_in
    except ImportError as error:
        raise missing_extra("ảnh quét", "scan") from error
    lit = evenly_lit(image)
    angle = skew_of(lit)
    level = turned(lit, angle)
    # Paper where nothing was taken away; it is turned as the page is.
    veil = turned(_veil(lifted, image.shape), angle) if lifted is not None else None
    image = cleaned(level)
    rules = rules_of(ink_of(image), ink_of(level) if image is not level else None)
    turns = quarter_turns(image, rules)
    if turns % 2:
        width, height = height, width
    if turns:
        level, image, rules = (
            np.ascontiguousarray(np.rot90(one, turns)) for one in (level, image, rules)
        )
        veil = np.rot90(veil, turns) if veil is not None else None
        # Lines of text that stood upright did not show by how much they were askew.
        more = skew_of(image) if turns % 2 else 0.0
        if abs(more) >= LEAST_SKEW:
            level, image, angle = turned(level, more), turned(image, more), angle + more
            veil = turned(np.ascontiguousarray(veil), more) if veil is not None else None
            rules = rules_of(ink_of(image))
    lines = lines_on(ink_of(level))
    if sides := open_sides(lines, rules):
        lines.upright.extend(sides)
        for side in sides:
            start, end = (round(side.at), round(side.low)), (round(side.at), round(side.high))
            cv2.line(rules, start, end, (255,), 5)
    whole = are_whole(lines, rules)
    if not whole:
        rules = cv2.bitwise_or(rules, cv2.bitwise_or(lines.ink, drawn_on(rules.shape, lines, 3)))
        rules = cv2.dilate(rules, np.ones((3, 3), np.uint8))
    bare = without_rules(image, rules)
    over = pens_on(ink_of(bare))
    if veil is not None:
        over |= (veil < 128).astype(np.uint8)
    tables: list[dict[BBox, list[PageWord]]] = []
    for cells in tables_of(rules) if whole else cells_between(lines, rules.shape):
        inside = {
            (left * _POINT, top * _POINT, right * _POINT, bottom * _POINT): words_in(
                bare, (left, top, right, bottom), _POINT
            )
            for left, top, right, bottom in cells
        }
        if not is_ruled_table(inside):
            continue
        tables.append(inside)
        left, top = min(c[0] for c in cells), min(c[1] for c in cells)
        right, bottom = max(c[2] for c in cells), max(c[3] for c in cells)
        bare[top:bottom, left:right] = 255
    words = [word for area in areas_of(bare) for word in words_in(bare, area, _POINT)]
    across = [Rule(one.at * _POINT, one.low * _POINT, one.high * _POINT) for one in lines.level]

    def read(box: BBox) -> list[PageWord]:
        x0, top, x1, bottom = (max(0, round(value / _POINT)) for value in box)
        return words_in(bare, (x0, top, x1, bottom), _POINT)

    loose, words = loose_tables(words, across, before, read)
    page = ScannedPage(number, width, height, tables, words, 90 * turns + angle, loose)
    page.lifted = lifted is not None
    page.covered = tuple(_covered(page, over)) if over.any() else ()
    return page


def _veil(lifted: Any, shape: tuple[int, ...]) -> Any:
    """White paper of that shape, black where ink was taken away."""
    import cv2

    return cv2.resize(255 - 255 * lifted, shape[::-1], interpolation=cv2.INTER_AREA)


def _covered(page: ScannedPage, over: Any) -> Iterator[BBox]:
    """The boxes of the page's words in which enough of that ink (1) lies."""
    cells = [words for table in (*page.tables, *page.loose) for words in table.values()]
    for word in (word for words in (*cells, page.words) for word in words):
        box = word.x0, word.top, word.x1, word.bottom
        x0, top, x1, bottom = (max(0, round(value / _POINT)) for value in box)
        if int(over[top:bottom, x0:x1].sum()) >= _TOUCHED:
            yield box
