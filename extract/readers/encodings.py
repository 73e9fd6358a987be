"""Texts in encodings from before Unicode, and UTF-8 taken for Latin-1, turned into Unicode.

What a text is written in is told by what it becomes: of the ways to read it the one counts whose
marked words are Vietnamese syllables. A text that reads well as it stands is never touched.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from extract.readers.old_letters import tcvn3, vni
from normalize.spelling import is_syllable
from normalize.text import fold, nfc

TCVN3, VNI, CP1258, LATIN = "TCVN3", "VNI", "Windows-1258", "UTF-8 đọc như Latin-1"

_TOKEN = re.compile(r"[^\s.,;:()\[\]/\\\-–—…\"“”‘’'!?<>|&=+*%_0-9]+")
_LETTER = re.compile(r"[^\W\d_]")
_MODERN = ("ư", "đ", "ạ", "ệ", "ộ", "Ư", "Đ", "ế", "ả", "ơ")
"""Letters that no byte taken for Latin-1 shows."""
_SUSPECT = (*"\u00b8\u00b5\u00b9\u00ae\u00ab\u00ac×ñÖëÃ", "á»", "Æ°")
_CELL_END = re.compile(r"([\n\t|<>]+)")
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 40_000
_GOOD, _BAD = 0.8, 0.5
_FEWEST = 3
_FEWEST_IN_LINE = 2


_WINDOWS = [
    bytes([byte]).decode("cp1252", errors="replace").replace("\ufffd", chr(byte))
    for byte in range(256)
]


def from_bytes(data: bytes) -> tuple[str, str] | None:
    """(text, encoding) of bytes that are no UTF-8; None where no reading is Vietnamese."""
    plain = as_windows(data)
    candidates = [(name, turn(plain)) for name, turn in _turns()]
    candidates.append((CP1258, nfc(data.decode("cp1258", errors="replace"))))
    share, name, text = max(
        (vietnamese_share(text[:_SAMPLE]), name, text) for name, text in candidates
    )
    return (text, name) if share >= _GOOD else None


def as_windows(data: bytes) -> str:
    """The signs of a byte each: dashes and quotation marks stand where Windows has them."""
    return "".join(_WINDOWS[byte] for byte in data)


def from_text(text: str) -> tuple[str, str] | None:
    """(text, encoding) of a decoded text that is something else underneath; None for a good one.

    Also for single lines of another encoding in a text that is fine otherwise.
    """
    if any(letter in text for letter in _MODERN):
        if not any(sign in text for sign in _SUSPECT):
            return None
        return _line_by_line(text)
    if text.isascii():
        return None
    found = _better(text, _FEWEST)
    return found if found is not None else _line_by_line(text)


def vietnamese_share(text: str, fewest: int = _FEWEST) -> float:
    """The share of words beyond ASCII that are Vietnamese syllables; 0 of too few of them."""
    marked = [word for word in _TOKEN.findall(text) if not word.isascii() and _LETTER.search(word)]
    if len(marked) < fewest:
        return 0.0
    return sum(map(is_syllable, marked)) / len(marked)


def font_encoding(font: str) -> str | None:
    """The old encoding that a font displays (".VnTime" → TCVN3, "VNI-Times" → VNI), else None."""
    name = font.strip().lower()
    if name.startswith((".vn", "vn3", "tcvn")) or name.endswith("abc"):
        return TCVN3
    if name.startswith(("vni-", "vni ")):
        return VNI
    return None


def from_font(font: str, text: str) -> str:
    """The letters that the font shows for the text; the text itself for any other font.

    Fonts whose name ends in H (".VnTimeH") show capitals.
    """
    encoding = font_encoding(font)
    if encoding is None:
        return text
    # Word keeps bytes of such fonts in the private range, too.
    plain = "".join(chr(ord(c) - 0xF000) if "\uf020" <= c <= "\uf0ff" else c for c in text)
    if any(letter in plain for letter in _MODERN):
        return text  # typed in Unicode, whatever font the run names
    made = dict(_turns())[encoding](plain)
    return made.upper() if encoding == TCVN3 and font.rstrip().endswith("H") else made


def _better(text: str, fewest: int) -> tuple[str, str] | None:
    sample = text[:_SAMPLE].rpartition(" ")[0] or text[:_SAMPLE]
    if vietnamese_share(sample, fewest) >= _BAD:
        return None
    best: tuple[float, str] = (0.0, "")
    for name, turn in (*_turns(), (LATIN, _from_latin)):
        made = turn(sample)
        if made != sample:
            best = max(best, (vietnamese_share(made, fewest), name))
    share, name = best
    if share < _GOOD:
        return None
    return dict((*_turns(), (LATIN, _from_latin)))[name](text), name


def _line_by_line(text: str) -> tuple[str, str] | None:
    """A text of which some lines, or cells of them, are in another encoding.

    A lone marked word counts where longer pieces have shown the encoding.
    """
    pieces: list[str] = []
    names: set[str] = set()
    for line in text.split("\n"):
        pieces += ["\n"] if pieces else []
        parts = [line]
        if not line.isascii() and any(letter in line for letter in _MODERN):
            parts = _CELL_END.split(line)
        for part in parts:
            found = None if _is_sound(part) else _better(part, _FEWEST_IN_LINE)
            pieces.append(found[0] if found else part)
            names |= {found[1]} if found else set()
    if not names:
        return None
    for index, piece in enumerate(pieces):
        found = None if _is_sound(piece) else _better(piece, 1)
        if found is not None and found[1] in names:
            pieces[index] = found[0]
    return "".join(pieces), ", ".join(sorted(names))


def _is_sound(piece: str) -> bool:
    return piece.isascii() or any(letter in piece for letter in _MODERN)


@cache
def _turns() -> tuple[tuple[str, Callable[[str], str]], ...]:
    return ((TCVN3, _from_tcvn3), (VNI, _from_vni))


def _from_tcvn3(text: str) -> str:
    """TCVN3 has small letters only; a capital one shows in the letters beside it."""
    table = {ord(sign): letter for sign, letter in tcvn3().items()}
    return "".join(_in_capitals(part, table) for part in _CELL_END.split(text))


def _in_capitals(line: str, table: dict[int, str]) -> str:
    """A line's or cell's letters; capitals in words that are in capitals, or stand among such."""
    made = line.translate(table)
    if made == line:
        return line
    words = [found.span() for found in _WORD.finditer(made)]
    plain = ["".join(c for c in line[a:b] if c.isascii()) for a, b in words]
    name = _is_name(made, line)
    pieces: list[str] = []
    done = 0
    for index, (start, end) in enumerate(words):
        word = made[start:end]
        if _is_shouted(plain, index):
            word = word.upper()
        elif name:
            word = word[0].upper() + word[1:]
        pieces += (made[done:start], word)
        done = end
    return "".join([*pieces, made[done:]])


def _is_name(made: str, written: str) -> bool:
    """A name alone in its line whose words begin with capitals, but for a vowel with a tone."""
    words = made.split()
    if not 2 < len(words) < 6 or not "".join(words).isalpha():
        return False
    small = [i for i, word in enumerate(words) if word[0].islower()]
    return 0 < len(small) < len(words) - 1 and all(
        not written.split()[i][0].isascii() and fold(words[i][0]) in "aeiouy" for i in small
    )


def _is_shouted(words: list[str], index: int) -> bool:
    """The word is in capitals: its own plain letters say so, or those of the words beside it."""
    if len(words[index]) > 1:
        return words[index].isupper()
    if words[index].islower():
        return False
    before = next((word for word in reversed(words[:index]) if len(word) > 1), "")
    behind = next((word for word in words[index + 1 :] if len(word) > 1), "")
    beside = [word for word in (before, behind) if word]
    return bool(beside) and all(map(str.isupper, beside))


def _from_vni(text: str) -> str:
    table = vni()
    return _vni_signs().sub(lambda found: table[found.group()], text)


@cache
def _vni_signs() -> re.Pattern[str]:
    """Pairs of base letter and mark; a lone mark only where no such letter stands before it."""
    signs = sorted(vni(), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, signs)))


def _from_latin(text: str) -> str:
    """UTF-8 that was read as Latin-1 or Windows-1252, once or twice, read as what it is."""
    for _ in range(2):
        # The second byte of "à" is a no-break space, which copying turns into a plain one.
        text = text.replace("Ã ", "Ã\u00a0")
        data = bytearray()
        for char in text:
            try:
                data += char.encode("cp1252")
            except UnicodeEncodeError:
                if ord(char) > 0xFF:
                    return nfc(text)
                data.append(ord(char))
        try:
            made = data.decode("utf-8")
        except UnicodeDecodeError:
            break
        if made == text:
            break
        text = made
    return nfc(text)
