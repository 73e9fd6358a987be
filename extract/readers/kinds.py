"""What kind of file bytes are, by what they hold and never by the file's name."""

from __future__ import annotations

import re

_PDF_HEAD = 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_ARCHIVES = (b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!")
_BINARY = (b"GIF8", b"BM", b"\x00\x00\x00", b"\x7fELF")
# The head of a saved web archive is that of a mail (RFC 2557).
_ARCHIVE = re.compile(rb"(?im)\A(?:[\w-]+:.*\r?\n(?:[ \t].*\r?\n)*)*?mime-version\s*:")
_ARCHIVE_HEAD = 4096
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml\b")
_XML_HEAD = 8192
# What Office 2003 and LibreOffice save as one XML file, by its root's name space.
_XML_KINDS = (
    (b"urn:schemas-microsoft-com:office:spreadsheet", "sheet-xml"),
    (b"http://schemas.microsoft.com/office/word/2003/wordml", "doc"),
    (b"http://schemas.microsoft.com/office/2006/xmlPackage", "doc"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "sheet-xml"),
    (b"application/vnd.oasis.opendocument.text", "doc"),
)


def kind_of(data: bytes) -> str:
    """``pdf``, ``image``, ``docx``, ``xlsx``, ``doc``, ``xls``, ``sheet-xml``, ``mht``, ``text``,
    ``archive`` (files packed into one) or ``binary``.

    ``doc`` covers what LibreOffice has to turn into .docx first: old Word files, RTF, OpenDocument
    texts, Word 2003's XML. ``xlsx`` covers every sheet that opens as a package (.xlsx, .xlsb,
    .ods).
    """
    if b"%PDF-" in data[:_PDF_HEAD]:
        return "pdf"
    if data.startswith(_IMAGES):
        return "image"
    if data.startswith(_ZIP):
        return _kind_of_package(data)
    if data.startswith(_OLE):
        return _kind_of_compound(data)
    if data.lstrip()[:5] == b"{\\rtf":
        return "doc"
    if data.startswith(_ARCHIVES):
        return "archive"
    if data.startswith(_BINARY):
        return "binary"
    if _XML.match(data[:_XML_HEAD]) is not None:
        return next((kind for root, kind in _XML_KINDS if root in data[:_XML_HEAD]), "text")
    if _ARCHIVE.match(data[:_ARCHIVE_HEAD].lstrip(b"\xef\xbb\xbf\r\n\t ")) is not None:
        return "mht"
    return "text"


def _kind_of_package(data: bytes) -> str:
    import io
    import zipfile  # most runs read no package, and the import costs as much as half a plan

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError):
        # A truncated package: its reader tells what is wrong with it.
        head = data[:4096]
        return "xlsx" if b"xl/" in head else "docx" if b"word/" in head else "binary"
    for kind, part in (("docx", "word/"), ("xlsx", "xl/")):
        if any(name.startswith(part) for name in names):
            return kind
    if "content.xml" in names:
        mime = data[30:120]
        return "xlsx" if b"spreadsheet" in mime else "doc"
    return "archive"


def _kind_of_compound(data: bytes) -> str:
    """Old Office files are compound files; the names of their streams stand in UTF-16."""
    if "WordDocument".encode("utf-16-le") in data:
        return "doc"
    for stream in ("Workbook", "Book"):
        if f"{stream}\0".encode("utf-16-le") in data:
            return "xls"
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "encrypted"
    return "binary"
