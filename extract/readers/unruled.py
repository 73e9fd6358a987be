"""Tables whose columns no lines part: columns by the gaps that run through their lines, rows by
lines across the page, by wider blanks between lines, or by the numbers that open them.

A table is taken for one where three columns at least stand in line; where rules draw its head
only, the head's columns are those of the lines below it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec

from extract.readers.pdf_words import PageWord, WordLine, lines_of, segments
from extract.readers.ruled import Rule, RuledTable
from normalize.patterns import pattern

_GAP = 0.4
"""A blank between two words that may part columns, in heights of a line."""
_WIDE_GAP = 0.9
_JUMP = 0.15
_OVERLAP = 0.7
_NEAR = 0.4
_BETWEEN = 0.25
_CORE = 0.35
"""From a letter's middle to where it surely has ink, in heights of its box."""
_WIDER = 1.4
"""Heights of a line from one line of a paragraph to the next, at most."""
_LEAST_GUTTER = 3.0
_FEWEST_COLUMNS = 3
_FEWEST_ANCHORS = 3
_FEWEST_SPARSE = 2
_CROSSED = 0.1
"""Share of the lines that may cross a gutter: titles of groups, heads over several columns."""
_FAR = 1.2
"""A blank of so many heights of a line may end the table."""
_MOST_HEAD_ROWS = 3
_MOST_HEAD_LINES = 5
_SAME = 3.0
_ORDINAL = pattern(r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6}|[A-ZĐa-zđ])\s*[.)/]?")


class _Block(msgspec.Struct):
    """Lines one below the other that share gutters."""

    lines: list[WordLine]
    xs: list[float]


def unruled_tables(
    words: Sequence[PageWord], level: Iterable[Rule], before: Sequence[float] = ()
) -> list[RuledTable]:
    """The tables among words that stand in no ruled one; ``level`` are the page's level lines.

    ``before``: the column edges of such a table that reached the end of the page before.
    """
    lines = lines_of(words)
    if not before and sum(len(_anchors(line)) >= _FEWEST_COLUMNS for line in lines) < 3:
        return []  # running text, told before anything dearer is asked
    across = list(level)
    return [
        table for block in _blocks(lines, before) if (table := _table(block, across)) is not None
    ]


def with_body(
    table: RuledTable, words: Sequence[PageWord], level: Iterable[Rule], start: float, end: float
) -> RuledTable:
    """The table with the lines beside it, where rules or shades draw some of its rows only.

    ``start`` and ``end`` are the heights at which something else ends and begins.
    """
    if len(table.xs) - 1 < _FEWEST_COLUMNS:
        return table
    left, right = table.xs[0], table.xs[-1]
    beside = [w for w in words if start < w.middle < end and left <= w.centre <= right]
    rules = list(level)
    few = len(table.ys) - 1 <= _MOST_HEAD_ROWS
    if table.loose or few:
        above = lines_of([w for w in beside if w.middle < table.ys[0]])[::-1]
        lines = _run_on(above, table.xs, table.ys[0])[::-1]
        if not table.loose:  # one shaded row, or the head alone: what else is a row shows itself
            while lines and len(_columns(lines[0], table.xs)) < _FEWEST_COLUMNS:
                del lines[0]
            lines = lines if len(lines) <= _MOST_HEAD_LINES else []
        ys = _row_edges(lines, table.xs, rules) if lines else []
        table = _stacked_on(_plain(table.xs, [*ys[:-1], table.ys[0]]), table) if ys else table
    if table.loose or few:
        lines = _run_on(
            lines_of([w for w in beside if w.middle > table.ys[-1]]), table.xs, table.ys[-1]
        )
        full = [line for line in lines if len(_columns(line, table.xs)) >= _FEWEST_COLUMNS]
        if len(full) >= (1 if table.loose else 2):
            ys = _row_edges(lines, table.xs, rules)
            table = _stacked_on(table, _plain(table.xs, [table.ys[-1], *ys[1:]]))
    return table


def _run_on(lines: list[WordLine], xs: Sequence[float], edge: float) -> list[WordLine]:
    """The lines, from the table's edge on, that keep to its columns; group titles may cross."""
    made: list[WordLine] = []
    alone = 0
    down = bool(lines) and lines[0].bbox[1] > edge - 1
    for line in lines:
        _, top, _, bottom = line.bbox
        blank = max(top - edge, edge - bottom)
        if blank > 2 * _FAR * _height(line) or _cuts(line, xs) > 1:
            break
        # One title of a group may stand between rows, two lines by themselves are other text.
        by_itself = len(_columns(line, xs)) < 2 and blank > 0.4 * _height(line)
        # Lines between each other's: cells of unlike height in the middle of one row.
        between = bool(made) and blank < 0 and _columns(line, xs) != _columns(made[-1], xs)
        several = len(_columns(line, xs)) > 1 or between
        alone = alone + 1 if by_itself else 0 if several else alone
        if alone > 1:
            break
        made.append(line)
        edge = max(edge, bottom) if down else min(edge, top)
    while len(made) > 1 and alone and len(_columns(made[-1], xs)) < 2:
        made.pop()
    return made


def _cuts(line: WordLine, xs: Sequence[float]) -> int:
    """How many inner edges run through a word of the line."""
    return sum(word.x0 < x - 1 and word.x1 > x + 1 for word in line.words for x in xs[1:-1])


def _plain(xs: Sequence[float], ys: Sequence[float]) -> RuledTable:
    """Rows of single cells."""
    cells = [(row, c, row + 1, c + 1) for row in range(len(ys) - 1) for c in range(len(xs) - 1)]
    return RuledTable(tuple(xs), tuple(ys), tuple(cells), (), (), loose=True)


def _stacked_on(upper: RuledTable, lower: RuledTable) -> RuledTable:
    """Both as one table; a blank between them is a row."""
    gap = lower.ys[0] - upper.ys[-1] > _SAME
    count = len(upper.ys) - 1
    down = count + gap
    filler = [(count, c, count + 1, c + 1) for c in range(len(upper.xs) - 1) if gap]
    moved = [(top + down, low, bottom + down, high) for top, low, bottom, high in lower.cells]
    return RuledTable(
        upper.xs,
        (*upper.ys, *lower.ys[0 if gap else 1 :]),
        (*upper.cells, *filler, *moved),
        upper.open_above,
        lower.open_below,
        loose=True,
    )


def stacked(tables: Sequence[RuledTable], words: Sequence[PageWord]) -> list[RuledTable]:
    """The tables in order; those that shading draws row by row put together as one.

    Between two of the same columns may stand a row that nothing marks.
    """
    made: list[RuledTable] = []
    for table in sorted(tables, key=lambda one: one.ys[0]):
        last = made[-1] if made else None
        if last is None or not _same_edges(last.xs, table.xs):
            made.append(table)
            continue
        between = [w for w in words if last.ys[-1] < w.middle < table.ys[0]]
        lines = lines_of([w for w in between if table.xs[0] <= w.centre <= table.xs[-1]])
        full = all(not _cuts(line, table.xs) for line in lines) and any(
            len(_columns(line, table.xs)) > 1 for line in lines
        )
        if lines and not full:
            made.append(table)
        else:
            made[-1] = _stacked_on(last, table)
    return made


def _same_edges(xs: Sequence[float], other: Sequence[float]) -> bool:
    return len(xs) == len(other) and all(
        abs(a - b) <= _SAME for a, b in zip(xs, other, strict=True)
    )


def _blocks(lines: list[WordLine], before: Sequence[float]) -> list[_Block]:
    """The tables among the lines; a piece below a blank that keeps the columns belongs above."""
    runs: list[list[WordLine]] = []
    for line in lines:
        run = runs[-1] if runs else []
        far = _FAR * (3 if _both_in_columns(run, line) else 1)
        if run and line.bbox[1] - run[-1].bbox[3] <= far * _height(line):
            if not _is_prose(run, line):
                run.append(line)
                continue
            if len(run) > 1:
                runs[-1:] = [run[:-1], [run[-1]]]
        runs.append([line])
    made: list[_Block] = []
    at = -1
    for index, run in enumerate(runs):
        near = made and index == at + 1 and run[0].bbox[1] - made[-1].lines[-1].bbox[3]
        if near and near < 3 * _FAR * _height(run[0]) and _keeps(run, made[-1].xs):
            made[-1].lines += run
            at = index
        elif (block := _block(run, before if _may_head(runs[:index]) else ())) is not None:
            made.append(block)
            at = index if block.lines[-1] is run[-1] else -1
    return made


def _may_head(runs: list[list[WordLine]]) -> bool:
    """What stands above on the page is a page number or the like."""
    return all(len(run) == 1 and len(_parts(run[0])) == 1 for run in runs)


def _both_in_columns(run: list[WordLine], line: WordLine) -> bool:
    """The run's last row and the line stand in columns: the blank between may be a row's padding,

    as wide as shaded rows and tables without rules like it.
    """
    return len(_anchors(line)) >= _FEWEST_COLUMNS and any(
        len(_anchors(one)) >= _FEWEST_COLUMNS for one in run[-_FEWEST_ANCHORS:]
    )


def _keeps(run: list[WordLine], xs: Sequence[float]) -> bool:
    """The lines stand in these columns: the first in several, none across."""
    return len(_columns(run[0], xs)) > 1 and not any(_crosses(line, xs) for line in run)


def _is_rest(run: list[WordLine], xs: Sequence[float]) -> bool:
    """The last rows of a table, the first of them what a page's end left of one."""
    full = any(len(_columns(line, xs)) >= _FEWEST_COLUMNS for line in run)
    return full and not any(_crosses(line, xs) for line in run)


def _is_prose(run: list[WordLine], line: WordLine) -> bool:
    """The second of two lines that each run over what stands in columns above them."""
    anchor = next((one for one in reversed(run) if len(_anchors(one)) >= _FEWEST_COLUMNS), None)
    return anchor is not None and _runs_over(anchor, run[-1]) and _runs_over(anchor, line)


def _runs_over(anchor: WordLine, line: WordLine) -> bool:
    if len(_parts(line)) > 1:
        return False
    low, high = line.words[0].x0, line.words[-1].x1
    return sum(part.words[0].x0 < high and part.words[-1].x1 > low for part in _anchors(anchor)) > 1


def _block(run: list[WordLine], before: Sequence[float]) -> _Block | None:
    """The table within a run of lines: from its first line in columns to the last."""
    if before and (_keeps(run, before) or _is_rest(run, before)):
        return _Block(run, list(before))
    anchors = [i for i, line in enumerate(run) if len(_anchors(line)) >= _FEWEST_COLUMNS]
    if len(anchors) < _FEWEST_ANCHORS:
        return None
    first, last = anchors[0], anchors[-1]
    while last + 1 < len(run) and _is_near(run[last], run[last + 1]):
        last += 1
    lines = run[first : last + 1]
    xs = list(before) if before and _fits(lines, before) else _gutters(lines)
    if len(xs) - 1 < _FEWEST_COLUMNS or not _fits(lines, xs):
        return None
    if before and not any(_crosses(line, xs) for line in run[:first]):
        first = 0  # what is left of a row from the page before
    while first > 0 and _is_beside(run[first], run[first - 1], xs):
        first -= 1  # a head or a cell with more lines than its neighbours, in the middle of its row
    while last + 1 < len(run) and _is_beside(run[last], run[last + 1], xs):
        last += 1
    while last + 1 < len(run) and len(_columns(run[last + 1], xs)) > 1:
        if _crosses(run[last + 1], xs) > 1:
            break
        last += 1  # a total's row
    return _Block(run[first : last + 1], xs)


def _is_near(above: WordLine, line: WordLine) -> bool:
    """As near as lines of one paragraph."""
    return line.bbox[1] - above.bbox[3] < _NEAR * _height(line) and not _runs_over(above, line)


def _is_beside(line: WordLine, other: WordLine, xs: Sequence[float]) -> bool:
    """As near as lines of one paragraph, within the columns."""
    _, top, _, bottom = line.bbox
    gap = max(other.bbox[1] - bottom, top - other.bbox[3])
    return gap < _NEAR * _height(line) and not _crosses(other, xs)


def _height(line: WordLine) -> float:
    return line.words[0].bottom - line.words[0].top


def _parts(line: WordLine) -> list[WordLine]:
    """The line parted at each blank that is wider than between the words of a text."""
    return segments(line, _GAP * _height(line))


def _anchors(line: WordLine) -> list[WordLine]:
    """The line parted at blanks that no justified text has."""
    return segments(line, _WIDE_GAP * _height(line))


def _gutters(lines: list[WordLine]) -> list[float]:
    """Edges of the columns: the stretches that hardly a line has words in."""
    events = sorted(
        event for line in lines for w in line.words for event in ((w.x0, 1), (w.x1, -1))
    )
    left, right = events[0][0], events[-1][0]
    free = _free(events, max(1, int(_CROSSED * len(lines))))
    # A column with few words lies within what is hardly ever written on, as do titles that cross.
    sparse = [
        (low, high)
        for low, high in _inked(events)
        if any(a <= low and high <= b for a, b in free) and _is_sparse(lines, low, high)
    ]
    for low, high in sparse:
        free = [part for one in free for part in _without(one, low, high)]
    free = [(low, high) for low, high in free if low > left and high < right]
    edges = [left - 1]
    for index, (low, high) in enumerate(free):
        end = free[index + 1][0] if index + 1 < len(free) else right
        if high - low >= _LEAST_GUTTER and _is_column(lines, high, end):
            edges.append(high - min(2.0, (high - low) / 2))
    return [*edges, right + 1]


def _free(events: Sequence[tuple[float, int]], most: int) -> list[tuple[float, float]]:
    """The stretches over which at most so many words lie, from the first word to the last."""
    made: list[tuple[float, float]] = []
    count = 0
    since: float | None = events[0][0]
    for at, change in events:
        count += change
        if count <= most and since is None:
            since = at
        elif count > most and since is not None:
            made.append((since, at))
            since = None
    return [*made, (since, events[-1][0])] if since is not None else made


def _inked(events: Sequence[tuple[float, int]]) -> list[tuple[float, float]]:
    """The stretches between those over which no word at all lies."""
    blank = [one for one in _free(events, 0) if one[1] - one[0] >= _LEAST_GUTTER]
    edges = [events[0][0], *(x for one in blank for x in one), events[-1][0]]
    return [(low, high) for low, high in zip(edges[::2], edges[1::2], strict=True) if low < high]


def _without(one: tuple[float, float], low: float, high: float) -> list[tuple[float, float]]:
    """What is left of a stretch beside another."""
    if high <= one[0] or low >= one[1]:
        return [one]
    return [part for part in ((one[0], low), (high, one[1])) if part[0] < part[1]]


def _is_sparse(lines: list[WordLine], low: float, high: float) -> bool:
    """Several lines have words there, and they stand by themselves: the cells of a column."""
    found = apart = 0
    for line in lines:
        inside = [i for i, w in enumerate(line.words) if low - 1 < w.centre < high + 1]
        if not inside:
            continue
        found += 1
        gap = _GAP * _height(line)
        before = line.words[inside[0] - 1].x1 if inside[0] else low - 2 * gap
        after = (
            line.words[inside[-1] + 1].x0 if inside[-1] + 1 < len(line.words) else high + 2 * gap
        )
        first, last = line.words[inside[0]], line.words[inside[-1]]
        apart += first.x0 - before >= gap and after - last.x1 >= gap
    return found >= _FEWEST_SPARSE and apart == found


def _is_column(lines: list[WordLine], low: float, high: float) -> bool:
    """Its words stand by themselves; where long lines of a column run out they follow on."""
    apart = close = 0
    for line in lines:
        index = next((i for i, w in enumerate(line.words) if w.centre >= low - 1), None)
        if index is None or line.words[index].x0 > high:
            continue
        before = line.words[index - 1].x1 if index else None
        follows = before is not None and line.words[index].x0 - before < _GAP * _height(line)
        apart, close = apart + (not follows), close + follows
    return apart > close


def _fits(lines: list[WordLine], xs: Sequence[float]) -> bool:
    """Hardly a line crosses the edges, and enough of them fill several columns."""
    if sum(_crosses(line, xs) > 0 for line in lines) > 3 * _CROSSED * len(lines):
        return False
    own = [_columns(line, xs) for line in lines]
    # Lines that lie between each other's (cells in the middle of their row) may count as one.
    together: list[set[int]] = []
    end = 0.0
    for line, columns in zip(lines, own, strict=True):
        _, top, _, bottom = line.bbox
        if not together or top > end - _BETWEEN * _height(line):
            together.append(set())
        together[-1] |= columns
        end = max(end, bottom)
    return any(
        sum(len(columns) > 1 for columns in filled) >= max(3, 0.4 * len(filled))
        for filled in (own, together)
    )


def _crosses(line: WordLine, xs: Sequence[float]) -> int:
    """How many inner edges run through a text of the line."""
    return sum(part.words[0].x0 < x < part.words[-1].x1 for part in _parts(line) for x in xs[1:-1])


def _columns(line: WordLine, xs: Sequence[float]) -> set[int]:
    return {
        index
        for index, (low, high) in enumerate(pairwise(xs))
        if any(low <= word.centre < high for word in line.words)
    }


def _table(block: _Block, level: list[Rule]) -> RuledTable | None:
    ys = _row_edges(block.lines, block.xs, level)
    if len(ys) < 3:
        return None
    width = len(block.xs) - 1
    edges = [ys[0]]
    cells: list[tuple[int, int, int, int]] = []
    for top, bottom in pairwise(ys):
        inside = [line for line in block.lines if top <= _middle(line) < bottom]
        spans = _spans(inside, block.xs)
        row, below = len(edges) - 1, len(edges)
        lower = _second_line(inside, spans, block.xs)
        if lower is not None:
            edges.append(lower)
            below += 1
        column = 0
        while column < width:
            end = next((high for low, high in spans if low == column), column + 1)
            if lower is not None and end > column + 1:
                cells.append((row, column, row + 1, end))
                cells += [(row + 1, one, below, one + 1) for one in range(column, end)]
            else:
                cells.append((row, column, below, end))
            column = end
        edges.append(bottom)
    return RuledTable(tuple(block.xs), tuple(edges), tuple(cells), (), (), loose=True)


def _second_line(
    lines: list[WordLine], spans: list[tuple[int, int]], xs: Sequence[float]
) -> float | None:
    """Where the heads below a head over several columns begin; None where there are none."""
    for low, high in spans:
        own = [_between(line, xs[low], xs[high]) for line in lines]
        parts = [line for line in own if line is not None]
        crossing = [line for line in parts if _crosses(line, xs)]
        below = [line for line in parts if line.bbox[1] > crossing[-1].bbox[1]] if crossing else []
        if crossing and any(len(_columns(line, xs)) > 1 for line in below):
            return (crossing[-1].bbox[3] + below[0].bbox[1]) / 2
    return None


def _between(line: WordLine, low: float, high: float) -> WordLine | None:
    words = tuple(word for word in line.words if low <= word.centre < high)
    return WordLine(words) if words else None


def _spans(lines: list[WordLine], xs: Sequence[float]) -> list[tuple[int, int]]:
    """Runs of columns that one text of the row lies over; none where the lines below part them."""
    found: set[tuple[int, int]] = set()
    for line in lines:
        for part in _parts(line):
            if not _crosses(part, xs):
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


def _middle(line: WordLine) -> float:
    return (line.bbox[1] + line.bbox[3]) / 2


def _row_edges(lines: list[WordLine], xs: Sequence[float], level: list[Rule]) -> list[float]:
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
    height = _height(lines[len(lines) // 2])
    bands = _bands([word for line in lines for word in line.words])
    wide = _threshold([_pitch(*pair) for pair in pairwise(bands)], height)
    edges = [top]
    if wide is None:
        for above, below in pairwise(lines):
            if _opens_row(below, xs):
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


def _opens_row(line: WordLine, xs: Sequence[float]) -> bool:
    first = " ".join(word.text for word in line.words if word.centre < xs[1])
    return _ORDINAL.fullmatch(first) is not None
