"""Tables with bars between their cells: Markdown pipe rows, and lines of ``a | b | c``."""

from __future__ import annotations

import itertools

from extract.cells import Cell, Row, TableBlock
from extract.frame import line_kind
from extract.line_list import MOST_LINES, Lines, counts_rows, is_frame, is_gap
from extract.markup import clean
from normalize.patterns import pattern

_BAR = pattern(r"(?<!\\)\|")
_PIPE_RULE = pattern(r"\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*(?::?-{2,}:?)?\s*")
# Rules of single dashes stand right below a header only, elsewhere they are cells left empty.
_SHORT_RULE = pattern(r"\s*\|?(?:\s*:?-+:?\s*\|)+\s*(?::?-+:?)?\s*")
_COLONED = pattern(r"\|\s*:-|-:\s*\|")
_FRAME_KINDS = frozenset(("recipients", "authority", "nation"))
# "Thời gian: … | Chủ trì: …": labels of an activity in one line, no row of cells.
_LABELS = pattern(r"[-+•*\s]*\p{Lu}[^:|]{2,40}:[^|]+(?:\|\s*\p{Lu}[^:|]{2,40}:[^|]+)+")


def is_bar_row(lines: Lines, index: int) -> bool:
    """A line that opens with a bar, or parts cells by bars as a neighbour does."""
    start, end = lines.spans[index]
    text = lines.view[start:end].strip()
    if text.startswith("|"):
        return True
    if _LABELS.fullmatch(text) is not None:
        return False
    after = lines.next_full(index + 1)
    if " | " not in text:
        # "TT|Nội dung|Chủ trì": bars without blanks, as many on the line below.
        bars = text.count("|")
        return bars > 1 and after is not None and bars == lines.view.count("|", *lines.spans[after])
    if after is None:
        return text.count(" | ") > 1
    return text.count(" | ") > 1 or " | " in lines.text(after)


def bar_table(lines: Lines, index: int) -> tuple[TableBlock | None, int]:
    """The table whose first line is ``index`` (None of bars alone), and the line behind it."""
    view = lines.view
    piped = lines.text(index).lstrip().startswith("|")
    rows: list[Row] = []
    first = index
    page = 0
    pending_gap = framed = False
    width = 0
    while index < len(lines):
        start, end = lines.spans[index]
        text = view[start:end]
        if is_gap(text):
            pending_gap = True
            index += 1
            continue
        if _PIPE_RULE.fullmatch(text) or (
            _SHORT_RULE.fullmatch(text) and (len(rows) == 1 or _COLONED.search(text))
        ):
            index += 1
            continue
        bars = len(_BAR.findall(text))
        if rows and bars and _is_frame_row(lines, index) and not framed:
            break
        if not rows:
            framed = _is_frame_row(lines, index)
        if not bars:
            if pending_gap or not rows or not _bar_cell_goes_on(lines, index, piped):
                break
            rows[-1] = _bar_row(lines, rows[-1].start, end, rows[-1].page, piped)
            index += 1
            continue
        if piped and rows and not text.lstrip().startswith("|"):
            if pending_gap:
                break
            while _is_rest_of_piped(lines, index + 1):
                index += 1
            rows[-1] = _bar_row(lines, rows[-1].start, lines.spans[index][1], rows[-1].page, piped)
            index += 1
            continue
        if pending_gap:
            page += 1
            pending_gap = False
        last = _last_line_of_bar_row(lines, index, piped, width)
        end = lines.spans[last][1]
        row = _bar_row(lines, start, end, page, piped)
        if row.cells:  # a lone bar is no row
            rows.append(row)
            width = max(width, len(row.cells))
        index = last + 1
    if not rows:
        return None, max(index, first + 1)
    style = "pipe" if piped else "bar"
    return TableBlock(tuple(rows), lines.spans[first][0], rows[-1].end, style), index


def _is_frame_row(lines: Lines, index: int) -> bool:
    """ "Nơi nhận: | TM. ỦY BAN NHÂN DÂN |", "ỦY BAN NHÂN DÂN |": a frame, no row of a table.

    An issuer's name is one only above the motto.
    """
    kind = _first_kind(lines.text(index))
    if kind in _FRAME_KINDS:
        return True
    behind = range(index + 1, min(index + 4, len(lines)))
    return kind == "issuer" and any(_first_kind(lines.text(i)) == "nation" for i in behind)


def _first_kind(text: str) -> str:
    cells = (cell.strip(" *_") for cell in _BAR.split(text))
    return line_kind(next((cell for cell in cells if cell), ""))


def _is_rest_of_piped(lines: Lines, index: int) -> bool:
    """A line with bars that opens with none goes on with the row above it."""
    if index >= len(lines):
        return False
    text = lines.text(index)
    return (
        not text.lstrip().startswith("|")
        and _PIPE_RULE.fullmatch(text) is None
        and _BAR.search(text) is not None
    )


def _last_line_of_bar_row(lines: Lines, index: int, piped: bool, width: int) -> int:
    """A piped row runs on until a line ends with a bar, another until it has all its bars."""
    if not piped:
        return _last_line_by_count(lines, index, width)
    ahead = index
    while ahead < len(lines) and ahead < index + 40:
        text = lines.text(ahead).rstrip()
        if not text or (ahead > index and text.lstrip().startswith("|")):
            return index if ahead == index else ahead - 1
        if text.endswith("|") and (ahead > index or len(text) > 1):
            return ahead
        ahead += 1
    return index


def _last_line_by_count(lines: Lines, index: int, width: int) -> int:
    total = len(_BAR.findall(lines.view, *lines.spans[index]))
    ahead = index
    most = min(len(lines), index + MOST_LINES)
    while total < width - 1 and ahead + 1 < most:
        ahead += 1
        text = lines.text(ahead)
        if is_gap(text) or _is_frame_row(lines, ahead):
            return index
        total += len(_BAR.findall(text))
    return ahead if total == width - 1 else index


def _bar_cell_goes_on(lines: Lines, index: int, piped: bool) -> bool:
    after = lines.next_full(index + 1)
    words = lines.text(index).strip()
    if after is None or after > index + 12 or is_frame(words):
        return False
    text = lines.text(after)
    if not (text.lstrip().startswith("|") if piped else text.count("|") > 1 or " | " in text):
        return False
    return words[0].islower() or not counts_rows(text.strip("| *").split("|")[0])


def _bar_row(lines: Lines, start: int, end: int, page: int, piped: bool) -> Row:
    view = lines.view
    stops = [bar.start() for bar in _BAR.finditer(view, start, end)]
    edges = [start - 1, *stops, end]
    cells = [Cell(clean(view, low + 1, high)) for low, high in itertools.pairwise(edges)]
    if piped:
        if not cells[0].words.text:
            cells = cells[1:]
        if cells and not cells[-1].words.text and view[start:end].rstrip().endswith("|"):
            cells = cells[:-1]
    return Row(tuple(cells), start, end, page)
