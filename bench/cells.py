"""How many cells one reading of a plan shares with another: with the truth, or with its text form.

Rows are matched by what names them (a task by its id, a part of a task by the task's id and its
order, a section by its path), so that one row too many does not make strangers of all rows behind
it. What a form changes by its nature counts in no way: places, hashes, names of files, findings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from normalize.records import TABLES_OF_DOCUMENTS, Plan

TABLES = tuple(name for name in TABLES_OF_DOCUMENTS if name != "findings")
_KEYS = ("task_id", "section_id", "document_id", "order")
_OF_THE_FORM = frozenset(
    ("at", "source_file", "source_sha256", "format", "finding_codes", "finding_count")
)


class Cells(msgspec.Struct, frozen=True):
    """Cells of one table: those that the truth holds, those read exactly, and rows too many."""

    table: str
    all: int
    exact: int
    extra_rows: int

    @property
    def share(self) -> float:
        """Cells read exactly, of those that the truth holds (1.0 for an empty table)."""
        return self.exact / self.all if self.all else 1.0


def cells_read_exactly(
    truth: Plan, found: Plan, tables: Iterable[str] = TABLES
) -> tuple[Cells, ...]:
    """Table by table the cells of ``truth`` that ``found`` has exactly.

    A row that is missing has none of its cells right. Document ids are not compared where a plan
    has no symbol (they are hashes of its text then): rows are matched by the documents' order.
    """
    ids = dict(
        zip(
            (row.document_id for row in found.documents),
            (row.document_id for row in truth.documents),
            strict=False,
        )
    )
    made = []
    for table in tables:
        expected = dict(_rows(getattr(truth, table), {}))
        have = dict(_rows(getattr(found, table), ids))
        pairs = [(row, have.get(key, {})) for key, row in expected.items()]
        made.append(
            Cells(
                table,
                sum(len(row) for row, _ in pairs),
                sum(
                    name in other and other[name] == value
                    for row, other in pairs
                    for name, value in row.items()
                ),
                sum(key not in expected for key in have),
            )
        )
    return tuple(made)


def total(cells: Iterable[Cells]) -> Cells:
    """All tables together."""
    counted = list(cells)
    return Cells(
        "",
        sum(one.all for one in counted),
        sum(one.exact for one in counted),
        sum(one.extra_rows for one in counted),
    )


def _rows(
    records: Iterable[Any], ids: dict[str, str]
) -> Iterator[tuple[tuple[object, ...], dict[str, Any]]]:
    """Each record as (what names it, its cells); ids of documents as the truth has them."""
    seen: dict[tuple[object, ...], int] = {}
    for record in records:
        row = {
            name: _renamed(value, ids)
            for name, value in msgspec.structs.asdict(record).items()
            if name not in _OF_THE_FORM
        }
        key = tuple(row.get(name) for name in _KEYS)
        if "path" in row:
            key = (row["document_id"], row["path"])
            row.pop("order")
        elif "task_no" in row:
            key = (row["task_id"],)
            row.pop("order")
        count = seen[key] = seen.get(key, 0) + 1
        yield (*key, count), row


def _renamed(value: Any, ids: dict[str, str]) -> Any:
    """An id of the other reading's document (or of what stands in it) as the truth writes it."""
    if not isinstance(value, str):
        return value
    for own, true in ids.items():
        if (
            own != true
            and value.startswith(own)
            and value[len(own) : len(own) + 1] in ("", "/", "#")
        ):
            return true + value[len(own) :]
    return value
