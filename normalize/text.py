"""Keys for comparing Vietnamese words.

Two spellings of one word (capital letters, NFC or NFD, old or new tone placement:
"hoà"/"hòa", "Uỷ"/"Ủy", the slips "qúy", "tòan", "đựơc", "truớc") have one key: the tone is taken
off its vowel and put at the word's end as a digit. Offsets are never lost: words carry the
half-open range of the text that they came from.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import msgspec

from normalize.patterns import pattern

TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
"""Combining tone marks (grave, hook, tilde, acute, dot below) and the digit for each."""

# Letters by range: the class of one script and its marks is found twice as fast as \p{L}\p{M}.
WORD = re.compile(
    "[A-Za-zªµºÀ-ÖØ-öø-ʯ\u0300-\u1fff\u2c00-\u2dff\u3040-\ud7ff]+|[0-9²³¹¼-¾\u2150-\u218f]+"
)
_SPACE = pattern(r"\s+")
_NOT_SLUG = pattern(r"[^a-z0-9]+")
_TONE_DIGIT = str.maketrans("", "", "12345")
# One horn of two: "truớc", "thưòng". "uơ" ends a word ("thuở") or follows q and stays there.
_LOST_HORN = re.compile(r"(?<!q)uơ(?=[^\W\d_])|ưo")


def _bare_letters() -> dict[str, tuple[str, str]]:
    """Every small letter with a tone mark (and every lone mark) → the letter without it, digit."""
    made = {mark: ("", digit) for mark, digit in TONES.items()}
    for letter in "aăâeêioôơuưy":
        for mark, digit in TONES.items():
            made[unicodedata.normalize("NFC", letter + mark)] = (letter, digit)
    return made


_BARE = _bare_letters()
_word_keys: dict[str, str] = {}


class Word(msgspec.Struct, frozen=True, gc=False):
    """One run of letters or of digits: its key and its half-open range in the text."""

    key: str
    start: int
    end: int


def nfc(text: str) -> str:
    """The text in Unicode normalization form C."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """The text with every line end, tab and no-break space as one blank; offsets stay."""
    # Looking for each is many times cheaper than str.translate on a Vietnamese text.
    for odd in "\n\t\r\u00a0":
        if odd in text:
            text = text.replace(odd, " ")
    return text


def tidy(text: str) -> str:
    """The text in NFC, every run of white space one blank, none at the ends."""
    text = nfc(text)
    # Most cells are tidy already, and a look at them is cheaper than a rewrite.
    if "  " in text or "\n" in text or "\t" in text or "\u00a0" in text or "\r" in text:
        text = _SPACE.sub(" ", text)
    return text.strip()


def word_key(word: str) -> str:
    """The comparison key of one word: lower case, tone digit last ("Thuỷ", "thủy" → "thuy2")."""
    known = _word_keys.get(word)
    if known is not None:
        return known
    if word.isascii():
        made = word.lower()
    else:
        tone = ""
        letters = []
        for char in nfc(word.lower()):
            bare = _BARE.get(char)
            if bare is None:
                letters.append(char)
            else:
                letters.append(bare[0])
                tone = bare[1]
        made = _LOST_HORN.sub("ươ", "".join(letters)) + tone
    if len(_word_keys) > 200_000:
        _word_keys.clear()
    _word_keys[word] = made
    return made


def words(text: str) -> list[Word]:
    """The words of the text in order, punctuation left out."""
    known = _word_keys.get
    made = []
    for found in WORD.finditer(text):
        word = found.group()
        made.append(Word(known(word) or word_key(word), found.start(), found.end()))
    return made


_LOST_HORN_PRINTED = re.compile(
    r"(?<![qQ])[uúùủũụUÚÙỦŨỤ][ơớờởỡợƠỚỜỞỠỢ](?=[^\W\d_])|[ưứừửữựƯỨỪỬỮỰ][oóòỏõọOÓÒỎÕỌ]"
)
_HORNS = str.maketrans("uúùủũụoóòỏõọUÚÙỦŨỤOÓÒỎÕỌ", "ưứừửữựơớờởỡợƯỨỪỬỮỰƠỚỜỞỠỢ")


def with_horns(text: str) -> str:
    """The text (in NFC) with the second horn where a word has one of two: "truớc" → "trước".

    :func:`word_key` reads both alike; this tells what was mended.
    """
    return _LOST_HORN_PRINTED.sub(lambda found: found.group().translate(_HORNS), text)


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """The keys of all words of the text, joined by one blank."""
    known = _word_keys.get
    return " ".join([known(word) or word_key(word) for word in WORD.findall(text)])


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Lower-case ASCII of a Vietnamese text (đ → d, accents off); other characters stay."""
    bare = unicodedata.normalize("NFD", text.lower()).replace("đ", "d")
    return "".join(char for char in bare if not unicodedata.combining(char))


@lru_cache(maxsize=8192)
def slug(text: str) -> str:
    """Lower-case ASCII words joined by hyphens: "Sở Nội vụ" → "so-noi-vu"."""
    return _NOT_SLUG.sub("-", fold(text)).strip("-")
