"""The lines and tables of a saved web page in order, each with what tells text from menus.

A line ends where a block does or at ``<br>``; line ends of the file are blanks, except in
``<pre>``, which is read as a text of its own. Numbers that a list gives its items stand before
their words and lead to the item's tag.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from extract.cells import Block, Line, TableBlock
from extract.columns import read_columns
from extract.frame import line_kind
from extract.html_tables import holds_table_in_head, read_table
from extract.markup import BLOCK_TAGS, clean
from extract.outline import heading_of
from extract.web_grids import Grids
from extract.web_lists import OpenList, open_list
from extract.web_tree import Element, Event, Tree
from normalize.fragment import Fragment, join
from normalize.patterns import pattern

_HEADLINES = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_ASIDE = frozenset("nav aside footer select button label menu dialog".split())
_RUNNING = pattern(r"(?i)\btitle\s*=\s*[\"']?(?:header|footer)\b")
"""How LibreOffice marks a page's head and foot when it saves a text as a web page."""
_LINK = pattern(r"(?is)<a\b[^<>]*\bhref\b[^<>]*>(.*?)</a\s*>")
_LIST_MARK = pattern(r"(?i)mso-list\s*:\s*ignore")
_HIDDEN = pattern(r"(?i)display\s*:\s*none|(?<![\w-])hidden(?![\w-])")
_TAGS = pattern(r"<[^<>]*>")
_PROSE = 600


class Item(msgspec.Struct):
    """One line or table of the page.

    ``element`` is the innermost element around it (-1: none), ``letters`` its letters,
    ``linked`` those of them in links, ``links`` their number; ``at`` is its place in the page,
    ``headline`` tells that it is one, ``hidden`` that the page does not show it, ``aside`` that it
    stands in an element for menus and feet.
    """

    block: Block
    element: int
    at: int
    letters: int
    linked: int
    links: int
    headline: bool = False
    hidden: bool = False
    aside: bool = False

    @property
    def text(self) -> str:
        """The words of a line, all words of a table."""
        block = self.block
        if isinstance(block, Line):
            return block.words.text
        return " ".join(cell.own for row in block.rows for cell in row.cells)

    @property
    def is_link(self) -> bool:
        """Most of its letters stand in links."""
        return self.links > 0 and 10 * self.linked >= 7 * self.letters


def read_items(
    view: str, tree: Tree, read_plain: Callable[[int, int], Sequence[Block]]
) -> list[Item]:
    """All lines and tables of the page; ``read_plain`` reads a stretch of preformatted text."""
    return _Reader(view, tree, read_plain).read()


class _Reader:
    """Goes through the tags once; words wait until the line that they stand in ends."""

    def __init__(
        self, view: str, tree: Tree, read_plain: Callable[[int, int], Sequence[Block]]
    ) -> None:
        self.view = view
        self.tree = tree
        self.grids = Grids(view, tree)
        self.read_plain = read_plain
        self.items: list[Item] = []
        self.line_start = 0
        self.breaks = 2
        self.lists: list[OpenList] = []
        self.mark: Fragment | None = None
        self.inside: list[int] = []
        self.around: dict[str, int] = dict.fromkeys(("link", "headline", "hidden", "aside"), 0)
        self.skipped: list[tuple[int, int, str]] = []

    def read(self) -> list[Item]:
        events = self.tree.events
        index = 0
        while index < len(events):
            event = events[index]
            if event.kind == "unseen":
                self.skipped.append((event.start, event.end, event.name))
            elif event.kind == "void":
                self._void(event)
            elif event.kind == "open":
                index = self._opened(event, index)
            elif event.kind == "close":
                self._closed(event)
            index += 1
        self._end_line(len(self.view), len(self.view))
        return self.items

    # --- tags -----------------------------------------------------------------------------------

    def _void(self, event: Event) -> None:
        if event.name in ("br", "hr"):
            had = self._end_line(event.start, event.end)
            self.breaks = 1 if had else self.breaks + 1
            if event.name == "hr":
                self.breaks = 2

    def _opened(self, event: Event, index: int) -> int:
        name = event.name
        element = self.tree.elements[event.element]
        if name == "table":
            kind = self._kind_of_table(event.element)
            if kind == "data":
                block = read_table(self.view, element.start, element.end, page=True)
                return self._table(event, index, block)
        elif (grid := self.grids.table(event.element)) is not None:
            return self._table(event, index, grid)
        if name == "pre":
            return self._preformatted(event, index)
        if name in BLOCK_TAGS:
            self._end_line(event.start, event.end)
        if name in ("ul", "ol"):
            self.lists.append(open_list(name, element.attributes))
        elif name == "li":
            self._item(element)
        elif name == "span" and _LIST_MARK.search(element.attributes):
            return self._word_mark(event, index)
        self._enter(event.element)
        return index

    def _enter(self, index: int, by: int = 1) -> None:
        """Keeps count of what stands around the next line."""
        if by > 0:
            self.inside.append(index)
        element = self.tree.elements[index]
        if element.name == "a" and "href" in element.attributes:
            self.around["link"] += by
        if element.name in _HEADLINES:
            self.around["headline"] += by
        if element.name in _ASIDE or _RUNNING.search(element.attributes) is not None:
            self.around["aside"] += by
        if element.attributes and _HIDDEN.search(element.attributes) is not None:
            self.around["hidden"] += by

    def _closed(self, event: Event) -> None:
        if self.inside and self.inside[-1] == event.element:
            ended = event.name not in BLOCK_TAGS or self._end_line(event.start, event.end)
            if event.name == "p" and not ended:
                self.breaks = 2  # an empty paragraph is a blank line
            self.inside.pop()
            self._enter(event.element, -1)
        if event.name in ("ul", "ol") and self.lists:
            self.lists.pop()
            self.mark = None

    def _item(self, element: Element) -> None:
        """The number or bullet that the list gives its item."""
        own = self.lists[-1] if self.lists else OpenList()
        label = own.label(element.attributes)
        self.mark = Fragment(label, ((0, element.start, element.inner),))

    def _word_mark(self, event: Event, index: int) -> int:
        """Word writes a bullet as a letter of a font of signs; its numbers are plain words."""
        element = self.tree.elements[event.element]
        words = clean(self.view, element.inner, element.close, page=True)
        if any(char.isalnum() for char in words.text) and len(words.text) > 1:
            self._enter(event.element)
            return index
        self._end_line(event.start, event.end)
        self.mark = Fragment("-", ((0, element.inner, element.close),))
        return self._behind(element, index)

    def _behind(self, element: Element, index: int) -> int:
        """The index of the event that closes the element; words go on behind it."""
        events = self.tree.events
        own = events[index].element
        while index + 1 < len(events) and not (
            events[index].kind == "close" and events[index].element == own
        ):
            index += 1
        self.line_start = element.end
        return index

    # --- lines ----------------------------------------------------------------------------------

    def _end_line(self, end: int, next_start: int) -> bool:
        """Ends the line before ``end``; whether it held words."""
        start, self.line_start = self.line_start, next_start
        skipped, self.skipped = self.skipped, []
        if start >= end or not self.view[start:end].strip():
            return False
        words = self._words(start, end, skipped)
        if not words.text:
            return False
        if self.mark is not None:
            mark, self.mark = self.mark, None
            if heading_of(words.text) is None and words.text[0] not in "-+•*–":
                words = join([mark, words])
        line = Line(words, words.start, words.end, self.breaks > 1)
        self.breaks = 0
        links = _links(self.view, start, end)
        if not links and self.around["link"] and self._link_is_open(start):
            links = [len(words.text)]  # "<a><div>…"
        self._put(line, links, len(words.text), self.around["headline"] > 0)
        return True

    def _put(self, block: Block, links: list[int], letters: int, headline: bool = False) -> None:
        element = self.inside[-1] if self.inside else -1
        around = self.around
        self.items.append(
            Item(
                block,
                element,
                block.start,
                letters,
                sum(links),
                len(links),
                headline,
                around["hidden"] > 0,
                around["aside"] > 0,
            )
        )

    def _link_is_open(self, start: int) -> bool:
        return any(
            self.tree.elements[index].name == "a" and self.tree.elements[index].start < start
            for index in self.inside
        )

    def _words(self, start: int, end: int, skipped: list[tuple[int, int, str]]) -> Fragment:
        """The words between two block tags, what is not seen left out, on one line."""
        words = clean(self.view, start, skipped[0][0] if skipped else end, page=True)
        for index, (low, high, name) in enumerate(skipped):
            behind = skipped[index + 1][0] if index + 1 < len(skipped) else end
            # A comment inside a word parts nothing.
            glued = not name and not self.view[max(low - 1, 0) : low].isspace()
            glued = glued and not self.view[high : high + 1].isspace()
            rest = clean(self.view, high, behind, page=True) if high < behind else None
            if rest is not None and rest.text:
                words = join([words, rest], "" if glued else " ")
        return Fragment(words.text.replace("\n", " "), words.segments)

    # --- tables and preformatted text -------------------------------------------------------------

    def _kind_of_table(self, index: int) -> str:
        """``data``, or ``layout`` for a table that only sets a page's parts beside each other."""
        elements = self.tree.elements
        own = elements[index]
        nested = False
        for one in range(index + 1, len(elements)):
            if elements[one].start >= own.end or nested:
                break
            nested = elements[one].name == "table"
        if nested and holds_table_in_head(self.view, own.start, own.end):
            return "layout"
        block = read_table(self.view, own.start, own.end, page=True)
        if not block.rows:
            return "layout"
        if read_columns(list(block.rows)) is not None and _short_heads(block):
            return "data"
        if nested:
            return "layout"
        widest = max(len(row.cells) for row in block.rows)
        cells = [cell.own for row in block.rows for cell in row.cells if cell.own]
        if widest == 1 and len(cells) == 1 and "\n" in cells[0]:
            return "layout"
        if widest < 4 and any(len(text) > _PROSE and _is_text(text) for text in cells):
            return "layout"
        return "data"

    def _table(self, event: Event, index: int, block: TableBlock) -> int:
        element = self.tree.elements[event.element]
        self._end_line(event.start, event.end)
        words = [cell.own for row in block.rows for cell in row.cells]
        links = _links(self.view, element.start, element.end)
        self._put(block, links, sum(map(len, words)))
        self.breaks = 2
        self.mark = None
        return self._behind(element, index)

    def _preformatted(self, event: Event, index: int) -> int:
        element = self.tree.elements[event.element]
        self._end_line(event.start, event.end)
        for block in self.read_plain(element.inner, element.close):
            self._put(block, [], _size(block))
        self.breaks = 2
        return self._behind(element, index)


def _size(block: Block) -> int:
    if isinstance(block, TableBlock):
        return sum(len(cell.own) for row in block.rows for cell in row.cells)
    return len(block.words.text)


def _short_heads(block: TableBlock) -> bool:
    """A page's parts side by side may begin with the words of a head; heads are all short."""
    return all(len(cell.own) < 140 for cell in block.rows[0].cells)


def _is_text(text: str) -> bool:
    """Paragraphs of a document: some are headings or lines of its frame."""
    lines = text.split("\n")
    marked = sum(1 for line in lines if heading_of(line) is not None or line_kind(line))
    return len(lines) > 4 and marked > 1


def _links(view: str, start: int, end: int) -> list[int]:
    """The letters of each link in a stretch."""
    if view.find("<a", start, end) < 0 and view.find("<A", start, end) < 0:
        return []
    return [
        len(" ".join(_TAGS.sub(" ", found.group(1)).split()))
        for found in _LINK.finditer(view, start, end)
    ]
