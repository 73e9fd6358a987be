"""What the review page is made of: an index that it opens with, and a block a source file.

The index holds what the overview, the table of tasks and the findings show; a block holds a source
text and where each row's words stand in it, and is parsed only when one of its rows is opened.
Both are JSON. Rows are arrays, their columns named once: a thousand plans are twenty thousand
tasks. Offsets are code points of the text, as everywhere; the page turns them into its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from operator import attrgetter
from typing import Any

import msgspec

from publish.codes import code_labels, code_list
from publish.datapackage import title
from publish.review_pages import PageImage
from publish.review_rows import FileRows, Row
from publish.review_words import UI
from publish.schema import TABLES
from publish.summary import resolved

DOCUMENT = tuple(
    "document_id parent_document_id source_file format doc_type symbol issued_on issuer "
    "jurisdiction_code jurisdiction successor title plan_year task_count finding_count".split()
)
TASK = tuple(
    "task_id task_no area area_code task schedule start_on due_on budget budget_vnd "
    "budget_status funding_source finding_codes".split()
)
_TASK_MORE = ("document", "lead", "coordinating", "quarters", "resolved", "deliverables")
FINDING = tuple("source_file table row_id severity code message raw value".split())
_FINDING_MORE = ("document", "number")
_PLACE = tuple("char_start char_end page bbox".split())
BLOCK = {
    "tasks": ["task_id"],
    "assignments": ["task_id", *"role agency_id agency kind registered scope raw".split()],
    "deliverables": ["task_id", *"text type_codes due_on".split()],
    "periods": ["task_id", *"kind start_on end_on edtf rrule condition raw".split()],
    "sections": "section_id document_id level label title".split(),
    "targets": "document_id section_id order value unit comparator subject raw".split(),
    "citations": "document_id section_id task_id order symbol issued_on title raw".split(),
    "findings": [],
}
"""Table → its columns in a block, before the four that say where the words stand."""

_OPEN_KINDS = ("recurring", "continuous")
RECURRING = "recurring"
NO_QUARTER = "none"


class Index:
    """What the page needs before a source is opened, gathered file by file."""

    def __init__(self) -> None:
        self._documents: list[bytes] = []
        self._tasks: list[bytes] = []
        self._findings: list[bytes] = []
        self._bodies: dict[tuple[str | None, str], int] = {}
        self._codes: set[str] = set()

    def add(self, file: FileRows, block: str) -> None:
        """Take the file's rows in; ``block`` names the block or page that holds its source."""
        places = {}
        for row in file.rows("documents"):
            places[row.document_id] = len(self._documents)
            self._documents.append(encoded([*_values(DOCUMENT)(row), block]))
        by_task = {
            name: _by_task(file.rows(name)) for name in ("assignments", "periods", "deliverables")
        }
        for task in file.rows("tasks"):
            assignments = by_task["assignments"][task.task_id]
            periods = by_task["periods"][task.task_id]
            more = [
                places[task.document_id],
                self._numbers(assignments, "lead"),
                self._numbers(assignments, "coordinating"),
                quarters(periods),
                resolution(task, assignments, periods),
                [row.text for row in by_task["deliverables"][task.task_id]],
            ]
            self._tasks.append(encoded([*_values(TASK)(task), *more]))
        for number, row in enumerate(file.rows("findings")):
            self._codes.add(row.code)
            more = [places.get(row.document_id), number]
            self._findings.append(encoded([*_values(FINDING)(row), *more]))

    def encode(self, agencies: Iterable[Row], **about: Any) -> bytes:
        """The whole index as JSON; ``about`` goes into it as it is."""
        english = {row.agency_id: row.english for row in agencies if row.english}
        bodies = [[key, name, english.get(key or "")] for key, name in self._bodies]
        head = {
            **about,
            "words": _encoded_words(tuple(sorted(self._codes))),
            "bodies": bodies,
            "columns": {
                "documents": [*DOCUMENT, "block"],
                "tasks": [*TASK, *_TASK_MORE],
                "findings": [*FINDING, *_FINDING_MORE],
            },
            "block_columns": {name: [*columns, *_PLACE] for name, columns in BLOCK.items()},
        }
        pieces = [encoded(head)[:-1]]
        for name, rows in (
            ("documents", self._documents),
            ("tasks", self._tasks),
            ("findings", self._findings),
        ):
            pieces += [b',"', name.encode(), b'":[', b",".join(rows), b"]"]
        return b"".join([*pieces, b"}"])

    def _numbers(self, assignments: Sequence[Row], role: str) -> list[int]:
        """The bodies in that role as places in the list of bodies, each once."""
        found = [(row.agency_id, row.agency) for row in assignments if row.role == role]
        return [self._bodies.setdefault(body, len(self._bodies)) for body in dict.fromkeys(found)]


def block(file: FileRows, text: str | None, trouble: str | None, pages: list[PageImage]) -> bytes:
    """The source of one file as JSON: its text, its pages, and where each row's words stand.

    ``text`` is None where it could not be read again; ``trouble`` then says why.
    """
    tables = {
        name: list(map(_values((*columns, *_PLACE)), file.rows(name)))
        for name, columns in BLOCK.items()
    }
    return encoded(
        {"text": _clean(text), "trouble": trouble, "pages": [list(page) for page in pages]}
        | {"tables": tables}
    )


def quarters(periods: Sequence[Row]) -> list[str]:
    """The quarters in which a task falls due, "2021-4": one for each dated end, in order.

    Ends of recurring and continuous periods are no deadlines: ``recurring`` stands for them where
    nothing else has a date; ``none`` where nothing says when.
    """
    ends = {row.end_on for row in periods if row.end_on and row.kind not in _OPEN_KINDS}
    if ends:
        return sorted({f"{day.year}-{(day.month + 2) // 3}" for day in ends})
    return [RECURRING if any(row.kind in _OPEN_KINDS for row in periods) else NO_QUARTER]


def resolution(task: Row, assignments: list[Row], periods: list[Row]) -> str:
    """A letter a field in the summary's order: "y" read, "n" not, "-" nothing stated."""
    return "".join(
        ("y" if good else "n") if stated else "-"
        for good, stated in resolved([task], assignments, periods).values()
    )


def words(finding_codes: Iterable[str]) -> dict[str, Any]:
    """Everything that the page says, each as [Vietnamese, English]."""
    lists = {
        name: {code: [label, title(code)] for code, label in code_labels(name).items()}
        for name in (
            *("format", "area_code", "budget_status", "period_kind", "severity"),
            *("assignment_kind", "comparator"),
        )
    }
    meanings = code_list("finding_code")
    lists["finding_code"] = {
        code: [code_labels("finding_code")[code], meanings[code]]
        for code in sorted(set(finding_codes))
    }
    columns = {
        f"{name}.{column.name}": [column.label, title(column.name)]
        for name in ("documents", "tasks", "assignments", "periods", "targets", "citations")
        for column in TABLES[name].columns
    }
    tables = {name: [table.label, title(name)] for name, table in TABLES.items()}
    return {"ui": UI, "codes": lists, "columns": columns, "tables": tables}


def encoded(value: Any) -> bytes:
    """JSON that may stand inside a script element: no "<" in it, no odd line end."""
    made = msgspec.json.encode(value)
    made = made.replace(b"<", b"\\u003c").replace(b"\xe2\x80\xa8", b"\\u2028")
    return made.replace(b"\xe2\x80\xa9", b"\\u2029")


def _clean(text: str | None) -> str | None:
    """The text without lone surrogates, which UTF-8 cannot hold; offsets stay."""
    if text is None or text.isascii():
        return text
    return text.encode("utf-8", "replace").decode("utf-8")


@cache
def _values(columns: tuple[str, ...]) -> Callable[[Row], tuple[Any, ...]]:
    """What takes these columns' values (two or more) out of a row."""
    return attrgetter(*columns)


@cache
def _encoded_words(codes: tuple[str, ...]) -> msgspec.Raw:
    """:func:`words` as JSON: pages of one run share a few sets of finding codes."""
    return msgspec.Raw(encoded(words(codes)))


def _by_task(rows: Sequence[Row]) -> defaultdict[str, list[Row]]:
    made: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        made[row.task_id].append(row)
    return made
