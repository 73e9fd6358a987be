"""Column meaning: what the header of a table says, through the lexicon of the words in use.

``lexicon/headers.csv`` names a role for each phrase; the phrase with the highest rank that stands
in a head decides. Roles that lean on their neighbours ("Nội dung" is the task, but beside
"Nhiệm vụ cụ thể" the area) are settled for the header as a whole.
"""

from __future__ import annotations

from functools import cache, lru_cache

import msgspec

from extract.cells import Cell, Row
from normalize.fragment import Fragment, empty, join
from normalize.lexicon import entries, several
from normalize.patterns import pattern
from normalize.text import key

BODY_ROLES = ("lead", "coordinating", "lead_and_coordinating")
_PARENTHESES = pattern(r"\([^()]*\)?")
_COLUMN_NUMBER = pattern(r"\(?\s*(?:\d{1,2}|[A-Z])\s*\)?(?:\s*=.*)?")
_YEAR_HEAD = pattern(r"\b(?:19|20)\d\d\b")
_PAST_WORDS = ("thưc5 hiên5", "ươc4", "đat5 đươc5", "hiên5 trang5")
_MOST_HEAD_WORDS = 16
# A head that is a time itself: "Quý I", "Q2", "Năm 2022", "2023", "Tháng 3", "T3".
_PERIOD_HEAD = pattern(
    r"(?i)(?:(?:quý|q\s*\.?)\s*(?:[IV]{1,3}|[1-4])|(?:tháng|t)\s*\.?\s*\d{1,2}"
    r"|(?:năm\s*)?(?:19|20)\d\d|6\s+tháng\s+(?:đầu|cuối)\s+năm)(?:\s*[/\s-]\s*(?:năm\s+)?(?:19|20)\d\d)?"
)
TICK = pattern(r"[xX×✓✔√v+*●■]|\([xX]\)")
_FEWEST_PERIOD_HEADS = 2


class Column(msgspec.Struct, frozen=True):
    """One column: its role (``other`` where the tables hold no such thing), rank and head."""

    role: str
    rank: int
    head: Fragment


@cache
def _phrases() -> dict[str, tuple[str, int]]:
    """Phrase key → (role, rank); the file's order decides between equals."""
    found: dict[str, tuple[str, int]] = {}
    for row in entries("headers"):
        for phrase in several(row["phrases"]):
            known = found.get(key(phrase))
            if known is None or known[1] < int(row["rank"]):
                found[key(phrase)] = (row["role"], int(row["rank"]))
    return found


@cache
def _totals() -> frozenset[str]:
    return frozenset(
        key(phrase)
        for row in entries("headers")
        if row["role"] == "total"
        for phrase in several(row["phrases"])
    )


_IN_CHARGE = 4
"""Rank of heads that name who is in charge ("Trưởng đoàn"): no partner beside a leading body."""
_SUM = 12
_ALONE = "_alone"
"""Ends the role of words that are a head by themselves only."""


@lru_cache(maxsize=4096)
def role_of(head: str) -> tuple[str, int] | None:
    """(role, rank) of a column head's words, None where the lexicon knows none of them."""
    words = key(_PARENTHESES.sub(" ", head)).split()
    if not words or len(words) > _MOST_HEAD_WORDS:
        return None
    phrases = _phrases()
    best: tuple[int, int, str] | None = None
    for start in range(len(words)):
        for end in range(min(len(words), start + 5), start, -1):
            hit = phrases.get(" ".join(words[start:end]))
            if hit is None or hit[0] == "total":
                continue
            role, rank = hit
            if role == "number" and len(words) > 2:
                continue
            if role.endswith(_ALONE):
                if end - start < len(words):
                    continue
                role = role.removesuffix(_ALONE)
            if 4 * (end - start) < len(words):
                continue
            if best is None or (rank, end - start) > best[:2]:
                best = (rank, end - start, role)
    return (best[2], best[0]) if best else None


def is_total(label: str) -> bool:
    """A row label such as "Tổng cộng", "Cộng (I+II)", "TỔNG KINH PHÍ NĂM 2024"."""
    if label[:1] not in _TOTAL_INITIALS:
        return False
    words = key(_PARENTHESES.sub(" ", label)).split()
    totals = _totals()
    for length in range(min(len(words), 6), 0, -1):
        if " ".join(words[:length]) in totals:
            return all(word in _total_tail() or word.isdigit() for word in words[length:])
    return False


_TOTAL_INITIALS = frozenset("TtCc*")


@cache
def _total_tail() -> frozenset[str]:
    """What may stand behind "Tổng" in a total's label."""
    return frozenset(
        key("kinh phí thực hiện năm dự kiến nhu cầu vốn toàn tỉnh i ii iii iv v").split()
    )


def is_column_numbers(row: Row) -> bool:
    """A row "(1) (2) (3) …" below the header."""
    texts = [cell.own for cell in row.cells if cell.own]
    if len(texts) < 3 or not all(_COLUMN_NUMBER.fullmatch(text) for text in texts):
        return False
    digits = [
        int(d) for text in texts if (d := "".join(c for c in text.split("=")[0] if c.isdigit()))
    ]
    return len(digits) >= 2 and digits == list(range(digits[0], digits[0] + len(digits)))


def is_header(row: Row) -> bool:
    """Most cells are short and known column heads, two different ones at least."""
    texts = [cell.own for cell in row.cells if cell.own]
    if len(texts) < 2 or any(len(text) > 140 for text in texts):
        return False
    periods = [text for text in texts if _PERIOD_HEAD.fullmatch(text)]
    if len(periods) >= _FEWEST_PERIOD_HEADS:
        texts = [text for text in texts if text not in periods]
    roles = [role_of(text) for text in texts]
    known = [hit for hit in roles if hit]
    if 5 * len(known) < 3 * len(texts) or len({hit[0] for hit in known}) < 2:
        return False
    return any(hit[1] >= 7 for hit in known)


def read_columns(rows: list[Row]) -> tuple[tuple[Column, ...], int] | None:
    """The columns and the number of rows that the header takes (title rows above included).

    None where none of the first rows is a header. The header may take two lines and have a row
    of column numbers below it.
    """
    index = next((i for i, row in enumerate(rows[:5]) if is_header(row)), None)
    if index is None:
        return None
    used = index + 1
    first = _widened(rows[index], rows[used]) if used < len(rows) else rows[index]
    heads = [cell.words for cell in first.cells]
    roles = [role_of(cell.words.text) for cell in first.cells]
    if used < len(rows) and _is_second_line(first, rows[used]):
        heads, roles = _two_lines(first, rows[used])
        used += 1
    while used < len(rows) and is_column_numbers(rows[used]):
        used += 1
    columns = [
        Column(hit[0] if hit else "other", hit[1] if hit else 0, head)
        for hit, head in zip(roles, heads, strict=True)
    ]
    return tuple(_settle(_ticked(columns, rows[used:]))), used


def _ticked(columns: list[Column], body: list[Row]) -> list[Column]:
    """Columns headed by times and filled with crosses alone are the schedule, a part a column."""
    times = [
        i for i, c in enumerate(columns) if _PERIOD_HEAD.fullmatch(c.head.text.rsplit(" / ", 1)[-1])
    ]
    if len(times) < _FEWEST_PERIOD_HEADS:
        return columns
    cells = [row.cells[i].own for row in body for i in times if i < len(row.cells)]
    ticks = sum(1 for text in cells if TICK.fullmatch(text))
    if not ticks or 4 * ticks < 3 * sum(1 for text in cells if text):
        return columns
    return [Column("schedule", 9, c.head) if i in times else c for i, c in enumerate(columns)]


def _widened(first: Row, second: Row) -> Row:
    """The head with its last cell over all that stand below it ("Trong đó" | NS tỉnh, vốn khác).

    In tab-separated text a merged cell leaves no sign behind it.
    """
    more = len(second.cells) - len(first.cells)
    if more <= 0 or any(cell.own for cell in second.cells[: len(first.cells) - 1]):
        return first
    if not all(cell.own for cell in second.cells[len(first.cells) - 1 :]):
        return first
    covered = msgspec.structs.replace(first.cells[-1], covered="right")
    return msgspec.structs.replace(first, cells=(*first.cells, *[covered] * more))


def _is_second_line(first: Row, second: Row) -> bool:
    """Sub-heads: they stand only where the first line left room or named a whole group."""
    if is_column_numbers(second):
        return False
    texts = [(i, cell.own) for i, cell in enumerate(second.cells) if cell.own]
    if not texts or len(second.cells) > len(first.cells):
        return False
    if any(len(key(text).split()) > 8 for _, text in texts):
        return False
    if not any(role_of(text) or _is_period_head(text) or is_total(text) for _, text in texts):
        return False
    above = [first.cells[i] for i, _ in texts]
    roomy = sum(1 for cell in above if cell.covered == "right" or not cell.words.text)
    return roomy >= 1 and len(texts) < len(first.cells) and roomy >= len(texts) - 1 - roomy // 2


def _is_period_head(text: str) -> bool:
    return key(text).startswith(("quy4 ", "năm ", "thang4 ", "bắt4 đâu1", "kêt4 thuc4"))


def _two_lines(first: Row, second: Row) -> tuple[list[Fragment], list[tuple[str, int] | None]]:
    heads: list[Fragment] = []
    roles: list[tuple[str, int] | None] = []
    group = empty()
    for i, cell in enumerate(first.cells):
        below = second.cells[i] if i < len(second.cells) else None
        own_below = below.words if below is not None and below.own else empty()
        if cell.own or cell.covered:
            group = cell.words
        above = group if own_below.text else cell.words
        parent = role_of(above.text)
        child = role_of(own_below.text) if own_below.text else None
        if child and child[0] in ("unit", "value") and parent:
            child = None
        heads.append(join([above, own_below], " / ") if own_below.text else cell.words)
        if own_below.text and is_total(own_below.text) and parent:
            roles.append((parent[0], parent[1] + 1))
        else:
            roles.append(child or parent)
    return heads, roles


def _settle(columns: list[Column]) -> list[Column]:
    """Roles that depend on their neighbours, for the header as a whole."""
    columns = _settle_indicators(columns)
    columns = _settle_tasks(columns)
    if sum(column.role == "number" for column in columns) == 0 and columns:
        first = columns[0]
        if not first.head.text and len(columns) > 3:
            columns[0] = Column("number", 1, first.head)
    columns = _settle_sums(columns)
    leads = [c for c in columns if c.role == "lead"]
    if len(leads) > 1:
        best = max(leads, key=lambda c: c.rank)
        has_partner = any(c.role == "coordinating" for c in columns)
        rest = "other" if has_partner else "coordinating"
        columns = [
            c
            if c.role != "lead" or c is best
            else Column(rest if c.rank > _IN_CHARGE else "other", c.rank, c.head)
            for c in columns
        ]
    for role in ("number", "lead", "coordinating", "budget", "deliverables", "area"):
        columns = _keep_one(columns, role)
    return columns


def _settle_sums(columns: list[Column]) -> list[Column]:
    """Beside columns of money one headed "Tổng" or "Cộng" is their sum: the budget."""
    if not any(c.role == "budget" for c in columns):
        return columns
    return [
        Column("budget", _SUM, c.head) if c.role == "other" and is_total(c.head.text) else c
        for c in columns
    ]


def _keep_one(columns: list[Column], role: str) -> list[Column]:
    same = [c for c in columns if c.role == role]
    if len(same) < 2:
        return columns
    best = max(same, key=lambda c: c.rank)
    return [c if c.role != role or c is best else Column("other", 0, c.head) for c in columns]


def _settle_tasks(columns: list[Column]) -> list[Column]:
    tasks = [i for i, c in enumerate(columns) if c.role == "task"]
    if len(tasks) > 1:
        best = max(tasks, key=lambda i: (columns[i].rank, -i))
        has_area = any(c.role == "area" for c in columns)
        for i in tasks:
            if i == best:
                continue
            left = i < best and not has_area
            has_area = has_area or left
            columns[i] = Column("area" if left else "other", columns[i].rank, columns[i].head)
    if not tasks and any(c.role in BODY_ROLES for c in columns):
        # Bodies and no task: the first column that nobody claims, else the area, is the task.
        for wanted in ("other", "area", "indicator"):
            for i, c in enumerate(columns):
                # A head that the lexicon knows to be something else (rank 9) stays that.
                if c.role == wanted and c.head.text and (wanted != "other" or c.rank != 9):
                    columns[i] = Column("task", 1, c.head)
                    return columns
    return columns


def _settle_indicators(columns: list[Column]) -> list[Column]:
    roles = {c.role for c in columns}
    if "indicator" not in roles or not roles & {"unit", "value", "deliverables"}:
        years = [c for c in columns if _YEAR_HEAD.search(c.head.text)]
        if "unit" not in roles or not years or roles & set(BODY_ROLES):
            return columns
        for i, c in enumerate(columns):
            if c.role in ("task", "area"):
                columns[i] = Column("indicator", c.rank, c.head)
                break
    made = []
    for c in columns:
        text = key(c.head.text)
        past = any(words in text for words in _PAST_WORDS)
        if c.role == "deliverables" or (
            c.role in ("other", "schedule", "task", "value")
            and (_YEAR_HEAD.search(c.head.text) or c.role == "value")
        ):
            made.append(Column("other" if past else "value", c.rank, c.head))
        else:
            made.append(c)
    return made


def kind_of(columns: tuple[Column, ...]) -> str:
    """``tasks``, ``indicators``, ``timetable`` or ``other``."""
    roles = {c.role for c in columns}
    if "indicator" in roles and roles & {"value", "unit"}:
        return "indicators"
    if "task" in roles and roles & set(BODY_ROLES):
        return "tasks"
    if "schedule" in roles or "task" in roles:
        return "timetable"
    return "other"


def cell_or_empty(cells: tuple[Cell, ...], index: int) -> Cell:
    """The cell at ``index``; one without words where the row is shorter."""
    return cells[index] if index < len(cells) else Cell(empty())
