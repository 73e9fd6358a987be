"""What the tests of the seeds and of the samples share: cells as text, invariants of a plan."""

from __future__ import annotations

import datetime
import unicodedata

from normalize.records import Plan


def tidy(text: str) -> str:
    """NFC, every run of white space one blank."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def cell(value: object) -> str:
    """A record's value as a truth cell writes it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return "; ".join(cell(item) for item in value)
    return tidy(str(value))


def assert_counts(plan: Plan) -> None:
    """``section_count``, ``task_count``, ``finding_count`` are the rows that the document owns."""
    for document in plan.documents:
        owned = [
            sum(row.document_id == document.document_id for row in rows)
            for rows in (plan.sections, plan.tasks, plan.findings)
        ]
        counts = [document.section_count, document.task_count, document.finding_count]
        assert counts == owned, document.document_id


def assert_lists(plan: Plan) -> None:
    """The lists of a task say what ``assignments``, ``deliverables`` and ``findings`` say."""
    for task in plan.tasks:
        bodies = [row for row in plan.assignments if row.task_id == task.task_id]
        for role, names, ids in (
            ("lead", task.lead, task.lead_ids),
            ("coordinating", task.coordinating, task.coordinating_ids),
        ):
            of_role = [row for row in bodies if row.role == role]
            assert names == [row.agency for row in of_role], task.task_id
            assert ids == [row.agency_id for row in of_role if row.agency_id], task.task_id
        products = [row.text for row in plan.deliverables if row.task_id == task.task_id]
        assert task.deliverables == products, task.task_id
        told = {
            found.code
            for found in plan.findings
            if found.row_id and found.row_id.split("#")[0] == task.task_id
        }
        assert told <= set(task.finding_codes), task.task_id
