"""Arrow arrays built from Python lists, buffer by buffer.

``pyarrow.array`` imports pandas where that is installed, which takes longer than reading a plan.
These builders lay out the same buffers (Arrow columnar format 1.5, "Physical memory layout")
with the standard library alone, and are stricter: nothing is converted or guessed.
"""

from __future__ import annotations

import datetime
from array import array
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Any

import pyarrow as pa

_EPOCH = datetime.date(1970, 1, 1).toordinal()
_DIGITS = bytes.maketrans(b"\x00\x01", b"01")
_MAX_OFFSET = 2**31 - 1


def build(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    """The values as one Arrow array of the given type; None is null.

    Types: string, bool, int32, int64, float64, date32, and lists of these. Raises TypeError for a
    value of another type, OverflowError for a figure, or a column, too large for its type, and
    ValueError for text that UTF-8 cannot hold.
    """
    if pa.types.is_list(kind):
        return _lists(values, kind)
    make = _MAKERS.get(str(kind))
    if make is None:
        raise TypeError(f"no builder for Arrow type {kind}")
    nulls = values.count(None)
    return pa.Array.from_buffers(
        kind, len(values), [_validity(values, nulls), *make(values)], nulls
    )


def _bits(flags: Sequence[bool]) -> bytes:
    """The flags as a bitmap, first flag lowest: one big number in base 2, which is quick."""
    if not flags:
        return b""
    digits = bytes(flags).translate(_DIGITS)[::-1]
    return int(digits, 2).to_bytes((len(flags) + 7) // 8, "little")


def _validity(values: Sequence[Any], nulls: int) -> pa.Buffer | None:
    return pa.py_buffer(_bits([value is not None for value in values])) if nulls else None


def _offsets(sizes: list[int]) -> pa.Buffer:
    ends = list(accumulate(sizes, initial=0))
    if ends[-1] > _MAX_OFFSET:
        raise OverflowError(f"{ends[-1]} bytes or items in one column, {_MAX_OFFSET} is the most")
    return pa.py_buffer(array("i", ends))


def _strings(values: Sequence[Any]) -> list[pa.Buffer]:
    pieces = [b"" if value is None else str.encode(value) for value in values]
    return [_offsets([len(piece) for piece in pieces]), pa.py_buffer(b"".join(pieces))]


def _bools(values: Sequence[Any]) -> list[pa.Buffer]:
    for value in values:
        if value is not None and value is not True and value is not False:
            raise TypeError(f"{value!r} is neither true nor false")
    return [pa.py_buffer(_bits([value is True for value in values]))]


def _figures(code: str, exact: type) -> Callable[[Sequence[Any]], list[pa.Buffer]]:
    def make(values: Sequence[Any]) -> list[pa.Buffer]:
        for value in values:
            # A boolean is an int to Python, and array() takes it for one.
            if isinstance(value, bool) or (exact is int and isinstance(value, float)):
                raise TypeError(f"{value!r} is no {exact.__name__}")
        return [pa.py_buffer(array(code, [0 if value is None else value for value in values]))]

    return make


def _days(values: Sequence[Any]) -> list[pa.Buffer]:
    for value in values:
        if value is not None and type(value) is not datetime.date:
            raise TypeError(f"{value!r} is no date")
    days = [0 if value is None else value.toordinal() - _EPOCH for value in values]
    return [pa.py_buffer(array("i", days))]


def _lists(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    for value in values:
        if value is not None and not isinstance(value, list | tuple):
            raise TypeError(f"{value!r} is no list")
    filled = [() if value is None else value for value in values]
    items = [item for value in filled for item in value]
    if None in items:
        raise TypeError("a list holds a null")
    nulls = values.count(None)
    buffers = [_validity(values, nulls), _offsets([len(value) for value in filled])]
    child = build(items, kind.value_type)
    return pa.Array.from_buffers(kind, len(values), buffers, nulls, 0, [child])


_MAKERS: dict[str, Callable[[Sequence[Any]], list[pa.Buffer]]] = {
    "string": _strings,
    "bool": _bools,
    "int32": _figures("i", int),
    "int64": _figures("q", int),
    "double": _figures("d", float),
    "date32[day]": _days,
}
