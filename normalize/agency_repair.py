"""Slips of the scan in registered names: "Số Nội vụ", "Sở Khoa học học và Công nghệ".

Compared are accent-stripped keys by ``rapidfuzz``'s plain ratio (``WRatio`` makes confident
errors). The printed first word, where it is a real one, is never exchanged for another: "Sở Xây
dựng" and "Bộ Xây dựng" are two bodies.
"""

from __future__ import annotations

from functools import cache

import msgspec

from normalize.agency_registry import Entry, Match, registry
from normalize.agency_words import WEAK, Tokens, phrases
from normalize.text import fold

CLOSED_RATIO = 85.0
"""For heads whose names are all in the registry (sở, bộ)."""
OPEN_RATIO = 93.0
"""For heads that open names beyond the registry (phòng, trung tâm, hội)."""
_SHORT, _SHORT_RATIO = 8, 88.0
_MARGIN = 3.0
_LONGEST_NAME = 60
"""Tokens; no name of the registry has half as many."""


class Repair(msgspec.Struct, frozen=True):
    """A repaired name: the match that the right spelling would have given."""

    match: Match
    ratio: float


def repair(tokens: Tokens, at: int, end: int, beyond: int = 0) -> Repair | None:
    """The registered name that the words at ``at`` (before ``end``) were meant to be, if sure.

    Only names that reach ``beyond`` a token count: what ends before it is known to be a name.
    """
    return _doubled(tokens, at, end) or _misspelt(tokens, at, end, beyond)


def _doubled(tokens: Tokens, at: int, end: int) -> Repair | None:
    """A word printed twice: the name matches when the second is left out."""
    keys, starts = tokens.keys, tokens.starts
    end = min(end, at + _LONGEST_NAME)
    for here in range(at + 1, end):
        if keys[here] == keys[here - 1] and keys[here] not in WEAK:
            found = registry().match(
                keys[at:here] + keys[here + 1 : end],
                0,
                starts=starts[at:here] + starts[here + 1 : end],
            )
            if found is not None and at + found.end > here:
                return Repair(msgspec.structs.replace(found, end=at + found.end + 1), 100.0)
    return None


def _misspelt(tokens: Tokens, at: int, end: int, beyond: int) -> Repair | None:
    from rapidfuzz import process
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.fuzz import ratio

    keys = tokens.keys
    first = fold(tokens.shown[at])
    names = _names()
    known = keys[at] in _first_words()
    best: tuple[float, int, Entry, bool] | None = None
    runner_up = 0.0
    for folded_first, candidates in names.items():
        if folded_first != first and (known or Levenshtein.distance(folded_first, first) > 1):
            continue
        choices = [name for name, _, _, head in candidates if not known or head == keys[at]]
        rows = [row for row in candidates if not known or row[3] == keys[at]]
        for behind in range(max(at, beyond) + 1, min(end, at + 16) + 1):
            if keys[behind - 1] in WEAK or tokens.inside(behind):
                continue
            listed = "," in keys[at:behind]
            words = " ".join(
                fold(tokens.shown[i]) for i in range(at, behind) if keys[i] not in WEAK
            )
            for _, score, index in process.extract(
                words, choices, scorer=ratio, score_cutoff=80.0, limit=3
            ):
                _, entry, is_stem, _ = rows[index]
                if listed and "," not in entry.agency:
                    continue  # "Đảng ủy, UBND các xã" are two bodies
                if best is None or score > best[0] or (score == best[0] and behind > best[1]):
                    if best is not None and best[2] is not entry:
                        runner_up = max(runner_up, best[0])
                    best = (score, behind, entry, is_stem)
                elif entry is not best[2]:
                    runner_up = max(runner_up, score)
    if best is None:
        return None
    score, behind, entry, is_stem = best
    needed = CLOSED_RATIO if _is_closed(entry) else OPEN_RATIO
    if behind - at < 2 or (len(entry.agency) < _SHORT and score < _SHORT_RATIO):
        return None
    if score < needed or score - runner_up < _MARGIN:
        return None
    return Repair(Match(behind, None if is_stem else entry, entry if is_stem else None), score)


def _is_closed(entry: Entry) -> bool:
    keys = Tokens(entry.agency).keys
    end = phrases("head").end(keys, 0)
    return end == 0 or "closed" in phrases("head").attribute(keys, 0, end)


@cache
def _names() -> dict[str, list[tuple[str, Entry, bool, str]]]:
    """Accent-stripped names by their first word: (name, entry, is it a stem, first key)."""
    made: dict[str, list[tuple[str, Entry, bool, str]]] = {}
    for entry in registry().by_id.values():
        for name in (entry.agency, *entry.aliases):
            tokens = Tokens(name)
            keys = tokens.keys
            stem = entry.kind == "organization" and len(keys) > 2 and keys[-1] == "tinh2"
            count = len(keys) - 1 if stem else len(keys)
            if count < 2:
                continue
            words = [fold(tokens.shown[i]) for i in range(count) if keys[i] not in WEAK]
            made.setdefault(words[0], []).append((" ".join(words), entry, stem, keys[0]))
    return made


@cache
def _first_words() -> frozenset[str]:
    return frozenset(row[3] for rows in _names().values() for row in rows)
