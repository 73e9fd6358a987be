"""Tasks before their place in the document is known, and the places and numbers they get there."""

from __future__ import annotations

import msgspec

from extract.repair import is_next, value_of
from normalize.findings import Note
from normalize.fragment import Fragment
from normalize.raw import RawTask


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
    seen: set[tuple[int, int, int, str]] = set()
    count = 0
    for index, draft in enumerate(drafts):
        if draft.number is None:
            continue
        count += _begins_anew(draft)
        name = (draft.table, draft.ordinal, count, draft.number)
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


def _begins_anew(draft: Draft) -> bool:
    """ "Tháng 3 | 1. …": a calendar counts its tasks anew beside each time in its first column."""
    schedule = draft.roles.get("schedule")
    if draft.number != "1" or schedule is None or not schedule.text:
        return False
    return schedule.start < draft.task.start


def _missing_between(number: str, following: str) -> str | None:
    """ "5.3" and "5.5" → "5.4"; None where the count simply goes elsewhere."""
    left, right = number.split("."), following.split(".")
    if left[:-1] != right[:-1] or left[-1].isdigit() != right[-1].isdigit():
        return None
    low, high = value_of(left[-1]), value_of(right[-1])
    if not 1 < high - low <= 5 or not left[-1].isdigit():
        return None
    return ", ".join(".".join([*left[:-1], str(value)]) for value in range(low + 1, high))
