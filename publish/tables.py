"""Records to Arrow tables, checked against the schema."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any

import msgspec
import pyarrow as pa

from normalize.records import Plan
from publish.arrays import build
from publish.schema import TABLES, Column, SchemaError, Table, allowed, arrow_schema


def arrow_tables(plans: Plan | Iterable[Plan]) -> dict[str, pa.Table]:
    """Every table of the plans by name, in schema order; an empty one keeps its columns.

    Rows keep the order of the plans and of their records; ``agencies`` is one row an id, sorted by
    id (the first plan that mentions an id describes it). Raises SchemaError, naming table, column
    and row, for a code that its list lacks, a null where none may be, or a value of a wrong type.
    """
    several = [plans] if isinstance(plans, Plan) else list(plans)
    made = {}
    for name, table in TABLES.items():
        rows = [row for plan in several for row in getattr(plan, name)]
        if name == "agencies":
            rows = one_row_an_id(rows)
        made[name] = arrow_table(table, rows)
    return made


def one_row_an_id(agencies: Iterable[Any]) -> list[Any]:
    """The agency rows sorted by id, the first of each id kept."""
    first: dict[str, Any] = {}
    for row in agencies:
        first.setdefault(row.agency_id, row)
    return [first[agency_id] for agency_id in sorted(first)]


def arrow_table(table: Table, rows: Sequence[msgspec.Struct]) -> pa.Table:
    """The rows as an Arrow table of that schema; raises as ``arrow_tables`` does."""
    schema = arrow_schema(table.name)
    arrays = []
    for column, field in zip(table.columns, schema, strict=True):
        values = _values(column, rows)
        if not column.nullable and None in values:
            raise SchemaError(f"{_where(table, column, rows, values.index(None))} may not be null")
        if column.codes:
            _check_codes(table, column, rows, values)
        try:
            arrays.append(build(values, field.type))
        except (TypeError, OverflowError, ValueError) as error:
            worst = _first_bad(values, field.type)
            raise SchemaError(
                f"{_where(table, column, rows, worst)}: {error} (a {column.type} is wanted)"
            ) from error
    return pa.Table.from_arrays(arrays, schema=schema)


def _values(column: Column, rows: Sequence[msgspec.Struct]) -> list[Any]:
    if not column.attribute.startswith("at."):
        return list(map(attrgetter(column.attribute), rows))
    places = map(attrgetter("at"), rows)
    return [None if place is None else getattr(place, column.name) for place in places]


def _check_codes(
    table: Table, column: Column, rows: Sequence[msgspec.Struct], values: list[Any]
) -> None:
    codes = allowed(str(column.codes))
    many = column.type.startswith("list")
    for index, value in enumerate(values):
        for code in (value or ()) if many else (value,):
            if code is not None and code not in codes:
                raise SchemaError(
                    f"{_where(table, column, rows, index)}: unknown code {code!r}; "
                    f"the list {column.codes} has {', '.join(codes)}"
                )


def _first_bad(values: list[Any], kind: pa.DataType) -> int | None:
    """The index of the first value that cannot be built alone; None if only the whole cannot."""
    for index, value in enumerate(values):
        try:
            build([value], kind)
        except (TypeError, OverflowError, ValueError):
            return index
    return None


def _where(table: Table, column: Column, rows: Sequence[msgspec.Struct], index: int | None) -> str:
    """ "tasks.due_on, row 3 (…/1.10)": the row is named by its first field, its id as a rule."""
    if index is None:
        return f"{table.name}.{column.name}"
    first = getattr(rows[index], table.columns[0].name)
    return f"{table.name}.{column.name}, row {index + 1} ({first})"
