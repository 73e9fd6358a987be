"""Old Word files, RTF and OpenDocument texts: LibreOffice turns them into .docx, which is read."""

from __future__ import annotations

from extract.readers import office, programs
from extract.readers.docx import read_docx
from extract.readers.packages import check_xml
from extract.readers.unreadable import UnreadableError, missing_program
from extract.source import Source

_PACKAGES = "libreoffice-writer-nogui"


def read_doc(data: bytes, name: str, sha256: str) -> Source:
    """The source of an old Word file; raises UnreadableError without LibreOffice or a result."""
    launcher = programs.libreoffice()
    if launcher is None:
        raise missing_program("LibreOffice để đọc tệp .doc, .rtf, .odt", _PACKAGES)
    if data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml"):
        check_xml(data)
    try:
        made = office.convert(launcher, data, "doc", "docx:MS Word 2007 XML")
    except office.ConversionError as error:
        problem = (
            f"LibreOffice không chuyển xong sau {office.TIMEOUT} giây"
            if error.overdue
            else "tệp Word cũ bị hỏng hoặc có mật khẩu"
        )
        raise UnreadableError(problem, "Lưu lại tệp dưới dạng .docx") from error
    return read_docx(made, name, sha256, "doc")
