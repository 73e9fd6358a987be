"""Several readings of one cell as one: where the first is doubtful, word by word by majority.

Tesseract scales every line to the height of its own net; what it gets wrong hangs on how the page
was scaled and smoothed before. Readings of the same ink in other sizes err in other places.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise

import msgspec

from extract.readers.pdf_words import PageWord
from normalize.spelling import is_syllable

SURE = 90.0
"""Confidence from which a word that is spelt like one is taken as read."""
_EDGES = ".,;:()-–“”\"'+"
_SHORT = 4
_LONGEST_DUST = 2


def is_sure(words: Sequence[PageWord]) -> bool:
    """Every word was read with confidence and is spelt like a word, a number or a symbol."""
    return bool(words) and all(
        (word.confidence or 0.0) >= SURE and _is_spelt(word.text) and not _is_mixed(word.text)
        for word in words
    )


def vote(readings: Sequence[list[PageWord]]) -> list[PageWord]:
    """The words that most readings share, each in the place of the first that has words at all.

    A word that only one reading has and that is no more than a mark or a lone letter is a tone
    mark taken for a line of its own: it goes.
    """
    told = [reading for reading in readings if reading]
    if len(told) < 2:
        return list(told[0]) if told else []
    slots: list[list[PageWord | None]] = [[word] for word in told[0]]
    for other in told[1:]:
        for slot, word in zip(slots, _aligned(told[0], other), strict=True):
            slot.append(word)
    made = [_elected(slot) for slot in slots]
    return [word for word in made if word is not None]


def _aligned(base: list[PageWord], other: list[PageWord]) -> list[PageWord | None]:
    """For each word of ``base`` its counterpart in the other reading."""
    made: list[PageWord | None] = [None] * len(base)
    matcher = SequenceMatcher(
        None, [word.text for word in base], [word.text for word in other], autojunk=False
    )
    for _, i1, i2, j1, j2 in matcher.get_opcodes():
        if i2 - i1 == j2 - j1:
            made[i1:i2] = other[j1:j2]
    return made


def _elected(slot: list[PageWord | None]) -> PageWord | None:
    first = slot[0]
    assert first is not None
    counts: dict[str, list[PageWord]] = {}
    for word in slot:
        if word is not None:
            counts.setdefault(word.text, []).append(word)
    if len(slot) > 2 and slot.count(None) == len(slot) - 1 and _is_dust(first.text):
        return None
    text = max(
        sorted(counts),
        key=lambda one: (
            _has_points(one) and _bare(one) in map(_bare, counts.keys() - {one}),
            len(counts[one]) > 1,
            _is_spelt(one),
            max(word.confidence or 0.0 for word in counts[one]),
        ),
    )
    confidence = max(word.confidence or 0.0 for word in counts[text])
    return msgspec.structs.replace(first, text=text, confidence=confidence)


def _has_points(text: str) -> bool:
    """Points between figures: small ink that a reading loses and hardly one makes up."""
    return text[:1].isdigit() and text[-1:].isdigit() and not text.isdigit() and _bare(text) != ""


def _bare(text: str) -> str:
    """The figures of a number without its points; "" for anything else."""
    bare = text.replace(".", "").replace(",", "")
    return bare if bare.isdigit() else ""


def _is_dust(text: str) -> bool:
    """Marks, or a letter or two that make no syllable and no number."""
    if any(char.isdigit() for char in text) and text[0] not in "²³":
        return len(text) == 1
    letters = [char for char in text if char.isalpha()]
    return not letters or (len(text) <= _LONGEST_DUST and not is_syllable(text))


def _is_spelt(text: str) -> bool:
    core = text.strip(_EDGES)
    if not core:
        return text in ("-", "+", "–")
    return core.isdigit() or core.isupper() or is_syllable(core)


def _is_mixed(text: str) -> bool:
    """A capital behind a small letter, or a short word in accented capitals ("SỞ")."""
    if any(a.islower() and b.isupper() for a, b in pairwise(text)):
        return True
    return text.isupper() and text.isalpha() and not text.isascii() and len(text) < _SHORT
