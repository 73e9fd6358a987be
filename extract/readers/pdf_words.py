"""The words of a PDF page with their boxes, and the lines that they stand in.

Boxes are points from the upper left corner of the page as it is shown (/Rotate applied).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from ctypes import c_double
from itertools import pairwise
from statistics import median
from typing import Any
from unicodedata import combining, normalize

import msgspec
import pypdfium2.raw as pdfium

from extract.printed import BBox
from extract.readers.encodings import font_encoding, from_font
from extract.readers.pdf_shown import font_at, is_aslant, is_cut_away

_WORD_GAP = 0.14
"""Share of the line's height that parts two words; a blank is about 0.2 of it."""
_HORN = "\u031b"
_HORN_GAP = 0.03
_OUTERMOST = 40.0
"""Points from the first and last line in which a cut line may stand."""
_OLD_LETTERS = frozenset(
    [*map(chr, (*range(0xA1, 0xC0), *range(0xF020, 0xF100))), *"×ðñøäåæçëîïöûüþß÷"]
)
"""Letters beyond ASCII that Vietnamese in Unicode lacks: they may belong to an old font."""
_FEW_STAMPED = 8
_COLUMN_GAP = 14.0
_ALIKE = 0.8
_LEVEL = 0.3
_HIGHER = 1.1
_ASCENT, _DESCENT = 0.89, 0.22
"""Heights of common text fonts above and below the base line, in sizes of the font."""
_TOUCH = 0.25
"""Points that a character's box may reach over a rule beside it."""
_HYPHEN = "\x02"
"""pdfium's mark for a hyphen that ends a line."""
UNKNOWN = "\ufffd"
"""Stands for a letter that the page draws while the file does not say which it is."""
_NO_LETTER = frozenset([*map(chr, range(9)), *map(chr, range(14, 32)), *"\ufffd\ufffe\uffff"])


Letter = tuple[str, int, int]
"""A character, and the left and top of its box in whole points."""


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
    read_as: str | None = None
    """What the recognizer made of it, where the text was mended from other words' evidence."""

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
    x0, top, x1, bottom = words[0].x0, words[0].top, words[0].x1, words[0].bottom
    for word in words:
        x0 = word.x0 if word.x0 < x0 else x0
        top = word.top if word.top < top else top
        x1 = word.x1 if word.x1 > x1 else x1
        bottom = word.bottom if word.bottom > bottom else bottom
    return round(x0, 1), round(top, 1), round(x1, 1), round(bottom, 1)


def confidence_of(words: list[PageWord]) -> float | None:
    """The mean confidence of words read from an image; None for any other."""
    told = [word.confidence for word in words if word.confidence is not None]
    return sum(told) / len(told) if told else None


def repairs_of(words: Sequence[PageWord]) -> tuple[tuple[str, str], ...]:
    """(as recognized, as mended) of the words that were mended, in their order."""
    return tuple((word.read_as, word.text) for word in words if word.read_as is not None)


class _Letter(PageWord, frozen=True, gc=False):
    """One character; ``index`` is its place in pdfium's list."""

    index: int = -1


def read_words(
    page: Any,
    encodings: set[str] | None = None,
    without: frozenset[Letter] = frozenset(),
    *,
    even: bool = False,
) -> list[PageWord]:
    """The words of a pypdfium2 page in the order of its content, but for the letters given.

    ``even``: letters of one size are equally high, also where the file has no heights of its
    fonts (which costs time; tables without rules are read by how far lines lie apart).

    Letters that only an old font makes Vietnamese become those that it shows; ``encodings``
    gathers the names of what was met.
    """
    text_page = page.get_textpage()
    try:
        turn = _Turn(page)
        letters = _letters(text_page.raw, text_page.count_chars(), turn)
        letters = [letter for letter in letters if _key(letter) not in without]
        if even and _is_inked(letters):
            letters = _evened(text_page.raw, letters, turn)
        return _words(letters, text_page.raw, encodings if encodings is not None else set())
    finally:
        text_page.close()


def letters_on(page: Any) -> frozenset[Letter]:
    """Every letter of the page and where it stands."""
    text_page = page.get_textpage()
    try:
        letters = _letters(text_page.raw, text_page.count_chars(), _Turn(page))
        return frozenset(map(_key, letters))
    finally:
        text_page.close()


def _key(letter: PageWord) -> Letter:
    return letter.text, round(letter.x0), round(letter.top)


def stamped_words(page: Any, own: list[PageWord], letters: frozenset[Letter]) -> list[PageWord]:
    """What notes and fields write into the lines of a page: a number, a date.

    They were drawn into the page, whose own words and letters are given. Boxes that stand by
    themselves (a digital signature's) are no part of the text.
    """
    return [
        word
        for line in lines_of(read_words(page, without=letters))
        for part in segments(line, _COLUMN_GAP)
        if len(part.words) <= _FEW_STAMPED and ":" not in part.text
        for word in part.words
        if any(_is_beside(word, one) for one in own)
    ]


def _is_beside(word: PageWord, other: PageWord) -> bool:
    """Both stand in one line."""
    shared = min(word.bottom, other.bottom) - max(word.top, other.top)
    return shared > 0.5 * min(word.bottom - word.top, other.bottom - other.top)


class _Turn:
    """From the page's own coordinates to those of the page as shown."""

    def __init__(self, page: Any) -> None:
        self.rotation = page.get_rotation()
        left, bottom, right, top = page.get_mediabox()
        self.left, self.bottom = left, bottom
        self.width, self.height = right - left, top - bottom
        self.shown = page.get_cropbox()

    def shows(self, x: float, y: float) -> bool:
        """Does the point (the page's own coordinates) lie on the part that is shown?"""
        left, bottom, right, top = self.shown
        return bool(left <= x <= right and bottom <= y <= top)

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


def _letters(page: Any, count: int, turn: _Turn) -> list[_Letter]:
    """The characters that are to be seen, blanks of the content among them.

    Loose boxes are as wide as the letter's advance, so that letters of a word touch.
    """
    made: list[_Letter] = []
    middles: list[tuple[float, float]] = []
    rect = pdfium.FS_RECTF()
    for index in range(count):
        char = chr(pdfium.FPDFText_GetUnicode(page, index))
        blank = char.isspace() or char in _NO_LETTER
        if blank and (char in "\r\n" or pdfium.FPDFText_IsGenerated(page, index)):
            continue
        if not pdfium.FPDFText_GetLooseCharBox(page, index, rect):
            continue
        middle = (rect.left + rect.right) / 2, (rect.bottom + rect.top) / 2
        if not turn.shows(*middle) or is_aslant(page, index):
            continue
        box = turn.box(rect.left, rect.bottom, rect.right, rect.top)
        if char == _HYPHEN and pdfium.FPDFText_IsHyphen(page, index):
            char = "-"
        elif char in _NO_LETTER:
            char = UNKNOWN if _is_drawn(page, index) else " "
        text = " " if char.isspace() else char
        made.append(_Letter(text, *box, index=index))
        middles.append(middle)
    return _not_cut_away(page, made, middles)


def _is_inked(letters: Sequence[PageWord]) -> bool:
    """Are the boxes as high as each letter's ink: does the file lack its fonts' own heights?

    Letters that go below the line are then higher than others of their size.
    """
    level = [one.bottom - one.top for one in letters if one.text in "acmnotuv"]
    below = [one.bottom - one.top for one in letters if one.text in "gpqy"]
    return bool(level and below) and median(below) > _HIGHER * median(level)


def _evened(page: Any, letters: Sequence[_Letter], turn: _Turn) -> list[_Letter]:
    """The letters with boxes as high as those of a common font, about their base line."""
    made: list[_Letter] = []
    matrix = pdfium.FS_MATRIX()
    x, y = c_double(), c_double()
    for letter in letters:
        size = pdfium.FPDFText_GetFontSize(page, letter.index)
        if (
            pdfium.FPDFText_GetMatrix(page, letter.index, matrix)
            and pdfium.FPDFText_GetCharOrigin(page, letter.index, x, y)
            and not (matrix.b or matrix.c)
        ):
            size *= abs(matrix.d)
            box = turn.box(x.value, y.value - _DESCENT * size, x.value, y.value + _ASCENT * size)
            if turn.rotation % 180 == 0:
                letter = msgspec.structs.replace(letter, top=box[1], bottom=box[3])
            else:
                letter = msgspec.structs.replace(letter, x0=box[0], x1=box[2])
        made.append(letter)
    return made


def _is_drawn(page: Any, index: int) -> bool:
    """Does the character leave ink? A blank has a box without height or width."""
    left, right, bottom, top = _ink(page, index)
    return min(right - left, top - bottom) > _TOUCH


def _ink(page: Any, index: int) -> tuple[float, float, float, float]:
    """Left, right, bottom and top of a character's ink; noughts where it leaves none."""
    left, right, bottom, top = (c_double() for _ in range(4))
    if not pdfium.FPDFText_GetCharBox(page, index, left, right, bottom, top):
        return 0.0, 0.0, 0.0, 0.0
    return left.value, right.value, bottom.value, top.value


def _reaches_out(page: Any, index: int) -> bool:
    """Is the character's loose box (its advance, or the ink where that is wider) the ink's?"""
    rect = pdfium.FS_RECTF()
    if not pdfium.FPDFText_GetLooseCharBox(page, index, rect):
        return False
    loose = rect.left, rect.right, rect.bottom, rect.top
    return any(abs(a - b) < 0.01 for a, b in zip(loose, _ink(page, index), strict=True))


def _not_cut_away(
    page: Any, letters: list[_Letter], middles: list[tuple[float, float]]
) -> list[_Letter]:
    """The letters without what a page's end cut: it stands in the outermost lines only."""
    if not letters:
        return letters
    low = min(letter.top for letter in letters) + _OUTERMOST
    high = max(letter.bottom for letter in letters) - _OUTERMOST
    return [
        letter
        for letter, middle in zip(letters, middles, strict=True)
        if low <= letter.middle <= high or not is_cut_away(page, letter.index, *middle)
    ]


def _words(letters: list[_Letter], page: Any, encodings: set[str]) -> list[PageWord]:
    """Words by place, not by order: letters of a second font may stand anywhere in the content."""
    by_font = any(letter.text in _OLD_LETTERS for letter in letters)
    made: list[PageWord] = []

    def close(run: list[_Letter]) -> None:
        word = _word(run)
        font = font_at(page, run[0].index) if by_font else ""
        encoding = font_encoding(font) if font else None
        if encoding is not None and (text := from_font(font, word.text)) != word.text:
            encodings.add(encoding)
            word = msgspec.structs.replace(word, text=text, sides=())
        made.append(word)

    for line in lines_of(letters):
        run: list[_Letter] = []
        for letter in _with_marks(line.words):
            if run and (letter.text == " " or _is_apart(run, letter, page)):
                close(run)
                run = []
            if letter.text != " ":
                run.append(letter)
        if run:
            close(run)
    return made


def _with_marks(letters: Sequence[Any]) -> Sequence[Any]:
    """Marks that are drawn by themselves stand behind the letter that they lie over."""
    if not any(combining(letter.text) for letter in letters):
        return letters
    made = [letter for letter in letters if not combining(letter.text)]
    for mark in letters:
        if combining(mark.text) and made:
            base = min(range(len(made)), key=lambda i: abs(made[i].centre - mark.centre))
            while base + 1 < len(made) and combining(made[base + 1].text):
                base += 1
            made.insert(base + 1, mark)
    return made


def _is_apart(run: Sequence[_Letter], letter: PageWord, page: Any) -> bool:
    last = run[-1]
    height = last.bottom - last.top
    gap = letter.x0 - max(one.x1 for one in run[-2:])
    if gap > _WORD_GAP * height:
        return True
    # A horn may reach beyond the letter's advance: the box is then the ink's, and what follows in
    # the same word begins inside it.
    horned = gap > _HORN_GAP * height and _HORN in normalize("NFD", last.text)
    return horned and _reaches_out(page, last.index)


def _word(letters: Sequence[PageWord]) -> PageWord:
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


def lines_of(words: Sequence[PageWord]) -> list[WordLine]:
    """The words as lines from top to bottom; a mark above or below its line belongs to it.

    Lines of neighbouring cells may lie half a line apart: words of one size are one line's only
    where they stand at the same height. Not so for words read from an image: their boxes are the
    ink's, "liên" and "quan" are as high and stand apart by a third.
    """
    rows: list[tuple[float, float, list[PageWord]]] = []
    for word in sorted(words, key=lambda one: (one.middle, one.x0)):
        for index in range(len(rows) - 1, max(-1, len(rows) - 4), -1):
            top, bottom, row = rows[index]
            shared = min(bottom, word.bottom) - max(top, word.top)
            height, last = word.bottom - word.top, row[-1]
            alike = height > _ALIKE * (last.bottom - last.top) > _ALIKE**2 * height
            inked = word.confidence is not None
            level = inked or not alike or word.middle - last.middle < _LEVEL * height
            if level and shared > 0.5 * min(bottom - top, height):
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
