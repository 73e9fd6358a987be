"""Lines of a laid-out page → cells: the words of each line dealt to the page's columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from extract.layout_lines import LaidLine, Range, advance
from normalize.patterns import pattern

_NUMBERED = pattern(
    r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6}|[A-ZĐ]|[a-zđ](?=[.)]))[.)/]{0,2} (?=\S)"
)
_TOUCH_LEFT, _TOUCH_RIGHT = 8, 6
DRIFT = 4
"""Printers set some lines so many letters too far left."""


class Grid(msgspec.Struct, frozen=True):
    """The columns of one page: where they are cut, and how wide their fullest lines print.

    ``starts`` tells where the words of each column begin most often.
    ``numbered`` tells that the first column numbers the rows.
    """

    cuts: tuple[int, ...]
    full: tuple[float, ...]
    starts: tuple[int, ...]
    numbered: bool


def grid_of(lines: Sequence[LaidLine], cuts: Sequence[int], numbered: bool) -> Grid:
    """The page's columns; words that cross a cut tell nothing of a column's width."""
    full = [0.0] * (len(cuts) + 1)
    starts: list[Counter[int]] = [Counter() for _ in full]
    for line in lines:
        for piece in line.pieces:
            if not _inside(piece, cuts):
                index = column_of(piece, cuts)
                full[index] = max(full[index], advance(line.words(piece)))
                starts[index][piece[0]] += 1
    edges = [0, *(cut + 1 for cut in cuts)]
    common = [
        own.most_common(1)[0][0] if own else edge for own, edge in zip(starts, edges, strict=True)
    ]
    return Grid(tuple(cuts), tuple(full), tuple(common), numbered)


def only_columns(grid: Grid, kept: Sequence[int]) -> Grid:
    """The grid of a page without its other columns."""
    return Grid(
        tuple(grid.cuts[column - 1] for column in kept[1:]),
        tuple(grid.full[column] for column in kept),
        tuple(grid.starts[column] for column in kept),
        grid.numbered,
    )


def deal(line: LaidLine, grid: Grid, beside: Sequence[bool]) -> tuple[list[Range | None], bool]:
    """The ranges of a line's words by column, and whether one text crosses columns.

    A piece that crosses a cut holds the cells of two columns that nearly touch, and is parted at
    the blank that fills the left one best; one that cannot be parted is a text that spans the
    table, and stands in the column in which it begins. ``beside[c]`` tells that the line before
    or behind has words of their own in column ``c``: text alone in its line is parted only there.
    """
    cells: list[Range | None] = [None] * len(grid.full)
    spans = False
    alone = is_alone(line)
    for piece in line.pieces:
        parts = _parts_of(line, piece, grid, beside if alone else None)
        spans = spans or (alone and any(_crossed(part, grid) for part in parts))
        for part in parts:
            index = column_of(part, grid.cuts)
            own = cells[index]
            cells[index] = part if own is None else (own[0], part[1])
    return cells, spans


def is_alone(line: LaidLine) -> bool:
    """One text, or a number and one text."""
    return len(line.pieces) == 1 or (len(line.pieces) == 2 and line.pieces[0][1] < 8 + line.left)


def column_of(piece: Range, cuts: Sequence[int]) -> int:
    """The column in which the words begin; printers set some lines a few letters too far left."""
    low, high = piece
    index = 0
    while index < len(cuts) and cuts[index] < low:
        index += 1
    if index < len(cuts):
        early = cuts[index] - low
        own = low - (cuts[index - 1] if index else -1)
        if early <= DRIFT and high >= cuts[index] and own > 3 * early:
            index += 1
    return index


def _inside(piece: Range, cuts: Sequence[int]) -> list[int]:
    """The cuts (by index) that the words cross by more than a letter or two."""
    low, high = piece
    return [i for i, cut in enumerate(cuts) if low + (2 if i else 1) < cut < high - 2]


def _crossed(piece: Range, grid: Grid) -> list[int]:
    """The cuts that the words cross, reaching where the next column's words begin."""
    return [i for i in _inside(piece, grid.cuts) if piece[1] > grid.starts[i + 1]]


def _parts_of(
    line: LaidLine, piece: Range, grid: Grid, beside: Sequence[bool] | None
) -> list[Range]:
    inside = _crossed(piece, grid)
    if not inside:
        return [piece]
    low, high = piece
    found = _NUMBERED.match(line.text, low, high) if grid.numbered and inside[0] == 0 else None
    if found is not None and found.end() <= grid.cuts[0] + DRIFT:
        rest = (found.end(), high)
        behind = _parts_of(line, rest, grid, beside)
        return [(low, found.end() - 1), *behind]
    if beside is not None and not all(beside[i + 1] for i in inside):
        return [piece]
    parts: list[Range] = []
    for i in inside:
        if not i and grid.numbered:
            continue  # words without a number: a total's label, a group's name
        at = _seam_near(line, low, high, grid, i, strict=beside is not None)
        if at is not None:
            parts.append((low, at))
            low = at + 1
        elif beside is not None:
            return [piece]
    return [*parts, (low, high)]


def _seam_near(
    line: LaidLine, low: int, high: int, grid: Grid, index: int, strict: bool
) -> int | None:
    """The blank near a cut that leaves the left column's line as full as its fullest."""
    cut = grid.cuts[index]
    best: tuple[float, int] | None = None
    for x in range(max(low + 1, cut - _TOUCH_LEFT), min(high - 1, cut + _TOUCH_RIGHT)):
        if line.text[x] != " ":
            continue
        short = grid.full[index] - advance(line.text[low:x])
        cost = abs(short) * (1.5 if short < 0 else 1.0) + 0.4 * abs(x - cut)
        if x + 1 == grid.starts[index + 1]:
            cost = min(cost, 2.0)  # right where the words of the column begin
        if best is None or cost < best[0]:
            best = (cost, x)
    if best is None or (strict and best[0] > 4.0):
        return None
    return best[1]
