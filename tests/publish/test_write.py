"""Files on disk: exact, the same every time, whole or not at all."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from sample_plan import AWKWARD, EMPTY, PLAN

from publish import write
from publish.schema import TABLES, arrow_schema
from publish.tables import arrow_tables
from publish.write import OutputError, csv_cells, write_tables

ROOT = Path(__file__).resolve().parents[2]
NAMES = {f"{name}{suffix}" for name in TABLES for suffix in (".parquet", ".csv")}


def contents(folder: Path) -> dict[str, bytes]:
    """Every entry of the folder, hidden ones too, with its bytes."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_parquet_comes_back_whole(tmp_path: Path) -> None:
    tables = arrow_tables(PLAN)
    paths = write_tables(tables, tmp_path / "new" / "out")
    assert {path.name for path in paths} == NAMES == set(contents(tmp_path / "new" / "out"))
    for name, table in tables.items():
        read = pq.read_table(tmp_path / "new" / "out" / f"{name}.parquet")
        assert read.equals(table)
        assert read.schema.equals(arrow_schema(name), check_metadata=True)


def test_csv_comes_back_whole(tmp_path: Path) -> None:
    tables = arrow_tables(PLAN)
    write_tables(tables, tmp_path)
    for name, table in tables.items():
        with (tmp_path / f"{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
            header, *rows = csv.reader(stream)
        assert header == table.column_names
        assert len(rows) == table.num_rows
        for place, column in enumerate(table.columns):
            wanted = [as_printed(value) for value in column.to_pylist()]
            assert [row[place] for row in rows] == wanted, header[place]


def as_printed(value: Any) -> str:
    """What the contract wants in a CSV cell."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def test_csv_bytes_by_hand(tmp_path: Path) -> None:
    table = pa.Table.from_pydict(
        {
            "code": ["01", None, ""],
            "text": [AWKWARD, "=1+1", "- Kế hoạch"],
            "list": [["a", "b; c"], ["@now", "a"], None],
            "yes": [True, None, False],
            "sum": [2**53 + 1, 0, None],
        }
    )
    write_tables({"odd": table}, tmp_path)
    assert (tmp_path / "odd.csv").read_bytes() == (
        b"\xef\xbb\xbfcode,text,list,yes,sum\r\n"
        + '01,"Sở ""A"", phòng B;\nỦy ban",a; b; c,true,9007199254740993\r\n'.encode()
        + b",'=1+1,'@now; a,,0\r\n"
        + ",'- Kế hoạch,,false,\r\n".encode()
    )


def test_empty_tables_are_headers(tmp_path: Path) -> None:
    write_tables(arrow_tables(EMPTY), tmp_path)
    for name, table in TABLES.items():
        header = ",".join(column.name for column in table.columns)
        assert (tmp_path / f"{name}.csv").read_bytes() == f"\ufeff{header}\r\n".encode()
        assert pq.read_table(tmp_path / f"{name}.parquet").schema == arrow_schema(name)


def test_pandas_reads_what_the_dictionary_promises(tmp_path: Path) -> None:
    pd = pytest.importorskip("pandas")
    write_tables(arrow_tables(PLAN), tmp_path)
    tasks = pd.read_parquet(tmp_path / "tasks.parquet", dtype_backend="pyarrow")
    assert tasks["budget_vnd"][0] == 455_000_000
    assert list(tasks["deliverables"][0]) == ["Kế hoạch; Báo cáo", "Quyết định"]
    sheet = pd.read_csv(tmp_path / "documents.csv", dtype=str)
    assert sheet["jurisdiction_code"][0] == "01"


def test_same_bytes_in_another_process(tmp_path: Path) -> None:
    write_tables(arrow_tables(PLAN), tmp_path / "here")
    code = (
        "import sys\nfrom pathlib import Path\nfrom sample_plan import PLAN\n"
        "from publish.tables import arrow_tables\nfrom publish.write import write_tables\n"
        "write_tables(arrow_tables(PLAN), Path(sys.argv[1]))\n"
    )
    path = os.pathsep.join([str(ROOT), str(Path(__file__).parent)])
    env = {**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": "7", "TZ": "Asia/Ho_Chi_Minh"}
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "there")], env=env, check=True)
    assert contents(tmp_path / "here") == contents(tmp_path / "there")


def failing(at: str, error: BaseException) -> Callable[[pa.Table, Path], None]:
    """A CSV writer that writes half of one table and fails."""

    def write_half(table: pa.Table, path: Path) -> None:
        path.write_bytes(b"half")
        if path.name == at:
            raise error

    return write_half


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failure_leaves_earlier_files_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    write_tables(arrow_tables(EMPTY), tmp_path)
    (tmp_path / "notes.txt").write_text("mine")
    before = contents(tmp_path)
    monkeypatch.setitem(write._WRITERS, ".csv", failing("periods.csv", error))
    with pytest.raises((OutputError, KeyboardInterrupt)):
        write_tables(arrow_tables(PLAN), tmp_path)
    assert contents(tmp_path) == before


def test_a_failure_while_moving_leaves_no_half_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_tables(arrow_tables(EMPTY), tmp_path / "old")
    write_tables(arrow_tables(PLAN), tmp_path / "new")
    write_tables(arrow_tables(EMPTY), tmp_path / "out")
    move = Path.replace

    def move_some(self: Path, target: Path) -> Path:
        if target.name == "periods.csv":  # a spreadsheet holds it open
            raise PermissionError(13, "Permission denied", str(target))
        return move(self, target)

    monkeypatch.setattr(Path, "replace", move_some)
    with pytest.raises(OutputError, match=r"periods\.csv.*close programs"):
        write_tables(arrow_tables(PLAN), tmp_path / "out")
    found = contents(tmp_path / "out")
    assert set(found) == NAMES  # and nothing temporary
    whole = [contents(tmp_path / "old"), contents(tmp_path / "new")]
    assert all(found[name] in [one[name] for one in whole] for name in NAMES)
    assert found["periods.csv"] == whole[0]["periods.csv"]


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    for folder in (tmp_path / "out", tmp_path / "out" / "below"):
        with pytest.raises(OutputError, match=r"is a file; name another folder with --out"):
            write_tables(arrow_tables(EMPTY), folder)
    assert (tmp_path / "out").read_text() == "a file"


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "tasks.csv").mkdir()
    with pytest.raises(OutputError, match=r"tasks\.csv is a folder"):
        write_tables(arrow_tables(EMPTY), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["tasks.csv"]


def test_a_folder_that_may_not_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(OutputError, match=r"cannot be written .*Permission denied.*--out"):
        write_tables(arrow_tables(EMPTY), tmp_path)


def test_what_a_killed_run_left_goes(tmp_path: Path) -> None:
    left = tmp_path / f".writing-{os.getpid()}"
    left.mkdir()
    (left / "tasks.csv").write_text("half")
    write_tables(arrow_tables(EMPTY), tmp_path)
    assert set(contents(tmp_path)) == NAMES


@pytest.mark.parametrize(
    ("printed", "cell"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+84 299", "'+84 299"),
        ("-5", "'-5"),
        ("@sum", "'@sum"),
        ("=", "="),  # a comparator; a sign alone is no formula
        (">=", ">="),
        ("Sở Nội vụ - phòng A", "Sở Nội vụ - phòng A"),
        ("", ""),
        (None, None),
    ],
)
def test_no_cell_of_words_is_a_formula(printed: str | None, cell: str | None) -> None:
    column = pa.chunked_array([pa.array([printed], pa.string())])
    assert csv_cells(column) == [cell]


def test_figures_below_zero_stay_figures() -> None:
    assert csv_cells(pa.chunked_array([pa.array([-5], pa.int64())])) == [-5]
