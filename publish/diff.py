"""Two versions of plans, task by task: the table of changes, and the same for reading."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from normalize.records import Plan, TaskChangeRow
from normalize.text import tidy
from publish.csvs import LIST_SEPARATOR, csv_lines, header
from publish.finished import open_table
from publish.matching import Match, match_tasks
from publish.schema import TABLES, TASK_CHANGES

FIELDS = (
    *("task_no", "area", "area_code", "task", "deliverables", "lead", "coordinating"),
    *("schedule", "start_on", "due_on", "budget", "budget_vnd", "budget_status"),
    *("funding_source", "funded_by_ids"),
)
"""Columns of ``tasks`` that are compared. The ids of bodies follow from their names; places in the
file and findings tell of the reading, not of the plan."""

_DOCUMENT = ("document_id", "source_file", "jurisdiction_code", "doc_type", "title", "symbol")
_PLACE = ("line_start", "line_end")
_LONGEST = 110


class Side(msgspec.Struct, frozen=True):
    """One of the two: its documents and tasks as rows, and the fields that both can compare."""

    documents: Sequence[Mapping[str, Any]]
    tasks: Sequence[Mapping[str, Any]]
    fields: frozenset[str]


class Compared(msgspec.Struct, frozen=True):
    """What :func:`compare` found: all tasks matched, and a row a change."""

    matches: list[Match]
    changes: list[TaskChangeRow]


def side_of_folder(folder: Path) -> Side:
    """The tasks of a finished run; FinishedError where the folder has none.

    A run of an older version may lack columns: those are null here and not compared.
    """
    return Side(
        _rows(folder, "documents", _DOCUMENT),
        _rows(folder, "tasks", [column.name for column in TABLES["tasks"].columns]),
        frozenset(open_table(folder, "tasks").schema_arrow.names),
    )


def _rows(folder: Path, table: str, columns: Iterable[str]) -> list[dict[str, Any]]:
    file = open_table(folder, table)
    there = file.schema_arrow.names
    rows = file.read(columns=[name for name in columns if name in there]).to_pylist()
    empty = dict.fromkeys(columns)
    return [{**empty, **row} for row in rows]


def side_of_plan(plan: Plan) -> Side:
    """The tasks of one plan's records."""
    tasks = []
    for row in plan.tasks:
        fields = msgspec.structs.asdict(row)
        at = fields.pop("at")
        tasks.append({**fields, **{name: getattr(at, name) for name in _PLACE}})
    documents = [{name: getattr(row, name) for name in _DOCUMENT} for row in plan.documents]
    return Side(documents, tasks, frozenset(FIELDS))


def compare(old: Side, new: Side) -> Compared:
    """Match the tasks of both sides and list what differs."""
    matches = match_tasks(old.documents, old.tasks, new.documents, new.tasks)
    fields = [name for name in FIELDS if name in old.fields and name in new.fields]
    files = [
        {row["document_id"]: row["source_file"] for row in side.documents} for side in (old, new)
    ]
    changes = [row for match in matches for row in _changes(match, fields, files[0], files[1])]
    return Compared(matches, changes)


def _changes(
    match: Match,
    fields: Sequence[str],
    old_files: Mapping[str, str],
    new_files: Mapping[str, str],
) -> Iterator[TaskChangeRow]:
    known = {**_about("old", match.old, old_files), **_about("new", match.new, new_files)}
    known["matched_by"], known["similarity"] = match.matched_by, match.similarity
    known["task"] = (match.new or match.old or {})["task"]
    if match.old is None or match.new is None:
        kind = "added" if match.old is None else "dropped"
        yield TaskChangeRow(change=kind, field=None, old_value=None, new_value=None, **known)
        return
    for name in fields:
        before, after = match.old[name], match.new[name]
        if _same(before, after):
            continue
        yield TaskChangeRow(
            change="changed", field=name, old_value=words(before), new_value=words(after), **known
        )


def _about(which: str, row: Mapping[str, Any] | None, files: Mapping[str, str]) -> dict[str, Any]:
    row = row or {}
    return {
        f"{which}_task_id": row.get("task_id"),
        f"{which}_document_id": row.get("document_id"),
        f"{which}_source_file": files.get(row.get("document_id", "")),
        f"{which}_line_start": row.get("line_start"),
        f"{which}_line_end": row.get("line_end"),
    }


def _same(before: Any, after: Any) -> bool:
    """Equal, or equal but for white space and the way in which Unicode writes a letter."""
    if before == after:
        return True
    if isinstance(before, str) and isinstance(after, str):
        return tidy(before) == tidy(after)
    if isinstance(before, list) and isinstance(after, list):
        return [tidy(one) for one in before] == [tidy(one) for one in after]
    return False


def words(value: Any) -> str | None:
    """A value as the table of changes holds it: lists joined, days ISO 8601, null for nothing."""
    if value is None or value == []:
        return None
    if isinstance(value, list):
        return LIST_SEPARATOR.join(map(str, value))
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def write_changes(changes: Sequence[TaskChangeRow], folder: Path) -> None:
    """``task_changes.parquet`` and ``.csv`` into the folder. Raises OSError."""
    import pyarrow.parquet as pq

    from publish.tables import arrow_table

    made = arrow_table(TASK_CHANGES, changes)
    pq.write_table(made, folder / f"{TASK_CHANGES.name}.parquet", compression="zstd")
    lines = header(TASK_CHANGES) + csv_lines(TASK_CHANGES, changes)
    (folder / f"{TASK_CHANGES.name}.csv").write_bytes(lines)


def report(found: Compared) -> str:
    """The changes for reading: + added, - dropped, ~ changed with its fields; then the counts."""
    changed: dict[_Ids, list[TaskChangeRow]] = {}
    for row in found.changes:
        changed.setdefault((row.old_task_id, row.new_task_id), []).append(row)
    old_of, new_of = _document_pairs(found.matches)
    lines: list[str] = []
    heading: _Ids = (None, None)
    for match in found.matches:
        rows = changed.get(_ids(match))
        if not rows:
            continue
        old, new = rows[0].old_document_id, rows[0].new_document_id
        named = (old or old_of.get(new), new or new_of.get(old))
        if named != heading:
            lines.append(" → ".join(dict.fromkeys(name for name in named if name)))
            heading = named
        lines += _told(match, rows)
    return "\n".join([*lines, _counts(found.matches, changed)])


def _document_pairs(
    matches: Sequence[Match],
) -> tuple[dict[str | None, str], dict[str | None, str]]:
    """New document → the old one of its tasks, and the other way round."""
    both = [(m.old["document_id"], m.new["document_id"]) for m in matches if m.old and m.new]
    return {new: old for old, new in both}, dict(both)


_Ids = tuple[str | None, str | None]


def _ids(match: Match) -> _Ids:
    return (match.old or {}).get("task_id"), (match.new or {}).get("task_id")


def _told(match: Match, rows: Sequence[TaskChangeRow]) -> Iterator[str]:
    task = match.new or match.old or {}
    sign = "+" if match.old is None else "-" if match.new is None else "~"
    yield f"  {sign} {_numbered(task)}{_short(rows[0].task)}"
    if sign == "~":
        for row in rows:
            yield f"      {row.field}: {_short(row.old_value)} → {_short(row.new_value)}"


def _numbered(row: Mapping[str, Any]) -> str:
    return f"{row['task_no']}. " if row.get("task_no") else ""


def _short(text: str | None) -> str:
    if text is None:
        return "–"
    text = tidy(text)
    return text if len(text) <= _LONGEST else text[:_LONGEST].rpartition(" ")[0] + " …"


def _counts(matches: Sequence[Match], changed: Container[_Ids]) -> str:
    counts = Counter(
        "added"
        if match.old is None
        else "dropped"
        if match.new is None
        else "changed"
        if _ids(match) in changed
        else "unchanged"
        for match in matches
    )
    names = ("added", "dropped", "changed", "unchanged")
    return "tasks         " + ", ".join(f"{name} {counts[name]:,}" for name in names)
