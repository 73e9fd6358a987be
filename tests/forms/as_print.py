"""A plan written as a page to be printed, and the two browsers that print it to PDF."""

from __future__ import annotations

import html
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from plain_plan import PlainTable

CHROMIUM = shutil.which("chromium")
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")

RULES = {
    "all": "td, th { border: 0.5pt solid black }",
    "level": "td, th { border-top: 0.5pt solid black; border-bottom: 0.5pt solid black }",
    "outer": "table { border: 0.5pt solid black }",
    "head": "tr.head td { border: 0.5pt solid black }",
    "shaded": "tr:nth-child(even) td { background: #e0e8f0 }",
    "none": "",
}
"""Which rules a table is drawn with."""


def write_html(
    blocks: list[str | PlainTable],
    path: Path,
    *,
    rules: str = "all",
    page: str = "A4 landscape",
    size: float = 11,
    align: str = "left",
    extra: str = "",
) -> Path:
    """One paragraph a line; merged places as rowspan and colspan; ``extra`` more style rules."""
    body = []
    for block in blocks:
        if isinstance(block, str):
            body.append(f"<p>{html.escape(block) or '&nbsp;'}</p>")
        else:
            body.append(_table(block))
    path.write_text(
        '<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><style>'
        f"@page {{ size: {page}; margin: 15mm }}"
        f"body {{ font-family: 'DejaVu Serif', serif; font-size: {size}pt; margin: 0 }}"
        "p { margin: 0 0 3pt 0 }"
        "table { border-collapse: collapse; width: 100%; margin: 4pt 0 }"
        f"td {{ padding: 2pt 4pt; vertical-align: top; text-align: {align} }}"
        f"td p {{ margin: 0 }} {RULES[rules]} {extra}"
        f"</style></head><body>{''.join(body)}</body></html>",
        encoding="utf-8",
    )
    return path


def _table(block: PlainTable) -> str:
    rows = []
    for index, (cells, covered) in enumerate(zip(block.rows, block.covered, strict=True)):
        made = ""
        for column, (paragraphs, cover) in enumerate(zip(cells, covered, strict=True)):
            if cover:
                continue
            across = _run(covered[column + 1 :], "right")
            down = _run([row[column] for row in block.covered[index + 1 :]], "down")
            spans = (f' colspan="{across + 1}"' if across else "") + (
                f' rowspan="{down + 1}"' if down else ""
            )
            words = "".join(f"<p>{html.escape(text)}</p>" for text in paragraphs)
            made += f"<td{spans}>{words}</td>"
        rows.append(f'<tr class="{"head" if index < 2 else "body"}">{made}</tr>')
    return f"<table>{''.join(rows)}</table>"


def _run(covers: list[str], kind: str) -> int:
    return next((n for n, cover in enumerate(covers) if cover != kind), len(covers))


def chromium_pdf(source: Path, path: Path) -> Path:
    """The page as Chromium prints it, rows cut where a page ends."""
    assert CHROMIUM is not None
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                CHROMIUM,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-pdf-header-footer",
                f"--user-data-dir={profile}",
                f"--print-to-pdf={path}",
                source.as_uri(),
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=120,
        )
    return path


def weasyprint_pdf(source: Path, path: Path) -> Path:
    """The page as WeasyPrint prints it."""
    import weasyprint  # type: ignore[import-untyped]

    weasyprint.HTML(filename=str(source)).write_pdf(str(path))
    return path
