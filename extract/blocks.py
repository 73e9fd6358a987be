"""Running text and table blocks of a view, in order.

Seven ways to write a table are told apart: tab-separated lines, Markdown pipe rows, lines of
``a | b | c`` without outer bars, HTML tables, any of the first three with cell text that runs
over several lines, columns made of blanks (:mod:`extract.layout_text`), and cells that stand one
below the other (:mod:`extract.copied_text`). Blank lines, page numbers and form feeds inside a
table are gaps, not its end.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Sequence

from extract.cells import Block, Cell, Line, Row, TableBlock
from extract.columns import role_of
from extract.copied_text import copied_tables
from extract.frame import line_kind
from extract.html_tables import find_tables, read_table
from extract.layout_lines import wrap_seam
from extract.layout_text import layout_tables
from extract.markup import BLOCK_TAGS, TAG, clean
from extract.printed import Grid
from normalize.fragment import join
from normalize.patterns import pattern

_PAGE_NUMBER = pattern(
    r"[\f\s]*(?:[-–—]\s*)?(?:(?i:trang|page)\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?(?:\s*[-–—])?\s*"
)
_RULE = pattern(r"[\s\-_=–—*.…]*")
# Rules of single dashes stand right below a header only, elsewhere they are cells left empty.
_SHORT_RULE = pattern(r"\s*\|?(?:\s*:?-+:?\s*\|)+\s*(?::?-+:?)?\s*")
_COLONED = pattern(r"\|\s*:-|-:\s*\|")
_HASHES = pattern(r"\s*#{1,6}\s+(?=\S)")
_PIPE_RULE = pattern(r"\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*(?::?-{2,}:?)?\s*")
# A merged group row copied from a word processor comes without tabs.
_GROUP_LABEL = pattern(r"\s*(?:[IVXLC]{1,5}|[A-Z]|\d{1,2})[.)/]\s+\p{Lu}")
_BAR = pattern(r"(?<!\\)\|")
# "Thời gian: … | Chủ trì: …": labels of an activity in one line, no row of cells.
_LABELS = pattern(r"[-+•*\s]*\p{Lu}[^:|]{2,40}:[^|]+(?:\|\s*\p{Lu}[^:|]{2,40}:[^|]+)+")
_WIDE_BLANK = pattern(r"(?<=\S) {6,}(?=\S)")
_DEEP = " " * 16
_LONGEST_PARAGRAPH = 20_000
"""Characters; lines that would make a longer one are paragraphs of their own."""
_MOST_LINES = 400
"""Lines over which the cells of one row may run on."""
_SCRIPT = pattern(r"(?is)<(script|style)\b[^<>]*>.*?(?:</\1\s*>|\Z)")


_FRAME_KINDS = frozenset(("appendix", "nation", "motto", "recipients", "authority"))


def _counts_rows(head: str) -> bool:
    """The head of the column that counts the rows ("STT"): a table begins with it."""
    role = role_of(head.strip(" *"))
    return role is not None and role[0] == "number"


def is_page_number(text: str) -> bool:
    """A line that holds a page number and nothing else: "12", "- 3 -", "Trang 2/11"."""
    if "\t" in text:
        return False
    text = text.strip()
    return len(text) < 24 and _PAGE_NUMBER.fullmatch(text) is not None


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
        rows.append(Row(tuple(cells), row.start, row.end, row.page, joined=row.joined))
    return TableBlock(tuple(rows), grid.start, grid.end, grid.style)


class _LineReader:
    """Reads the lines of a stretch without HTML tables; one method a style of table."""

    def __init__(self, view: str, start: int, end: int, blocks: list[Block], plain: bool) -> None:
        self.view = view
        self.blocks = blocks
        self.page_ended = False
        self.plain = plain
        stretch = view[start:end]
        self.lines: list[tuple[int, int]] = []
        at = start
        for text in stretch.split("\n"):
            self.lines.append((at, at + len(text)))
            at += len(text) + 1
        self.scripts = (
            [m.span() for m in _SCRIPT.finditer(view, start, end)]
            if ("<s" in stretch or "<S" in stretch)
            else []
        )
        self.last_line = (-1, 0)
        self.full_line = self._indented_width() if view.find("\n    ", start, end) >= 0 else 0
        self.found: dict[int, tuple[TableBlock, int]] = {}
        if plain:
            self.found = copied_tables(view, self.lines, is_page_number)
            # Columns of blanks leave one as wide as this somewhere; most texts have none.
            if view.find("   ", start, end) >= 0:
                self.found.update(layout_tables(view, self.lines, is_page_number))

    def read(self) -> None:
        view = self.view
        index = 0
        gap = True
        count = len(self.lines)
        while index < count:
            start, end = self.lines[index]
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
            if view.find("\t", start, end) >= 0 and self._is_tab_row(index):
                index = self._tab_table(index)
            elif view.find("|", start, end) >= 0 and self._is_bar_row(index):
                index = self._bar_table(index)
            else:
                gap = self._text(start, end, gap)
                index += 1
                continue
            gap = True

    def _in_script(self, at: int) -> bool:
        behind = bisect_right(self.scripts, (at, len(self.view)))
        return behind > 0 and at < self.scripts[behind - 1][1]

    # --- running text -------------------------------------------------------------------------

    def _text(self, start: int, end: int, gap: bool) -> bool:
        """Appends the line (or its pieces between block tags); returns the gap behind it."""
        view = self.view
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
        for (start, end), (below, behind) in itertools.pairwise(self.lines):
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
            gaps = [blank.span() for blank in _WIDE_BLANK.finditer(view, start, end)]
            if gaps:
                low, high = max(gaps, key=lambda gap: gap[1] - gap[0])
                left = view[start:low].strip()
                # "Thành phần:      Lãnh đạo sở" is one line, whatever stands between.
                if len(left) > 5 and left[-1] != ":" and len(view[high:end].strip()) > 5:
                    return [(start, low), (high, end)]
        return [(start, end)]

    # --- tables -------------------------------------------------------------------------------

    def _is_tab_row(self, index: int) -> bool:
        """Two cells at least with words in them, or a neighbour that is a row with tabs."""
        start, end = self.lines[index]
        cells = self.view[start:end].split("\t")
        if len(cells) > 2 or (len(cells) == 2 and cells[0].strip() and cells[1].strip()):
            return True
        after = self._next_full(index + 1)
        return after is not None and self.view.count("\t", *self.lines[after]) > 1

    def _is_bar_row(self, index: int) -> bool:
        start, end = self.lines[index]
        text = self.view[start:end].strip()
        if text.startswith("|"):
            return True
        if _LABELS.fullmatch(text) is not None:
            return False
        after = self._next_full(index + 1)
        if " | " not in text:
            # "TT|Nội dung|Chủ trì": bars without blanks, as many on the line below.
            bars = text.count("|")
            return (
                bars > 1 and after is not None and bars == self.view.count("|", *self.lines[after])
            )
        if after is None:
            return text.count(" | ") > 1
        return text.count(" | ") > 1 or " | " in self.view[slice(*self.lines[after])]

    def _next_full(self, index: int) -> int | None:
        while index < len(self.lines):
            text = self.view[slice(*self.lines[index])]
            if text.strip() and not is_page_number(text):
                return index
            index += 1
        return None

    def _tab_table(self, index: int) -> int:
        """Reads a tab table from line ``index`` on; returns the line behind it."""
        view = self.view
        rows: list[Row] = []
        width = 0
        page = 0
        first = index
        pending_gap = False
        while index < len(self.lines):
            start, end = self.lines[index]
            text = view[start:end]
            if not text.strip() or is_page_number(text):
                pending_gap = True
                index += 1
                continue
            tabs = text.count("\t")
            if not tabs:
                if pending_gap or not rows or not self._cell_goes_on(index, rows[-1], width):
                    break
                if len(rows[-1].cells) >= width and _GROUP_LABEL.match(text):
                    rows.append(self._tab_row(start, end, page))
                else:
                    rows[-1] = self._longer(rows[-1], start, end)
                index += 1
                continue
            if pending_gap:
                page += 1
                pending_gap = False
            last = self._last_line_of_row(index, tabs, width)
            end = self.lines[last][1]
            rows.append(self._tab_row(start, end, page))
            width = max(width, len(rows[-1].cells))
            index = last + 1
        self.blocks.append(TableBlock(tuple(rows), self.lines[first][0], rows[-1].end, "tab"))
        return index

    def _last_line_of_row(self, index: int, tabs: int, width: int) -> int:
        """A row whose cell text runs on: its lines together hold as many tabs as a full row."""
        view = self.view
        # One tab too few is how a page without its first column looks, too.
        if width and tabs >= width - (2 if width > 3 else 3) + 1:
            return index
        total, ahead = tabs, index
        most = min(len(self.lines), index + _MOST_LINES)
        while width and total < width - 1 and ahead + 1 < most:
            start, end = self.lines[ahead + 1]
            text = view[start:end]
            if not text.strip() or is_page_number(text):
                return index
            total += text.count("\t")
            ahead += 1
        if total == width - 1 and ahead > index:
            return ahead
        return index

    def _cell_goes_on(self, index: int, row: Row, width: int) -> bool:
        """A line without tabs right below a row belongs to its last cell if a row follows."""
        words = self.view[slice(*self.lines[index])].strip()
        if line_kind(words) in _FRAME_KINDS:
            return False
        after = index
        while after < len(self.lines) and after < index + 12:
            text = self.view[slice(*self.lines[after])]
            if not text.strip():
                return False
            if "\t" in text:
                # Running text above the header of the next table, a cut cell above a repeated one.
                return words[0].islower() or not _counts_rows(text.split("\t")[0])
            if after == index + 1 and _GROUP_LABEL.match(words):
                return False
            after += 1
        return False

    def _longer(self, row: Row, start: int, end: int) -> Row:
        last_start = row.end
        while last_start > row.start and self.view[last_start - 1] not in "\t\n":
            last_start -= 1
        words = clean(self.view, last_start, end)
        return Row((*row.cells[:-1], Cell(words)), row.start, end, row.page)

    def _tab_row(self, start: int, end: int, page: int) -> Row:
        view = self.view
        cells = []
        at = start
        while True:
            stop = view.find("\t", at, end)
            if stop < 0:
                stop = end
            cells.append(Cell(clean(view, at, stop)))
            if stop == end:
                break
            at = stop + 1
        return Row(tuple(cells), start, end, page)

    def _bar_table(self, index: int) -> int:
        """Reads a pipe or bar table from line ``index`` on; returns the line behind it."""
        view = self.view
        piped = view[slice(*self.lines[index])].lstrip().startswith("|")
        rows: list[Row] = []
        first = index
        page = 0
        pending_gap = False
        width = 0
        while index < len(self.lines):
            start, end = self.lines[index]
            text = view[start:end]
            if not text.strip() or is_page_number(text):
                pending_gap = True
                index += 1
                continue
            if _PIPE_RULE.fullmatch(text) or (
                _SHORT_RULE.fullmatch(text) and (len(rows) == 1 or _COLONED.search(text))
            ):
                index += 1
                continue
            bars = len(_BAR.findall(text))
            if not bars:
                if pending_gap or not rows or not self._bar_cell_goes_on(index, piped):
                    break
                rows[-1] = self._bar_row(rows[-1].start, end, rows[-1].page, piped)
                index += 1
                continue
            if piped and rows and not text.lstrip().startswith("|"):
                if pending_gap:
                    break
                while self._is_rest_of_piped(index + 1):
                    index += 1
                rows[-1] = self._bar_row(rows[-1].start, self.lines[index][1], rows[-1].page, piped)
                index += 1
                continue
            if pending_gap:
                page += 1
                pending_gap = False
            last = self._last_line_of_bar_row(index, piped, width)
            end = self.lines[last][1]
            row = self._bar_row(start, end, page, piped)
            if row.cells:  # a lone bar is no row
                rows.append(row)
                width = max(width, len(row.cells))
            index = last + 1
        if not rows:
            return max(index, first + 1)
        style = "pipe" if piped else "bar"
        self.blocks.append(TableBlock(tuple(rows), self.lines[first][0], rows[-1].end, style))
        return index

    def _is_rest_of_piped(self, index: int) -> bool:
        """A line with bars that opens with none goes on with the row above it."""
        if index >= len(self.lines):
            return False
        text = self.view[slice(*self.lines[index])]
        return (
            not text.lstrip().startswith("|")
            and _PIPE_RULE.fullmatch(text) is None
            and _BAR.search(text) is not None
        )

    def _last_line_of_bar_row(self, index: int, piped: bool, width: int) -> int:
        """A piped row runs on until a line ends with a bar, another until it has all its bars."""
        if not piped:
            return self._last_line_by_count(index, width)
        ahead = index
        while ahead < len(self.lines) and ahead < index + 40:
            text = self.view[slice(*self.lines[ahead])].rstrip()
            if not text or (ahead > index and text.lstrip().startswith("|")):
                return index if ahead == index else ahead - 1
            if text.endswith("|") and (ahead > index or len(text) > 1):
                return ahead
            ahead += 1
        return index

    def _last_line_by_count(self, index: int, width: int) -> int:
        total = len(_BAR.findall(self.view, *self.lines[index]))
        ahead = index
        most = min(len(self.lines), index + _MOST_LINES)
        while total < width - 1 and ahead + 1 < most:
            ahead += 1
            text = self.view[slice(*self.lines[ahead])]
            if not text.strip() or is_page_number(text):
                return index
            total += len(_BAR.findall(text))
        return ahead if total == width - 1 else index

    def _bar_cell_goes_on(self, index: int, piped: bool) -> bool:
        after = self._next_full(index + 1)
        words = self.view[slice(*self.lines[index])].strip()
        if after is None or after > index + 12 or line_kind(words) in _FRAME_KINDS:
            return False
        text = self.view[slice(*self.lines[after])]
        if not (text.lstrip().startswith("|") if piped else text.count("|") > 1 or " | " in text):
            return False
        return words[0].islower() or not _counts_rows(text.strip("| *").split("|")[0])

    def _bar_row(self, start: int, end: int, page: int, piped: bool) -> Row:
        view = self.view
        stops = [bar.start() for bar in _BAR.finditer(view, start, end)]
        edges = [start - 1, *stops, end]
        cells = [Cell(clean(view, low + 1, high)) for low, high in itertools.pairwise(edges)]
        if piped:
            if not cells[0].words.text:
                cells = cells[1:]
            if cells and not cells[-1].words.text and view[start:end].rstrip().endswith("|"):
                cells = cells[:-1]
        return Row(tuple(cells), start, end, page)
