"""Statements that make the tables in a database: columns, keys, words.

All of it derives from ``publish/schema.py`` and ``publish/keys.py``. What PostgreSQL and DuckDB
say differently stands in a :class:`Dialect`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

import msgspec

from publish.keys import FOREIGN_KEYS, PRIMARY_KEYS
from publish.schema import TABLES, Column


class Dialect(msgspec.Struct, frozen=True):
    """How one database spells things.

    ``types``: Arrow type → type as statements and the catalogue spell it. ``deferred``: keys that
    point to other rows can wait for the transaction's end. ``indexed``: such keys need an index
    to be followed back quickly.
    """

    types: Mapping[str, str]
    deferred: bool
    indexed: bool


POSTGRES = Dialect(
    {
        "string": "text",
        "bool": "bool",
        "int32": "int4",
        "int64": "int8",
        "double": "float8",
        "date32[day]": "date",
        "list<string>": "_text",
        "list<double>": "_float8",
    },
    deferred=True,
    indexed=True,
)
DUCKDB = Dialect(
    {
        "string": "VARCHAR",
        "bool": "BOOLEAN",
        "int32": "INTEGER",
        "int64": "BIGINT",
        "double": "DOUBLE",
        "date32[day]": "DATE",
        "list<string>": "VARCHAR[]",
        "list<double>": "DOUBLE[]",
    },
    deferred=False,  # it has none
    indexed=False,
)


def quoted(name: str) -> str:
    """The name as an identifier: ``order`` is a word of SQL, ``"order"`` a column."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """The text as a string of SQL."""
    return "'" + text.replace("'", "''") + "'"


def names(columns: Iterable[str]) -> str:
    """The columns as a list between commas."""
    return ", ".join(map(quoted, columns))


def column_names(table: str) -> tuple[str, ...]:
    """The table's columns in order."""
    return tuple(column.name for column in TABLES[table].columns)


@cache
def load_order() -> tuple[str, ...]:
    """The tables so that each comes after those that its keys point to."""
    order: list[str] = []
    while len(order) < len(TABLES):
        order += [
            name
            for name in TABLES
            if name not in order
            and all(key.table in order or key.table == name for key in FOREIGN_KEYS[name])
        ]
    return tuple(order)


def create_table(table: str, dialect: Dialect) -> list[str]:
    """The statements that make one table: itself, its indexes, and its words as comments."""
    later = " DEFERRABLE INITIALLY DEFERRED" if dialect.deferred else ""
    parts = [_column(column, dialect) for column in TABLES[table].columns]
    if PRIMARY_KEYS[table]:
        parts.append(f"PRIMARY KEY ({names(PRIMARY_KEYS[table])})")
    parts += [
        f"FOREIGN KEY ({quoted(key.column)}) "
        f"REFERENCES {quoted(key.table)} ({quoted(key.target)}){later}"
        for key in FOREIGN_KEYS[table]
    ]
    made = [f"CREATE TABLE {quoted(table)} (\n  " + ",\n  ".join(parts) + "\n)"]
    if dialect.indexed:
        made += [
            f"CREATE INDEX ON {quoted(table)} ({quoted(key.column)})"
            for key in FOREIGN_KEYS[table]
            if PRIMARY_KEYS[table][:1] != (key.column,)
        ]
    return made + _comments(table)


def _column(column: Column, dialect: Dialect) -> str:
    needed = "" if column.nullable else " NOT NULL"
    return f"{quoted(column.name)} {dialect.types[column.type]}{needed}"


def _comments(table: str) -> list[str]:
    described = TABLES[table]
    about = literal(f"{described.label}. {described.description_vi}")
    made = [f"COMMENT ON TABLE {quoted(table)} IS {about}"]
    for column in described.columns:
        words = literal(f"{column.label}. {column.description_vi}")
        made.append(f"COMMENT ON COLUMN {quoted(table)}.{quoted(column.name)} IS {words}")
    return made


def misfit(table: str, found: Mapping[str, str], dialect: Dialect) -> str | None:
    """What keeps a table of the database (column → type) from taking the run's rows, or None.

    A column too many counts: its values would be lost with the rows that are replaced.
    """
    for column in TABLES[table].columns:
        kind = found.get(column.name)
        if kind is None:
            return f"bảng {table} không có cột {column.name}"
        if kind != dialect.types[column.type]:
            return f"cột {table}.{column.name} có kiểu {kind}, cần {dialect.types[column.type]}"
    more = sorted(found.keys() - set(column_names(table)))
    return f"bảng {table} có cột lạ {', '.join(more)}" if more else None
