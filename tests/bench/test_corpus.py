"""Made plans: what their maker put in comes out, and the same number makes the same plan."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.corpus import MadePlan, make_plan, write_plans
from bench.corpus_tables import STYLES
from normalize.records import Plan
from pipeline import extract_file

_EVERY_DAY = 60


def read(tmp_path: Path, made: MadePlan) -> Plan:
    path = tmp_path / "plan.txt"
    path.write_text(made.text, encoding="utf-8")
    return extract_file(path)


def differences(made: MadePlan, plan: Plan) -> list[str]:
    """Every field of the plan and its tasks that is not what was put in."""
    (document,) = plan.documents
    pairs: list[tuple[str, object, object]] = [
        ("symbol", document.symbol, made.symbol),
        ("jurisdiction_code", document.jurisdiction_code, made.jurisdiction_code),
        ("issued_on", document.issued_on, made.issued_on),
        ("plan_year", document.plan_year, made.plan_year),
        ("title", document.title, made.title),
        ("tasks", [task.task for task in plan.tasks], [task.task for task in made.tasks]),
    ]
    for task, truth in zip(plan.tasks, made.tasks, strict=False):
        products = [row for row in plan.deliverables if row.task_id == task.task_id]
        told = {
            row.code for row in plan.findings if (row.row_id or "").split("#")[0] == task.task_id
        }
        periods = [row for row in plan.periods if row.task_id == task.task_id]
        where = f"{task.task_id} "
        pairs += [
            (where + "task_no", task.task_no, truth.number),
            (where + "area", task.area, truth.area),
            (where + "area_code", task.area_code, truth.area_code),
            (where + "deliverables", tuple(task.deliverables), truth.deliverables),
            (where + "types", tuple(tuple(p.type_codes) for p in products), truth.type_codes),
            (where + "lead_ids", tuple(task.lead_ids), truth.lead_ids),
            (where + "coordinating_ids", tuple(task.coordinating_ids), truth.coordinating_ids),
            (
                where + "periods",
                tuple((p.kind, p.start_on, p.end_on) for p in periods),
                truth.periods,
            ),
            (where + "budget_vnd", task.budget_vnd, truth.budget_vnd),
            (where + "budget_status", task.budget_status, truth.budget_status),
            (where + "repaired", "text.repaired" in told, truth.repaired),
        ]
    return [f"{name}: {got!r}, not {want!r}" for name, got, want in pairs if got != want]


@pytest.mark.parametrize(
    "first",
    [
        pytest.param(n, marks=[pytest.mark.slow] if n >= _EVERY_DAY else [])
        for n in range(0, 200, 20)
    ],
)
def test_what_was_put_in_comes_out(tmp_path: Path, first: int) -> None:
    for number in range(first, first + 20):
        made = make_plan(number)
        assert differences(made, read(tmp_path, made)) == [], number


@pytest.mark.slow
@pytest.mark.parametrize("first", range(1_000, 6_000, 500))
def test_thousands_of_plans(tmp_path: Path, first: int) -> None:
    for number in range(first, first + 500):
        made = make_plan(number)
        assert differences(made, read(tmp_path, made)) == [], number


def test_a_number_makes_one_plan() -> None:
    assert make_plan(7) == make_plan(7)
    assert make_plan(7).text != make_plan(8).text
    assert {make_plan(number).style for number in range(60)} == set(STYLES)


def test_so_many_tasks_as_asked_for() -> None:
    assert len(make_plan(3, tasks=120).tasks) == 120


def test_plans_as_files(tmp_path: Path) -> None:
    paths = write_plans(tmp_path, 3, first=999)
    assert [path.relative_to(tmp_path).as_posix() for path in paths] == [
        "000/plan-000999.txt",
        "001/plan-001000.txt",
        "001/plan-001001.txt",
    ]
    assert paths[0].read_text(encoding="utf-8") == make_plan(999).text
