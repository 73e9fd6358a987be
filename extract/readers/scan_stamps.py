"""Seals, pens and stamps taken away from a page before it is read; the words under them stay.

A page in colour: ink of one colour lets black print through, and seen through its own colour it is
paper. Only what is a seal, a stroke of a pen or lies over print goes: words printed in red are
words. A grey page: a round seal that is paler than the print is lifted by its own grey value.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import cv2
import numpy as np

_COLOURED = 60
"""Difference between the highest and the lowest channel from which on ink has a colour."""
_SEAL = 0.08
"""Least side of a seal as a share of the page's narrow side."""
_STROKE, _STROKE_SIDE = 0.07, 0.016
"""The same for the long and the narrow side of a pen's stroke: larger than any printed letter."""
_STRAIGHT = 0.5
"""Share of a component's ink in straight lines from which on it is ruled, no stroke."""
_LINE = 70
_DARK_STROKE, _THIN = 0.04, 0.3
"""Least narrow side of a stroke as dark as print, and the share of its box that it fills at most:

print whose letters touch is not so high, a picture or a shade is no stroke.
"""
_SOLID, _OVER = 150, 30
"""Pixels of coloured ink beyond a letter's fringes; dark ones beside it that make it lie over."""
_PALEST = 130
"""What the ink's own channel must reach: dark ink cannot be told from print through it."""
_DARK = 110
_REACH, _WITHIN = 13, 0.9
"""How near both colours must be to a spot where they crossed, and to which share of it."""
_SPOT, _LARGEST_SPOT = 190, 1000
_GREY_SEAL = (0.09, 0.27)
"""Least and largest side of a seal on a grey page."""
_PALER, _WHITE = 60, 205
"""How much paler than print a grey seal is, and the grey value of paper."""
_CORNER, _EMPTY = 0.13, 0.03
"""A ring leaves the corners of its box empty: their side, and the ink that may stand there."""

Box = tuple[slice, slice]


def without_stamps(image: Any) -> tuple[Any, Any]:
    """The grey values of a page (Pillow images both), without seals and coloured strokes.

    Beside it an array of the page's shape, 1 where ink was taken away; None where none was.
    """
    from PIL import Image

    grey = np.array(image.convert("L"))
    image = image.convert("L" if image.mode == "L" else "RGB")
    found = _coloured_part(image) if image.mode == "RGB" else None
    if found is None:
        bare, gone = without_grey_seals(grey)
        return Image.fromarray(bare), gone
    colours = np.asarray(image)[found]
    part = grey[found]
    dark = (colours.max(axis=2) < _DARK).astype(np.uint8)
    near = np.full(dark.shape, 255, np.uint8)
    gone = np.zeros(grey.shape, np.uint8)
    for channel in (0, 2):
        own = colours[:, :, channel].astype(np.int16)
        rest = colours[:, :, [1, 2 - channel]].astype(np.int16)
        ink = own - (rest.max(axis=2) if channel == 0 else rest[:, :, 1]) > _COLOURED
        lifted = np.zeros_like(dark)
        if ink.any():
            lifted = _lift(part, own, ink.astype(np.uint8), dark, min(grey.shape))
        gone[found] |= lifted
        near &= cv2.dilate(lifted, np.ones((_REACH, _REACH), np.uint8))
    if near.any():
        _wipe(part, near)
    return Image.fromarray(grey), gone if gone.any() else None


def _coloured_part(image: Any) -> Box | None:
    """The part of the page that holds coloured ink; None where there is none."""
    small = np.asarray(image.reduce(8)).astype(np.int16)
    rows, columns = np.nonzero(small.max(axis=2) - small.min(axis=2) > _COLOURED / 2)
    if len(rows) == 0:
        return None
    return (
        slice(max(0, 8 * int(rows.min()) - 16), 8 * int(rows.max()) + 24),
        slice(max(0, 8 * int(columns.min()) - 16), 8 * int(columns.max()) + 24),
    )


def _lift(grey: Any, own: Any, ink: Any, dark: Any, side: int) -> Any:
    """Makes paper of the ink (1) of one colour that is no print; ``own`` is its channel.

    What was lifted is 1 in the answer.
    """
    lifted = np.zeros_like(ink)
    for box in [*_seals(ink, side), *_strokes(ink, side), *_over_print(ink, dark)]:
        inked = own[box][ink[box] > 0]
        level = float(np.percentile(inked, 30)) if len(inked) else 0.0
        if level < _PALEST:
            continue
        near = cv2.dilate(ink[box], np.ones((9, 9), np.uint8)) > 0
        seen = np.clip(own[box] * (255 / level), 0, 255).astype(np.uint8)
        grey[box][near] = np.maximum(grey[box], seen)[near]
        lifted[box] |= ink[box]
    return lifted


def _wipe(grey: Any, near: Any) -> None:
    """Takes away the dark spots where two colours crossed: they lie between both (1), and small."""
    boxes, labels = _components((grey < _SPOT).astype(np.uint8))
    inside = np.bincount(labels[near > 0], minlength=len(boxes) + 1)[1:]
    spots = np.flatnonzero((inside >= _WITHIN * boxes[:, 4]) & (boxes[:, 4] < _LARGEST_SPOT)) + 1
    spot = np.isin(labels, spots).astype(np.uint8)
    grey[cv2.dilate(spot, np.ones((5, 5), np.uint8)) > 0] = 255


def _seals(ink: Any, side: int) -> Iterator[Box]:
    near = cv2.dilate(ink, np.ones((9, 9), np.uint8))
    for left, top, width, height, _ in _components(near)[0]:
        if min(width, height) > _SEAL * side and max(width, height) < 2 * min(width, height):
            yield slice(top, top + height), slice(left, left + width)


def _strokes(ink: Any, side: int) -> Iterator[Box]:
    """Single strokes larger than letters; not the lines of a coloured table."""
    boxes, labels = _components(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8)))
    for index, (left, top, width, height, _) in enumerate(boxes, 1):
        if max(width, height) < _STROKE * side or min(width, height) < _STROKE_SIDE * side:
            continue
        box = slice(top, top + height), slice(left, left + width)
        if not _is_ruled((labels[box] == index).astype(np.uint8)):
            yield box


def pens_on(ink: Any) -> Any:
    """1 where a pen wrote in the colour of print (``ink``: 1 or more where the page is dark).

    No letter is so large both ways, and nothing that fills its box is a stroke.
    """
    ink = (ink > 0).astype(np.uint8)
    boxes, labels = _components(ink)
    made = np.zeros_like(ink)
    least = _DARK_STROKE * min(ink.shape)
    for index, (left, top, width, height, area) in enumerate(boxes, 1):
        if min(width, height) < least or max(width, height) < 2 * least:
            continue
        box = slice(top, top + height), slice(left, left + width)
        own = (labels[box] == index).astype(np.uint8)
        if area < _THIN * width * height and not _is_ruled(own):
            made[box] |= own
    return made


def _is_ruled(ink: Any) -> bool:
    level = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, _LINE), np.uint8))
    upright = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((_LINE, 1), np.uint8))
    return bool(cv2.bitwise_or(level, upright).sum() > _STRAIGHT * ink.sum())


def _over_print(ink: Any, dark: Any) -> Iterator[Box]:
    """What is stamped or written over black print: ink of a colour with dark ink in it."""
    boxes, labels = _components(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8)))
    for index, (left, top, width, height, area) in enumerate(boxes, 1):
        if area < _SOLID:
            continue
        box = slice(max(0, top - 3), top + height + 3), slice(max(0, left - 3), left + width + 3)
        own = (labels[box] == index).astype(np.uint8)
        solid = cv2.morphologyEx(own & ink[box], cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
        if int(solid.sum()) < _SOLID:
            continue
        near = cv2.dilate(solid, np.ones((5, 5), np.uint8))
        if int((near & dark[box]).sum()) >= _OVER:
            yield box


def _components(mask: Any) -> tuple[Any, Any]:
    """(left, top, width, height, area) of each connected part, and the label of each pixel."""
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    return boxes[1:count], labels


def without_grey_seals(grey: Any) -> tuple[Any, Any]:
    """The page without round seals that are paler than its print; the same page if it has none.

    Beside it 1 where the ink of one was taken away, or None.
    """
    level, _ = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    print_ink = grey[::4, ::4][grey[::4, ::4] < level]
    if len(print_ink) == 0:
        return grey, None
    dark = float(np.percentile(print_ink, 10))
    between = ((grey > dark + _PALER) & (grey < _WHITE)).astype(np.uint8)
    # Letters have pale edges, a pixel or two wide: what an opening leaves is ink of that grey.
    pale = cv2.morphologyEx(between, cv2.MORPH_OPEN, np.ones((4, 4), np.uint8))
    small = cv2.resize(pale * 255, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    near = cv2.dilate((small > 40).astype(np.uint8), np.ones((3, 3), np.uint8))
    side = min(grey.shape) / 8
    made, gone = grey, None
    for left, top, width, height, _ in _components(near)[0]:
        least, most = _GREY_SEAL[0] * side, _GREY_SEAL[1] * side
        if not least < min(width, height) <= max(width, height) < most:
            continue
        if max(width, height) > 1.35 * min(width, height):
            continue
        if _has_corners(small[top : top + height, left : left + width] > 40):
            continue
        box = slice(8 * top, 8 * (top + height)), slice(8 * left, 8 * (left + width))
        seal = float(np.percentile(grey[box][pale[box] > 0], 25))
        if gone is None:
            made, gone = grey.copy(), np.zeros_like(grey)
        gone[box] |= pale[box]
        lifted = (grey[box].astype(np.float32) - dark) * (255 / max(1.0, 0.92 * seal - dark))
        print_edge = cv2.dilate((grey[box] < dark + _PALER).astype(np.uint8), np.ones((3, 3))) > 0
        made[box] = np.where(print_edge, grey[box], np.clip(lifted, 0, 255).astype(np.uint8))
    return made, gone


def _has_corners(ink: Any) -> bool:
    height, width = ink.shape
    down, across = max(1, round(_CORNER * height)), max(1, round(_CORNER * width))
    corners = (
        ink[:down, :across],
        ink[:down, -across:],
        ink[-down:, :across],
        ink[-down:, -across:],
    )
    return any(float(corner.mean()) > _EMPTY for corner in corners)
