"""Rows whose cells sit in the wrong columns.

A page can lose its first column (all its rows sit one column to the left), a row can carry an
empty extra cell, an editor strips empty cells off a line's end. Every way to lay the cells under
the header is scored by how the words that open each cell fit its column's role
(``lexicon/cell_openers.csv``); a page is decided as a whole.
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import combinations

import msgspec

from extract.cells import Cell, Row
from extract.column_heads import Column
from extract.column_settling import BUDGET_PART
from normalize.fragment import empty, join
from normalize.lexicon import entries, several
from normalize.patterns import pattern
from normalize.text import WORD, word_key

_ORDINAL = pattern(
    r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6}|[A-ZĐa-zđ]|[A-ZĐ]{1,4}[-.]?\d{1,3}(?:\.\d{1,3})*)\s*[.)/]?"
)
_MONEY = pattern(r"[\d.,\s]+(?:đ|đồng|tr|triệu|tỷ|triệu đồng|tỷ đồng)?\.?|[-–]")
_LABEL = pattern(r"\d{1,3}(?:\.\d{1,3})+\.?\s|\d{1,3}[.)/]\s|[a-zđ]\)\s")
_LEAD_IN = pattern(r"[-+•*–\s]+")
_CONTENT_ROLES = {"lead": "bodies", "coordinating": "bodies", "lead_and_coordinating": "bodies"}

Layout = tuple[int | tuple[int, int] | None, ...]
"""For each column the index of its cell (two to be joined), None for a column left empty."""


@cache
def _openers() -> dict[str, frozenset[str]]:
    """First one or two word keys → the kinds of cell that they open."""
    found: dict[str, set[str]] = {}
    for row in entries("cell_openers"):
        for opener in several(row["openers"]):
            words = " ".join(word_key(w) for w in WORD.findall(opener))
            found.setdefault(words, set()).add(row["role"])
    return {words: frozenset(kinds) for words, kinds in found.items()}


@lru_cache(maxsize=4096)
def opens(text: str) -> frozenset[str]:
    """What kinds of cell (``bodies``, ``time``, ``product``) the first words open."""
    start = _LEAD_IN.match(text)
    words = []
    for found in WORD.finditer(text, start.end() if start else 0):
        words.append(word_key(found.group()))
        if len(words) == 2:
            break
    openers = _openers()
    return openers.get(" ".join(words), frozenset()) | openers.get(
        words[0] if words else "", frozenset()
    )


def is_money(text: str) -> bool:
    """A plain amount, or the dash that stands for none."""
    return _MONEY.fullmatch(text) is not None


def is_opener(text: str) -> bool:
    """The words are but the beginning of a cell ("Văn phòng"), not yet one."""
    return " ".join(word_key(found.group()) for found in WORD.finditer(text)) in _openers()


@lru_cache(maxsize=4096)
def fit(role: str, text: str) -> int:
    """How well a cell's words suit a column of this role; 0 where they say nothing."""
    if not text:
        return 0
    if role == "number":
        return 3 if _ORDINAL.fullmatch(text) else -3
    money = is_money(text)
    kinds = opens(text)
    if role in _CONTENT_ROLES:
        return 2 if "bodies" in kinds else -2 if money or "time" in kinds else 0
    if role == "schedule":
        if "time" in kinds or text[0].isdigit():
            return 1 if money else 2
        return -2 if "bodies" in kinds else 0
    if role in ("budget", BUDGET_PART):
        return 2 if money else 0
    if role == "deliverables":
        if "product" in kinds:
            return 1
        return -2 if money or kinds else 0
    if role == "task":
        if _LABEL.match(text):
            return 2
        return -2 if money or _ORDINAL.fullmatch(text) else 1 if len(text) > 40 else 0
    if role == "area":
        return -2 if money or _LABEL.match(text) else 1 if len(text) < 90 else 0
    return 0


def align(rows: list[Row], columns: tuple[Column, ...]) -> list[tuple[Row, str]]:
    """Each row with as many cells as there are columns, and how it was moved.

    The move is ``""`` (as printed), ``"page"`` (the page's leading columns are absent),
    ``"row"`` (cells of this row alone were moved) or ``"short"`` (empty cells at the end were
    missing).
    """
    width = len(columns)
    roles = tuple(column.role for column in columns)
    made: list[tuple[Row, str]] = []
    for run in _runs(rows):
        count = len(run[0].cells)
        if count == width:
            made += [_misplaced(row, roles) for row in run]
        elif count < width:
            layout = _short_layout(run, roles)
            made += [_short(row, roles, layout) for row in run]
        else:
            common = _long_layout(run, roles)
            made += [_long(row, roles, common) for row in run]
    return made


def _runs(rows: list[Row]) -> list[list[Row]]:
    """Neighbouring rows with equally many cells: what happened to one happened to all."""
    runs: list[list[Row]] = []
    for row in rows:
        if runs and len(runs[-1][0].cells) == len(row.cells):
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def score(row: Row, roles: tuple[str, ...], layout: Layout) -> int:
    """The fit of all cells in this layout."""
    total = 0
    for role, index in zip(roles, layout, strict=True):
        if isinstance(index, int) and not row.cells[index].covered:
            total += fit(role, row.cells[index].words.text)
    return total


def _short_layout(rows: list[Row], roles: tuple[str, ...]) -> Layout | None:
    """The one layout that suits a run of short rows best; None where nothing speaks.

    A layout leaves one run of columns absent; what stands left of it fits as printed, what stands
    right of it as moved, so two sums of fits give the score of every layout.
    """
    count = len(rows[0].cells)
    missing = len(roles) - count
    printed, moved = [0] * count, [0] * count
    for row in rows:
        for i, cell in enumerate(row.cells):
            if cell.words.text and not cell.covered:
                printed[i] += fit(roles[i], cell.words.text)
                moved[i] += fit(roles[i + missing], cell.words.text)
    layouts = _gap_layouts(count, len(roles))
    totals = [sum(printed[:at]) + sum(moved[at:]) for at in _gap_places(count)]
    best = max(range(len(layouts)), key=lambda i: (totals[i], -i))
    return layouts[best] if totals[best] > 0 or len(rows) > 1 else None


def _long_layout(rows: list[Row], roles: tuple[str, ...]) -> Layout | None:
    """The extra cells that are empty in all rows of a run and whose going suits it best."""
    count = len(rows[0].cells)
    extra = count - len(roles)
    blank = [i for i in range(count) if not any(row.cells[i].own for row in rows)]
    if len(blank) < extra or extra > 4:
        return None
    layouts: list[Layout] = [
        tuple(i for i in range(count) if i not in drop)
        for drop in list(combinations(blank, extra))[:400]
    ]
    return max(layouts, key=lambda one: sum(score(row, roles, one) for row in rows))


def _gap_layouts(count: int, width: int) -> list[Layout]:
    """Layouts with one run of absent columns: leading first, then trailing, then any place."""
    missing = width - count
    return [
        tuple(
            i if i < at else None if i < at + missing else i - missing  # cells move right of it
            for i in range(width)
        )
        for at in _gap_places(count)
    ]


def _gap_places(count: int) -> list[int]:
    return [0, count, *range(1, count)]


def _short(row: Row, roles: tuple[str, ...], layout: Layout | None) -> tuple[Row, str]:
    count, width = len(row.cells), len(roles)
    texts = [cell.own for cell in row.cells if cell.own]
    trailing: Layout = (*range(count), *([None] * (width - count)))
    heading = len(texts) == 2 and _ORDINAL.fullmatch(texts[0]) is not None
    if (heading or (len(texts) == 1 and count <= 2)) and (
        layout is None or score(row, roles, layout) <= score(row, roles, trailing)
    ):
        return _lay(row, trailing), "short"
    if layout is None or score(row, roles, layout) < 0:
        own = max(_gap_layouts(count, width), key=lambda one: score(row, roles, one))
        if layout is None or (
            _LABEL.match(_task_text(row, roles, own))
            and score(row, roles, own) > score(row, roles, layout) + 3
        ):
            layout = own
    if layout[0] is None:
        return _lay(row, layout), "page"
    return _lay(row, layout), "short" if layout[-1] is None else "row"


def _task_text(row: Row, roles: tuple[str, ...], layout: Layout) -> str:
    """What the task column would hold in this layout."""
    index = layout[roles.index("task")]
    return row.cells[index].words.text if isinstance(index, int) else ""


def _long(row: Row, roles: tuple[str, ...], common: Layout | None) -> tuple[Row, str]:
    """More cells than columns: drop empty ones, else join two neighbours."""
    count, width = len(row.cells), len(roles)
    extra = count - width
    blank = [i for i, cell in enumerate(row.cells) if not cell.own]
    trailing = set(range(width, count))
    plain: Layout = tuple(range(width))
    if common is not None and score(row, roles, common) >= score(row, roles, plain) - 1:
        return _lay(row, common), "short" if common == plain else "row"
    if trailing <= set(blank) and (score(row, roles, plain) >= 2 or len(blank) >= count - 2):
        return _lay(row, plain), "short"
    layouts: list[Layout] = [common] if common is not None else []
    if not layouts and len(blank) >= extra and extra <= 4:
        layouts = [
            tuple(i for i in range(count) if i not in drop)
            for drop in list(combinations(blank, extra))[:400]
        ]
    if not layouts and extra == 1:
        layouts = [
            tuple(i if i < at else (at, at + 1) if i == at else i + 1 for i in range(width))
            for at in range(width)
        ]
    if not layouts:
        return _lay(row, tuple(range(width))), "row"
    return _lay(row, max(layouts, key=lambda one: score(row, roles, one))), "row"


def _misplaced(row: Row, roles: tuple[str, ...]) -> tuple[Row, str]:
    """As many cells as columns, yet words in the wrong ones: an absent and an extra cell."""
    width = len(roles)
    if _LABEL.match(row.cells[roles.index("task")].words.text):
        return row, ""  # the task shows its number where it should
    plain: Layout = tuple(range(width))
    wrong = sum(
        1
        for role, cell in zip(roles, row.cells, strict=True)
        if not cell.covered and fit(role, cell.words.text) < 0
    )
    if wrong < 2 or any(cell.covered for cell in row.cells):
        return row, ""
    best, best_score = plain, score(row, roles, plain)
    for drop in [i for i, cell in enumerate(row.cells) if not cell.own]:
        for at in range(width):
            kept = [i for i in range(width) if i != drop]
            layout: Layout = (*kept[:at], None, *kept[at:])
            if not _LABEL.match(_task_text(row, roles, layout)):
                continue  # only a row that shows its number is a whole one
            if (reached := score(row, roles, layout)) > best_score + 3:
                best, best_score = layout, reached
    return (row, "") if best == plain else (_lay(row, best), "row")


def _lay(row: Row, layout: Layout) -> Row:
    cells = []
    for index in layout:
        if index is None:
            cells.append(Cell(empty(row.start)))
        elif isinstance(index, tuple):
            cells.append(Cell(join([row.cells[i].words for i in index])))
        else:
            cells.append(row.cells[index])
    return msgspec.structs.replace(row, cells=tuple(cells))
