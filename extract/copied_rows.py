"""Cells that stand one below the other → rows: which column each line belongs to.

Lines of a copied table keep the order of its cells, and nothing else is sure: empty cells may be
lost, a cell may hold several lines. Every line is laid into a column by what its words suit
(:func:`extract.align.fit`), by the count of the numbers that open rows, and by what a lost or an
added cell costs; the cheapest way through all lines is taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

import msgspec

from extract.align import fit, opens
from extract.column_heads import BODY_ROLES, is_total
from extract.column_settling import BUDGET_PART
from extract.layout_lines import BULLET, LABEL, ORDINAL, is_cut, leaves_open, starts_small
from extract.repair import is_next, value_of
from normalize.lexicon import entries, several
from normalize.patterns import pattern
from normalize.text import key

_THOUSANDS = pattern(r"\d{1,3}(?:[.,]\d{3})+")
OFTEN, RARE, KEPT = 0.9, 3.0, 4.0
"""What a lost empty cell costs: where they are lost, where rows are whole, where they are kept."""
_SMALL_ROLES = frozenset(("unit", "value", "budget", BUDGET_PART, "note", "other"))
_MOST_LOST = 2.4
_HEADING = 1.5
_NEVER = 1e12


class CopiedLine(msgspec.Struct, frozen=True, gc=False):
    """One line: its words (``""`` for an empty cell that was kept) and its range in the view.

    ``apart`` tells that it stands apart from the line before as rows do, ``page`` that a page
    ends before it.
    """

    text: str
    start: int
    end: int
    apart: bool = False
    page: bool = False


class CopiedHabits(msgspec.Struct, frozen=True):
    """What is known of the table: the roles of its columns, and how it was copied.

    ``lost``: what a lost empty cell costs (more where empty cells stand as empty lines);
    ``parted``: rows stand apart from each other; ``wrapped``: a cell's text may go on in the next
    line.
    """

    roles: tuple[str, ...]
    lost: float
    parted: bool
    wrapped: bool


class _State(msgspec.Struct, frozen=True, gc=False):
    """The cheapest way to have put a line into one column.

    ``number`` and ``label`` are the last ones of the number and the task column, ``cell`` the
    words of the line, ``lines`` the lines of its cell so far, ``tasks`` the numbers or labels that
    the row's number or task cell lists.
    """

    cost: float
    before: int
    opens: bool
    number: str | None
    label: str | None
    cell: str
    lines: int
    tasks: int


def lay_lines(
    lines: Sequence[CopiedLine], habits: CopiedHabits
) -> tuple[list[tuple[int, bool]], float]:
    """For each line its column and whether it opens a row; and what the whole way costs.

    Where nearly all rows turn out to be whole, the others are taken for whole, too.
    """
    laid, cost = _lay(lines, habits)
    if habits.lost < RARE and _share_of_whole_rows(laid, habits) > 0.7:
        laid, _ = _lay(lines, msgspec.structs.replace(habits, lost=RARE))
    return laid, cost


def _lay(lines: Sequence[CopiedLine], habits: CopiedHabits) -> tuple[list[tuple[int, bool]], float]:
    ways: list[list[_State]] = []
    for line in lines:
        before = ways[-1] if ways else None
        ways.append(
            [
                _best_step(before, line, column, _suit(role, line.text), habits)
                for column, role in enumerate(habits.roles)
            ]
        )
    return _way_back(ways)


def _share_of_whole_rows(laid: Sequence[tuple[int, bool]], habits: CopiedHabits) -> float:
    """How many of the rows with more than a heading's cells have all their cells."""
    wanted = {i for i, role in enumerate(habits.roles) if role not in ("area", "number", "note")}
    rows: list[set[int]] = []
    for column, begins in laid:
        if begins:
            rows.append(set())
        rows[-1].add(column)
    full = [row for row in rows if len(row) > 2]
    return sum(wanted <= row for row in full) / len(full) if full else 0.0


def _way_back(ways: Sequence[Sequence[_State]]) -> tuple[list[tuple[int, bool]], float]:
    if not ways:
        return [], 0.0
    column = min(range(len(ways[-1])), key=lambda c: ways[-1][c].cost)
    cost = ways[-1][column].cost
    made: list[tuple[int, bool]] = []
    for way in reversed(ways):
        state = way[column]
        made.append((column, state.opens))
        column = state.before
    made.reverse()
    return made, cost


def _best_step(
    before: Sequence[_State] | None,
    line: CopiedLine,
    column: int,
    suit: float,
    habits: CopiedHabits,
) -> _State:
    """The best of: a further paragraph of the same cell, a later cell of the row, a new row."""
    role = habits.roles[column]
    own = _number(line.text) if role in ("number", "task") else None
    number, label = (own, None) if role == "number" else (None, own)
    listed = 1 if own is not None else 0
    first = _lead_in(line, column, habits) - suit
    if before is None:
        start = first + _miscount(None, number) if number else first
        return _State(start, -1, True, number, label, line.text, 1, listed)
    best = _State(_NEVER, 0, True, number, label, line.text, 1, listed)
    for last, state in enumerate(before):
        count = 0.0
        if number is not None:
            # The number that is due opens a row, whatever else it may be.
            count = _miscount(state.number, number) or -1.5
        if label is not None and state.label is not None:
            count = _miscount(state.label, label)
        numbers = number or state.number, label or state.label
        cost = state.cost + _row_end(state, last, habits) + first + count
        if cost < best.cost:
            best = _State(cost, last, True, *numbers, line.text, 1, listed)
        if last > column:
            continue
        if last == column:
            more = suit / 2 if suit > 0 and state.tasks < 2 and own is None else suit
            cost = state.cost + _paragraph(state, line, own, role, habits) - more
            lines, tasks = state.lines + 1, state.tasks + listed
        else:
            cost = state.cost + _across(state, last, column, line, habits) - suit
            cost += count if label is not None else 0.0
            lines, tasks = 1, max(state.tasks, listed)
        if cost < best.cost:
            best = _State(cost, last, False, *numbers, line.text, lines, tasks)
    return best


@lru_cache(maxsize=4096)
def _suit(role: str, text: str) -> float:
    """How well the words suit the column; an empty cell suits most."""
    if not text:
        return -2.0 if role in ("number", "task") else 0.0
    if is_total(text) and text[:1].isupper():
        return 0.0
    if role == "task":
        if ORDINAL.fullmatch(text):
            return -3.0
        bodies = "bodies" in opens(text) and LABEL.match(text) is None
        return float(fit(role, text)) - (1.0 if bodies else 0.0)
    label = LABEL.match(text) if role != "number" else None
    words = text[label.end() :] if label is not None else text
    if role == "area" and (label is not None or opens(text) & {"bodies", "time"}):
        return -4.0 if label is not None else -1.5
    if _THOUSANDS.fullmatch(text):
        return -3.0 if role == "number" else float(fit(role, text))
    if role != "number" and not text.isdigit() and ORDINAL.fullmatch(text) and len(text) > 1:
        return -2.5
    named = _role_label(words)
    if named:
        return 2.0 if role in (named, "lead_and_coordinating") else -2.0
    suit = float(fit("lead", words)) / 2 if role == "approver" else float(fit(role, words))
    kind = _certain_kind(words)
    if kind == "product" and role in BODY_ROLES:
        return -1.0
    if kind == "bodies" and role in ("deliverables", "budget", "note"):
        return -2.5 if role == "deliverables" else -1.0
    if role == "budget" and "time" in opens(words) and suit <= 0:
        return -2.0 if words[-1:].isdigit() else suit
    if suit == 0.0 and role in (*BODY_ROLES, "schedule"):
        return -2.0 if role in BODY_ROLES and "product" in opens(words) else -0.7
    return suit


@cache
def _role_labels() -> dict[str, str]:
    return {
        key(phrase): row["role"]
        for row in entries("role_labels")
        for phrase in several(row["phrases"])
    }


def _role_label(words: str) -> str:
    """ "Phối hợp: Sở Y tế" → ``coordinating``; "" for words without such a label."""
    label, colon, _ = words[:40].partition(":")
    return _role_labels().get(key(label.lstrip("-+•*– ")), "") if colon else ""


@cache
def _long_openers() -> dict[str, str]:
    """Openers of two words → the kind of cell that they open for certain."""
    return {
        key(opener): row["role"]
        for row in entries("cell_openers")
        for opener in several(row["openers"])
        if " " in opener
    }


def _certain_kind(words: str) -> str:
    """ "Báo cáo" is a product, though "Báo" may be a newspaper; "các sở" are bodies."""
    first = words.lstrip("-+•*– ").replace(",", " ").split(None, 2)[:2]
    return _long_openers().get(key(" ".join(first)), "")


def _number(text: str) -> str | None:
    """The number that a line opens with: alone, or before a task."""
    if _THOUSANDS.fullmatch(text):
        return None
    found = ORDINAL.fullmatch(text) or LABEL.match(text)
    return found.group().strip(" .)/(") if found else None


def _miscount(before: str | None, own: str) -> float:
    """What speaks against this number behind that one."""
    head = own.split(".")
    anew = head[-1].lstrip("0") in ("1", "I", "a", "A")
    if before is None:
        return 0.0 if anew else 1.5
    if is_next(before, own) or (own.isdigit() and before.isdigit() and int(own) == int(before) + 1):
        return 0.0
    if anew or own[0].isdigit() != before[0].isdigit() or own.isupper():
        return 0.3
    if own[0].isalpha() or len(head) != before.count(".") + 1:
        return 0.6
    if head[:-1] != before.split(".")[:-1]:
        return 0.6
    return 1.0 if 0 <= value_of(head[-1]) - value_of(before.split(".")[-1]) < 4 else 4.0


def _lead_in(line: CopiedLine, column: int, habits: CopiedHabits) -> float:
    """The cost of a row that begins in this column."""
    cost = 0.0
    total = line.text[:1].isupper() and is_total(line.text)
    for role in habits.roles[:column]:
        if total and role in ("number", "area"):
            continue
        if role == "area":
            cost += 0.2 if habits.lost < KEPT else 2.0
        elif role == "number":
            # Only beside a merged area the number may be merged, too.
            merged = "area" in habits.roles[:column] and habits.lost < KEPT
            cost += 1.5 if merged else 3.0
        else:
            cost += max(2.0, habits.lost)
    if habits.parted:
        cost += 0.0 if line.apart or line.page else 2.5
    elif line.page:
        cost -= 0.5
    if starts_small(line.text):
        cost += 0.5 if line.page else 2.5
    return cost - (2.0 if total else 0.0)


def _row_end(state: _State, last: int, habits: CopiedHabits) -> float:
    """The cost of a row that ends with this cell: a heading's words, or empty cells lost."""
    left_out = len(habits.roles) - 1 - last
    cost = _left_out(left_out, habits)
    if habits.roles[last] == "task" or is_total(state.cell):
        cost = min(cost, _HEADING)
    if habits.roles[last] == "number":
        cost += 3.0  # a number and nothing else
    return cost + _odd_lines(state)


def _odd_lines(state: _State) -> float:
    """A cell of a row with several tasks has a line for each, or one for all."""
    if state.tasks < 2 or state.lines in (1, state.tasks) or BULLET.match(state.cell):
        return 0.3 if state.tasks > 1 and state.lines == 1 else 0.0
    return 1.0


def _left_out(count: int, habits: CopiedHabits) -> float:
    """The cost of ``count`` empty cells that are not there."""
    most = _MOST_LOST if habits.lost < RARE else habits.lost * count
    return min(habits.lost * count, most)


def _paragraph(
    state: _State, line: CopiedLine, own: str | None, role: str, habits: CopiedHabits
) -> float:
    """The cost of one more line in the same cell."""
    if not line.text or not state.cell:
        return _NEVER
    if line.page or (habits.parted and line.apart):
        return 4.0
    above = state.number if role == "number" else state.label
    if own is not None and above is not None:
        return 1.0 if is_next(above, own) else 3.0
    if role == "lead_and_coordinating" and _role_label(line.text):
        return 0.1
    if starts_small(line.text) and (habits.wrapped or _suit(role, line.text) <= 0):
        return 0.2 if habits.wrapped else 1.5
    if BULLET.match(line.text):
        return 0.1 if BULLET.match(state.cell) else 1.0
    if is_cut(state.cell):
        return 0.3
    if state.tasks > 1 and state.lines < state.tasks and own is None:
        return 0.1
    if habits.wrapped and leaves_open(state.cell):
        return 0.4
    if role in BODY_ROLES and _suit(role, line.text) > 0:
        # A task has one lead more often than several, and partners more often than one.
        return 2.2 if role == "lead" else 1.6
    return 1.8 if habits.wrapped or habits.lost < RARE else 2.6


def _across(state: _State, last: int, column: int, line: CopiedLine, habits: CopiedHabits) -> float:
    """The cost of going to a later cell of the same row."""
    skipped = habits.roles[last + 1 : column]
    cost = _left_out(len(skipped), habits) + _odd_lines(state)
    if line.text[:1].isupper() and is_total(line.text):
        cost += 3.0  # opens a row
    if is_total(state.cell):
        cost = min(cost, 1.0)
    elif "task" in skipped:
        cost += 1.0
    if habits.parted and line.apart:
        cost += 3.0
    if line.page:
        cost += 1.0
    if starts_small(line.text) and habits.roles[column] not in _SMALL_ROLES:
        cost += 1.0 if _suit(habits.roles[column], line.text) <= 0 else 0.3
    if BULLET.match(state.cell) and BULLET.match(line.text):
        above = _suit(habits.roles[last], line.text)
        cost += 0.7 if _suit(habits.roles[column], line.text) > above else 3.0
    if habits.roles[column] not in ("number", "task") and LABEL.match(line.text):
        cost += 0.0 if state.tasks > 1 else 1.5
    return cost
