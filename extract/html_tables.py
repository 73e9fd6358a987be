"""HTML tables in a text: ``<tr>``, ``<td>``, rowspan and colspan, closed properly or not.

selectolax would read the tree faster but tells no offsets, and every cell must point at its words.
A table that holds another table is page layout: only the innermost ones are data.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extract.cells import Cell, Row, TableBlock
from extract.markup import clean
from normalize.fragment import empty
from normalize.patterns import pattern

_TABLE_TAG = pattern(r"(?i)<(/?)(table|tr|td|th)\b([^<>]*)>")
_COMMENT = pattern(r"(?s)<!--.*?-->")
_SPAN = pattern(r"(?i)\b(rowspan|colspan)\s*=\s*[\"']?\s*(\d{1,3})")
_MOST_COLUMNS = 60
_MOST_SPAN = 500


def find_tables(view: str) -> list[tuple[int, int]]:
    """The ranges of the innermost tables, in order; empty for a text without table tags."""
    if "<t" not in view and "<T" not in view:
        return []
    found: list[tuple[int, int]] = []
    open_at: int | None = None
    in_cell = False
    last_end = 0
    for tag in _TABLE_TAG.finditer(view):
        closing, name = tag.group(1), tag.group(2).lower()
        if name == "table" and not closing:
            if open_at is not None and not in_cell and last_end > open_at:
                found.append((open_at, last_end))  # the one before was never closed
            open_at = tag.start()
            last_end = tag.start()
            in_cell = False
        elif name == "table":
            if open_at is not None:
                found.append((open_at, tag.end()))
            open_at = None
            in_cell = False
        elif name == "tr" and not closing and open_at is None and not in_cell:
            open_at = tag.start()  # rows without a table around them
            last_end = tag.end()
        elif open_at is not None:
            in_cell = name in ("td", "th") and not closing
            if closing:
                last_end = tag.end()
    if open_at is not None and last_end > open_at:
        found.append((open_at, max(last_end, _last_cell_end(view, last_end))))
    return found


def _last_cell_end(view: str, at: int) -> int:
    """The end of a cell that nothing closes: the paragraph's end."""
    stop = view.find("\n\n", at)
    return len(view) if stop < 0 else stop


def read_table(view: str, start: int, end: int, *, page: bool = False) -> TableBlock:
    """The grid of the table in ``view[start:end]``; spans are filled, covered cells marked.

    ``page``: the text is a web page, whose line ends are blanks; a table inside a cell belongs to
    the cell.
    """
    rows: list[Row] = []
    hanging: dict[int, tuple[Cell, int]] = {}
    for row_start, row_end, cells in _printed_rows(view, start, end, page):
        filled: list[Cell] = []
        waiting = list(cells)
        while (waiting or len(filled) in hanging) and len(filled) < _MOST_COLUMNS:
            column = len(filled)
            if column in hanging:
                cell, left = hanging.pop(column)
                filled.append(cell)
                if left > 1:
                    hanging[column] = (cell, left - 1)
                continue
            cell_start, cell_end, down, right = waiting.pop(0)
            words = clean(view, cell_start, cell_end, page=page)
            for step in range(max(1, min(right, _MOST_COLUMNS - column))):
                filled.append(Cell(words, "right" if step else ""))
                if down > 1:
                    hanging[column + step] = (Cell(words, "down"), down - 1)
        for column in [c for c in hanging if c > len(filled)]:
            hanging.pop(column)
        if filled:
            rows.append(Row(tuple(filled), row_start, row_end))
    return TableBlock(tuple(rows), start, end, "html")


def _printed_rows(
    view: str, start: int, end: int, page: bool
) -> list[tuple[int, int, list[tuple[int, int, int, int]]]]:
    """(row start, row end, [(cell start, cell end, rowspan, colspan)]) as the tags stand."""
    rows: list[tuple[int, int, list[tuple[int, int, int, int]]]] = []
    cells: list[tuple[int, int, int, int]] = []
    row_start = start
    open_cell: tuple[int, int, int] | None = None

    def close_cell(at: int) -> None:
        nonlocal open_cell
        if open_cell is not None:
            cells.append((open_cell[0], at, open_cell[1], open_cell[2]))
            open_cell = None

    def close_row(at: int) -> None:
        nonlocal cells
        close_cell(at)
        if cells:
            rows.append((row_start, at, cells))
            cells = []

    for tag in _own_tags(view, start, end) if page else _TABLE_TAG.finditer(view, start, end):
        closing, name = tag.group(1), tag.group(2).lower()
        if name in ("tr", "table"):
            close_row(tag.end() if closing else tag.start())
            row_start = tag.start() if not closing else tag.end()
        elif closing:
            close_cell(tag.start())
        else:
            close_cell(tag.start())
            spans = {kind.lower(): int(n) for kind, n in _SPAN.findall(tag.group(3))}
            down = min(max(spans.get("rowspan", 1), 1), _MOST_SPAN)
            open_cell = (tag.end(), down, max(spans.get("colspan", 1), 1))
    close_row(end)
    return rows


def _own_tags(view: str, start: int, end: int) -> Iterator[regex.Match[str]]:
    """The tags of the table itself: none in a comment, none of a table inside a cell."""
    comments = [found.span() for found in _COMMENT.finditer(view, start, end)]
    depth = 0
    for tag in _TABLE_TAG.finditer(view, start, end):
        if any(low <= tag.start() < high for low, high in comments):
            continue
        if tag.group(2).lower() == "table":
            depth += -1 if tag.group(1) else 1
        if depth < 2 and not (depth == 1 and tag.group(1) and tag.group(2).lower() == "table"):
            yield tag


def holds_table_in_head(view: str, start: int, end: int) -> bool:
    """A table stands in the first row of the table: no head of a column holds one."""
    for row_start, row_end, _ in _printed_rows(view, start, end, True)[:1]:
        return any(
            tag.group(2).lower() == "table" and not tag.group(1)
            for tag in _TABLE_TAG.finditer(view, row_start + 1, row_end)
        )
    return False


def blank_row(row: Row) -> bool:
    """No cell of the row holds words of its own."""
    return not any(cell.own for cell in row.cells)


EMPTY = Cell(empty())
