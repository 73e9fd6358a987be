"""Pages with lines and tables in places: what the readers of PDF files and of scans hand over.

A reader gives :class:`Page` after :class:`Page`; :func:`print_pages` leaves out what stands on
every page (running heads and feet, page numbers), lets a table go on over the page's end and
writes all of it into one :class:`extract.printed.Printed`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from extract.printed import BBox, Printed, PrintedCell, Repairs, Words
from normalize.findings import Note
from normalize.patterns import pattern

_MARGIN = 0.11
"""Share of the page's height in which running heads and feet stand."""
_FEWEST_PAGES = 3
_ASKEW = 0.3
"""Degrees that a page was turned by from which on its boxes lie elsewhere than on its image."""
_LINE_HEIGHT = 14.0
_DIGITS = pattern(r"\d+")
_PAGE_NUMBER = pattern(
    r"\s*[-–—(]?\s*(?:(?i:trang|page)\s*)?(?:\d{1,4}(?:\s*/\s*\d{1,4})?|[ivxl]{1,6})\s*[-–—)]?\s*"
)


class PageLine(msgspec.Struct, frozen=True):
    """One paragraph or line of running text."""

    text: str
    bbox: BBox
    confidence: float | None = None
    repairs: Repairs = ()


class PageWords(Words, frozen=True):
    """One paragraph of a cell on a page.

    ``room`` is what its last line leaves free, ``lead`` what its first word takes with the blank
    before it (points): whether a paragraph goes on over the page's end can so be told.
    """

    room: float = 0.0
    lead: float = 0.0


class PageTable(msgspec.Struct, frozen=True):
    """The grid of a table on one page; merged cells fill every place that they cover.

    ``edges`` are the x coordinates of the vertical rules, one more than there are columns;
    ``open_above`` and ``open_below`` the columns that no rule closes at the table's ends (empty
    where the reader cannot tell).
    """

    rows: tuple[tuple[PrintedCell, ...], ...]
    bbox: BBox
    edges: tuple[float, ...]
    open_above: tuple[bool, ...] = ()
    open_below: tuple[bool, ...] = ()


class Page(msgspec.Struct, frozen=True):
    """One page: its number from 1, its size in points, its lines and tables from top to bottom.

    ``turned``: by how many degrees an image was turned to the left to read; places count on the
    page as it reads. ``lifted``: ink was taken away from the image as a seal, a stamp or a pen's;
    ``covered`` are the boxes of words that such ink lay over.
    """

    number: int
    width: float
    height: float
    items: tuple[PageLine | PageTable, ...]
    turned: float = 0.0
    lifted: bool = False
    covered: tuple[BBox, ...] = ()


def print_pages(pages: Iterable[Page], style: str) -> Printed:
    """The text of all pages with its tables and places."""
    from extract.readers.page_tables import OpenTable

    printed = Printed(style)
    table: OpenTable | None = None
    for page in list(_without_margins(list(pages))):
        if abs(page.turned) >= _ASKEW:
            printed.notes.append(
                Note("page.turned", f"{round(page.turned, 2):g}", str(page.number), 0, 0)
            )
        if page.lifted:
            printed.notes.append(Note("page.stamp_removed", "", str(page.number), 0, 0))
        if page.covered:
            printed.covered[page.number] = page.covered
        for index, item in enumerate(page.items):
            if isinstance(item, PageTable):
                if table is not None and index == 0 and table.put(item, page.number):
                    continue
                if table is not None:
                    table.print_to(printed)
                table = OpenTable(item, page.number)
                continue
            if table is not None:
                table.print_to(printed)
                table = None
            before = page.items[index - 1] if index else None
            if isinstance(before, PageLine) and _is_below_gap(before, item):
                printed.gap()
            printed.line(item.text, page.number, item.bbox, item.confidence, item.repairs)
        printed.page_end()
    if table is not None:
        table.print_to(printed)
    return printed


def _is_below_gap(before: PageLine, line: PageLine) -> bool:
    """A blank as high as a line stands between the two, or the line begins a new column."""
    height = min(line.bbox[3] - line.bbox[1], _LINE_HEIGHT)
    return line.bbox[1] - before.bbox[3] > 0.6 * height or line.bbox[3] < before.bbox[1]


def _without_margins(pages: list[Page]) -> Iterable[Page]:
    """The pages without page numbers and without lines that stand in the margin of most."""
    seen = Counter(
        _DIGITS.sub("#", line.text)
        for page in pages
        for line in page.items
        if isinstance(line, PageLine) and _in_margin(line, page)
    )
    often = max(_FEWEST_PAGES, len(pages) // 2)
    for page in pages:
        items = tuple(
            item
            for item in page.items
            if isinstance(item, PageTable)
            or not _in_margin(item, page)
            or not (_PAGE_NUMBER.fullmatch(item.text) or seen[_DIGITS.sub("#", item.text)] >= often)
        )
        yield msgspec.structs.replace(page, items=items)


def _in_margin(line: PageLine, page: Page) -> bool:
    margin = _MARGIN * page.height
    return line.bbox[3] < margin or line.bbox[1] > page.height - margin
