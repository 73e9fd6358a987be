"""The words of a subject: what stands before a figure, without what only leads to it."""

from __future__ import annotations

import re

from extract.target_figures import LIST_MARKER, index_at, words_of
from normalize.text import words

_YEARS = re.compile(
    r"[\s:,]*\d[\d/.]*(?:\s*[-–]\s*\d[\d/.]*)?(?:\s+(?:năm|tháng)\s+\d[\d/]*)*", re.IGNORECASE
)
_AND_AT_END = re.compile(r"(?:[\s,]|(?<!\w)(?:và|hoặc|là|thì|có|:))+$", re.IGNORECASE)
_TIME_AT_END = re.compile(
    r"[\s,]+(?:(?:phấn\s+đấu\s+)?(?:(?:đến|trong|vào|từ)\s+)?(?:(?:hết|cuối)\s+)?năm\s+\d{4}"
    r"|từ\s+\d[\d.,]*\s*(?!.*(?:trở|tuổi))[^\W\d_%‰]*(?:\s+[^\W\d_]+){0,3}[%‰]?(?:\s+năm\s+\d{4})?)$",
    re.IGNORECASE,
)
"""The goal's year, or where things stand: "… đến năm 2025 | đạt", "… từ 60 phút | xuống"."""
_FEW_WORDS = 2
ENDS = " \t\n,;:.-–“”\"'"


def subject_before(before: str) -> str:
    """The words before a figure without bullets, goal words and dates; from the indicator on."""
    marker = LIST_MARKER.match(before)
    text = before[marker.end() :] if marker is not None else before
    head, colon, rest = text.rpartition(":")
    if colon:
        text = rest if rest.strip() else head
    found = words(text)
    index = 0
    while index < len(found):
        dated = words_of("opener_year").at(text, found, index)
        if dated is not None and dated[0] < len(found) and found[dated[0]].key[0].isdigit():
            years = _YEARS.match(text, found[dated[0] - 1].end)
            stop = years.end() if years is not None else found[dated[0]].end
            index = index_at(found, stop)
            continue
        opener = words_of("opener").at(text, found, index)
        if opener is None:
            break
        index = opener[0]
    raising = words_of("raising").at(text, found, index)
    if raising is not None and words_of("indicator").at(text, found, raising[0]) is not None:
        index = raising[0]
    if index >= len(found):
        return ""
    text = text[found[index].start :]
    found = words(text)
    chosen = 0
    depth = 0
    for at, word in enumerate(found):
        gap = text[found[at - 1].end if at else 0 : word.start]
        depth += gap.count("(") - gap.count(")")
        hit = words_of("indicator").at(text, found, at)
        if hit is not None and depth <= 0 and (at == 0 or "," in gap or found[at - 1].key == "va1"):
            chosen = word.start
    if chosen == 0 and (not found or words_of("indicator").at(text, found, 0) is None):
        comma = _last_comma(text)
        if comma >= 0:
            return subject_before(text[comma + 1 :])
    plain = _AND_AT_END.sub("", text[chosen:]).strip(ENDS)
    return _AND_AT_END.sub("", _TIME_AT_END.sub("", plain)).strip(ENDS)


def _last_comma(text: str) -> int:
    """The comma that parts the subject from the thought before it; -1 where none does.

    A comma inside a list does not: "bệnh Dại ở chó, | mèo", "Giải quyết, | xét xử các vụ án".
    """
    comma = text.rfind(",")
    while comma >= 0:
        behind, before = text[comma + 1 :].split(), text[:comma].split()
        verb = words(text[:comma])
        coordinate = (
            bool(verb)
            and len(before) <= _FEW_WORDS
            and words_of("verb").at(text[:comma], verb, 0) is not None
        )
        if behind and len(behind) >= _FEW_WORDS and not coordinate:
            return comma
        comma = text.rfind(",", 0, comma)
    return -1


def replaced(previous: str, own: str) -> str:
    """ "Tỷ lệ hồ sơ cấp tỉnh" and "cấp xã" → "Tỷ lệ hồ sơ cấp xã"."""
    first = own.split()[0].casefold()
    kept = previous.split()
    if len(own.split()) > 4 or first not in ("cấp", "tại", "ở", "đối", "khối", "khu", "vùng"):
        return own
    for index in range(len(kept) - 1, 0, -1):
        if kept[index].casefold() == first:
            return " ".join([*kept[:index], own])
    return own


def is_time(unit: str) -> bool:
    return bool(unit) and words_of("duration").at(unit, words(unit), 0) is not None


def is_indicator(plain: str) -> bool:
    return bool(plain) and words_of("indicator").at(plain, words(plain), 0) is not None
