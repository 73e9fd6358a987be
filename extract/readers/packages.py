"""Office files are XML, mostly in zip packages: what makes one unsafe, checked before opening."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree

from extract.readers.unreadable import UnreadableError

_MOST_BYTES = 300 * 2**20
"""Unpacked bytes that a package may have in all; plans have a few megabytes."""
_MOST_PARTS = 10_000
_WORST_RATIO = 250
_SMALL = 2**20
"""Parts below this may be packed as tightly as they like."""
_HEAD = 4096


def check_package(data: bytes, main_part: str) -> None:
    """Raises UnreadableError for a package that is broken, locked, a bomb, or refers outside.

    ``main_part`` is the part without which the file holds nothing ("word/document.xml").
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            _check_sizes(parts)
            names = {part.filename for part in parts}
            if main_part not in names:
                raise UnreadableError(
                    f"tệp không có phần {main_part}", "Mở bằng Word hoặc Excel rồi lưu lại"
                )
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    _check_part(package, part)
    except (zipfile.BadZipFile, EOFError, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableError(
            f"tệp bị hỏng hoặc bị cắt cụt ({error})", "Tải lại hoặc lưu lại tệp"
        ) from error
    except RuntimeError as error:
        raise UnreadableError("tệp có mật khẩu", "Mở tệp, bỏ mật khẩu rồi lưu lại") from error


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    total = sum(part.file_size for part in parts)
    worst = any(
        part.file_size > _SMALL and part.file_size > _WORST_RATIO * max(part.compress_size, 1)
        for part in parts
    )
    if len(parts) > _MOST_PARTS or total > _MOST_BYTES or worst:
        raise UnreadableError(
            f"tệp nén bất thường: {len(parts)} phần, {total // 2**20} MB khi giải nén",
            "Không mở tệp này; xin bản khác từ nơi gửi",
        )


def check_xml(data: bytes) -> None:
    """Raises UnreadableError for an office file of one XML that is broken or declares entities."""
    _check_head(data[:_HEAD], "XML")
    try:
        for _ in ElementTree.iterparse(io.BytesIO(data), ("start",)):
            pass
    except ElementTree.ParseError as error:
        raise UnreadableError(f"tệp bị hỏng ({error})", "Tải lại hoặc lưu lại tệp") from error


def _check_part(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    with package.open(part) as stream:
        _check_head(stream.read(_HEAD), part.filename)


def _check_head(head: bytes, part: str) -> None:
    """No part of an Office file has a document type; entities are how one reads other files."""
    head = head.replace(b"\0", b"")  # UTF-16 is ASCII with zeros between
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise UnreadableError(
            f"phần {part} khai báo thực thể bên ngoài",
            "Không mở tệp này; xin bản khác từ nơi gửi",
        )
