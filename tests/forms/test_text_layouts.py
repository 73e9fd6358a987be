"""Text as ``pdftotext -layout`` lays it out, and text as copied: one cell a line."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from as_docx import write_docx
from form_inputs import OF_PAGES, PLANS, text_tables
from office import convert, needs_office
from plain_plan import SAMPLES, PlainTable, authored_blocks, form_tables

from pipeline import extract_file

needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="poppler-utils is not installed"
)


def agreement(path: Path, written: Path) -> float:
    """The share of the tasks' fields that came out as in the text form; tasks must be the same."""
    expected = text_tables(path)["tasks"]
    found = form_tables(extract_file(written), without_codes=OF_PAGES)["tasks"]
    assert [row["task"] for row in found][:1] == [row["task"] for row in expected][:1]
    assert len(found) == len(expected)
    pairs: list[bool] = [
        bool(left[name] == right[name])
        for left, right in zip(expected, found, strict=True)
        for name in left
    ]
    return sum(pairs) / len(pairs)


@needs_office
@needs_poppler
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem[:14])
def test_columns_made_of_blanks(path: Path, tmp_path: Path) -> None:
    word = write_docx(authored_blocks(path), tmp_path / "plan.docx")
    pdf = convert(word, "pdf", tmp_path)
    subprocess.run(["pdftotext", "-layout", pdf, tmp_path / "plan.txt"], check=True)
    assert agreement(path, tmp_path / "plan.txt") >= 0.94


@pytest.mark.parametrize("gap", [False, True], ids=["no gap", "gap between rows"])
@pytest.mark.parametrize(
    "path", [path for path in PLANS if "lam-dong" not in path.stem], ids=lambda path: path.stem[:14]
)
def test_one_cell_a_line(path: Path, gap: bool, tmp_path: Path) -> None:
    """An empty cell is a no-break space; the paragraphs of a cell run together, as in a viewer."""
    lines: list[str] = []
    for block in authored_blocks(path):
        if not isinstance(block, PlainTable):
            lines.append(block)
            continue
        for row in block.rows:
            lines += [" ".join(cell) if cell else "\u00a0" for cell in row]
            lines += [""] if gap else []
    written = tmp_path / "plan.txt"
    written.write_text("\n".join(lines), encoding="utf-8")
    assert agreement(path, written) >= 0.9
