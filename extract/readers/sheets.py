"""Sheets into a text with its tables.

Each visible sheet is read from top to bottom: rows above the first row of three or more filled
cells are a letterhead and title, so are rows with one or two far cells behind the table; the rows
between are one grid, places that a merged cell covers marked as such. What a sheet hides is left
out, as it is in print, and told. Only .xlsx tells how it shows its cells in a way that we read:
LibreOffice turns the others into it (``other_sheets.py``).
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

from extract.column_heads import is_total
from extract.printed import Printed, PrintedCell, Words
from extract.readers.packages import check_package
from extract.readers.sheet_looks import Looks, column_number, looks_of, tells_looks
from extract.readers.unreadable import UnreadableError, missing_extra
from extract.source import Source, printed_source
from normalize.findings import Note
from normalize.patterns import pattern

Merged = dict[tuple[int, int], str]
"""(row, column) → "down" or "right" for each place that a merged cell covers."""

_FEWEST_CELLS = 3
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_MOST_CELLS = 20_000_000
_MOST_ROWS = 200_000
_MOST_COLUMNS = 200
_MOST_COVERED = 1_000_000
_WHOLE = 1e15
_DECIMALS = re.compile(r"0\.(0{1,4})")
_ORDINAL = pattern(r"\s*(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6}|[A-ZĐa-zđ])\s*[.)/]?\s*")


def read_xlsx(data: bytes, name: str, sha256: str) -> Source:
    """The source of an .xlsx (or .xlsb, .ods) file; raises UnreadableError for a bad one."""
    main = "content.xml" if b"opendocument" in data[:200] else "[Content_Types].xml"
    check_package(data, main)
    check_extent(data)
    if tells_looks(data):
        return read_workbook(data, name, sha256, "xlsx")
    from extract.readers.other_sheets import read_converted

    return read_converted(data, name, sha256, "xlsx")


def check_extent(data: bytes) -> None:
    """Two far cells make a grid of billions: refused before anything lays it out.

    Every part is unpacked here to the size that the package declares: one that holds more fails,
    as calamine would unpack all of it.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for part in package.namelist():
            content = _content(package, part)
            if not part.startswith("xl/worksheets/sheet"):
                continue
            rows = columns = 0
            for letters, digits in _REFERENCE.findall(content):
                rows = max(rows, int(digits))
                columns = max(columns, column_number(letters.decode("ascii")))
            if rows * columns > _MOST_CELLS:
                raise UnreadableError(
                    f"trang tính trải {rows} dòng × {columns} cột",
                    "Xóa các ô nằm xa bảng rồi lưu lại",
                )


def _content(package: zipfile.ZipFile, part: str) -> bytes:
    try:
        return package.read(part)
    except (zipfile.BadZipFile, EOFError, zlib.error) as error:
        raise UnreadableError(f"phần {part} bị hỏng ({error})", "Tải lại hoặc lưu lại tệp") from (
            error
        )


def workbook_of(data: bytes) -> Any:
    """calamine's workbook of these bytes; raises UnreadableError where they are none."""
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError as error:
        raise missing_extra("bảng tính", "sheets") from error
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except (CalamineError, ValueError, OverflowError) as error:
        raise _broken(error) from error


def read_workbook(data: bytes, name: str, sha256: str, format: str, *notes: Note) -> Source:
    """The source of a workbook's bytes; ``notes`` are what is known of it beforehand."""
    workbook = workbook_of(data)
    from python_calamine import CalamineError, SheetVisibleEnum

    printed = Printed(format)
    printed.notes += notes
    try:
        looks = looks_of(data)
        for about in workbook.sheets_metadata:
            if about.visible == SheetVisibleEnum.Visible:
                sheet = workbook.get_sheet_by_name(about.name)
                _print_sheet(printed, sheet, looks.get(about.name, Looks()))
            elif workbook.get_sheet_by_name(about.name).to_python():
                printed.notes.append(_hidden(printed, about.name, "cả trang tính"))
    except (CalamineError, ValueError, OverflowError) as error:
        raise _broken(error) from error
    if not printed.text.strip():
        raise UnreadableError("bảng tính không có chữ", "Kiểm tra lại tệp")
    return printed_source(printed, name=name, sha256=sha256, format=format)


def _broken(error: Exception) -> UnreadableError:
    return UnreadableError(
        f"bảng tính bị hỏng hoặc có mật khẩu ({error})", "Mở bằng Excel rồi lưu lại"
    )


def _hidden(printed: Printed, sheet: str, what: str) -> Note:
    return Note("sheet.hidden", "", sheet, printed.length, printed.length, what)


def _print_sheet(printed: Printed, sheet: Any, looks: Looks) -> None:
    height, width = sheet.height, sheet.width
    if height > _MOST_ROWS or width > _MOST_COLUMNS * 100:
        raise UnreadableError(
            f"trang tính {sheet.name} khai {height} dòng × {width} cột",
            "Xóa các dòng và cột trống rồi lưu lại",
        )
    values = [row[:_MOST_COLUMNS] for row in sheet.to_python(skip_empty_area=False)]
    rows = _shown_rows(values, looks)
    ranges = sheet.merged_cell_ranges or []
    if left_out := _left_out(rows, looks):
        printed.notes.append(_hidden(printed, sheet.name, left_out))
    if looks.hidden_rows or looks.hidden_columns:
        rows, ranges = _visible(rows, ranges, looks)
    merged = _merged(ranges, len(rows))
    rows, merged = _without_empty_columns(rows, merged)
    start, end = _table_of(rows, merged)
    for row in rows[:start]:
        _print_line(printed, row)
    if start < end:
        printed.table(
            [
                _cells(row, index, merged)
                for index, row in enumerate(rows[start:end], start)
                if any(row) or _covers(index, merged)
            ]
        )
    for row in rows[end:]:
        _print_line(printed, row)
    printed.gap()


def _left_out(rows: Sequence[Sequence[str]], looks: Looks) -> str:
    """What of the sheet's words is hidden, as words: "2 dòng và 1 cột"; empty where nothing is."""
    lost_rows = sum(any(row) for index, row in enumerate(rows) if index in looks.hidden_rows)
    lost_columns = sum(
        any(column < len(row) and row[column] for row in rows) for column in looks.hidden_columns
    )
    told = [(lost_rows, "dòng"), (lost_columns, "cột")]
    return " và ".join(f"{count} {what}" for count, what in told if count)


def _visible(
    rows: Sequence[Sequence[str]], ranges: Sequence[Any], looks: Looks
) -> tuple[list[list[str]], list[Any]]:
    """The rows and merged ranges without what is hidden.

    A merged cell shows its words in what is left of it.
    """
    width = max(map(len, rows), default=0)
    kept_rows = [index for index in range(len(rows)) if index not in looks.hidden_rows]
    kept_columns = [index for index in range(width) if index not in looks.hidden_columns]
    words = {}
    moved = []
    for (top, left), (bottom, right) in ranges:
        own_rows = bisect_left(kept_rows, top), bisect_right(kept_rows, bottom) - 1
        own_columns = bisect_left(kept_columns, left), bisect_right(kept_columns, right) - 1
        if own_rows[0] <= own_rows[1] and own_columns[0] <= own_columns[1]:
            moved.append(((own_rows[0], own_columns[0]), (own_rows[1], own_columns[1])))
            if top < len(rows) and left < len(rows[top]):
                words[moved[-1][0]] = rows[top][left]
    made = [
        [rows[row][column] if column < len(rows[row]) else "" for column in kept_columns]
        for row in kept_rows
    ]
    for (row, column), text in words.items():
        made[row][column] = text
    return made, moved


def _shown_rows(values: Sequence[Sequence[Any]], looks: Looks) -> list[list[str]]:
    """Every cell as shown; in the first column with anything in it a number such as 1.1 counts
    rows, and keeps its point."""
    first = min(
        (column for row in values for column, value in enumerate(row) if value not in (None, "")),
        default=0,
    )
    rows = [
        [shown(value, looks.formats.get((index, column), "")) for column, value in enumerate(row)]
        for index, row in enumerate(values)
    ]
    for row, own in zip(rows, values, strict=True):
        if first < len(own) and isinstance(own[first], float):
            row[first] = row[first].replace(",", ".")
    return rows


def shown(value: Any, format: str = "") -> str:
    """A cell's value as the sheet shows it: whole numbers without ".0", dates as dd/mm/yyyy.

    ``format`` is the cell's number format where it tells of a percentage, of a month without a
    day, of a day without a year, or of a fixed count of decimals.
    """
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, float):
        return _number(value, format)
    if isinstance(value, datetime.datetime):
        whole = value.time() == datetime.time()
        return _day(value, format) if whole else f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, datetime.date):
        return _day(value, format)
    if isinstance(value, datetime.time):
        return f"{value:%H:%M}"
    return str(value).strip()


def _number(value: float, format: str) -> str:
    if "%" in format:
        return f"{value * 100:.10g}%".replace(".", ",")
    if decimals := _DECIMALS.fullmatch(format):
        return f"{value:.{len(decimals[1])}f}".replace(".", ",")
    if value == int(value) and abs(value) < _WHOLE:
        return str(int(value))
    return f"{value:.10g}".replace(".", ",")


def _day(value: datetime.date, format: str) -> str:
    """The day, or as much of it as the format shows."""
    parts = format.lower()
    if "d" not in parts and "y" in parts:
        return f"{value:%m/%Y}" if "m" in parts else f"{value:%Y}"
    if "y" not in parts and "d" in parts:
        return f"{value:%d/%m}"
    return f"{value:%d/%m/%Y}"


def _merged(ranges: Sequence[Any], height: int) -> Merged:
    """The covered places of all merged ranges ((row, column) of first and last cell)."""
    made: Merged = {}
    for (top, left), (bottom, right) in ranges:
        bottom, right = min(bottom, height - 1), min(right, _MOST_COLUMNS - 1)
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                if (row, column) != (top, left):
                    made[row, column] = "right" if column > left else "down"
        if len(made) > _MOST_COVERED:
            raise UnreadableError("bảng tính có quá nhiều ô gộp", "Bỏ gộp ô rồi lưu lại")
    return made


def _without_empty_columns(rows: list[list[str]], merged: Merged) -> tuple[list[list[str]], Merged]:
    """Columns without any words at the left and right edges away."""
    filled = [column for row in rows for column, cell in enumerate(row) if cell]
    if not filled:
        return [], {}
    first, last = min(filled), max(filled)
    moved = {
        (row, column - first): way
        for (row, column), way in merged.items()
        if first <= column <= last
    }
    return [row[first : last + 1] for row in rows], moved


def _table_of(rows: list[list[str]], merged: Merged) -> tuple[int, int]:
    """(first row of the table, row behind it); an empty range where the sheet has none."""
    counts = [sum(map(bool, row)) for row in rows]
    full = [index for index, count in enumerate(counts) if count >= _FEWEST_CELLS]
    if not full:
        return len(rows), len(rows)
    end = full[-1] + 1
    while end < len(rows) and _belongs(rows[end], end, merged):
        end += 1
    return full[0], end


def _belongs(row: list[str], index: int, merged: Merged) -> bool:
    """A thin row behind the last full one is the table's: numbered, a total, or covered."""
    filled = [cell for cell in row if cell]
    if not filled:
        return any(merged.get((index, column)) == "down" for column in range(len(row)))
    if any(merged.get((index, column)) == "down" for column in range(len(row))):
        return True
    if is_total(filled[0]):
        return True
    return bool(row[0]) and _ORDINAL.fullmatch(row[0]) is not None and len(filled) > 1


def _covers(index: int, merged: Merged) -> bool:
    return any(row == index for row, _ in merged)


def _cells(row: list[str], index: int, merged: Merged) -> list[PrintedCell]:
    made = []
    for column, cell in enumerate(row):
        way = merged.get((index, column), "")
        paragraphs = () if way else tuple(Words(text) for text in cell.split("\n"))
        made.append(PrintedCell(paragraphs, way))
    return made


def _print_line(printed: Printed, row: list[str]) -> None:
    """A row outside the table: its cells as lines, from left to right."""
    lines = list(_lines(row))
    if not lines:
        printed.gap()
    for line in lines:
        printed.line(line)


def _lines(row: list[str]) -> Iterator[str]:
    for cell in row:
        for line in cell.split("\n"):
            if line.strip():
                yield line
