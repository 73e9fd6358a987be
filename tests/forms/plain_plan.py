"""A plan's text form taken apart into paragraphs and tables, to be written in another form.

Writers (Word, PDF, sheet, web page …) take these blocks; what is read back from their files must
give the tables of the text form.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from extract.align import align
from extract.blocks import read_blocks
from extract.cells import Line, Row, TableBlock
from extract.paragraphs import Paragraph, read_paragraphs
from extract.readers import read
from extract.repair import join_rows, shape_of
from extract.tasks import Header, read_header
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
            made += [""] if block.gap and made else []
            made.append(block.words.flat)
        else:
            made.append(_printed(block.rows))
    return made


def authored_blocks(path: Path) -> list[str | PlainTable]:
    """The same, tables as their author wrote them: one piece, cut rows joined, cells in place.

    A form without page ends inside its tables (Word, a sheet) shows them so; the findings
    ``row.joined`` and ``column.shifted`` of the text form do not arise there.
    """
    made: list[str | PlainTable] = []
    source = read(path)
    open_table: tuple[Header, list[Row], int] | None = None
    for block in [*read_paragraphs(read_blocks(source.view, source.grids)), None]:
        found = read_header(block, "") if isinstance(block, TableBlock) else None
        if isinstance(block, TableBlock) and open_table is not None and found is None:
            rows = open_table[1]
            page = rows[-1].page + 1
            rows += [Row(r.cells, r.start, r.end, r.page + page) for r in block.rows]
            continue
        if open_table is not None:
            made.append(_authored(*open_table, source.view))
            open_table = None
        if isinstance(block, TableBlock) and found is not None and found[0].kind == "tasks":
            open_table = (found[0], list(block.rows), found[1])
        elif isinstance(block, Paragraph):
            made += [""] if block.gap and made else []
            made.append(block.words.flat)
        elif block is not None:
            made.append(_printed(block.rows))
    return made


def _printed(rows: Sequence[Row]) -> PlainTable:
    return PlainTable(
        [[c.own.split("\n") if c.own else [] for c in row.cells] for row in rows],
        [[cell.covered for cell in row.cells] for row in rows],
        [row.page for row in rows],
    )


def _authored(header: Header, rows: list[Row], used: int, view: str) -> PlainTable:
    """The head as printed once, then one row a task, group or total."""
    texts = [[cell.own for cell in row.cells] for row in rows]
    head = rows[:used]
    body = [
        row for row, own in zip(rows[used:], texts[used:], strict=True) if own not in texts[:used]
    ]
    aligned = align(body, header.columns)
    printed = [row for row, _ in aligned]
    shape = shape_of(printed, header.columns)
    joined = join_rows(printed, [move for _, move in aligned], shape, view)
    plain = _printed(head)
    for row in joined:
        pairs = list(zip(row.cells, row.covered, strict=True))
        plain.rows.append([w.text.split("\n") if w.text and not hid else [] for w, hid in pairs])
        plain.covered.append(list(row.covered))
        plain.pages.append(0)
    return plain


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
