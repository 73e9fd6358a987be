"""Sheets: whole plans, and what a sheet stores otherwise than it shows."""

from __future__ import annotations

import datetime
from pathlib import Path

import openpyxl
import pytest
from as_sheet import write_xlsx
from form_inputs import OF_PAGES, by_plan, text_tables
from office import convert, needs_office
from plain_plan import authored_blocks, form_differences, form_tables

from extract.readers import InputError, read
from extract.readers.sheets import shown
from extract.source import Source
from pipeline import extract_file

Value = str | int | float | datetime.date | None


def book(path: Path, *sheets: list[list[Value]], merges: tuple[str, ...] = ()) -> Path:
    """A workbook; ``merges`` are ranges of its first sheet."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for number, rows in enumerate(sheets):
        sheet = made.create_sheet(f"Trang {number + 1}")
        for row in rows:
            sheet.append(row)
    for merge in merges:
        made.worksheets[0].merge_cells(merge)
    made.save(path)
    return path


def shown_grids(source: Source) -> list[list[list[str]]]:
    """The words of every grid's cells, a covered place in brackets."""
    return [
        [
            [
                "\n".join(source.text[slice(*part)] for part in cell.ranges)
                if not cell.covered
                else f"({cell.covered})"
                for cell in row.cells
            ]
            for row in grid.rows
        ]
        for grid in source.grids
    ]


HEAD: list[Value] = ["TT", "Nhiệm vụ", "Chủ trì", "Thời gian"]


@by_plan
def test_a_plan_as_workbook_gives_the_text_forms_tables(path: Path, tmp_path: Path) -> None:
    written = write_xlsx(authored_blocks(path), tmp_path / "plan.xlsx")
    plan = extract_file(written)
    assert {row.format for row in plan.documents} == {"xlsx"}
    found = form_tables(plan, without_codes=OF_PAGES)
    assert form_differences(text_tables(path), found) == []


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        ("  Quý I ", "Quý I"),
        (3.0, "3"),
        (1500.0, "1500"),
        (12.5, "12,5"),
        (0.1 + 0.2, "0,3"),
        (True, "x"),
        (False, ""),
        (datetime.date(2024, 3, 5), "05/03/2024"),
        (datetime.datetime(2024, 3, 5), "05/03/2024"),
        (datetime.datetime(2024, 3, 5, 8, 30), "05/03/2024 08:30"),
    ],
)
def test_values_as_shown(value: object, words: str) -> None:
    assert shown(value) == words


def test_letterhead_above_and_signature_below_the_table(tmp_path: Path) -> None:
    rows: list[list[Value]] = [
        [None, "UBND TỈNH HÀ NAM"],
        [None, "PHỤ LỤC"],
        [],
        [None, *HEAD],
        [None, 1, "Rà soát", "Sở Y tế", "Quý I"],
        [None, 2, "Báo cáo", "Sở Y tế", "Quý II"],
        [None, None, "Tổng cộng", "45"],
        [],
        [None, None, None, None, "CHỦ TỊCH"],
    ]
    source = read(book(tmp_path / "a.xlsx", rows))
    text = [line for line in source.text.split("\n") if line.strip()]
    assert text[:2] == ["UBND TỈNH HÀ NAM", "PHỤ LỤC"]
    assert text[-1] == "CHỦ TỊCH"
    assert shown_grids(source) == [
        [
            ["TT", "Nhiệm vụ", "Chủ trì", "Thời gian"],
            ["1", "Rà soát", "Sở Y tế", "Quý I"],
            ["2", "Báo cáo", "Sở Y tế", "Quý II"],
            ["", "Tổng cộng", "45", ""],
        ]
    ]


def test_merged_ranges_cover_their_places(tmp_path: Path) -> None:
    rows: list[list[Value]] = [
        HEAD,
        [1, "Rà soát\nSửa đổi", "Sở Y tế", "Quý I"],
        [2, "Báo cáo", None, "Quý II"],
        ["I", "Nhóm chung", None, None],
        [3, "Tập huấn", "Sở Nội vụ", "Quý III"],
    ]
    source = read(book(tmp_path / "a.xlsx", rows, merges=("C2:C3", "B4:D4")))
    assert shown_grids(source)[0][1:4] == [
        ["1", "Rà soát\nSửa đổi", "Sở Y tế", "Quý I"],
        ["2", "Báo cáo", "(down)", "Quý II"],
        ["I", "Nhóm chung", "(right)", "(right)"],
    ]
    plan = extract_file(tmp_path / "a.xlsx")
    assert [task.lead_ids for task in plan.tasks] == [["so-y-te"], ["so-y-te"], ["so-noi-vu"]]
    assert [task.area for task in plan.tasks] == [None, None, "Nhóm chung"]


def test_every_visible_sheet_is_read(tmp_path: Path) -> None:
    first: list[list[Value]] = [HEAD, [1, "Rà soát", "Sở Y tế", "Quý I/2024"]]
    second: list[list[Value]] = [HEAD, [1, "Tập huấn", "Sở Nội vụ", datetime.date(2024, 6, 30)]]
    path = book(tmp_path / "a.xlsx", first, second, first)
    made = openpyxl.load_workbook(path)
    made.worksheets[2].sheet_state = "hidden"
    made.save(path)
    plan = extract_file(path)
    assert [task.task for task in plan.tasks] == ["Rà soát", "Tập huấn"]
    assert plan.tasks[1].schedule == "30/06/2024"
    assert plan.tasks[1].due_on == datetime.date(2024, 6, 30)


def test_numbers_of_rows_keep_their_point_and_dates_show_no_hour(tmp_path: Path) -> None:
    """A sheet stores 1.1 as a number; amounts beside it have a comma."""
    rows: list[list[Value]] = [
        [None, "TT", "Nhiệm vụ", "Chủ trì", "Thời gian", "Kinh phí (triệu đồng)"],
        [None, 1, "Chuyển đổi số", None, None, None],
        [None, 1.1, "Rà soát", "Sở Y tế", datetime.datetime(2024, 3, 15), 12.5],
        [None, 1.2, "Báo cáo", "Sở Y tế", "Quý II/2024", 300],
    ]
    path = book(tmp_path / "a.xlsx", rows)
    assert [row[0] for row in shown_grids(read(path))[0]] == ["TT", "1", "1.1", "1.2"]
    first = next(task for task in extract_file(path).tasks if task.task == "Rà soát")
    assert (first.schedule, first.due_on) == ("15/03/2024", datetime.date(2024, 3, 15))
    assert (first.budget, first.budget_vnd) == ("12,5", 12_500_000)


def looked(path: Path, formats: dict[str, str]) -> Path:
    """The workbook with these number formats in cells of its first sheet."""
    made = openpyxl.load_workbook(path)
    for place, code in formats.items():
        made.worksheets[0][place].number_format = code
    made.save(path)
    return path


@pytest.mark.parametrize(
    ("value", "format", "words"),
    [
        (0.5, "0%", "50%"),
        (0.125, "0.0%", "12,5%"),
        (1, '0"%"', "1"),
        (1.1, "0.00", "1,10"),
        (1500.5, "#,##0", "1500,5"),
        (datetime.date(2024, 6, 1), "mm/yyyy", "06/2024"),
        (datetime.date(2024, 6, 1), "[$-42A]mmmm/yyyy", "06/2024"),
        (datetime.date(2024, 6, 30), "dd/mm", "30/06"),
        (datetime.date(2024, 1, 1), "yyyy", "2024"),
        (datetime.date(2024, 6, 30), 'd" tháng "m" năm "yyyy', "30/06/2024"),
        (datetime.date(2024, 6, 30), "General", "45473"),
    ],
)
def test_a_number_reads_as_its_format_shows_it(
    value: Value, format: str, words: str, tmp_path: Path
) -> None:
    rows: list[list[Value]] = [HEAD, [1, "Rà soát", "Sở Y tế", value]]
    path = looked(book(tmp_path / "a.xlsx", rows), {"D2": format})
    assert shown_grids(read(path))[0][1][3] == words


def test_a_number_of_a_row_keeps_its_last_nought(tmp_path: Path) -> None:
    rows: list[list[Value]] = [HEAD, [1.9, "Rà soát", "Sở Y tế", "Quý I/2024"]]
    rows.append([1.1, "Báo cáo", "Sở Y tế", "Quý II/2024"])
    path = looked(book(tmp_path / "a.xlsx", rows), {"A2": "0.0", "A3": "0.00"})
    assert [task.task_no for task in extract_file(path).tasks] == ["1.9", "1.10"]


def test_a_month_without_a_day_ends_with_the_month(tmp_path: Path) -> None:
    rows: list[list[Value]] = [HEAD, [1, "Rà soát", "Sở Y tế", datetime.date(2024, 6, 1)]]
    path = looked(book(tmp_path / "a.xlsx", rows), {"D2": "mm/yyyy"})
    (task,) = extract_file(path).tasks
    assert (task.schedule, task.due_on) == ("06/2024", datetime.date(2024, 6, 30))


def test_hidden_rows_and_columns_are_left_out_and_told(tmp_path: Path) -> None:
    rows: list[list[Value]] = [
        [HEAD[0], "Ghi chú nội bộ", *HEAD[1:]],
        [1, "nháp", "Rà soát", "Sở Y tế", "Quý I/2024"],
        [2, "nháp", "Báo cáo", "Sở Y tế", "Quý II/2024"],
        [3, "nháp", "Tập huấn", "Sở Nội vụ", "Quý III/2024"],
    ]
    path = book(tmp_path / "a.xlsx", rows, rows, merges=("D2:D3",))
    made = openpyxl.load_workbook(path)
    # The merged cell's own row is hidden: its words show in the row that is left.
    made.worksheets[0].row_dimensions[2].hidden = True
    made.worksheets[0].column_dimensions["B"].hidden = True
    made.worksheets[1].sheet_state = "hidden"
    made.save(path)
    plan = extract_file(path)
    assert [(task.task_no, task.task, task.lead) for task in plan.tasks] == [
        ("2", "Báo cáo", ["Sở Y tế"]),
        ("3", "Tập huấn", ["Sở Nội vụ"]),
    ]
    told = [(row.value, row.message) for row in plan.findings if row.code == "sheet.hidden"]
    assert told == [
        ("Trang 1", "Trang tính Trang 1 có phần bị ẩn nên không đọc: 1 dòng và 1 cột"),
        ("Trang 2", "Trang tính Trang 2 có phần bị ẩn nên không đọc: cả trang tính"),
    ]


@needs_office
@pytest.mark.parametrize(
    ("target", "format"),
    [
        ("xls:MS Excel 97", "xls"),
        pytest.param("ods", "xlsx", marks=pytest.mark.slow),
        pytest.param("fods", "xls", marks=pytest.mark.slow),
    ],
    ids=["xls", "ods", "fods"],
)
def test_other_sheets_read_as_they_show(target: str, format: str, tmp_path: Path) -> None:
    rows: list[list[Value]] = [
        [*HEAD[:3], "Tỷ lệ", "Thời gian"],
        [1, "Rà soát", "Sở Y tế", 0.5, datetime.date(2024, 6, 1)],
        [2, "Báo cáo", "Sở Y tế", 0.125, datetime.date(2024, 9, 1)],
        [3, "Tập huấn", "Sở Y tế", 1, datetime.date(2024, 12, 1)],
    ]
    path = book(tmp_path / "a.xlsx", rows, merges=("C2:C3",))
    looked(path, {f"D{row}": "0.0%" for row in (2, 3, 4)})
    looked(path, {f"E{row}": "mm/yyyy" for row in (2, 3, 4)})
    made = openpyxl.load_workbook(path)
    made.worksheets[0].row_dimensions[4].hidden = True
    made.save(path)
    source = read(convert(path, target, tmp_path / "old"))
    assert source.format == format
    assert shown_grids(source) == [
        [
            ["TT", "Nhiệm vụ", "Chủ trì", "Tỷ lệ", "Thời gian"],
            ["1", "Rà soát", "Sở Y tế", "50%", "06/2024"],
            ["2", "Báo cáo", "(down)", "12,5%", "09/2024"],
        ]
    ]


XML_2003 = """<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Styles><Style ss:ID="s1"><NumberFormat ss:Format="0%"/></Style></Styles>
<Worksheet ss:Name="Trang 1"><Table>
<Row>{head}</Row>
<Row><Cell><Data ss:Type="Number">1</Data></Cell><Cell><Data ss:Type="String">Rà soát</Data></Cell>
<Cell ss:MergeDown="1"><Data ss:Type="String">Sở Y tế</Data></Cell>
<Cell ss:StyleID="s1"><Data ss:Type="Number">0.5</Data></Cell></Row>
<Row><Cell><Data ss:Type="Number">2</Data></Cell><Cell><Data ss:Type="String">Báo cáo</Data></Cell>
<Cell ss:Index="4" ss:StyleID="s1"><Data ss:Type="Number">1</Data></Cell></Row>
</Table></Worksheet></Workbook>
"""


@needs_office
@pytest.mark.slow
def test_the_xml_of_excel_2003(tmp_path: Path) -> None:
    head = "".join(f'<Cell><Data ss:Type="String">{words}</Data></Cell>' for words in HEAD)
    path = tmp_path / "plan.xls"
    path.write_text(XML_2003.format(head=head), encoding="utf-8")
    assert shown_grids(read(path)) == [
        [
            HEAD,
            ["1", "Rà soát", "Sở Y tế", "50%"],
            ["2", "Báo cáo", "(down)", "100%"],
        ]
    ]


@needs_office
def test_without_libreoffice_a_sheet_reads_as_stored_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows: list[list[Value]] = [HEAD, [1, "Rà soát", "Sở Y tế", 0.5]]
    path = looked(book(tmp_path / "a.xlsx", rows), {"D2": "0%"})
    old = convert(path, "xls:MS Excel 97", tmp_path / "old")
    monkeypatch.setenv("PATH", str(tmp_path))
    plan = extract_file(old)
    assert [task.schedule for task in plan.tasks] == ["0,5"]
    (told,) = [found for found in plan.findings if found.code == "sheet.as_stored"]
    assert told.message.endswith("sudo apt install libreoffice-calc-nogui")


# --- bad input ------------------------------------------------------------------------------------


def test_two_far_cells_are_refused(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.active["A1"] = "TT"
    made.active["XFD1048576"] = "x"
    made.save(tmp_path / "far.xlsx")
    with pytest.raises(InputError, match="1048576 dòng × 16384 cột"):
        read(tmp_path / "far.xlsx")


def test_an_empty_workbook(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="không có chữ"):
        read(book(tmp_path / "a.xlsx", [[None]]))


def test_a_workbook_that_was_cut_off(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [HEAD, [1, "Rà soát", "Sở Y tế", "Quý I"]])
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(InputError, match=r"hỏng|nhị phân"):
        read(path)
