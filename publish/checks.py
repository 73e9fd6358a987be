"""Rows against the schema, without Arrow: the values of a column, nulls, codes, sizes."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

import msgspec

from normalize.records import Plan
from publish.schema import TABLES, Column, SchemaError, Table, allowed

_BITS = {"int32": 31, "int64": 63}


def column_values(column: Column, rows: Sequence[msgspec.Struct]) -> list[Any]:
    """The column's value of each row; null where a row has no place in its source."""
    if not column.attribute.startswith("at."):
        return list(map(attrgetter(column.attribute), rows))
    places = map(attrgetter("at"), rows)
    return [None if place is None else getattr(place, column.name) for place in places]


def check_plan(plan: Plan) -> None:
    """Raise SchemaError where a row of the plan does not fit its table."""
    for name, table in TABLES.items():
        rows = getattr(plan, name)
        if not rows:
            continue
        for column in table.columns:
            values = column_values(column, rows)
            check_column(table, column, rows, values)
            if column.type not in _BITS:
                continue
            most = 1 << _BITS[column.type]
            for index, value in enumerate(values):
                if value is not None and not -most <= value < most:
                    raise SchemaError(f"{where(table, column, rows, index)}: {value} is too large")


def check_column(
    table: Table, column: Column, rows: Sequence[msgspec.Struct], values: list[Any]
) -> None:
    """Raise SchemaError, naming table, column and row, for a null where none may be or a code
    that its list lacks."""
    if not column.nullable and None in values:
        raise SchemaError(f"{where(table, column, rows, values.index(None))} may not be null")
    if not column.codes:
        return
    codes = allowed(str(column.codes))
    many = column.type.startswith("list")
    for index, value in enumerate(values):
        for code in (value or ()) if many else (value,):
            if code is not None and code not in codes:
                raise SchemaError(
                    f"{where(table, column, rows, index)}: unknown code {code!r}; "
                    f"the list {column.codes} has {', '.join(codes)}"
                )


def where(table: Table, column: Column, rows: Sequence[msgspec.Struct], index: int | None) -> str:
    """ "tasks.due_on, row 3 (…/1.10)": the row is named by its first field, its id as a rule."""
    if index is None:
        return f"{table.name}.{column.name}"
    first = getattr(rows[index], table.columns[0].name)
    return f"{table.name}.{column.name}, row {index + 1} ({first})"
