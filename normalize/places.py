"""Provinces and cities under the centre: codes, names, and which became which.

Codes are those of the statistics office (Decision 124/2004/QĐ-TTg; since 1 July 2025 Decision
19/2025/QĐ-TTg), so one code can mean two provinces: 80 was Long An and is Tây Ninh. Rows of
``lexicon/provinces.csv`` are valid from ``valid_from`` until the day before ``valid_to``.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import cache, lru_cache

import msgspec

from normalize.lexicon import entries, several
from normalize.patterns import pattern
from normalize.text import WORD, fold, key, word_key, words

_FIRST_DAY = datetime.date.min
_LAST_DAY = datetime.date.max
_LONGEST = 8
_SHORTEST_ABBREVIATION = 3
_KIND = pattern(r"(?i:tỉnh|thành phố|\btp)\b")


class Province(msgspec.Struct, frozen=True):
    """A province as it was at some time; the successor is itself where nothing changed.

    ``code`` has two digits, ``kind`` is "tỉnh" or "thành phố", ``iso`` an ISO 3166-2 code.
    """

    code: str
    name: str
    kind: str
    successor_code: str
    successor: str
    iso: str | None


class _Row(msgspec.Struct, frozen=True):
    """One row of the lexicon; ``until`` is the first day on which it no longer holds.

    ``never_alone`` are names that mean the place only behind its kind ("Hồ Chí Minh").
    """

    province: Province
    since: datetime.date
    until: datetime.date
    never_alone: frozenset[str]


class _Index(msgspec.Struct, frozen=True):
    """All rows: by code, by the key of a name, by the ASCII of a name."""

    by_code: dict[str, tuple[_Row, ...]]
    by_key: dict[str, tuple[_Row, ...]]
    by_ascii: dict[str, tuple[_Row, ...]]


@cache
def _index() -> _Index:
    table = entries("provinces")
    today = {row["code"]: row["name"] for row in table if not row["valid_to"]}
    by_code: dict[str, list[_Row]] = {}
    by_key: dict[str, list[_Row]] = {}
    by_ascii: dict[str, list[_Row]] = {}
    for cells in table:
        row = _Row(
            Province(
                cells["code"],
                cells["name"],
                cells["kind"],
                cells["successor_code"],
                today[cells["successor_code"]],
                cells["iso_3166_2"] or None,
            ),
            _day(cells["valid_from"], _FIRST_DAY),
            _day(cells["valid_to"], _LAST_DAY),
            frozenset(key(name) for name in several(cells["never_alone"])),
        )
        by_code.setdefault(cells["code"], []).append(row)
        names = (cells["name"], *several(cells["aliases"]))
        for name in dict.fromkeys(key(name) for name in names):
            by_key.setdefault(name, []).append(row)
        for name in dict.fromkeys(key(fold(name)) for name in names):
            by_ascii.setdefault(name, []).append(row)
    return _Index(_newest_first(by_code), _newest_first(by_key), _newest_first(by_ascii))


def _day(cell: str, default: datetime.date) -> datetime.date:
    return datetime.date.fromisoformat(cell) if cell else default


def _newest_first(rows: dict[str, list[_Row]]) -> dict[str, tuple[_Row, ...]]:
    return {
        name: tuple(sorted(found, key=lambda row: row.until, reverse=True))
        for name, found in rows.items()
    }


@cache
def _words() -> tuple[dict[str, str], frozenset[str]]:
    """(key of a word before a name → kind, keys of words that make the name no province's)."""
    kinds: dict[str, str] = {}
    barred: set[str] = set()
    for row in entries("place_words"):
        for phrase in several(row["phrases"]):
            if row["role"] in ("lower", "other"):
                barred.add(key(phrase))
            else:
                kinds[key(phrase)] = row["role"]
    return kinds, frozenset(barred)


def _pick(rows: tuple[_Row, ...], on: datetime.date | None, kind: str | None) -> Province | None:
    """The row of this kind that holds on the day, else the last one that ended before it."""
    for row in rows:
        if kind is not None and row.province.kind != kind:
            continue
        # Rows come newest first: on a day, those that began later do not count yet. A name that
        # went out of use is still read: plans speak of old provinces for years.
        if on is None or row.since <= on:
            return row.province
    return None


@lru_cache(maxsize=4096)
def find_province(words: str, on: datetime.date | None) -> Province | None:
    """The province whose name is the whole text, with or without "tỉnh"/"thành phố"/"TP.".

    The one of that name on the day ``on``; without a day today's, then the older ones. None where
    the words name no province, or a city or district of the same name ("thành phố Cà Mau").
    """
    index = _index()
    kinds, _ = _words()
    keys = [word_key(word) for word in WORD.findall(words)]
    if not keys or len(keys) > _LONGEST:
        return None
    names = index.by_ascii if words.isascii() else index.by_key
    rows = names.get(" ".join(keys))
    if rows is not None:
        return _pick(rows, on, None)
    for length in range(len(keys) - 1, 0, -1):
        kind = kinds.get(" ".join(keys[:length]))
        rows = index.by_key.get(" ".join(keys[length:])) if kind is not None else None
        if rows is None and kind is not None and _is_ascii(keys[length:]):
            rows = index.by_ascii.get(" ".join(keys[length:]))
        if rows is not None:
            return _pick(rows, on, kind)
    mended = with_names_mended(words)[0]
    return find_province(mended, on) if mended != words else None


@cache
def _slips() -> dict[str, tuple[tuple[str, ...], str]]:
    """ASCII of a full name → (keys of its words, the name), for the names that have one alone."""
    found: dict[str, set[str]] = {}
    for row in entries("provinces"):
        found.setdefault(key(fold(row["name"])), set()).add(row["name"])
    return {
        ascii_name: (tuple(key(name).split()), name)
        for ascii_name, names in found.items()
        if len(names) == 1
        for name in names
    }


class Slip(msgspec.Struct, frozen=True):
    """A province whose name has other accents than it should: (offsets, its name).

    ``words`` are the (start, end, right word) of its parts.
    """

    start: int
    end: int
    name: str
    words: tuple[tuple[int, int, str], ...]


def slipped_provinces(text: str) -> Iterator[Slip]:
    """ "tỉnh Bác Kạn", "TỈNH SÓC TRẮNG": behind its kind, a name with the letters of one province.

    Only written like a name, and where no province has the name as it stands.
    """
    found = list(WORD.finditer(text))
    keys = [word_key(match.group()) for match in found]
    kinds, _ = _words()
    index = _index()
    for at, one in enumerate(keys):
        kind = kinds.get(one) or kinds.get(" ".join(keys[max(0, at - 1) : at + 1]))
        if kind is None:
            continue
        longest = min(len(keys), at + 1 + _LONGEST)
        if any(" ".join(keys[at + 1 : end]) in index.by_key for end in range(at + 2, longest + 1)):
            continue
        for end in range(longest, at + 1, -1):
            own = [match.group() for match in found[at + 1 : end]]
            right = _slips().get(" ".join(word_key(fold(word)) for word in own))
            if right is None or not all(word[0].isupper() for word in own):
                continue
            rows = index.by_key[" ".join(right[0])]
            if any(row.province.kind == kind for row in rows):
                parts = zip(found[at + 1 : end], WORD.findall(right[1]), strict=True)
                mended = tuple((match.start(), match.end(), word) for match, word in parts)
                yield Slip(mended[0][0], mended[-1][1], right[1], mended)
            break


def with_names_mended(text: str) -> tuple[str, tuple[Slip, ...]]:
    """The text, equally long, with the right accents in such names, and what was mended."""
    if _KIND.search(text) is None:
        return text, ()
    slips = []
    for slip in slipped_provinces(text):
        if any(len(word) != end - start for start, end, word in slip.words):
            continue  # the offsets would move
        for start, end, word in slip.words:
            right = word.upper() if text[start:end].isupper() else word
            text = f"{text[:start]}{right}{text[end:]}"
        slips.append(slip)
    return text, tuple(slips)


def _is_ascii(keys: list[str]) -> bool:
    return all(word.isascii() for word in keys)


@lru_cache(maxsize=256)
def province(code: str, on: datetime.date | None) -> Province | None:
    """The province that had the code on the day ``on`` (None: has it, else had it last)."""
    return _pick(_index().by_code.get(code, ()), on, None)


@lru_cache(maxsize=8192)
def province_at_end(words: str, on: datetime.date | None) -> tuple[Province, int] | None:
    """The province named at the end of the text, and the offset where its words begin.

    "Sở Nội vụ tỉnh Long An" gives Long An and 10: the words include "tỉnh" or "thành phố".
    A name without such a word must be capitalised ("hòa bình" is none), and none counts behind
    the word for a smaller place or for something else ("UBND huyện …", "lưu vực sông …").
    """
    found = list(WORD.finditer(words))[-_LONGEST:]
    keys = [word_key(match.group()) for match in found]
    index = _index()
    kinds, barred = _words()
    for first in range(len(keys)):
        name = " ".join(keys[first:])
        rows = index.by_key.get(name)
        if rows is None:
            continue
        for length in range(min(first, 5), 0, -1):
            before = " ".join(keys[first - length : first])
            if before in barred:
                return None
            kind = kinds.get(before)
            if kind is not None:
                named = _pick(rows, on, kind)
                return (named, found[first - length].start()) if named is not None else None
        if not _stands_alone([match.group() for match in found[first:]]):
            return None
        named = _pick(tuple(row for row in rows if name not in row.never_alone), on, None)
        return (named, found[first].start()) if named is not None else None
    return None


def named_province(text: str, on: datetime.date | None) -> Iterator[tuple[Province, int, int]]:
    """Every province that the text names behind "tỉnh" or "thành phố": (it, start, end).

    The words for the kind belong to the range; "thành phố Cà Mau", a city below a province, is
    none, and neither is a name behind the word for a smaller place.
    """
    seen = words(text)
    keys = [word.key for word in seen]
    index = _index()
    kinds, _ = _words()
    for at, one in enumerate(keys):
        kind = kinds.get(one)
        first = at + 1
        if kind is None:
            kind, first = kinds.get(" ".join(keys[at : at + 2])), at + 2
        if kind is None:
            continue
        for end in range(min(len(keys), first + _LONGEST), first, -1):
            rows = index.by_key.get(" ".join(keys[first:end]))
            found = _pick(rows, on, kind) if rows is not None else None
            if found is not None:
                yield found, seen[at].start, seen[end - 1].end
                break


def _stands_alone(name: list[str]) -> bool:
    """Capitalised throughout; a lone abbreviation of two letters says too little."""
    if len(name) == 1 and name[0].isupper() and len(name[0]) < _SHORTEST_ABBREVIATION:
        return False
    return all(word[0].isupper() for word in name)
