"""Figures in running text: number, unit, range, and the comparator words around them.

"Trên 98%" is > 98, "từ 40% trở lên" >= 40, "không quá 5%" <= 5. A range is two figures: "từ 5% đến
10%" is >= 5 and <= 10. "Từ 60% lên 80%" is the target 80; 60 is where things stand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from extract.text_phrases import Phrases, phrases
from normalize.text import Word

NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?(?!\d)|\d+(?:[.,]\d+)?"
_PERCENT = r"(?:(?:\s+điểm)?(?:\s?%|\s?‰|\s+phần\s+trăm(?!\w)))"
_SIGN = r"(?:(?P<sign>>=|<=|≥|≤|>|<)\s*)?"
_TO = (
    r"\s*(?P<to>[-–]|đến|tới|lên\s+đến|lên\s+tới|lên|xuống\s+còn|xuống|còn)\s*(?:(?:trên|dưới)\s+)?"
)
_FROM = r"(?<![\w/.,:])(?<!\w-)"
SHARE = re.compile(
    rf"{_SIGN}{_FROM}(?!(?:19|20)\d\d\s+(?:lên|xuống|còn|đến|tới)\s)(?P<low>{NUMBER})(?:(?P<unit1>{_PERCENT})?{_TO}(?P<high>{NUMBER}))?"
    rf"(?P<unit>{_PERCENT})(?P<per>\s?/\s?năm(?!\w))?",
    re.IGNORECASE,
)
COUNT = re.compile(
    rf"{_SIGN}{_FROM}(?P<low>{NUMBER})(?:\s*(?P<to>[-–]|đến)\s*(?P<high>{NUMBER}))?(?=\s+[\"“]?[^\W\d_]|(?:ha|km2?|kg|m[23²³]|MW)(?!\w))",
    re.IGNORECASE,
)
BARE = re.compile(
    rf"{_SIGN}{_FROM}(?P<low>{NUMBER})(?P<to>)(?P<high>(?!))?"
    r"(?=\s*(?:$|[,)]|\s(?:trở\s+lên|trở\s+xuống|(?:vào|đến|trong)\s+(?:cuối\s+|hết\s+)?năm)(?!\w)))",
    re.IGNORECASE,
)
"""A number without unit: "Chỉ số phát triển con người đạt 0,75"."""
LIST_MARKER = re.compile(
    r"\s*(?:[-+*•–·]+\s*|\(?[a-zđ]{1,2}\)\s*|\(?\d{1,2}(?:\.\d{1,2})*[.)](?!\d)\s*)+"
)
"""Bullets and list markers before the words of a clause."""
SIGNS = {"≥": ">=", "≤": "<=", ">=": ">=", "<=": "<=", ">": ">", "<": "<"}


class Figure(msgspec.Struct, frozen=True, gc=False):
    """One figure of a clause; offsets in the clause.

    ``lead`` is where its comparator words begin (``start`` where none stand), ``end`` where number,
    unit and "trở lên" end. ``first`` is false for the upper end of a range.
    """

    value: float
    unit: str
    comparator: str
    strong: bool
    lead: int
    start: int
    end: int
    first: bool = True


def words_of(kind: str) -> Phrases:
    """The phrases of one kind in ``lexicon/target_words.csv``."""
    return phrases("target_words", kind)


def number(text: str) -> float:
    """A Vietnamese number: "1.500" is 1500, "95,5" and "95.5" are 95.5."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", text):
        text = text.replace(".", "")
    return float(text.replace(",", "."))


def index_at(words: Sequence[Word], offset: int) -> int:
    """The index of the first word that begins at or behind ``offset``."""
    low, high = 0, len(words)
    while low < high:
        middle = (low + high) // 2
        if words[middle].start < offset:
            low = middle + 1
        else:
            high = middle
    return low


def read_figures(
    clause: str, words: Sequence[Word], match: re.Match[str], unit: str
) -> list[Figure]:
    """The figure or the two figures of one match of :data:`SHARE` or :data:`COUNT`."""
    start, end = match.span()
    lead, comparator, strong = before_words(clause, words, index_at(words, match.start("low")))
    lead = min(lead, start)
    behind, end = behind_words(clause, words, end)
    sign = match["sign"]
    stated = SIGNS[sign] if sign else behind or comparator
    low = number(match["low"])
    if match["high"] is None:
        return [Figure(low, unit, stated or "=", strong, lead, start, end)]
    high = number(match["high"])
    to = match["to"].casefold()
    if to not in ("-", "–", "đến", "tới"):
        made = "<=" if to.startswith(("xuống", "còn")) and "dưới" in match.group() else "="
        return [Figure(high, unit, made, strong, lead, start, end)]
    upper = match.start("high")
    below = "dưới" in match.group()[match.start("to") - start : upper - start].casefold()
    if to in ("đến", "tới"):
        upper = match.start("to")
    return [
        Figure(low, unit, ">" if stated == ">" else ">=", strong, lead, start, end),
        Figure(
            high, unit, "<" if stated == "<" or below else "<=", strong, upper, upper, end, False
        ),
    ]


def before_words(clause: str, words: Sequence[Word], index: int) -> tuple[int, str | None, bool]:
    """Where the comparator words before word ``index`` begin, what they say, how firmly."""
    stated: str | None = None
    strong = False
    lead = words[index].start if index < len(words) else len(clause)
    while True:
        gap = clause[words[index - 1].end : lead] if index else ""
        if not index or gap.strip(" \t\n≥≤><="):
            return lead, stated, strong
        found = words_of("comparator").before(clause, words, index)
        if found is None:
            return lead, stated, strong
        hard = words_of("strong").before(clause, words, index)
        strong = strong or hard is not None
        if found[1] != "=" and (stated is None or words[index - 1].key != "tư1"):
            stated = found[1]
        index = found[0]
        lead = words[index].start


def behind_words(clause: str, words: Sequence[Word], end: int) -> tuple[str | None, int]:
    """What "trở lên" right behind ``end`` says, and where it ends."""
    index = index_at(words, end)
    if index >= len(words) or clause[end : words[index].start].strip():
        return None, end
    found = words_of("behind").at(clause, words, index)
    if found is None:
        return None, end
    return found[1], words[found[0] - 1].end
