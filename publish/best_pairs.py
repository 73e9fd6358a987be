"""The best pairs between two sides: each at most once, the sum of their weights the greatest.

The assignment problem by shortest augmenting paths (Kuhn 1955; Jonker and Volgenant 1987), on the
pieces into which the possible pairs fall. Where a piece is larger than :data:`LARGEST`, its
weakest pairs are left out until it falls apart, so that time stays in proportion to the input.
"""

from __future__ import annotations

from collections.abc import Mapping

LARGEST = 120
"""Members of both sides in one piece; one of this size takes some tenths of a second."""

Pair = tuple[int, int]


def best_pairs(weights: Mapping[Pair, float]) -> list[Pair]:
    """The pairs (left, right) with the greatest sum of weights, in order; all weights above 0.

    The result hangs on the weights alone, not on the order in which they come.
    """
    pieces: dict[int, dict[Pair, float]] = {}
    for pair, piece in _pieces(weights).items():
        pieces.setdefault(piece, {})[pair] = weights[pair]
    return sorted(pair for piece in pieces.values() for pair in _assign(piece))


def _pieces(weights: Mapping[Pair, float]) -> dict[Pair, int]:
    """Each pair → the piece it belongs to, strongest pairs joined first; some are in none."""
    above: dict[tuple[str, int], tuple[str, int]] = {}
    size: dict[tuple[str, int], int] = {}

    def top(one: tuple[str, int]) -> tuple[str, int]:
        while above.setdefault(one, one) != one:
            above[one] = one = above[above[one]]
        return one

    kept = []
    for pair in sorted(weights, key=lambda pair: (-weights[pair], pair)):
        left, right = top(("left", pair[0])), top(("right", pair[1]))
        joined = size.get(left, 1) + size.get(right, 1)
        if left != right:
            if joined > LARGEST:
                continue
            above[right] = left
            size[left] = joined
        kept.append(pair)
    numbers: dict[tuple[str, int], int] = {}
    return {pair: numbers.setdefault(top(("left", pair[0])), len(numbers)) for pair in kept}


def _assign(weights: Mapping[Pair, float]) -> list[Pair]:
    """The best pairs of one piece; members may stay alone."""
    if len(weights) == 1:
        return list(weights)
    lefts = sorted({left for left, _ in weights})
    rights = sorted({right for _, right in weights})
    # Every left member may take a place of its own at cost 0: that is staying alone.
    costs = [
        [-weights.get((left, right), 0.0) for right in rights] + [0.0] * len(lefts)
        for left in lefts
    ]
    chosen = [(lefts[row], column) for column, row in _cheapest(costs).items()]
    return [
        (left, rights[column])
        for left, column in chosen
        if column < len(rights) and (left, rights[column]) in weights
    ]


def _cheapest(costs: list[list[float]]) -> dict[int, int]:
    """Column → row of the cheapest assignment of every row to a column of its own.

    Rows are added one at a time; each follows the shortest way over columns that are taken to one
    that is free. Potentials keep all reduced costs at 0 or above, so that the way is Dijkstra's.
    """
    width = len(costs[0])
    row_price = [0.0] * len(costs)
    column_price = [0.0] * width
    taken: dict[int, int] = {}
    for start in range(len(costs)):
        distance = [float("inf")] * width
        came_from: list[int | None] = [None] * width
        done: list[int] = []
        seen = [False] * width
        row, behind, reached = start, None, 0.0
        while True:
            for column in range(width):
                if seen[column]:
                    continue
                way = reached + costs[row][column] - row_price[row] - column_price[column]
                if way < distance[column]:
                    distance[column], came_from[column] = way, behind
            column = min((one for one in range(width) if not seen[one]), key=distance.__getitem__)
            seen[column] = True
            reached = distance[column]
            if column not in taken:
                break
            done.append(column)
            row, behind = taken[column], column
        row_price[start] += reached
        for one in done:
            row_price[taken[one]] += reached - distance[one]
            column_price[one] -= reached - distance[one]
        # Turn the way around: each column on it goes to the row before.
        last: int | None = column
        while last is not None:
            before = came_from[last]
            taken[last] = start if before is None else taken[before]
            last = before
    return taken
