"""The font of each run of a Word file, for texts whose letters only an old font makes Vietnamese.

A run's font is its own, else its character style's, its paragraph's style's, the default's
(ECMA-376 part 1, 17.7.2).
"""

from __future__ import annotations

from typing import Any

from extract.readers.docx_numbering import W
from extract.readers.encodings import font_encoding, from_font


class Fonts:
    """The fonts of one document; ``converted`` names the encodings that were met."""

    def __init__(self, styles: Any | None) -> None:
        self.converted: set[str] = set()
        self._fonts: dict[str, str | None] = {}
        self._parents: dict[str, str | None] = {}
        self._default: str | None = None
        if styles is not None:
            self._read(styles)
        names = [self._default, *self._fonts.values()]
        self._has_old_style = any(name and font_encoding(name) for name in names)

    def convert(self, run: Any, text: str) -> str:
        """The run's words as its font shows them."""
        if not text:
            return text
        font = self._own(run.find(f"{W}rPr"))
        if font is None and self._has_old_style:
            font = self._inherited(run)
        encoding = font_encoding(font) if font else None
        if font is None or encoding is None:
            return text
        made = from_font(font, text)
        if made != text:
            self.converted.add(encoding)
        return made

    def _inherited(self, run: Any) -> str | None:
        own = run.find(f"{W}rPr/{W}rStyle")
        found = self._of_style(own.get(f"{W}val")) if own is not None else None
        if found is not None:
            return found
        paragraph = next(run.iterancestors(f"{W}p"), None)
        style = paragraph.find(f"{W}pPr/{W}pStyle") if paragraph is not None else None
        found = self._of_style(style.get(f"{W}val")) if style is not None else None
        return found or self._default

    def _of_style(self, style: str | None) -> str | None:
        for _ in range(20):
            if style is None:
                return None
            found = self._fonts.get(style)
            if found is not None:
                return found
            style = self._parents.get(style)
        return None

    def _read(self, styles: Any) -> None:
        default = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._default = self._own(default)
        for style in styles.findall(f"{W}style"):
            name = style.get(f"{W}styleId")
            self._fonts[name] = self._own(style.find(f"{W}rPr"))
            based = style.find(f"{W}basedOn")
            self._parents[name] = based.get(f"{W}val") if based is not None else None
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") == "1":
                self._default = self._fonts[name] or self._default

    @staticmethod
    def _own(properties: Any | None) -> str | None:
        fonts = properties.find(f"{W}rFonts") if properties is not None else None
        if fonts is None:
            return None
        name: str | None = fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi")
        return name
