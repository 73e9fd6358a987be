"""What holds of the tables of any input, however odd: the output contract as checks.

Each check gives the faults it found as lines of text; none is the answer of a sound plan.
"""

from __future__ import annotations

import html
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from typing import Any

import msgspec
import regex

from extract.source import Source
from normalize.records import Place, Plan
from publish.keys import FOREIGN_KEYS, PRIMARY_KEYS
from publish.tables import arrow_tables

_WORD = regex.compile(r"[^\W_]+")
_RAW = {
    "assignments": "raw",
    "deliverables": "text",
    "periods": "raw",
    "targets": "raw",
    "citations": "raw",
}


def faults(plan: Plan, source: Source) -> list[str]:
    """All faults of one input's tables; the schema check raises where a value breaks its type."""
    arrow_tables(plan)
    found = [*_span_faults(plan, source.text), *_key_faults(plan), *_count_faults(plan)]
    return found + list(_order_faults(plan))


def _span_faults(plan: Plan, text: str) -> Iterator[str]:
    """Every span lies in the text, its lines are right, and it holds the words of its row."""
    starts = [0, *(found.end() for found in regex.finditer(r"\r\n?|[\n\v\u2028\u2029\x85]", text))]
    for table in PRIMARY_KEYS:
        for index, row in enumerate(getattr(plan, table)):
            at: Place | None = getattr(row, "at", None)
            if at is None:
                continue
            fault = _place_fault(at, text, starts)
            if fault:
                yield f"{table}[{index}]: {fault}"
                continue
            window = text[at.char_start : at.char_end]
            if table in _RAW and not _holds(window, getattr(row, _RAW[table])):
                yield f"{table}[{index}]: {row!r:.200} is not in {window[:80]!r}"


def _place_fault(at: Place, text: str, starts: list[int]) -> str:
    if not 0 <= at.char_start <= at.char_end <= len(text):
        return f"no half-open range of the text: {at.char_start}–{at.char_end}"
    first = bisect_right(starts, at.char_start)
    last = bisect_right(starts, max(at.char_start, at.char_end - 1))
    if (at.line_start, at.line_end) != (first, last):
        return f"lines {at.line_start}–{at.line_end}, the characters stand in {first}–{last}"
    return ""


def _holds(window: str, words: str) -> bool:
    """The letters of the raw words stand in the span, in order; markup may stand between."""
    wanted = _letters(words)
    there = iter(_letters(html.unescape(window)))
    return all(char in there for char in wanted)


def _letters(text: str) -> str:
    return "".join(_WORD.findall(unicodedata.normalize("NFC", text).casefold()))


def _key_faults(plan: Plan) -> Iterator[str]:
    """Keys are unique, and what a row refers to is there."""
    known: dict[tuple[str, str], set[Any]] = {}
    for table, columns in PRIMARY_KEYS.items():
        rows = getattr(plan, table)
        if columns:
            counted = Counter(tuple(getattr(row, c) for c in columns) for row in rows)
            yield from (f"{table}: {k} {n} times" for k, n in counted.items() if n > 1)
            for column in columns:
                known[table, column] = {getattr(row, column) for row in rows}
    for table, keys in FOREIGN_KEYS.items():
        for key in keys:
            for row in getattr(plan, table):
                value = getattr(row, key.column)
                if value is not None and value not in known[key.table, key.target]:
                    yield f"{table}.{key.column}: {value} is in no row of {key.table}"
    ids = {name for kind in ("documents", "sections", "tasks") for name in _ids(plan, kind)}
    for finding in plan.findings:
        if finding.row_id is not None and finding.row_id not in ids:
            base, _, below = finding.row_id.rpartition("#")
            if base not in ids or "-" not in below:
                yield f"findings: {finding.row_id} is no row"


def _ids(plan: Plan, table: str) -> set[str]:
    return {getattr(row, PRIMARY_KEYS[table][0]) for row in getattr(plan, table)}


def _count_faults(plan: Plan) -> Iterator[str]:
    for document in plan.documents:
        for table in ("sections", "tasks", "findings"):
            own = sum(r.document_id == document.document_id for r in getattr(plan, table))
            said = getattr(document, f"{table[:-1]}_count")
            if own != said:
                yield f"{document.document_id}: {said} {table} counted, {own} there"


def _order_faults(plan: Plan) -> Iterator[str]:
    """``order`` counts from 1 within the task or the document, and sections stand in order."""
    for table, owner in (
        ("sections", "document_id"),
        ("periods", "task_id"),
        ("tasks", "document_id"),
    ):
        rows: dict[str, list[Any]] = {}
        for row in getattr(plan, table):
            rows.setdefault(getattr(row, owner), []).append(row)
        for name, own in rows.items():
            if [row.order for row in own] != list(range(1, len(own) + 1)):
                yield f"{table} of {name}: orders {[row.order for row in own][:9]}"
    for before, row in zip(plan.sections, plan.sections[1:], strict=False):
        if before.document_id == row.document_id and before.at.char_start > row.at.char_start:
            yield f"sections: {row.section_id} stands before {before.section_id}"


def same(left: Plan, right: Plan) -> bool:
    """The two plans say the same, byte by byte."""
    return msgspec.msgpack.encode(left) == msgspec.msgpack.encode(right)
