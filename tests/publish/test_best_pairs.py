"""The pairs are the best there are, whatever the order of the weights."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publish import best_pairs as module
from publish.best_pairs import best_pairs

WEIGHTS = st.dictionaries(
    st.tuples(st.integers(0, 4), st.integers(0, 4)), st.integers(1, 100).map(float), max_size=12
)


def test_a_greedy_choice_is_not_taken() -> None:
    # 0-0 is the strongest pair, and leaves 1 alone.
    weights = {(0, 0): 10.0, (0, 1): 9.0, (1, 0): 8.0}
    assert best_pairs(weights) == [(0, 1), (1, 0)]


def most(weights: dict[tuple[int, int], float]) -> float:
    """The greatest sum there is, by trying all."""
    best = 0.0
    lefts = sorted({left for left, _ in weights})
    rights = sorted({right for _, right in weights})
    for chosen in itertools.permutations([*rights, *([None] * len(lefts))], len(lefts)):
        sums = [
            weights.get((left, right), 0.0)
            for left, right in zip(lefts, chosen, strict=True)
            if right is not None
        ]
        best = max(best, sum(sums))
    return best


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.tuples(st.integers(0, 2), st.integers(0, 3)), st.integers(1, 100).map(float), max_size=9
    )
)
def test_no_sum_is_greater(weights: dict[tuple[int, int], float]) -> None:
    found = best_pairs(weights)
    assert len({left for left, _ in found}) == len({right for _, right in found}) == len(found)
    assert sum(weights[pair] for pair in found) == most(weights)


@settings(max_examples=60, deadline=None)
@given(WEIGHTS)
def test_the_order_of_the_weights_is_nothing(weights: dict[tuple[int, int], float]) -> None:
    turned = dict(reversed(weights.items()))
    assert best_pairs(turned) == best_pairs(weights)


def test_a_large_piece_falls_apart_at_its_weakest_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST", 4)
    chain = {(i, i): 10.0 for i in range(50)} | {(i, i + 1): 1.0 for i in range(49)}
    assert best_pairs(chain) == [(i, i) for i in range(50)]
