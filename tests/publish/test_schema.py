"""The schema fits the contract, the records and itself."""

from __future__ import annotations

import datetime

import msgspec
import pytest

from normalize import findings, records
from publish.codes import code_list, list_names
from publish.schema import (
    TABLES,
    TASK_CHANGES,
    SchemaError,
    allowed,
    arrow_schema,
    column_type,
    columns_of,
)
from publish.words import Words

PLACE = "line_start line_end char_start char_end page bbox"
CONTRACT = {
    "documents": "document_id parent_document_id source_file source_sha256 format doc_type number "
    "symbol issued_on effective_on place issuer_id issuer jurisdiction_code jurisdiction "
    "successor_code successor title plan_year signer signer_title section_count task_count "
    "finding_count",
    "sections": f"section_id document_id parent_id order level label path title text {PLACE}",
    "tasks": "task_id document_id order form task_no area area_code task deliverables lead_ids "
    "lead coordinating_ids coordinating schedule start_on due_on budget budget_vnd budget_status "
    f"funding_source funded_by_ids finding_codes {PLACE}",
    "assignments": "task_id document_id order role agency_id agency jurisdiction_code kind "
    f"registered scope raw {PLACE}",
    "deliverables": f"task_id document_id order text type_codes due_on {PLACE}",
    "periods": f"task_id document_id order kind start_on end_on edtf rrule condition raw {PLACE}",
    "targets": f"document_id section_id order value unit comparator subject raw {PLACE}",
    "citations": "document_id section_id task_id order symbol doc_type issuer_id issued_on title "
    f"raw {PLACE}",
    "agencies": "agency_id agency kind level abbreviation successor_id english",
    "findings": f"document_id source_file table row_id severity code message raw value {PLACE}",
}


def test_tables_are_those_of_the_contract() -> None:
    assert list(TABLES) == list(CONTRACT)


@pytest.mark.parametrize("name", CONTRACT)
def test_columns_are_those_of_the_contract(name: str) -> None:
    assert [column.name for column in TABLES[name].columns] == CONTRACT[name].split()
    assert arrow_schema(name).names == CONTRACT[name].split()


@pytest.mark.parametrize(
    ("table", "column", "type_", "nullable"),
    [
        ("tasks", "task", "string", False),
        ("tasks", "task_no", "string", True),
        ("tasks", "deliverables", "list<element: string not null>", False),
        ("tasks", "due_on", "date32[day]", True),
        ("tasks", "budget_vnd", "int64", True),
        ("tasks", "order", "int64", False),
        ("tasks", "char_start", "int64", False),
        ("tasks", "page", "int32", True),
        ("tasks", "bbox", "list<element: double not null>", True),
        ("documents", "plan_year", "int32", True),
        ("documents", "jurisdiction_code", "string", True),  # "01" is no number
        ("assignments", "registered", "bool", False),
        ("targets", "value", "double", False),
        ("findings", "line_start", "int64", True),  # a finding may have no place
        ("sections", "line_start", "int64", False),
    ],
)
def test_arrow_types(table: str, column: str, type_: str, nullable: bool) -> None:
    field = arrow_schema(table).field(column)
    assert (str(field.type), field.nullable) == (type_, nullable)


def test_tables_explain_themselves() -> None:
    for name, table in {**TABLES, TASK_CHANGES.name: TASK_CHANGES}.items():
        schema = arrow_schema(name)
        assert schema.metadata[b"table"] == name.encode()
        assert schema.metadata[b"description"] == table.description.encode()
        assert schema.metadata[b"label"].decode() == table.label
        for field, column in zip(schema, table.columns, strict=True):
            assert field.metadata[b"description"].decode() == column.description
            assert field.metadata[b"label"].decode() == column.label
            assert column.description
            assert column.label
    assert arrow_schema("assignments").field("role").metadata[b"codes"] == b"lead coordinating"


def test_every_code_list_is_used_and_explained() -> None:
    tables = (*TABLES.values(), TASK_CHANGES)
    used = {column.codes for table in tables for column in table.columns if column.codes}
    assert used == {*list_names(), "table"}
    for name in list_names():
        assert all(code_list(name).values()), name
    assert set(code_list("finding_code")) == set(findings.codes())
    assert {code.severity for code in findings.codes().values()} <= set(code_list("severity"))
    assert list(allowed("table")) == list(CONTRACT)


class Row(msgspec.Struct, frozen=True):
    """A record type for trying what does not fit."""

    name: str
    at: records.Place | None


def test_a_field_without_words_raises() -> None:
    with pytest.raises(SchemaError, match=r"rows\.name has no description"):
        columns_of("rows", Row, {}, {})


def test_words_without_a_field_raise() -> None:
    words = {"name": Words("A name", "Tên"), "gone": Words("Nothing", "Không")}
    with pytest.raises(SchemaError, match="no field of Row: gone"):
        columns_of("rows", Row, words, dict.fromkeys(words, "Tên"))


def test_an_optional_place_makes_nullable_columns() -> None:
    columns = columns_of("rows", Row, {"name": Words("A name", "Tên")}, {"name": "Một tên"})
    assert [column.name for column in columns] == ["name", *PLACE.split()]
    assert [column.nullable for column in columns] == [False] + [True] * 6


@pytest.mark.parametrize("hint", [dict[str, str], str | int, str | int | None, datetime.datetime])
def test_a_type_that_arrow_columns_lack_raises(hint: object) -> None:
    with pytest.raises(SchemaError, match="column odd"):
        column_type("odd", hint)
