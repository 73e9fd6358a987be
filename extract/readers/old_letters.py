"""The letters of two encodings from before Unicode, TCVN3 (ABC) and VNI-Windows.

TCVN3 (TCVN 5712:1993, third set) writes each letter as one byte; capitals with a tone mark exist
only as another font. VNI writes a base letter and behind it a byte for its marks. Both tables show
the bytes as the Latin-1 characters that they are taken for.
"""

from __future__ import annotations

import unicodedata
from functools import cache

_TONES = "\u0300\u0301\u0309\u0303\u0323"
"""Grave, acute, hook, tilde, dot below: the order of the strings below."""
_TCVN3_TONED = {
    "a": "µ¸¶·¹",
    "ă": "»¾¼½Æ",
    "â": "ÇÊÈÉË",
    "e": "ÌÐÎÏÑ",
    "ê": "ÒÕÓÔÖ",
    "i": "×ÝØÜÞ",
    "o": "ßãáâä",
    "ô": "åèæçé",
    "ơ": "êíëìî",
    "u": "ïóñòô",
    "ư": "õøö÷ù",
    "y": "úýûüþ",
}
_TCVN3_PLAIN = {
    "ă": "¨",
    "â": "©",
    "ê": "ª",
    "ô": "«",
    "ơ": "¬",
    "ư": "\u00ad",
    "đ": "®",
    "Ă": "¡",
    "Â": "¢",
    "Ê": "£",
    "Ô": "¤",
    "Ơ": "¥",
    "Ư": "¦",
    "Đ": "§",
}
_VNI_MARKS = {
    "": "øùûõï",
    "\u0302": "àáåãä",
    "\u0306": "èéúüë",
}
"""Circumflex or breve (or neither) → the bytes for it with each tone; â and ê alone below."""
_VNI_LONE = {"i": "ìíæóò", "đ": "ñ", "ỵ": "î", "ơ": "ô", "ư": "ö"}


@cache
def tcvn3() -> dict[str, str]:
    """TCVN3 character (as Latin-1) → letter."""
    made = {sign: letter for letter, sign in _TCVN3_PLAIN.items()}
    for letter, signs in _TCVN3_TONED.items():
        for tone, sign in zip(_TONES, signs, strict=True):
            made[sign] = unicodedata.normalize("NFC", letter + tone)
    return made


@cache
def vni() -> dict[str, str]:
    """VNI character or pair of characters (as Latin-1) → letter, both cases."""
    made: dict[str, str] = {}
    for tone, sign in zip(_TONES, _VNI_LONE["i"], strict=True):
        made[sign] = unicodedata.normalize("NFC", "i" + tone)
    for letter in "đỵơư":
        made[_VNI_LONE[letter]] = letter
    for base in "aeouy":
        for tone, sign in zip(_TONES, _VNI_MARKS[""], strict=True):
            made[base + sign] = unicodedata.normalize("NFC", base + tone)
    for base, breve in (("a", True), ("e", False), ("o", False)):
        made[base + "â"] = unicodedata.normalize("NFC", base + "\u0302")
        for tone, sign in zip(_TONES, _VNI_MARKS["\u0302"], strict=True):
            made[base + sign] = unicodedata.normalize("NFC", base + "\u0302" + tone)
        if breve:
            made[base + "ê"] = unicodedata.normalize("NFC", base + "\u0306")
            for tone, sign in zip(_TONES, _VNI_MARKS["\u0306"], strict=True):
                made[base + sign] = unicodedata.normalize("NFC", base + "\u0306" + tone)
    for base, letter in (("ô", "ơ"), ("ö", "ư")):
        for tone, sign in zip(_TONES, _VNI_MARKS[""], strict=True):
            made[base + sign] = unicodedata.normalize("NFC", letter + tone)
    capitals = {sign.upper(): letter.upper() for sign, letter in made.items()}
    mixed = {sign[0].upper() + sign[1:]: letter.upper() for sign, letter in made.items()}
    return {**mixed, **capitals, **made}
