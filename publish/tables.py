"""Records to Arrow tables, checked against the schema."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
import pyarrow as pa

from normalize.records import Plan
from publish.arrays import build
from publish.checks import check_column, column_values, where
from publish.schema import TABLES, SchemaError, Table, arrow_schema


def arrow_tables(plans: Plan | Iterable[Plan]) -> dict[str, pa.Table]:
    """Every table of the plans by name, in schema order; an empty one keeps its columns.

    Rows keep the order of the plans and of their records; ``agencies`` is one row an id, sorted by
    id (the first plan that mentions an id describes it). Raises SchemaError, naming table, column
    and row, for a code that its list lacks, a null where none may be, or a value of a wrong type.
    For a few plans in memory; a run writes through ``publish.write.TableFiles``.
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
        values = column_values(column, rows)
        check_column(table, column, rows, values)
        try:
            arrays.append(build(values, field.type))
        except (TypeError, OverflowError, ValueError) as error:
            worst = _first_bad(values, field.type)
            raise SchemaError(
                f"{where(table, column, rows, worst)}: {error} (a {column.type} is wanted)"
            ) from error
    return pa.Table.from_arrays(arrays, schema=schema)


def _first_bad(values: list[Any], kind: pa.DataType) -> int | None:
    """The index of the first value that cannot be built alone; None if only the whole cannot."""
    for index, value in enumerate(values):
        try:
            build([value], kind)
        except (TypeError, OverflowError, ValueError):
            return index
    return None
