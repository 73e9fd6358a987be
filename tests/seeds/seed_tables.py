"""The seeds, their truth and the comparing of the two: what test_seeds and test_forms share.

Expected cells are text. ``a | b`` accepts either, ``null`` (or an empty cell) means no value,
``*`` any value at all. README.md says how the truth was made.
"""

from __future__ import annotations

import csv
import os
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from plan_checks import cell

from normalize.records import Plan

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
ELIDED = " … "

Row = dict[str, str]
Rows = dict[tuple[str, ...], Row]
Differences = list[str]
Tables = dict[str, list[dict[str, Any]]]

_ENDS = " .,;"
_TOKEN_ENDS = '.,;:()*"/“”'
_LOOSE = {"raw", "condition", "agency", "scope", "title"}


def folder() -> Path:
    """The folder of the real plans: $PLAN_SEEDS, else ``../shared/seeds`` beside the project."""
    named = os.environ.get("PLAN_SEEDS")
    return Path(named) if named else ROOT.parent / "shared" / "seeds"


def seed(name: str) -> Path:
    """The path of one seed; skips the test where it is missing."""
    path = folder() / name
    if not path.is_file():
        pytest.skip(f"the real plan {name} is not in {folder()} (set PLAN_SEEDS)")
    return path


def seed_text(name: str) -> str:
    """The seed's decoded text, line ends as they are."""
    return seed(name).read_bytes().decode("utf-8")


@cache
def truth(table: str) -> tuple[Row, ...]:
    """The rows of ``truth/<table>.csv``."""
    with (HERE / "truth" / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))


def seed_names() -> list[str]:
    """The file names of the seeds, in order."""
    return list(dict.fromkeys(row["source_file"] for row in truth("documents")))


def truth_of(table: str, name: str) -> list[Row]:
    """The rows of one truth table that belong to one seed."""
    ids = {row["document_id"] for row in truth("documents") if row["source_file"] == name}
    return [row for row in truth(table) if row["document_id"] in ids]


def extract(path: Path) -> Plan:
    """The records of one file, as a notebook gets them."""
    from pipeline import extract_file

    return extract_file(path)


@cache
def _extracted(path: Path) -> Plan:
    return extract(path)


def extracted(name: str) -> Plan:
    """The records of one seed, read once."""
    return _extracted(seed(name))


# Words


def elided(text: str) -> str:
    """A text of more than 20 words as its first and last eight."""
    parts = text.split()
    return text if len(parts) <= 20 else " ".join(parts[:8]) + ELIDED + " ".join(parts[-8:])


def tokens(text: str) -> str:
    """The words without the punctuation at their ends, joined by one blank."""
    bare = (part.strip(_TOKEN_ENDS) for part in unicodedata.normalize("NFC", text).split())
    return " ".join(part for part in bare if part)


def agrees(column: str, expected: str, actual: str) -> bool:
    """Whether a cell is what the truth says; heads, tails and held phrases look into ``actual``."""
    return any(_agrees(column, option, actual) for option in expected.split(" | "))


def _agrees(column: str, expected: str, actual: str) -> bool:
    if expected == "*":
        return actual != "" or column == "has_text"
    if expected == "null":
        return actual == ""
    if column.endswith("_holds"):
        return expected in unicodedata.normalize("NFC", actual)
    if column.endswith("_head"):
        return f"{tokens(actual)} ".startswith(f"{tokens(expected)} ".lstrip())
    if column.endswith("_tail"):
        return f" {tokens(actual)}".endswith(f" {tokens(expected)}".rstrip())
    if column in _LOOSE:
        return expected.strip(_ENDS) == actual.strip(_ENDS)
    return expected == actual


# Tables


def task_orders(plan: Plan) -> dict[str, str]:
    """Task id → order in its document: rows are matched by it, so that one odd id stays one."""
    return {task.task_id: str(task.order) for task in plan.tasks}


@cache
def _true_orders() -> dict[tuple[str, str], str]:
    return {(row["document_id"], row["place"]): row["order"] for row in truth("tasks")}


def expected_rows(table: str, name: str) -> Rows:
    """The truth of one table and seed by document, task order (where it has a task) and order."""
    rows: Rows = {}
    counts: Counter[tuple[str, str]] = Counter()
    for row in truth_of(table, name):
        document_id = row["document_id"]
        if table in ("assignments", "deliverables", "periods"):
            key: tuple[str, ...] = (
                document_id,
                _true_orders()[document_id, row["place"]],
                row["order"],
            )
        elif table == "citations":
            owner = row["section"] or _true_orders().get((document_id, row["place"]), "")
            counts[document_id, owner] += 1
            key = (document_id, owner, str(counts[document_id, owner]))
        elif table == "documents":
            key = (document_id,)
        else:
            key = (document_id, row["order"])
        rows[key] = row
    return rows


def actual_rows(table: str, plan: Plan) -> Rows:
    """The same keys and columns out of the records."""
    orders = task_orders(plan)
    rows: Rows = {}
    counts: Counter[tuple[str, str]] = Counter()
    for record in getattr(plan, table):
        values = {name: cell(value) for name, value in _fields(record).items()}
        document_id = values["document_id"]
        if table == "documents":
            key: tuple[str, ...] = (document_id,)
        elif table == "citations":
            owner = orders.get(record.task_id) or _path(record.section_id)
            counts[document_id, owner] += 1
            key = (document_id, owner, str(counts[document_id, owner]))
        elif table in ("assignments", "deliverables", "periods"):
            key = (document_id, orders.get(record.task_id, record.task_id), values["order"])
        else:
            key = (document_id, values["order"])
        rows[key] = values | _MADE.get(table, _nothing)(record)
    return rows


def compare(table: str, name: str, plan: Plan, columns: Iterable[str] = ()) -> Differences:
    """What differs between truth and records, one line a cell; empty where all agree."""
    expected, actual = expected_rows(table, name), actual_rows(table, plan)
    skipped = {"document_id", "order", "finding_codes_may"}
    if table not in ("documents", "tasks"):
        skipped.add("place")
    if table == "citations":
        skipped.add("section")
    found: Differences = []
    cells = 0
    for key, row in expected.items():
        names = list(columns) or [column for column in row if column not in skipped]
        cells += len(names)
        if key not in actual:
            found += [f"{'/'.join(key)}: row missing ({_short(row)})"]
            continue
        for column in names:
            have = actual[key].get(column, "")
            if column == "finding_codes":
                wrong = _codes_differ(row, have)
                if wrong:
                    found.append(f"{'/'.join(key)} finding_codes: {wrong}")
            elif not agrees(column, row[column], have):
                shown = have if len(have) < 90 else f"{have[:40]} … {have[-40:]}"
                found.append(f"{'/'.join(key)} {column}: expected {row[column]!r}, got {shown!r}")
    found += [f"{'/'.join(key)}: row too many" for key in actual if key not in expected]
    if found:
        found.insert(0, f"{table}: {len(found)} of {cells} cells differ")
    return found


def _codes_differ(row: Row, have: str) -> str:
    from normalize.findings import severity

    must = set(filter(None, row["finding_codes"].split("; ")))
    may = set(filter(None, row["finding_codes_may"].split("; ")))
    there = set(filter(None, have.split("; ")))
    lost = must - there
    extra = {code for code in there - must - may if severity(code) != "info"}
    parts = [f"missing {sorted(lost)}"] if lost else []
    parts += [f"not expected {sorted(extra)}"] if extra else []
    return ", ".join(parts)


def _short(row: Row) -> str:
    return ", ".join(f"{name}={value}" for name, value in list(row.items())[1:5])


def _fields(record: Any) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__struct_fields__}


def _path(section_id: str | None) -> str:
    return section_id.split("#", 1)[1] if section_id else ""


def _nothing(record: Any) -> Row:
    return {}


def _document(record: Any) -> Row:
    signer = cell(record.signer)
    return {"signer_letters": str(len(signer)), "signer_initial": signer[:1]}


def _task(record: Any) -> Row:
    task = cell(record.task)
    return {
        "place": record.task_id.removeprefix(f"{record.document_id}/"),
        "task_head": task,
        "task_tail": task,
        "task_chars": str(len(task)),
    }


def _section(record: Any) -> Row:
    text = unicodedata.normalize("NFC", record.text or "")
    return {
        "title": elided(cell(record.title)),
        "parent_path": _path(record.parent_id),
        "has_text": "yes" if text.strip() else "no",
        "text_head": text,
        "text_tail": text,
        "text_holds": text,
    }


def _target(record: Any) -> Row:
    return {
        "section": _path(record.section_id),
        "subject_head": cell(record.subject),
        "subject_tail": cell(record.subject),
        "raw_head": cell(record.raw),
        "raw_tail": cell(record.raw),
    }


def _deliverable(record: Any) -> Row:
    return {"text": elided(cell(record.text))}


def _citation(record: Any) -> Row:
    return {"title": elided(cell(record.title))}


_MADE = {
    "documents": _document,
    "tasks": _task,
    "sections": _section,
    "targets": _target,
    "deliverables": _deliverable,
    "citations": _citation,
}


# Findings


def finding_task(plan: Plan, row_id: str | None) -> str:
    """The place that a finding's row id names: a task's order, a section's path, or nothing."""
    if not row_id:
        return ""
    owner, _, below = row_id.partition("#")
    orders = task_orders(plan)
    return orders.get(owner, below)


def finding_place(document_id: str, place: str) -> str:
    """A truth row's place the way :func:`finding_task` names it."""
    return _true_orders().get((document_id, place), place)


# Two readings of one plan


def tables_of(
    plan: Plan, *, without_codes: frozenset[str] = frozenset(), rewritten: bool = False
) -> Tables:
    """All tables but spans, hashes and counts of findings.

    Of a rewritten table findings keep what they are about, not their wording, and the format is
    left out. Findings of ``without_codes`` are left out, in the tasks' lists too.
    """
    made: Tables = {}
    for table in Plan.__struct_fields__:
        rows = [msgspec.structs.asdict(record) for record in getattr(plan, table)]
        if table == "findings":
            kept = ["document_id", "table", "row_id", "severity", "code", "value"]
            if not rewritten:
                kept += ["raw", "message"]
            rows = [
                {name: row[name] for name in kept}
                for row in rows
                if row["code"] not in without_codes
            ]
            rows.sort(key=lambda row: tuple(str(value) for value in row.values()))
        for row in rows:
            for name in ("at", "source_sha256", "finding_count"):
                row.pop(name, None)
            if rewritten:
                row.pop("format", None)
            if "finding_codes" in row:
                row["finding_codes"] = [c for c in row["finding_codes"] if c not in without_codes]
        made[table] = rows
    return made


def table_differences(expected: Tables, actual: Tables) -> Differences:
    """Where two results of :func:`tables_of` differ, table by table, one line a cell."""
    found: Differences = []
    for table, rows in expected.items():
        have = actual[table]
        if len(rows) != len(have):
            found.append(f"{table}: {len(rows)} rows expected, {len(have)} came")
        for index, (left, right) in enumerate(zip(rows, have, strict=False)):
            found += [
                f"{table}[{index}] {name}: expected {value!r}, got {right[name]!r}"
                for name, value in left.items()
                if right[name] != value
            ]
    return found
