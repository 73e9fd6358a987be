"""What the figures of one clause measure: subject and extent of each.

Between two figures the words belong partly to the first, partly to the second. A first figure
without a predicate of its own takes the one of the figure that it is joined to: "80% hồ sơ cấp
tỉnh và 60% hồ sơ cấp xã được xử lý …" are two subjects with one predicate.
"""

from __future__ import annotations

import re

import msgspec
from msgspec.structs import replace

from extract.target_clauses import Clause
from extract.target_figures import Figure, index_at, words_of
from extract.target_ranks import RANK
from extract.target_subjects import ENDS, is_indicator, is_time, replaced, subject_before
from normalize.text import tidy

_CONNECTOR = re.compile(r"[\s,]*(?:(?<!\w)(?:và|hoặc|cùng)\s*|,\s*|:\s*)$", re.IGNORECASE)
_WHERE = re.compile(r"(?:đối với|tại|ở|của)\s", re.IGNORECASE)
_YEAR_AT_END = re.compile(r"\s+(?:trong\s+|vào\s+)?năm\s+\d{4}$", re.IGNORECASE)
_COUNTED = re.compile(r"^\s*\(\s*\d+\s*/\s*\d+[^()]{0,24}\)")
"""The count beside its share: "100% | (45/45) xã"."""
_SHARES = ("%", "‰", "điểm %")
_SHORT = 3
_GOVERNING = 10
_MOST_WAITING = 24
"""Figures in a row that share one predicate; more of them are no sentence."""
_MOST_SUBJECT = 400
"""Characters of a subject that the next figure may take over."""


class Part(msgspec.Struct, frozen=True, gc=False):
    """One figure with its subject; offsets in the clause.

    ``floor`` is where its own words begin, ``start`` where ``raw`` begins, ``end`` where it ends.
    """

    figure: Figure
    subject: str
    floor: int
    start: int
    end: int


class _Lead(msgspec.Struct, frozen=True, gc=False):
    """The word that governs a figure: its kinds, its words, where it begins."""

    link: bool
    verb: str
    start: int
    preposition: str = ""


class _Draft(msgspec.Struct):
    """One figure while its clause is read; ``after`` ends before the next figure's own words."""

    figure: Figure
    lead: _Lead
    floor: int
    before: str
    after_end: int
    joined: bool
    subject: str = ""
    noun: str = ""
    waiting: bool = False
    comparator: str = ""


def parts_of(clause: Clause, figures: list[Figure], previous: str, label: str = "") -> list[Part]:
    """The figures of one clause in order, each with its subject; one without any is left out.

    ``previous`` is the subject of the clause before, for a figure that says none ("đến năm 2025
    đạt 60%; phấn đấu năm 2030 đạt 80%"); ``label`` what a colon before the list names. A count with
    neither is measured by the word that leads to it ("Đạt 12 bác sĩ/vạn dân").
    """
    if not figures:
        return []
    drafts = _drafts(clause, [figure for figure in figures if figure.first])
    verb = ""
    stated = "="
    for index, draft in enumerate(drafts):
        following = drafts[index + 1] if index + 1 < len(drafts) else None
        if draft.joined and index and not draft.lead.verb and verb:
            draft.comparator = stated if draft.figure.comparator == "=" else ""
        else:
            verb, stated = draft.lead.verb, draft.figure.comparator
        _measure(clause, draft, verb, previous)
        draft.waiting = _waits(clause, draft, following)
        previous = draft.subject[:_MOST_SUBJECT] or previous
    _share(clause, drafts)
    made: list[Part] = []
    owner: dict[int, _Draft] = {id(draft.figure): draft for draft in drafts}
    current: _Draft | None = None
    for figure in figures:
        current = owner.get(id(figure), current)
        if current is None:
            continue
        if not current.subject and not figure.unit.startswith(_SHARES):
            led = tidy(clause.text[current.lead.start : current.figure.lead]).strip(ENDS)
            current.subject = label or led or (made[-1].subject if made else current.figure.unit)
        if not current.subject:
            continue
        start = current.lead.start if figure.first else figure.lead
        if figure.first and current.comparator:
            figure = replace(figure, comparator=current.comparator)
        made.append(Part(figure, current.subject, current.floor, start, current.after_end))
    return made


def _drafts(clause: Clause, figures: list[Figure]) -> list[_Draft]:
    made: list[_Draft] = []
    floor = 0
    joined = False
    for index, figure in enumerate(figures):
        lead = _lead(clause, figure, floor)
        before = clause.text[floor : lead.start]
        end = len(clause.text)
        split, next_joined = end, False
        if index + 1 < len(figures):
            following = _lead(clause, figures[index + 1], figure.end)
            split, next_joined = _split(clause, figure.end, following.start)
        made.append(
            _Draft(
                figure=figure,
                lead=lead,
                floor=floor,
                before=before,
                after_end=_cut(clause, figure.end, split),
                joined=joined,
            )
        )
        floor, joined = split, next_joined
    return made


def _lead(clause: Clause, figure: Figure, floor: int) -> _Lead:
    """The governing word right before the figure; none, where another mark or word stands."""
    text, found = clause.text, clause.words
    index = index_at(found, figure.lead)
    if index and found[index - 1].start >= floor:
        gap = text[found[index - 1].end : figure.lead]
        if not gap.strip():
            best: _Lead | None = None
            for kind in ("verb", "link", "neutral", "preposition"):
                hit = words_of(kind).before(text, found, index)
                if hit is None or found[hit[0]].start < floor:
                    continue
                start = found[hit[0]].start
                if best is None or start < best.start:
                    said = text[start : found[index - 1].end]
                    best = _Lead(
                        kind == "link",
                        said if kind == "verb" else "",
                        start,
                        said if kind == "preposition" else "",
                    )
                elif start == best.start and kind == "link":
                    best = _Lead(True, best.verb, start)
            if best is not None:
                return best
    return _Lead(False, "", figure.lead)


def _split(clause: Clause, start: int, end: int) -> tuple[int, bool]:
    """Where the words of the next figure begin between two figures, and whether they are joined.

    "80% A và | 60% B", "98% A, | tỷ lệ B đạt 90%", "100% A, riêng | B có 70%".
    """
    text, found = clause.text, clause.words
    between = text[start:end]
    joined = _CONNECTOR.search(between)
    if joined is not None:
        return start + joined.start(), True
    if not between.strip():
        return start, True
    last = None
    depth = 0
    for index in range(index_at(found, start), index_at(found, end)):
        left = max(start, found[index - 1].end if index else 0)
        gap = text[left : found[index].start]
        depth += gap.count("(") - gap.count(")")
        if depth > 0 or found[index].start <= start:
            continue
        mark = gap.find(", ") if ": " not in gap else gap.index(": ")
        if mark < 0 and not (index and found[index - 1].key == "va1" and left > start):
            continue
        last = left + mark if mark >= 0 else found[index - 1].start
        if ": " in gap or _opens_thought(clause, index):
            return last, False
    return (last, False) if last is not None else (end, False)


def _opens_thought(clause: Clause, index: int) -> bool:
    """Whether word ``index`` begins what another figure measures: "riêng", "tỷ lệ", not "số"."""
    text, found = clause.text, clause.words
    return words_of("break").at(text, found, index) is not None or (
        words_of("indicator").at(text, found, index) is not None
        and words_of("weak_indicator").at(text, found, index) is None
    )


def _cut(clause: Clause, start: int, end: int) -> int:
    """Where the clause behind a figure ends: at ":" or at a word that opens another thought."""
    text, found = clause.text, clause.words
    depth = 0
    for index in range(index_at(found, start), index_at(found, end)):
        left = max(start, found[index - 1].end if index else 0)
        gap = text[left : found[index].start]
        depth += gap.count("(") - gap.count(")")
        if depth > 0:
            continue
        if ": " in gap:
            return _trimmed(text, left + gap.index(":"))
        comma = "," in gap
        also = index > 0 and found[index - 1].key == "va1" and found[index - 1].start >= start
        if (comma or also) and (
            words_of("break").at(text, found, index) is not None or _counts_anew(clause, index, end)
        ):
            return _trimmed(text, left + gap.index(",") if comma else found[index - 1].start)
    return _trimmed(text, end)


def _counts_anew(clause: Clause, index: int, end: int) -> bool:
    """ ", thành lập 20 công đoàn cơ sở": a verb with a figure of its own right behind it."""
    text, found = clause.text, clause.words
    verb = words_of("verb").at(text, found, index)
    if verb is None or verb[0] >= len(found) or found[verb[0]].start >= end:
        return False
    return found[verb[0]].key.isdigit()


def _trimmed(text: str, end: int) -> int:
    while end and text[end - 1] in " \t\n,;:-–":
        end -= 1
    return end


def _measure(clause: Clause, draft: _Draft, verb: str, previous: str) -> None:
    """Find the subject: behind the figure, before it, or on both sides."""
    figure, lead = draft.figure, draft.lead
    after = _COUNTED.sub("", clause.text[figure.end : draft.after_end]).strip(ENDS)
    noun, predicate = _opens_with(clause, figure.end, draft.after_end)
    plain = subject_before(draft.before)
    share = figure.unit.startswith(_SHARES)
    measured = lead.link or is_time(figure.unit)
    if figure.unit == RANK:
        draft.subject = plain or previous or tidy(clause.text[lead.start : figure.start])
    elif not share and not (measured and is_indicator(plain)):
        verb = verb or lead.verb
        draft.subject = f"{verb} {after}".strip() or plain
        draft.noun = figure.unit
    elif share and (noun or predicate):
        draft.subject = _around(clause, draft, after, plain, predicate, verb)
        draft.noun = draft.subject
    elif plain:
        named = replaced(previous, plain)
        draft.subject = f"{named} {lead.verb}" if lead.verb else named
    elif lead.verb and (after or not previous):
        draft.subject = f"{lead.verb} {after}"
    elif _WHERE.match(after):
        # "… đạt 10% đối với cấp tỉnh, 5% đối với cấp xã"
        draft.subject = f"{previous} {after}" if draft.joined and previous else after
    else:
        draft.subject = _YEAR_AT_END.sub("", previous) or after
        if lead.verb and not draft.subject.casefold().startswith(lead.verb.casefold()):
            draft.subject = f"{draft.subject} {lead.verb}"
    draft.subject = tidy(draft.subject).strip(ENDS)


def _around(
    clause: Clause, draft: _Draft, after: str, plain: str, predicate: bool, verb: str
) -> str:
    """The subject of a share with words behind it: what is shared, or what becomes of it."""
    lead = draft.lead
    if plain and (predicate or (lead.link and not lead.verb)):
        return plain if lead.link else f"{plain} {after}"
    if verb or lead.verb:
        return f"{verb or lead.verb} {after}"
    digits = any(char.isdigit() for char in plain)
    if lead.preposition and plain and len(plain.split()) <= _GOVERNING and not digits:
        return f"{plain} {lead.preposition} {after}"
    unled = lead.start == draft.figure.lead and not draft.joined
    unled = unled and not draft.before.rstrip().endswith(":")  # "Về thể chế: 100% văn bản …"
    if unled and 0 < len(plain.split()) <= _SHORT and not digits:
        at = draft.before.rfind(plain)
        if at >= 0 and not draft.before[at + len(plain) :].strip():
            draft.lead = _Lead(False, plain, draft.floor + at)
        return f"{plain} {after}"
    return after


def _opens_with(clause: Clause, start: int, end: int) -> tuple[bool, bool]:
    """(a noun follows the figure, a predicate does); neither for "năm 2025" or nothing."""
    text, found = clause.text, clause.words
    while True:
        index = index_at(found, start)
        if index >= len(found) or found[index].start >= end:
            return False, False
        gap = text[start : found[index].start].strip(" \t\n“\"'")
        if not gap.startswith("("):
            break
        closed = text.find(")", start, end)
        if closed < 0:
            return False, False
        start = closed + 1
    if gap or words_of("after_stop").at(text, found, index) is not None:
        return False, False
    if words_of("predicate").at(text, found, index) is not None:
        return False, True
    return True, False


def _waits(clause: Clause, draft: _Draft, following: _Draft | None) -> bool:
    """A noun without predicate whose next figure is joined to it waits for that one's predicate."""
    if following is None or not following.joined or following.lead.link:
        return False
    if not draft.subject:
        return True
    if not draft.noun:
        return False
    return _predicate_at(clause, draft.figure.end, draft.after_end) is None


def _predicate_at(clause: Clause, start: int, end: int) -> int | None:
    """Where the first predicate outside brackets begins between two offsets."""
    text, found = clause.text, clause.words
    depth = 0
    for index in range(index_at(found, start), index_at(found, end)):
        left = found[index - 1].end if index else 0
        gap = text[max(left, start) : found[index].start]
        depth += gap.count("(") - gap.count(")")
        if depth <= 0 and words_of("predicate").at(text, found, index) is not None:
            return found[index].start
    return None


def _share(clause: Clause, drafts: list[_Draft]) -> None:
    """Give each waiting figure the predicate of the one it waits for, and that one's end."""
    predicate = subject = unit = ""
    end = 0
    waited = 0
    for draft in reversed(drafts):
        waited = waited + 1 if draft.waiting else 0
        if 0 < waited <= _MOST_WAITING:
            if not draft.subject and draft.figure.unit == unit:
                draft.subject, draft.after_end = subject, end
            elif predicate:
                draft.subject = f"{draft.subject} {predicate}".strip()
                draft.after_end = end
            continue
        at = _predicate_at(clause, draft.figure.end, draft.after_end)
        predicate = tidy(clause.text[at : draft.after_end]).strip(ENDS) if at is not None else ""
        end, subject, unit = draft.after_end, draft.subject, draft.figure.unit
