"""Run by the peers' own Python: ``peers.py TOOL ROUNDS FILE`` prints seconds and cells as JSON.

The peers are in a virtual environment of their own (``bench/peers.lock``), since their versions of
shared packages are not ours. One run that is not counted, then the median; importing is not timed.
"""

from __future__ import annotations

import json
import statistics
import sys
from collections.abc import Callable
from time import perf_counter
from typing import Any

Cells = list[str]


def camelot_lattice(path: str) -> Cells:
    """camelot's reader of ruled tables."""
    import camelot

    tables = camelot.read_pdf(path, pages="all", flavor="lattice", suppress_stdout=True)
    return [str(value) for table in tables for row in table.df.values for value in row]


def img2table_tesseract(path: str) -> Cells:
    """img2table's ruled tables, read by Tesseract with the Vietnamese data; PDF pages as images."""
    from img2table.document import PDF
    from img2table.ocr import TesseractOCR

    document = PDF(path, pdf_text_extraction=False)
    found: Any = document.extract_tables(ocr=TesseractOCR(lang="vie"))
    return [
        str(cell.value or "")
        for tables in found.values()
        for table in tables
        for row in table.content.values()
        for cell in row
    ]


def markitdown_docx(path: str) -> Cells:
    """markitdown's Markdown: the cells between its pipes."""
    from markitdown import MarkItDown

    text = MarkItDown().convert(path).text_content
    rows = [line for line in text.splitlines() if line.startswith("|")]
    return [cell for row in rows for cell in row.strip("|").split("|")]


TOOLS: dict[str, Callable[[str], Cells]] = {
    "camelot lattice": camelot_lattice,
    "img2table + Tesseract": img2table_tesseract,
    "markitdown": markitdown_docx,
}


def main() -> None:
    """Run the tool so many times, print what it took and what it read."""
    tool, rounds, path = TOOLS[sys.argv[1]], int(sys.argv[2]), sys.argv[3]
    cells, seconds = tool(path), []
    for _ in range(rounds):
        start = perf_counter()
        cells = tool(path)
        seconds.append(perf_counter() - start)
    json.dump({"seconds": statistics.median(seconds), "cells": cells}, sys.stdout)


if __name__ == "__main__":
    main()
