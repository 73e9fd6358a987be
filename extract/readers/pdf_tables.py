"""Ruled tables of a PDF page: pdfplumber finds the cells, the page's own words fill them."""

from __future__ import annotations

from typing import Any

from extract.printed import BBox
from extract.readers.grid import FEWEST_COLUMNS, NEAR, edges_of, is_table, table_of
from extract.readers.pages import PageTable
from extract.readers.pdf_words import PageWord

_SETTINGS = {"snap_tolerance": 3, "join_tolerance": 3, "intersection_tolerance": 3}


def read_tables(
    page: Any, words: list[PageWord], number: int
) -> tuple[list[PageTable], list[PageWord]]:
    """The tables of a pdfplumber page, and the words that stand in none of their cells."""
    made: list[PageTable] = []
    left = list(words)
    for table in page.find_tables(_settings(page)):
        cells = [cell for cell in table.cells if cell]
        columns = edges_of([cell[0] for cell in cells] + [cell[2] for cell in cells])
        rows = edges_of([cell[1] for cell in cells] + [cell[3] for cell in cells])
        if len(columns) - 1 < FEWEST_COLUMNS or len(rows) < 2:
            continue
        inside: dict[BBox, list[PageWord]] = {cell: [] for cell in cells}
        outside: list[PageWord] = []
        for word in left:
            home = next((cell for cell in cells if _holds(cell, word)), None)
            (outside if home is None else inside[home]).append(word)
        if is_table(inside):
            left = outside
            made.append(table_of(inside, number))
    return made, left


def _settings(page: Any) -> dict[str, Any]:
    """Lines closed at the lowest and highest end of the vertical rules.

    A row that a page's end cut has no rule below (or above) it and would be lost.
    """
    upright = [edge for edge in page.edges if edge["orientation"] == "v"]
    level = [edge for edge in page.edges if edge["orientation"] == "h"]
    extra = []
    if upright and level:
        top = min(edge["top"] for edge in upright)
        bottom = max(edge["bottom"] for edge in upright)
        if top < min(edge["top"] for edge in level) - NEAR:
            extra.append(top)
        if bottom > max(edge["bottom"] for edge in level) + NEAR:
            extra.append(bottom)
    return {**_SETTINGS, "explicit_horizontal_lines": extra} if extra else dict(_SETTINGS)


def _holds(cell: BBox, word: PageWord) -> bool:
    x0, top, x1, bottom = cell
    return x0 <= word.centre <= x1 and top <= word.middle <= bottom
