"""Bytes of a text file into a decoded text: UTF-8 and UTF-16, with or without byte-order mark."""

from __future__ import annotations

from extract.readers.unreadable import UnreadableError
from extract.source import Source
from normalize.findings import Note
from normalize.patterns import pattern
from normalize.text import nfc

_HTML = pattern(
    r"(?i)<!doctype html|<html\b|<body\b|\A\s*<(?:table|h[1-6]|div|p|center|font|span|article|"
    r"section|main|pre|ul|ol|meta|style)\b"
)
_MOSTLY = 0.8


def read_text(
    data: bytes, name: str, sha256: str, *, format: str = "", charset: str = ""
) -> Source:
    """The source of a text, Markdown or HTML file; raises UnreadableError for a broken byte.

    ``format`` and ``charset`` are what a package around the file says of it.
    """
    from extract.readers.encodings import from_bytes

    try:
        text, encoding = decode(data)
        found = _beneath(text, format or kind_of_text(text))
    except ValueError as error:
        found = None
        if b"\x00" not in data and not _is_nearly_utf8(data):
            found = _of_page(data, charset) if _is_page(data, format) else None
            found = found or from_bytes(data) or _as_declared(data, charset)
        if found is None:
            raise UnreadableError(
                str(error), "Lưu lại tệp dưới dạng văn bản UTF-8 hoặc UTF-16"
            ) from error
    notes: tuple[Note, ...] = ()
    if found is not None:
        text, encoding = found
        notes = (Note("text.encoding_converted", "", encoding, 0, 0),)
    return Source(
        text,
        name=name,
        sha256=sha256,
        format=format or kind_of_text(text),
        encoding=encoding,
        notes=notes,
    )


def _beneath(text: str, kind: str) -> tuple[str, str] | None:
    """(text, encodings) where a decoded text is another underneath; None for a good one."""
    from extract.readers.encodings import from_text

    if kind != "html":
        return from_text(text)
    from extract.readers.web_text import turned_by_fonts, turned_entities

    fonts = turned_by_fonts(text)
    if fonts is not None:
        text = fonts[0]
    found = from_text(text) or (turned_entities(text) if fonts is None else None)
    if found is None or fonts is None:
        return found or fonts
    return found[0], ", ".join(sorted({*found[1].split(", "), *fonts[1].split(", ")}))


def _is_page(data: bytes, format: str) -> bool:
    return format == "html" or _HTML.search(data[:2000].decode("latin-1")) is not None


def _of_page(data: bytes, charset: str) -> tuple[str, str] | None:
    """(text, encodings) of a page of bytes that are no UTF-8: by its fonts, by its entities."""
    from extract.readers.encodings import as_windows, vietnamese_share
    from extract.readers.web_text import turned_by_fonts, turned_entities

    plain = as_windows(data)
    found = turned_by_fonts(plain) or turned_entities(plain)
    return found if found is not None and vietnamese_share(found[0]) > _MOSTLY else None


def _as_declared(data: bytes, charset: str) -> tuple[str, str] | None:
    """(text, charset) as the file itself names it; the last resort, for few marked letters."""
    from extract.readers.web_text import declared_charset

    named = charset or declared_charset(data) or ""
    try:
        return (nfc(data.decode(named)), named.lower()) if named else None
    except (LookupError, ValueError):
        return None


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
