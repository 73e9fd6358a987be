"""The ruled cells of a scanned page, and the page set straight.

Lines are what a long thin opening leaves of the ink (OpenCV); cells are the white areas between
them. Pixels throughout; the image is grey, dark ink on light paper.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

Pixels = tuple[int, int, int, int]
"""(left, top, right, bottom), half open."""
Image = Any
"""A numpy array of grey values, rows first."""

_MOST_SKEW = 8.0
LEAST_SKEW = 0.05
_PALE = 40
"""Grey values off white up to which a shrunk page's dots are grain."""
_SMALLEST = 22
"""Width and height of the smallest cell, at 300 dpi."""
_FEWEST_CELLS = 4
_SHORT_RULE = 34
"""Length in pixels of the upright rule of the lowest row, at 300 dpi."""
_REACH = 13
"""Pixels around a level rule within which an upright one ends at it."""
_GRAIN = 3.0
"""Mean difference from its own median that makes a page grainy, in grey values."""
_SPECK, _FEWEST_SPECKS = 4, 500
"""Pixels of a speck at most; specks of a page at least, half of all its dark spots beside."""
_DOT = 12
"""Pixels of a dot that is smaller than a full stop of small print, at 300 dpi."""
_SMALL = 0.125
_WHITE, _DARKEST = 240, 60
"""Grey values: paper from which light is even, and the darkest that is still paper."""
_CONTRAST = 80.0
_HALO = 11
"""Pixels around a rule in which thin ink is what taking the rule away left of it."""
_SLIVER = 3
"""Height or width in pixels up to which ink beside a rule is a sliver of it: no dot, no dash."""
_FAINT = 235
"""Grey value from which a pixel is paper for certain."""
_PALEST_INK = 150
_BREAK, _TRACE = 61, 0.3
"""A break within a rule that is closed: pixels at most, the share in which ink must stand."""
_LONG_BREAK, _LONG_TRACE = 241, 0.8
"""The same for one that may end at a rule across."""


def straight(image: Image) -> Image:
    """The page turned so that its rules, or else its lines of text, are level."""
    return turned(image, skew_of(image))


def turned(image: Image, angle: float) -> Image:
    """The page turned to the left by a few degrees around its middle."""
    if abs(angle) < LEAST_SKEW:
        return image
    height, width = image.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return cv2.warpAffine(image, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255,))


def cleaned(image: Image) -> Image:
    """The page without grain, paper white; a clean page is left as it is."""
    smooth = cv2.medianBlur(image, 3)
    specked = _is_specked(image)
    if float(np.mean(cv2.absdiff(image, smooth))) < _GRAIN and not specked:
        return image
    if specked:
        smooth = cv2.medianBlur(_without_specks(image), 3)
    smooth = cv2.GaussianBlur(cv2.medianBlur(smooth, 3), (0, 0), 0.8)
    level, _ = cv2.threshold(smooth, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    low, high = level - _CONTRAST, level + _CONTRAST / 2
    stretched = (smooth.astype(np.float32) - low) * (255 / (high - low))
    return np.clip(stretched, 0, 255).astype(np.uint8)


def evenly_lit(image: Image) -> Image:
    """The page on white paper: grey paper and the shade of a fold or a lamp are divided away."""
    small = cv2.resize(image, None, fx=_SMALL, fy=_SMALL, interpolation=cv2.INTER_AREA)
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    paper = cv2.medianBlur(paper, 15)
    if float(np.percentile(paper, 2)) >= _WHITE:
        return image
    height, width = image.shape
    paper = cv2.resize(np.maximum(paper, _DARKEST), (width, height), interpolation=cv2.INTER_LINEAR)
    return cv2.divide(image, paper, scale=255)


def _is_specked(image: Image) -> bool:
    """Most of what is dark are dots of a pixel or two: a fax, a poor photocopy."""
    _, _, boxes, _ = cv2.connectedComponentsWithStats(ink_of(image), connectivity=8)
    areas = boxes[1:, cv2.CC_STAT_AREA]
    return int((areas <= _SPECK).sum()) > max(_FEWEST_SPECKS, len(areas) / 2)


def _without_specks(image: Image) -> Image:
    """The page without dots smaller than a full stop."""
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(ink_of(image), connectivity=8)
    small = boxes[:, cv2.CC_STAT_AREA] <= _DOT
    small[0] = False
    specks = cv2.dilate(np.where(small[labels], np.uint8(255), np.uint8(0)), np.ones((3, 3)))
    bare = image.copy()
    bare[(specks > 0) & ~((labels > 0) & ~small[labels])] = 255
    return bare


def skew_of(image: Image) -> float:
    """Degrees that the page is turned by: the angle at which its rows of ink are sharpest.

    The peak of a ruled page is narrower than a tenth of a degree: the first look is small and
    coarse enough that its steps cannot miss it, the next ones go nearer.
    """
    best = 0.0
    for share, step, reach in ((0.0625, 0.25, _MOST_SKEW), (0.125, 0.1, 0.5), (0.25, 0.05, 0.2)):
        small = cv2.resize(image, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
        ink = 255 - small.astype(np.float32)
        ink[ink < _PALE] = 0
        if not ink.any():
            return 0.0
        angles = np.arange(best - reach, best + reach + step / 2, step)
        best = max(angles, key=lambda angle: _sharpness(ink, float(angle)))
    return float(best)


def _sharpness(ink: Image, angle: float) -> float:
    height, width = ink.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    rows = cv2.warpAffine(ink, turn, (width, height), flags=cv2.INTER_LINEAR).sum(axis=1)
    return float(((rows[1:] - rows[:-1]) ** 2).sum())


def ink_of(image: Image) -> Image:
    """Ink as 255, paper as 0."""
    _, ink = cv2.threshold(image, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    return ink


def rules_of(ink: Image, traces: Image | None = None) -> Image:
    """The long level and upright lines, breaks closed where ``traces`` show that they ran on.

    ``traces`` is the ink before the page was cleaned, which takes thin rules for grain.
    """
    height, width = ink.shape
    traces = ink if traces is None else traces
    level = _lines(ink, (max(60, width // 30), 1), (25, 3))
    upright = _lines(ink, (1, max(60, height // 40)), (3, 25))
    level = _mended(level, level, traces, (_BREAK, 3), _TRACE)
    upright = _mended(upright, upright, traces, (3, _BREAK), _TRACE)
    if traces is not ink:
        across = cv2.bitwise_or(level, upright)
        level = _mended(level, across, traces, (_LONG_BREAK, 3), _LONG_TRACE)
        upright = _mended(upright, across, traces, (3, _LONG_BREAK), _LONG_TRACE)
    short = _held(_lines(ink, (1, _SHORT_RULE), (1, 1)), level)
    made = cv2.bitwise_or(cv2.bitwise_or(level, upright), short)
    return cv2.dilate(made, np.ones((3, 3), np.uint8))


def without_rules(image: Image, rules: Image) -> Image:
    """The page without its rules, and without the slivers that blur and skew leave beside them.

    A sliver lies beside a rule with all its pixels and is thin, or too pale for ink.
    """
    bare = image.copy()
    bare[rules > 0] = 255
    halo = cv2.dilate(rules, np.ones((_HALO, _HALO), np.uint8)) > 0
    faint = (bare < _FAINT).astype(np.uint8)
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(faint, connectivity=8)
    inside = labels[halo]
    beside = np.bincount(inside, minlength=count) == boxes[:, cv2.CC_STAT_AREA]
    inked = np.bincount(inside[bare[halo] < _PALEST_INK], minlength=count) > 0
    sides = boxes[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].min(axis=1)
    slivers = beside & ((sides <= _SLIVER) | ~inked)
    slivers[0] = False
    bare[slivers[labels] | (halo & (faint == 0))] = 255
    return bare


def _lines(ink: Image, size: tuple[int, int], gap: tuple[int, int]) -> Image:
    opened = cv2.morphologyEx(ink, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, size))
    return cv2.morphologyEx(opened, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, gap))


def _mended(lines: Image, ends: Image, traces: Image, size: tuple[int, int], share: float) -> Image:
    """The lines with breaks closed where they run on at both sides, or end at one of ``ends``.

    ``size`` (along, across) is that of the longest break; ink must stand in a share of it.
    """
    along, across = size
    closed = cv2.morphologyEx(ends, cv2.MORPH_CLOSE, np.ones((across, along), np.uint8))
    if lines is not ends:
        reach = (across, 2 * along + 1) if along > across else (2 * across + 1, along)
        closed = cv2.bitwise_and(closed, cv2.dilate(lines, np.ones(reach, np.uint8)))
    breaks = cv2.bitwise_and(closed, cv2.bitwise_not(ends))
    if not breaks.any():
        return lines
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(breaks, connectivity=8)
    near = (7, 1) if along > across else (1, 7)
    traced = cv2.dilate(traces, np.ones(near, np.uint8)) > 0
    inked = np.bincount(labels[traced], minlength=count) / boxes[:, cv2.CC_STAT_AREA]
    kept = inked >= share
    kept[0] = False
    return np.where(kept[labels], np.uint8(255), lines)


def _held(upright: Image, level: Image) -> Image:
    """Upright lines that run from one level line to another: no letter's stem."""
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(upright, connectivity=8)
    near = cv2.dilate(level, np.ones((_REACH, _REACH), np.uint8)) > 0
    kept = np.zeros(count, bool)
    for index in range(1, count):
        left, top, width, height = boxes[index][:4]
        above, below = near[top], near[top + height - 1]
        kept[index] = above[left : left + width].any() and below[left : left + width].any()
    return np.where(kept[labels], np.uint8(255), np.uint8(0))


def tables_of(rules: Image) -> list[list[Pixels]]:
    """The cells of each table on the page, tables from top to bottom."""
    contours, tree = cv2.findContours(rules, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    if tree is None:
        return []
    cells: dict[int, list[Pixels]] = {}
    for contour, (_, _, _, parent) in zip(contours, tree[0], strict=True):
        if parent < 0:
            continue
        left, top, width, height = cv2.boundingRect(contour)
        # A cell fills its box; the white around a frame or between letters does not.
        full = cv2.contourArea(contour) > 0.7 * width * height
        if width >= _SMALLEST and height >= _SMALLEST and full:
            cells.setdefault(int(parent), []).append((left, top, left + width, top + height))
    found = [one for one in cells.values() if len(one) >= _FEWEST_CELLS]
    return sorted(found, key=lambda one: min(cell[1] for cell in one))
