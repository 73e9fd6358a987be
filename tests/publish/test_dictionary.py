"""The data dictionary on disk is the one that the schema renders."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from normalize import findings
from publish.dictionary import dictionary, markdown_table
from publish.schema import TABLES, TASK_CHANGES

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "docs" / "data-dictionary.md"


def test_the_file_is_up_to_date() -> None:
    assert FILE.read_text(encoding="utf-8") == dictionary(), (
        "run: python -m publish.dictionary > docs/data-dictionary.md"
    )


def test_the_command_prints_it_whatever_the_locale() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "publish.dictionary"],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=True,
    )
    assert done.stdout == dictionary().encode()


def test_every_column_and_code_is_in_it() -> None:
    text = dictionary()
    for table in (*TABLES.values(), TASK_CHANGES):
        part = text.partition(f"\n## `{table.name}`\n")[2].partition("\n## ")[0]
        for column in table.columns:
            assert f"\n| `{column.name}` |" in part
            if column.codes not in (None, "table"):
                assert f"\n### `{column.codes}`\n" in text
    for code in findings.codes():
        assert f"\n| `{code}` |" in text


def test_bars_in_cells_are_escaped() -> None:
    assert markdown_table(("a", "b"), [("x|y", "z")]) == [
        "| a | b |",
        "| --- | --- |",
        "| x\\|y | z |",
    ]
