"""Roles of columns that lean on their neighbours, settled for the header as a whole.

"Nội dung" is the task, but beside "Nhiệm vụ cụ thể" the area; "NSTW" and "NSĐP" are parts of the
money beside "Tổng", and the money together without it.
"""

from __future__ import annotations

from extract.column_heads import BODY_ROLES, PARENTHESES, Column, is_total, role_of
from normalize.patterns import pattern
from normalize.phrases import Phrases, phrases
from normalize.text import key

_YEAR_HEAD = pattern(r"\b(?:19|20)\d\d\b")
_PAST_WORDS = ("thưc5 hiên5", "ươc4", "đat5 đươc5", "hiên5 trang5")
_IN_CHARGE = 4
"""Rank of heads that name who is in charge ("Trưởng đoàn"): no partner beside a leading body."""
_SUM = 12
BUDGET_PART = "budget_part"
"""Role of a column that holds a part of the money: one source's, one year's."""
_FEWEST_PARTS = 2


def settled(columns: list[Column]) -> list[Column]:
    """Roles that depend on their neighbours, for the header as a whole."""
    columns = _settle_indicators(columns)
    columns = _settle_tasks(columns)
    if sum(column.role == "number" for column in columns) == 0 and columns:
        first = columns[0]
        if not first.head.text and len(columns) > 3:
            columns[0] = Column("number", 1, first.head)
    columns = _settle_parts(_settle_sums(columns))
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


def _settle_parts(columns: list[Column]) -> list[Column]:
    """Columns of money by source or by year are parts of the budget.

    "NSTW | NSĐP", "Năm 2026 | Năm 2027": beside a column of the whole they only tell the sources;
    without one they are the budget together.
    """
    parts = [c for c in columns if _is_part(c)]
    known = [c for c in parts if key(_own(c)) not in _other_sources()]
    money = any(c.role == "budget" for c in columns)
    if not money or not known or len({_own(c) for c in parts}) < len(parts):
        return columns
    whole = any(c.role == "budget" and c not in parts for c in columns)
    if len(parts) < _FEWEST_PARTS - whole:
        return columns
    return [Column(BUDGET_PART, c.rank, c.head) if c in parts else c for c in columns]


def _own(column: Column) -> str:
    """The lower line of a head, its brackets left out."""
    return PARENTHESES.sub(" ", column.head.text.rpartition(" / ")[2]).strip()


def _is_part(column: Column) -> bool:
    """A head of money, or below one, that names a source or a year."""
    above = column.head.text.rpartition(" / ")[0]
    money = above and (
        (role_of(above) or ("",))[0] in ("budget", "funding_source")
        or key(PARENTHESES.sub(" ", above)).strip() in phrases("budget_words", "part")
    )
    words = key(_own(column)).split()
    if column.rank == _SUM or not words or (above and not money):
        return False
    if column.role == "other":
        named = _sources().length(words, 0) == len(words)  # "Ngân sách tỉnh | Xã hội hóa"
        return named or " ".join(words) in _other_sources()
    if column.role != "budget" and not (column.role == "funding_source" and above):
        return False
    if _YEAR_HEAD.search(_own(column)):
        return True
    return " ".join(words) in _other_sources() or _sources().anywhere(words)


def names_source(head: str) -> bool:
    """The head is a source of money and nothing else ("NSTW")."""
    words = key(PARENTHESES.sub(" ", head)).split()
    return bool(words) and _sources().length(words, 0) == len(words)


def _sources() -> Phrases:
    return phrases("budget_words", "source")


def _other_sources() -> Phrases:
    return phrases("budget_words", "other_source")


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
