"""Whose committee or council a letterhead means that has lost its line of the place.

"ỦY BAN NHÂN DÂN" alone above the number names nobody. The preamble tells the level ("UBND huyện ban
hành Kế hoạch …"), the dateline or the title the name: a place's authorities date their documents
from the place whose name they bear (Decree 30/2020/NĐ-CP, appendix I).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import cache

import msgspec

from normalize.agencies import Body, identify
from normalize.findings import Note
from normalize.fragment import Fragment
from normalize.lexicon import entries, several
from normalize.localities import named_localities, only_province_named, seat
from normalize.patterns import pattern
from normalize.places import find_province
from normalize.raw import RawDocument
from normalize.text import key

_PLACE = pattern(r"^(?P<place>\p{Lu}[\p{L}\s.\-–]{1,40}?)\s*,?\s*(?i:ngày)(?!\p{L})")


_CITY = "thành phố"  # of a province or under the centre: the word does not tell


class Told(msgspec.Struct, frozen=True):
    """The body that was told, and what is to be said of it."""

    body: Body
    note: Note


@cache
def _councils() -> dict[str, str]:
    return {
        key(phrase): row["meaning"]
        for row in entries("frame_words")
        if row["kind"] == "council"
        for phrase in several(row["phrases"])
    }


def council_of(lines: tuple[Fragment, ...]) -> str | None:
    """ "UBND" or "HĐND" where the letterhead says that and nothing else."""
    return _councils().get(key(" ".join(line.flat for line in lines))) if lines else None


def told_council(raw: RawDocument, enactor: Body | None, on: datetime.date | None) -> Told | None:
    """The committee or council of a letterhead without place; None where nothing tells it.

    ``enactor`` is who the preamble says issues the plan; a body of another level is not believed.
    """
    council = council_of(raw.issuer)
    if council is None:
        return None
    for kind, place, level, words, start, end in _tries(raw, on):
        if enactor is not None and not _fits(enactor, kind, level):
            continue
        if enactor is not None and level != "province" and kind != _CITY:
            # The preamble knows the kind of its own day: a district that is a town by now.
            kind = enactor.agency.partition(" ")[2]
        name = f"{kind} {place}"
        body = identify(f"{council} {name}", on)
        if body is None or body.scope is not None:
            continue
        low, high = words.span(start, end)
        note = Note("jurisdiction.inferred", words.flat[start:end], None, low, high, name)
        return Told(body, note)
    return None


def _fits(enactor: Body, kind: str, level: str) -> bool:
    if key(enactor.raw).endswith(key(_CITY)):
        return kind == _CITY
    return enactor.level == level


def _tries(
    raw: RawDocument, on: datetime.date | None
) -> Iterator[tuple[str, str, str, Fragment, int, int]]:
    """("tỉnh", "Lạng Sơn", its level, where it is told) by dateline, then by title."""
    dateline = raw.dateline
    found = _PLACE.match(dateline.flat) if dateline is not None else None
    if dateline is not None and found is not None:
        place = found.group("place").strip()
        area = find_province(place, on)
        if area is not None:
            yield area.kind, area.name, "province", dateline, 0, len(place)
        own = seat(place, on)
        if own is not None:
            yield own.kind, place, own.level, dateline, 0, len(place)
    if raw.title is None:
        return
    title = raw.title
    for one in named_localities(title.flat, on):
        yield one.kind, one.name, one.level, title, one.start, one.end
    if found is None:
        named = only_province_named(title.flat, on)
        if named is not None:
            area = named.province
            yield area.kind, area.name, "province", title, named.start, named.end
