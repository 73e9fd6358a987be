"""Tables whose columns no lines part: columns by the gaps that run through their lines, rows by
lines across the page, by wider blanks between lines, or by the numbers that open them.

A table is taken for one where three columns at least stand in line; where rules draw its head
only, the head's columns are those of the lines below it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec

from extract.column_heads import is_total
from extract.readers.gutters import (
    anchors_of,
    columns_of,
    crosses,
    fits,
    gutters_of,
    height_of,
    lies_across,
    parts_of,
)
from extract.readers.pdf_words import PageWord, WordLine, lines_of
from extract.readers.ruled import Rule, RuledTable
from extract.readers.unruled_rows import column_spans, middle_of, opens_row, row_edges

_NEAR = 0.4
_FEWEST_COLUMNS = 3
_FEWEST_ANCHORS = 3
_FAR = 1.2
"""A blank of so many heights of a line may end the table."""
_MOST_HEAD_ROWS = 3
_MOST_HEAD_LINES = 5
_SAME = 3.0


class _Block(msgspec.Struct):
    """Lines one below the other that share gutters."""

    lines: list[WordLine]
    xs: list[float]
    fresh: bool = False
    """Does it begin with its head?"""


def unruled_tables(
    words: Sequence[PageWord], level: Iterable[Rule], before: Sequence[float] = ()
) -> list[RuledTable]:
    """The tables among words that stand in no ruled one; ``level`` are the page's level lines.

    ``before``: the column edges of such a table that reached the end of the page before.
    """
    lines = lines_of(words)
    if not before and sum(len(anchors_of(line)) >= _FEWEST_COLUMNS for line in lines) < 3:
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
            while lines and len(columns_of(lines[0], table.xs)) < _FEWEST_COLUMNS:
                del lines[0]
            lines = lines if len(lines) <= _MOST_HEAD_LINES else []
        ys = row_edges(lines, table.xs, rules) if lines else []
        table = _stacked_on(_plain(table.xs, [*ys[:-1], table.ys[0]]), table) if ys else table
    if table.loose or few:
        lines = _run_on(
            lines_of([w for w in beside if w.middle > table.ys[-1]]), table.xs, table.ys[-1]
        )
        full = [line for line in lines if len(columns_of(line, table.xs)) >= _FEWEST_COLUMNS]
        if len(full) >= (1 if table.loose else 2):
            ys = row_edges(lines, table.xs, rules)
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
        if blank > 2 * _FAR * height_of(line) or _cuts(line, xs) > 1:
            break
        # One title of a group may stand between rows, two lines by themselves are other text.
        across = crosses(line, xs) > 1
        by_itself = len(columns_of(line, xs)) < 2 and blank > 0.4 * height_of(line)
        # Lines between each other's: cells of unlike height in the middle of one row.
        between = bool(made) and blank < 0 and columns_of(line, xs) != columns_of(made[-1], xs)
        several = len(columns_of(line, xs)) > 1 or between
        alone = alone + 1 if by_itself or across else 0 if several else alone
        if alone > 1:
            break
        made.append(line)
        edge = max(edge, bottom) if down else min(edge, top)
    while made and alone and (len(made) > 1 or crosses(made[0], xs) > 1):
        if len(columns_of(made[-1], xs)) > 1 and crosses(made[-1], xs) < 2:
            break
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
            len(columns_of(line, table.xs)) > 1 for line in lines
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
        if run and line.bbox[1] - run[-1].bbox[3] <= far * height_of(line):
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
        if near and near < 3 * _FAR * height_of(run[0]) and _keeps(run, made[-1].xs):
            made[-1].lines += run
            at = index
        elif (block := _block(run, before if _may_head(runs[:index]) else ())) is not None:
            made.append(block)
            at = index if block.lines[-1] is run[-1] else -1
    return made


def _may_head(runs: list[list[WordLine]]) -> bool:
    """What stands above on the page is a page number or the like."""
    return all(len(run) == 1 and len(parts_of(run[0])) == 1 for run in runs)


def _both_in_columns(run: list[WordLine], line: WordLine) -> bool:
    """The run's last row and the line stand in columns: the blank between may be a row's padding,

    as wide as shaded rows and tables without rules like it.
    """
    return len(anchors_of(line)) >= _FEWEST_COLUMNS and any(
        len(anchors_of(one)) >= _FEWEST_COLUMNS for one in run[-_FEWEST_ANCHORS:]
    )


def _keeps(run: list[WordLine], xs: Sequence[float]) -> bool:
    """The lines stand in these columns: the first in several, none across."""
    return len(columns_of(run[0], xs)) > 1 and not any(crosses(line, xs) for line in run)


def _is_rest(run: list[WordLine], xs: Sequence[float]) -> bool:
    """The last rows of a table, the first of them what a page's end left of one."""
    full = any(len(columns_of(line, xs)) >= _FEWEST_COLUMNS for line in run)
    return full and not any(crosses(line, xs) for line in run)


def _is_prose(run: list[WordLine], line: WordLine) -> bool:
    """The second of two lines that each run over what stands in columns above them."""
    anchor = next((one for one in reversed(run) if len(anchors_of(one)) >= _FEWEST_COLUMNS), None)
    return anchor is not None and _runs_over(anchor, run[-1]) and _runs_over(anchor, line)


def _runs_over(anchor: WordLine, line: WordLine) -> bool:
    if len(parts_of(line)) > 1:
        return False
    low, high = line.words[0].x0, line.words[-1].x1
    return (
        sum(part.words[0].x0 < high and part.words[-1].x1 > low for part in anchors_of(anchor)) > 1
    )


def _block(run: list[WordLine], before: Sequence[float]) -> _Block | None:
    """The table within a run of lines: from its first line in columns to the last."""
    if before and (_keeps(run, before) or _is_rest(run, before)):
        return _Block(run, list(before))
    anchors = [i for i, line in enumerate(run) if len(anchors_of(line)) >= _FEWEST_COLUMNS]
    if len(anchors) < _FEWEST_ANCHORS:
        return None
    first, last = anchors[0], anchors[-1]
    while last + 1 < len(run) and _is_near(run[last], run[last + 1]):
        last += 1
    lines = run[first : last + 1]
    xs = list(before) if before and fits(lines, before) else gutters_of(lines)
    if not before:
        xs = _with_heads(lines, xs)
    if len(xs) - 1 < _FEWEST_COLUMNS or not fits(lines, xs):
        return None
    if before and xs == list(before) and not any(crosses(line, xs) for line in run[:first]):
        first = 0  # what is left of a row from the page before
    while first > 0 and _is_beside(run[first], run[first - 1], xs):
        first -= 1  # a head or a cell with more lines than its neighbours, in the middle of its row
    while last + 1 < len(run) and _is_beside(run[last], run[last + 1], xs):
        last += 1
    while last + 1 < len(run) and len(columns_of(run[last + 1], xs)) > 1:
        if crosses(run[last + 1], xs) > 1:
            break
        last += 1  # a total's row
    last = _last_of(run[: last + 1], xs)
    while first < last < len(run) - 1 and _is_heading(run[last], xs):
        last -= 1  # what it heads is text
    return _Block(run[first : last + 1], xs, not before)


def _last_of(lines: list[WordLine], xs: Sequence[float]) -> int:
    """The table's last line: a total without a numbered row below it ends the table."""
    for at in range(len(lines) - 1, 0, -1):
        if opens_row(lines[at], xs):
            break
        if is_total(parts_of(lines[at])[0].text):
            return at
    return len(lines) - 1


def _is_heading(line: WordLine, xs: Sequence[float]) -> bool:
    """One text over several columns, no total."""
    return lies_across(line, xs) and not is_total(parts_of(line)[0].text)


def _with_heads(lines: list[WordLine], xs: list[float]) -> list[float]:
    """The edges without those that part a head from the words it stands over.

    A head in the middle of its column, numbers at the column's left: two stretches, of which
    one has the head alone and the other all but the head.
    """
    head = next((at for at, line in enumerate(lines) if at and opens_row(line, xs)), 0)
    filled = [set() if crosses(line, xs) else columns_of(line, xs) for line in lines]
    above = set[int]().union(*filled[:head])
    below = set[int]().union(*filled[head:])
    return [
        x
        for at, x in enumerate(xs)
        if not (
            head
            and 0 < at < len(xs) - 1
            and {at - 1, at} & above != {at - 1, at}
            and {at - 1, at} & below != {at - 1, at}
        )
    ]


def _is_near(above: WordLine, line: WordLine) -> bool:
    """As near as lines of one paragraph."""
    return line.bbox[1] - above.bbox[3] < _NEAR * height_of(line) and not _runs_over(above, line)


def _is_beside(line: WordLine, other: WordLine, xs: Sequence[float]) -> bool:
    """As near as lines of one paragraph, within the columns."""
    _, top, _, bottom = line.bbox
    gap = max(other.bbox[1] - bottom, top - other.bbox[3])
    return gap < _NEAR * height_of(line) and not crosses(other, xs)


def _table(block: _Block, level: list[Rule]) -> RuledTable | None:
    ys = row_edges(block.lines, block.xs, level, fresh=block.fresh)
    if len(ys) < 3:
        return None
    width = len(block.xs) - 1
    edges = [ys[0]]
    cells: list[tuple[int, int, int, int]] = []
    for top, bottom in pairwise(ys):
        inside = [line for line in block.lines if top <= middle_of(line) < bottom]
        spans = column_spans(inside, block.xs)
        row, below = len(edges) - 1, len(edges)
        lower = _second_line(inside, spans, block.xs)
        if not row and lower is None:
            lower, spans = _ruled_heads(inside, spans, block.xs, level)
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
        crossing = [line for line in parts if crosses(line, xs)]
        below = [line for line in parts if line.bbox[1] > crossing[-1].bbox[1]] if crossing else []
        if crossing and any(len(columns_of(line, xs)) > 1 for line in below):
            return (crossing[-1].bbox[3] + below[0].bbox[1]) / 2
    return None


def _ruled_heads(
    lines: list[WordLine], spans: list[tuple[int, int]], xs: Sequence[float], level: list[Rule]
) -> tuple[float | None, list[tuple[int, int]]]:
    """The line below a head over several columns, and the spans with it: a short head crosses none.

    None where no level line runs below one text and above several, as wide as their columns.
    """
    top, bottom = lines[0].bbox[1], max(line.bbox[3] for line in lines)
    for rule in level:
        if not top < rule.at < bottom:
            continue
        own = [
            column
            for column, (left, right) in enumerate(pairwise(xs))
            if min(rule.high, right) - max(rule.low, left) > (right - left) / 2
        ]
        if not 1 < len(own) < len(xs) - 1:
            continue
        low, high = own[0], own[-1] + 1
        parts = [part for line in lines if (part := _between(line, xs[low], xs[high])) is not None]
        over = [part for part in parts if middle_of(part) < rule.at]
        under = [columns_of(part, xs) for part in parts if middle_of(part) > rule.at]
        filled = {column for columns in under for column in columns}
        if over and len(filled) > 1 and all(len(parts_of(part)) == 1 for part in over):
            others = [span for span in spans if span[1] <= low or span[0] >= high]
            return rule.at, sorted([*others, (low, high)])
    return None, spans


def _between(line: WordLine, low: float, high: float) -> WordLine | None:
    words = tuple(word for word in line.words if low <= word.centre < high)
    return WordLine(words) if words else None
