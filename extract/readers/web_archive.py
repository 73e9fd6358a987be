"""Saved web archives (.mht, .mhtml): the page in them, read like any other.

An archive is a mail message: parts with their own encodings and charsets (RFC 2557). Offsets count
in the text of the page itself; where a page has frames, in their texts one behind the other.
"""

from __future__ import annotations

from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

from extract.readers.text import read_text
from extract.readers.unreadable import UnreadableError
from extract.source import Source
from normalize.patterns import pattern

_SEEN = pattern(r"(?s)<!--.*?-->|<(script|style|title)\b.*?</\1\s*>|<[^<>]*>")
_FEWEST_LETTERS = 40


def read_web_archive(data: bytes, name: str, sha256: str) -> Source:
    """The source of an archive's page; raises UnreadableError for an archive without one."""
    message = BytesParser(policy=policy.default).parsebytes(data.lstrip(b"\xef\xbb\xbf\r\n\t "))
    pages = [
        source
        for part in message.walk()
        if part.get_content_type() in ("text/html", "application/xhtml+xml")
        for source in [_page(part, name, sha256)]
        if source is not None
    ]
    full = [page for page in pages if _letters(page.text) >= _FEWEST_LETTERS] or pages[:1]
    if not full:
        raise UnreadableError(
            "tệp lưu trữ trang web (.mht) không có trang HTML nào đọc được",
            "Mở tệp bằng trình duyệt rồi lưu lại dưới dạng .html hoặc PDF",
        )
    first = full[0]
    if len(full) == 1:
        return first
    notes = {note.value: note for page in full for note in page.notes}
    return Source(
        "\n".join(page.text for page in full),
        name=name,
        sha256=sha256,
        format="html",
        encoding=first.encoding,
        notes=tuple(notes.values()),
    )


def _page(part: EmailMessage, name: str, sha256: str) -> Source | None:
    """The text of one part; its charset counts where the bytes do not tell."""
    try:
        payload = part.get_payload(decode=True)
    except (LookupError, ValueError):
        return None
    if not isinstance(payload, bytes) or not payload.strip():
        return None
    return read_text(payload, name, sha256, format="html", charset=part.get_content_charset(""))


def _letters(text: str) -> int:
    return sum(map(str.isalpha, _SEEN.sub(" ", text)))
