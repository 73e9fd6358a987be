"""A text with its tables and pages, put together by the readers of digital forms.

Word files, sheets, PDF pages and scans have no text of their own: their reader writes one, a
paragraph a line, a table row with tabs between its cells, and says beside it where the cells lie
and on which page each stretch is printed. Every span of the tables indexes that text.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

import msgspec

from normalize.findings import Note
from normalize.patterns import pattern
from normalize.text import nfc

BBox = tuple[float, float, float, float]
"""(x0, top, x1, bottom) in points from the page's upper left corner."""

Repairs = tuple[tuple[str, str], ...]
"""(as recognized, as mended) of words read from an image, in the order of the text."""

DOUBTFUL = 70.0
"""Mean confidence below which words read from an image are told to the analyst."""

MAY_END = "\x1f"
"""In the words of a cell: a blank at the end of a full line, where its paragraph may end too."""

_BLANKS = pattern(r"[\s\u00a0\u2007\u202f\u2002\u2003\u2009]+")
_NOTHING = pattern(r"[\u200b-\u200f\u2060\ufeff\u00ad\x00-\x08\x0e-\x1f]+")
_TAB = " " * 8


class Words(msgspec.Struct, frozen=True):
    """One paragraph of a cell, and where it is printed if the form has pages.

    ``confidence`` (0–100) is the mean of its words' where they were read from an image, and
    ``repairs`` holds (as recognized, as mended) of those words that were mended, in order.
    ``rest`` is what stands on further pages, each piece with what comes before it ("", a blank or
    ``MAY_END``).
    """

    text: str
    page: int | None = None
    bbox: BBox | None = None
    confidence: float | None = None
    rest: tuple[tuple[str, Words], ...] = ()
    repairs: Repairs = ()


class PrintedCell(msgspec.Struct, frozen=True):
    """The paragraphs of one cell in the order of reading.

    ``covered`` is ``"down"`` or ``"right"`` for a place that a merged cell above or to the left
    covers; such a place has no paragraphs of its own.
    """

    paragraphs: tuple[Words, ...] = ()
    covered: str = ""


class GridCell(msgspec.Struct, frozen=True):
    """One cell of a table as half-open ranges of the text, a paragraph a range.

    ``may_end`` are the offsets of blanks where a paragraph may end, for all the page shows.
    """

    ranges: tuple[tuple[int, int], ...]
    covered: str = ""
    may_end: tuple[int, ...] = ()


class GridRow(msgspec.Struct, frozen=True):
    """One printed row: its cells, its range, and the page ends before it in its table.

    ``joined``: a page's end cut the row, and its reader put it together again; ``carried``: cells
    of it are taken for the lower part of merged ones that the page's end cut.
    """

    cells: tuple[GridCell, ...]
    start: int
    end: int
    page: int = 0
    joined: bool = False
    carried: bool = False


class Grid(msgspec.Struct, frozen=True):
    """A table whose cells the form itself tells apart."""

    rows: tuple[GridRow, ...]
    start: int
    end: int
    style: str


class Stretch(msgspec.Struct, frozen=True):
    """A range of the text that stands in one place of one page."""

    start: int
    end: int
    page: int
    bbox: BBox | None


class Printed:
    """Builds the text from top to bottom; ``style`` names the form in its table blocks."""

    def __init__(self, style: str) -> None:
        self.style = style
        self.grids: list[Grid] = []
        self.stretches: list[Stretch] = []
        self.notes: list[Note] = []
        self.covered: dict[int, Sequence[BBox]] = {}
        """Page → boxes of words that a seal, a stamp or a pen lay over."""
        self._parts: list[str] = []
        self._length = 0
        self._page_ended = False

    @property
    def text(self) -> str:
        """All that was put in so far."""
        return "".join(self._parts)

    @property
    def length(self) -> int:
        """Offset at which the next words will stand (a page's end aside)."""
        return self._length

    def line(
        self,
        text: str,
        page: int | None = None,
        bbox: BBox | None = None,
        confidence: float | None = None,
        repairs: Repairs = (),
    ) -> tuple[int, int]:
        """One line of running text; a tab becomes a wide blank. Returns its range."""
        # A tab in running text parts columns of a letterhead; as a tab it would open a table.
        words = _plain(text.replace("\t", _TAB), keep_width=True)
        if self._page_ended and words:
            self._put("\f")
            self._page_ended = False
        start = self._length
        self._place(words, page, bbox, confidence, repairs)
        end = self._length
        self._put("\n")
        return start, end

    def gap(self) -> None:
        """A blank line."""
        self._put("\n")

    def page_end(self) -> None:
        """The page ends here: the next line of running text is the first of a new one."""
        self._page_ended = True

    def table(
        self,
        rows: Iterable[Sequence[PrintedCell]],
        pages: Sequence[int] = (),
        joined: Container[int] = (),
        carried: Container[int] = (),
    ) -> None:
        """A table; ``pages[i]`` counts the page ends before row ``i`` within this table.

        ``joined`` are the rows that a page's end had cut, ``carried`` those into which a merged
        cell reaches over it.
        """
        self._put("\n")
        made: list[GridRow] = []
        above: list[GridCell] = []
        start = self._length
        for index, row in enumerate(rows):
            row_start = self._length
            cells: list[GridCell] = []
            for column, cell in enumerate(row):
                if column:
                    self._put("\t")
                cells.append(self._cell(cell, column, cells, above))
            page = pages[index] if pages else 0
            marks = index in joined, index in carried
            made.append(GridRow(tuple(cells), row_start, self._length, page, *marks))
            above = cells
            self._put("\n")
        if made:
            self.grids.append(Grid(tuple(made), start, self._length - 1, self.style))
        self._put("\n")

    def _cell(
        self, cell: PrintedCell, column: int, left: list[GridCell], above: list[GridCell]
    ) -> GridCell:
        if cell.covered == "right" and left:
            return GridCell(left[-1].ranges, "right")
        if cell.covered == "down" and column < len(above):
            return GridCell(above[column].ranges, "down")
        ranges: list[tuple[int, int]] = []
        may_end: list[int] = []
        for words in cell.paragraphs:
            text = _plain(words.text.replace(MAY_END, " "))
            if not text:
                continue
            if ranges:
                self._put("\n")
            start = self._length
            may_end += self._pieces(words)
            for glue, piece in words.rest:
                if glue == MAY_END:
                    may_end.append(self._length)
                self._put(glue.replace(MAY_END, " "))
                may_end += self._pieces(piece)
            ranges.append((start, self._length))
        return GridCell(tuple(ranges) or ((self._length, self._length),), "", tuple(may_end))

    def _pieces(self, words: Words) -> list[int]:
        """Puts the words of one page; the offsets of the blanks that may end a paragraph."""
        lines = [_plain(line) for line in words.text.split(MAY_END)]
        ends = []
        at = self._length
        for line in lines[:-1]:
            at += len(line)
            ends.append(at)
            at += 1
        self._place(" ".join(lines), words.page, words.bbox, words.confidence, words.repairs)
        return ends

    def _place(
        self,
        text: str,
        page: int | None,
        bbox: BBox | None,
        confidence: float | None,
        repairs: Repairs,
    ) -> None:
        start = self._length
        self._put(text)
        if page is not None and text:
            self.stretches.append(Stretch(start, self._length, page, bbox))
        if confidence is not None and confidence < DOUBTFUL:
            note = Note("ocr.low_confidence", text, f"{confidence:.0f}", start, self._length)
            self.notes.append(note)
        under = self.covered.get(page, ()) if page is not None and bbox is not None else ()
        if any(bbox is not None and _holds(bbox, word) for word in under):
            self.notes.append(Note("ocr.under_ink", text, None, start, self._length))
        at = 0
        for raw, value in repairs:
            at = text.find(nfc(value), at)
            if at < 0:
                break
            low, at = start + at, at + len(nfc(value))
            self.notes.append(Note("ocr.word_repaired", raw, value, low, start + at))

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)


def _holds(box: BBox, word: BBox) -> bool:
    """Does the word's middle lie in the box?"""
    x, y = (word[0] + word[2]) / 2, (word[1] + word[3]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _plain(text: str, keep_width: bool = False) -> str:
    """NFC, no invisible characters, blanks plain; single, unless their width tells something."""
    text = _NOTHING.sub("", nfc(text))
    if keep_width:
        return _BLANKS.sub(lambda run: " " * len(run.group()), text).strip()
    return _BLANKS.sub(" ", text).strip()
