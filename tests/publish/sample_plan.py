"""A small invented plan that the publish tests share: awkward cells, nulls, empty tables."""

from __future__ import annotations

import datetime

from normalize import records

AWKWARD = 'Sở "A", phòng B;\nỦy ban'
"""Quotes, comma, semicolon, line break and letters outside ASCII in one cell."""


def place(start: int = 0, page: int | None = None) -> records.Place:
    """A place of ten characters on lines 3 and 4, with a box where a page is given."""
    box = None if page is None else (1.0, 2.5, 3.0, 4.0)
    return records.Place(3, 4, start, start + 10, page, box)


def document(document_id: str = "01-7-kh-ubnd-2021") -> records.DocumentRow:
    """A document with a code that begins with 0."""
    return records.DocumentRow(
        document_id=document_id,
        parent_document_id=None,
        source_file="a.txt",
        source_sha256="0" * 64,
        format="text",
        doc_type="KH",
        number="7",
        symbol="7/KH-UBND",
        issued_on=datetime.date(2021, 1, 5),
        effective_on=None,
        place="Hà Nội",
        issuer_id="ubnd-tinh",
        issuer="UBND TP Hà Nội",
        jurisdiction_code="01",
        jurisdiction="Hà Nội",
        successor_code="01",
        successor="Hà Nội",
        title="Cải cách hành chính năm 2021",
        plan_year=2021,
        signer=None,
        signer_title="Chủ tịch",
        section_count=0,
        task_count=2,
        finding_count=1,
    )


def task(number: str, **changed: object) -> records.TaskRow:
    """A task led by one department, with fields changed at will."""
    fields: dict[str, object] = {
        "task_id": f"01-7-kh-ubnd-2021/{number}",
        "document_id": "01-7-kh-ubnd-2021",
        "order": 1,
        "form": "row",
        "task_no": number,
        "area": "Thể chế",
        "area_code": "institutions",
        "task": AWKWARD,
        "deliverables": ["Kế hoạch; Báo cáo", "Quyết định"],
        "lead_ids": ["so-noi-vu"],
        "lead": ["Sở Nội vụ"],
        "coordinating_ids": [],
        "coordinating": [],
        "schedule": "Quý I/2021",
        "start_on": datetime.date(2021, 1, 1),
        "due_on": datetime.date(2021, 3, 31),
        "budget": "455 triệu đồng",
        "budget_vnd": 455_000_000,
        "budget_status": "amount",
        "funding_source": None,
        "funded_by_ids": [],
        "finding_codes": ["row.joined"],
        "at": place(),
    }
    return records.TaskRow(**{**fields, **changed})  # type: ignore[arg-type]


def assignment(task_id: str, role: str, agency_id: str | None) -> records.AssignmentRow:
    """A body in a role; without an id it is described."""
    return records.AssignmentRow(
        task_id=task_id,
        document_id="01-7-kh-ubnd-2021",
        order=1,
        role=role,
        agency_id=agency_id,
        agency="Sở Nội vụ",
        jurisdiction_code="01",
        kind="organization" if agency_id else "described",
        registered=agency_id is not None,
        scope=None,
        raw="Sở Nội vụ",
        at=place(20),
    )


def period(task_id: str, kind: str) -> records.PeriodRow:
    """A period of that kind without dates."""
    return records.PeriodRow(
        task_id=task_id,
        document_id="01-7-kh-ubnd-2021",
        order=1,
        kind=kind,
        start_on=None,
        end_on=None,
        edtf=None,
        rrule=None,
        condition=None,
        raw="",
        at=place(40),
    )


def agency(agency_id: str, name: str = "Sở Nội vụ") -> records.AgencyRow:
    """A department of a province."""
    return records.AgencyRow(
        agency_id=agency_id,
        agency=name,
        kind="organization",
        level="province",
        abbreviation=None,
        successor_id=None,
        english=None,
    )


def finding(
    code: str = "row.joined", severity: str = "info", at: records.Place | None = None
) -> records.FindingRow:
    """A finding about the first task."""
    return records.FindingRow(
        document_id="01-7-kh-ubnd-2021",
        source_file="a.txt",
        table="tasks",
        row_id="01-7-kh-ubnd-2021/1.10",
        severity=severity,
        code=code,
        message="Dòng bị ngắt trang",
        raw=None,
        value=None,
        at=at,
    )


def target() -> records.TargetRow:
    """A share of files, read on a page."""
    return records.TargetRow(
        document_id="01-7-kh-ubnd-2021",
        section_id=None,
        order=1,
        value=98.5,
        unit="%",
        comparator=">=",
        subject="hồ sơ",
        raw="Trên 98,5% hồ sơ",
        at=place(60, page=2),
    )


EMPTY = records.Plan(**{name: [] for name in records.Plan.__struct_fields__})
"""A plan without a row."""

PLAN = records.Plan(
    documents=[document()],
    sections=[],
    tasks=[
        task("1.10"),
        task(
            "1.2",
            order=2,
            area=None,
            area_code=None,
            task="",
            deliverables=[],
            schedule=None,
            start_on=None,
            due_on=None,
            budget=None,
            budget_vnd=None,
            budget_status="no_column",
            finding_codes=[],
            at=place(10),
        ),
    ],
    assignments=[
        assignment("01-7-kh-ubnd-2021/1.10", "lead", "so-noi-vu"),
        assignment("01-7-kh-ubnd-2021/1.2", "lead", None),
    ],
    deliverables=[],
    periods=[period("01-7-kh-ubnd-2021/1.10", "quarter")],
    targets=[target()],
    citations=[],
    agencies=[agency("so-tu-phap", "Sở Tư pháp"), agency("so-noi-vu")],
    findings=[finding(), finding("schedule.unresolved", "warning", place(5))],
)
"""One document, two tasks (the second all but empty), three tables without a row."""
