"""The closing summary of a run, a dozen lines of plain text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import msgspec

from normalize.records import AssignmentRow, PeriodRow, Plan, TaskRow

_TOP_CODES = 4
_COUNTED = ("documents", "tasks", "sections", "targets", "citations")
_MEANINGS = {
    "lead": "every body has an id",
    "partners": "every body has an id",
    "schedule": "every part read",
    "budget": "amount or status read",
    "area": "area coded",
}
"""Fields of a task, and what reading each whole means."""


class Counts(msgspec.Struct, array_like=True):
    """What the summary counts, of one plan or of many; sums of small numbers, whatever the run."""

    files: int = 0
    rows: dict[str, int] = {}
    fields: dict[str, tuple[int, int]] = {}
    severities: dict[str, int] = {}
    codes: dict[str, int] = {}

    def add(self, other: Counts) -> None:
        """Count what the other counts too."""
        self.files += other.files
        for name in ("rows", "severities", "codes"):
            mine = getattr(self, name)
            for key, number in getattr(other, name).items():
                mine[key] = mine.get(key, 0) + number
        for key, (good, stated) in other.fields.items():
            before = self.fields.get(key, (0, 0))
            self.fields[key] = (before[0] + good, before[1] + stated)


def count(plan: Plan) -> Counts:
    """The counts of one input."""
    return Counts(
        int(bool(plan.documents)),
        {name: len(getattr(plan, name)) for name in _COUNTED},
        resolved(plan.tasks, plan.assignments, plan.periods),
        dict(Counter(row.severity for row in plan.findings)),
        dict(Counter(row.code for row in plan.findings)),
    )


def summarize(counts: Counts, out: Path | str, failed: Sequence[object] = ()) -> str:
    """What a run read, how much of each field it resolved, its findings, and where they lie.

    ``failed`` are the inputs that could not be read (names or paths). At most 15 lines, none with
    white space at its end, no line break after the last. A field's share is of the tasks that
    state something in it: an empty cell is not unresolved.
    """
    rows = {name: counts.rows.get(name, 0) for name in _COUNTED}
    others = ", ".join(f"{name} {rows[name]:,}" for name in ("sections", "targets", "citations"))
    lines = [
        f"documents     {rows['documents']:>6,}   {_files(counts.files, failed)}",
        f"tasks         {rows['tasks']:>6,}   {others}",
    ]
    for name, what in _MEANINGS.items():
        good, stated = counts.fields.get(name, (0, 0))
        lines.append(f"  {name:<12}{good:>6,} of {stated:>6,}  {share(good, stated):>6}  {what}")
    return "\n".join([*lines, *_findings(counts), f"written to    {out}"])


def _files(files: int, failed: Sequence[object]) -> str:
    text = f"from {files:,} file{'' if files == 1 else 's'}"
    if failed:
        names = ", ".join(map(str, failed[:3])) + (", …" if len(failed) > 3 else "")
        text += f"; {len(failed):,} failed: {names}"
    return text


def share(good: int, stated: int) -> str:
    """The share as a whole percentage, never rounded up to 100; "–" of nothing."""
    return f"{100 * good // stated} %" if stated else "–"


def resolved(
    tasks: Sequence[TaskRow], assignments: Sequence[AssignmentRow], periods: Sequence[PeriodRow]
) -> dict[str, tuple[int, int]]:
    """Per field the tasks read whole and the tasks that state it."""
    unnamed = {(row.task_id, row.role) for row in assignments if row.agency_id is None}
    unread = {row.task_id for row in periods if row.kind == "unresolved"}
    read = {row.task_id for row in periods} - unread
    led = [row for row in tasks if row.lead]
    partnered = [row for row in tasks if row.coordinating]
    timed = [row for row in tasks if row.schedule]
    funded = [row for row in tasks if row.budget_status not in ("unstated", "no_column")]
    placed = [row for row in tasks if row.area]

    def whole(rows: list[TaskRow], role: str) -> int:
        return sum((row.task_id, role) not in unnamed for row in rows)

    return {
        "lead": (whole(led, "lead"), len(led)),
        "partners": (whole(partnered, "coordinating"), len(partnered)),
        "schedule": (sum(row.task_id in read for row in timed), len(timed)),
        "budget": (sum(row.budget_status != "unresolved" for row in funded), len(funded)),
        "area": (sum(row.area_code is not None for row in placed), len(placed)),
    }


def _findings(counts: Counts) -> list[str]:
    named = [f"{name} {counts.severities.get(name, 0):,}" for name in ("error", "warning", "info")]
    total = sum(counts.severities.values())
    lines = [f"findings      {total:>6,}   {', '.join(named)}"]
    top = sorted(counts.codes.items(), key=lambda item: (-item[1], item[0]))[:_TOP_CODES]
    if top:
        lines.append("  most often  " + ", ".join(f"{code} {n:,}" for code, n in top))
    return lines
