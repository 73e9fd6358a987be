"""Files on disk: exact, the same every time, whole or not at all."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import msgspec
import pyarrow.parquet as pq
import pytest
from sample_plan import AWKWARD, EMPTY, PLAN, task

from normalize.records import Plan
from publish import write
from publish.csvs import csv_cells, csv_lines, header
from publish.folder import OutputError, staged
from publish.schema import TABLES, Column, Table, arrow_schema
from publish.tables import arrow_tables
from publish.write import TableFiles

ROOT = Path(__file__).resolve().parents[2]
NAMES = {f"{name}{suffix}" for name in TABLES for suffix in (".parquet", ".csv")}


def staging(folder: Path) -> AbstractContextManager[Path]:
    """The folder to write into before files appear in this one."""
    return staged(folder, folder / ".staging")


def publish(plans: Iterable[Plan], folder: Path) -> None:
    """The tables of the plans as files in the folder, as a run leaves them."""
    with staging(folder) as place:
        files = TableFiles(place)
        for plan in plans:
            files.add(plan)
        files.close()


def contents(folder: Path) -> dict[str, bytes]:
    """Every entry of the folder, hidden ones too, with its bytes."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_parquet_comes_back_whole(tmp_path: Path) -> None:
    tables = arrow_tables(PLAN)
    publish([PLAN], tmp_path / "new" / "out")
    assert set(contents(tmp_path / "new" / "out")) == NAMES
    for name, table in tables.items():
        read = pq.read_table(tmp_path / "new" / "out" / f"{name}.parquet")
        assert read.equals(table)
        assert read.schema.equals(arrow_schema(name), check_metadata=True)


def test_csv_comes_back_whole(tmp_path: Path) -> None:
    tables = arrow_tables(PLAN)
    publish([PLAN], tmp_path)
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


class Odd(msgspec.Struct):
    """A row of a table that is none of ours."""

    code: str | None
    text: str
    list: list[str] | None
    yes: bool | None
    sum: int | None


def test_csv_bytes_by_hand() -> None:
    rows = [
        Odd("01", AWKWARD, ["a", "b; c"], True, 2**53 + 1),
        Odd(None, "=1+1", ["@now", "a"], None, 0),
        Odd("", "- Kế hoạch", None, False, None),
    ]
    kinds = {"code": "string", "text": "string", "list": "list<string>", "yes": "bool"}
    columns = tuple(
        Column(name, name, kinds.get(name, "int64"), True, "", "", None, "")
        for name in Odd.__struct_fields__
    )
    table = Table("odd", Odd, "", "", "", columns)
    assert header(table) + csv_lines(table, rows) == (
        b"\xef\xbb\xbfcode,text,list,yes,sum\r\n"
        + '01,"Sở ""A"", phòng B;\nỦy ban",a; b; c,true,9007199254740993\r\n'.encode()
        + b",'=1+1,'@now; a,,0\r\n"
        + ",'- Kế hoạch,,false,\r\n".encode()
    )


def test_empty_tables_are_headers(tmp_path: Path) -> None:
    publish([EMPTY], tmp_path)
    for name, table in TABLES.items():
        header = ",".join(column.name for column in table.columns)
        assert (tmp_path / f"{name}.csv").read_bytes() == f"\ufeff{header}\r\n".encode()
        assert pq.read_table(tmp_path / f"{name}.parquet").schema == arrow_schema(name)


def test_pandas_reads_what_the_dictionary_promises(tmp_path: Path) -> None:
    pd = pytest.importorskip("pandas")
    publish([PLAN], tmp_path)
    tasks = pd.read_parquet(tmp_path / "tasks.parquet", dtype_backend="pyarrow")
    assert tasks["budget_vnd"][0] == 455_000_000
    assert list(tasks["deliverables"][0]) == ["Kế hoạch; Báo cáo", "Quyết định"]
    sheet = pd.read_csv(tmp_path / "documents.csv", dtype=str)
    assert sheet["jurisdiction_code"][0] == "01"


def test_same_bytes_in_another_process(tmp_path: Path) -> None:
    publish([PLAN], tmp_path / "here")
    code = (
        "import sys\nfrom pathlib import Path\nfrom sample_plan import PLAN\n"
        "from publish.write import TableFiles\n"
        "folder = Path(sys.argv[1])\nfolder.mkdir()\n"
        "files = TableFiles(folder)\nfiles.add(PLAN)\nfiles.close()\n"
    )
    path = os.pathsep.join([str(ROOT), str(Path(__file__).parent)])
    env = {**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": "7", "TZ": "Asia/Ho_Chi_Minh"}
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "there")], env=env, check=True)
    assert contents(tmp_path / "here") == contents(tmp_path / "there")


def plans_and_then(error: BaseException) -> Iterator[Plan]:
    """One plan, and no more."""
    yield PLAN
    raise error


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failure_leaves_earlier_files_alone(tmp_path: Path, error: BaseException) -> None:
    publish([EMPTY], tmp_path)
    (tmp_path / "notes.txt").write_text("mine")
    before = contents(tmp_path)
    with pytest.raises((OutputError, KeyboardInterrupt)):
        publish(plans_and_then(error), tmp_path)
    assert contents(tmp_path) == before


def test_a_failure_while_moving_leaves_no_half_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish([EMPTY], tmp_path / "old")
    publish([PLAN], tmp_path / "new")
    publish([EMPTY], tmp_path / "out")
    move = Path.replace

    def move_some(self: Path, target: Path) -> Path:
        if target.name == "periods.csv":  # a spreadsheet holds it open
            raise PermissionError(13, "Permission denied", str(target))
        return move(self, target)

    monkeypatch.setattr(Path, "replace", move_some)
    with pytest.raises(OutputError, match=r"periods\.csv.*Đóng các chương trình"):
        publish([PLAN], tmp_path / "out")
    found = contents(tmp_path / "out")
    assert set(found) == NAMES  # and nothing temporary
    whole = [contents(tmp_path / "old"), contents(tmp_path / "new")]
    assert all(found[name] in [one[name] for one in whole] for name in NAMES)
    assert found["periods.csv"] == whole[0]["periods.csv"]


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    for folder in (tmp_path / "out", tmp_path / "out" / "below"):
        with pytest.raises(OutputError, match=r"là tệp. Chọn thư mục khác bằng --out"):
            publish([EMPTY], folder)
    assert (tmp_path / "out").read_text() == "a file"


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "tasks.csv").mkdir()
    with pytest.raises(OutputError, match=r"tasks\.csv là thư mục"):
        publish([EMPTY], tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["tasks.csv"]


def test_a_folder_that_may_not_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(OutputError, match=r"không ghi được .*Permission denied.*--out"):
        publish([EMPTY], tmp_path)


def test_what_a_killed_run_left_goes(tmp_path: Path) -> None:
    left = tmp_path / ".staging" / "below"
    left.mkdir(parents=True)
    (left.parent / "tasks.csv").write_text("half")
    (left / "page.html").write_text("half")
    publish([EMPTY], tmp_path)
    assert set(contents(tmp_path)) == NAMES


def test_a_folder_of_an_earlier_run_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "old.html").write_text("old")
    with staging(tmp_path) as folder:
        (folder / "pages").mkdir()
        (folder / "pages" / "new.html").write_text("new")
    assert [path.name for path in tmp_path.iterdir()] == ["pages"]
    assert [path.name for path in (tmp_path / "pages").iterdir()] == ["new.html"]


def many(count: int) -> Plan:
    """A plan of so many tasks, no two alike."""
    return msgspec.structs.replace(EMPTY, tasks=[task(str(number)) for number in range(count)])


def test_bytes_do_not_hang_on_how_rows_come(tmp_path: Path) -> None:
    rows = many(7_001)
    parts = [
        msgspec.structs.replace(EMPTY, tasks=rows.tasks[at : at + size])
        for at, size in ((0, 1), (1, 2_047), (2_048, 3_000), (5_048, 1_953))
    ]
    publish([rows], tmp_path / "one")
    publish(parts, tmp_path / "many")
    assert contents(tmp_path / "one") == contents(tmp_path / "many")


def test_long_tables_have_several_row_groups(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write, "GROUP_ROWS", 4_000)
    publish([many(3_000), many(3_000), many(4_000)], tmp_path)
    file = pq.ParquetFile(tmp_path / "tasks.parquet")
    groups = [file.metadata.row_group(i).num_rows for i in range(file.num_row_groups)]
    assert groups == [4_096, 4_096, 1_808]  # whole lots of 2 048 records, and the rest
    numbers = [str(n) for count in (3_000, 3_000, 4_000) for n in range(count)]
    assert file.read().column("task_no").to_pylist() == numbers


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
    assert csv_cells([printed], "string") == [cell]


def test_figures_below_zero_stay_figures() -> None:
    assert csv_cells([-5], "int64") == [-5]
