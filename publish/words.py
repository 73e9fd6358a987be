"""The words of the schema: what each table and column holds, in English, and its Vietnamese label.

Only ``publish/schema.py`` reads this; it fits the words to the record structs and raises on import
where one lacks the other. Source of every meaning: the output contract.
"""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """A column's English description, its Vietnamese label, and the code list that it uses."""

    description: str
    label: str
    codes: str | None = None


class TableWords(NamedTuple):
    """What one row of a table is, the table's Vietnamese name, and its columns' words."""

    description: str
    label: str
    columns: dict[str, Words]


_DOCUMENT = Words("The document that the row belongs to", "Mã văn bản")
_TASK = Words("The task that the row belongs to", "Mã nhiệm vụ")
_TASK_ORDER = Words("Place within the task, from 1", "Thứ tự")
_DOCUMENT_ORDER = Words("Place within the document, from 1", "Thứ tự")

PLACE_WORDS = {
    "line_start": Words("First line of the words read, from 1", "Dòng đầu"),
    "line_end": Words("Last line of the words read, that line included", "Dòng cuối"),
    "char_start": Words(
        "Offset of the first character in the decoded source text, from 0, after a BOM",
        "Ký tự đầu",
    ),
    "char_end": Words("Offset behind the last character (half open)", "Ký tự cuối"),
    "page": Words("Page, from 1; paged inputs only", "Trang"),
    "bbox": Words(
        "Box on that page, as it reads, in points: x0, top, x1, bottom; paged inputs only", "Khung"
    ),
}
"""The columns that say where a row was read, the same in every table that has them."""

TABLE_WORDS = {
    "documents": TableWords(
        "One administrative document; a file may hold several (a decision and its plan)",
        "Văn bản",
        {
            "document_id": Words(
                "Stable id from jurisdiction, symbol and year; from the content's hash where no "
                "symbol is known",
                "Mã văn bản",
            ),
            "parent_document_id": Words("The document that issues this one", "Mã văn bản ban hành"),
            "source_file": Words("Shortest path tail that tells the inputs apart", "Tệp nguồn"),
            "source_sha256": Words("SHA-256 of the file's bytes, in hex", "Mã băm SHA-256"),
            "format": Words("What kind of file it was read from", "Định dạng", "format"),
            "doc_type": Words(
                "Abbreviation of the document type (Decree 30/2020/NĐ-CP, appendix III, and Luật, "
                "PL, NĐ, TT, TTLT, CV)",
                "Loại văn bản",
            ),
            "number": Words("Number as printed", "Số"),
            "symbol": Words("Number and symbol: 142/KH-UBND", "Số, ký hiệu"),
            "issued_on": Words("Day of issue", "Ngày ban hành"),
            "effective_on": Words("Day of effect, where stated", "Ngày có hiệu lực"),
            "place": Words("Place of issue", "Địa danh"),
            "issuer_id": Words("Agency id of the issuer", "Mã cơ quan ban hành"),
            "issuer": Words("Issuer with its province", "Cơ quan ban hành"),
            "jurisdiction_code": Words(
                "Statistics-office code of the province at the time of the document: 01",
                "Mã tỉnh",
            ),
            "jurisdiction": Words("Province at the time of the document", "Tỉnh, thành phố"),
            "successor_code": Words(
                "Code of the province after the mergers of 1 July 2025; its own where unchanged",
                "Mã tỉnh mới",
            ),
            "successor": Words("Province after the mergers of 1 July 2025", "Tỉnh, thành phố mới"),
            "title": Words("Title without the type word", "Trích yếu"),
            "plan_year": Words(
                "The year in the title; null if it names several; a decision takes its plan's",
                "Năm kế hoạch",
            ),
            "signer": Words("Who signed", "Người ký"),
            "signer_title": Words("The signer's office", "Chức vụ người ký"),
            "section_count": Words("Rows in sections", "Số mục"),
            "task_count": Words("Rows in tasks", "Số nhiệm vụ"),
            "finding_count": Words("Rows in findings", "Số lưu ý"),
        },
    ),
    "sections": TableWords(
        "One heading or numbered clause, in document order",
        "Mục",
        {
            "section_id": Words("document_id#path", "Mã mục"),
            "document_id": _DOCUMENT,
            "parent_id": Words("The section around it; null at the top", "Mã mục cha"),
            "order": _DOCUMENT_ORDER,
            "level": Words("Depth; 1 is the top", "Cấp"),
            "label": Words("Number or letter as printed: II, 3, 2.1, Điều 1", "Ký hiệu mục"),
            "path": Words("Labels from the top: IV/2/2.1", "Đường dẫn"),
            "title": Words("Heading; null for a clause that runs on after its number", "Tiêu đề"),
            "text": Words("The section's own text, its children's left out", "Nội dung"),
        },
    ),
    "tasks": TableWords(
        "One task that the plan assigns, a row of an appendix table as a rule",
        "Nhiệm vụ",
        {
            "task_id": Words(
                "document_id/ and the task's place: its number, or area and number, or r12",
                "Mã nhiệm vụ",
            ),
            "document_id": _DOCUMENT,
            "order": _DOCUMENT_ORDER,
            "form": Words("How the plan states it", "Hình thức", "form"),
            "task_no": Words("Number as printed: 1.10", "Số thứ tự"),
            "area": Words(
                "Area of reform as printed, carried down merged cells and group rows", "Lĩnh vực"
            ),
            "area_code": Words("Area of reform; null outside the list", "Mã lĩnh vực", "area_code"),
            "task": Words("The task as printed, without its number", "Nội dung nhiệm vụ"),
            "deliverables": Words("Products as printed; one row each in deliverables", "Sản phẩm"),
            "lead_ids": Words(
                "Agency ids of the leading bodies, in order, without described ones",
                "Mã cơ quan chủ trì",
            ),
            "lead": Words(
                "Leading bodies by canonical name; described ones in their words",
                "Cơ quan chủ trì",
            ),
            "coordinating_ids": Words(
                "Agency ids of the partners, in order, without described ones",
                "Mã cơ quan phối hợp",
            ),
            "coordinating": Words(
                "Partners by canonical name; described ones in their words", "Cơ quan phối hợp"
            ),
            "schedule": Words("Schedule as printed; read in periods", "Thời gian thực hiện"),
            "start_on": Words("Earliest start of its periods", "Ngày bắt đầu"),
            "due_on": Words("Last day on time of its periods; null where open", "Hạn hoàn thành"),
            "budget": Words("Budget as printed", "Kinh phí"),
            "budget_vnd": Words("Amount in đồng, exact", "Kinh phí (đồng)"),
            "budget_status": Words(
                "What the plan says about money", "Tình trạng kinh phí", "budget_status"
            ),
            "funding_source": Words("Source of the funds as printed", "Nguồn kinh phí"),
            "funded_by_ids": Words(
                "Agency ids of the bodies that pay, where the cell names them",
                "Mã cơ quan bố trí kinh phí",
            ),
            "finding_codes": Words("Codes of the task's findings", "Mã lưu ý", "finding_code"),
        },
    ),
    "assignments": TableWords(
        "One body with one role in one task",
        "Phân công",
        {
            "task_id": _TASK,
            "document_id": _DOCUMENT,
            "order": _TASK_ORDER,
            "role": Words("What the body does in the task", "Vai trò", "role"),
            "agency_id": Words(
                "Agency id, the same in every province; null for a described body", "Mã cơ quan"
            ),
            "agency": Words("Canonical Vietnamese name, without the province", "Cơ quan"),
            "jurisdiction_code": Words(
                "Code of the body's province: the one named, else the document's; null for "
                "central bodies",
                "Mã tỉnh",
            ),
            "kind": Words("What the words name", "Loại", "assignment_kind"),
            "registered": Words("Is the body in the registry?", "Có trong danh mục"),
            "scope": Words(
                "What this body does here, or what narrows the group, where the cell says",
                "Phạm vi",
            ),
            "raw": Words("The body's own words as printed", "Nguyên văn"),
        },
    ),
    "deliverables": TableWords(
        "One product of one task",
        "Sản phẩm",
        {
            "task_id": _TASK,
            "document_id": _DOCUMENT,
            "order": _TASK_ORDER,
            "text": Words("The product as printed", "Sản phẩm"),
            "type_codes": Words(
                "Abbreviations of the document types that it is: KH, BC, QĐ", "Loại văn bản"
            ),
            "due_on": Words(
                "Its last day on time, where the cell's products and dates pair off",
                "Hạn hoàn thành",
            ),
        },
    ),
    "periods": TableWords(
        "One part of one task's schedule",
        "Thời gian",
        {
            "task_id": _TASK,
            "document_id": _DOCUMENT,
            "order": _TASK_ORDER,
            "kind": Words("What kind of time it is", "Loại", "period_kind"),
            "start_on": Words("First day; null where open", "Ngày bắt đầu"),
            "end_on": Words("Last day, that day included; null where open", "Ngày kết thúc"),
            "edtf": Words(
                "ISO 8601-2 (EDTF level 1–2); quarters are 33–36: 2021-34", "Thời gian (EDTF)"
            ),
            "rrule": Words(
                "RFC 5545 rule, where a frequency is named: FREQ=MONTHLY;INTERVAL=3", "Quy tắc lặp"
            ),
            "condition": Words("The words from khi, sau khi, theo, nếu on", "Điều kiện"),
            "raw": Words("The words as printed", "Nguyên văn"),
        },
    ),
    "targets": TableWords(
        "One figure that the plan sets itself, in prose or in a table of indicators",
        "Chỉ tiêu",
        {
            "document_id": _DOCUMENT,
            "section_id": Words("The section that states it", "Mã mục"),
            "order": _DOCUMENT_ORDER,
            "value": Words("The figure", "Giá trị"),
            "unit": Words("Unit as printed: %, UBND cấp xã", "Đơn vị tính"),
            "comparator": Words("How the result must compare", "So sánh", "comparator"),
            "subject": Words("What is measured", "Nội dung chỉ tiêu"),
            "raw": Words("From the word before the figure to the clause's end", "Nguyên văn"),
        },
    ),
    "citations": TableWords(
        "One mention of a legal or official document",
        "Văn bản viện dẫn",
        {
            "document_id": _DOCUMENT,
            "section_id": Words("The section that mentions it, in prose", "Mã mục"),
            "task_id": Words("The task that mentions it, in a table", "Mã nhiệm vụ"),
            "order": _DOCUMENT_ORDER,
            "symbol": Words("Number and symbol: 130/2005/NĐ-CP; laws have none", "Số, ký hiệu"),
            "doc_type": Words("Abbreviation of the document type", "Loại văn bản"),
            "issuer_id": Words(
                "Agency id of the issuer, named or told by the symbol", "Mã cơ quan"
            ),
            "issued_on": Words("Day of issue, where stated", "Ngày ban hành"),
            "title": Words("Title of a law", "Tên luật"),
            "raw": Words("The words as printed", "Nguyên văn"),
        },
    ),
    "agencies": TableWords(
        "One agency id that the outputs mention, registered or not",
        "Cơ quan",
        {
            "agency_id": Words(
                "Canonical name in lower-case ASCII with hyphens, without the province",
                "Mã cơ quan",
            ),
            "agency": Words("Canonical Vietnamese name, without the province", "Cơ quan"),
            "kind": Words("One body, or a class of bodies", "Loại", "agency_kind"),
            "level": Words("Level of government", "Cấp", "agency_level"),
            "abbreviation": Words("Usual abbreviation", "Viết tắt"),
            "successor_id": Words("Its id after the reorganisation of 2025", "Mã cơ quan kế thừa"),
            "english": Words("English name", "Tên tiếng Anh"),
        },
    ),
    "findings": TableWords(
        "One thing that an analyst should know: a repair, a doubt, a loss",
        "Lưu ý",
        {
            "document_id": Words("The document concerned; null where none was read", "Mã văn bản"),
            "source_file": Words("The file concerned", "Tệp nguồn"),
            "table": Words("The table of the row concerned", "Bảng", "table"),
            "row_id": Words(
                "task_id, section_id or document_id, then #table-order for a row below it",
                "Mã dòng",
            ),
            "severity": Words("How serious it is", "Mức độ", "severity"),
            "code": Words("What it is", "Mã lưu ý", "finding_code"),
            "message": Words("The finding in a Vietnamese sentence", "Thông báo"),
            "raw": Words("The words as printed", "Nguyên văn"),
            "value": Words("The repaired or read value", "Giá trị"),
        },
    ),
}
"""The words of every table by name."""
