"""Small tables for the tests: the header and rows as lists of cells, written in each style."""

from __future__ import annotations

from extract.blocks import read_blocks
from extract.cells import TableBlock
from extract.tables import TableReader
from normalize.raw import RawTask

Rows = list[list[str]]

HEAD = [
    "TT",
    "Lĩnh vực",
    "Nhiệm vụ",
    "Sản phẩm",
    "Cơ quan chủ trì",
    "Cơ quan phối hợp",
    "Thời gian",
]


def tabs(rows: Rows) -> str:
    """Tab-separated lines; an empty list is a blank line."""
    return "\n".join("\t".join(row) for row in rows)


def pipes(rows: Rows) -> str:
    """A Markdown table; an empty list is a blank line."""
    lines = [f"| {' | '.join(row)} |" if row else "" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])


def bars(rows: Rows) -> str:
    """Lines of ``a | b | c`` without outer bars."""
    return "\n".join(" | ".join(row) for row in rows)


def html(rows: Rows) -> str:
    """An HTML table."""
    lines = ["<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows if row]
    return "<table>\n" + "\n".join(lines) + "\n</table>"


STYLES = {"tab": tabs, "pipe": pipes, "bar": bars, "html": html}


def tasks_of(text: str) -> tuple[RawTask, ...]:
    """The raw tasks of all tables in a text."""
    reader = TableReader()
    for block in read_blocks(text):
        if isinstance(block, TableBlock):
            reader.add(block, "", text, None)
    return reader.finished().tasks


def notes_of(text: str) -> list[str]:
    """The codes of all notes that the tables of a text give, tasks' first."""
    reader = TableReader()
    for block in read_blocks(text):
        if isinstance(block, TableBlock):
            reader.add(block, "", text, None)
    found = reader.finished()
    return [note.code for task in found.tasks for note in task.notes] + [
        note.code for note in found.notes
    ]


def words(task: RawTask, role: str) -> str:
    """A cell's words on one line; empty for an absent column."""
    cell = getattr(task, role)
    return cell.flat if cell is not None else ""
