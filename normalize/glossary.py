"""Abbreviations that a text explains itself: in brackets behind the name, or by naming it in full.

"Cục QLTNN" is nobody that the registry knows. Where the same text says "Cục Quản lý tài nguyên
nước (QLTNN)", or names one body alone that begins with "Cục" and has these initials, it is that
one. Two that fit are none.
"""

from __future__ import annotations

from normalize.patterns import pattern
from normalize.text import WORD, key, tidy, word_key

_BRACKET = pattern(
    r"\((?:[^()\n]{0,40}?\b(?:là|tắt)\s*:?\s*)?[\"“]?(?P<short>[\p{L}&.\- ]{2,24})[\"”]?\)"
)
_MOST_WORDS = 16
_MOST_PLACES = 400
_AND = word_key("và")


class Glossary:
    """The abbreviations of one text; nothing is read of it until one is asked for.

    The text is taken in NFC. Lookups cost time linear in the text, each abbreviation once.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[str, str | None] = {}

    def full_name(self, short: str) -> str | None:
        """The name that the text gives for "Cục QLTNN" or "BQLKCN"; None where it gives none.

        ``short`` ends in an abbreviation (capitals, at least two letters); what stands before it
        must stand before the full name too.
        """
        if short not in self._known:
            self._known[short] = self._find(short)
        return self._known[short]

    def _find(self, short: str) -> str | None:
        words = [found.group() for found in WORD.finditer(short)]
        first = next((i for i, word in enumerate(words) if is_abbreviation(word)), None)
        if first is None or not all(is_abbreviation(word) for word in words[first:]):
            return None
        heads = [word_key(word) for word in words[:first]]
        letters = _letters("".join(words[first:]))
        names = self._explained(short, heads, letters) or self._spelt_out(heads, letters)
        return next(iter(names.values())) if len(names) == 1 else None

    def _explained(self, short: str, heads: list[str], letters: str) -> dict[str, str]:
        """Names before a bracket that holds the abbreviation, with or without its head."""
        wanted = {key(short), key(short.split(" ", len(heads))[-1])}
        names: dict[str, str] = {}
        for found in _BRACKET.finditer(self._text):
            if key(found.group("short")) not in wanted:
                continue
            before = list(WORD.finditer(self._text, max(0, found.start() - 160), found.start()))
            before = before[-_MOST_WORDS:]
            for at in range(len(before) - 2, -1, -1):
                keys = [word_key(word.group()) for word in before[at:]]
                if keys[: len(heads)] == heads and _spells(keys[len(heads) :], letters):
                    name = tidy(self._text[before[at].start() : found.start()])
                    names[key(name)] = name
                    break
        return names

    def _spelt_out(self, heads: list[str], letters: str) -> dict[str, str]:
        """Names that begin with the head and go on with words of these initials."""
        names: dict[str, str] = {}
        if not heads:
            return names
        seen = list(WORD.finditer(self._text))
        places = [i for i, word in enumerate(seen) if word_key(word.group()) == heads[0]]
        for at in places[:_MOST_PLACES]:
            run = seen[at : at + len(heads) + _MOST_WORDS]
            keys = [word_key(word.group()) for word in run]
            if keys[: len(heads)] != heads or not run[0].group()[0].isupper():
                continue
            length = _spelt_length(keys[len(heads) :], letters)
            if length is None:
                continue
            last = run[len(heads) + length - 1]
            words = self._text[run[0].start() : last.end()]
            if not any(mark in words for mark in ".;:()\n\t|"):
                names[key(words)] = tidy(words)
        return names


def is_abbreviation(word: str) -> bool:
    """Capitals throughout, at least two letters."""
    return len(word) > 1 and word.isupper() and word.isalpha()


def _letters(short: str) -> str:
    """The letters that words must begin with: "ĐKĐĐ" → "đkđđ"."""
    return "".join(word_key(char) for char in short if char.isalpha())


def _spells(keys: list[str], letters: str) -> bool:
    return _spelt_length(keys, letters) == len(keys)


def _spelt_length(keys: list[str], letters: str) -> int | None:
    """How many of the words spell the letters by their initials; "và" may be passed over."""
    at = 0
    for count, one in enumerate(keys):
        if at == len(letters):
            return count
        if one[0] == letters[at]:
            at += 1
        elif one != _AND:
            return None
    return len(keys) if at == len(letters) else None
