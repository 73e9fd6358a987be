"""Ruled tables of a PDF page: pdfplumber finds the lines, the page's own words fill the cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from extract.printed import BBox
from extract.readers.grid import FEWEST_COLUMNS, is_table, table_of
from extract.readers.level_rules import upright_at_joints
from extract.readers.pages import PageTable
from extract.readers.pdf_words import PageWord, parted
from extract.readers.ruled import Rule, RuledTable, ruled_tables
from extract.readers.unruled import stacked, unruled_tables, with_body

_THIN = 3.0
"""A filled box thinner than this many points is a line."""
_WHOLE_PAGE = 0.9
"""Share of a page's sides from which on a box is paper, not a table."""
_ASLANT = 1.0
_DOT = 1.6
_NEAR = 6.0
_HEAD = 50.0
"""Points from a page's top in which its number and running head stand."""


def read_tables(
    page: Any | None,
    words: list[PageWord],
    number: int,
    before: Sequence[float] = (),
    running: Sequence[float] = (),
) -> tuple[list[PageTable], list[PageWord]]:
    """The tables of a pdfplumber page, and the words that stand in none of their cells.

    ``page`` is None where nothing is drawn on the page; ``before`` are the column edges of a
    table without rules on the page before, ``running`` those of any table that reached its end.
    """
    level, upright = _rules(page) if page is not None else ([], [])
    upright += upright_at_joints(level, upright, words, bool(before))
    made: list[PageTable] = []
    left = list(words)

    def take(table: RuledTable) -> None:
        nonlocal left
        inside, outside = shared_out(table, left)
        if is_table(inside) or _is_rest(table, running, left):
            left = outside
            made.append(
                table_of(inside, number, table.open_above, table.open_below, fitted=table.loose)
            )

    found = [table for table in ruled_tables(level, upright) if len(table.xs) > FEWEST_COLUMNS]
    found = stacked(found, words)
    for table in sorted(found, key=lambda one: one.ys[-1] - one.ys[0]):
        above = [one.ys[-1] for one in found if one.ys[-1] < table.ys[0]]
        below = [one.ys[0] for one in found if one.ys[0] > table.ys[-1]]
        start, end = max(above, default=0.0), min(below, default=float("inf"))
        take(with_body(table, left, level, start, end))
    for table in unruled_tables(left, level, before):
        take(table)
    return made, left


def _is_rest(table: RuledTable, running: Sequence[float], words: Sequence[PageWord]) -> bool:
    """The last row of a table, alone on its page, and merged cells hide some of its columns."""
    if not running or any(word.bottom < table.ys[0] and word.middle > _HEAD for word in words):
        return False
    ends = abs(table.xs[0] - running[0]) < _NEAR and abs(table.xs[-1] - running[-1]) < _NEAR
    return ends and all(min(abs(x - edge) for edge in running) < _NEAR for x in table.xs)


def shared_out(
    table: RuledTable, words: list[PageWord]
) -> tuple[dict[BBox, list[PageWord]], list[PageWord]]:
    """The words of each cell, and those that stand outside."""
    homes = {
        (row, column): table.box(cell)
        for cell in table.cells
        for row in range(cell[0], cell[2])
        for column in range(cell[1], cell[3])
    }
    inside: dict[BBox, list[PageWord]] = {table.box(cell): [] for cell in table.cells}
    outside: list[PageWord] = []
    for word in words:
        for piece in parted(word, table.xs):
            field = table.field_of(piece.centre, piece.middle)
            (outside if field is None else inside[homes[field]]).append(piece)
    return inside, outside


def _rules(page: Any) -> tuple[list[Rule], list[Rule]]:
    """The level and the upright lines that the page draws, in no order."""
    level: list[Rule] = []
    upright: list[Rule] = []
    for x0, top, x1, bottom in _strokes(page):
        is_dot = max(x1 - x0, bottom - top) <= _DOT  # of a line of dots, whichever way it runs
        if is_dot or bottom - top <= min(_ASLANT, x1 - x0):
            level.append(Rule((top + bottom) / 2, x0, x1))
        if is_dot or (x1 - x0 <= _ASLANT and x1 - x0 < bottom - top):
            upright.append(Rule((x0 + x1) / 2, top, bottom))
    return level, upright


def _strokes(page: Any) -> Iterator[BBox]:
    """Lines, thin boxes as lines, the sides of other boxes and of outlines."""
    for line in page.lines:
        yield line["x0"], line["top"], line["x1"], line["bottom"]
    for box in page.rects:
        x0, top, x1, bottom = box["x0"], box["top"], box["x1"], box["bottom"]
        if box["width"] > _WHOLE_PAGE * page.width and box["height"] > _WHOLE_PAGE * page.height:
            continue
        if not box["stroke"] and box["fill"] and _is_white(box["non_stroking_color"]):
            continue
        if min(x1 - x0, bottom - top) < _THIN:
            if x1 - x0 > bottom - top:
                top = bottom = (top + bottom) / 2
            else:
                x0 = x1 = (x0 + x1) / 2
            yield x0, top, x1, bottom
            continue
        yield from ((x0, y, x1, y) for y in (top, bottom))
        yield from ((x, top, x, bottom) for x in (x0, x1))
    for edge in page.curve_edges:
        yield edge["x0"], edge["top"], edge["x1"], edge["bottom"]


def _is_white(colour: Any) -> bool:
    values = colour if isinstance(colour, (tuple, list)) else (colour,)
    # In CMYK no ink is paper.
    return bool(values) and all(value == (0 if len(values) == 4 else 1) for value in values)
