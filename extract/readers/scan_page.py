"""A page read from an image, its words not yet put together: what repair works on."""

from __future__ import annotations

import msgspec

from extract.printed import BBox
from extract.readers.grid import FEWEST_COLUMNS, edges_of, is_table, table_of
from extract.readers.pages import Page
from extract.readers.pdf_words import PageWord
from extract.readers.prose import page_items

NEAR = 4.0
"""Edges of ruled cells closer than this many points are one."""

Cells = dict[BBox, list[PageWord]]


class ScannedPage(msgspec.Struct):
    """Number from 1, size in points, the cells of each ruled table, the words around all tables.

    All places are those of the page as it reads; ``turned`` are the degrees by which it was turned
    to the left for that.
    """

    number: int
    width: float
    height: float
    tables: list[Cells]
    words: list[PageWord]
    turned: float = 0.0
    loose: list[Cells] = []
    """The cells of tables whose columns no lines part."""
    lifted: bool = False
    """Was ink taken away as a seal, a stamp or a pen's?"""
    covered: tuple[BBox, ...] = ()
    """The boxes of words that such ink, or a pen as dark as print, lay over."""

    @property
    def running(self) -> tuple[float, ...]:
        """The column edges of such a table that the page ends with, in points; none else."""
        last = max(self.loose, key=_foot, default=None)
        if last is None or any(_foot(cells) > _foot(last) for cells in self.tables):
            return ()
        return tuple(edges_of([box[0] for box in last] + [box[2] for box in last]))

    def page(self) -> Page:
        """The page with its words as lines and tables."""
        tables = [table_of(cells, self.number, near=NEAR) for cells in self.tables]
        tables += [table_of(cells, self.number, fitted=True) for cells in self.loose]
        items = tuple(page_items(tables, self.words))
        return Page(
            self.number, self.width, self.height, items, self.turned, self.lifted, self.covered
        )


def is_ruled_table(cells: Cells) -> bool:
    """More columns than a frame has, and words in rows of them."""
    edges = edges_of([box[0] for box in cells] + [box[2] for box in cells], NEAR)
    return len(edges) > FEWEST_COLUMNS and is_table(cells)


def _foot(cells: Cells) -> float:
    return max(box[3] for box in cells)
