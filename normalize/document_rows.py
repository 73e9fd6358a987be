"""What the frame of a document says: type, number, dates, issuer, place, title, signer.

The fields and their layout follow Decree 30/2020/NĐ-CP, appendix I; what stands where another
document must supply it (an attached plan without a number of its own) follows the contract.
"""

from __future__ import annotations

import datetime

import msgspec
import regex

from normalize import spelling
from normalize.agency_own_level import level_word
from normalize.findings import Note
from normalize.glossary import Glossary
from normalize.issuers import YEAR, read_issuer
from normalize.patterns import pattern
from normalize.periods import find_date
from normalize.places import province
from normalize.raw import RawDocument
from normalize.signer_titles import misread_title, signer_titles
from normalize.symbols import Symbol, is_unmarked, mended, parse_symbol, type_of_words
from normalize.task_rows import Context
from normalize.text import key, tidy

_CAPTION = pattern(
    r"(?i:kèm\s+theo)\s+(?P<type>\p{L}[\p{L}\s]{3,24}?)\s*(?i:số)\s*:?\s*(?P<rest>.*)", regex.DOTALL
)
_SYMBOL = pattern(
    r"(?P<symbol>[\d.…_\s]*[-/]\s*\p{Lu}[\p{L}\d&().]*(?:\s*[-/]\s*\p{Lu}[\p{L}\d&()]*)*|\d+\s*/\s*\d{4}\s*/\s*\p{Lu}[\p{L}-]*)"
)
_OF = pattern(r"(?i)\bcủa\s+(?P<issuer>[^)]+?)\s*(?:\)|$)")
_PLACE = pattern(r"^(?P<place>.+?)\s*,?\s*(?i:ngày)(?!\p{L})")
_CITED = pattern(
    r"(?i)(?:số\s*)?\d+\s*/\s*(?:\d{4}\s*/\s*)?\p{Lu}[\p{L}\d-]*(?:/[\p{L}\d-]+)?|\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}|ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}"
)
_HORIZON = pattern(r"(?i)(?:đến|tầm\s+nhìn|định\s+hướng)\s*(?:đến\s*)?năm\s*\d{4}")
_RANGE = pattern(r"(?P<first>(?:19|20)\d\d)\s*[-–—]\s*(?P<last>(?:19|20)\d\d)")
_MONTH = pattern(r"(?i)tháng\s+(?P<month>0?[1-9]|1[0-2])\s+năm\s+(?P<year>(?:19|20)\d\d)")
_DRAFT = pattern(r"(?i)^\(\s*dự\s+thảo[^()]{0,40}\)\s*")
_SIGNED = pattern(r"(?i)từ\s+ngày\s+(?:ký|ban\s+hành)")


class DocumentFacts(msgspec.Struct, kw_only=True):
    """The canonical fields of one document; dates are ISO calendar dates, codes strings.

    ``told_on`` is the first day of the month of a dateline that leaves its day blank.
    """

    doc_type: str | None = None
    number: str | None = None
    symbol: str | None = None
    parent_symbol: str | None = None
    issued_on: datetime.date | None = None
    told_on: datetime.date | None = None
    effective_on: datetime.date | None = None
    place: str | None = None
    issuer_id: str | None = None
    issuer: str | None = None
    issuer_agency: str | None = None
    jurisdiction_code: str | None = None
    jurisdiction: str | None = None
    successor_code: str | None = None
    successor: str | None = None
    title: str | None = None
    plan_year: int | None = None
    plan_span: tuple[int, int] | None = None
    signer: str | None = None
    signer_title: str | None = None
    notes: list[Note] = msgspec.field(default_factory=list)

    def context(self, glossary: Glossary | None = None) -> Context:
        """What the readers of task cells need to know of their document."""
        on = self.issued_on or self.told_on
        if on is None and self.plan_year is not None:
            on = datetime.date(self.plan_year, 1, 1)
        if on is None and self.plan_span is not None:
            on = datetime.date(self.plan_span[0], 1, 1)
        code = self.jurisdiction_code
        area = province(code, on) if code is not None else None
        return Context(
            issued_on=self.issued_on,
            plan_year=self.plan_year,
            plan_span=self.plan_span if self.plan_year is None else None,
            jurisdiction_code=self.jurisdiction_code,
            jurisdiction_kind=area.kind if area is not None else None,
            on=on,
            glossary=glossary,
            level_word=level_word(self.issuer_agency),
        )


class Reference(msgspec.Struct, frozen=True):
    """What a caption "(Ban hành kèm theo Kế hoạch số … ngày … của …)" says."""

    doc_type: str | None
    symbol: Symbol | None
    issued_on: datetime.date | None
    year: int | None
    issuer: str | None


def read_reference(words: str) -> Reference | None:
    """Reads a caption; None where the words are none."""
    found = _CAPTION.search(words)
    if found is None:
        return None
    rest = found.group("rest")
    symbol = None
    symbol_words = _SYMBOL.match(rest)
    if symbol_words:
        symbol = parse_symbol(symbol_words.group("symbol"))
    dated = find_date(rest, symbol_words.end() if symbol_words else 0)
    issuer = _OF.search(rest)
    year = YEAR.search(rest)
    return Reference(
        type_of_words(found.group("type")),
        symbol,
        dated.date if dated is not None else None,
        int(year.group("year")) if year else None,
        tidy(issuer.group("issuer")) if issuer else None,
    )


def document_facts(
    raw: RawDocument, parent: DocumentFacts | None, documents: list[RawDocument]
) -> DocumentFacts:
    """The facts of one document; ``parent`` are those of the document that issues it."""
    facts = DocumentFacts()
    own = [r for one in raw.references if (r := read_reference(one.words.flat))]
    below = [r for one in raw.appendix_references if (r := read_reference(one.words.flat))]
    facts.doc_type = _type(raw, below)
    _number(facts, raw, own, below, parent)
    _dates(facts, raw, own, below, parent)
    read_issuer(facts, raw, own, below, parent)
    _title(facts, raw)
    _signer(facts, raw)
    _completeness(facts, raw, parent)
    return facts


def _type(raw: RawDocument, below: list[Reference]) -> str | None:
    if raw.type_words:
        return type_of_words(raw.type_words)
    if raw.symbol is not None:
        symbol = parse_symbol(raw.symbol.text)
        if symbol is not None and symbol.type_code:
            return symbol.type_code
    return below[0].doc_type if below else None


def _number(
    facts: DocumentFacts,
    raw: RawDocument,
    own: list[Reference],
    below: list[Reference],
    parent: DocumentFacts | None,
) -> None:
    symbol = None
    if raw.symbol is not None and not is_unmarked(raw.symbol.text):
        symbol = parse_symbol(raw.symbol.text)
    if symbol is None and raw.symbol is not None and (right := mended(raw.symbol.text)):
        symbol = parse_symbol(right[0])
        note = Note("text.repaired", right[2], right[1], raw.symbol.start, raw.symbol.end)
        facts.notes.append(note)
    if symbol is None and parent is None:
        for reference in (*own, *below):
            if reference.symbol is not None and reference.doc_type == facts.doc_type:
                symbol = reference.symbol
                break
    if symbol is not None and symbol.number:
        facts.number, facts.symbol = symbol.number, symbol.text
    facts.parent_symbol = parent.symbol if parent is not None else None
    if facts.parent_symbol is None:
        for reference in own:
            if reference.symbol is not None and reference.doc_type != facts.doc_type:
                facts.parent_symbol = reference.symbol.text


def _dates(
    facts: DocumentFacts,
    raw: RawDocument,
    own: list[Reference],
    below: list[Reference],
    parent: DocumentFacts | None,
) -> None:
    if raw.dateline is not None:
        dated = find_date(raw.dateline.flat)
        facts.issued_on = dated.date if dated is not None else None
        facts.told_on = _month_said(raw.dateline.flat)
        found = _PLACE.match(raw.dateline.flat)
        facts.place = tidy(found.group("place")).rstrip(" ,") if found else None
    if facts.issued_on is None and parent is not None:
        facts.issued_on = parent.issued_on
    if facts.issued_on is None:
        dates = [r.issued_on for r in (*own, *below) if r.issued_on]
        facts.issued_on = dates[0] if dates else None
    if facts.place is None and parent is not None:
        facts.place = parent.place
    if raw.effective is not None:
        if _SIGNED.search(raw.effective.flat):
            facts.effective_on = facts.issued_on
        else:
            text = raw.effective.flat
            at = text.casefold().find("hiệu lực")
            dated = find_date(text, max(at, 0))
            facts.effective_on = dated.date if dated is not None else None
    elif parent is not None:
        facts.effective_on = parent.effective_on


def _month_said(dateline: str) -> datetime.date | None:
    """The first day of a dateline's month, its day left blank ("ngày    tháng 9 năm 2025")."""
    found = _MONTH.search(dateline)
    if found is None:
        return None
    return datetime.date(int(found.group("year")), int(found.group("month")), 1)


def _title(facts: DocumentFacts, raw: RawDocument) -> None:
    words = raw.title
    if words is None and raw.type_words is None and raw.sections:
        words = raw.sections[0].title  # an appendix that came without its plan
    if words is None:
        return
    text = _DRAFT.sub("", tidy(words.flat).rstrip(" ."))
    if spelling.misspelt(text):
        repaired, changes = spelling.repair(text)
        for start, end, value in changes:
            low, high = words.span(start, end)
            facts.notes.append(Note("text.repaired", text[start:end], value, low, high))
        text = repaired
    facts.title = text
    facts.plan_year, facts.plan_span = plan_years(text)
    span, issued = facts.plan_span, facts.issued_on
    if span is not None and issued is not None and span[1] < issued.year:
        facts.plan_span = None  # years that the plan looks back on ("giám sát … 2023 - 2025")


def plan_years(title: str) -> tuple[int | None, tuple[int, int] | None]:
    """(the plan's year, its first and last year): years of cited documents do not count."""
    text = _CITED.sub(" ", title)
    span = _RANGE.search(text)
    if span:
        return None, (int(span.group("first")), int(span.group("last")))
    text = _HORIZON.sub(" ", text)
    years = sorted({int(found.group("year")) for found in YEAR.finditer(text)})
    if len(years) == 1:
        return years[0], None
    return None, (years[0], years[-1]) if years else None


_ACTING = ("q ", "quyên1 ")


def _signer(facts: DocumentFacts, raw: RawDocument) -> None:
    signature = raw.signature
    if signature is None:
        return
    if signature.name is not None:
        name = tidy(signature.name.flat)
        facts.signer = name.title() if name.isupper() else name
    if signature.title is not None:
        words = signature.title.flat
        facts.signer_title = _signer_title(key(words))
        meant = misread_title(words) if facts.signer_title is None else None
        if meant is not None:
            facts.signer_title = meant
            start, end = signature.title.span(0, len(words))
            facts.notes.append(Note("text.repaired", words, meant, start, end))


def _signer_title(words: str) -> str | None:
    """The proper spelling of a title; "Q." before it is "Quyền" (acting)."""
    known = signer_titles().get(words)
    if known is None and words.startswith(_ACTING):
        known = signer_titles().get(words.split(" ", 1)[1])
        return f"Quyền {known}" if known is not None else None
    return known


def _completeness(facts: DocumentFacts, raw: RawDocument, parent: DocumentFacts | None) -> None:
    missing = []
    if facts.number is None and parent is None:
        missing.append("số")
    if facts.issued_on is None:
        missing.append("ngày ban hành")
    if missing:
        facts.notes.append(
            Note("document.incomplete", "", None, raw.start, raw.start, " và ".join(missing))
        )
