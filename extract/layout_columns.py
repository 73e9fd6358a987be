"""Columns of a laid-out table: from the places of its heads and the blanks its lines share.

A column ends where (nearly) all lines of the page are blank. Heads say how many columns there
are; the lines below say where exactly they part. On a page without heads the columns of the page
before are laid over the blanks of this one, a little wider or narrower, or further to the left
where leading columns are empty.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import cache

import msgspec

from extract.column_heads import role_of
from extract.layout_cells import DRIFT
from extract.layout_lines import ORDINAL, LaidLine, Range, starts_small
from normalize.lexicon import entries, several
from normalize.text import key

_INNER_BLANK = 0.25
_SCALES = (1.0, 0.97, 1.03, 0.94, 1.06, 0.9, 1.1, 0.86, 1.14, 0.82, 1.18, 0.78, 1.22, 0.74, 1.28)
_REACH = 4
_MANY = 10
_TOO_WIDE = 0.05
_MOST_WIDER = 15


class Head(msgspec.Struct, frozen=True):
    """One column's head: its range of columns and its words, line by line (line, range)."""

    start: int
    end: int
    parts: tuple[tuple[int, Range], ...]


def head_words(head: Head, lines: Sequence[LaidLine]) -> str:
    """The head's words from top to bottom; a short word broken by a narrow column is one."""
    words = [lines[index].words(part) for index, part in head.parts]
    glued = "".join(words)
    if len(words) > 1 and len(glued) < 5 and key(glued) in ("tt", "stt"):
        return glued
    return " ".join(words)


def gather_heads(lines: Sequence[LaidLine]) -> list[Head]:
    """The pieces of the header's lines, those that stand below each other together."""
    found: list[list[tuple[int, Range]]] = []
    extents: list[list[int]] = []
    pieces = sorted(
        ((piece, index) for index, line in enumerate(lines) for piece in line.pieces),
        key=lambda one: one[0][0],
    )
    for piece, index in pieces:
        if extents and piece[0] < extents[-1][1]:
            found[-1].append((index, piece))
            extents[-1][1] = max(extents[-1][1], piece[1])
        else:
            found.append([(index, piece)])
            extents.append([piece[0], piece[1]])
    heads: list[Head] = []
    for (low, high), parts in zip(extents, found, strict=True):
        head = Head(low, high, tuple(sorted(parts)))
        if heads and _goes_on(heads[-1], head, lines):
            before = heads.pop()
            head = Head(before.start, high, tuple(sorted((*before.parts, *parts))))
        heads.append(head)
    return heads


def _goes_on(before: Head, head: Head, lines: Sequence[LaidLine]) -> bool:
    """ "Thời      gian": a head set to both edges, not a head of its own."""
    words = head_words(head, lines)
    return (
        words[0].islower()
        and head_words(before, lines)[0].isupper()
        and role_of(words) is None
        and {index for index, _ in head.parts} <= {index for index, _ in before.parts}
    )


# --- blanks that lines share --------------------------------------------------------------------


def ink_profile(lines: Sequence[LaidLine]) -> list[float]:
    """For each column how many lines have a letter there; a single blank counts a quarter."""
    width = max((len(line.text) for line in lines), default=0) + 1
    changes = [0.0] * (width + 1)
    for line in lines:
        text = line.text
        for low, high in line.pieces:
            changes[low] += 1.0
            changes[high] -= 1.0
            at = text.find(" ", low, high)
            while at >= 0:
                changes[at] += _INNER_BLANK - 1.0
                changes[at + 1] -= _INNER_BLANK - 1.0
                at = text.find(" ", at + 1, high)
    made: list[float] = []
    total = 0.0
    for change in changes[:width]:
        total += change
        made.append(total if total > 1e-9 else 0.0)
    return made


def cuts_below(heads: Sequence[Head], profile: Sequence[float]) -> list[int]:
    """For each pair of neighbouring heads the column right before the second one's cells."""
    cuts: list[int] = []
    for left, right in itertools.pairwise(heads):
        low, high = left.end, max(right.start, left.end + 1)
        cuts.append(_right_edge(profile, low, high))
    return cuts


def _right_edge(profile: Sequence[float], low: int, high: int) -> int:
    """Near the right end of the widest blank between two columns, some letters before it.

    Words that a printer sets too far left still stand behind the cut then.
    """
    least = min(_at(profile, x) for x in range(low, high))
    best = start = low
    widest = 0
    for x in range(low, high):
        if _at(profile, x) > least:
            start = x + 1
        elif x - start + 1 >= widest:
            widest, best = x - start + 1, x
    return max(best - widest + 1, best - DRIFT + 1)


def _at(profile: Sequence[float], x: int) -> float:
    return profile[x] if 0 <= x < len(profile) else 0.0


def split_heads(
    heads: Sequence[Head], lines: Sequence[LaidLine], body: Sequence[LaidLine]
) -> list[Head]:
    """Heads that nearly touch, or share a head above them, parted where the body is blank."""
    profile = ink_profile(body)
    made: list[Head] = []
    waiting = list(reversed(heads))
    while waiting:
        head = waiting.pop()
        parts = _halves(head, lines, body, profile)
        if parts is None:
            made.append(head)
        else:
            waiting += [parts[1], parts[0]]
    return _shared(made, lines)


def _shared(heads: list[Head], lines: Sequence[LaidLine]) -> list[Head]:
    """A head of lead and partners that stands over one of the two alone is the other's, too."""
    made = list(heads)
    for index in range(len(heads) - 1):
        left, right = heads[index], heads[index + 1]
        for over, beside in ((left, right), (right, left)):
            top, span = over.parts[0]
            if len(over.parts) < 2 or any(line <= top for line, _ in beside.parts):
                continue
            upper = role_of(lines[top].words(span))
            if upper is None or upper[0] != "lead_and_coordinating":
                continue
            low = min(part[1][0] for part in over.parts[1:])
            own = Head(low, max(part[1][1] for part in over.parts[1:]), over.parts[1:])
            roles = [role_of(head_words(one, lines)) for one in (own, beside)]
            if {role[0] for role in roles if role} == {"lead", "coordinating"}:
                both = (over.parts[0], *beside.parts)
                made[index + (beside is right)] = Head(beside.start, beside.end, both)
                made[index + (over is right)] = Head(own.start, own.end, over.parts)
    return made


def _halves(
    head: Head, lines: Sequence[LaidLine], body: Sequence[LaidLine], profile: Sequence[float]
) -> tuple[Head, Head] | None:
    """The two heads at the best blank inside one, None where it is one column's."""
    index, (low, high) = head.parts[0]
    words = lines[index].text[low:high].split(" ")
    # "TT", "Số TT": the head of the column that numbers the rows is narrow, and the next near.
    count = next(
        (n for n in range(len(words), 0, -1) if key(" ".join(words[:n])) in _number_heads()), 0
    )
    if count and low == head.start:
        own = len(" ".join(words[:count]))
        return _parted(head, lines, low + own) if count < len(words) else None
    best: tuple[float, int] | None = None
    allowed = 0.06 * len(body)
    for x in range(head.start + 1, head.end - 1):
        if not _is_blank_below(head, lines, x):
            continue
        # Heads that nearly touch stand some letters off the cells below them.
        near = (0, 1, -1, 2, -2)
        at = next((x + step for step in near if _inked(body, x + step) <= allowed), None)
        if at is None:
            continue
        left, right = _parted(head, lines, x)
        if not left.parts or not right.parts or starts_small(head_words(right, lines)):
            continue
        worth = _worth(head, left, right, lines, body, at, _at(profile, at) <= allowed)
        if worth > (0 if at == x else 1) and (best is None or worth > best[0]):
            best = (worth, x)
    return _parted(head, lines, best[1]) if best else None


@cache
def _number_heads() -> frozenset[str]:
    return frozenset(
        key(phrase)
        for row in entries("headers")
        if row["role"] == "number"
        for phrase in several(row["phrases"])
    )


def _inked(lines: Sequence[LaidLine], x: int) -> int:
    """How many lines have a letter at ``x``."""
    return sum(1 for line in lines if line.text[x : x + 1].strip())


def _is_blank_below(head: Head, lines: Sequence[LaidLine], x: int) -> bool:
    """No letter at ``x`` in the head's lines, but for lines above a wide blank (a shared head)."""
    crossing = [i for i, (low, high) in head.parts if low <= x < high and lines[i].text[x] != " "]
    if not crossing:
        return True
    below = [i for i, _ in head.parts if i > crossing[-1]]
    return any(
        lines[i].text[max(0, x - 1) : x + 1].strip() == ""
        and any(j == i and low > x for j, (low, _) in head.parts)
        and any(j == i and high <= x for j, (_, high) in head.parts)
        for i in below
    )


def _parted(head: Head, lines: Sequence[LaidLine], x: int) -> tuple[Head, Head]:
    """The head's words left and right of ``x``; a shared head goes to both."""
    left: list[tuple[int, Range]] = []
    right: list[tuple[int, Range]] = []
    for index, (low, high) in head.parts:
        if high <= x:
            left.append((index, (low, high)))
        elif low > x:
            right.append((index, (low, high)))
        elif lines[index].text[x] == " ":
            left.append((index, (low, x)))
            right.append((index, (x + 1, high)))
        else:
            left.append((index, (low, high)))
            right.append((index, (low, high)))
    # A shared head tells nothing of where its two columns part.
    end = max((part[1][1] for part in left if part not in right), default=x)
    start = min((part[1][0] for part in right if part not in left), default=x + 1)
    return Head(head.start, end, tuple(left)), Head(start, head.end, tuple(right))


def _worth(
    head: Head,
    left: Head,
    right: Head,
    lines: Sequence[LaidLine],
    body: Sequence[LaidLine],
    x: int,
    clear: bool,
) -> float:
    """How much speaks for two columns: known words on both sides, wide blanks in the body.

    ``clear`` tells that the body's blanks at ``x`` are wide.
    """
    shared = set(left.parts) & set(right.parts)
    known = [
        role_of(head_words(Head(0, 0, tuple(p for p in one.parts if p not in shared)), lines))
        for one in (left, right)
    ]
    both = near = 0
    for line in body:
        here = any(low < x and high > head.start - 8 for low, high in line.pieces)
        there = any(x - DRIFT < low < head.end for low, _ in line.pieces)
        near += here or there
        both += here and there
    if not both or (not clear and not all(known)):
        return 0.0
    share = both / near
    if known[0] and known[1] and known[0][0] != known[1][0]:
        return 1.0 + share + known[0][1] + known[1][1]
    if clear and all(known) and len(body) >= _MANY and not _inked(body, x):
        # A merged cell shows once beside many rows, and its words may touch theirs.
        beside = sum(
            bool(line.text[head.start : x].strip() and line.text[x : head.end].strip())
            for line in body
        )
        return 1.0 + beside / len(body) if beside >= 3 else 0.0
    return share if any(known) and both >= 3 and share > 0.3 else 0.0


# --- pages without heads ------------------------------------------------------------------------


def cuts_like(
    before: Sequence[int], extent: Range, lines: Sequence[LaidLine], numbered: bool
) -> tuple[list[int], int]:
    """The cuts of another page laid over this page's blanks; how many leading columns are empty.

    ``extent`` is the range of the other page's letters. The cuts behind empty leading columns stand
    left of the first letter. ``numbered`` tells that the first column numbers the rows.
    """
    left, right = extent
    own_right = max(len(line.text) for line in lines)
    profile = ink_profile(lines)
    own_left = min(line.left for line in lines)
    starts: dict[int, int] = {}
    for line in lines:
        for low, _ in line.pieces:
            starts[low] = starts.get(low, 0) + 1
    best: tuple[float, list[int], int] | None = None
    for absent in _absent_columns(lines, len(before), numbered):
        edge = left if not absent else before[absent - 1] + 1
        for scale in _SCALES:
            places = [round(own_left + (cut - edge) * scale) for cut in before]
            cost, cuts = _fitted(places, absent, own_left, profile, starts, len(lines))
            cost += 0.2 * len(lines) * absent + abs(scale - 1.0) * 2
            # Without its leading columns a page is so much narrower.
            wider = own_right - own_left - (right - edge) * scale
            cost += _TOO_WIDE * len(lines) * max(0.0, wider - _MOST_WIDER)
            if best is None or cost < best[0] - 1e-9:
                best = (cost, cuts, absent)
    assert best is not None
    return best[1], best[2]


def _absent_columns(lines: Sequence[LaidLine], cuts: int, numbered: bool) -> range:
    """How many leading columns may be empty on the page: none where it shows row numbers."""
    if numbered and any(
        len(line.pieces) > 1 and ORDINAL.fullmatch(line.words(line.pieces[0])) for line in lines
    ):
        return range(1)
    return range(max(1, cuts - 1))


def _fitted(
    places: Sequence[int],
    absent: int,
    left: int,
    profile: Sequence[float],
    starts: dict[int, int],
    count: int,
) -> tuple[float, list[int]]:
    """Each cut moved to the best blank near its place, and what all of them cost.

    The first ``absent`` cuts stand left of the page's first letter, the others behind it.
    """
    cost = 0.0
    cuts: list[int] = []
    floor = left
    inked = [0.0, *itertools.accumulate(profile)]
    last = len(profile)
    for index, place in enumerate(places):
        if index < absent:
            cuts.append(min(place, left - 1))
            continue
        # Where the columns before it lead to, and where the page before had it.
        near = cuts[-1] + place - places[index - 1] if index > absent else place
        low = max(min(place, near) - _REACH, floor + 1)
        high = max(max(place, near) + _REACH, floor + 1) + 1
        score, cut = min(
            (
                2 * _at(profile, x)
                + 0.15 * min(abs(x - place), abs(x - near))
                - 0.3 * min(starts.get(x + 1, 0), 0.4 * count)
                # A column without a letter on the page is odd.
                + (0.4 * count if inked[min(x, last)] <= inked[min(floor, last)] else 0.0),
                x,
            )
            for x in range(low, high)
        )
        cost += score + (0.5 * count if cut >= len(profile) else 0.0)
        cuts.append(cut)
        floor = cut
    return cost, cuts
