"""Rows that a page break cut, joined again.

What goes on and what begins anew is told by the numbers that the table prints, by the words that
open each cell, and by small letters; a blank line alone proves nothing.
"""

from __future__ import annotations

from itertools import islice

import msgspec

from extract.align import fit
from extract.cells import Row
from extract.column_heads import BODY_ROLES, Column, is_total
from extract.open_ends import ends_open, lacks_figure
from extract.seams import ITEM, seam, starts_small
from normalize.findings import Note
from normalize.fragment import Fragment, join
from normalize.patterns import pattern
from normalize.text import key

NUMBER = pattern(
    r"(?P<number>\d{1,3}(?:\.\d{1,3})+|\d{1,3}(?=[.)/:])|[a-zđ](?=[)])|[IVXLC]{1,6}(?=[.)/:]\s))"
    r"[.)/:]?\s*+(?=\S)"
)
ORDINAL = pattern(
    r"\(?(?P<number>\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6}(?:\.\d{1,3})*|[A-ZĐa-zđ]"
    r"|[A-ZĐ]{1,4}[-.]?\d{1,3}(?:\.\d{1,3})*)\s*[.)/:]?"
)
_MOST_PIECES = 200
_OF_THE_PRINT = ("column.touching", "row.bounds_uncertain")
"""Notes on one printed row that hold for the whole row that it goes on."""
"""Printed rows that make one row; no table is cut so often, and a text that looks so is none."""
_FAR = 400
"""Rows below in which the count of a numbered table goes on."""
_YEAR = pattern(r"(?:19|20)\d\d$")


class LogicalRow(msgspec.Struct):
    """One row of the table as its author wrote it: cells by column, and what was done to it.

    ``spans`` tells for each column whether another row's merged cell covers this one, ``shared``
    whether this row's own cell goes on below, ``may_end`` at which blanks (view offsets) a
    paragraph of a cell may end as well, ``pushed`` that number and task stand on the page below.
    """

    cells: list[Fragment]
    covered: list[str]
    start: int
    end: int
    page: int
    number: str | None
    notes: list[Note]
    joined: bool = False
    may_end: frozenset[int] = frozenset()
    pieces: int = 1
    pushed: bool = False

    def text(self, index: int | None) -> str:
        """The words printed in this very cell; none for an absent column or a covered cell."""
        if index is None or self.covered[index]:
            return ""
        return self.cells[index].text


class Shape(msgspec.Struct, frozen=True, gc=False):
    """What the whole table tells: where its columns are and how it numbers its rows."""

    columns: tuple[Column, ...]
    number: int | None
    area: int | None
    task: int
    numbers_areas: bool
    numbered: bool

    def find(self, *roles: str) -> int | None:
        """The first column with one of the roles."""
        for index, column in enumerate(self.columns):
            if column.role in roles:
                return index
        return None


def label_of(text: str) -> str | None:
    """The number that opens a task cell ("1.10. Xây dựng …" → "1.10"); not a year, not money."""
    found = NUMBER.match(text)
    if found is None or _YEAR.match(found.group("number")):
        return None
    rest = text[found.end() :]
    if found.group("number").isdigit() and rest[:1].isdigit():
        return None
    return found.group("number")


def shape_of(rows: list[Row], columns: tuple[Column, ...]) -> Shape:
    """Reads off the aligned rows how the table numbers its areas and tasks."""
    roles = [column.role for column in columns]
    number = roles.index("number") if "number" in roles else None
    area = roles.index("area") if "area" in roles else None
    task = roles.index("task")
    with_task = [row for row in rows if row.cells[task].own]
    labelled = sum(1 for row in with_task if label_of(row.cells[task].own))
    in_column = (
        sum(1 for row in with_task if ORDINAL.fullmatch(row.cells[number].own))
        if number is not None
        else 0
    )
    with_area = sum(1 for row in with_task if row.cells[area].own) if area is not None else 0
    count = max(len(with_task), 1)
    numbers_areas = area is not None and (
        labelled >= 0.5 * count or (0 < in_column <= with_area < 0.7 * count)
    )
    known = labelled if numbers_areas or in_column < labelled else in_column
    return Shape(columns, number, area, task, numbers_areas, known >= 0.55 * count)


def number_of(cells: list[str], shape: Shape) -> str | None:
    """The task's own printed number: from its column, else from the head of the task cell."""
    label = label_of(cells[shape.task])
    if shape.number is not None and not (shape.numbers_areas and label):
        found = ORDINAL.fullmatch(cells[shape.number])
        if found and not shape.numbers_areas:
            return found.group("number")
    return label


def join_rows(rows: list[Row], moves: list[str], shape: Shape, view: str) -> list[LogicalRow]:
    """Logical rows from aligned printed ones; each join and shift leaves its note."""
    made: list[LogicalRow] = []
    told_run: int | None = None
    run = 0
    for index, (row, move) in enumerate(zip(rows, moves, strict=True)):
        texts = [cell.own for cell in row.cells]
        if index and (move == "page") != (moves[index - 1] == "page"):
            run += 1
        if not any(texts):
            continue
        logical = LogicalRow(
            [cell.words for cell in row.cells],
            [cell.covered for cell in row.cells],
            row.start,
            row.end,
            row.page,
            number_of(texts, shape),
            [],
            may_end=frozenset(at for cell in row.cells for at in cell.may_end),
        )
        if row.joined:
            logical.notes.append(Note("row.joined", "", None, row.start, row.end))
            logical.joined = True
        if row.carried and any(
            cell.covered == "down" and i not in (shape.area, shape.number)
            for i, cell in enumerate(row.cells)
        ):
            logical.notes.append(Note("cell.carried", "", None, row.start, row.end))
        if row.touching:
            logical.notes.append(Note("column.touching", "", None, row.start, row.end))
        if row.doubtful:
            logical.notes.append(Note("row.bounds_uncertain", "", None, row.start, row.end))
        shift = None
        if move == "row" or (move == "page" and told_run != run):
            what = (
                "cột đầu của trang bị mất" if move == "page" else "dòng có ô trống thừa hoặc thiếu"
            )
            shift = Note("column.shifted", "", None, row.start, row.end, what)
            if move == "page":
                told_run = run
        elif row.shift:
            shift = Note("column.shifted", "", None, row.start, row.end, row.shift)
        before = made[-1] if made else None
        if (
            before is not None
            and before.pieces < _MOST_PIECES
            and _goes_on(before, logical, shape, rows, index)
        ):
            _append(before, logical, shape, view)
            before.notes += [note for note in logical.notes if note.code in _OF_THE_PRINT]
            if shift:
                before.notes.append(shift)
            continue
        if shift:
            logical.notes.append(shift)
        made.append(logical)
    return made


def _goes_on(
    before: LogicalRow, row: LogicalRow, shape: Shape, rows: list[Row], index: int
) -> bool:
    """Does this printed row hold the rest of the row above?"""
    if is_total(next((cell.text for cell in row.cells if cell.text), "")):
        return False
    if row.number is not None:
        return row.page != before.page and (before.pushed or _lists_on(before, row, shape))
    if shape.number is not None and not shape.numbers_areas and row.text(shape.number):
        return False
    task = row.text(shape.task)
    filled = [
        i
        for i, column in enumerate(shape.columns)
        if row.text(i) and column.role not in ("number", "area", "task")
    ]
    area = row.text(shape.area)
    gap = row.page != before.page
    if not task:
        if not filled:
            return bool(area and before.text(shape.area)) and (
                starts_small(area) or (gap and _area_goes_on(before, rows, index, shape))
            )
        if _begins_below(before, row, filled, shape, rows, index):
            return False
        return bool(before.text(shape.task)) and not _is_spanning(row)
    if starts_small(area) and gap:
        return True
    if gap and filled and before.number is not None and not before.text(shape.task):
        # The page's end pushed the task away from its number; neither lacks what the other has.
        return not any(before.text(i) for i in filled)
    if _is_spanning(row) or _reads_as_group(row, shape, filled):
        return gap and not filled and _number_follows(before, rows, index, shape)
    if shape.numbered:
        if gap or starts_small(task):
            return not _fills_blanks(before, row, shape) or starts_small(task)
        return not filled and not ITEM.match(task)
    return _continuation_score(before, row, shape, gap) > 0


def _begins_below(
    before: LogicalRow,
    row: LogicalRow,
    filled: list[int],
    shape: Shape,
    rows: list[Row],
    index: int,
) -> bool:
    """The last cells of a page belong to the row whose number and task stand on the next page.

    Some printers push a cell to the next page whole and leave its neighbours. There the numbered
    row has nothing in these cells, or goes on with small letters; the row above has them all.
    """
    below = rows[index + 1] if index + 1 < len(rows) else None
    if below is None or below.page == row.page or not shape.numbered:
        return False
    texts = [cell.own for cell in below.cells]
    row.pushed = (
        number_of(texts, shape) is not None
        and bool(texts[shape.task])
        and all(not texts[i] or starts_small(texts[i]) for i in filled)
        and all(before.cells[i].text and not is_left_open(before.cells[i].text) for i in filled)
        and not any(starts_small(row.text(i)) for i in filled)
    )
    return row.pushed


def _area_goes_on(before: LogicalRow, rows: list[Row], index: int, shape: Shape) -> bool:
    """A lone area text names no rows below it: they have a name of their own, or count on."""
    following = rows[index + 1] if index + 1 < len(rows) else None
    if following is None:
        return True
    texts = [cell.own for cell in following.cells]
    if shape.area is not None and texts[shape.area]:
        return True
    number = number_of(texts, shape)
    return bool(before.number and number and is_next(before.number, number))


def _lists_on(before: LogicalRow, row: LogicalRow, shape: Shape) -> bool:
    """A row of several tasks was cut before one of them: its bodies all stand above already."""
    if row.text(shape.number):
        return False  # the tasks of one row are numbered in its task cell
    bodies = [i for i, c in enumerate(shape.columns) if c.role in BODY_ROLES]
    if any(row.text(i) and not starts_small(row.text(i)) for i in bodies):
        return False
    if not any("\n" in before.cells[i].text or "\n" in row.text(i) for i in bodies):
        return False
    last = before.number
    for line in before.cells[shape.task].text.split("\n"):
        last = label_of(line) or last
    return last is not None and row.number is not None and is_next(last, row.number)


def _is_spanning(row: LogicalRow) -> bool:
    """One text in all the cells: a group row written into each of them."""
    texts = [cell.flat for cell in row.cells if cell.text]
    return len(texts) > max(2, len(row.cells) // 2) and len(set(texts)) == 1


def _reads_as_group(row: LogicalRow, shape: Shape, filled: list[int]) -> bool:
    task = row.text(shape.task)
    return not filled and not starts_small(task)


def _number_follows(before: LogicalRow, rows: list[Row], index: int, shape: Shape) -> bool:
    """The sentence above is open, or the next numbered row takes up its count."""
    if before.text(shape.task).rstrip().endswith((",", "-", "(")):
        return True
    if any("\n" in before.cells[i].text for i, c in enumerate(shape.columns) if c.role == "lead"):
        return True
    if before.number is None:
        return not before.text(shape.task).rstrip().endswith(".")
    for row in islice(rows, index + 1, index + _FAR):
        number = number_of([cell.own for cell in row.cells], shape)
        if number is not None:
            return is_next(before.number, number) or number.split(".")[0] != "1"
    return True


def is_next(number: str, following: str) -> bool:
    """ "1.9" → "1.10", "3" → "4", "c" → "d", "I" → "II"."""
    left, right = number.split("."), following.split(".")
    return left[:-1] == right[:-1] and value_of(right[-1]) == value_of(left[-1]) + 1


_LETTERS = "abcdđeghiklmnopqrstuvxy"
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def value_of(part: str) -> int:
    """The ordinal value of one part of a number: digits, Roman, Vietnamese letter order."""
    digits = part[len(part.rstrip("0123456789")) :]
    if not part or digits:
        return int(digits or 0)  # "NV01" counts like 1, "Điều 2" like 2
    if all(char in _ROMAN for char in part):
        total = 0
        for char, after in zip(part, [*part[1:], ""], strict=True):
            value = _ROMAN[char]
            total += -value if after and _ROMAN[after] > value else value
        return total
    return _LETTERS.find(part.lower()) + 1


def _fills_blanks(before: LogicalRow, row: LogicalRow, shape: Shape) -> bool:
    """Words stand where the row above has an empty cell: no rest of that row does that."""
    return any(
        row.text(i) and not before.cells[i].text
        for i, column in enumerate(shape.columns)
        if column.role not in ("number", "area", "other", "note")
    )


def _continuation_score(before: LogicalRow, row: LogicalRow, shape: Shape, gap: bool) -> int:
    """Without numbers: small letters and unfit openers speak for a rest, fit ones against."""
    score = 0 if gap else -3
    is_rest = starts_small(row.text(shape.task))
    for i, column in enumerate(shape.columns):
        text = row.text(i)
        above = before.cells[i].text
        if column.role in ("number", "other", "note"):
            continue
        if not text:
            if column.role in (*BODY_ROLES, "schedule") and above:
                score += 1
            continue
        if (above and text[:1] not in "-+•" and is_left_open(above)) or (
            above and column.role == "schedule" and is_rest and lacks_figure(above, text)
        ):
            score += 3
        elif starts_small(text):
            # "sở Tài chính", "tháng 02/2015" are whole where the column wants such words.
            whole = column.role in (*BODY_ROLES, "schedule") and fit(column.role, text) > 0
            score += -1 if whole else 3
        elif column.role == "area":
            score -= 3 if key(text) != key(above) else 0
        elif not above:
            score -= 4
        elif column.role in (*BODY_ROLES, "schedule"):
            score += -2 if fit(column.role, text) > 0 else 1
        elif column.role == "task":
            score += -1 if above.rstrip().endswith((".", ";")) else 0
    return score


def is_left_open(text: str) -> bool:
    """ "Từ tháng 9 đến tháng", "Sở Y tế và": the cell's last word asks for another."""
    last = text.rstrip()
    return last.endswith((",", "-", "–", "/", "(")) or ends_open(last)


def _append(before: LogicalRow, row: LogicalRow, shape: Shape, view: str) -> None:
    """Puts the pieces of ``row`` behind those of the row above and tells it once.

    Below a merged task cell they are its further lines as printed, nothing that was cut.
    """
    merged = row.covered[shape.task] == "down"
    for i, piece in enumerate(row.cells):
        if row.covered[i] or not piece.text:
            continue
        own = before.cells[i]
        if shape.columns[i].role in ("area", "number") and key(own.text) == key(piece.text):
            continue
        between = "\n" if merged else seam(own, piece, view)
        if own.text and between == " " and not starts_small(piece.text):
            before.may_end |= {own.end}
        before.cells[i] = join([own, piece], between) if own.text else piece
    before.end = row.end
    before.page = row.page
    if before.pushed:
        before.number, before.pushed = row.number, False
    before.may_end |= row.may_end
    before.pieces += 1
    if not before.joined and not merged:
        before.notes.append(Note("row.joined", "", None, before.start, row.end))
        before.joined = True
