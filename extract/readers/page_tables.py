"""Tables over pages: what the page's end cut, what it repeats, what goes on below it.

Where the rules tell that a cell is open at the page's end and at the next page's beginning, it
is one cell; where they do not (a printer that closes every page), :mod:`extract.repair` decides
by the words.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import msgspec

from extract.printed import MAY_END, Printed, PrintedCell, Words
from extract.readers.flow import is_glued, is_item
from extract.readers.pages import PageTable, PageWords

_NEAR = 6.0
_MOST_HEAD_ROWS = 4
_FEWEST_FILLED = 2
"""Cells with words in a row into which a merged cell of the page before reaches."""

Row = tuple[PrintedCell, ...]


class OpenTable:
    """One table while its pages come in; ``put`` takes the next piece if it belongs to it."""

    def __init__(self, table: PageTable, page: int) -> None:
        self.edges = list(table.edges)
        self.rows = [list(row) for row in table.rows]
        self.pages = [0] * len(self.rows)
        self.joined: set[int] = set()
        self.carried: set[int] = set()
        self.page = page
        self._open = list(table.open_below)

    def put(self, table: PageTable, page: int) -> bool:
        """Adds the piece on the next page; False where its columns are others."""
        if page != self.page + 1:
            return False
        shift = self._shift(table)
        if shift is None:
            return False
        edges = [edge - shift for edge in table.edges]
        mine, theirs = self.edges, edges
        if len(edges) > len(mine):
            self.rows = [list(_spread(row, mine, theirs)) for row in self.rows]
            self._open = _spread_flags(self._open, mine, theirs)
            self.edges = mine = edges
        rows: list[Row] = [_spread(row, theirs, mine) for row in table.rows]
        above = _spread_flags(table.open_above, theirs, mine)
        repeated = self._repeated(rows)
        rows = rows[repeated:]
        if not repeated and rows and above and self._open:
            rows = self._go_on(rows, [a and b for a, b in zip(above, self._open, strict=True)])
        if rows and not any(self._open):
            rows = self._under_merged(rows)
        count = self.pages[-1] + 1
        self.rows += [list(row) for row in rows]
        self.pages += [count] * len(rows)
        self._open = _spread_flags(table.open_below, theirs, mine)
        self.page = page
        return True

    def print_to(self, printed: Printed) -> None:
        """Writes the whole table."""
        printed.table(self.rows, self.pages, self.joined, self.carried)

    def _shift(self, table: PageTable) -> float | None:
        """How far the piece lies to the side; None where its columns are not the table's."""
        mine, other = self.edges, table.edges
        for shift in (other[0] - mine[0], 0.0):
            moved = [edge - shift for edge in other]
            few, many = (mine, moved) if len(mine) <= len(moved) else (moved, mine)
            ends = abs(few[0] - many[0]) < _NEAR and abs(few[-1] - many[-1]) < _NEAR
            if ends and all(min(abs(a - b) for b in many) < _NEAR for a in few):
                return shift
        return None

    def _repeated(self, rows: Sequence[Row]) -> int:
        """How many of the piece's first rows say the table's head once more."""
        count = 0
        for own, row in zip(self.rows[:_MOST_HEAD_ROWS], rows, strict=False):
            texts = [_text(cell) for cell in row]
            if not any(texts) or texts != [_text(cell) for cell in own]:
                break
            count += 1
        return count if count < len(rows) or count > 1 else 0

    def _go_on(self, rows: list[Row], goes_on: list[bool]) -> list[Row]:
        """The piece's first cells behind those that they go on from; the other rows."""
        first = list(rows[0])
        if all(goes_on):
            for column, cell in enumerate(first):
                if not cell.covered:
                    self._append(column, cell)
            self.joined.add(len(self.rows) - 1)
            # A cell that covered this row and more covers the rows below all the same.
            return rows[1:]
        for column, cell in enumerate(first):
            if goes_on[column] and cell.covered != "right":
                self._append(column, cell)
                first[column] = PrintedCell(covered="down")
            elif goes_on[column]:
                first[column] = PrintedCell(covered=self._cover(column))
        return [tuple(first), *rows[1:]]

    def _under_merged(self, rows: list[Row]) -> list[Row]:
        """The piece's rows, where a closed page cut a merged cell: its lower part has no words.

        A cell that covers several rows down to the page's end, and below it an empty cell in a
        row that has words beside it.
        """
        first = list(rows[0])
        empty = [
            column
            for column, (above, cell) in enumerate(zip(self.rows[-1], first, strict=True))
            if above.covered == "down" and not cell.covered and not cell.paragraphs
            if self.rows[self._home(column)][column].paragraphs
        ]
        if not empty or sum(bool(cell.paragraphs) for cell in first) < _FEWEST_FILLED:
            return rows
        for column in empty:
            first[column] = PrintedCell(covered="down")
        for at, row in enumerate(rows):
            if at and not any(row[column].covered == "down" for column in empty):
                break
            self.carried.add(len(self.rows) + at)
        return [tuple(first), *rows[1:]]

    def _cover(self, column: int) -> str:
        return "right" if self.rows[-1][column].covered == "right" else "down"

    def _append(self, column: int, cell: PrintedCell) -> None:
        """Puts the cell's paragraphs behind those of the cell above."""
        if not cell.paragraphs:
            return
        while column and self.rows[-1][column].covered == "right":
            column -= 1
        row = self._home(column)
        own = self.rows[row][column]
        self.rows[row][column] = PrintedCell(_continued(own.paragraphs, cell.paragraphs))

    def _home(self, column: int) -> int:
        """The row of the cell that covers the column's last place."""
        row = len(self.rows) - 1
        while row and self.rows[row][column].covered == "down":
            row -= 1
        return row


def _continued(own: tuple[Words, ...], more: tuple[Words, ...]) -> tuple[Words, ...]:
    """The paragraphs of a cell over the page's end, one of which may have been cut."""
    if not own:
        return more
    last, first = own[-1], more[0]
    if not isinstance(last, PageWords) or not isinstance(first, PageWords):
        return own + more
    if is_item(first.text) or (last.room >= first.lead and not first.text[0].islower()):
        return own + more
    open_end = " " if first.text[0].islower() else MAY_END
    glue = "" if is_glued(last.text, first.text) else open_end
    tail = (*last.rest, (glue, first), *first.rest)
    whole = msgspec.structs.replace(last, rest=tail, room=first.room)
    return (*own[:-1], whole, *more[1:])


def _text(cell: PrintedCell) -> str:
    return cell.covered or " ".join(words.text for words in cell.paragraphs)


def _spread(row: Sequence[PrintedCell], edges: Sequence[float], wider: Sequence[float]) -> Row:
    """The row on a grid with more columns: a cell over several of them covers them."""
    if len(edges) == len(wider):
        return tuple(row)
    made: list[PrintedCell] = []
    for cell, count in zip(row, _counts(edges, wider), strict=True):
        made.append(cell)
        made += [PrintedCell(covered=cell.covered or "right")] * (count - 1)
    return tuple(made)


def _spread_flags(
    flags: Sequence[bool], edges: Sequence[float], wider: Sequence[float]
) -> list[bool]:
    if len(edges) == len(wider) or not flags:
        return list(flags)
    counts = _counts(edges, wider)
    return [flag for flag, count in zip(flags, counts, strict=True) for _ in range(count)]


def _counts(edges: Sequence[float], wider: Sequence[float]) -> list[int]:
    """How many columns of the wider grid each column takes."""
    places = [min(range(len(wider)), key=lambda i: abs(wider[i] - edge)) for edge in edges]
    return [high - low for low, high in itertools.pairwise(places)]
