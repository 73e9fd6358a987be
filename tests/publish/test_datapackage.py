"""The data package describes the files of a run truly, and its keys hold."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from frictionless import Dialect, Package, Resource, Schema, formats

from normalize.records import Plan
from pipeline import main
from publish.keys import FOREIGN_KEYS, PRIMARY_KEYS
from publish.schema import TABLES

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of a run over the sample plans and one file that fails."""
    out = tmp_path_factory.mktemp("out")
    broken = tmp_path_factory.mktemp("in") / "broken.txt"
    broken.write_bytes(b"K\xff ho\xff")
    samples = [str(path) for path in sorted((ROOT / "data" / "raw").glob("*.txt"))]
    assert main([*samples, str(broken), "--out", str(out)]) == 1
    return out


@pytest.fixture(scope="module")
def package(run: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((run / "datapackage.json").read_text(encoding="utf-8"))
    return found


def resource(package: dict[str, Any], name: str) -> dict[str, Any]:
    (found,) = [one for one in package["resources"] if one["name"] == name]
    assert isinstance(found, dict)
    return found


def test_every_file_is_described_with_its_bytes(run: Path, package: dict[str, Any]) -> None:
    files = {path.name for path in run.iterdir() if path.is_file()} - {
        "datapackage.json",
        "review.html",
    }
    assert {one["path"] for one in package["resources"]} == files
    for one in package["resources"]:
        data = (run / one["path"]).read_bytes()
        assert one["bytes"] == len(data)
        assert one["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"


def test_sources_are_the_files_that_were_read(package: dict[str, Any]) -> None:
    assert [one["path"] for one in package["sources"]] == [
        "mau-hai-phong-2022.txt",
        "mau-lam-dong-2026.txt",
        "mau-quang-binh-2019.txt",
    ]
    data = (ROOT / "data" / "raw" / "mau-hai-phong-2022.txt").read_bytes()
    assert package["sources"][0]["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"


def test_the_csv_files_are_valid(run: Path) -> None:
    package = Package(str(run / "datapackage.json"))
    for name in package.resource_names:
        if name.endswith("-parquet"):
            package.remove_resource(name)
    report = package.validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])[:5]
    assert len(report.tasks) == len(TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_the_parquet_files_are_valid(run: Path, package: dict[str, Any], table: str) -> None:
    described = resource(package, f"{table}-parquet")["schema"]
    described = {**described, "foreignKeys": []}  # tried below, on both forms at once
    rows = pq.read_table(run / f"{table}.parquet").to_pylist()
    names = [field["name"] for field in described["fields"]]
    data = [names, *([row[name] for name in names] for row in rows)]
    checked = Resource(
        data=data,
        schema=Schema.from_descriptor(described),
        dialect=Dialect(controls=[formats.InlineControl(keyed=False)]),
    )
    report = checked.validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])[:5]


@pytest.mark.parametrize("table", TABLES)
def test_keys_hold(run: Path, table: str) -> None:
    rows = pq.read_table(run / f"{table}.parquet").to_pylist()
    assert rows or table == "findings"
    key = PRIMARY_KEYS[table]
    found = [tuple(row[name] for name in key) for row in rows]
    assert not key or len(set(found)) == len(rows)
    assert all(None not in one for one in found)
    for foreign in FOREIGN_KEYS[table]:
        there = pq.read_table(run / f"{foreign.table}.parquet").column(foreign.target).to_pylist()
        used = {row[foreign.column] for row in rows} - {None}
        assert used <= set(there), foreign


def test_fields_explain_themselves(package: dict[str, Any]) -> None:
    fields = {one["name"]: one for one in resource(package, "tasks")["schema"]["fields"]}
    assert fields["budget_vnd"]["unit"] == "VND"
    assert fields["budget_vnd"]["type"] == "integer"
    assert fields["due_on"]["type"] == "date"
    assert fields["lead_ids"]["list_separator"] == "; "
    assert fields["task"]["constraints"] == {"required": True}
    form = fields["form"]
    assert form["constraints"]["enum"] == ["row", "labelled"]
    assert [one["label_vi"] for one in form["categories"]] == [
        "Dòng trong bảng",
        "Các dòng có nhãn thay cho bảng",
    ]
    assert fields["schedule"]["title_vi"] == "Thời gian thực hiện"
    for table in Plan.__struct_fields__:
        for field in resource(package, table)["schema"]["fields"]:
            assert field["description"]
            assert field["description_vi"]
            assert field["title"]
    parquet = {one["name"]: one for one in resource(package, "tasks-parquet")["schema"]["fields"]}
    assert parquet["lead_ids"]["type"] == "array"


def test_versions_of_program_and_lexicons(package: dict[str, Any]) -> None:
    assert package["version"].count(".") == 2
    lexicons = {path.stem for path in (ROOT / "normalize" / "lexicon").glob("*.csv")}
    assert set(package["lexicons"]) == lexicons
    data = (ROOT / "normalize" / "lexicon" / "agencies.csv").read_bytes()
    assert package["lexicons"]["agencies"] == hashlib.sha256(data).hexdigest()[:12]


def test_parquet_carries_the_descriptions(run: Path) -> None:
    schema = pq.read_schema(run / "tasks.parquet")
    about = schema.field("due_on").metadata
    assert about[b"label"].decode() == "Hạn hoàn thành"
    assert about[b"description_vi"].decode().startswith("Ngày cuối còn đúng hạn")
