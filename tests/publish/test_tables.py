"""Records become tables unchanged; what does not fit the schema raises by name."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from sample_plan import EMPTY, PLAN, agency, finding, task

from normalize.records import Plan
from publish.schema import TABLES, SchemaError, arrow_schema
from publish.tables import arrow_tables

ROOT = Path(__file__).resolve().parents[2]


def plan_with(**tables: list[msgspec.Struct]) -> Plan:
    """The empty plan with some tables filled."""
    return msgspec.structs.replace(EMPTY, **tables)


def test_rows_are_the_records() -> None:
    for name, table in arrow_tables(PLAN).items():
        table.validate(full=True)
        assert table.schema.equals(arrow_schema(name), check_metadata=True)
        rows = getattr(PLAN, name)
        if name == "agencies":
            rows = sorted(rows, key=lambda row: row.agency_id)
        for column in TABLES[name].columns:
            if column.attribute.startswith("at."):
                wanted = [row.at and getattr(row.at, column.name) for row in rows]
            else:
                wanted = [getattr(row, column.name) for row in rows]
            wanted = [list(value) if isinstance(value, tuple) else value for value in wanted]
            assert table.column(column.name).to_pylist() == wanted, f"{name}.{column.name}"


def test_values_by_hand() -> None:
    tables = arrow_tables(PLAN)
    assert tables["tasks"].column("budget_vnd").to_pylist() == [455_000_000, None]
    assert tables["tasks"].column("due_on").to_pylist() == [datetime.date(2021, 3, 31), None]
    assert tables["tasks"].column("deliverables").to_pylist() == [
        ["Kế hoạch; Báo cáo", "Quyết định"],
        [],
    ]
    assert tables["targets"].column("bbox").to_pylist() == [[1.0, 2.5, 3.0, 4.0]]
    assert tables["targets"].column("page").to_pylist() == [2]
    assert tables["findings"].column("line_start").to_pylist() == [None, 3]
    assert tables["documents"].column("jurisdiction_code").to_pylist() == ["01"]


def test_empty_tables_keep_their_columns() -> None:
    for plans in (EMPTY, [], [EMPTY, EMPTY]):
        tables = arrow_tables(plans)
        assert list(tables) == list(TABLES)
        for name, table in tables.items():
            assert table.num_rows == 0
            assert table.schema == arrow_schema(name)


def test_plans_follow_one_another() -> None:
    two = arrow_tables([PLAN, plan_with(tasks=[task("9")])])
    assert two["tasks"].column("task_no").to_pylist() == ["1.10", "1.2", "9"]


def test_agencies_are_one_row_an_id_in_order_of_ids() -> None:
    plans = [
        plan_with(agencies=[agency("so-y-te", "Sở Y tế"), agency("so-noi-vu")]),
        plan_with(agencies=[agency("so-noi-vu", "SỞ NỘI VỤ"), agency("bo-noi-vu", "Bộ Nội vụ")]),
    ]
    table = arrow_tables(plans)["agencies"]
    assert table.column("agency_id").to_pylist() == ["bo-noi-vu", "so-noi-vu", "so-y-te"]
    assert table.column("agency").to_pylist() == ["Bộ Nội vụ", "Sở Nội vụ", "Sở Y tế"]


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        ({"tasks": [task("1"), task("2", area_code="thể chế")]}, r"tasks\.area_code, row 2 .*/2\)"),
        ({"tasks": [task("1", budget_status="free")]}, r"unknown code 'free'; the list budget"),
        ({"tasks": [task("1", budget_status="")]}, "unknown code ''"),
        ({"tasks": [task("1", finding_codes=["row.joined", "row.odd"])]}, "unknown code 'row.odd'"),
        ({"findings": [finding(code="row.odd")]}, r"findings\.code, row 1"),
        ({"findings": [finding(severity="fatal")]}, r"findings\.severity"),
        ({"tasks": [task("1", task=None)]}, r"tasks\.task, row 1 .* may not be null"),
        ({"tasks": [task("1", deliverables=None)]}, r"tasks\.deliverables.* may not be null"),
        ({"tasks": [task("1"), task("2", budget_vnd=4.5)]}, r"tasks\.budget_vnd, row 2 .*int64"),
        ({"tasks": [task("1", budget_vnd=2**63)]}, r"tasks\.budget_vnd, row 1"),
        ({"tasks": [task("1", lead="Sở Nội vụ")]}, r"tasks\.lead, row 1 .*no list"),
        ({"tasks": [task("1", due_on="2021-01-01")]}, r"tasks\.due_on, row 1 .*date32"),
        ({"tasks": [task("1", task="\ud800")]}, r"tasks\.task, row 1"),
    ],
)
def test_what_does_not_fit_raises(tables: dict[str, list[msgspec.Struct]], message: str) -> None:
    with pytest.raises(SchemaError, match=message):
        arrow_tables(plan_with(**tables))


def test_null_codes_pass_where_the_column_may_be_null() -> None:
    tables = arrow_tables(plan_with(tasks=[task("1", area_code=None)]))
    assert tables["tasks"].column("area_code").to_pylist() == [None]


def test_pandas_stays_out(tmp_path: Path) -> None:
    """Building and writing every table imports neither pandas nor pyarrow's own bridge to it."""
    code = (
        "import sys\nfrom pathlib import Path\nfrom sample_plan import PLAN\n"
        "from publish.write import TableFiles\nfrom publish.summary import count, summarize\n"
        "files = TableFiles(Path(sys.argv[1]))\nfiles.add(PLAN)\nfiles.close()\n"
        "summarize(count(PLAN), Path('out'))\n"
        "assert 'pandas' not in sys.modules, 'pandas was imported'\n"
    )
    path = os.pathsep.join([str(ROOT), str(Path(__file__).parent)])
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
