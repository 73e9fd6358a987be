"""A plan's text form taken apart into paragraphs and tables, to be written in another form.

Writers (Word, PDF, sheet, web page …) take these blocks; what is read back from their files must
give the tables of the text form.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from extract.blocks import read_blocks
from extract.cells import Line
from extract.readers import read
from normalize.records import Plan

Cells = list[list[str]]
"""One row: its cells, each a list of paragraphs."""

Tables = dict[str, list[dict[str, Any]]]
SAMPLES = sorted((Path(__file__).parents[2] / "data" / "raw").glob("*.txt"))
# What a form changes by its nature: places, hashes, and findings that speak of the form.
_OF_THE_FORM = frozenset({"at", "source_sha256", "source_file", "format", "finding_count"})


class PlainTable(msgspec.Struct):
    """A table as its rows are printed; a row that a page shifted may be shorter than others.

    ``covered[r][c]`` is "down" or "right" where a merged cell covers the place, else "";
    ``pages[r]`` counts the page ends (gaps) before row ``r`` within the table.
    """

    rows: list[Cells]
    covered: list[list[str]]
    pages: list[int]


def plain_blocks(path: Path) -> list[str | PlainTable]:
    """Paragraphs (one string a printed line, "" for a gap) and tables of a text-form plan."""
    made: list[str | PlainTable] = []
    source = read(path)
    for block in read_blocks(source.view, source.grids):
        if isinstance(block, Line):
            if block.gap and made:
                made.append("")
            made.extend(block.words.text.split("\n"))
            continue
        rows = block.rows
        made.append(
            PlainTable(
                [[c.own.split("\n") if c.own else [] for c in row.cells] for row in rows],
                [[cell.covered for cell in row.cells] for row in rows],
                [row.page for row in rows],
            )
        )
    return made


def form_tables(plan: Plan, *, without_codes: frozenset[str] = frozenset()) -> Tables:
    """All tables of a plan, without what its form changes; findings without their wording."""
    made: Tables = {}
    for table in Plan.__struct_fields__:
        rows = []
        for record in getattr(plan, table):
            row = {k: v for k, v in msgspec.structs.asdict(record).items() if k not in _OF_THE_FORM}
            if table == "findings":
                if row["code"] in without_codes:
                    continue
                row = {k: row[k] for k in ("document_id", "table", "row_id", "code", "value")}
            if "finding_codes" in row:
                row["finding_codes"] = [c for c in row["finding_codes"] if c not in without_codes]
            rows.append(row)
        if table == "findings":
            rows.sort(key=lambda row: tuple(str(value) for value in row.values()))
        made[table] = rows
    return made


def form_differences(expected: Tables, actual: Tables) -> list[str]:
    """Where two results of :func:`form_tables` differ, table by table, one line a cell."""
    found: list[str] = []
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
