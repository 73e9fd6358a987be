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

from extract.printed import BBox, Grid, Printed, Stretch
from normalize.findings import Note
from normalize.patterns import pattern
from normalize.records import Place

_TO_CHANGE = pattern(
    r"\r\n?|[\u00a0\u2007\u202f\u2002\u2003\u2009]|[\u200b-\u200f\u2060\ufeff\u00ad]|[\v\u2028\u2029\x85]|\P{M}\p{M}+"
)
_BLANKS = "\u00a0\u2007\u202f\u2002\u2003\u2009"
_SOFT_HYPHEN = "\u00ad"
_LONE_BAR = pattern(r"(?m)^[ \t]*\|[ \t]*$")
_PIPE_ROW = pattern(r"(?m)^[ \t]*\|.*[^\s|]")
_FEWEST_BARS = 6
_LINE_ENDS = "\r\v\u2028\u2029\x85"


class Source:
    """One input: its name in the tables, its bytes' hash, its decoded text and the view of it.

    ``grids`` are the tables whose cells the form itself tells apart, ``stretches`` the places of
    the text on pages, both in the order of the view; ``notes`` what its reader has to tell.
    """

    __slots__ = (
        "_line_starts",
        "_origins",
        "encoding",
        "format",
        "grids",
        "name",
        "notes",
        "sha256",
        "stretches",
        "text",
        "view",
    )

    def __init__(
        self,
        text: str,
        *,
        name: str,
        sha256: str = "",
        format: str = "text",
        encoding: str = "utf-8",
        grids: Sequence[Grid] = (),
        stretches: Sequence[Stretch] = (),
        notes: Sequence[Note] = (),
    ) -> None:
        self.text = text
        self.name = name
        self.sha256 = sha256
        self.format = format
        self.encoding = encoding
        self.grids = grids
        self.stretches = stretches
        self.notes = notes
        self.view, self._origins = _view_of(text)
        if not (grids or stretches):
            self.view, self._origins = _without_lone_bars(self.view, self._origins)
        if grids or stretches:
            # Printed texts are written in the view's form: one offset serves both.
            assert self._origins is None
        self._line_starts: list[int] | None = None

    def place(self, start: int, end: int) -> Place:
        """The file place of ``view[start:end]`` (half open): lines from 1, characters from 0."""
        if self._line_starts is None:
            self._line_starts = _line_starts(self.view)
        first_line = bisect_right(self._line_starts, start)
        last_line = bisect_right(self._line_starts, max(start, end - 1))
        if self._origins is None:
            page, bbox = self._on_page(start, end) if self.stretches else (None, None)
            return Place(first_line, last_line, start, end, page, bbox)
        return Place(first_line, last_line, self._origins[start], self._origins[end])

    def _on_page(self, start: int, end: int) -> tuple[int | None, BBox | None]:
        """The page on which the words begin, and the box around all of them on that page."""
        stretches = self.stretches
        index = max(bisect_right(stretches, start, key=lambda one: one.start) - 1, 0)
        if stretches[index].end <= start < end and index + 1 < len(stretches):
            index += 1
        page = stretches[index].page
        boxes: list[BBox] = []
        while index < len(stretches) and (stretches[index].start < end or not boxes):
            one = stretches[index]
            if one.page == page and one.bbox is not None:
                boxes.append(one.bbox)
            elif not boxes:
                break
            index += 1
        if not boxes:
            return page, None
        low = [min(box[side] for box in boxes) for side in (0, 1)]
        high = [max(box[side] for box in boxes) for side in (2, 3)]
        return page, (low[0], low[1], high[0], high[1])


def printed_source(
    printed: Printed,
    *,
    name: str,
    sha256: str,
    format: str,
    encoding: str = "",
    notes: Sequence[Note] = (),
) -> Source:
    """The source that a reader of a digital form wrote."""
    return Source(
        printed.text,
        name=name,
        sha256=sha256,
        format=format,
        encoding=encoding,
        grids=tuple(printed.grids),
        stretches=tuple(printed.stretches),
        notes=(*printed.notes, *notes),
    )


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
        odd = found.group()
        made = (
            _soft_hyphen(text[start - 1 : start], text[end : end + 1])
            if odd == _SOFT_HYPHEN
            else _replacement(odd)
        )
        pieces.append(made)
        origins.extend([start] * len(made))
        done = end
    pieces.append(text[done:])
    origins.extend(range(done, len(text) + 1))
    return "".join(pieces), origins


def _without_lone_bars(
    view: str, origins: Sequence[int] | None
) -> tuple[str, Sequence[int] | None]:
    """The view without the bars that stand on lines of their own between copied cells.

    So a page's text looks whose cells were cut out one a line, with a bar where each ended.
    """
    if "\n|" not in view or _PIPE_ROW.search(view) is not None:
        return view, origins
    bars = list(_LONE_BAR.finditer(view))
    if len(bars) < _FEWEST_BARS:
        return view, origins
    pieces: list[str] = []
    kept = array("q")
    done = 0
    for found in (*bars, None):
        end = found.start() if found is not None else len(view)
        pieces.append(view[done:end])
        kept.extend(range(done, end) if origins is None else origins[done:end])
        done = found.end() if found is not None else end
    kept.append(len(view) if origins is None else origins[-1])
    return "".join(pieces), kept


def _soft_hyphen(left: str, right: str) -> str:
    """What a soft hyphen stands for: nothing inside a word, else the hyphen that a font drew so.

    "QĐ\u00adUBND", "2011\u00ad2020", "lập \u00ad Tự".
    """
    return "" if left.islower() and right.islower() else "-"


def _replacement(odd: str) -> str:
    if odd[0] in _LINE_ENDS:
        return "\n"
    if odd in _BLANKS:
        return " "
    if len(odd) == 1:
        return ""
    return unicodedata.normalize("NFC", odd)
