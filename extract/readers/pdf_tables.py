"""Ruled tables of a PDF page: pdfplumber finds the cells, the page's own words fill them."""

from __future__ import annotations

from typing import Any

from extract.printed import PrintedCell, Words
from extract.readers.flow import joined, paragraphs
from extract.readers.pages import PageTable
from extract.readers.pdf_words import PageWord, box_of, lines_of

_NEAR = 2.0
"""Edges closer than this many points are one."""
_PADDING = (1.0, 8.0)
_SETTINGS = {"snap_tolerance": 3, "join_tolerance": 3, "intersection_tolerance": 3}
_FEWEST_COLUMNS = 2


def read_tables(
    page: Any, words: list[PageWord], number: int
) -> tuple[list[PageTable], list[PageWord]]:
    """The tables of a pdfplumber page, and the words that stand in none of their cells."""
    made: list[PageTable] = []
    left = list(words)
    for table in page.find_tables(_settings(page)):
        cells = [cell for cell in table.cells if cell]
        columns = _edges([cell[0] for cell in cells] + [cell[2] for cell in cells])
        rows = _edges([cell[1] for cell in cells] + [cell[3] for cell in cells])
        if len(columns) - 1 < _FEWEST_COLUMNS or len(rows) < 2:
            continue
        inside: dict[tuple[float, float, float, float], list[PageWord]] = {c: [] for c in cells}
        outside: list[PageWord] = []
        for word in left:
            home = next((cell for cell in cells if _holds(cell, word)), None)
            (outside if home is None else inside[home]).append(word)
        if not any(inside.values()):
            continue
        left = outside
        made.append(
            PageTable(
                tuple(_grid(inside, columns, rows, number)),
                (columns[0], rows[0], columns[-1], rows[-1]),
                tuple(columns),
            )
        )
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
        if top < min(edge["top"] for edge in level) - _NEAR:
            extra.append(top)
        if bottom > max(edge["bottom"] for edge in level) + _NEAR:
            extra.append(bottom)
    return {**_SETTINGS, "explicit_horizontal_lines": extra} if extra else dict(_SETTINGS)


def _edges(values: list[float]) -> list[float]:
    """The distinct edges in order."""
    made: list[float] = []
    for value in sorted(values):
        if not made or value - made[-1] > _NEAR:
            made.append(value)
    return made


def _holds(cell: tuple[float, float, float, float], word: PageWord) -> bool:
    x0, top, x1, bottom = cell
    return x0 <= word.centre <= x1 and top <= word.middle <= bottom


def _grid(
    inside: dict[tuple[float, float, float, float], list[PageWord]],
    columns: list[float],
    rows: list[float],
    number: int,
) -> list[tuple[PrintedCell, ...]]:
    """Every place of the grid: a cell's own, or covered by one above or to the left."""
    width, height = len(columns) - 1, len(rows) - 1
    grid: list[list[PrintedCell]] = [[PrintedCell()] * width for _ in range(height)]
    padding = _padding(inside)
    for cell, words in inside.items():
        left, right = _index(columns, cell[0]), _index(columns, cell[2])
        top, bottom = _index(rows, cell[1]), _index(rows, cell[3])
        for row in range(top, bottom):
            for column in range(left, right):
                cover = "" if (row, column) == (top, left) else "down"
                grid[row][column] = PrintedCell(covered="right" if column > left else cover)
        grid[top][left] = PrintedCell(_words(words, cell[2] - cell[0] - 2 * padding, number))
    return [tuple(row) for row in grid]


def _index(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - value))


def _padding(inside: dict[tuple[float, float, float, float], list[PageWord]]) -> float:
    """The blank between a cell's rule and its words: the least that any cell shows."""
    found = [min(word.x0 for word in words) - cell[0] for cell, words in inside.items() if words]
    return min(max(min(found), _PADDING[0]), _PADDING[1])


def _words(words: list[PageWord], width: float, number: int) -> tuple[Words, ...]:
    return tuple(
        Words(
            joined(lines, width),
            number,
            box_of([word for line in lines for word in line.words]),
        )
        for lines in paragraphs(lines_of(words), width)
    )
