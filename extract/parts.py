"""Several tasks in one printed row: each cell lists the parts of all, and they are paired off.

Pairing goes by the numbers that the parts carry, by paragraph, by bullet groups, and by the
rhythm of the products (what opens a piece of work, then what closes it). Where two readings stay
possible the cell is left whole and named as unpaired.
"""

from __future__ import annotations

import itertools
from functools import cache

import msgspec

from extract.align import fit, is_opener
from extract.column_heads import BODY_ROLES
from extract.repair import ORDINAL, LogicalRow, Shape, is_left_open, is_next
from normalize.fragment import Fragment, join
from normalize.lexicon import entries, several
from normalize.patterns import pattern
from normalize.text import key

_PART = pattern(
    r"(?:(?<=\n)|(?<=\s)|\A)(?P<number>\d{1,2}(?:\.\d{1,2})*)(?:[.)]|(?<=\.\d{1,2}))\s*+(?=\p{Lu}|\p{Ll}\p{Ll})"
)
_BULLET = pattern(r"[-+•*–]\s*")
_INLINE_BULLET = pattern(r"(?:(?<=[.;,])\s*|\s+)[-+•–]\s+(?=\p{Lu}|\d)")
_DATE = pattern(r"(?P<number>[IVX]{1,4}|\d{1,2})\s*/\s*(?P<year>(?:19|20)\d\d)")
_GOES_ON = ",;-–("
"""A line that ends so goes on."""
_MOST_ENDS = 14
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}


class Split(msgspec.Struct, frozen=True):
    """The parts of one row: for each task its number and its cells by column."""

    numbers: list[str]
    cells: list[list[Fragment]]
    unpaired: tuple[str, ...]


def split_row(row: LogicalRow, shape: Shape) -> Split | None:
    """The tasks in this row, None where it holds one."""
    task = row.cells[shape.task]
    tasks = _listed(row, shape)
    own_number = None
    if tasks is None:
        tasks = _numbered(task)
        own_number = shape.number is not None and not shape.numbers_areas and row.text(shape.number)
    if len(tasks) < 2:
        return None
    numbers = [number for number, _ in tasks]
    count = len(tasks)
    if own_number and not _others_agree(row, shape, count):
        return None
    dealt: dict[int, list[Fragment]] = {shape.task: [words for _, words in tasks]}
    sizes: list[int] | None = None
    unpaired: list[str] = []
    order = sorted(
        (i for i in range(len(row.cells)) if i != shape.task),
        key=lambda i: (
            ("deliverables", "schedule").index(role)
            if (role := shape.columns[i].role) in ("deliverables", "schedule")
            else -1
        ),
    )
    for i in order:
        role = shape.columns[i].role
        cell = row.cells[i]
        if role in ("number", "area", "other", "note") or not cell.text:
            dealt[i] = [cell] * count
            continue
        cell = _reopened(cell, count, role, row.may_end)
        pieces, found_sizes = _deal(cell, count, role, sizes)
        if pieces is None:
            unpaired.append(role)
            pieces = [cell] * count
        elif found_sizes and max(found_sizes) > 1:
            sizes = found_sizes
        dealt[i] = pieces
    if "deliverables" in unpaired and sizes:
        _retry_products(row, shape, count, sizes, dealt, unpaired)
    cells = [[dealt[i][part] for i in range(len(row.cells))] for part in range(count)]
    return Split(numbers, cells, tuple(unpaired))


def _listed(row: LogicalRow, shape: Shape) -> list[tuple[str, Fragment]] | None:
    """The tasks of a row whose number cell lists as many numbers as the task cell paragraphs."""
    if shape.number is None or "\n" not in row.text(shape.number):
        return None
    numbers = [ORDINAL.fullmatch(line) for line in row.text(shape.number).split("\n")]
    tasks = _reopened(row.cells[shape.task], len(numbers), "task", row.may_end)
    items = _items(tasks)
    if None in numbers or len(items) != len(numbers):
        return None
    return [
        (found.group("number"), tasks.cut(*item))
        for found, item in zip(numbers, items, strict=True)
        if found is not None
    ]


def _reopened(cell: Fragment, count: int, role: str, may_end: frozenset[int]) -> Fragment:
    """The cell with as many paragraphs as the row has tasks, where only full lines hide them.

    The line that opens a part reads like the column's other parts; where several choices do, the
    cell stays as it is.
    """
    items = _items(cell)
    missing = count - len(items)
    if missing <= 0 or not may_end:
        return cell
    text = cell.text
    blanks = [
        at
        for at, char in enumerate(text)
        if char == " " and cell.origin(at) in may_end
        if text[at - 1] not in _GOES_ON and not is_left_open(text[:at])
    ]
    if len(blanks) < missing or len(blanks) > _MOST_ENDS:
        return cell
    edges = {at for item in items for at in item}
    scored = []
    for chosen in itertools.combinations(blanks, missing):
        cuts = sorted({*edges, *chosen})
        parts = [text[low:high].strip() for low, high in itertools.pairwise(cuts)]
        fits = [fit(role, part) - is_opener(part) for part in parts if part]
        scored.append((sum(fits), min(fits), chosen))
    best = max(scored)
    alone = sum(one[0] == best[0] for one in scored) == 1
    if not alone or (best[1] <= 0 and len(scored) > 1) or best[1] < 0:
        return cell
    pieces = itertools.pairwise((-1, *best[2], len(text)))
    return join([cell.cut(low + 1, high) for low, high in pieces], "\n")


def _retry_products(
    row: LogicalRow,
    shape: Shape,
    count: int,
    sizes: list[int],
    dealt: dict[int, list[Fragment]],
    unpaired: list[str],
) -> None:
    """Products that have no rhythm of their own follow the dates' groups."""
    index = shape.find("deliverables")
    if index is None:
        return
    pieces, _ = _deal(row.cells[index], count, "deliverables", sizes)
    if pieces is not None:
        dealt[index] = pieces
        unpaired.remove("deliverables")


def _others_agree(row: LogicalRow, shape: Shape, count: int) -> bool:
    """Another cell lists just as many parts, so the row's one number counts the row only."""
    return any(
        len(_numbered(row.cells[i])) == count
        for i, column in enumerate(shape.columns)
        if column.role in (*BODY_ROLES, "schedule", "deliverables", "budget")
    )


def _numbered(cell: Fragment) -> list[tuple[str, Fragment]]:
    """The numbered parts of a cell that begins with a number, in unbroken count."""
    text = cell.text
    opening = _PART.match(text)
    if opening is None:
        return []
    following = _next_number(opening.group("number"))
    if f"{following}." not in text and f"{following})" not in text:
        return [(opening.group("number"), cell.cut(opening.end(), len(text)))]
    found: list[tuple[str, int, int]] = []
    for match in _PART.finditer(text):
        number = match.group("number")
        if not found:
            if match.start() != 0:
                return []
            found.append((number, match.start(), match.end()))
        elif is_next(found[-1][0], number):
            found.append((number, match.start(), match.end()))
    if not found:
        return []
    edges = [start for _, start, _ in found[1:]] + [len(text)]
    return [
        (number, cell.cut(words, edge))
        for (number, _, words), edge in zip(found, edges, strict=True)
    ]


def _next_number(number: str) -> str:
    head, _, last = number.rpartition(".")
    return f"{head}.{int(last) + 1}" if head else str(int(last) + 1)


def _deal(
    cell: Fragment, count: int, role: str, sizes: list[int] | None
) -> tuple[list[Fragment] | None, list[int] | None]:
    """The cell's words for each of ``count`` tasks and how many items each gets."""
    numbered = _numbered(cell)
    if len(numbered) == count:
        return [words for _, words in numbered], None
    items = _items(cell)
    if len(items) == 1:
        return [cell] * count, None
    if len(items) == count:
        return [cell.cut(*item) for item in items], [1] * count
    if len(items) < count:
        return None, None
    for groups in (
        _bullet_groups(cell.text, items),
        _rhythm(cell.text, items, count) if role == "deliverables" else None,
        _by_sizes(items, sizes),
        _date_restarts(cell.text, items) if role == "schedule" else None,
    ):
        if groups is not None and len(groups) == count:
            pieces = [cell.cut(group[0][0], group[-1][1]) for group in groups]
            return pieces, [len(group) for group in groups]
    return None, None


Item = tuple[int, int]


def _items(cell: Fragment) -> list[Item]:
    """The cell's paragraphs; where there is but one, its inline bullets."""
    text = cell.text
    items: list[Item] = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            items.append((at, at + len(line)))
        at += len(line) + 1
    if len(items) == 1 and _BULLET.match(text):
        edges = [
            0,
            *(m.end() - len(m.group().lstrip(".;, ")) for m in _INLINE_BULLET.finditer(text)),
        ]
        return [(low, high) for low, high in zip(edges, [*edges[1:], len(text)], strict=True)]
    return items


def _bullet_groups(text: str, items: list[Item]) -> list[list[Item]] | None:
    """A paragraph without bullet stands alone, bullets in a row belong together."""
    groups: list[list[Item]] = []
    open_list = False
    for item in items:
        bullet = _BULLET.match(text, item[0]) is not None
        if bullet and open_list:
            groups[-1].append(item)
        else:
            groups.append([item])
        open_list = bullet
    return groups


@cache
def _beats() -> dict[str, int]:
    return {
        key(opener): int(row["beat"])
        for row in entries("product_rhythm")
        for opener in several(row["openers"])
    }


def _beat(words: str) -> int | None:
    opening = key(words).split()
    beats = _beats()
    for length in (3, 2):
        beat = beats.get(" ".join(opening[:length]))
        if beat is not None:
            return beat
    return None


def _rhythm(text: str, items: list[Item], count: int) -> list[list[Item]] | None:
    """Groups that each go from what opens a piece of work to what closes it.

    A product that opens work after one that closed it surely begins a new group; two closing (or
    two opening) ones in a row may. The certain borders are taken first, then the likelier of the
    others, all of a kind or none.
    """
    beats = [_beat(text[low:high]) for low, high in items]
    if None in beats:
        return None
    sure, closing, opening = [], [], []
    for i in range(1, len(items)):
        before, beat = beats[i - 1], beats[i]
        if (before, beat) == (1, 0):
            sure.append(i)
        elif (before, beat) == (1, 1):
            closing.append(i)
        elif (before, beat) == (0, 0):
            opening.append(i)
    for borders in (sure, sure + closing, sure + closing + opening):
        if len(borders) + 1 == count:
            return _cut_at(items, sorted(borders))
    return None


def _cut_at(items: list[Item], borders: list[int]) -> list[list[Item]]:
    edges = [0, *borders, len(items)]
    return [items[low:high] for low, high in itertools.pairwise(edges)]


def _by_sizes(items: list[Item], sizes: list[int] | None) -> list[list[Item]] | None:
    """The groups of a cell that was paired off already, where the counts agree."""
    if sizes is None or sum(sizes) != len(items):
        return None
    borders, at = [], 0
    for size in sizes[:-1]:
        at += size
        borders.append(at)
    return _cut_at(items, borders)


def _date_restarts(text: str, items: list[Item]) -> list[list[Item]] | None:
    """A date that lies before the one above it begins the next task's list."""
    borders = []
    last: tuple[int, int] | None = None
    for i, (low, high) in enumerate(items):
        found = _DATE.search(text, low, high)
        if found is None:
            return None
        number = found.group("number")
        value = int(number) if number.isdigit() else _ROMAN.get(number, 0)
        when = (int(found.group("year")), value)
        if last is not None and when < last:
            borders.append(i)
        last = when
    return _cut_at(items, borders)
