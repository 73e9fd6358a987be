"""Cells with places and words as the grid of a table, merged cells filling what they cover."""

from __future__ import annotations

from extract.printed import BBox, PrintedCell, Words
from extract.readers.flow import blank_of, joined, paragraphs, room_behind
from extract.readers.pages import PageTable, PageWords
from extract.readers.pdf_words import PageWord, box_of, confidence_of, lines_of, repairs_of

NEAR = 2.0
"""Edges closer than this many points are one."""
FEWEST_COLUMNS = 2
_PADDING = (1.0, 8.0)
_BEARING = 3.0
"""Points that the widest line of a column may fall short of it."""


def is_table(inside: dict[BBox, list[PageWord]]) -> bool:
    """Two rows at least with words in two cells: no frame, underline or stamp around prose.

    Three ruled columns are a table in any case: the page may hold no more of it than a row's end.
    """
    tops = [round(cell[1] / NEAR) for cell, words in inside.items() if words]
    if tops and len(edges_of([cell[0] for cell in inside])) > FEWEST_COLUMNS:
        return True
    return sum(tops.count(top) > 1 for top in set(tops)) > 1


def table_of(
    inside: dict[BBox, list[PageWord]],
    number: int,
    open_above: tuple[bool, ...] = (),
    open_below: tuple[bool, ...] = (),
    near: float = NEAR,
    fitted: bool = False,
) -> PageTable:
    """The table of these cells (their boxes and words) on the page of that number.

    ``open_above`` and ``open_below``: the columns whose cell has no rule at the table's end;
    ``fitted``: no rules tell how wide a column is, its longest line does.
    """
    columns = edges_of([cell[0] for cell in inside] + [cell[2] for cell in inside], near)
    rows = edges_of([cell[1] for cell in inside] + [cell[3] for cell in inside], near)
    return PageTable(
        tuple(_grid(inside, columns, rows, number, fitted)),
        (columns[0], rows[0], columns[-1], rows[-1]),
        tuple(columns),
        open_above,
        open_below,
    )


def edges_of(values: list[float], near: float = NEAR) -> list[float]:
    """The distinct edges in order."""
    made: list[float] = []
    for value in sorted(values):
        if not made or value - made[-1] > near:
            made.append(value)
    return made


def _grid(
    inside: dict[BBox, list[PageWord]],
    columns: list[float],
    rows: list[float],
    number: int,
    fitted: bool,
) -> list[tuple[PrintedCell, ...]]:
    """Every place of the grid: a cell's own, or covered by one above or to the left."""
    width, height = len(columns) - 1, len(rows) - 1
    grid: list[list[PrintedCell]] = [[PrintedCell()] * width for _ in range(height)]
    padding = _padding(inside)
    longest = _longest(inside) if fitted else {}
    for cell, words in inside.items():
        left, right = _index(columns, cell[0]), _index(columns, cell[2])
        top, bottom = _index(rows, cell[1]), _index(rows, cell[3])
        for row in range(top, bottom):
            for column in range(left, right):
                cover = "" if (row, column) == (top, left) else "down"
                grid[row][column] = PrintedCell(covered="right" if column > left else cover)
        width_of_text = longest.get((cell[0], cell[2]), cell[2] - cell[0] - 2 * padding)
        grid[top][left] = PrintedCell(_words(words, width_of_text, number))
    return [tuple(row) for row in grid]


def _index(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - value))


def _longest(inside: dict[BBox, list[PageWord]]) -> dict[tuple[float, float], float]:
    """The longest line of each column, by its edges."""
    made: dict[tuple[float, float], float] = {}
    for cell, words in inside.items():
        for line in lines_of(words):
            column = cell[0], cell[2]
            made[column] = max(made.get(column, 0.0), line.width + _BEARING)
    return made


def _padding(inside: dict[BBox, list[PageWord]]) -> float:
    """The blank between a cell's rule and its words: the least that any cell shows."""
    found = [min(word.x0 for word in words) - cell[0] for cell, words in inside.items() if words]
    return min(max(min(found), _PADDING[0]), _PADDING[1])


def _words(words: list[PageWord], width: float, number: int) -> tuple[Words, ...]:
    made = []
    for lines in paragraphs(lines_of(words), width):
        own = [word for line in lines for word in line.words]
        first = lines[0].words[0]
        made.append(
            PageWords(
                joined(lines, width),
                number,
                box_of(own),
                confidence_of(own),
                repairs=repairs_of(own),
                room=room_behind(lines[-1], width),
                lead=first.x1 - first.x0 + blank_of(first),
            )
        )
    return tuple(made)
