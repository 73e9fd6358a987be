"""Counting the cells that two readings of a plan share."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from bench.cells import TABLES, cells_read_exactly, total
from pipeline import extract_file

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "raw" / "mau-quang-binh-2019.txt"


def test_a_plan_and_itself() -> None:
    plan = extract_file(SAMPLE)
    counted = cells_read_exactly(plan, plan)
    assert [one.table for one in counted] == list(TABLES)
    assert all(one.exact == one.all > 0 for one in counted)
    assert total(counted).share == 1.0
    assert total(counted).extra_rows == 0


def test_a_missing_row_costs_its_own_cells_only() -> None:
    plan = extract_file(SAMPLE)
    without = replace(plan, tasks=plan.tasks[1:])
    (tasks,) = cells_read_exactly(plan, without, ("tasks",))
    assert tasks.all - tasks.exact == tasks.all // len(plan.tasks)
    (other,) = cells_read_exactly(without, plan, ("tasks",))
    assert (other.exact, other.extra_rows) == (other.all, 1)


def test_one_wrong_cell() -> None:
    plan = extract_file(SAMPLE)
    tasks = [replace(plan.tasks[0], schedule="Quý V"), *plan.tasks[1:]]
    (found,) = cells_read_exactly(plan, replace(plan, tasks=tasks), ("tasks",))
    assert found.all - found.exact == 1


def test_a_name_made_of_the_texts_hash_is_no_difference(tmp_path: Path) -> None:
    text = "KẾ HOẠCH\nGiữ gìn kho lưu trữ\n\nI. MỤC ĐÍCH\n\nTìm lại được {}.\n"
    plans = []
    for word in ("hồ sơ", "sổ sách"):
        (tmp_path / "plan.txt").write_text(text.format(word), encoding="utf-8")
        plans.append(extract_file(tmp_path / "plan.txt"))
    assert plans[0].documents[0].document_id != plans[1].documents[0].document_id
    counted = {one.table: one for one in cells_read_exactly(plans[0], plans[1])}
    assert counted["documents"].share == 1.0
    assert counted["sections"].all - counted["sections"].exact == 1  # the text itself
