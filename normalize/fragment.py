"""Cleaned words that know where each character came from.

A :class:`Fragment` is what a reader of words gets: one blank between words, ``"\\n"`` between the
paragraphs or bullets of a cell, markup gone. Its segments are the offset map from the cleaned text
back to the text that it was cut from, so that any part of it can point at its source.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

import msgspec

Segment = tuple[int, int, int]
"""(offset in the cleaned text, origin of its first character, origin behind its last)."""


class Fragment(msgspec.Struct, frozen=True, gc=False):
    """Cleaned text with its offset map.

    ``segments`` are in text order, the first at 0. Within a segment that is as long as its origin
    the characters correspond one to one; otherwise (an entity, a composed letter) the segment is
    one indivisible unit.
    """

    text: str
    segments: tuple[Segment, ...]

    @property
    def start(self) -> int:
        """Origin of the first character."""
        return self.segments[0][1]

    @property
    def end(self) -> int:
        """Origin behind the last character."""
        return self.segments[-1][2]

    @property
    def flat(self) -> str:
        """The text on one line: paragraphs joined by a blank, offsets unchanged."""
        return self.text.replace("\n", " ")

    def __bool__(self) -> bool:
        return bool(self.text)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The origin range of ``text[start:end]``; for an empty range a point."""
        if start >= end:
            point = self.origin(start)
            return point, point
        if len(self.segments) == 1:
            first = self.segments[0]
            if first[2] - first[1] == len(self.text):
                return first[1] + start, first[1] + end
        return self.origin(start), self._origin_end(end)

    def origin(self, offset: int) -> int:
        """Origin of the character at ``offset`` (the end of the fragment for its length)."""
        if offset >= len(self.text):
            return self.end
        index = bisect_right(self.segments, (offset, 1 << 62, 0)) - 1
        text_start, first, behind = self.segments[index]
        if behind - first == self._segment_end(index) - text_start:
            return first + offset - text_start
        return first

    def _origin_end(self, offset: int) -> int:
        index = bisect_right(self.segments, (offset - 1, 1 << 62, 0)) - 1
        text_start, first, behind = self.segments[index]
        if behind - first == self._segment_end(index) - text_start:
            return first + offset - text_start
        return behind

    def _segment_end(self, index: int) -> int:
        if index + 1 < len(self.segments):
            return self.segments[index + 1][0]
        return len(self.text)

    def cut(self, start: int, end: int) -> Fragment:
        """The part ``text[start:end]``, blanks at its ends left out."""
        part = self.text[start:end]
        lead = len(part) - len(part.lstrip())
        part = part.strip()
        start += lead
        end = start + len(part)
        if not part:
            point = self.origin(start)
            return Fragment("", ((0, point, point),))
        if len(self.segments) == 1:
            text_start, first, behind = self.segments[0]
            if behind - first == len(self.text):
                return Fragment(part, ((0, first + start, first + end),))
        made: list[Segment] = []
        opening = max(bisect_right(self.segments, (start, 1 << 62, 0)) - 1, 0)
        for index in range(opening, len(self.segments)):
            text_start, first, behind = self.segments[index]
            if text_start >= end:
                break
            text_end = self._segment_end(index)
            low, high = max(text_start, start), min(text_end, end)
            if low >= high:
                continue
            if behind - first == text_end - text_start:
                made.append((low - start, first + low - text_start, first + high - text_start))
            else:
                made.append((low - start, first, behind))
        return Fragment(part, tuple(made))


def empty(at: int = 0) -> Fragment:
    """A fragment without words at one point of its origin."""
    return Fragment("", ((0, at, at),))


def whole(text: str, start: int, end: int) -> Fragment:
    """The fragment ``text[start:end]`` as it stands, blanks at the ends left out."""
    part = text[start:end]
    stripped = part.lstrip()
    start += len(part) - len(stripped)
    stripped = stripped.rstrip()
    return Fragment(stripped, ((0, start, start + len(stripped)),))


def join(parts: Iterable[Fragment], separator: str = " ") -> Fragment:
    """The non-empty fragments in order with ``separator`` between them.

    The separator belongs to the origin right behind the part before it.
    """
    kept = [part for part in parts if part.text]
    return seamed(kept, [separator] * (len(kept) - 1))


def seamed(parts: Sequence[Fragment], seams: Sequence[str]) -> Fragment:
    """The non-empty fragments in order; ``seams[i]`` stands before ``parts[i + 1]``.

    A part that is empty leaves its seam out with it.
    """
    kept: Fragment | None = None
    text: list[str] = []
    segments: list[Segment] = []
    length = 0
    for index, part in enumerate(parts):
        if not part.text:
            continue
        seam = seams[index - 1] if kept is not None else ""
        if kept is not None and seam:
            segments.append((length, kept.end, kept.end))
            text.append(seam)
            length += len(seam)
        for text_start, first, behind in part.segments:
            segments.append((text_start + length, first, behind))
        text.append(part.text)
        length += len(part.text)
        kept = part
    if kept is None:
        return empty()
    return kept if len(text) == 1 else Fragment("".join(text), tuple(segments))
