"""The one home of table and column names, types, descriptions and codes.

Names, order, types and nullability come from the record structs of ``normalize/records.py``; the
words come from here. Arrow schema, CSV header, data dictionary and data package derive from
``TABLES``. A column without words, or words without a column, raises SchemaError on import.
"""

from __future__ import annotations

import datetime
import types
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin, get_type_hints

import msgspec

from normalize import records
from publish.codes import code_list
from publish.words import PLACE_WORDS, TABLE_WORDS, TableWords, Words
from publish.words_changes import CHANGES, CHANGES_VI
from publish.words_vi import PLACES_VI, TABLES_VI

if TYPE_CHECKING:
    import pyarrow as pa


class SchemaError(Exception):
    """Records, words and code lists do not fit each other, or a row does not fit them."""


class Column(msgspec.Struct, frozen=True):
    """One column.

    ``attribute`` is the dotted way from the record to the value (``at.line_start``), ``type`` an
    Arrow type as Arrow spells it, ``codes`` the name of the list that its values come from.
    ``description`` is English, ``label`` (short) and ``description_vi`` Vietnamese.
    """

    name: str
    attribute: str
    type: str
    nullable: bool
    description: str
    label: str
    codes: str | None
    description_vi: str


class Table(msgspec.Struct, frozen=True):
    """One table: what a row of it is, its Vietnamese name, and its columns in order."""

    name: str
    record: type
    description: str
    label: str
    description_vi: str
    columns: tuple[Column, ...]


_TYPES: dict[object, str] = {
    str: "string",
    bool: "bool",
    int: "int64",
    float: "double",
    datetime.date: "date32[day]",
    list[str]: "list<string>",
    tuple[float, float, float, float]: "list<double>",
}
_NARROW = {"plan_year": "int32", "page": "int32"}


def column_type(name: str, hint: object) -> tuple[str, bool]:
    """Arrow type and nullability of a struct field; SchemaError for a type that has none."""
    nullable = False
    if get_origin(hint) in (types.UnionType, Union):
        kinds = [kind for kind in get_args(hint) if kind is not type(None)]
        nullable = len(kinds) < len(get_args(hint))
        if len(kinds) != 1:
            raise SchemaError(f"column {name}: {hint} is more than one type")
        hint = kinds[0]
    if hint not in _TYPES:
        raise SchemaError(f"column {name}: no Arrow type for {hint}; add it to publish/schema.py")
    return _NARROW.get(name, _TYPES[hint]), nullable


def columns_of(
    table: str, record: type, words: Mapping[str, Words], words_vi: Mapping[str, str]
) -> tuple[Column, ...]:
    """The columns of a record type in field order, its ``at: Place`` expanded in its place.

    Raises SchemaError for a field without words (English or Vietnamese) and for words without a
    field.
    """
    fields: list[tuple[str, str, object, bool]] = []
    for name, hint in get_type_hints(record).items():
        if name == "at":
            optional = type(None) in get_args(hint)
            fields += [
                (part, f"at.{part}", kind, optional)
                for part, kind in get_type_hints(records.Place).items()
            ]
        else:
            fields.append((name, name, hint, False))
    placed = any("." in field[1] for field in fields)
    known = {**words, **PLACE_WORDS} if placed else dict(words)
    vietnamese = {**words_vi, **PLACES_VI} if placed else dict(words_vi)
    if vietnamese.keys() != known.keys():
        odd = ", ".join(sorted(vietnamese.keys() ^ known.keys()))
        raise SchemaError(f"{table}: in one of publish/words.py and words_vi.py only: {odd}")
    made = []
    for name, attribute, hint, optional in fields:
        text = known.pop(name, None)
        if text is None:
            raise SchemaError(f"{table}.{name} has no description; add it to publish/words.py")
        kind, nullable = column_type(name, hint)
        made.append(Column(name, attribute, kind, nullable or optional, *text, vietnamese[name]))
    if known:
        raise SchemaError(
            f"{table}: described but no field of {record.__name__}: {', '.join(known)}"
        )
    return tuple(made)


def _tables() -> dict[str, Table]:
    made = {}
    unused = dict(TABLE_WORDS)
    for name, hint in get_type_hints(records.Plan).items():
        words = unused.pop(name, None)
        if words is None:
            raise SchemaError(f"table {name} has no description; add it to publish/words.py")
        (record,) = get_args(hint)
        made[name] = _table(name, record, words, TABLES_VI[name])
    if unused:
        raise SchemaError(f"described but no table of Plan: {', '.join(unused)}")
    return made


def _table(
    name: str, record: type, words: TableWords, words_vi: tuple[str, Mapping[str, str]]
) -> Table:
    about, columns_vi = words_vi
    columns = columns_of(name, record, words.columns, columns_vi)
    for column in columns:
        if column.codes not in (None, "table"):
            code_list(str(column.codes))
    return Table(name, record, words.description, words.label, about, columns)


TABLES: dict[str, Table] = _tables()
"""Every table of a run by name, in the order of ``normalize.records.Plan``."""

TASK_CHANGES = _table("task_changes", records.TaskChangeRow, CHANGES, CHANGES_VI)
"""The table that ``pipeline.py diff`` writes; no run has it."""

_DESCRIBED = {**TABLES, TASK_CHANGES.name: TASK_CHANGES}


def allowed(codes: str) -> Mapping[str, str]:
    """Code → meaning of the list that a column names (``table``: the tables themselves)."""
    if codes == "table":
        return {table.name: table.description for table in TABLES.values()}
    return code_list(codes)


@cache
def arrow_schema(table: str) -> pa.Schema:
    """The table's Arrow schema, its words in the metadata of the table and of each field.

    Metadata keys: ``description`` (English), ``description_vi``, ``label`` (Vietnamese, short),
    for a column with a code list ``codes`` (the codes joined by one blank). KeyError for an
    unknown table.
    """
    import pyarrow as pa

    item = {
        "list<string>": pa.field("element", pa.string(), nullable=False),
        "list<double>": pa.field("element", pa.float64(), nullable=False),
    }

    def arrow_type(name: str) -> Any:
        return pa.list_(item[name]) if name in item else pa.type_for_alias(name)

    described = _DESCRIBED[table]
    fields = []
    for column in described.columns:
        about = {
            "description": column.description,
            "description_vi": column.description_vi,
            "label": column.label,
        }
        if column.codes:
            about["codes"] = " ".join(allowed(column.codes))
        fields.append(
            pa.field(column.name, arrow_type(column.type), column.nullable, metadata=about)
        )
    about = {
        "table": table,
        "description": described.description,
        "description_vi": described.description_vi,
        "label": described.label,
    }
    return pa.schema(fields, metadata=about)
