"""The pages of one laid-out table, put together into rows and cells."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import msgspec

from extract.align import opens
from extract.cells import Cell, Row, TableBlock
from extract.column_heads import BODY_ROLES, Column, role_of
from extract.columns import read_columns
from extract.layout_cells import Grid, grid_of, only_columns
from extract.layout_columns import Head, head_words
from extract.layout_counts import counted_columns, take_crosses
from extract.layout_freed import free_words
from extract.layout_lines import (
    BULLET,
    LABEL,
    ORDINAL,
    LaidLine,
    Range,
    advance,
    begins_paragraph,
    breaks_early,
    is_cut,
    leaves_open,
    opens_item,
    wrap_seam,
)
from extract.layout_match import Dealt, match
from extract.layout_rows import LineCells, Parted, RowHabits, begins_row, opens_row, part_rows
from extract.markup import clean
from normalize.fragment import Fragment, empty, join, seamed
from normalize.patterns import pattern

_RANGE = pattern(r"[-–] ?\d")
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


class LaidPage(msgspec.Struct):
    """One page's part of a table: its lines and its columns."""

    lines: list[LaidLine]
    grid: Grid


class LaidTable:
    """The pages of one table, put together into its block."""

    def __init__(self, view: str, header: list[LaidLine], heads: list[Head]) -> None:
        self.view = view
        self.header = header
        self.heads = heads
        self.pages: list[LaidPage] = []
        # Cuts and range of letters of the last page on which the first column has words.
        self.cuts: list[int] = []
        self.extent: Range = (0, 0)
        first = role_of(head_words(heads[0], header))
        self.numbered = first is not None and first[0] == "number"

    def add(self, lines: list[LaidLine], cuts: list[int]) -> None:
        """One more page."""
        if lines or not self.pages:
            self.pages.append(LaidPage(lines, grid_of(lines, cuts, self.numbered)))

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
        roles = [column.role for column in columns] or [""] * len(self.heads)
        matched = []
        places: Sequence[int] = ()
        for page in self.pages:
            matched.append(self._matched(page, roles, places))
            places = matched[-1][2]
        dealt = [cells for cells, _, _ in matched]
        for page, cells in zip(self.pages, dealt, strict=True):
            free_words(page.lines, cells, roles)
        habits = self._habits(columns, dealt)
        gap = 0
        last: tuple[str, ...] = ()
        texts = [
            [_line_cells(line, own) for line, own in zip(page.lines, cells, strict=True)]
            for page, cells in zip(self.pages, dealt, strict=True)
        ]
        begun = 0
        for index, (page, cells, lines) in enumerate(zip(self.pages, dealt, texts, strict=True)):
            further = texts[index + 1] if index + 1 < len(texts) else []
            own = msgspec.structs.replace(habits, widths=_widths(lines, len(self.heads)))
            cut = any(leaves_open(text) for text in last)
            parted = part_rows(lines, own, cut, opens_row(further[:1], habits))
            last = _last_texts(_of_row(lines, parted[-1])) if parted else last
            gap += bool(index)
            ahead = len(parted) > 1 and begins_row(_of_row(lines, parted[-1]), further, habits)
            for one in parted[: len(parted) - ahead]:
                low, high = one.low, one.high
                gap += not habits.gaps and low > 0 and page.lines[low].gap
                row_lines, row_cells = page.lines[low:high], cells[low:high]
                if not low and begun:
                    before = self.pages[index - 1].lines[-begun:]
                    row_lines, row_cells = before + row_lines, dealt[index - 1][-begun:] + row_cells
                whole = (low > 0 or not index) and (high < len(lines) or not further)
                row = self._row(row_lines, row_cells, own.widths, habits, gap, whole)
                touching = any(matched[index][1][low:high])
                joined = not low and begun > 0
                rows.append(
                    msgspec.structs.replace(
                        row, joined=joined, touching=touching, doubtful=one.doubtful
                    )
                )
            begun = parted[-1].high - parted[-1].low if ahead else 0
        if len(rows) < 2:
            return None
        return TableBlock(tuple(rows), rows[0].start, rows[-1].end, "layout")

    def _matched(
        self, page: LaidPage, roles: Sequence[str], places: Sequence[int]
    ) -> tuple[list[Dealt], list[bool], list[int]]:
        """The page's words by column; crosses stand below the numbers of their heads."""
        counted = counted_columns(self.heads, self.header)
        taken = [take_crosses(line, counted) for line in page.lines] if counted else []
        known = [one for one in taken if one is not None]
        lines = [line for line, _ in known if line is not None]
        if not counted or len(known) < len(taken) or not lines:
            return match(page.lines, page.grid, roles, places if not counted else ())
        kept = [column for column in range(len(self.heads)) if column not in counted]
        grid = only_columns(page.grid, kept)
        found, doubts, _ = match(lines, grid, [roles[column] for column in kept])
        rest = iter(zip(found, doubts, strict=True))
        dealt: list[Dealt] = []
        unsure: list[bool] = []
        for line, crosses in known:
            (cells, spans), doubt = next(rest) if line is not None else (([], False), False)
            own: list[Range | None] = [crosses.get(at) for at in range(len(self.heads))]
            for column, cell in zip(kept, cells, strict=False):
                own[column] = cell
            dealt.append((own, spans))
            unsure.append(doubt)
        return dealt, unsure, []

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
            times=frozenset(i for i, role in enumerate(roles) if role == "schedule"),
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
        whole: bool,
    ) -> Row:
        """One row, ``whole`` where no page's end can have cut it."""
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
            words = empty(lines[0].at)
            if parts:
                bodies, schedule = column in habits.bodies, column in habits.times
                words = self._cell(parts, width, tasks, bodies, schedule, whole)
            made.append(Cell(words))
        start = lines[0].at + lines[0].left
        return Row(tuple(made), start, lines[-1].at + len(lines[-1].text), page)

    def _cell(
        self,
        parts: Sequence[tuple[LaidLine, Range]],
        width: float,
        tasks: int,
        bodies: bool,
        schedule: bool,
        whole: bool,
    ) -> Fragment:
        """The lines of one cell: wrapped ones joined, a paragraph or bullet on its own line.

        ``tasks`` is the number of tasks in the row: where just as many lines open like a cell
        (of ``bodies``, or of anything), each is one task's.
        """
        texts = [line.words(span) for line, span in parts]
        openings: frozenset[int] = frozenset()
        if 1 < tasks <= len(texts):
            openings = _openings(texts, tasks, bodies, width, whole)
        seams: list[str] = []
        for index, (above, below) in enumerate(itertools.pairwise(texts), 1):
            if openings and whole:
                seams.append("\n" if index in openings else wrap_seam(above, below))
                continue
            seam = "\n" if index in openings else line_seam(above, below, width)
            if seam == "\n" and BULLET.match(texts[0]) is None and goes_to(above, below):
                seam = " "
            if schedule and seam == " " and _names_time(texts, index):
                seam = "\n"
            if bodies and seam == " " and _names_body(above, below, width):
                seam = "\n"
            seams.append(seam)
        view = self.view
        return seamed(
            [clean(view, line.at + low, line.at + high) for line, (low, high) in parts], seams
        )


def _openings(
    texts: Sequence[str], count: int, bodies: bool, width: float, whole: bool
) -> frozenset[int]:
    """The lines of a cell that open one of ``count`` parts; none where the count does not tell.

    ``whole``: no page's end cuts the row.

    A line may open a part by its capital or figure, by a body's name, by the short line before it;
    a run of bullets may be one part or several.
    """
    found = [index for index, text in enumerate(texts) if _may_open(texts, index)]
    plain = [index for index in found if BULLET.match(texts[index]) is None]
    ways = [[i for i in plain if bodies and "bodies" in opens(texts[i])], plain]
    if whole:
        sure = [i for i in plain if not i or _surely_opens(texts, i, width)]
        ways.append(sure)
        if sure == plain:
            ways.append([i for n, i in enumerate(found) if i in sure or found[n - 1] in sure])
            ways.append(found)
    return frozenset(next((way for way in ways if len(way) == count and 0 in way), ()))


def _surely_opens(texts: Sequence[str], index: int, width: float) -> bool:
    """A time's first words, or a line behind one that was not full."""
    words = " ".join(texts[index : index + 2])
    return "time" in opens(words) or begins_paragraph(texts[index - 1], texts[index], width)


def _may_open(texts: Sequence[str], index: int) -> bool:
    text = texts[index]
    if index and leaves_open(texts[index - 1]):
        return False
    if text[0].isdigit():
        # "Tháng" / "12/2021": the figure goes on with the word before it.
        return not index or not texts[index - 1][-1].isalpha()
    return text[0].isupper() or BULLET.match(text) is not None


def _names_body(before: str, after: str, width: float) -> bool:
    """Another body's name, though it begins with a small letter ("các sở, ban, ngành")."""
    return (
        "bodies" in opens(after) and not leaves_open(before) and breaks_early(before, after, width)
    )


def _names_time(texts: Sequence[str], index: int) -> bool:
    """A further time: inside of one no word begins with a capital ("Quý I" / "Thường xuyên")."""
    after = " ".join(texts[index : index + 2])
    return after[0].isupper() and "time" in opens(after) and not leaves_open(texts[index - 1])


def _of_row(lines: Sequence[LineCells], row: Parted) -> Sequence[LineCells]:
    return lines[row.low : row.high]


def _last_texts(lines: Sequence[LineCells]) -> tuple[str, ...]:
    """The last words of each column of a row."""
    found = [""] * len(lines[0].texts)
    for line in lines:
        for index, text in enumerate(line.texts):
            found[index] = text or found[index]
    return tuple(found)


def goes_to(before: str, after: str) -> bool:
    """ "Giai đoạn 2022" / "- 2025": the dash of a range, no bullet."""
    return _RANGE.match(after) is not None and before[-1:].isdigit()


def line_seam(before: str, after: str, width: float) -> str:
    """What stands between two lines of a cell: a paragraph's end, a blank, nothing in a symbol."""
    if opens_item(after) and not is_cut(before):
        return "\n"
    if not wrap_seam(before, after):
        return ""
    if begins_paragraph(before, after, width):
        return "\n"
    return " "


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
