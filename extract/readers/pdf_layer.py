"""The invisible text over a page's image: does it lie on the ink that it stands for?

A program that lost or turned a page lays the words of another one over the image, or lays them
beside their lines. The words are then good Vietnamese, and not what the page shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from extract.readers.pdf_words import PageWord

SCALE = 2.0
"""Pixels a point of the image to compare with."""
_INK = (120, 220)
"""Between these two lies the grey value that parts ink from paper."""
_FEWEST = 20
"""Words by which this can be told."""
_CORE = 0.3
"""Share of a word's height, above and below its middle, that its letters fill for sure."""
_LETTERS = 7
"""Pixels between the letters of a word, at most."""
_LONG = 60
"""Pixels of a straight line that is a rule and no letter."""
_LEAST = 0.5
"""Share of the words' cores that ink fills where the layer is the page's own (0.7 in place, 0.3 and

less for the words of another page).
"""


def lies_on_ink(grey: Any, words: Sequence[PageWord]) -> bool:
    """Do the words lie where the page (grey values, :data:`SCALE` pixels a point) has letters?

    True where there are too few to tell.
    """
    import cv2
    import numpy as np

    if len(words) < _FEWEST:
        return True
    level, _ = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    ink = (grey <= min(max(level, _INK[0]), _INK[1])).astype(np.uint8)
    for shape in ((1, _LONG), (_LONG, 1)):
        ink -= cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(shape, np.uint8))
    blobs = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((3, _LETTERS), np.uint8))
    return sum(_share(blobs, word) for word in words) / len(words) >= _LEAST


def _share(blobs: Any, word: PageWord) -> float:
    """How much of the word's core ink fills; 0 for a word outside the page."""
    reach = _CORE / 2 * (word.bottom - word.top)
    top, bottom = word.middle - reach, word.middle + reach
    rows = slice(max(0, round(top * SCALE)), max(0, round(bottom * SCALE)))
    columns = slice(max(0, round(word.x0 * SCALE)), max(0, round(word.x1 * SCALE)))
    part = blobs[rows, columns]
    return float(part.mean()) if part.size else 0.0
