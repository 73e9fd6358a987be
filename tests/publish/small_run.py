"""Small runs for the tests of what is made from a run: a few documents, every kind of row."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import msgspec
from sample_plan import agency, assignment, document, place, task

from normalize import records
from publish.finished import Finished
from publish.write import TableFiles


def plan(
    document_id: str = "01-7-kh-ubnd-2021",
    tasks: tuple[str, ...] = ("1", "2"),
    *,
    parent: str | None = None,
    lead: str = "so-noi-vu",
    **about: Any,
) -> records.Plan:
    """A document with a section in a section and, per task number, one row of every kind.

    ``about`` changes fields of the document; a document's ``parent`` must be in the same run.
    """
    own = [f"{document_id}/{number}" for number in tasks]
    made = document(document_id)
    counts = {"task_count": len(own), "section_count": 2, "finding_count": 1}
    about = {"parent_document_id": parent, **counts, **about}
    return records.Plan(
        documents=[msgspec.structs.replace(made, **about)],
        # The child stands first: a key must not hang on the order of rows.
        sections=[section(document_id, "I/1", "I"), section(document_id, "I", None)],
        tasks=[
            task(number, task_id=name, document_id=document_id, order=place + 1, lead_ids=[lead])
            for place, (number, name) in enumerate(zip(tasks, own, strict=True))
        ],
        assignments=[_of(document_id, assignment(name, "lead", lead)) for name in own],
        deliverables=[deliverable(name, document_id) for name in own],
        periods=[period(name, document_id) for name in own],
        targets=[target(document_id)],
        citations=[citation(document_id, name, place + 1) for place, name in enumerate(own)],
        agencies=[agency(lead), agency("ubnd-tinh", "UBND tỉnh"), agency("chinh-phu")],
        findings=[
            finding(document_id, made.source_file if not about else about.get("source_file"))
        ],
    )


def _of(document_id: str, row: records.AssignmentRow) -> records.AssignmentRow:
    return msgspec.structs.replace(row, document_id=document_id)


def section(document_id: str, path: str, parent: str | None) -> records.SectionRow:
    """A section at that path."""
    return records.SectionRow(
        section_id=f"{document_id}#{path}",
        document_id=document_id,
        parent_id=parent and f"{document_id}#{parent}",
        order=path.count("/") + 1,
        level=path.count("/") + 1,
        label=path[-1],
        path=path,
        title=None,
        text="Chữ",
        at=place(),
    )


def deliverable(task_id: str, document_id: str) -> records.DeliverableRow:
    """A report without a day of its own."""
    return records.DeliverableRow(
        task_id=task_id,
        document_id=document_id,
        order=1,
        text="Báo cáo",
        type_codes=["BC"],
        due_on=None,
        at=place(),
    )


def period(task_id: str, document_id: str, **changed: Any) -> records.PeriodRow:
    """The first quarter of 2021, with fields changed at will."""
    fields: dict[str, Any] = {
        "task_id": task_id,
        "document_id": document_id,
        "order": 1,
        "kind": "quarter",
        "start_on": datetime.date(2021, 1, 1),
        "end_on": datetime.date(2021, 3, 31),
        "edtf": "2021-33",
        "rrule": None,
        "condition": None,
        "raw": "Quý I/2021",
        "at": place(),
    }
    return records.PeriodRow(**{**fields, **changed})


def target(document_id: str) -> records.TargetRow:
    """A share, on a page with its box."""
    return records.TargetRow(
        document_id=document_id,
        section_id=f"{document_id}#I/1",
        order=1,
        value=98.5,
        unit="%",
        comparator=">=",
        subject="hồ sơ",
        raw="Trên 98,5%",
        at=place(60, page=2),
    )


def citation(document_id: str, task_id: str, order: int) -> records.CitationRow:
    """A decree cited in a task."""
    return records.CitationRow(
        document_id=document_id,
        section_id=None,
        task_id=task_id,
        order=order,
        symbol="1/2020/NĐ-CP",
        doc_type="NĐ",
        issuer_id="chinh-phu",
        issued_on=None,
        title=None,
        raw="Nghị định số 1/2020/NĐ-CP",
        at=place(),
    )


def finding(document_id: str | None, source_file: str | None) -> records.FindingRow:
    """Something told of the document, or of a file that gave none."""
    return records.FindingRow(
        document_id=document_id,
        source_file=source_file or "a.txt",
        table="documents" if document_id else None,
        row_id=document_id,
        severity="warning",
        code="document.incomplete" if document_id else "input.failed",
        message="Thiếu",
        raw=None,
        value=None,
        at=None,
    )


def finished(folder: Path, *plans: records.Plan) -> Finished:
    """The run of these plans, written to the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    files = TableFiles(folder)
    for made in plans:
        files.add(made)
    files.close()
    return Finished(folder)
