"""``python -m bench forms FILE…``: each file's reading beside what a user would call instead.

PDF: pdfplumber's own ``extract_tables``; .docx: markitdown; images: img2table with Tesseract. A
peer that is not installed is said to be so. One run, both in turn; pages where the form has them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec

from bench.measure import alternate

PDF_LIMIT = 1.3
"""Times pdfplumber's own extraction that reading a PDF may take."""
_ROUNDS = 5


class FormRow(msgspec.Struct, frozen=True):
    """One file: seconds of ours and of the peer (None without one), pages (0 without)."""

    name: str
    form: str
    seconds: float
    pages: int
    peer: str
    peer_seconds: float | None

    @property
    def holds(self) -> bool:
        """Whether the limit of this form, if it has one, is kept."""
        limited = self.form == "pdf" and self.peer_seconds is not None
        return not limited or self.seconds <= PDF_LIMIT * (self.peer_seconds or 0)


def measure(files: Sequence[Path], extract: Callable[[Path], Any]) -> list[FormRow]:
    """Each file read by us and by the peer of its form, in turn."""
    rows = []
    for path in files:
        plan = extract(path)
        form = plan.documents[0].format if plan.documents else "?"
        places = [row.at for rows_ in (plan.sections, plan.tasks) for row in rows_]
        pages = max((at.page or 0 for at in places), default=0)
        peer, run = _peer(form, path)
        ours, theirs = alternate(partial(extract, path), run, _ROUNDS)
        rows.append(FormRow(path.name, form, ours, pages, peer, theirs if peer else None))
    return rows


def _peer(form: str, path: Path) -> tuple[str, Callable[[], Any]]:
    """Name and call of what a user would take instead; "" and nothing where none is installed."""
    if form == "pdf":
        return "pdfplumber extract_tables", lambda: _plumber(path)
    if form == "docx" and find_spec("markitdown"):
        from markitdown import MarkItDown

        converter = MarkItDown()
        return "markitdown", lambda: converter.convert(str(path))
    if form == "scan" and find_spec("img2table") and path.suffix != ".pdf":
        return "img2table + Tesseract", lambda: _img2table(path)
    return "", lambda: None


def _plumber(path: Path) -> None:
    import pdfplumber

    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_tables()


def _img2table(path: Path) -> None:
    from img2table.document import Image
    from img2table.ocr import TesseractOCR

    Image(str(path)).extract_tables(ocr=TesseractOCR(lang="vie"))


def line(row: FormRow) -> str:
    """The measurement as one line."""
    speed = f"{row.pages / row.seconds:7.1f} pages/s" if row.pages else " " * 15
    if row.peer_seconds is None:
        beside = "no peer of this form installed"
    else:
        ratio = row.seconds / row.peer_seconds
        limit = (
            f"  limit {PDF_LIMIT} {'holds' if row.holds else 'OVER'}" if row.form == "pdf" else ""
        )
        beside = f"{row.peer_seconds * 1000:9.1f} ms {row.peer} = {ratio:5.2f} ×{limit}"
    return f"{row.seconds * 1000:9.1f} ms {speed}  {row.form:5} {row.name}  beside {beside}"
