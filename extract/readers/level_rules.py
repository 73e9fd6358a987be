"""Tables that level lines alone draw: their columns are where the pieces of these lines meet.

Printers draw the border of every cell by itself, so that a line across a table is one piece a
column, end to end. A piece that is missing tells a cell that goes on below. Whether cells of one
row are merged only their words tell: a text that runs over a joint.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec

from extract.layout_lines import LABEL
from extract.line_list import is_page_number
from extract.readers.gutters import parts_of
from extract.readers.pdf_words import PageWord, WordLine, lines_of
from extract.readers.ruled import Rule, merged
from extract.readers.unruled_rows import middle_of, opens_row

_NEAR = 1.5
"""Points within which ends of lines meet, and lines lie at one height."""
_FEWEST_JOINTS = 2
_FEWEST_HEIGHTS = 3
_MOST_LINES = 12
_SHORT = 6.0
_PADDING = 12.0
"""Points at most from a joint to the text of the cell behind it."""
_CENTRED = 4.0


class _Height(msgspec.Struct):
    """The pieces of lines at one height, and every place where one begins or ends, in order."""

    at: float
    pieces: list[Rule]
    ends: list[float]

    def covers(self, low: float, high: float) -> bool:
        """A piece runs along most of the stretch."""
        return any(
            min(high, piece.high) - max(low, piece.low) > (high - low) / 2 for piece in self.pieces
        )


def upright_at_joints(
    level: Iterable[Rule],
    upright: Sequence[Rule],
    words: Sequence[PageWord],
    bare_above: bool = False,
) -> list[Rule]:
    """The upright lines that tables of level lines leave out, between one height and the next.

    A row that the page's end cut has no line there: they run on to its last line, and begin at
    its first one overleaf, unless the table on the page before has no lines between rows
    (``bare_above``).
    """
    upright = merged(upright)
    found = [
        (heights, xs)
        for heights, xs in _tables(_heights(level))
        if len(xs) - 2 >= _FEWEST_JOINTS and not _is_ruled(heights, xs, upright)
    ]
    if not found:
        return []
    lines = [line for line in lines_of(words) if not is_page_number(line.text)]
    made: list[Rule] = []
    for heights, xs in found:
        top, bottom = heights[0].at, heights[-1].at
        over = [] if bare_above else [line for line in reversed(lines) if middle_of(line) < top]
        above = _cut_row(over, xs, top)
        below = _cut_row([line for line in lines if middle_of(line) > bottom], xs, bottom)
        edges = [height.at for height in heights]
        edges = [above - 1] * (above < top) + edges + [below + 1] * (below > bottom)
        bands = [
            lines_of([word for word in words if low < word.middle < high])
            for low, high in pairwise(edges)
        ]
        around = len(heights) < _FEWEST_HEIGHTS
        if not bands or (around and any(_holds_rows(band, xs) for band in bands)):
            continue  # lines around the table, none between its rows
        for (low, high), band in zip(pairwise(edges), bands, strict=True):
            closed = next((height for height in heights if height.at == high), None)
            crossed = _crossed(band, xs, closed)
            made += [Rule(x, low, high) for x in xs if x not in crossed]
    return made


def _holds_rows(band: Sequence[WordLine], xs: Sequence[float]) -> bool:
    """Several numbers stand in the first columns, or more lines than a head or a cut row has."""
    openings = [part.text for line in band for part in parts_of(line)[:2]]
    labels = sum(LABEL.match(f"{text} ") is not None for text in openings)
    return len(band) > _MOST_LINES or labels > 1 or sum(opens_row(line, xs) for line in band) > 1


def _cut_row(lines: Sequence[WordLine], xs: Sequence[float], edge: float) -> float:
    """The far end of a row that a page cut: of lines, from the table's edge on to the page's, that
    keep to its columns; the edge itself where there is no such row.
    """
    end = edge
    filled: set[int] = set()
    for number, line in enumerate(lines):
        if not (xs[0] < line.words[0].x0 and line.words[-1].x1 < xs[-1] + _NEAR):
            return end if number and number + 1 == len(lines) and filled else edge
        if _crossed([line], xs, None) or not _opens_at_columns(line, xs):
            return edge
        filled |= {bisect_right(xs, word.centre) for word in line.words}
        end = line.bbox[1] if line.bbox[1] < edge else line.bbox[3]
    # Overleaf a head's last words may stand alone; in the first column they may be running text.
    alone = end < edge and min(filled, default=0) > 1
    return end if len(filled) > 1 or alone else edge


def _opens_at_columns(line: WordLine, xs: Sequence[float]) -> bool:
    """Its texts begin right behind a joint, as those of a table's cells do."""
    return all(
        part.words[0].x0 - xs[bisect_right(xs, part.words[0].x0) - 1] < _PADDING
        for part in parts_of(line)
    )


def _heights(level: Iterable[Rule]) -> list[_Height]:
    groups: list[tuple[float, list[Rule]]] = []
    for rule in sorted(level, key=lambda one: one.at):
        if rule.high - rule.low < _SHORT:
            continue  # a dash or a dot
        if groups and rule.at - groups[-1][0] <= _NEAR:
            groups[-1][1].append(rule)
        else:
            groups.append((rule.at, [rule]))
    return [_Height(at, pieces, _ends(pieces)) for at, pieces in groups]


def _ends(pieces: Sequence[Rule]) -> list[float]:
    made: list[float] = []
    for value in sorted(x for piece in pieces for x in (piece.low, piece.high)):
        if not made or value - made[-1] > _NEAR:
            made.append(value)
    return made


def _tables(heights: Iterable[_Height]) -> list[tuple[list[_Height], list[float]]]:
    """Heights one below the other whose pieces end at the same places, and these places."""
    made: list[tuple[list[_Height], list[float]]] = []
    for height in heights:
        if len(height.ends) < 2:
            continue
        if made and _belongs(height.ends, made[-1][1]):
            own, xs = made[-1]
            own.append(height)
            made[-1] = own, max(xs, height.ends, key=len)
        else:
            made.append(([height], height.ends))
    return made


def _belongs(ends: Sequence[float], others: Sequence[float]) -> bool:
    """A line below merged cells has fewer pieces; those that it has end where others do."""
    few, many = (ends, others) if len(ends) <= len(others) else (others, ends)
    return all(min(abs(x - y) for y in many) <= _NEAR for x in few)


def _is_ruled(heights: Sequence[_Height], xs: Sequence[float], upright: Sequence[Rule]) -> bool:
    """Upright lines stand within the table: it is one like any other."""
    top, bottom = heights[0].at - 2 * _SHORT, heights[-1].at + 2 * _SHORT
    return any(
        xs[0] - _NEAR <= rule.at <= xs[-1] + _NEAR
        and min(rule.high, bottom) - max(rule.low, top) > _SHORT
        for rule in upright
    )


def _crossed(lines: Sequence[WordLine], xs: Sequence[float], closed: _Height | None) -> set[float]:
    """The joints that a text lies over: one of its words stands on a joint.

    A text in the middle of merged cells lies over all of them: those on both sides of it that hold
    nothing, as far as the line below (``closed``) goes.
    """
    parts = [part for line in lines for part in parts_of(line)]
    made: set[float] = set()
    for part in parts:
        left, right = part.words[0].x0, part.words[-1].x1
        if not any(w.x0 < x - _NEAR and x + _NEAR < w.x1 for w in part.words for x in xs):
            continue
        low, high = bisect_right(xs, left) - 1, bisect_left(xs, right)
        if low < 0 or high >= len(xs):
            continue
        low, high = _spread(low, high, (left + right) / 2, xs, parts, closed)
        made |= set(xs[low + 1 : high])
    return made


def _spread(
    low: int,
    high: int,
    centre: float,
    xs: Sequence[float],
    parts: Sequence[WordLine],
    closed: _Height | None,
) -> tuple[int, int]:
    """The widest run of columns around ``xs[low]``–``xs[high]`` that has the text in its middle."""

    def is_free(column: int) -> bool:
        over = any(
            part.words[0].x0 < xs[column + 1] and part.words[-1].x1 > xs[column] for part in parts
        )
        return not over and closed is not None and closed.covers(xs[column], xs[column + 1])

    first, last = low, high
    while first > 0 and is_free(first - 1):
        first -= 1
    while last + 1 < len(xs) and is_free(last):
        last += 1
    if closed is not None and not (closed.covers(*xs[:2]) and closed.covers(*xs[-2:])):
        return first, last  # the line below the head of several columns is as wide as they are
    runs = [
        (xs[j] - xs[i], i, j)
        for i in range(first, low + 1)
        for j in range(high, last + 1)
        if abs((xs[i] + xs[j]) / 2 - centre) < _CENTRED
    ]
    return max(runs)[1:] if runs else (low, high)
