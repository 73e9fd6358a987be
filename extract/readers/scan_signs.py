"""Signs of figures as their ink shows them: ≥ and ≤, ±, squares and cubes, points, percent signs.

Tesseract's Vietnamese data know no ≥, ≤ or ², lose the comma of "3,5" and read the ring of a
percent sign as a nought. What changes a figure is told (``read_as``); a word stays as it was read
wherever its ink does not tell. Pixels of a grey image throughout.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import cv2
import msgspec
import numpy as np

from extract.readers.pdf_words import PageWord
from normalize.patterns import pattern

_INK = 160
_LEAST = 3
"""Pixels of the smallest spot that counts."""
_BAR = 0.75
"""Share of a sign's width that a row of ink must run over to be a bar of it."""
_BELOW = 0.45
"""How far below a word's box the bar of its sign may lie, in heights of the box."""
_TALL, _SMALL = 0.75, 0.4
"""Heights of a figure, at least, and of a point, at most, in heights of the tallest spot."""
_WIDEST = 0.95
"""Width of a figure at most, in its heights: two that touch are wider."""
_TWO, _THREE = 0.2, 0.4
"""How much more ink the right third of a raised figure has above its foot: a two's, a three's."""
_COMPARED = pattern(r"[<>≥≤=](?P<rest>[=_-]?\s?(?=\d).*|[=_-]?)")
_SUMMED = pattern(r"\+(?P<rest>\d.*|)")
_UNIT = pattern(r"(?P<unit>[kcdh]?m|dam)(?P<sign>[?¿23²³'’°*”\"”z]?)(?P<rest>[).,;:/]*)")
_FIGURES = pattern(r"(?P<sign>[<>≥≤]?)(?P<number>\d[\d.,]*\d|\d)(?P<rest>%?[.,;:)]*)")
_RINGS = frozenset("0689")
_SIGNS = {">": ">≥", "≥": ">≥", "<": "<≤", "≤": "<≤"}


class _Spot(NamedTuple):
    """One connected piece of ink."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top


def with_signs_as_printed(part: Any, words: list[PageWord]) -> list[PageWord]:
    """The words of an image, signs before and behind their figures as their ink shows them."""
    made = []
    for index, word in enumerate(words):
        after = words[index + 1] if index + 1 < len(words) else None
        end = after.x0 if after is not None and after.top < word.bottom else part.shape[1]
        if _COMPARED.fullmatch(word.text):
            word = _compared(part, word)
        elif _SUMMED.fullmatch(word.text):
            word = _summed(part, word)
        elif _UNIT.fullmatch(word.text):
            word = _measured(part, word, words[index - 1] if index else None, end)
        if _FIGURES.fullmatch(word.text):
            made += _overlooked(part, word, words[index - 1] if index else None)
            word = _counted(part, word)
        made.append(word)
    return made


def _overlooked(part: Any, word: PageWord, before: PageWord | None) -> list[PageWord]:
    """The sign that stands before the first figure of a line and was not read at all."""
    height = int(word.bottom - word.top)
    if not word.text[0].isdigit() or (before is not None and before.bottom > word.middle):
        return []
    left, right = max(0, int(word.x0 - 1.8 * height)), int(word.x0) - 1
    top, bottom = int(word.top), int(word.bottom + 0.3 * height)
    ink = part[top:bottom, left:right] < _INK
    sign = _first(_spots(ink))
    if sign is None or sign.height < 0.4 * height or sign.width < 0.4 * height:
        return []
    text = _sign_of(ink[sign.top : sign.bottom, sign.left : sign.right])
    if not text:
        return []
    x0, y0, x1, y1 = (
        float(one)
        for one in (left + sign.left, top + sign.top, left + sign.right, top + sign.bottom)
    )
    return [PageWord(text, x0, y0, x1, y1, word.confidence)]


def _sign_of(ink: Any) -> str:
    """<, ≤, > or ≥ by its ink; "" for anything else."""
    height, width = ink.shape
    full = [_longest(row) >= _BAR * width for row in ink]
    bars = sum(here and not before for before, here in pairwise([False, *full]))
    rows = [
        np.flatnonzero(row) for row, bar in zip(ink, full, strict=True) if not bar and row.any()
    ]
    if bars > 1 or len(rows) < 8 or (bars and full.index(True) < 0.6 * height):
        return ""
    middles = [(row[0] + row[-1]) / 2 for row in rows]
    third = len(middles) // 3
    ends = float(np.mean([*middles[: third // 2 + 1], *middles[-(third // 2 + 1) :]]))
    tip = float(np.mean(middles[third : len(middles) - third])) - ends
    one_run = all(len(row) < 0.7 * width for row in (rows[0], rows[-1]))
    if not one_run or abs(tip) < 0.2 * width:
        return ""
    return _SIGNS[">" if tip > 0 else "<"][bars]


def _compared(part: Any, word: PageWord) -> PageWord:
    """ ">95%" for "≥95%": a bar lies below the sign."""
    ink = _ink(part, word, below=_BELOW if len(word.text) == 1 else _BELOW / 2)
    sign = _first(_spots(ink))
    if sign is None:
        return word
    found = _COMPARED.fullmatch(word.text)
    assert found is not None
    plain = _SIGNS.get(word.text[0])
    if plain is None:
        return word
    bars = _bars(ink[:, sign.left : sign.right])
    if bars > 1:
        return word
    return msgspec.structs.replace(word, text=plain[bars] + found["rest"].lstrip("=_-"))


def _summed(part: Any, word: PageWord) -> PageWord:
    """ "+5" for "±5": a second bar lies below the first."""
    ink = _ink(part, word, below=_BELOW if len(word.text) == 1 else _BELOW / 2)
    sign = _first(_spots(ink))
    if sign is None or _bars(ink[:, sign.left : sign.right]) != 2:
        return word
    return msgspec.structs.replace(word, text="±" + word.text[1:])


def _first(spots: Sequence[_Spot]) -> _Spot | None:
    """The box of the leftmost sign: the first spot and what lies above or below it."""
    if not spots:
        return None
    first = min(spots, key=lambda one: one.left)
    own = [
        one
        for one in spots
        if min(one.right, first.right) - max(one.left, first.left)
        > 0.6 * min(one.width, first.width)
    ]
    box = _Spot(
        min(one.left for one in own),
        min(one.top for one in own),
        max(one.right for one in own),
        max(one.bottom for one in own),
    )
    # A sign that runs into the figure behind it, or a speck, tells nothing.
    return box if 4 <= box.width <= 1.6 * box.height else None


def _bars(ink: Any) -> int:
    """How many level bars lie across the whole width of a sign."""
    width = ink.shape[1]
    full = [_longest(row) >= _BAR * width for row in ink]
    return sum(here and not before for before, here in pairwise([False, *full]))


def _longest(row: Any) -> int:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], row.astype(np.int8), [0]))))
    return int((edges[1::2] - edges[::2]).max(initial=0))


def _measured(part: Any, word: PageWord, before: PageWord | None, end: float) -> PageWord:
    """ "1.200 m?" for "1.200 m²", "m2" for "m²": a small figure above the foot of the letter."""
    found = _UNIT.fullmatch(word.text)
    assert found is not None
    behind = before is not None and before.text[-1:].isdigit()
    if not behind and before is not None:
        return word
    height = word.bottom - word.top
    reach = 0.0 if found["sign"] or found["rest"] else min(0.7 * height, end - word.x1 - 2)
    ink = _ink(part, word, above=0.4, right=max(0.0, reach))
    spots = _spots(ink)
    letter = max(spots, key=lambda one: one.width, default=None)
    if letter is None:
        return word
    foot = letter.bottom
    raised = [
        one
        for one in spots
        if one.left >= letter.right - 1
        and one.bottom < foot - 0.25 * letter.height
        and one.height > 0.4 * letter.height
    ]
    if len(raised) != 1:
        return word
    one = raised[0]
    power = _power(ink[one.top : one.bottom, one.left : one.right])
    if power is None:
        power = {"2": "²", "3": "³"}.get(found["sign"], "")
    if not power:
        return word
    return msgspec.structs.replace(word, text=f"{found['unit']}{power}{found['rest']}")


def _power(ink: Any) -> str | None:
    """² or ³ by the part above the foot: a two's ink lies to the left or goes across there."""
    height, width = ink.shape
    if height < 8 or width < 4:
        return None
    low, side = ink[int(0.6 * height) : int(0.8 * height)], max(1, width // 3)
    lean = float(low[:, -side:].mean() - low[:, :side].mean())
    return "²" if lean < _TWO else "³" if lean > _THREE else None


def _counted(part: Any, word: PageWord) -> PageWord:
    """ "35" for "3,5", "50%" for "5%": points and figures as many as there are spots of ink."""
    found = _FIGURES.fullmatch(word.text)
    assert found is not None
    spots = sorted(_spots(_ink(part, word, below=0.2)))
    if found["sign"]:
        sign = _first(spots)
        spots = [one for one in spots if sign is None or one.left >= sign.right - 1]
    if not spots:
        return word
    most = max(one.height for one in spots)
    figures = [one for one in spots if one.height >= _TALL * most]
    if any(one.width > _WIDEST * one.height for one in figures):
        return word
    number = found["number"]
    rest = found["rest"]
    if "%" in rest:
        shorter = _without_ring(number, spots, figures, most)
        if shorter != number:
            return _told(word, f"{found['sign']}{shorter}{rest}")
    digits = [char for char in number if char.isdigit()]
    if len(figures) < len(digits) or (not rest and len(figures) > len(digits)):
        return word
    pointed = _pointed(number, spots, figures[: len(digits)], most)
    return _told(word, f"{found['sign']}{pointed}{rest}")


def _told(word: PageWord, text: str) -> PageWord:
    if text == word.text:
        return word
    return msgspec.structs.replace(word, text=text, read_as=word.read_as or word.text)


def _without_ring(number: str, spots: list[_Spot], figures: list[_Spot], most: int) -> str:
    """The number without the nought or nine that was read for the percent sign's first ring."""
    if len(number) < 2 or number[-1] not in _RINGS:
        return number
    digits = sum(char.isdigit() for char in number)
    rings = [
        one
        for one in spots
        if 0.35 * most < one.height < _TALL * most and one.top < spots[0].top + 0.5 * most
    ]
    # Figures, then the sign's stroke as the last of the tall spots, with a ring on either side.
    if len(figures) != digits or len(rings) != 2:
        return number
    stroke = figures[-1]
    sides = [one.left + one.width / 2 < stroke.left + stroke.width / 2 for one in rings]
    after_figures = all(one.left > figures[-2].right - 2 for one in rings)
    return number[:-1].rstrip(".,") if sorted(sides) == [False, True] and after_figures else number


def _pointed(number: str, spots: list[_Spot], figures: list[_Spot], most: int) -> str:
    """The number with a point or comma wherever a small spot lies at the foot between figures."""
    made = ""
    rest = list(number)
    foot = float(np.median([one.bottom for one in figures]))
    for left, right in pairwise([*figures, None]):
        made += rest.pop(0)
        own = rest.pop(0) if rest and not rest[0].isdigit() else ""
        if not own and right is not None and left is not None:
            own = _point(left, right, spots, foot, most)
        made += own
    return made


def _point(left: _Spot, right: _Spot, spots: list[_Spot], foot: float, most: int) -> str:
    found = [
        one
        for one in spots
        if left.right - 2 <= one.left
        and one.right <= right.left + 2
        and one.height <= _SMALL * most
        and one.top > foot - 0.3 * most
        and min(one.width, one.height) >= _LEAST
    ]
    if len(found) != 1:
        return ""
    return "," if found[0].bottom > foot + 0.08 * most else "."


def _ink(
    part: Any, word: PageWord, above: float = 0.0, below: float = 0.0, right: float = 0.0
) -> Any:
    """The ink of the word's box, grown by shares of its height and pixels to the right."""
    height = word.bottom - word.top
    top, bottom = max(0, int(word.top - above * height)), int(word.bottom + below * height) + 1
    return part[top:bottom, max(0, int(word.x0)) : int(word.x1 + right) + 1] < _INK


def _spots(ink: Any) -> list[_Spot]:
    count, _, boxes, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    return [
        _Spot(int(x), int(y), int(x + w), int(y + h))
        for x, y, w, h, area in boxes[1:count]
        if area >= _LEAST
    ]
