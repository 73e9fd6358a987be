"""Plans as text copied out of a portal's page or a viewer: tables with one cell a line."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from plain_plan import Cells, PlainTable


class Copying(msgspec.Struct, frozen=True):
    """How the tables come out of the copying.

    ``parted``: a blank line between rows; ``empty``: what an empty cell leaves (a no-break space,
    a blank line, None for nothing at all); ``tab_header``: the header is a line with tabs;
    ``page_after``: a page number and a form feed stand before the row of this index;
    ``again``: the header is repeated behind it; ``once``: a merged cell is printed in its first
    row only, else in every row that it covers.
    """

    parted: bool = False
    empty: str | None = None
    tab_header: bool = False
    page_after: int | None = None
    again: bool = False
    once: bool = False


def copied(blocks: Sequence[str | PlainTable], how: Copying) -> str:
    """The text of a plan whose tables were copied cell by cell."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, str):
            lines.append(block)
        else:
            lines += ["", *_table(block, how), ""]
    return "\n".join(lines) + "\n"


def _table(table: PlainTable, how: Copying) -> list[str]:
    """A frame (no head of four or more) stays as lines; else head and rows, cell after cell."""
    width = max(len(row) for row in table.rows)
    if width < 4:
        return [" | ".join(" ".join(cell) for cell in row) for row in table.rows]
    heads = 2 if any(mark == "right" for mark in table.covered[0]) else 1
    head = _head(table, heads)
    table = table if how.once else unmerged(table)
    lines = ["\t".join(head)] if how.tab_header else list(head)
    for index, row in enumerate(table.rows[heads:]):
        if how.parted:
            lines.append("")
        if index == how.page_after:
            lines += ["", "- 7 -", "", *(head if how.again and not how.tab_header else [])]
        lines += _row(row, table.covered[heads + index], how)
    return lines


def unmerged(table: PlainTable) -> PlainTable:
    """The same table with a merged cell's words in every row that it covers."""
    rows: list[Cells] = []
    for row, marks in zip(table.rows, table.covered, strict=True):
        above = rows[-1] if rows else row
        rows.append(
            [
                above[column] if mark == "down" else cell
                for column, (cell, mark) in enumerate(zip(row, marks, strict=True))
            ]
        )
    covered = [["" if mark == "down" else mark for mark in marks] for marks in table.covered]
    return PlainTable(rows, covered, table.pages)


def _head(table: PlainTable, heads: int) -> list[str]:
    """One name a column; below a shared head the name of the column itself."""
    last = table.rows[heads - 1]
    first = table.rows[0]
    return [" ".join(own) or " ".join(above) for own, above in zip(last, first, strict=True)]


def _row(row: Cells, covered: Sequence[str], how: Copying) -> list[str]:
    lines: list[str] = []
    for cell, mark in zip(row, covered, strict=True):
        if cell:
            lines += cell
        elif how.empty is not None and not mark:
            lines.append(how.empty)
    return lines
