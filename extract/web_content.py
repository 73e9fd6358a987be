"""Which lines and tables of a web page are the plan, and which its menus, lists and feet.

Told by what they hold. The plan's own marks (the nation's name, the type in capitals with text
below it, recipients, signature, appendices, tables of tasks) are looked for; the innermost element
around all of them is where the plan stands, made larger while what stands beside it counts on or
outweighs it. What lies outside, and lists of links inside, is left out and told with its place.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import cache

from extract.cells import Line, TableBlock
from extract.columns import kind_of, read_columns
from extract.frame import line_kind
from extract.line_list import is_page_number
from extract.outline import heading_of
from extract.web_lines import Item
from extract.web_tree import Tree
from normalize.findings import Note
from normalize.lexicon import entries, several
from normalize.patterns import pattern
from normalize.text import key

_STRONG = frozenset(("nation", "motto", "decides", "caption", "recipients", "authority"))
_FRAME = pattern(r"công5 hoa1 xa3 hôi5 chu2|đôc5 lâp5 tư5 do|đang2 công5 san2 viêt5 nam|nơi nhân5")
_HEADLINES_BEFORE = 12
_PROSE = 60
_HEAVY = 0.7
_SHOWN = 200


def choose(items: list[Item], tree: Tree) -> tuple[list[Item], list[Note]]:
    """The plan's items in order, and a note for each stretch of others."""
    if not items:
        return items, []
    marks = _marks(items)
    if any(mark and item.hidden for item, mark in zip(items, marks, strict=True)):
        # A tab that was not open when the page was saved: the plan stands in it.
        for item in items:
            item.hidden = False
    home = _home(items, marks, tree)
    inside = [_is_within(item, home, tree) for item in items]
    kept = _without_lists(items, inside, marks, tree)
    _keep_headline(items, kept, marks)
    pairs = list(zip(items, kept, strict=True))
    runs = [
        (keeps, [item for item, _ in run])
        for keeps, run in itertools.groupby(pairs, lambda pair: pair[1])
    ]
    # A page's number alone is left out of every form without a word.
    notes = [_note(run) for keeps, run in runs if not keeps and not all(map(_is_number, run))]
    return [item for item, keeps in pairs if keeps], notes


def _is_number(item: Item) -> bool:
    return isinstance(item.block, Line) and is_page_number(item.text)


# --- marks of a plan --------------------------------------------------------------------------


def _marks(items: Sequence[Item]) -> list[bool]:
    """Which items no page has but where a document stands."""
    return [not item.is_link and _is_mark(items, index) for index, item in enumerate(items)]


def _is_mark(items: Sequence[Item], index: int) -> bool:
    block = items[index].block
    if isinstance(block, TableBlock):
        found = read_columns(list(block.rows))
        if found is not None:
            return kind_of(found[0]) in ("tasks", "indicators") and len(block.rows) > found[1]
        return len(block.rows) < 9 and _FRAME.search(key(items[index].text[:4000])) is not None
    kind = line_kind(block.words.text)
    if kind in _STRONG:
        return True
    return kind in ("type", "appendix") and _has_text_below(items, index)


def _has_text_below(items: Sequence[Item], index: int) -> bool:
    """A document's type has text, a basis or a heading below it; a box's title has links."""
    for item in items[index + 1 : index + 9]:
        if item.is_link:
            return False
        if isinstance(item.block, TableBlock):
            return read_columns(list(item.block.rows)) is not None
        text = item.text
        if len(text) > _PROSE or line_kind(text) in ("basis", "caption") or heading_of(text):
            return True
    return False


# --- where the plan stands --------------------------------------------------------------------


def _home(items: Sequence[Item], marks: Sequence[bool], tree: Tree) -> int:
    """The innermost element that holds the plan; -1 for the whole page."""
    weights = [_weight(item) for item in items]
    marked = [item for item, mark in zip(items, marks, strict=True) if mark]
    if marked:
        home = _common(marked, tree)
    else:
        weights = [
            0 if item.hidden or item.aside else weight
            for item, weight in zip(items, weights, strict=True)
        ]
        home = _heaviest(items, weights, tree)
    closed = _is_closed(items, marks)
    while home >= 0:
        around = tree.elements[home].parent
        beside = [
            index
            for index, item in enumerate(items)
            if _is_within(item, around, tree) and not _is_within(item, home, tree)
        ]
        if not beside:
            home = around
            continue
        own = sum(
            weight
            for item, weight in zip(items, weights, strict=True)
            if _is_within(item, home, tree)
        )
        outweighed = not closed and own <= sum(weights[i] for i in beside)
        if not outweighed and not _counts_on(items, beside, tree):
            break
        home = around
    return home


def _is_closed(items: Sequence[Item], marks: Sequence[bool]) -> bool:
    """The marks show a document's beginning and its end: nothing is wanting."""
    kinds: set[str] = set()
    for item, mark in zip(items, marks, strict=True):
        if mark and isinstance(item.block, Line):
            kinds.add(line_kind(item.text))
        elif mark:
            kinds.add("table" if _FRAME.search(key(item.text[:4000])) is None else "nation")
            if "nơi nhân5" in key(item.text[:4000]):
                kinds.add("recipients")
    return bool(kinds & {"nation", "motto", "type"}) and bool(
        kinds & {"recipients", "authority", "table"}
    )


def _weight(item: Item) -> int:
    """The letters of its text: short lines and links weigh nothing."""
    if item.is_link:
        return 0
    return item.letters - item.linked if item.letters > _PROSE else 0


def _common(items: Sequence[Item], tree: Tree) -> int:
    chains = [list(tree.around(item.element))[::-1] for item in items]
    home = -1
    for level in zip(*chains, strict=False):
        if len(set(level)) > 1:
            break
        home = level[0]
    return home


def _heaviest(items: Sequence[Item], weights: Sequence[int], tree: Tree) -> int:
    """The innermost element that holds most of the page's text."""
    total = sum(weights)
    if not total:
        return -1
    held: dict[int, int] = {}
    for item, weight in zip(items, weights, strict=True):
        for element in tree.around(item.element):
            held[element] = held.get(element, 0) + weight
    heavy = [element for element, weight in held.items() if weight >= _HEAVY * total]
    return max(heavy, key=lambda element: tree.elements[element].start, default=-1)


def _is_within(item: Item, home: int, tree: Tree) -> bool:
    return home < 0 or tree.elements[home].start <= item.at < tree.elements[home].end


def _counts_on(items: Sequence[Item], beside: Sequence[int], tree: Tree) -> bool:
    """Numbered headings or clauses among the lines beside it: parts of the plan stand there."""
    found = 0
    for index in beside:
        item = items[index]
        if item.is_link or item.linked or item.aside or item.hidden:
            continue
        heading = heading_of(item.text) if isinstance(item.block, Line) else None
        if heading is not None and heading.scheme in ("roman", "part", "chapter", "article"):
            found += 1
    return found > 0


# --- lists of links and tools inside ----------------------------------------------------------


def _without_lists(
    items: Sequence[Item], inside: Sequence[bool], marks: Sequence[bool], tree: Tree
) -> list[bool]:
    """What stays: no lists of links, no tools of the page, nothing that it hides."""
    kept = list(inside)
    for index, item in enumerate(items):
        if not kept[index] or marks[index]:
            continue
        tool = isinstance(item.block, Line) and _tool(item)
        listed = item.is_link and _in_list(items, index)
        if tool or listed or item.hidden or item.aside:
            kept[index] = False
    _drop_heads_of_lists(items, kept)
    return kept


def _in_list(items: Sequence[Item], index: int) -> bool:
    """Several links in a line, or lines of links below each other."""
    if items[index].links > 2:
        return True
    near = [items[at] for at in (index - 1, index + 1) if 0 <= at < len(items)]
    return any(one.is_link for one in near)


def _drop_heads_of_lists(items: Sequence[Item], kept: list[bool]) -> None:
    """The title right above a list of links, where the page says so by a headline."""
    for index in range(len(items) - 2, -1, -1):
        below = items[index + 1]
        if kept[index] and items[index].headline and not kept[index + 1] and below.is_link:
            kept[index] = False


@cache
def _page_words() -> frozenset[str]:
    return frozenset(
        key(phrase) for row in entries("page_words") for phrase in several(row["phrases"])
    )


def _tool(item: Item) -> bool:
    """ "Chia sẻ", "Lượt xem: 12", "Tin liên quan": a short line that opens with a page's words."""
    if item.letters > 2 * _PROSE or heading_of(item.text) is not None:
        return False
    head, colon, _ = item.text.partition(":")
    words = key(head.strip(" »›>|-+•©[]()")).split(" ")
    known = _page_words()
    if " ".join(words) in known:
        return True
    if any(char.isdigit() for char in item.text) and not colon:
        while words and (words[-1].isdigit() or not words[-1].isalnum()):
            words.pop()
        return " ".join(words) in known
    return "©" in item.text


# --- the headline -----------------------------------------------------------------------------


def _keep_headline(items: Sequence[Item], kept: list[bool], marks: Sequence[bool]) -> None:
    """A page's headline is the title of a plan without a frame of its own, else it repeats it."""
    first = next((i for i, keeps in enumerate(kept) if keeps), None)
    if first is None:
        return
    opening = next((i for i, mark in enumerate(marks) if mark), None)
    framed = opening is not None and _opens_document(items[opening])
    if framed and opening is not None:
        for index in range(first, opening):
            item = items[index]
            # What the portal says of the document, in a table of its own, is not the document.
            of_the_page = item.headline and line_kind(item.text) in ("type", "")
            if of_the_page or (isinstance(item.block, TableBlock) and _has_nation(items[opening])):
                kept[index] = False
        return
    if items[first].headline:
        return
    above = range(first - 1, max(-1, first - _HEADLINES_BEFORE), -1)
    found = next((i for i in above if items[i].headline and not items[i].is_link), None)
    if found is not None:
        kept[found] = True


def _opens_document(item: Item) -> bool:
    if isinstance(item.block, TableBlock):
        return _FRAME.search(key(item.text[:4000])) is not None
    return line_kind(item.text) in ("nation", "motto", "type")


def _has_nation(item: Item) -> bool:
    return isinstance(item.block, TableBlock) or line_kind(item.text) == "nation"


# --- what is told -----------------------------------------------------------------------------


def _note(run: Sequence[Item]) -> Note:
    words = " | ".join(" ".join(item.text.split()) for item in run)
    shown = words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"
    return Note("page.left_out", shown, None, run[0].block.start, run[-1].block.end, str(len(run)))
