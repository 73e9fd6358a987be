"""The records of several inputs as one collection: ids stay unique, failures leave a row."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from normalize.findings import Note, message, severity
from normalize.records import TABLES_OF_DOCUMENTS, FindingRow, Plan, no_records

Record = TypeVar("Record", bound=msgspec.Struct)
_ID_FIELDS = ("document_id", "parent_document_id", "section_id", "parent_id", "task_id", "row_id")


def failed_input(source_file: str, problem: str, remedy: str) -> Plan:
    """What a file leaves that could not be read: one finding and nothing else."""
    note = Note("input.failed", "", None, 0, 0, f"{problem}. {remedy}")
    plan = no_records()
    plan.findings.append(
        FindingRow(
            document_id=None,
            source_file=source_file,
            table=None,
            row_id=None,
            severity=severity(note.code),
            code=note.code,
            message=message(note),
            raw=None,
            value=None,
            at=None,
        )
    )
    return plan


class DistinctDocuments:
    """Keeps document ids unique over all plans of a run, plan by plan.

    Where two documents share an id the later one takes ``-`` and 8 digits of its file's hash, in
    all its rows, and a finding ``document.duplicate`` tells it.
    """

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, plan: Plan) -> Plan:
        """The plan with ids that none before it has; the same plan where it had them."""
        renames: dict[str, str] = {}
        for row in plan.documents:
            name = row.document_id
            if name in self._taken:
                name = f"{name}-{row.source_sha256[:8]}"
                count = 2
                while name in self._taken:
                    name = f"{row.document_id}-{row.source_sha256[:8]}-{count}"
                    count += 1
                renames[row.document_id] = name
            self._taken.add(name)
        return _renamed(plan, renames) if renames else plan


def named(plan: Plan, source_file: str) -> Plan:
    """The plan as an input of that name gives it."""
    return msgspec.structs.replace(
        plan,
        documents=[msgspec.structs.replace(row, source_file=source_file) for row in plan.documents],
        findings=[msgspec.structs.replace(row, source_file=source_file) for row in plan.findings],
    )


def _renamed(plan: Plan, renames: dict[str, str]) -> Plan:
    fields = {
        table: [_with_ids(row, renames) for row in getattr(plan, table)]
        for table in TABLES_OF_DOCUMENTS
    }
    findings: list[FindingRow] = fields["findings"]
    for old, new in renames.items():
        row = next(one for one in plan.documents if one.document_id == old)
        note = Note("document.duplicate", old, new)
        findings.append(
            FindingRow(
                document_id=new,
                source_file=row.source_file,
                table="documents",
                row_id=new,
                severity=severity(note.code),
                code=note.code,
                message=message(note),
                raw=note.raw,
                value=note.value,
                at=None,
            )
        )
    documents = [
        msgspec.structs.replace(row, finding_count=row.finding_count + 1)
        if row.document_id in renames.values()
        else row
        for row in fields["documents"]
    ]
    return Plan(**{**fields, "documents": documents, "agencies": plan.agencies})


def _with_ids(row: Record, renames: dict[str, str]) -> Record:
    """The row with every id that belongs to a renamed document rewritten."""
    changes = {}
    for field in _ID_FIELDS:
        value = getattr(row, field, None)
        if value is None:
            continue
        for old, new in renames.items():
            if value == old or value.startswith((f"{old}#", f"{old}/")):
                changes[field] = new + value[len(old) :]
    return msgspec.structs.replace(row, **changes) if changes else row
