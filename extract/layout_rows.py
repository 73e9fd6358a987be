"""Lines of a laid-out page → rows: where one row of a table ends and the next begins.

A number opens a row where rows are numbered. Cells stand at the top of their row or in its
middle; they begin with capitals and are wrapped only where a word did not fit. Every way to part
the lines has a cost by these habits, and the cheapest is taken.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from extract.align import opens
from extract.column_heads import is_total
from extract.layout_lines import (
    COLUMN_NUMBER,
    LABEL,
    ORDINAL,
    begins_paragraph,
    leaves_open,
    opens_item,
    starts_small,
)

_MOST_LINES = 70
_NEVER = 1e12
_ROW = 1.0
_HOPELESS = 40.0
_LISTS = 5.0
_NEARLY = 1.5
"""Two ways to part a page whose costs lie so near each other are as likely."""


class LineCells(msgspec.Struct, frozen=True, gc=False):
    """The words of one line by column (``""`` where a column is empty there).

    ``gap`` tells that a blank line stands before it, ``spans`` that one text crosses columns.
    """

    texts: tuple[str, ...]
    gap: bool
    spans: bool


class RowHabits(msgspec.Struct, frozen=True):
    """What a table's rows are parted by.

    ``number``/``task``/``bodies``/``times``: their columns (or none); ``capital``: columns whose
    cells begin with capitals; ``loose``: columns of merged cells that stand
    beside several rows (areas); ``numbered``: most rows show a number in their own column,
    ``labelled``: at the head of their task; ``gaps``: blank lines part the rows.
    """

    widths: tuple[float, ...]
    number: int | None
    task: int | None
    bodies: frozenset[int]
    times: frozenset[int]
    capital: frozenset[int]
    loose: frozenset[int]
    numbered: bool
    labelled: bool
    gaps: bool


class Parted(msgspec.Struct, frozen=True, gc=False):
    """One row of a page: its half-open range of lines.

    ``doubtful`` tells that another way to part these lines is nearly as likely, or that the row
    looks like several.
    """

    low: int
    high: int
    doubtful: bool = False


def part_rows(
    lines: Sequence[LineCells], habits: RowHabits, cut: bool, begun: bool = False
) -> list[Parted]:
    """The rows of one page, in order.

    ``cut`` tells that the last row of the page before has not come to its end, ``begun`` that the
    page after begins with a row that may have begun on this page, but for its number and task.

    All rows of a page have their cells at the top or all have them in the middle, but for the
    rows that the page's ends cut.
    """
    top, rows = _cheapest(lines, habits, cut, begun, middle=False)
    middle, others = _cheapest(lines, habits, cut, begun, middle=True)
    if middle + 0.1 * len(others) < top:
        top, middle, rows, others = middle, top, others, rows
    if abs(middle - top) >= _NEARLY:
        return rows
    # The other place of the cells is as likely: rows that it parts otherwise are in doubt.
    ranges = {(row.low, row.high) for row in others}
    return [
        row if (row.low, row.high) in ranges else msgspec.structs.replace(row, doubtful=True)
        for row in rows
    ]


def _cheapest(
    lines: Sequence[LineCells], habits: RowHabits, cut: bool, begun: bool, middle: bool
) -> tuple[float, list[Parted]]:
    """What the cheapest way to part the lines costs, and its rows."""
    count = len(lines)
    best = [0.0] + [_NEVER] * count
    came = [0] * (count + 1)
    ways: list[tuple[int, int, float]] = []
    odd: set[tuple[int, int]] = set()
    for start in range(count):
        above = lines[start - 1] if start and not lines[start].gap else None
        row = _Row(habits, above, start == 0, middle)
        row.goes_on = cut and start == 0
        row.begun = begun
        for end in range(start + 1, min(count, start + _MOST_LINES) + 1):
            if not row.take(lines[end - 1]) or row.spent > _HOPELESS:
                break
            cost = row.cost(lines[end] if end < count else None)
            ways.append((start, end, cost))
            if row.is_odd():
                odd.add((start, end))
            total = best[start] + cost
            if total < best[end]:
                best[end], came[end] = total, start
    rows: list[tuple[int, int]] = []
    end = count
    while end:
        rows.append((came[end], end))
        end = came[end]
    rows.reverse()
    others = _without(rows, ways, best)
    return best[count], [
        Parted(low, high, other - best[count] < _NEARLY or (low, high) in odd)
        for (low, high), other in zip(rows, others, strict=True)
    ]


def _without(
    rows: Sequence[tuple[int, int]], ways: Sequence[tuple[int, int, float]], best: Sequence[float]
) -> list[float]:
    """For each row what the cheapest way to part the page costs that lacks this very row.

    ``ways`` are all rows that may be (first line, line behind, cost) by their first lines, ``best``
    what the lines before each cost at least. Some row holds the first line in any case.
    """
    count = len(best) - 1
    rest = [_NEVER] * count + [0.0]
    """What the lines from each on cost at least."""
    at = {low: index for index, (low, _) in enumerate(rows)}
    holding = [at.get(line, -1) for line in range(count)]
    found = [_NEVER] * len(rows)
    for start, end, cost in reversed(ways):
        rest[start] = min(rest[start], cost + rest[end])
    for start, end, cost in ways:
        total = best[start] + cost + rest[end]
        for line in range(start, end):
            index = holding[line]
            if index >= 0 and rows[index] != (start, end):
                found[index] = min(found[index], total)
    return found


def opens_row(lines: Sequence[LineCells], habits: RowHabits) -> bool:
    """The first of the lines shows the number by which the table's rows are known."""
    if not lines:
        return False
    number, task = habits.number, habits.task
    texts = lines[0].texts
    return bool(
        (habits.numbered and number is not None and ORDINAL.fullmatch(texts[number]))
        or (habits.labelled and task is not None and LABEL.match(texts[task]))
    )


def begins_row(
    lines: Sequence[LineCells], following: Sequence[LineCells], habits: RowHabits
) -> bool:
    """The last lines of a page are the first of the row whose number stands on the next page.

    Some printers push the number and the task of a row to the next page and leave first lines of
    its other cells behind: there the cells go on with small letters, or are empty.
    """
    if not opens_row(following[:1], habits):
        return False
    own = {index for line in lines for index, text in enumerate(line.texts) if text}
    own -= habits.loose
    if not own or own & {habits.number, habits.task}:
        return False
    rest: dict[int, str] = {}
    for at, line in enumerate(following):
        if at and (line.gap or opens_row([line], habits)):
            break
        for index, text in enumerate(line.texts):
            if text:
                rest.setdefault(index, text)
    return all(
        not rest.get(index) or rest[index][0] == "(" or starts_small(rest[index]) for index in own
    )


def is_count(texts: Sequence[str]) -> bool:
    """A line "(1) (2) (3)" below a header: a row of its own."""
    filled = [text for text in texts if text]
    return len(filled) > 2 and all(COLUMN_NUMBER.fullmatch(text) for text in filled)


class _Column(msgspec.Struct):
    first: int = -1
    last: int = -1
    text: str = ""
    opening: str = ""


class _Row:
    """One possible row, line by line: what speaks against it."""

    def __init__(
        self, habits: RowHabits, above: LineCells | None, page_top: bool, middle: bool
    ) -> None:
        self.habits = habits
        self.middle = middle
        self.above = above
        self.page_top = page_top
        self.goes_on = False
        self.begun = False
        self.counts = False
        self.height = 0
        self.spent = 0.0
        self.numbers = 0
        self.labels = 0
        self.spans = False
        self.resumed = 0
        """Columns at most whose cells went on in the same line after lines without a word."""
        self.columns = [_Column() for _ in habits.widths]

    def take(self, line: LineCells) -> bool:
        """Adds a line; False where the row cannot hold it."""
        habits = self.habits
        at = self.height
        if self.counts or (
            at and any(text[:1].isupper() and is_total(text) for text in line.texts[:2])
        ):
            return False
        if not at:
            self.counts = is_count(line.texts)
        self.height += 1
        if at and line.gap:
            self.spent += 6.0 if habits.gaps else 2.0
        if at and line.spans != self.spans:
            self.spent += 8.0 if sum(map(bool, line.texts)) > 2 else 2.0
        if at and self._begins_anew(line):
            self.spent += 3.0
        self.spans = self.spans or line.spans
        self.resumed = max(self.resumed, self._resuming(line, at))
        for index, text in enumerate(line.texts):
            if not text:
                continue
            if index == habits.number and ORDINAL.fullmatch(text):
                self.numbers += 1
                if self.numbers > 1 and habits.numbered:
                    self.spent += 3.0  # one row may list several tasks, line by line
            if index == habits.task and LABEL.match(text):
                self.labels += 1
            if index not in habits.loose:
                self._cell(self.columns[index], text, at, index)
        return True

    def _resuming(self, line: LineCells, at: int) -> int:
        """How many columns go on here where a line begins something after lines left empty; a
        column beside them whose line opens an item counts, too."""
        if self.middle:
            return 0
        anew = [
            (column.last + 1 < at, index)
            for index, (column, text) in enumerate(zip(self.columns, line.texts, strict=True))
            if text
            and index not in self.habits.loose
            and column.first >= 0
            and not leaves_open(column.text)
            and (not starts_small(text) or opens(text))
            and (column.last + 1 < at or opens_item(text))
        ]
        return len(anew) if any(pause for pause, _ in anew) else 0

    def _begins_anew(self, line: LineCells) -> bool:
        """The heading of a group, or capitals below words in three columns: a row of its own."""
        task = self.habits.task
        if task is not None and line.texts[task][:1].isupper():
            label = LABEL.match(line.texts[task])
            if label is not None and label.group()[0].isupper():
                return True
        if self.habits.numbered or self.habits.labelled:
            return False
        capitals = sum(
            1
            for column, text in zip(self.columns, line.texts, strict=True)
            if text
            and column.first >= 0
            and (not text[0].islower() or opens(text))
            and not leaves_open(column.text)
        )
        return capitals > 2

    def _cell(self, column: _Column, text: str, at: int, index: int) -> None:
        """A further line of one cell: holes in it and lines that end early are odd."""
        if column.first < 0:
            column.first = at
            column.opening = text
            if starts_small(text) and index in self.habits.capital:
                # "quý II", "các sở" may open a cell as well as go on with one.
                odd = 1.0 if opens(text) else 2.5
                self.spent += 0.4 if self.page_top else odd
            elif at == 0 and self.above is not None and self.above.texts[index]:
                above = self.above.texts[index]
                self.spent += 2.0 if leaves_open(above) else 0.0
        else:
            if at > column.last + 1:
                # Two cells of unlike height in the middle of a row: their lines alternate.
                few = 0.1 if self.middle else 1.0
                self.spent += few if at == column.last + 2 else 2.0
            if index == self.habits.task and LABEL.match(text):
                # The third task of a row that lists several is less odd than the second.
                again = 0.4 if self.labels > 2 and self.spent > _LISTS else 1.7
                self.spent += again if self.habits.labelled else 0.0
            elif not opens_item(text) and begins_paragraph(
                column.text, text, self.habits.widths[index]
            ):
                self.spent += 0.7 if self.labels > 1 else 1.5
        column.last = at
        column.text = text

    def is_odd(self) -> bool:
        """It holds what one row hardly holds: several numbers, or columns that pause together.

        Where blank lines part the rows, they do so for sure.
        """
        if self.habits.gaps:
            return False
        return (self.habits.numbered and self.numbers > 1) or self.resumed > 1

    def cost(self, following: LineCells | None) -> float:
        """The cost of ending the row here, before the line ``following``."""
        habits = self.habits
        total = _ROW + self.spent + self._place(following is None)
        free = self.page_top or (self.begun and following is None)
        if habits.numbered and not self.numbers and not self.spans:
            total += 0.5 if free else 3.0
        if habits.labelled and not self.labels and not self.spans:
            total += 0.5 if free else 3.0
        if self.goes_on and (self.numbers or self.labels):
            total += 4.0
        if self.labels and self._lacks_bodies():
            total += 1.0
        if following is not None and habits.gaps and not following.gap:
            total += 1.5
        return total

    def _lacks_bodies(self) -> bool:
        """A task with a date or a product and nobody to do it: a part of the row above."""
        filled = {index for index, column in enumerate(self.columns) if column.first >= 0}
        bodies = self.habits.bodies
        task = self.habits.task
        return bool(bodies) and not filled & bodies and bool(filled - {task, self.habits.number})

    def _place(self, page_end: bool) -> float:
        """What speaks against the places of the cells within the row."""
        if not self.middle:
            return self._top()
        at_end = self.page_top or page_end
        return min(self._top() + 0.2, self._middle()) if at_end else self._middle()

    def _top(self) -> float:
        return sum(min(one.first, 3) for one in self.columns if one.first > 0) * 0.8

    def _middle(self) -> float:
        bottom = self.height - 1
        off = (abs(one.first - (bottom - one.last)) - 1 for one in self.columns if one.first >= 0)
        return sum(min(one, 4) for one in off if one > 0) * 0.8
