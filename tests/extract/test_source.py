"""A source's view and the way back to the file's own characters."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.readers.text import decode
from extract.source import Source

TEXT = "Quý II/2021\nSở Nội vụ – đề án\n\nỦy ban nhân dân"


@pytest.mark.parametrize(
    "written",
    [
        TEXT,
        unicodedata.normalize("NFD", TEXT),
        TEXT.replace("\n", "\r\n"),
        unicodedata.normalize("NFD", TEXT).replace("\n", "\r\n"),
        TEXT.replace(" ", "\u00a0"),
        TEXT.replace("Nội", "N\u200bội"),
    ],
    ids=["nfc", "nfd", "crlf", "nfd-crlf", "no-break-space", "zero-width"],
)
def test_the_view_is_the_same_however_the_file_writes_it(written: str) -> None:
    source = Source(written, name="x")
    assert source.view == TEXT
    at = source.view.index("Sở Nội vụ")
    place = source.place(at, at + len("Sở Nội vụ"))
    words = written[place.char_start : place.char_end]
    tidy = unicodedata.normalize("NFC", words).replace("\u00a0", " ").replace("\u200b", "")
    assert tidy == "Sở Nội vụ"
    assert (place.line_start, place.line_end) == (2, 2)


@given(st.text(alphabet="aáạê̂ộ\u0301\u0323\r\n\t \u00a0\u200bđ", max_size=60))
def test_every_view_character_has_a_place_in_order(text: str) -> None:
    source = Source(text, name="x")
    starts = [source.place(i, i + 1).char_start for i in range(len(source.view))]
    assert starts == sorted(starts)
    whole = source.place(0, len(source.view))
    assert whole.char_end <= len(text)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode("utf-8"), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8"),
        (TEXT.encode("utf-16"), "utf-16-le"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16-be"),
        (("a plan in plain letters\n" * 20 + TEXT).encode("utf-16-le"), "utf-16-le"),
    ],
)
def test_encodings(data: bytes, encoding: str) -> None:
    text, found = decode(data)
    assert text.endswith(TEXT)
    assert found == encoding


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"K\xc3\xaa\xff ho\xe1", "3"),  # the byte at offset 3 is broken
        (b"\xef\xbb\xbfabc\xff", "6"),  # offsets count the file's bytes, mark included
        (b"%PDF-1.7 \x00\x01", "nhị phân"),
        (b"\x00\x01\x02" * 50, "nhị phân"),
    ],
)
def test_broken_bytes_name_their_offset(data: bytes, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        decode(data)
