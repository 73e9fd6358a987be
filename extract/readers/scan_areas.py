"""Parts of a scanned page that stand beside each other: letterheads, recipients and signature.

A recognizer takes a block for lines from edge to edge. Where two blocks whose lines lie at unlike
heights stand side by side, it loses some of either; each is read by itself.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

from extract.readers.scan_grid import Image, Pixels, ink_of

_SMALL = 8
"""Pixels of the page that are one of the small image in which blanks are looked for."""
_INKED = 12
_GUTTER = 9
"""Width of the blank between two blocks, in such pixels (72 of the page, six millimetres)."""
_FROM, _TO = 0.2, 0.75
"""Where it may begin, as shares of the page's width."""
_LEAST = 13
"""Height of either block at least: two lines."""


def areas_of(image: Image) -> list[Pixels]:
    """The parts of the page, each to be read by itself, from top to bottom and left to right."""
    height, width = image.shape
    small = cv2.resize(
        ink_of(image), None, fx=1 / _SMALL, fy=1 / _SMALL, interpolation=cv2.INTER_AREA
    )
    inked = small > _INKED
    made: list[Pixels] = []
    done = 0
    for top, bottom, middle in sorted(_beside(inked)):
        top, bottom, middle = top * _SMALL, min(height, bottom * _SMALL), middle * _SMALL
        if top > done:
            made.append((0, done, width, top))
        made += [(0, top, middle, bottom), (middle, top, width, bottom)]
        done = bottom
    return [*made, (0, done, width, height)] if done < height else made


def _beside(inked: Image) -> Iterator[tuple[int, int, int]]:
    """(top, bottom, the blank's middle) of each stretch of the page with two blocks in it."""
    left = inked.copy()
    while True:
        found = max(_stretches(left), default=None)
        if found is None:
            return
        _, top, bottom, middle = found
        yield top, bottom, middle
        left[top:bottom] = True  # no blank runs through it any more


def _stretches(inked: Image) -> Iterator[tuple[int, int, int, int]]:
    """(rows of the shorter block, top, bottom, the blank's middle) of every one that may be."""
    width = inked.shape[1]
    sums = np.cumsum(np.pad(inked, ((0, 0), (1, 0))), axis=1)
    for x in range(int(_FROM * width), int(_TO * width) - _GUTTER):
        free = sums[:, x + _GUTTER] == sums[:, x]
        sides = sums[:, x] > 0, sums[:, -1] > sums[:, x + _GUTTER]
        edges = np.flatnonzero(np.diff(np.pad(free, 1).astype(np.int8)))
        for top, bottom in zip(edges[::2], edges[1::2], strict=True):
            blank = top + np.flatnonzero(sums[top:bottom, -1] == 0)
            if len(blank) < 2:
                continue
            top, bottom = blank[0], blank[-1] + 1  # no line is cut
            filled = [np.flatnonzero(side[top:bottom]) for side in sides]
            if any(len(one) == 0 or one[-1] - one[0] < _LEAST for one in filled):
                continue
            first, last = max(one[0] for one in filled), min(one[-1] for one in filled)
            both = [((one >= first) & (one <= last)).sum() for one in filled]
            if min(both) > 0:
                yield int(min(both)), int(top), int(bottom), x + _GUTTER // 2
