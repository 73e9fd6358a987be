"""Laid-out lines: words that a printer set so near the column beside their own that they were dealt
to it go where they belong, where their kind alone tells: amounts, the numbers of rows, and what
stands before the labels of tasks."""

from __future__ import annotations

from collections.abc import Sequence

from extract.column_heads import is_total
from extract.layout_lines import ORDINAL, LaidLine, Range
from normalize.patterns import pattern

_AMOUNT_BEHIND = pattern(r"(?<=\p{L}) \d{1,3}(?:[.,]\d{1,3})*\Z")
_ORDINAL_BEFORE = pattern(r"(\d{1,3}|[IVXLC]{1,6})[.)]? (?=\p{Lu}\p{Ll})")
_LABEL = pattern(r"\d{1,2}(?:\.\d{1,2})+\.?\s+(?=\p{Lu})")
_LABEL_BEHIND = pattern(r"\p{L} +(?=\d{1,2}(?:\.\d{1,2})+\.?\s+\p{Lu})")
_FEWEST_LABELS = 3
_DRIFT = 2
"""Characters that one column's words may begin to the left or right of each other."""
_LETTERS = pattern(r"\p{L}{2}")

Cells = tuple[list[Range | None], bool]
"""A line's words by column, and whether one text crosses columns."""


def free_words(lines: Sequence[LaidLine], dealt: Sequence[Cells], roles: Sequence[str]) -> None:
    """Each line's cells are changed in place; ``roles`` are the columns' ("" where unknown)."""
    _free_amounts(lines, dealt, roles)
    if "area" in roles[:-1] and roles[roles.index("area") + 1] == "task":
        _free_areas(lines, dealt, roles.index("area"))
    for index, role in enumerate(roles):
        if role == "number":
            for line, (cells, spans) in zip(lines, dealt, strict=True):
                if not spans:
                    _free_number(line, cells, index)


def _free_amounts(lines: Sequence[LaidLine], dealt: Sequence[Cells], roles: Sequence[str]) -> None:
    """A short amount that a printer set right behind the column before it."""
    for index in range(1, len(roles)):
        if roles[index] not in ("budget", "value") or roles[index - 1] == "budget":
            continue
        for line, (cells, _) in zip(lines, dealt, strict=True):
            before = cells[index - 1]
            if cells[index] is not None or before is None:
                continue
            found = _AMOUNT_BEHIND.search(line.text, *before)
            if found is not None and line.text[found.end() : found.end() + 2].strip() == "":
                cells[index - 1] = (before[0], found.start())
                cells[index] = (found.start() + 1, found.end())


def _free_areas(lines: Sequence[LaidLine], dealt: Sequence[Cells], area: int) -> None:
    """ "Cải cách 4.1. Sắp xếp": a page on which one blank parts area and task.

    The labels of tasks stand one below the other, behind areas and at the beginning of lines: the
    blank before them parts every line of the page that begins with an area.
    """
    behind = area + 1
    whole = [
        (line, cells)
        for line, (cells, spans) in zip(lines, dealt, strict=True)
        if not spans and cells[area] is None and cells[behind] is not None
    ]
    inside: list[int] = []
    at_start: list[int] = []
    for line, cells in whole:
        low, high = cells[behind] or (0, 0)
        if _LABEL.match(line.text, low, high) is not None:
            at_start.append(low)
        elif low == line.left and (found := _LABEL_BEHIND.search(line.text, low, high)):
            inside.append(found.end())
    places = [*inside, *at_start]
    if not inside or len(places) < _FEWEST_LABELS or max(places) - min(places) > _DRIFT:
        return
    edge = max(places)
    for line, cells in whole:
        low, high = cells[behind] or (0, 0)
        if low > min(places) - _DRIFT:
            continue
        if high <= edge:
            cells[area], cells[behind] = (low, high), None
            continue
        blank = line.text.rfind(" ", max(low, min(places) - _DRIFT - 1), edge)
        if blank > low:
            cells[area] = (low, low + len(line.text[low:blank].rstrip()))
            cells[behind] = (blank + 1, high)


def _free_number(line: LaidLine, cells: list[Range | None], number: int) -> None:
    """The number's column holds numbers alone, and a number alone stands in no column of words."""
    own = cells[number]
    behind = number + 1
    if own is not None:
        words = line.words(own)
        others = sum(cell is not None for cell in cells) > 1
        if (
            behind < len(cells)
            and _LETTERS.search(words) is not None
            and ORDINAL.fullmatch(words) is None
            and (words[0].islower() or (others and not is_total(words)))
        ):
            low = _ORDINAL_BEFORE.match(line.text, *own)
            start = own[0] if low is None else low.end()
            beside = cells[behind]
            cells[behind] = (start, beside[1] if beside is not None else own[1])
            cells[number] = None if low is None else (own[0], low.end(1))
        return
    if behind < len(cells) and (beside := cells[behind]) is not None:
        found = _ORDINAL_BEFORE.match(line.text, *beside)
        if found is not None and beside[0] == line.left:
            cells[number] = (beside[0], found.end(1))
            cells[behind] = (found.end(), beside[1])
            return
    if number and (before := cells[number - 1]) is not None:
        # "Trước Đại hội      1": a number behind a wide blank ends no words.
        last = [piece for piece in line.pieces if before[0] <= piece[0] < before[1]]
        if len(last) > 1 and ORDINAL.fullmatch(line.words(last[-1])) and last[-1][1] == before[1]:
            cells[number] = last[-1]
            cells[number - 1] = (before[0], last[-2][1])
