"""Rows as CSV: UTF-8, lines ended as RFC 4180 has it, quotes where a cell needs them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from normalize.records import Plan
from publish.checks import column_values
from publish.schema import TABLES, Table

BOM = b"\xef\xbb\xbf"
LIST_SEPARATOR = "; "
"""Between the items of a list in CSV; items may hold it too (the long tables are exact)."""

NAMING = ("documents", "findings")
"""Tables whose rows name the input: their lines are made once its name is known."""
_LATER = (*NAMING, "agencies")
_FORMULA = "=+-@\t\r"


def header(table: Table) -> bytes:
    """The first line of a table's file, behind a byte-order mark."""
    return BOM + _lines([[column.name for column in table.columns]])


def csv_lines(table: Table, rows: Sequence[msgspec.Struct]) -> bytes:
    """The rows as lines, without the header."""
    if not rows:
        return b""
    cells = [csv_cells(column_values(column, rows), column.type) for column in table.columns]
    return _lines(zip(*cells, strict=True))


def csv_rows(plan: Plan) -> dict[str, bytes]:
    """The lines of every table of one plan that do not hang on its name or on other plans."""
    return {
        name: csv_lines(table, getattr(plan, name))
        for name, table in TABLES.items()
        if name not in _LATER
    }


def csv_cells(values: list[Any], kind: str) -> list[Any]:
    """The column's cells as the csv module writes them: dates ISO, true/false, null empty.

    Words that begin with "=", "+", "-" or "@" get a leading apostrophe, so that no spreadsheet
    runs them (the data dictionary tells it; Parquet holds the words alone).
    """
    if kind == "bool":
        return [None if value is None else str(value).lower() for value in values]
    if kind.startswith("list"):
        values = [
            None if value is None else LIST_SEPARATOR.join(map(str, value)) for value in values
        ]
    elif kind != "string":
        return values
    return [f"'{value}" if is_formula(value) else value for value in values]


def is_formula(cell: str | None) -> bool:
    """A spreadsheet would run the cell; a sign alone (the comparator "=") is none."""
    return cell is not None and len(cell) > 1 and cell[0] in _FORMULA


def _lines(rows: Iterable[Iterable[Any]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8")
