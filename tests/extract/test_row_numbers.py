"""The numbers of rows and clauses: what each counts as, and which follows which."""

from __future__ import annotations

import pytest

from extract.repair import is_next, value_of


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("7", 7),
        ("01", 1),
        ("NV01", 1),
        ("Điều 12", 12),
        ("1-2", 2),
        ("IV", 4),
        ("c", 3),
        ("đ", 5),
        ("", 0),
        ("²", 0),  # a digit to Unicode, no number of a row
        ("Phụ lục", 0),
    ],
)
def test_what_a_number_counts_as(part: str, value: int) -> None:
    assert value_of(part) == value


@pytest.mark.parametrize(
    ("number", "following", "follows"),
    [
        ("1.9", "1.10", True),
        ("I", "II", True),
        ("d", "đ", True),
        ("Điều 1", "Điều 2", True),
        ("1.9", "2.10", False),
        ("3", "5", False),
    ],
)
def test_which_number_follows(number: str, following: str, follows: bool) -> None:
    assert is_next(number, following) is follows
