"""Tables to Parquet and CSV files as their rows come, in little memory.

The same rows give the same bytes, however they came: nothing of the time, the machine or the
folder is written, and where a row group ends hangs on the rows alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from normalize.records import Plan
from publish.csvs import csv_lines, header
from publish.schema import TABLES, Table, arrow_schema

if TYPE_CHECKING:
    import pyarrow as pa

_ROWS_AT_ONCE = 2_048
"""So many records of a table are kept as such; then they become arrays, which take a tenth."""
GROUP_ROWS = 65_536
GROUP_BYTES = 4 << 20
"""A row group of Parquet ends at so many rows, or bytes of arrays, whichever comes first."""


class TableFiles:
    """``NAME.parquet`` and ``NAME.csv`` of every table in a folder, written plan by plan.

    Rows keep the order in which plans are added; ``agencies`` is one row an id, sorted by id (the
    first plan that mentions an id describes it), and is written on closing. Memory holds one row
    group a table and the agencies.
    """

    def __init__(self, folder: Path) -> None:
        self._files = {name: _TableFile(table, folder) for name, table in TABLES.items()}
        self._agencies: dict[str, Any] = {}

    def add(self, plan: Plan, csv: Mapping[str, bytes] | None = None) -> None:
        """All rows of one plan; ``csv`` holds the lines of those tables that are made already.

        Raises SchemaError for a row that does not fit, OSError where the disk is full.
        """
        for name, file in self._files.items():
            rows = getattr(plan, name)
            if name == "agencies":
                for row in rows:
                    self._agencies.setdefault(row.agency_id, row)
            elif rows:
                file.add(rows, csv.get(name) if csv else None)

    def close(self) -> dict[str, int]:
        """Write what is left; the number of rows of each table."""
        self._files["agencies"].add([self._agencies[name] for name in sorted(self._agencies)], None)
        return {name: file.close() for name, file in self._files.items()}

    def abandon(self) -> None:
        """Close all files as they are; they are of no use."""
        for file in self._files.values():
            file.abandon()


class _TableFile:
    """The two files of one table."""

    def __init__(self, table: Table, folder: Path) -> None:
        import pyarrow.parquet as pq

        self._table = table
        self._parquet = pq.ParquetWriter(
            folder / f"{table.name}.parquet", arrow_schema(table.name), compression="zstd"
        )
        self._csv: BinaryIO = (folder / f"{table.name}.csv").open("wb")
        self._csv.write(header(table))
        self._records: list[Any] = []
        self._arrays: list[pa.Table] = []
        self._rows = 0
        self._bytes = 0
        self._count = 0

    def add(self, rows: list[Any], lines: bytes | None) -> None:
        self._csv.write(csv_lines(self._table, rows) if lines is None else lines)
        self._records += rows
        self._count += len(rows)
        # Cut at fixed counts, not where a plan ends: groups must not hang on how rows came.
        while len(self._records) >= _ROWS_AT_ONCE:
            self._to_arrays(_ROWS_AT_ONCE)

    def _to_arrays(self, count: int) -> None:
        from publish.tables import arrow_table

        made = arrow_table(self._table, self._records[:count])
        del self._records[:count]
        self._arrays.append(made)
        self._rows += made.num_rows
        self._bytes += made.nbytes
        if self._rows >= GROUP_ROWS or self._bytes >= GROUP_BYTES:
            self._end_group()

    def _end_group(self) -> None:
        import pyarrow as pa

        if not self._arrays:
            return
        group = pa.concat_tables(self._arrays).combine_chunks()
        self._parquet.write_table(group, row_group_size=group.num_rows)
        self._arrays, self._rows, self._bytes = [], 0, 0

    def close(self) -> int:
        if self._records:
            self._to_arrays(len(self._records))
        self._end_group()
        self._parquet.close()
        self._csv.close()
        return self._count

    def abandon(self) -> None:
        for file in (self._parquet, self._csv):
            with suppress(Exception):  # a full disk refuses the rest once more
                file.close()
