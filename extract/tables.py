"""The tables of one document: which give tasks, which give targets, which give a finding."""

from __future__ import annotations

import msgspec

from extract.cells import Row, TableBlock
from extract.column_heads import role_of
from extract.columns import is_header
from extract.task_drafts import Draft, place_tasks
from extract.tasks import Header, head_parts, read_header, read_tasks
from normalize.findings import Note
from normalize.fragment import Fragment
from normalize.patterns import pattern
from normalize.raw import RawTask, RawTotal
from normalize.text import key

_ORDINAL = pattern(r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6}|[A-Za-z])\s*[.)]?")


_LONGEST_COUNT_HEAD = 16


class Indicator(msgspec.Struct, frozen=True):
    """One figure of a table of indicators and the section that the table stands in."""

    indicator: Fragment
    unit: Fragment | None
    value: Fragment
    section: int | None


class Tables(msgspec.Struct, frozen=True):
    """What the tables of one document gave."""

    tasks: tuple[RawTask, ...]
    totals: tuple[RawTotal, ...]
    indicators: tuple[Indicator, ...]
    notes: tuple[Note, ...]


class TableReader:
    """Takes table blocks in order; a block without a header goes on with the table before it."""

    def __init__(self) -> None:
        self._rows: list[tuple[Header, list[Row], int | None]] = []
        self._views: list[str] = []
        self._notes: list[Note] = []

    def add(self, block: TableBlock, above: str, view: str, section: int | None) -> None:
        """One block; ``above`` is the line before it, ``section`` the open section's index."""
        found = read_header(block, above)
        if found is None:
            if self._goes_on(block):
                header, rows, _ = self._rows[-1]
                rows.extend(_later(block.rows, rows))
                return
            if _looks_like_table(block):
                words = _first_words(block)
                code = "table.without_tasks" if _counts_its_rows(block) else "table.header_unread"
                self._notes.append(Note(code, words, None, block.start, block.end))
            return
        header, used = found
        cut = _next_header(block, header, used)
        if cut is not None:
            for part in (block.rows[:cut], block.rows[cut:]):
                own = TableBlock(part, part[0].start, part[-1].end, block.style)
                self.add(own, above, view, section)
            return
        body = list(block.rows[used:])
        last = self._rows[-1] if self._rows else None
        if last is not None and last[2] == section and _same_columns(last[0], header):
            last[1].extend(_later(tuple(body), last[1]))
            return
        self._views.append(view)
        self._rows.append((header, body, section))
        if header.kind in ("timetable", "other"):
            self._notes.append(
                Note("table.without_tasks", header.words, None, block.start, block.end)
            )
        elif not body:
            self._notes.append(Note("table.no_rows", header.words, None, block.start, block.end))

    def finished(self) -> Tables:
        """All tasks with their places, totals, indicators and notes."""
        drafts: list[Draft] = []
        totals: list[RawTotal] = []
        indicators: list[Indicator] = []
        notes = list(self._notes)
        for table, (header, rows, section) in enumerate(self._rows):
            if header.kind == "tasks" and rows:
                found = read_tasks(rows, header, self._views[table], table)
                drafts.extend(found.drafts)
                totals.extend(found.totals)
                notes.extend(found.notes)
            elif header.kind == "indicators":
                indicators.extend(_indicators(rows, header, section))
        return Tables(place_tasks(drafts), tuple(totals), tuple(indicators), tuple(notes))

    def _goes_on(self, block: TableBlock) -> bool:
        """A block without a header, as wide as the table before it (or a column narrower)."""
        if not self._rows:
            return False
        width = len(self._rows[-1][0].columns)
        widest = max(len(row.cells) for row in block.rows)
        return widest in (width, width - 1, width + 1) and widest > 2


def _next_header(block: TableBlock, header: Header, used: int) -> int | None:
    """Where in a block the header of another table stands: it counts rows under other heads."""
    own = {key(part) for column in header.columns for part in head_parts(column)}
    for at in range(used, len(block.rows)):
        first = next((cell.own for cell in block.rows[at].cells if cell.own), "")
        role = role_of(first) if len(first) < _LONGEST_COUNT_HEAD else None
        if role is None or role[0] != "number" or not is_header(block.rows[at]):
            continue
        cells = [cell.own for cell in block.rows[at].cells if cell.own]
        if sum(key(text) in own for text in cells) < len(cells) - (len(cells) > 4):
            return at
    return None


def _later(rows: tuple[Row, ...] | list[Row], before: list[Row]) -> list[Row]:
    """The rows of a further block: their pages count on from the block before."""
    page = (before[-1].page if before else 0) + 1
    return [msgspec.structs.replace(row, page=row.page + page) for row in rows]


def _same_columns(header: Header, other: Header) -> bool:
    return [c.role for c in header.columns] == [c.role for c in other.columns] and (
        header.words.casefold() == other.words.casefold()
    )


def _looks_like_table(block: TableBlock) -> bool:
    return len(block.rows) > 1 and max(len(row.cells) for row in block.rows) > 1


def _counts_its_rows(block: TableBlock) -> bool:
    """The first row is a header beyond doubt ("TT", …), of columns that assign nothing."""
    role = role_of(block.rows[0].cells[0].words.text)
    return role is not None and role[0] == "number"


def _first_words(block: TableBlock) -> str:
    words = " | ".join(cell.words.flat for cell in block.rows[0].cells)
    return words if len(words) <= 200 else words[:199] + "…"


def _indicators(rows: list[Row], header: Header, section: int | None) -> list[Indicator]:
    roles = [column.role for column in header.columns]
    indicator = roles.index("indicator")
    unit = roles.index("unit") if "unit" in roles else None
    values = [i for i, role in enumerate(roles) if role == "value"]
    made: list[Indicator] = []
    for row in rows:
        cells = row.cells
        if len(cells) <= indicator or not cells[indicator].words.text or is_header(row):
            continue
        for i in values:
            if i < len(cells) and any(char.isdigit() for char in cells[i].words.text):
                unit_words: Fragment | None = (
                    cells[unit].words if unit is not None and unit < len(cells) else None
                )
                made.append(Indicator(cells[indicator].words, unit_words, cells[i].words, section))
    return made
