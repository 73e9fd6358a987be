"""Tables as they stand in the text: rows of cells, before anyone knows what a column means."""

from __future__ import annotations

import msgspec

from normalize.fragment import Fragment


class Cell(msgspec.Struct, frozen=True, gc=False):
    """One cell: its words, and whether the form says that another cell's words cover it.

    ``covered`` is ``"down"`` below a rowspan and ``"right"`` beside a colspan (the words are then
    the covering cell's), else empty. ``may_end`` are the view offsets of blanks where a paragraph
    may end as well (a full line of a PDF cell).
    """

    words: Fragment
    covered: str = ""
    may_end: tuple[int, ...] = ()

    @property
    def own(self) -> str:
        """The words that are printed in this very cell."""
        return "" if self.covered else self.words.text


class Row(msgspec.Struct, frozen=True, gc=False):
    """One printed row: its cells and its range in the view.

    ``page`` counts the gaps (blank lines, page numbers, form feeds) before it in its table:
    a page break can only lie at a gap, but not every gap is one. ``shift`` tells the analyst how
    the row's words were laid into its cells where the form leaves that open; ``joined``, that the
    form's reader put the row together over a page's end; ``carried``, that it took cells of the
    row for the lower part of merged ones on the page before; ``touching``, that words of two
    columns stand so near each other in a printed line that nothing near it confirms where they
    part; ``doubtful``, that nothing sure tells where the row begins or ends.
    """

    cells: tuple[Cell, ...]
    start: int
    end: int
    page: int = 0
    shift: str = ""
    joined: bool = False
    carried: bool = False
    touching: bool = False
    doubtful: bool = False


class TableBlock(msgspec.Struct, frozen=True, gc=False):
    """Consecutive rows of one style: ``tab``, ``pipe``, ``bar``, ``html``, ``layout``, …"""

    rows: tuple[Row, ...]
    start: int
    end: int
    style: str


class Line(msgspec.Struct, frozen=True, gc=False):
    """One line of running text.

    ``gap`` is true where a blank line or a page end stands before it, ``page`` where it surely
    is a page end (a page number, a form feed).
    """

    words: Fragment
    start: int
    end: int
    gap: bool
    page: bool = False


Block = TableBlock | Line
