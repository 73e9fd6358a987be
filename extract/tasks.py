"""Task tables into raw tasks: the one place that runs a table through its repairs in order.

header → aligned rows → joined rows → areas and groups → several tasks in a row → cells by role
"""

from __future__ import annotations

from functools import cache

import msgspec

from extract.align import align
from extract.areas import AreaRow, sort_rows
from extract.cells import Row, TableBlock
from extract.column_heads import TICK, Column
from extract.column_settling import BUDGET_PART
from extract.columns import is_column_numbers, kind_of, read_columns
from extract.parts import split_row
from extract.repair import LogicalRow, Shape, join_rows, label_of, shape_of
from extract.task_drafts import Draft
from extract.task_roles import by_slash, split_roles
from normalize.findings import Note
from normalize.fragment import Fragment, join
from normalize.lexicon import entries, several
from normalize.patterns import pattern
from normalize.raw import RawTotal
from normalize.text import key

_PARENTHESES = pattern(r"\(([^()]*)\)?")
_YEAR = pattern(r"(?i)(?:năm\s+)?\b(?:19|20)\d\d\b")
# "ĐVT: triệu đồng", "(Đơn vị: nghìn đồng)" on a line above the table.
_UNIT_ABOVE = pattern(
    r"(?i)(?:đơn\s+vị(?:\s+tính)?|đ\.?v\.?t|đv\s+tính)\s*:\s*(?P<unit>[^():;,\n]{0,14}?\bđ(?:ồng)?)"
    r"\s*(?:[).]|$)"
)
_NOUGHT = pattern(r"[\s0.,–-]*")
_BEGINS = pattern(r"băt4 đâu1|khơi2 (?:đâu1|công)|^tư1\b")
_ENDS = pattern(r"^đên4\b|kêt4 thuc4")
_IS_DONE = pattern(r"hoan1 thanh1|xong1|han5")
_SAYS_WHEN = pattern(r"\d|(?i:quý|đầu năm|cuối năm|giữa năm)")
_NO_TIME = " .-–—/…"
_BARE_TIME = pattern(r"(?i)\d{1,2}\s*[/.-]\s*\d|(?:ngày|tháng|quý)\s")
_DEADLINE_HEAD = pattern(r"(?i)(?:^|\s)(?P<words>trước(?:\s+ngày)?|chậm\s+nhất(?:\s+ngày)?)\s*$")
_BARE_NUMBERS = pattern(
    r"(?:\d{1,2}|[IVX]{1,4})(?:\s*[,;&–-]\s*(?:\d{1,2}|[IVX]{1,4}))*+(?:(?<=[IVX])\s*[/-]\s*\d{4})?"
)
_UNIT_HEAD = pattern(r"(?i)(?:^|[\s(])(?P<words>tháng|quý)\)?\s*$")
_CARRIED_ROLES = (
    "lead",
    "coordinating",
    "lead_and_coordinating",
    "schedule",
    "deliverables",
    "budget",
    "funding_source",
)


class TaskTable(msgspec.Struct, frozen=True):
    """What one table block gave: drafts, totals and notes (in view offsets)."""

    drafts: list[Draft]
    totals: list[RawTotal]
    notes: list[Note]


class Header(msgspec.Struct, frozen=True):
    """A table's columns and the unit of its money where the head or a line above names it."""

    columns: tuple[Column, ...]
    kind: str
    unit: str | None
    words: str


def read_header(block: TableBlock, above: str) -> tuple[Header, int] | None:
    """The header of a block and the number of rows that it takes; ``above`` is the line before."""
    found = read_columns(list(block.rows))
    if found is None:
        return None
    columns, used = found
    words = " | ".join(column.head.flat for column in columns)
    return Header(columns, kind_of(columns), _unit_of(columns, above), words), used


def _unit_of(columns: tuple[Column, ...], above: str) -> str | None:
    for column in columns:
        if column.role in ("budget", BUDGET_PART):
            inside = _PARENTHESES.findall(column.head.text)
            for words in reversed(inside):
                if "đ" in words.lower() or "tr" in words.lower():
                    return str(words).strip()
            if "đông1" in key(column.head.text).replace("hơp5 đông1", ""):
                return column.head.flat  # "Kinh phí, triệu đồng", "Dự toán/1.000 đồng"
    found = _UNIT_ABOVE.search(above)
    return found.group("unit").strip() if found else None


def read_tasks(rows: list[Row], header: Header, view: str, table: int) -> TaskTable:
    """All tasks and totals of the body rows of a task table."""
    heads = {part.casefold() for column in header.columns for part in head_parts(column)}
    body = [row for row in rows if not _repeats(row, heads) and not is_column_numbers(row)]
    aligned = align(body, header.columns)
    printed = [row for row, _ in aligned]
    if not printed:
        note = Note("table.no_rows", header.words)
        return TaskTable([], [], [note])
    shape = shape_of(printed, header.columns)
    logical = join_rows(printed, [move for _, move in aligned], shape, view)
    _write_out_dittos(logical, shape)
    found = sort_rows(logical, shape)
    notes = [_unread(row) for row in found.unread]
    drafts: list[Draft] = []
    for area_row in found.tasks:
        drafts.extend(_drafts_of(area_row, shape, header, table))
    totals = [total for row in found.totals if (total := _total(row, shape, header, table))]
    return TaskTable(drafts, totals, notes)


_DITTO_MARKS = pattern(r"""[\s.–-]*(?:["“”″〃]|''|,,|//)[\s.–-]*""")


@cache
def _dittos() -> frozenset[str]:
    return frozenset(key(phrase) for row in entries("dittos") for phrase in several(row["phrases"]))


def _write_out_dittos(rows: list[LogicalRow], shape: Shape) -> None:
    """Cells "nt", "-nt-", "như trên", "″" take the words of the cell above them."""
    for i, column in enumerate(shape.columns):
        if column.role not in _CARRIED_ROLES:
            continue
        above: Fragment | None = None
        for row in rows:
            text = row.cells[i].text
            if not text:
                continue
            if above is not None and len(text) < 20 and _is_ditto(text):
                row.cells[i] = above
            above = row.cells[i]


def _is_ditto(text: str) -> bool:
    return _DITTO_MARKS.fullmatch(text) is not None or key(text.strip(" -–.()")) in _dittos()


def head_parts(column: Column) -> list[str]:
    """A head, and the lines of a head that took two."""
    return [column.head.text, *column.head.text.split(" / ")]


def _repeats(row: Row, heads: set[str]) -> bool:
    """A header line inside the body: most of its cells are the table's own heads."""
    texts = [cell.own for cell in row.cells if cell.own]
    known = sum(1 for text in texts if text.casefold() in heads)
    return known > 1 and 2 * known >= len(texts)


def _unread(row: LogicalRow) -> Note:
    words = " | ".join(cell.flat for cell in row.cells if cell.text)
    return Note("row.unread", words, None, row.start, row.end)


def _total(row: LogicalRow, shape: Shape, header: Header, table: int) -> RawTotal | None:
    index = shape.find("budget")
    if index is None or not row.text(index):
        digits = [i for i in range(len(row.cells)) if any(c.isdigit() for c in row.text(i))]
        if index is None or not digits:
            return None
        index = digits[-1]
    return RawTotal(row.cells[index], header.unit, table)


# --- one logical row --------------------------------------------------------------------------


def _drafts_of(area_row: AreaRow, shape: Shape, header: Header, table: int) -> list[Draft]:
    row = area_row.row
    split = split_row(row, shape)
    if split is None:
        cells = _inherited(row, area_row.giver, shape)
        return [_draft(area_row, row.number, cells, shape, header, table, (), tuple(row.notes))]
    count = len(split.numbers)
    detail = f"{count} nhiệm vụ ({', '.join(split.numbers)})"
    notes = [*row.notes, Note("row.split", "", None, row.start, row.end, detail)]
    if split.unpaired:
        heads = ", ".join(
            column.head.flat for column in shape.columns if column.role in split.unpaired
        )
        notes.append(Note("row.split_ambiguous", "", None, row.start, row.end, heads))
    return [
        _draft(
            area_row,
            number,
            cells,
            shape,
            header,
            table,
            split.unpaired,
            tuple(notes) if part == 0 else (),
        )
        for part, (number, cells) in enumerate(zip(split.numbers, split.cells, strict=True))
    ]


def _inherited(row: LogicalRow, giver: LogicalRow | None, shape: Shape) -> list[Fragment]:
    """The row's cells; the empty ones filled from the group row that gives them."""
    if giver is None:
        return row.cells
    return [
        giver.cells[i] if not cell.text and column.role in _CARRIED_ROLES else cell
        for i, (cell, column) in enumerate(zip(row.cells, shape.columns, strict=True))
    ]


def _ends_a_range(column: Column, shape: Shape) -> bool:
    """The column's head says when the task ends, and one before it says when it begins."""
    head = key(column.head.text)
    if _ENDS.search(head) is not None:
        return True
    before = shape.columns[: shape.columns.index(column)]
    begins = any(_BEGINS.search(key(one.head.text)) for one in before if one.role == "schedule")
    return begins and _IS_DONE.search(head) is not None


def _draft(
    area_row: AreaRow,
    number: str | None,
    cells: list[Fragment],
    shape: Shape,
    header: Header,
    table: int,
    unpaired: tuple[str, ...],
    notes: tuple[Note, ...],
) -> Draft:
    row = area_row.row
    roles: dict[str, Fragment] = {}
    for i, column in enumerate(shape.columns):
        cell = cells[i]
        if column.role == "schedule" and TICK.fullmatch(cell.text):
            cell = _own_head(column.head)  # a cross below "Quý I": the head is the time
        elif column.role == "schedule":
            cell = _with_head(column.head, cell)
        if column.role in roles and column.role == "schedule":
            parts = [p for p in (roles["schedule"], cell) if p.text.strip(_NO_TIME)] or [cell]
            until = _ends_a_range(column, shape) and all(_SAYS_WHEN.search(p.text) for p in parts)
            roles["schedule"] = join(parts, " - " if until else "; ")
        elif column.role in _CARRIED_ROLES:
            roles[column.role] = cell
    _put_money_together(roles, cells, shape)
    shared = roles.pop("lead_and_coordinating", None)
    lead, partners = split_roles(shared if shared is not None else roles.get("lead"))
    if shared is not None and partners is None and lead is not None:
        lead, partners = by_slash(lead, shape)
    if lead is not None:
        roles["lead"] = lead
    if partners is not None:
        roles["coordinating"] = (
            join([partners, roles.get("coordinating", partners)], "\n")
            if ("coordinating" in roles and roles["coordinating"].text)
            else partners
        )
    budget = shape.find("budget")
    if shared is not None and unpaired:
        unpaired = (*unpaired, "lead", "coordinating")
    return Draft(
        number=number,
        area=area_row.area,
        outer_areas=area_row.outer,
        ordinal=area_row.ordinal,
        task=_task_words(cells[shape.task], number),
        roles=roles,
        budget_unit=header.unit,
        budget_repeats=budget is not None
        and bool(
            row.covered[budget]
            or (area_row.giver is not None and area_row.shares and not row.cells[budget].text)
        ),
        unpaired=unpaired,
        others=tuple(
            cell
            for cell, column in zip(cells, shape.columns, strict=True)
            if column.role in ("other", "note", "approver") and cell.text
        ),
        table=table,
        start=row.start,
        end=row.end,
        notes=notes,
    )


def _put_money_together(roles: dict[str, Fragment], cells: list[Fragment], shape: Shape) -> None:
    """Columns of money by source or year: they name the sources, and without a whole the budget.

    "800" below "NSTW" and "400" below "NSĐP" are read like the cell "NSTW: 800; NSĐP: 400".
    """
    parts = [
        (_own_head(column.head), cell)
        for column, cell in zip(shape.columns, cells, strict=True)
        if column.role == BUDGET_PART
    ]
    stated = [(head, cell) for head, cell in parts if any(char.isalnum() for char in cell.text)]
    whole = roles.get("budget")
    if parts and (whole is None or (not whole.text and stated)):
        pieces = [join([_without_unit(head), cell], ": ") for head, cell in stated]
        roles["budget"] = join(pieces, "; ") if pieces else parts[0][1]
    named = [
        _without_unit(head)
        for head, cell in stated
        if not _NOUGHT.fullmatch(cell.text) and not _YEAR.search(head.text)
    ]
    if named and not (roles.get("funding_source") and roles["funding_source"].text):
        roles["funding_source"] = join(named, "; ")


def _without_unit(head: Fragment) -> Fragment:
    """The head of a column of money without the unit in brackets at its end."""
    at = head.text.find("(")
    return head.cut(0, at) if at > 0 else head


def _with_head(head: Fragment, cell: Fragment) -> Fragment:
    """A time that the head's last words belong to.

    "31/3/2025" below "Hoàn thành trước ngày"; "9" below "Tháng", "III/2025" below "Quý".
    """
    found = None
    if _BARE_NUMBERS.fullmatch(cell.text):
        found = _UNIT_HEAD.search(head.text)
    elif _BARE_TIME.match(cell.text):
        found = _DEADLINE_HEAD.search(head.text)
    return join([head.cut(*found.span("words")), cell]) if found else cell


def _own_head(head: Fragment) -> Fragment:
    """The lower line of a head that took two lines, with the year that the upper one names."""
    at = head.text.rfind(" / ")
    if at < 0:
        return head
    own = head.cut(at + 3, len(head.text))
    years = list(_YEAR.finditer(head.text, 0, at))
    if len(years) != 1 or _YEAR.search(own.text):
        return own
    return join([head.cut(*years[0].span()), own], ": ")


def _task_words(cell: Fragment, number: str | None) -> Fragment:
    """The task without its number and without a bullet before it."""
    text = cell.text
    start = 0
    label = label_of(text)
    if label is not None and label == number:
        start = len(label)
        while start < len(text) and text[start] in ".)/: ":
            start += 1
    elif text[:2] in ("- ", "+ ", "• "):
        start = 2
    return cell.cut(start, len(text))
