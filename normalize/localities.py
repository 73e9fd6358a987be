"""Districts and communes: which province one belongs to, told by its name alone.

A letterhead names a district or commune and hardly ever the province above it. Names and codes are
those of the statistics office (Decision 124/2004/QĐ-TTg as it stood until 1 July 2025 for
districts, Decision 19/2025/QĐ-TTg for communes); ``lexicon/districts.csv`` also holds districts
that went earlier. Communes of the time before the merger are too many of one name to tell.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from functools import cache

import msgspec

from normalize.lexicon import entries, several
from normalize.patterns import pattern
from normalize.places import Province, named_province, province
from normalize.text import fold, key, words

MERGER = datetime.date(2025, 7, 1)
"""The day from which there are no districts, and communes of new names."""
_LONGEST = 5
_NO_TONE = str.maketrans("", "", "12345")
_GOVERNED = pattern(
    r"(?i)(?:UBND|HĐND|Ủy ban nhân dân|Uỷ ban nhân dân|Hội đồng nhân dân|địa bàn|Đảng bộ)\s*$"
)


class Named(msgspec.Struct, frozen=True):
    """A province and the half-open range of the words that tell it."""

    province: Province
    start: int
    end: int


class _Names(msgspec.Struct, frozen=True):
    """Province codes by (kind, key of the name), kind "" for any; the same by ASCII of the name."""

    by_key: dict[tuple[str, str], frozenset[str]]
    by_ascii: dict[tuple[str, str], frozenset[str]]


@cache
def _names(lexicon: str) -> _Names:
    by_key: dict[tuple[str, str], set[str]] = {}
    by_ascii: dict[tuple[str, str], set[str]] = {}
    for row in entries(lexicon):
        for kind in (row["kind"], ""):
            by_key.setdefault((kind, key(row["name"])), set()).add(row["province_code"])
            bare = key(fold(row["name"]))
            for spelling in {bare, _with_i(bare)}:
                by_ascii.setdefault((kind, spelling), set()).add(row["province_code"])
    return _Names(
        {name: frozenset(codes) for name, codes in by_key.items()},
        {name: frozenset(codes) for name, codes in by_ascii.items()},
    )


@cache
def _kinds() -> dict[str, tuple[str, str]]:
    """Key of the words before a name → (its lexicon, its kind; "" for any kind)."""
    return {
        key(phrase): (row["lexicon"], row["kind"])
        for row in entries("locality_words")
        for phrase in several(row["phrases"])
    }


def province_of_locality(text: str, on: datetime.date | None) -> Named | None:
    """The province of the first district or commune that the text names and that one alone has.

    "UBND HUYỆN ĐỨC CƠ" gives Gia Lai; "UBND huyện Châu Thành" gives nothing, ten provinces have
    one. Communes count from 1 July 2025 on. A kind that changed (a district that became a town)
    is no other place: where no place of the printed kind is known, any of that name counts.
    """
    seen = words(text)
    keys = [word.key for word in seen]
    for at, length, lexicon, kind in _localities(keys):
        if (lexicon == "communes") == (on is None or on < MERGER):
            continue  # each counts in its own time only
        first = at + length
        for end in range(min(len(keys), first + _LONGEST), first, -1):
            codes = _codes(_names(lexicon), kind, " ".join(keys[first:end]))
            if not codes:
                continue
            if len(codes) == 1:
                day = on if lexicon == "communes" else _before_merger(on)
                found = province(next(iter(codes)), day)
                if found is not None:
                    return Named(found, seen[at].start, seen[end - 1].end)
            break
    return None


def _localities(keys: list[str]) -> Iterator[tuple[int, int, str, str]]:
    """(place, words, lexicon, kind) of every word that stands before a locality's name."""
    kinds = _kinds()
    for at in range(len(keys)):
        for length in (2, 1):
            found = kinds.get(" ".join(keys[at : at + length]))
            if found is not None:
                yield at, length, *found
                break


def _codes(names: _Names, kind: str, name: str) -> frozenset[str] | None:
    """The provinces that have the place, by its letters, else by its letters without accents."""
    kinds = (kind,) if name.isdigit() else (kind, "")
    bare = _bare(name)
    tries = ((names.by_key, name), (names.by_ascii, bare), (names.by_ascii, _with_i(bare)))
    for table, spelling in tries:
        for one in kinds:
            if (one, spelling) in table:
                return table[one, spelling]
    return None


def _with_i(bare: str) -> str:
    """One spelling of "Phú Quý" and "Phú Quí", "Mỹ Lộc" and "Mĩ Lộc"."""
    return bare.replace("y", "i")


def _bare(name: str) -> str:
    """The key of a name without tones (the digits of its keys) and accents."""
    return name if name.isdigit() else fold(name.translate(_NO_TONE))


def _before_merger(on: datetime.date | None) -> datetime.date:
    last = MERGER - datetime.timedelta(days=1)
    return last if on is None else min(on, last)


class Locality(msgspec.Struct, frozen=True):
    """A district or commune that a text names: its kind ("huyện"), level, and where it is named."""

    kind: str
    name: str
    level: str
    province: Province | None
    start: int
    end: int


def seat(place: str, on: datetime.date | None) -> Locality | None:
    """The one district (from 1 July 2025 on: commune) of that name, of whatever kind."""
    lexicon, spelling = _lexicon_on(on), _spelling(place)
    codes = _codes(_names(lexicon), "", spelling)
    if not codes or len(codes) != 1:
        return None
    own = [kind for kind in _kinds_of(lexicon) if _codes_of_kind(_names(lexicon), kind, spelling)]
    if len(own) != 1:
        return None
    return Locality(own[0], place, _level(lexicon), _province_on(codes, on), 0, len(place))


def _lexicon_on(on: datetime.date | None) -> str:
    """Whose names a place of a dateline is: districts' before 1 July 2025, else communes'."""
    return "communes" if on is not None and on >= MERGER else "districts"


def _spelling(place: str) -> str:
    return " ".join(word.key for word in words(place))


def _province_on(codes: frozenset[str], on: datetime.date | None) -> Province | None:
    """The province with the one code, of the time of :func:`_lexicon_on`."""
    return province(next(iter(codes)), on if _lexicon_on(on) == "communes" else _before_merger(on))


def named_localities(text: str, on: datetime.date | None) -> Iterator[Locality]:
    """Every known district or commune that the text names behind the word for its kind."""
    seen = words(text)
    keys = [word.key for word in seen]
    for at, length, lexicon, kind in _localities(keys):
        if (lexicon == "communes") == (on is not None and on < MERGER):
            continue
        first = at + length
        for end in range(min(len(keys), first + _LONGEST), first, -1):
            if _codes_of_kind(_names(lexicon), kind, " ".join(keys[first:end])):
                low, high = seen[first].start, seen[end - 1].end
                name = text[low:high]
                start = seen[at].start
                yield Locality(kind, name, _level(lexicon), None, start, high)
                break


def _level(lexicon: str) -> str:
    return "commune" if lexicon == "communes" else "district"


def _kinds_of(lexicon: str) -> list[str]:
    return [row["kind"] for row in entries("locality_words") if row["lexicon"] == lexicon]


def _codes_of_kind(names: _Names, kind: str, name: str) -> frozenset[str] | None:
    return names.by_key.get((kind, name))


def province_of_seat(dateline: str, on: datetime.date | None) -> Named | None:
    """The province of the district or commune where a dateline was written ("Đà Lạt, ngày …").

    A province's seat and its province often have one name; that reading comes before this one.
    A place does not say its kind: where two provinces have one of that name, nothing is told.
    """
    place = dateline.partition(",")[0]
    if not place or place == dateline:
        return None
    codes = _codes(_names(_lexicon_on(on)), "", _spelling(place))
    if not codes or len(codes) != 1:
        return None
    found = _province_on(codes, on)
    return Named(found, 0, len(place.rstrip())) if found is not None else None


def only_province_governed(text: str, on: datetime.date | None) -> Named | None:
    """As :func:`only_province_named`, of names behind a province's own bodies or its territory.

    "trên địa bàn tỉnh An Giang" tells where the document belongs, "học tập kinh nghiệm tại tỉnh An
    Giang" does not.
    """
    named = named_province(text, on)
    return _the_only(found for found in named if _GOVERNED.search(text, 0, found[1]))


def only_province_named(text: str, on: datetime.date | None) -> Named | None:
    """The one province that the text names behind "tỉnh" or "thành phố"; None for several."""
    return _the_only(named_province(text, on))


def _the_only(named: Iterable[tuple[Province, int, int]]) -> Named | None:
    """The first of several mentions of one province; None where there are more provinces."""
    first: Named | None = None
    for found in named:
        if first is not None and found[0].code != first.province.code:
            return None
        first = first or Named(*found)
    return first
