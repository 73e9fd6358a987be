"""The rows of a run, a source file at a time, as its Parquet tables hold them.

Tables keep the order of the files and of their rows, so that one pass over all of them side by
side gives each file's rows together while no table is held whole.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import msgspec

from normalize.records import TABLES_OF_DOCUMENTS
from publish.folder import OutputError
from publish.schema import TABLES

Row = Any
"""A named tuple with the table's columns as attributes."""

_BATCH = 2048
_LEFT_OUT = {"sections": {"text"}, "documents": {"signer", "signer_title", "place"}}
"""Columns that the page does not show: the source itself stands there."""


class FileRows(msgspec.Struct, frozen=True):
    """All rows that were read from one source file, by table."""

    source_file: str
    tables: dict[str, list[Row]]

    def rows(self, table: str) -> list[Row]:
        """The file's rows of that table in order."""
        return self.tables.get(table, [])


class Tables:
    """The Parquet tables of an output folder; raises OutputError where one is missing or broken."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._open = {name: _parquet(folder / f"{name}.parquet") for name in TABLES_OF_DOCUMENTS}

    def document_count(self) -> int:
        """Rows of ``documents``; nothing else is read."""
        return int(self._open["documents"].metadata.num_rows)

    def agencies(self) -> list[Row]:
        """All rows of ``agencies``."""
        return list(_rows("agencies", _parquet(self.folder / "agencies.parquet")))

    def files(self) -> Iterator[FileRows]:
        """The rows of every source file in the tables' order, files without documents last.

        Raises OutputError where the tables do not keep the order of their documents.
        """
        cursors = {name: _Cursor(_rows(name, self._open[name])) for name in TABLES_OF_DOCUMENTS}
        known = set(self._column("documents", "source_file"))
        failed: dict[str, list[Row]] = {}
        documents = cursors.pop("documents")
        findings = cursors.pop("findings")
        while (head := documents.head()) is not None:
            file = head.source_file
            tables = {"documents": documents.take("source_file", {file})}
            ids = {row.document_id for row in tables["documents"]}
            for name, cursor in cursors.items():
                tables[name] = cursor.take("document_id", ids)
            _set_aside(findings, known, failed)
            tables["findings"] = findings.take("source_file", {file})
            yield FileRows(file, tables)
        _set_aside(findings, known, failed)
        late = [name for name, cursor in {**cursors, "findings": findings}.items() if cursor.head()]
        if late:
            raise OutputError(
                f"{self.folder}: các dòng của {', '.join(late)} không theo thứ tự văn bản; "
                "chạy lại pipeline.py để ghi lại các bảng"
            )
        for file, rows in failed.items():
            yield FileRows(file, {"findings": rows})

    def _column(self, table: str, column: str) -> list[str]:
        found: list[str] = self._open[table].read(columns=[column]).column(0).to_pylist()
        return found


def _set_aside(findings: _Cursor, known: Collection[str], failed: dict[str, list[Row]]) -> None:
    """Findings of files that gave no document stand between those of the others."""
    while (row := findings.head()) is not None and row.source_file not in known:
        failed.setdefault(row.source_file, []).extend(
            findings.take("source_file", {row.source_file})
        )


class _Cursor:
    """Rows with a look at the next one."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._rows = rows
        self._head = next(rows, None)

    def head(self) -> Row | None:
        return self._head

    def take(self, column: str, values: Collection[str]) -> list[Row]:
        """The next rows as long as their column holds one of the values."""
        taken = []
        while self._head is not None and getattr(self._head, column) in values:
            taken.append(self._head)
            self._head = next(self._rows, None)
        return taken


def _parquet(path: Path) -> Any:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pq.ParquetFile(path)
    except FileNotFoundError as error:
        raise OutputError(
            f"{path.parent}: không có bảng {path.name}; chạy pipeline.py để ghi các bảng trước"
        ) from error
    except (OSError, pa.ArrowInvalid) as error:
        raise OutputError(f"{path}: không đọc được ({error}); chạy lại pipeline.py") from error


def _rows(name: str, file: Any) -> Iterator[Row]:
    columns = [
        column.name for column in TABLES[name].columns if column.name not in _LEFT_OUT.get(name, ())
    ]
    kind = namedtuple(f"{name}_row", columns)  # type: ignore[misc]
    for batch in file.iter_batches(_BATCH, columns=columns, use_threads=False):
        yield from map(kind, *(batch.column(column).to_pylist() for column in columns))
