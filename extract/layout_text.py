"""Tables of a text as laid out: columns made of blanks, cells over several lines.

``pdftotext -layout`` and printers of plain text write such tables. One is found by its header;
its columns are read off the blanks that its lines share, page by page, and its rows off the
habits of its cells. What comes out are rows and cells as of any other table.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

import msgspec

from extract.align import opens
from extract.cells import Cell, Row, TableBlock
from extract.columns import BODY_ROLES, Column, read_columns, role_of
from extract.frame import is_capital, line_kind
from extract.layout_columns import (
    Grid,
    Head,
    column_of,
    cuts_below,
    cuts_like,
    deal,
    gather_heads,
    grid_of,
    head_words,
    ink_profile,
    split_heads,
)
from extract.layout_lines import (
    LABEL,
    ORDINAL,
    LaidLine,
    Range,
    advance,
    begins_paragraph,
    breaks_early,
    ends_open,
    lay_line,
    leaves_open,
    opens_item,
    starts_small,
)
from extract.layout_rows import LineCells, RowHabits, part_rows
from extract.markup import clean
from normalize.fragment import Fragment, empty, join
from normalize.patterns import pattern

_WIDE = pattern(r"[^\s|] {2,}(?=[^\s|])")
_MARKED = pattern(r"[\t|]|<[/!\p{L}]")
_CUT_SYMBOL = pattern(r"[\p{L}\p{N}][-/]\Z")
_SECTION = pattern(
    r"(?i:phần|chương|mục|điều|phụ\s+lục|biểu\s+số|danh\s+mục)\s+(?:[IVXLC]{1,6}|\d{1,3}|[A-ZĐ])(?:[.:\s]|$)"
)
_NOT_HERE = frozenset(
    ("nation", "motto", "recipients", "authority", "appendix", "caption", "symbol", "dateline")
)
_AMOUNT_BEHIND = pattern(r"(?<=\p{L}) \d{1,3}(?:[.,]\d{1,3})*\Z")
_MONTH = pattern(r"\d{1,2}/(?:19|20)\d\d")
_COLUMN_NUMBERS = pattern(r"[\s()\d=+A-G]*")
_NO_HEAD = pattern(r"[:;](?![^()]*\))|[,.]$")
_CAPITAL_ROLES = frozenset(
    (
        *BODY_ROLES,
        "task",
        "indicator",
        "deliverables",
        "schedule",
        "area",
        "approver",
        "funding_source",
    )
)
_HEAD_LINES_ABOVE = 5
_HEAD_LINES = 9
_HEAD_WORDS = 16
_SPANNING_LINES = 4


class _Page(msgspec.Struct):
    """One page's part of a table: its lines and its columns."""

    lines: list[LaidLine]
    grid: Grid


def layout_tables(
    view: str, spans: Sequence[Range], is_page_number: Callable[[str], bool]
) -> dict[int, tuple[TableBlock, int]]:
    """For each line that opens a laid-out table: its block and the line behind it.

    ``spans`` are the lines of the view in order, without their line ends.
    """
    if not spans or _WIDE.search(view, spans[0][0], spans[-1][1]) is None:
        return {}
    return _Finder(view, spans, is_page_number).find()


class _Finder:
    """Looks for headers from top to bottom and reads the table below each."""

    def __init__(
        self, view: str, spans: Sequence[Range], is_page_number: Callable[[str], bool]
    ) -> None:
        self.view = view
        self.spans = spans
        self.is_page_number = is_page_number
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
        if not self.is_page_number(text) or _MONTH.fullmatch(text.strip()) is not None:
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
        if core is None or not _may_head(core):
            return None
        found = self._header_lines(index, done)
        if found is None:
            return None
        header, rough = found
        body, behind, ended = self._lines_below(header[-1].number + 1, _crossing(rough), header)
        if not body:
            return None
        heads = split_heads(rough, header, body)
        if not _is_header(heads, header, body):
            return None
        table = _Table(self.view, header, heads)
        table.cuts = table.cuts_of_heads(heads, body)
        table.left = min(line.left for line in (*header, *body))
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
        known = _known(gather_heads(lines), lines)
        at = index
        while at > done and len(lines) < _HEAD_LINES_ABOVE and not lines[0].gap:
            above = None if self._breaks_page(at) else self.line(at - 1)
            if above is None or not _completes(above, lines):
                break
            longer = [above, *lines]
            reached = _known(gather_heads(longer), longer)
            if reached < known:
                break
            lines, known, at = longer, reached, at - 1
        at = index + 1
        while at < len(self.spans) and len(lines) < _HEAD_LINES and not self._breaks_page(at):
            below = self.line(at)
            if below is None or below.gap or not _continues(below, lines):
                break
            longer = [*lines, below]
            reached = _known(gather_heads(longer), longer)
            if reached < known:
                break
            lines, known, at = longer, reached, at + 1
        heads = gather_heads(lines)
        return (lines, heads) if known >= 1 and len(heads) > 1 else None

    def _breaks_page(self, index: int) -> bool:
        start, end = self.spans[index]
        return self.view.startswith("\f", start) and start < end

    # --- the lines below ------------------------------------------------------------------------

    def _lines_below(
        self, index: int, crosses: Callable[[LaidLine], int], header: Sequence[LaidLine]
    ) -> tuple[list[LaidLine], int, bool]:
        """The table's lines from ``index`` to the page's end, the line behind, is it the end.

        ``crosses`` counts the column edges that a line's words cover. A line that covers some and
        stands alone is a group row if lines with cells follow soon, else text behind the table.
        """
        vocabulary = frozenset(word for line in header for word in line.text.split())
        body: list[LaidLine] = []
        behind = index
        waiting: list[LaidLine] = []
        first = True
        while index < len(self.spans):
            if not first and self._breaks_page(index):
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
            if len(line.pieces) > 1 and _only_heads(line, vocabulary) and _may_head(line):
                while body and _only_heads(body[-1], vocabulary):
                    index = body.pop().number
                return body, index, False
            if _is_frame(line) or len(waiting) > _SPANNING_LINES:
                return body, behind, True
            index += 1
            if _stands_alone(line, crosses(line), header):
                if _SECTION.match(line.words(line.pieces[0])) is not None:
                    return body, behind, True
                waiting.append(line)
                continue
            if waiting and len(line.pieces) < 2:
                waiting.append(line)
                continue
            body += [*waiting, line]
            waiting = []
            behind = index
        if index >= len(self.spans) or waiting:
            return body, behind, True
        return body, index, False

    def _next_page(
        self, index: int, table: _Table
    ) -> tuple[tuple[list[LaidLine], list[int]] | None, int, bool]:
        """The table's lines on the page that begins at ``index`` and their cuts, if it goes on."""
        at = index
        while at < len(self.spans) and self.line(at) is None:
            if _MARKED.search(self.view, *self.spans[at]) is not None:
                return None, index, True
            at += 1
        first = self.line(at) if at < len(self.spans) else None
        if first is None or _is_frame(first):
            return None, index, True
        repeated = self._repeated_header(at, table)
        if repeated is not None:
            header, heads = repeated
            body, behind, ended = self._lines_below(header[-1].number + 1, _crossing(heads), header)
            if not body:
                return ([], table.cuts), max(behind, header[-1].number + 1), ended
            table.cuts = table.cuts_of_heads(heads, body)
            table.left = min(line.left for line in (*header, *body))
            return (body, table.cuts), behind, ended
        sample = self._sample(at)
        if not sample:
            return None, index, True
        cuts, _ = cuts_like(table.cuts, table.left, sample, table.numbered)
        whole = sum(1 for line in sample[:8] if _crossed(line, cuts) < 2)
        if 2 * whole <= len(sample[:8]):
            return None, index, True

        def crosses(line: LaidLine) -> int:
            return _crossed(line, cuts)

        body, behind, ended = self._lines_below(at, crosses, table.header)
        if not body:
            return None, index, True
        cuts, absent = cuts_like(table.cuts, table.left, body, table.numbered)
        if not absent:
            table.cuts, table.left = cuts, min(line.left for line in body)
        return (body, cuts), behind, ended

    def _repeated_header(
        self, index: int, table: _Table
    ) -> tuple[list[LaidLine], list[Head]] | None:
        """The table's own header at the top of a page, also with its lines broken otherwise."""
        for at in range(index, min(index + _HEAD_LINES_ABOVE, len(self.spans))):
            line = self.line(at)
            if line is None or not _may_head(line):
                continue
            found = self._header_lines(at, index)
            if found is None or found[0][0].number != index:
                continue
            best: tuple[int, list[LaidLine], list[Head]] | None = None
            for count in range(1, len(found[0]) + 1):
                header = found[0][:count]
                rough = gather_heads(header)
                body, _, _ = self._lines_below(header[-1].number + 1, _crossing(rough), header)
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
            if _is_frame(line):
                break
            if len(line.pieces) > 1:
                made.append(line)
                alone = 0
            elif len(line.text) - line.left > 60:
                alone += 1
        return made


def _may_head(line: LaidLine) -> bool:
    """Two pieces at least, all short, one of them a known head."""
    if len(line.pieces) < 2 or any(high - low > 70 for low, high in line.pieces):
        return False
    return any(
        high - low < 50 and role_of(line.words((low, high))) is not None
        for low, high in line.pieces
    ) and not _is_frame(line)


def _only_heads(line: LaidLine, vocabulary: frozenset[str]) -> bool:
    """All words of the line are words of the table's header."""
    return vocabulary.issuperset(line.text.split())


def _known(heads: Sequence[Head], lines: Sequence[LaidLine]) -> int:
    """How many heads the lexicon knows; too long a head is none."""
    words = [head_words(head, lines) for head in heads]
    return sum(1 for one in words if len(one.split()) <= _HEAD_WORDS and role_of(one))


def _completes(above: LaidLine, lines: Sequence[LaidLine]) -> bool:
    """A line above the header's lines belongs to it: short pieces that they take up."""
    left = min(line.left for line in lines)
    if _is_frame(above) or above.text.rstrip().endswith((")", ":", ".")):
        return False
    for low, high in above.pieces:
        if high - low > 40 or high <= left or opens_item(above.words((low, high))):
            return False
        below = [
            line.words(piece)
            for line in lines
            for piece in line.pieces
            if piece[0] < high and low < piece[1]
        ]
        words = above.words((low, high))
        taken_up = bool(below) and (starts_small(below[0]) or below[0][0] == "(")
        if not taken_up and role_of(words) is None:
            return False
    return True


def _continues(below: LaidLine, lines: Sequence[LaidLine]) -> bool:
    """A line below the header's lines goes on with their heads and begins no row."""
    first = below.words(below.pieces[0])
    if _COLUMN_NUMBERS.fullmatch(below.text):
        return False
    if (ORDINAL.fullmatch(first) and len(first) > 1) or first.isdigit():
        return False
    heads = gather_heads(lines)
    for low, high in below.pieces:
        words = below.words((low, high))
        above = [head for head in heads if head.start < high and low < head.end]
        if LABEL.match(words) or len(words) > 40 or len(above) > 1:
            return False
        known = role_of(words) is not None
        if not above:
            if not known:
                return False
            continue
        whole = head_words(above[0], lines)
        goes_on = starts_small(words) or words[0] == "(" or (words.isupper() and whole.isupper())
        if not goes_on and not known and not (len(words) < 8 and words.isupper()):
            return False
    return True


def _crossing(heads: Sequence[Head]) -> Callable[[LaidLine], int]:
    """Counts the gaps between neighbouring heads that one piece of a line covers."""

    def crosses(line: LaidLine) -> int:
        return sum(
            1
            for left, right in itertools.pairwise(heads)
            if any(
                low < left.end - min(2, (left.end - left.start) // 2) and high > right.start + 2
                for low, high in line.pieces
            )
        )

    return crosses


def _crossed(line: LaidLine, cuts: Sequence[int]) -> int:
    """The cuts that a line's words cover."""
    return sum(
        1 for cut in cuts if any(low < cut - 1 and high > cut + 2 for low, high in line.pieces)
    )


def _is_frame(line: LaidLine) -> bool:
    """A line of a letterhead, a signature or an appendix's head: one piece, or two columns."""
    return len(line.pieces) < 3 and any(
        line.text[low].isupper() and line_kind(line.words((low, high))) in _NOT_HERE
        for low, high in line.pieces
    )


def _stands_alone(line: LaidLine, crossed: int, header: Sequence[LaidLine]) -> bool:
    """Text over column edges with next to nothing beside it, or words left of all columns."""
    if len(line.pieces) == 1:
        left = min(one.left for one in header)
        if crossed or line.pieces[0][1] <= left:
            return True
        words = line.words(line.pieces[0])
        label = LABEL.match(words)
        heading = label is not None and words[0].isupper() and is_capital(words[label.end() :])
        return heading or _SECTION.match(words) is not None
    if len(line.pieces) == 2:
        return crossed > 1 or (crossed == 1 and not ORDINAL.fullmatch(line.words(line.pieces[0])))
    return 2 * crossed > len(line.pieces)


def _is_header(heads: Sequence[Head], lines: Sequence[LaidLine], body: Sequence[LaidLine]) -> bool:
    """Three columns at least; most are known heads, or the first counts the rows below."""
    words = [head_words(head, lines) for head in heads]
    if len(heads) < 3 or any(
        len(one.split()) > _HEAD_WORDS or _NO_HEAD.search(one) is not None for one in words
    ):
        return False
    roles = [role_of(one) for one in words]
    known = [role for role in roles if role]
    if 5 * len(known) >= 3 * len(heads) and len({role[0] for role in known}) > 1:
        return any(role[1] >= 7 for role in known)
    return (
        roles[0] is not None
        and roles[0][0] == "number"
        and any(
            len(line.pieces) > 1 and ORDINAL.fullmatch(line.words(line.pieces[0]))
            for line in body[:6]
        )
    )


# --- one table ------------------------------------------------------------------------------------


class _Table:
    """The pages of one table, put together into its block."""

    def __init__(self, view: str, header: list[LaidLine], heads: list[Head]) -> None:
        self.view = view
        self.header = header
        self.heads = heads
        self.pages: list[_Page] = []
        # Cuts and first column of the last page on which the first column has words.
        self.cuts: list[int] = []
        self.left = 0
        first = role_of(head_words(heads[0], header))
        self.numbered = first is not None and first[0] == "number"

    def cuts_of_heads(self, heads: Sequence[Head], body: Sequence[LaidLine]) -> list[int]:
        """The cuts of a page with a header."""
        crosses = _crossing(heads)
        return cuts_below(heads, ink_profile([line for line in body if not crosses(line)] or body))

    def add(self, lines: list[LaidLine], cuts: list[int]) -> None:
        """One more page."""
        if lines or not self.pages:
            self.pages.append(_Page(lines, grid_of(lines, cuts, self.numbered)))

    def same_heads(self, heads: Sequence[Head], lines: Sequence[LaidLine]) -> int:
        """How many heads have the words of this table's own."""
        own = [head_words(head, self.header).casefold() for head in self.heads]
        other = [head_words(head, lines).casefold() for head in heads]
        return sum(a == b for a, b in zip(own, other, strict=True))

    def block(self) -> TableBlock | None:
        """Header rows and body rows."""
        rows = self._header_rows()
        found = read_columns(rows)
        columns = found[0] if found is not None else ()
        dealt = [_dealt(page) for page in self.pages]
        habits = self._habits(columns, dealt)
        gap = 0
        last: tuple[str, ...] = ()
        for index, (page, cells) in enumerate(zip(self.pages, dealt, strict=True)):
            _free_amounts(page.lines, cells, columns)
            lines = [_line_cells(line, own) for line, own in zip(page.lines, cells, strict=True)]
            widths = _widths(lines, len(self.heads))
            cut = any(leaves_open(text) for text in last)
            parted = part_rows(lines, msgspec.structs.replace(habits, widths=widths), cut)
            last = _last_texts(lines[slice(*parted[-1])]) if parted else last
            gap += bool(index)
            for low, high in parted:
                gap += not habits.gaps and low > 0 and page.lines[low].gap
                rows.append(self._row(page.lines[low:high], cells[low:high], widths, habits, gap))
        if len(rows) < 2:
            return None
        return TableBlock(tuple(rows), rows[0].start, rows[-1].end, "layout")

    def _header_rows(self) -> list[Row]:
        """One row; two where a head is shared by the columns below it."""
        shared = [
            part
            for left, right in zip(self.heads, self.heads[1:], strict=False)
            for part in left.parts
            if part in right.parts
        ]
        start, end = self._span(self.header[0]).start, self._span(self.header[-1]).end
        if not shared:
            cells = [Cell(self._words(head.parts)) for head in self.heads]
            return [Row(tuple(cells), start, end)]
        upper: list[Cell] = []
        lower: list[Cell] = []
        for index, head in enumerate(self.heads):
            group = tuple(part for part in head.parts if part in shared)
            if not group:
                upper.append(Cell(self._words(head.parts)))
                lower.append(Cell(upper[-1].words, "down"))
                continue
            before = self.heads[index - 1].parts if index else ()
            upper.append(Cell(self._words(group), "right" if group[0] in before else ""))
            lower.append(Cell(self._words([part for part in head.parts if part not in shared])))
        return [Row(tuple(upper), start, end), Row(tuple(lower), start, end)]

    def _span(self, line: LaidLine) -> Fragment:
        return clean(self.view, line.at, line.at + len(line.text))

    def _words(self, parts: Sequence[tuple[int, Range]]) -> Fragment:
        pieces = [
            clean(self.view, self.header[i].at + low, self.header[i].at + high)
            for i, (low, high) in parts
        ]
        glued = "".join(piece.text for piece in pieces)
        return join(pieces, "" if glued.lower() in ("tt", "stt") else " ")

    def _habits(
        self, columns: Sequence[Column], dealt: Sequence[Sequence[tuple[list[Range | None], bool]]]
    ) -> RowHabits:
        """What parts this table's rows: numbers, labels or blank lines."""
        roles = [column.role for column in columns]
        number = roles.index("number") if "number" in roles else None
        if number is None and self.numbered:
            number = 0
        task = roles.index("task") if "task" in roles else None
        numbers = labels = gaps = lines = 0
        for page, cells in zip(self.pages, dealt, strict=True):
            for line, (own, _) in zip(page.lines, cells, strict=True):
                lines += 1
                gaps += line.gap
                if number is not None and (span := own[number]) is not None:
                    numbers += ORDINAL.fullmatch(line.words(span)) is not None
                if task is not None and (span := own[task]) is not None:
                    labels += LABEL.match(line.words(span)) is not None
        loose = {i for i, role in enumerate(roles) if role == "area" and (task is None or i < task)}
        by_label = labels > numbers
        if by_label and number is not None and loose:
            loose.add(number)
        rows = max(numbers, labels)
        return RowHabits(
            widths=(),
            number=number,
            task=task,
            bodies=frozenset(i for i, role in enumerate(roles) if role in BODY_ROLES),
            capital=frozenset(i for i, role in enumerate(roles) if role in _CAPITAL_ROLES),
            loose=frozenset(loose),
            numbered=not by_label and numbers > 1,
            labelled=by_label and labels > 1,
            gaps=gaps >= (0.6 * rows if rows > 1 else max(2, lines / 15)),
        )

    def _row(
        self,
        lines: Sequence[LaidLine],
        cells: Sequence[tuple[list[Range | None], bool]],
        widths: Sequence[float],
        habits: RowHabits,
        page: int,
    ) -> Row:
        made = []
        tasks = 0
        if habits.task is not None:
            tasks = sum(
                LABEL.match(line.words(span)) is not None
                for line, (own, _) in zip(lines, cells, strict=True)
                if (span := own[habits.task]) is not None
            )
        if habits.number is not None and habits.number not in habits.loose:
            tasks = max(tasks, sum(own[habits.number] is not None for own, _ in cells))
        for column, width in enumerate(widths):
            parts = [
                (line, span)
                for line, (own, _) in zip(lines, cells, strict=True)
                if (span := own[column]) is not None
            ]
            at = lines[0].at
            made.append(
                Cell(
                    self._cell(parts, width, tasks, column in habits.bodies) if parts else empty(at)
                )
            )
        start = lines[0].at + lines[0].left
        return Row(tuple(made), start, lines[-1].at + len(lines[-1].text), page)

    def _cell(
        self, parts: Sequence[tuple[LaidLine, Range]], width: float, tasks: int, bodies: bool
    ) -> Fragment:
        """The lines of one cell: wrapped ones joined, a paragraph or bullet on its own line.

        ``tasks`` is the number of tasks in the row: where just as many lines open like a cell
        (of ``bodies``, or of anything), each is one task's.
        """
        texts = [line.words(span) for line, span in parts]
        openings = _openings(texts, tasks, bodies) if 1 < tasks < len(texts) + 1 else frozenset()
        whole = clean(self.view, parts[0][0].at + parts[0][1][0], parts[0][0].at + parts[0][1][1])
        for index, (line, (low, high)) in enumerate(parts[1:], 1):
            seam = "\n" if index in openings else line_seam(texts[index - 1], texts[index], width)
            if bodies and seam == " " and _names_body(texts[index - 1], texts[index], width):
                seam = "\n"
            whole = join([whole, clean(self.view, line.at + low, line.at + high)], seam)
        return whole


def _openings(texts: Sequence[str], count: int, bodies: bool) -> frozenset[int]:
    """The lines of a cell that open one of ``count`` parts; none where the count does not tell."""
    found = [
        index
        for index, text in enumerate(texts)
        if (text[0].isupper() or text[0].isdigit())
        and not (index and leaves_open(texts[index - 1]))
    ]
    named = [index for index in found if "bodies" in opens(texts[index])]
    if bodies and len(named) == count:
        return frozenset(named)
    return frozenset(found if len(found) == count else ())


def _names_body(before: str, after: str, width: float) -> bool:
    """Another body's name, though it begins with a small letter ("các sở, ban, ngành")."""
    return (
        "bodies" in opens(after) and not leaves_open(before) and breaks_early(before, after, width)
    )


def _last_texts(lines: Sequence[LineCells]) -> tuple[str, ...]:
    """The last words of each column of a row."""
    found = [""] * len(lines[0].texts)
    for line in lines:
        for index, text in enumerate(line.texts):
            found[index] = text or found[index]
    return tuple(found)


def line_seam(before: str, after: str, width: float) -> str:
    """What stands between two lines of a cell: a paragraph's end, a blank, nothing in a symbol."""
    if opens_item(after) and not ends_open(before):
        return "\n"
    if _CUT_SYMBOL.search(before) and after[:1].isalnum():
        return ""
    if begins_paragraph(before, after, width):
        return "\n"
    return " "


def _dealt(page: _Page) -> list[tuple[list[Range | None], bool]]:
    """The cells of every line of a page."""
    filled = [
        frozenset(column_of(piece, page.grid.cuts) for piece in line.pieces) for line in page.lines
    ]
    columns = range(len(page.grid.full))
    made = []
    for index, line in enumerate(page.lines):
        near: set[int] = set()
        for step in (-1, 1):
            for at in range(index + step, index + 4 * step, step):
                if not 0 <= at < len(filled) or page.lines[max(at, at - step)].gap:
                    break
                near |= filled[at]
        if _is_group_number(line.words(line.pieces[0])):
            near = set()
        made.append(deal(line, page.grid, [column in near for column in columns]))
    return made


def _free_amounts(
    lines: Sequence[LaidLine],
    dealt: Sequence[tuple[list[Range | None], bool]],
    columns: Sequence[Column],
) -> None:
    """A short amount that a printer set right behind the column before it goes where it belongs."""
    for index in range(1, len(columns)):
        if columns[index].role not in ("budget", "value") or columns[index - 1].role == "budget":
            continue
        for line, (cells, _) in zip(lines, dealt, strict=True):
            before = cells[index - 1]
            if cells[index] is not None or before is None:
                continue
            found = _AMOUNT_BEHIND.search(line.text, *before)
            if found is not None and line.text[found.end() : found.end() + 2].strip() == "":
                cells[index - 1] = (before[0], found.start())
                cells[index] = (found.start() + 1, found.end())


def _is_group_number(words: str) -> bool:
    """ "II", "A": the number of a row that spans the table more often than not."""
    return len(words) < 8 and words.strip("().").isalpha() and words.isupper()


def _line_cells(line: LaidLine, dealt: tuple[list[Range | None], bool]) -> LineCells:
    cells, spans = dealt
    texts = tuple(line.words(span) if span is not None else "" for span in cells)
    return LineCells(texts, line.gap, spans)


def _widths(lines: Sequence[LineCells], count: int) -> tuple[float, ...]:
    """How wide each column's longest line prints; a text that spans columns tells nothing."""
    widths = [0.0] * count
    for line in lines:
        if line.spans:
            continue
        for index, text in enumerate(line.texts):
            widths[index] = max(widths[index], advance(text))
    return tuple(widths)
