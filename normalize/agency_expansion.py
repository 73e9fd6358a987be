"""Bodies that a cell abbreviates and the document names in full."""

from __future__ import annotations

import datetime

import msgspec

from normalize.agencies import Body, identify
from normalize.findings import Note
from normalize.glossary import Glossary

Reading = tuple[tuple[Body, ...], tuple[Note, ...]]


def expand(
    bodies: tuple[Body, ...],
    notes: tuple[Note, ...],
    glossary: Glossary,
    on: datetime.date | None,
) -> Reading:
    """A cell's bodies and notes, with abbreviations that its document explains as what they mean.

    An ``agency.expanded`` note takes the place of what was noted of the abbreviation; a full name
    that the registry lacks is noted beside it.
    """
    made = list(bodies)
    kept = list(notes)
    for note in notes:
        if note.code not in ("agency.unregistered", "agency.unresolved"):
            continue
        at = next((i for i, body in enumerate(made) if body.start == note.start), None)
        short = made[at] if at is not None else None
        full = glossary.full_name(short.agency if short is not None else note.raw)
        named = identify(full, on) if full is not None else None
        if named is None or named.kind == "described":
            continue
        body = msgspec.structs.replace(
            named,
            raw=note.raw,
            start=note.start,
            end=note.end,
            province=(short.province if short is not None else None) or named.province,
            scope=short.scope if short is not None else None,
        )
        if at is not None:
            made[at] = body
        else:
            made.append(body)
        kept.remove(note)
        kept.append(Note("agency.expanded", note.raw, named.agency, note.start, note.end))
        if not named.registered:
            lacking = Note("agency.unregistered", note.raw, named.agency_id, note.start, note.end)
            kept.append(lacking)
    made.sort(key=lambda body: body.start)
    kept.sort(key=lambda note: (note.start, note.end))
    return tuple(made), tuple(kept)
