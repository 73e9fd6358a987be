"""The words of a PDF page with their boxes, and the lines that they stand in.

Boxes are points from the upper left corner of the page as it is shown (/Rotate applied).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import msgspec
import pypdfium2.raw as pdfium

from extract.printed import BBox

_WORD_GAP = 0.14
"""Share of the line's height that parts two words; a blank is about 0.2 of it."""
_TOUCH = 0.25
"""Points that a character's box may reach over a rule beside it."""
_HYPHEN = "\x02"
"""pdfium's mark for a hyphen that ends a line."""


class PageWord(msgspec.Struct, frozen=True, gc=False):
    """One run of characters without a blank; ``confidence`` (0–100) where read from an image."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float | None = None
    sides: tuple[float, ...] = ()
    """Left and right edge of each character in turn, where they are known."""

    @property
    def middle(self) -> float:
        """Height of its middle."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """Its middle from left to right."""
        return (self.x0 + self.x1) / 2


class WordLine(msgspec.Struct, frozen=True, gc=False):
    """Words side by side, from left to right."""

    words: tuple[PageWord, ...]

    @property
    def text(self) -> str:
        """The words with one blank between them."""
        return " ".join(word.text for word in self.words)

    @property
    def bbox(self) -> BBox:
        """The box around all words."""
        return box_of(self.words)

    @property
    def width(self) -> float:
        """From the first word's left to the last one's right edge."""
        return self.words[-1].x1 - self.words[0].x0


def box_of(words: tuple[PageWord, ...] | list[PageWord]) -> BBox:
    """The box around the words, to a tenth of a point."""
    return (
        round(min(word.x0 for word in words), 1),
        round(min(word.top for word in words), 1),
        round(max(word.x1 for word in words), 1),
        round(max(word.bottom for word in words), 1),
    )


def confidence_of(words: list[PageWord]) -> float | None:
    """The mean confidence of words read from an image; None for any other."""
    told = [word.confidence for word in words if word.confidence is not None]
    return sum(told) / len(told) if told else None


def read_words(page: Any) -> list[PageWord]:
    """The words of a pypdfium2 page in the order of its content."""
    text_page = page.get_textpage()
    try:
        return _words(text_page.raw, text_page.count_chars(), _Turn(page))
    finally:
        text_page.close()


class _Turn:
    """From the page's own coordinates to those of the page as shown."""

    def __init__(self, page: Any) -> None:
        self.rotation = page.get_rotation()
        left, bottom, right, top = page.get_mediabox()
        self.left, self.bottom = left, bottom
        self.width, self.height = right - left, top - bottom

    def box(self, left: float, bottom: float, right: float, top: float) -> BBox:
        x0, x1 = left - self.left, right - self.left
        y0, y1 = bottom - self.bottom, top - self.bottom
        if self.rotation == 90:
            return y0, x0, y1, x1
        if self.rotation == 180:
            return self.width - x1, y0, self.width - x0, y1
        if self.rotation == 270:
            return self.height - y1, self.width - x1, self.height - y0, self.width - x0
        return x0, self.height - y1, x1, self.height - y0


def _words(page: Any, count: int, turn: _Turn) -> list[PageWord]:
    """Words by place, not by order: letters of a second font may stand anywhere in the content.

    Loose boxes are as wide as the letter's advance, so that letters of a word touch.
    """
    letters: list[PageWord] = []
    rect = pdfium.FS_RECTF()
    for index in range(count):
        char = chr(pdfium.FPDFText_GetUnicode(page, index))
        blank = char.isspace() or char in "\x00\ufffe\uffff"
        if blank and (char in "\r\n" or pdfium.FPDFText_IsGenerated(page, index)):
            continue
        if not pdfium.FPDFText_GetLooseCharBox(page, index, rect):
            continue
        box = turn.box(rect.left, rect.bottom, rect.right, rect.top)
        letters.append(PageWord(" " if blank else "-" if char == _HYPHEN else char, *box))
    made: list[PageWord] = []
    for line in lines_of(letters):
        run: list[PageWord] = []
        for letter in line.words:
            if run and (letter.text == " " or _is_apart(run, letter)):
                made.append(_word(run))
                run = []
            if letter.text != " ":
                run.append(letter)
        if run:
            made.append(_word(run))
    return made


def _is_apart(run: list[PageWord], letter: PageWord) -> bool:
    last = run[-1]
    return letter.x0 - max(one.x1 for one in run[-2:]) > _WORD_GAP * (last.bottom - last.top)


def _word(letters: list[PageWord]) -> PageWord:
    return PageWord(
        "".join(letter.text for letter in letters),
        letters[0].x0,
        min(letter.top for letter in letters),
        max(letter.x1 for letter in letters),
        max(letter.bottom for letter in letters),
        None,
        tuple(side for letter in letters for side in (letter.x0, letter.x1)),
    )


def parted(word: PageWord, edges: Sequence[float]) -> list[PageWord]:
    """The word cut at the edges that a gap between two of its characters lies on.

    Words of neighbouring cells may touch; a word that runs over its cell's edge stays whole.
    """
    first = bisect_right(edges, word.x0)
    if first == bisect_right(edges, word.x1) or len(word.sides) != 2 * len(word.text):
        return [word]
    cuts = [0]
    for edge in edges[first:]:
        for at in range(max(cuts[-1], 1), len(word.text)):
            low, high = word.sides[2 * at - 1], word.sides[2 * at]
            if low <= edge + _TOUCH and edge <= high + _TOUCH and high - low > 2 * _TOUCH:
                cuts.append(at)
                break
    cuts.append(len(word.text))
    return [
        PageWord(
            word.text[low:high],
            word.sides[2 * low],
            word.top,
            word.sides[2 * high - 1],
            word.bottom,
            word.confidence,
            word.sides[2 * low : 2 * high],
        )
        for low, high in pairwise(cuts)
    ]


def lines_of(words: list[PageWord]) -> list[WordLine]:
    """The words as lines from top to bottom; a mark above or below its line belongs to it."""
    rows: list[tuple[float, float, list[PageWord]]] = []
    for word in sorted(words, key=lambda one: (one.middle, one.x0)):
        for index in range(len(rows) - 1, max(-1, len(rows) - 4), -1):
            top, bottom, row = rows[index]
            shared = min(bottom, word.bottom) - max(top, word.top)
            if shared > 0.5 * min(bottom - top, word.bottom - word.top):
                row.append(word)
                rows[index] = (min(top, word.top), max(bottom, word.bottom), row)
                break
        else:
            rows.append((word.top, word.bottom, [word]))
    return [WordLine(tuple(sorted(row, key=lambda one: one.x0))) for _, _, row in rows]


def segments(line: WordLine, gap: float) -> list[WordLine]:
    """The line parted where the blank between two words is wider than ``gap``."""
    parts: list[list[PageWord]] = [[line.words[0]]]
    for before, word in pairwise(line.words):
        if word.x0 - before.x1 > gap:
            parts.append([])
        parts[-1].append(word)
    return [WordLine(tuple(part)) for part in parts]
