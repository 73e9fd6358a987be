"""Roman numerals and look-alike capitals told by their strokes, where Tesseract guesses.

Its Vietnamese data read "Quý III" as "Quý II", "IH" or "111". The strokes of a Roman numeral are
upright lines and the two legs of a V; a one has a flag to its left, an I is alike on both sides.
Pixels of a grey image throughout; None wherever the strokes do not tell for certain.
"""

from __future__ import annotations

from typing import Any

import cv2
import msgspec
import numpy as np

from normalize.patterns import pattern

_INK = 160
_BAND = (0.34, 0.66)
"""Share of a capital's height in which strokes are followed: above feet, below serifs."""
_UPRIGHT = 0.05
"""Share of the height by which an upright stroke may lean within the band."""
_THICK = 0.34
_FLAG = 0.09
"""Share of the height that a flag stands out farther to one side than to the other."""
_LEAST_HEIGHT = 12
_NUMERAL = pattern(r"(IV|VI{0,3}|I{1,3})(/?)")
_TAILED = pattern(r"(?P<lead>[VX])I{0,3}(?P<mark>[^IVX]?)")
_ONE_LETTER = (0.6, 1.25)
"""Width of a V or X in its heights, least and most: no more letters stand there."""
_CAPITAL = 1.2
"""Height of a capital in heights of the small round letter behind it."""


class Numeral(msgspec.Struct, frozen=True):
    """A Roman numeral that opens a word: is a slash behind it, is nothing behind it."""

    text: str
    slash: bool
    whole: bool


class _Stroke(msgspec.Struct):
    left: list[int]
    right: list[int]

    @property
    def lean(self) -> float:
        """How far the stroke's middle moves to the right from top to bottom."""
        return (self.left[-1] + self.right[-1] - self.left[0] - self.right[0]) / 2


def numeral_of(part: Any) -> Numeral | None:
    """The Roman numeral (I to VIII) that the word on this image begins with."""
    ink = part < _INK
    rows = np.flatnonzero(ink.any(axis=1))
    if len(rows) == 0 or rows[-1] - rows[0] < _LEAST_HEIGHT:
        return None
    columns = np.flatnonzero(ink.any(axis=0))
    ink = ink[rows[0] : _foot(ink, rows), columns[0] : columns[-1] + 1]
    height = ink.shape[0]
    if height < _LEAST_HEIGHT:
        return None
    strokes, closed = _strokes(ink)
    signs = "".join(_sign(stroke, height) for stroke in strokes)
    at = signs.find("\\/")
    if at >= 0 and not _meet(ink, strokes[at], strokes[at + 1]):
        return None
    signs = signs.replace("\\/", "V").replace("|", "I")
    found = _NUMERAL.match(signs)
    if found is None or "\\" in signs[: found.end() + 1]:
        return None
    upright = [s for s, sign in zip(strokes, _spread(signs), strict=True) if sign == "I"]
    if any(_has_flag(ink, stroke, strokes) for stroke in upright[: found[1].count("I")]):
        return None
    if not found[2] and (found.end() < len(signs) or not closed):
        return None  # what stands behind it, a V's legs perhaps, could not be followed
    return Numeral(found[1], bool(found[2]), closed and found.end() == len(signs) and not found[2])


def with_tail_as_printed(part: Any, text: str) -> str:
    """ "VII." for "VIII.": the strokes behind a V or X counted from the right of the word."""
    found = _TAILED.fullmatch(text)
    ink = part[:, ::-1] < _INK
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if found is None or len(rows) == 0:
        return text
    ink = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    height = ink.shape[0]
    if height < _LEAST_HEIGHT:
        return text
    strokes = _strokes(ink)[0]
    signs = "".join(_sign(stroke, height) for stroke in strokes)
    tail = strokes[: len(signs) - len(signs.lstrip("|"))]
    if not 1 <= len(tail) <= 3 or any(_has_flag(ink, one, strokes) for one in tail):
        return text
    lead = ink[:, tail[-1].right[-1] :]
    # What the last stroke's foot takes belongs to it, not to the letter before.
    own = [b for b, _ in _runs(lead.any(axis=0)) if b]
    width = (ink.shape[1] - tail[-1].right[-1] - (own[0] if own else 0)) / height
    if not _ONE_LETTER[0] <= width <= _ONE_LETTER[1]:
        return text
    return f"{found['lead']}{'I' * len(tail)}{found['mark']}"


def _meet(ink: Any, left: _Stroke, right: _Stroke) -> bool:
    """The two legs run into one at their foot: a V, and no figure before a slash."""
    row = ink[int(0.92 * ink.shape[0])]
    low, high = left.left[-1], right.right[-1]
    runs = [(a, b) for a, b in _runs(row) if b > low and a < high]
    return len(runs) == 1 and runs[0][0] > left.left[0] and runs[0][1] < right.right[0]


def _foot(ink: Any, rows: Any) -> int:
    """Where the first stroke ends: a comma or slash behind it reaches farther down."""
    first = np.flatnonzero(ink.any(axis=0))[0]
    lead = ink[:, first : first + max(6, (rows[-1] - rows[0]) // 3)]
    own = np.flatnonzero(lead.any(axis=1))
    return int(own[-1]) + 1


def _spread(signs: str) -> str:
    """One sign a stroke again: a V has two."""
    return signs.replace("V", "VV")


def _strokes(ink: Any) -> tuple[list[_Stroke], bool]:
    """The strokes from the left while each can be followed through the band; all of the word?"""
    height = ink.shape[0]
    band = range(int(_BAND[0] * height), int(_BAND[1] * height) + 1)
    lines = [_runs(ink[row]) for row in band]
    made: list[_Stroke] = []
    for left, right in lines[0]:
        stroke = _Stroke([left], [right])
        for runs in lines[1:]:
            near = [r for r in runs if r[0] < stroke.right[-1] and r[1] > stroke.left[-1]]
            if len(near) != 1:
                return made, False
            stroke.left.append(near[0][0])
            stroke.right.append(near[0][1])
        widths = [b - a for a, b in zip(stroke.left, stroke.right, strict=True)]
        if max(widths) > _THICK * height or max(widths) > 1.8 * min(widths) + 2:
            return made, False
        made.append(stroke)
    return made, all(len(runs) == len(made) for runs in lines)


def _runs(row: Any) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], row.astype(np.int8), [0]))))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _sign(stroke: _Stroke, height: int) -> str:
    if abs(stroke.lean) <= _UPRIGHT * height:
        return "|"
    return "\\" if stroke.lean > 0 else "/"


def _has_flag(ink: Any, stroke: _Stroke, strokes: list[_Stroke]) -> bool:
    """More ink on one side than the other (a one, an L), or above than below (T)."""
    height = ink.shape[0]
    at = next(index for index, one in enumerate(strokes) if one is stroke)
    centre = (stroke.left[0] + stroke.right[0]) / 2
    low = (strokes[at - 1].right[0] + stroke.left[0]) / 2 if at else 0.0
    last = at + 1 == len(strokes)
    high = float(ink.shape[1]) if last else (strokes[at + 1].left[0] + stroke.right[0]) / 2
    ends = []
    for rows in (range(int(_BAND[0] * height)), range(int(_BAND[1] * height), height)):
        left = right = 0.0
        for row in rows:
            for a, b in _runs(ink[row]):
                if a <= centre <= b:
                    left = max(left, centre - max(a, low))
                    right = max(right, min(b, high) - centre)
        limit = min(centre - low, high - centre) if len(strokes) > 1 else height
        if abs(min(left, limit) - min(right, limit)) > _FLAG * height:
            return True
        ends.append(left + right)
    return bool(ends[0] > ends[1] + 2 * _FLAG * height)


def opens_with_capital(part: Any) -> bool | None:
    """Is the first letter of a word such as "Sở", "cơ" a capital? None where it cannot be told."""
    ink = (part < _INK).astype(np.uint8)
    count, _, boxes, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    if count < 3:
        return None
    tallest = int(boxes[1:, cv2.CC_STAT_HEIGHT].max())
    letters = sorted(
        (int(box[0]), int(box[3])) for box in boxes[1:] if box[3] > 0.45 * tallest and box[2] > 4
    )
    if len(letters) not in (2, 3):
        return None
    return letters[0][1] > _CAPITAL * letters[1][1]
