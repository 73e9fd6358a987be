"""The numbers that Word prints before paragraphs and does not store with them.

Rules: ECMA-376 part 1, 17.9 (numbering): a paragraph names a list (numId) and a level, itself or
through its style; the list says how each level counts and what its number looks like.
"""

from __future__ import annotations

from typing import Any

import msgspec

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BULLETS = frozenset(["bullet", "none"])
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


class Level(msgspec.Struct, frozen=True):
    """How one level counts: format, its number's look ("%1.%2"), its first number."""

    format: str
    look: str
    start: int


class Numbering:
    """The lists of one document and where each of them stands."""

    def __init__(self, root: Any | None, styles: Any | None) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._counts_of: dict[str, str] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[str] = set()
        self._styles: dict[str, tuple[str | None, int | None, str | None]] = {}
        if root is not None:
            self._read_lists(root)
        if styles is not None:
            self._read_styles(styles)

    def number(self, properties: Any | None) -> str:
        """What stands before the paragraph with these properties (w:pPr); "" for nothing."""
        found = self._place(properties)
        if found is None:
            return ""
        number_id, depth = found
        level = self._levels.get(number_id, {}).get(depth)
        if level is None:
            return ""
        if level.format in _BULLETS:
            return "-" if level.format == "bullet" and level.look.strip() else ""
        counts = self._counted(number_id, depth)
        look = level.look
        for other in range(depth + 1):
            shape = self._levels[number_id].get(other, level)
            form = "decimal" if other != depth and shape.format in _BULLETS else shape.format
            look = look.replace(f"%{other + 1}", _written(counts.get(other, shape.start), form))
        return look.strip()

    def _counted(self, number_id: str, depth: int) -> dict[int, int]:
        """Counts this paragraph and gives the counts of its list; deeper levels begin anew."""
        counts = self._counts.setdefault(self._counts_of[number_id], {})
        levels = self._levels[number_id]
        if number_id not in self._started:
            self._started.add(number_id)
            for level, start in self._restarts.get(number_id, {}).items():
                counts[level] = start - 1
        start = levels[depth].start
        counts[depth] = counts.get(depth, start - 1) + 1
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        for above in range(depth):
            if above not in counts and above in levels:
                counts[above] = levels[above].start
        return counts

    def _place(self, properties: Any | None) -> tuple[str, int] | None:
        """(numId, level) of a paragraph, its own or its style's."""
        number_id: str | None = None
        depth: int | None = None
        style: str | None = None
        if properties is not None:
            number_id, depth = _list_of(properties)
            found = properties.find(f"{W}pStyle")
            style = found.get(f"{W}val") if found is not None else None
        seen = 0
        while style is not None and (number_id is None or depth is None) and seen < 20:
            own_id, own_depth, style = self._styles.get(style, (None, None, None))
            number_id = number_id if number_id is not None else own_id
            depth = depth if depth is not None else own_depth
            seen += 1
        if number_id is None or number_id == "0":
            return None
        return number_id, depth or 0

    def _read_lists(self, root: Any) -> None:
        shapes: dict[str, dict[int, Level]] = {}
        for abstract in root.findall(f"{W}abstractNum"):
            levels = {int(one.get(f"{W}ilvl")): _level(one) for one in abstract.findall(f"{W}lvl")}
            shapes[abstract.get(f"{W}abstractNumId")] = levels
        for one in root.findall(f"{W}num"):
            number_id = one.get(f"{W}numId")
            abstract_id = one.find(f"{W}abstractNumId").get(f"{W}val")
            levels = dict(shapes.get(abstract_id, {}))
            for override in one.findall(f"{W}lvlOverride"):
                depth = int(override.get(f"{W}ilvl"))
                start = override.find(f"{W}startOverride")
                if start is not None:
                    value = int(start.get(f"{W}val"))
                    self._restarts.setdefault(number_id, {})[depth] = value
                own = override.find(f"{W}lvl")
                if own is not None:
                    levels[depth] = _level(own)
            self._levels[number_id] = levels
            self._counts_of[number_id] = abstract_id

    def _read_styles(self, styles: Any) -> None:
        for style in styles.findall(f"{W}style"):
            properties = style.find(f"{W}pPr")
            number_id, depth = _list_of(properties) if properties is not None else (None, None)
            based = style.find(f"{W}basedOn")
            parent = based.get(f"{W}val") if based is not None else None
            self._styles[style.get(f"{W}styleId")] = (number_id, depth, parent)


def _list_of(properties: Any) -> tuple[str | None, int | None]:
    found = properties.find(f"{W}numPr")
    if found is None:
        return None, None
    number_id, depth = found.find(f"{W}numId"), found.find(f"{W}ilvl")
    return (
        number_id.get(f"{W}val") if number_id is not None else None,
        int(depth.get(f"{W}val")) if depth is not None else None,
    )


def _level(element: Any) -> Level:
    values = {}
    for name, default in (("numFmt", "decimal"), ("lvlText", ""), ("start", "1")):
        found = element.find(f"{W}{name}")
        values[name] = found.get(f"{W}val", default) if found is not None else default
    return Level(values["numFmt"], values["lvlText"] or "", int(values["start"]))


def _written(count: int, form: str) -> str:
    """The count in one of Word's number formats."""
    if form in ("lowerLetter", "upperLetter"):
        letter = _LETTERS[(count - 1) % 26] * ((count - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman"):
        roman = "X" * (count // 10)
        rest = count % 10
        for value, sign in _ROMAN[1:]:
            while rest >= value:
                roman += sign
                rest -= value
        return roman if form == "upperRoman" else roman.lower()
    if form == "decimalZero":
        return f"{count:02d}"
    return str(count)
