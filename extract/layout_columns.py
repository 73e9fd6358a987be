"""Columns of a laid-out table: from the places of its heads and the blanks its lines share.

A column ends where (nearly) all lines of the page are blank. Heads say how many columns there
are; the lines below say where exactly they part. On a page without heads the columns of the page
before are laid over the blanks of this one, a little wider or narrower, or further to the left
where leading columns are empty.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import msgspec

from extract.columns import role_of
from extract.layout_lines import ORDINAL, LaidLine, Range, advance, starts_small
from normalize.patterns import pattern
from normalize.text import key

_INNER_BLANK = 0.25
_SCALES = (1.0, 0.97, 1.03, 0.94, 1.06, 0.9, 1.1, 0.86, 1.14, 0.82, 1.18, 0.78, 1.22, 0.74, 1.28)
_REACH = 4
_NUMBERED = pattern(
    r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6}|[A-ZĐ]|[a-zđ](?=[.)]))[.)/]{0,2} (?=\S)"
)


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
    return [
        Head(low, high, tuple(sorted(parts)))
        for (low, high), parts in zip(extents, found, strict=True)
    ]


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
        best = min(range(low, high), key=lambda x: (_at(profile, x), -x))
        # Words that a printer sets too far left still stand behind a cut some letters before them.
        cut = best
        while cut > max(low, best - _DRIFT + 1) and _at(profile, cut - 1) <= _at(profile, best):
            cut -= 1
        cuts.append(cut)
    return cuts


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
    """A head of both lead and partners that stands over the lead's alone is the partners', too."""
    made = list(heads)
    for index in range(len(heads) - 1):
        left, right = heads[index], heads[index + 1]
        (top, span), *rest = left.parts
        if not rest or any(line <= top for line, _ in right.parts):
            continue
        upper = role_of(lines[top].words(span))
        lower = role_of(head_words(Head(left.start, left.end, tuple(rest)), lines))
        beside = role_of(head_words(right, lines))
        if (
            upper is not None
            and upper[0] == "lead_and_coordinating"
            and lower is not None
            and lower[0] == "lead"
            and beside is not None
            and beside[0] == "coordinating"
        ):
            made[index + 1] = Head(right.start, right.end, (left.parts[0], *right.parts))
    return made


def _halves(
    head: Head, lines: Sequence[LaidLine], body: Sequence[LaidLine], profile: Sequence[float]
) -> tuple[Head, Head] | None:
    """The two heads at the best blank inside one, None where it is one column's."""
    index, (low, high) = head.parts[0]
    words = lines[index].text[low:high].split(" ")
    count = next((n for n in range(len(words), 0, -1) if _heads_numbers(" ".join(words[:n]))), 0)
    if count and low == head.start:
        own = len(" ".join(words[:count]))
        return _parted(head, lines, low + own) if count < len(words) else None
    best: tuple[float, int] | None = None
    allowed = 0.06 * len(body)
    for x in range(head.start + 1, head.end - 1):
        if not _is_blank_below(head, lines, x) or _inked(body, x) > allowed:
            continue
        left, right = _parted(head, lines, x)
        if not left.parts or not right.parts or starts_small(head_words(right, lines)):
            continue
        worth = _worth(head, left, right, lines, body, x, _at(profile, x) <= allowed)
        if worth > 0 and (best is None or worth > best[0]):
            best = (worth, x)
    return _parted(head, lines, best[1]) if best else None


def _heads_numbers(word: str) -> bool:
    """ "TT", "STT": the head of the column that numbers the rows."""
    found = role_of(word)
    return found is not None and found[0] == "number"


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
    return Head(head.start, x, tuple(left)), Head(x + 1, head.end, tuple(right))


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
    known = [role_of(head_words(one, lines)) for one in (left, right)]
    both = near = 0
    for line in body:
        here = any(low < x and high > head.start - _TOUCH_LEFT for low, high in line.pieces)
        there = any(x - _DRIFT < low < head.end for low, _ in line.pieces)
        near += here or there
        both += here and there
    if not both or (not clear and not all(known)):
        return 0.0
    share = both / near
    if known[0] and known[1] and known[0][0] != known[1][0]:
        return 1.0 + share + known[0][1] + known[1][1]
    return share if any(known) and both >= 3 and share > 0.3 else 0.0


# --- pages without heads ------------------------------------------------------------------------


def cuts_like(
    before: Sequence[int], left: int, lines: Sequence[LaidLine], numbered: bool
) -> tuple[list[int], int]:
    """The cuts of another page laid over this page's blanks; how many leading columns are empty.

    ``left`` is the first column of the other page. The cuts behind empty leading columns stand
    left of the first letter. ``numbered`` tells that the first column numbers the rows.
    """
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


# --- lines into cells ---------------------------------------------------------------------------

_TOUCH_LEFT, _TOUCH_RIGHT = 8, 6
_DRIFT = 4


class Grid(msgspec.Struct, frozen=True):
    """The columns of one page: where they are cut, and how wide their fullest lines print.

    ``numbered`` tells that the first column numbers the rows.
    """

    cuts: tuple[int, ...]
    full: tuple[float, ...]
    numbered: bool


def grid_of(lines: Sequence[LaidLine], cuts: Sequence[int], numbered: bool) -> Grid:
    """The page's columns; words that cross a cut tell nothing of a column's width."""
    full = [0.0] * (len(cuts) + 1)
    for line in lines:
        for piece in line.pieces:
            if not _inside(piece, cuts):
                index = column_of(piece, cuts)
                full[index] = max(full[index], advance(line.words(piece)))
    return Grid(tuple(cuts), tuple(full), numbered)


def deal(line: LaidLine, grid: Grid, beside: Sequence[bool]) -> tuple[list[Range | None], bool]:
    """The ranges of a line's words by column, and whether one text crosses columns.

    A piece that crosses a cut holds the cells of two columns that nearly touch, and is parted at
    the blank that fills the left one best; one that cannot be parted is a text that spans the
    table, and stands in the column in which it begins. ``beside[c]`` tells that the line before
    or behind has words of their own in column ``c``: text alone in its line is parted only there.
    """
    cells: list[Range | None] = [None] * len(grid.full)
    spans = False
    alone = len(line.pieces) == 1 or (len(line.pieces) == 2 and line.pieces[0][1] < 8 + line.left)
    for piece in line.pieces:
        parts = _parts_of(line, piece, grid, beside if alone else None)
        spans = spans or any(_inside(part, grid.cuts) for part in parts)
        for part in parts:
            index = column_of(part, grid.cuts)
            own = cells[index]
            cells[index] = part if own is None else (own[0], part[1])
    return cells, spans


def column_of(piece: Range, cuts: Sequence[int]) -> int:
    """The column in which the words begin; printers set some lines a few letters too far left."""
    low, high = piece
    index = 0
    while index < len(cuts) and cuts[index] < low:
        index += 1
    if index < len(cuts):
        early = cuts[index] - low
        own = low - (cuts[index - 1] if index else -1)
        if early <= _DRIFT and high >= cuts[index] and own > 3 * early:
            index += 1
    return index


def _inside(piece: Range, cuts: Sequence[int]) -> list[int]:
    """The cuts (by index) that the words cross by more than a letter or two."""
    low, high = piece
    return [i for i, cut in enumerate(cuts) if low + (2 if i else 1) < cut < high - 2]


def _parts_of(
    line: LaidLine, piece: Range, grid: Grid, beside: Sequence[bool] | None
) -> list[Range]:
    inside = _inside(piece, grid.cuts)
    if not inside:
        return [piece]
    low, high = piece
    found = _NUMBERED.match(line.text, low, high) if grid.numbered and inside[0] == 0 else None
    if found is not None and found.end() <= grid.cuts[0] + _DRIFT:
        rest = (found.end(), high)
        behind = _parts_of(line, rest, grid, beside)
        return [(low, found.end() - 1), *behind]
    if beside is not None and not all(beside[i + 1] for i in inside):
        return [piece]
    parts: list[Range] = []
    for i in inside:
        if not i and grid.numbered:
            continue  # words without a number: a total's label, a group's name
        at = _seam_near(line, low, high, grid, i, strict=beside is not None)
        if at is not None:
            parts.append((low, at))
            low = at + 1
        elif beside is not None:
            return [piece]
    return [*parts, (low, high)]


def _seam_near(
    line: LaidLine, low: int, high: int, grid: Grid, index: int, strict: bool
) -> int | None:
    """The blank near a cut that leaves the left column's line as full as its fullest."""
    cut = grid.cuts[index]
    best: tuple[float, int] | None = None
    for x in range(max(low + 1, cut - _TOUCH_LEFT), min(high - 1, cut + _TOUCH_RIGHT)):
        if line.text[x] != " ":
            continue
        short = grid.full[index] - advance(line.text[low:x])
        cost = abs(short) * (1.5 if short < 0 else 1.0) + 0.4 * abs(x - cut)
        if best is None or cost < best[0]:
            best = (cost, x)
    if best is None or (strict and best[0] > 4.0):
        return None
    return best[1]
