"""Where the rows of a table without rules begin: lines across the page, wider blanks, numbers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

import regex

from extract.column_heads import is_total
from extract.readers.gutters import columns_of, crosses, height_of, lies_across, parts_of
from extract.readers.pdf_words import PageWord, WordLine
from extract.readers.ruled import Rule
from normalize.patterns import pattern

_JUMP = 0.15
"""From one pitch of lines to the next wider one, in heights of a line: rows may begin there."""
_CLEAR_JUMP = 0.3
_PARAGRAPH = 0.85
"""Least pitch of the lines of a paragraph, in heights of a line."""
_OVERLAP = 0.7
_CORE = 0.35
"""From a letter's middle to where it surely has ink, in heights of its box."""
_WIDER = 1.4
"""Heights of a line from one line of a paragraph to the next, at most."""
_LABEL = pattern(r"\d{1,3}(?:\.\d{1,3})+\.?\s?(?=\p{Lu})")
_MOST_BEFORE_NUMBERS = 2
"""Columns that may stand before that of the numbers: an area, a date."""
_TWO_NUMBERS = 3
_ORDINAL = pattern(r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6}|[A-ZĐa-zđ])\s*[.)/]?$")


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


def row_edges(
    lines: list[WordLine], xs: Sequence[float], level: list[Rule], *, fresh: bool = False
) -> list[float]:
    """The heights that part the rows, the block's own ends included.

    ``fresh``: the lines begin with the table's head.
    """
    top, bottom = lines[0].bbox[1] - 1, max(line.bbox[3] for line in lines) + 1
    span = 0.6 * (xs[-1] - xs[0])
    ruled = sorted(
        rule.at
        for rule in level
        if top < rule.at < bottom and min(rule.high, xs[-1]) - max(rule.low, xs[0]) > span
    )
    if len(ruled) >= 2:
        return [top, *ruled, bottom] if ruled[0] - top > 2 else [*ruled, bottom]
    bands = _bands([word for line in lines for word in line.words])
    return [top, *_starts(bands, xs, fresh=fresh), bottom]


def _starts(bands: list[list[PageWord]], xs: Sequence[float], *, fresh: bool) -> list[float]:
    """The heights between the bands at which rows begin, but for the first.

    Wider blanks tell rows only where they leave each row its number: lines of unlike ink may
    lie as far from each other as rows do.
    """
    lines = [WordLine(tuple(sorted(band, key=lambda one: one.x0))) for band in bands]
    spaced, is_clear = _by_blanks(bands, height_of(lines[len(lines) // 2]))
    numbered = _numbered(lines, xs, _ORDINAL)
    titles = [_is_title(line, xs) for line in lines]
    if not numbered:  # a cell may hold several labelled tasks, so that these open no rows for sure
        labelled = _numbered(lines, xs, _LABEL)
        chosen = (
            min(spaced, key=lambda starts: _bare(starts, labelled, titles))
            if spaced
            else _by_cells(lines, xs, labelled, titles, fresh=fresh)
        )
    else:
        chosen = _by_cells(lines, xs, numbered, titles, fresh=fresh)

        def strange(starts: list[int]) -> int:
            # The rows between clearly wider blanks may well have no numbers.
            sure = is_clear and starts == spaced[0]
            bare = 0 if sure else _bare(starts, numbered, titles)
            return _TWO_NUMBERS * _doubled(starts, numbered) + bare

        if spaced:
            by_blanks = min(spaced, key=strange)
            rows = pairwise([0, *by_blanks, len(lines)])
            crowded = [row for row in rows if sum(numbered[slice(*row)]) > 1]
            inner = [at for at in chosen if any(low < at < high for low, high in crowded)]
            chosen = min((by_blanks, sorted([*by_blanks, *inner]), chosen), key=strange)
    return [(bands[at - 1][-1].bottom + bands[at][0].top) / 2 for at in chosen]


def _by_blanks(bands: list[list[PageWord]], height: float) -> tuple[list[list[int]], bool]:
    """The bands that a wider blank stands above, by each width that may part rows.

    First by the least that is wider than lines of a paragraph lie apart, and whether it
    clearly is.
    """
    pitches = [_pitch(*pair) for pair in pairwise(bands)]
    jumps = _jumps(pitches, height)
    starts = [
        [at for at, pitch in enumerate(pitches, 1) if pitch > (low + high) / 2]
        for low, high in jumps
    ]
    low, high = jumps[0] if jumps else (0.0, 0.0)
    is_clear = low == 0.0 or (high - low >= _CLEAR_JUMP * height and low >= _PARAGRAPH * height)
    return starts, is_clear


def _by_cells(
    lines: list[WordLine],
    xs: Sequence[float],
    numbered: list[bool],
    titles: list[bool],
    *,
    fresh: bool,
) -> list[int]:
    """The bands that open rows whose cells all begin at the row's top.

    A number opens one, a title has one for itself, and so does a line with words in a column
    in which the row had none or had come to its end. ``fresh``: the table's head stands first,
    and its cells may stand at any height.
    """
    made: list[int] = []
    going: set[int] = set()
    title = False
    head = fresh and bool(numbered)
    for at, line in enumerate(lines):
        own = columns_of(line, xs)
        is_number = bool(numbered) and numbered[at]
        is_title = titles[at] and not is_number
        goes_on = is_title and title and line.text[:1].islower()
        head = head and not is_number and not is_title
        opens = is_number or ((title or is_title or not own <= going) and not head)
        if at and opens and not goes_on:
            made.append(at)
        going = own if opens or at == 0 else going & own
        title = is_title
    return made


def _is_title(line: WordLine, xs: Sequence[float]) -> bool:
    return lies_across(line, xs) or is_total(parts_of(line)[0].text)


def _numbered(lines: list[WordLine], xs: Sequence[float], form: regex.Pattern[str]) -> list[bool]:
    """Does each line have a row's number, in the column of such? Empty where there is none.

    It is one of the first, and hardly anything else begins a line there.
    """
    best: list[bool] = []
    for column in range(min(_MOST_BEFORE_NUMBERS + 1, len(xs) - 1)):
        own = [_words_in(line, xs, column) for line in lines]
        found = [form.match(words) is not None for words in own]
        if sum(found) > max(sum(best), 1) and 2 * sum(found) > sum(map(bool, own)):
            best = found
    return best


def _doubled(starts: list[int], numbered: list[bool]) -> int:
    """How many numbers stand in rows that have one before them."""
    rows = pairwise([0, *starts, len(numbered)])
    return sum(max(sum(numbered[low:high]) - 1, 0) for low, high in rows)


def _bare(starts: list[int], numbered: list[bool], titles: list[bool]) -> int:
    """How many rows below the first number have neither number nor title."""
    first = next((at for at, one in enumerate(numbered) if one), 0)
    rows = pairwise([0, *starts, len(numbered)])
    return sum(
        high > first and not any(numbered[low:high]) and not any(titles[low:high])
        for low, high in rows
    )


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


def _jumps(pitches: list[float], height: float) -> list[tuple[float, float]]:
    """Where the pitches jump: a wider one may part rows. (0, 0) where every one does."""
    ordered = sorted(pitch for pitch in pitches if pitch > _OVERLAP * height)
    if ordered and ordered[0] > _WIDER * height:
        return [(0.0, 0.0)]  # no line is near enough to the next to belong to the same row
    jumps = [pair for pair in pairwise(ordered) if pair[1] - pair[0] >= _JUMP * height]
    # Lines of neighbouring cells may lie nearer than two of one cell.
    return sorted(jumps, key=lambda pair: pair[0] < _PARAGRAPH * height)


def opens_row(line: WordLine, xs: Sequence[float]) -> bool:
    """The line has the number of a row in the first column."""
    return _ORDINAL.match(_words_in(line, xs, 0)) is not None


def _words_in(line: WordLine, xs: Sequence[float], column: int) -> str:
    """The line's words in a column; before the first one's left edge is in it."""
    low = xs[column] if column else float("-inf")
    return " ".join(word.text for word in line.words if low <= word.centre < xs[column + 1])
