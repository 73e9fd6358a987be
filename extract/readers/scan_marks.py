"""Marks at the ends of words as their ink shows them: stops that are none, dashes that stand apart.

Tesseract ends a short line with a stop that is not printed, and takes the dash of the next item
for the end of a date ("01/2021-"). Both are told by the ink of the word alone. Pixels throughout.
"""

from __future__ import annotations

from typing import Any

import cv2
import msgspec
import numpy as np

from extract.readers.pdf_words import PageWord

_INK = 160
_TALL = 0.45
"""Height of a letter in heights of the word's tallest one."""
_LOW = 0.4
"""How high above the foot of the letters a stop or comma may begin, in the same measure."""
_BLANK = 0.38
"""Width of a blank beside a dash, in heights of the word."""
_STOPS = ".,"
_DASHES = "-–"


def with_marks_as_printed(part: Any, words: list[PageWord]) -> list[PageWord]:
    """The words of an image without stops that have no ink, dashes apart as words of their own."""
    made: list[PageWord] = []
    for index, word in enumerate(words):
        after = words[index + 1] if index + 1 < len(words) else None
        made += _parted(part, _stopped(part, word, after))
    return made


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
    if len(word.text) < 2 or word.text[-1] not in _DASHES or not word.text[-2].isdigit():
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
