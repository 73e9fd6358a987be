"""The closed lists of codes that the columns use, each code with its meaning.

Source: the output contract, "Values" and "Tables". The finding codes are kept with their
messages in ``normalize/lexicon/findings.csv``; every other list is here and nowhere else.
``publish/schema.py`` says which column uses which list; a code that its list lacks raises there.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from normalize import findings
from publish.words_vi import CODES_VI

_LISTS: dict[str, dict[str, str]] = {
    "format": {
        "text": "plain text, Markdown, or text with markup in its table cells",
        "html": "an HTML page",
        "docx": "Word, from 2007 on",
        "doc": "Word, before 2007",
        "pdf": "a PDF with text in it",
        "scan": "an image, or a PDF of images, read by character recognition",
        "xlsx": "Excel, from 2007 on",
        "xls": "Excel, before 2007",
    },
    "form": {
        "row": "a row of a table",
        "labelled": "lines with labels that stand for a table (“Đơn vị chủ trì: …”)",
    },
    "area_code": {
        "leadership": "direction and steering (chỉ đạo, điều hành)",
        "institutions": "institutions and legislation (thể chế)",
        "procedures": "administrative procedures (thủ tục hành chính)",
        "organization": "organization of the apparatus (tổ chức bộ máy)",
        "civil_service": "civil service and officials (công vụ, cán bộ công chức)",
        "public_finance": "public finance (tài chính công)",
        "e_government": (
            "e-government, digital government, modernization "
            "(chính quyền điện tử, chính quyền số, hiện đại hoá hành chính)"
        ),
    },
    "budget_status": {
        "amount": "an amount is stated; 0 counts",
        "self_funded": "the body plans the funds itself (dự trù kinh phí riêng)",
        "per_regulation": "as regulations have it (theo quy định)",
        "per_approved_plan": "as the approved plan or estimate has it",
        "state_budget": "the state budget provides it, no amount given (ngân sách bố trí)",
        "unstated": "the cell is empty",
        "no_column": "the table has no budget column",
        "unresolved": "the words could not be read; a finding tells",
    },
    "role": {
        "lead": "leads or carries out the task (chủ trì, thực hiện)",
        "coordinating": "takes part in it (phối hợp)",
    },
    "assignment_kind": {
        "organization": "one named body",
        "group": "a class of bodies (các sở, ban, ngành)",
        "described": "the words describe a body and name none; it has no id",
    },
    "agency_kind": {
        "organization": "one named body",
        "group": "a class of bodies (các sở, ban, ngành)",
    },
    "agency_level": {
        "central": "ministries and central bodies",
        "province": "provinces and cities under the centre",
        "district": "districts, towns and cities of a province (until 30 June 2025)",
        "commune": "communes, wards and townships",
    },
    "period_kind": {
        "day": "one day",
        "month": "one month",
        "quarter": "one quarter",
        "half_year": "one half of a year",
        "year": "one year; “trong năm” is the plan's year",
        "span": "a range, or open at its end (“từ quý II/2026”)",
        "before": "a deadline without a start; end_on is the last day on time",
        "recurring": "again and again (hàng quý, định kỳ)",
        "continuous": "all the time (thường xuyên)",
        "done": "already done (đã hoàn thành)",
        "conditional": "hangs on an event or on someone's ruling",
        "unresolved": "the words are no time that could be read; a finding tells",
    },
    "comparator": {
        "=": "exactly the value",
        ">=": "the value or more",
        ">": "more than the value",
        "<=": "the value or less",
        "<": "less than the value",
    },
    "change": {
        "added": "only the new plan has the task",
        "dropped": "only the old plan has the task",
        "changed": "both have the task, and this field differs",
    },
    "matched_by": {
        "number_and_text": "same number; same words, or nearly",
        "text": "same words, or nearly; the number is another one",
        "number": "same number; the words are another version of the old ones",
    },
    "severity": {
        "info": "repaired for certain, or merely described",
        "warning": "an analyst should check it",
        "error": "something was lost or failed",
    },
}


def list_names() -> tuple[str, ...]:
    """The names of all code lists, ``finding_code`` last."""
    return (*_LISTS, "finding_code")


@cache
def code_list(name: str) -> Mapping[str, str]:
    """Code → English meaning of one list, in the list's order; KeyError for an unknown list."""
    if name == "finding_code":
        return {code.code: code.meaning for code in findings.codes().values()}
    return _LISTS[name]


@cache
def code_labels(name: str) -> Mapping[str, str]:
    """Code → short Vietnamese label of one list; KeyError for an unknown list or a code without."""
    return {code: CODES_VI[name][code] for code in code_list(name)}
