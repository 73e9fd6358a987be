"""Whether the rows of a plan point at their words in the source."""

from __future__ import annotations

import re
from collections.abc import Sequence

from plan_checks import tidy
from seed_tables import Differences

from normalize.records import Place, Plan

_TAG = re.compile(r"<[^<>]*>")
_WORD = re.compile(r"[^\W_]+")


def span_faults(plan: Plan, text: str) -> Differences:
    """Every row whose span does not lead back to its words in the decoded text."""
    faults: Differences = []
    for table, column, tight in (
        ("sections", "title", False),
        ("tasks", "task", False),
        ("assignments", "raw", True),
        ("deliverables", "text", True),
        ("periods", "raw", True),
        ("targets", "raw", True),
        ("citations", "raw", True),
        ("findings", "raw", False),
    ):
        for index, record in enumerate(getattr(plan, table)):
            if record.at is None:
                continue
            fault = _place_fault(record.at, text) or _words_fault(
                record.at, text, getattr(record, column) or "", tight
            )
            if fault:
                faults.append(f"{table}[{index}] {column}: {fault}")
    return faults


def _place_fault(at: Place, text: str) -> str:
    if not 0 <= at.char_start < at.char_end <= len(text):
        return f"no half-open range of the text: {at.char_start}–{at.char_end}"
    first = _line_of(text, at.char_start)
    last = _line_of(text, at.char_end - 1)
    if (at.line_start, at.line_end) != (first, last):
        return f"lines {at.line_start}–{at.line_end}, the characters stand in {first}–{last}"
    return ""


def _line_of(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def _words_fault(at: Place, text: str, value: str, tight: bool) -> str:
    """Words in order in the span; a tight span also begins and ends with the first and last."""
    wanted = _WORD.findall(tidy(value).casefold())
    if not wanted:
        return ""
    window = tidy(_TAG.sub(" ", text[at.char_start : at.char_end])).casefold()
    there = _WORD.findall(window)
    if not _in_order("".join(wanted), "".join(there)):
        return f"{value[:60]!r} is not in order in {window[:80]!r}"
    if tight and not (wanted[0].startswith(there[0]) and wanted[-1].endswith(there[-1])):
        return f"{value[:60]!r} does not begin and end {window[:60]!r} … {window[-30:]!r}"
    return ""


def _in_order(wanted: Sequence[str], there: Sequence[str]) -> bool:
    rest = iter(there)
    return all(char in rest for char in wanted)
