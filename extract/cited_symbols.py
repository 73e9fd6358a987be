"""Symbols of documents in running text: "130/2005/NĐ-CP", "39-NQ/TW", "35/2024/QH15".

A symbol is a number, perhaps a year, and letters for type and issuer (Decree 30/2020/NĐ-CP,
appendix I; for the party Hướng dẫn 36-HD/VPTW). A page or line break may leave a blank behind a
slash or hyphen, a form blanks and dots around the number; the canonical symbol has neither.
"""

from __future__ import annotations

import re
from functools import cache

import msgspec

from extract.text_phrases import rows_of
from normalize.lexicon import several
from normalize.text import fold

_LETTERS = r"[^\W\d_][\w&]*(?:\.[^\W\d_][\w&]*)*(?:\([^\W_]{1,8}\))?"
_CODE = r"[A-ZĐÐ][A-ZĐÐ\d&]+[a-zđ]?(?:\([^\W_]{1,8}\))?(?![\w&])"
_DASH = r"[-–‑−]"
_SHAPE = re.compile(
    r"(?<![\w/:])(?<![\w.,]-)"
    r"(?P<number>\d{1,6}(?:\.\d{1,3})?[A-Za-zđĐÐ]{0,2})[.…]*\s{0,2}[.…]*"
    rf"(?P<mark>/|{_DASH})\s{{0,3}}(?:(?P<year>(?:19|20)\d\d)\s?(?:/|{_DASH})\s{{0,3}})?"
    rf"(?P<letters>{_LETTERS}(?:\s?(?:/|{_DASH})\s?{_CODE})?(?:(?:/|{_DASH})(?:\s?{_CODE}|{_LETTERS}))*)"
)
_MARKS = re.compile(rf"(/|{_DASH})")
_TERM = re.compile(r"(?:UBTV)?QH[\dIVX]{1,5}")


class CitedSymbol(msgspec.Struct, frozen=True, gc=False):
    """One symbol: canonical text, its letters ("NĐ-CP"), its issuer's ("CP"), half-open range.

    ``year`` is the one inside the symbol. ``sure`` is false where only a type word or "số" in
    front makes it a symbol ("1234/UBND", "64-CP").
    """

    symbol: str
    letters: str
    body: str
    year: int | None
    sure: bool
    start: int
    end: int


class _Codes(msgspec.Struct, frozen=True, gc=False):
    types: dict[str, str]
    segments: dict[str, str]


@cache
def _codes() -> _Codes:
    """Codes for types by accent-free spelling, and segments whose case matters by capitals."""
    types: dict[str, str] = {}
    segments: dict[str, str] = {}
    rows = rows_of("citation_words")
    for row in rows["type"]:
        for code in several(row["code"]):
            types.setdefault(fold(code), code)
    for row in rows["segment"]:
        segments[row["name"].upper()] = row["name"]
        types.setdefault(fold(row["name"]), row["name"])
    return _Codes(types, segments)


def find_symbols(text: str) -> list[CitedSymbol]:
    """All words of symbol shape, in order; the unsure ones need a type word before them."""
    if "/" not in text and "-" not in text:
        return []
    found = []
    for match in _SHAPE.finditer(text):
        made = _read(match)
        if made is not None:
            found.append(made)
    return found


def _read(match: re.Match[str]) -> CitedSymbol | None:
    pieces = _MARKS.split(match["letters"])
    segments = [_segment(piece) for piece in pieces[::2]]
    marks = ["/" if mark == "/" else "-" for mark in pieces[1::2]]
    year = match["year"]
    known = _codes().types.get(fold(segments[0])) if len(segments) > 1 else None
    if known is not None and segments[0] not in _codes().types.values():
        segments[0] = known
    if known is not None:
        segments[1:] = [s.upper() if s.islower() else _segment(s) for s in segments[1:]]
    if not all(segment[0].isupper() for segment in segments):
        return None
    mark = "/" if year or match["mark"] == "/" else "-"
    sure = _is_sure(mark, marks, segments, known is not None, year is not None)
    letters = segments[0] + "".join(m + s for m, s in zip(marks, segments[1:], strict=True))
    number = match["number"]
    symbol = f"{number}/{year}/{letters}" if year else f"{number}{mark}{letters}"
    body = letters[len(segments[0]) + 1 :] if known is not None else segments[0]
    start, end = match.span()
    return CitedSymbol(symbol, letters, body, int(year) if year else None, sure, start, end)


def _segment(piece: str) -> str:
    made = piece.strip().replace("Ð", "Đ").rstrip(".")
    return _codes().segments.get(made.upper(), made)


def _is_sure(mark: str, marks: list[str], segments: list[str], typed: bool, dated: bool) -> bool:
    """Whether the shape alone tells a symbol from a fraction, a unit or a plate."""
    if dated:
        return len(segments) > 1 or bool(_TERM.fullmatch(segments[0]))
    if mark == "-":
        return typed and marks[:1] == ["/"]
    return typed and len(segments) > 1
