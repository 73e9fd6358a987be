"""Symbols of documents ("142/KH-UBND"), the types of documents, and who issues them.

The types follow Decree 30/2020/NĐ-CP, appendix III, and the law on the promulgation of legal
documents; they live in ``lexicon/document_types.csv``, the abbreviations of issuers in
``lexicon/symbol_issuers.csv``. An alias that begins with ``=`` counts only as the whole text.
"""

from __future__ import annotations

from functools import cache, lru_cache

import msgspec
import regex

from normalize.lexicon import entries, several
from normalize.text import fold, key, nfc

_WHOLE = "="
_BLANK = regex.compile(r"[\s\u200b\ufeff]+")
_LEAD = regex.compile(r"^(?:(?i:số)\s*:?|(?i:no)\.?:?)(?=[\s\d.…_/:-])\s*:?")
_DASHES = str.maketrans({"–": "-", "—": "-", "‑": "-", "−": "-", "Ð": "Đ", "ð": "đ", "Ɖ": "Đ"})
_NO_FILL = str.maketrans("", "", ".…_")
_FILL = "[.…_]*"
_SYMBOL = regex.compile(
    rf"{_FILL}(?P<number>\d[\d.…_]*\p{{Ll}}?|){_FILL}[/-]{_FILL}"
    r"(?:(?P<year>(?:19|20)\d\d)[/-])?"
    r"(?P<rest>\p{Lu}[\p{L}\d&().]*(?:[-/]+[\p{L}\d&().]+)*)"
)
_SPLIT = regex.compile(r"[-/]+")
_TERM = regex.compile(r"^(?P<body>QH|UBTVQH)(?P<term>[0-9IVXK]{0,5})$")
_LEADERS = frozenset(key(word) for word in ("các", "những", "dự thảo", "bản", "bộ", "một số"))
_TRAILERS = frozenset(key(word) for word in ("số", "này", "nêu", "trên", "của", "ngày"))


class Symbol(msgspec.Struct, frozen=True):
    """A document's number and symbol.

    ``number`` is "" where the form leaves it blank; ``year`` the one inside the symbol;
    ``type_code`` None where it tells none ("158/2024/QH15"); ``issuer_part`` the issuer's
    abbreviation as printed ("UBND", "BNV-BTC", "QH15"); ``text`` the symbol without
    blanks and fill-in dots.
    """

    number: str
    year: int | None
    type_code: str | None
    issuer_part: str | None
    text: str


class _Types(msgspec.Struct, frozen=True):
    """Type words by key, whole-text ones apart, and codes as they stand in symbols."""

    words: dict[str, str]
    anywhere: dict[str, str]
    longest: int
    exact: dict[str, str]
    loose: dict[str, str]


@cache
def _types() -> _Types:
    words: dict[str, str] = {}
    anywhere: dict[str, str] = {}
    exact: dict[str, str] = {}
    loose: dict[str, str] = {}
    for row in entries("document_types"):
        code = row["code"]
        for alias in (row["name"], *several(row["aliases"])):
            made = key(alias.removeprefix(_WHOLE))
            words[made] = code
            if not alias.startswith(_WHOLE):
                anywhere[made] = code
        for short in (code, *several(row["symbols"])):
            exact[short] = code
            loose.setdefault(short.upper(), code)
            loose.setdefault(fold(short).upper(), code)
    return _Types(
        words=words,
        anywhere=anywhere,
        longest=max(made.count(" ") + 1 for made in words),
        exact=exact,
        loose=loose,
    )


@cache
def _issuers() -> dict[str, str | None]:
    """Upper-case abbreviation → agency id, None where it names no single body."""
    found: dict[str, str | None] = {}
    for row in entries("symbol_issuers"):
        for short in several(row["symbols"]):
            found[short.upper()] = row["agency_id"] or None
    for short, agency in list(found.items()):
        found.setdefault(fold(short).upper(), agency)
    return found


def document_words() -> dict[str, str]:
    """Keys (normalize/text.py) of all words for types of documents → code ("kê4 hoach5")."""
    return dict(_types().words)


@lru_cache(maxsize=8_192)
def type_of_words(words: str) -> str | None:
    """The code of the type that the words name or begin with; None where they name none.

    "Kế hoạch" → KH, "văn bản số" → CV, "Bộ luật Lao động" → Luật.
    """
    types = _types()
    code = types.exact.get(words.strip())
    if code is not None:
        return code
    keys = key(words).split()
    while keys and keys[-1] in _TRAILERS:
        keys.pop()
    while keys:
        whole = types.words.get(" ".join(keys))
        if whole is not None:
            return whole
        for size in range(min(types.longest, len(keys)), 0, -1):
            begun = types.anywhere.get(" ".join(keys[:size]))
            if begun is not None:
                return begun
        lead = next((n for n in (2, 1) if " ".join(keys[:n]) in _LEADERS), 0)
        if not lead:
            return None
        keys = keys[lead:]
    return None


@lru_cache(maxsize=8_192)
def parse_symbol(text: str) -> Symbol | None:
    """The symbol that the whole text is, "Số:" before it and full stops behind it left out.

    None for anything else, and for a symbol cut at its end ("43/2006/NĐ-").
    """
    bare = _LEAD.sub("", nfc(text).translate(_DASHES).strip())
    bare = _BLANK.sub("", bare).rstrip(".,;:…")
    found = _SYMBOL.fullmatch(bare)
    if found is None:
        return None
    number = found.group("number").translate(_NO_FILL)
    rest = _closed(found.group("rest"))
    year = found.group("year")
    parts = [part for part in _SPLIT.split(rest) if part]
    code, issuer, known = _read_parts(parts)
    if not number and not known:
        return None
    separator = "/" if year or "/" in bare[: found.start("rest")] else "-"
    made = f"{number}/{year}/{rest}" if year else f"{number}{separator}{rest}"
    return Symbol(number, int(year) if year else None, code, issuer, made)


def _closed(rest: str) -> str:
    """Without dots, and without a final bracket that none opened."""
    rest = rest.replace(".", "")
    return rest.rstrip(")") if rest.count(")") > rest.count("(") else rest


def _type_code(part: str) -> str | None:
    types = _types()
    return types.exact.get(part) or types.loose.get(part.upper())


def _read_parts(parts: list[str]) -> tuple[str | None, str | None, bool]:
    """(type code, issuer as printed, is one of them known) of the letters behind the number."""
    first = parts[0]
    code = _type_code(first) if first.upper() not in _issuers() else None
    if code is not None:
        return code, "-".join(parts[1:]) or None, True
    if _body(first) in _issuers():
        # "6459/BNV-CCHC" is a letter, "158/2024/QH15" a law or a resolution, "36-CP" a decree.
        named = len(parts) > 1 and _TERM.match(first.upper()) is None
        late = _type_code(parts[1]) if len(parts) == 2 and _TERM.match(first.upper()) else None
        return "CV" if named else late, first, True
    if len(parts) == 1:
        return None, first, False
    if any(_body(part) in _issuers() for part in parts[1:]):
        return None, "-".join(parts[1:]), True
    return "CV", first, False


def _body(part: str) -> str:
    """The abbreviation in capitals, the term of a National Assembly off ("QH15" → "QH")."""
    upper = part.upper()
    term = _TERM.match(upper)
    return term.group("body") if term else upper


@lru_cache(maxsize=8_192)
def issuer_of_symbol(symbol: str) -> str | None:
    """The agency id of the body whose abbreviation the symbol holds.

    "…/NĐ-CP" → ``chinh-phu``, "…/QH15" → ``quoc-hoi``. None where it names no single body: UBND,
    HĐND, party committees, departments, joint documents.
    """
    read = parse_symbol(symbol)
    if read is None or read.issuer_part is None or read.type_code in ("TTLT", "NQLT"):
        return None
    parts = read.issuer_part.split("-")
    return _issuers().get(_body(parts[0]))
