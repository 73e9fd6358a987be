"""Tables of a text as laid out: columns made of blanks, cells over several lines.

``pdftotext -layout`` and printers of plain text write such tables. One is found by its header;
its columns are read off the blanks that its lines share, page by page, and its rows off the
habits of its cells. What comes out are rows and cells as of any other table.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from extract.cells import TableBlock
from extract.layout_columns import Head, cuts_like, gather_heads, split_heads
from extract.layout_counts import count_heads, heads_of, without_count
from extract.layout_header import (
    completes,
    continues,
    crossed,
    crossed_by_words,
    crossing,
    crossing_of,
    cuts_of_heads,
    goes_on,
    heads_table,
    is_frame,
    keeps_places,
    known_heads,
    may_head,
    only_heads,
    stands_alone,
)
from extract.layout_heads import is_sure, may_complete, widest_heads, worth_of
from extract.layout_lines import LaidLine, Range, extent_of, lay_line
from extract.layout_table import LaidTable
from extract.line_list import is_page_number
from normalize.patterns import pattern

_WIDE = pattern(r"[^\s|] {2,}(?=[^\s|])")
_MARKED = pattern(r"[\t|]|<[/!\p{L}]")
_SECTION = pattern(
    r"(?i:phần|chương|mục|điều|phụ\s+lục|biểu\s+số|danh\s+mục)\s+(?:[IVXLC]{1,6}|\d{1,3}|[A-ZĐ])(?:[.:\s]|$)"
    r"|(?i:(?:[IVXLC]{1,6}|[A-D])\s?[.-]\s*tổ\s+chức\s+thực\s+hiện)"
)
_MONTH = pattern(r"\d{1,2}/(?:19|20)\d\d")
_HEAD_LINES_ABOVE = 5
_HEAD_LINES = 9
_SPANNING_LINES = 4
_ENOUGH = 300
_NEAR = 12
_INWARD = 12


def layout_tables(view: str, spans: Sequence[Range]) -> dict[int, tuple[TableBlock, int]]:
    """For each line that opens a laid-out table: its block and the line behind it.

    ``spans`` are the lines of the view in order, without their line ends.
    """
    if not spans or _WIDE.search(view, spans[0][0], spans[-1][1]) is None:
        return {}
    return _Finder(view, spans).find()


def _stands_again(line: LaidLine, header: Sequence[LaidLine]) -> bool:
    """Words of the header stand once more: it is repeated, not cut by the page's end."""
    words = {one.words(piece) for one in header for piece in one.pieces}
    return any(line.words(piece) in words for piece in line.pieces)


class _Finder:
    """Looks for headers from top to bottom and reads the table below each."""

    def __init__(self, view: str, spans: Sequence[Range]) -> None:
        self.view = view
        self.spans = spans
        self.laid: dict[int, LaidLine | None] = {}

    def find(self) -> dict[int, tuple[TableBlock, int]]:
        """All laid-out tables, by their first line."""
        made: dict[int, tuple[TableBlock, int]] = {}
        index = done = 0
        view = self.view
        while index < len(self.spans):
            start, end = self.spans[index]
            if view.find("  ", start, end) < 0 or _WIDE.search(view, start, end) is None:
                index += 1
                continue
            found = self._table_at(index, done)
            if found is None:
                index += 1
                continue
            first, block, behind = found
            made[first] = (block, behind)
            index = done = behind
        return made

    def line(self, index: int) -> LaidLine | None:
        """The laid line; None for a blank line, a page number and a line with other marks."""
        if index in self.laid:
            return self.laid[index]
        start, end = self.spans[index]
        text = self.view[start:end]
        made: LaidLine | None = None
        if text.strip() and _MARKED.search(text) is None and not self._is_page_number(index):
            before = self.view[slice(*self.spans[index - 1])] if index else ""
            made = lay_line(self.view, index, (start, end), not before.strip())
        self.laid[index] = made
        return made

    def _is_page_number(self, index: int) -> bool:
        """A number alone at a page's end or between blank lines; a cell may hold one, too."""
        text = self.view[slice(*self.spans[index])]
        if not is_page_number(text) or _MONTH.fullmatch(text.strip()) is not None:
            return False
        if text.startswith("\f"):
            return True
        above = self.view[slice(*self.spans[index - 1])] if index else ""
        behind = index + 1
        while behind < len(self.spans) and self.spans[behind][0] == self.spans[behind][1]:
            behind += 1
        if behind >= len(self.spans) or self._breaks_page(behind):
            return True
        return not above.strip() and behind > index + 1

    # --- the header -----------------------------------------------------------------------------

    def _table_at(self, index: int, done: int) -> tuple[int, TableBlock, int] | None:
        """(first line, block, line behind) of the table whose header holds this line."""
        core = self.line(index)
        if core is None or not may_head(core):
            return None
        found = self._header_lines(index, done)
        if found is None:
            return None
        header, rough = found
        first = header[-1].number + 1
        # Whether it is a header shows in the first lines below: no look at the rest for nothing.
        body, _, _ = self._lines_below(first, crossing(rough), header, _ENOUGH)
        if not body:
            return None
        heads = split_heads(rough, header, body)
        header, heads = self._as_whole(index, done, header, heads, body)
        first = header[-1].number + 1
        if not heads_table(heads, header, body):
            return None
        crosses = crossing_of(heads, cuts_of_heads(heads, body))
        body, behind, ended = self._lines_below(first, crosses, header)
        if not body:
            return None
        table = LaidTable(self.view, header, heads)
        table.cuts = cuts_of_heads(heads, body)
        table.extent = extent_of((*header, *body))
        table.add(body, table.cuts)
        while not ended:
            page, further, ended = self._next_page(behind, table)
            if page is None:
                break
            table.add(*page)
            behind = further
        block = table.block()
        return (header[0].number, block, behind) if block is not None else None

    def _header_lines(self, index: int, done: int) -> tuple[list[LaidLine], list[Head]] | None:
        """The lines of the header around its line ``index``, and its heads as they stand."""
        core = self.line(index)
        assert core is not None
        lines = [core]
        known = known_heads(gather_heads(lines), lines)
        at = index
        while at > done and len(lines) < _HEAD_LINES_ABOVE and not lines[0].gap:
            above = None if self._breaks_page(at) else self.line(at - 1)
            if above is None or not completes(above, lines):
                break
            longer = [above, *lines]
            reached = known_heads(gather_heads(longer), longer)
            if reached < known:
                break
            lines, known, at = longer, reached, at - 1
        at = index + 1
        while at < len(self.spans) and len(lines) < _HEAD_LINES:
            below = self.line(at)
            cut = self._breaks_page(at)
            if below is None or (below.gap and not cut):
                break
            counts = count_heads(below, lines)
            rest = without_count(below) if counts else below
            if rest is not None and not continues(rest, lines):
                break
            if cut and _stands_again(below, lines):
                break
            longer = [*lines, below]
            reached = known_heads(heads_of(longer), longer)
            if reached < known:
                break
            lines, known, at = longer, reached, at + 1
        heads = heads_of(lines)
        return (lines, heads) if known >= 1 and len(heads) > 1 else None

    def _as_whole(
        self,
        index: int,
        done: int,
        header: list[LaidLine],
        heads: list[Head],
        body: Sequence[LaidLine],
    ) -> tuple[list[LaidLine], list[Head]]:
        """The header and its heads, or others around its line ``index`` that are worth more."""
        if any(count_heads(line, header[:at]) for at, line in enumerate(header)):
            return header, heads
        around = self._may_complete(header, done)
        if is_sure(heads, header) and len(around) <= len(header):
            return header, heads
        core = next(i for i, line in enumerate(around) if line.number == index)
        others = widest_heads(around, core, body)
        if others is None or others[0] <= worth_of(heads, header, body):
            return header, heads
        return others[1], others[2]

    def _may_complete(self, header: list[LaidLine], done: int) -> list[LaidLine]:
        """The lines of a header and those around it, no blank line between, that may be its own."""
        lines = list(header)
        at = lines[0].number
        while at > done and len(lines) < _HEAD_LINES and not lines[0].gap:
            above = None if self._breaks_page(at) else self.line(at - 1)
            if above is None or not may_complete(above):
                break
            lines, at = [above, *lines], at - 1
        at = lines[-1].number + 1
        while at < len(self.spans) and len(lines) < 2 * _HEAD_LINES:
            below, cut = self.line(at), self._breaks_page(at)
            if below is None or (below.gap and not cut) or not may_complete(below):
                break
            if cut and _stands_again(below, lines):
                break
            lines, at = [*lines, below], at + 1
        return lines

    def _breaks_page(self, index: int) -> bool:
        start, end = self.spans[index]
        return self.view.startswith("\f", start) and start < end

    # --- the lines below ------------------------------------------------------------------------

    def _lines_below(
        self,
        index: int,
        crosses: Callable[[LaidLine], int],
        header: Sequence[LaidLine],
        most: int | None = None,
    ) -> tuple[list[LaidLine], int, bool]:
        """The table's lines from ``index`` to the page's end (``most`` at most), the line behind,
        and whether the table ends there.

        ``crosses`` counts the column edges that a line's words cover. A line that covers some and
        stands alone is a group row if lines with cells follow soon, else text behind the table.
        """
        vocabulary = frozenset(word for line in header for word in line.text.split())
        body: list[LaidLine] = []
        behind = index
        waiting: list[LaidLine] = []
        first = True
        while index < len(self.spans):
            if (not first and self._breaks_page(index)) or len(body) == most:
                break
            line = self.line(index)
            first = False
            if line is None:
                if _MARKED.search(self.view, *self.spans[index]) is not None:
                    return body, behind, True
                if body and self._is_page_number(index):
                    # A page number without a form feed ends the page, too.
                    return body, max(behind, index), False
                index += 1
                continue
            if len(line.pieces) > 1 and only_heads(line, vocabulary) and may_head(line):
                while body and only_heads(body[-1], vocabulary):
                    index = body.pop().number
                return body, index, False
            if is_frame(line, below_rows=bool(body)) or len(waiting) > _SPANNING_LINES:
                return body, behind, True
            index += 1
            if stands_alone(line, crosses(line), header) and not keeps_places(line, body):
                if _SECTION.match(line.words(line.pieces[0])) is not None:
                    return body, behind, True
                waiting.append(line)
                continue
            if waiting and len(line.pieces) < 2:
                # Text behind a table begins at its left; a cell's word alone stands further in.
                left = min(one.left for one in (*body[-_NEAR:], *waiting))
                if line.gap or crosses(line) or line.left < left + _INWARD:
                    waiting.append(line)
                    continue
            body += [*waiting, line]
            waiting = []
            behind = index
        if index >= len(self.spans) or any(not self._is_of_cells(line, body) for line in waiting):
            return body, behind, True
        body += waiting
        return body, index, False

    def _is_of_cells(self, line: LaidLine, body: Sequence[LaidLine]) -> bool:
        """Before a page's end: no text of its own, for it is in pieces or stands further in."""
        if not body or line.gap:
            return False
        left = min(one.left for one in body[-_NEAR:])
        return len(line.pieces) > 2 or line.left >= left + _INWARD or goes_on(line, body)

    def _next_page(
        self, index: int, table: LaidTable
    ) -> tuple[tuple[list[LaidLine], list[int]] | None, int, bool]:
        """The table's lines on the page that begins at ``index`` and their cuts, if it goes on."""
        at = index
        while at < len(self.spans) and self.line(at) is None:
            if _MARKED.search(self.view, *self.spans[at]) is not None:
                return None, index, True
            at += 1
        first = self.line(at) if at < len(self.spans) else None
        if first is None or is_frame(first):
            return None, index, True
        repeated = self._repeated_header(at, table)
        if repeated is not None:
            header, heads = repeated
            behind = header[-1].number + 1
            body, _, _ = self._lines_below(behind, crossing(heads), header, _ENOUGH)
            crosses = crossing_of(heads, cuts_of_heads(heads, body)) if body else crossing(heads)
            body, behind, ended = self._lines_below(behind, crosses, header)
            if not body:
                return ([], table.cuts), max(behind, header[-1].number + 1), ended
            table.cuts = cuts_of_heads(heads, body)
            table.extent = extent_of((*header, *body))
            return (body, table.cuts), behind, ended
        sample = self._sample(at)
        if not sample:
            return None, index, True
        cuts, _ = cuts_like(table.cuts, table.extent, sample, table.numbered)
        whole = sum(
            1 for line in sample[:8] if min(crossed(line, cuts), crossed_by_words(line, cuts)) < 2
        )
        if 2 * whole <= len(sample[:8]):
            return None, index, True

        def crosses_cuts(line: LaidLine) -> int:
            found = crossed(line, cuts)
            if found and len(line.pieces) > 1:
                return min(found, crossed_by_words(line, cuts))
            return found

        body, behind, ended = self._lines_below(at, crosses_cuts, table.header)
        if not body:
            return None, index, True
        cuts, absent = cuts_like(table.cuts, table.extent, body, table.numbered)
        if not absent:
            table.cuts, table.extent = cuts, extent_of(body)
        return (body, cuts), behind, ended

    def _repeated_header(
        self, index: int, table: LaidTable
    ) -> tuple[list[LaidLine], list[Head]] | None:
        """The table's own header at the top of a page, also with its lines broken otherwise."""
        for at in range(index, min(index + _HEAD_LINES_ABOVE, len(self.spans))):
            line = self.line(at)
            if line is None or not may_head(line):
                continue
            found = self._header_lines(at, index)
            if found is None or found[0][0].number != index:
                continue
            best: tuple[int, list[LaidLine], list[Head]] | None = None
            for count in range(1, len(found[0]) + 1):
                header = found[0][:count]
                rough = gather_heads(header)
                body, _, _ = self._lines_below(
                    header[-1].number + 1, crossing(rough), header, _ENOUGH
                )
                heads = split_heads(rough, header, body)
                same = table.same_heads(heads, header) if len(heads) == len(table.heads) else 0
                if 2 * same > len(heads) and (best is None or same > best[0]):
                    best = (same, header, heads)
            if best is not None:
                return best[1], best[2]
        return None

    def _sample(self, index: int) -> list[LaidLine]:
        """The lines with several pieces from ``index`` to the page's end or the first text."""
        made: list[LaidLine] = []
        alone = 0
        at = index
        while at < len(self.spans) and alone < _SPANNING_LINES and len(made) < 80:
            if at > index and self._breaks_page(at):
                break
            line = self.line(at)
            at += 1
            if line is None:
                continue
            if is_frame(line):
                break
            if len(line.pieces) > 1:
                made.append(line)
                alone = 0
            elif len(line.text) - line.left > 60:
                alone += 1
        return made
