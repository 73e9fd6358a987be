"""Running text and table blocks of a view, in order.

Seven ways to write a table are told apart: tab-separated lines (:mod:`extract.tab_tables`),
Markdown pipe rows and lines of ``a | b | c`` without outer bars (:mod:`extract.bar_tables`), HTML
tables, any of the first three with cell text that runs over several lines, columns made of blanks
(:mod:`extract.layout_text`), and cells that stand one below the other (:mod:`extract.copied_text`).
Blank lines, page numbers and form feeds inside a table are gaps, not its end.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Sequence

from extract.bar_tables import bar_table, is_bar_row
from extract.cells import Block, Cell, Line, Row, TableBlock
from extract.copied_text import copied_tables
from extract.frame import line_kind
from extract.html_tables import find_tables, read_table
from extract.layout_lines import wrap_seam
from extract.layout_text import layout_tables
from extract.line_list import Lines, is_page_number
from extract.markup import BLOCK_TAGS, TAG, clean
from extract.printed import Grid
from extract.tab_tables import is_tab_row, tab_table
from normalize.fragment import join
from normalize.patterns import pattern

_RULE = pattern(r"[\s\-_=–—*.…]*")
_HASHES = pattern(r"\s*#{1,6}\s+(?=\S)")
# A blank to be filled in by hand: "Số:      /KH-UBND", "ngày      tháng     năm 2026".
_FILL_IN = pattern(r"(?i)(?:tháng|năm)\b|[/.-]")
_WIDE_BLANK = pattern(r"(?<=\S) {6,}(?=\S)")
_DEEP = " " * 16
_LONGEST_PARAGRAPH = 20_000
"""Characters; lines that would make a longer one are paragraphs of their own."""
_SCRIPT = pattern(r"(?is)<(script|style)\b[^<>]*>.*?(?:</\1\s*>|\Z)")


def read_blocks(view: str, grids: Sequence[Grid] = ()) -> list[Block]:
    """All lines of running text and all table blocks, in the order of the view.

    ``grids`` are the tables that the form itself tells apart; where there are any (a Word file, a
    PDF) no other table is looked for, and marks in the text are no markup.
    """
    blocks: list[Block] = []
    done = 0
    for grid in grids:
        _LineReader(view, done, grid.start, blocks, plain=False).read()
        blocks.append(read_grid(view, grid))
        done = grid.end
    for start, end in [] if grids else find_tables(view):
        table = read_table(view, start, end)
        if not table.rows:
            continue  # tags of a table without a cell: its words are running text
        _LineReader(view, done, start, blocks, plain=not grids).read()
        blocks.append(table)
        done = end
    _LineReader(view, done, len(view), blocks, plain=not grids).read()
    return blocks


def read_plain(view: str, start: int, end: int) -> list[Block]:
    """The blocks of a stretch of plain text: lines, and tables of every style but HTML."""
    blocks: list[Block] = []
    _LineReader(view, start, end, blocks, plain=True).read()
    return blocks


def read_grid(view: str, grid: Grid) -> TableBlock:
    """The table block of a grid: the paragraphs of a cell joined by line ends."""
    rows: list[Row] = []
    for row in grid.rows:
        cells = []
        for cell in row.cells:
            parts = [clean(view, *part) for part in cell.ranges]
            words = join(parts, "\n") if len(parts) > 1 else parts[0]
            cells.append(Cell(words, cell.covered, cell.may_end))
        place = row.start, row.end, row.page
        rows.append(Row(tuple(cells), *place, joined=row.joined, carried=row.carried))
    return TableBlock(tuple(rows), grid.start, grid.end, grid.style)


class _LineReader:
    """Reads the lines of a stretch without HTML tables: tables of every style, and running text."""

    def __init__(self, view: str, start: int, end: int, blocks: list[Block], plain: bool) -> None:
        self.view = view
        self.blocks = blocks
        self.page_ended = False
        self.plain = plain
        self.lines = Lines(view, start, end)
        stretch = view[start:end]
        self.scripts = (
            [m.span() for m in _SCRIPT.finditer(view, start, end)]
            if ("<s" in stretch or "<S" in stretch)
            else []
        )
        self.last_line = (-1, 0)
        self.full_line = self._indented_width() if view.find("\n    ", start, end) >= 0 else 0
        self.found: dict[int, tuple[TableBlock, int]] = {}
        if plain:
            self.found = copied_tables(view, self.lines.spans)
            # Columns of blanks leave one as wide as this somewhere; most texts have none.
            if view.find("   ", start, end) >= 0:
                self.found.update(layout_tables(view, self.lines.spans))

    def read(self) -> None:
        view = self.view
        index = 0
        gap = True
        count = len(self.lines)
        while index < count:
            start, end = self.lines.spans[index]
            if start == end or view[start:end].isspace():
                gap = True
                index += 1
                continue
            if self.scripts and self._in_script(start):
                index += 1
                continue
            if index in self.found:
                block, index = self.found[index]
                self.blocks.append(block)
                gap = True
                continue
            table: TableBlock | None = None
            if view.find("\t", start, end) >= 0 and is_tab_row(self.lines, index):
                table, index = tab_table(self.lines, index)
            elif view.find("|", start, end) >= 0 and is_bar_row(self.lines, index):
                table, index = bar_table(self.lines, index)
            else:
                gap = self._text(start, end, gap)
                index += 1
                continue
            if table is not None:
                self.blocks.append(table)
            gap = True

    def _in_script(self, at: int) -> bool:
        behind = bisect_right(self.scripts, (at, len(self.view)))
        return behind > 0 and at < self.scripts[behind - 1][1]

    def _text(self, start: int, end: int, gap: bool) -> bool:
        """Appends the line (or its pieces between block tags); returns the gap behind it."""
        view = self.view
        text = view[start:end]
        if text.endswith(("|", "| ")) and text.count("|") == 1:
            end = start + text.index("|")  # "KT. CHỦ TỊCH |": the end of a cell that stands alone
            text = view[start:end]
        if self.full_line and not gap and self._goes_on(start, end):
            return False
        hashes = _HASHES.match(view, start, end) if self.plain and "#" in text[:8] else None
        if hashes is not None:
            start, gap = hashes.end(), True  # a heading in Markdown
        if is_page_number(text) or _RULE.fullmatch(text):
            self.page_ended = self.page_ended or is_page_number(text)
            return True
        if "\f" in text[:2]:
            gap = self.page_ended = True
        if self.full_line:
            gap = gap or self._opens_paragraph(start)
            self.last_line = (start, end)
        pieces = self._pieces(start, end)
        columns = len(pieces) == 2 and view.find("<", start, end) < 0
        for low, high in pieces:
            words = clean(view, low, high)
            if words.text:
                page, self.page_ended = self.page_ended, False
                self.blocks.append(Line(words, words.start, words.end, gap or columns, page))
                gap = False
        return gap or columns

    def _indented_width(self) -> int:
        """The widest first line of a paragraph that stands to the right of the lines below it.

        0 where paragraphs do not begin so.
        """
        view = self.view
        widths = []
        for (start, end), (below, behind) in itertools.pairwise(self.lines.spans):
            if (
                end - start > 60
                and view.startswith("   ", start)
                and not view.startswith(_DEEP, start)
                and behind > below
                and not view.startswith(("  ", "\t"), below)
                and "  " not in view[start:end].strip()
            ):
                widths.append(end - start)
        return max(widths) if len(widths) > 1 else 0

    def _goes_on(self, start: int, end: int) -> bool:
        """Puts a line that is not indented behind the full line right above it."""
        above, above_end = self.last_line
        if (
            above_end + 1 != start
            or above_end - above < 0.75 * self.full_line
            or self.view.startswith(("  ", "- ", "\f"), start)
        ):
            return False
        last = self.blocks[-1] if self.blocks else None
        words = clean(self.view, start, end)
        if (
            not isinstance(last, Line)
            or not words.text
            or last.end > above_end
            or len(last.words.text) > _LONGEST_PARAGRAPH
            or (last.words.text.isupper() != words.text.isupper() and words.text[0] != "(")
            or line_kind(words.text) not in ("", "symbol")
        ):
            return False
        whole = join([last.words, words], wrap_seam(last.words.text, words.text))
        self.blocks[-1] = Line(whole, whole.start, whole.end, last.gap, last.page)
        self.last_line = (start, end)
        return True

    def _opens_paragraph(self, start: int) -> bool:
        """An indented line below one that is not."""
        view = self.view
        above = view.rfind("\n", 0, max(start - 1, 0)) + 1
        return (
            view.startswith("   ", start)
            and above < start - 1
            and not view.startswith(("  ", "\f"), above)
        )

    def _pieces(self, start: int, end: int) -> list[tuple[int, int]]:
        """A page's line is parted at its block tags, one of two columns at its widest blank."""
        view = self.view
        if view.find("<", start, end) >= 0:
            pieces = []
            done = start
            for tag in TAG.finditer(view, start, end):
                if tag.group(2).lower() in BLOCK_TAGS:
                    pieces.append((done, tag.start()))
                    done = tag.end()
            return [*pieces, (done, end)]
        if view.find("      ", start, end) >= 0 and view[start:end].lstrip()[:1] != "(":
            gaps = [
                blank.span()
                for blank in _WIDE_BLANK.finditer(view, start, end)
                if _FILL_IN.match(view, blank.end()) is None
            ]
            if gaps:
                low, high = max(gaps, key=lambda gap: gap[1] - gap[0])
                left = view[start:low].strip()
                # "Thành phần:      Lãnh đạo sở" is one line, whatever stands between.
                apart = left[-1:] != ":" or line_kind(left) == "recipients"
                if len(left) > 5 and apart and len(view[high:end].strip()) > 5:
                    return [(start, low), (high, end)]
        return [(start, end)]
