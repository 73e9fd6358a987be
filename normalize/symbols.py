"""Numbers and symbols of documents ("142/KH-UBND"), and the document types behind them.

Types and abbreviations are those of Decree 30/2020/NĐ-CP, appendix III, those of laws and
regulations, and the party's (Guidance 36-HD/VPTW 2018); ``lexicon/document_types.csv``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

import msgspec
import regex

from normalize.lexicon import entries, several
from normalize.patterns import pattern
from normalize.text import WORD, fold, key, word_key

_PREFIX = pattern(r"(?i)\s*(?:số|so)?\s*[:.]*\s*")
_NUMBER = pattern(r"[\s._…]*(?P<number>\d+(?:\.\d+)*[A-Za-zđ]?(?![\p{L}]))?[\s._…]*")
_PIECE = pattern(
    r"(?P<separator>[-/–—]|(?<=[\s\d])(?=\p{L}))\s*"
    r"(?P<piece>[\p{L}\d&]+(?:\.[\p{L}\d&]+)*(?:\([\p{L}\d]+\))?)\s*\.{0,3}\s*"
)
_YEAR = pattern(r"(?:19|20)\d\d")
_MISREAD = pattern(r"(?<![\p{L}\d])(?=[lIO]*\d)[\dlIO]{2,6}(?=\s*[/-])")
_FIGURES = str.maketrans("lIO", "110")
_ASSEMBLY = pattern(r"(?i)QH(?:K?\d+|)(?!\p{L})")
_STANDING = pattern(r"(?i)UBTVQH\d*(?!\p{L})")
_JOINT = pattern(r"[-/]\p{Lu}+L[TNBS][-/]")
_PARTY = frozenset(("TW", "TU", "HU", "QU", "ĐU", "ThU", "TTU"))


class Symbol(msgspec.Struct, frozen=True):
    """A symbol taken apart: "130/2005/NĐ-CP" is 130, 2005, NĐ, CP.

    ``number`` is None where only dots stand for it. ``type_code`` is None for acts of the National
    Assembly ("158/2024/QH15": a law or a resolution), CV for a letter ("6459/BNV-CCHC").
    ``issuer_part`` are the words for the issuer and its drafting unit. ``text`` is the symbol
    without blanks and fill-in dots.
    """

    number: str | None
    year: int | None
    type_code: str | None
    issuer_part: str
    text: str


@lru_cache(maxsize=8192)
def parse_symbol(text: str) -> Symbol | None:
    """The symbol that the whole text is, "Số:" before it left out; None where it is none."""
    prefix = _PREFIX.match(text)
    at = _NUMBER.match(text, prefix.end() if prefix is not None else 0)
    if at is None:
        return None
    number = at.group("number")
    pieces: list[tuple[str, str]] = []
    end = at.end()
    while end < len(text):
        found = _PIECE.match(text, end)
        if found is None:
            return None
        pieces.append((found.group("separator"), found.group("piece")))
        end = found.end()
    year = None
    printed = number or ""
    if pieces and number and pieces[0][0] == "/" and _YEAR.fullmatch(pieces[0][1]):
        year = int(pieces[0][1])
        printed += "/" + pieces[0][1]
        pieces = pieces[1:]
    if not pieces or not any(piece[:1].isupper() for _, piece in pieces):
        return None
    pieces = [(separator, _cased(piece)) for separator, piece in pieces]
    names = [piece for _, piece in pieces]
    type_code = _symbol_codes().get(names[0].split(".")[0])
    issuer = _tail(pieces if type_code is None else pieces[1:])
    if type_code is None and not (_ASSEMBLY.match(names[0]) or _STANDING.match(names[0])):
        if not names[0][0].isupper() or names[0].isdigit():
            return None
        type_code = "CV"
    return Symbol(number, year, type_code, issuer, printed + _joined(pieces, names))


_UNMARKED = pattern(r"\s*(?P<number>\d{1,5})\s+(?=(?:KH|CTr|QĐ|HD|TB)\s?[-/])")


_MERGED = pattern(
    r"\s*(?P<head>\d{1,5}[a-zđ]?(?:\s?/\s?\d{4})?\s?/\s?)(?P<merged>\p{Lu}[\p{L}&]+)\s*"
)
_MANY_LEVELS = frozenset(("UBND", "HĐND"))


def is_unmarked(text: str) -> bool:
    """Type and number, or type and issuer, without a mark ("105 KH/TĐTN", "12/KHUBND")."""
    return _UNMARKED.match(text) is not None or _parted(text) is not None


@lru_cache(maxsize=4096)
def _parted(text: str) -> str | None:
    """The symbol with the hyphen that its text lost ("61/2018/NĐCP"); None where none is lost.

    Only where a type's letters are followed by an issuer's that are known.
    """
    found = _MERGED.fullmatch(text)
    if found is None or found["merged"] in _symbol_codes() or found["merged"] in _issuers():
        return None
    merged = found["merged"]
    for size in range(len(merged) - 1, 0, -1):
        issuer = merged[size:]
        known = issuer in _issuers() or issuer in _MANY_LEVELS
        if known and merged[:size] in _symbol_codes():
            return f"{found['head']}{merged[:size]}-{issuer}".replace(" ", "")
    return None


def mended(text: str) -> tuple[str, str, str] | None:
    """A symbol whose number holds l, I or O for a figure: (mended text, read figures, printed).

    So is one whose number and type stand without a mark between them. None where the number is one
    already, or holds no figure at all ("Il/KH").
    """
    unmarked = _UNMARKED.match(text)
    if unmarked is not None:  # "105 KH/TĐTN": the hyphen is missing
        whole = f"{unmarked['number']}-{text[unmarked.end() :]}"
        return whole, whole, text.strip()
    parted = _parted(text)
    if parted is not None:
        return parted, parted, text.strip()
    found = _MISREAD.search(text)
    if found is None or found.group().isdigit():
        return None
    figures = found.group().translate(_FIGURES)
    return text[: found.start()] + figures + text[found.end() :], figures, found.group()


def _joined(pieces: list[tuple[str, str]], names: list[str]) -> str:
    """The pieces with their separators; a missing first one as party or state write it."""
    text = ""
    for separator, piece in pieces:
        if separator in "–—" and separator:
            separator = "-"
        text += (separator or ("-" if names[-1] in _PARTY else "/")) + piece
    return text


def _tail(pieces: list[tuple[str, str]]) -> str:
    return "".join(
        (separator or "-") + piece if index else piece
        for index, (separator, piece) in enumerate(pieces)
    )


@cache
def _symbol_codes() -> dict[str, str]:
    """Abbreviation as it stands in symbols → type code."""
    made: dict[str, str] = {}
    for row in entries("document_types"):
        for code in (row["code"], *several(row["symbol_codes"])):
            made.setdefault(code, row["code"])
    return made


@cache
def _casings() -> dict[str, str]:
    """Capital letters → the usual case ("TTG" → "TTg"), where it has small letters."""
    names = [*_symbol_codes(), *_issuers()]
    return {name.upper(): name for name in names if name != name.upper()}


def _cased(piece: str) -> str:
    # A title in capitals has its symbols in capitals too: "23/CT-TTG".
    if not piece.isupper() or piece in _symbol_codes():
        return piece
    return _casings().get(piece, piece)


@cache
def _issuers() -> dict[str, str]:
    return {
        symbol: row["agency_id"]
        for row in entries("symbol_issuers")
        for symbol in several(row["symbol"])
    }


@lru_cache(maxsize=8192)
def issuer_of_symbol(symbol: str | Symbol) -> str | None:
    """The agency id that the symbol names for certain ("NĐ-CP" → chinh-phu), else None.

    UBND, HĐND, TU and TW stand for bodies of every level; joint circulars have several issuers.
    """
    parsed = parse_symbol(symbol) if isinstance(symbol, str) else symbol
    if parsed is None or _JOINT.search(parsed.text):
        return None
    name = regex.split(r"[-/.]", parsed.issuer_part)[0]
    if _STANDING.fullmatch(name):
        return "uy-ban-thuong-vu-quoc-hoi"
    if _ASSEMBLY.fullmatch(name):
        return "quoc-hoi"
    return _issuers().get(name)


@cache
def document_words() -> dict[str, str]:
    """Key of each document type's words → type code; "văn bản" is CV."""
    made: dict[str, str] = {}
    for row in entries("document_types"):
        for phrase in (row["name"], *several(row["aliases"])):
            made.setdefault(key(phrase), row["code"])
    return made


@cache
def product_words() -> dict[str, str]:
    """The same for types that name a product: without "văn bản", which names any."""
    return {
        phrase: code
        for row in entries("document_types")
        if row["product"]
        for phrase, code in ((key(p), row["code"]) for p in (row["name"], *several(row["aliases"])))
    }


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """First word of a type → how many words its types have, longest first."""
    made: dict[str, set[int]] = {}
    for phrase in document_words():
        words = phrase.split()
        made.setdefault(words[0], set()).add(len(words))
    return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in made.items()}


def document_type_at(
    keys: Sequence[str], first: int, among: dict[str, str] | None = None
) -> tuple[str, int] | None:
    """(type code, number of words) of the longest document type at ``keys[first]``.

    ``keys`` are word keys in order; ``among`` narrows the types (:func:`product_words`).
    """
    lengths = _lengths().get(keys[first]) if first < len(keys) else None
    if lengths is None:
        return None
    known = document_words() if among is None else among
    for length in lengths:
        code = known.get(" ".join(keys[first : first + length]))
        if code is not None and first + length <= len(keys):
            return code, length
    return None


_SKIPPED = frozenset(key(word) for word in "các những một số dự thảo bản cái của".split())


@lru_cache(maxsize=4096)
def type_of_words(words: str) -> str | None:
    """The type code of the document type that the words begin with ("Kế hoạch" → KH).

    "các", "một số" and "dự thảo" before it do not count; abbreviations ("NQ") do, and so do
    words whose accents the scan lost, where they are all that there is.
    """
    found = WORD.findall(words)
    keys = [word_key(word) for word in found]
    first = 0
    while first < len(keys) and document_type_at(keys, first) is None and keys[first] in _SKIPPED:
        first += 1
    at = document_type_at(keys, first)
    if at is not None:
        return at[0]
    if len(found) == 1 and found[0] in _symbol_codes():
        return _symbol_codes()[found[0]]
    return _folded().get(fold(key(fold(words))))


@cache
def _folded() -> dict[str, str]:
    return {
        " ".join(WORD.findall(fold(phrase))): row["code"]
        for row in entries("document_types")
        for phrase in (row["name"], *several(row["aliases"]))
        if " " in phrase
    }
