"""The three sample plans of ``data/raw`` against their truth, cell for cell.

The truth was filled in by hand (README.md says how the cells read). Rows are matched by document,
task order and row order, so that a task with another id costs one cell and not its whole row.
"""

from __future__ import annotations

import csv
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from plan_checks import assert_counts, assert_lists, cell, tidy

from normalize.findings import severity
from normalize.records import FindingRow, Plan

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
RAW = ROOT / "data" / "raw"
SAMPLES = ("mau-quang-binh-2019.txt", "mau-hai-phong-2022.txt", "mau-lam-dong-2026.txt")
BELOW_TASKS = ("assignments", "deliverables", "periods")
TABLES = ("documents", "sections", "tasks", *BELOW_TASKS, "targets", "citations")
ONE_A_PRINTED_ROW = ("row.joined", "row.split", "column.shifted")
MARK = "VĂN BẢN MẪU –"

_LOOSE = {"schedule", "budget", "raw", "condition", "scope", "title", "subject", "agency"}
_TAG = re.compile(r"<[^<>\n]*>")
_BULLET = re.compile(r"(?:^|(?<=\s))[-–•]\s")

Row = dict[str, str]
Key = tuple[str, ...]
Rows = dict[Key, Row]

by_sample = pytest.mark.parametrize("name", SAMPLES, ids=lambda name: name[4:-9])


# The truth and the records, both as rows of text


@cache
def truth(table: str) -> tuple[Row, ...]:
    """The rows of ``truth/<table>.csv``."""
    with (HERE / "truth" / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))


def truth_of(table: str, name: str) -> list[Row]:
    """The rows of one truth table that belong to one sample."""
    ids = {row["document_id"] for row in truth("documents") if row["source_file"] == name}
    return [row for row in truth(table) if row["document_id"] in ids]


@cache
def extracted(name: str) -> Plan:
    """The records of one sample, read once, as a notebook gets them."""
    return extract(RAW / name)


def extract(path: Path) -> Plan:
    """The records of one file."""
    from pipeline import extract_file

    return extract_file(path)


def words(text: str) -> str:
    """The words alone, without punctuation."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFC", text)))


def agrees(column: str, expected: str, actual: str) -> bool:
    """Whether a cell is what the truth says; ``a | b`` is either, ``null`` none, ``*`` any."""
    return any(_agrees(column, option, actual) for option in expected.split(" | "))


def _agrees(column: str, expected: str, actual: str) -> bool:
    if expected == "*":
        return True
    if expected == "null":
        return actual == ""
    if column == "text":
        return words(expected) == words(actual)
    if column == "raw_head":
        return words(actual).startswith(words(expected))
    if column == "raw_tail":
        return words(actual).endswith(words(expected))
    if column in _LOOSE:
        return _bare(expected) == _bare(actual)
    return expected == actual


def _bare(text: str) -> str:
    return tidy(_BULLET.sub("", text)).strip(" .,;:").casefold()


def _path(section_id: str | None) -> str:
    return (section_id or "").split("#", 1)[-1]


def _place(task_id: str | None, document_id: str) -> str:
    return (task_id or "").removeprefix(f"{document_id}/")


@cache
def _true_orders() -> dict[tuple[str, str], str]:
    return {(row["document_id"], row["place"]): row["order"] for row in truth("tasks")}


def task_order(document_id: str, place: str) -> str:
    """The order of a task that the truth names by its place."""
    return _true_orders()[document_id, place]


def expected_rows(table: str, name: str) -> Rows:
    """The truth of one table and sample by its keys."""
    rows: Rows = {}
    for row in truth_of(table, name):
        owner = row["document_id"]
        if table == "documents":
            rows[(owner,)] = row
        elif table in BELOW_TASKS:
            rows[(owner, "task " + task_order(owner, row["place"]), row["order"])] = row
        elif table == "citations":
            where = (
                "task " + task_order(owner, row["place"]) if row["place"] else row["section"] or "-"
            )
            rows[(owner, where, row["order"])] = row
        else:
            rows[(owner, row["order"])] = row
    return rows


def actual_rows(table: str, plan: Plan) -> Rows:
    """The records of one table by the same keys, with the truth's columns."""
    orders = {task.task_id: f"task {task.order}" for task in plan.tasks}
    rows: Rows = {}
    counts: Counter[tuple[str, str]] = Counter()
    for record in getattr(plan, table):
        row = {column: cell(getattr(record, column)) for column in record.__struct_fields__}
        row |= _derived(table, record)
        owner = row["document_id"]
        if table == "documents":
            key: Key = (owner,)
        elif table in BELOW_TASKS:
            key = (owner, orders.get(record.task_id, record.task_id), row["order"])
        elif table == "citations":
            where = orders.get(record.task_id) or _path(record.section_id) or "-"
            counts[owner, where] += 1
            key = (owner, where, str(counts[owner, where]))
        else:
            key = (owner, row["order"])
        rows[key] = row
    return rows


def _derived(table: str, record: Any) -> Row:
    made: Row = {}
    if hasattr(record, "task_id"):
        made["place"] = _place(record.task_id, record.document_id)
    if hasattr(record, "section_id"):
        made["section"] = _path(record.section_id)
    if table == "sections":
        made["parent"] = _path(record.parent_id)
    if table == "targets":
        made |= {"raw_head": cell(record.raw), "raw_tail": cell(record.raw)}
    return made


def differences(table: str, expected: Rows, actual: Rows) -> list[str]:
    """Where truth and records differ, one line a cell; empty where all agree."""
    found: list[str] = []
    free = {key[:2] for key in expected if key[-1] == "*"}
    for key, row in expected.items():
        if key[:2] in free:
            continue
        label = " / ".join(key)
        if key not in actual:
            found.append(f"{label}: row missing ({_short(row)})")
            continue
        for column in _columns(table, row):
            have = actual[key].get(column, "")
            if column == "finding_codes":
                wrong = _codes_differ(row, have)
                if wrong:
                    found.append(f"{label} {row['place']} finding_codes: {wrong}")
            elif not agrees(column, row[column], have):
                found.append(f"{label} {column}: expected {row[column]!r}, got {have!r}")
    for key, row in actual.items():
        if key not in expected and key[:2] not in free:
            found.append(f"{' / '.join(key)}: row too many ({_short(row)})")
    return found


def _columns(table: str, row: Row) -> Iterable[str]:
    skipped = {"document_id", "order", "finding_codes_may"}
    if table in (*BELOW_TASKS, "citations"):
        skipped |= {"place", "section"}
    return (column for column in row if column not in skipped)


def _codes_differ(row: Row, have: str) -> str:
    must = set(filter(None, row["finding_codes"].split("; ")))
    may = set(filter(None, row["finding_codes_may"].split("; ")))
    there = set(filter(None, have.split("; ")))
    parts = [f"missing {sorted(must - there)}"] if must - there else []
    extra = sorted(code for code in there - must - may if severity(code) != "info")
    parts += [f"not expected {extra}"] if extra else []
    return ", ".join(parts)


def _short(row: Row) -> str:
    told = (
        "task", "title", "text", "agency", "subject", "symbol", "raw_head", "raw", "place"
    )  # fmt: skip
    return ", ".join(f"{column}={row[column][:50]}" for column in told if row.get(column))


def show(lines: list[str]) -> str:
    """One difference a line, their number first."""
    return f"{len(lines)} differences\n" + "\n".join(lines)


# Tables


@by_sample
@pytest.mark.parametrize("table", TABLES)
def test_table_is_as_filled_in_by_hand(table: str, name: str) -> None:
    found = differences(table, expected_rows(table, name), actual_rows(table, extracted(name)))
    assert not found, show(found)


@by_sample
def test_no_task_is_missing_and_none_too_many(name: str) -> None:
    have = [cell(task.task) for task in extracted(name).tasks]
    assert have == [row["task"] for row in truth_of("tasks", name)]


@by_sample
def test_findings_that_a_reader_demands(name: str) -> None:
    plan = extracted(name)
    left = list(plan.findings)
    lines = []
    # Rows that name their place choose first, so that a row for any place takes what is left.
    for row in sorted(truth_of("findings", name), key=lambda row: row["place"] == "*"):
        match = next((found for found in left if _is(row, found, plan)), None)
        if match is not None:
            left.remove(match)
        elif row["status"] == "required":
            lines.append(f"missing: {row['code']} at {row['place']} ({row['raw']})")
    lines += [
        f"not expected: {found.code} at {found.row_id} ({found.raw})"
        for found in left
        if found.severity != "info" or found.code in ONE_A_PRINTED_ROW
    ]
    assert not lines, show(lines)


def _is(row: Row, found: FindingRow, plan: Plan) -> bool:
    """Whether a finding is the one that a truth row demands; words may stand in longer ones."""
    return (
        found.document_id == row["document_id"]
        and found.code == row["code"]
        and found.severity == row["severity"]
        and agrees("table", row["table"], cell(found.table))
        and _stands_at(row, found, plan)
        and row["raw"] in cell(found.raw)
        and row["value"] in cell(found.value)
    )


def _stands_at(row: Row, found: FindingRow, plan: Plan) -> bool:
    if row["place"] == "*":
        return True
    owner, _, below = (found.row_id or "").partition("#")
    orders = {task.task_id: str(task.order) for task in plan.tasks}
    expected = _true_orders().get((row["document_id"], row["place"]), row["place"])
    return orders.get(owner, below) == expected


# What holds within the records


@by_sample
def test_counts_of_a_document(name: str) -> None:
    assert_counts(extracted(name))


@by_sample
def test_lists_of_a_task_say_what_the_long_tables_say(name: str) -> None:
    assert_lists(extracted(name))


@by_sample
def test_spans_hold_the_first_and_last_word(name: str) -> None:
    text = (RAW / name).read_bytes().decode("utf-8-sig")
    faults = []
    for table in (*BELOW_TASKS, "targets", "citations"):
        for record in getattr(extracted(name), table):
            at = record.at
            there = words(text[at.char_start : at.char_end]).split()
            told = words(record.text if table == "deliverables" else record.raw).split()
            if not told:
                continue
            lines = tuple(text.count("\n", 0, end) + 1 for end in (at.char_start, at.char_end - 1))
            if not there or not told[0].startswith(there[0]) or not told[-1].endswith(there[-1]):
                faults.append(f"{table}: {' '.join(told)!r} in {' '.join(there)!r}")
            elif lines != (at.line_start, at.line_end):
                faults.append(f"{table}: {' '.join(told)!r} not on {at.line_start}–{at.line_end}")
    assert not faults, show(faults)


@by_sample
@pytest.mark.parametrize("form", ["utf-16", "NFD", "NFC", "LF", "CRLF", "BOM"])
def test_another_way_of_writing_the_same_text_gives_the_same_tables(
    form: str, name: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(_rewritten((RAW / name).read_bytes().decode("utf-8-sig"), form))
    plan = extract(path)
    for table in (*TABLES, "agencies"):
        assert _without_places(table, plan) == _without_places(table, extracted(name)), table


def _rewritten(text: str, form: str) -> bytes:
    if form == "NFC":
        return unicodedata.normalize("NFC", text).encode()
    if form == "NFD":
        return unicodedata.normalize("NFD", text).encode()
    if form in ("LF", "CRLF"):
        lines = text.replace("\r\n", "\n")
        return (lines if form == "LF" else lines.replace("\n", "\r\n")).encode()
    return text.encode("utf-16" if form == "utf-16" else "utf-8-sig")


def _without_places(table: str, plan: Plan) -> list[Row]:
    left_out = {"at", "source_sha256"}
    return [
        {name: cell(getattr(row, name)) for name in row.__struct_fields__ if name not in left_out}
        for row in getattr(plan, table)
    ]


# The samples themselves


def test_every_sample_has_its_truth() -> None:
    assert sorted(path.name for path in RAW.glob("*.txt")) == sorted(SAMPLES)
    assert {row["source_file"] for row in truth("documents")} == set(SAMPLES)


@by_sample
def test_a_sample_says_in_its_first_line_that_it_is_one(name: str) -> None:
    assert (RAW / name).read_text(encoding="utf-8-sig").startswith(MARK)


@pytest.mark.parametrize("table", ["tasks", "deliverables", "targets"])
def test_printed_words_of_the_truth_stand_in_the_sample(table: str) -> None:
    """No slip in the truth: every printed phrase stands in its sample, word by word in order."""
    columns = {"tasks": ("task",), "deliverables": ("text",), "targets": ("raw_head",)}
    faults = []
    for name in SAMPLES:
        text = (RAW / name).read_text(encoding="utf-8-sig")
        there = words(_TAG.sub(" ", text))
        for row in truth_of(table, name):
            for column in columns.get(table, ()):
                # A cut cell stands in pieces: its first words together, each other word somewhere.
                told = words(row[column].split(" | ")[0]).split()
                if " ".join(told[:2]) not in there or not set(told) <= set(there.split()):
                    faults.append(f"{name} {column}: {row[column]!r}")
    assert not faults, show(faults)


def test_no_sample_repeats_a_real_plan() -> None:
    """No 25 words in a row of a sample or its truth stand in a real plan."""
    named = os.environ.get("PLAN_SEEDS")
    seeds = Path(named) if named else ROOT.parent / "shared" / "seeds"
    real = [path for path in seeds.glob("*.txt") if path.is_file()]
    if not real:
        pytest.skip(f"no real plans in {seeds} (set PLAN_SEEDS)")
    passages = set()
    for path in real:
        passages |= _passages(path.read_text(encoding="utf-8-sig", errors="replace"))
    for path in [*RAW.glob("*.txt"), *(HERE / "truth").glob("*.csv")]:
        shared = passages & _passages(path.read_text(encoding="utf-8-sig"))
        assert not shared, f"{path.name}: {' '.join(next(iter(shared)))}"


def _passages(text: str) -> set[tuple[str, ...]]:
    found = words(_TAG.sub(" ", text)).casefold().split()
    return {tuple(found[at : at + 25]) for at in range(len(found) - 24)}
