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
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
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
from publish.write import OutputError

NAME = "review.html"
FOLDER = "review"
MOST_BYTES = 8_000_000
"""Of sources in one page: about 400 plans of text, or 100 printed pages."""
MOST_DOCUMENTS = 1_000
"""A run of more documents writes no page unless asked: it would be tens of megabytes."""

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
    """Write the page for the tables in ``folder``, whole or not at all.

    A source that cannot be read again is told in the page and costs nothing but itself. The same
    tables and sources give the same bytes. Raises OutputError where the tables are missing or the
    folder cannot be written; what was there before is then still there.
    """
    tables = Tables(folder)
    with _said_plainly(folder), _staging(folder) as staging:
        writer = _Writer(staging, most_bytes)
        for file in tables.files():
            writer.add(file, text_of, path_of)
        charts = bundle()
        writer.finish(tables, charts)
        _move(staging, folder, bool(writer.pages))
    return Written(folder / NAME, writer.pages, charts is not None)


class _Writer:
    """Gathers files into one page, until they are too large for one; then a page a file."""

    def __init__(self, staging: Path, most_bytes: int) -> None:
        self.staging = staging
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
        _write(self.staging / NAME, _page(index, blocks, charts))

    def _write_page(self, name: str, file: FileRows, data: bytes) -> None:
        own = Index()
        own.add(file, name)
        place = self.staging / FOLDER
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
    wanted = {
        row.page
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


def _part(name: str) -> bytes:
    return (Path(__file__).parent / "page" / name).read_bytes()


@cache
def _hash(script: bytes) -> str:
    """The script as a source of a content security policy (CSP level 3, "hash-source")."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'"


# ---- whole or not at all -------------------------------------------------------------------


def _write(path: Path, pieces: Iterable[bytes]) -> None:
    with path.open("wb") as file:
        file.writelines(pieces)


@contextmanager
def _said_plainly(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(
            f"không ghi được trang rà soát vào {folder} ({error.strerror or error}); các bảng vẫn "
            "còn nguyên. Kiểm tra chỗ trống và quyền ghi, hoặc chạy với --no-review"
        ) from error


@contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    staging = folder / f".review-{os.getpid()}"
    shutil.rmtree(staging, ignore_errors=True)  # a killed run of the same number left it
    staging.mkdir()
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _move(staging: Path, folder: Path, split: bool) -> None:
    """Put the new pages in place of the old ones; files that are not ours stay."""
    place = folder / FOLDER
    for page in sorted(place.glob("*.html")) if place.is_dir() else []:
        if not (staging / FOLDER / page.name).exists() and _is_ours(page):
            page.unlink()
    if split:
        place.mkdir(exist_ok=True)
        for page in sorted((staging / FOLDER).iterdir()):
            page.replace(place / page.name)
    elif place.is_dir():
        with suppress(OSError):  # not empty: something of the user's
            place.rmdir()
    (staging / NAME).replace(folder / NAME)


def _is_ours(page: Path) -> bool:
    with page.open("rb") as file:
        return _OURS in file.read(400)
