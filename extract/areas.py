"""Areas of tasks: merged cells carried to all their rows, and group rows that span the table."""

from __future__ import annotations

import msgspec

from extract.align import is_money
from extract.column_heads import BODY_ROLES, is_total
from extract.column_settling import BUDGET_PART
from extract.repair import (
    ORDINAL,
    LogicalRow,
    Shape,
    is_next,
    label_of,
    value_of,
)
from extract.seams import starts_small
from normalize.fragment import Fragment, join
from normalize.patterns import pattern
from normalize.text import key

_BULLETS = ("-", "–", "+", "•", "*")
_FAR = 500
_HEAD_LETTER = pattern(r"[A-ZĐ](?=[.)]\s+\p{Lu})")
"""Rows below a group row that tell what it is."""
_DATA_ROLES = (*BODY_ROLES, "schedule", "deliverables", "budget", BUDGET_PART, "funding_source")


class Group(msgspec.Struct, frozen=True):
    """A group row: its text without number, its number, and what it is to its rows.

    ``gives``: they inherit its cells; ``names``: it is their area; ``above`` are the groups that
    it stands in, the nearest first.
    """

    words: Fragment
    number: str | None
    row: LogicalRow
    gives: bool
    names: bool = True
    above: tuple[Fragment, ...] = ()


class AreaRow(msgspec.Struct, frozen=True):
    """A task row with its area, the area's ordinal, and the group whose cells it inherits.

    ``shares`` tells that a row before it inherited from the same group; ``outer`` are the groups
    that the area's own group stands in.
    """

    row: LogicalRow
    area: Fragment | None
    ordinal: int
    giver: LogicalRow | None
    shares: bool
    outer: tuple[Fragment, ...] = ()


class Sorted(msgspec.Struct, frozen=True):
    """The rows of one table by what they are."""

    tasks: list[AreaRow]
    totals: list[LogicalRow]
    unread: list[LogicalRow]


def sort_rows(rows: list[LogicalRow], shape: Shape) -> Sorted:
    """Tells tasks, groups and totals apart and gives every task its area."""
    tasks: list[tuple[LogicalRow, Group | None, LogicalRow | None]] = []
    totals: list[LogicalRow] = []
    unread: list[LogicalRow] = []
    stack: list[Group] = []
    for index, row in enumerate(rows):
        if _is_total_row(row, shape):
            totals.append(row)
            continue
        group = _group_of(row, rows[index + 1 : index + 1 + _FAR], shape)
        if group is not None:
            _enter(stack, group)
            continue
        if not row.cells[shape.task].text:
            unread.append(row)
            continue
        _leave(stack, row, tasks[-1][0] if tasks else None)
        bare = next((g for g in reversed(stack) if g.names), None)
        giver = next((g.row for g in reversed(stack) if g.gives), None)
        tasks.append((row, bare or (stack[-1] if stack else None), giver))
    return Sorted(_with_areas(tasks, shape), totals, unread)


def _is_total_row(row: LogicalRow, shape: Shape) -> bool:
    texts = [(i, row.text(i)) for i in range(len(row.cells)) if row.text(i)]
    if not texts or not any(is_total(text) for _, text in texts[:2]):
        return False
    return not any(
        row.text(i) and not is_total(row.text(i)) and not is_money(row.text(i))
        for i, column in enumerate(shape.columns)
        if column.role in (*BODY_ROLES, "schedule") and i != texts[0][0]
    )


# --- groups -----------------------------------------------------------------------------------


def _group_of(row: LogicalRow, after: list[LogicalRow], shape: Shape) -> Group | None:
    """The group that this row opens, None where it is a task of its own."""
    number, words, others = _only_words(row, shape)
    if words is None:
        return None
    parent = _children_follow(number, after, shape)
    if others:
        # A row with a lead or a date of its own is a group only for the lettered rows below it.
        if parent == "letters" and _children_lack(row, after, shape):
            return Group(words, number, row, True, False)
        if not _only_money(row, shape) or not (parent == "numbers" or _is_head_number(number)):
            return None
        return Group(
            _without_label(words, number or ""), number, row, _is_shared(row, after, shape)
        )
    if number is None:
        label = label_of(words.text)
        if label is not None and not label[0].isdigit():
            return Group(_without_label(words, label), label, row, False)
        if label is not None:
            number = label
        elif letter := _HEAD_LETTER.match(words.text):
            return Group(_without_label(words, letter.group()), letter.group(), row, False)
        else:
            return Group(words, None, row, False)
    if not number[0].isdigit() and not number.islower():
        return Group(_without_label(words, number), number, row, False)
    if number.islower() and number.isalpha():
        return None
    if parent or words.text.isupper():
        return Group(_without_label(words, number), number, row, False)
    return None


def _only_money(row: LogicalRow, shape: Shape) -> bool:
    """Beside its words the row holds money alone: the subtotal of the rows below it."""
    roles = [c.role for i, c in enumerate(shape.columns) if row.text(i)]
    money = set(roles) & {"budget", BUDGET_PART}
    return bool(money) and not set(roles) & {*BODY_ROLES, "schedule", "deliverables"}


def _is_head_number(number: str | None) -> bool:
    """A Roman number or a capital letter."""
    return number is not None and number[0].isalpha() and number.isupper()


def _is_shared(row: LogicalRow, after: list[LogicalRow], shape: Shape) -> bool:
    """None of the group's own rows has money of its own: the group's covers them all."""
    budget = shape.find("budget")
    number = _printed_number(row, shape)
    for following in after:
        own = _printed_number(following, shape)
        if _is_total_row(following, shape) or _rank(own) <= _rank(number):
            break
        if budget is not None and following.text(budget):
            return False
    return True


def _only_words(row: LogicalRow, shape: Shape) -> tuple[str | None, Fragment | None, bool]:
    """(number, words, has other cells): the row seen as a heading."""
    number_text = row.text(shape.number)
    found = ORDINAL.fullmatch(number_text) if number_text else None
    number = found.group("number") if found else None
    texts: list[int] = [
        i for i in range(len(row.cells)) if row.text(i) and not (i == shape.number and found)
    ]
    if not texts:
        return number, None, False
    distinct = {row.text(i).casefold().replace("\n", " ") for i in texts}
    if len(distinct) == 1 and (len(texts) > 1 or texts[0] != shape.number or not found):
        return number, row.cells[texts[0]], False
    if row.text(shape.task) and not (shape.area is not None and row.text(shape.area)):
        others = any(i != shape.task for i in texts)
        label = label_of(row.text(shape.task))
        return number or label, row.cells[shape.task], others
    return number, None, True


def _without_label(words: Fragment, label: str) -> Fragment:
    """The words behind their printed number; whole where they only begin with its letters."""
    text = words.text
    start = len(label)
    if not text.startswith(label) or text[start : start + 1].isalnum():
        return words  # "C | CẢI CÁCH …", "5 | 50 năm …"
    while start < len(text) and text[start] in ".)/: ":
        start += 1
    return words.cut(start, len(text)) if start < len(text) else words


def _children_follow(number: str | None, after: list[LogicalRow], shape: Shape) -> str:
    """``numbers``, ``letters`` or ``""``: what the next row's number makes of it."""
    if not after:
        return ""
    following = _printed_number(after[0], shape)
    if following is None:
        bullet = after[0].text(shape.number) or after[0].text(shape.task)
        return "letters" if bullet[:1] in _BULLETS and number else ("numbers" if not number else "")
    if following in ("a", "A") and number != following:
        return "letters"
    if number is None:
        return "numbers"
    if following.startswith(number + "."):
        return "numbers"
    if following == "1" and number != "1" and not is_next(number, following):
        return "numbers"
    return "numbers" if following == "1" and number == "1" else ""


def _printed_number(row: LogicalRow, shape: Shape) -> str | None:
    found = ORDINAL.fullmatch(row.text(shape.number)) if shape.number is not None else None
    return found.group("number") if found else row.number or label_of(row.text(shape.task))


def _children_lack(row: LogicalRow, after: list[LogicalRow], shape: Shape) -> bool:
    """The lettered rows below leave empty what this row gives."""
    given = [
        i for i, column in enumerate(shape.columns) if column.role in _DATA_ROLES and row.text(i)
    ]
    children = []
    for following in after:
        number = _printed_number(following, shape)
        if number is None or not (number.isalpha() and number.islower()):
            break
        children.append(following)
    return bool(children) and any(
        not following.cells[i].text for i in given for following in children
    )


def _rank(number: str | None) -> int:
    if number is None:
        return 1
    if number[0].isdigit():
        return 2 + number.count(".")
    if len(number) == 1 and number.isupper() and number not in "IVX":
        return 0
    return 1 if number.isupper() else 9


def _enter(stack: list[Group], group: Group) -> None:
    rank = _rank(group.number)
    while stack and _rank(stack[-1].number) >= rank:
        stack.pop()
    above = tuple(outer.words for outer in reversed(stack) if outer.names)
    stack.append(msgspec.structs.replace(group, above=above))


def _leave(stack: list[Group], row: LogicalRow, before: LogicalRow | None) -> None:
    """Closes the groups that the row's number shows to be over."""
    number = row.number
    while stack:
        top = stack[-1].number
        if top is None or number is None or not top[0].isdigit():
            return
        if number.startswith(top + ".") or not number[0].isdigit():
            return
        follows = before is not None and before.number and is_next(before.number, number)
        if is_next(top, number) and not follows:
            stack.pop()
            continue
        if "." in number and number.split(".")[0] != top.split(".")[0] and not follows:
            stack.pop()
            continue
        return


# --- merged area cells ------------------------------------------------------------------------


def _with_areas(
    tasks: list[tuple[LogicalRow, Group | None, LogicalRow | None]], shape: Shape
) -> list[AreaRow]:
    labels = _column_labels([row for row, _, _ in tasks], shape)
    made: list[AreaRow] = []
    seen: dict[str, int] = {}
    givers: set[int] = set()
    for (row, group, giver), (label, printed) in zip(tasks, labels, strict=True):
        words = label if label is not None else group.words if group else None
        number = printed if label is not None else group.number if group else None
        ordinal = 0
        if words is not None:
            name = f"{id(group) if label is None else ''}{key(words.text)}"
            if name not in seen:
                value = value_of(number.split(".")[-1]) if number else 0
                seen[name] = value if value and value not in seen.values() else len(seen) + 1
            ordinal = seen[name]
        outer = group.above if group is not None else ()
        if group is not None and label is not None and group.names:
            outer = (group.words, *outer)
        made.append(AreaRow(row, words, ordinal, giver, id(giver) in givers, outer))
        givers.add(id(giver))
    return made


def _column_labels(
    rows: list[LogicalRow], shape: Shape
) -> list[tuple[Fragment | None, str | None]]:
    """For each row the label of its merged area cell and the number beside the label."""
    if shape.area is None:
        return [(None, None)] * len(rows)
    own = _own_labels(rows, shape)
    made: list[tuple[Fragment | None, str | None]] = []
    carried: tuple[Fragment | None, str | None] = (None, None)
    start = 0
    while start < len(rows):
        end = start + 1
        while end < len(rows) and not _restarts(rows[end - 1], rows[end]):
            end += 1
        run = own[start:end]
        names = {key(label.text) for label, _ in run if label is not None}
        if len(names) == 1:
            carried = next(one for one in run if one[0] is not None)
            made.extend([carried] * len(run))
        else:
            first = next((one for one in run if one[0] is not None), carried)
            if carried[0] is None:
                carried = first
            for one in run:
                if one[0] is not None:
                    carried = one
                made.append(carried)
        start = end
    return made


def _own_labels(rows: list[LogicalRow], shape: Shape) -> list[tuple[Fragment | None, str | None]]:
    """The label printed in each row; one that goes on with a small letter joins the one before."""
    assert shape.area is not None
    made: list[tuple[Fragment | None, str | None]] = []
    pieces: dict[int, list[Fragment]] = {}
    last: int | None = None
    for index, row in enumerate(rows):
        words = row.cells[shape.area]
        number = None
        if shape.numbers_areas and shape.number is not None:
            found = ORDINAL.fullmatch(row.text(shape.number))
            number = found.group("number") if found else None
        if not words.text:
            made.append((None, None))
            continue
        label = label_of(words.text)
        if label:
            words, number = _without_label(words, label), number or label
        if last is not None and starts_small(words.text) and not row.covered[shape.area]:
            pieces[last].append(words)
            made.append((None, None))
            continue
        made.append((words, number))
        pieces[index] = [words]
        last = index
    for index, parts in pieces.items():
        made[index] = (join(parts), made[index][1])
    return made


def _restarts(before: LogicalRow, row: LogicalRow) -> bool:
    """The count of tasks begins anew, or goes to the next head number."""
    if before.number is None or row.number is None:
        return False
    left, right = before.number.split("."), row.number.split(".")
    if len(left) != len(right):
        return True
    if left[:-1] != right[:-1]:
        return True
    return value_of(right[-1]) <= value_of(left[-1])
