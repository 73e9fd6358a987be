"""Bytes of a text file into a decoded text: UTF-8 and UTF-16, with or without byte-order mark."""

from __future__ import annotations

from extract.readers.unreadable import UnreadableError
from extract.source import Source
from normalize.findings import Note
from normalize.patterns import pattern

_HTML = pattern(r"(?i)<!doctype html|<html\b|<body\b|\A\s*<(?:table|h[1-6]|div|p)\b")


def read_text(data: bytes, name: str, sha256: str) -> Source:
    """The source of a text, Markdown or HTML file; raises UnreadableError for a broken byte."""
    from extract.readers.encodings import from_bytes, from_text

    try:
        text, encoding = decode(data)
        found = from_text(text)
    except ValueError as error:
        found = from_bytes(data) if b"\x00" not in data and not _is_nearly_utf8(data) else None
        if found is None:
            raise UnreadableError(
                str(error), "Lưu lại tệp dưới dạng văn bản UTF-8 hoặc UTF-16"
            ) from error
    if found is None:
        return Source(text, name=name, sha256=sha256, format=kind_of_text(text), encoding=encoding)
    text, encoding = found
    note = Note("text.encoding_converted", "", encoding, 0, 0)
    kind = kind_of_text(text)
    return Source(text, name=name, sha256=sha256, format=kind, encoding=encoding, notes=(note,))


def _is_nearly_utf8(data: bytes) -> bool:
    """A few broken bytes in a text that is UTF-8 otherwise: damage, no other encoding."""
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    return sum(char > "\x7f" for char in text) - broken > 2 * broken


def decode(data: bytes) -> tuple[str, str]:
    """The text behind a possible byte-order mark and the name of its encoding.

    Raises ValueError naming the byte offset for a broken byte, and for binary data.
    """
    if data.startswith(b"\xef\xbb\xbf"):
        return _strict(data, "utf-8", 3), "utf-8"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16-le" if data[0] == 0xFF else "utf-16-be"
        return _strict(data, encoding, 2), encoding
    if b"\x00" in data[:4096]:
        guess = _utf16_guess(data[:4096])
        if guess is None:
            raise ValueError(f"tệp nhị phân, không phải văn bản (byte {data.index(0)})")
        return _strict(data, guess, 0), guess
    text = _strict(data, "utf-8", 0)
    if "\x00" in text:
        raise ValueError(f"tệp nhị phân, không phải văn bản (byte {data.index(0)})")
    return text, "utf-8"


def kind_of_text(text: str) -> str:
    """``html`` for a page or a fragment of one, ``text`` for everything else.

    Markup inside the cells of a tab-separated table does not make a page of it.
    """
    return "html" if _HTML.search(text[:2000]) else "text"


def _strict(data: bytes, encoding: str, skip: int) -> str:
    try:
        return data[skip:].decode(encoding)
    except UnicodeDecodeError as error:
        raise ValueError(
            f"byte hỏng ở vị trí {skip + error.start}: không đúng bảng mã {encoding.upper()}"
        ) from error


def _utf16_guess(head: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of its blanks and line ends is zero."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 8 * max(even, 1) and odd > len(head) / 10:
        return "utf-16-le"
    if even > 8 * max(odd, 1) and even > len(head) / 10:
        return "utf-16-be"
    return None
