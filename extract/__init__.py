"""Text in, raw records with spans out; knows nothing of agencies, dates or money."""

from __future__ import annotations

from extract.blocks import read_blocks
from extract.documents import read_documents
from extract.paragraphs import read_paragraphs
from extract.source import Source
from normalize.raw import RawDocument


def extract_documents(source: Source) -> list[RawDocument]:
    """The documents of one source with their sections, tasks, citations and targets."""
    return read_documents(read_paragraphs(read_blocks(source.view)), source.view)
