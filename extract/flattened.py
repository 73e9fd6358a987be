"""Tables whose columns were lost when a text was poured together: heads and cells in one run.

The heads stand behind each other ("TT Nhiệm vụ Cơ quan chủ trì Thời gian"), and so do the rows'
cells. A row is read only where there is one way to part it: each column behind the task opens with
words of its kind (a body, a time, a product), and no other words of the row could open it. Every
other row is told and left as it stands.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable

import msgspec

from extract.align import opens
from extract.cells import Cell, Row, TableBlock
from extract.column_heads import BODY_ROLES, role_of
from extract.columns import kind_of, read_columns
from extract.frame import is_capital, line_kind
from extract.layout_lines import leaves_open
from extract.paragraphs import Paragraph, Piece
from normalize.findings import Note
from normalize.fragment import Fragment, join
from normalize.patterns import pattern
from normalize.text import word_key

_HEAD = pattern(r"(?<!\p{L})S?TT\s+(?=\p{Lu})")
_ROWS = pattern(
    r"(?<=\s)(?:(?P<roman>[IVX]{1,5})[.\s]\s*(?=\p{Lu}{2})|(?P<number>\d{1,3})[.\s]\s*(?=\p{Lu}))"
)
_CAPITAL = pattern(r"(?<=\s)(?=\p{Lu})")
_OPENING = pattern(r"(?<=\s)(?:(?=\p{Lu})|(?=\d{4}(?:\s|$))|(?=\d{1,2}/(?:\d{1,2}/)?\d{4}))")
_KINDS = {
    "schedule": "time",
    "deliverables": "product",
    **dict.fromkeys(BODY_ROLES, "bodies"),
}
_COUNTED = frozenset(word_key(word) for word in "năm tháng quý ngày số kỳ đợt khóa điều".split())
_FEWEST_ROWS = 2
_MOST_HEADER = 400
_SHOWN = 200
_LONGEST_ROW = 1200
_MOST_PLACES = 12
"""More than so many are never parted in one way only, and trying takes time."""
_ENDS = ("recipients", "authority", "appendix", "caption", "nation", "motto", "type", "decides")


class _RowStart(msgspec.Struct):
    """Where a row begins and where the words behind its number do; whether it names a group."""

    start: int
    behind: int
    number: str
    group: bool


def unflatten(pieces: list[Piece]) -> tuple[list[Piece], list[Note]]:
    """The same pieces with tables where heads and cells stood in one run of text."""
    made: list[Piece] = []
    notes: list[Note] = []
    index = 0
    while index < len(pieces):
        piece = pieces[index]
        heading = _HEAD.search(piece.text) if isinstance(piece, Paragraph) else None
        if not isinstance(piece, Paragraph) or heading is None:
            made.append(piece)
            index += 1
            continue
        following = (pieces[at] for at in range(index + 1, len(pieces)))
        parts = _run(piece.words.cut(heading.start(), len(piece.text)), following)
        found = _table(parts)
        if found is None:
            made.append(piece)
            index += 1
            continue
        table, unread, taken = found
        before = piece.words.cut(0, heading.start())
        if before.text:
            made.append(Paragraph(before, piece.gap, piece.page))
        made.append(table)
        notes += unread
        index += taken
    return made, notes


def _run(first: Fragment, following: Iterable[Piece]) -> list[Fragment]:
    """The paragraphs in which the table may stand: to another table or a document's frame."""
    parts = [first]
    for piece in following:
        if not isinstance(piece, Paragraph) or line_kind(piece.text) in _ENDS:
            break
        if _HEAD.search(piece.text) is not None:
            break  # another table
        parts.append(piece.words)
    return parts


def _table(parts: list[Fragment]) -> tuple[TableBlock, list[Note], int] | None:
    """The table of paragraphs that open with its heads, its rows that are not certain, and how
    many paragraphs it takes; None where no row is certain.

    The last row ends with the paragraph in which its last column opens.
    """
    run = join(parts)
    rows = _row_starts(run.text)
    while rows and rows[-1].group:
        rows.pop()
    if len(rows) < _FEWEST_ROWS or rows[0].start > _MOST_HEADER:
        return None
    header = _header(run.cut(0, rows[0].start))
    found = read_columns([header]) if header is not None else None
    if header is None or found is None or kind_of(found[0]) != "tasks":
        return None
    roles = [column.role for column in found[0]]
    if roles[:2] != ["number", "task"]:
        return None
    kinds = _kinds(roles[2:])
    if kinds is None:
        return None
    stops = list(itertools.accumulate((len(part.text) + 1 for part in parts), initial=-1))[1:]
    following = [row.start for row in rows[1:]]
    last = [stop for stop in stops if stop > rows[-1].start]
    made = [header]
    notes: list[Note] = []
    end = 0
    for row, ends in zip(rows, [*([at] for at in following), last], strict=True):
        cells, end = _row_cells(run, row, ends, kinds)
        if cells is None:
            notes.append(_unread(run.cut(row.start, end)))
        else:
            label = run.cut(row.start, row.behind)
            made.append(Row((Cell(label), *cells), label.start, cells[-1].words.end))
    if all(row.cells[-1].covered for row in made[1:]):
        return None
    taken = stops.index(end)
    table = TableBlock(tuple(made), made[0].start, parts[taken].end, "flattened")
    return table, notes, taken + 1


def _row_cells(
    run: Fragment, row: _RowStart, ends: list[int], kinds: list[str]
) -> tuple[list[Cell] | None, int]:
    """The cells of a row that ends at the first of ``ends`` with which it can be read, and which.

    None and the first of them where none will do.
    """
    for end in ends:
        words = run.cut(row.behind, end)
        cells = _group(words, len(kinds)) if row.group else _cells(words, kinds)
        if cells is not None:
            return cells, end
    return None, ends[0]


def _unread(row: Fragment) -> Note:
    shown = row.text if len(row.text) <= _SHOWN else row.text[: _SHOWN - 1] + "…"
    return Note("row.unread", shown, None, row.start, row.end)


# --- heads ------------------------------------------------------------------------------------


def _header(words: Fragment) -> Row | None:
    """The heads, parted where a capital opens one that the lexicon knows."""
    edges = [0, *(found.start() for found in _CAPITAL.finditer(words.text)), len(words.text)]
    heads: list[Fragment] = []
    for low, high in itertools.pairwise(edges):
        part = words.cut(low, high)
        if heads and role_of(part.text) is None and role_of(heads[-1].text) is not None:
            last = heads.pop()
            part = join([last, part])
        heads.append(part)
    if len(heads) < 4 or any(len(head.text.split()) > 10 for head in heads):
        return None
    return Row(tuple(Cell(head) for head in heads), words.start, words.end)


def _kinds(roles: list[str]) -> list[str] | None:
    """What opens each column behind the task; a last column of any kind opens with a capital.

    None where a column in the middle is of no known kind.
    """
    kinds = [_KINDS.get(role, "") for role in roles]
    if "" in kinds[:-1] or "bodies" not in kinds:
        return None
    return kinds


# --- rows -------------------------------------------------------------------------------------


def _row_starts(text: str) -> list[_RowStart]:
    """Where rows begin: their numbers count up from 1, anew behind a group's Roman number."""
    made: list[_RowStart] = []
    number, group = 0, 0
    dotted: bool | None = None
    for found in _ROWS.finditer(text):
        roman = found.group("roman")
        if roman is not None:
            if roman == _roman(group + 1):
                group += 1
                number = 0
                made.append(_RowStart(found.start(), found.end(), roman, True))
            continue
        has_dot = "." in found.group()
        if int(found.group("number")) != number + 1 or (dotted is not None and has_dot != dotted):
            continue
        dotted = has_dot
        number += 1
        made.append(_RowStart(found.start(), found.end(), found.group("number"), False))
    return made


def _roman(number: int) -> str:
    return ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")[
        min(number, 12) - 1
    ]


def _group(words: Fragment, further: int) -> list[Cell] | None:
    """The name of a group, which spans the table; None where more than it stands there."""
    if not is_capital(words.text):
        return None
    return [Cell(words), *(Cell(words, "right") for _ in range(further))]


def _cells(words: Fragment, kinds: list[str]) -> list[Cell] | None:
    """The cells of a row behind its number, where there is one way to part it."""
    if len(words.text) > _LONGEST_ROW:
        return None
    places = [_places(words.text, kind) for kind in kinds]
    if not all(0 < len(own) <= _MOST_PLACES for own in places):
        return None
    ways = list(itertools.islice(_ways(places, 1), 2))
    if len(ways) != 1:
        return None
    edges = [0, *ways[0], len(words.text)]
    parts = [words.cut(low, high) for low, high in itertools.pairwise(edges)]
    return [Cell(part) for part in parts] if all(part.text for part in parts) else None


def _places(text: str, kind: str) -> list[int]:
    """Where words of this kind open something; any capital where the kind is not known."""
    made = []
    for found in _OPENING.finditer(text):
        at = found.start()
        before = text[:at].rstrip()
        if not before or leaves_open(before) or before.endswith((";", ":", "(", "/", "+", "-")):
            continue
        if not kind or _opens(kind, text, at, before):
            made.append(at)
    return made


def _opens(kind: str, text: str, at: int, before: str) -> bool:
    if text[at].isdigit():
        return kind == "time" and word_key(before.rsplit(None, 1)[-1]) not in _COUNTED
    return kind in opens(text[at : at + 40])


def _ways(places: list[list[int]], floor: int) -> itertools.chain[tuple[int, ...]]:
    """Every way to choose one place of each column in order."""
    if not places:
        return itertools.chain([()])
    return itertools.chain.from_iterable(
        ((at, *rest) for rest in _ways(places[1:], at + 1)) for at in places[0] if at >= floor
    )
