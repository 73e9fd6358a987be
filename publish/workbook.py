"""The tables of a run as one workbook: a sheet a table, and a first sheet that tells the columns.

Rows go through one at a time (xlsxwriter's constant-memory mode), so that a long table needs no
more memory than a short one. The same tables give the same bytes.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from publish.csvs import LIST_SEPARATOR, is_formula
from publish.schema import TABLES, Column, Table

if TYPE_CHECKING:
    from publish.finished import Finished

NAME = "workbook.xlsx"
INSTALL = "pip install 'kehoach[workbook]'"
MAX_ROWS = 1_048_576
"""Rows of a sheet, its header included (Excel specifications and limits)."""
MAX_CELL = 32_767
"""UTF-16 units of a cell."""

_GUIDE = "Hướng dẫn"
_GUIDE_WIDTHS = (14, 20, 24, 60, 60, 44)
_A3 = 8
_CREATED = datetime.datetime(2000, 1, 1)
_EXACT = 10**15  # Excel keeps fifteen digits
_FIRST_DAY = datetime.date(1900, 3, 1)  # before it Excel counts a day that never was
# What XML 1.0 cannot hold (section 2.2); a carriage return alone would be lost.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NARROW, _WIDE = 9, 60
_SAMPLE = 2_000
_LINE = 15.0  # points
_TALLEST = 14  # lines


class WorkbookError(Exception):
    """No workbook can be written; the message says what to do."""


def check_workbook() -> None:
    """WorkbookError where xlsxwriter is not installed."""
    try:
        import xlsxwriter  # noqa: F401
    except ImportError as error:
        raise WorkbookError(f"--xlsx cần cài thêm: {INSTALL}") from error


def write_workbook(run: Finished, path: Path) -> list[str]:
    """Write the workbook; return what had to be left out, a sentence each (none as a rule).

    Raises OSError where the file cannot be written; it may then be there in part.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    # The rows wait in files beside the workbook, not in a folder for temporary files that may be
    # small; zip64 only where a sheet needs it would hang on the tables, so it is on throughout.
    options = {"constant_memory": True, "tmpdir": str(path.parent)}
    book = xlsxwriter.Workbook(str(path), options)
    book.set_properties({"created": _CREATED, "title": "Kế hoạch"})
    book.use_zip64()
    formats = _formats(book)
    _write_guide(book, formats)
    told = [text for table in TABLES.values() for text in _write_table(book, formats, run, table)]
    try:
        book.close()
    except FileCreateError as error:
        raise OSError(*error.args) from error
    return told


def _formats(book: Any) -> dict[str, Any]:
    top = {"valign": "top"}
    text = {**top, "text_wrap": True}
    return {
        "head": book.add_format(
            {**text, "bold": True, "bg_color": "#DDE7F0", "border": 1, "border_color": "#9FB3C8"}
        ),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "text": book.add_format(text),
        # A quote prefix keeps the words words, also when someone edits the cell.
        "quoted": book.add_format({**text, "quote_prefix": True}),
        "date": book.add_format({**top, "num_format": "dd/mm/yyyy", "align": "left"}),
        "money": book.add_format({**top, "num_format": "#,##0"}),
        "figure": book.add_format({**top, "num_format": "General"}),
    }


def _write_guide(book: Any, formats: dict[str, Any]) -> None:
    """The first sheet: every table and column with its Vietnamese and English words."""
    sheet = book.add_worksheet(_GUIDE)
    head = ("Bảng", "Cột", "Tên", "Ý nghĩa", "Meaning", "Mã")
    for place, width in enumerate(_GUIDE_WIDTHS):
        sheet.set_column(place, place, width)
    sheet.freeze_panes(1, 0)
    _printed_wide(sheet)
    sheet.write_row(0, 0, head, formats["head"])
    row = 1
    for table in TABLES.values():
        cells = (table.name, "", table.label, table.description_vi, table.description, "")
        sheet.set_row(row, _height(cells, _GUIDE_WIDTHS))
        for place, cell in enumerate(cells):
            sheet.write_string(row, place, cell, formats["head"])
        row += 1
        for column in table.columns:
            about = (column.label, column.description_vi, column.description, _codes(column))
            cells = (table.name, column.name, *about)
            sheet.set_row(row, _height(cells, _GUIDE_WIDTHS))
            for place, cell in enumerate(cells):
                sheet.write_string(row, place, cell, formats["text"])
            row += 1
    sheet.autofilter(0, 0, row - 1, len(head) - 1)


def _printed_wide(sheet: Any) -> None:
    """On paper: A3 lying, as wide as one page, the head on every page."""
    sheet.set_landscape()
    sheet.set_paper(_A3)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _codes(column: Column) -> str:
    from publish.codes import code_labels

    if column.codes in (None, "table"):
        return ""
    labels = code_labels(str(column.codes))
    return "; ".join(f"{code} = {label}" for code, label in labels.items())


def _write_table(book: Any, formats: dict[str, Any], run: Finished, table: Table) -> list[str]:
    sheet = book.add_worksheet(table.name)
    sheet.freeze_panes(1, 1)
    _printed_wide(sheet)
    widths = _widths(run, table)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    rows = min(run.count(table.name), MAX_ROWS - 1)
    sheet.autofilter(0, 0, max(rows, 1), len(table.columns) - 1)
    for place, column in enumerate(table.columns):
        sheet.write_string(0, place, column.name, formats["head"])
        note = f"{column.label}\n{column.description_vi}"
        sheet.write_comment(0, place, note, {"x_scale": 2.2, "y_scale": 1.2, "author": ""})
    cut: Counter[str] = Counter()
    writers = [_writer(sheet, formats, column, cut) for column in table.columns]
    row = 0
    for batch in run.batches(table.name):
        columns = [column.to_pylist() for column in batch.columns]
        for cells in zip(*columns, strict=True):
            row += 1
            if row > rows:
                break
            sheet.set_row(row, _height(cells, widths))
            for place, (write, cell) in enumerate(zip(writers, cells, strict=True)):
                if cell is not None:
                    write(row, place, cell)
    return list(_told(table, run.count(table.name), cut))


def _told(table: Table, count: int, cut: Counter[str]) -> Iterable[str]:
    whole = f"{table.name}.parquet có đủ"
    if count >= MAX_ROWS:
        yield (
            f"{NAME}: trang {table.name} chỉ chứa {MAX_ROWS - 1:,} trên {count:,} dòng "
            f"(giới hạn của Excel); {whole}"
        )
    for column, cells in cut.items():
        yield (
            f"{NAME}: {cells:,} ô của cột {table.name}.{column} bị cắt ở {MAX_CELL:,} ký tự "
            f"(giới hạn của Excel); {whole}"
        )


_Writer = Callable[[int, int, Any], object]


def _writer(sheet: Any, formats: dict[str, Any], column: Column, cut: Counter[str]) -> _Writer:
    """How the cells of one column are written: each by its type, words never as anything else."""

    def words(row: int, place: int, value: str) -> None:
        kept = cell_text(value)
        if kept is not value and len(kept) < len(value):
            cut[column.name] += 1
        form = formats["quoted" if is_formula(kept) else "text"]
        sheet.write_string(row, place, kept, form)

    def items(row: int, place: int, value: list[Any]) -> None:
        if value:
            words(row, place, LIST_SEPARATOR.join(map(str, value)))

    def figure(row: int, place: int, value: float) -> None:
        if abs(value) >= _EXACT and int(float(f"{value:.15g}")) != value:
            words(row, place, str(value))  # a number would lose its last digits
        else:
            sheet.write_number(row, place, value, formats[_figure_format(column)])

    def day(row: int, place: int, value: datetime.date) -> None:
        if value < _FIRST_DAY:
            words(row, place, value.isoformat())
        else:
            sheet.write_datetime(row, place, value, formats["date"])

    def truth(row: int, place: int, value: bool) -> None:
        sheet.write_boolean(row, place, value, formats["figure"])

    writers: dict[str, _Writer] = {"bool": truth, "date32[day]": day, "string": words}
    if column.type.startswith("list"):
        return items
    return writers.get(column.type, figure)


def _figure_format(column: Column) -> str:
    return "money" if column.name.endswith("_vnd") else "figure"


def cell_text(text: str) -> str:
    """The text as a cell can hold it: no character that XML forbids, not too long.

    Where it is cut it ends in "…", never within a character.
    """
    if _ILLEGAL.search(text):
        text = _ILLEGAL.sub("\ufffd", text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    # A character beyond U+FFFF counts twice; most texts are too short to matter.
    if len(text) * 2 <= MAX_CELL or len(text.encode("utf-16-le")) // 2 <= MAX_CELL:
        return text
    kept = text.encode("utf-16-le")[: 2 * (MAX_CELL - 1)].decode("utf-16-le", errors="ignore")
    return f"{kept}…"


def _widths(run: Finished, table: Table) -> list[int]:
    """A width a column, in characters: nine of ten cells of the first rows fit on one line."""
    made = []
    batch = next(run.batches(table.name), None)
    for place, column in enumerate(table.columns):
        widest = len(column.name) + 3  # room for the filter's button
        cells = [] if batch is None else batch.column(place).slice(0, _SAMPLE).to_pylist()
        lengths = sorted(_length(cell) for cell in cells if cell is not None)
        if lengths:
            widest = max(widest, lengths[len(lengths) * 9 // 10 - (len(lengths) == 1)] + 1)
        made.append(max(_NARROW, min(widest, _WIDE)))
    return made


def _length(cell: Any) -> int:
    if isinstance(cell, list):
        return len(LIST_SEPARATOR.join(map(str, cell)))
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return len(f"{cell:,}")
    return max(map(len, str(cell).splitlines()), default=0)


def _height(cells: Iterable[Any], widths: Iterable[int]) -> float:
    """The row's height in points: not every program measures wrapped words when it opens a file."""
    lines = 1
    for cell, width in zip(cells, widths, strict=True):
        if isinstance(cell, list):
            cell = LIST_SEPARATOR.join(map(str, cell))
        if isinstance(cell, str) and (len(cell) > width or "\n" in cell):
            # A line breaks before the word that does not fit: some of its room stays empty.
            wrapped = (-(-len(line) * 11 // (10 * width)) or 1 for line in cell.splitlines())
            lines = max(lines, sum(wrapped))
    return _LINE * min(lines, _TALLEST)
