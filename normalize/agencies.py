"""Words of a lead or partner cell into bodies, and the registry behind them.

Rules: the output contract's ``agency_id``, "Bodies" and ``assignments``. Vocabulary:
``lexicon/agencies.csv`` (registry), ``agency_words.csv``, ``agency_abbreviations.csv``.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TypeVar

import msgspec

from normalize.agency_drafts import Draft
from normalize.agency_lists import Reader
from normalize.agency_registry import registry
from normalize.agency_words import Tokens
from normalize.findings import Note
from normalize.text import tidy, with_horns

_ITEM = re.compile(r"[^;\n]+")
_WORDS = re.compile(r"\w")
_LONGEST = 4_000
"""Characters that are read as one list of bodies. The look ahead of the grammar is bounded by it:
longer cells are read in portions that end with an item."""
_PLAIN_ITEM = re.compile(r"[\s+•*–-]*([^\W\d_][^\W\d_]*(?:[ ,]+[^\W\d_]+)*)[\s,.]*")


class Body(msgspec.Struct, frozen=True, gc=False):
    """One body as a text names it.

    ``agency`` is the canonical Vietnamese name without its province, or the words where
    ``kind`` is ``described`` (``agency_id`` is null then). ``province`` is the code of a province
    that the words name; ``local`` says that the body is the document's province's where none is
    named. ``scope`` is what it does here, or the word that narrows a group.
    ``text[start:end]`` are its words, ``raw`` the same tidied.
    """

    agency_id: str | None
    agency: str
    kind: str
    registered: bool
    level: str | None
    province: str | None
    local: bool
    scope: str | None
    raw: str
    start: int
    end: int


Moved = TypeVar("Moved", Body, Note)


class Agency(msgspec.Struct, frozen=True, gc=False):
    """One entry of the registry; ``successor_id`` since the reorganisation of 2025."""

    agency_id: str
    agency: str
    kind: str
    level: str | None
    abbreviation: str | None
    successor_id: str | None
    english: str | None


def agency(agency_id: str) -> Agency | None:
    """The registry's entry for an id, None where it has none."""
    entry = registry().by_id.get(agency_id)
    if entry is None:
        return None
    return Agency(
        entry.agency_id,
        entry.agency,
        entry.kind,
        entry.level,
        entry.abbreviation,
        entry.successor_id,
        entry.english,
    )


@lru_cache(maxsize=2048)
def read_bodies(
    text: str, on: datetime.date | None = None
) -> tuple[tuple[Body, ...], tuple[Note, ...]]:
    """The bodies of a whole cell in text order, and what the reader noticed.

    ``on`` is the document's date: it decides which provinces there were. Words that name nobody
    give an ``agency.unresolved`` note and no body.
    """
    if len(text) > _LONGEST:
        return _in_portions(text, on)
    bodies = _item_by_item(text, on)
    return (bodies, ()) if bodies is not None else _read(text, on)


def _in_portions(text: str, on: datetime.date | None) -> tuple[tuple[Body, ...], tuple[Note, ...]]:
    """The bodies of an overlong cell; an item that is overlong by itself names nobody."""
    bodies: list[Body] = []
    notes: list[Note] = []
    for start, end in _portions(text):
        if end - start > _LONGEST:
            notes.append(Note("agency.unresolved", tidy(text[start:end]), None, start, end))
            continue
        found, told = read_bodies(text[start:end], on)
        bodies += [_moved(body, start) for body in found]
        notes += [_moved(note, start) for note in told]
    return tuple(bodies), tuple(notes)


def _portions(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of whole items, each as long as one reading may be where its items allow it."""
    start = end = 0
    for found in _ITEM.finditer(text):
        if found.end() - start > _LONGEST and end > start:
            yield start, end
            start = found.start()
        end = found.end()
    if _WORDS.search(text, start, end):
        yield start, end


def _moved(one: Moved, by: int) -> Moved:
    return msgspec.structs.replace(one, start=one.start + by, end=one.end + by)


def _item_by_item(text: str, on: datetime.date | None) -> tuple[Body, ...] | None:
    """The bodies of a list whose every item is plain names of the registry; None for any other.

    The same items stand in cell after cell. Between semicolons and lines nothing is inherited by
    an item that reads by itself, so each is read once and its bodies only moved.
    """
    made: list[Body] = []
    for found in _ITEM.finditer(text):
        start, item = found.start(), found.group()
        if _WORDS.search(item) is None:
            continue
        plain = _PLAIN_ITEM.fullmatch(item)
        if plain is None or plain[1] == text or (item.isupper() and not text.isupper()):
            return None
        bodies = _alone(plain[1], on)
        if bodies is None:
            return None
        shift = start + plain.start(1)
        made += [_moved(one, shift) for one in bodies]
    return tuple(made) if made else None


@lru_cache(maxsize=2048)
def _alone(item: str, on: datetime.date | None) -> tuple[Body, ...] | None:
    """The bodies of an item that reads by itself, None where anything of it is to be told."""
    bodies, notes = _read(item, on)
    if notes or not bodies or not all(body.registered for body in bodies):
        return None
    return bodies


def _read(text: str, on: datetime.date | None) -> tuple[tuple[Body, ...], tuple[Note, ...]]:
    tokens = Tokens(text)
    reader = Reader(tokens, on)
    reader.read()
    notes = list(reader.notes)
    bodies = []
    for draft in reader.drafts:
        body = _body(draft, tokens)
        bodies.append(body)
        notes.extend(_notes(draft, body, tokens))
    notes.sort(key=lambda note: (note.start, note.end))
    return tuple(bodies), tuple(notes)


def _body(draft: Draft, tokens: Tokens) -> Body:
    start, end = tokens.starts[draft.start], tokens.ends[draft.end - 1]
    raw = tidy(tokens.text[start:end])
    described = draft.agency_id is None
    return Body(
        draft.agency_id,
        raw if described else draft.agency,
        draft.kind,
        draft.registered,
        draft.level,
        draft.province,
        draft.local,
        draft.scope or None,
        raw,
        start,
        end,
    )


def _notes(draft: Draft, body: Body, tokens: Tokens) -> list[Note]:
    made = []
    if draft.agency_id is None:
        made.append(_note("agency.described", body))
    elif not draft.registered:
        made.append(_note("agency.unregistered", body, body.agency_id))
    if draft.repaired is not None:
        made.append(_note("text.repaired", body, draft.repaired))
    elif draft.registered and with_horns(body.raw) != body.raw:
        made.append(_note("text.repaired", body, body.agency))
    for start, end, phrase in tokens.slips:
        if draft.repaired is None and body.start <= start and end <= body.end:
            raw = tidy(tokens.text[start:end])
            made.append(Note("text.repaired", raw=raw, value=phrase, start=start, end=end))
    return made


def _note(code: str, body: Body, value: str | None = None) -> Note:
    return Note(code, raw=body.raw, value=value, start=body.start, end=body.end)


@lru_cache(maxsize=4_096)
def identify(name: str, on: datetime.date | None = None) -> Body | None:
    """The one body that the whole text names, None where it names none or more or says more."""
    text = name.replace("\n", " ")
    bodies, notes = read_bodies(text, on)
    if len(bodies) != 1 or any(note.code == "agency.unresolved" for note in notes):
        return None
    body = bodies[0]
    rest = text[: body.start] + text[body.end :]
    if body.agency_id is None or any(char.isalnum() for char in rest):
        return None
    return body


def match_at(text: str, start: int, on: datetime.date | None = None) -> Body | None:
    """The registered body whose name begins at ``start``, its clause left out; None else."""
    window = text[start : start + 200]
    tokens = Tokens(window)
    reader = Reader(tokens, on)
    draft = reader.name_at(0)
    if draft is None or draft.agency_id is None:
        return None
    body = _body(draft, tokens)
    return msgspec.structs.replace(body, start=body.start + start, end=body.end + start)
