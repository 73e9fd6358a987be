"""Text in, raw records with spans out; knows nothing of agencies, dates or money."""

from __future__ import annotations

import msgspec

from extract.blocks import read_blocks
from extract.documents import read_documents
from extract.paragraphs import read_paragraphs
from extract.source import Source
from normalize.raw import RawDocument


def extract_documents(source: Source) -> list[RawDocument]:
    """The documents of one source with their sections, tasks, citations and targets."""
    documents = read_documents(read_paragraphs(read_blocks(source.view, source.grids)), source.view)
    return [_with_notes(one, documents, source) for one in documents] if source.notes else documents


def _with_notes(document: RawDocument, documents: list[RawDocument], source: Source) -> RawDocument:
    """The document with what its reader tells of its words (the first one: of all before it)."""
    at = documents.index(document)
    low = document.start if at else 0
    high = documents[at + 1].start if at + 1 < len(documents) else len(source.view) + 1
    own = tuple(note for note in source.notes if low <= note.start < high)
    return msgspec.structs.replace(document, notes=(*own, *document.notes)) if own else document
