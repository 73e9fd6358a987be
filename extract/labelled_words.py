"""Labels in running text: where "Đơn vị chủ trì:" or "Thời gian:" stands and what it announces.

A label is a phrase of the lexicon with a colon behind it, and with no other words between it and
the line's head, a mark or a bracket: every word of it must be one that the lexicon expects there
(``labels.csv``, and the heads of table columns in ``headers.csv``). A dash stands for the colon at
a line's head, and a line that holds a label and nothing else needs neither.
"""

from __future__ import annotations

import itertools
from functools import cache, lru_cache

import msgspec

from normalize.lexicon import entries, several
from normalize.patterns import pattern
from normalize.phrases import phrases
from normalize.text import WORD, Word, key, word_key, words

BODY_ROLES = frozenset({"lead", "coordinating", "lead_and_coordinating"})
TASK_ROLES = frozenset({*BODY_ROLES, "schedule", "deliverables", "budget", "funding_source"})
WEAK = 3
"""The rank of a label that assigns nothing without another label of the task beside it."""

SENTENCE = 2
"""The rank of "Giao Sở … chủ trì": like a weak label, and never that of a clause of its own."""

_MOST_WORDS = 11
_MOST_CHARS = 110
_MOST_PHRASE = 6
_LONGEST_WORD = 16
_MOST_TITLE_WORDS = 16
_MOST_LEADER_WORDS = 12
_LEAD_INS = ("determiner", "lead_in", "link", "leader", "count")
_BULLETS = "-–—−+•●▪■◦·∙✓✔➢➤❖♦*"
_OPENING_MARKS = _BULLETS + " (\"“”'"
_MARKER = pattern(rf"\s*(?P<bullet>[{_BULLETS}])?[{_BULLETS}\s]*")
_ORDINAL = pattern(r"\(?(?:\d{1,2}|[a-zđ])[.)]\s*")
_INSIDE = pattern(r"[\s,/&()\-–]*")
_DASH = pattern(r"\s[-–—]\s+(?=\S)")
_BRACKET = pattern(r"\(([^()]{1,40})\)\s*$")
_NUMBERED = pattern(r"\s*(?P<number>\d{1,2}(?:\.\d{1,2})*)\s*[:.)\-–]\s*(?=\S)")
_TAIL = ";,:(+•–—-./|"
_GIVING = pattern(r"Giao\s+(?:cho\s+)?(?=[^.:;]{3,120}?\schủ\s+trì\b)")
_LEADING = pattern(r"\s+chủ\s+trì$")
_MARKS = pattern(r"[(.;,–-]\s*")
_LIST_ROLES = frozenset({"indicator", "unit", "value", "number", "total"})


class Label(msgspec.Struct, frozen=True, gc=False):
    """One label: what it announces, its words ``text[start:end]``, and where its value begins.

    ``role`` is a column's role (``lead``, ``schedule``, …), ``task`` for words like "Nội dung", or
    ``other``. ``unit`` holds what a bracket in the label says ("triệu đồng").
    """

    role: str
    rank: int
    start: int
    end: int
    behind: int
    unit: str | None


@cache
def _cores() -> dict[str, tuple[str, int]]:
    """Phrase key → (role, rank) of every phrase that makes a label."""
    barred = set(phrases("labels", "not_label").values)
    found: dict[str, tuple[str, int]] = {}
    for row in entries("labels"):
        if row["rank"] != "0":
            for phrase in several(row["phrases"]):
                found.setdefault(key(phrase), (row["role"], int(row["rank"])))
    for row in entries("headers"):
        if row["role"] in _LIST_ROLES:
            continue
        role = "other" if row["role"] in ("note", "approver", "area") else row["role"]
        rank = int(row["rank"]) if role != "lead_and_coordinating" or row["rank"] != "9" else WEAK
        for phrase in several(row["phrases"]):
            if key(phrase) not in barred:
                found.setdefault(key(phrase), (role, rank))
    return found


@cache
def _edges() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Keys of the words that open a label, that end one, and that open the phrase of a task."""
    known = [*_cores(), *phrases("labels", "filler").values]
    return (
        frozenset(phrase.split(" ", 1)[0] for phrase in known),
        frozenset(phrase.rsplit(" ", 1)[-1] for phrase in known),
        frozenset(phrase.split(" ", 1)[0] for phrase, one in _cores().items() if one[0] == "task"),
    )


def marker_of(text: str) -> tuple[str, int]:
    """(bullet that opens the line or "", offset behind it and its blanks)."""
    if text[:1].isalnum():
        return "", 0
    found = _MARKER.match(text)
    if found is None:
        return "", 0
    return found.group("bullet") or "", found.end()


@lru_cache(maxsize=4096)
def find_labels(text: str) -> tuple[Label, ...]:
    """All labels of one paragraph in order; a value runs to the next label."""
    head = marker_of(text)[1]
    ordinal = _ORDINAL.match(text, head)
    head = ordinal.end() if ordinal is not None else head
    found: list[Label] = []
    done = head
    opening_at = len(text) - len(text[head:].lstrip(_OPENING_MARKS))
    colon = text.find(":", head)
    while colon >= 0:
        label = _label_before(text, done, head, opening_at, colon)
        if label is not None:
            found.append(label)
            done = label.behind
        colon = text.find(":", colon + 1)
    if not found or found[0].start > head:
        edge = found[0].start if found else len(text)
        first = WORD.match(text, head)
        opening = None
        if first is not None and word_key(first.group()) in _edges()[0]:
            opening = _opening_label(text, head, edge) or _giving(text, head, edge)
        if opening is not None:
            found.insert(0, opening)
    return tuple(found)


def _label_before(text: str, floor: int, head: int, opening: int, colon: int) -> Label | None:
    """The longest label that ends at the colon and begins behind ``floor``.

    ``opening`` is where the first words of the line stand.
    """
    if text[colon + 1 : colon + 2].isdigit() and text[colon - 1 : colon].isdigit():
        return None  # "8:30"
    end = colon
    low = max(floor, colon - _MOST_CHARS)
    unit = None
    bracket = _BRACKET.search(text, low, end)
    if bracket is not None:
        unit = bracket.group(1).strip()
        end = bracket.start()
    last = WORD.findall(text, max(low, end - _LONGEST_WORD), end)
    if not last or not (last[-1].isdigit() or word_key(last[-1]) in _edges()[1]):
        return None
    stretch = _shifted(words(text[low:end]), low)[-_MOST_WORDS:]
    if not stretch or (stretch[-1].end < end and text[stretch[-1].end : end].strip()):
        return None
    keys = [word.key for word in stretch]
    for first, word in enumerate(stretch):
        if not _may_begin(text, word.start, opening, floor, len(stretch) - first):
            continue
        if not _is_one(text, stretch[first:], word.start > head):
            continue
        role = _role(keys[first:])
        if role is not None:
            return Label(role[0], role[1], word.start, end, _behind(text, colon + 1), unit)
    return None


def _opening_label(text: str, head: int, end: int) -> Label | None:
    """A label at the line's head with a dash for its colon, or one that is the whole line."""
    dash = _DASH.search(text, head, min(end, head + _MOST_CHARS))
    stop = dash.start() if dash is not None else end
    if stop - head > _MOST_CHARS or stop == head:
        return None
    found = words(text[head:stop])
    if not 1 <= len(found) <= _MOST_WORDS or not _is_one(text[head:stop], found, False):
        return None
    if dash is not None and len(found) == 1:
        return None
    if text[head + found[-1].end : stop].strip(" .:"):
        return None
    role = _role([word.key for word in found])
    if role is None or (role[1] <= WEAK and dash is None):
        return None
    behind = dash.end() if dash is not None else stop
    return Label(role[0], role[1], head, head + found[-1].end, behind, None)


def _giving(text: str, head: int, end: int) -> Label | None:
    """ "Giao Sở … chủ trì" at the line's head: the bodies stand behind the first word."""
    found = _GIVING.match(text, head, end)
    if found is None:
        return None
    return Label("lead_and_coordinating", SENTENCE, head, found.end(), found.end(), None)


def _shifted(found: list[Word], by: int) -> list[Word]:
    return [Word(word.key, word.start + by, word.end + by) for word in found]


def _behind(text: str, at: int) -> int:
    while at < len(text) and text[at] == " ":
        at += 1
    return at


def _may_begin(text: str, at: int, opening: int, floor: int, count: int) -> bool:
    """A label opens the line, stands behind a mark, or is capitalised in the middle of words."""
    if at <= opening:
        return True
    if at <= floor:
        return False  # the label before it would have no value
    before = at
    while before and text[before - 1] in " \n\"“”'":
        before -= 1
    mark = text[before - 1] if before else " "
    if mark in ".;,:(…/[)|":
        return True
    if mark in _BULLETS and (before < 2 or text[before - 2].isspace() or text[before - 2] in ".;,"):
        return True
    return count > 1 and text[at].isupper()


def _is_one(text: str, found: list[Word], inside: bool) -> bool:
    """Nothing but commas, slashes and hyphens stands between the words.

    ``inside`` a line what stands before a comma must be a label itself ("Chủ trì, phối hợp"), for
    it may be the end of the value before ("các sở, ngành, phối hợp: …").
    """
    first = 0
    for index, (left, right) in enumerate(itertools.pairwise(found), 1):
        between = text[left.end : right.start]
        if _INSIDE.fullmatch(between) is None:
            return False
        if not inside or not between.strip():
            continue
        if between.strip() in _BULLETS and between[0] == " ":
            return False
        if _role([word.key for word in found[first:index]]) is None:
            return False
        first = index
    return True


@lru_cache(maxsize=4096)
def _role_of_words(joined: str) -> tuple[str, int] | None:
    keys = joined.split(" ")
    fillers = phrases("labels", "filler").values
    cores = _cores()
    roles: list[tuple[str, int]] = []
    at = 0
    while at < len(keys):
        for size in range(min(_MOST_PHRASE, len(keys) - at), 0, -1):
            phrase = " ".join(keys[at : at + size])
            if phrase in cores:
                roles.append(cores[phrase])
            elif phrase not in fillers and not (size == 1 and phrase.isdigit() and roles):
                continue
            at += size
            break
        else:
            return None
    return _settled(roles)


def _role(keys: list[str]) -> tuple[str, int] | None:
    """(role, rank) of a label's words; None unless each is expected and one makes a label."""
    return _role_of_words(" ".join(keys))


def _settled(roles: list[tuple[str, int]]) -> tuple[str, int] | None:
    """The one role of a label that holds several phrases ("Cơ quan chủ trì, phối hợp")."""
    names = {role for role, _ in roles}
    if {"lead", "coordinating"} <= names:
        return "lead_and_coordinating", max(rank for _, rank in roles)
    tasks = [one for one in roles if one[0] in TASK_ROLES]
    if "budget" in names:
        return next(one for one in roles if one[0] == "budget")
    if tasks:
        return max(tasks, key=lambda one: one[1] if one[0] == tasks[0][0] else 0)
    return roles[0] if roles else None


# --- headings ---------------------------------------------------------------------------------


@lru_cache(maxsize=2048)
def is_frame(title: str) -> bool:
    """A heading that orders the plan ("Nội dung, tiến độ thực hiện") and names no activity."""
    keys = key(title).split()
    frames = phrases("labels", "frame")
    cores = _cores()
    at = 0
    while at < len(keys):
        for size in range(min(_MOST_PHRASE, len(keys) - at), 0, -1):
            phrase = " ".join(keys[at : at + size])
            if phrase in frames or phrase in cores or (size == 1 and phrase.isdigit()):
                at += size
                break
        else:
            return False
    return True


@lru_cache(maxsize=2048)
def names_duties(title: str) -> bool:
    """A heading that names who has duties ("1. Sở Nội vụ"), as against what is done."""
    keys = key(title).split()
    return (
        len(keys) <= _MOST_TITLE_WORDS
        and phrases("labels", "body_title").length(keys, 0) > 0
        and not phrases("labels", "not_body_title").length(keys, 0)
    )


@lru_cache(maxsize=2048)
def names_leader(title: str) -> bool:
    """A heading that names a body and nothing that is done ("1. Phòng Nội vụ")."""
    keys, start = _behind_lead_ins(title)
    if not 0 < len(keys) - start <= _MOST_LEADER_WORDS or not title[:1].isupper():
        return False
    if phrases("labels", "lead_title").length(keys, start) == 0:
        return False
    if phrases("labels", "not_body_title").length(keys, start) or _stands(keys, start, "other"):
        return False
    found = words(title)  # "Phòng Giáo dục và Đào tạo": a name's words have capitals
    return not any(
        _stands(keys, at, "doing") and title[found[at].start].islower()
        for at in range(start + 1, min(len(keys), len(found)))
    )


def announces(text: str) -> bool:
    """A line that only announces what follows ("… cụ thể như sau:")."""
    if not text.rstrip().endswith(":"):
        return False
    keys = key(text).split()
    phrases_of = phrases("labels", "introduction")
    return any(" ".join(keys[-size:]) in phrases_of for size in range(1, 4))


def numbered_task(text: str) -> tuple[str, int] | None:
    """The number of "Hoạt động 2: …" or "Nhiệm vụ 1. …" and where the words behind it begin."""
    head = marker_of(text)[1]
    first = WORD.match(text, head)
    if first is None or word_key(first.group()) not in _edges()[2]:
        return None
    found = words(text[head : head + 40])
    cores = _cores()
    for size in range(min(_MOST_PHRASE, len(found)), 0, -1):
        if cores.get(" ".join(word.key for word in found[:size]), ("",))[0] == "task":
            number = _NUMBERED.match(text, head + found[size - 1].end)
            return (number.group("number"), number.end()) if number is not None else None
    return None


@lru_cache(maxsize=4096)
def may_be_bodies(value: str, sure: bool) -> bool:
    """The words behind "Chủ trì:" may name bodies: they do not open with what is to be done.

    ``sure`` is true where the label itself speaks of bodies ("Cơ quan chủ trì").
    """
    at = marker_of(value)[1]
    keys, start = _behind_lead_ins(value[at : at + 80])
    if start >= len(keys):
        return bool(keys)
    if _stands(keys, start, "other"):
        return False
    if _stands(keys, start, "head") or _stands(keys, start, "level"):
        return True
    if _stands(keys, start, "doing"):
        return False
    return sure or start > 0 or value[at : at + 1].isupper()


def unlabelled_lead(text: str, at: int, edge: int) -> tuple[int, int] | None:
    """The bodies of "(Sở … chủ trì; phối hợp: …)", where a label follows at ``edge``."""
    before = text[at:edge].rstrip(_TAIL + " \n")
    verb = _LEADING.search(before)
    if verb is None:
        return None
    starts = [0, *(mark.end() for mark in _MARKS.finditer(before, 0, verb.start()))]
    for start in starts:
        bodies = before[start : verb.start()]
        keys, first = _behind_lead_ins(bodies)
        known = _stands(keys, first, "head") and not _stands(keys, first, "other")
        if known and len(keys) <= _MOST_TITLE_WORDS:
            start += len(bodies) - len(bodies.lstrip())
            return at + start, at + verb.start()
    return None


def _behind_lead_ins(text: str) -> tuple[list[str], int]:
    """The keys of the words, and the index behind "giao", "với", "các", "đồng chí", …"""
    keys = key(text).split()
    start = 0
    while start < len(keys) and not _stands(keys, start, "other"):
        step = max(phrases("agency_words", role).length(keys, start) for role in _LEAD_INS)
        if not step:
            break
        start += step
    return keys, start


def _stands(keys: list[str], at: int, role: str) -> bool:
    return phrases("agency_words", role).length(keys, at) > 0


def value_end(text: str, start: int, end: int) -> int:
    """Where the value ``text[start:end]`` ends: before the marks that part it from what follows.

    A bracket that opened before the value closes behind it.
    """
    closing = text.find(")", start, end)
    while closing >= 0:
        if text.count("(", start, closing) < text.count(")", start, closing + 1):
            end = closing
            break
        closing = text.find(")", closing + 1, end)
    while end > start:
        last = text[end - 1]
        if last == "/" and text[end - 2] != ".":
            break
        if last == "." and text[end - 2] in ".v":
            break  # "…" in dots, "v.v."
        if last not in _TAIL and not last.isspace():
            break
        end -= 1
    return end
