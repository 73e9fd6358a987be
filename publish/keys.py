"""What tells one row from another, and which row another one points to.

Every run holds to these (a test tries it); databases and the data package declare them. A finding
has no key of its own, and an agency's successor need not be one of the run's agencies.
"""

from __future__ import annotations

import msgspec


class ForeignKey(msgspec.Struct, frozen=True):
    """One column whose values, where not null, are keys of another table."""

    column: str
    table: str
    target: str


PRIMARY_KEYS: dict[str, tuple[str, ...]] = {
    "documents": ("document_id",),
    "sections": ("section_id",),
    "tasks": ("task_id",),
    "assignments": ("task_id", "order"),
    "deliverables": ("task_id", "order"),
    "periods": ("task_id", "order"),
    "targets": ("document_id", "order"),
    "citations": ("document_id", "order"),
    "agencies": ("agency_id",),
    "findings": (),
}

_DOCUMENT = ForeignKey("document_id", "documents", "document_id")
_SECTION = ForeignKey("section_id", "sections", "section_id")
_TASK = ForeignKey("task_id", "tasks", "task_id")
_ISSUER = ForeignKey("issuer_id", "agencies", "agency_id")

FOREIGN_KEYS: dict[str, tuple[ForeignKey, ...]] = {
    "documents": (ForeignKey("parent_document_id", "documents", "document_id"), _ISSUER),
    "sections": (_DOCUMENT, ForeignKey("parent_id", "sections", "section_id")),
    "tasks": (_DOCUMENT,),
    "assignments": (_DOCUMENT, _TASK, ForeignKey("agency_id", "agencies", "agency_id")),
    "deliverables": (_DOCUMENT, _TASK),
    "periods": (_DOCUMENT, _TASK),
    "targets": (_DOCUMENT, _SECTION),
    "citations": (_DOCUMENT, _SECTION, _TASK, _ISSUER),
    "agencies": (),
    "findings": (_DOCUMENT,),
}
