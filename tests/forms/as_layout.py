"""Plans as a printer of plain text lays them out: columns made of blanks, wrapped cells, pages."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import msgspec
from as_copied import unmerged
from plain_plan import Cells, PlainTable

_INDENT = 5
_NARROWEST = 11


class Layout(msgspec.Struct, frozen=True):
    """How the plan is printed.

    ``width``: letters a line; ``blanks`` between columns; ``middle``: cells stand in the middle of
    their row, else at its top; ``apart``: a blank line between rows; ``centred``: heads stand in
    the middle of their column; ``page``: lines a page (0: one endless page); ``again``: the header
    stands on every page; ``moved``: further pages stand so many letters to the left; ``once``: a
    merged cell is printed in its first row only, else in every row that it covers.
    """

    width: int = 150
    blanks: int = 2
    middle: bool = False
    apart: bool = True
    centred: bool = True
    page: int = 0
    again: bool = False
    moved: int = 0
    once: bool = False


def laid_out(blocks: Sequence[str | PlainTable], how: Layout) -> str:
    """The text of a plan: paragraphs wrapped, tables in columns, pages ended by form feeds."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, PlainTable):
            table = block if len(block.rows[0]) > 2 else None
            lines += _table(block, how, len(lines)) if table else _frame(block, how)
        elif block:
            lines += _paragraph(block, how)
        else:
            lines.append("")
    return "\n".join(lines) + "\n"


def _paragraph(text: str, how: Layout) -> list[str]:
    width = min(how.width, 92)
    return textwrap.wrap(
        text, width, initial_indent=" " * _INDENT, break_long_words=False, break_on_hyphens=False
    )


def _frame(table: PlainTable, how: Layout) -> list[str]:
    """A letterhead or signature in two columns."""
    half = how.width // 2
    lines: list[str] = []
    for row in table.rows:
        columns = [
            [line for part in cell for line in textwrap.wrap(part, half - 6)] for cell in row
        ]
        for index in range(max(len(column) for column in columns)):
            parts = [
                (column[index] if index < len(column) else "").ljust(half) for column in columns
            ]
            lines.append("".join(parts).rstrip())
    return ["", *lines, ""]


# --- tables ---------------------------------------------------------------------------------------


def _table(table: PlainTable, how: Layout, printed: int) -> list[str]:
    heads = 2 if "right" in table.covered[0] else 1
    if not how.once:
        body_only = PlainTable(table.rows[heads:], table.covered[heads:], table.pages[heads:])
        full = unmerged(body_only)
        table = PlainTable(
            [*table.rows[:heads], *full.rows],
            [*table.covered[:heads], *full.covered],
            table.pages,
        )
    widths = _widths(table, how)
    head = [
        _row(row, marks, widths, how, head=True)
        for row, marks in zip(table.rows[:heads], table.covered, strict=False)
    ]
    body = [
        _row(row, marks, widths, how)
        for row, marks in zip(table.rows[heads:], table.covered[heads:], strict=True)
    ]
    lines: list[str] = [""]
    room = how.page - printed % how.page if how.page else 0
    top = [line for part in head for line in part]
    lines += top
    moved = 0
    for number, row in enumerate(body):
        block = ["", *row] if how.apart and number else row
        if how.page and len(lines) + len(block) > room:
            lines += ["", f"{' ' * (how.width // 2)}{number + 2}"]
            moved = how.moved
            page = [*(top if how.again else []), *row]
            lines += ["\f" + page[0][moved:], *(line[moved:] for line in page[1:])]
            room = len(lines) + how.page
            continue
        lines += [line[moved:] for line in block]
    return [*lines, ""]


def _widths(table: PlainTable, how: Layout) -> list[int]:
    """The room of each column: by the length of its text, never less than its longest word."""
    count = len(table.rows[0])
    weight = [1.0] * count
    least = [1] * count
    for row, marks in zip(table.rows, table.covered, strict=True):
        if sum(bool(cell) for cell in row) < 3:
            continue
        for column, (cell, mark) in enumerate(zip(row, marks, strict=False)):
            words = [word for part in cell for word in part.split()]
            if mark or not words:
                continue
            weight[column] = max(weight[column], len(" ".join(cell)) ** 0.6)
            least[column] = max(least[column], *(len(word) for word in words))
    room = how.width - how.blanks * (count - 1) - sum(least)
    return [
        low + max(0, int(room * one / sum(weight))) for low, one in zip(least, weight, strict=True)
    ]


def _row(
    row: Cells, marks: Sequence[str], widths: Sequence[int], how: Layout, head: bool = False
) -> list[str]:
    """The lines of one row; a text without neighbours may run over the columns beside it."""
    starts = [sum(widths[:i]) + how.blanks * i for i in range(len(widths))]
    columns: list[list[str]] = []
    for column, cell in enumerate(row):
        width = widths[column]
        behind = column + 1
        while behind < len(row) and not row[behind] and _spans(row, marks, column):
            width += widths[behind] + how.blanks
            behind += 1
        if head:
            while behind < len(row) and marks[behind] == "right":
                width += widths[behind] + how.blanks
                behind += 1
        lines = [
            line
            for part in cell
            for line in textwrap.wrap(part, width, break_long_words=False, break_on_hyphens=False)
        ]
        if head and how.centred:
            lines = [line.center(width).rstrip() for line in lines]
        columns.append(lines)
    height = max((len(lines) for lines in columns), default=0)
    made = [""] * height
    for start, lines in zip(starts, columns, strict=False):
        first = (height - len(lines)) // 2 if how.middle or head else 0
        for index, line in enumerate(lines):
            made[first + index] = made[first + index].ljust(start) + line
    return [line.rstrip() for line in made]


def _spans(row: Cells, marks: Sequence[str], column: int) -> bool:
    """The name of a group: a text with nothing but a number before it."""
    filled = [i for i, cell in enumerate(row) if cell]
    return column == filled[-1] and column < 3 and len(filled) < 3 and "down" not in marks
