"""The numbers that a web page's lists give their items, which no words of the page hold.

``<ol type start>``, ``<li value>`` as HTML defines them (HTML Living Standard, 4.4.5 and 4.4.8).
"""

from __future__ import annotations

import msgspec

from normalize.patterns import pattern

_ATTRIBUTE = r"(?i)\b{}\s*=\s*[\"']?\s*([\w-]+)"
_START, _TYPE, _VALUE = (pattern(_ATTRIBUTE.format(name)) for name in ("start", "type", "value"))
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class OpenList(msgspec.Struct):
    """An open list: "" for bullets, else the way it numbers, and the next number."""

    kind: str = ""
    next: int = 1

    def label(self, attributes: str) -> str:
        """What stands before the next item, whose tag has these attributes: "2.", "b)", "-"."""
        found = _VALUE.search(attributes)
        if found is not None and found.group(1).isdigit():
            self.next = int(found.group(1))
        number = self.next
        self.next += 1
        if not self.kind:
            return "-"
        return _label(self.kind, number) + (")" if self.kind in ("a", "A") else ".")


def open_list(name: str, attributes: str) -> OpenList:
    """The list that a tag ``ol`` or ``ul`` with these attributes opens."""
    if name != "ol":
        return OpenList()
    kind, start = _TYPE.search(attributes), _START.search(attributes)
    first = start.group(1) if start is not None else ""
    return OpenList(kind.group(1) if kind else "1", int(first) if first.isdigit() else 1)


def _label(kind: str, number: int) -> str:
    """The number of a list's item as ``<ol type>`` writes it."""
    if kind in ("a", "A") and number <= 26:
        return chr(ord(kind) + number - 1)
    if kind in ("i", "I"):
        made = ""
        for value, letters in _ROMAN:
            while number >= value:
                made += letters
                number -= value
        return made.upper() if kind == "I" else made
    return str(number)
