"""The words of a Word paragraph as a reader sees them, tracked changes accepted.

Kept: inserted and moved-to text, hyperlinks, results of fields, content controls, text boxes once.
Left out: deleted and moved-from text, field instructions, notes' marks, hidden text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from extract.readers.docx_numbering import W

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_LEFT_OUT = frozenset(
    f"{W}{name}"
    for name in "del moveFrom instrText delText footnoteReference endnoteReference commentReference"
    " annotationRef pPr rPr sdtPr sdtEndPr tblPr proofErr bookmarkStart bookmarkEnd ruby".split()
)
_OFF = frozenset(["0", "false", "off", "none"])
_SYMBOLS = {"F0B7": "-", "F0A7": "-", "F0D8": "-", "F02D": "-", "F0FC": "-", "F02B": "+"}
"""Characters of the Symbol and Wingdings fonts that plans use as bullets."""
_PLAIN = {
    f"{W}tab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{W}softHyphen": "",
}

Convert = Callable[[Any, str], str]
"""(w:r, its words) → the words as its font shows them."""


def paragraph_text(paragraph: Any, convert: Convert) -> str:
    """The words of one w:p; "\\n" for a line break, text boxes left out (see text_boxes)."""
    return "".join(_pieces(paragraph, convert))


def text_boxes(paragraph: Any) -> list[Any]:
    """The w:txbxContent elements anchored in the paragraph, each once, outermost only."""
    found: list[Any] = []

    def look(element: Any) -> None:
        for child in element:
            if child.tag == f"{W}txbxContent":
                found.append(child)
            elif child.tag == f"{MC}AlternateContent":
                choice = child.find(f"{MC}Choice")
                look(choice if choice is not None else child)
            elif child.tag not in _LEFT_OUT:
                look(child)

    look(paragraph)
    return found


def mark_is_deleted(paragraph: Any) -> bool:
    """The paragraph's end was deleted in a tracked change: the next one goes on with it."""
    return paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None


def _pieces(element: Any, convert: Convert) -> Iterator[str]:
    for child in element:
        tag = child.tag
        if tag in _LEFT_OUT or not isinstance(tag, str):
            continue
        if tag == f"{W}r":
            if not _is_hidden(child):
                yield convert(child, "".join(_run(child)))
                yield from _drawn(child, convert)
        elif tag != f"{W}txbxContent":
            yield from _pieces(child, convert)


def _run(run: Any) -> Iterator[str]:
    for child in run:
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag == f"{W}sym":
            yield _SYMBOLS.get((child.get(f"{W}char") or "").upper(), "")
        elif child.tag in _PLAIN:
            yield _PLAIN[child.tag]


def _drawn(run: Any, convert: Convert) -> Iterator[str]:
    """Runs that stand inside the run's own wrappers (alternate content without text boxes)."""
    for child in run.iterchildren(f"{MC}AlternateContent"):
        choice = child.find(f"{MC}Choice")
        if choice is not None:
            yield from _pieces(choice, convert)


def _is_hidden(run: Any) -> bool:
    for name in ("vanish", "webHidden"):
        mark = run.find(f"{W}rPr/{W}{name}")
        if mark is not None and (mark.get(f"{W}val") or "1").lower() not in _OFF:
            return True
    return False
