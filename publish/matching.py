"""Which task of an old plan is which task of a new one.

First documents are paired, then the tasks within each pair: those with the same words, then those
whose words are nearly the same, or that have the same number and words that still resemble each
other. Among what is possible the best pairs over all are taken (``publish/best_pairs.py``), so
that a task put in between, which renumbers all that follow, leads nothing astray.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import msgspec
from rapidfuzz import fuzz

from normalize.text import key
from publish.best_pairs import best_pairs

Row = Mapping[str, Any]

ALIKE = 75.0
"""Words so alike are the same task's. Of tasks of one plan, one pair in a hundred reaches 70."""
RESEMBLING = 55.0
"""Enough where the number is the same too, and the leading bodies or the area …"""
SLIGHTLY = 45.0
"""… and this, where the leading bodies and the time or the products are the same as well."""
_TITLES_ALIKE = 75.0

_NUMBER_WEIGHT, _LEAD_WEIGHT, _OTHER_WEIGHT, _PLACE_WEIGHT = 12.0, 4.0, 2.0, 1.0
_ALL_PAIRS = 2_500
"""Up to so many pairs each is looked at; beyond, only tasks that share rare words."""
_COMMON = 48
_CANDIDATES = 8
_PLACE_ONLY = re.compile(r"r\d+(-\d+)?$")


class Match(msgspec.Struct, frozen=True):
    """One task in both (``matched_by`` says why), or in one of the two alone."""

    old: Row | None
    new: Row | None
    matched_by: str | None = None
    similarity: float | None = None


class _Task(msgspec.Struct, frozen=True):
    """A task as it is compared; ``place`` from 0 to 1 within its document."""

    row: Row
    words: str
    number: str | None
    place: float


def match_tasks(
    old_documents: Sequence[Row],
    old_tasks: Sequence[Row],
    new_documents: Sequence[Row],
    new_tasks: Sequence[Row],
) -> list[Match]:
    """Every task of both sides, each once: in the order of the new ones, dropped ones last of
    the document that they would stand in."""
    old, new = _by_document(old_tasks), _by_document(new_tasks)
    partner = _document_pairs(
        [row for row in old_documents if row["document_id"] in old],
        [row for row in new_documents if row["document_id"] in new],
        old,
        new,
    )
    made: list[Match] = []
    for name, tasks in new.items():
        made += _match_document(old.pop(partner[name], []) if name in partner else [], tasks)
    for tasks in old.values():
        made += [Match(task.row, None) for task in tasks]
    return made


def _by_document(tasks: Sequence[Row]) -> dict[str, list[_Task]]:
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in tasks:
        rows[row["document_id"]].append(row)
    return {
        name: [
            _Task(row, key(row["task"]), _number(row), place / len(own))
            for place, row in enumerate(own)
        ]
        for name, own in rows.items()
    }


def _number(row: Row) -> str | None:
    """The task's number with its area's, as its id has it; None for a mere place in the table."""
    tail = str(row["task_id"]).removeprefix(f"{row['document_id']}/")
    return None if _PLACE_ONLY.match(tail) else tail


def _document_pairs(
    old: Sequence[Row],
    new: Sequence[Row],
    old_tasks: Mapping[str, list[_Task]],
    new_tasks: Mapping[str, list[_Task]],
) -> dict[str, str]:
    """New document → old one: the same id, else shared tasks or a like title, else the only two."""
    known = {row["document_id"] for row in old}
    pairs = {row["document_id"]: row["document_id"] for row in new if row["document_id"] in known}
    old = [row for row in old if row["document_id"] not in pairs]
    new = [row for row in new if row["document_id"] not in pairs]
    if not pairs and len(old) == len(new) == 1:  # two plans, each with its own number
        return {new[0]["document_id"]: old[0]["document_id"]}
    holders: dict[str, set[int]] = defaultdict(set)
    for place, row in enumerate(old):
        for task in old_tasks[row["document_id"]]:
            holders[task.words].add(place)
    alike: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, row in enumerate(old):
        alike[row["jurisdiction_code"] or "", row["doc_type"] or ""].append(place)
    weights: dict[tuple[int, int], float] = {}
    for there, row in enumerate(new):
        own = new_tasks[row["document_id"]]
        # Words that a dozen documents share tell none of them from the others.
        shared = Counter(
            place
            for words in {task.words for task in own}
            if len(holders.get(words, ())) <= _COMMON
            for place in holders.get(words, ())
        )
        for place in {*shared, *alike[row["jurisdiction_code"] or "", row["doc_type"] or ""]}:
            titles = fuzz.ratio(key(old[place]["title"] or ""), key(row["title"] or ""))
            size = min(len(own), len(old_tasks[old[place]["document_id"]]))
            if titles >= _TITLES_ALIKE or shared[place] * 4 >= size:
                weights[place, there] = titles + 200.0 * shared[place] / size
    return {
        **pairs,
        **{
            new[there]["document_id"]: old[place]["document_id"]
            for place, there in best_pairs(weights)
        },
    }


def _match_document(old: list[_Task], new: list[_Task]) -> Iterable[Match]:
    """Every task of two documents; new ones in their order, then what was dropped."""
    pairs = _same_words(old, new)
    free_old = [place for place in range(len(old)) if place not in set(pairs.values())]
    free_new = [place for place in range(len(new)) if place not in pairs]
    weights = {}
    for there, here in _candidates(old, free_old, new, free_new):
        weight = _weight(old[here], new[there])
        if weight:
            weights[here, there] = weight
    pairs |= {there: here for here, there in best_pairs(weights)}
    for there, task in enumerate(new):
        if there in pairs:
            yield _matched(old[pairs[there]], task)
        else:
            yield Match(None, task.row)
    taken = set(pairs.values())
    yield from (Match(task.row, None) for place, task in enumerate(old) if place not in taken)


def _matched(old: _Task, new: _Task) -> Match:
    similarity = 100.0 if old.words == new.words else fuzz.ratio(old.words, new.words)
    if old.number is None or old.number != new.number:
        reason = "text"
    else:
        reason = "number_and_text" if similarity >= ALIKE else "number"
    return Match(old.row, new.row, reason, round(similarity, 1))


def _same_words(old: list[_Task], new: list[_Task]) -> dict[int, int]:
    """New place → old place of tasks with the same words: those most alike otherwise first."""
    groups: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for place, task in enumerate(old):
        groups[task.words][0].append(place)
    for place, task in enumerate(new):
        groups[task.words][1].append(place)
    pairs: dict[int, int] = {}
    for words, (here, there) in groups.items():
        if not words:
            continue
        # Several tasks with the same words: number, then what else they say, then their order.
        for same in (_numbered, _all_fields, _leading, lambda task: None):
            waiting = defaultdict(list)
            for place in here:
                waiting[same(old[place])].append(place)
            for place in list(there):
                ready = waiting.get(same(new[place]))
                if ready:
                    pairs[place] = ready.pop(0)
                    here.remove(pairs[place])
                    there.remove(place)
            if not here or not there:
                break
    return pairs


def _numbered(task: _Task) -> object:
    return task.number or ("no number", id(task))


def _leading(task: _Task) -> object:
    return tuple(task.row["lead"])


def _all_fields(task: _Task) -> object:
    row = task.row
    return (tuple(row["lead"]), row["schedule"], tuple(row["deliverables"]), row["area"])


def _candidates(
    old: list[_Task], free_old: list[int], new: list[_Task], free_new: list[int]
) -> Iterable[tuple[int, int]]:
    """The pairs (new place, old place) that are worth a look."""
    if len(free_old) * len(free_new) <= _ALL_PAIRS:
        return [(there, here) for there in free_new for here in free_old]
    holders: dict[str, list[int]] = defaultdict(list)
    numbers: dict[str, int] = {}
    for place in free_old:
        for piece in _pieces(old[place].words):
            holders[piece].append(place)
        number = old[place].number
        if number is not None:
            numbers[number] = place
    made = []
    for there in free_new:
        found: Counter[int] = Counter()
        for piece in _pieces(new[there].words):
            here = holders.get(piece, ())
            if len(here) <= _COMMON:
                for place in here:
                    found[place] += 60 // len(here)  # a rare piece says more
        best = sorted(found, key=lambda place: (-found[place], place))[:_CANDIDATES]
        same = numbers.get(new[there].number or "")
        made += [(there, place) for place in {*best, *(() if same is None else (same,))}]
    return made


def _pieces(words: str) -> set[str]:
    """Words and pairs of neighbours."""
    single = words.split()
    return {*single, *(f"{one} {two}" for one, two in pairwise(single))}


def _weight(old: _Task, new: _Task) -> float:
    """What speaks for the pair, from 0 to 1; 0 where too little does.

    As a cube, so that one pair of the same words outweighs two that merely resemble each other.
    """
    same_number = old.number is not None and old.number == new.number
    least = SLIGHTLY if same_number else ALIKE
    alike = fuzz.ratio(old.words, new.words, score_cutoff=least)
    if not alike:
        return 0.0
    lead = bool(old.row["lead"]) and old.row["lead"] == new.row["lead"]
    other = sum(
        bool(old.row[name]) and old.row[name] == new.row[name]
        for name in ("schedule", "deliverables")
    )
    if alike < RESEMBLING and not (lead and other):
        return 0.0
    # Plans phrase their tasks alike: below ALIKE the number alone would join strangers.
    silent = not old.row["lead"] and not new.row["lead"]
    area = bool(old.row["area"]) and old.row["area"] == new.row["area"]
    if alike < ALIKE and not (lead or area or silent):
        return 0.0
    score = alike + _NUMBER_WEIGHT * same_number + _LEAD_WEIGHT * lead + _OTHER_WEIGHT * other
    score += _PLACE_WEIGHT * (1 - abs(old.place - new.place))
    return float((score / 125.0) ** 3)
