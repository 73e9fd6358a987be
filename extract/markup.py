"""Cell and line markup away, words with their offsets kept.

Scanned plans come with the leftovers of an HTML table in their cells: ``<ul style=…>``, ``<li>``,
``<p>``, ``<br>``, closed wrongly or not at all, beside entities, Markdown emphasis and escapes.
Block tags part paragraphs ("\\n"), every other tag vanishes, runs of blanks become one.
"""

from __future__ import annotations

import html
import unicodedata

import regex

from extract.web_lists import OpenList, open_list
from normalize.fragment import Fragment, Segment, empty, whole
from normalize.patterns import pattern

BLOCK_TAGS = frozenset(
    "address article blockquote body br caption center dd div dl dt figure footer form h1 h2 h3 h4"
    " h5 h6 header hr html li main nav ol p pre section table tbody td tfoot th thead tr ul".split()
)

TAG = pattern(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)(?:[\s/][^<>]*)?>")
_PLAIN = pattern(r"[^<>&*\\\t\n\f]*+")
_ODD = pattern(
    r"(?P<tag><!--(?:[^-]|-(?!->)){0,9999}+-->|<[!?]\[?[a-zA-Z][^<>]*+>"
    r"|</?(?P<name>[a-zA-Z][a-zA-Z0-9:-]*+)(?:[\s/][^<>]*+)?>)"
    r"|(?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});)"
    r"|(?P<leftover>\*hinh\*|!\[[^\]\n]*+\]\([^)\n]*+\))"
    r"|(?P<stars>(?<!\()\*{1,3}(?!\)))"
    r"|(?P<escape>\\(?=[|*_\\#.-]))"
    r"|(?P<blank>[ \t\n\f]{2,}|[\t\n\f])"
)
# A cell that a page break cut inside a tag: "<ul" on this page, 'style="…">' on the next.
_TORN_END = pattern(r"<[a-zA-Z][^<>]*+$")
_TORN_START = pattern(r"^\s*+[a-zA-Z-]++=(?:\"[^\"<>]*+\"|'[^'<>]*+')\s*+/?>")
# An item whose words begin with a number of their own.
_OWN_NUMBER = pattern(r"(?:\s|<[^<>]*+>)*+(?:\d{1,2}|[a-zđ])[.)]")
_NEW_ITEM = pattern(r"(?:[-+•*–]\s|\d{1,2}[.)]\s|[a-zđ]\)\s)")


def clean(view: str, start: int, end: int, *, page: bool = False) -> Fragment:
    """The words of ``view[start:end]``: markup gone, "\\n" between paragraphs, offsets kept.

    ``page``: these are words of a web page, where a line end is a blank and an asterisk itself, and
    numbered lists write their numbers.
    """
    plain = _PLAIN.match(view, start, end)
    if plain is not None and plain.end() == end and view.find("  ", start, end) < 0:
        return whole(view, start, end)
    return _Cleaner(view, page).read(start, end)


class _Cleaner:
    """Builds one fragment from left to right; a separator waits until words follow it."""

    def __init__(self, view: str, page: bool) -> None:
        self.view = view
        self.page = page
        self.pieces: list[str] = []
        self.segments: list[Segment] = []
        self.length = 0
        self.waiting = ""
        self.waiting_at = 0
        self.composed = True
        self.lists: list[OpenList] = []

    def read(self, start: int, end: int) -> Fragment:
        view = self.view
        torn = _TORN_START.match(view, start, end)
        if torn:
            start = torn.end()
        torn = _TORN_END.search(view, max(start, end - 200), end)
        if torn:
            end = torn.start()
        done = start
        for odd in _ODD.finditer(view, start, end):
            if odd.start() > done:
                self._words(done, odd.start())
            done = odd.end()
            self._odd(odd)
        if done < end:
            self._words(done, end)
        if not self.pieces:
            return empty(start)
        made = Fragment("".join(self.pieces), tuple(self.segments))
        if made.text[-1] == " ":
            made = made.cut(0, len(made.text))
        return made if self.composed else _compose(made)

    def _odd(self, odd: regex.Match[str]) -> None:
        kind = odd.lastgroup
        if kind == "name" or kind == "tag":
            name = odd.group("name")
            if name and name.lower() in BLOCK_TAGS:
                self._wait("\n", odd.start())
                if self.page and name.lower() in ("ol", "ul", "li"):
                    self._list(name.lower(), odd)
        elif kind == "entity":
            self._entity(odd)
        elif kind == "leftover":
            self._wait(" ", odd.start())
        elif kind == "stars" and self.page:
            self._put(odd.group(), odd.start(), odd.end())
        elif kind == "stars":
            # "* " that opens a line is a bullet, every other asterisk is emphasis.
            opens = not self.length or self.waiting == "\n"
            if opens and self.view[odd.end() : odd.end() + 1] == " ":
                self._put("-", odd.start(), odd.end())
        elif kind == "blank":
            run = odd.group()
            if not self.page and "\n" in run and _NEW_ITEM.match(self.view, odd.end()):
                self._wait("\n", odd.start())
            else:
                self._wait(" ", odd.start())

    def _list(self, name: str, odd: regex.Match[str]) -> None:
        """A numbered item's number, which leads to the item's tag."""
        tag = odd.group()
        if name == "li":
            numbered = not tag.startswith("</") and self.lists and self.lists[-1].kind
            if numbered and _OWN_NUMBER.match(self.view, odd.end()) is None:
                self._put(self.lists[-1].label(tag), odd.start(), odd.end())
                self._wait(" ", odd.end())
        elif not tag.startswith("</"):
            self.lists.append(open_list(name, tag))
        elif self.lists:
            self.lists.pop()

    def _entity(self, odd: regex.Match[str]) -> None:
        char = html.unescape(odd.group())
        if char.isspace() or char == "\u00a0":
            self._wait(" ", odd.start())
        elif char not in ("\u200b", "\ufeff", "\u00ad"):
            self._put(char, odd.start(), odd.end())
            self.composed = False

    def _words(self, start: int, end: int) -> None:
        view = self.view
        if view[start] == " ":
            if not self.waiting and self.length:
                self._wait(" ", start)
            start += 1
        if start == end:
            return
        if view[end - 1] == " ":
            self._put(view[start : end - 1], start, end - 1)
            self._wait(" ", end - 1)
        else:
            self._put(view[start:end], start, end)

    def _wait(self, separator: str, at: int) -> None:
        if not self.waiting or separator == "\n":
            if not self.waiting:
                self.waiting_at = at
            self.waiting = separator

    def _put(self, words: str, start: int, end: int) -> None:
        if not words:
            return
        if self.waiting:
            if self.length:
                self.segments.append((self.length, self.waiting_at, self.waiting_at))
                self.pieces.append(self.waiting)
                self.length += 1
            self.waiting = ""
        self.segments.append((self.length, start, end))
        self.pieces.append(words)
        self.length += len(words)
        if self.composed and unicodedata.combining(words[0]):
            self.composed = False


def _compose(made: Fragment) -> Fragment:
    """The fragment in NFC: an entity's letter and a combining mark after it become one unit."""
    if unicodedata.is_normalized("NFC", made.text):
        return made
    pieces: list[str] = []
    segments: list[Segment] = []
    length = 0
    at = 0
    text = made.text
    while at < len(text):
        behind = at + 1
        while behind < len(text) and unicodedata.combining(text[behind]):
            behind += 1
        unit = unicodedata.normalize("NFC", text[at:behind])
        first, last = made.span(at, behind)
        previous = segments[-1] if segments else None
        if (
            previous
            and previous[2] == first
            and last - first == len(unit)
            and previous[2] - previous[1] == length - previous[0]
        ):
            segments[-1] = (previous[0], previous[1], last)
        else:
            segments.append((length, first, last))
        pieces.append(unit)
        length += len(unit)
        at = behind
    return Fragment("".join(pieces), tuple(segments))
