"""Where the rows of a table without rules begin: lines across the page, wider blanks, numbers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from extract.readers.gutters import crosses, height_of, parts_of
from extract.readers.pdf_words import PageWord, WordLine
from extract.readers.ruled import Rule
from normalize.patterns import pattern

_JUMP = 0.15
_OVERLAP = 0.7
_CORE = 0.35
"""From a letter's middle to where it surely has ink, in heights of its box."""
_WIDER = 1.4
"""Heights of a line from one line of a paragraph to the next, at most."""
_ORDINAL = pattern(r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6}|[A-ZĐa-zđ])\s*[.)/]?")


def column_spans(lines: list[WordLine], xs: Sequence[float]) -> list[tuple[int, int]]:
    """Runs of columns that one text of the row lies over; none where the lines below part them."""
    found: set[tuple[int, int]] = set()
    for line in lines:
        for part in parts_of(line):
            if not crosses(part, xs):
                continue
            low = max(bisect_right(xs, part.words[0].x0 + 1) - 1, 0)
            high = min(bisect_left(xs, part.words[-1].x1 - 1), len(xs) - 1)
            found.add((low, high))
    made: list[tuple[int, int]] = []
    for low, high in sorted(found):
        if made and low < made[-1][1]:
            made[-1] = (made[-1][0], max(high, made[-1][1]))
        else:
            made.append((low, high))
    return made


def middle_of(line: WordLine) -> float:
    """Height of the line's middle, in points from the page's top."""
    return (line.bbox[1] + line.bbox[3]) / 2


def row_edges(lines: list[WordLine], xs: Sequence[float], level: list[Rule]) -> list[float]:
    """The heights that part the rows, the block's own ends included."""
    top, bottom = lines[0].bbox[1] - 1, max(line.bbox[3] for line in lines) + 1
    span = 0.6 * (xs[-1] - xs[0])
    ruled = sorted(
        rule.at
        for rule in level
        if top < rule.at < bottom and min(rule.high, xs[-1]) - max(rule.low, xs[0]) > span
    )
    if len(ruled) >= 2:
        return [top, *ruled, bottom] if ruled[0] - top > 2 else [*ruled, bottom]
    height = height_of(lines[len(lines) // 2])
    bands = _bands([word for line in lines for word in line.words])
    wide = _threshold([_pitch(*pair) for pair in pairwise(bands)], height)
    edges = [top]
    if wide is None:
        for above, below in pairwise(lines):
            if opens_row(below, xs):
                edges.append((above.bbox[3] + below.bbox[1]) / 2)
        return [*edges, bottom]
    for upper, lower in pairwise(bands):
        if _pitch(upper, lower) > wide:
            edges.append((upper[-1].bottom + lower[0].top) / 2)
    return [*edges, bottom]


def _bands(words: list[PageWord]) -> list[list[PageWord]]:
    """The words from top to bottom, those together over whose heights no line across is free.

    Cells of unlike height in the middle of a row: their lines stand between each other's.
    """
    bands: list[list[PageWord]] = []
    end = 0.0
    for word in sorted(words, key=lambda one: one.middle):
        core = _CORE * (word.bottom - word.top)
        if bands and word.middle - core < end:
            bands[-1].append(word)
        else:
            bands.append([word])
            end = 0.0
        end = max(end, word.middle + core)
    return bands


def _pitch(upper: list[PageWord], lower: list[PageWord]) -> float:
    """From the last line of a band to the first of the next one."""
    return lower[0].middle - upper[-1].middle


def _threshold(pitches: list[float], height: float) -> float | None:
    """The pitch from which on a line opens a row: where the pitches first jump; None if nowhere."""
    ordered = sorted(pitch for pitch in pitches if pitch > _OVERLAP * height)
    if ordered and ordered[0] > _WIDER * height:
        return 0.0  # no line is near enough to the next to belong to the same row
    return next(
        ((low + high) / 2 for low, high in pairwise(ordered) if high - low >= _JUMP * height), None
    )


def opens_row(line: WordLine, xs: Sequence[float]) -> bool:
    """The line has the number of a row in the first column."""
    first = " ".join(word.text for word in line.words if word.centre < xs[1])
    return _ORDINAL.fullmatch(first) is not None
