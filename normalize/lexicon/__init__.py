"""Vocabulary as data: one CSV file a subject, one row an entry.

A new spelling is a new row (or a new alias in a row), never a new branch in the code.
Cells that hold several values separate them with ``|``.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


@cache
def entries(name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``lexicon/<name>.csv`` as header → cell, in file order.

    Raises FileNotFoundError for an unknown lexicon and ValueError, with file and line,
    for a row whose cell count differs from the header's.
    """
    path = _HERE / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.reader(stream)
        header = next(reader)
        rows = []
        for cells in reader:
            if not cells:
                continue
            if len(cells) != len(header):
                raise ValueError(
                    f"{path.name}:{reader.line_num}: {len(cells)} cells under {len(header)} columns"
                )
            rows.append(dict(zip(header, cells, strict=True)))
    return tuple(rows)


def several(cell: str) -> tuple[str, ...]:
    """The values of a ``|``-separated lexicon cell, blanks left out."""
    return tuple(part for part in (piece.strip() for piece in cell.split("|")) if part)
