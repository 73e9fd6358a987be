"""How a table was copied, and its laid lines as rows and cells.

A blank line more than usual parts rows in one copy and stands for an empty cell in another: both
readings are laid out, and the one that costs less is taken.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from extract.cells import Cell, Row
from extract.column_heads import BODY_ROLES
from extract.copied_rows import KEPT, OFTEN, CopiedHabits, CopiedLine
from extract.layout_lines import BULLET, LABEL, starts_small
from extract.markup import clean
from normalize.fragment import Fragment, empty, seamed

_BODIES = "ô chủ trì và ô phối hợp có nhiều dòng, ranh giới giữa hai ô xếp theo nội dung"
_LINES = "ô có nhiều dòng, ranh giới giữa các ô xếp theo nội dung"
_LINE = re.compile(r"[^\n]+")
_NUMBER = re.compile(r"(?:\d{1,3}(?:\.\d{1,2})*|[IVX]{1,5}|[A-Za-zĐđ])\s?[.)]?$")
_SHIFTED = "ô trống bị mất khi sao chép, các ô được xếp lại theo nội dung"


class RawLine(msgspec.Struct, frozen=True, gc=False):
    """A line below the header, the blank lines before it, whether a page ends before it."""

    text: str
    start: int
    end: int
    blanks: int
    page: bool


def readings(
    raw: Sequence[RawLine], roles: tuple[str, ...]
) -> list[tuple[list[CopiedLine], CopiedHabits]]:
    """The lines to be laid out, once for each thing that blank lines may mean in this table.

    A blank line more than usual parts rows, or is an empty cell.
    """
    usual = Counter(line.blanks for line in raw[1:]).most_common(1)
    base = usual[0][0] if usual else 0
    raw = _joined(raw) if base else raw
    more = [i for i, line in enumerate(raw) if i and line.blanks > base and not line.page]
    kept = any(not line.text for line in raw)
    full = [line.text for line in raw if line.text]
    small = sum(1 for text in full if starts_small(text))
    wrapped = 5 * small > len(full) and "unit" not in roles
    made: list[tuple[list[CopiedLine], CopiedHabits]] = []
    apart = frozenset(more)
    lines = [
        CopiedLine(line.text, line.start, line.end, index in apart or not index, line.page)
        for index, line in enumerate(raw)
    ]
    made.append((lines, CopiedHabits(roles, KEPT if kept else OFTEN, bool(more), wrapped)))
    if more and not kept:
        lines = []
        for index, line in enumerate(raw):
            extra = max(0, line.blanks - base) if index and not line.page else 0
            lines += [CopiedLine("", line.start, line.start)] * extra
            lines.append(CopiedLine(line.text, line.start, line.end, False, line.page))
        made.append((lines, CopiedHabits(roles, KEPT, False, wrapped)))
    return made


def _joined(raw: Sequence[RawLine]) -> list[RawLine]:
    """Where blank lines part the cells, a line directly below another goes on with its cell."""
    made: list[RawLine] = []
    for line in raw:
        last = made[-1] if made else None
        apart = line.blanks or line.page or not line.text
        if last is None or apart or not last.text or _NUMBER.match(last.text) is not None:
            made.append(line)
        else:
            text = f"{last.text} {line.text}"
            made[-1] = RawLine(text, last.start, line.end, last.blanks, last.page)
    return made


def table_rows(
    view: str,
    lines: Sequence[CopiedLine],
    laid: Sequence[tuple[int, bool]],
    width: int,
    habits: CopiedHabits,
) -> list[Row]:
    made: list[Row] = []
    page = 0
    cells: list[list[CopiedLine]] = [[] for _ in range(width)]
    own: list[CopiedLine] = []
    own_page = 0
    for line, (column, opens) in zip(lines, laid, strict=True):
        page += line.page
        if opens and own:
            made.append(_row(view, cells, own, own_page, habits))
            cells = [[] for _ in range(width)]
            own = []
        if not own:
            own_page = page
        if line.text:
            cells[column].append(line)
        own.append(line)
    if own:
        made.append(_row(view, cells, own, own_page, habits))
    return [row for row in made if any(cell.words.text for cell in row.cells)]


def _row(
    view: str,
    cells: Sequence[Sequence[CopiedLine]],
    own: Sequence[CopiedLine],
    page: int,
    habits: CopiedHabits,
) -> Row:
    full = [line for line in own if line.text]
    start = full[0].start if full else own[0].start
    end = full[-1].end if full else own[-1].end
    made = tuple(Cell(_words(view, lines) if lines else empty(start)) for lines in cells)
    filled = [index for index, lines in enumerate(cells) if lines]
    shift = ""
    if habits.lost < KEPT and _lost_inside(filled, habits):
        shift = _SHIFTED
    elif _bodies_run_on(cells, habits):
        shift = _BODIES
    elif habits.lost < KEPT and any(_runs_on(lines) for lines in cells):
        shift = _LINES
    return Row(made, start, end, page, shift)


def _lost_inside(filled: Sequence[int], habits: CopiedHabits) -> bool:
    """Empty cells were lost between others, so that where these stand was told by their words."""
    if len(filled) < 3:
        return False
    return any(
        index not in filled and habits.roles[index] not in ("area", "number")
        for index in range(filled[0], filled[-1] if habits.parted else len(habits.roles))
    )


def _bodies_run_on(cells: Sequence[Sequence[CopiedLine]], habits: CopiedHabits) -> bool:
    """Lines of a lead and of partners one below the other: nothing tells where the lead ends."""
    roles = habits.roles
    return any(
        left in BODY_ROLES and right in BODY_ROLES and len(cells[i]) + len(cells[i + 1]) > 2
        for i, (left, right) in enumerate(itertools.pairwise(roles))
    )


def _runs_on(lines: Sequence[CopiedLine]) -> bool:
    """A cell of several lines that no bullet or label parts: the second may be another cell's."""
    return any(
        BULLET.match(line.text) is None and LABEL.match(line.text) is None for line in lines[1:]
    )


def _words(view: str, lines: Sequence[CopiedLine]) -> Fragment:
    """The lines of one cell: a paragraph each, but for a line that goes on with a small letter."""
    spans = [span for line in lines for span in _spans(view, line)]
    seams = [" " if starts_small(view[start:end].strip()) else "\n" for start, end in spans[1:]]
    return seamed([clean(view, start, end) for start, end in spans], seams)


def _spans(view: str, line: CopiedLine) -> list[tuple[int, int]]:
    """The lines that were joined to one."""
    return [found.span() for found in _LINE.finditer(view, line.start, line.end)]
