"""A labelled activity into a raw task: its cells by role, and its place in the document."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter

import msgspec

from extract.labelled_lines import Activity, Value, without_end
from extract.labelled_tree import Node
from extract.labelled_words import BODY_ROLES, TASK_ROLES, WEAK
from extract.task_roles import split_roles
from normalize.findings import Note
from normalize.fragment import Fragment, join
from normalize.patterns import pattern
from normalize.raw import RawSection, RawTask

_LEADS = pattern(r"(?i)(?<=\S)\s+chủ\s+trì\b(?!\s*,?\s*(?:và\s+)?phối\s+hợp)")
_FEW_WORDS = 20
_SURE = 8
_TIMED = frozenset(("schedule", "deliverables", "budget"))
_LEADING_ROLES = frozenset(("lead", "lead_and_coordinating"))
_NO_TABLE = -1

Given = dict[str, list[Value]]
"""Role → the values of the nearest heading that has such labels."""


class Found(msgspec.Struct):
    """An activity that is a task, where it stands, and what the headings above give to it."""

    activity: Activity
    node: Node | None
    area: Fragment | None
    given: Given
    notes: list[Note]

    @property
    def start(self) -> int:
        """Where the activity begins."""
        return self.activity.start


def roles_of(values: list[Value]) -> set[str]:
    """The columns of a task that the labels stand for; a lead's only where it may name bodies."""
    return {
        value.role
        for value in values
        if value.role in TASK_ROLES and (value.role not in BODY_ROLES or value.names_bodies)
    }


def is_assigned(values: list[Value], given: Given) -> bool:
    """The labels, or those given by a heading above, say who is to do it."""
    roles = roles_of(values)
    sure = any(value.names_bodies and value.rank > WEAK for value in values)
    return sure or (bool(roles & BODY_ROLES) and len(roles) > 1) or bool(given.keys() & BODY_ROLES)


def leader_of(node: Node, children: list[Node]) -> Value | None:
    """The lead that a heading's own words name for the activities below; None where it names none.

    None also where any label below says who leads: the heading then names whose duties they are.
    """
    if not node.names_leader or node.opening is None or not children:
        return None
    below = [child for top in children for child in (top, *top.below())]
    values = [value for one in below for line in one.all_lines for value in line.values]
    if not any(value.role in _TIMED for value in values):
        return None
    if any(value.role in _LEADING_ROLES for value in values):
        return None
    words = without_end(node.opening.head)
    return Value("lead", _SURE, words, None, True, words.start, words.end)


def merged(given: Given, values: list[Value]) -> Given:
    """What a heading's activities get: its own labels, and for other columns those given to it."""
    roles = roles_of(values)
    barred = BODY_ROLES if roles & BODY_ROLES else frozenset()
    made = {role: found for role, found in given.items() if role not in barred}
    for role in roles:
        made[role] = [value for value in values if value.role == role]
    return made


def raw_task(one: Found, place: str) -> RawTask:
    """The task with its cells; what the labels do not say is None."""
    activity = one.activity
    head = activity.head
    assert head is not None
    others = list(activity.others)
    values = _values(one, others)
    unit = next((value.unit for value in values.get("budget", []) if value.unit), None)
    lead, coordinating = _bodies(values, others)
    cells = {
        role: join([value.words for value in found], "\n")
        for role, found in values.items()
        if role not in BODY_ROLES
    }
    ends = [value.end for value in activity.values if value.role in TASK_ROLES]
    return RawTask(
        place=place,
        form="labelled",
        number=activity.number,
        area=without_end(one.area) if one.area is not None else None,
        task=head,
        deliverables=cells.get("deliverables"),
        lead=lead,
        coordinating=coordinating,
        schedule=cells.get("schedule"),
        budget=cells.get("budget"),
        budget_unit=unit if unit is not None and _names_money(unit) else None,
        budget_repeats="budget" in one.given and values.get("budget") is one.given["budget"],
        unpaired=(),
        funding_source=cells.get("funding_source"),
        others=tuple(words for words in others if words.text),
        table=_NO_TABLE,
        start=activity.start,
        end=max([head.end, *ends]),
        notes=tuple(one.notes),
    )


def _values(one: Found, others: list[Fragment]) -> Given:
    """The values of each column, own before given; what belongs to none is added to ``others``."""
    roles = roles_of(one.activity.values)
    values: Given = {}
    for value in one.activity.values:
        if value.role in roles and (value.role not in BODY_ROLES or value.names_bodies):
            values.setdefault(value.role, []).append(value)
        else:
            others.append(value.words)
    for role, found in one.given.items():
        if role not in values and not (role in BODY_ROLES and "lead_and_coordinating" in roles):
            values[role] = found
    return values


def _bodies(values: Given, others: list[Fragment]) -> tuple[Fragment | None, Fragment | None]:
    """The cells of lead and partners.

    Beside "Đơn vị chủ trì" an "Đơn vị thực hiện" is a partner where no other is named, as in a
    table with both columns.
    """
    leads = values.get("lead", [])
    shared = values.get("lead_and_coordinating", [])
    partners = values.get("coordinating", [])
    if shared or any(value.rank >= _SURE for value in leads):
        doers = [value for value in leads if value.rank < _SURE]
        leads = [value for value in leads if value.rank >= _SURE]
        if partners or shared:
            others.extend(value.words for value in doers)
        else:
            partners = doers
    cells: tuple[list[Fragment], list[Fragment]] = ([], [])
    for group in (shared, leads):
        cell = join([_named(value.words, others) for value in group], "\n")
        for part, into in zip(split_roles(cell if cell.text else None), cells, strict=True):
            if part is not None and part.text:
                into.append(part)
    cells[1].extend(value.words for value in partners)
    lead, coordinating = (join(parts, "\n") if parts else None for parts in cells)
    return lead, coordinating


def _named(words: Fragment, others: list[Fragment]) -> Fragment:
    """The bodies of a lead's cell; of a whole sentence ("Sở … chủ trì, đôn đốc …") those it opens.

    What the sentence goes on to say is added to ``others``.
    """
    kept: list[Fragment] = []
    at = 0
    for piece in words.text.split("\n"):
        end = at + len(piece)
        leads = _LEADS.search(words.text, at, end) if len(piece.split()) > _FEW_WORDS else None
        if leads is not None:
            others.append(words.cut(leads.start(), end))
        kept.append(words.cut(at, leads.start() if leads is not None else end))
        at = end + 1
    return join(kept, "\n")


def _names_money(unit: str) -> bool:
    return "đ" in unit.lower() or "tr" in unit.lower()


# --- places -----------------------------------------------------------------------------------


def places(
    found: list[Found], sections: tuple[RawSection, ...], rows: tuple[RawTask, ...]
) -> list[str]:
    """Each task's place: its number, with those of the headings above it where others share it.

    "a" where no other task has that number, else "2.a", else "II.2.a"; no number gives ``r12``, the
    task's order in the document; a repeat takes ``-2``. The places of ``rows`` stay.
    """
    starts = sorted([one.start for one in found] + [row.start for row in rows])
    chains = [_numbers(one, sections) for one in found]
    used = {row.place for row in rows} | {row.number for row in rows if row.number}
    taken = {row.place for row in rows}
    ends = [
        Counter(".".join(chain[-length:]) for chain in chains)
        for length in range(1, max(map(len, chains), default=0) + 1)
    ]
    counts: dict[str, int] = {}
    made: list[str] = []
    for one, chain in zip(found, chains, strict=True):
        base = f"r{bisect_left(starts, one.start) + 1}"
        for length in range(1, len(chain) + 1):
            base = ".".join(chain[-length:])
            if base not in used and ends[length - 1][base] == 1:
                break
        place, count = base, counts.get(base, 1)
        while place in taken:
            count += 1
            place = f"{base}-{count}"
        counts[base] = count
        taken.add(place)
        made.append(place)
    return made


def _numbers(one: Found, sections: tuple[RawSection, ...]) -> list[str]:
    """The numbers of the headings above an activity and its own; none where it has none."""
    if one.activity.number is None:
        return []
    chain = [one.activity.number]
    section = one.node.section if one.node is not None else None
    if section is not None and one.start == section.start:
        section = sections[section.parent] if section.parent is not None else None
    while section is not None:
        if not chain[0].startswith(f"{section.label}."):
            chain.insert(0, section.label)
        section = sections[section.parent] if section.parent is not None else None
    return chain
