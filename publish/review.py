"""``review.html``: a page to look at a run, beside its tables; one file that asks for nothing.

The page holds the rows of the tables and the source texts; styles and script are those of
``publish/page/``. A plan's text is data: it stands as JSON in elements that no browser runs, it
becomes text nodes only, and the page's policy lets no script run but our own two, by their hashes.

Beyond :data:`MOST_BYTES` of sources the page splits: ``review.html`` keeps overview and tables, and
``review/`` holds a page a source file.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

import msgspec

from normalize.text import slug
from publish.review_charts import bundle
from publish.review_data import Index, block
from publish.review_pages import page_images
from publish.review_rows import FileRows, Tables
from publish.review_words import UI
from publish.version import VERSION

NAME = "review.html"
FOLDER = "review"
MOST_BYTES = 8_000_000
"""Of sources in one page: about 400 plans of text, or 100 printed pages."""
TextOf = Callable[[str], str]
"""``source_file`` → the decoded text that its rows' offsets count in; may raise any error."""
PathOf = Callable[[str], Path]
"""``source_file`` → the file itself, for the pages of paged inputs."""

_PARTS = (
    *("dom", "places", "data", "state", "filters", "table", "source", "pages", "pane", "detail"),
    *("overview", "charts", "start"),
)
_OURS = b'<meta name="generator" content="kehoach review">'
_LONGEST_NAME = 100


class Written(msgspec.Struct, frozen=True):
    """The page's path, how many pages lie beside it, and whether it has its charts."""

    path: Path
    pages: int
    has_charts: bool


def write_review(
    folder: Path, text_of: TextOf, path_of: PathOf, most_bytes: int = MOST_BYTES
) -> Written:
    """Write the page for the tables in ``folder`` beside them.

    A source that cannot be read again is told in the page and costs nothing but itself. The same
    tables and sources give the same bytes. Raises OutputError where the tables are missing, OSError
    where the disk is full: the caller keeps the folder apart until all of it is whole.
    """
    tables = Tables(folder)
    writer = _Writer(folder, most_bytes)
    for file in tables.files():
        writer.add(file, text_of, path_of)
    charts = bundle()
    writer.finish(tables, charts)
    return Written(folder / NAME, writer.pages, charts is not None)


def remove_old(folder: Path, kept: Collection[str]) -> None:
    """Remove the pages that an earlier run left and that tell of other tables now.

    ``kept`` are the files of the last run by their path in the folder. Files that are not ours
    stay, and so does one that may not be removed.
    """
    place = folder / FOLDER
    for page in [folder / NAME, *(sorted(place.glob("*.html")) if place.is_dir() else [])]:
        with suppress(OSError):
            if page.relative_to(folder).as_posix() not in kept and _is_ours(page):
                page.unlink()
    with suppress(OSError):  # there is none, or it holds something else
        place.rmdir()


class _Writer:
    """Gathers files into one page, until they are too large for one; then a page a file."""

    def __init__(self, folder: Path, most_bytes: int) -> None:
        self.folder = folder
        self.most_bytes = most_bytes
        self.index = Index()
        self.names: set[str] = set()
        self.waiting: list[tuple[str, FileRows, bytes]] = []
        self.size = 0
        self.pages = 0

    def add(self, file: FileRows, text_of: TextOf, path_of: PathOf) -> None:
        name = self._name(file)
        self.index.add(file, name)
        if not file.rows("documents"):
            return
        self.waiting.append((name, file, _source(file, text_of, path_of)))
        self.size += len(self.waiting[-1][2])
        if self.size > self.most_bytes:
            for one in self.waiting:
                self._write_page(*one)
            self.waiting.clear()

    def finish(self, tables: Tables, charts: bytes | None) -> None:
        """Write ``review.html`` itself."""
        if self.pages:
            for one in self.waiting:
                self._write_page(*one)
            self.waiting.clear()
        about = {"version": VERSION, "folder": FOLDER}
        index = self.index.encode(tables.agencies(), **about)
        blocks = [(name, data) for name, _, data in self.waiting]
        _write(self.folder / NAME, _page(index, blocks, charts))

    def _write_page(self, name: str, file: FileRows, data: bytes) -> None:
        own = Index()
        own.add(file, name)
        place = self.folder / FOLDER
        place.mkdir(exist_ok=True)
        about = {"version": VERSION, "folder": ".", "home": f"../{NAME}"}
        _write(place / f"{name}.html", _page(own.encode((), **about), [(name, data)], None))
        self.pages += 1

    def _name(self, file: FileRows) -> str:
        """A name for the file's page: its first document's id, short and of plain letters."""
        rows = file.rows("documents")
        whole = slug(rows[0].document_id if rows else file.source_file)
        name = whole[:_LONGEST_NAME].strip("-") or "file"
        if name in self.names or name != whole:
            name += (
                "-" + hashlib.sha256(file.source_file.encode("utf-8", "replace")).hexdigest()[:8]
            )
        self.names.add(name)
        return name


def _source(file: FileRows, text_of: TextOf, path_of: PathOf) -> bytes:
    """The file's block of the page."""
    text, trouble = None, None
    try:
        text = text_of(file.source_file)
    except Exception as error:  # whatever a reader says: the tables are there, the page goes on
        trouble = str(error)
    turned = {
        int(row.value): float(row.raw) for row in file.rows("findings") if row.code == "page.turned"
    }
    wanted = {
        row.page: turned.get(row.page, 0.0)
        for rows in file.tables.values()
        for row in rows
        if getattr(row, "page", None) is not None
    }
    try:
        pages = page_images(path_of(file.source_file), wanted) if wanted else []
    except (KeyError, OSError):
        pages = []
    return block(file, text, trouble, pages)


def _page(
    index: bytes, blocks: Iterable[tuple[str, bytes]], charts: bytes | None
) -> Iterator[bytes]:
    """The page's bytes piece by piece; plan texts are put in, never searched for places to fill."""
    script = _script()
    scripts = [script] if charts is None else [script, charts]
    fill = {
        "hashes": " ".join(map(_hash, scripts)).encode(),
        "title": UI["title"][0].encode(),
        "noscript": "Trang này cần JavaScript. / This page needs JavaScript.".encode(),
        "style": _part("page.css"),
        "index": index,
        "script": script,
        "bundle": b""
        if charts is None
        else b'<script type="text/plain" id="bundle">' + charts + b"</script>",
    }
    for number, part in enumerate(_template()):
        if number % 2 == 0:
            yield part.encode()
        elif part == "blocks":
            for name, data in blocks:
                yield f'<script type="application/json" id="block-{name}">'.encode()
                yield data
                yield b"</script>\n"
        else:
            yield fill[part]


@cache
def _template() -> list[str]:
    """The page's frame, cut at its places to fill: text, name, text, name, …, text."""
    return re.split(r"\{\{(\w+)\}\}", _part("page.html").decode())


@cache
def _script() -> bytes:
    """Our own script: the parts in order inside one function, with the charts' specs."""
    parts = b"\n".join(_part(f"{name}.js") for name in _PARTS)
    specs = _part("charts.json").strip()
    return b'(() => {\n"use strict";\nconst CHART_SPECS = ' + specs + b";\n" + parts + b"})();\n"


@cache
def _part(name: str) -> bytes:
    return (Path(__file__).parent / "page" / name).read_bytes()


@cache
def _hash(script: bytes) -> str:
    """The script as a source of a content security policy (CSP level 3, "hash-source")."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'"


def _write(path: Path, pieces: Iterable[bytes]) -> None:
    with path.open("wb") as file:
        file.writelines(pieces)


def _is_ours(page: Path) -> bool:
    with page.open("rb") as file:
        return _OURS in file.read(400)
