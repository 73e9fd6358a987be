"""Plans as a browser prints them: rows, merged cells and paragraphs that a page's end cuts.

The printers differ in what they draw where a page ends: LibreOffice closes every page's table
(``test_pdf``), Chromium and WeasyPrint leave a cut row open; each breaks lines by its own measure.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from as_print import chromium_pdf, needs_chromium, weasyprint_pdf, write_html
from form_inputs import OF_PAGES, PLANS, text_tables
from plain_plan import SAMPLES, authored_blocks, form_differences, form_tables

from pipeline import extract_file

PAGES = {"A4 landscape": 11.0, "A4": 9.0}


def differences(path: Path, printed: Path) -> list[str]:
    """What the printed plan gives otherwise than its text form."""
    found = form_tables(extract_file(printed), without_codes=OF_PAGES)
    return form_differences(text_tables(path), found)


@needs_chromium
def test_a_plan_that_chromium_prints(tmp_path: Path) -> None:
    path = SAMPLES[-1]
    page = write_html(authored_blocks(path), tmp_path / "plan.html", page="A4", size=9)
    assert differences(path, chromium_pdf(page, tmp_path / "plan.pdf")) == []


@pytest.mark.slow
@pytest.mark.parametrize("size", PAGES)
@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem[:14])
def test_a_plan_that_weasyprint_prints(path: Path, size: str, tmp_path: Path) -> None:
    blocks = authored_blocks(path)
    page = write_html(blocks, tmp_path / "plan.html", page=size, size=PAGES[size])
    assert differences(path, weasyprint_pdf(page, tmp_path / "plan.pdf")) == []


@needs_chromium
@pytest.mark.slow
@pytest.mark.parametrize("size", PAGES)
@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem[:14])
def test_every_plan_that_chromium_prints(path: Path, size: str, tmp_path: Path) -> None:
    blocks = authored_blocks(path)
    page = write_html(blocks, tmp_path / "plan.html", page=size, size=PAGES[size])
    assert differences(path, chromium_pdf(page, tmp_path / "plan.pdf")) == []
