"""One peer of ``python -m bench peers`` in a process of its own: ``peer_child.py NAME FOLDER``.

It runs in whatever environment has the peer, so it needs nothing but the standard library, and this
project only for ``ours`` and for the plain text that a word segmentation takes. JSON on standard
output: version, seconds for all files of the folder, counts of what came out.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

Read = Callable[[Path], dict[str, int]]


def _run(name: str, folder: Path) -> dict[str, Any]:
    from time import perf_counter

    version, read = {
        "ours": _ours,
        "markitdown": _markitdown,
        "read_html": _read_html,
        "underthesea": _underthesea,
    }[name]()
    paths = sorted(folder.iterdir())
    read(paths[0])
    out: dict[str, int] = {}
    start = perf_counter()
    for path in paths:
        for what, count in read(path).items():
            out[what] = out.get(what, 0) + count
    return {"version": version, "seconds": perf_counter() - start, "out": out}


def _ours() -> tuple[str, Read]:
    from bench.caches import forget_values
    from pipeline import extract_file
    from publish.version import VERSION

    def read(path: Path) -> dict[str, int]:
        plan = extract_file(path)
        return {
            "tasks": len(plan.tasks),
            "agency ids": sum(row.agency_id is not None for row in plan.assignments),
            "dates": sum(row.end_on is not None for row in plan.periods),
            "amounts in đồng": sum(row.budget_vnd is not None for row in plan.tasks),
        }

    forget_values()
    return VERSION, read


def _markitdown() -> tuple[str, Read]:
    from importlib.metadata import version

    from markitdown import MarkItDown

    converter = MarkItDown()

    def read(path: Path) -> dict[str, int]:
        text = converter.convert(str(path)).text_content
        rows = sum(row.startswith("|") for row in text.splitlines())
        return {"characters of Markdown": len(text), "lines of tables": rows}

    return version("markitdown"), read


def _read_html() -> tuple[str, Read]:
    import pandas

    def read(path: Path) -> dict[str, int]:
        frames = pandas.read_html(path, encoding="utf-8")
        return {"tables": len(frames), "rows": sum(len(frame) for frame in frames)}

    return pandas.__version__, read


def _underthesea() -> tuple[str, Read]:
    from importlib.metadata import version

    from underthesea import word_tokenize

    from extract.blocks import read_blocks
    from extract.cells import Line
    from extract.readers import read as read_source

    def read(path: Path) -> dict[str, int]:
        source = read_source(path)
        words = 0
        for block in read_blocks(source.view, source.grids):
            cells = (
                [block.words]
                if isinstance(block, Line)
                else [cell.words for row in block.rows for cell in row.cells if not cell.covered]
            )
            words += sum(len(word_tokenize(cell.flat)) for cell in cells if cell.text)
        return {"words": words}

    return version("underthesea"), read


if __name__ == "__main__":
    print(json.dumps(_run(sys.argv[1], Path(sys.argv[2]))))
