"""Ruling lines as the cells that they close, a table after a table.

The lines of one table touch each other. They cut its box into small fields; two fields that no
line parts are one cell. The box itself closes what a page's end left open, so that a last row
without a rule below it, and a merged cell that goes on overleaf, are cells like any other; which
of them are open is told, since an open cell goes on.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from extract.printed import BBox

SNAP = 3.0
"""Lines closer than this many points are one; breaks in a line shorter than this are none."""
_SHORT = 6.0
"""A line shorter than this is an ornament or the end of a thick one."""
_SHARE = 0.6
"""Share of a field's side that a line must cover to part it from its neighbour."""
_OVERHANG = 5.0
"""How far a line may run past the outermost line across it."""


class Rule(msgspec.Struct, frozen=True, gc=False):
    """One straight line: where it lies, and from where to where it runs across that axis."""

    at: float
    low: float
    high: float


class RuledTable(msgspec.Struct, frozen=True):
    """The lines of one table as a grid: edges, and each cell as half-open ranges of them.

    ``cells`` are (top, left, bottom, right) indices into ``ys`` and ``xs``; ``open_above`` and
    ``open_below`` tell for each column whether no line closes the table there; ``loose``, that
    rows of it are closed by no line at all.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[tuple[int, int, int, int], ...]
    open_above: tuple[bool, ...]
    open_below: tuple[bool, ...]
    loose: bool = False

    def box(self, cell: tuple[int, int, int, int]) -> BBox:
        """The cell's box in points."""
        top, left, bottom, right = cell
        return self.xs[left], self.ys[top], self.xs[right], self.ys[bottom]

    def field_of(self, x: float, y: float) -> tuple[int, int] | None:
        """(row, column) of the field that holds the point; None outside the table."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        inside = 0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1
        return (row, column) if inside else None


def merged(rules: Iterable[Rule]) -> list[Rule]:
    """Lines as one sees them: pieces end to end are one line, so are two side by side."""
    made: list[Rule] = []
    group: list[Rule] = []
    for rule in sorted(rules, key=lambda one: one.at):
        if group and rule.at - group[0].at > SNAP:
            made += _end_to_end(group)
            group = []
        group.append(rule)
    made += _end_to_end(group)
    return [rule for rule in made if rule.high - rule.low >= _SHORT]


def _end_to_end(group: list[Rule]) -> Iterator[Rule]:
    if not group:
        return
    at = sum(rule.at for rule in group) / len(group)
    low, high = None, 0.0
    for rule in sorted(group, key=lambda one: one.low):
        if low is not None and rule.low - high > SNAP:
            yield Rule(at, low, high)
            low = None
        if low is None:
            low, high = rule.low, rule.high
        high = max(high, rule.high)
    if low is not None:
        yield Rule(at, low, high)


def ruled_tables(level: Iterable[Rule], upright: Iterable[Rule]) -> list[RuledTable]:
    """The tables that the lines of a page draw, from the smallest to the largest."""
    lines = [*merged(level)]
    count = len(lines)
    lines += merged(upright)
    home = list(range(len(lines)))

    def root(index: int) -> int:
        while home[index] != index:
            home[index] = home[home[index]]
            index = home[index]
        return index

    for i, across in enumerate(lines[:count]):
        for j, down in enumerate(lines[count:], count):
            if (
                across.low - SNAP <= down.at <= across.high + SNAP
                and down.low - SNAP <= across.at <= down.high + SNAP
            ):
                home[root(j)] = root(i)
    parts: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for index, line in enumerate(lines):
        parts.setdefault(root(index), ([], []))[index >= count].append(line)
    found = [_table(*part) for part in parts.values() if part[0] and part[1]]
    return sorted((one for one in found if one is not None), key=_area)


def ruled_cells(
    level: list[Rule], upright: list[Rule], snap: float, part: float = _SHARE
) -> list[BBox]:
    """The boxes of the cells of one table that these lines draw, in the lines' own measure.

    Lines nearer than ``snap`` are one; a cell's side is drawn where a line runs along that part
    of it at least.
    """
    share = SNAP / snap
    across, down = (
        [Rule(rule.at * share, rule.low * share, rule.high * share) for rule in rules]
        for rules in (level, upright)
    )
    table = _table(across, down, part)
    if table is None:
        return []
    found = (table.box(cell) for cell in table.cells)
    return [(a / share, b / share, c / share, d / share) for a, b, c, d in found]


def _area(table: RuledTable) -> float:
    return (table.xs[-1] - table.xs[0]) * (table.ys[-1] - table.ys[0])


def _table(level: list[Rule], upright: list[Rule], part: float = _SHARE) -> RuledTable | None:
    xs = _edges([rule.at for rule in upright], level)
    ys = _edges([rule.at for rule in level], upright)
    width, height = len(xs) - 1, len(ys) - 1
    if width < 1 or height < 1:
        return None
    # parts_below[r][c]: a line lies above field row r in column c (r = 0 is the table's top).
    level_at = [
        _covered(xs, [rule for rule in level if abs(rule.at - y) <= SNAP], part) for y in ys
    ]
    upright_at = [
        _covered(ys, [rule for rule in upright if abs(rule.at - x) <= SNAP], part) for x in xs
    ]
    group = [[-1] * width for _ in range(height)]
    count = 0
    for row in range(height):
        for column in range(width):
            if group[row][column] >= 0:
                continue
            reach = [(row, column)]
            group[row][column] = count
            while reach:
                r, c = reach.pop()
                for other_r, other_c, parted in (
                    (r - 1, c, r > 0 and level_at[r][c]),
                    (r + 1, c, r + 1 < height and level_at[r + 1][c]),
                    (r, c - 1, c > 0 and upright_at[c][r]),
                    (r, c + 1, c + 1 < width and upright_at[c + 1][r]),
                ):
                    inside = 0 <= other_r < height and 0 <= other_c < width
                    if inside and not parted and group[other_r][other_c] < 0:
                        group[other_r][other_c] = count
                        reach.append((other_r, other_c))
            count += 1
    return RuledTable(
        tuple(xs),
        tuple(ys),
        tuple(_boxes(group)),
        tuple(not covered for covered in level_at[0]),
        tuple(not covered for covered in level_at[-1]),
    )


def _edges(across: list[float], along: list[Rule]) -> list[float]:
    """Where lines cross, and where the lines along the axis end past the outermost of them."""
    made: list[float] = []
    for value in sorted(across):
        if not made or value - made[-1] > SNAP:
            made.append(value)
    low = min(rule.low for rule in along)
    high = max(rule.high for rule in along)
    if low < made[0] - _OVERHANG:
        made.insert(0, low)
    if high > made[-1] + _OVERHANG:
        made.append(high)
    return made


def _covered(edges: Sequence[float], rules: list[Rule], part: float) -> list[bool]:
    """For each stretch between two edges: does a line run along most of it?"""
    made = []
    for low, high in itertools.pairwise(edges):
        length = sum(max(0.0, min(high, rule.high) - max(low, rule.low)) for rule in rules)
        made.append(length >= part * (high - low))
    return made


def _boxes(group: list[list[int]]) -> Iterator[tuple[int, int, int, int]]:
    """Each group of fields as its box; one that is no rectangle as its runs from side to side."""
    runs: dict[int, list[tuple[int, int, int]]] = {}
    for row, fields in enumerate(group):
        left = 0
        for column in range(1, len(fields) + 1):
            if column == len(fields) or fields[column] != fields[left]:
                runs.setdefault(fields[left], []).append((row, left, column))
                left = column
    for parts in runs.values():
        top, left, right = parts[0]
        bottom = top + 1
        for row, low, high in parts[1:]:
            if (row, low, high) != (bottom, left, right):
                yield top, left, bottom, right
                top, left, right, bottom = row, low, high, row + 1
                continue
            bottom = row + 1
        yield top, left, bottom, right
