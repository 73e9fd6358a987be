"""A saved web page into the blocks of its plan: what a browser would show, menus left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from extract.cells import Block
from extract.web_content import choose
from extract.web_lines import read_items
from extract.web_tree import read_tree
from normalize.findings import Note
from normalize.patterns import pattern

_DOCUMENT = pattern(r"(?i)<!doctype\s+html|<html\b|<body\b|<head\b")


def is_page(view: str) -> bool:
    """Whether line ends mean nothing: a whole page, or a fragment whose text stands in elements.

    A text whose paragraphs are lines of the file stays one, whatever tags its tables hold.
    """
    if _DOCUMENT.search(view, 0, 4000) is not None:
        return True
    return not _has_bare_lines(view)


def read_page(
    view: str, read_plain: Callable[[int, int], Sequence[Block]]
) -> tuple[list[Block], list[Note]]:
    """The lines and tables of the plan in order, and what was left out.

    ``read_plain`` reads a stretch of preformatted text (``<pre>``) into its blocks.
    """
    tree = read_tree(view)
    kept, notes = choose(read_items(view, tree, read_plain), tree)
    return [item.block for item in kept], notes


def _has_bare_lines(view: str) -> bool:
    """Two lines of text in a row that no element holds."""
    tree = read_tree(view)
    done = 0
    depth = 0
    for event in tree.events:
        if not depth and view.count("\n", done, event.start) > 1:
            lines = [line for line in view[done : event.start].split("\n") if line.strip()]
            if len(lines) > 1:
                return True
        if event.kind == "open":
            depth += 1
        elif event.kind == "close":
            depth -= 1
        done = event.end
    return len([line for line in view[done:].split("\n") if line.strip()]) > 1 and not depth
