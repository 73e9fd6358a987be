"""One module per kind of file: bytes in, :class:`extract.source.Source` out."""

from __future__ import annotations

import hashlib
from pathlib import Path

from extract.readers.text import decode, kind_of_text
from extract.source import Source


class InputError(Exception):
    """An input that cannot be read: which file, where in it, and what to do about it."""

    def __init__(self, file: str, problem: str, remedy: str) -> None:
        super().__init__(f"{file}: {problem}. {remedy}")
        self.file = file
        self.problem = problem
        self.remedy = remedy


def read(path: Path, name: str | None = None) -> Source:
    """The decoded source of one file.

    ``name`` is the file's name in the tables (its own name where none is given). Raises
    :class:`InputError` for a file that is missing, unreadable, empty, binary or broken.
    """
    shown = name or path.name
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            str(path),
            f"không mở được tệp ({error.strerror})",
            "Kiểm tra đường dẫn và quyền đọc",
        ) from error
    if not data.strip(b"\x00\r\n\t \xef\xbb\xbf\xff\xfe"):
        raise InputError(str(path), "tệp rỗng", "Kiểm tra lại bước xuất văn bản")
    try:
        text, encoding = decode(data)
    except ValueError as error:
        raise InputError(
            str(path), str(error), "Lưu lại tệp dưới dạng văn bản UTF-8 hoặc UTF-16"
        ) from error
    return Source(
        text,
        name=shown,
        sha256=hashlib.sha256(data).hexdigest(),
        format=kind_of_text(text),
        encoding=encoding,
    )
