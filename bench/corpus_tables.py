"""A table of a made plan in each style of table, with page breaks where chance puts them."""

from __future__ import annotations

import html
from random import Random

import msgspec

STYLES = ("tabs", "pipes", "bars", "html")
_BREAK = {
    "tabs": ["", "- 3 -", ""],
    "pipes": [""],
    "bars": ["", "12", ""],
    "html": [],
}


class Line(msgspec.Struct, frozen=True):
    """One row: the words of its cells ("\\n" between paragraphs); ``group`` for an area's row."""

    cells: list[str]
    group: bool = False


def write_table(chance: Random, style: str, heads: list[str], lines: list[Line]) -> list[str]:
    """The lines of text of the table in that style."""
    width = len(heads)
    rows = [Line(heads), *(_filled(line, width) for line in lines)]
    if style == "html":
        return _html(rows)
    write = {"tabs": _tabs, "pipes": _pipes, "bars": _bars}[style]
    made = [write(rows[0])]
    if style == "pipes":
        made.append("|" + " --- |" * width)
    breaks = chance.random() < 0.5
    for line in rows[1:]:
        broken = breaks and chance.random() < 0.1
        if broken and not line.group and chance.random() < 0.5:
            first, rest = cut(chance, line)
            made += [write(first), *_BREAK[style], write(rest)]
            continue
        if broken:
            made += _BREAK[style]
        made.append(write(line))
    return made


def cut(chance: Random, line: Line) -> tuple[Line, Line]:
    """The row as a page's end leaves it: some of its cells go on in a row without a number."""
    first, rest = list(line.cells), [""] * len(line.cells)
    long = [i for i, cell in enumerate(line.cells) if cell.count(" ") > 2 and "\n" not in cell]
    for i in chance.sample(long, min(len(long), chance.choice([1, 1, 2, 3]))):
        pieces = line.cells[i].split(" ")
        at = chance.randint(1, len(pieces) - 1)
        first[i], rest[i] = " ".join(pieces[:at]), " ".join(pieces[at:])
    return Line(first), Line(rest)


def _filled(line: Line, width: int) -> Line:
    return Line([*line.cells, *[""] * (width - len(line.cells))], line.group)


def _tabs(line: Line) -> str:
    """Paragraphs as the markup that table cells keep when a page is turned into text."""
    return "\t".join("<br>".join(cell.split("\n")) for cell in line.cells)


def _pipes(line: Line) -> str:
    return "| " + " | ".join("<br>".join(cell.split("\n")) for cell in line.cells) + " |"


def _bars(line: Line) -> str:
    return " | ".join("<br>".join(cell.split("\n")) for cell in line.cells)


def _html(rows: list[Line]) -> list[str]:
    made = ["<table>"]
    for line in rows:
        cells = line.cells
        if line.group:
            own = [cell for cell in cells if cell]
            span = len(cells) - len(own) + 1
            shown = "".join(f"<td>{html.escape(cell)}</td>" for cell in own[:-1])
            shown += f"<td colspan='{span}'>{html.escape(own[-1])}</td>"
        else:
            shown = "".join(
                f"<td>{''.join(f'<p>{html.escape(p)}</p>' for p in cell.split(chr(10)))}</td>"
                for cell in cells
            )
        made.append(f"<tr>{shown}</tr>")
    return [*made, "</table>"]
