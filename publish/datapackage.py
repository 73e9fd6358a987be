"""``datapackage.json``: what the files of a run hold, for programs and for people.

Data Package v2 (https://datapackage.org/standard/data-package/): every table twice, as CSV and as
Parquet, with schema, keys, units, code lists with labels, the sources with their hashes, and the
versions of the program and of each lexicon. Titles are English, ``title_vi`` and
``description_vi`` Vietnamese. All of it derives from ``publish/schema.py``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from publish.codes import code_labels
from publish.csvs import LIST_SEPARATOR
from publish.keys import FOREIGN_KEYS, PRIMARY_KEYS
from publish.schema import TABLES, Column, Table, allowed
from publish.version import VERSION, lexicon_versions

NAME = "datapackage.json"
_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_RESOURCE = "https://datapackage.org/profiles/2.0/dataresource.json"
_SCHEMA = "https://datapackage.org/profiles/2.0/tableschema.json"
_TYPES = {
    "string": "string",
    "bool": "boolean",
    "int32": "integer",
    "int64": "integer",
    "double": "number",
    "date32[day]": "date",
}
_UNITS = {"budget_vnd": "VND", "bbox": "pt"}


def datapackage(rows: Mapping[str, int], sources: Mapping[str, str], folder: Path) -> bytes:
    """The JSON text (UTF-8) for the tables whose files lie in ``folder``.

    ``rows`` is the number of rows of each table, ``sources`` the SHA-256 of each input that gave
    documents, by its name, in the order of the tables. The same files give the same text. Raises
    OSError where a file is missing.
    """
    resources = [
        _resource(TABLES[name], count, folder / f"{name}{suffix}")
        for name, count in rows.items()
        for suffix in (".csv", ".parquet")
    ]
    package = {
        "$schema": _PROFILE,
        "name": "vietnamese-government-plans",
        "title": "Vietnamese government plans as tables",
        "title_vi": "Kế hoạch của cơ quan nhà nước dưới dạng bảng",
        "description": "Documents, sections, tasks, assignments, deliverables, periods, targets "
        "and citations read from plans, each row with the place of its words.",
        "description_vi": "Văn bản, đề mục, nhiệm vụ, phân công, sản phẩm, thời gian, chỉ tiêu và "
        "văn bản viện dẫn đọc từ các kế hoạch; mỗi dòng kèm vị trí của chữ trong nguồn.",
        "version": VERSION,
        "lexicons": lexicon_versions(),
        "sources": [
            {"title": name, "path": name, "hash": f"sha256:{digest}"}
            for name, digest in sources.items()
        ],
        "resources": resources,
    }
    return msgspec.json.format(msgspec.json.encode(package), indent=1) + b"\n"


def _resource(table: Table, rows: int, path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    is_csv = path.suffix == ".csv"
    made: dict[str, Any] = {
        "$schema": _RESOURCE,
        "name": table.name if is_csv else f"{table.name}-parquet",
        "type": "table",
        "title": table.name.capitalize(),
        "title_vi": table.label,
        "description": table.description,
        "description_vi": table.description_vi,
        "path": path.name,
        "format": path.suffix[1:],
        "mediatype": "text/csv" if is_csv else "application/vnd.apache.parquet",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
        "rows": rows,
    }
    if is_csv:
        made["encoding"] = "utf-8-sig"
        made["dialect"] = {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"'}
    made["schema"] = table_schema(table, as_text=is_csv)
    return made


def table_schema(table: Table, *, as_text: bool) -> dict[str, Any]:
    """The Table Schema of one table; ``as_text`` for CSV, where lists are joined words."""
    made: dict[str, Any] = {
        "$schema": _SCHEMA,
        "fields": [_field(column, as_text) for column in table.columns],
        "missingValues": [""],
    }
    if PRIMARY_KEYS[table.name]:
        made["primaryKey"] = list(PRIMARY_KEYS[table.name])
    suffix = "" if as_text else "-parquet"
    keys = [
        {
            "fields": [key.column],
            "reference": {
                "resource": "" if key.table == table.name else f"{key.table}{suffix}",
                "fields": [key.target],
            },
        }
        for key in FOREIGN_KEYS[table.name]
    ]
    if keys:
        made["foreignKeys"] = keys
    return made


def _field(column: Column, as_text: bool) -> dict[str, Any]:
    made: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES.get(column.type, "string" if as_text else "array"),
        "title": title(column.name),
        "title_vi": column.label,
        "description": column.description,
        "description_vi": column.description_vi,
    }
    is_list = column.type.startswith("list")
    if is_list and as_text:
        made["list_separator"] = LIST_SEPARATOR
    if column.name in _UNITS:
        made["unit"] = _UNITS[column.name]
    constraints: dict[str, Any] = {}
    if not column.nullable and not (is_list and as_text):
        constraints["required"] = True
    if column.codes:
        made["categories"] = list(_categories(column.codes))
        if not is_list:
            constraints["enum"] = list(allowed(column.codes))
    if constraints:
        made["constraints"] = constraints
    return made


@cache
def title(name: str) -> str:
    """ "lead_ids" → "Lead IDs", "budget_vnd" → "Budget VND"."""
    known = {"id": "ID", "ids": "IDs", "vnd": "VND", "edtf": "EDTF", "sha256": "SHA-256"}
    words = [known.get(word, word) for word in name.split("_")]
    return " ".join([words[0][:1].upper() + words[0][1:], *words[1:]])


def _categories(codes: str) -> Iterable[dict[str, str]]:
    labels = {table.name: table.label for table in TABLES.values()}
    if codes != "table":
        labels = dict(code_labels(codes))
    for code, meaning in allowed(codes).items():
        yield {"value": code, "label": meaning, "label_vi": labels[code]}
