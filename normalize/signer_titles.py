"""Titles of those who sign: ``lexicon/signer_titles.csv``, and the deputies of each."""

from __future__ import annotations

from functools import cache

from normalize.lexicon import entries, several
from normalize.text import WORD, fold, key

_DEPUTY = "Phó"
_NO_DEPUTIES = ("Phó ", "Quyền ", "Thứ trưởng", "Ủy viên")
_FEW = 2
"""Words of a title that, without marks, may open a person's name ("Vũ Trường Giang")."""


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


@cache
def _bare_titles() -> dict[str, str | None]:
    """A title's letters without marks → its proper spelling; None where two titles share them."""
    made: dict[str, str | None] = {}
    phrases = [phrase for row in entries("signer_titles") for phrase in several(row["phrases"])]
    phrases += [f"{_DEPUTY} {phrase}" for phrase in phrases]
    for phrase in phrases:
        title = signer_titles().get(key(phrase))
        if title is not None:
            bare = _bare(phrase)
            made[bare] = title if made.get(bare, title) == title else None
    return made


def misread_title(text: str) -> str | None:
    """The title that a line is but for its marks ("Pho Chủ Tịch"); None for any other line."""
    return _bare_titles().get(_bare(text)) if key(text) not in signer_titles() else None


def names_title(text: str) -> bool:
    """Is the line a title, or a title and a body, its marks right or lost?

    Of two words it counts alone: "Vũ Trường Giang" is a person.
    """
    words = _bare(text).split(" ")
    if " ".join(words) in _bare_titles():
        return True
    return any(" ".join(words[:count]) in _bare_titles() for count in range(_FEW + 1, len(words)))


def _bare(text: str) -> str:
    return " ".join(WORD.findall(fold(text)))
