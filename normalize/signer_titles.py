"""Titles of those who sign: ``lexicon/signer_titles.csv``, and the deputies of each."""

from __future__ import annotations

from functools import cache

from normalize.lexicon import entries, several
from normalize.text import key

_DEPUTY = "Phó"
_NO_DEPUTIES = ("Phó ", "Quyền ", "Thứ trưởng", "Ủy viên")


@cache
def signer_titles() -> dict[str, str]:
    """Key of a title as printed → its proper spelling; "Phó" before any head's title is one, too.

    A deputy that the lexicon spells out keeps that spelling ("Phó Trưởng ban").
    """
    made = {
        key(phrase): row["title"]
        for row in entries("signer_titles")
        for phrase in several(row["phrases"])
    }
    for phrase, title in list(made.items()):
        if not title.startswith(_NO_DEPUTIES):
            made.setdefault(f"{key(_DEPUTY)} {phrase}", f"{_DEPUTY} {title}")
    return made
