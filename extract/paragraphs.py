"""Lines into paragraphs, whatever the file did to them.

A file may hold a paragraph a line, lines wrapped at a width, or a whole plan poured into one
wrapped block in which headings, bullets and signature follow each other without a line end.
Paragraphs that a page break cut are one again. Letterheads and signatures laid out as tables
become lines.
"""

from __future__ import annotations

import itertools

import msgspec

from extract.cells import Block, Line, TableBlock
from extract.columns import read_columns
from extract.frame import cuts_frame, line_kind, titles_at_head
from extract.layout_lines import wrap_seam
from extract.unfold import is_poured, unfold
from normalize.fragment import Fragment, join, seamed
from normalize.patterns import pattern
from normalize.text import key

MARKER = pattern(
    r"(?:(?i:phần|chương|mục|phụ\s+lục|điều)\s+\S{1,6}|[IVXLC]{1,6}\s?[.)/-]|[A-ZĐ][.)]\s|"
    r"\d{1,2}(?:\.\d{1,3})*\s?[.)/](?!\d)|\d{1,2}(?:\.\d{1,2})+\s|[a-zđ]{1,2}\s?[.)]\s?(?=\S)|[-+•*–]\s?)"
)
_ENDS = (".", ":", ";", "!", "?", "…", "/.", "”", '"')
_FULL_ENDS = (".", ":", ";", "!", "?", "…")
_TWO_COLUMNS = pattern(
    r"(?P<left>\p{Lu}[\p{Lu}\s,.\-–]{3,90}?)(?<!\sNƯỚC)\s+"
    r"(?P<right>CỘNG\s+H\p{Lu}{2}\s+XÃ\s+HỘI\s+CHỦ\s+NGHĨA\s+VIỆT\s+NAM"
    r"|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM|Độc\s+[Ll]ập\s*[-–—]\s*Tự\s+[Dd]o\s*[-–—].*)"
)
_FRAME_CELLS = frozenset(("symbol", "dateline", "authority"))
_MOST_FRAME_ROWS = 8
_MOST_FRAME_COLUMNS = 2
_FRAME = pattern(
    r"công5 hoa1 xa3 hôi5|đôc5 lâp5 tư5 do|nơi nhân5|^(?:tm|t m|kt|k t|tl|t l|tuq) "
    r"|^(?:đang2 công5 san2 viêt5 nam|đoan1 (?:tncs|thanh niên công5 san2) hô1 chi4 minh)"
)


class Paragraph(msgspec.Struct, frozen=True):
    """One paragraph; ``gap`` and ``page`` as for the line that opens it."""

    words: Fragment
    gap: bool
    page: bool = False

    @property
    def text(self) -> str:
        """The paragraph's words."""
        return self.words.text


Piece = Paragraph | TableBlock


def read_paragraphs(blocks: list[Block]) -> list[Piece]:
    """Paragraphs and tables in order."""
    pieces: list[Piece] = []
    lines: list[Line] = []

    def close() -> None:
        pieces.extend(_of_lines(lines))
        lines.clear()

    for block in blocks:
        if isinstance(block, Line):
            lines.append(block)
            continue
        frame = _frame_lines(block)
        if frame is None:
            close()
            pieces.append(block)
        else:
            lines.extend(frame)
    close()
    return _mend(pieces)


def _frame_lines(table: TableBlock) -> list[Line] | None:
    """The lines of a letterhead or signature that is laid out as a table, else None."""
    # Several tabs between two columns make empty cells.
    if len(table.rows) > _MOST_FRAME_ROWS or any(
        sum(1 for cell in row.cells if cell.own) > 4 for row in table.rows
    ):
        return None
    words = " ".join(cell.own for row in table.rows for cell in row.cells)
    openings = [cell.own[:80] for cell in table.rows[0].cells]
    if len(words) > 4000:
        words = ""
    if not any(_FRAME.search(key(text)) for text in (words, *openings)) and not _is_framed(table):
        return None
    if read_columns(list(table.rows)) is not None:
        return None
    lines = []
    for row in table.rows:
        for cell in row.cells:
            if cell.own:
                lines += [
                    Line(part, part.start, part.end, index == 0)
                    for index, part in enumerate(unfold(cell.words, frame=True))
                ]
    return lines


def _is_framed(table: TableBlock) -> bool:
    """Number, date, authority or the signer's title fill a cell: "Số: 12/KH-ĐH | Huế, ngày …"."""
    return any(
        line_kind(text) in _FRAME_CELLS
        or (text[:2].isupper() and titles_at_head(text) == len(text))
        for row in table.rows
        if sum(1 for cell in row.cells if cell.own) <= _MOST_FRAME_COLUMNS
        for text in (cell.own for cell in row.cells)
        if text
    )


def _of_lines(lines: list[Line]) -> list[Paragraph]:
    if not lines:
        return []
    lines = _whole_frames([part for line in lines for part in _parted(line)])
    if is_poured([line.words for line in lines]):
        words = join([line.words for line in lines])
        return [Paragraph(part, True) for part in unfold(words)]
    width = _wrap_width(lines)
    if not width:
        return [Paragraph(line.words, line.gap, line.page) for line in lines]
    made: list[Paragraph] = []
    held: list[Fragment] = []
    gap = True
    marked = any(line.page for line in lines)
    for line in lines:
        text = line.words.text
        # Where page ends are marked, a blank line by itself is none.
        if held and (
            (marked and not line.page) or not _spans_page(held[-1].text, text, width)
            if line.gap
            else not _runs_on(held[-1].text, text, width)
        ):
            made.append(Paragraph(_wrapped(held), gap))
            held = []
        if not held:
            gap = line.gap
        held.append(line.words)
    made.append(Paragraph(_wrapped(held), gap))
    return made


def _parted(line: Line) -> list[Line]:
    """The line, or its halves where a letterhead's two columns were copied into one line.

    "TỈNH BẮC NINH Độc lập - Tự do - Hạnh phúc"; no "QUỐC HỘI NƯỚC CỘNG HÒA …".
    """
    text = line.words.text
    found = _TWO_COLUMNS.fullmatch(text) if 20 < len(text) < 160 else None
    if found is None or not found["left"].isupper():
        return [line]
    halves = [line.words.cut(*found.span(name)) for name in ("left", "right")]
    return [
        Line(half, half.start, half.end, line.gap, line.page and not at)
        for at, half in enumerate(halves)
    ]


def _whole_frames(lines: list[Line]) -> list[Line]:
    """Lines of the frame that a line end cut ("CỘNG / HÒA XÃ HỘI …", "TM. ỦY BAN / NHÂN DÂN")."""
    made: list[Line] = []
    for line in lines:
        above = made[-1] if made else None
        if above is not None and not line.gap and cuts_frame(above.words.text, line.words.text):
            words = join([above.words, line.words])
            made[-1] = Line(words, above.start, line.end, above.gap, above.page)
        else:
            made.append(line)
    return made


def _wrapped(lines: list[Fragment]) -> Fragment:
    """The lines of one paragraph; a symbol that a line's end cut is whole again."""
    return seamed(
        lines, [wrap_seam(above.text, below.text) for above, below in itertools.pairwise(lines)]
    )


def _wrap_width(lines: list[Line]) -> int:
    """The width at which the lines are wrapped; 0 where a line is a paragraph."""
    pairs = [
        (before.words.text, line.words.text)
        for before, line in itertools.pairwise(lines)
        if not line.gap
    ]
    if len(pairs) < 4:
        return 0
    open_ended = sum(
        1
        for before, after in pairs
        if not before.endswith(_ENDS) and after[:1].islower() and len(before) > 40
    )
    if 5 * open_ended < len(pairs):
        return 0
    lengths = sorted(len(line.words.text) for line in lines)
    return lengths[(len(lengths) * 9) // 10]


def _spans_page(before: str, text: str, width: int) -> bool:
    """A full line without an end, then a page's end: the paragraph goes on."""
    return (
        len(before) >= 0.8 * width
        and not before.endswith(_ENDS)
        and MARKER.match(text) is None
        and not text.isupper()
        and line_kind(text) == ""
    )


def _runs_on(before: str, text: str, width: int) -> bool:
    if text[:2] in ("- ", "– ") and not before.endswith((*_ENDS, ",")):
        return len(before) >= 0.85 * width  # a dash of the sentence at the line's head
    if MARKER.match(text):
        # "tháng 4." or "NĐ- CP" may open a wrapped line; a bullet or a number after an end may not.
        return text[:1].islower() and text[1:2] not in (")", ".") and not before.endswith(_ENDS)
    if before.isupper() and not text.isupper():
        return False
    if text.isupper() and not before.isupper():
        return False
    return len(before) >= 0.72 * width or (text[:1].islower() and not before.endswith(_ENDS))


class _Open:
    """A paragraph that may go on: its pieces, and what tells whether it does.

    Joined once at its end: a long one would be copied again with every piece otherwise.
    """

    def __init__(self, first: Paragraph) -> None:
        self.first = first
        self.pieces = [first.words]
        self.length = len(first.text)
        self.upper = _is_upper(first.text)

    def take(self, piece: Paragraph) -> None:
        """The paragraph goes on with this piece."""
        self.pieces.append(piece.words)
        self.length += 1 + len(piece.text)
        upper = _is_upper(piece.text)
        self.upper = upper if self.upper is None else self.upper and upper is not False

    @property
    def is_broken(self) -> bool:
        """It ends without the end of a sentence, and is no line in capitals."""
        return not self.pieces[-1].text.endswith(_FULL_ENDS) and not self.upper

    def whole(self) -> Paragraph:
        """The paragraph in one piece."""
        if len(self.pieces) == 1:
            return self.first
        return Paragraph(_wrapped(self.pieces), self.first.gap, self.first.page)


def _is_upper(text: str) -> bool | None:
    """Whether the letters are capitals; None without a letter that can be one."""
    return text.isupper() or (False if text.lower() != text.upper() else None)


def _mend(pieces: list[Piece]) -> list[Piece]:
    """Joins a paragraph that goes on with a small letter after a page break."""
    made: list[Piece] = []
    held: _Open | None = None
    for piece in pieces:
        if not isinstance(piece, Paragraph):
            made += [held.whole()] if held is not None else []
            made.append(piece)
            held = None
        elif held is not None and (
            _is_cut(held, piece.text)
            or _is_paged(held, piece)
            or _is_listed(held, piece)
            or _is_symbol(held, piece)
        ):
            held.take(piece)
        else:
            made += [held.whole()] if held is not None else []
            held = _Open(piece)
    return [*made, held.whole()] if held is not None else made


def _is_paged(before: _Open, piece: Paragraph) -> bool:
    """A sentence that a page's end broke before a capital letter."""
    return (
        piece.page
        and before.length > 60
        and before.is_broken
        and not before.pieces[-1].text.endswith((*_ENDS, ","))
        and not piece.text[:12].isupper()
        and MARKER.match(piece.text) is None
        and line_kind(piece.text) == ""
    )


def _is_listed(before: _Open, piece: Paragraph) -> bool:
    """A long line that ends with a comma goes on right below it."""
    return (
        not piece.gap
        and before.length > 60
        and not before.upper
        and before.pieces[-1].text.endswith(",")
        and MARKER.match(piece.text) is None
        and line_kind(piece.text) == ""
    )


def _is_symbol(before: _Open, piece: Paragraph) -> bool:
    """A line's end cut a symbol: "19/2014/QĐ-" / "TTg"."""
    last = before.pieces[-1].text
    return not piece.gap and last.endswith("-") and wrap_seam(last, piece.text) == ""


def _is_cut(before: _Open, text: str) -> bool:
    """A small letter goes on with a sentence that has no end; "a)" opens a clause."""
    if not text[:1].islower() or before.length < 25 or not before.is_broken:
        return False
    return len(text) < 2 or text[1] not in ")."
