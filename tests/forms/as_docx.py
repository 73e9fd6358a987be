"""A plan written as a Word file: paragraphs, and tables with their merged cells."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from plain_plan import PlainTable

_TABLE_WIDTH = Mm(267)


def write_docx(
    blocks: list[str | PlainTable],
    path: Path,
    *,
    size: float | None = None,
    justified: bool = False,
    middle: bool = False,
    font: str = "DejaVu Serif",
) -> Path:
    """One paragraph a line, an empty one for a gap; merged places as gridSpan and vMerge.

    ``size``: of the letters in points; ``justified``: cells are set to both edges; ``middle``:
    cells stand in the middle of their row; ``font``: of all letters.
    """
    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(15)
    document.styles["Normal"].font.name = font
    if size is not None:
        document.styles["Normal"].font.size = Pt(size)
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
        else:
            _table(document, block)
    document.add_paragraph("")  # Word ends a document behind its last table with a paragraph
    for cell in (place for table in document.tables for place in table._cells):
        if middle:
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        if justified:
            for paragraph in cell.paragraphs:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    document.save(str(path))
    return path


def _table(document: Any, block: PlainTable) -> None:
    width = max(map(len, block.rows))
    table = document.add_table(rows=0, cols=width)
    table.style = "Table Grid"
    table.autofit = False
    for column, share in zip(table.columns, _shares(block, width), strict=True):
        column.width = int(share * _TABLE_WIDTH)
    for index, (cells, covered) in enumerate(zip(block.rows, block.covered, strict=True)):
        row = table.add_row()
        places = list(row._tr.tc_lst)
        for place in places[len(cells) :]:
            row._tr.remove(place)
        owner: Any = None
        below = block.covered[index + 1] if index + 1 < len(block.covered) else []
        for column, (paragraphs, cover) in enumerate(zip(cells, covered, strict=True)):
            place = places[column]
            if cover == "right" and owner is not None:
                owner.grid_span += 1
                row._tr.remove(place)
                continue
            owner = place
            _write(place, paragraphs)
            starts = column < len(below) and below[column] == "down"
            if cover == "down" or starts:
                merge = OxmlElement("w:vMerge")
                if cover != "down":
                    merge.set(qn("w:val"), "restart")
                place.get_or_add_tcPr().append(merge)


def _shares(block: PlainTable, width: int) -> list[float]:
    """Widths as a typist sets them: by the longest words, a long text given more room."""
    wants = []
    for column in range(width):
        texts = [p for row in block.rows if column < len(row) for p in row[column]]
        longest = max((len(word) for text in texts for word in text.split()), default=1)
        most = max(map(len, texts), default=1)
        wants.append(max(1.5 * longest + 3.0, min(most, 400) ** 0.75))
    return [want / sum(wants) for want in wants]


def _write(place: Any, paragraphs: list[str]) -> None:
    """The paragraphs of one w:tc; an empty cell has one empty paragraph."""
    first = place.p_lst[0]
    for index, text in enumerate(paragraphs):
        paragraph = first if index == 0 else place.add_p()
        run = paragraph.add_r()
        run.text = text
