"""How a workbook shows its cells: what is hidden, and the number format of each cell.

An .xlsx keeps a percentage, a month and a number with a fixed count of decimals as a bare number;
only the cell's style says what stands on the sheet (ECMA-376 part 1, 18.3 "Worksheets" and 18.8
"Styles"). Other packages than .xlsx tell nothing here.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

import msgspec

from extract.readers.unreadable import UnreadableError

Place = tuple[int, int]
"""Row and column, from 0."""

_BUILT_IN = {1: "0", 2: "0.00", 9: "0%", 10: "0.00%", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy"}
"""Formats that a file names by number alone (18.8.30), as far as they change what is read."""
_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_STYLES = "xl/styles.xml"
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_TELLING = re.compile(r"%|[dmy]|^0\.0+$", re.IGNORECASE)
_MOST_COLUMNS = 16_384
_WORDS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
"""Parts of a format that are no part of the value: quoted words, escaped signs, colours."""


class Looks(msgspec.Struct, frozen=True):
    """What one sheet hides, and the formats that change what a cell shows."""

    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    formats: dict[Place, str] = {}


def tells_looks(data: bytes) -> bool:
    """Whether these bytes are an .xlsx package, whose looks can be read."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return False
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {_WORKBOOK, _RELATIONS} <= set(package.namelist())


def looks_of(data: bytes) -> dict[str, Looks]:
    """Sheet name → looks; empty for bytes that are no .xlsx.

    Raises UnreadableError where the package's own XML is broken.
    """
    if not tells_looks(data):
        return {}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = set(package.namelist())
        try:
            formats = _formats(package) if _STYLES in parts else []
            return {
                name: _looks(package, part, formats)
                for name, part in _sheets(package)
                if part in parts
            }
        except ElementTree.ParseError as error:
            raise UnreadableError(
                f"bảng tính bị hỏng ({error})", "Mở bằng Excel rồi lưu lại"
            ) from error


def _sheets(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Each sheet's name and part."""
    targets = {one.get("Id"): one.get("Target", "") for one in _elements(package, _RELATIONS)}
    for one in _elements(package, _WORKBOOK):
        if _name(one) == "sheet":
            own = next((value for key, value in one.attrib.items() if key.endswith("}id")), None)
            target = targets.get(own, "")
            yield one.get("name", ""), posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def _formats(package: zipfile.ZipFile) -> list[str]:
    """The format of each cell style in order; empty where it changes nothing that is read."""
    own = dict(_BUILT_IN)
    styles: list[str] = []
    within = ""
    for one in _elements(package, _STYLES, starts=True):
        name = _name(one)
        if name in ("cellXfs", "cellStyleXfs", "dxfs"):
            within = name
        elif name == "numFmt" and within != "dxfs":
            own[int(one.get("numFmtId", "0"))] = one.get("formatCode", "")
        elif name == "xf" and within == "cellXfs":
            code = _WORDS.sub("", own.get(int(one.get("numFmtId", "0")), "").partition(";")[0])
            styles.append(code if _TELLING.search(code) else "")
    return styles


def _looks(package: zipfile.ZipFile, part: str, formats: list[str]) -> Looks:
    rows: set[int] = set()
    columns: set[int] = set()
    found: dict[Place, str] = {}
    for one in _elements(package, part):
        name = _name(one)
        if name == "c":
            style = int(one.get("s", "0"))
            place = _REFERENCE.fullmatch(one.get("r", ""))
            if place and style < len(formats) and formats[style]:
                found[int(place[2]) - 1, column_number(place[1]) - 1] = formats[style]
        elif name == "row" and _is_true(one.get("hidden")) and one.get("r"):
            rows.add(int(one.get("r", "1")) - 1)
        elif name == "col" and _is_true(one.get("hidden")):
            last = min(int(one.get("max", "0")), _MOST_COLUMNS)
            columns.update(range(int(one.get("min", "1")) - 1, last))
    return Looks(frozenset(rows), frozenset(columns), found)


def column_number(letters: str) -> int:
    """ "A" → 1, "AA" → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _elements(
    package: zipfile.ZipFile, part: str, *, starts: bool = False
) -> Iterator[ElementTree.Element]:
    """The part's elements as they end (or start); no longer held once they were seen."""
    with package.open(part) as stream:
        for _, element in ElementTree.iterparse(stream, ("start" if starts else "end",)):
            yield element
            if not starts:
                element.clear()


def _name(element: ElementTree.Element) -> str:
    """The element's name without its namespace, of which there are two (strict, transitional)."""
    return str(element.tag).rpartition("}")[2]


def _is_true(value: str | None) -> bool:
    return value in ("1", "true")
