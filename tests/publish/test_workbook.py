"""The workbook holds the run's tables as a person at a spreadsheet wants them."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sample_plan import AWKWARD
from small_run import finished, plan

from normalize.records import Plan
from publish import workbook
from publish.schema import TABLES
from publish.workbook import WorkbookError, cell_text, check_workbook, write_workbook

ROOT = Path(__file__).resolve().parents[2]


def book_of(folder: Path, *plans: Plan) -> Any:
    write_workbook(finished(folder, *plans), folder / "workbook.xlsx")
    return openpyxl.load_workbook(folder / "workbook.xlsx")


def cells(sheet: Any, column: str) -> list[Any]:
    (place,) = [cell.column for cell in sheet[1] if cell.value == column]
    return [row[place - 1] for row in sheet.iter_rows(min_row=2)]


def test_a_sheet_a_table_behind_a_sheet_that_tells_them(tmp_path: Path) -> None:
    book = book_of(tmp_path, plan())
    assert book.sheetnames == ["Hướng dẫn", *TABLES]
    told = {(row[0], row[1]): row for row in book["Hướng dẫn"].iter_rows(values_only=True)}
    for name, table in TABLES.items():
        sheet = book[name]
        assert [cell.value for cell in sheet[1]] == [column.name for column in table.columns]
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref.startswith("A1:")
        for column in table.columns:
            assert told[name, column.name][2:4] == (column.label, column.description_vi)
    assert "amount = Có số tiền" in str(told["tasks", "budget_status"][5])
    assert book["tasks"]["A1"].comment.text.startswith("Mã nhiệm vụ\n")


def test_dates_figures_and_words_are_what_they_are(tmp_path: Path) -> None:
    book = book_of(tmp_path, plan(title=AWKWARD, number="007"))
    (first, second) = cells(book["tasks"], "due_on")
    assert first.is_date
    assert first.value == datetime.datetime(2021, 3, 31)
    (money, _) = cells(book["tasks"], "budget_vnd")
    assert (money.value, money.number_format) == (455_000_000, "#,##0")
    assert second.alignment.vertical == "top"
    (number,) = cells(book["documents"], "number")
    assert (number.value, number.data_type) == ("007", "s")
    (title,) = cells(book["documents"], "title")
    assert title.value == AWKWARD
    assert title.alignment.wrap_text
    (lists, _) = cells(book["tasks"], "deliverables")
    assert lists.value == "Kế hoạch; Báo cáo; Quyết định"
    (truth, _) = cells(book["assignments"], "registered")
    assert truth.value is True
    (signer,) = cells(book["documents"], "signer")
    assert signer.value is None
    (share,) = cells(book["targets"], "value")
    assert share.value == 98.5


@pytest.mark.parametrize("words", ["=1+1", "+84 299", "- Sở Nội vụ", "@SUM(A1)", "http://a.vn/x"])
def test_nothing_runs(tmp_path: Path, words: str) -> None:
    book = book_of(tmp_path, plan(title=words))
    (title,) = cells(book["documents"], "title")
    assert (title.value, title.data_type, title.hyperlink) == (words, "s", None)
    assert bool(title.quotePrefix) == (words[0] in "=+-@")
    with zipfile.ZipFile(tmp_path / "workbook.xlsx") as packed:
        sheets = [name for name in packed.namelist() if "worksheets/sheet" in name]
        assert len(sheets) == 1 + len(TABLES)
        assert not any(b"<f>" in packed.read(name) for name in sheets)


def test_what_excel_cannot_hold_is_cut_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MAX_ROWS", 3)
    run = finished(tmp_path, plan(tasks=("1", "2", "3"), title="ă" * 40_000))
    told = write_workbook(run, tmp_path / "workbook.xlsx")
    assert "1 ô của cột documents.title bị cắt ở 32,767 ký tự" in told[0]
    assert any("trang tasks chỉ chứa 2 trên 3 dòng" in text for text in told)
    book = openpyxl.load_workbook(tmp_path / "workbook.xlsx")
    assert len(cells(book["tasks"], "task_id")) == 2
    assert book["tasks"].auto_filter.ref.endswith("3")
    (title,) = cells(book["documents"], "title")
    assert title.value == "ă" * 32_766 + "…"


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("a\x00b\x0bc\ufffe", "a\ufffdb\ufffdc\ufffd"),
        ("a\r\nb\rc\td", "a\nb\nc\td"),
        ("ă" * 32_767, "ă" * 32_767),
        ("😀" * 16_383, "😀" * 16_383),
        ("😀" * 16_384, "😀" * 16_383 + "…"),  # two units each: 32 768
    ],
)
def test_words_as_a_cell_holds_them(tmp_path: Path, text: str, cell: str) -> None:
    assert cell_text(text) == cell
    (title,) = cells(book_of(tmp_path, plan(title=text))["documents"], "title")
    assert title.value == cell


def test_days_and_sums_beyond_excel_stay_exact(tmp_path: Path) -> None:
    early = datetime.date(1899, 12, 31)
    book = book_of(tmp_path, plan(issued_on=early, finding_count=10**15 + 1, task_count=10**16))
    (issued,) = cells(book["documents"], "issued_on")
    assert issued.value == "1899-12-31"
    (odd,) = cells(book["documents"], "finding_count")
    assert odd.value == "1000000000000001"
    (round_sum,) = cells(book["documents"], "task_count")
    assert round_sum.value == 10**16


def test_same_bytes_in_another_process_and_time_zone(tmp_path: Path) -> None:
    write_workbook(finished(tmp_path, plan()), tmp_path / "here.xlsx")
    code = (
        "import sys\nfrom pathlib import Path\nfrom publish.finished import Finished\n"
        "from publish.workbook import write_workbook\nfolder = Path(sys.argv[1])\n"
        "write_workbook(Finished(folder), folder / 'there.xlsx')\n"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "7", "TZ": "Asia/Ho_Chi_Minh"}
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], env=env, check=True)
    assert (tmp_path / "here.xlsx").read_bytes() == (tmp_path / "there.xlsx").read_bytes()


def test_a_missing_extra_names_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(WorkbookError, match=r"pip install 'kehoach\[workbook\]'"):
        check_workbook()


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    run = finished(tmp_path / "out", plan())
    with pytest.raises(OSError, match="nowhere"):
        write_workbook(run, tmp_path / "nowhere" / "workbook.xlsx")
