"""Numbers of rows that the recognizer misread, mended by the count that they stand in.

The numbers of a table go on: after "1.3" comes "1.4", "2" or "2.1", after "b)" comes "c)". A
number that is none of these and looks like just one of them ("C)", "6,", "21" for "2.1") is that
one, unless the next row goes on from it as it was read.
"""

from __future__ import annotations

from itertools import zip_longest

import msgspec

from extract.printed import BBox
from extract.readers.grid import edges_of
from extract.readers.pdf_words import PageWord
from extract.readers.scan_page import NEAR, Cells
from extract.repair import value_of
from normalize.patterns import pattern

_NUMBER = pattern(
    r"(?P<open>\(?)(?P<core>[\dlIO|S]{1,3}(?:[.,][\dlIO|S]{1,3}){0,4}|[IVXLC]{1,6}|\p{L})"
    r"(?P<close>[.,):/]{0,2})"
)
_LOOKS = str.maketrans("li|!osz", "1111052", ".,")
_DOUBTFUL = 85.0
"""Confidence below which a number may be misread as one that it does not look like."""
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_OPENERS = ("1", "1.1", "a", "I")
"""Numbers that a new count may open with: good as they are, no guess for another."""
_SHARE = 0.5
"""Share of a column's cells with words that open with a number where it numbers rows."""


class _Label(msgspec.Struct):
    """A number that opens a cell, as it was read."""

    box: BBox
    word: PageWord
    open: str
    core: str
    close: str


class _Count(msgspec.Struct):
    """The last number of each kind in one column, and whether the column numbers rows."""

    last: dict[str, str]
    numbers: bool = False


class Numbering:
    """The numbers of a document's tables, column by column and over the pages' ends."""

    def __init__(self) -> None:
        self._edges: list[float] = []
        self._counts: list[_Count] = []

    def mended(self, cells: Cells) -> Cells:
        """The cells of one page's table, misread row numbers mended."""
        edges = edges_of([box[0] for box in cells], NEAR)
        if not _are_near(edges, self._edges):
            self._counts = [_Count({}), _Count({})]
        self._edges = edges
        made = dict(cells)
        for edge, count in zip(edges, self._counts, strict=False):
            column = [box for box in cells if abs(box[0] - edge) <= NEAR]
            labels = _labels(cells, sorted(column, key=lambda box: box[1]), count)
            for label, after in zip_longest(labels, labels[1:]):
                text = _counted(label, after, labels, count.last)
                if text != label.word.text:
                    word = msgspec.structs.replace(
                        label.word, text=text, read_as=label.word.read_as or label.word.text
                    )
                    own = made[label.box]
                    made[label.box] = [word if one is label.word else one for one in own]
        return made


def _are_near(edges: list[float], others: list[float]) -> bool:
    """The same columns: a scanner shifts every page a little its own way."""
    return len(edges) == len(others) and all(
        abs((a - edges[0]) - (b - others[0])) <= 2 * NEAR
        for a, b in zip(edges, others, strict=True)
    )


def _labels(cells: Cells, column: list[BBox], count: _Count) -> list[_Label]:
    """The numbers of a column that numbers rows; none of any other.

    Several tasks in one row may have their numbers one below the other.
    """
    made: list[_Label] = []
    filled = numbered = 0
    for box in column:
        words = cells[box]
        found = [_NUMBER.fullmatch(word.text) for word in words]
        filled += bool(words)
        # A number before other words shows itself by the mark behind it.
        if found and found[0] and (all(found) or found[0]["close"]):
            numbered += 1
            for word, one in zip(words, found if all(found) else found[:1], strict=False):
                assert one is not None
                made.append(_Label(box, word, one["open"], one["core"], one["close"]))
    count.numbers = numbered > (0 if count.numbers else max(1, _SHARE * filled))
    return made if count.numbers else []


def _counted(
    label: _Label, after: _Label | None, labels: list[_Label], last: dict[str, str]
) -> str:
    """The label's text, mended if it is out of count; ``last`` goes on with it."""
    core, close = label.core, label.close
    coming = expected(last)
    if last and core not in coming:
        fits = [one for one in coming if one not in _OPENERS and _looks(one) == _looks(core)]
        if not fits and (label.word.confidence or 0.0) < _DOUBTFUL and after is not None:
            fits = [
                one
                for one in coming
                if len(one) == len(core) and after.core in expected({**last, style_of(one): one})
            ]
            likest = max((_alike(one, core) for one in fits), default=0)
            fits = [one for one in fits if _alike(one, core) == likest]
        if len(fits) > 1:
            points = core.count(".") + core.count(",")
            fits = [one for one in fits if one.count(".") == points] or fits
        if len(fits) == 1:
            core = fits[0]
    if core == "I" and last and after is not None and after.core == "2":
        core = "1"  # a one without its flag: nothing goes on from I to 2
    if close == "," and sum(one.close == "." for one in labels) >= len(labels) / 2:
        close = "."
    last[style_of(core)] = core
    return f"{label.open}{core}{close}"


def expected(last: dict[str, str]) -> list[str]:
    """What may come after the last number of each kind: the next one, its parent's, its child."""
    made = [one for number in last.values() for one in following(number)]
    return list(dict.fromkeys([*made, *(one for one in _OPENERS if one not in made)]))


def following(number: str | None) -> list[str]:
    """What goes on from a number: the next one, its parent's, their children; none from none."""
    if number is None:
        return []
    parts = number.split(".")
    ends = range(len(parts) - 1, -1, -1)
    made = [".".join([*parts[:end], _next(parts[end])]) for end in ends]
    return made + [f"{one}.1" for one in (number, *made) if one[-1].isdigit()]


def _next(part: str) -> str:
    if part.isdigit():
        return str(int(part) + 1).zfill(len(part))
    if style_of(part) == "roman":
        return _roman(value_of(part) + 1)
    at = _LETTERS.find(part.lower()) + 1
    letter = _LETTERS[at % len(_LETTERS)]
    return letter.upper() if part.isupper() else letter


def _roman(value: int) -> str:
    made = ""
    for worth, sign in _ROMAN:
        while value >= worth:
            made, value = made + sign, value - worth
    return made


def style_of(core: str) -> str:
    """Numbers of one kind follow one another; the others' count waits."""
    if core[0].isdigit():
        return "figures"
    return "roman" if core.isupper() and all(char in "IVX" for char in core) else "letters"


def _alike(core: str, other: str) -> int:
    """How many signs stand in the same place."""
    return sum(a == b for a, b in zip(core, other, strict=True))


def _looks(core: str) -> str:
    return core.lower().translate(_LOOKS)
