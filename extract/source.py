"""A decoded text with its line table; every span indexes it.

Two texts live in a :class:`Source`: ``text`` as it stands in the file (after a byte-order mark)
and ``view``, the same words in NFC with ``\\n`` line ends and plain blanks, from which everything
is read. The view's offsets are turned into places of the file's own text in one place only:
:meth:`Source.place`.
"""

from __future__ import annotations

import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Sequence

from normalize.patterns import pattern
from normalize.records import Place

_TO_CHANGE = pattern(
    r"\r\n?|[\u00a0\u2007\u202f\u2002\u2003\u2009]|[\u200b-\u200f\u2060\ufeff\u00ad]|[\v\u2028\u2029\x85]|\P{M}\p{M}+"
)
_BLANKS = "\u00a0\u2007\u202f\u2002\u2003\u2009"
_LINE_ENDS = "\r\v\u2028\u2029\x85"


class Source:
    """One input: its name in the tables, its bytes' hash, its decoded text and the view of it."""

    __slots__ = ("_line_starts", "_origins", "encoding", "format", "name", "sha256", "text", "view")

    def __init__(
        self,
        text: str,
        *,
        name: str,
        sha256: str = "",
        format: str = "text",
        encoding: str = "utf-8",
    ) -> None:
        self.text = text
        self.name = name
        self.sha256 = sha256
        self.format = format
        self.encoding = encoding
        self.view, self._origins = _view_of(text)
        self._line_starts: list[int] | None = None

    def place(self, start: int, end: int) -> Place:
        """The file place of ``view[start:end]`` (half open): lines from 1, characters from 0."""
        if self._line_starts is None:
            self._line_starts = _line_starts(self.view)
        first_line = bisect_right(self._line_starts, start)
        last_line = bisect_right(self._line_starts, max(start, end - 1))
        if self._origins is None:
            return Place(first_line, last_line, start, end)
        return Place(first_line, last_line, self._origins[start], self._origins[end])


def _line_starts(view: str) -> list[int]:
    starts = [0]
    at = view.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = view.find("\n", at + 1)
    return starts


def _view_of(text: str) -> tuple[str, Sequence[int] | None]:
    """The view, and for each of its characters (and its end) the offset in ``text``."""
    if unicodedata.is_normalized("NFC", text) and not any(
        odd in text
        for odd in "\r\u00a0\u200b\ufeff\u00ad\u2028\v\u202f\u200e\u2060\x85\u2003\u2009"
    ):
        return text, None
    pieces: list[str] = []
    origins = array("q")
    done = 0
    for found in _TO_CHANGE.finditer(text):
        start, end = found.span()
        if start > done:
            pieces.append(text[done:start])
            origins.extend(range(done, start))
        made = _replacement(found.group())
        pieces.append(made)
        origins.extend([start] * len(made))
        done = end
    pieces.append(text[done:])
    origins.extend(range(done, len(text) + 1))
    return "".join(pieces), origins


def _replacement(odd: str) -> str:
    if odd[0] in _LINE_ENDS:
        return "\n"
    if odd in _BLANKS:
        return " "
    if len(odd) == 1:
        return ""
    return unicodedata.normalize("NFC", odd)
