"""The words of a schedule cell: tokens with a role, a value and half-open offsets.

Roles come from ``lexicon/period_words.csv`` (the longest phrase wins), numbers and marks from the
text itself. Symbols of cited documents together with their dates, and times of the clock, become
one token each, so that no grammar takes them for a date.
"""

from __future__ import annotations

import re
from functools import cache

import msgspec

from normalize.lexicon import entries, several
from normalize.patterns import pattern
from normalize.text import word_key

_ATOM = re.compile(r"[^\W\d_]+|\d+|\n|[-=]>|[^\w\s]")
_DATE_WORDS = r"ng(?:ày|aỳ)\s*\d{1,2}\s*(?:[/.-]|tháng)\s*\d{1,2}\s*(?:[/.-]|năm)\s*\d{4}"
_MASK = re.compile(
    r"(?P<cited>"
    r"(?:(?<!\d)\d{1,7}(?:/\d{4})?\s?[/-]\s?(?!Q?[IVX]+\b)[A-ZĐ][A-Za-zĐđ]*[A-ZĐ]\w*(?:[-/]\w+)*"
    r"|\b[Ss]ố\s*:?\s*\d{1,7}(?=\s*,?\s*ng(?:ày|aỳ)\b))"
    r"(?:\s*[,(]?\s*" + _DATE_WORDS + r")?)"
    r"|(?P<clock>(?<![\d/.])(?:\d{1,2}\s?(?:h|g|giờ|H)(?![^\W\d_])(?:\s?\d{1,2}(?!\s?[/\d]))?"
    r"(?:\s?(?:phút|'))?|\d{1,2}:\d{2}(?!\d)))"
)
_MASK_SIGN = re.compile(r"\d\s?[/-]\s?[A-ZĐ]|[Ss]ố|\d\s?(?:h|g|H|:)")

MARKS = {
    "/": "slash",
    ",": "comma",
    ";": "semicolon",
    ".": "stop",
    "…": "stop",
    ":": "colon",
    "(": "open",
    "[": "open",
    ")": "close",
    "]": "close",
    "\n": "line",
    "&": "and",
    "%": "percent",
    "+": "plus",
    **dict.fromkeys(["->", "=>", *"-–—−‐‑~→"], "dash"),
    **dict.fromkeys("•●▪►*○·◦❖✓", "bullet"),
}
UNITS = frozenset(["quarter", "month", "day", "week", "year"])
_LONGEST_NUMBER = 9
_ROMAN = frozenset("i ii iii iv v".split())
"""Numbers of rounds ("đợt II")."""


class Token(msgspec.Struct, gc=False):
    """One word, phrase, number or mark. ``tight``: no blank stands before it."""

    role: str
    value: int
    text: str
    start: int
    end: int
    tight: bool


@cache
def _phrases() -> dict[str, list[tuple[tuple[str, ...], str, int]]]:
    """First word's key → (keys of the further words, role, value), longest first."""
    made: dict[str, list[tuple[tuple[str, ...], str, int]]] = {}
    for row in entries("period_words"):
        if row["role"] == "reporting":
            continue
        for phrase in several(row["phrases"]):
            first, *rest = (word_key(word) for word in phrase.split())
            made.setdefault(first, []).append((tuple(rest), row["role"], int(row["value"])))
    for found in made.values():
        found.sort(key=lambda entry: -len(entry[0]))
    return made


@cache
def reporting_words() -> tuple[str, ...]:
    """Lower-case phrases that mark a window in prose as one of reporting."""
    rows = (row for row in entries("period_words") if row["role"] == "reporting")
    return tuple(phrase for row in rows for phrase in several(row["phrases"]))


_FIGURE = pattern(
    r"(?<![\p{L}\d])(?=[\dlIO]*\d)(?=\d*[lIO])[\dlIO]{1,4}(?![\p{L}\d])|(?<=\d/)[lI](?=/\d)"
)
_TENS = {"l": "1", "I": "1", "O": "0"}
_DATE_SIDE = frozenset("/.-")


def mended_figures(text: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The text with "3l/12", "20I3" as figures, and (start, end, meant) of each; offsets stay.

    Only beside a slash, a stop or a dash that joins a date, and never a Roman number.
    """
    slips: list[tuple[int, int, str]] = []
    pieces: list[str] = []
    behind = 0
    for match in _FIGURE.finditer(text):
        start, end = match.span()
        sides = text[start - 1 : start], text[end : end + 1]
        if not _DATE_SIDE.intersection(sides):
            continue
        meant = "".join(_TENS.get(char, char) for char in match.group())
        slips.append((start, end, meant))
        pieces += (text[behind:start], meant)
        behind = end
    return "".join((*pieces, text[behind:])), slips


def tokens_of(text: str) -> list[Token]:
    """The tokens of a cell in order; role ``word`` where the lexicon lacks the word."""
    atoms = _atoms(text)
    known = _phrases()
    made: list[Token] = []
    count = len(atoms)
    i = 0
    while i < count:
        role, key, start, end = atoms[i]
        tight = i > 0 and atoms[i - 1][3] == start
        if role == "letters":
            role, value, used = "word", 0, 1
            for rest, phrase_role, phrase_value in known.get(key, ()):
                size = len(rest)
                if not size or (
                    i + size < count
                    and all(atoms[i + 1 + k][1] == rest[k] for k in range(size))
                    and "\n" not in text[start : atoms[i + size][2]]
                ):
                    role, value, used = phrase_role, phrase_value, size + 1
                    break
            counted = bool(made) and made[-1].role in ("number", "count")
            if counted and role in ("round", "counter") and _role_at(atoms, i + used) == "slash":
                role = "times"  # "02 lớp/năm", "2 đợt/năm"
            elif role == "round" or (role == "times" and not counted):
                used += _numbered(atoms, i + used)
                role = "filler" if role == "round" or used > 1 else role
            elif role == "counter":
                role = "times" if _per_unit(made) else "word"
            end = atoms[i + used - 1][3]
            made.append(Token(role, value, text[start:end], start, end, tight))
            i += used
            continue
        value = int(key) if role == "number" else 0
        made.append(Token(role, value, text[start:end], start, end, tight))
        i += 1
    return made


def _per_unit(made: list[Token]) -> bool:
    """Does "02 tháng/" or "quý/01" stand before?"""
    before = [token.role for token in made[-3:]]
    if before and before[-1] in ("number", "count"):
        before.pop()
    return before[-1:] == ["slash"] and before[-2:-1] != [] and before[-2] in UNITS


def _role_at(atoms: list[tuple[str, str, int, int]], at: int) -> str:
    return atoms[at][0] if at < len(atoms) else ""


def _numbered(atoms: list[tuple[str, str, int, int]], at: int) -> int:
    """1 where the number of a round stands there ("đợt 2", "lần II"), no date ("đợt 30/4")."""
    if at >= len(atoms):
        return 0
    role, key, start, end = atoms[at]
    number = (role == "number" and end - start < 3) or (role == "letters" and key in _ROMAN)
    return int(number and _role_at(atoms, at + 1) not in ("slash", "dash", "stop"))


def _atoms(text: str) -> list[tuple[str, str, int, int]]:
    """(role or "letters", key, start, end) of every word, number, mark and masked stretch."""
    masks = _MASK.finditer(text) if _MASK_SIGN.search(text) else iter(())
    mask = next(masks, None)
    made: list[tuple[str, str, int, int]] = []
    for match in _ATOM.finditer(text):
        start, end = match.span()
        while mask is not None and start >= mask.end():
            mask = next(masks, None)
        if mask is not None and start >= mask.start():
            if start == mask.start():
                made.append((mask.lastgroup or "cited", "", start, mask.end()))
            continue
        atom = match.group()
        if atom.isdecimal():
            role = "number" if end - start <= _LONGEST_NUMBER else "word"
            made.append((role, atom, start, end))
        elif atom[0].isalnum():
            made.append(("letters", word_key(atom), start, end))
        else:
            made.append((MARKS.get(atom, "mark"), atom, start, end))
    return made
