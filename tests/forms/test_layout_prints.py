"""Whole plans printed by three programs and laid out by ``pdftotext -layout``: how much comes out.

Cells stand at the top or in the middle of their rows, ragged or set to both edges, with little room
between them: no hand could lay such pages out. What is asked is the share of task fields that
are those of the text form, as reached; where all are, all. A merged cell is printed once, so that
further rows of it lack its words.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from as_docx import write_docx
from as_print import CHROMIUM, chromium_pdf, weasyprint_pdf, write_html
from form_inputs import OF_PAGES, PLANS
from office import PROGRAM, convert
from plain_plan import authored_blocks

from bench.cells import cells_read_exactly, total
from normalize.records import Plan, TaskRow
from pipeline import extract_file

PRINTERS = ("office", "chromium", "weasyprint")
LEAST = {
    # (set to both edges, in the middle): office, chromium, weasyprint
    (False, False): (0.985, 0.985, 0.955),
    (False, True): (0.975, 0.96, 0.93),
    (True, False): (0.86, 0.64, 0.70),
    (True, True): (0.88, 0.72, 0.71),
}
"""The least share of task fields, over all plans (or our samples alone) together."""
_COMPARED = (
    "task_no",
    "area",
    "area_code",
    "task",
    "deliverables",
    "lead_ids",
    "lead",
    "coordinating_ids",
    "coordinating",
    "schedule",
    "start_on",
    "due_on",
    "budget",
    "budget_vnd",
    "budget_status",
    "funding_source",
    "funded_by_ids",
)
EXACT = {
    "office": ("mau-hai-phong-", "000_2ab3ef5e45", "004_73de659c70"),
    "chromium": ("mau-hai-phong-",),
    "weasyprint": ("mau-hai-phong-",),
}
"""Plans of which every task field comes out: ragged cells at the top of their rows."""


def laid_print(path: Path, printer: str, justified: bool, middle: bool, folder: Path) -> Path:
    """The plan printed on A4 across in letters of 11 points, as ``pdftotext -layout`` gives it."""
    blocks = authored_blocks(path)
    if printer == "office":
        word = write_docx(blocks, folder / "plan.docx", size=11, justified=justified, middle=middle)
        printed = convert(word, "pdf", folder)
    else:
        page = write_html(
            blocks,
            folder / "plan.html",
            align="justify" if justified else "left",
            extra="td { vertical-align: middle }" if middle else "",
        )
        print_page = chromium_pdf if printer == "chromium" else weasyprint_pdf
        printed = print_page(page, folder / "plan.pdf")
    return laid_text(printed, folder)


def laid_text(printed: Path, folder: Path) -> Path:
    """What ``pdftotext -layout`` gives of a PDF."""
    laid = folder / "plan.txt"
    subprocess.run(["pdftotext", "-layout", "-enc", "UTF-8", str(printed), str(laid)], check=True)
    return laid


def _fonts() -> str:
    """The families of letters that are installed."""
    if shutil.which("fc-list") is None:
        return ""
    return subprocess.run(["fc-list", ":", "family"], capture_output=True, text=True).stdout


def _place(task: TaskRow) -> str:
    """The task's place in its plan: a plan without a symbol has a hash of its text for an id."""
    return task.task_id.partition("/")[2]


def wrong_rows(truth: Plan, plan: Plan) -> Iterator[tuple[int, bool]]:
    """For each row that the print shows otherwise: how many values, and whether it is told.

    A row that is missing counts as told where the row before it is.
    """
    found = {_place(task): task for task in plan.tasks}
    told = False
    for task in truth.tasks:
        other = found.get(_place(task))
        if other is None:
            yield len(_COMPARED), told
            continue
        told = bool({*other.finding_codes} - {*task.finding_codes} - OF_PAGES)
        off = sum(getattr(task, name) != getattr(other, name) for name in _COMPARED)
        if off:
            yield off, told


@pytest.mark.slow
@pytest.mark.skipif(
    not (PROGRAM and CHROMIUM and shutil.which("pdftotext")),
    reason="LibreOffice, Chromium and pdftotext (poppler-utils) print the plans",
)
@pytest.mark.parametrize("printer", PRINTERS)
@pytest.mark.parametrize("justified", [False, True], ids=["ragged", "justified"])
@pytest.mark.parametrize("middle", [False, True], ids=["top", "middle"])
def test_task_fields_of_printed_plans(
    printer: str, justified: bool, middle: bool, tmp_path: Path
) -> None:
    wanted = came = 0
    for path in PLANS:
        plan = extract_file(laid_print(path, printer, justified, middle, tmp_path))
        cells = total(cells_read_exactly(extract_file(path), plan, ("tasks",)))
        wanted, came = wanted + cells.all, came + cells.exact
        if not justified and not middle and path.stem[:14] in EXACT.get(printer, ()):
            assert cells.exact == cells.all, path.stem
    assert came >= LEAST[justified, middle][PRINTERS.index(printer)] * wanted


TIMES = "Liberation Serif"
"""As wide, letter by letter, as Times New Roman, in which Word prints plans."""
LEAST_IN_TIMES = {
    # (points, set to both edges): task fields right, and wrong ones that are told
    (13, False): (0.97, 0.5),
    (12, False): (0.91, 0.5),
    (11, False): (0.985, 0.4),
}


@pytest.mark.slow
@pytest.mark.skipif(
    not (PROGRAM and shutil.which("pdftotext") and "Liberation" in _fonts()),
    reason="LibreOffice, pdftotext (poppler-utils) and the Liberation fonts print the plans",
)
@pytest.mark.parametrize(("size", "justified"), LEAST_IN_TIMES)
def test_plans_printed_in_the_letters_of_word(size: int, justified: bool, tmp_path: Path) -> None:
    """Words stand nearer each other than in wider letters, so that columns touch more often."""
    wanted = came = wrong = told = 0
    for path in PLANS:
        word = write_docx(
            authored_blocks(path),
            tmp_path / "plan.docx",
            size=size,
            justified=justified,
            font=TIMES,
        )
        laid = laid_text(convert(word, "pdf", tmp_path), tmp_path)
        truth, plan = extract_file(path), extract_file(laid)
        cells = total(cells_read_exactly(truth, plan, ("tasks",)))
        wanted, came = wanted + cells.all, came + cells.exact
        for off, known in wrong_rows(truth, plan):
            wrong, told = wrong + off, told + off * known
    right, least_told = LEAST_IN_TIMES[size, justified]
    assert came >= right * wanted
    assert told >= least_told * wrong
