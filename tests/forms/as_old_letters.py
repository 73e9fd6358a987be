"""Texts as they were written before Unicode: TCVN3 (ABC), VNI-Windows, Windows-1258."""

from __future__ import annotations

import unicodedata

from extract.readers.old_letters import tcvn3, vni

TO_TCVN3 = {letter: sign for sign, letter in tcvn3().items()}
TO_VNI = {letter: sign for sign, letter in sorted(vni().items(), key=lambda one: len(one[0]))}


def to_tcvn3(text: str) -> str:
    """As typed with an ABC keyboard: capitals with a tone mark do not exist and become small.

    Typists put the tone of "Uỷ" on its second letter, where TCVN3 has it.
    """
    text = text.replace("Ủy", "Uỷ").replace("ỦY", "UỶ")
    return "".join(TO_TCVN3.get(c) or TO_TCVN3.get(c.lower()) or c for c in text)


def to_vni(text: str) -> str:
    """A base letter and a byte for its marks."""
    return "".join(TO_VNI.get(c, c) for c in text)


def windows(text: str) -> bytes:
    """One byte a character; what the code page lacks becomes a question mark."""
    return b"".join(
        c.encode("cp1252", errors="ignore") or (bytes([ord(c)]) if ord(c) < 256 else b"?")
        for c in text
    )


def to_cp1258(text: str) -> bytes:
    """Vowels with circumflex, breve or horn whole, the tone as a mark of its own."""
    made = b""
    for char in text:
        try:
            made += char.encode("cp1258")
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", char)
            base, marks = parts[0], parts[1:]
            shape = "".join(mark for mark in marks if mark in "\u0302\u0306\u031b")
            tone = "".join(mark for mark in marks if mark not in shape)
            whole = unicodedata.normalize("NFC", base + shape)
            made += (whole + tone).encode("cp1258", errors="replace")
    return made
