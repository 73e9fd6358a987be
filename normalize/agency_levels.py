"""Whose body it is: "tỉnh Long An", "cấp huyện, cấp xã", "các xã, phường", "huyện Cần Giuộc".

The grammar of what follows a stem ("UBND", "Công an") or stands alone in a list of partners.
"""

from __future__ import annotations

import datetime
from functools import cache

import msgspec

from normalize.agency_words import (
    SEPARATORS,
    STRONG,
    WEAK,
    Tokens,
    level_text,
    levels,
    phrases,
    tokens_of,
)
from normalize.lexicon import entries, several
from normalize.places import find_province
from normalize.text import fold, word_key

OWN, PROVINCES, DISTRICTS, COMMUNES, ALL = 0, 1, 2, 3, 9
"""Ranks: the document's province itself, then groups or single bodies below it."""
CAP = word_key("cấp")
_FLEXIBLE = 0
_SHORT_CITY = word_key("thành")
_TOWN = word_key("thị")
_CITY = frozenset(word_key(word) for word in ("đô", "siêu", "thành"))
"""Words that make "thị" no town ("đô thị")."""


class Level(msgspec.Struct, frozen=True):
    """One level that the words name.

    ``plural`` is true for a group. ``word`` is the level's own word; ``name`` the token range of
    a proper name behind it ("Cần Giuộc"), ``province`` the code of a province that is named.
    """

    start: int
    end: int
    rank: int
    plural: bool
    word: tuple[str, ...] = ()
    name: tuple[int, int] | None = None
    province: str | None = None


@cache
def _cap_words() -> dict[tuple[str, ...], int]:
    only = {keys: int(rank) for keys, rank in phrases("level_only").attributes.items()}
    return {**levels(), **only}


def level_word(keys: list[str], at: int, cap: bool = False) -> tuple[int, int] | None:
    """(behind, rank) of the level word at ``at``; rank 0 is a city of either rank."""
    if at >= len(keys) or phrases("not_level").end(keys, at) > at:
        return None
    if at and keys[at] == _TOWN and keys[at - 1] in _CITY:
        return None
    known = _cap_words() if cap else levels()
    for size in (2, 1):
        rank = known.get(tuple(keys[at : at + size]))
        if rank is not None and at + size <= len(keys):
            return at + size, rank
    return None


def skip_weak(keys: list[str], at: int) -> int:
    """Behind the joining marks and "và" at ``at``."""
    while at < len(keys) and keys[at] in WEAK:
        at += 1
    return at


def is_capital(tokens: Tokens, at: int) -> bool:
    """Does the token at ``at`` begin a proper name (capital letter or figure)?"""
    if at >= len(tokens.keys):
        return False
    first = tokens.text[tokens.starts[at]]
    return first.isupper() or first.isdigit()


def province_at(
    tokens: Tokens, at: int, on: datetime.date | None, kind_at: int | None = None
) -> tuple[int, str] | None:
    """(behind, code) of the longest province name at ``at``.

    ``kind_at`` is where "tỉnh" or "thành phố" stands before it; without, it must be capitalised.
    """
    keys = tokens.keys
    if at >= len(keys):
        return None
    for path in _province_paths().get(keys[at], ()):
        end = _end_of_path(keys, at, path)
        if end is None or not (tokens.caps or is_capital(tokens, at)):
            continue
        words = " ".join(tokens.shown[at if kind_at is None else kind_at : end])
        found = find_province(words, on)
        if found is not None:
            return end, found.code
    return None


def _end_of_path(keys: list[str], at: int, path: tuple[str, ...]) -> int | None:
    here = at
    for key in path:
        here = skip_weak(keys, here) if here > at else here
        if here >= len(keys) or keys[here] != key:
            return None
        here += 1
    return here


@cache
def _province_paths() -> dict[str, tuple[tuple[str, ...], ...]]:
    """First word → the words of all province names that begin with it, the longest first."""
    found: dict[str, set[tuple[str, ...]]] = {}
    for row in entries("provinces"):
        for name in (row["name"], *several(row["aliases"]), *several(row["never_alone"])):
            path = tuple(key for key in tokens_of(name) if key not in WEAK)
            found.setdefault(path[0], set()).add(path)
    return {first: tuple(sorted(paths, key=len, reverse=True)) for first, paths in found.items()}


def read_levels(
    tokens: Tokens, at: int, on: datetime.date | None, plural: bool = False
) -> list[Level]:
    """The levels that the words at ``at`` list, in order; none where they name no level."""
    keys = tokens.keys
    here = at
    if at + 1 < len(keys) and keys[at].isdigit() and level_word(keys, at + 1):
        here += 1  # "UBND 126 xã, phường"
    here = phrases("determiner").end(keys, here)
    plural = plural or here > at
    if here < len(keys) and keys[here] == CAP:
        return _caps(keys, at, here, plural)
    words = _words(tokens, here, on, plural)
    if not words:
        return []
    made = _grouped(words, plural)
    first = made[0]
    return [msgspec.structs.replace(first, start=at), *made[1:]]


def mend_levels(tokens: Tokens, at: int, end: int | None = None) -> bool:
    """Puts right the accents of level words up to the item's end ("câp huyên" → "cấp huyện").

    Not from ``end`` on, where one is given.

    Only lower-case words that are a level's word but for their accents; each is told as a slip.
    """
    keys = tokens.keys
    mended = False
    last = len(keys) if end is None else end
    while at < last and keys[at] not in STRONG:
        right = _unaccented().get(fold(tokens.shown[at]))
        if right is not None and keys[at] != right[0] and not is_capital(tokens, at):
            keys[at] = right[0]
            tokens.slips.append((tokens.starts[at], tokens.ends[at], right[1]))
            mended = True
        at += 1
    return mended


@cache
def _unaccented() -> dict[str, tuple[str, str]]:
    words = ["cấp", "các", *(level_text(word) for word in levels() if len(word) == 1)]
    return {fold(word): (word_key(word), word) for word in words}


def _caps(keys: list[str], at: int, here: int, plural: bool) -> list[Level]:
    """ "cấp huyện, cấp xã", "cấp huyện và xã", "các cấp"."""
    found: list[Level] = []
    start = at
    while True:
        after = here + 1 if keys[here] == CAP else here
        word = level_word(keys, after, cap=True)
        if word is None:
            break
        end, rank = word
        rank = rank or (found[-1].rank if found else PROVINCES)
        if found and found[-1].rank == rank:
            found[-1] = msgspec.structs.replace(found[-1], end=end)
        else:
            found.append(Level(start, end, rank, True, tuple(keys[after:end])))
        here = skip_weak(keys, end)
        if here == end or here >= len(keys):
            break
        start = here
    if not found and plural:
        return [Level(at, here + 1, ALL, True)]
    return found


def _words(
    tokens: Tokens, here: int, on: datetime.date | None, plural: bool
) -> list[tuple[int, int, int, tuple[str, ...], tuple[int, int] | None, str | None]]:
    """Level words in a row: (start, end, rank, word, name, province)."""
    keys = tokens.keys
    words: list[tuple[int, int, int, tuple[str, ...], tuple[int, int] | None, str | None]] = []
    while True:
        found = level_word(keys, here) or (_short_city(keys, here) if words else None)
        if found is None or (words and _starts_other_body(keys, here)):
            return words
        behind, rank = found
        word = tuple(keys[here:behind])
        end, name, province = _name_behind(tokens, here, behind, rank, on, plural)
        if words and words[-1][4] and (province or (name and rank and rank < words[-1][2])):
            last = words[-1]  # "xã A, huyện B, tỉnh C": an address, not a list
            words[-1] = (last[0], end, last[2], last[3], last[4], province)
        else:
            words.append((here, end, rank, word, name, province))
        here = skip_weak(keys, end)
        here = phrases("determiner").end(keys, here)
        if name and plural:
            return words


def _short_city(keys: list[str], at: int) -> tuple[int, int] | None:
    """ "thành" for "thành phố" in a list of levels ("các huyện, thành, thị")."""
    if at >= len(keys) or keys[at] != _SHORT_CITY:
        return None
    behind = at + 1
    if behind < len(keys) and keys[behind] not in SEPARATORS and level_word(keys, behind) is None:
        return None
    return behind, _FLEXIBLE


def _name_behind(
    tokens: Tokens, start: int, at: int, rank: int, on: datetime.date | None, plural: bool
) -> tuple[int, tuple[int, int] | None, str | None]:
    """Behind the proper name that follows a level word, its range, its province's code."""
    keys = tokens.keys
    if at >= len(keys) or not is_capital(tokens, at) or level_word(keys, at):
        return at, None, None
    if rank in (OWN, PROVINCES):
        found = province_at(tokens, at, on, start)
        if found is not None:
            return found[0], None, found[1]
        if plural and rank == PROVINCES:
            return at, None, None  # "các tỉnh Tây Nguyên": a region
    if _starts_other_body(keys, at):
        return at, None, None
    end = at
    while end < len(keys) and is_capital(tokens, end) and level_word(keys, end) is None:
        end += 1
    end = tokens.outside(end)
    if end > at and (found := province_at(tokens, end, on)) is not None:
        return found[0], (at, end), found[1]
    return end, (at, end), None


def _starts_other_body(keys: list[str], at: int) -> bool:
    from normalize.agency_registry import registry

    found = registry().match(keys, at)
    return found is not None and found.end > at + 1


def _grouped(
    words: list[tuple[int, int, int, tuple[str, ...], tuple[int, int] | None, str | None]],
    plural: bool,
) -> list[Level]:
    """Neighbouring words of one rank are one group: "huyện, thị xã, thành phố"."""
    made: list[Level] = []
    run: list[tuple[int, int, int, tuple[str, ...]]] = []

    def close() -> None:
        if not run:
            return
        rank = next((word[2] for word in run if word[2]), OWN)
        several = len(run) > 1 or plural or bool(made)
        if len(run) == 1 and not plural and rank in (OWN, PROVINCES):
            made.append(Level(run[0][0], run[0][1], OWN, False, run[0][3]))
        else:
            rank = rank or DISTRICTS
            made.append(Level(run[0][0], run[-1][1], rank, several, run[0][3]))
        run.clear()

    for start, end, rank, word, name, province in words:
        if name is not None or province is not None:
            close()
            own = name is None
            made.append(
                Level(start, end, OWN if own else rank or DISTRICTS, False, word, name, province)
            )
            continue
        known = next((item[2] for item in run if item[2]), None)
        other = rank != known if rank != _FLEXIBLE else known == COMMUNES
        if run and known is not None and other:
            close()
        run.append((start, end, rank, word))
    close()
    if len(made) > 1 and not any(level.name or level.province for level in made):
        return [
            msgspec.structs.replace(level, plural=level.plural or level.rank != OWN)
            for level in made
        ]
    return made


def under_centre(keys: list[str], at: int) -> int:
    """Behind "trực thuộc trung ương", which gives cities the rank of a province."""
    return phrases("under_centre").end(keys, at)
