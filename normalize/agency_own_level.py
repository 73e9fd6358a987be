"""Bodies that stand at every level, named without one in a district's or commune's own plan.

"Công an" in a province's plan is the province's police, in a district's plan the district's. Which
bodies stand at every level is ``lexicon/every_level.csv``; a name that says its level, or a
province, stays what it says.
"""

from __future__ import annotations

import datetime
from functools import cache

import msgspec

from normalize.agencies import Body, agency, identify
from normalize.findings import Note
from normalize.lexicon import entries, several
from normalize.places import find_province
from normalize.text import key, slug

_LEVELS = ("huyện", "quận", "thị xã", "xã", "phường", "thị trấn", "đặc khu")
# Openings of issuers that have organisations of their own within, and the word for them.
_UNITS = (
    ("trường", ("Trường ", "Học viện ", "Đại học ")),
    ("bệnh viện", ("Bệnh viện ",)),
    ("công ty", ("Công ty ", "Tổng công ty ", "Tập đoàn ")),
)
_COMMITTEES = (("Huyện ủy", "huyện"), ("Quận ủy", "quận"), ("Thị ủy", "thị xã"))
_DEPARTMENTS, _DIVISIONS = "so-ban-nganh-tinh", "phòng, ban"
_DEPARTMENT = key("sở")
_CITY = "thành phố"
_PROVINCE_WORDS = frozenset(key(word) for word in ("tỉnh", "thành phố", "tp"))


@cache
def _stems() -> frozenset[str]:
    return frozenset(
        key(phrase) for row in entries("every_level") for phrase in several(row["agencies"])
    )


def level_word(issuer: str | None) -> str | None:
    """The word for the level of "UBND huyện Đức Cơ": "huyện"; None above districts.

    A city is one below a province where no province bears its name ("thành phố Pleiku").
    """
    for word, openings in _UNITS:
        if issuer is not None and issuer.startswith(openings):
            return word
    for opening, word in _COMMITTEES:
        if issuer is not None and issuer.startswith(opening):
            return word
    for word in _LEVELS:
        if issuer is not None and f" {word} " in f"{issuer} ":
            return word
    city = issuer.partition(f" {_CITY} ")[2] if issuer is not None else ""
    return _CITY if city and find_province(f"{_CITY} {city}", None) is None else None


def bodies_at_level(
    bodies: tuple[Body, ...], notes: tuple[Note, ...], word: str | None, on: datetime.date | None
) -> tuple[tuple[Body, ...], tuple[Note, ...]]:
    """A cell's bodies and notes as :func:`at_level` reads them; new unregistered names are told."""
    if word is None:
        return bodies, notes
    made = tuple(at_level(body, word, on) for body in bodies)
    lacking = tuple(
        Note("agency.unregistered", body.raw, body.agency_id, body.start, body.end)
        for body, before in zip(made, bodies, strict=True)
        if before.registered and not body.registered
    )
    return made, tuple(sorted((*notes, *lacking), key=lambda note: (note.start, note.end)))


def at_level(body: Body, word: str | None, on: datetime.date | None) -> Body:
    """The body of the level ``word`` ("huyện", …) where the name leaves its level open."""
    if word is None or not body.registered or body.level != "province" or body.province is not None:
        return body
    stem = body.agency.removesuffix(" tỉnh")
    if word == _CITY and body.agency_id != _DEPARTMENTS:
        return _of_city(body, stem)
    if body.agency_id == _DEPARTMENTS:
        return _divisions(body, on)
    if any(word == unit for unit, _ in _UNITS):
        return _within(body, stem, word)
    if key(stem) not in _stems():
        return body
    if not _PROVINCE_WORDS.isdisjoint(key(body.raw).split(" ")):
        return body
    named = identify(f"{body.raw} {word}", on)
    if named is None or named.level not in ("district", "commune"):
        named = identify(f"{stem} {word}", on)  # the raw words were a slip or an abbreviation
    if named is None or named.level not in ("district", "commune"):
        return body
    return msgspec.structs.replace(
        named, raw=body.raw, start=body.start, end=body.end, scope=body.scope
    )


def _of_city(body: Body, stem: str) -> Body:
    """ "Công an" in the plan of a city below a province: the city's own."""
    said = _PROVINCE_WORDS.intersection(key(body.raw).split(" "))
    if key(stem) not in _stems() or said:
        return body
    name = f"{stem} {_CITY}"
    entry = agency(slug(name))
    return msgspec.structs.replace(
        body, agency_id=slug(name), agency=name, registered=entry is not None, level="district"
    )


def _divisions(body: Body, on: datetime.date | None) -> Body:
    """ "Các ban, ngành" below a province or in an enterprise, which have divisions alone."""
    said = key(body.raw).split(" ")
    own = identify(_DIVISIONS, on)
    if own is None or _DEPARTMENT in said or not _PROVINCE_WORDS.isdisjoint(said):
        return body
    return msgspec.structs.replace(
        own, raw=body.raw, start=body.start, end=body.end, scope=body.scope
    )


def _within(body: Body, stem: str, word: str) -> Body:
    """ "Đoàn TN", "Hội CCB" in a school's plan: the school's own, which no registry holds."""
    said = key(body.raw).split(" ")
    if stem not in _organisations() or not _PROVINCE_WORDS.isdisjoint(said):
        return body
    name = f"{_organisations()[stem]} {word}"
    return msgspec.structs.replace(
        body, agency_id=slug(name), agency=name, registered=False, level=None
    )


@cache
def _organisations() -> dict[str, str]:
    """Mass organisations that schools and enterprises have: name without level → its own name."""
    return {
        name: row["own_name"] or name
        for row in entries("every_level")
        if row["within"]
        for name in several(row["agencies"])
    }
