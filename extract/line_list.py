"""The lines of a stretch of plain text, by index, and which of them hold a page's number alone."""

from __future__ import annotations

from extract.column_heads import role_of
from extract.frame import line_kind
from normalize.patterns import pattern

_PAGE_NUMBER = pattern(
    r"[\f\s]*(?:[-–—]\s*)?(?:(?i:trang|page)\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?(?:\s*[-–—])?\s*"
)
MOST_LINES = 400
"""Lines over which the cells of one row may run on."""
_FRAME_KINDS = frozenset(("appendix", "nation", "motto", "recipients", "authority"))


class Lines:
    """The lines of ``view[start:end]``; ``spans`` are half-open offsets without the line ends."""

    def __init__(self, view: str, start: int, end: int) -> None:
        self.view = view
        self.spans: list[tuple[int, int]] = []
        at = start
        for text in view[start:end].split("\n"):
            self.spans.append((at, at + len(text)))
            at += len(text) + 1

    def __len__(self) -> int:
        return len(self.spans)

    def text(self, index: int) -> str:
        """The words of a line as they stand."""
        start, end = self.spans[index]
        return self.view[start:end]

    def next_full(self, index: int) -> int | None:
        """The first line from ``index`` on that is neither blank nor a page's number."""
        while index < len(self.spans):
            if not is_gap(self.text(index)):
                return index
            index += 1
        return None


def is_gap(text: str) -> bool:
    """A blank line or a page's number: inside a table a gap, not its end."""
    return not text.strip() or is_page_number(text)


def is_page_number(text: str) -> bool:
    """A line that holds a page number and nothing else: "12", "- 3 -", "Trang 2/11"."""
    if "\t" in text:
        return False
    text = text.strip()
    return len(text) < 24 and _PAGE_NUMBER.fullmatch(text) is not None


def is_frame(words: str) -> bool:
    """A line of a document's frame that no cell goes on with."""
    return line_kind(words) in _FRAME_KINDS


def counts_rows(head: str) -> bool:
    """The head of the column that counts the rows ("STT"): a table begins with it."""
    role = role_of(head.strip(" *"))
    return role is not None and role[0] == "number"
