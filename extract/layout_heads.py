"""The head of a laid-out table, read as a whole: which words make which column's head.

Where heads nearly touch, are set to both edges or stand in the middle of unlike heights, the blanks
of no single line tell them apart. Every way to part the head's words from left to right has a
worth by the lexicon (``lexicon/headers.csv``), by capitals, and by where the cells below begin;
the best is taken.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import cache, lru_cache

import msgspec

from extract.column_heads import PARENTHESES, role_of
from extract.layout_columns import Head, head_words
from extract.layout_lines import LaidLine, Range, words_of
from normalize.lexicon import entries, several
from normalize.patterns import pattern
from normalize.text import key

_COLUMN_NUMBERS = pattern(r"[\s()\d=+A-G]*")
_UNIT = pattern(r"\((?:[^()]* )?đồng\)")
_MOST_WORDS = 60
_SMALL = 3.0
_INNER = 1.2
_STRANGE = 0.25
_ONE_BLANK = 0.8
_OVER = 0.5
_BELOW = 1.0
_FURTHER = ("T", "S", "ST", "và", "triệu", "tỷ", "nghìn", "đồng")
"""Words of heads that no phrase of the lexicon holds: "S" / "TT", money's units."""
_LINE = 0.5
_MOST_OF_SHORT = 6
_NEVER = -1e9


class _Word(msgspec.Struct, frozen=True, gc=False):
    """A word of the head: its line, its place there, the blanks before it."""

    line: int
    low: int
    high: int
    blank: int


def best_heads(
    lines: Sequence[LaidLine], body: Sequence[LaidLine]
) -> tuple[float, list[Head]] | None:
    """The heads that the lines hold, read against the ``body`` below, and what they are worth."""
    shared = _shared(lines)
    words = [word for word in _words(lines) if not any(_holds(span, word) for span in shared)]
    if not 2 < len(words) <= _MOST_WORDS:
        return None
    found = _parted(lines, words, _Below(body))
    if found is None:
        return None
    heads = [Head(own[0].low, max(w.high for w in own), _parts(lines, own)) for own in found[1]]
    return found[0], _with_shared(_with_units(heads, lines), shared)


def worth_of(heads: Sequence[Head], lines: Sequence[LaidLine], body: Sequence[LaidLine]) -> float:
    """How much speaks for heads read in another way, the words that several share left out."""
    below = _Below(body)
    total = _LINE * len(lines)
    for index, head in enumerate(heads):
        own = _own_parts(heads, index) or head.parts
        total += _worth(head_words(Head(0, 0, own), lines))
        if index:
            opening = [(i, low) for i, (low, _) in own if low == head.start]
            total -= _ONE_BLANK * any(
                lines[i].text[max(0, low - 2) : low].strip() for i, low in opening
            )
            total += _BELOW * below.parts(heads[index - 1].end, head.start)
    return total


def widest_heads(
    around: Sequence[LaidLine], core: int, body: Sequence[LaidLine]
) -> tuple[float, list[LaidLine], list[Head]] | None:
    """The best head that holds the line ``core`` of the lines ``around``, and its lines.

    Begun with all lines; those at its upper and lower end are left out one after the other where
    the rest is worth more.
    """
    low, high = 0, len(around)
    best = _valued(around, low, high, body)
    while best is not None:
        shorter = [
            (_valued(around, *span, body), span)
            for span in ((low + 1, high), (low, high - 1))
            if span[0] <= core < span[1]
        ]
        better = max(
            ((one, span) for one, span in shorter if one is not None),
            key=lambda pair: pair[0][0],
            default=None,
        )
        if better is None or better[0][0] <= best[0]:
            break
        best, (low, high) = better
    return (best[0], list(around[low:high]), best[1]) if best is not None else None


def _valued(
    around: Sequence[LaidLine], low: int, high: int, body: Sequence[LaidLine]
) -> tuple[float, list[Head]] | None:
    lines = around[low:high]
    found = best_heads(lines, [line for line in body if line.number > lines[-1].number])
    return (found[0] + _LINE * len(lines), found[1]) if found is not None else None


def is_sure(heads: Sequence[Head], lines: Sequence[LaidLine]) -> bool:
    """Every head begins with a capital and is nothing but words of known heads."""
    return all(_worth(head_words(head, lines)) >= 1.7 for head in heads)


def may_complete(line: LaidLine) -> bool:
    """All words of the line stand in known heads, or in parentheses: it may belong to a head."""
    texts = line.text.split()
    if _COLUMN_NUMBERS.fullmatch(line.text) is not None:
        return False
    return len(texts) < _MOST_WORDS and all(
        key(text.strip("().,/")) in _vocabulary()
        or text[0] == "("
        or text[-1] == ")"
        or (len(text) < _MOST_OF_SHORT and text.isalpha() and text.isupper())
        for text in texts
    )


def _own_parts(heads: Sequence[Head], index: int) -> tuple[tuple[int, Range], ...]:
    beside = [
        part for at in (index - 1, index + 1) if 0 <= at < len(heads) for part in heads[at].parts
    ]
    return tuple(part for part in heads[index].parts if part not in beside)


# --- heads that stand over several columns ------------------------------------------------------


def _shared(lines: Sequence[LaidLine]) -> list[tuple[int, Range]]:
    """Pieces with two known heads or more right below them, side by side."""
    made = []
    for index, line in enumerate(lines[:-1]):
        for low, high in line.pieces:
            under: list[Range] = []
            for other in lines[index + 1 : index + 3]:
                under = [p for p in other.pieces if p[0] < high and p[1] > low]
                known = [role_of(other.words(piece)) for piece in under]
                if (
                    len(under) > 1
                    and all(known)
                    and all(other.text[piece[0]].isupper() for piece in under)
                ):
                    made.append((index, (low, high)))
                    break
                if under:
                    break
    return made


def _with_units(heads: list[Head], lines: Sequence[LaidLine]) -> list[Head]:
    """ "(triệu đồng)" that stands below the column beside the money's goes to the money's."""
    made = list(heads)
    for index, head in enumerate(heads):
        role = role_of(head_words(head, lines))
        for beside in (index + 1, index - 1):
            if not 0 <= beside < len(heads) or (role is not None and role[0] == "budget"):
                continue
            other = role_of(head_words(heads[beside], lines))
            first = next(
                (
                    i
                    for i, (line, span) in enumerate(head.parts)
                    if lines[line].words(span)[0] == "("
                ),
                0,
            )
            unit = " ".join(lines[line].words(span) for line, span in head.parts[first:])
            if first and other is not None and other[0] == "budget" and _UNIT.fullmatch(unit):
                made[index] = msgspec.structs.replace(head, parts=head.parts[:first])
                parts = tuple(sorted((*heads[beside].parts, *head.parts[first:])))
                made[beside] = msgspec.structs.replace(heads[beside], parts=parts)
    return made


def _holds(span: tuple[int, Range], word: _Word) -> bool:
    return span[0] == word.line and span[1][0] <= word.low < span[1][1]


def _with_shared(heads: list[Head], shared: Sequence[tuple[int, Range]]) -> list[Head]:
    made = list(heads)
    for part in shared:
        low, high = part[1]
        for index, head in enumerate(made):
            if head.start < high and low < head.end:
                made[index] = msgspec.structs.replace(
                    head, parts=tuple(sorted((part, *head.parts)))
                )
    return made


# --- the words ----------------------------------------------------------------------------------


def _words(lines: Sequence[LaidLine]) -> list[_Word]:
    """The words of all lines; two that stand without a blank between them are two."""
    return [
        _Word(number, *word)
        for number, line in enumerate(lines)
        for word in words_of(line, part_glued=True)
    ]


def _parts(lines: Sequence[LaidLine], words: Sequence[_Word]) -> tuple[tuple[int, Range], ...]:
    """The words of one head as pieces, line by line."""
    made: list[tuple[int, Range]] = []
    for word in sorted(words, key=lambda one: (one.line, one.low)):
        if made and made[-1][0] == word.line and word.low - made[-1][1][1] < 2:
            made[-1] = (word.line, (made[-1][1][0], word.high))
        else:
            made.append((word.line, (word.low, word.high)))
    return tuple(made)


def _parted(
    lines: Sequence[LaidLine], words: Sequence[_Word], below: _Below
) -> tuple[float, list[list[_Word]]] | None:
    """The best way to part the words by places from left to right."""
    places = sorted({word.low for word in words})
    ordered = sorted(words, key=lambda one: one.low)
    first = [0, *itertools.accumulate(sum(w.low == x for w in words) for x in places)]
    count = len(places)
    best: list[tuple[float, int]] = [(0.0, -1)] + [(_NEVER, -1)] * count
    ends: dict[tuple[int, int], int] = {}
    for j in range(1, count + 1):
        edge = places[j] if j < count else 10**6
        for i in range(j):
            if best[i][0] <= _NEVER:
                continue
            own = ordered[first[i] : first[j]]
            text = head_words(Head(0, 0, _parts(lines, own)), lines)
            worth = best[i][0] + _worth(text) - _OVER * sum(max(0, w.high - edge) for w in own)
            if i:
                opening = [w for w in own if w.low == places[i]]
                worth -= _ONE_BLANK * any(w.blank == 1 for w in opening)
                worth += _BELOW * below.parts(ends[best[i][1], i], places[i])
            ends[i, j] = max(w.high for w in own)
            if worth > best[j][0]:
                best[j] = (worth, i)
    if count < 3:
        return None
    made: list[list[_Word]] = []
    j = count
    while j:
        i = best[j][1]
        made.append(ordered[first[i] : first[j]])
        j = i
    made.reverse()
    return best[count][0], made


class _Below:
    """Where the words of the lines below begin, and what they cover."""

    def __init__(self, body: Sequence[LaidLine]) -> None:
        width = max((len(line.text) for line in body), default=0) + 3
        self.count = max(1, len(body))
        self.begun = [0.0] * width
        covered = [0] * (width + 1)
        for line in body:
            for index, (low, high) in enumerate(line.pieces):
                if index:
                    self.begun[low] += 1.0
                at = low
                while at < high:
                    behind = line.text.find(" ", at, high)
                    behind = high if behind < 0 else behind
                    # A word one letter off still leaves room for the column's edge.
                    covered[at + 1] += 1
                    covered[max(at + 1, behind - 1)] -= 1
                    at = behind + 1
        self.covered = list(itertools.accumulate(covered))
        self.known: dict[Range, float] = {}

    def parts(self, low: int, high: int) -> float:
        """How well a column may begin behind ``low`` and not behind ``high``: -1 to 1."""
        known = self.known.get((low, high))
        if known is None:
            known = self.known[low, high] = self._parts(low, high)
        return known

    def _parts(self, low: int, high: int) -> float:
        best = -1.0
        for x in range(max(1, min(low, high)), min(high, len(self.begun) - 2) + 1):
            near = self.begun[x] + self.begun[x - 1] + self.begun[x + 1]
            cost = 3 * self.covered[x] / self.count
            best = max(best, min(1.0, 3 * near / self.count) - min(1.0, cost))
        return best if high < len(self.begun) - 2 else 0.0


# --- what words are worth as a head -------------------------------------------------------------


@cache
def _vocabulary() -> frozenset[str]:
    return frozenset(
        word
        for row in entries("headers")
        for phrase in several(row["phrases"])
        for word in key(phrase).split()
    ) | {key(word) for word in _FURTHER}


@cache
def _phrases() -> frozenset[str]:
    return frozenset(
        key(phrase) for row in entries("headers") for phrase in several(row["phrases"])
    )


@lru_cache(maxsize=4096)
def _worth(text: str) -> float:
    """What speaks for these words being one head: about 2 for a known one."""
    role = role_of(text)
    bare = PARENTHESES.sub(" ", text).split()
    if not bare:
        return -_SMALL
    worth = 1.0 + role[1] / 20 if role is not None else (0.3 if len(bare) <= 6 else -1.0)
    first = bare[0]
    if not first[0].isupper() or text[0] == "(":
        worth -= _SMALL
    keys = key(" ".join(bare)).split()
    worth -= _STRANGE * sum(word not in _vocabulary() for word in keys)
    if not text.isupper():
        worth -= _INNER * sum(
            word[0].isupper() and not word.isupper() and len(word) > 1 for word in bare[1:]
        )
    if text.count("(") != text.count(")"):
        worth -= 0.5
    longest = max(
        (
            size
            for size in range(1, min(len(keys), 6) + 1)
            for at in range(len(keys) - size + 1)
            if " ".join(keys[at : at + size]) in _phrases()
        ),
        default=0,
    )
    return worth + 0.8 * longest / max(1, len(keys))
