"""Sheets other than .xlsx: LibreOffice turns them into one, which tells how its cells show."""

from __future__ import annotations

from extract.readers import office, programs
from extract.readers.packages import check_xml
from extract.readers.sheets import check_extent, read_workbook, workbook_of
from extract.readers.unreadable import UnreadableError, missing_program
from extract.source import Source
from normalize.findings import Note

_PACKAGES = "libreoffice-calc-nogui"


def read_xls(data: bytes, name: str, sha256: str) -> Source:
    """The source of an .xls file; raises UnreadableError for a bad one."""
    return read_converted(data, name, sha256, "xls")


def read_converted(data: bytes, name: str, sha256: str, format: str) -> Source:
    """As LibreOffice shows the sheet; as it is stored, and told, where that cannot be had."""
    workbook_of(data)  # LibreOffice would read what is no sheet as a text
    launcher = programs.libreoffice()
    made = None if launcher is None else _converted(launcher, data)
    if made is not None:
        return read_workbook(made, name, sha256, format)
    remedy = (
        f"Cài LibreOffice bằng lệnh: sudo apt install {_PACKAGES}"
        if launcher is None
        else "Lưu lại tệp dưới dạng .xlsx"
    )
    told = Note("sheet.as_stored", "", name, 0, 0, remedy)
    return read_workbook(data, name, sha256, format, told)


def read_sheet_xml(data: bytes, name: str, sha256: str) -> Source:
    """The source of a sheet in one XML file (Excel 2003's, flat OpenDocument).

    Raises UnreadableError for a bad one, and without LibreOffice.
    """
    launcher = programs.libreoffice()
    if launcher is None:
        raise missing_program("LibreOffice để đọc bảng tính dạng XML", _PACKAGES)
    check_xml(data)
    made = _converted(launcher, data)
    if made is None:
        raise UnreadableError("bảng tính XML bị hỏng", "Mở bằng Excel rồi lưu lại dưới dạng .xlsx")
    return read_workbook(made, name, sha256, "xls")


def _converted(launcher: str, data: bytes) -> bytes | None:
    """The .xlsx that LibreOffice makes of a sheet; None where it makes none."""
    try:
        made = office.convert(launcher, data, "xls", "xlsx:Calc MS Excel 2007 XML")
    except office.ConversionError:
        return None
    check_extent(made)
    return made
