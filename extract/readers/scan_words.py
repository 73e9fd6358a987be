"""Tesseract's words of an image, with places and confidence (tesserocr, Vietnamese data)."""

from __future__ import annotations

import os
from functools import cache
from typing import Any

import msgspec

from extract.readers.pdf_words import PageWord
from extract.readers.programs import LANGUAGE, vietnamese_data
from extract.readers.scan_grid import Image, Pixels
from extract.readers.scan_marks import with_marks_as_printed
from extract.readers.scan_signs import with_signs_as_printed
from extract.readers.scan_strokes import numeral_of, opens_with_capital, with_tail_as_printed
from extract.readers.scan_votes import is_sure, vote
from extract.readers.unreadable import missing_extra, missing_program
from normalize.lexicon import entries, several
from normalize.patterns import pattern
from normalize.text import fold, word_key

_BLOCK, _LINE, _LETTER = 6, 7, 10
"""Page segmentation: a block of text with lines from edge to edge, one line, one letter."""
_WAYS = ((0.6, 0.0), (1.0, 1.0), (1.0, 1.5))
"""(scale, blur) of the readings of a cell: the first alone where it is sure, else all vote."""
_LOW = 160
"""Height in pixels of a cell that holds a line or two."""
_FIGURES = str.maketrans("SsOoDlI|iBZz", "550001111822")
_FIGURE_LIKE = pattern(r"(?=.*\d)[\dSsOoDlI|iBZz]+(?:[.,/][\dSsOoDlI|iBZz]+)*[.,;]?")
_SWOLLEN = pattern(r"(?=.*\p{Ll})(\W*\p{L})((?:\p{Ll}|(?![A-ZĐ])\p{Lu})*)(\W*)")
"""A small word with a letter in it, tone mark and all, as high as a capital ("bỘ", "cuỘc")."""
_PER_MILLE = pattern(r"[<>≥≤]?(?:\d+(?:[.,]\d+)?)?%[o0][.,;:)]*")
_STROKES = pattern(r"[|l]{1,3}")
_QUARTER = pattern(r"(?P<strokes>[Il|1]{2,3}|[Il|])(?P<rest>[,;./].*)?")
_QUARTER_WORDS = frozenset(["quy4", "qui4"])
_BETWEEN = frozenset(["-", "–", "và", "đến", "hoặc"])
_BEHIND_NUMERAL = pattern(r"[/,.;–-].*|\d{4}\W*")
_NUMERAL_LIKE = pattern(r"[IVlL1|HWNiìíịÍÌỊỈ!]{1,4}[.,]?")
_HEAD = pattern(r"(?=.*[IVXHlW|])[IVXL1lHWNiìíịÍÌỊỈ!|T]{1,5}[.):/]?")
"""A Roman number of a head, however it was read; figures alone are a number like any other."""
_HEADED = frozenset(["phan", "chuong", "muc"])
_ROUND = pattern(r"[socvx][ou]c?")
"""Two letters whose capitals have the shape of the small ones (bare of tone marks)."""
_SLASHES = pattern(r"/?⁄/?")
"""A fraction's slash: no print of ours has one."""
_DUST = "'`‘|_~«»°"
_ADRIFT = frozenset("'`‘’~_^¬")
"""Marks that are no word of their own in any print."""
_BORDER = 12
_NOISE = frozenset("|_~`'\"‘’“”.,-–—=°*^:;!\\/\\\\[](){}<>«»¢€£¥§©®™•·")
_NEAR = 3.0
"""Pixels that a mark may stand outside the box of the word that it belongs to."""
_LEAST = 25.0
"""Marks read with less confidence than this are dust."""


def words_in(
    image: Image, box: Pixels, number_of_points: float, once: bool = False
) -> list[PageWord]:
    """The words inside the box; places in points (pixels times ``number_of_points``).

    ``once``: a first look alone, without second readings.
    """
    left, top, right, bottom = box
    part = image[top:bottom, left:right]
    if part.size == 0 or int(part.min()) > 200:
        return []
    import numpy as np

    part = np.pad(part, _BORDER, constant_values=255)
    low = bottom - top < _LOW
    words = _elected(part, low, once)
    if not once:
        words = with_signs_as_printed(part, with_marks_as_printed(part, words))
    found = [
        msgspec.structs.replace(
            word,
            x0=(word.x0 + left - _BORDER) * number_of_points,
            top=(word.top + top - _BORDER) * number_of_points,
            x1=(word.x1 + left - _BORDER) * number_of_points,
            bottom=(word.bottom + top - _BORDER) * number_of_points,
        )
        for word in _by_shape(part, words)
    ]
    if len(found) == 1 and found[0].text in _alone():
        return [msgspec.structs.replace(found[0], text=_alone()[found[0].text])]
    return found


def _elected(part: Image, low: bool, once: bool) -> list[PageWord]:
    """The words of a cell in pixels; read again in other sizes where the first reading doubts."""
    readings = [_read(part, _BLOCK, *_WAYS[0])]
    if once or is_sure(readings[0]):
        return readings[0]
    readings += [_read(part, _BLOCK, *way) for way in _WAYS[1:]]
    found = vote(readings)
    if not found and low:
        # A lone figure is no block of text to the recognizer, but it is a line.
        found = _read(part, _LINE, 1.0, 0.0) or _read(part, _LETTER, 1.0, 0.0)
    return found


def _by_shape(part: Image, words: list[PageWord]) -> list[PageWord]:
    """Numerals behind the word for a quarter, lone numerals, and capitals by their strokes."""
    made: list[PageWord] = []
    quarter = False
    for index, word in enumerate(words):
        alone = len(words) == 1 and _NUMERAL_LIKE.fullmatch(word.text)
        if quarter or alone:
            word = _numeral(part, word, quarter)
        elif _is_head(word, words[index - 1] if index else None):
            word = _head(part, word)
        elif _is_round(word.text):
            word = _small(part, word, words[max(0, index - 3) : index + 4])
        made.append(word)
        behind = word_key(word.text) in _QUARTER_WORDS
        numerals = quarter and (word.text.endswith((",", "-", "–")) or word.text in _BETWEEN)
        listed = quarter and index + 1 < len(words) and words[index + 1].text in _BETWEEN
        quarter = behind or numerals or listed
    return made


def _numeral(part: Image, word: PageWord, quarter: bool) -> PageWord:
    """ "Quý IH/2021", "Quý 111/2021": a Roman numeral as its strokes show it."""
    seen = numeral_of(part[int(word.top) : int(word.bottom), int(word.x0) : int(word.x1)])
    rest = _BEHIND_NUMERAL.search(word.text.lstrip("|!"))
    if seen is not None and (seen.whole or rest is not None):
        mark = word.text[-1] if word.text[-1] in ",.;" else ""
        behind = mark if rest is None or seen.whole else rest.group()
        slash = "/" if seen.slash and not behind.startswith("/") else ""
        return msgspec.structs.replace(word, text=seen.text + slash + behind)
    found = _QUARTER.fullmatch(word.text) if quarter else None
    if found is None:
        return word
    return msgspec.structs.replace(word, text="I" * len(found["strokes"]) + (found["rest"] or ""))


def _is_head(word: PageWord, before: PageWord | None) -> bool:
    """ "HI. NHIỆM VỤ", "Phần IH": a Roman number that opens a line or stands behind its word."""
    if _HEAD.fullmatch(word.text) is None:
        return False
    opens = before is None or before.x0 > word.x0
    return (opens and not word.text[-1].isalpha()) or (
        before is not None and fold(before.text) in _HEADED
    )


def _head(part: Image, word: PageWord) -> PageWord:
    """The number of a head as its strokes show it; as it was read where they do not tell."""
    image = part[int(word.top) : int(word.bottom), int(word.x0) : int(word.x1)]
    mark = "" if word.text[-1].isalnum() or word.text[-1] in "|!" else word.text[-1]
    seen = numeral_of(image)
    if seen is not None and seen.whole:
        return msgspec.structs.replace(word, text=seen.text + mark)
    return msgspec.structs.replace(word, text=with_tail_as_printed(image, word.text))


def _is_round(text: str) -> bool:
    """ "SỞ", "cƠ": letters whose capitals look like the small ones, a capital in odd company."""
    core = text.strip(",.;:()")
    return not core.islower() and not core.istitle() and bool(_ROUND.fullmatch(fold(core)))


def _small(part: Image, word: PageWord, near: list[PageWord]) -> PageWord:
    """A word of round letters with the first capital or small, as its height says."""
    if sum(one.text.isupper() and len(one.text) > 1 for one in near) > len(near) / 2:
        return word  # a line in capitals
    image = part[int(word.top) : int(word.bottom), int(word.x0) : int(word.x1)]
    capital = opens_with_capital(image)
    if capital is None:
        return word
    text = word.text.capitalize() if capital else word.text.lower()
    return msgspec.structs.replace(word, text=text)


@cache
def _alone() -> dict[str, str]:
    """What the one word of a cell is often read as → the word ("H" → "II")."""
    return {wrong: row["word"] for row in entries("ocr_alone") for wrong in several(row["read_as"])}


def _read(part: Image, mode: int, scale: float, blur: float) -> list[PageWord]:
    """The words of an image with their boxes in its pixels, read at that scale and blur."""
    import cv2

    if scale != 1.0:
        part = cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    if blur:
        part = cv2.GaussianBlur(part, (0, 0), blur)
    made: list[PageWord] = []
    for read, confidence, box in _recognized(part, mode):
        text = mended(read.strip())
        if not text or set(text) <= _ADRIFT or (confidence < _LEAST and set(text) <= _NOISE):
            continue
        x0, y0, x1, y1 = (value / scale for value in box)
        made.append(PageWord(text, x0, y0, x1, y1, confidence))
    return without_marks(made)


def without_marks(words: list[PageWord]) -> list[PageWord]:
    """The words without marks whose middle lies in another word's box: its tone, no dash."""
    return [
        word
        for word in words
        if not set(word.text) <= _NOISE
        or not any(
            other.x0 - _NEAR <= word.centre <= other.x1 + _NEAR
            and other.top - _NEAR <= word.middle <= other.bottom + _NEAR
            for other in words
            if other is not word and not set(other.text) <= _NOISE
        )
    ]


def _recognized(part: Image, mode: int) -> list[tuple[str, float, Pixels]]:
    """Tesseract's words of an image: text, confidence (0–100), box in pixels."""
    import numpy as np
    from tesserocr import RIL, iterate_level

    height, width = part.shape
    api = _api()
    api.SetPageSegMode(mode)
    api.SetImageBytes(np.ascontiguousarray(part).tobytes(), width, height, 1, width)
    api.SetSourceResolution(300)
    api.Recognize()
    made: list[tuple[str, float, Pixels]] = []
    words = api.GetIterator()
    for word in iterate_level(words, RIL.WORD) if words is not None else ():
        box = word.BoundingBox(RIL.WORD)
        try:
            text = word.GetUTF8Text(RIL.WORD)
        except RuntimeError:
            continue
        if box is not None:
            made.append((text, word.Confidence(RIL.WORD), box))
    return made


def mended(word: str) -> str:
    """The word without dust at its ends, letters in figures as the figures they look like."""
    if _STROKES.fullmatch(word):
        return "I" * len(word)
    word = _SLASHES.sub("/", word.strip(_DUST) or word)
    if _PER_MILLE.fullmatch(word):
        return word.replace("%o", "‰").replace("%0", "‰")
    swollen = _SWOLLEN.fullmatch(word)
    if swollen is not None:
        word = swollen[1] + swollen[2].lower() + swollen[3]
    return word.translate(_FIGURES) if _FIGURE_LIKE.fullmatch(word) else word


@cache
def _api() -> Any:
    """One recognizer a process: loading the model takes longer than reading a cell."""
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    try:
        import tesserocr
    except ImportError as error:
        raise missing_extra("ảnh quét", "scan") from error
    folder = vietnamese_data()
    if folder is None:
        raise missing_program("dữ liệu tiếng Việt của Tesseract", "tesseract-ocr-vie")
    return tesserocr.PyTessBaseAPI(path=folder, lang=LANGUAGE, psm=_BLOCK)
