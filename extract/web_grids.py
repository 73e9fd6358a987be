"""Tables that a web page makes of plain elements: rows of boxes set side by side by its styles.

Styles say what a browser shows as a table (``display: table``, a grid, classes named row and
col); saved pages often lack them. A table is known by what it is made of: elements with equally
many elements in them, or so many in a row that they make whole rows, under heads that the lexicon
knows.
"""

from __future__ import annotations

from collections import defaultdict

from extract.cells import Cell, Row, TableBlock
from extract.column_heads import role_of
from extract.columns import read_columns
from extract.markup import clean
from extract.web_tree import Element, Tree
from normalize.patterns import pattern

_BOXES = frozenset("div section article main ul ol li dl p span header".split())
_FEWEST_COLUMNS, _MOST_COLUMNS = 3, 12
_LONGEST_HEAD = 140
_FEWEST_KNOWN = 0.5
_NO_HEAD = pattern(r"[:;](?![^()]*\))|[,.]$")
"""A line with a label ("Thời gian: Quý I") is no head."""


class Grids:
    """The tables made of elements in one page."""

    def __init__(self, view: str, tree: Tree) -> None:
        self.view = view
        self.elements = tree.elements
        self.inside: dict[int, list[int]] = defaultdict(list)
        for index, element in enumerate(tree.elements):
            self.inside[element.parent].append(index)

    def table(self, index: int) -> TableBlock | None:
        """The table that the element is, None where it is none."""
        element = self.elements[index]
        children = self.inside.get(index, [])
        if element.name not in _BOXES or len(children) < 2:
            return None
        rows = self._rows(children) or self._rows(
            [one for child in children for one in self.inside.get(child, [])]
        )
        if rows is None:
            rows = self._cut(children)
        if rows is None or not self._bare(element, rows):
            return None
        made = [
            Row(
                tuple(map(self._cell, row)), self.elements[row[0]].start, self.elements[row[-1]].end
            )
            for row in rows
        ]
        heads = [cell.own for cell in made[0].cells]
        if max(map(len, heads)) > _LONGEST_HEAD or read_columns(made) is None:
            return None
        return TableBlock(tuple(made), element.start, element.end, "html")

    def _rows(self, candidates: list[int]) -> list[list[int]] | None:
        """The elements as rows: each has as many elements in it as the first."""
        rows = [self.inside.get(one, []) for one in candidates]
        width = len(rows[0]) if rows else 0
        if len(rows) < 2 or not _FEWEST_COLUMNS <= width <= _MOST_COLUMNS:
            return None
        if any(len(row) != width for row in rows) or not self._heads(rows[0]):
            return None
        return rows

    def _cut(self, cells: list[int]) -> list[list[int]] | None:
        """Cells without rows around them: heads that the lexicon knows tell how many are a row."""
        known = 0
        while known < min(len(cells), _MOST_COLUMNS + 1) and self._is_head(cells[known]):
            known += 1
        if not _FEWEST_COLUMNS <= known <= _MOST_COLUMNS or len(cells) % known:
            return None
        rows = [cells[at : at + known] for at in range(0, len(cells), known)]
        return rows if len(rows) > 1 else None

    def _heads(self, cells: list[int]) -> bool:
        known = sum(self._is_head(cell) for cell in cells)
        return known > _FEWEST_KNOWN * len(cells)

    def _is_head(self, index: int) -> bool:
        element = self.elements[index]
        if element.close - element.inner > 4 * _LONGEST_HEAD:
            return False
        words = self._cell(index).own
        return _NO_HEAD.search(words) is None and role_of(words) is not None

    def _cell(self, index: int) -> Cell:
        element = self.elements[index]
        return Cell(clean(self.view, element.inner, element.close, page=True))

    def _bare(self, element: Element, rows: list[list[int]]) -> bool:
        """No words stand beside the cells."""
        at = element.inner
        for row in rows:
            for cell in row:
                own = self.elements[cell]
                if clean(self.view, at, own.start, page=True).text:
                    return False
                at = own.end
        return not clean(self.view, at, element.close, page=True).text
