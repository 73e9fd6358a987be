"""Tables of a scan whose columns no lines part: found as in PDF text, then read cell by cell.

The words of the whole page tell where columns and rows lie (:mod:`extract.readers.unruled`),
with the page's level lines where it has some. Each cell is then read by itself, as ruled ones
are: alone between blanks a word is read better, and a lone figure is read at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from statistics import median
from unicodedata import normalize

import msgspec

from extract.printed import BBox
from extract.readers.grid import is_table
from extract.readers.gutters import crosses
from extract.readers.pdf_tables import shared_out
from extract.readers.pdf_words import PageWord, WordLine, lines_of
from extract.readers.ruled import Rule
from extract.readers.scan_page import Cells
from extract.readers.unruled import unruled_tables

_HANGING = frozenset("gjpqyQ,;()/|\N{COMBINING DOT BELOW}")
_BELOW = 0.22
"""Share of a line's height below the foot of its letters."""
_AROUND = 6
_MARKS = 2.5
"""Points that tone marks may stand out of a line that is as high as its letters."""
_SHIFTS = (0.0, 2.0, -2.0, 4.0, -4.0, 6.0, -6.0, 9.0, -9.0)
"""Points by which a scanner may lay one page beside the place of the page before."""


def loose_tables(
    words: list[PageWord],
    level: Iterable[Rule],
    before: Sequence[float],
    read: Callable[[BBox], list[PageWord]],
) -> tuple[list[Cells], list[PageWord]]:
    """The cells of each table among the words that stand in no ruled one, and the words left.

    Places in points: ``level`` are the page's level lines, ``before`` the column edges of such a
    table that reached the end of the page before; ``read`` gives the words inside a box.
    """
    made: list[Cells] = []
    left = _as_high_as_their_line(words)
    rules = list(level)
    for table in unruled_tables(left, rules, _laid_on(before, left)):
        inside, outside = shared_out(table, left)
        if is_table(inside):
            left = outside
            rooms = {box: _with_marks(box, table.ys, rules) for box in inside}
            made.append(
                {box: (read(rooms[box]) or own) if own else [] for box, own in inside.items()}
            )
    return made, left if made else words


def _with_marks(box: BBox, ys: Sequence[float], level: Sequence[Rule]) -> BBox:
    """The box with the marks above its letters, and below, where the table's edge cuts them.

    A line at the edge cuts nothing.
    """
    x0, top, x1, bottom = box
    above, below = (
        0.0 if edge != end or any(abs(rule.at - end) <= 2 * _MARKS for rule in level) else _MARKS
        for edge, end in ((top, ys[0]), (bottom, ys[-1]))
    )
    return x0, top - above, x1, bottom + below


def _as_high_as_their_line(words: list[PageWord]) -> list[PageWord]:
    """The words in boxes that stand on their line's foot and are as high as the lines around.

    Boxes of ink are as high as their letters are: from one line to the next they would tell
    blanks that no one set.
    """
    lines = lines_of(words)
    heights = [line.bbox[3] - line.bbox[1] for line in lines]
    made: list[PageWord] = []
    for index, line in enumerate(lines):
        height = median(heights[max(0, index - _AROUND) : index + _AROUND + 1])
        foot = _foot_of(line, height)
        top, bottom = foot - (1 - _BELOW) * height, foot + _BELOW * height
        made += [msgspec.structs.replace(word, top=top, bottom=bottom) for word in line.words]
    return made


def _foot_of(line: WordLine, height: float) -> float:
    """Where the letters of the line stand: the lower end of words that nothing hangs from."""
    found = [word.bottom for word in line.words if not _hangs(word.text)]
    return median(found or [word.bottom - _BELOW * height for word in line.words])


def _hangs(text: str) -> bool:
    """Has it letters or marks that reach below the line, or none that stands on it?"""
    return not _HANGING.isdisjoint(normalize("NFD", text)) or not any(map(str.isalnum, text))


def _laid_on(before: Sequence[float], words: list[PageWord]) -> Sequence[float]:
    """The edges moved to where the fewest words of this page lie across them."""
    if not before:
        return before
    lines = lines_of(words)
    moved = [[edge + shift for edge in before] for shift in _SHIFTS]
    return min(moved, key=lambda edges: sum(crosses(line, edges) for line in lines))
