"""Boxes that a digital signature leaves on a page: they tell who signed, and are no text of it.

A box is a column of lines in one place: the first opens like one (``lexicon/signature_boxes.csv``),
the others carry its labels or go on below the line above.
"""

from __future__ import annotations

from functools import cache

from extract.readers.pdf_words import PageWord, WordLine, lines_of, segments
from normalize.lexicon import entries, several
from normalize.text import key

_GAP = 14.0
_NEAR = 3.0
_LABEL_WORDS = 4


@cache
def _labels(kind: str) -> frozenset[str]:
    return frozenset(
        key(phrase)
        for row in entries("signature_boxes")
        if row["kind"] == kind
        for phrase in several(row["phrases"])
    )


def without_signature_boxes(words: list[PageWord]) -> list[PageWord]:
    """The words that stand in no such box; the same list where the page has none."""
    opening = {label.split()[0] for label in _labels("opens")}
    if not any(key(word.text.rstrip(":")) in opening for word in words):
        return words
    parts = [part for line in lines_of(words) for part in segments(line, _GAP)]
    left_out: set[int] = set()
    for index, part in enumerate(parts):
        if _label(part) not in _labels("opens"):
            continue
        box = [part]
        for other in parts[index + 1 :]:
            if _is_next(box[-1], other):
                if _label(other) is None and _label(box[-1]) is None:
                    break
                box.append(other)
        if any(_label(one) in _labels("line") for one in box[1:]):
            left_out |= {id(word) for one in box for word in one.words}
    return [word for word in words if id(word) not in left_out]


def _label(part: WordLine) -> str | None:
    """The label that the line opens with ("Ngày ký: …"), if it is one of such a box."""
    head, colon, _ = part.text.partition(":")
    if not colon and len(head.split()) > _LABEL_WORDS:
        return None
    found = key(head)
    return found if found in _labels("opens") | _labels("line") else None


def _is_next(above: WordLine, part: WordLine) -> bool:
    """Right below, beginning at the same place."""
    height = above.bbox[3] - above.bbox[1]
    near = -0.5 * height < part.bbox[1] - above.bbox[3] < 0.8 * height
    return near and abs(part.words[0].x0 - above.words[0].x0) < _NEAR
