"""The words of an agency cell: tokens with offsets, abbreviations written out, word classes.

Tokens carry half-open offsets of the text that was handed in; an abbreviation becomes the words
that it stands for, each with the offsets of the printed letters. Vocabulary:
``lexicon/agency_abbreviations.csv`` and ``lexicon/agency_words.csv``.
"""

from __future__ import annotations

import re
from functools import cache

import msgspec

from normalize.lexicon import entries, several
from normalize.places import with_names_mended
from normalize.text import fold, word_key

_TOKEN = re.compile(r"[^\W_]+|\n|[^\s\w]")
_IGNORED = frozenset("\"'“”‘’`_…")
STRONG = frozenset([";", "\n", ".", "•", "●", "▪", "►", "*", "+", "○", "", "·", "!", "?"])
AND = word_key("và")
WEAK = frozenset([",", "-", "–", "—", "&", "/", AND])
"""Marks (and "và") that join the parts of a name or two names."""
DASHES = frozenset(["-", "–", "—"])
SEPARATORS = STRONG | WEAK
_DOTTED = frozenset(
    [
        "tp",
        "tx",
        "tt",
        "p",
        "q",
        "h",
        "x",
        "vp",
        "gđ",
        "ct",
        "pct",
        "st",
        "ub",
        "pgs",
        "gs",
        "ts",
        "ths",
        "bs",
        "ks",
    ]
)
"""Abbreviations that are written with a full stop ("TP. Hà Nội")."""


_DIVISION = word_key("phòng")
_REGION = ("khu", word_key("vực"))
_LONGEST_REGION = 8
_ROMAN = re.compile(r"[IVX]+")
_VOWELS = frozenset("aeiouy")


def is_vowelless(word: str) -> bool:
    """Letters that no word has: an abbreviation, also in a text of capitals."""
    return _VOWELS.isdisjoint(fold(word))


class Tokens:
    """The tokens of one text, as parallel lists."""

    __slots__ = ("caps", "ends", "keys", "shown", "slips", "starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.keys: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.shown: list[str] = []
        self.slips: list[tuple[int, int, str]] = []
        self.caps = text.isupper()
        mended, slips = with_names_mended(text)
        self.slips += [(slip.start, slip.end, slip.name) for slip in slips]
        self._read(mended)

    def _read(self, text: str) -> None:
        keys, starts, ends, shown = self.keys, self.starts, self.ends, self.shown
        for match in _TOKEN.finditer(text):
            word = match.group()
            if word in _IGNORED:
                continue
            key = word_key(word)
            if word == "." and keys and keys[-1] in _DOTTED and ends[-1] == match.start():
                rest = self.text[match.end() : match.end() + 2].lstrip(" ")
                if rest and rest[0].isalnum():
                    continue
            keys.append(key)
            starts.append(match.start())
            ends.append(match.end())
            shown.append(word)
        self._divisions()
        firsts = _abbreviations()
        at = 0
        while at < len(keys):
            rules = firsts.get(keys[at])
            if rules is not None:
                at += self._write_out(at, rules)
            else:
                at += 1

    def _divisions(self) -> None:
        """ "P. Đào tạo", "P. CTSV" at the start of an item is a division; other "P." are wards."""
        keys, shown = self.keys, self.shown
        for at in range(len(keys) - 1):
            if keys[at] != "p" or shown[at] != "P" or (at and keys[at - 1] not in SEPARATORS):
                continue
            word = shown[at + 1]
            short = len(word) > 1 and word.isupper()
            if self.caps:
                short = short and is_vowelless(word)
            if short or phrases("division").end(keys, at + 1) > at + 1:
                keys[at], shown[at] = _DIVISION, "Phòng"

    def _write_out(self, at: int, rules: tuple[_Abbreviation, ...]) -> int:
        """Replaces the longest abbreviation at ``at``; returns how far to go on."""
        for rule in rules:
            end = self._end_of(at, rule.rest)
            if end is None:
                continue
            if rule.is_syllable and (self.caps or not self.shown[at].isupper()):
                continue
            first, last = self.starts[at], self.ends[end - 1]
            if rule.is_slip:
                self.slips.append((first, last, rule.phrase))
            count = len(rule.keys)
            self.keys[at:end] = rule.keys
            self.shown[at:end] = rule.shown
            self.starts[at:end] = [first] * count
            self.ends[at:end] = [last] * count
            return count
        return 1

    def _end_of(self, at: int, rest: tuple[str, ...]) -> int | None:
        """Behind the tokens ``rest`` that follow ``at``, joining marks between them left out."""
        keys = self.keys
        here = at + 1
        for key in rest:
            while here < len(keys) and self._joins(here):
                here += 1
            if here >= len(keys) or keys[here] != key:
                return None
            here += 1
        return here

    def _joins(self, at: int) -> bool:
        """May an abbreviation go on behind this mark? Not behind a list's comma ("TC, KH&ĐT")."""
        key = self.keys[at]
        if key == "," and self.text[self.ends[at] : self.ends[at] + 1].isspace():
            return False
        return key in WEAK or key == "."

    def outside(self, at: int) -> int:
        """The first place from ``at`` on that lies between two printed words."""
        while self.inside(at):
            at += 1
        return at

    def inside(self, at: int) -> bool:
        """Does the place between two tokens at ``at`` lie inside one printed abbreviation?"""
        return 0 < at < len(self.starts) and self.starts[at] == self.starts[at - 1]


class _Abbreviation(msgspec.Struct, frozen=True):
    rest: tuple[str, ...]
    keys: tuple[str, ...]
    shown: tuple[str, ...]
    phrase: str
    is_syllable: bool
    is_slip: bool


@cache
def _abbreviations() -> dict[str, tuple[_Abbreviation, ...]]:
    found: dict[str, list[_Abbreviation]] = {}
    for row in entries("agency_abbreviations"):
        shown = tuple(match.group() for match in _TOKEN.finditer(row["phrase"]))
        keys = tuple(word_key(word) for word in shown)
        for short in several(row["short"]):
            parts = [word_key(m.group()) for m in _TOKEN.finditer(short)]
            parts = [part for part in parts if part not in WEAK and part != "."]
            rule = _Abbreviation(
                tuple(parts[1:]),
                keys,
                shown,
                row["phrase"],
                bool(row["is_syllable"]),
                bool(row["is_slip"]),
            )
            found.setdefault(parts[0], []).append(rule)
    return {
        first: tuple(sorted(rules, key=lambda rule: -len(rule.rest)))
        for first, rules in found.items()
    }


def tokens_of(phrase: str) -> tuple[str, ...]:
    """The token keys of a lexicon phrase, abbreviations written out."""
    return tuple(Tokens(phrase).keys)


class Phrases:
    """A set of phrases of one role; ``end`` finds the longest at a position."""

    __slots__ = ("attributes", "firsts")

    def __init__(self, rows: list[tuple[str, str]]) -> None:
        self.firsts: dict[str, list[tuple[str, ...]]] = {}
        self.attributes: dict[tuple[str, ...], str] = {}
        for phrases, attributes in rows:
            for phrase in several(phrases):
                keys = tokens_of(phrase)
                self.firsts.setdefault(keys[0], []).append(keys)
                self.attributes[keys] = attributes
        for found in self.firsts.values():
            found.sort(key=len, reverse=True)

    def end(self, keys: list[str], at: int) -> int:
        """Behind the longest phrase that begins at ``at``; ``at`` itself where none does."""
        if at < len(keys):
            for phrase in self.firsts.get(keys[at], ()):
                behind = at + len(phrase)
                if len(phrase) == 1 or tuple(keys[at:behind]) == phrase:
                    return behind
        return at

    def first_end(self, keys: list[str], at: int) -> int:
        """Behind the shortest phrase that begins at ``at`` ("trường" of "trường đại học")."""
        for phrase in reversed(self.firsts.get(keys[at], ())):
            if tuple(keys[at : at + len(phrase)]) == phrase:
                return at + len(phrase)
        return at

    def attribute(self, keys: list[str], start: int, end: int) -> str:
        """The attributes of the phrase that stands at ``start:end``."""
        return self.attributes.get(tuple(keys[start:end]), "")


@cache
def phrases(role: str) -> Phrases:
    """The phrases of one role of ``agency_words.csv``."""
    return Phrases(
        [
            (row["phrases"], row["attributes"])
            for row in entries("agency_words")
            if row["role"] == role
        ]
    )


@cache
def levels() -> dict[tuple[str, ...], int]:
    """Words of administrative levels → 1 province, 2 district, 3 commune, 0 city of either rank."""
    return {keys: int(rank) for keys, rank in phrases("level").attributes.items()}


def level_text(word: tuple[str, ...]) -> str:
    """A level's word written out: ("xa3",) → "xã", ("tp",) → "thành phố"."""
    return _level_texts()[word]


@cache
def _level_texts() -> dict[tuple[str, ...], str]:
    return {
        tokens_of(phrase): several(row["phrases"])[0]
        for row in entries("agency_words")
        if row["role"] in ("level", "level_only")
        for phrase in several(row["phrases"])
    }


_SHORT_FORMS = tuple(
    (tuple(word_key(word) for word in long.split()), short)
    for long, short in (
        ("ủy ban nhân dân", "UBND"),
        ("hội đồng nhân dân", "HĐND"),
        ("đại biểu quốc hội", "ĐBQH"),
    )
)
"""The three names that stay short in ids and names (contract, ``agency_id``)."""


def name_of(tokens: Tokens, start: int, end: int) -> str:
    """The name that the tokens spell: abbreviations written out, UBND, HĐND and ĐBQH short."""
    keys, shown = tokens.keys, tokens.shown
    parts: list[str] = []
    at = start
    head_end = phrases("head").end(keys, start)
    attributes = phrases("head").attribute(keys, start, head_end)
    proper = tokens.caps and "proper" in attributes
    opens = tokens.caps and "long" not in attributes
    written_out = "small" not in attributes
    if proper:
        head_end = phrases("head").first_end(keys, start)
    while at < end:
        for words, short in _SHORT_FORMS:
            if keys[at] == words[0] and tuple(keys[at : at + len(words)]) == words:
                parts.append(short)
                at += len(words)
                break
        else:
            word = shown[at]
            if keys[at] in {",", ":"} and parts:
                parts[-1] += word
            elif keys[at] == "&":
                parts.append("và")
            else:
                common = at < head_end or not proper or keys[at] == AND
                if tokens.caps and len(word) > 1 and not _names_region(tokens, start, at):
                    common = common or _stays_small(keys, at, head_end)
                    word = word.lower() if common else word.capitalize()
                elif tokens.caps and _ROMAN.fullmatch(word) is None:
                    word = word.capitalize()
                if at == head_end > start and (
                    opens or (written_out and tokens.inside(at + 1) and not tokens.inside(at))
                ):
                    word = word[:1].upper() + word[1:]
                parts.append(word)
            at += 1
    name = " ".join(parts)
    return name[:1].upper() + name[1:]


def _names_region(tokens: Tokens, start: int, at: int) -> bool:
    """Does the token stand behind "khu vực", whose name has capitals ("khu vực Bắc Hà")?"""
    keys = tokens.keys
    return any(
        keys[before - 1] == _REGION[1] and keys[before - 2] == _REGION[0]
        for before in range(max(start + 2, at - _LONGEST_REGION), at + 1)
    )


def _stays_small(keys: list[str], at: int, first: int) -> bool:
    """Is the word inside words that a name writes small but for the first ("Trung học cơ sở")?"""
    common = phrases("common")
    level = levels()
    return (keys[at],) in level or any(
        common.end(keys, begin) > at for begin in range(max(first, at - 8), at)
    )


def proper_name(tokens: Tokens, start: int, end: int) -> str:
    """The name of a place; each word with a capital where the whole text stands in capitals."""
    name = name_of(tokens, start, end)
    return name.title() if tokens.caps else name
