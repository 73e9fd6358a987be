"""The quick start runs from its first cell to its last and answers what its tables say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pyarrow.parquet as pq
import pytest
from nbclient import NotebookClient

from pipeline import main

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOK = ROOT / "notebooks" / "quickstart.ipynb"


def as_read() -> Any:
    return nbformat.reads(NOTEBOOK.read_text(encoding="utf-8"), as_version=4)  # type: ignore[no-untyped-call]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out")
    assert main([*map(str, sorted((ROOT / "data" / "raw").glob("*.txt"))), "--out", str(out)]) == 0
    return out


@pytest.fixture(scope="module")
def ran(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The notebook after a run on the samples' tables, in a kernel of its own."""
    notebook = as_read()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KEHOACH_OUT", str(folder))
        patch.setenv("IPYTHONDIR", str(tmp_path_factory.mktemp("ipython")))
        NotebookClient(notebook, timeout=120, kernel_name="python3").execute(cwd=str(ROOT))
    return notebook


def texts(notebook: Any, words: str) -> str:
    """All plain outputs of the one code cell that holds the words."""
    (cell,) = [one for one in notebook.cells if one.cell_type == "code" and words in one.source]
    plain = [out.get("text") or out["data"]["text/plain"] for out in cell.outputs]
    return "\n".join(plain)


def test_no_output_is_committed() -> None:
    notebook = as_read()
    assert all(not cell.outputs for cell in notebook.cells if cell.cell_type == "code")


def test_it_runs_and_draws(ran: Any) -> None:
    codes = [cell for cell in ran.cells if cell.cell_type == "code"]
    assert all(cell.outputs for cell in codes)
    drawn = [
        out for cell in codes for out in cell.outputs if "image/svg+xml" in out.get("data", {})
    ]
    assert len(drawn) == 5


def test_pandas_and_sql_say_what_the_tables_say(ran: Any, folder: Path) -> None:
    rows = pq.read_table(folder / "assignments.parquet").to_pylist()
    led: dict[str, set[str]] = {}
    for row in rows:
        if row["role"] == "lead" and row["agency_id"]:
            led.setdefault(row["agency_id"], set()).add(row["task_id"])
    most = str(max(len(tasks) for tasks in led.values()))
    for words in ("carried.head(10)", "count(distinct task_id) as tasks"):
        first = texts(ran, words).splitlines()[1]
        assert first.split()[-1] == most
    tasks = pq.read_table(folder / "tasks.parquet").to_pylist()
    unfunded = sum(row["budget_status"] in ("unstated", "no_column") for row in tasks)
    assert f"{unfunded} of {len(tasks)} tasks name no money" in texts(ran, "unfunded = ")
