"""Pages with lines and tables in places: what the readers of PDF files and of scans hand over.

A reader gives :class:`Page` after :class:`Page`; :func:`print_pages` leaves out what stands on
every page (running heads and feet, page numbers), lets a table go on over the page's end and
writes all of it into one :class:`extract.printed.Printed`.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from extract.printed import BBox, Printed, PrintedCell


class PageLine(msgspec.Struct, frozen=True):
    """One printed line of running text."""

    text: str
    bbox: BBox
    confidence: float | None = None


class PageTable(msgspec.Struct, frozen=True):
    """The grid of a table on one page; merged cells fill every place that they cover.

    ``edges`` are the x coordinates of the vertical rules, one more than there are columns.
    ``open_top``/``open_bottom`` tell that the grid reaches the page's end without a rule.
    """

    rows: tuple[tuple[PrintedCell, ...], ...]
    bbox: BBox
    edges: tuple[float, ...]
    open_top: bool = False
    open_bottom: bool = False


class Page(msgspec.Struct, frozen=True):
    """One page: its number from 1, its size in points, its lines and tables from top to bottom."""

    number: int
    width: float
    height: float
    items: tuple[PageLine | PageTable, ...]


def print_pages(pages: Iterable[Page], style: str) -> Printed:
    """The text of all pages with its tables and places."""
    printed = Printed(style)
    for page in pages:
        for item in page.items:
            if isinstance(item, PageLine):
                printed.line(item.text, page.number, item.bbox, item.confidence)
            else:
                printed.table(item.rows)
        printed.page_end()
    return printed
