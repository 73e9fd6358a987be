"""Pages that lie on their side or upside down, turned back: the way in which they read.

No data of Tesseract's own for orientation are needed: a strip of the page is read, and only where
that gives no Vietnamese the three other ways are tried.
"""

from __future__ import annotations

import numpy as np

from extract.readers.scan_grid import Image
from extract.readers.scan_words import words_in
from normalize.spelling import is_syllable

_STRIP = 260
"""Height in pixels of the strip that is read, at 300 dpi: four lines or five."""
_READS = 0.55
"""Share of letters in spelt words from which a page is the right way up."""
_BETTER = 1.5
_FEWEST, _FEW_GOOD = 20, 8
"""Letters by which a page is judged; so many do where all of them stand in spelt words."""
_SURE = 60.0
_EDGES = ".,;:()-–“”\"'"


def quarter_turns(image: Image, rules: Image) -> int:
    """How many quarters the page, its rules given, must be turned to the left to stand upright."""
    bare = image.copy()
    bare[rules > 0] = 255
    stands = _spelt(bare)
    if stands >= _READS:
        return 0
    ways = {way: _spelt(np.rot90(bare, way)) for way in (1, 2, 3)}
    best = max(ways, key=lambda way: ways[way])
    return best if ways[best] >= max(_READS, _BETTER * stands) else 0


def _spelt(bare: Image) -> float:
    """Share of the letters of the strip with the most ink that stand in Vietnamese words."""
    height, width = bare.shape
    ink = np.concatenate(([0], np.cumsum((bare < 160).sum(axis=1))))
    strip = min(_STRIP, height)
    top = int(np.argmax(ink[strip:] - ink[:-strip]))
    words = words_in(np.ascontiguousarray(bare), (0, top, width, top + strip), 1.0, once=True)
    letters = good = 0
    for word in words:
        core = word.text.strip(_EDGES)
        letters += len(core)
        if len(core) > 1 and (word.confidence or 0.0) >= _SURE and is_syllable(core):
            good += len(core)
    few = letters < _FEWEST
    return 0.0 if few and (good < _FEW_GOOD or good < letters) else good / letters
