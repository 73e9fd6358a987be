"""Findings: what a reader of words noticed, and the one list of codes there is.

The codes, their severity and their Vietnamese message live in ``lexicon/findings.csv``
(contract, "Values" and "Settled questions").
"""

from __future__ import annotations

from functools import cache

import msgspec

from normalize.lexicon import entries


class Note(msgspec.Struct, frozen=True, gc=False):
    """One thing noticed in a text; ``start``/``end`` are half-open offsets in that text.

    ``raw`` holds the words as printed, ``value`` the repaired or read value, ``detail`` what the
    message needs beside them.
    """

    code: str
    raw: str = ""
    value: str | None = None
    start: int = 0
    end: int = 0
    detail: str = ""


class Code(msgspec.Struct, frozen=True, gc=False):
    """One finding code: severity, and a message with {raw}, {value}, {detail} in it."""

    code: str
    severity: str
    message: str
    meaning: str


@cache
def codes() -> dict[str, Code]:
    """All codes by name."""
    return {row["code"]: Code(**row) for row in entries("findings")}


def severity(code: str) -> str:
    """``info``, ``warning`` or ``error``; KeyError for a code that the list lacks."""
    return codes()[code].severity


def message(note: Note) -> str:
    """The finding's Vietnamese sentence."""
    return codes()[note.code].message.format(
        raw=note.raw, value=note.value or "", detail=note.detail
    )
