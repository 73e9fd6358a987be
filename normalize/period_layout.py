"""The layout of a schedule cell: which marks separate its items and which belong to a time.

A cell that begins with a dash is a list: "- Quý I/2021 - Quý IV/2021" holds two items, while the
dash of "Quý I - IV/2021" makes a range. Separators get the role ``break``.
"""

from __future__ import annotations

from normalize.period_tokens import UNITS, Token

_UNFINISHED = UNITS | frozenset(
    "from until before after in of slash open condition modifier comma and stage filler".split()
)
_NUMERALS = frozenset(["number", "roman"])


def laid_out(tokens: list[Token]) -> list[Token]:
    """The tokens with breaks marked; line breaks inside a time or a bracket are left out."""
    if not tokens:
        return tokens
    joined = _without_soft_lines(tokens)
    _mark_breaks(joined)
    return joined


def _without_soft_lines(tokens: list[Token]) -> list[Token]:
    made: list[Token] = []
    depth = 0
    last = len(tokens) - 1
    for i, token in enumerate(tokens):
        role = token.role
        if role == "open":
            depth += 1
        elif role == "close":
            depth = max(0, depth - 1)
        elif role == "line":
            if not made or i == last:
                continue
            before, after = made[-1], tokens[i + 1]
            if before.role == "line" or (depth and _has_close(tokens, i)):
                continue
            if after.role in ("slash", "close") or (
                before.role in _UNFINISHED and after.role not in ("dash", "bullet", "plus")
            ):
                continue
            if before.role == "dash" and len(made) > 1 and made[-2].role != "line":
                continue
            if after.text[0].islower() and not _is_letter(tokens, i + 1):
                continue
        made.append(token)
    return made


def _has_close(tokens: list[Token], i: int) -> bool:
    """Does a bracket close before the next but four lines end?"""
    lines = 0
    for k in range(i + 1, len(tokens)):
        if tokens[k].role == "close":
            return True
        if tokens[k].role == "line":
            lines += 1
            if lines == 4:
                return False
    return False


def _is_letter(tokens: list[Token], i: int) -> bool:
    """ "a)", "đ." at the head of an item."""
    return (
        len(tokens[i].text) == 1
        and tokens[i].text.isalpha()
        and i + 1 < len(tokens)
        and tokens[i + 1].role in ("close", "stop")
        and tokens[i + 1].tight
    )


def _mark_breaks(tokens: list[Token]) -> None:
    bulleted = tokens[0].role == "dash"
    lines = sum(
        1
        for i, token in enumerate(tokens)
        if token.role == "dash" and (i == 0 or tokens[i - 1].role == "line")
    )
    fresh, from_open = True, False
    for i, token in enumerate(tokens):
        role = token.role
        if role in ("semicolon", "line", "bullet"):
            token.role = "break"
        elif role == "stop":
            if fresh or _ends_sentence(tokens, i):
                token.role = "break"
        elif role == "dash":
            if fresh or (bulleted and not from_open and _is_bullet(tokens, i, lines)):
                token.role = "break"
        elif role == "plus":
            if fresh or not _between_numerals(tokens, i):
                token.role = "break"
        elif _is_enumerator(tokens, i, fresh):
            for k in range(i, i + (3 if role == "open" else 2)):
                tokens[k].role = "break"
        elif role == "from":
            from_open = True
        elif role == "until":
            from_open = False
        fresh = token.role == "break"
        if fresh:
            from_open = False


def _ends_sentence(tokens: list[Token], i: int) -> bool:
    if i + 1 == len(tokens):
        return True
    after = tokens[i + 1]
    if after.role in ("dash", "bullet", "plus", "line", "stop", "break"):
        return True
    if after.tight or not after.text[0].isupper():
        return False
    before = tokens[i - 1]
    return not (before.role == "word" and len(before.text) <= 2) and before.role not in (
        "quarter_short",
        "month_short",
    )


def _is_bullet(tokens: list[Token], i: int, lines: int) -> bool:
    """Is this dash, inside a list, the head of an item (else the dash of a range)?"""
    token = tokens[i]
    if token.tight or i + 1 == len(tokens):
        return False
    before, after = tokens[i - 1], tokens[i + 1]
    if before.role not in _NUMERALS:
        return True
    if after.role in _NUMERALS:
        if len(before.text) == 4:  # after a year only another bare year makes a range
            bare = i < 2 or tokens[i - 2].role not in ("slash", "dash", "stop")
            return not (bare and len(after.text) == 4)
        return False
    return not (lines > 1 and after.role in UNITS)


def _between_numerals(tokens: list[Token], i: int) -> bool:
    return (
        i > 0
        and i + 1 < len(tokens)
        and tokens[i - 1].role in _NUMERALS
        and (tokens[i + 1].role in _NUMERALS or tokens[i + 1].role in UNITS)
    )


def _is_enumerator(tokens: list[Token], i: int, fresh: bool) -> bool:
    """ "1." "2)" "(3)" "a)" before an item; inside a line only "2. Báo cáo" behind another."""
    token = tokens[i]
    if i + 2 >= len(tokens):
        return False
    if token.role == "open":
        return (
            fresh
            and tokens[i + 1].role == "number"
            and tokens[i + 2].role == "close"
            and i + 3 < len(tokens)
        )
    mark, after = tokens[i + 1], tokens[i + 2]
    if mark.role not in ("stop", "close") or not mark.tight:
        return False
    if token.role == "number" and len(token.text) <= 2:
        if after.role in ("number", "slash"):
            return False
        if fresh:
            return True
        before = tokens[i - 1]
        behind = before.role in ("close", "stop", "word") or len(before.text) == 4
        return mark.role == "stop" and after.text[0].isupper() and not after.tight and behind
    return fresh and _is_letter(tokens, i) and mark.role == "close"
