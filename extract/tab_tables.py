"""Tables whose rows are lines with tabs between their cells."""

from __future__ import annotations

from extract.cells import Cell, Row, TableBlock
from extract.line_list import MOST_LINES, Lines, counts_rows, is_frame, is_gap
from extract.markup import clean
from normalize.patterns import pattern

# A merged group row copied from a word processor comes without tabs.
_GROUP_LABEL = pattern(r"\s*(?:[IVXLC]{1,5}|[A-Z]|\d{1,2})[.)/]\s+\p{Lu}")


def is_tab_row(lines: Lines, index: int) -> bool:
    """Two cells at least with words in them, or a neighbour that is a row with tabs."""
    start, end = lines.spans[index]
    cells = lines.view[start:end].split("\t")
    if len(cells) > 2 or (len(cells) == 2 and cells[0].strip() and cells[1].strip()):
        return True
    after = lines.next_full(index + 1)
    return after is not None and lines.view.count("\t", *lines.spans[after]) > 1


def tab_table(lines: Lines, index: int) -> tuple[TableBlock, int]:
    """The table whose first row stands at line ``index``, and the line behind it."""
    view = lines.view
    rows: list[Row] = []
    width = 0
    page = 0
    first = index
    pending_gap = False
    while index < len(lines):
        start, end = lines.spans[index]
        text = view[start:end]
        if is_gap(text):
            pending_gap = True
            index += 1
            continue
        tabs = text.count("\t")
        if not tabs:
            if pending_gap or not rows or not _cell_goes_on(lines, index):
                break
            if len(rows[-1].cells) >= width and _GROUP_LABEL.match(text):
                rows.append(_tab_row(lines, start, end, page))
            else:
                rows[-1] = _longer(lines, rows[-1], start, end)
            index += 1
            continue
        if pending_gap:
            page += 1
            pending_gap = False
        last = _last_line_of_row(lines, index, tabs, width)
        end = lines.spans[last][1]
        rows.append(_tab_row(lines, start, end, page))
        width = max(width, len(rows[-1].cells))
        index = last + 1
    return TableBlock(tuple(rows), lines.spans[first][0], rows[-1].end, "tab"), index


def _last_line_of_row(lines: Lines, index: int, tabs: int, width: int) -> int:
    """A row whose cell text runs on: its lines together hold as many tabs as a full row."""
    view = lines.view
    # One tab too few is how a page without its first column looks, too.
    if width and tabs >= width - (2 if width > 3 else 3) + 1:
        return index
    total, ahead = tabs, index
    most = min(len(lines), index + MOST_LINES)
    while width and total < width - 1 and ahead + 1 < most:
        start, end = lines.spans[ahead + 1]
        text = view[start:end]
        if is_gap(text):
            return index
        total += text.count("\t")
        ahead += 1
    if total == width - 1 and ahead > index:
        return ahead
    return index


def _cell_goes_on(lines: Lines, index: int) -> bool:
    """A line without tabs right below a row belongs to its last cell if a row follows."""
    words = lines.text(index).strip()
    if is_frame(words):
        return False
    after = index
    while after < len(lines) and after < index + 12:
        text = lines.text(after)
        if not text.strip():
            return False
        if "\t" in text:
            # Running text above the header of the next table, a cut cell above a repeated one.
            return words[0].islower() or not counts_rows(text.split("\t")[0])
        if after == index + 1 and _GROUP_LABEL.match(words):
            return False
        after += 1
    return False


def _longer(lines: Lines, row: Row, start: int, end: int) -> Row:
    """The row with a further line of its last cell, which begins behind the row's last tab."""
    last_start = max(row.start, lines.view.rfind("\t", row.start, row.end) + 1)
    words = clean(lines.view, last_start, end)
    return Row((*row.cells[:-1], Cell(words)), row.start, end, row.page)


def _tab_row(lines: Lines, start: int, end: int, page: int) -> Row:
    view = lines.view
    cells = []
    at = start
    while True:
        stop = view.find("\t", at, end)
        if stop < 0:
            stop = end
        cells.append(Cell(clean(view, at, stop)))
        if stop == end:
            break
        at = stop + 1
    return Row(tuple(cells), start, end, page)
