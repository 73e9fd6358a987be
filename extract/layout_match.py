"""Lines of a laid-out page → cells, where a column's left edge moves from row to row.

``pdftotext -layout`` sets a cell that nearly touches its neighbour some letters off its column's
place, all its lines alike; lines near each other therefore tell each other where a column begins.
Each line's words are laid into the columns in order, so that the runs of words begin where the
lines nearby begin theirs; what begins where is then learned anew, a few times over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, pairwise

import msgspec

from extract.align import fit, is_money
from extract.layout_cells import Grid, deal, is_alone
from extract.layout_lines import LABEL, ORDINAL, LaidLine, Range, advance, leaves_open

_PASSES = 5
_REACH = 8
"""How many lines away a line still tells where a column begins."""
_BEYOND_ROW = 0.15
"""What a start counts that stands in another row, as a number at the head of a line tells."""
_TOUCHED = 0.5
_OF_PAGE = 0.2
_ENOUGH = 4
_STEADIEST = 0.8
_STEADY = 0.6
"""The share of its lines that begin at one place, in a column that is not centred."""
_TOUCHING = 1.0
_NOT_FULL = 0.25
_WIDE_INSIDE = 4.0
_JUSTIFIED = 2.5
_OVER = 0.5
_OTHER = 1.5
_MOST_OVER = 8.0
_OFF = 0.6
_AMOUNT = 4.0
"""What an amount that ends a line or stands before a wide blank counts in a column of amounts."""
_SUITS = 4.0
"""What the words that open a cell may count for their column at most."""
_BULLETS = frozenset("-+•*–")
_FAR_OFF = 3.0
"""Columns may stand elsewhere than they are looked for; wide blanks part them all the same."""
_TUCKED = 8
_TUCK = 0.4
_SHIFTED = 0.1
_NEVER = 1e9

Dealt = tuple[list[Range | None], bool]


def match(
    lines: Sequence[LaidLine],
    grid: Grid,
    roles: Sequence[str],
) -> tuple[list[Dealt], list[bool]]:
    """The ranges of each line's words by column, and whether one text crosses columns.

    ``roles`` are the columns' roles, "" where a head tells none. Told beside: in which lines words
    of two columns touch and no other line of the row confirms where they part.
    """
    count = len(grid.full)
    rows = _rows_hinted(lines)
    opens = [row != above for above, row in pairwise([-1, *rows])]
    starts = [list(grid.starts) for _ in lines]
    ragged, full = [False] * count, list(grid.full)
    cells: list[list[Range | None]] = []
    for settled in [False, *[True] * _PASSES]:
        again = [
            _laid(line, Places(own, ragged, full, roles, grid.numbered, first, settled))
            for line, own, first in zip(lines, starts, opens, strict=True)
        ]
        if again == cells:
            break
        cells = again
        votes = _votes(lines, cells, starts)
        ragged = [_is_ragged(own, rows) for own in votes]
        starts = _starts(votes, rows, grid, ragged)
        full = _fullest(lines, cells, starts)
    made: list[Dealt] = []
    for index, (line, own, found) in enumerate(zip(lines, starts, cells, strict=True)):
        near = _beside(lines, cells, index) if is_alone(line) else ()
        if is_alone(line) and not _stands_beside(line, found, own, near):
            made.append(deal(line, _moved(grid, own), near))
        else:
            made.append((found, False))
    unsure = _unsure(lines, [own for own, _ in made], rows, 2 if grid.numbered else 1)
    return made, unsure


def _unsure(
    lines: Sequence[LaidLine],
    cells: Sequence[Sequence[Range | None]],
    rows: Sequence[int],
    first: int,
) -> list[bool]:
    """The lines with a cell, from column ``first`` on, that begins right behind another one's words
    where none of the row's other lines begins, but for a letter.
    """
    begun: set[tuple[int, int, int]] = set()
    common: list[Counter[int]] = [Counter() for _ in cells[0]]
    for line, own, row in zip(lines, cells, rows, strict=True):
        opening = {low for low, _ in line.pieces}
        for column, span in enumerate(own):
            if span is not None and span[0] in opening:
                begun.add((row, column, span[0]))
                common[column][span[0]] += 1
    for column, found in enumerate(common):
        # Where the column does not move, its place is known in every row.
        for low, times in found.most_common(1):
            if times > _STEADIEST * sum(found.values()):
                begun |= {(row, column, low) for row in rows}
    made: list[bool] = []
    for line, own, row in zip(lines, cells, rows, strict=True):
        opening = {low for low, _ in line.pieces}
        made.append(
            any(
                span[0] not in opening
                and not any((row, column, span[0] + step) in begun for step in (-1, 0, 1))
                for column, span in enumerate(own)
                if span is not None and column >= first
            )
        )
    return made


def _stands_beside(
    line: LaidLine, cells: Sequence[Range | None], starts: Sequence[int], near: Sequence[bool]
) -> bool:
    """A text alone in its line is several cells where each stands right below or above others."""
    parts = [(column, span) for column, span in enumerate(cells) if span is not None]
    return len(parts) > len(line.pieces) and all(
        near[column] and abs(span[0] - starts[column]) < 2 for column, span in parts
    )


def _beside(
    lines: Sequence[LaidLine], cells: Sequence[Sequence[Range | None]], index: int
) -> list[bool]:
    """For each column whether the lines before or behind have words of their own in it."""
    near = [False] * len(cells[index])
    if _is_group_number(lines[index].words(lines[index].pieces[0])):
        return near
    for step in (-1, 1):
        for at in range(index + step, index + 4 * step, step):
            if not 0 <= at < len(lines) or lines[max(at, at - step)].gap:
                break
            opening = {low for low, _ in lines[at].pieces}
            for column, span in enumerate(cells[at]):
                near[column] = near[column] or (span is not None and span[0] in opening)
    return near


def _is_group_number(words: str) -> bool:
    """ "II", "A", "II. Cải cách …": what opens a row that spans the table more often than not."""
    if len(words) < 8 and words.strip("().").isalpha() and words.isupper():
        return True
    label = LABEL.match(words)
    return label is not None and label.group()[0].isupper()


def _moved(grid: Grid, starts: Sequence[int]) -> Grid:
    """The page's grid as it lies at one line."""
    cuts = [
        cut + starts[i + 1] - grid.starts[i + 1] if starts[i + 1] > cut else starts[i + 1] - 1
        for i, cut in enumerate(grid.cuts)
    ]
    for i in range(1, len(cuts)):
        cuts[i] = max(cuts[i], cuts[i - 1] + 1)
    return Grid(tuple(cuts), grid.full, tuple(starts), grid.numbered)


def _rows_hinted(lines: Sequence[LaidLine]) -> list[int]:
    """For each line a count of the rows that seem to have begun before it."""
    made: list[int] = []
    rows = 0
    for line in lines:
        opens = len(line.pieces) > 1 and (
            ORDINAL.fullmatch(line.words(line.pieces[0])) is not None
            or any(LABEL.match(line.words(piece)) is not None for piece in line.pieces[:3])
        )
        rows += line.gap or opens
        made.append(rows)
    return made


# --- where columns begin ------------------------------------------------------------------------

Votes = list[tuple[int, int, float]]
"""(line, start, weight) of the runs of words in one column."""


def _votes(
    lines: Sequence[LaidLine],
    cells: Sequence[Sequence[Range | None]],
    starts: Sequence[Sequence[int]],
) -> list[Votes]:
    """Runs that touch the one before count less; a text that runs on into the next column may span
    the table, and counts nothing.
    """
    made: list[Votes] = [[] for _ in starts[0]]
    for index, (line, own, places) in enumerate(zip(lines, cells, starts, strict=True)):
        opening = {low for low, _ in line.pieces}
        ends = [*places[1:], len(line.text)]
        for column, span in enumerate(own):
            if span is not None and span[1] <= ends[column]:
                weight = 1.0 if span[0] in opening else _TOUCHED
                made[column].append((index, span[0], weight))
    return made


def _fullest(
    lines: Sequence[LaidLine],
    cells: Sequence[Sequence[Range | None]],
    starts: Sequence[Sequence[int]],
) -> list[float]:
    """How wide each column's text is at most, where wide blanks bound it."""
    full = [0.0] * len(starts[0])
    for line, own, places in zip(lines, cells, starts, strict=True):
        if is_alone(line):
            continue
        whole = set(line.pieces)
        ends = [*places[1:], len(line.text)]
        for column, span in enumerate(own):
            if span in whole and span[1] <= ends[column]:
                full[column] = max(full[column], advance(line.words(span)))
    return full


def _is_ragged(votes: Votes, groups: Sequence[int]) -> bool:
    """The column's words do not stand below each other within their rows: they are centred."""
    same = other = 0
    apart = [(line, x) for line, x, weight in votes if weight == 1.0]
    for (above, x), (below, y) in pairwise(apart):
        if groups[above] == groups[below] and below - above == 1:
            same, other = same + (abs(x - y) <= 1), other + (abs(x - y) > 1)
    return same + other >= _ENOUGH and same < _STEADY * (same + other)


def _starts(
    votes: Sequence[Votes], groups: Sequence[int], grid: Grid, ragged: Sequence[bool]
) -> list[list[int]]:
    """Where each column begins at each line, by the votes of the lines near it."""
    columns: list[list[int]] = []
    for column, own in enumerate(votes):
        edge = grid.cuts[column - 1] + 1 if column else 0
        if not own or ragged[column]:
            columns.append([edge if ragged[column] else grid.starts[column]] * len(groups))
            continue
        common = Counter(x for _, x, _ in own).most_common(1)[0][0]
        if all(abs(x - common) < 2 for _, x, _ in own):
            columns.append([common] * len(groups))
            continue
        columns.append(_by_neighbours(own, groups, common))
    return [list(line) for line in zip(*columns, strict=True)]


def _by_neighbours(votes: Votes, groups: Sequence[int], common: int) -> list[int]:
    made: list[int] = []
    first = 0
    for line, group in enumerate(groups):
        while first < len(votes) and votes[first][0] < line - _REACH:
            first += 1
        weights: dict[int, float] = {common: _OF_PAGE}
        for index in range(first, len(votes)):
            at, x, counts = votes[index]
            if at > line + _REACH:
                break
            far = abs(at - line)
            weight = 1 / (1 + far / 4) if groups[at] == group else _BEYOND_ROW / (1 + far)
            weights[x] = weights.get(x, 0.0) + weight * counts
        made.append(
            max(
                weights,
                key=lambda x: (
                    weights[x] + 0.5 * (weights.get(x - 1, 0.0) + weights.get(x + 1, 0.0)),
                    -abs(x - common),
                ),
            )
        )
    return made


# --- one line -----------------------------------------------------------------------------------


class Places(msgspec.Struct, frozen=True):
    """Where the columns begin at one line, which are centred, and how wide their text is at most.

    ``roles`` are the columns' ("" where none is known); ``numbered``: the first column numbers the
    rows; ``opens``: a row seems to begin at this line; ``settled``: lines have told where the
    columns begin, so that a wide blank elsewhere is a justified text's.
    """

    starts: Sequence[int]
    ragged: Sequence[bool]
    full: Sequence[float]
    roles: Sequence[str]
    numbered: bool
    opens: bool
    settled: bool


def _laid(line: LaidLine, places: Places) -> list[Range | None]:
    """The cheapest way to lay the line's words, in order, into the columns.

    Words that follow on with a single blank belong to one cell, unless the cell is as full as its
    column gets and the next column begins right there.
    """
    starts, count = places.starts, len(places.starts)
    words, alone = _words(line), is_alone(line)
    widths = list(accumulate((advance(line.text[low:high]) for low, high, _ in words), initial=0.0))
    costs: list[list[float]] = []
    came: list[list[int]] = []
    since = [0] * count
    """For each column the word with which the cell begins that the cheapest way has there."""
    for index, (low, _, blank) in enumerate(words):
        apart = blank if index else 0
        near = alone or places.settled
        opening = [_opening(low, apart, starts[c], places.ragged[c], near) for c in range(count)]
        if not index:
            costs.append(opening)
            came.append([-1] * count)
            continue
        end = words[index - 1][1]
        counted = places.numbered and ORDINAL.fullmatch(line.text, line.left, end) is not None
        touching = blank < 2
        dear = _touching(line, words, index, places.opens) if touching else 0.0
        before, own, back, begun = costs[-1], list(costs[-1]), list(range(count)), list(since)
        least, left = _NEVER, -1
        for column in range(count):
            if blank > 1:
                own[column] += _JUSTIFIED if places.settled else _WIDE_INSIDE + 0.5 * (blank - 2)
            if left >= 0 and (cost := least + opening[column]) < own[column] + _SUITS:
                if touching:
                    cost -= _fits(places.roles[column], line, words, index)
                if cost < own[column]:
                    own[column], back[column], begun[column] = cost, left, index
            leaving = before[column] + _over(words[index - 1], starts, column)
            if not (counted and not column):
                width = widths[index] - widths[since[column]] + 0.6 * (index - since[column] - 1)
                off = width - places.full[column]
                leaving += _NOT_FULL * abs(off) + dear if touching else _NOT_FULL * max(0.0, off)
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


def _words(line: LaidLine) -> list[tuple[int, int, int]]:
    """(start, end, blanks before it) of each word."""
    made: list[tuple[int, int, int]] = []
    end = 0
    for low, high in line.pieces:
        at = low
        while at < high:
            behind = line.text.find(" ", at, high)
            behind = high if behind < 0 else behind
            made.append((at, behind, at - end))
            at = end = behind
            at += 1
    return made


def _opening(low: int, blank: int, start: int, ragged: bool, near: bool) -> float:
    """What a run of words costs that begins at ``low`` in a column that begins at ``start``.

    ``blank``: how many blanks stand before it, 0 where it opens the line; ``near``: it is to begin
    there, however wide the blank. A cell that touches its
    neighbour stands some letters left of its column, for the printer leaves three blanks else.
    """
    off = low - start
    if ragged and off > 0:
        return _SHIFTED * off
    if blank == 1 and -_TUCKED <= off < 0:
        return -_TUCK * off
    cost = _OFF * abs(off) if abs(off) > 1 else 0.3 * abs(off)
    return min(cost, _FAR_OFF + 0.15 * abs(off)) if blank > 1 and not near else cost


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
