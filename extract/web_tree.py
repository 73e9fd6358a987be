"""The elements of a saved web page with their places in its text.

Saved pages close their tags wrongly or not at all, so what a browser would understand is
understood here: a paragraph ends where a block begins, a cell where the next one does. Parsers of
trees give no offsets, and every value must lead back to its words.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from extract.markup import BLOCK_TAGS
from normalize.patterns import pattern

TOKEN = pattern(
    r"(?s)<!--.*?(?:-->|\Z)|<[!?][^<>]*+>|<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:-]*+)"
    r"(?P<attributes>(?:[\s/][^<>]*+)?)>"
)
_VOID = frozenset(
    "area base bgsound br col embed frame hr img input link meta param source track wbr".split()
)
_UNSEEN = frozenset("script style title xml textarea template svg object iframe noframes".split())
"""Elements whose content a reader of the page does not see as text."""
_INLINE_SCOPE = frozenset("table td th caption".split())
_CLOSES_PARAGRAPH = BLOCK_TAGS - {"br", "tr", "td", "th", "tbody", "thead", "tfoot", "body", "html"}
_OUT_OF_CELLS = frozenset("table tbody thead tfoot tr body html".split())
_ENDED_BY: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset(("li",)), frozenset(("ul", "ol", "table"))),
    "dt": (frozenset(("dt", "dd")), frozenset(("dl", "table"))),
    "dd": (frozenset(("dt", "dd")), frozenset(("dl", "table"))),
    "td": (frozenset(("td", "th")), frozenset(("tr", "table"))),
    "th": (frozenset(("td", "th")), frozenset(("tr", "table"))),
    "tr": (frozenset(("tr",)), frozenset(("table",))),
    "tbody": (frozenset(("tbody", "thead", "tfoot", "tr")), frozenset(("table",))),
    "option": (frozenset(("option",)), frozenset(("select",))),
}
"""Opening tag → the open elements that it ends, and those beyond which it ends none."""
_ENDED_BY["thead"] = _ENDED_BY["tfoot"] = _ENDED_BY["tbody"]


class Element(msgspec.Struct, gc=False):
    """One element: its tag at ``start``–``inner``, its content to ``close``, all to ``end``.

    ``parent`` is the index of the element around it, -1 for none.
    """

    name: str
    start: int
    inner: int
    close: int
    end: int
    parent: int
    attributes: str


class Event(msgspec.Struct, frozen=True, gc=False):
    """A tag (or what a reader does not see) at ``start``–``end`` of the page.

    ``kind``: ``open``, ``close`` (of ``element``), ``void``, ``unseen``.
    """

    kind: str
    name: str
    start: int
    end: int
    element: int


class Tree(msgspec.Struct, frozen=True):
    """All elements in the order of their opening tags, and the events of the page in order."""

    elements: list[Element]
    events: list[Event]

    def around(self, element: int) -> Iterator[int]:
        """The element and those around it, from the inside to the outside."""
        while element >= 0:
            yield element
            element = self.elements[element].parent


def read_tree(view: str) -> Tree:
    """The elements of the page."""
    return _Builder(view).read()


class _Builder:
    def __init__(self, view: str) -> None:
        self.view = view
        self.elements: list[Element] = []
        self.events: list[Event] = []
        self.open: list[int] = []

    def read(self) -> Tree:
        at = 0
        size = len(self.view)
        while at < size:
            found = TOKEN.search(self.view, at)
            if found is None:
                break
            at = found.end()
            if found.group("name") is None:
                self._event("unseen", "", found.start(), at)
                continue
            name = found.group("name").lower()
            if found.group("close"):
                self._closing(name, found.start(), at)
            elif name in _UNSEEN:
                at = self._behind(name, at)
                self._event("unseen", name, found.start(), at)
            elif name in _VOID:
                if name == "hr":
                    self._end_paragraph(found.start())
                self._event("void", name, found.start(), at)
            else:
                self._opening(name, found.start(), at, found.group("attributes"))
                # "<td/>" is an empty cell; "<a href=/>" ends with its address.
                if found.group("attributes").endswith("/") and name != "a":
                    self._close_down_to(len(self.open) - 1, at, at)
        self._close_down_to(0, size, size)
        return Tree(self.elements, self.events)

    def _behind(self, name: str, at: int) -> int:
        """Where the content of an unseen element ends; right here if nothing closes it."""
        found = pattern(rf"(?i)</{name}\s*+>").search(self.view, at)
        return found.end() if found else at

    def _event(self, kind: str, name: str, start: int, end: int, element: int = -1) -> None:
        self.events.append(Event(kind, name, start, end, element))

    def _opening(self, name: str, start: int, end: int, attributes: str) -> None:
        if name in _CLOSES_PARAGRAPH:
            self._end_paragraph(start)
        ended = _ENDED_BY.get(name)
        if ended is not None:
            self._end_like(*ended, start)
        parent = self.open[-1] if self.open else -1
        self.open.append(len(self.elements))
        self._event("open", name, start, end, len(self.elements))
        self.elements.append(Element(name, start, end, end, end, parent, attributes))

    def _end_paragraph(self, at: int) -> None:
        self._end_like(frozenset(("p",)), _INLINE_SCOPE | {"div", "li"}, at)

    def _end_like(self, names: frozenset[str], scope: frozenset[str], at: int) -> None:
        for depth in range(len(self.open) - 1, -1, -1):
            name = self.elements[self.open[depth]].name
            if name in names:
                self._close_down_to(depth, at, at)
                if name != "tr":  # a new body of a table ends the row before it, too
                    return
            elif name in scope:
                return

    def _closing(self, name: str, start: int, end: int) -> None:
        for depth in range(len(self.open) - 1, -1, -1):
            own = self.elements[self.open[depth]].name
            if own == name:
                self._close_down_to(depth, start, end)
                return
            # "</div>" in a cell that opened none closes nothing outside of the cell.
            if own in ("table", "td", "th") and name not in (
                "table",
                "tr",
                "tbody",
                "body",
                "html",
            ):
                return
            if own == "table" and name != "body" and name != "html":
                return

    def _close_down_to(self, depth: int, start: int, end: int) -> None:
        while len(self.open) > depth:
            index = self.open.pop()
            element = self.elements[index]
            last = len(self.open) == depth
            element.close = start
            element.end = end if last else start
            self._event("close", element.name, start, element.end, index)
