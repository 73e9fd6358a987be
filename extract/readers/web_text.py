"""The text of a web page whose letters its fonts or entities hide.

Pages from before Unicode show bytes through fonts (``<font face=".VnTime">``, or a style sheet),
often written as entities (``k&Otilde; ho&sup1;ch``). Each run of text is turned by the font that it
stands in; what no font tells is left to :mod:`extract.readers.encodings`.
"""

from __future__ import annotations

import html

import regex

from extract.readers.encodings import font_encoding, from_font, from_text
from extract.web_tree import Element, Tree, read_tree
from normalize.patterns import pattern

_OLD_FONT = pattern(r"(?i)[\"':,\s=](?:\.vn|vn3|tcvn|vni[- ])|abc[\"';]")
_LETTER_ENTITY = pattern(r"&(?:\#\d{2,7}|\#[xX][0-9a-fA-F]{2,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_FACE = pattern(r"(?i)\bface\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+)")
_FAMILY = pattern(r"(?i)font-family\s*:\s*([^;}>]+)")
_CLASS = pattern(r"(?i)\bclass\s*=\s*[\"']?\s*([\w -]+)")
_RULE = pattern(r"([^{}]{1,2000})\{([^{}]*)\}")
_CHARSET = pattern(r"(?i)<(?:meta|\?xml)[^<>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)")
_HEAD = 4096


def declared_charset(data: bytes) -> str | None:
    """The encoding that a page's head names."""
    found = _CHARSET.search(data[:_HEAD].decode("latin-1"))
    return found.group(1) if found else None


def turned_by_fonts(text: str) -> tuple[str, str] | None:
    """(text, encodings) with the runs in old fonts turned; None where no font is old."""
    if _OLD_FONT.search(text) is None:
        return None
    return _Turner(text).turn()


def turned_entities(text: str) -> tuple[str, str] | None:
    """(text, encoding) of a page that writes the signs of an old encoding as entities."""
    if _LETTER_ENTITY.search(text) is None:
        return None
    plain = _LETTER_ENTITY.sub(_letter, text)
    return from_text(plain) if plain != text else None


def _letter(found: regex.Match[str]) -> str:
    """The sign of an entity; marks that mean something in the page's own text stay."""
    made = html.unescape(found.group())
    return made if len(made) == 1 and made > "\xa0" else found.group()


class _Turner:
    """Turns each run of text by the font of the innermost element that names one."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tree: Tree = read_tree(text)
        self.rules = self._style_sheet()
        self.fonts: list[str] = []
        self.names: set[str] = set()

    def turn(self) -> tuple[str, str] | None:
        for element in self.tree.elements:
            own = self._font_of(element)
            around = self.fonts[element.parent] if element.parent >= 0 else ""
            self.fonts.append(own or around)
        pieces: list[str] = []
        open_elements: list[int] = []
        done = 0
        for event in self.tree.events:
            font = self.fonts[open_elements[-1]] if open_elements else ""
            pieces.append(self._turned(self.text[done : event.start], font))
            pieces.append(self.text[max(done, event.start) : event.end])
            done = max(done, event.end)
            if event.kind == "open":
                open_elements.append(event.element)
            elif event.kind == "close" and open_elements:
                open_elements.pop()
        pieces.append(self.text[done:])
        return ("".join(pieces), ", ".join(sorted(self.names))) if self.names else None

    def _turned(self, run: str, font: str) -> str:
        encoding = font_encoding(font)
        if encoding is None or not run.strip():
            return run
        plain = html.unescape(run)
        made = from_font(font, plain)
        if made == plain:
            return run
        self.names.add(encoding)
        return html.escape(made, quote=False)

    def _font_of(self, element: Element) -> str:
        attributes = element.attributes
        if "font-family" in attributes.lower() or element.name == "font":
            found = _FAMILY.search(attributes) or _FACE.search(attributes)
            if found is not None:
                return _first_font(found.group(1))
        named = _CLASS.search(attributes) if self.rules else None
        for name in named.group(1).lower().split() if named else ():
            if f".{name}" in self.rules:
                return self.rules[f".{name}"]
        return self.rules.get(element.name, "")

    def _style_sheet(self) -> dict[str, str]:
        """Tag or ".class" → font, of the page's own style sheets."""
        rules: dict[str, str] = {}
        for event in self.tree.events:
            if event.kind != "unseen" or event.name != "style":
                continue
            for rule in _RULE.finditer(self.text, event.start, event.end):
                family = _FAMILY.search(rule.group(2))
                if family is None:
                    continue
                for selector in rule.group(1).lower().split(","):
                    last = selector.split()[-1:] or [""]
                    tag, dot, name = last[0].partition(".")
                    rules[f".{name}" if dot else tag] = _first_font(family.group(1))
        return rules


def _first_font(families: str) -> str:
    return html.unescape(families).split(",")[0].strip(" \t\r\n\"'")
