"""One document while it is read, and what its frame's lines make of it."""

from __future__ import annotations

from extract.frame import (
    ANY_AUTHORITY,
    DATELINE,
    is_delegation,
    is_name,
    signer_title,
    titles_at_head,
)
from extract.labelled import read_labelled
from extract.mentions import read_mentions
from extract.outline import Outline
from extract.tables import TableReader
from normalize.findings import Note
from normalize.fragment import Fragment, join
from normalize.raw import RawDocument, RawReference, RawSignature
from normalize.signer_titles import misread_title, names_title


class DocumentDraft:
    """One document while it is read."""

    def __init__(self, start: int) -> None:
        self.start = start
        self.end = start
        self.type_words: str | None = None
        self.issuer: list[Fragment] = []
        self.symbol: Fragment | None = None
        self.dateline: Fragment | None = None
        self.placeless_date: Fragment | None = None
        self.title: list[Fragment] = []
        self.references: list[Fragment] = []
        self.appendix_references: list[Fragment] = []
        self.signer_lines: list[Fragment] = []
        self.signer_name: Fragment | None = None
        self.effective: Fragment | None = None
        self.outline = Outline()
        self.tables = TableReader()
        self.state = "head"
        self.notes: list[Note] = []

    @property
    def signed(self) -> bool:
        return self.state in ("tail", "appendix")


def part_name(document: DocumentDraft) -> None:
    """A signature on one line: authority, title and name follow each other."""
    last = document.signer_lines[-1]
    text = last.text
    start = 0
    while True:
        authority = ANY_AUTHORITY.match(text, start)
        if authority:
            start = authority.end()
        length = titles_at_head(text[start:])
        if not length:
            break
        start += length
        while start < len(text) and text[start] in " ,":
            start += 1
    rest = text[start:].strip()
    if start and rest and names_title(rest):
        return
    if start and rest and is_name(rest) and document.signer_name is None and not rest.isupper():
        document.signer_name = last.cut(start, len(text))
        document.signer_lines[-1] = last.cut(0, start)


def _signature(document: DocumentDraft) -> RawSignature | None:
    """Title and name; the title is the first that signs itself, not one that is signed for.

    "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH" is the deputy; a further post of the signer below ("TRƯỞNG BAN /
    CHỦ TỊCH UBND TỈNH") is none of this document.
    """
    if not document.signer_lines and document.signer_name is None:
        return None
    title: Fragment | None = None
    signed_for = True
    for words in document.signer_lines:
        text = words.text
        at = 0
        if (title is None or signed_for) and misread_title(text):
            title, signed_for = words, False
            continue
        while at < len(text) and (title is None or signed_for):
            authority = ANY_AUTHORITY.match(text, at)
            if authority:
                at = authority.end()
            length = titles_at_head(text[at:])
            if length and signer_title(text[at : at + length]):
                acting = authority is not None and authority.group().startswith("Q")
                start = authority.start() if authority is not None and acting else at
                title = words.cut(start, at + length)
                signed_for = authority is not None and is_delegation(authority.group())
                at += length
            step = text.find(" ", at)
            if step < 0:
                break
            at = step + 1
    return RawSignature(title, document.signer_name)


def finished(document: DocumentDraft, parent: int | None, view: str) -> RawDocument:
    """The document as it is handed on; ``view`` is the text that its fragments index."""
    read = document.tables.finished()
    dateline = document.dateline
    if dateline is not None and DATELINE.match(dateline.text) is None:
        dateline = None
    dateline = dateline or document.placeless_date
    sections = document.outline.finished()
    title = join(document.title) if document.title else None
    preamble = tuple(document.outline.preamble)
    labelled = read_labelled(preamble, sections, read.tasks, view)
    tasks = tuple(sorted((*read.tasks, *labelled.tasks), key=lambda task: task.start))
    if not labelled.tasks:
        tasks = read.tasks
    mentions = read_mentions(title, preamble, sections, tasks, read.indicators)
    return RawDocument(
        parent=parent,
        type_words=document.type_words,
        issuer=tuple(document.issuer),
        symbol=document.symbol,
        dateline=dateline,
        title=title,
        references=tuple(RawReference(words) for words in document.references),
        appendix_references=tuple(RawReference(words) for words in document.appendix_references),
        signature=_signature(document),
        effective=document.effective,
        preamble=preamble,
        sections=sections,
        tasks=tasks,
        totals=read.totals,
        citations=mentions.citations,
        targets=tuple(
            target
            for target in mentions.targets
            if not any(start <= target.start < end for start, end in labelled.cells)
        ),
        notes=(*document.notes, *read.notes, *labelled.notes),
        start=document.start,
        end=document.end,
    )
