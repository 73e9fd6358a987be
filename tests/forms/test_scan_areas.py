"""Blocks that stand beside each other on a scanned page are parted, nothing else is."""

from __future__ import annotations

import numpy as np
import pytest

from extract.readers.scan_areas import areas_of

Line = tuple[int, int, int]
"""Left, top and right of a line of text, 40 pixels high."""
WHOLE = (0, 0, 2480, 1600)
PROSE: list[Line] = [(250, 100, 2300), (250, 170, 2300), (250, 240, 900), (250, 310, 2300)]
RECIPIENTS: list[Line] = [(250, 505 + 53 * index, 800) for index in range(4)]
SIGNATURE: list[Line] = [(1500, 500 + 66 * index, 2200) for index in range(3)]
NAME: list[Line] = [(1600, 1000, 2100)]


def page(lines: list[Line]) -> np.ndarray:
    """Words of 120 pixels, blanks of 20 between them."""
    made = np.full((1600, 2480), 255, np.uint8)
    for left, top, right in lines:
        for at in range(left, right, 140):
            made[top : top + 40, at : min(at + 120, right)] = 0
    return made


def parted(lines: list[Line]) -> list[tuple[int, int, int, int]]:
    areas = areas_of(page(lines))
    assert sum((right - left) * (bottom - top) for left, top, right, bottom in areas) == 1600 * 2480
    for left, top, right, bottom in lines_boxes(lines):
        assert any(a <= left and b <= top and right <= c and bottom <= d for a, b, c, d in areas)
    return areas


def lines_boxes(lines: list[Line]) -> list[tuple[int, int, int, int]]:
    return [(left, top, right, top + 40) for left, top, right in lines]


def test_recipients_and_signature_are_parted() -> None:
    areas = parted(PROSE + RECIPIENTS + SIGNATURE + NAME)
    beside = [area for area in areas if area[2] - area[0] < 2480]
    (left, right) = sorted(beside)
    assert left[2] == right[0]
    assert 800 < left[2] < 1500
    assert left[1] == right[1]
    assert 350 < left[1] <= 500
    assert left[3] == right[3] >= 1040


@pytest.mark.parametrize(
    "lines",
    [
        PROSE,
        [*PROSE, (1100, 500, 1400), (250, 600, 700)],  # a heading in the middle, a short line
        [*PROSE, (250, 500, 800), (1500, 500, 2200)],  # one line beside one
        [],
    ],
    ids=["prose", "short lines", "one line each", "empty"],
)
def test_other_pages_stay_whole(lines: list[Line]) -> None:
    assert parted(lines) == [WHOLE]


def test_lines_across_part_two_pairs_of_blocks() -> None:
    head: list[Line] = [(250, 20, 900), (300, 92, 850), (1200, 20, 2300), (1300, 92, 2200)]
    prose = [(left, top + 150, right) for left, top, right in PROSE]
    foot = [(left, top + 150, right) for left, top, right in RECIPIENTS + SIGNATURE]
    areas = parted(head + prose + foot)
    assert sum(area[2] - area[0] < 2480 for area in areas) == 4
