"""Text as ``pdftotext -layout`` lays it out, and text as copied: one cell a line.

A plan in such a text shows a merged cell once: what the text form of the same plan says where its
merged cells are printed once is the truth here, cell for cell.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from as_docx import write_docx
from as_html import body
from as_print import chromium_pdf, needs_chromium, weasyprint_pdf, write_html
from form_inputs import OF_PAGES, PLANS, by_plan_slowly, text_tables
from office import convert, needs_office
from plain_plan import (
    SAMPLES,
    PlainTable,
    Tables,
    authored_blocks,
    form_differences,
    form_tables,
)

from pipeline import extract_file

needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="poppler-utils is not installed"
)

EXCEPTIONS = {
    # One row holds both tasks and three products; the lines show at which height each stands, so
    # that they are read as two rows, where the text form must leave open what belongs to whom.
    "mau-quang-binh-2019": ("44-57-kh-ubnd-2019/7.3", "44-57-kh-ubnd-2019/7.4"),
}
"""What differs and why: plan → tasks left out of the comparison."""

UNMERGED = [path for path in PLANS if "lam-dong" not in path.stem]


def printed_once(blocks: list[str | PlainTable]) -> list[str | PlainTable]:
    """The same tables, places below a merged cell empty; heads stay merged."""
    made: list[str | PlainTable] = []
    for block in blocks:
        if isinstance(block, PlainTable):
            heads = 2 if "right" in block.covered[0] else 1
            covered = [
                marks if row < heads else ["" for _ in marks]
                for row, marks in enumerate(block.covered)
            ]
            block = PlainTable(block.rows, covered, block.pages)
        made.append(block)
    return made


def expected_of(path: Path, folder: Path) -> Tables:
    """The tables of the plan whose merged cells are printed once."""
    blocks = authored_blocks(path)
    tables = [one for one in blocks if isinstance(one, PlainTable)]
    if not any("down" in marks for table in tables for marks in table.covered):
        return text_tables(path)
    written = folder / "once.html"
    written.write_text(f"<html><body>{body(printed_once(blocks))}</body></html>", encoding="utf-8")
    return form_tables(extract_file(written), without_codes=OF_PAGES)


def without(tables: Tables, tasks: tuple[str, ...]) -> Tables:
    """The tables without the rows of these tasks."""
    return {
        name: [
            row
            for row in rows
            if not str(row.get("task_id") or row.get("row_id")).startswith(tasks or ("-",))
        ]
        for name, rows in tables.items()
    }


def assert_laid_out(path: Path, folder: Path) -> None:
    """Printed by LibreOffice and laid out by pdftotext, a plan gives the text form's tables."""
    word = write_docx(authored_blocks(path), folder / "plan.docx")
    pdf = convert(word, "pdf", folder)
    subprocess.run(["pdftotext", "-layout", pdf, folder / "plan.txt"], check=True)
    found = form_tables(extract_file(folder / "plan.txt"), without_codes=OF_PAGES)
    left_out = EXCEPTIONS.get(path.stem, ())
    assert (
        form_differences(without(expected_of(path, folder), left_out), without(found, left_out))
        == []
    )


@needs_office
@needs_poppler
@by_plan_slowly
def test_columns_made_of_blanks(path: Path, tmp_path: Path) -> None:
    assert_laid_out(path, tmp_path)


BROWSERS = {"chromium": chromium_pdf, "weasyprint": weasyprint_pdf}
PAGES = {"A4 landscape": 11.0, "A4": 9.0}
LEAST = {"mau-quang-binh-2019": 0.9}
"""The share of task fields that comes out of the worst print; 0.98 elsewhere. One row of this plan
lists three tasks, and a page's end cuts it: no line tells which part is whose."""


@needs_chromium
@needs_poppler
@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("browser", BROWSERS)
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem[:14])
def test_what_browsers_print_in_columns_of_blanks(
    path: Path, browser: str, page: str, tmp_path: Path
) -> None:
    """Columns move from row to row: every task, nearly every field, and what touches is told."""
    written = write_html(authored_blocks(path), tmp_path / "plan.html", page=page, size=PAGES[page])
    pdf = BROWSERS[browser](written, tmp_path / "plan.pdf")
    subprocess.run(["pdftotext", "-layout", pdf, tmp_path / "plan.txt"], check=True)
    codes = OF_PAGES | {"column.touching"}
    found = form_tables(extract_file(tmp_path / "plan.txt"), without_codes=codes)["tasks"]
    expected = expected_of(path, tmp_path)["tasks"]
    assert [row["task_no"] for row in found] == [row["task_no"] for row in expected]
    pairs = [
        left[name] == right[name]
        for left, right in zip(expected, found, strict=True)
        for name in left
        if name not in ("task_id", "finding_codes")
    ]
    assert sum(pairs) >= LEAST.get(path.stem, 0.98) * len(pairs)


def run_together(path: Path, gap: bool, cells: str) -> str:
    """The plan's text with the paragraphs of each cell in one line, as a viewer copies them.

    ``cells`` stands between the cells of a row; ``gap``: a blank line between rows; an empty cell
    is a no-break space. Letterheads and tables of two or three columns stay lines with bars.
    """
    lines: list[str] = []
    for block in authored_blocks(path):
        if not isinstance(block, PlainTable):
            lines.append(block)
            continue
        if max(map(len, block.rows)) < 4:
            lines += [" | ".join(" ".join(cell) for cell in row) for row in block.rows]
            continue
        for row in block.rows:
            lines.append(cells.join(" ".join(cell) or "\u00a0" for cell in row))
            lines += [""] if gap else []
        lines += [] if gap else [""]
    return "\n".join(lines)


def read_as(text: str, path: Path) -> Tables:
    path.write_text(text, encoding="utf-8")
    return form_tables(extract_file(path), without_codes=OF_PAGES)


@pytest.mark.parametrize("gap", [False, True], ids=["no gap", "gap between rows"])
@pytest.mark.parametrize("path", UNMERGED, ids=lambda path: path.stem[:14])
def test_one_cell_a_line(path: Path, gap: bool, tmp_path: Path) -> None:
    """The truth is the same words with tabs between the cells.

    Copies of other kinds, of merged cells too: ``test_copied_text.py``.
    """
    expected = read_as(run_together(path, False, "\t"), tmp_path / "plan.txt")
    found = read_as(run_together(path, gap, "\n"), tmp_path / "plan.txt")
    assert form_differences(expected, found) == []
