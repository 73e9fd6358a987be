"""Citations: mentions of numbered documents and of laws in one paragraph or table cell.

A citation needs a symbol or is a law (contract, "Targets and citations"). Members of a list share
what it says once: the type forward ("các Nghị định 130/2005/NĐ-CP …, 117/2013/NĐ-CP …"), date and
issuer backward ("107/2020/NĐ-CP và 108/2020/NĐ-CP ngày 14/9/2020 của Chính phủ"), and only among
members whose letters are the same, so that a decree never takes a circular's date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

import msgspec
from msgspec.structs import replace

from extract.cited_laws import CitedLaw, find_laws
from extract.cited_symbols import CitedSymbol, find_symbols
from extract.cited_words import read_head, read_sender, read_tail, read_year
from normalize.text import one_line, tidy

_JOINED = re.compile(r"\s*(?:,|;|,\s*và\s|và\s|hoặc\s|,\s*hoặc\s)\s*(?:các\s+)?", re.IGNORECASE)
_NUMBER = re.compile(r"\s*\(?\s*(?:luật\s+)?(?:số\s*:?\s*)?", re.IGNORECASE)
_LAW_WORDS = ("Luật", "LUẬT", "luật ", "Pháp lệnh", "Pháp Lệnh", "PHÁP LỆNH", "Hiến", "HIẾN")


class Citation(msgspec.Struct, frozen=True, gc=False):
    """One mention of a document.

    ``symbol`` is canonical, without blanks; ``type_words`` the lexicon's name of the type ("Nghị
    định"), own or the list's; ``issuer_words`` the body as printed, own or the list's; ``title``
    only for laws, with the word "Luật". ``raw`` is ``text[start:end]`` tidied: the mention's own
    words, from its type to its date and issuer.
    """

    symbol: str | None
    type_words: str | None
    issued_on: date | None
    issuer_words: str | None
    title: str | None
    raw: str
    start: int
    end: int


class _Draft(msgspec.Struct, frozen=True, gc=False):
    """A mention before its list is read.

    ``letters`` are those of the symbol, ``body`` its issuer's; both "" for a law.
    """

    symbol: str | None
    letters: str
    body: str
    year: int | None
    type_words: str | None
    issued_on: date | None
    issuer: str | None
    title: str | None
    start: int
    end: int


@lru_cache(maxsize=4_096)
def find_citations(text: str) -> tuple[Citation, ...]:
    """All mentions in ``text`` in order; line breaks count as blanks."""
    text = one_line(text)
    symbols = find_symbols(text)
    laws = list(find_laws(text)) if any(word in text for word in _LAW_WORDS) else []
    if not symbols and not laws:
        return ()
    drafts: list[_Draft] = []
    floor = 0
    mentions: list[CitedLaw | CitedSymbol] = sorted([*symbols, *laws], key=_start)
    for found in mentions:
        if found.start < floor:
            continue
        if isinstance(found, CitedLaw):
            draft = _read_law(text, found, symbols)
        else:
            draft = _read_symbol(text, found, floor)
        if draft is not None:
            drafts.append(draft)
            floor = draft.end
    return tuple(_citation(text, draft) for group in _lists(text, drafts) for draft in group)


def _start(found: CitedLaw | CitedSymbol) -> int:
    return found.start


def _citation(text: str, draft: _Draft) -> Citation:
    return Citation(
        symbol=draft.symbol,
        type_words=draft.type_words,
        issued_on=draft.issued_on,
        issuer_words=draft.issuer,
        title=draft.title,
        raw=tidy(text[draft.start : draft.end]),
        start=draft.start,
        end=draft.end,
    )


def _read_symbol(text: str, found: CitedSymbol, floor: int) -> _Draft | None:
    head = read_head(text, found.start, floor)
    if head is None:
        return None
    tail = read_tail(text, found.end)
    named = head.type_words is not None or head.numbered
    if not (found.sure or named or tail.issued_on is not None):
        return None
    issuer = tail.issuer or head.issuer
    if issuer is None and head.type_words is not None:
        issuer = read_sender(text, head, floor)
    return _Draft(
        symbol=found.symbol,
        letters=found.letters,
        body=found.body,
        year=found.year,
        type_words=head.type_words,
        issued_on=tail.issued_on,
        issuer=issuer,
        title=None,
        start=head.start,
        end=tail.end,
    )


def _read_law(text: str, found: CitedLaw, symbols: Iterable[CitedSymbol]) -> _Draft | None:
    """A law with the symbol that stands right behind its title, if one does."""
    end = found.end
    symbol: CitedSymbol | None = None
    number = _NUMBER.match(text, end)
    if number is not None:
        symbol = next((one for one in symbols if one.start == number.end()), None)
    if symbol is not None:
        end = symbol.end
        if "(" in text[found.end : symbol.start] and text[end : end + 1] == ")":
            end += 1
    elif found.title is None:
        return None
    tail = read_tail(text, end)
    end = tail.end
    if tail.issued_on is None:
        end = read_year(text, end)
    return _Draft(
        symbol=symbol.symbol if symbol is not None else None,
        letters="",
        body="",
        year=None,
        type_words=found.type_words,
        issued_on=tail.issued_on,
        issuer=tail.issuer,
        title=found.title,
        start=found.start,
        end=end,
    )


def _lists(text: str, drafts: list[_Draft]) -> Iterable[list[_Draft]]:
    """Mentions that only "," ";" "và" "hoặc" part from each other, their shared words filled in."""
    group: list[_Draft] = []
    for draft in drafts:
        if group and not _is_joined(text, group[-1], draft):
            yield _shared(group)
            group = []
        group.append(draft)
    if group:
        yield _shared(group)


def _is_joined(text: str, before: _Draft, draft: _Draft) -> bool:
    """Members of one list; laws with a semicolon between them, or one that amends, are none."""
    if not _JOINED.fullmatch(text, before.end, draft.start):
        return False
    if before.title is None or draft.title is None:
        return True
    return ";" not in text[before.end : draft.start] and "sửa đổi" not in draft.title


def _shared(group: list[_Draft]) -> list[_Draft]:
    if len(group) == 1:
        return group
    made = list(group)
    for index in range(1, len(made)):
        draft, before = made[index], made[index - 1]
        if draft.type_words is None and draft.letters == before.letters:
            made[index] = replace(draft, type_words=before.type_words)
    for letters in {draft.letters for draft in made}:
        members = [index for index, draft in enumerate(made) if draft.letters == letters]
        _share_date(made, members)
    for body in {draft.body for draft in made}:
        _share_issuer(made, [index for index, draft in enumerate(made) if draft.body == body])
    return made


def _share_date(made: list[_Draft], members: list[int]) -> None:
    """A date said once counts for the members before it whose own year does not speak against."""
    dated = [index for index in members if made[index].issued_on is not None]
    if len(dated) != 1:
        return
    issued_on = made[dated[0]].issued_on
    for index in members:
        draft = made[index]
        if index < dated[0] and issued_on is not None and draft.year in (None, issued_on.year):
            made[index] = replace(draft, issued_on=issued_on)


def _share_issuer(made: list[_Draft], members: list[int]) -> None:
    """An issuer said once counts for all members; one that several say, for none else."""
    named = [made[index].issuer for index in members if made[index].issuer is not None]
    if len(set(named)) != 1:
        return
    for index in members:
        if made[index].issuer is None:
            made[index] = replace(made[index], issuer=named[0])
