"""The list items of a table cell: paragraphs, bullets, and bullets that stand inside a line.

A line that begins with a bullet ("-", "+", "•", "*", "–") is a list: it goes on wherever the same
bullet stands again between blanks or behind a full stop, but neither inside a hyphenated name
("Kinh tế - Xã hội", ``lexicon/hyphenated.csv``) nor inside a range ("2021 - 2025", "I - IV").
A line that begins with "1." or "a)" is a list where the numbers run on.
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import islice

import regex

from normalize.lexicon import entries, several
from normalize.patterns import pattern
from normalize.text import WORD, word_key

Span = tuple[int, int]

_DASHES = "–—−-"
_SIGNS = "+•●▪■◦·∙✓✔➢➤❖♦⁃*"
_ANY_BULLET = rf"[{_SIGNS}{_DASHES}]"
_BULLETS = frozenset(_DASHES + _SIGNS)
_OPENER = pattern(rf"(?:(?P<lead>[^:\n\d]{{2,60}}:)\s*)?(?P<bullet>{_ANY_BULLET})")
_NEXT_DASH = pattern(rf"(?:(?<=\s)|(?<=[.;,:!?)”\"]))[{_DASHES}]+(?P<gap>\s*)(?=[\p{{L}}\d(“\"])")
_NUMBERED = pattern(r"\(?(?:(?P<number>\d{1,2})|(?P<letter>[a-zđ]))[.)]\s*(?=\p{L}|[“\"(])")
_NEXT_NUMBER = pattern(
    r"(?:(?<=\s)|(?<=[.;,]))\(?(?:(?P<number>\d{1,2})|(?P<letter>[a-zđ]))[.)]\s*(?=[\p{L}“\"(])"
)
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_ROMAN = frozenset("i ii iii iv v vi vii viii ix x".split())
_TOKEN_BEFORE = pattern(r"[^\s(]+$")
_TOKEN_BEHIND = pattern(r"[^\s,;:()]+")
_DATE_LIKE = pattern(r"\d+[/.]\d+")
_SYMBOL_END = pattern(r"[/\d]\p{Lu}[\p{L}&]*$")
_REACH = 1_000
"""Characters before and behind a dash that tell whether it is a bullet."""
_TOKEN_REACH = 80
_ENDED = (".", ";", ":", "!", "?")


@lru_cache(maxsize=8192)
def split_items(text: str) -> tuple[Span, ...]:
    """The items of the cell as half-open ranges, without bullets and surrounding blanks.

    A line that begins small and follows one that has not ended goes on with it. Words before the
    first bullet that end with ":" ("Sản phẩm: - …") announce the list and are no item. An empty
    text has no items.
    """
    made: list[Span] = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        found = _line_items(text, start, end)
        if found and made and _goes_on(text, made[-1], start, found[0]):
            made[-1] = (made[-1][0], found[0][1])
            found = found[1:]
        made += found
        start = end + 1
    return tuple(made)


def _goes_on(text: str, before: Span, line: int, first: Span) -> bool:
    """The line at ``line`` continues the item before it."""
    if text[line : first[0]].strip():
        return False  # a bullet of its own
    if not text[first[0]].islower():
        return False
    return not text[before[0] : before[1]].endswith(_ENDED)


def _line_items(text: str, start: int, end: int) -> list[Span]:
    start, end = _trim(text, start, end)
    if start == end:
        return []
    opener = _OPENER.match(text, start, end)
    if opener is not None and (not opener.group("lead") or _announces(text, opener, end)):
        first = opener.start("bullet")
        return _bulleted(text, first, end)
    number = _NUMBERED.match(text, start, end)
    if number is not None:
        return _numbered(text, number, end)
    return [(start, end)]


def _announces(text: str, opener: regex.Match[str], end: int) -> bool:
    """The bullet behind "…:" opens a list: a blank follows it, no number stands behind it."""
    behind = opener.end()
    return behind < end and text[behind].isspace() and text[opener.start("bullet") - 1].isspace()


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _bulleted(text: str, first: int, end: int) -> list[Span]:
    bullet = text[first]
    body = first
    while body < end and (text[body] in _BULLETS or text[body].isspace()):
        body += 1
    if body == end:
        return []
    tight = not text[body - 1].isspace()
    cuts = [body]
    ends: list[int] = []
    if bullet in _DASHES:
        for found in _NEXT_DASH.finditer(text, body, end):
            if _is_bullet(text, cuts[-1], body, found, tight):
                ends.append(found.start())
                cuts.append(found.end())
    else:
        at = text.find(bullet, body, end)
        while at >= 0:
            if text[at - 1].isspace() or text[at - 1] in ".;,:":
                ends.append(at)
                cuts.append(at + 1)
            at = text.find(bullet, at + 1, end)
    spans = (_trim(text, a, b) for a, b in zip(cuts, [*ends, end], strict=True))
    return [span for span in spans if span[0] < span[1]]


def _is_bullet(text: str, item: int, body: int, dash: regex.Match[str], tight: bool) -> bool:
    """The dash opens another item of the list whose running item began at ``item``."""
    left = text[max(item, dash.start() - _REACH) : dash.start()]
    right = text[dash.end() : dash.end() + _REACH]
    spaced_before = text[dash.start() - 1].isspace()
    ended = left.rstrip().endswith((*_ENDED, ","))
    if not dash.group("gap") and not (tight or ended):
        return False  # "QĐ -UBND"
    if left.count("(") > left.count(")"):
        return False
    if ended and right[:1].isupper():
        return True
    before = _TOKEN_BEFORE.search(left[-_TOKEN_REACH:].rstrip())
    behind = _TOKEN_BEHIND.match(right)
    one = before.group() if before else ""
    two = behind.group() if behind else ""
    if _is_range(one, two):
        return False
    if spaced_before and _SYMBOL_END.search(one) and two.isupper():
        return False
    if right[:1].islower() and not text[body].islower():
        return False
    return not _is_hyphenated(left, right)


def _is_range(one: str, two: str) -> bool:
    """Figures or Roman numerals on both sides; two full dates in a list are two items."""
    if word_key(two.rstrip(".").split("/")[0]) in _ROMAN and len(one) <= 4:
        return word_key(one) in _ROMAN or one.isdigit()
    if not one[-1:].isdigit() or not two[:1].isdigit():
        return False
    return not (_DATE_LIKE.match(one) and _DATE_LIKE.match(two))


def _numbered(text: str, opener: regex.Match[str], end: int) -> list[Span]:
    cuts = [opener.end()]
    ends: list[int] = []
    last = opener
    for found in _NEXT_NUMBER.finditer(text, opener.end(), end):
        if _follows(last, found):
            ends.append(found.start())
            cuts.append(found.end())
            last = found
    spans = [_trim(text, a, b) for a, b in zip(cuts, [*ends, end], strict=True)]
    return [span for span in spans if span[0] < span[1]]


def _follows(last: regex.Match[str], found: regex.Match[str]) -> bool:
    if last.group("number"):
        return bool(found.group("number")) and int(found.group("number")) == (
            int(last.group("number")) + 1
        )
    letter = _LETTERS.find(last.group("letter")) + 1
    return found.group("letter") == _LETTERS[letter : letter + 1] != ""


@cache
def _pairs() -> dict[str, list[tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]]]:
    """Key of a left side's last word → (words of the left side, right sides)."""
    made: dict[str, list[tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]]] = {}
    for row in entries("hyphenated"):
        left = tuple(word_key(word) for word in row["left"].split())
        rights = tuple(
            tuple(word_key(word) for word in phrase.split()) for phrase in several(row["right"])
        )
        made.setdefault(left[-1], []).append((left, rights))
    return made


def _is_hyphenated(left: str, right: str) -> bool:
    """The lexicon joins the words left and right of the dash into one name."""
    before = tuple(word_key(word) for word in WORD.findall(left)[-4:])
    if not before:
        return False
    known = _pairs().get(before[-1])
    if known is None:
        return False
    behind = tuple(word_key(found.group()) for found in islice(WORD.finditer(right), 5))
    return any(
        before[-len(words) :] == words and any(behind[: len(side)] == side for side in sides)
        for words, sides in known
    )
