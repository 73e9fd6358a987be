"""Task tables into raw tasks: the one place that runs a table through its repairs in order.

header → aligned rows → joined rows → areas and groups → several tasks in a row → cells by role
"""

from __future__ import annotations

from functools import cache

import msgspec
import regex

from extract.align import align
from extract.areas import AreaRow, sort_rows
from extract.cells import Row, TableBlock
from extract.columns import TICK, Column, is_column_numbers, kind_of, read_columns
from extract.parts import split_row
from extract.repair import LogicalRow, Shape, is_next, join_rows, label_of, shape_of, value_of
from normalize.findings import Note
from normalize.fragment import Fragment, join
from normalize.lexicon import entries, several
from normalize.patterns import pattern
from normalize.raw import RawTask, RawTotal
from normalize.text import key

_PARENTHESES = pattern(r"\(([^()]*)\)?")
_YEAR = pattern(r"(?i)(?:năm\s+)?\b(?:19|20)\d\d\b")
# "ĐVT: triệu đồng", "(Đơn vị: nghìn đồng)" on a line above the table.
_UNIT_ABOVE = pattern(
    r"(?i)(?:đơn\s+vị(?:\s+tính)?|đ\.?v\.?t|đv\s+tính)\s*:\s*(?P<unit>[^():;,\n]{0,14}?\bđ(?:ồng)?)"
    r"\s*(?:[).]|$)"
)
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


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A task before its place in the document is known."""

    number: str | None
    area: Fragment | None
    outer_areas: tuple[Fragment, ...]
    ordinal: int
    task: Fragment
    roles: dict[str, Fragment]
    budget_unit: str | None
    budget_repeats: bool
    unpaired: tuple[str, ...]
    others: tuple[Fragment, ...]
    table: int
    start: int
    end: int
    notes: tuple[Note, ...]


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
        if column.role == "budget":
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
            until = key(column.head.text).startswith("đên4") or "kêt4 thuc4" in key(
                column.head.text
            )
            parts = [p for p in (roles["schedule"], cell) if p.text.strip(_NO_TIME)] or [cell]
            roles["schedule"] = join(parts, " - " if until else "; ")
        elif column.role in _CARRIED_ROLES:
            roles[column.role] = cell
    shared = roles.pop("lead_and_coordinating", None)
    lead, partners = split_roles(shared if shared is not None else roles.get("lead"))
    if shared is not None and partners is None and lead is not None:
        lead, partners = _by_slash(lead, shape)
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


# --- lead and partners in one cell ------------------------------------------------------------


@cache
def _role_label() -> regex.Pattern[str]:
    alternatives: list[tuple[str, str]] = []
    for row in entries("role_labels"):
        alternatives += [(row["role"], phrase) for phrase in several(row["phrases"])]
    alternatives.sort(key=lambda one: -len(one[1]))
    parts = {
        role: "|".join(phrase.replace(" ", r"\s+") for r, phrase in alternatives if r == role)
        for role in ("lead", "coordinating")
    }
    return pattern(
        rf"(?i)(?:^|(?<=[\s.;,\-+•]))[-+•*]?\s*(?:(?P<coordinating>{parts['coordinating']})"
        rf"|(?P<lead>{parts['lead']}))\s*:\s*"
    )


_INLINE_ROLES = pattern(
    r"(?i)\s*(?:là\s+(?:cơ\s+quan|đơn\s+vị)\s+)?chủ\s+trì\s*(?:thực\s+hiện\s*)?[,;]?\s*(?:và\s+)?"
    r"phối\s+hợp\s+(?:với\s+|cùng\s+)?(?!:)"
)


# "Sở A phối hợp với Sở B": whoever stands behind it is a partner.
_INLINE_PARTNERS = pattern(
    r"(?i)(?<=[\p{L})])\s*+[,;.\-–]?+\s*+\(?+\s*+(?:và\s++)?phối\s++hợp\s++(?:chặt\s++chẽ\s++)?"
    r"(?:cùng\s++với|với|cùng)\s++(?!:)"
)
_MARKS = " ;,.-–\n"
_TAGGED_ROLES = pattern(
    r"(?i)[(\[]\s*+(?:(?:cơ\s++quan|đơn\s++vị|là\s++đơn\s++vị)\s++)?"
    r"(?:(?P<lead>chủ\s+trì|đầu\s+mối|CT)|(?P<partner>phối\s+hợp|PH))(?:\s+thực\s+hiện)?\s*[)\]]"
)


def split_roles(cell: Fragment | None) -> tuple[Fragment | None, Fragment | None]:
    """(lead, partners) of a cell that may hold both ("Chủ trì: …; Phối hợp: …")."""
    if cell is None:
        return None, None
    text = cell.text
    labels = list(_role_label().finditer(text)) if ":" in text else []
    if labels:
        found: dict[str, list[Fragment]] = {"lead": [], "coordinating": []}
        if labels[0].start() > 0 and text[: labels[0].start()].strip(" ;,.-"):
            found["lead"].append(cell.cut(0, labels[0].start()))
        edges = [label.start() for label in labels[1:]] + [len(text)]
        for label, edge in zip(labels, edges, strict=True):
            words = cell.cut(label.end(), edge)
            role = "lead" if label.group("lead") else "coordinating"
            found[role].append(_without_tail(words))
        return join(found["lead"], "\n"), join(found["coordinating"], "\n") if (
            found["coordinating"]
        ) else None
    tagged = list(_TAGGED_ROLES.finditer(text)) if "(" in text else []
    if any(tag.group("partner") or text[tag.end() :].strip(_MARKS) for tag in tagged):
        return _by_tags(cell, tagged)
    inline = _INLINE_ROLES.search(text) if "tr" in text or "TR" in text else None
    if inline is None and ("ph" in text or "PH" in text):
        inline = _INLINE_PARTNERS.search(text)
    if inline and inline.start() > 0 and inline.end() < len(text):
        end = len(text) - (text.endswith(")") and text.count("(", inline.end()) == 0)
        return _without_tail(cell.cut(0, inline.start())), cell.cut(inline.end(), end)
    return cell, None


def _by_tags(cell: Fragment, tagged: list[regex.Match[str]]) -> tuple[Fragment | None, Fragment]:
    """ "Sở A (chủ trì); Sở B, Sở C (phối hợp)": each tag tells the role of the words before it."""
    leads: list[Fragment] = []
    partners: list[Fragment] = []
    behind = 0
    for tag in tagged:
        words = _without_marks(cell.cut(behind, tag.start()))
        (partners if tag.group("partner") else leads).append(words)
        behind = tag.end()
    rest = _without_marks(cell.cut(behind, len(cell.text)))
    if rest.text:
        partners.append(rest)
    return join(leads, "\n") if leads else None, join(partners, "\n")


def _without_marks(words: Fragment) -> Fragment:
    text = words.text
    start = len(text) - len(text.lstrip(_MARKS))
    return words.cut(start, max(start, len(text.rstrip(_MARKS))))


def _by_slash(cell: Fragment, shape: Shape) -> tuple[Fragment, Fragment | None]:
    """ "Sở A / Sở B" below "Chủ trì / phối hợp": the head says in which order the roles stand."""
    column = shape.find("lead_and_coordinating")
    head = key(shape.columns[column].head.text) if column is not None else ""
    parts = cell.text.split("/") if "/" in cell.text else []
    first = max(head.find(words) for words in ("chu2 tri1", "thưc5 hiên5", "đâu1 môi4"))
    if len(parts) != 2 or not 0 <= first < head.find("phôi4 hơp5"):
        return cell, None
    at = cell.text.index("/")
    if not parts[0].strip() or not parts[1].strip():
        return cell, None
    return _without_tail(cell.cut(0, at)), cell.cut(at + 1, len(cell.text))


def _without_tail(words: Fragment) -> Fragment:
    text = words.text.rstrip(" ;,-")
    return words if len(text) == len(words.text) else words.cut(0, len(text))


# --- places and numbering ---------------------------------------------------------------------


def place_tasks(drafts: list[Draft]) -> tuple[RawTask, ...]:
    """Gives every task its place in the id and tells gaps and repeats of the printed numbers.

    The printed number where it stands in one area only, else the area's ordinal and the number; a
    repeat takes ``-2``; no number gives ``r12`` (the task's order).
    """
    areas: dict[str, set[tuple[int, int]]] = {}
    for draft in drafts:
        if draft.number is not None:
            areas.setdefault(draft.number, set()).add((draft.table, draft.ordinal))
    used: dict[str, int] = {}
    made: list[RawTask] = []
    numbering = _numbering_notes(drafts)
    for order, draft in enumerate(drafts, 1):
        if draft.number is None:
            place = f"r{order}"
        elif len(areas[draft.number]) == 1 or not draft.ordinal:
            place = draft.number
        else:
            place = f"{draft.ordinal}.{draft.number}"
        used[place] = used.get(place, 0) + 1
        if used[place] > 1:
            place = f"{place}-{used[place]}"
        roles = draft.roles
        made.append(
            RawTask(
                place=place,
                form="row",
                number=draft.number,
                area=draft.area,
                outer_areas=draft.outer_areas,
                task=draft.task,
                deliverables=roles.get("deliverables"),
                lead=roles.get("lead"),
                coordinating=roles.get("coordinating"),
                schedule=roles.get("schedule"),
                budget=roles.get("budget"),
                budget_unit=draft.budget_unit,
                budget_repeats=draft.budget_repeats,
                unpaired=draft.unpaired,
                funding_source=roles.get("funding_source"),
                others=draft.others,
                table=draft.table,
                start=draft.start,
                end=draft.end,
                notes=(*draft.notes, *numbering[order - 1]),
            )
        )
    return tuple(made)


def _numbering_notes(drafts: list[Draft]) -> list[list[Note]]:
    """``numbering.gap`` and ``numbering.duplicate``, task by task, area by area."""
    notes: list[list[Note]] = [[] for _ in drafts]
    before: Draft | None = None
    seen: set[tuple[int, int, str]] = set()
    for index, draft in enumerate(drafts):
        if draft.number is None:
            continue
        name = (draft.table, draft.ordinal, draft.number)
        if name in seen:
            notes[index].append(
                Note("numbering.duplicate", draft.number, None, draft.start, draft.end)
            )
        seen.add(name)
        if (
            before is not None
            and before.number is not None
            and (before.table, before.ordinal) == (draft.table, draft.ordinal)
            and not is_next(before.number, draft.number)
        ):
            missing = _missing_between(before.number, draft.number)
            if missing:
                notes[index].append(
                    Note(
                        "numbering.gap",
                        draft.number,
                        missing,
                        draft.start,
                        draft.end,
                        before.number,
                    )
                )
        before = draft
    return notes


def _missing_between(number: str, following: str) -> str | None:
    """ "5.3" and "5.5" → "5.4"; None where the count simply goes elsewhere."""
    left, right = number.split("."), following.split(".")
    if left[:-1] != right[:-1] or left[-1].isdigit() != right[-1].isdigit():
        return None
    low, high = value_of(left[-1]), value_of(right[-1])
    if not 1 < high - low <= 5 or not left[-1].isdigit():
        return None
    return ", ".join(".".join([*left[:-1], str(value)]) for value in range(low + 1, high))
