"""Which lines of a laid-out text are a table's header, and which can stand below it.

A header is known by its words (``lexicon/headers.csv``); lines below belong to its table as long
as they keep to its columns.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

from extract.column_heads import role_of
from extract.frame import is_capital, line_kind
from extract.layout_columns import Head, cuts_below, head_words, ink_profile
from extract.layout_counts import heads_of
from extract.layout_lines import LABEL, ORDINAL, LaidLine, Range, opens_item, starts_small
from normalize.patterns import pattern

_SECTION = pattern(
    r"(?i:phần|chương|mục|điều|phụ\s+lục|biểu\s+số|danh\s+mục)\s+(?:[IVXLC]{1,6}|\d{1,3}|[A-ZĐ])(?:[.:\s]|$)"
)
_NOT_HERE = frozenset(
    ("nation", "motto", "recipients", "authority", "appendix", "caption", "symbol", "dateline")
)
_COLUMN_NUMBERS = pattern(r"[\s()\d=+A-G]*")
_NO_HEAD = pattern(r"[:;](?![^()]*\))|[,.]$")
_OWN_MARK = pattern(r"[:,] ")
_HEAD_WORDS = 16
_NEAR = 6


def may_head(line: LaidLine) -> bool:
    """Two pieces at least, all short, one of them a known head."""
    if len(line.pieces) < 2 or any(high - low > 70 for low, high in line.pieces):
        return False
    return any(
        high - low < 50 and role_of(line.words((low, high))) is not None
        for low, high in line.pieces
    ) and not is_frame(line)


def only_heads(line: LaidLine, vocabulary: frozenset[str]) -> bool:
    """All words of the line are words of the table's header."""
    return vocabulary.issuperset(line.text.split())


def known_heads(heads: Sequence[Head], lines: Sequence[LaidLine]) -> int:
    """How many heads the lexicon knows; too long a head is none."""
    words = [head_words(head, lines) for head in heads]
    return sum(1 for one in words if len(one.split()) <= _HEAD_WORDS and role_of(one))


def completes(above: LaidLine, lines: Sequence[LaidLine]) -> bool:
    """A line above the header's lines belongs to it: short pieces that they take up."""
    left = min(line.left for line in lines)
    if is_frame(above) or above.text.rstrip().endswith((")", ":", ".")):
        return False
    for low, high in above.pieces:
        if high - low > 40 or high <= left or opens_item(above.words((low, high))):
            return False
        below = [
            line.words(piece)
            for line in lines
            for piece in line.pieces
            if piece[0] < high and low < piece[1]
        ]
        words = above.words((low, high))
        taken_up = bool(below) and (starts_small(below[0]) or below[0][0] == "(")
        if not taken_up and role_of(words) is None:
            return False
    return True


def continues(below: LaidLine, lines: Sequence[LaidLine]) -> bool:
    """A line below the header's lines goes on with their heads and begins no row."""
    first = below.words(below.pieces[0])
    if _COLUMN_NUMBERS.fullmatch(below.text):
        return False
    if (ORDINAL.fullmatch(first) and len(first) > 1) or first.isdigit():
        return False
    heads = heads_of(lines)
    beside = [piece for piece in below.pieces if not _overlapped(heads, piece)]
    named = sum(role_of(below.words(piece)) is not None for piece in beside)
    for low, high in below.pieces:
        words = below.words((low, high))
        above = _overlapped(heads, (low, high))
        if opens_item(words) or len(words) > 40 or len(above) > 1:
            return False
        known = role_of(words) is not None
        if not above:
            if 2 * named <= len(beside):
                return False
            continue
        whole = head_words(above[0], lines)
        goes_on = starts_small(words) or words[0] == "(" or (words.isupper() and whole.isupper())
        if not goes_on and not known and not (len(words) < 8 and words.isupper()):
            return False
    return True


def _overlapped(heads: Sequence[Head], piece: Range) -> list[Head]:
    """The heads that a piece stands below."""
    return [head for head in heads if head.start < piece[1] and piece[0] < head.end]


def crossing(heads: Sequence[Head]) -> Callable[[LaidLine], int]:
    """Counts the gaps between neighbouring heads that one piece of a line covers."""

    def crosses(line: LaidLine) -> int:
        return sum(
            1
            for left, right in itertools.pairwise(heads)
            if any(
                low < left.end - min(2, (left.end - left.start) // 2) and high > right.start + 2
                for low, high in line.pieces
            )
        )

    return crosses


def cuts_of_heads(heads: Sequence[Head], body: Sequence[LaidLine]) -> list[int]:
    """The cuts of a page with a header."""
    crosses = crossing(heads)
    return cuts_below(heads, ink_profile([line for line in body if not crosses(line)] or body))


def crossed(line: LaidLine, cuts: Sequence[int]) -> int:
    """The cuts that a line's words cover."""
    return sum(
        1 for cut in cuts if any(low < cut - 1 and high > cut + 2 for low, high in line.pieces)
    )


def crossed_by_words(line: LaidLine, cuts: Sequence[int]) -> int:
    """The cuts that single words of a line cover, letters on both sides."""
    text = line.text
    return sum(
        1 for cut in cuts if text[max(0, cut - 1) : cut + 2].isalnum() and cut + 1 < len(text)
    )


def crossing_of(heads: Sequence[Head], cuts: Sequence[int]) -> Callable[[LaidLine], int]:
    """Counts the column edges that a line covers; cells that touch cover none of them."""
    by_heads = crossing(heads)

    def crosses(line: LaidLine) -> int:
        found = by_heads(line)
        if found and len(line.pieces) > 1:
            return min(found, crossed_by_words(line, cuts))
        return found

    return crosses


def is_frame(line: LaidLine, below_rows: bool = False) -> bool:
    """A line of a letterhead, a signature or an appendix's head: one piece, or two columns.

    Right ``below_rows`` of a table, words like "CP ngày 23/4/2018" and "Số 76/NQ-CP" are a cell's:
    a date or a symbol needs its comma or colon there.
    """
    if len(line.pieces) > 2:
        return False
    for piece in line.pieces:
        words = line.words(piece)
        kind = line_kind(words) if words[0].isupper() else ""
        cited = below_rows and not line.gap and kind in ("symbol", "dateline")
        if kind in _NOT_HERE and not (cited and _OWN_MARK.search(words) is None):
            return True
    return False


def stands_alone(line: LaidLine, edges: int, header: Sequence[LaidLine]) -> bool:
    """Text over column edges with next to nothing beside it, or words left of all columns."""
    if len(line.pieces) == 1:
        left = min(one.left for one in header)
        if edges or line.pieces[0][1] <= left:
            return True
        words = line.words(line.pieces[0])
        label = LABEL.match(words)
        heading = label is not None and words[0].isupper() and is_capital(words[label.end() :])
        return heading or _SECTION.match(words) is not None
    if len(line.pieces) == 2:
        return edges > 1 or (edges == 1 and not ORDINAL.fullmatch(line.words(line.pieces[0])))
    return edges > len(line.pieces)


def keeps_places(line: LaidLine, body: Sequence[LaidLine]) -> bool:
    """Several pieces, each right below where one of the last lines has one: cells that touch."""
    if len(line.pieces) < 2 or line.gap:
        return False
    before = {low for one in body[-_NEAR:] for low, _ in one.pieces}
    return all(any(abs(low - other) < 2 for other in before) for low, _ in line.pieces)


def heads_table(heads: Sequence[Head], lines: Sequence[LaidLine], body: Sequence[LaidLine]) -> bool:
    """Three columns at least; most are known heads, or the first counts the rows below."""
    words = [head_words(head, lines) for head in heads]
    if len(heads) < 3 or any(
        len(one.split()) > _HEAD_WORDS or _NO_HEAD.search(one) is not None for one in words
    ):
        return False
    roles = [role_of(one) for one in words]
    known = [role for role in roles if role]
    if 5 * len(known) >= 3 * len(heads) and len({role[0] for role in known}) > 1:
        return any(role[1] >= 7 for role in known)
    return (
        roles[0] is not None
        and roles[0][0] == "number"
        and any(
            len(line.pieces) > 1 and ORDINAL.fullmatch(line.words(line.pieces[0]))
            for line in body[:6]
        )
    )


def goes_on(line: LaidLine, body: Sequence[LaidLine]) -> bool:
    """Right below a row's last line, and begun where one of its cells begins: the cell's next.

    Words of neighbouring cells may touch in such a line. At the table's left, text begins, too.
    """
    last = body[-1]
    return (
        line.number == last.number + 1
        and len(last.pieces) > 1
        and any(abs(low - line.left) < 2 for low, _ in last.pieces)
        and (line.left > min(one.left for one in body) + 3 or line.text[line.left].islower())
    )
