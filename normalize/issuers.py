"""Who issues a document and the province that it belongs to.

Letterheads follow Decree 30/2020/NĐ-CP, appendix I: the superior's line above the issuer's. What a
letterhead leaves out is told by the symbol, the caption, the preamble and the place, in that order.
"""

from __future__ import annotations

import datetime
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from normalize.agencies import Body, agency, identify, read_bodies
from normalize.bare_councils import told_council
from normalize.findings import Note
from normalize.fragment import Fragment
from normalize.lexicon import entries, several
from normalize.localities import (
    only_province_governed,
    only_province_named,
    province_of_locality,
    province_of_seat,
)
from normalize.patterns import pattern
from normalize.places import Province, find_province, province, with_names_mended
from normalize.raw import RawDocument
from normalize.symbols import issuer_of_symbol
from normalize.text import key

if TYPE_CHECKING:
    from normalize.document_rows import DocumentFacts, Reference

_ENACTS = pattern(
    r"(?:^|[,;]\s*)(?P<issuer>\p{Lu}[^,;.]{3,90}?)\s+(?:xây dựng|ban hành|lập|đề ra)\s"
    r"(?:(?!không|chưa)[^,;.]){0,24}?(?i:kế hoạch|chương trình|quyết định)"
)
_LOCAL_LEVELS = ("province", "district", "commune")
YEAR = pattern(r"(?<![\d/.:-])(?P<year>(?:19|20)\d\d)(?![\d/])")
"""A year in running words, no part of a date, a number or a standard ("ISO 9001:2015")."""


def read_issuer(
    facts: DocumentFacts,
    raw: RawDocument,
    own: list[Reference],
    below: list[Reference],
    parent: DocumentFacts | None,
) -> None:
    """Fills issuer, jurisdiction and successor of ``facts``; ``parent``'s where none is told.

    ``own`` and ``below`` are what the captions of the document and of its appendices say.
    """
    on = facts.issued_on or facts.told_on or _year_said(raw)
    body = _letterhead(raw.issuer, on)
    for line in raw.issuer:
        for slip in with_names_mended(line.flat)[1]:
            printed = line.flat[slip.start : slip.end]
            where = line.span(slip.start, slip.end)
            facts.notes.append(Note("text.repaired", printed, slip.name, *where))
    names = [r.issuer for r in (*below, *own) if r.issuer]
    if body is None and parent is not None:
        facts.issuer_id, facts.issuer = parent.issuer_id, parent.issuer
        facts.issuer_agency = parent.issuer_agency
        facts.jurisdiction_code, facts.jurisdiction = parent.jurisdiction_code, parent.jurisdiction
        facts.successor_code, facts.successor = parent.successor_code, parent.successor
        return
    if body is None:
        body = next((one for name in names if (one := identify(name, on)) is not None), None)
    told = _by_symbol(facts)
    if told is not None and (body is None or _is_above(body, told)):
        body = told
    if body is None:
        enactor = _enactor(raw, on)
        council = told_council(raw, enactor, on) if not _is_named(enactor) else None
        body = council.body if council is not None else enactor
        if council is not None:
            facts.notes.append(council.note)
    if body is None:
        return
    area = _province_of(body, raw, names, facts)
    facts.issuer_id, facts.issuer_agency = body.agency_id, body.agency
    facts.issuer = _with_province(body, area)
    place = _superior_place(raw.issuer, on)
    if place is not None and body.level in ("district", "commune") and place not in body.agency:
        facts.issuer = f"{body.agency} {place}"
    if area is not None and (body.local or body.province):
        facts.jurisdiction_code, facts.jurisdiction = area.code, area.name
        facts.successor_code, facts.successor = area.successor_code, area.successor
    elif area is None and body.level in _LOCAL_LEVELS:
        start, end = (raw.issuer[0].start, raw.issuer[-1].end) if raw.issuer else (0, 0)
        facts.notes.append(Note("jurisdiction.unresolved", facts.issuer, None, start, end))


def _is_named(enactor: Body | None) -> bool:
    """A body whose own name tells it: "UBND huyện Đức Huệ", not "UBND huyện"."""
    return enactor is not None and (
        enactor.province is not None
        or (enactor.level in ("district", "commune") and not enactor.registered)
    )


def _by_symbol(facts: DocumentFacts) -> Body | None:
    """The one body that the symbol's letters name ("321/KH-SNV")."""
    named = issuer_of_symbol(facts.symbol) if facts.symbol else None
    entry = agency(named) if named else None
    return identify(entry.agency, facts.issued_on or facts.told_on) if entry is not None else None


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
        if body is not None and not body.registered:
            body = _turned(texts, on) or body
        if body is not None and body.scope is None:
            # "UBND HUYỆN … / PHÒNG NỘI VỤ" is no body of that long name.
            own = _below_a_body(texts, on) if name == tries[0] and not body.registered else None
            return own or _of_lower_level(name, body, texts, on) or body
        found = found or body  # "BỘ X TRƯỜNG Y" read as the ministry and what it does
    return found or _first_of_several(texts, on)


def _of_lower_level(
    name: str, body: Body, texts: list[str], on: datetime.date | None
) -> Body | None:
    """ "HỘI ĐỒNG NHÂN DÂN XÃ X / BAN KINH TẾ - NGÂN SÁCH" is the commune's, not the province's."""
    if body.level != "province" or body.province is not None or name not in texts[1:]:
        return None
    for above in texts[: texts.index(name)]:
        superior = identify(above, on)
        if superior is not None and superior.level in ("district", "commune"):
            own = identify(f"{name} {above}", on)
            if own is not None and own.level == superior.level and own.scope is None:
                return own
    return None


def _turned(texts: list[str], on: datetime.date | None) -> Body | None:
    """The registered body that the lines name in another order: a unit below what it belongs to.

    "HỘI ĐỒNG NHÂN DÂN TỈNH X / BAN PHÁP CHẾ", "NGÂN HÀNG Y / BAN ĐẠI DIỆN … / TỈNH X".
    """
    for kept in (0, 1):
        turning, place = texts[: len(texts) - kept], texts[len(texts) - kept :]
        for first in range(1, len(turning)):
            body = identify(" ".join([*turning[first:], *turning[:first], *place]), on)
            if body is not None and body.registered and body.scope is None:
                return body
    return None


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
    if key(texts[-1]) in _organs():
        return above  # "ỦY BAN MTTQ … HUYỆN X / BAN THƯỜNG TRỰC": who acts for the body above
    if own is None or above is None or own.kind != "organization":
        return None
    return own if key(own.raw).split()[0] == key(own.agency).split()[0] else None


@cache
def _organs() -> frozenset[str]:
    """Organs that act for the body above them in a letterhead and have no name of their own."""
    rows = (row for row in entries("agency_words") if row["role"] == "organ")
    return frozenset(key(phrase) for row in rows for phrase in several(row["phrases"]))


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
    body: Body, raw: RawDocument, names: list[str], facts: DocumentFacts
) -> Province | None:
    """The province: named with the issuer, in a letterhead line, a caption, or as the place."""
    if not body.local and body.province is None:
        return None
    on = facts.issued_on or facts.told_on or _year_said(raw)
    if body.province is not None:
        return province(body.province, on)
    for line in raw.issuer:
        above = identify(line.flat, on)
        if above is not None and above.province is not None:
            return province(above.province, on)
        found = find_province(line.flat, on)
        if found is not None:
            return found
    for line in raw.issuer[:-1]:
        superior = only_province_named(line.flat, on)  # "ĐẢNG BỘ TỈNH …" is no body of ours
        if superior is not None:
            return superior.province
    for name in names:
        named = identify(name, on)
        if named is not None and named.province is not None:
            return province(named.province, on)
    if body.level in ("district", "commune") or _superior_place(raw.issuer, on):
        return _inferred_province(raw, facts)
    if not body.registered:
        return None  # a school or an office of a ministry sits somewhere and belongs elsewhere
    at_place = find_province(facts.place, on) if facts.place else None
    if at_place is None and body.level == "province":
        return _inferred_province(raw, facts)
    return at_place


def _year_said(raw: RawDocument) -> datetime.date | None:
    """The first day of the year that a dateline with blanks, else the title names."""
    for words in (raw.dateline, raw.title):
        found = YEAR.search(words.flat) if words is not None else None
        if found is not None:
            return datetime.date(int(found.group("year")), 1, 1)
    return None


def _inferred_province(raw: RawDocument, facts: DocumentFacts) -> Province | None:
    """The province that neither letterhead nor caption names.

    Told by the name of the district or commune that issues the document or is the place of its
    date, where one province alone has such a place; else by the title, the preamble, or the bodies
    of the running text, where these name one province only. A finding says by which words.
    """
    on = facts.issued_on or facts.told_on or _year_said(raw)
    title = [raw.title] if raw.title is not None else []
    dateline = [raw.dateline] if raw.dateline is not None else []
    running = [words for one in raw.sections for words in one.paragraphs]
    tries = (
        (raw.issuer, province_of_locality),
        (dateline, province_of_seat),
        (title, only_province_named),
        (title, province_of_locality),
        (raw.preamble, only_province_named),
        (raw.preamble, province_of_locality),
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


def _own_level(body: Body) -> str:
    """The name with the level that is printed: "Đảng ủy phường", known as "Đảng ủy xã"."""
    words = body.agency.rpartition(" ")
    printed = key(body.raw)
    ranked = _ranks()
    for word in ranked:
        same = ranked.get(words[2]) == ranked[word]
        if same and f" {key(f'{word} {body.scope}')}" in printed:
            return f"{words[0]} {word}"
    return body.agency


@cache
def _ranks() -> dict[str, str]:
    """Level words written out ("phường") and the rank of their level."""
    levels = [row for row in entries("agency_words") if row["role"] == "level"]
    return {several(row["phrases"])[0]: row["attributes"] for row in levels}


def _with_province(body: Body, area: Province | None) -> str:
    if body.scope is not None and body.level in ("district", "commune"):
        place = body.scope.title() if body.scope.isupper() else body.scope
        return f"{_own_level(body)} {place}"  # "Huyện ủy Đức Cơ"
    if area is None or not body.local or (not body.registered and body.province is None):
        return body.agency
    if body.agency.startswith("Tỉnh "):
        # "Tỉnh ủy Long An", "Thành ủy Hà Nội": the province's kind is in the name already.
        kind = "Thành" if area.kind == "thành phố" else "Tỉnh"
        return f"{kind} {body.agency.removeprefix('Tỉnh ')} {area.name}"
    if body.agency.endswith(" Tỉnh ủy"):
        # "Ban Tuyên giáo Tỉnh ủy Long An", "Văn phòng Thành ủy Hà Nội".
        kind = "Thành ủy" if area.kind == "thành phố" else "Tỉnh ủy"
        return f"{body.agency.removesuffix('Tỉnh ủy')}{kind} {area.name}"
    full = f"{area.kind} {area.name}"
    if body.agency.endswith(" tỉnh"):
        return f"{body.agency.removesuffix(' tỉnh')} {full}"
    return f"{body.agency} {full}"
