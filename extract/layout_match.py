"""Lines of a laid-out page → cells, where a column's left edge moves from row to row.

``pdftotext -layout`` sets a cell that nearly touches its neighbour some letters off its column's
place, all its lines alike; lines near each other therefore tell each other where a column begins.
Each line's words are laid into the columns in order, so that the runs of words begin where the
lines nearby begin theirs; what begins where is then learned anew, a few times over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from extract.layout_cells import Grid, deal, is_alone
from extract.layout_line import Places, laid_line
from extract.layout_lines import LABEL, ORDINAL, LaidLine, Range
from extract.layout_places import columns_of
from normalize.patterns import pattern

_STEADIEST = 0.8
_JUSTIFIED, _WIDE_INSIDE = 0.5, 2.5
"""What a wide blank inside of a cell costs, where text is set to both edges and where it is not."""

_LABEL_BEHIND = pattern(r".{1,26} \d{1,2}(?:\.\d{1,2})*\. \p{Lu}\p{Ll}")
"""The number of a task that touches the area before it."""

Dealt = tuple[list[Range | None], bool]


def match(
    lines: Sequence[LaidLine],
    grid: Grid,
    roles: Sequence[str],
    before: Sequence[int] = (),
) -> tuple[list[Dealt], list[bool], list[int]]:
    """The ranges of each line's words by column, and whether one text crosses columns.

    ``roles`` are the columns' roles, "" where a head tells none. Told beside: in which lines words
    of two columns touch and no other line of the row confirms where they part.
    """
    rows = _rows_hinted(lines)
    opens = [row != above for above, row in pairwise([-1, *rows])]
    starts, habit, doubtful = columns_of(lines, grid, roles, opens, before)
    inside = _JUSTIFIED if habit.justified else _WIDE_INSIDE
    cells = [
        laid_line(line, Places(own, habit.centred, habit.full, roles, grid.numbered, first, inside))
        for line, own, first in zip(lines, starts, opens, strict=True)
    ]
    made: list[Dealt] = []
    for index, (line, own, found) in enumerate(zip(lines, starts, cells, strict=True)):
        near = _beside(lines, cells, index) if is_alone(line) else ()
        if is_alone(line) and not _stands_beside(line, found, own, near):
            made.append(deal(line, _moved(grid, own), near))
        else:
            made.append((found, False))
    unsure = _unsure(lines, [own for own, _ in made], rows, 2 if grid.numbered else 1)
    return made, [a or b for a, b in zip(unsure, doubtful, strict=True)], habit.places


def _unsure(
    lines: Sequence[LaidLine],
    cells: Sequence[Sequence[Range | None]],
    rows: Sequence[int],
    first: int,
) -> list[bool]:
    """The lines with a cell, from column ``first`` on, that begins right behind another one's words
    where none of the row's other lines begins, but for a letter.
    """
    begun: set[tuple[int, int, int]] = set()
    common: list[Counter[int]] = [Counter() for _ in cells[0]]
    for line, own, row in zip(lines, cells, rows, strict=True):
        opening = {low for low, _ in line.pieces}
        for column, span in enumerate(own):
            if span is not None and span[0] in opening:
                begun.add((row, column, span[0]))
                common[column][span[0]] += 1
    for column, found in enumerate(common):
        # Where the column does not move, its place is known in every row.
        for low, times in found.most_common(1):
            if times > _STEADIEST * sum(found.values()):
                begun |= {(row, column, low) for row in rows}
    made: list[bool] = []
    for line, own, row in zip(lines, cells, rows, strict=True):
        opening = {low for low, _ in line.pieces}
        made.append(
            any(
                span[0] not in opening
                and not any((row, column, span[0] + step) in begun for step in (-1, 0, 1))
                for column, span in enumerate(own)
                if span is not None and column >= first
            )
        )
    return made


def _stands_beside(
    line: LaidLine, cells: Sequence[Range | None], starts: Sequence[int], near: Sequence[bool]
) -> bool:
    """A text alone in its line is several cells where each stands right below or above others."""
    parts = [(column, span) for column, span in enumerate(cells) if span is not None]
    return len(parts) > len(line.pieces) and all(
        near[column] and abs(span[0] - starts[column]) < 2 for column, span in parts
    )


def _beside(
    lines: Sequence[LaidLine], cells: Sequence[Sequence[Range | None]], index: int
) -> list[bool]:
    """For each column whether the lines before or behind have words of their own in it."""
    near = [False] * len(cells[index])
    if _is_group_number(lines[index].words(lines[index].pieces[0])):
        return near
    for step in (-1, 1):
        for at in range(index + step, index + 4 * step, step):
            if not 0 <= at < len(lines) or lines[max(at, at - step)].gap:
                break
            opening = {low for low, _ in lines[at].pieces}
            for column, span in enumerate(cells[at]):
                near[column] = near[column] or (span is not None and span[0] in opening)
    return near


def _is_group_number(words: str) -> bool:
    """ "II", "A", "II. Cải cách …": what opens a row that spans the table more often than not."""
    if len(words) < 8 and words.strip("().").isalpha() and words.isupper():
        return True
    label = LABEL.match(words)
    return label is not None and label.group()[0].isupper()


def _moved(grid: Grid, starts: Sequence[int]) -> Grid:
    """The page's grid as it lies at one line."""
    cuts = [
        cut + starts[i + 1] - grid.starts[i + 1] if starts[i + 1] > cut else starts[i + 1] - 1
        for i, cut in enumerate(grid.cuts)
    ]
    for i in range(1, len(cuts)):
        cuts[i] = max(cuts[i], cuts[i - 1] + 1)
    return Grid(tuple(cuts), grid.full, tuple(starts), grid.numbered)


def _rows_hinted(lines: Sequence[LaidLine]) -> list[int]:
    """For each line a count of the rows that seem to have begun before it."""
    made: list[int] = []
    rows = 0
    for line in lines:
        opens = len(line.pieces) > 1 and (
            ORDINAL.fullmatch(line.words(line.pieces[0])) is not None
            or any(LABEL.match(line.words(piece)) is not None for piece in line.pieces[:3])
            or _LABEL_BEHIND.match(line.text) is not None
        )
        rows += line.gap or opens
        made.append(rows)
    return made
