"""Laws cited by name: "Luật Đường bộ", "Bộ luật Dân sự năm 2015", "Luật sửa đổi, bổ sung …".

A known title (``citation_words.csv``, kind ``law``) ends where the lexicon says. An unknown one
begins with a capital and runs to the first mark, date, number or word that opens something else
(``title_stop``). An amending law takes the laws that it names into its own title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import msgspec

from extract.cited_words import vocabulary
from extract.text_phrases import Phrases, rows_of
from normalize.lexicon import several
from normalize.text import Word, tidy, words

_OPENER = re.compile(
    r"(?<!\w)(?:(?P<code>[Bb]ộ\s+luật|BỘ\s+LUẬT|Bộ\s+Luật)|(?P<law>[Ll]uật|LUẬT)|"
    r"(?P<ordinance>[Pp]háp\s+[Ll]ệnh|PHÁP\s+LỆNH)|(?P<constitution>Hiến\s+pháp|HIẾN\s+PHÁP))(?!\w)"
)
_TYPES = {
    "code": "Bộ luật",
    "law": "Luật",
    "ordinance": "Pháp lệnh",
    "constitution": "Hiến pháp",
}
_NUMBER = re.compile(r"\s+(?:số|SỐ)\s*:?\s*(?=\d)")
_AMENDING = re.compile(r"\s+sửa\s+đổi(?!\w)", re.IGNORECASE)
_AMENDED = re.compile(
    r"(?:\s*,)?(?:\s+(?:và\s+)?(?:bổ\s+sung|thay\s+thế|bãi\s+bỏ)(?!\w))*"
    r"(?P<what>[^;:.()“”\"]{0,160}?)\s+(?=(?:(?:các|một\s+số|\d{1,2})\s+)?(?:bộ\s+)?luật(?!\w)|pháp\s+lệnh(?!\w))",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"(?:các|một\s+số|\d{1,2})\s+(?:bộ\s+)?luật(?!\w)", re.IGNORECASE)
_AND = re.compile(r"\s*(?:,\s*và|,|;|và)\s+(?=\S)", re.IGNORECASE)
_DATED = re.compile(r"\s*,?\s*(?:ngày|số)\s*\d", re.IGNORECASE)
_YEAR = re.compile(r"\s+(?:năm\s+)?(?:19|20)\d\d(?!\d)", re.IGNORECASE)
_REVISED = re.compile(r"\s*\((?:đã\s+)?(?:được\s+)?sửa\s+đổi[^()]{0,40}\)", re.IGNORECASE)
_RELATED = re.compile(r"\s+(?:(?:có\s+)?liên\s+quan\s+(?:đến|tới)\s+|về\s+)?", re.IGNORECASE)
_CLAUSE = re.compile(r"[;:.(),“”\"\n]|$")
_LONGEST = 30
_UNKNOWN = 12


class CitedLaw(msgspec.Struct, frozen=True, gc=False):
    """One law: type, title with its type word (None for "Luật số …"), half-open range of both.

    ``end`` lies behind title and "(sửa đổi)"; ``members`` is true where "các Luật" opens a list
    whose further members may lack the word.
    """

    type_words: str
    title: str | None
    start: int
    end: int
    members: bool


@cache
def _titles(type_words: str) -> Phrases:
    """Known titles of one type without the type word → full canonical title."""
    size = len(type_words)
    return Phrases(
        (alias[size:].strip(), row["name"])
        for row in rows_of("citation_words")["law"]
        if row["name"].startswith(f"{type_words} ")
        for alias in (row["name"], *several(row["aliases"]))
    )


def find_laws(text: str) -> Iterator[CitedLaw]:
    """The laws that the text names, in order; "Luật này", "pháp luật", "Luật sư" are none."""
    reached = 0
    for match in _OPENER.finditer(text):
        if match.start() < reached:
            continue
        made = _read(text, match)
        if made is None:
            continue
        yield made
        reached = made.end
        if made.members:
            for member in _members(text, made):
                yield member
                reached = member.end


def _read(text: str, match: re.Match[str]) -> CitedLaw | None:
    kind = str(match.lastgroup)
    type_words = _TYPES[kind]
    start, end = match.span()
    window = text[max(0, start - 40) : start]
    before = words(window)
    if kind == "constitution":
        return _constitution(text, start, end)
    touching = bool(before) and not window[before[-1].end :].strip()
    if touching and vocabulary("no_law_before").before(window, before, len(before)):
        return None
    if _NUMBER.match(text, end):
        return CitedLaw(type_words, None, start, end, False)
    amending = _AMENDING.match(text, end)
    if amending is not None:
        stop = _amending_end(text, amending.end())
        return _law(text, type_words, start, end, stop, None, False) if stop else None
    several_laws = touching and before[-1].key == "cac4"
    begin = end
    while text[begin : begin + 1].isspace() or (several_laws and text[begin : begin + 1] == ":"):
        begin += 1
    found = _title_end(text, begin, type_words, match.group()[0].islower())
    if found is None:
        return None
    return _law(text, type_words, start, begin, *found, several_laws)


def _law(
    text: str,
    type_words: str,
    start: int,
    begin: int,
    stop: int,
    known: str | None,
    members: bool,
) -> CitedLaw:
    title = known or f"{type_words} {tidy(text[begin:stop])}"
    revised = _REVISED.match(text, stop)
    return CitedLaw(type_words, title, start, revised.end() if revised else stop, members)


def _constitution(text: str, start: int, end: int) -> CitedLaw | None:
    """The constitution counts where its state or year is named, not in "Hiến pháp, pháp luật"."""
    window = text[end : end + 60]
    found = words(window)
    state = vocabulary("state").at(window, found, 0)
    if state is not None and not window[: found[0].start].strip():
        end += found[state[0] - 1].end
    elif _YEAR.match(text, end) is None:
        return None
    return CitedLaw("Hiến pháp", "Hiến pháp", start, end, False)


def _title_end(
    text: str, begin: int, type_words: str, lower: bool
) -> tuple[int, str | None] | None:
    """(offset behind the title, canonical title where it is known)."""
    window = text[begin : begin + 260]
    found = words(window[: _LONGEST * 8])
    if not found or found[0].start != 0:
        return None
    known = _titles(type_words).at(window, found, 0)
    small = not window[0].isupper()
    if known is not None and (not small or (known[0] > 1 and not lower)):
        return begin + found[known[0] - 1].end, known[1]  # also "Luật đất đai"
    if small or lower or vocabulary("no_law_after").at(window, found, 0) is not None:
        return None
    stop = _unknown_end(window, found)
    return (begin + stop, None) if stop else None


def _unknown_end(window: str, found: list[Word]) -> int:
    """Where a title that the lexicon lacks ends; 0 where it does not even begin."""
    for opener in ("type", "title_stop"):
        if vocabulary(opener).at(window, found, 0) is not None:
            return 0
    index = 1
    while index < min(len(found), _UNKNOWN):
        word = found[index]
        gap = window[found[index - 1].end : word.start].strip()
        if gap and not (gap == "," and found[0].key == "phong1" and index == 1) and gap not in "&-":
            break
        if window[word.start].isdigit():
            break
        lower = not window[word.start].isupper()
        if lower and vocabulary("title_stop").at(window, found, index) is not None:
            break
        if not lower and vocabulary("type").at(window, found, index) is not None:
            break
        if word.key == "va1" and not _and_in_title(window, found, index):
            break
        index += 1
    if found[index - 1].key == "va1":
        index -= 1
    return found[index - 1].end


def _and_in_title(window: str, found: list[Word], index: int) -> bool:
    following = index + 1
    return (
        following < len(found)
        and not window[found[index].end : found[following].start].strip()
        and window[found[following].start].islower()
        and vocabulary("title_and_stop").at(window, found, following) is None
    )


def _amending_end(text: str, begin: int) -> int:
    """Where the title of an amending law ends: behind the last law that it names."""
    amended = _AMENDED.match(text, begin)
    if amended is None:
        return 0
    at = amended.end()
    listed = _SEVERAL.match(text, at)
    if listed is not None:
        related = _RELATED.match(text, listed.end())
        begin = related.end() if related is not None else listed.end()
        clause = _CLAUSE.search(text, listed.end())
        stop = clause.start() if clause is not None else len(text)
        dated = _DATED.search(text, listed.end(), stop)
        return dated.start() if dated is not None else min(stop, _words_on(text, begin, 8))
    end = 0
    while True:
        opener = _OPENER.match(text, at)
        if opener is None:
            return end
        begin = opener.end()
        while text[begin : begin + 1].isspace():
            begin += 1
        found = _title_end(text, begin, _TYPES[str(opener.lastgroup)], False)
        if found is None:
            return end
        end = found[0]
        joined = _AND.match(text, end)
        if joined is None or _DATED.match(text, end):
            return end
        at = joined.end()


def _words_on(text: str, begin: int, count: int) -> int:
    """The offset behind at most ``count`` words, the first of ``title_stop`` left out."""
    window = text[begin : begin + 160]
    found = words(window)
    index = 0
    while index < min(count, len(found)):
        if vocabulary("title_stop").at(window, found, index) is not None:
            break
        index += 1
    return begin + (found[index - 1].end if index else 0)


def _members(text: str, first: CitedLaw) -> Iterator[CitedLaw]:
    """ "các Luật Đất đai, Nhà ở, Kinh doanh bất động sản": further known titles of the list."""
    end = first.end
    while True:
        joined = _AND.match(text, end)
        if joined is None or _OPENER.match(text, joined.end()):
            return
        window = text[joined.end() : joined.end() + 200]
        found = words(window)
        if not found or found[0].start != 0 or not window[0].isupper():
            return
        known = _titles(first.type_words).at(window, found, 0)
        if known is None:
            return
        start = joined.end()
        end = start + found[known[0] - 1].end
        yield CitedLaw(first.type_words, known[1], start, end, False)
