"""Arrays built by hand hold what the lists held, and take nothing else."""

from __future__ import annotations

import datetime
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.arrays import build

DAY = datetime.date
STRINGS = pa.list_(pa.field("element", pa.string(), nullable=False))
DOUBLES = pa.list_(pa.field("element", pa.float64(), nullable=False))

CASES: list[tuple[pa.DataType, list[Any]]] = [
    (pa.string(), []),
    (pa.string(), [None]),
    (pa.string(), ["", None, "Sở Nội vụ", "a\nb\0c", "𝟚"]),
    (pa.bool_(), []),
    (pa.bool_(), [True, None, False, *[True] * 7]),  # ten flags: two bytes of bits
    (pa.int32(), [-(2**31), 2**31 - 1, None]),
    (pa.int64(), [2**63 - 1, -(2**63), 2**53 + 1, 0, None]),  # beyond what a double holds
    (pa.float64(), [98.5, 0.1, None, 3]),
    (pa.date32(), [DAY(1970, 1, 1), DAY(2021, 12, 31), None, DAY(1945, 9, 2)]),
    (STRINGS, [["a", "b; c"], [], None, ["Ủy ban"]]),
    (STRINGS, []),
    (DOUBLES, [None, [1.0, 2.5, 3.0, 4.0]]),
]


@pytest.mark.parametrize(("kind", "values"), CASES, ids=lambda case: str(case)[:40])
def test_round_trip(kind: pa.DataType, values: list[Any]) -> None:
    array = build(values, kind)
    array.validate(full=True)
    assert array.type == kind
    assert array.to_pylist() == values
    assert array.null_count == values.count(None)


def test_a_tuple_is_a_list_too() -> None:
    assert build([(1.0, 2.0)], DOUBLES).to_pylist() == [[1.0, 2.0]]


OPTIONAL = {
    pa.string(): st.none() | st.text(st.characters(exclude_categories=["Cs"])),
    pa.bool_(): st.none() | st.booleans(),
    pa.int64(): st.none() | st.integers(-(2**63), 2**63 - 1),
    pa.date32(): st.none() | st.dates(),
    STRINGS: st.none() | st.lists(st.text(st.characters(exclude_categories=["Cs"]))),
}


@given(
    st.sampled_from(list(OPTIONAL)).flatmap(lambda k: st.tuples(st.just(k), st.lists(OPTIONAL[k])))
)
def test_any_values_come_back(case: tuple[pa.DataType, list[Any]]) -> None:
    kind, values = case
    array = build(values, kind)
    array.validate(full=True)
    assert array.to_pylist() == values


@pytest.mark.parametrize(
    ("kind", "value", "error"),
    [
        (pa.string(), 1, TypeError),
        (pa.string(), b"bytes", TypeError),
        (pa.string(), "\ud800", ValueError),  # half a pair: UTF-8 has no such thing
        (pa.bool_(), 1, TypeError),
        (pa.int64(), "1", TypeError),
        (pa.int64(), 1.0, TypeError),
        (pa.int64(), True, TypeError),
        (pa.int64(), 2**63, OverflowError),
        (pa.int32(), 2**31, OverflowError),
        (pa.float64(), "1.0", TypeError),
        (pa.date32(), "2021-01-01", TypeError),
        (pa.date32(), datetime.datetime(2021, 1, 1), TypeError),  # its hour would be lost
        (STRINGS, "abc", TypeError),  # else three items
        (STRINGS, ["a", None], TypeError),
        (STRINGS, ["a", 1], TypeError),
        (pa.binary(), b"x", TypeError),  # no builder
    ],
)
def test_nothing_is_converted(kind: pa.DataType, value: object, error: type[Exception]) -> None:
    with pytest.raises(error):
        build([value], kind)
