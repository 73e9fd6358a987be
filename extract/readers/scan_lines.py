"""Broken rules put together again from their pieces: faxes, worn copies, faint printers.

What is left of a rule are thin pieces in one line, some of them longer than any letter's stroke.
They are taken as one line over short gaps; a line runs on to the line across that it nearly
reaches. The cells are then those of :mod:`extract.readers.ruled`; of a cell's side a part must be
left. Pixels at 300 dpi throughout.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import cv2
import msgspec
import numpy as np

from extract.readers.ruled import Rule, ruled_cells
from extract.readers.scan_grid import Image, Pixels

_PIECE = 46
"""Length of a piece that opens a line: no letter's stroke is as long."""
_THICK = 14
"""Thickness of a rule at most."""
_THIN, _SHORTEST = 9, 5
"""Thickness and length of a shorter piece that lies in line with such ones."""
_CROWDED = 0.25
"""Share of a piece's length that has ink above or below it where letters stand on it."""
_DRIFT = 5
"""Pixels that the pieces of one line may lie above or below each other."""
_GAP = {"level": 70, "upright": 40}
"""Gap within a line that nothing fills: wider ones are merged cells' (a row of one line is 50)."""
_LEAST = 110
_REACH = 50
"""Pixels beyond its end at which a line meets one across."""
_APART = 100
"""Blank between the lines of two tables."""
_BEYOND, _TOGETHER = 40, 24
"""How far level lines run past the outermost upright one of an open side, and end together."""
_FEWEST_UPRIGHT = 2
_WHOLE = 0.94
"""Share of the lines that a mask of rules must cover to hold them all."""
_SNAP = 12.5
_SHARE = 0.3
"""Share of a cell's side of which pieces must be left: letters in a merged cell leave less."""


class Lines(msgspec.Struct, frozen=True):
    """The level and upright lines of a page, all pieces in line with them, and their ink."""

    level: list[Rule]
    upright: list[Rule]
    level_bits: list[Rule]
    upright_bits: list[Rule]
    ink: Image


def lines_on(ink: Image) -> Lines:
    """The lines of a page (ink 255, paper 0) that is set straight, broken ones whole."""
    solid = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    level, _, level_bits, level_ink = _lines(solid, "level")
    upright, short, upright_bits, upright_ink = _lines(np.ascontiguousarray(solid.T), "upright")
    upright += [line for line in short if _ends_at(line, level)]
    level = [_met(line, upright) for line in level]
    upright = [_met(line, level) for line in upright]
    drawn = cv2.bitwise_or(level_ink, np.ascontiguousarray(upright_ink.T))
    return Lines(level, upright, level_bits, upright_bits, drawn)


def are_whole(lines: Lines, rules: Image) -> bool:
    """Does the mask of rules hold (nearly) all of the lines that make tables?"""
    drawn = drawn_on(rules.shape, lines, 1) > 0
    near = cv2.dilate(rules, np.ones((5, 5), np.uint8)) > 0
    return bool((drawn & near).sum() >= _WHOLE * drawn.sum())


def drawn_on(shape: tuple[int, int], lines: Lines, thickness: int) -> Image:
    """The lines as a mask (255) of that shape."""
    made = np.zeros(shape, np.uint8)
    for line in lines.level:
        at, low, high = (round(value) for value in (line.at, line.low, line.high))
        cv2.line(made, (low, at), (high, at), (255,), thickness)
    for line in lines.upright:
        at, low, high = (round(value) for value in (line.at, line.low, line.high))
        cv2.line(made, (at, low), (at, high), (255,), thickness)
    return made


def open_sides(lines: Lines, rules: Image) -> list[Rule]:
    """Upright lines where a mask of rules lacks one at a table's side: most level lines end there.

    A printer's edge or a scanner's cuts a border off; the last column would go with it.
    """
    made: list[Rule] = []
    for level, upright in _groups(lines, rules.shape):
        upright = [one for one in upright if _is_drawn(one, rules)]
        if len(upright) < _FEWEST_UPRIGHT:
            continue
        low, high = min(one.at for one in upright), max(one.at for one in upright)
        for ends in (
            [(one.low, one.at) for one in level if one.low < low - _BEYOND],
            [(one.high, one.at) for one in level if one.high > high + _BEYOND],
        ):
            xs, ys = [x for x, _ in ends], [y for _, y in ends]
            if len(ends) > max(2, len(level) / 2) and max(xs) - min(xs) < _TOGETHER:
                made.append(Rule(sum(xs) / len(xs), min(ys), max(ys)))
    return made


def _is_drawn(upright: Rule, rules: Image) -> bool:
    """Does the mask hold half of the line?"""
    at = round(upright.at)
    near = rules[round(upright.low) : round(upright.high), max(0, at - _DRIFT) : at + _DRIFT + 1]
    return near.size > 0 and bool(near.any(axis=1).mean() > 0.5)


def cells_between(lines: Lines, shape: tuple[int, int]) -> list[list[Pixels]]:
    """The cells of each table that the lines draw, tables from top to bottom."""
    found = []
    for level, upright in _groups(lines, shape):
        if len(level) > 1 and len(upright) > 1:
            level = level + list(_within(lines.level_bits, level, upright))
            upright = upright + list(_within(lines.upright_bits, upright, level))
            boxes = ruled_cells(level, upright, _SNAP, _SHARE)
            found.append([(round(a), round(b), round(c), round(d)) for a, b, c, d in boxes])
    return sorted((cells for cells in found if cells), key=lambda one: min(c[1] for c in one))


def _within(bits: Iterable[Rule], own: list[Rule], across: list[Rule]) -> Iterator[Rule]:
    """The pieces in line with a table's lines, between its outermost lines across."""
    low, high = min(one.at for one in across), max(one.at for one in across)
    heights = [one.at for one in own]
    for bit in bits:
        if low <= bit.low and bit.high <= high and any(abs(bit.at - at) <= 1 for at in heights):
            yield bit


def _groups(lines: Lines, shape: tuple[int, int]) -> Iterable[tuple[list[Rule], list[Rule]]]:
    """The level and upright lines of each table: those that lie near each other."""
    scale = 8
    small = cv2.resize(drawn_on(shape, lines, 9), (shape[1] // scale, shape[0] // scale))
    reach = _APART // scale
    near = cv2.dilate((small > 0).astype(np.uint8), np.ones((reach, reach), np.uint8))
    count, labels = cv2.connectedComponents(near)
    made: list[tuple[list[Rule], list[Rule]]] = [([], []) for _ in range(count)]
    height, width = labels.shape

    def home(x: float, y: float) -> int:
        return int(labels[min(int(y / scale), height - 1), min(int(x / scale), width - 1)])

    for line in lines.level:
        made[home((line.low + line.high) / 2, line.at)][0].append(line)
    for line in lines.upright:
        made[home(line.at, (line.low + line.high) / 2)][1].append(line)
    return made[1:]


def _lines(ink: Image, way: str) -> tuple[list[Rule], list[Rule], list[Rule], Image]:
    """The level lines of the ink (of a page laid on its side for ``upright``): lines, short ones

    that stand alone, all pieces in line with either, and the ink of all.
    """
    long = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, _PIECE), np.uint8))
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(long, connectivity=8)
    kept = boxes[:, cv2.CC_STAT_HEIGHT] <= _THICK
    kept[0] = False
    pieces = [
        Rule(float(y + high / 2), float(x), float(x + width))
        for (x, y, width, high, _), is_kept in zip(boxes[:count], kept, strict=True)
        if is_kept and _is_bare(ink, x, y, width, high)
    ]
    thin = _thin(ink) | kept[labels]
    lines: list[Rule] = []
    short: list[Rule] = []
    bits: list[Rule] = []
    for row in _rows(pieces):
        at = sum(one.at for one in row) / len(row)
        filled = thin[max(0, round(at) - _DRIFT) : round(at) + _DRIFT + 1].any(axis=0)
        own = [
            line
            for line in _runs(filled, at, _GAP[way])
            if any(line.low - 1 <= one.low and one.high <= line.high + 1 for one in row)
        ]
        sure = sum(one.high - one.low for one in row) >= _LEAST
        lines += [line for line in own if sure or line.high - line.low >= _LEAST]
        short += [line for line in own if not sure and line.high - line.low < _LEAST]
        bits += _runs(filled, at, 1)
    drawn = np.zeros_like(ink)
    for line in (*lines, *short):
        rows = slice(max(0, round(line.at) - _DRIFT), round(line.at) + _DRIFT + 1)
        columns = slice(int(line.low), int(line.high))
        drawn[rows, columns][thin[rows, columns]] = 255
    return lines, short, bits, drawn


def _is_bare(ink: Image, x: int, y: int, width: int, high: int) -> bool:
    """No letters stand on the piece or hang from it: their feet may touch and look like a rule."""
    sides = (ink[max(0, y - 6) : max(0, y - 3)], ink[y + high + 3 : y + high + 6])
    return all(side[:, x : x + width].any(axis=0).mean() < _CROWDED for side in sides)


def _runs(filled: Image, at: float, gap: int) -> Iterator[Rule]:
    """The stretches of a row that are filled, over gaps of that length at most."""
    places = np.flatnonzero(filled)
    ends = np.flatnonzero(np.diff(places) > gap)
    for low, high in zip(places[[0, *(ends + 1)]], places[[*ends, -1]], strict=True):
        yield Rule(at, float(low), float(high + 1))


def _thin(ink: Image) -> Image:
    """Ink that stands by itself and is as thin as a rule, lines across it taken away."""
    across = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((_PIECE, 1), np.uint8))
    rest = cv2.subtract(ink, cv2.dilate(across, np.ones((1, 5), np.uint8)))
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(rest, connectivity=8)
    thin = (boxes[:, cv2.CC_STAT_HEIGHT] <= _THIN) & (boxes[:, cv2.CC_STAT_WIDTH] >= _SHORTEST)
    thin[0] = False
    return thin[labels]


def _rows(pieces: Iterable[Rule]) -> Iterator[list[Rule]]:
    """Pieces at about one height, from left to right."""
    row: list[Rule] = []
    for piece in sorted(pieces, key=lambda one: one.at):
        if row and piece.at - sum(one.at for one in row) / len(row) > _DRIFT:
            yield sorted(row, key=lambda one: one.low)
            row = []
        row.append(piece)
    if row:
        yield sorted(row, key=lambda one: one.low)


def _met(line: Rule, across: Iterable[Rule]) -> Rule:
    """The line run on to the next line across that it nearly reaches, unless it ends at one."""
    low, high = line.low, line.high
    near = [one.at for one in across if one.low - _REACH <= line.at <= one.high + _REACH]
    before = [at for at in near if low - _REACH <= at < low + _SNAP]
    behind = [at for at in near if high - _SNAP < at <= high + _REACH]
    return Rule(line.at, min(low, max(before, default=low)), max(high, min(behind, default=high)))


def _ends_at(line: Rule, across: Iterable[Rule]) -> bool:
    """Lines across lie near both ends: no stroke of a letter, a side of a low cell."""
    near = [one.at for one in across if one.low - _SNAP <= line.at <= one.high + _SNAP]
    return all(
        any(abs(at - end) <= _REACH for at in near if at != other)
        for end, other in ((line.low, line.high), (line.high, line.low))
    )
