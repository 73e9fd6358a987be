"""Marks of words as their ink shows them: stops that are none, dashes that stand apart or are long.

Tesseract ends a short line with a stop that is not printed, takes the dash of the next item for
the end of a date ("01/2021-"), and reads "2021 – 2025" as "2021-2025". All is told by the ink of
the words alone. Pixels throughout.
"""

from __future__ import annotations

from typing import Any

import cv2
import msgspec
import numpy as np

from extract.readers.pdf_words import PageWord
from normalize.patterns import pattern

_INK = 160
_TALL = 0.45
"""Height of a letter in heights of the word's tallest one."""
_LOW = 0.4
"""How high above the foot of the letters a stop or comma may begin, in the same measure."""
_BLANK = 0.38
"""Width of a blank beside a dash, in heights of the word."""
_STOPS = ".,"
_DASHES = "-–—"
_RANGE = pattern(r"(?P<low>.*[\dIVX])(?P<dash>[-–—])(?P<high>[\dIVX].*)")
_LONG, _LONGEST = 0.48, 1.15
"""Width of a dash that is no hyphen, and of one longer than that, in heights of a figure."""
_HIGH = 0.5
"""Height of a dash's ink at most, in its widths."""


def with_marks_as_printed(part: Any, words: list[PageWord]) -> list[PageWord]:
    """The words of an image without stops that have no ink, dashes apart as words of their own."""
    made: list[PageWord] = []
    for index, word in enumerate(words):
        after = words[index + 1] if index + 1 < len(words) else None
        made += _parted(part, _stopped(part, word, after))
    made = [piece for word in made for piece in _ranged(part, word)]
    return [
        _long(part, word, made[index - 1 : index + 2]) if 0 < index < len(made) - 1 else word
        for index, word in enumerate(made)
    ]


def _ranged(part: Any, word: PageWord) -> list[PageWord]:
    """ "2021-2025" for "2021 – 2025": blanks stand at both sides of the dash."""
    found = _RANGE.fullmatch(word.text)
    if found is None or any(mark in found["low"] + found["high"] for mark in _DASHES):
        return [word]
    spots = sorted(_spots(part, word))
    height = max((spot[3] for spot in spots), default=0)
    dashes = [
        at
        for at, (_, top, width, high) in enumerate(spots)
        if 0.2 * height < width and high < _HIGH * width and 0.3 * height < top < 0.8 * height
    ]
    if len(dashes) != 1 or not 0 < dashes[0] < len(spots) - 1:
        return [word]
    left, _, width, _ = spots[dashes[0]]
    before = max(spot[0] + spot[2] for spot in spots[: dashes[0]])
    behind = spots[dashes[0] + 1][0]
    dash = _dash(width, height)
    blank = _BLANK * height
    if left - before < blank or behind - left - width < blank:
        text = f"{found['low']}{dash}{found['high']}"
        return [msgspec.structs.replace(word, text=text)]
    edges = [before, left, left + width, behind]
    x0, x1, x2, x3 = (int(word.x0) + float(edge) for edge in edges)
    return [
        msgspec.structs.replace(word, text=found["low"], x1=x0),
        msgspec.structs.replace(word, text=dash, x0=x1, x1=x2),
        msgspec.structs.replace(word, text=found["high"], x0=x3),
    ]


def _long(part: Any, word: PageWord, near: list[PageWord]) -> PageWord:
    """A dash between two figures or numerals: a hyphen or a longer one, by its ink."""
    before, _, after = near
    if word.text not in _DASHES or not (before.text[-1].isalnum() and after.text[0].isalnum()):
        return word
    ends_line = after.top > word.middle
    if before.x1 > word.x0 or (after.x0 < word.x1 and not ends_line):
        return word  # it opens a line, or one of them stands in another line
    spots = _spots(part, word)
    figures = [spot[3] for spot in _spots(part, before)]
    if len(spots) != 1 or not figures or spots[0][3] > _HIGH * spots[0][2]:
        return word
    return msgspec.structs.replace(word, text=_dash(spots[0][2], max(figures)))


def _dash(width: int, height: int) -> str:
    return "-" if width < _LONG * height else "–" if width < _LONGEST * height else "—"


def _spots(part: Any, word: PageWord) -> list[tuple[int, int, int, int]]:
    """The pieces of ink in a word's box: left and top within it, width, height."""
    top, left = max(0, int(word.top)), max(0, int(word.x0))
    ink = part[top : int(word.bottom) + 1, left : int(word.x1) + 1] < _INK
    count, _, boxes, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    return [(int(x), int(y), int(w), int(h)) for x, y, w, h, area in boxes[1:count] if area > 2]


def _stopped(part: Any, word: PageWord, after: PageWord | None) -> PageWord:
    """ "CAO." | "NHẬN THỨC": at the end of a line within the text, a stop without ink."""
    if after is None or after.top < word.middle or word.text[-1] not in _STOPS:
        return word
    core = word.text[:-1]
    if not core.isalpha() or _has_stop(part, word, len(core)):
        return word
    return msgspec.structs.replace(word, text=core)


def _has_stop(part: Any, word: PageWord, letters: int) -> bool:
    """A small dark spot stands at the foot behind the letters; True where it cannot be told."""
    height = word.bottom - word.top
    left, right = int(word.x0), int(word.x1 + 0.3 * height)
    top, bottom = max(0, int(word.top)), int(word.bottom + 0.15 * height)
    ink = (part[top:bottom, left:right] < _INK).astype(np.uint8)
    count, _, boxes, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    spots = [tuple(int(value) for value in box[:4]) for box in boxes[1:count]]
    if not spots:
        return True
    most = max(spot[3] for spot in spots)
    foot = float(np.median([spot[1] + spot[3] for spot in spots if spot[3] >= _TALL * most]))
    high = foot - _LOW * most
    tall = [spot for spot in spots if spot[3] >= _TALL * most and spot[1] < high]
    if len(tall) < letters:
        return True  # letters run into one another: the stop may be part of the last
    end = max(spot[0] + spot[2] / 2 for spot in tall)
    return any(
        high <= spot[1] < foot and spot[1] + spot[3] > foot - 0.15 * most and spot[0] > end
        for spot in spots
    )


def _parted(part: Any, word: PageWord) -> list[PageWord]:
    """ "01/2021-" where a blank stands before the dash: two words."""
    if len(word.text) < 2 or word.text[-1] not in _DASHES or not word.text[-2].isalnum():
        return [word]
    ink = part[int(word.top) : int(word.bottom) + 1, int(word.x0) : int(word.x1) + 1] < _INK
    columns = np.flatnonzero(ink.any(axis=0))
    gaps = np.diff(columns)
    if len(gaps) == 0:
        return [word]
    at = len(gaps) - 1 - int(np.argmax(gaps[::-1] > 1))
    if gaps[at] < _BLANK * (word.bottom - word.top):
        return [word]
    end, start = int(word.x0) + int(columns[at]) + 1, int(word.x0) + int(columns[at + 1])
    return [
        msgspec.structs.replace(word, text=word.text[:-1], x1=float(end)),
        msgspec.structs.replace(word, text=word.text[-1], x0=float(start)),
    ]
