"""The closing summary of a run, a dozen lines of plain text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from normalize.records import AssignmentRow, DocumentRow, FindingRow, PeriodRow, Plan, TaskRow

_TOP_CODES = 4


def summarize(plans: Iterable[Plan], out: Path, failed: Sequence[object] = ()) -> str:
    """What a run read, how much of each field it resolved, its findings, and where they lie.

    ``failed`` are the inputs that could not be read (names or paths). At most 15 lines, none with
    white space at its end, no line break after the last. A field's share is of the tasks that
    state something in it: an empty cell is not unresolved.
    """
    rows = list(plans)
    documents = [row for plan in rows for row in plan.documents]
    tasks = [row for plan in rows for row in plan.tasks]
    assignments = [row for plan in rows for row in plan.assignments]
    periods = [row for plan in rows for row in plan.periods]
    findings = [row for plan in rows for row in plan.findings]
    counts = [
        ("sections", sum(len(plan.sections) for plan in rows)),
        ("targets", sum(len(plan.targets) for plan in rows)),
        ("citations", sum(len(plan.citations) for plan in rows)),
    ]
    lines = [
        f"documents     {len(documents):>6,}   {_files(documents, failed)}",
        f"tasks         {len(tasks):>6,}   {', '.join(f'{name} {n:,}' for name, n in counts)}",
    ]
    lines += [
        f"  {name:<12}{good:>6,} of {stated:>6,}  {share(good, stated):>6}  {what}"
        for name, good, stated, what in resolved(tasks, assignments, periods)
    ]
    return "\n".join([*lines, *_findings(findings), f"written to    {out}"])


def _files(documents: Sequence[DocumentRow], failed: Sequence[object]) -> str:
    files = len({row.source_file for row in documents})
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
) -> list[tuple[str, int, int, str]]:
    """Per field: name, tasks read whole, tasks that state it, and what reading it means."""
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

    return [
        ("lead", whole(led, "lead"), len(led), "every body has an id"),
        ("partners", whole(partnered, "coordinating"), len(partnered), "every body has an id"),
        ("schedule", sum(row.task_id in read for row in timed), len(timed), "every part read"),
        (
            "budget",
            sum(row.budget_status != "unresolved" for row in funded),
            len(funded),
            "amount or status read",
        ),
        ("area", sum(row.area_code is not None for row in placed), len(placed), "area coded"),
    ]


def _findings(findings: Sequence[FindingRow]) -> list[str]:
    by_severity = Counter(row.severity for row in findings)
    named = [f"{name} {by_severity[name]:,}" for name in ("error", "warning", "info")]
    lines = [f"findings      {len(findings):>6,}   {', '.join(named)}"]
    by_code = Counter(row.code for row in findings)
    top = sorted(by_code.items(), key=lambda item: (-item[1], item[0]))[:_TOP_CODES]
    if top:
        lines.append("  most often  " + ", ".join(f"{code} {n:,}" for code, n in top))
    return lines
