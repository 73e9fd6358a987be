"""Plans as a browser prints them: rows, merged cells and paragraphs that a page's end cuts.

The printers differ in what they draw where a page ends: LibreOffice closes every page's table
(``test_pdf``), Chromium and WeasyPrint leave a cut row open; each breaks lines by its own measure.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from as_docx import write_docx
from as_print import chromium_pdf, needs_chromium, weasyprint_pdf, write_html
from docx import Document
from form_inputs import OF_PAGES, PLANS, text_tables
from office import convert, needs_office
from plain_plan import SAMPLES, authored_blocks, form_differences, form_tables
from wide_plan import ROWS_OF_A_GROUP, wide_plan

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


@needs_chromium
@needs_office
@pytest.mark.slow
def test_nine_columns_by_every_printer(tmp_path: Path) -> None:
    """Tiny columns, heads over two columns, groups, empty cells and a total, over many pages."""
    path = tmp_path / "plan.txt"
    path.write_text(wide_plan(), encoding="utf-8")
    assert len(text_tables(path)["tasks"]) == 3 * ROWS_OF_A_GROUP
    blocks = authored_blocks(path)
    printed = [convert(write_docx(blocks, tmp_path / "plan.docx"), "pdf", tmp_path)]
    for number, (page, size) in enumerate({"A4 landscape": 10.0, "A4": 8.0}.items()):
        html = write_html(blocks, tmp_path / f"{number}.html", page=page, size=size)
        printed.append(chromium_pdf(html, tmp_path / f"{number}-c.pdf"))
        printed.append(weasyprint_pdf(html, tmp_path / f"{number}-w.pdf"))
    assert [differences(path, one) for one in printed] == [[]] * 5


WAYS = {
    "level": "td { border-left: none; border-right: none }",
    "dotted": "td { border: 0.7pt dotted #555 }",
    "dashed": "td { border: 1pt dashed blue }",
    "hair": "table { border: 2pt solid black } td { border: 0.1pt solid #999 }",
    "double": "td { border: 2.25pt double black }",
    "wide": "td { letter-spacing: 0.4pt; line-height: 1.6 }",
}
"""How a printer may draw the lines of a table, as style rules."""


@needs_chromium
@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem[:14])
def test_every_way_to_draw_the_lines(path: Path, way: str, tmp_path: Path) -> None:
    """Level lines alone show columns where their pieces meet, and merged cells where one lacks."""
    page = write_html(
        authored_blocks(path), tmp_path / "plan.html", page="A4 landscape", extra=WAYS[way]
    )
    assert differences(path, weasyprint_pdf(page, tmp_path / "w.pdf")) == []
    assert differences(path, chromium_pdf(page, tmp_path / "c.pdf")) == []


MERGED = 0.95
"""What a plan keeps of its fields where merged cells are drawn without rules: nothing shows which
rows they cover, so that the lower ones stay empty."""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rules", "align"),
    [
        ("level", "top"),
        ("outer", "top"),
        ("head", "top"),
        ("none", "top"),
        ("head", "middle"),
        ("none", "middle"),
    ],
)
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem[:14])
def test_tables_without_rules(path: Path, rules: str, align: str, tmp_path: Path) -> None:
    """Every task and every field, also where cells stand in the middle of their row and where the
    printer pushes some cells of a row to the next page."""
    assert_unruled(path, rules, align, tmp_path)


@pytest.mark.slow
@needs_office
def test_tables_that_a_word_processor_prints_without_rules(tmp_path: Path) -> None:
    """No blank between rows, and boxes of letters that are as high as the ink."""
    path = next(path for path in SAMPLES if "hai-phong" in path.name)
    file = write_docx(authored_blocks(path), tmp_path / "plan.docx")
    document = Document(str(file))
    for table in document.tables:
        table.style = document.styles["Normal Table"]
    document.save(str(file))
    assert differences(path, convert(file, "pdf", tmp_path)) == []


@pytest.mark.slow
@pytest.mark.parametrize("align", ["top", "middle"])
@pytest.mark.parametrize(
    "path", [p for p in SAMPLES if "lam-dong" not in p.name], ids=lambda path: path.stem[:14]
)
def test_shaded_rows_without_rules(path: Path, align: str, tmp_path: Path) -> None:
    assert_unruled(path, "shaded", align, tmp_path)


def assert_unruled(path: Path, rules: str, align: str, folder: Path) -> None:
    """Printed with few or no rules, the plan gives its tasks."""
    blocks = authored_blocks(path)
    page = write_html(
        blocks,
        folder / "plan.html",
        rules=rules,
        page="A4 landscape",
        size=10,
        extra=f"td {{ padding: 3pt 6pt; vertical-align: {align} }}",
    )
    plan = extract_file(weasyprint_pdf(page, folder / "plan.pdf"))
    found = form_tables(plan, without_codes=OF_PAGES)["tasks"]
    expected = text_tables(path)["tasks"]
    assert [row["task_no"] for row in found] == [row["task_no"] for row in expected]
    pairs = [
        (left[name], right[name])
        for left, right in zip(expected, found, strict=True)
        for name in left
        if name not in ("task_id", "finding_codes")
    ]
    least = MERGED if "lam-dong" in path.name and rules != "level" else 1.0
    assert sum(left == right for left, right in pairs) >= least * len(pairs)


def test_a_total_alone_on_its_page(tmp_path: Path) -> None:
    """Its merged cells show two of four columns; the last page's table says whose they are."""
    rows = [f"<tr><td>{n}<td>Mở lớp số {n}<td>Sở Nội vụ<td>{20 * n}</tr>" for n in range(1, 6)]
    page = tmp_path / "plan.html"
    page.write_text(
        "<meta charset=utf-8><style>td{border:1px solid} .last{break-before:page}</style><table>"
        "<tr><td>TT<td>Nội dung<td>Chủ trì<td>Kinh phí (triệu đồng)</tr>"
        + "".join(rows)
        + "<tr class=last><td colspan=3>Tổng cộng<td>300</tr></table>",
        encoding="utf-8",
    )
    plan = extract_file(weasyprint_pdf(page, tmp_path / "plan.pdf"))
    assert [task.budget_vnd for task in plan.tasks] == [n * 20_000_000 for n in range(1, 6)]
    assert "budget.sum_differs" not in {row.code for row in plan.findings}
    wrong = page.read_text(encoding="utf-8").replace(">300<", ">310<")
    page.write_text(wrong, encoding="utf-8")
    plan = extract_file(weasyprint_pdf(page, tmp_path / "plan.pdf"))
    assert [row.raw for row in plan.findings if row.code == "budget.sum_differs"] == ["310"]
