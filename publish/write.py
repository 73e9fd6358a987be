"""Tables to Parquet and CSV files, whole or not at all.

The same tables give the same bytes: nothing of the time, the machine or the folder is written.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

_FORMULA = "=+-@\t\r"
LIST_SEPARATOR = "; "
"""Between the items of a list in CSV; items may hold it too (the long tables are exact)."""


class OutputError(Exception):
    """The output folder cannot be made or written; the message says which and what to do."""


Maker = Callable[[Path], bytes]
"""Makes a further file's bytes, given the folder where the tables' files lie already."""


def write_tables(
    tables: Mapping[str, pa.Table], folder: Path, extras: Mapping[str, Maker] | None = None
) -> list[Path]:
    """Write every table as ``NAME.parquet`` and ``NAME.csv`` into the folder; return the paths.

    ``extras`` are further files of the run by name; they are written with the tables or not at all.

    The folder is made where it is missing. All files are written beside their place first and then
    moved there one by one: an exception before that leaves earlier outputs as they were, and no
    file is ever half written. Files of other names are left alone. Raises OutputError.
    """
    with _said_plainly(folder), _staging(folder) as staging:
        targets = []
        for name, table in tables.items():
            for suffix, write in _WRITERS.items():
                target = folder / f"{name}{suffix}"
                if target.is_dir():
                    raise OutputError(
                        f"{target} is a folder and stands where a file is to be; "
                        "move it away, or name another folder with --out"
                    )
                write(table, staging / target.name)
                targets.append(target)
        for file_name, make in (extras or {}).items():
            (staging / file_name).write_bytes(make(staging))
            targets.append(folder / file_name)
        for target in targets:
            (staging / target.name).replace(target)
    return targets


@contextmanager
def _said_plainly(folder: Path) -> Iterator[None]:
    """Turn what the system says about the folder into an OutputError that says what to do."""
    try:
        yield
    except (FileExistsError, NotADirectoryError) as error:
        raise OutputError(
            f"{folder} cannot be a folder: {error.filename or folder} is a file; "
            "name another folder with --out"
        ) from error
    except PermissionError as error:
        raise OutputError(
            f"{folder} cannot be written ({error.filename or folder}: {error.strerror}); close "
            "programs that hold its files open, or name another folder with --out"
        ) from error
    except OSError as error:
        raise OutputError(
            f"{folder} cannot be written ({error}); make room or repair it, "
            "or name another folder with --out"
        ) from error


@contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    """A hidden folder inside the output folder (so that moving is one step), gone afterwards."""
    folder.mkdir(parents=True, exist_ok=True)
    staging = folder / f".writing-{os.getpid()}"
    with suppress(FileExistsError):  # a killed run of the same number left it
        staging.mkdir()
    try:
        yield staging
    finally:
        for left in staging.iterdir():
            left.unlink()
        staging.rmdir()


def _write_parquet(table: pa.Table, path: Path) -> None:
    import pyarrow.parquet as pq

    pq.write_table(table, path, compression="zstd")


def _write_csv(table: pa.Table, path: Path) -> None:
    """UTF-8 with BOM, lines ended as RFC 4180 has it, quotes where a cell needs them."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(table.column_names)
    writer.writerows(zip(*map(csv_cells, table.columns), strict=True))
    path.write_bytes(text.getvalue().encode("utf-8-sig"))


def csv_cells(column: pa.ChunkedArray) -> list[Any]:
    """The column's cells as the csv module writes them: dates ISO, true/false, null empty.

    Words that begin with "=", "+", "-" or "@" get a leading apostrophe, so that no spreadsheet
    runs them (the data dictionary tells it; Parquet holds the words alone).
    """
    kind = str(column.type)
    values: list[Any] = column.to_pylist()
    if kind == "bool":
        return [None if value is None else str(value).lower() for value in values]
    if kind.startswith("list"):
        values = [
            None if value is None else LIST_SEPARATOR.join(map(str, value)) for value in values
        ]
    elif kind != "string":
        return values
    return [f"'{value}" if _is_formula(value) else value for value in values]


def _is_formula(cell: str | None) -> bool:
    """A spreadsheet would run the cell; a sign alone (the comparator "=") is none."""
    return cell is not None and len(cell) > 1 and cell[0] in _FORMULA


_WRITERS: dict[str, Callable[[pa.Table, Path], None]] = {
    ".parquet": _write_parquet,
    ".csv": _write_csv,
}
