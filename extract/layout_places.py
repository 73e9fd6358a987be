"""Where the columns of a laid-out page begin: at first by its heads or by the page before, then
learned from its lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

from extract.layout_bands import BandLine, Habit, band_line, edge_of, places_of
from extract.layout_cells import Grid
from extract.layout_lines import LaidLine

_MOST_LINES = 40
"""Lines of a band at most."""
_EASY = 0.15
"""What a line costs at most on a page whose columns are beyond doubt."""
_PASSES = 2
_DOUBTFUL = -0.3
"""What a line of a band costs at least whose columns may begin elsewhere."""
_LITTLE = 0.3
_ACROSS = 0.8
_WINDOWS = (16, 32)
_NARROW_WINDOW = 5
_NARROWEST = 3
_FROM_HEAD = 0.24
_SCALES = (1.0, 0.95, 0.9, 0.86, 1.05, 1.1)

Placed = tuple[float, list[list[int]], list[float]]
"""What the words of a page cost, where the columns begin at each line, and what each costs."""


def columns_of(
    lines: Sequence[LaidLine],
    grid: Grid,
    roles: Sequence[str],
    opens: Sequence[bool],
    before: Sequence[int],
) -> tuple[list[list[int]], Habit, list[bool]]:
    """Where each column begins at each line, the habits of the page, and at which lines it is
    doubtful where the columns begin.

    ``opens`` tells of each line whether a row seems to begin there, ``before`` where the columns
    of the page before begin (empty on the first).
    """
    words = [band_line(line) for line in lines]
    left = min(line.left for line in lines)
    absent = sum(cut < left for cut in grid.cuts)

    def placed(habit: Habit) -> Placed:
        return _placed(lines, words, opens, habit)

    def present(near: list[int]) -> list[int]:
        return [*(cut - 1 for cut in grid.cuts[:absent]), left, *near[absent + 1 :]]

    def habit_of(near: list[int]) -> Habit:
        return Habit(near, [False] * len(near), roles, absent)

    by_cuts = [left, *(cut + 1 for cut in grid.cuts)]
    nears = [present(list(grid.starts)), present(by_cuts)]
    if before:
        nears.append(present([x + left - before[absent] for x in before]))
    best, habit = placed(habit_of(nears[0])), habit_of(nears[0])
    doubted = _learned(words, best[1], opens, habit).justified
    if doubted or best[0] >= _EASY * len(lines):
        scaled = [
            page_places(
                words,
                [round(left + (x - near[absent]) * scale) for x in near],
                absent,
                _NARROW_WINDOW,
            )
            for near in nears[1:]
            for scale in _SCALES
        ]
        nears.append(present(max(scaled)[1]))
        for near in nears[1:]:
            found = placed(habit_of(near))
            if found[0] < best[0]:
                best, habit = found, habit_of(near)
        for window in _WINDOWS:
            near = page_places(words, habit.places, absent, window)[1]
            found = placed(habit_of(near))
            if found[0] < best[0]:
                best, habit = found, habit_of(near)
    for _ in range(_PASSES):
        habit = _learned(words, best[1], opens, habit)
        again = placed(habit)
        same, best = again[1] == best[1], again
        if same:
            break
    doubtful = [habit.justified and cost > _DOUBTFUL for cost in best[2]]
    return best[1], habit, doubtful


def _placed(
    lines: Sequence[LaidLine], words: Sequence[BandLine], opens: Sequence[bool], habit: Habit
) -> Placed:
    """The columns' places, band by band."""
    total = 0.0
    places: list[list[int]] = []
    costs: list[float] = []
    at = 0
    while at < len(lines):
        end = at + 1
        while end < len(lines) and not opens[end] and end - at < _MOST_LINES:
            end += 1
        cost, own = places_of(lines[at:end], words[at:end], habit, opens[at])
        total += cost
        places += [own] * (end - at)
        costs += [cost / (end - at)] * (end - at)
        at = end
    return total, places, costs


def page_places(
    words: Sequence[BandLine], near: Sequence[int], absent: int, window: int
) -> tuple[float, list[int]]:
    """What speaks for the places at which the columns of a page begin best, and these places.

    They are looked for within ``window`` letters of the places ``near``; the first ``absent``
    columns have no words. Words of many lines begin there and few words stand across; a single
    blank before a word tells less than a wide one.
    """
    width = max((line.highs[-1] for line in words), default=0) + 3
    begun = [0.0] * (width + 2)
    across = [0.0] * (width + 2)
    for line in words:
        for low, high, blank in zip(line.lows, line.highs, line.blanks, strict=True):
            begun[low] += 1.0 if blank > 1 or low == line.lows[0] else _LITTLE
            if high - low > 1:
                across[low + 1] += _ACROSS
                across[high] -= _ACROSS
    stand = list(accumulate(across))
    worth = [
        begun[x] + 0.5 * (begun[x - 1] + begun[x + 1]) - stand[x] if 0 < x < width else 0.0
        for x in range(width + 1)
    ]
    best: list[dict[int, tuple[float, int]]] = [{near[absent]: (0.0, -1)}]
    for place in near[absent + 1 :]:
        found: dict[int, tuple[float, int]] = {}
        for x in range(max(1, place - window), place + window + 1):
            own = worth[x] if x < width else 0.0
            before = max(
                ((cost, y) for y, (cost, _) in best[-1].items() if y + _NARROWEST <= x),
                default=None,
            )
            if before is not None:
                off = _FROM_HEAD / window * len(words) * abs(x - place)
                found[x] = (before[0] + own - off, before[1])
        if not found:
            return -1e9, list(near)
        best.append(found)
    x = max(best[-1], key=lambda x: best[-1][x][0])
    made = [x]
    for found in reversed(best[1:]):
        x = found[x][1]
        made.append(x)
    return best[-1][made[0]][0], [*near[:absent], *reversed(made)]


def _learned(
    words: Sequence[BandLine],
    places: Sequence[Sequence[int]],
    opens: Sequence[bool],
    before: Habit,
) -> Habit:
    """What the bands tell of the page once their columns have been placed (a row a line)."""
    count = len(before.places)
    common: list[Counter[int]] = [Counter() for _ in range(count)]
    aside, full = [0] * count, [0.0] * count
    cells = inside = begun = small = 0
    for line, own, first_of_row in zip(words, places, opens, strict=True):
        for column in range(count):
            first = edge_of(line, own[column], before.centred[column])[0] if column else 0
            behind = len(line.lows)
            if column + 1 < count:
                behind = edge_of(line, own[column + 1], before.centred[column + 1])[0]
            if first >= behind:
                continue
            cells += 1
            inside += line.wide[behind] > line.wide[first + 1]
            common[column][own[column]] += 1
            aside[column] += abs(line.lows[first] - own[column]) > 1 and line.blanks[first] != 1
            if not first or line.blanks[first] > 1:
                begun += first_of_row and first > 0
                small += first_of_row and first > 0 and line.small[first]
                if behind == len(line.lows) or line.blanks[behind] > 1:
                    width = line.run[behind] - line.run[first] - 0.6
                    full[column] = max(full[column], width)
    return Habit(
        [
            own.most_common(1)[0][0] if own else place
            for own, place in zip(common, before.places, strict=True)
        ],
        [n > 0.5 * sum(own.values()) and n > 3 for n, own in zip(aside, common, strict=True)],
        before.roles,
        before.absent,
        0.2 if inside > 0.04 * cells else 1.5,
        0.2 if inside > 0.04 * cells else 0.8,
        inside > 0.04 * cells,
        full,
        small <= 0.15 * begun,
    )
