"""Text in, raw records with spans out; knows nothing of agencies, dates or money."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import msgspec

from extract.blocks import read_blocks, read_plain
from extract.cells import Block
from extract.documents import read_documents
from extract.flattened import unflatten
from extract.paragraphs import read_paragraphs
from extract.source import Source
from normalize.findings import Note
from normalize.raw import RawDocument


def extract_documents(source: Source) -> list[RawDocument]:
    """The documents of one source with their sections, tasks, citations and targets."""
    blocks, notes = blocks_of(source)
    pieces, unread = unflatten(read_paragraphs(blocks))
    documents = read_documents(pieces, source.view)
    notes = [*source.notes, *notes, *unread]
    return [_with_notes(at, documents, source, notes) for at in range(len(documents))]


def blocks_of(source: Source) -> tuple[list[Block], list[Note]]:
    """The lines and tables of a source, and what is to be told of finding them."""
    view = source.view
    if source.format == "html" and not source.grids:
        from extract.web_page import is_page, read_page  # few inputs are pages

        if is_page(view):
            return read_page(view, partial(read_plain, view))
    return read_blocks(view, source.grids), []


def _with_notes(
    at: int, documents: list[RawDocument], source: Source, notes: Sequence[Note]
) -> RawDocument:
    """The document with what its reader tells of its words (the first one: of all before it)."""
    document = documents[at]
    if not notes:
        return document
    low = document.start if at else 0
    high = documents[at + 1].start if at + 1 < len(documents) else len(source.view) + 1
    own = tuple(note for note in notes if low <= note.start < high)
    return msgspec.structs.replace(document, notes=(*own, *document.notes)) if own else document
