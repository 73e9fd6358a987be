"""What a call asks for beside the tables comes with them, or the tables are not touched."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from pipeline import main
from publish import database, workbook
from publish.finished import Finished

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = str(ROOT / "data" / "raw" / "mau-quang-binh-2019.txt")
OTHER = str(ROOT / "data" / "raw" / "mau-hai-phong-2022.txt")


def files(folder: Path) -> dict[str, bytes]:
    """Every file below the folder but the state that a run keeps, with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".kehoach" not in path.parts
    }


def test_all_of_it_in_one_call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, base = tmp_path / "out", tmp_path / "plans.duckdb"
    call = [SAMPLE, "--out", str(out), "--xlsx", "--calendar", "--to", f"duckdb:{base}"]
    assert main(call) == 0
    run = Finished(out)
    count = run.count("tasks")
    assert openpyxl.load_workbook(out / "workbook.xlsx")["tasks"].max_row == count + 1
    assert list((out / "calendar").glob("*/*/deadlines.ics"))
    with duckdb.connect(str(base)) as connection:
        assert connection.execute("SELECT count(*) FROM tasks").fetchone() == (count,)
    assert f"loaded into   duckdb:{base}: 1 documents; {count} tasks" in capsys.readouterr().out
    before = files(out)
    assert main(call) == 0  # nothing new: the database is loaded all the same
    assert files(out) == before
    assert "1 of them replaced" in capsys.readouterr().out


def test_an_option_alone_is_a_changed_run(tmp_path: Path) -> None:
    assert main([SAMPLE, "--out", str(tmp_path)]) == 0
    assert "workbook.xlsx" not in files(tmp_path)
    assert main([SAMPLE, "--out", str(tmp_path), "--xlsx"]) == 0
    assert "workbook.xlsx" in files(tmp_path)


@pytest.mark.parametrize(
    ("options", "module", "said"),
    [
        (["--to", "mysql://root:secret@h/db"], None, "--to mysql: không biết loại"),
        (["--to", "postgresql://u:secret@127.0.0.1:1/db"], None, "từ chối kết nối"),
        (["--to", f"duckdb:{ROOT}"], None, "là thư mục"),
        (["--xlsx"], "xlsxwriter", "pip install 'kehoach[workbook]'"),
        (["--calendar"], "icalendar", "pip install 'kehoach[calendar]'"),
        (["--to", "duckdb:x.duckdb"], "duckdb", "pip install 'kehoach[database]'"),
    ],
)
def test_refused_before_anything_is_written(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    options: list[str],
    module: str | None,
    said: str,
) -> None:
    if module is not None:
        monkeypatch.setitem(sys.modules, module, None)
    assert main([SAMPLE, "--out", str(tmp_path / "out"), *options]) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert "secret" not in told.err
    assert not told.out
    assert not (tmp_path / "out").exists()


def test_a_database_that_refuses_in_the_end_costs_no_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    load = database.load

    def refuse(run: Finished, target: database.Target) -> database.Loaded:
        if target.shown.endswith("first.duckdb"):
            raise database.DatabaseError(target.shown, "hết chỗ trên đĩa", "Dọn chỗ")
        return load(run, target)

    monkeypatch.setattr(database, "load", refuse)
    first, second = (f"duckdb:{tmp_path / name}.duckdb" for name in ("first", "second"))
    call = [SAMPLE, "--out", str(tmp_path / "out"), "--to", first, "--to", second]
    assert main(call) == 1
    told = capsys.readouterr()
    assert "hết chỗ trên đĩa" in told.err
    assert f"loaded into   {second}" in told.out
    assert Finished(tmp_path / "out").count("documents") == 1


def test_a_workbook_that_fails_leaves_all_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([SAMPLE, "--out", str(tmp_path), "--xlsx"]) == 0
    before = files(tmp_path)

    def full(*_: Any) -> list[str]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(workbook, "write_workbook", full)
    assert main([OTHER, "--out", str(tmp_path), "--xlsx"]) == 2
    assert "hết chỗ trên đĩa" in capsys.readouterr().err
    assert files(tmp_path) == before


def test_a_disk_that_is_full(tmp_path: Path) -> None:
    """The system refuses every file beyond 4 000 bytes."""
    out, base = tmp_path / "out", tmp_path / "plans.duckdb"
    options = ["--xlsx", "--calendar", "--to", f"duckdb:{base}"]
    assert main([SAMPLE, "--out", str(out), *options]) == 0
    before = files(tmp_path)
    done = subprocess.run(
        [sys.executable, "pipeline.py", OTHER, "--out", str(out), *options],
        cwd=ROOT,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, 4_000)),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert "không ghi được" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
    assert files(tmp_path) == before


def test_a_name_too_long(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([SAMPLE, "--out", str(tmp_path / ("x" * 300))]) == 2
    assert "tên quá dài" in capsys.readouterr().err
