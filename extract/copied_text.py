"""Tables of a text as copied: one cell a line.

What a portal's page or a viewer gives when a table is copied out of it. The header stands one
head a line too, or is a line with tabs; its heads say how many columns there are and what they
mean. :mod:`extract.copied_rows` lays the lines below into the columns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from extract.cells import Cell, Row, TableBlock
from extract.column_heads import role_of
from extract.columns import is_header, read_columns
from extract.copied_cells import RawLine, readings, table_rows
from extract.copied_rows import lay_lines
from extract.frame import is_capital, line_kind
from extract.layout_lines import LABEL, ORDINAL, Range, starts_small
from extract.line_list import is_page_number
from extract.markup import clean
from extract.repair import is_next
from normalize.fragment import Fragment, join
from normalize.patterns import pattern

_LONGEST_HEAD = 70
_MOST_HEADS = 14
_FEWEST_HEADS = 4
_HEADING_REACH = 200
_COUNT = pattern(r"\(?\s?(\d{1,2})\s?\)?(?:\s?=.*)?")
_SECTION = pattern(
    r"(?i:phần|chương|mục|điều|phụ\s+lục)\s+(?:[IVXLC]{1,6}|\d{1,3}|[A-ZĐ])(?:[.:\s]|$)"
)
_END_KINDS = frozenset(
    ("nation", "motto", "recipients", "authority", "appendix", "caption", "type", "decides")
)


class _Header(msgspec.Struct, frozen=True):
    """The heads of a copied table, the lines they take, and the line below them."""

    heads: tuple[Fragment, ...]
    first: int
    behind: int

    @property
    def words(self) -> tuple[str, ...]:
        """The heads' words without regard to letters."""
        return tuple(head.text.casefold() for head in self.heads)


def copied_tables(view: str, spans: Sequence[Range]) -> dict[int, tuple[TableBlock, int]]:
    """For each line that opens a copied table: its block and the line behind it.

    ``spans`` are the lines of the view in order, without their line ends.
    """
    return _Finder(view, spans).find()


class _Head(msgspec.Struct, frozen=True):
    """One head: its lines' words, the blank lines before it, its first line, the line behind."""

    parts: tuple[Fragment, ...]
    blanks: int
    line: int
    behind: int


class _Finder:
    """Looks for headers from top to bottom and reads the lines below each."""

    def __init__(self, view: str, spans: Sequence[Range]) -> None:
        self.view = view
        self.spans = spans

    def find(self) -> dict[int, tuple[TableBlock, int]]:
        """All copied tables, by their first line."""
        made: dict[int, tuple[TableBlock, int]] = {}
        index = 0
        while index < len(self.spans):
            header = self._header_at(index)
            if header is None:
                index += 1
                continue
            block, index = self._table_below(header)
            if block is not None:
                made[header.first] = (block, index)
        return made

    # --- the header -----------------------------------------------------------------------------

    def _header_at(self, index: int) -> _Header | None:
        """The header that begins with this line: a head, or a line of heads parted by tabs."""
        start, end = self.spans[index]
        if end - start > _LONGEST_HEAD:
            return self._tab_header(index) if self.view.find("\t", start, end) >= 0 else None
        if start == end:
            return None
        if self.view.find("\t", start, end) >= 0:
            return self._tab_header(index)
        text = self.view[start:end].strip()
        if not _may_head(text) or role_of(text) is None:
            return None
        return self._line_header(index)

    def _tab_header(self, index: int) -> _Header | None:
        start, end = self.spans[index]
        below = self._full_line(index + 1)
        if below is None or "\t" in self.view[slice(*self.spans[below])]:
            return None
        after = self._full_line(below + 1)
        if after is None or "\t" in self.view[slice(*self.spans[after])]:
            return None
        cells: list[Cell] = []
        at = start
        for text in self.view[start:end].split("\t"):
            cells.append(Cell(clean(self.view, at, at + len(text))))
            at += len(text) + 1
        heads = tuple(cell.words for cell in cells)
        if len(heads) < _FEWEST_HEADS or not (
            is_header(Row(tuple(cells), start, end))
            or (_is_number_head(heads[0].text) and self._counts_below(index + 1))
        ):
            return None
        return _Header(heads, index, self._behind_count(index + 1, len(heads)))

    def _line_header(self, index: int) -> _Header | None:
        """Heads one below the other, up to the first line that is none.

        A head of row numbers is the first, whatever stands above it; so is a head behind a wider
        gap than the others have.
        """
        heads: list[_Head] = []
        at = index
        blanks = 0
        numbered = False
        while at < len(self.spans) and len(heads) <= _MOST_HEADS and blanks < 3:
            start, end = self.spans[at]
            text = self.view[start:end].strip()
            at += 1
            if not text:
                blanks += 1
                continue
            opens_count = _is_number_head(text)
            if heads and not opens_count and _goes_on(text):
                heads[-1] = msgspec.structs.replace(
                    heads[-1], parts=(*heads[-1].parts, clean(self.view, start, end)), behind=at
                )
                blanks = 0
                continue
            if not _may_head(text) or (role_of(text) is None and not numbered):
                break
            if ORDINAL.fullmatch(text) or LABEL.match(text):
                break
            if opens_count:
                heads.clear()
                numbered = True
            heads.append(_Head((clean(self.view, start, end),), blanks, at - 1, at))
            blanks = 0
        heads = _behind_gap(heads)
        if not _FEWEST_HEADS <= len(heads) <= _MOST_HEADS:
            return None
        made = tuple(join(head.parts) for head in heads)
        behind = heads[-1].behind
        row = Row(tuple(Cell(head) for head in made), made[0].start, made[-1].end)
        if not is_header(row) and not (numbered and self._counts_below(behind)):
            return None
        return _Header(made, heads[0].line, self._behind_count(behind, len(made)))

    def _counts_below(self, index: int) -> bool:
        below = self._full_line(index)
        return below is not None and (
            ORDINAL.fullmatch(self.view[slice(*self.spans[below])].strip()) is not None
        )

    def _behind_count(self, index: int, width: int) -> int:
        """The line behind the column numbers "(1)", "(2)", … if they stand there."""
        at: int | None = index
        for number in range(1, width + 1):
            at = self._full_line(at if at is not None else len(self.spans))
            if at is None:
                return index
            found = _COUNT.fullmatch(self.view[slice(*self.spans[at])].strip())
            if found is None or int(found.group(1)) != number:
                return index
            at += 1
        return at if at is not None else index

    def _full_line(self, index: int) -> int | None:
        while index < len(self.spans):
            text = self.view[slice(*self.spans[index])]
            if text.strip():
                return index
            index += 1
        return None

    # --- the lines below ------------------------------------------------------------------------

    def _table_below(self, header: _Header) -> tuple[TableBlock | None, int]:
        """The block of the header and the line behind it; no block where no rows follow."""
        rows = [Row(tuple(Cell(head) for head in header.heads), *self._range(header.heads))]
        columns = read_columns(rows)
        roles = tuple(c.role for c in columns[0]) if columns else self._bare_roles(header)
        raw, behind = self._lines(header, roles)
        if len([line for line in raw if line.text]) < len(roles):
            return None, behind
        ways = [
            (*lay_lines(lines, habits), lines, habits) for lines, habits in readings(raw, roles)
        ]
        laid, _, lines, habits = min(ways, key=lambda way: way[1])
        rows += table_rows(self.view, lines, laid, len(roles), habits)
        if len(rows) < 2:
            return None, behind
        return TableBlock(tuple(rows), rows[0].start, rows[-1].end, "copied"), behind

    def _range(self, heads: Sequence[Fragment]) -> Range:
        return heads[0].start, heads[-1].end

    def _bare_roles(self, header: _Header) -> tuple[str, ...]:
        """Roles of a header that assigns nothing: the lexicon's, else none."""
        return tuple(hit[0] if (hit := role_of(head.text)) else "other" for head in header.heads)

    def _lines(self, header: _Header, roles: Sequence[str]) -> tuple[list[RawLine], int]:
        """The lines from the header to the table's end, and the line behind."""
        heading = self._heading_above(header.first)
        made: list[RawLine] = []
        index = behind = header.behind
        blanks = 0
        page = False
        while index < len(self.spans):
            start, end = self.spans[index]
            text = self.view[start:end]
            if "\f" in text[:2]:
                page = True
            words = text.strip()
            if not words:
                if text and "\f" not in text:
                    made.append(RawLine("", start, end, blanks, page))
                    page = False
                    blanks = 0
                else:
                    blanks += 1
                index += 1
                continue
            if self._is_page_end(index, words):
                page = True
                index += 1
                continue
            if self._ends_table(index, words, made) or _takes_up(words, heading, roles, made):
                break
            again = self._header_at(index)
            if again is not None:
                if again.words != header.words:
                    break
                index = again.behind
                page = True
                continue
            made.append(RawLine(words, start, end, blanks, page))
            blanks = 0
            page = False
            index += 1
            behind = index
        return made, behind

    def _heading_above(self, index: int) -> str | None:
        """The number of the last heading before the table ("II. NỘI DUNG" → "II")."""
        for at in range(index - 1, max(-1, index - 1 - _HEADING_REACH), -1):
            found = LABEL.match(self.view[slice(*self.spans[at])].strip())
            if found is not None and found.group()[0].isupper():
                return found.group().strip(" .)/")
        return None

    def _is_page_end(self, index: int, words: str) -> bool:
        """A page number between blank lines or at a form feed; a cell may hold a number, too."""
        if not is_page_number(words):
            return False
        start = self.spans[index][0]
        if self.view.startswith("\f", start):
            return True
        behind = index + 1
        if behind < len(self.spans) and self.view.startswith("\f", self.spans[behind][0]):
            return True
        above = self.view[slice(*self.spans[index - 1])] if index else ""
        below = self.view[slice(*self.spans[behind])] if behind < len(self.spans) else ""
        return not words.isdigit() and not above and not below

    def _ends_table(self, index: int, words: str, made: Sequence[RawLine]) -> bool:
        start, end = self.spans[index]
        if self.view.find("\t", start, end) >= 0 or words.startswith(("|", "<table")):
            return True
        if line_kind(words) in _END_KINDS or _SECTION.match(words) is not None:
            return True
        return bool(made) and len(words) > 700


def _takes_up(
    words: str, heading: str | None, roles: Sequence[str], made: Sequence[RawLine]
) -> bool:
    """A heading that counts on from the one before the table, or one in capitals that a table
    whose numbers stand in a cell of their own cannot hold.

    In small letters ("III. Tổ chức thực hiện") only where the table has no such group itself.
    """
    found = LABEL.match(words)
    if found is None or not found.group()[0].isupper():
        return False
    capital = is_capital(words[found.end() :])
    own_groups = any(
        (label := LABEL.match(line.text)) is not None and label.group()[0].isupper()
        for line in made[:40]
    )
    number = found.group().strip(" .)/")
    if heading is not None and is_next(heading, number):
        return capital or not own_groups
    return capital and "number" in roles and not own_groups


def _may_head(text: str) -> bool:
    return (
        0 < len(text) <= _LONGEST_HEAD
        and text[-1] not in ".;,:!?"
        and not any(mark in text for mark in "|:;")
        and (text[0].isupper() or text[0].isdigit())
        and len(text.split()) < 12
    )


def _goes_on(text: str) -> bool:
    """The second line of a head: small letters, or a unit in brackets."""
    return (starts_small(text) or (text[0] == "(" and len(text) < 40)) and not _COUNT.fullmatch(
        text
    )


def _behind_gap(heads: list[_Head]) -> list[_Head]:
    """The heads from the last wider gap on: what stands above it is a title."""
    gaps = [head.blanks for head in heads[1:]]
    if not gaps or max(gaps) == min(gaps):
        return heads
    usual = Counter(gaps).most_common(1)[0][0]
    last = max((i for i, gap in enumerate(gaps, 1) if gap > usual), default=0)
    return heads[last:]


def _is_number_head(text: str) -> bool:
    role = role_of(text)
    return role is not None and role[0] == "number"
