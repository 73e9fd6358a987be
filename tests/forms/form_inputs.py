"""The plans that are written in other forms: our samples, and the real seeds where they lie."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest
from plain_plan import SAMPLES, Tables, form_tables

from pipeline import extract_file

ROOT = Path(__file__).resolve().parents[2]
SEEDS = sorted(Path(os.environ.get("PLAN_SEEDS", ROOT.parent / "shared" / "seeds")).glob("*.txt"))
PLANS = [*SAMPLES, *SEEDS]
# What only a text whose tables a page cut has to tell.
OF_PAGES = frozenset({"row.joined", "column.shifted", "cell.carried"})

by_plan = pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem[:14])
by_plan_slowly = pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, id=path.stem[:14], marks=[pytest.mark.slow] if number else [])
        for number, path in enumerate(PLANS)
    ],
)
"""One plan every day, the others with the slow tests: for forms that take long to make."""


@cache
def text_tables(path: Path, without_codes: frozenset[str] = OF_PAGES) -> Tables:
    """The tables of the plan's text form."""
    return form_tables(extract_file(path), without_codes=without_codes)
