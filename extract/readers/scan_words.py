"""Tesseract's words of an image, with places and confidence (tesserocr, Vietnamese data)."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from extract.readers.pdf_words import PageWord
from extract.readers.scan_grid import Image, Pixels
from extract.readers.unreadable import missing_extra, missing_program
from normalize.lexicon import entries, several
from normalize.patterns import pattern
from normalize.text import word_key

_FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
)
_LANGUAGE = "vie"
_BLOCK, _LINE, _LETTER = 6, 7, 10
"""Page segmentation: a block of text with lines from edge to edge, one line, one letter."""
_LOW = 160
"""Height in pixels of a cell that holds a line or two."""
_FIGURES = str.maketrans("SsOoDlI|iBZz", "550001111822")
_FIGURE_LIKE = pattern(r"(?=.*\d)[\dSsOoDlI|iBZz]+(?:[.,/][\dSsOoDlI|iBZz]+)*[.,;]?")
_STROKES = pattern(r"[|l]{1,3}")
_QUARTER = pattern(r"(?P<strokes>[Il|1]{2,3}|[Il|])(?P<rest>[,;./].*)?")
_QUARTER_WORDS = frozenset(["quy4", "qui4"])
_DUST = "'`‘|_~«»°"
_BORDER = 12
_NOISE = frozenset("|_~`'\"‘’“”.,-–—=°*^:;!\\/\\\\[](){}<>«»¢€£¥§©®™•·")
_LEAST = 25.0
"""Marks read with less confidence than this are dust."""


def words_in(image: Image, box: Pixels, number_of_points: float) -> list[PageWord]:
    """The words inside the box; places in points (pixels times ``number_of_points``)."""
    left, top, right, bottom = box
    part = image[top:bottom, left:right]
    if part.size == 0 or int(part.min()) > 200:
        return []
    import numpy as np

    part = np.pad(part, _BORDER, constant_values=255)
    corner = (left - _BORDER, top - _BORDER)
    found = _quarters(_read(part, _BLOCK, corner, number_of_points))
    if not found and bottom - top < _LOW:
        # A lone figure is no block of text to the recognizer, but it is a line.
        found = _read(part, _LINE, corner, number_of_points) or _read(
            part, _LETTER, corner, number_of_points
        )
    if len(found) == 1 and found[0].text in _alone():
        return [msgspec.structs.replace(found[0], text=_alone()[found[0].text])]
    return found


@cache
def _alone() -> dict[str, str]:
    """What the one word of a cell is often read as → the word ("H" → "II")."""
    return {wrong: row["word"] for row in entries("ocr_alone") for wrong in several(row["read_as"])}


def _read(part: Image, mode: int, corner: tuple[int, int], scale: float) -> list[PageWord]:
    import numpy as np
    from tesserocr import RIL, iterate_level

    height, width = part.shape
    left, top = corner
    api = _api()
    api.SetPageSegMode(mode)
    api.SetImageBytes(np.ascontiguousarray(part).tobytes(), width, height, 1, width)
    api.SetSourceResolution(300)
    api.Recognize()
    made: list[PageWord] = []
    words = api.GetIterator()
    if words is None:
        return made
    for word in iterate_level(words, RIL.WORD):
        found = word.BoundingBox(RIL.WORD)
        try:
            text = mended(word.GetUTF8Text(RIL.WORD).strip())
        except RuntimeError:
            continue
        confidence = word.Confidence(RIL.WORD)
        if not text or found is None or (confidence < _LEAST and set(text) <= _NOISE):
            continue
        x0, y0, x1, y1 = found
        made.append(
            PageWord(
                text,
                (left + x0) * scale,
                (top + y0) * scale,
                (left + x1) * scale,
                (top + y1) * scale,
                confidence,
            )
        )
    return made


def _quarters(words: list[PageWord]) -> list[PageWord]:
    """ "Quý ll/2021", "Quý 11/2021": strokes behind the word for a quarter are Roman numerals."""
    made = words[:1]
    for word in words[1:]:
        found = _QUARTER.fullmatch(word.text)
        if found is not None and word_key(made[-1].text) in _QUARTER_WORDS:
            roman = "I" * len(found["strokes"]) + (found["rest"] or "")
            word = msgspec.structs.replace(word, text=roman)
        made.append(word)
    return made


def mended(word: str) -> str:
    """The word without dust at its ends, letters in figures as the figures they look like."""
    if _STROKES.fullmatch(word):
        return "I" * len(word)
    word = word.strip(_DUST) or word
    return word.translate(_FIGURES) if _FIGURE_LIKE.fullmatch(word) else word


@cache
def _api() -> Any:
    """One recognizer a process: loading the model takes longer than reading a cell."""
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    try:
        import tesserocr
    except ImportError as error:
        raise missing_extra("ảnh quét", "scan") from error
    folder = _data()
    return tesserocr.PyTessBaseAPI(path=folder, lang=_LANGUAGE, psm=_BLOCK)


def _data() -> str:
    """The folder of Tesseract's data with Vietnamese in it."""
    named = os.environ.get("TESSDATA_PREFIX")
    for folder in (*([named] if named else []), *_FOLDERS):
        if (Path(folder) / f"{_LANGUAGE}.traineddata").is_file():
            return folder
    raise missing_program("dữ liệu tiếng Việt của Tesseract", "tesseract-ocr-vie")
