"""Debian's Chromium for the tests of the review page: opens a file, hears everything it says."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect, sync_playwright

_ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()

_PATIENCE = 120_000
"""Milliseconds until something that does not come is missing: a busy machine is no failure."""


class Shown:
    """A review page in a browser; ``heard`` gathers console lines, errors and requests."""

    def __init__(self, page: Page, file: Path) -> None:
        self.page = page
        self.file = file
        self.heard: list[str] = []
        page.on("console", lambda line: self.heard.append(f"console: {line.text}"))
        page.on("pageerror", lambda error: self.heard.append(f"error: {error}"))
        page.on("request", lambda request: self._note(request.url))

    def _note(self, address: str) -> None:
        """The page itself, files beside it and pictures inside it are no requests to anywhere."""
        inside = self.file.parent.as_uri()
        if not address.startswith((inside, "data:", "about:")):
            self.heard.append(f"request: {address}")

    def open(self, **state: str) -> Page:
        """Load the page anew at an address: ``open(task="…")`` is ``#task=…``."""
        self.page.goto("about:blank")
        self.page.goto(f"{self.file.as_uri()}#{urlencode(state)}")
        return self.page

    def task_ids(self) -> list[str]:
        """The tasks of the table, by what stands behind the document's id."""
        rows = self.page.locator("#task-table tbody tr")
        ids: list[str] = rows.evaluate_all("rows => rows.map((row) => row.dataset.task)")
        return [one.partition("/")[2] for one in ids]

    def marked(self) -> dict[str, list[str]]:
        """Field → the words marked in the source text, piece by piece in their order."""
        found: dict[str, list[str]] = {}
        marks = self.page.locator(".text mark")
        pairs = marks.evaluate_all("all => all.map((one) => [one.dataset.field, one.textContent])")
        for field, words in pairs:
            found.setdefault(field, []).append(words)
        return found

    def sideways(self) -> int:
        """How many pixels the page is wider than its window."""
        wider: int = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        return wider


@contextmanager
def chromium(folder: Path) -> Iterator[Page]:
    """A window of 1440 × 900 with a profile of its own; fails where Chromium is missing."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.fail("the tests of the review page need Chromium: sudo apt install chromium")
    with sync_playwright() as started:
        window = started.chromium.launch_persistent_context(
            folder,
            executable_path=program,
            args=_ARGUMENTS,
            headless=True,
            viewport={"width": 1440, "height": 900},
            timeout=_PATIENCE,
        )
        window.set_default_timeout(_PATIENCE)
        expect.set_options(timeout=_PATIENCE)
        try:
            yield window.pages[0]
        finally:
            window.close()
