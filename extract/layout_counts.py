"""Heads of a laid-out table that count: "1 2 3 … 12" below "Thời gian (tháng)", "I II III IV".

Each number is the head of a column of crosses; the words above them are shared by all.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from extract.column_heads import TICK
from extract.layout_columns import Head, gather_heads
from extract.layout_lines import LaidLine, Range, words_of
from normalize.patterns import pattern

_UNIT = pattern(r"(?i)\b(?:tháng|quý)\b")
_FEWEST = 4
_ROMAN = ("I", "II", "III", "IV")
_ASIDE = 3
_NEAR = 2
_CLEAR = 2
"""How much nearer a cross stands to its own number than to the next, in half letters."""


def heads_of(lines: Sequence[LaidLine]) -> list[Head]:
    """The heads that the header's lines hold; where some count, each of these is one."""
    return _counted(lines) or gather_heads(lines)


def count_heads(line: LaidLine, above: Sequence[LaidLine]) -> bool:
    """The line counts columns below a head of times that the lines ``above`` hold."""
    return bool(_run(line)) and bool(_counted([*above, line]))


def without_count(line: LaidLine) -> LaidLine | None:
    """The line without the words that count columns; None where nothing else stands in it."""
    run = _run(line)
    if not run:
        return line
    pieces = _beside(line, run)
    return msgspec.structs.replace(line, pieces=pieces) if pieces else None


def _counted(lines: Sequence[LaidLine]) -> list[Head]:
    """All heads where a line counts some of them, else none."""
    at, run = next(((i, run) for i, line in enumerate(lines) if (run := _run(line))), (0, []))
    if not at:
        return []
    low, high = run[0][0] - _ASIDE, run[-1][1] + _ASIDE
    over = [
        (index, piece)
        for index, line in enumerate(lines[:at])
        for piece in line.pieces
        if piece[0] < run[-1][1] and piece[1] > run[0][0]
    ]
    inside = all(low <= start and end <= high for _, (start, end) in over)
    if not inside or not _UNIT.search(" ".join(lines[i].words(piece) for i, piece in over)):
        return []
    shared = set(over)
    rest = [
        msgspec.structs.replace(
            line,
            pieces=_beside(line, run)
            if index == at
            else tuple(piece for piece in line.pieces if (index, piece) not in shared),
        )
        for index, line in enumerate(lines)
    ]
    own = [Head(start, end, (*over, (at, (start, end)))) for start, end in run]
    return sorted([*gather_heads(rest), *own], key=lambda head: head.start)


def _run(line: LaidLine) -> list[Range]:
    """The words that count from one on, side by side, four at least."""
    words = [(low, high) for low, high, _ in words_of(line)]
    texts = [line.text[low:high] for low, high in words]
    for count in (tuple(map(str, range(1, 13))), _ROMAN):
        if texts.count(count[0]) != 1:
            continue
        at = texts.index(count[0])
        size = 0
        while size < len(count) and texts[at + size : at + size + 1] == [count[size]]:
            size += 1
        if size >= _FEWEST:
            return words[at : at + size]
    return []


def _beside(line: LaidLine, run: Sequence[Range]) -> tuple[Range, ...]:
    """The pieces of a line without the words that count."""
    made: list[Range] = []
    for low, high in line.pieces:
        inside = [word for word in run if low <= word[0] < high]
        if not inside:
            made.append((low, high))
            continue
        for start, end in ((low, inside[0][0] - 1), (inside[-1][1] + 1, high)):
            if start < end:
                made.append((start, end))
    return tuple(made)


# --- crosses below the heads that count -----------------------------------------------------------


def counted_columns(heads: Sequence[Head], lines: Sequence[LaidLine]) -> dict[int, Range]:
    """The columns whose heads count, and where their numbers stand."""
    counts = {i: frozenset(_run(line)) for i, line in enumerate(lines)}
    return {
        index: head.parts[-1][1]
        for index, head in enumerate(heads)
        if len(head.parts) > 1 and head.parts[-1][1] in counts[head.parts[-1][0]]
    }


def take_crosses(
    line: LaidLine, columns: dict[int, Range]
) -> tuple[LaidLine | None, dict[int, Range]] | None:
    """The line without its crosses (None where nothing is left), and the crosses by column.

    None altogether where something else stands below the numbers, or a cross between two.
    """
    low, high = min(at for at, _ in columns.values()), max(end for _, end in columns.values())
    found: dict[int, Range] = {}
    pieces: list[Range] = []
    for piece in line.pieces:
        if piece[1] <= low - _NEAR or piece[0] >= high + _NEAR:
            pieces.append(piece)
            continue
        if TICK.fullmatch(line.words(piece)) is None:
            if piece[0] < high and piece[1] > low:
                return None
            pieces.append(piece)
            continue
        off = sorted((abs(sum(own) - sum(piece)), column) for column, own in columns.items())
        near = off[0][1]
        if off[1][0] - off[0][0] < _CLEAR or near in found:
            return None
        found[near] = piece
    rest = msgspec.structs.replace(line, pieces=tuple(pieces)) if pieces else None
    return rest, found
