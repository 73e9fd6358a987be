"""Words on a page around its tables as paragraphs, in the order of reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from extract.printed import MAY_END
from extract.readers.flow import column_lines, in_columns, joined, paragraphs
from extract.readers.pages import PageLine, PageTable
from extract.readers.pdf_words import PageWord, box_of, confidence_of, lines_of, repairs_of


def page_items(tables: list[PageTable], words: list[PageWord]) -> Iterator[PageLine | PageTable]:
    """Tables and the paragraphs around them from top to bottom."""
    done = 0.0
    for table in sorted(tables, key=lambda one: one.bbox[1]):
        above = [word for word in words if done <= word.middle < table.bbox[1]]
        yield from _prose(above, words)
        yield table
        done = table.bbox[1]
    yield from _prose([word for word in words if word.middle >= done], words)


def texts_of(items: Iterable[PageLine | PageTable]) -> Iterator[str]:
    """The words of every line and cell."""
    for item in items:
        if isinstance(item, PageLine):
            yield item.text
        else:
            yield from (
                words.text for row in item.rows for cell in row for words in cell.paragraphs
            )


def letters_of(texts: Iterable[str]) -> int:
    """How many characters but blanks the texts have."""
    return sum(len("".join(text.split())) for text in texts)


def _prose(words: list[PageWord], page_words: list[PageWord]) -> Iterator[PageLine]:
    if not words:
        return
    whole = max(word.x1 for word in page_words) - min(word.x0 for word in page_words)
    lines = lines_of(words)
    for run in in_columns(lines):
        for group in column_lines(run) if run[0] not in lines else paragraphs(run, whole):
            own = [word for line in group for word in line.words]
            yield PageLine(
                joined(group, whole).replace(MAY_END, " "),
                box_of(own),
                confidence_of(own),
                repairs_of(own),
            )
