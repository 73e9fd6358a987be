"""Rewritings of a real plan's table: other markup, page breaks in and between rows, lost columns.

A break that even a careful reader could not mend is not made (see :func:`_spots`): between two
paragraphs of a cell where the next one does not open with its number or bullet, before a capital
inside one of several paragraphs, before a capital in the area column (a new area would look the
same), right behind a task's number, and before a single capital letter (in the plans themselves
such a letter is once a printed slip and once a cut word).
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import NamedTuple

from seed_tables import seed_text


class Line(NamedTuple):
    """One line of a seed: its text, and its cells where it is a table row."""

    text: str
    cells: list[str] | None


def lines_of(name: str) -> list[Line]:
    """The seed line by line; a line with tabs is a table row."""
    return [
        Line(line, line.split("\t") if "\t" in line else None)
        for line in seed_text(name).split("\n")
    ]


def blocks_of(lines: list[Line]) -> Iterator[str | list[list[str]]]:
    """Prose lines as they are, consecutive table rows as one block."""
    block: list[list[str]] = []
    for line in lines:
        if line.cells is not None:
            block.append(line.cells)
            continue
        if block:
            yield block
            block = []
        yield line.text
    if block:
        yield block


def pipes(block: list[list[str]], first: bool) -> list[str]:
    """A Markdown table; only the first block has a header and its rule."""
    rows = ["| " + " | ".join(cells) + " |" for cells in block]
    if first:
        rows.insert(1, "|" + "---|" * len(block[0]))
    return rows


def bars(block: list[list[str]], first: bool) -> list[str]:
    """Lines of cells with bars between them and none outside."""
    return [" | ".join(cells) for cells in block]


def html(block: list[list[str]], first: bool) -> list[str]:
    """An HTML table, a row a line."""
    rows = ["<tr>" + "".join(f"<td>{text}</td>" for text in cells) + "</tr>" for cells in block]
    return ["<table>", *rows, "</table>"]


def html_over_lines(block: list[list[str]], first: bool) -> list[str]:
    """An HTML table with a header of its own, a cell a line."""
    made = ["<table border='1'>"]
    for number, cells in enumerate(block):
        tag = "th" if first and number == 0 else "td"
        made += ["<tr>", *(f"  <{tag}>{text}</{tag}>" for text in cells), "</tr>"]
    return [*made, "</table>"]


def row_numbers(lines: list[Line]) -> list[int]:
    """Line indexes of the table's rows, the header left out."""
    return [index for index, line in enumerate(lines) if line.cells is not None][1:]


def header_of(lines: list[Line]) -> list[str]:
    """The cells of the table's header."""
    return next(line.cells for line in lines if line.cells is not None)


BREAKS = ["blank", "page number", "header", "page number and header"]


def break_lines(kind: str, lines: list[Line], before: int) -> list[str]:
    """The lines of a page break; a page that lacks its first column lacks its head too."""
    made = ["", "12", ""] if "page number" in kind else [""]
    if "header" in kind:
        header, cells = header_of(lines), lines[before].cells or []
        made.append("\t".join(header[max(0, len(header) - len(cells)) :]))
    return made


def with_break(lines: list[Line], before: int, kind: str) -> str:
    """The text with a page break in front of one row."""
    texts = [line.text for line in lines]
    return "\n".join(texts[:before] + break_lines(kind, lines, before) + texts[before:])


def all_breaks(name: str) -> list[tuple[int, str]]:
    """Every boundary between two rows with every kind of break."""
    return [(before, kind) for before in row_numbers(lines_of(name))[1:] for kind in BREAKS]


class Cut(NamedTuple):
    """One row cut in two: for each cut column the offset in its cell where the page ends."""

    line: int
    offsets: tuple[tuple[int, int], ...]


_TAG = re.compile(r"<[^<>]*>")
_OPENER = re.compile(r"(?:<p>)?\s*(?:\d+\.\s|-\s)")
_NUMBER_ALONE = re.compile(r"(?:<p>)?\s*\d+(?:\.\d+)*\.?\s*")


def _spots(text: str, area: bool) -> list[int]:
    """Offsets of a cell where a page may end and a careful reader still knows what belongs where.

    All of them lie between two words outside of tags; the module's docstring says which are left
    out.
    """
    tags = [tag.span() for tag in _TAG.finditer(text)]
    several = text.count("<p>") > 1
    found = []
    for blank in re.finditer(r"\s+", text):
        before, after = text[: blank.start()], text[blank.end() :]
        if not _TAG.sub("", before).strip() or not _TAG.sub("", after).strip():
            continue
        if any(start < blank.end() and blank.start() < end for start, end in tags):
            continue
        between_paragraphs = before.endswith("</p>")
        lower = after[:1].islower()
        if between_paragraphs and not _OPENER.match(after):
            continue
        if (several and not between_paragraphs and not lower) or (area and not lower):
            continue
        if before.endswith(">") and not between_paragraphs:
            continue
        if _NUMBER_ALONE.fullmatch(before) or _lone_capital(after):
            continue
        found.append(blank.start())
    return found


def _lone_capital(text: str) -> bool:
    first = _TAG.sub(" ", text).split()[0]
    return len(first) == 1 and first.isupper()


def cuttable(lines: list[Line]) -> list[int]:
    """The rows that no page break of the plan itself has cut already."""
    rows = row_numbers(lines)
    whole = []
    for number, index in enumerate(rows):
        nxt = rows[number + 1] if number + 1 < len(rows) else None
        if not _continues(lines, index) and (nxt is None or not _continues(lines, nxt)):
            whole.append(index)
    return whole


def _continues(lines: list[Line], index: int) -> bool:
    """Whether a row is the rest of one that a page break has cut: no cell opens with a number."""
    return not any(
        re.match(r"(?:<p>)?\d+\.", cell) or cell.isdigit() for cell in lines[index].cells or []
    )


def area_columns(lines: list[Line]) -> set[int]:
    """Columns in front of the tasks."""
    return {0, 1} if len(header_of(lines)) == 8 else {0}


def spots_of(lines: list[Line], index: int) -> dict[int, list[int]]:
    """Column → offsets where its cell may be cut; the area is known by its missing number."""
    made = {}
    for column, text in enumerate(lines[index].cells or []):
        area = column in area_columns(lines) and not re.match(r"(?:<p>)?\d+\.", text)
        offsets = _spots(text, area)
        if offsets:
            made[column] = offsets
    return made


def single_cuts(lines: list[Line]) -> list[Cut]:
    """Every cut of one cell."""
    return [
        Cut(index, ((column, offset),))
        for index in cuttable(lines)
        for column, offsets in spots_of(lines, index).items()
        for offset in offsets
    ]


def several_cuts(lines: list[Line], number: int, chance: random.Random) -> list[Cut]:
    """Cuts of two or more cells of a row at once; the area stays whole."""
    made: list[Cut] = []
    rows = cuttable(lines)
    while len(made) < number:
        index = chance.choice(rows)
        spots = {
            column: offsets
            for column, offsets in spots_of(lines, index).items()
            if column not in area_columns(lines) or (len(lines[index].cells or []) < 8 and column)
        }
        if len(spots) < 2:
            continue
        columns = chance.sample(sorted(spots), chance.randint(2, min(4, len(spots))))
        made.append(Cut(index, tuple((c, chance.choice(spots[c])) for c in sorted(columns))))
    return made


def with_cut(lines: list[Line], cut: Cut) -> str:
    """The text with one row ending at a page's foot and going on at the next one's head."""
    cells = list(lines[cut.line].cells or [])
    rest = [""] * len(cells)
    for column, offset in cut.offsets:
        first, second = cells[column][:offset].rstrip(), cells[column][offset:].lstrip()
        if first.count("<p>") > first.count("</p>"):
            first, second = f"{first}</p>", f"<p>{second}"
        cells[column], rest[column] = first, second
    texts = [line.text for line in lines]
    texts[cut.line : cut.line + 1] = ["\t".join(cells), "", "\t".join(rest)]
    return "\n".join(texts)


def droppable(lines: list[Line]) -> list[list[int]]:
    """Runs of rows on one page whose first cell says nothing that the page before has not said.

    That is a running number beside the area, or an area cell that is empty. Rows that are not as
    wide as the header stand out of line already and are left out.
    """
    width = len(header_of(lines))
    runs: list[list[int]] = [[]]
    for index in row_numbers(lines):
        cells = lines[index].cells or []
        fits = len(cells) == width and (width == 8 or not cells[0])
        if runs[-1] and index != runs[-1][-1] + 1:
            runs.append([])
        if fits:
            runs[-1].append(index)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def without_first_column(lines: list[Line], run: list[int]) -> str:
    """The text with the rows of ``run`` on a page of their own, one cell to the left."""
    texts = []
    for index, line in enumerate(lines):
        if index == run[0]:
            texts.append("")
        texts.append("\t".join((line.cells or [])[1:]) if index in run else line.text)
        if index == run[-1]:
            texts.append("")
    return "\n".join(texts)
