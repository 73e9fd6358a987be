"""Where the columns of a table without rules lie: gaps that run through its lines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extract.column_heads import is_total
from extract.layout_lines import ORDINAL
from extract.readers.pdf_words import WordLine, segments

_GAP = 0.4
"""A blank between two words that may part columns, in heights of a line."""
_WIDE_GAP = 0.9
_BETWEEN = 0.25
_LEAST_GUTTER = 3.0
_FEWEST_SPARSE = 2
_FEWEST_LINES = 3
_CROSSED = 0.1
"""Share of the lines that may cross a gutter: titles of groups, heads over several columns."""


def height_of(line: WordLine) -> float:
    """Points from top to bottom of the line's first word."""
    return line.words[0].bottom - line.words[0].top


def parts_of(line: WordLine) -> list[WordLine]:
    """The line parted at each blank that is wider than between the words of a text."""
    return segments(line, _GAP * height_of(line))


def anchors_of(line: WordLine) -> list[WordLine]:
    """The line parted at blanks that no justified text has."""
    return segments(line, _WIDE_GAP * height_of(line))


def gutters_of(lines: list[WordLine]) -> list[float]:
    """Edges of the columns: the stretches that hardly a line has words in.

    Titles of groups and totals run over the columns, and say nothing of them.
    """
    own = [line for line in lines if not _is_title(line)]
    lines = own if len(own) >= _FEWEST_LINES else lines
    events = sorted(
        event for line in lines for w in line.words for event in ((w.x0, 1), (w.x1, -1))
    )
    left, right = events[0][0], events[-1][0]
    free = _free(events, max(1, int(_CROSSED * len(lines))))
    # A column with few words lies within what is hardly ever written on, as do titles that cross.
    sparse = [
        (low, high)
        for low, high in _inked(events)
        if any(a <= low and high <= b for a, b in free) and _is_sparse(lines, low, high)
    ]
    for low, high in sparse:
        free = [part for one in free for part in _without(one, low, high)]
    free = [(low, high) for low, high in free if low > left and high < right]
    edges = [left - 1]
    for index, (low, high) in enumerate(free):
        end = free[index + 1][0] if index + 1 < len(free) else right
        if high - low >= _LEAST_GUTTER and _is_column(lines, high, end):
            edges.append(high - min(2.0, (high - low) / 2))
    return [*edges, right + 1]


def _is_title(line: WordLine) -> bool:
    """ "II | Dự án 2: …", "CỘNG": a number at most and one text."""
    parts = parts_of(line)
    if len(parts) == 2:
        return ORDINAL.fullmatch(parts[0].text) is not None
    return len(parts) == 1 and (parts[0].text.isupper() or is_total(parts[0].text))


def _free(events: Sequence[tuple[float, int]], most: int) -> list[tuple[float, float]]:
    """The stretches over which at most so many words lie, from the first word to the last."""
    made: list[tuple[float, float]] = []
    count = 0
    since: float | None = events[0][0]
    for at, change in events:
        count += change
        if count <= most and since is None:
            since = at
        elif count > most and since is not None:
            made.append((since, at))
            since = None
    return [*made, (since, events[-1][0])] if since is not None else made


def _inked(events: Sequence[tuple[float, int]]) -> list[tuple[float, float]]:
    """The stretches between those over which no word at all lies."""
    blank = [one for one in _free(events, 0) if one[1] - one[0] >= _LEAST_GUTTER]
    edges = [events[0][0], *(x for one in blank for x in one), events[-1][0]]
    return [(low, high) for low, high in zip(edges[::2], edges[1::2], strict=True) if low < high]


def _without(one: tuple[float, float], low: float, high: float) -> list[tuple[float, float]]:
    """What is left of a stretch beside another."""
    if high <= one[0] or low >= one[1]:
        return [one]
    return [part for part in ((one[0], low), (high, one[1])) if part[0] < part[1]]


def _is_sparse(lines: list[WordLine], low: float, high: float) -> bool:
    """Several lines have words there, and they stand by themselves: the cells of a column."""
    found = apart = 0
    for line in lines:
        inside = [i for i, w in enumerate(line.words) if low - 1 < w.centre < high + 1]
        if not inside:
            continue
        found += 1
        gap = _GAP * height_of(line)
        before = line.words[inside[0] - 1].x1 if inside[0] else low - 2 * gap
        after = (
            line.words[inside[-1] + 1].x0 if inside[-1] + 1 < len(line.words) else high + 2 * gap
        )
        first, last = line.words[inside[0]], line.words[inside[-1]]
        apart += first.x0 - before >= gap and after - last.x1 >= gap
    return found >= _FEWEST_SPARSE and apart == found


def _is_column(lines: list[WordLine], low: float, high: float) -> bool:
    """Its words stand by themselves; where long lines of a column run out they follow on."""
    apart = close = 0
    for line in lines:
        index = next((i for i, w in enumerate(line.words) if w.centre >= low - 1), None)
        if index is None or line.words[index].x0 > high:
            continue
        before = line.words[index - 1].x1 if index else None
        follows = before is not None and line.words[index].x0 - before < _GAP * height_of(line)
        apart, close = apart + (not follows), close + follows
    return apart > close


def fits(lines: list[WordLine], xs: Sequence[float]) -> bool:
    """Hardly a line crosses the edges, and enough of them fill several columns."""
    if sum(crosses(line, xs) > 0 for line in lines) > 3 * _CROSSED * len(lines):
        return False
    own = [columns_of(line, xs) for line in lines]
    # Lines that lie between each other's (cells in the middle of their row) may count as one.
    together: list[set[int]] = []
    end = 0.0
    for line, columns in zip(lines, own, strict=True):
        _, top, _, bottom = line.bbox
        if not together or top > end - _BETWEEN * height_of(line):
            together.append(set())
        together[-1] |= columns
        end = max(end, bottom)
    return any(
        sum(len(columns) > 1 for columns in filled) >= max(3, 0.4 * len(filled))
        for filled in (own, together)
    )


def crosses(line: WordLine, xs: Sequence[float]) -> int:
    """How many inner edges run through a text of the line."""
    return sum(
        part.words[0].x0 < x < part.words[-1].x1 for part in parts_of(line) for x in xs[1:-1]
    )


def lies_across(line: WordLine, xs: Sequence[float]) -> bool:
    """One text alone in its line, over several columns: a title, a heading."""
    return len(parts_of(line)) == 1 and crosses(line, xs) > 0


def columns_of(line: WordLine, xs: Sequence[float]) -> set[int]:
    return {
        index
        for index, (low, high) in enumerate(pairwise(xs))
        if any(low <= word.centre < high for word in line.words)
    }
