"""The tables of a finished run, read back from its output folder.

Everything that is made from a run (workbook, databases, calendars, comparisons) reads them here,
a batch at a time where a table may be long.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from publish.schema import TABLES, arrow_schema

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

_ROWS = 16_384
"""Rows of a batch; a batch of the longest texts stays within some tens of megabytes."""


class FinishedError(Exception):
    """The folder holds no tables of a run, or not these; the message says what to do."""


class Finished:
    """The Parquet tables that a run left in a folder.

    Raises FinishedError where the folder or one of its tables is missing, is no Parquet file, or
    has columns of another version of the program.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._files = {name: _checked(folder, name) for name in TABLES}

    def count(self, table: str) -> int:
        """The number of the table's rows."""
        return int(self._files[table].metadata.num_rows)

    def batches(self, table: str, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
        """The table's rows in order, some thousands at a time; ``columns`` in the table's order."""
        wanted = None if columns is None else list(columns)
        batches: Iterator[pa.RecordBatch] = self._files[table].iter_batches(_ROWS, columns=wanted)
        return batches

    def reader(self, table: str) -> pa.RecordBatchReader:
        """The table as a stream that Arrow programs take."""
        import pyarrow as pa

        return pa.RecordBatchReader.from_batches(
            self._files[table].schema_arrow, self.batches(table)
        )

    def read(self, table: str, columns: Sequence[str] | None = None) -> pa.Table:
        """The table, or some of its columns, in memory."""
        return self._files[table].read(columns=None if columns is None else list(columns))

    def rows(self, table: str, columns: Sequence[str] | None = None) -> Iterator[dict[str, Any]]:
        """The rows in order, each as column → value."""
        for batch in self.batches(table, columns):
            yield from batch.to_pylist()


def open_table(folder: Path, name: str) -> pq.ParquetFile:
    """One table's Parquet file; FinishedError where it is missing or no Parquet file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = folder / f"{name}.parquet"
    # Not pq.read_table: that imports pandas where it is installed.
    try:
        return pq.ParquetFile(path)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise FinishedError(
            f"{folder}: không có bảng {path.name}. "
            "Chỉ ra thư mục kết quả của một lần chạy pipeline.py, hoặc chạy lại để tạo ra các bảng"
        ) from error
    except pa.ArrowInvalid as error:
        raise FinishedError(
            f"{path}: không phải tệp Parquet trọn vẹn. Chạy lại pipeline.py để tạo lại các bảng"
        ) from error
    except OSError as error:
        raise FinishedError(f"{path}: không đọc được ({error.strerror or error})") from error


def _checked(folder: Path, name: str) -> pq.ParquetFile:
    file = open_table(folder, name)
    if not file.schema_arrow.equals(arrow_schema(name)):
        raise FinishedError(
            f"{folder / name}.parquet: các cột không phải của phiên bản này. "
            "Chạy lại pipeline.py để tạo lại các bảng"
        )
    return file
