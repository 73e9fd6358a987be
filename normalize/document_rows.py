"""What the frame of a document says: type, number, dates, issuer, place, title, signer.

The fields and their layout follow Decree 30/2020/NĐ-CP, appendix I; what stands where another
document must supply it (an attached plan without a number of its own) follows the contract.
"""

from __future__ import annotations

import datetime
from functools import cache

import msgspec
import regex

from normalize import spelling
from normalize.agencies import Body, agency, identify, read_bodies
from normalize.agency_own_level import level_word
from normalize.findings import Note
from normalize.fragment import Fragment
from normalize.glossary import Glossary
from normalize.lexicon import entries, several
from normalize.localities import (
    only_province_governed,
    only_province_named,
    province_of_locality,
    province_of_seat,
)
from normalize.patterns import pattern
from normalize.periods import find_date
from normalize.places import Province, find_province, province
from normalize.raw import RawDocument
from normalize.symbols import Symbol, issuer_of_symbol, parse_symbol, type_of_words
from normalize.task_rows import Context
from normalize.text import key, tidy

_CAPTION = pattern(
    r"(?i:kèm\s+theo)\s+(?P<type>\p{L}[\p{L}\s]{3,24}?)\s*(?i:số)\s*:?\s*(?P<rest>.*)", regex.DOTALL
)
_SYMBOL = pattern(
    r"(?P<symbol>[\d.…_\s]*[-/]\s*\p{Lu}[\p{L}\d&().]*(?:\s*[-/]\s*\p{Lu}[\p{L}\d&()]*)*|\d+\s*/\s*\d{4}\s*/\s*\p{Lu}[\p{L}-]*)"
)
_OF = pattern(r"(?i)\bcủa\s+(?P<issuer>[^)]+?)\s*(?:\)|$)")
_PLACE = pattern(r"^(?P<place>.+?)\s*,?\s*(?i:ngày)\b")
_ENACTS = pattern(
    r"(?:^|[,;]\s*)(?P<issuer>\p{Lu}[^,;.]{3,90}?)\s+(?:xây dựng|ban hành|lập|đề ra)\s"
    r"(?:(?!không|chưa)[^,;.]){0,24}?(?i:kế hoạch|chương trình|quyết định)"
)
_YEAR = pattern(r"(?<![\d/.-])(?P<year>(?:19|20)\d\d)(?![\d/])")
_CITED = pattern(
    r"(?i)(?:số\s*)?\d+\s*/\s*(?:\d{4}\s*/\s*)?\p{Lu}[\p{L}\d-]*(?:/[\p{L}\d-]+)?|\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}|ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}"
)
_HORIZON = pattern(r"(?i)(?:đến|tầm\s+nhìn|định\s+hướng)\s*(?:đến\s*)?năm\s*\d{4}")
_RANGE = pattern(r"(?P<first>(?:19|20)\d\d)\s*[-–—]\s*(?P<last>(?:19|20)\d\d)")
_SIGNED = pattern(r"(?i)từ\s+ngày\s+(?:ký|ban\s+hành)")


class DocumentFacts(msgspec.Struct, kw_only=True):
    """The canonical fields of one document; dates are ISO calendar dates, codes strings."""

    doc_type: str | None = None
    number: str | None = None
    symbol: str | None = None
    parent_symbol: str | None = None
    issued_on: datetime.date | None = None
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
        on = self.issued_on
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
    year = _YEAR.search(rest)
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
    _issuer(facts, raw, own, below, parent)
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
    symbol = parse_symbol(raw.symbol.text) if raw.symbol is not None else None
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


def _issuer(
    facts: DocumentFacts,
    raw: RawDocument,
    own: list[Reference],
    below: list[Reference],
    parent: DocumentFacts | None,
) -> None:
    on = facts.issued_on or _year_said(raw)
    body = _letterhead(raw.issuer, on)
    names = [r.issuer for r in (*below, *own) if r.issuer]
    area = _province_of(body, raw, names, facts)
    if body is None and parent is not None:
        facts.issuer_id, facts.issuer = parent.issuer_id, parent.issuer
        facts.issuer_agency = parent.issuer_agency
        facts.jurisdiction_code, facts.jurisdiction = parent.jurisdiction_code, parent.jurisdiction
        facts.successor_code, facts.successor = parent.successor_code, parent.successor
        return
    if body is None:
        for name in names:
            body = identify(name, on)
            if body is not None:
                area = _province_of(body, raw, names, facts)
                break
    told = _by_symbol(facts)
    if told is not None and (body is None or _is_above(body, told)):
        body = told
        area = _province_of(body, raw, names, facts)
    if body is None:
        body = _enactor(raw, on)
        area = _province_of(body, raw, names, facts)
    if body is None:
        return
    facts.issuer_id, facts.issuer_agency = body.agency_id, body.agency
    facts.issuer = _with_province(body, area)
    if body.level in ("district", "commune") and body.scope and body.scope.isupper():
        facts.issuer = f"{body.agency} {body.scope.title()}"  # "HUYỆN ỦY LỤC NGẠN"
    place = _superior_place(raw.issuer, on)
    if place is not None and body.level in ("district", "commune") and place not in body.agency:
        facts.issuer = f"{body.agency} {place}"
    if area is not None and (body.local or body.province):
        facts.jurisdiction_code, facts.jurisdiction = area.code, area.name
        facts.successor_code, facts.successor = area.successor_code, area.successor


def _by_symbol(facts: DocumentFacts) -> Body | None:
    """The one body that the symbol's letters name ("321/KH-SNV")."""
    named = issuer_of_symbol(facts.symbol) if facts.symbol else None
    entry = agency(named) if named else None
    return identify(entry.agency, facts.issued_on) if entry is not None else None


def _is_above(body: Body, told: Body) -> bool:
    """The committee above the department whose letters the symbol shows."""
    return body.agency_id == "ubnd-tinh" and told.agency.startswith("Sở ")


def _letterhead(lines: tuple[Fragment, ...], on: datetime.date | None) -> Body | None:
    """The issuer in a letterhead: all lines, else the last ones (a superior stands above)."""
    texts = [line.flat for line in lines]
    tries = [" ".join(texts[first:]) for first in range(len(texts))]
    found = None
    turned = [f"{texts[-1]} {' '.join(texts[:-1])}"] if len(texts) > 1 else []
    # A line "VĂN PHÒNG" below the committee is the committee's office.
    for name in (*tries, *turned, *reversed(texts)):
        body = identify(name, on)
        if body is not None and body.scope is None:
            # "UBND HUYỆN … / PHÒNG NỘI VỤ" is no body of that long name.
            own = _below_a_body(texts, on) if name == tries[0] and not body.registered else None
            return own or body
        found = found or body  # "BỘ X TRƯỜNG Y" read as the ministry and what it does
    return found or _first_of_several(texts, on)


def _first_of_several(texts: list[str], on: datetime.date | None) -> Body | None:
    """ "BỘ TƯ PHÁP - BỘ NỘI VỤ" of a joint document: the body that is named first."""
    bodies = read_bodies(" - ".join(texts), on)[0]
    if len(bodies) > 1 and all(one.registered and one.kind == "organization" for one in bodies):
        return bodies[0]
    return None


def _below_a_body(texts: list[str], on: datetime.date | None) -> Body | None:
    """The last line's body where the lines above are a body of their own.

    No place that stands for a body ("TỈNH SƠN LA") is one.
    """
    own = identify(texts[-1], on) if len(texts) > 1 else None
    above = identify(" ".join(texts[:-1]), on) if own is not None else None
    if own is None or above is None or own.kind != "organization":
        return None
    return own if key(own.raw).split()[0] == key(own.agency).split()[0] else None


def _superior_place(lines: tuple[Fragment, ...], on: datetime.date | None) -> str | None:
    """ "huyện Mường La" of a letterhead whose first line is the committee above the issuer."""
    for line in lines[:-1]:
        above = identify(line.flat, on)
        if above is not None and above.level in ("district", "commune"):
            return above.agency.removeprefix("UBND ")
    return None


def _enactor(raw: RawDocument, on: datetime.date | None) -> Body | None:
    """Who issues a plan that came without letterhead and caption, as its preamble says.

    "…, Ủy ban nhân dân tỉnh Bình Phước ban hành Kế hoạch … như sau:"
    """
    for words in reversed(raw.preamble):
        for found in _ENACTS.finditer(words.flat):
            body = identify(found.group("issuer"), on)
            if body is not None and body.kind == "organization":
                return body
    return None


def _province_of(
    body: Body | None, raw: RawDocument, names: list[str], facts: DocumentFacts
) -> Province | None:
    """The province: named with the issuer, in a letterhead line, a caption, or as the place."""
    if body is not None and not body.local and body.province is None:
        return None
    on = facts.issued_on or _year_said(raw)
    if body is not None and body.province is not None:
        return province(body.province, on)
    for line in raw.issuer:
        above = identify(line.flat, on)
        if above is not None and above.province is not None:
            return province(above.province, on)
        found = find_province(line.flat, on)
        if found is not None:
            return found
    for name in names:
        named = identify(name, on)
        if named is not None and named.province is not None:
            return province(named.province, on)
    if body is not None and (
        body.level in ("district", "commune") or _superior_place(raw.issuer, on)
    ):
        return _inferred_province(raw, facts)
    if body is not None and not body.registered:
        return None  # a school or an office of a ministry sits somewhere and belongs elsewhere
    at_place = find_province(facts.place, on) if facts.place else None
    if at_place is None and body is not None and body.level == "province":
        return _inferred_province(raw, facts)
    return at_place


def _year_said(raw: RawDocument) -> datetime.date | None:
    """The first day of the year that a dateline with blanks, else the title names."""
    for words in (raw.dateline, raw.title):
        found = _YEAR.search(words.flat) if words is not None else None
        if found is not None:
            return datetime.date(int(found.group("year")), 1, 1)
    return None


def _inferred_province(raw: RawDocument, facts: DocumentFacts) -> Province | None:
    """The province that neither letterhead nor caption names.

    Told by the name of the district or commune that issues the document or is the place of its
    date, where one province alone has such a place; else by the title, the preamble, or the bodies
    of the running text, where these name one province only. A finding says by which words.
    """
    on = facts.issued_on
    title = [raw.title] if raw.title is not None else []
    dateline = [raw.dateline] if raw.dateline is not None else []
    running = [words for one in raw.sections for words in one.paragraphs]
    tries = (
        (raw.issuer, province_of_locality),
        (dateline, province_of_seat),
        (title, only_province_named),
        (raw.preamble, only_province_named),
        (running, only_province_governed),
    )
    for fragments, tell in tries:
        found = [(words, named) for words in fragments if (named := tell(words.flat, on))]
        codes = {named.province.code for _, named in found}
        if len(codes) != 1:
            continue
        words, named = found[0]
        start, end = words.span(named.start, named.end)
        raw_words = words.flat[named.start : named.end]
        note = Note("jurisdiction.inferred", raw_words, named.province.code, start, end)
        facts.notes.append(msgspec.structs.replace(note, detail=named.province.name))
        return named.province
    return None


def _with_province(body: Body, area: Province | None) -> str:
    if body.scope is not None and body.level in ("district", "commune"):
        place = body.scope.title() if body.scope.isupper() else body.scope
        return f"{body.agency} {place}"  # "Huyện ủy Đức Cơ"
    if area is None or not body.local or (not body.registered and body.province is None):
        return body.agency
    if body.agency.startswith("Tỉnh "):
        # "Tỉnh ủy Long An", "Thành ủy Hà Nội": the province's kind is in the name already.
        kind = "Thành" if area.kind == "thành phố" else "Tỉnh"
        return f"{kind} {body.agency.removeprefix('Tỉnh ')} {area.name}"
    full = f"{area.kind} {area.name}"
    if body.agency.endswith(" tỉnh"):
        return f"{body.agency.removesuffix(' tỉnh')} {full}"
    return f"{body.agency} {full}"


def _title(facts: DocumentFacts, raw: RawDocument) -> None:
    words = raw.title
    if words is None and raw.type_words is None and raw.sections:
        words = raw.sections[0].title  # an appendix that came without its plan
    if words is None:
        return
    text = tidy(words.flat).rstrip(" .")
    if spelling.misspelt(text):
        repaired, changes = spelling.repair(text)
        for start, end, value in changes:
            low, high = words.span(start, end)
            facts.notes.append(Note("text.repaired", text[start:end], value, low, high))
        text = repaired
    facts.title = text
    facts.plan_year, facts.plan_span = plan_years(text)


def plan_years(title: str) -> tuple[int | None, tuple[int, int] | None]:
    """(the plan's year, its first and last year): years of cited documents do not count."""
    text = _CITED.sub(" ", title)
    span = _RANGE.search(text)
    if span:
        return None, (int(span.group("first")), int(span.group("last")))
    text = _HORIZON.sub(" ", text)
    years = sorted({int(found.group("year")) for found in _YEAR.finditer(text)})
    if len(years) == 1:
        return years[0], None
    return None, (years[0], years[-1]) if years else None


@cache
def _titles() -> dict[str, str]:
    return {
        key(phrase): row["title"]
        for row in entries("signer_titles")
        for phrase in several(row["phrases"])
    }


def _signer(facts: DocumentFacts, raw: RawDocument) -> None:
    signature = raw.signature
    if signature is None:
        return
    if signature.name is not None:
        name = tidy(signature.name.flat)
        facts.signer = name.title() if name.isupper() else name
    if signature.title is not None:
        facts.signer_title = _titles().get(key(signature.title.flat))


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
