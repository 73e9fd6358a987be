"""One module per kind of file: bytes in, :class:`extract.source.Source` out."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from extract.readers.kinds import kind_of
from extract.readers.text import read_text
from extract.readers.unreadable import UnreadableError
from extract.source import Source

Reader = Callable[[bytes, str, str], Source]
"""Bytes, name in the tables, SHA-256 of the bytes → source; raises UnreadableError."""

# Readers of other kinds are heavy to import: only the one that a file needs is loaded.
_READERS = {
    "pdf": ("extract.readers.pdf", "read_pdf"),
    "image": ("extract.readers.scan", "read_image"),
    "docx": ("extract.readers.docx", "read_docx"),
    "doc": ("extract.readers.doc", "read_doc"),
    "xlsx": ("extract.readers.sheets", "read_xlsx"),
    "xls": ("extract.readers.other_sheets", "read_xls"),
    "sheet-xml": ("extract.readers.other_sheets", "read_sheet_xml"),
    "mht": ("extract.readers.web_archive", "read_web_archive"),
}
_HEAD = 1 << 16
_TRIES = 3


class InputError(Exception):
    """An input that cannot be read: which file, where in it, and what to do about it."""

    def __init__(self, file: str, problem: str, remedy: str) -> None:
        super().__init__(f"{file}: {problem}. {remedy}")
        self.file = file
        self.problem = problem
        self.remedy = remedy


def read(path: Path, name: str | None = None) -> Source:
    """The decoded source of one file, whatever its form; its content tells the form.

    ``name`` is the file's name in the tables (its own name where none is given). Raises
    :class:`InputError` for a file that is missing, unreadable, empty, binary or broken.
    """
    return decode(file_bytes(path), name or path.name, str(path))


def file_bytes(path: Path) -> bytes:
    """The bytes of a file at one moment; raises InputError where it cannot be opened, or is being
    written all the while."""
    try:
        for _ in range(_TRIES):
            with path.open("rb") as file:
                before = os.fstat(file.fileno())
                data = file.read()
                after = os.fstat(file.fileno())
            # A file that grew or was rewritten meanwhile may be neither its old nor its new self.
            # What has no size (a pipe) is read once, as it comes.
            same = before.st_mtime_ns == after.st_mtime_ns and len(data) == after.st_size
            if same or not stat.S_ISREG(after.st_mode):
                return data
    except OSError as error:
        raise InputError(
            str(path),
            f"không mở được tệp ({error.strerror})",
            "Kiểm tra đường dẫn và quyền đọc",
        ) from error
    raise InputError(
        str(path), "tệp đang bị ghi trong khi đọc", "Chờ tệp được ghi xong rồi chạy lại"
    )


def decode(data: bytes, name: str, file: str) -> Source:
    """The source of these bytes; ``file`` is what an error calls the place that they lie in.

    Raises :class:`InputError` for bytes that are empty, binary or broken.
    """
    if not data.strip(b"\x00\r\n\t \xef\xbb\xbf\xff\xfe"):
        raise InputError(file, "tệp rỗng", "Kiểm tra lại bước xuất văn bản")
    try:
        return _reader(kind_of(data))(data, name, hashlib.sha256(data).hexdigest())
    except UnreadableError as error:
        raise InputError(file, error.problem, error.remedy) from error


def is_readable(path: Path) -> bool:
    """Whether the file is of a kind that some reader takes (a folder may hold others)."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return True  # the run tells why it cannot be opened
    if head.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        head = path.read_bytes()
    return kind_of(head) not in ("binary", "archive")


def _reader(kind: str) -> Reader:
    if kind == "text":
        return read_text
    if kind == "encrypted":
        raise UnreadableError("tệp có mật khẩu", "Mở tệp, bỏ mật khẩu rồi lưu lại")
    if kind == "archive":
        raise UnreadableError("tệp nén", "Giải nén rồi chạy với các tệp bên trong")
    if kind not in _READERS:
        raise UnreadableError(
            "tệp nhị phân, không phải văn bản (byte 0)",
            "Chuyển sang PDF, Word, Excel, ảnh hoặc văn bản UTF-8",
        )
    module, function = _READERS[kind]
    reader: Reader = getattr(import_module(module), function)
    return reader
