"""``python -m bench forms [FILE…]``: each form read beside what a user would call instead.

PDF beside pdfplumber's own ``extract_tables`` and camelot; a scan beside img2table with Tesseract;
.docx beside markitdown. Without files a sample plan is written in every form. Told are pages per
second, how many printed cells come out exactly as the text form has them (blanks aside), and how
many fields of all tables are those of the text form (:mod:`bench.cells`), where a form has no
printed cells too.

The peers run in a virtual environment of their own, ``.venv-peers`` or ``PEERS_PYTHON``.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

import msgspec

from bench.cells import Cells, cells_read_exactly, total
from bench.measure import alternate
from extract.readers import read
from extract.source import Source
from normalize.records import Plan
from normalize.text import nfc

PDF_LIMIT = 1.3
"""Times pdfplumber's own extraction that reading a PDF may take."""
INSTALL = (
    "python3 -m venv .venv-peers && "
    ".venv-peers/bin/pip install --require-hashes -r bench/peers.lock"
)
INSTALL_TESSERACT = "sudo apt install tesseract-ocr tesseract-ocr-vie"
_ROOT = Path(__file__).parents[1]
_SAMPLE = "mau-lam-dong-2026.txt"
_ROUNDS = {"scan": 1}
_MOST_ROUNDS = 3
_SCAN_DPI = 300
_PLUMBER = "pdfplumber extract_tables"
_PEERS = {
    "pdf": (_PLUMBER, "camelot lattice"),
    "scan": ("img2table + Tesseract",),
    "docx": ("markitdown",),
}


class FormRow(msgspec.Struct, frozen=True):
    """One file beside one peer: seconds of both, pages (0 without), cells read exactly.

    ``peer`` is "" where the form has none; ``problem`` tells why a peer did not run. Cells and
    ``fields`` are None where no truth is known.
    """

    name: str
    form: str
    pages: int
    seconds: float
    exact: int | None
    cells: int | None
    peer: str = ""
    peer_seconds: float | None = None
    peer_exact: int | None = None
    problem: str = ""
    fields: Cells | None = None

    @property
    def holds(self) -> bool:
        """Whether the limit of this form, if it has one, is kept."""
        limited = self.peer == _PLUMBER and self.peer_seconds is not None
        return not limited or self.seconds <= PDF_LIMIT * (self.peer_seconds or 0)


def measure(files: Sequence[Path], extract: Callable[[Path], Plan]) -> Iterator[FormRow]:
    """Each file (or the sample plan in every form) read by us and by the peers of its form."""
    if files:
        for path in files:
            yield from _rows(path, extract, None, None)
        return
    with tempfile.TemporaryDirectory() as folder:
        sample = _ROOT / "data" / "raw" / _SAMPLE
        made, truth = written(sample, Path(folder))
        plan = extract(sample)
        for path in made:
            yield from _rows(path, extract, truth, plan)


def _rows(
    path: Path,
    extract: Callable[[Path], Plan],
    truth: Counter[str] | None,
    plan: Plan | None,
) -> Iterator[FormRow]:
    found = extract(path)
    fields = None if plan is None else total(cells_read_exactly(plan, found))
    source = read(path)
    form, pages = source.format, max((one.page for one in source.stretches), default=0)
    cells = None if truth is None else truth.total()
    exact = _exact(truth, own_cells(source)) if source.grids else None
    rounds = _ROUNDS.get(form, _MOST_ROUNDS)
    seconds = _seconds(lambda: extract(path), rounds)
    plain = FormRow(path.name, form, pages, seconds, exact, cells, fields=fields)
    peers = _PEERS.get(form, ())
    if not peers:
        yield plain
    for peer in peers:
        if peer == _PLUMBER:
            ours, theirs = alternate(lambda: extract(path), lambda: _plumber(path), rounds)
            yield msgspec.structs.replace(
                plain,
                seconds=ours,
                peer=peer,
                peer_seconds=theirs,
                peer_exact=_exact(truth, _plumber(path)),
            )
        else:
            yield _beside(plain, peer, path, rounds, truth)


def _beside(
    row: FormRow, peer: str, path: Path, rounds: int, truth: Counter[str] | None
) -> FormRow:
    """The row beside a peer that has its own Python."""
    python = os.environ.get("PEERS_PYTHON") or str(_ROOT / ".venv-peers" / "bin" / "python")
    if not Path(python).is_file():
        return msgspec.structs.replace(row, peer=peer, problem=f"not installed: {INSTALL}")
    script = str(Path(__file__).with_name("peers.py"))
    done = subprocess.run(
        [python, script, peer, str(rounds), str(path)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        last = done.stderr.strip().rpartition("\n")[2]
        missing = f"; {INSTALL_TESSERACT}" if "Tesseract" in done.stderr else ""
        return msgspec.structs.replace(row, peer=peer, problem=last + missing)
    told = json.loads(done.stdout[done.stdout.index("{") :])
    return msgspec.structs.replace(
        row, peer=peer, peer_seconds=told["seconds"], peer_exact=_exact(truth, told["cells"])
    )


def _seconds(run: Callable[[], Any], rounds: int) -> float:
    taken = []
    for _ in range(rounds):
        start = perf_counter()
        run()
        taken.append(perf_counter() - start)
    return statistics.median(taken)


def own_cells(source: Source) -> Iterator[str]:
    """The words of every cell that is not covered by another."""
    for grid in source.grids:
        for row in grid.rows:
            for cell in row.cells:
                if not cell.covered:
                    yield "\n".join(source.view[start:end] for start, end in cell.ranges)


def _exact(truth: Counter[str] | None, cells: Iterable[Any]) -> int | None:
    """How many cells of the truth stand among those read, blanks aside."""
    if truth is None:
        return None
    return (truth & Counter(_bare(str(cell or "")) for cell in cells)).total()


def _bare(text: str) -> str:
    return nfc("".join(text.replace("<br>", "").split()))


def _plumber(path: Path) -> list[str | None]:
    import pdfplumber

    with pdfplumber.open(path) as document:
        return [
            cell
            for page in document.pages
            for table in page.extract_tables()
            for row in table
            for cell in row
        ]


def written(sample: Path, folder: Path) -> tuple[list[Path], Counter[str]]:
    """The sample plan in every form in the folder, and its cells' true words."""
    sys.path.insert(0, str(_ROOT / "tests" / "forms"))  # the tests' own writers of forms
    from as_copied import Copying, copied
    from as_docx import write_docx
    from as_html import page, portal
    from as_sheet import write_xlsx
    from office import PROGRAM, convert
    from plain_plan import PlainTable, authored_blocks

    blocks = authored_blocks(sample)
    truth = Counter(
        _bare("".join(cell))
        for block in blocks
        if isinstance(block, PlainTable)
        for cells, covered in zip(block.rows, block.covered, strict=True)
        for cell, cover in zip(cells, covered, strict=False)
        if cell and not cover
    )

    def text(ending: str, content: str) -> Path:
        path = folder / f"{sample.stem}{ending}"
        path.write_text(content, encoding="utf-8")
        return path

    word = write_docx(blocks, folder / f"{sample.stem}.docx")
    misread = sample.read_bytes().decode("latin-1")
    made = [
        sample,
        text(".html", page(blocks)),
        text("-portal.html", portal(blocks)),
        text("-copied.txt", copied(blocks, Copying(parted=True))),
        text("-latin-1.txt", misread),
        word,
        write_xlsx(blocks, folder / f"{sample.stem}.xlsx"),
    ]
    if PROGRAM is not None:
        printed = convert(word, "pdf", folder)
        made += [convert(word, "doc", folder), printed]
        if (laid_out := _laid_out(printed)) is not None:
            made.append(laid_out)
        made.append(_scanned(printed, folder / f"{sample.stem}-scan.pdf"))
    return made, truth


def _laid_out(path: Path) -> Path | None:
    """What ``pdftotext -layout`` makes of a PDF; None where it is not installed."""
    program = shutil.which("pdftotext")
    if program is None:
        return None
    target = path.with_name(f"{path.stem}-layout.txt")
    subprocess.run([program, "-layout", "-enc", "UTF-8", str(path), str(target)], check=True)
    return target


def _scanned(path: Path, target: Path) -> Path:
    """The pages of a PDF as images of 300 dpi, a PDF again."""
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(path)
    pages = [p.render(scale=_SCAN_DPI / 72, grayscale=True).to_pil() for p in document]
    document.close()
    pages[0].save(target, save_all=True, append_images=pages[1:], resolution=_SCAN_DPI)
    return target


def line(row: FormRow) -> str:
    """The measurement as one line."""
    speed = f"{row.pages / row.seconds:6.2f} pages/s" if row.pages else " " * 14
    cells = f"{row.exact}/{row.cells} cells" if row.exact is not None else ""
    fields = f"{row.fields.exact}/{row.fields.all} fields" if row.fields is not None else ""
    own = f"{row.form:5} {row.seconds * 1000:9.1f} ms {speed} {cells:12} {fields:18}"
    if not row.peer:
        return f"{own} {row.name}"
    if row.peer_seconds is None:
        return f"{own} {row.name}  beside {row.peer}: {row.problem}"
    ratio = row.seconds / row.peer_seconds
    limit = (
        f"  limit {PDF_LIMIT} {'holds' if row.holds else 'OVER'}" if row.peer == _PLUMBER else ""
    )
    theirs = f", {row.peer_exact}/{row.cells} cells" if row.peer_exact is not None else ""
    return (
        f"{own} {row.name}  = {ratio:5.2f} × {row.peer}"
        f" ({row.peer_seconds * 1000:.1f} ms{theirs}){limit}"
    )
