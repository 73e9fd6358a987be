"""The raw records: what ``extract/`` hands to ``normalize/``, words with their offsets.

Every :class:`~normalize.fragment.Fragment` points into the view of one source; notes and ranges
are offsets of that view too. Nothing here is interpreted: no agency, no date, no money.
"""

from __future__ import annotations

import datetime

import msgspec

from normalize.findings import Note
from normalize.fragment import Fragment


class RawSection(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One heading or numbered clause.

    ``parent`` is the index of the parent section in its document, None at the top. ``paragraphs``
    are the section's own words, one fragment a paragraph or bullet.
    """

    label: str
    path: str
    level: int
    parent: int | None
    title: Fragment | None
    paragraphs: tuple[Fragment, ...]
    start: int
    end: int


class RawTask(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One task: its cells, None where the table has no such column.

    ``outer_areas`` are the groups that the area's own group stands in, the nearest first.

    ``place`` is the task's place in its id ("1.10", "3.2", "r12"). ``budget_repeats`` is true
    where the cell is another row's too (a rowspan), so that a sum counts it once. ``unpaired``
    names the roles whose cell lists the parts of several tasks in a way that cannot be paired off
    for certain: their words stay, no value is read from them.
    """

    place: str
    form: str
    number: str | None
    area: Fragment | None
    outer_areas: tuple[Fragment, ...] = ()
    task: Fragment
    deliverables: Fragment | None
    lead: Fragment | None
    coordinating: Fragment | None
    schedule: Fragment | None
    budget: Fragment | None
    budget_unit: str | None
    budget_repeats: bool
    unpaired: tuple[str, ...]
    funding_source: Fragment | None
    others: tuple[Fragment, ...]
    table: int
    start: int
    end: int
    notes: tuple[Note, ...]


class RawTotal(msgspec.Struct, frozen=True, gc=False):
    """A total row: the words of its budget cell and the table that it sums."""

    words: Fragment
    unit: str | None
    table: int


class RawSignature(msgspec.Struct, frozen=True, gc=False):
    """The signature block: the signer's title and name as printed."""

    title: Fragment | None
    name: Fragment | None


class RawReference(msgspec.Struct, frozen=True, gc=False):
    """A caption "(Ban hành kèm theo Quyết định số … ngày … của …)": its words."""

    words: Fragment


class RawCitation(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One mention of a document; ``section`` and ``task`` are indexes, at most one is set."""

    section: int | None
    task: int | None
    symbol: str | None
    type_words: str | None
    issued_on: datetime.date | None
    issuer_words: str | None
    title: str | None
    raw: str
    start: int
    end: int


class RawTarget(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One figure that the plan sets itself, in the section with this index."""

    section: int | None
    value: float
    unit: str
    comparator: str
    subject: str
    raw: str
    start: int
    end: int


class RawDocument(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One document of a source.

    ``parent`` is the index of the document that issues it. ``issuer`` holds the letterhead's
    lines, ``symbol``/``dateline`` the lines with number and with place and date, ``references``
    the captions of the document and of its appendices, ``preamble`` the running text before the
    first section.
    """

    parent: int | None
    type_words: str | None
    issuer: tuple[Fragment, ...]
    symbol: Fragment | None
    dateline: Fragment | None
    title: Fragment | None
    references: tuple[RawReference, ...]
    appendix_references: tuple[RawReference, ...]
    signature: RawSignature | None
    effective: Fragment | None
    preamble: tuple[Fragment, ...]
    sections: tuple[RawSection, ...]
    tasks: tuple[RawTask, ...]
    totals: tuple[RawTotal, ...]
    citations: tuple[RawCitation, ...]
    targets: tuple[RawTarget, ...]
    notes: tuple[Note, ...]
    start: int
    end: int
