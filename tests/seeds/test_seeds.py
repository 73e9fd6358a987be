"""The two real plans against the truth that was worked out by hand (README.md says how)."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from plan_checks import assert_counts, assert_lists, cell
from seed_spans import span_faults
from seed_tables import (
    Row,
    agrees,
    compare,
    extracted,
    finding_place,
    finding_task,
    folder,
    seed_names,
    seed_text,
    truth,
    truth_of,
)

from bench.cells import TABLES
from normalize.records import FindingRow, Plan

SEEDS = seed_names()
ONE_A_PRINTED_ROW = ("row.joined", "row.split", "column.shifted")

by_seed = pytest.mark.parametrize("name", SEEDS, ids=lambda name: name[:3])


def show(differences: list[str]) -> str:
    """One difference a line."""
    return "\n" + "\n".join(differences)


@by_seed
@pytest.mark.parametrize("table", TABLES)
def test_table_is_as_worked_out_by_hand(table: str, name: str) -> None:
    differences = compare(table, name, extracted(name))
    assert not differences, show(differences)


@by_seed
def test_every_task_is_there_and_no_other(name: str) -> None:
    plan = extracted(name)
    expected = [f"{row['document_id']}/{row['place']}" for row in truth_of("tasks", name)]
    assert [task.task_id for task in plan.tasks] == expected


@by_seed
def test_budgets_in_sum(name: str) -> None:
    expected = sum(int(row["budget_vnd"] or 0) for row in truth_of("tasks", name))
    assert sum(task.budget_vnd or 0 for task in extracted(name).tasks) == expected


@by_seed
def test_findings_that_a_reader_demands(name: str) -> None:
    plan = extracted(name)
    left = list(plan.findings)
    lost = []
    for row in truth_of("findings", name):
        match = next((found for found in left if _is(row, found, plan)), None)
        if match is not None:
            left.remove(match)
        elif row["status"] == "required":
            lost.append(f"missing: {row['code']} at {row['place']} ({row['raw']})")
    extra = [
        f"not expected: {found.code} at {found.row_id} ({found.raw})"
        for found in left
        if found.severity != "info"
    ]
    assert not lost + extra, show(lost + extra)


def _is(row: Row, found: FindingRow, plan: Plan) -> bool:
    """Whether a finding is the one that a truth row demands; words may stand in longer ones."""
    have = {field: cell(getattr(found, field)) for field in found.__struct_fields__}
    place = finding_place(row["document_id"], row["place"])
    return (
        have["document_id"] == row["document_id"]
        and have["code"] == row["code"]
        and have["severity"] == row["severity"]
        and (row["table"] == "*" or agrees("table", row["table"], have["table"]))
        and (row["place"] == "*" or finding_task(plan, have["row_id"]) == place)
        and row["raw"] in have["raw"]
        and row["value"] in have["value"]
    )


@by_seed
def test_repairs_of_rows_are_told_once_a_printed_row(name: str) -> None:
    expected = Counter(
        row["code"] for row in truth_of("findings", name) if row["code"] in ONE_A_PRINTED_ROW
    )
    told = Counter(
        found.code for found in extracted(name).findings if found.code in ONE_A_PRINTED_ROW
    )
    assert told == expected


@by_seed
def test_spans_lead_back_to_the_words(name: str) -> None:
    faults = span_faults(extracted(name), seed_text(name))
    assert not faults, show(faults)


@by_seed
def test_counts_of_a_document(name: str) -> None:
    assert_counts(extracted(name))


@by_seed
def test_lists_of_a_task_say_what_the_long_tables_say(name: str) -> None:
    assert_lists(extracted(name))


@by_seed
def test_agencies_are_the_ids_that_the_tables_mention(name: str) -> None:
    plan = extracted(name)
    mentioned = {row.agency_id for row in plan.assignments}
    mentioned |= {row.issuer_id for row in plan.documents} | {
        row.issuer_id for row in plan.citations
    }
    for task in plan.tasks:
        mentioned.update(task.funded_by_ids)
    listed = [row.agency_id for row in plan.agencies]
    assert len(listed) == len(set(listed))
    assert set(listed) == mentioned - {None}


@by_seed
def test_one_id_has_one_name(name: str) -> None:
    names: dict[str, set[str]] = {}
    for row in extracted(name).assignments:
        if row.agency_id:
            names.setdefault(row.agency_id, set()).add(row.agency)
    assert {agency_id: found for agency_id, found in names.items() if len(found) > 1} == {}


@by_seed
def test_a_target_names_its_subject_without_figure_and_unit(name: str) -> None:
    for row in extracted(name).targets:
        assert f"{row.value:g}{row.unit}" not in row.subject
        assert f"{row.value:g} {row.unit}" not in row.subject


def test_the_truth_holds_no_long_passage_of_a_source() -> None:
    """No 25 words in a row of a real plan, and no signer's name, stand in the truth."""
    if not folder().is_dir():
        pytest.skip(f"no real plans in {folder()} (set PLAN_SEEDS)")
    passages = set()
    for name in SEEDS:
        found = _words(seed_text(name))
        passages |= {tuple(found[at : at + 25]) for at in range(len(found) - 24)}
    for table in (*TABLES, "findings"):
        found = [word for row in truth(table) for value in row.values() for word in _words(value)]
        held = [at for at in range(len(found) - 24) if tuple(found[at : at + 25]) in passages]
        assert not held, f"{table}: {' '.join(found[held[0] : held[0] + 25])}"


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
