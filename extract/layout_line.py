"""The words of one laid-out line → cells, where it is known where the columns begin there."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import msgspec

from extract.align import fit, is_money
from extract.layout_lines import ORDINAL, LaidLine, Range, advance, leaves_open, words_of
from extract.layout_pairs import belong_together

_TOUCHING = 1.0
_TOGETHER = 2.0
_NOT_FULL = 0.2
_OVER = 0.5
_OTHER = 1.5
_MOST_OVER = 8.0
_OFF = 0.6
_AMOUNT = 4.0
"""What an amount that ends a line or stands before a wide blank counts in a column of amounts."""
_SUITS = 4.0
"""What the words that open a cell may count for their column at most."""
_BULLETS = frozenset("-+•*–")
_TUCKED = 8
_TUCK = 0.4
_SHIFTED = 0.1
_NEVER = 1e9


class Places(msgspec.Struct, frozen=True):
    """Where the columns begin at one line, which are centred, and how wide their text is at most.

    ``roles`` are the columns' ("" where none is known); ``numbered``: the first column numbers the
    rows; ``opens``: a row seems to begin at this line; ``inside``: what a wide blank inside of a
    cell costs, little where text is set to both edges.
    """

    starts: Sequence[int]
    ragged: Sequence[bool]
    full: Sequence[float]
    roles: Sequence[str]
    numbered: bool
    opens: bool
    inside: float


def laid_line(line: LaidLine, places: Places) -> list[Range | None]:
    """The cheapest way to lay the line's words, in order, into the columns.

    Words that follow on with a single blank belong to one cell, unless the cell is as full as its
    column gets and the next column begins right there.
    """
    starts, count = places.starts, len(places.starts)
    words = list(words_of(line))
    widths = list(accumulate((advance(line.text[low:high]) for low, high, _ in words), initial=0.0))
    costs: list[list[float]] = []
    came: list[list[int]] = []
    since = [0] * count
    """For each column the word with which the cell begins that the cheapest way has there."""
    for index, (low, _, blank) in enumerate(words):
        apart = blank if index else 0
        opening = [_opening(low, apart, starts[c], places.ragged[c]) for c in range(count)]
        if not index:
            costs.append(opening)
            came.append([-1] * count)
            continue
        end = words[index - 1][1]
        counted = places.numbered and ORDINAL.fullmatch(line.text, line.left, end) is not None
        touching = blank < 2
        one = _belongs_on(line, words, index)
        dear = _touching(line, words, index, places.opens) if touching else 0.0
        dear += _TOGETHER * one * (1.0 if touching else 0.5)
        before, own, back, begun = costs[-1], list(costs[-1]), list(range(count)), list(since)
        least, left = _NEVER, -1
        for column in range(count):
            if blank > 1:
                own[column] += 0.3 * places.inside if one else places.inside
            if left >= 0 and (cost := least + opening[column]) < own[column] + _SUITS:
                if touching:
                    cost -= _fits(places.roles[column], line, words, index)
                if cost < own[column]:
                    own[column], back[column], begun[column] = cost, left, index
            leaving = before[column] + _over(words[index - 1], starts, column)
            if not (counted and not column):
                width = widths[index] - widths[since[column]] + 0.6 * (index - since[column] - 1)
                off = width - places.full[column]
                leaving += dear + _NOT_FULL * (abs(off) if touching else max(0.0, off))
            if leaving < least:
                least, left = leaving, column
        costs.append(own)
        came.append(back)
        since = begun
    whole = [
        widths[-1] - widths[since[c]] + 0.6 * (len(words) - since[c] - 1) for c in range(count)
    ]
    column = min(
        range(count),
        key=lambda c: (
            costs[-1][c]
            + _over(words[-1], starts, c)
            + _NOT_FULL * max(0.0, whole[c] - places.full[c])
        ),
    )
    made: list[Range | None] = [None] * count
    for index in range(len(words) - 1, -1, -1):
        low, high, _ = words[index]
        span = made[column]
        made[column] = (low, span[1] if span else high)
        column = came[index][column]
    return made


def _opening(low: int, blank: int, start: int, ragged: bool) -> float:
    """What a run of words costs that begins at ``low`` in a column that begins at ``start``.

    ``blank``: how many blanks stand before it, 0 where it opens the line. A cell that touches its
    neighbour stands some letters left of its column, for the printer leaves three blanks else.
    """
    off = low - start
    if ragged and off > 0:
        return _SHIFTED * off
    if blank == 1 and -_TUCKED <= off < 0:
        return -_TUCK * off
    return _OFF * abs(off) if abs(off) > 1 else 0.3 * abs(off)


def _over(last: tuple[int, int, int], starts: Sequence[int], column: int) -> float:
    """What words cost whose last one ends, or even begins, where the next column has begun."""
    if column + 1 == len(starts):
        return 0.0
    beyond = last[1] - starts[column + 1]
    if beyond < 0:
        return 0.0
    return min(_OVER * (beyond + 1) + _OTHER * (last[0] >= starts[column + 1]), _MOST_OVER)


def _fits(role: str, line: LaidLine, words: Sequence[tuple[int, int, int]], index: int) -> float:
    """How well the words from ``index`` on suit a column's role."""
    opening = line.text[words[index][0] : words[min(index + 3, len(words) - 1)][1]]
    last = index + 1 == len(words) or words[index + 1][2] > 1
    if role in ("budget", "value") and last and not line.text[words[index - 1][1] - 1].isalpha():
        figure = line.text[slice(*words[index][:2])]
        return _AMOUNT if is_money(figure) and figure[0].isdigit() else 0.0
    return 0.4 * fit(role, opening)


def _touching(
    line: LaidLine, words: Sequence[tuple[int, int, int]], index: int, opens: bool
) -> float:
    """What it costs to part a line at a single blank, by the words on both sides of it."""
    before = line.text[words[max(0, index - 3)][0] : words[index - 1][1]]
    bullet = line.text[words[index - 1][0] : words[index - 1][1]] in _BULLETS
    small = opens and line.text[words[index][0]].islower()
    return _TOUCHING + 3.0 * bullet + 0.8 * leaves_open(before) + small


def _belongs_on(line: LaidLine, words: Sequence[tuple[int, int, int]], index: int) -> bool:
    """A word stands in one name, compound or date with the word before it."""
    last, first = words[index - 1], words[index]
    return belong_together(line.text[last[0] : last[1]], line.text[first[0] : first[1]])
