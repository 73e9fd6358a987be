"""What is fed: every reader, the whole way of a text, and each grammar alone."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable
from pathlib import Path

from bench.invariants import faults, same
from bench.mutate import ROOT
from extract import extract_documents
from extract.citations import find_citations
from extract.labelled_words import find_labels
from extract.readers import _reader
from extract.readers.kinds import kind_of
from extract.readers.text import read_text
from extract.readers.unreadable import UnreadableError
from extract.source import Source
from extract.targets import find_indicator_targets, find_targets
from extract.unfold import unfold
from normalize import spelling
from normalize.agencies import identify, read_bodies
from normalize.areas import area_code
from normalize.assemble import Input, assemble
from normalize.budget import read_budget, read_total
from normalize.dates import full_dates, reporting_windows
from normalize.deliverables import read_deliverables
from normalize.fragment import whole
from normalize.items import split_items
from normalize.periods import read_periods
from normalize.places import find_province, province_at_end
from normalize.records import Plan
from normalize.symbols import parse_symbol, type_of_words
from normalize.text import fold, key, nfc, slug, tidy


class FaultError(Exception):
    """An input that breaks what must hold of every input."""


def records(source: Source) -> Plan:
    """All records of one source, as the command makes them."""
    about = Input(source.name, source.sha256, source.format, source.view, source.place)
    return assemble(extract_documents(source), about)


def source_of(text: str) -> Source:
    """The source of a text file with these words; raises UnreadableError like its reader."""
    data = text.encode("utf-8", "surrogatepass")
    return read_text(data, "fuzz.txt", hashlib.sha256(data).hexdigest())


def document(text: str) -> None:
    """A text file, the whole way to checked tables, twice."""
    try:
        source = source_of(text)
    except UnreadableError:
        return
    plan = records(source)
    found = faults(plan, source)
    if found:
        raise FaultError("; ".join(found[:5]))
    if not same(plan, records(source)):
        raise FaultError("a second reading gives other rows")


def file(data: bytes) -> None:
    """The bytes of a file of any kind, the whole way; scans and old Office files are left out.

    Those two are read by other programs (Tesseract, LibreOffice), which take seconds a file.
    """
    kind = kind_of(data)
    if kind in ("image", "doc"):
        return
    try:
        source = _reader(kind)(data, "fuzz", hashlib.sha256(data).hexdigest())
    except UnreadableError:
        return
    plan = records(source)
    found = faults(plan, source)
    if found:
        raise FaultError("; ".join(found[:5]))


def bodies(text: str) -> None:
    """A cell of bodies."""
    found, notes = read_bodies(text, datetime.date(2021, 3, 1))
    _inside(text, [(one.start, one.end) for one in found])
    _inside(text, [(note.start, note.end) for note in notes])
    identify(text[:400], None)


def periods(text: str) -> None:
    """A schedule cell, in plans of one year, of several, and of none."""
    for year, span in ((2021, None), (None, (2021, 2025)), (None, None)):
        found, notes = read_periods(text, year, datetime.date(2020, 12, 1), span)
        _inside(text, [(one.start, one.end) for one in found])
        _inside(text, [(note.start, note.end) for note in notes])
        for one in found:
            if one.start_on and one.end_on and one.start_on > one.end_on:
                raise FaultError(f"{one.raw!r} ends before it starts")


def budget(text: str) -> None:
    """A budget cell and the words of a total."""
    for unit in (None, "triệu đồng", text[:20]):
        amount = read_budget(text, unit).amount
        if amount is not None and not 0 <= amount < 1 << 63:
            raise FaultError(f"{amount} is no int64")
        read_total(text, unit)


def products(text: str) -> None:
    """A cell of deliverables."""
    _inside(text, [(one.start, one.end) for one in read_deliverables(text)])
    _inside(text, list(split_items(text)))


def prose(text: str) -> None:
    """A paragraph: citations, targets, labels, dates, and its unfolding."""
    _inside(text, [(one.start, one.end) for one in find_citations(text)])
    _inside(text, [(one.start, one.end) for one in find_targets(text, 2021)])
    find_indicator_targets(text[:100], None, text)
    _inside(text, [(one.start, one.end) for one in find_labels(text)])
    reporting_windows(text)
    full_dates(text)
    if text.strip():
        unfold(whole(tidy(text), 0, len(tidy(text))))


def words(text: str) -> None:
    """Names, symbols and keys; what normalizes a word does nothing to its own result."""
    for normal in (nfc, tidy, slug, fold):
        once = normal(text)
        if normal(once) != once:
            raise FaultError(f"{normal.__name__} is not idempotent on {text[:60]!r}")
    if key(text) != key(text.upper()) and text.upper().lower() == text.lower():
        raise FaultError(f"the key of {text[:60]!r} hangs on capitals")
    area_code(text)
    parse_symbol(text)
    type_of_words(text)
    find_province(text, None)
    province_at_end(text, datetime.date(2021, 1, 1))
    spelling.repair(text)


def _inside(text: str, spans: list[tuple[int, int]]) -> None:
    for start, end in spans:
        if not 0 <= start <= end <= len(text):
            raise FaultError(f"{start}–{end} is no range of {len(text)} characters")


TEXT_TARGETS: dict[str, Callable[[str], None]] = {
    "document": document,
    "bodies": bodies,
    "periods": periods,
    "budget": budget,
    "products": products,
    "prose": prose,
    "words": words,
}
"""Targets that take a text."""


def sample_files() -> list[Path]:
    """Files of forms with bytes of their own to mutate, where the folder of real plans is."""
    folder = ROOT.parent / "shared" / "plans"
    return [path for path in sorted(folder.glob("*")) if path.suffix in (".docx", ".pdf", ".xlsx")]
