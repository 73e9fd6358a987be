"""Lines of a text whose columns are made of blanks, as pieces of words with their places.

A character's column is its distance from the line's start; words parted by two blanks or more
are different pieces. What ``pdftotext -layout`` prints is the model: columns keep their places
within a page and may lie elsewhere on the next.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import msgspec

from extract.open_ends import ends_open
from normalize.patterns import pattern
from normalize.spelling import is_syllable

_GLUED = pattern(r"(?<=\p{Ll})(?=\p{Lu}\p{Ll})")
"""Where two words stand without a blank between them: "việcSở"."""
_PIECE = pattern(r"\S++(?: \S++)*+")
ORDINAL = pattern(
    r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6}(?:\.\d{1,3})*|[A-ZĐ]|[a-zđ](?=[.)]))\s?[.)/]?"
)
LABEL = pattern(
    r"(?:(?:\d{1,3}(?:\.\d{1,3})+\.?|\d{1,3}[.)]|[a-zđ]\)|[IVXLC]{1,6}[.)])\s*+|"
    r"(?:\d{1,3}|[IVXLC]{1,6})/\s++)(?=\p{L})"
)
BULLET = pattern(r"[-+•*–]\s?(?=[\p{L}\d(“\"])")
COLUMN_NUMBER = pattern(r"\(\s?(?:\d{1,2}|[A-G])\s?\)(?:\s?=.*)?|\d|[A-G]")
_CUT_SYMBOL = pattern(r"[\p{L}\p{N}][-/]\Z")
_CUT_YEAR = pattern(r"[\p{L}\d]/(\d{1,4})\Z")
_YEAR_REST = pattern(r"(\d{0,3})(?!\d|\p{L})(?:[.,;)]|\Z|(?<=\d)(?=\s))")
_YEAR = pattern(r"(?:19|20)\d\d")
_AMOUNT = pattern(r"\d{1,3}(?:[.,]\d{1,3})*")
_CUT_AMOUNT = pattern(r"(?<![\w.,])\d{1,3}(?:([.,])\d{3})*[.,](\d{1,2})\Z")
_AMOUNT_REST = pattern(r"(\d{1,3})(?![\d/])")
_CUT_WORD = pattern(r"(\p{L}+)\Z")
_WORD_REST = pattern(r"(?:ch|ng|nh|[cghmnpt])(?![\p{L}\d.)/])")
_CUT_CAPITALS = pattern(r"(?<!\p{L})[BCDĐGHKLMNPQRSTVX]{3,}\Z")
_CAPITAL_REST = pattern(r"[BCDĐGHKLMNPQRST](?![\p{L}\d.)/])")
_SMALL_MARK = pattern(r"[a-zđ]\)")

Range = tuple[int, int]
"""Half-open columns of a line, or half-open offsets of a view."""


class LaidLine(msgspec.Struct, frozen=True, gc=False):
    """One printed line: its number, the view offset of its column 0, its text and pieces.

    ``gap`` tells that a blank line stands before it.
    """

    number: int
    at: int
    text: str
    pieces: tuple[Range, ...]
    gap: bool

    def words(self, piece: Range) -> str:
        """The words of one piece."""
        return self.text[piece[0] : piece[1]]

    @property
    def left(self) -> int:
        """Column of the first letter."""
        return self.pieces[0][0]


def words_of(line: LaidLine, *, part_glued: bool = False) -> Iterator[tuple[int, int, int]]:
    """(start, end, blanks before it) of each word.

    ``part_glued``: two that stand without a blank between them are two.
    """
    end = 0
    for low, high in line.pieces:
        at = low
        while at < high:
            behind = line.text.find(" ", at, high)
            behind = high if behind < 0 else behind
            glued = _GLUED.finditer(line.text, at, behind) if part_glued else ()
            cuts = [seam.start() for seam in glued]
            for start, stop in pairwise([at, *cuts, behind]):
                yield start, stop, start - end
                end = stop
            at = behind + 1


def lay_line(view: str, number: int, span: Range, gap: bool) -> LaidLine:
    """The pieces of one line that is not blank; a form feed takes no column."""
    start, end = span
    while start < end and view[start] == "\f":
        start += 1
    text = view[start:end].rstrip()
    pieces = tuple(found.span() for found in _PIECE.finditer(text))
    return LaidLine(number, start, text, pieces, gap)


def extent_of(lines: Sequence[LaidLine]) -> Range:
    """The range of columns that the lines' letters stand in."""
    return min(line.left for line in lines), max(len(line.text) for line in lines)


def starts_small(text: str) -> bool:
    """The words go on with a small letter or a mark that opens nothing ("a)" opens an item)."""
    if not text:
        return False
    return (text[0].islower() and _SMALL_MARK.match(text) is None) or text[0] in ",;.:)%/”"


def opens_item(text: str) -> bool:
    """A bullet, a number or a letter opens an item of a list."""
    return BULLET.match(text) is not None or LABEL.match(text) is not None


def is_cut(text: str) -> bool:
    """The line was broken inside a symbol or a list: "QĐ-", "Tư pháp,"."""
    return text.endswith(("-", "/", ",", "(", "–"))


def leaves_open(text: str) -> bool:
    """The line ends with a comma, a hyphen or a word that goes on: no cell ends so."""
    return is_cut(text) or ends_open(text)


_NARROW = frozenset("iíìỉĩịIjlt fr.,;:'()-/|!1")
_BROAD = frozenset("mMwWƠƯÔÂĂÊĐ%@")


@lru_cache(maxsize=16_384)
def advance(text: str) -> float:
    """How wide the words are in print, in letters of ordinary width (proportional letters)."""
    total = 0.0
    for char in text:
        if char in _NARROW:
            total += 0.6
        elif char in _BROAD:
            total += 1.5
        else:
            total += 1.3 if char.isupper() else 1.0
    return total


def breaks_early(text: str, following: str, width: float) -> bool:
    """The next line's first word would have fitted: the line was ended, not wrapped.

    ``width`` is that of the column's longest line; a sixth of it counts as full.
    """
    word = following.split(" ", 1)[0]
    return advance(text) + 0.6 + advance(word) <= width - max(3.0, width / 6)


def begins_paragraph(before: str, after: str, width: float) -> bool:
    """A line that a cell's author began himself: the line before was not full.

    A figure goes on with the words before it ("ngày" / "15/6"); amounts below each other are a
    list.
    """
    if is_cut(before) or starts_small(after):
        return False
    if _AMOUNT.fullmatch(after):
        return _AMOUNT.fullmatch(before) is not None
    if not after[0].isalpha():
        return False
    return breaks_early(before, after, width)


def wrap_seam(before: str, after: str) -> str:
    """What stands between the lines of wrapped words: a blank, nothing inside a symbol or number.

    A column as narrow as a date breaks it anywhere: "12/202" / "1", "IV/2020" / ".".
    """
    if _CUT_SYMBOL.search(before) and after[:1].isalnum():
        return ""
    tail = _CUT_YEAR.search(before)
    if tail is not None and after:
        head = _YEAR_REST.match(after)
        if head is not None and _YEAR.fullmatch(tail.group(1) + head.group(1)) is not None:
            return ""
    amount = _CUT_AMOUNT.search(before)
    rest = _AMOUNT_REST.match(after)
    if amount is not None and rest is not None and len(amount.group(2) + rest.group(1)) == 3:
        return ""
    return "" if _cuts_word(before, after) else " "


def _cuts_word(before: str, after: str) -> bool:
    """ "Côn" / "g", "hoạc" / "h": letters without a vowel that end the word before."""
    word, rest = _CUT_WORD.search(before), _WORD_REST.match(after)
    if word is not None and rest is not None and is_syllable(word.group(1) + rest.group()):
        return True
    # "VBQPP" / "L": capitals without a vowel are an abbreviation, one more alone is its last.
    return bool(_CUT_CAPITALS.search(before) and _CAPITAL_REST.match(after))
