"""A plan written as a workbook: its paragraphs in column A, its tables as cells with merges."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet
from plain_plan import PlainTable


def write_xlsx(blocks: list[str | PlainTable], path: Path) -> Path:
    """Each table on a sheet of its own, the paragraphs before it above it."""
    book = openpyxl.Workbook()
    sheet: Worksheet = book.active
    row = 1
    table_done = False
    for block in blocks:
        if isinstance(block, PlainTable):
            if table_done:
                sheet = book.create_sheet()
                row = 1
            _table(sheet, block, row)
            row += len(block.rows) + 1
            table_done = True
        else:
            sheet.cell(row, 1, block or None)
            row += 1
    book.save(path)
    return path


def _table(sheet: Worksheet, block: PlainTable, top: int) -> None:
    for index, (cells, covered) in enumerate(zip(block.rows, block.covered, strict=True)):
        start = 0
        for column, (paragraphs, cover) in enumerate(zip(cells, covered, strict=True)):
            if cover == "right":
                continue
            start = column
            end = start
            while end + 1 < len(covered) and covered[end + 1] == "right":
                end += 1
            bottom = index
            while (
                bottom + 1 < len(block.covered)
                and column < len(block.covered[bottom + 1])
                and block.covered[bottom + 1][column] == "down"
            ):
                bottom += 1
            if cover != "down":
                sheet.cell(top + index, start + 1, "\n".join(paragraphs) or None)
                if end > start or bottom > index:
                    sheet.merge_cells(
                        start_row=top + index,
                        start_column=start + 1,
                        end_row=top + bottom,
                        end_column=end + 1,
                    )
