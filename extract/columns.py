"""Column meaning: the header of a table, on one line or two, with column numbers below it."""

from __future__ import annotations

import msgspec

from extract.cells import Cell, Row
from extract.column_heads import BODY_ROLES, PERIOD_HEAD, TICK, Column, is_total, role_of
from extract.column_settling import names_source, settled
from normalize.fragment import Fragment, empty, join
from normalize.patterns import pattern
from normalize.text import key

_COLUMN_NUMBER = pattern(r"\(?\s*(?:\d{1,2}|[A-Z])\s*\)?(?:\s*=.*)?")
_IN_BRACKETS = pattern(r"\(\s*(?P<number>\d{1,2})\s*\)(?:\s*=.*)?")
_MISREAD = 4
"""Characters of a column's number in brackets at most, however a scan misread it."""
_SURE, _MOST = 4, 0.7
"""How many numbers in brackets, and which share of the row, tell a row of them for sure."""
_FEWEST_PERIOD_HEADS = 2
_BRACKETED = pattern(r"\(\s*\p{L}[^()]{2,40}\)")
_TIME_UNIT = pattern(r"(?i)\b(?:tháng|quý)\b(?!\s*(?:\d|[IVX]+\b))")
_TIME_NUMBER = pattern(r"\(?\s*(?:0?[1-9]|1[0-2]|I{1,3}|IV)\s*\)?")


def is_column_numbers(row: Row) -> bool:
    """A row "(1) (2) (3) …" below the header; a scan may have misread a few of them ("@®)")."""
    texts = [cell.own for cell in row.cells if cell.own]
    if _counts_in_brackets(texts):
        return True
    if len(texts) < 3 or not all(_COLUMN_NUMBER.fullmatch(text) for text in texts):
        return False
    digits = [
        int(d) for text in texts if (d := "".join(c for c in text.split("=")[0] if c.isdigit()))
    ]
    return len(digits) >= 2 and digits == list(range(digits[0], digits[0] + len(digits)))


def _counts_in_brackets(texts: list[str]) -> bool:
    """Most of the cells count on in brackets, the others are as short and may be misread."""
    found = [_IN_BRACKETS.fullmatch(text) for text in texts]
    firsts = {int(one["number"]) - place for place, one in enumerate(found) if one is not None}
    sure = sum(one is not None for one in found)
    short = all(one or len(text) <= _MISREAD for one, text in zip(found, texts, strict=True))
    return len(firsts) == 1 and short and sure >= max(_SURE, _MOST * len(texts))


def is_header(row: Row) -> bool:
    """Most cells are short and known column heads, two different ones at least."""
    texts = [cell.own for cell in row.cells if cell.own]
    if len(texts) < 2 or any(len(text) > 140 for text in texts):
        return False
    periods = [text for text in texts if PERIOD_HEAD.fullmatch(text)]
    if len(periods) >= _FEWEST_PERIOD_HEADS:
        texts = [text for text in texts if text not in periods]
    roles = [role_of(text) for text in texts]
    known = [hit for hit in roles if hit]
    if 5 * len(known) < 3 * len(texts) or len({hit[0] for hit in known}) < 2:
        return False
    return any(hit[1] >= 7 for hit in known)


def read_columns(rows: list[Row]) -> tuple[tuple[Column, ...], int] | None:
    """The columns and the number of rows that the header takes (title rows above included).

    None where none of the first rows is a header. The header may take two lines and have a row
    of column numbers below it.
    """
    index = next((i for i, row in enumerate(rows[:5]) if is_header(row)), None)
    if index is None:
        return None
    used = index + 1
    first = _widened(rows[index], rows[used]) if used < len(rows) else rows[index]
    heads = [cell.words for cell in first.cells]
    roles = [role_of(cell.words.text) for cell in first.cells]
    if used < len(rows) and _is_second_line(first, rows[used]):
        heads, roles = _two_lines(first, rows[used])
        used += 1
    while used < len(rows) and is_column_numbers(rows[used]):
        used += 1
    columns = [
        Column(hit[0] if hit else "other", hit[1] if hit else 0, head)
        for hit, head in zip(roles, heads, strict=True)
    ]
    return tuple(settled(_ticked(columns, rows[used:]))), used


def _ticked(columns: list[Column], body: list[Row]) -> list[Column]:
    """Columns headed by times and filled with crosses alone are the schedule, a part a column."""
    times = [
        i for i, c in enumerate(columns) if PERIOD_HEAD.fullmatch(c.head.text.rsplit(" / ", 1)[-1])
    ]
    if len(times) < _FEWEST_PERIOD_HEADS:
        return columns
    cells = [row.cells[i].own for row in body for i in times if i < len(row.cells)]
    ticks = sum(1 for text in cells if TICK.fullmatch(text))
    if not ticks or 4 * ticks < 3 * sum(1 for text in cells if text):
        return columns
    return [Column("schedule", 9, c.head) if i in times else c for i, c in enumerate(columns)]


def _widened(first: Row, second: Row) -> Row:
    """The head with its last cell over all that stand below it ("Trong đó" | NS tỉnh, vốn khác).

    In tab-separated text a merged cell leaves no sign behind it.
    """
    more = len(second.cells) - len(first.cells)
    if more <= 0 or any(cell.own for cell in second.cells[: len(first.cells) - 1]):
        return first
    if not all(cell.own for cell in second.cells[len(first.cells) - 1 :]):
        return first
    covered = msgspec.structs.replace(first.cells[-1], covered="right")
    return msgspec.structs.replace(first, cells=(*first.cells, *[covered] * more))


def _is_second_line(first: Row, second: Row) -> bool:
    """Sub-heads: they stand only where the first line left room or named a whole group."""
    if _counts_time(first, second):
        return True
    if is_column_numbers(second):
        return False
    texts = [(i, cell.own) for i, cell in enumerate(second.cells) if cell.own]
    if not texts or len(second.cells) > len(first.cells):
        return False
    if all(_BRACKETED.fullmatch(text) for _, text in texts):
        return True  # "Kinh phí" over "(triệu đồng)", nothing below the other heads
    if any(len(key(text).split()) > 8 for _, text in texts):
        return False
    if not any(
        role_of(text) or _is_period_head(text) or is_total(text) or names_source(text)
        for _, text in texts
    ):
        return False
    above = [first.cells[i] for i, _ in texts]
    roomy = sum(1 for cell in above if cell.covered == "right" or not cell.words.text)
    return roomy >= 1 and len(texts) < len(first.cells) and roomy >= len(texts) - 1 - roomy // 2


def _counts_time(first: Row, second: Row) -> bool:
    """ "Thời gian (tháng)" over "1 | 2 | … | 12", and nothing below the other heads."""
    own = [i for i, cell in enumerate(second.cells) if cell.own]
    if len(own) < _FEWEST_PERIOD_HEADS or own[-1] >= len(first.cells):
        return False
    above = {first.cells[i].words for i in own}
    return (
        len(above) == 1
        and _TIME_UNIT.search(above.pop().text) is not None
        and all(first.cells[i].covered == "right" for i in own[1:])
        and all(_TIME_NUMBER.fullmatch(second.cells[i].own) for i in own)
    )


def _is_period_head(text: str) -> bool:
    return key(text).startswith(("quy4 ", "năm ", "thang4 ", "bắt4 đâu1", "kêt4 thuc4"))


def _two_lines(first: Row, second: Row) -> tuple[list[Fragment], list[tuple[str, int] | None]]:
    heads: list[Fragment] = []
    roles: list[tuple[str, int] | None] = []
    group = empty()
    counts = _counts_time(first, second)
    for i, cell in enumerate(first.cells):
        below = second.cells[i] if i < len(second.cells) else None
        own_below = below.words if below is not None and below.own else empty()
        if cell.own or cell.covered:
            group = cell.words
        if counts and own_below.text:
            unit = list(_TIME_UNIT.finditer(group.text))[-1]
            own_below = join([group.cut(*unit.span()), own_below])
        above = group if own_below.text else cell.words
        parent = role_of(above.text)
        child = role_of(own_below.text) if own_below.text else None
        if child and child[0] in ("unit", "value") and parent:
            child = None
        if child and child[0] == "funding_source" and parent and parent[0] == "budget":
            child = None  # "Kinh phí | Nguồn khác": money all the same
        heads.append(join([above, own_below], " / ") if own_below.text else cell.words)
        if own_below.text and is_total(own_below.text) and parent:
            roles.append((parent[0], parent[1] + 1))
        else:
            roles.append(child or parent)
    return heads, roles


def kind_of(columns: tuple[Column, ...]) -> str:
    """``tasks``, ``indicators``, ``timetable`` or ``other``."""
    roles = {c.role for c in columns}
    if "indicator" in roles and roles & {"value", "unit"}:
        return "indicators"
    if "task" in roles and roles & set(BODY_ROLES):
        return "tasks"
    if "schedule" in roles or "task" in roles:
        return "timetable"
    return "other"


def cell_or_empty(cells: tuple[Cell, ...], index: int) -> Cell:
    """The cell at ``index``; one without words where the row is shorter."""
    return cells[index] if index < len(cells) else Cell(empty())
