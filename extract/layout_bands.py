"""Where the columns of a laid-out page begin, band by band of its lines.

``pdftotext -layout`` sets a cell that nearly touches its neighbour some letters off its column's
place, all lines of the cell alike. Within a row each line of a cell begins at one and the same
place, then, while the blanks inside of text that is set to both edges lie anywhere. For each band
of lines the columns' places are taken at which their lines fit best, all columns together.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

import msgspec

from extract.align import fit, is_money
from extract.layout_lines import LABEL, LaidLine, advance, leaves_open, words_of
from extract.layout_pairs import belong_together

_BULLETS = frozenset("-+•*–")
_WINDOW = 12
"""How many letters off its place on the page a column may begin."""
_MOST_PLACES = 9
_ASIDE, _PER_LETTER, _MOST_ASIDE = 1.0, 0.25, 3.5
_CENTRED = 0.1
_GLUED_COST = 1.0
_OVER = 0.5
_OTHER = 1.5
_MOST_OVER = 8.0
_MOVED = 0.12
_SUITS = 0.3
_AMOUNT = 3.0
_LABEL = 3.0
_SMALL = 2.0
_TOGETHER = 2.0
_ALIGNED = 0.4
_TUCKED = 8
_TUCK = 0.3
_NOT_FULL = 0.2
_MOST_SHORT = 1.5
_FAR = 10**6


class BandLine(msgspec.Struct, frozen=True, gc=False):
    """The words of one line: where they begin and end, the blanks before each, how many words up to
    each stand behind a wide blank, what it costs to part the line before each where no wide blank
    does, whether each begins with a small letter, how wide all before each print."""

    lows: list[int]
    highs: list[int]
    blanks: list[int]
    wide: list[int]
    touching: list[float]
    small: list[bool]
    run: list[float]
    edges: dict[tuple[int, bool], tuple[int, float]]


def band_line(line: LaidLine) -> BandLine:
    """The words of a line; two that stand without a blank between them are two."""
    text = line.text
    words = list(words_of(line, part_glued=True))
    lows = [low for low, _, _ in words]
    highs = [high for _, high, _ in words]
    blanks = [blank for _, _, blank in words]
    touching = [0.0] * len(lows)
    for index in range(1, len(lows)):
        if belong_together(
            text[lows[index - 1] : highs[index - 1]], text[lows[index] : highs[index]]
        ):
            touching[index] += _TOGETHER if blanks[index] < 2 else _TOGETHER / 2
        if blanks[index] < 2:
            before = text[lows[max(0, index - 3)] : highs[index - 1]]
            cost = 0.0 if blanks[index] else _GLUED_COST
            cost += 0.8 * leaves_open(before)
            cost += 3.0 * (text[lows[index - 1] : highs[index - 1]] in _BULLETS)
            touching[index] += cost
    wide = list(accumulate((blank > 1 for blank in blanks), initial=0))
    small = [text[low].islower() for low in lows]
    widths = [advance(text[low:high]) + 0.6 for low, high in zip(lows, highs, strict=True)]
    return BandLine(
        lows, highs, blanks, wide, touching, small, list(accumulate(widths, initial=0.0)), {}
    )


class Habit(msgspec.Struct, frozen=True):
    """What the page tells of its columns.

    ``places``: where each begins most often; ``centred``: which are; ``roles``: what they hold;
    ``absent``: how many leading columns have no words here; ``inside``, ``touching``: what a wide
    blank inside of a cell costs, and a single one between two; ``justified``: text is set to both
    edges; ``full``: how wide each column's words print at most (empty: unknown); ``capitals``: the
    first line of a row begins its cells, with capitals.
    """

    places: list[int]
    centred: list[bool]
    roles: Sequence[str]
    absent: int = 0
    inside: float = 0.6
    touching: float = 0.5
    justified: bool = False
    full: Sequence[float] = ()
    capitals: bool = True


def places_of(
    lines: Sequence[LaidLine], words: Sequence[BandLine], habit: Habit, opens: bool
) -> tuple[float, list[int]]:
    """Where each column begins in one band of lines, and what its words cost there.

    ``opens``: the first line opens a row.
    """
    count = len(habit.places)
    left = min((line.lows[0] for line in words), default=0)
    first = habit.absent
    best: list[dict[int, tuple[float, int]]] = [{min(left, habit.places[first]): (0.0, -1)}]
    for column in range(first + 1, count):
        found: dict[int, tuple[float, int]] = {}
        choices = _choices(words, habit, column)
        suits = {x: _suits(lines, words, x, habit.roles[column], opens) for x in choices}
        for x in choices:
            for y, (cost, _) in best[-1].items():
                if y >= x:
                    continue
                total = cost + _segment(words, y, x, habit, column - 1, opens) - suits[x]
                off = x - habit.places[column]
                moved = off - (y - habit.places[column - 1])
                total += _MOVED * min(abs(off), abs(moved) + 1)
                if x not in found or total < found[x][0]:
                    found[x] = (total, y)
        if not found:
            x = max(best[-1]) + 2
            y = min(best[-1], key=lambda y: best[-1][y][0])
            found[x] = (best[-1][y][0], y)
        best.append(found)
    last = best[-1]
    ends = {x: last[x][0] + _segment(words, x, _FAR, habit, count - 1, opens) for x in last}
    x = min(ends, key=lambda x: ends[x])
    cost = ends[x]
    made = [x]
    for found in reversed(best[1:]):
        x = found[x][1]
        made.append(x)
    return cost, [*habit.places[:first], *reversed(made)]


def _choices(words: Sequence[BandLine], habit: Habit, column: int) -> list[int]:
    """Places near a column's own at which words of the band begin, the likeliest."""
    place = habit.places[column]
    support: dict[int, float] = {place: 0.1}
    for line in words:
        at = bisect_left(line.lows, place - _WINDOW)
        while at < len(line.lows) and line.lows[at] <= place + _WINDOW:
            weight = 1.0 if line.blanks[at] > 1 or not at else 0.5
            support[line.lows[at]] = support.get(line.lows[at], 0.0) + weight
            at += 1
    ranked = sorted(
        support,
        key=lambda x: (
            0.07 * abs(x - place)
            - support[x]
            - 0.4 * (support.get(x - 1, 0.0) + support.get(x + 1, 0.0)),
            x,
        ),
    )
    return sorted(ranked[:_MOST_PLACES])


def _segment(
    words: Sequence[BandLine], low: int, high: int, habit: Habit, column: int, opens: bool
) -> float:
    """What the words of all lines cost from ``low`` to before ``high``, as one column's."""
    total = 0.0
    inside = habit.inside
    full = habit.full[column] if habit.full else 0.0
    opens = opens and habit.capitals
    aligned = 0
    for index, line in enumerate(words):
        first, cost = edge_of(line, low, habit.centred[column]) if column else (0, 0.0)
        behind = (
            edge_of(line, high, habit.centred[column + 1])[0] if high < _FAR else len(line.lows)
        )
        if first >= behind:
            continue
        total += cost
        if column:
            aligned += abs(line.lows[first] - low) < 2
            total += habit.touching * (first > 0 and line.blanks[first] < 2)
        if column and opens and not index and line.small[first]:
            total += _SMALL
        if full:
            width = line.run[behind] - line.run[first] - 0.6
            if width > full:
                total += _NOT_FULL * (width - full)
            elif behind < len(line.lows) and line.blanks[behind] < 2:
                total += min(_NOT_FULL * (full - width), _MOST_SHORT)
        total += inside * (line.wide[behind] - line.wide[first + 1])
        over = line.highs[behind - 1] - high + 1
        if over > 0:
            total += min(_OVER * over + _OTHER, _MOST_OVER)
    return total - _ALIGNED * max(0, aligned - 1)


def edge_of(line: BandLine, x: int, centred: bool) -> tuple[int, float]:
    """The first word of a line that belongs to a column at ``x``, and what it costs that it does.

    Where the words of two cells touch, the second stands some letters further left than its column.
    """
    found = line.edges.get((x, centred))
    if found is None:
        found = line.edges[x, centred] = _found_edge(line, x, centred)
    return found


def _found_edge(line: BandLine, x: int, centred: bool) -> tuple[int, float]:
    lows = line.lows
    at = bisect_left(lows, x - 1)
    if at < len(lows):
        off = abs(lows[at] - x)
        if off < 2:
            return at, 0.1 * off + line.touching[at]
        cost = _CENTRED * off if centred else min(_ASIDE + _PER_LETTER * off, _MOST_ASIDE)
        cost += line.touching[at]
    else:
        cost = 0.0
    best = (at, cost)
    if at and line.highs[at - 1] > x - 2:
        over = line.highs[at - 1] - x + 1
        least = cost + (min(_OVER * over + _OTHER, _MOST_OVER) if over > 0 else 0.0)
        for index in range(at - 1, 0, -1):
            if lows[index] < x - _TUCKED:
                break
            if line.blanks[index] < 2:
                tucked = _TUCK * (x - lows[index]) + line.touching[index]
                if tucked < least:
                    least, best = tucked, (index, tucked)
    return best


def _suits(
    lines: Sequence[LaidLine], words: Sequence[BandLine], x: int, role: str, opens: bool
) -> float:
    """How well the words that begin at a place of the band's first line suit a column's role."""
    if not role or not opens:
        return 0.0
    for line, own in zip(lines, words, strict=True):
        at = bisect_left(own.lows, x - 1)
        if at == len(own.lows) or own.lows[at] > x + 1:
            continue
        if role in ("budget", "value"):
            figure = line.text[own.lows[at] : own.highs[at]]
            if at and own.blanks[at] < 2 and not line.text[own.highs[at - 1] - 1].isalnum():
                return 0.0
            return _AMOUNT * (is_money(figure) and figure[0].isdigit())
        if role == "task" and LABEL.match(line.text, own.lows[at]):
            return _LABEL
        last = min(at + 3, len(own.lows)) - 1
        return _SUITS * fit(role, line.text[own.lows[at] : own.highs[last]])
    return 0.0
