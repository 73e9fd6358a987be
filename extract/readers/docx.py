"""Word files (.docx) into a text with its tables.

Body paragraphs are lines, with the numbers that Word prints before them; tables are grids with
their merged cells. A table that only lays out the page (one cell, or cells that hold the real
table) is read through. Headers, footers, notes and comments are other parts of the package and
are not read.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from extract.printed import Printed, PrintedCell, Words
from extract.readers.docx_numbering import Numbering, W
from extract.readers.docx_text import mark_is_deleted, paragraph_text, text_boxes
from extract.readers.packages import check_package
from extract.readers.unreadable import UnreadableError, missing_extra
from extract.source import Source, printed_source
from normalize.findings import Note

if TYPE_CHECKING:
    from extract.readers.docx_fonts import Fonts

_MOST_COLUMNS = 80


def read_docx(data: bytes, name: str, sha256: str, format: str = "docx") -> Source:
    """The source of a Word file; raises UnreadableError for a broken, locked or unsafe one."""
    check_package(data, "word/document.xml")
    try:
        import docx
        from docx.opc.exceptions import PackageNotFoundError
    except ImportError as error:
        raise missing_extra("tệp Word", "word") from error
    try:
        document = docx.Document(io.BytesIO(data))
    except (PackageNotFoundError, KeyError, ValueError, SyntaxError) as error:
        raise UnreadableError(
            f"tệp Word bị hỏng ({error})", "Mở bằng Word hoặc LibreOffice rồi lưu lại"
        ) from error
    reader = _Reader(document)
    reader.read(document.element.body)
    if not reader.printed.text.strip():
        raise UnreadableError("tệp Word không có chữ", "Nếu là ảnh quét, dùng bản PDF hoặc ảnh")
    return printed_source(
        reader.printed, name=name, sha256=sha256, format=format, notes=reader.notes()
    )


class _Reader:
    def __init__(self, document: Any) -> None:
        self.printed = Printed("docx")
        self.numbering = Numbering(_part(document, "numbering"), _part(document, "styles"))
        self.fonts = _fonts(document)
        self.carried = ""

    def notes(self) -> list[Note]:
        """What was turned from an old encoding, told once for each."""
        return [
            Note("text.encoding_converted", "", name, 0, 0) for name in sorted(self.fonts.converted)
        ]

    def read(self, body: Any) -> None:
        """Writes every paragraph and table of the body in order."""
        for element in _blocks(body):
            if element.tag == f"{W}tbl":
                self._table(element)
            else:
                self._paragraph(element)
        if self.carried:
            self._lines(self.carried)

    # --- running text -------------------------------------------------------------------------

    def _paragraph(self, element: Any) -> None:
        number = self.numbering.number(element.find(f"{W}pPr"))
        text = paragraph_text(element, self.fonts.convert)
        text = self.carried + (f"{number} {text}" if number and text.strip() else text)
        if mark_is_deleted(element):
            self.carried = text
            return
        self.carried = ""
        for box in text_boxes(element):
            for inner in _blocks(box):
                if inner.tag == f"{W}tbl":
                    self._table(inner)
                else:
                    self._paragraph(inner)
        self._lines(text)

    def _lines(self, text: str) -> None:
        if not text.strip():
            self.printed.gap()
            return
        for line in text.split("\n"):
            if line.strip():
                self.printed.line(line)

    # --- tables -------------------------------------------------------------------------------

    def _table(self, table: Any) -> None:
        rows = [_Row(row) for row in _rows(table)]
        rows = [row for row in rows if row.cells]
        if _is_layout(rows):
            for row in rows:
                for cell in row.cells:
                    for element in _blocks(cell.element):
                        if element.tag == f"{W}tbl":
                            self._table(element)
                        else:
                            self._paragraph(element)
            return
        self.printed.table([self._row(row) for row in rows])

    def _row(self, row: _Row) -> list[PrintedCell]:
        made = [PrintedCell()] * min(row.before, _MOST_COLUMNS)
        for cell in row.cells:
            if cell.goes_on:
                made += [PrintedCell(covered="down")] * cell.width
                continue
            made.append(PrintedCell(tuple(map(Words, self._cell(cell.element)))))
            made += [PrintedCell(covered="right")] * (cell.width - 1)
        return made[:_MOST_COLUMNS]

    def _cell(self, cell: Any) -> Iterator[str]:
        """The paragraphs of a cell, those of a table inside it in reading order."""
        carried = ""
        for element in _blocks(cell):
            if element.tag == f"{W}tbl":
                for row in _rows(element):
                    for inner in _Row(row).cells:
                        yield from self._cell(inner.element)
                continue
            number = self.numbering.number(element.find(f"{W}pPr"))
            text = paragraph_text(element, self.fonts.convert)
            if number and (text.strip() or number != "-"):
                text = f"{number} {text}".rstrip()  # a column of numbers holds nothing else
            text = carried + text
            carried = ""
            if mark_is_deleted(element):
                carried = text
                continue
            for box in text_boxes(element):
                yield from self._cell(box)
            yield from text.split("\n")
        if carried:
            yield from carried.split("\n")


class _Cell:
    """One w:tc: how many columns it spans, and whether it goes on with the cell above."""

    def __init__(self, element: Any) -> None:
        self.element = element
        properties = element.find(f"{W}tcPr")
        self.width = 1
        self.goes_on = False
        if properties is None:
            return
        span = properties.find(f"{W}gridSpan")
        if span is not None:
            self.width = max(1, min(int(span.get(f"{W}val") or 1), _MOST_COLUMNS))
        merge = properties.find(f"{W}vMerge")
        self.goes_on = merge is not None and merge.get(f"{W}val") != "restart"


class _Row:
    """One w:tr: its cells, and the columns that it leaves out before them."""

    def __init__(self, element: Any) -> None:
        before = element.find(f"{W}trPr/{W}gridBefore")
        self.before = int(before.get(f"{W}val") or 0) if before is not None else 0
        self.cells = [_Cell(cell) for cell in _children(element, f"{W}tc")]


def _is_layout(rows: list[_Row]) -> bool:
    """A table that holds the page and no columns of its own, or cells with the real table."""
    if all(len(row.cells) == 1 for row in rows):
        return True
    inner = [table for row in rows for cell in row.cells for table in _tables(cell.element)]
    return len(rows) <= 3 and any(
        len(list(_rows(table))) > 2 and len(_Row(next(_rows(table))).cells) > 2 for table in inner
    )


def _tables(cell: Any) -> Iterator[Any]:
    return (element for element in _blocks(cell) if element.tag == f"{W}tbl")


def _rows(table: Any) -> Iterator[Any]:
    """The rows of a table but those that a tracked change deleted."""
    for row in _children(table, f"{W}tr"):
        if row.find(f"{W}trPr/{W}del") is None:
            yield row


def _blocks(element: Any) -> Iterator[Any]:
    """Paragraphs and tables right below, content controls and insertions read through."""
    yield from _children(element, f"{W}p", f"{W}tbl")


def _children(element: Any, *tags: str) -> Iterator[Any]:
    for child in element:
        if child.tag in tags:
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml", f"{W}smartTag"):
            yield from _children(child, *tags)


def _part(document: Any, kind: str) -> Any | None:
    """The root of a part that the document refers to; None where it has none."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith(f"/{kind}") and not relation.is_external:
            part = relation.target_part
            element = getattr(part, "element", None)
            if element is not None:
                return element
    return None


def _fonts(document: Any) -> Fonts:
    from extract.readers.docx_fonts import Fonts

    return Fonts(_part(document, "styles"))
