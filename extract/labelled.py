"""Activities with labelled lines ("Đơn vị chủ trì: …", "Thời gian: …") into raw tasks.

The section tree is read once more: a heading or clause with such lines below it, in clauses of its
own ("a) Sản phẩm: …"), at its end, or in brackets, is a task like a row of a table. Labels of a
heading that holds several activities are given to those that lack them; an activity without a
lead and without a partner is no task.
"""

from __future__ import annotations

import msgspec

from extract.labelled_lines import Activity, Line, part_lines, read_line
from extract.labelled_tasks import (
    Found,
    Given,
    is_assigned,
    leader_of,
    merged,
    places,
    raw_task,
    roles_of,
)
from extract.labelled_tree import (
    Node,
    clause_lines,
    is_label_clause,
    may_be_member,
    may_head,
    read_tree,
)
from extract.labelled_words import BODY_ROLES, TASK_ROLES
from normalize.findings import Note
from normalize.fragment import Fragment
from normalize.raw import RawSection, RawTask

_FEW_LABELS = 2
_MOST_RAW = 200


class Labelled(msgspec.Struct, frozen=True):
    """The labelled tasks in order, notes, and the ranges whose words are cells of a task."""

    tasks: tuple[RawTask, ...]
    notes: tuple[Note, ...]
    cells: tuple[tuple[int, int], ...]


def read_labelled(
    preamble: tuple[Fragment, ...],
    sections: tuple[RawSection, ...],
    rows: tuple[RawTask, ...],
    view: str,
) -> Labelled:
    """The labelled tasks of one document; ``rows`` are those of its tables, whose places stay."""
    reader = _Reader(view)
    reader.read([read_line(words, view) for words in preamble], read_tree(sections, view))
    if not reader.found:
        return Labelled((), tuple(reader.notes), ())
    found = sorted(reader.found, key=lambda one: one.start)
    placed = places(found, sections, rows)
    tasks = tuple(raw_task(one, place) for one, place in zip(found, placed, strict=True))
    cells = tuple(
        (value.start, value.end)
        for one in found
        for value in one.activity.values
        if value.role in TASK_ROLES
    )
    return Labelled(tasks, tuple(reader.notes), cells)


class _Reader:
    """Walks the section tree from the top and collects what is a task."""

    def __init__(self, view: str) -> None:
        self.view = view
        self.found: list[Found] = []
        self.notes: list[Note] = []

    def read(self, preamble: list[Line], roots: list[Node]) -> None:
        """Collects the tasks of what stands before the first section and of the sections."""
        self._crowded(preamble)
        for activity in part_lines(preamble, Activity(None, None, 0), False):
            self._add(activity, None, None, {})
        for node in roots:
            self._node(node, None, {})

    def _node(self, node: Node, parent: Node | None, given: Given) -> None:
        """Reads a section and all below it."""
        self._crowded(node.all_lines)
        if not node.has_labels and not any(child.has_labels for child in node.children):
            self._below(node, node.children, given)
            return
        clauses = [child for child in node.children if is_label_clause(child)]
        labels = {id(child) for child in clauses}
        others = [child for child in node.children if id(child) not in labels]
        own = node.activity()
        heads = may_head(node, own.head)
        inner = part_lines(node.lines, own, heads)
        # What clauses say ("c) Thời gian: …") is said of the heading; nothing else gets it.
        passed = merged(given, own.values)
        gives = bool(roles_of(own.values) & BODY_ROLES)
        inner += part_lines(clause_lines(clauses), own, heads)
        before = len(self.found)
        for activity in inner:
            self._add(activity, node, node.area, passed)
        self._below(node, others, passed)
        self._doubt(others, before)
        if not heads:
            return
        members = [child for child in others if may_be_member(child)] if gives else []
        grouped = len(self.found) > before
        if gives and (grouped or (1 < len(members) == len(others) and not clauses)):
            self._members(own, members, passed, before)
        elif not self._add(own, node, parent.area if parent is not None else None, given):
            self._unassigned(own, grouped)

    def _below(self, node: Node, children: list[Node], given: Given) -> None:
        """Reads the clauses below a heading; one that names a body gives it as their lead.

        Only where no label below names any body ("1. Phòng Nội vụ" above "a) Mở lớp …" and its
        "Thời gian: …"): each such task is told.
        """
        leader = leader_of(node, children) if not given.keys() & BODY_ROLES else None
        if leader is None:
            for child in children:
                self._node(child, node, given)
            return
        before = len(self.found)
        for child in children:
            self._node(child, node, {**given, "lead": [leader]})
        for one in self.found[before:]:
            start, end = leader.start, leader.end
            one.notes.append(Note("lead.from_heading", leader.words.flat, None, start, end))

    def _members(self, own: Activity, members: list[Node], passed: Given, before: int) -> None:
        """The heading has the labels of a group: each clause below it is a task."""
        known = {id(one.node) for one in self.found[before:]}
        for child in members:
            if id(child) not in known:
                self._add(child.activity(), child, own.head, passed, alone=True)

    def _add(
        self,
        activity: Activity,
        node: Node | None,
        area: Fragment | None,
        given: Given,
        *,
        alone: bool = False,
    ) -> bool:
        """Takes the activity as a task where it has words, labels, and somebody who does it.

        ``alone`` is true where the labels of its group are enough.
        """
        if activity.head is None or not activity.head.text:
            return False
        if not (alone or roles_of(activity.values)) or not is_assigned(activity.values, given):
            return False
        self.found.append(Found(activity, node, area, given, []))
        return True

    # --- what is told -------------------------------------------------------------------------

    def _doubt(self, others: list[Node], before: int) -> None:
        """Labels below the last of several lettered clauses may speak of all of them."""
        if len(self.found) != before + 1 or len(others) < _FEW_LABELS:
            return
        last = self.found[-1]
        if last.node is not others[-1] or not all(child.is_letter for child in others):
            return
        if last.given.keys() & BODY_ROLES or any(child.has_labels for child in others[:-1]):
            return
        values = last.activity.values
        start, end = values[0].start, values[-1].end
        raw = _short(" ".join(self.view[start:end].split()))
        last.notes.append(Note("labels.group_unclear", raw, None, start, end))

    def _crowded(self, lines: list[Line]) -> None:
        """Paragraphs that hold the labels of several activities."""
        for line in lines:
            if line.crowded:
                start, end = line.words.start, line.words.end
                raw = _short(line.words.flat)
                self.notes.append(Note("labels.unread", raw, None, start, end))

    def _unassigned(self, own: Activity, grouped: bool) -> None:
        """An activity with several labels that names nobody is no task."""
        if not grouped and len(roles_of(own.values)) >= _FEW_LABELS and own.head is not None:
            raw, head = _short(own.head.flat), own.head
            self.notes.append(Note("labels.without_body", raw, None, head.start, head.end))


def _short(raw: str) -> str:
    return raw if len(raw) <= _MOST_RAW else raw[: _MOST_RAW - 1] + "…"
