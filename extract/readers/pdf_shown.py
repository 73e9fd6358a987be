"""What of a page's text is to be seen, and in which font: letters cut away, layers, old fonts.

Only letters that could be affected are asked for; asking for each would cost more than reading.
"""

from __future__ import annotations

import ctypes
import math
from typing import Any

import pypdfium2.raw as pdfium

_INVISIBLE = 3
"""Text render mode (PDF 32000-1, 9.3.6): neither filled nor stroked."""
_ASLANT = 20.0
"""Degrees; a stamp may stand a little askew."""
_WITH_WORDS = (pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_WIDGET)
_NOT_SHOWN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
_SAMPLE = 400
_FONT_NAME = 256


def is_cut_away(text_page: Any, index: int, x: float, y: float) -> bool:
    """Does the clip path of the letter's object leave its middle (page coordinates) out?

    A printer that cuts a text over two pages draws the cut line on both and clips it on one.
    """
    found = pdfium.FPDFText_GetTextObject(text_page, index)
    path = pdfium.FPDFPageObj_GetClipPath(found) if found else None
    for number in range(pdfium.FPDFClipPath_CountPaths(path) if path else 0):
        points = list(_points(path, number))
        if not points:
            continue
        xs, ys = zip(*points, strict=True)
        if not (min(xs) <= x <= max(xs) and min(ys) <= y <= max(ys)):
            return True
    return False


def _points(path: Any, number: int) -> Any:
    x, y = ctypes.c_float(), ctypes.c_float()
    for place in range(max(0, pdfium.FPDFClipPath_CountPathSegments(path, number))):
        segment = pdfium.FPDFClipPath_GetPathSegment(path, number, place)
        if pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            yield x.value, y.value


def is_hidden_layer(page: Any) -> bool:
    """Is the page's text an invisible layer, as programs put it over a scan?"""
    text_page = page.get_textpage()
    try:
        count = min(text_page.count_chars(), _SAMPLE)
        asked = hidden = 0
        for index in range(count):
            found = pdfium.FPDFText_GetTextObject(text_page.raw, index)
            if found:
                asked += 1
                hidden += pdfium.FPDFTextObj_GetTextRenderMode(found) == _INVISIBLE
        return asked > 0 and 2 * hidden > asked
    finally:
        text_page.close()


def font_at(text_page: Any, index: int) -> str:
    """The name of the font that shows the letter, without the tag of a subset; "" if unknown."""
    buffer = ctypes.create_string_buffer(_FONT_NAME)
    flags = ctypes.c_int()
    length = pdfium.FPDFText_GetFontInfo(text_page, index, buffer, _FONT_NAME, flags)
    name = buffer.raw[: max(0, min(length, _FONT_NAME) - 1)].decode("utf-8", "replace")
    tag, plus, rest = name.partition("+")
    return rest if plus and len(tag) == 6 else name


def is_aslant(text_page: Any, index: int) -> bool:
    """Is the letter turned by no right angle, as those of a watermark are?"""
    angle = math.degrees(pdfium.FPDFText_GetCharAngle(text_page, index)) % 90
    return _ASLANT < angle < 90 - _ASLANT


def has_notes(page: Any) -> bool:
    """Does the page show notes, stamps or form fields?

    Offices stamp a document's number and date, and the box of a digital signature, as such.
    """
    for index in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
        found = pdfium.FPDFPage_GetAnnot(page.raw, index)
        kind, flags = pdfium.FPDFAnnot_GetSubtype(found), pdfium.FPDFAnnot_GetFlags(found)
        pdfium.FPDFPage_CloseAnnot(found)
        if kind in _WITH_WORDS and not flags & _NOT_SHOWN:
            return True
    return False


def draw_notes(page: Any) -> None:
    """Draws notes and fields into the page; it must be taken from its document anew then."""
    pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY)
