"""The canonical records: one type a table, one field a column.

Field order is column order. ``publish/schema.py`` gives each its description, its Arrow type and,
where the contract lists them, its allowed codes, and refuses a field that it does not know.
"""

from __future__ import annotations

import datetime

import msgspec


class Place(msgspec.Struct, frozen=True, gc=False):
    """Where words stand in a source: lines 1-based and inclusive, characters 0-based and half open.

    ``page`` is 1-based, ``bbox`` is (x0, top, x1, bottom) in points; both only for paged inputs.
    """

    line_start: int
    line_end: int
    char_start: int
    char_end: int
    page: int | None = None
    bbox: tuple[float, float, float, float] | None = None


class DocumentRow(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One administrative document."""

    document_id: str
    parent_document_id: str | None
    source_file: str
    source_sha256: str
    format: str
    doc_type: str | None
    number: str | None
    symbol: str | None
    issued_on: datetime.date | None
    effective_on: datetime.date | None
    place: str | None
    issuer_id: str | None
    issuer: str | None
    jurisdiction_code: str | None
    jurisdiction: str | None
    successor_code: str | None
    successor: str | None
    title: str | None
    plan_year: int | None
    signer: str | None
    signer_title: str | None
    section_count: int
    task_count: int
    finding_count: int


class SectionRow(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One heading or numbered clause."""

    section_id: str
    document_id: str
    parent_id: str | None
    order: int
    level: int
    label: str
    path: str
    title: str | None
    text: str | None
    at: Place


class TaskRow(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One task of an appendix table."""

    task_id: str
    document_id: str
    order: int
    form: str
    task_no: str | None
    area: str | None
    area_code: str | None
    task: str
    deliverables: list[str]
    lead_ids: list[str]
    lead: list[str]
    coordinating_ids: list[str]
    coordinating: list[str]
    schedule: str | None
    start_on: datetime.date | None
    due_on: datetime.date | None
    budget: str | None
    budget_vnd: int | None
    budget_status: str
    funding_source: str | None
    funded_by_ids: list[str]
    finding_codes: list[str]
    at: Place


class AssignmentRow(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One body with one role in one task."""

    task_id: str
    document_id: str
    order: int
    role: str
    agency_id: str | None
    agency: str
    jurisdiction_code: str | None
    kind: str
    registered: bool
    scope: str | None
    raw: str
    at: Place


class DeliverableRow(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One product of one task."""

    task_id: str
    document_id: str
    order: int
    text: str
    type_codes: list[str]
    due_on: datetime.date | None
    at: Place


class PeriodRow(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One part of one task's schedule."""

    task_id: str
    document_id: str
    order: int
    kind: str
    start_on: datetime.date | None
    end_on: datetime.date | None
    edtf: str | None
    rrule: str | None
    condition: str | None
    raw: str
    at: Place


class TargetRow(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One figure that the plan sets itself."""

    document_id: str
    section_id: str | None
    order: int
    value: float
    unit: str
    comparator: str
    subject: str
    raw: str
    at: Place


class CitationRow(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One mention of a legal or official document."""

    document_id: str
    section_id: str | None
    task_id: str | None
    order: int
    symbol: str | None
    doc_type: str | None
    issuer_id: str | None
    issued_on: datetime.date | None
    title: str | None
    raw: str
    at: Place


class AgencyRow(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One agency id that the outputs mention."""

    agency_id: str
    agency: str
    kind: str
    level: str | None
    abbreviation: str | None
    successor_id: str | None
    english: str | None


class FindingRow(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One thing that an analyst should know."""

    document_id: str | None
    source_file: str
    table: str | None
    row_id: str | None
    severity: str
    code: str
    message: str
    raw: str | None
    value: str | None
    at: Place | None


class TaskChangeRow(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One difference between two versions of a plan: a task added, dropped, or a field of one."""

    change: str
    task: str
    field: str | None
    old_value: str | None
    new_value: str | None
    matched_by: str | None
    similarity: float | None
    old_task_id: str | None
    new_task_id: str | None
    old_document_id: str | None
    new_document_id: str | None
    old_source_file: str | None
    old_line_start: int | None
    old_line_end: int | None
    new_source_file: str | None
    new_line_start: int | None
    new_line_end: int | None


class Plan(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Every record of one input file, table by table, in source order."""

    documents: list[DocumentRow]
    sections: list[SectionRow]
    tasks: list[TaskRow]
    assignments: list[AssignmentRow]
    deliverables: list[DeliverableRow]
    periods: list[PeriodRow]
    targets: list[TargetRow]
    citations: list[CitationRow]
    agencies: list[AgencyRow]
    findings: list[FindingRow]


TABLES_OF_DOCUMENTS: tuple[str, ...] = tuple(
    name for name in Plan.__struct_fields__ if name != "agencies"
)
"""The tables whose rows belong to a document or a file, in order; agencies belong to all."""


def no_records() -> Plan:
    """A plan without any record."""
    return Plan(
        documents=[],
        sections=[],
        tasks=[],
        assignments=[],
        deliverables=[],
        periods=[],
        targets=[],
        citations=[],
        agencies=[],
        findings=[],
    )
