"""The words around a cited document: its type before, its date and issuer behind."""

from __future__ import annotations

import datetime
import re
from functools import cache

import msgspec

from extract.text_phrases import Phrases, phrases, rows_of
from normalize.text import Word, key, tidy, words

_GAP = r"[\s.…]*"
_DAY = rf"(\d{{1,2}}){_GAP}[/.\-–]{_GAP}(\d{{1,2}}){_GAP}[/.\-–]{_GAP}(\d{{4}}|\d{{2}})(?![\d/])"
_WORDY = r"(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})(?!\d)"
_DATE = re.compile(
    rf"(?:\s*,)?\s*(?P<open>\()?\s*(?:(?:ký|ban\s+hành)\s+)?ngày\s*(?:{_DAY}|{_WORDY})(?(open)\s?\)?)",
    re.IGNORECASE,
)
_PASSED = re.compile(
    r"\s*(?:,\s*)?(?:đã\s+)?được\s+[^.;:()]{3,90}?\s(?:thông\s+qua|ban\s+hành)(?=\s+ngày\s)",
    re.IGNORECASE,
)
_OF = re.compile(r"\s*(?:,\s*)?(?:của|do)\s+(?=\w)", re.IGNORECASE)
_MADE = re.compile(r"\s*ban\s+hành(?!\w)", re.IGNORECASE)
_YEAR = re.compile(r"\s*\(?(?:năm\s+)?((?:19|20)\d\d)\)?(?![\w/%-])", re.IGNORECASE)
_BACK = 110
_AHEAD = 170
_NAME_WORDS = 16


class Head(msgspec.Struct, frozen=True, gc=False):
    """What stands before a symbol: the type's name, the issuer between type and number, start."""

    type_words: str | None
    issuer: str | None
    start: int
    numbered: bool


class Tail(msgspec.Struct, frozen=True, gc=False):
    """What stands behind a symbol or title: date and issuer as read, and where they end."""

    issued_on: datetime.date | None
    issuer: str | None
    end: int


def vocabulary(kind: str) -> Phrases:
    """The phrases of one kind in ``lexicon/citation_words.csv`` with their canonical names."""
    return phrases("citation_words", kind)


@cache
def _kind_keys(kind: str) -> frozenset[str]:
    return frozenset(key(row["name"]) for row in rows_of("citation_words")[kind])


def read_head(text: str, start: int, floor: int) -> Head | None:
    """The type words and "số" before ``start``, not reaching back beyond ``floor``.

    None where the words before make it no document ("Mẫu số 02/ĐK-…", "QCVN 41…").
    """
    base = max(floor, start - _BACK)
    window = text[base:start]
    before = words(window)
    index = len(before)
    if vocabulary("no_document").before(window, before, index):
        return None
    numbered = bool(index) and before[index - 1].key in _NUMBER_WORDS
    if not _closes(window, before, index, len(window), ":.(…" if numbered else ":("):
        return Head(None, None, start, False)
    if numbered:
        index -= 1
    first = before[index].start if numbered else len(window)
    begun = base + first
    if index and not _closes(window, before, index, first, ":(,"):
        return Head(None, None, begun, numbered)
    found = vocabulary("type").before(window, before, index)
    if found is not None and _is_type(window, before, *found):
        return Head(found[1], None, base + before[found[0]].start, numbered)
    return _with_issuer(window, before, index, base) or Head(None, None, begun, numbered)


_NUMBER_WORDS = frozenset(("sô4",))


def _closes(window: str, before: list[Word], index: int, end: int, allowed: str) -> bool:
    """Whether only blanks and marks of ``allowed`` stand between word ``index - 1`` and ``end``."""
    if not index:
        return True
    return not window[before[index - 1].end : end].strip(f" \t\n\xa0{allowed}")


def _is_type(window: str, before: list[Word], first: int, name: str) -> bool:
    """An abbreviation ("CT", "TB") counts in capitals only."""
    printed = window[before[first].start : before[-1].end]
    return len(name) == len(printed) or not printed[:1].islower() or " " in name


def _with_issuer(window: str, before: list[Word], index: int, base: int) -> Head | None:
    """ "Quyết định của Thủ tướng Chính phủ số …": the type stands before the issuer."""
    for at in range(index - 1, max(index - _NAME_WORDS, 0), -1):
        if before[at].key != "cua2":
            continue
        found = vocabulary("type").before(window, before, at)
        if found is None:
            return None
        end = issuer_end(window, before[at].end + 1)
        issuer = tidy(window[before[at].end : end])
        rest = window[end : before[index].start if index < len(before) else len(window)]
        if issuer and not rest.strip(" \t\n:(,"):
            return Head(found[1], issuer, base + before[found[0]].start, True)
        return None
    return None


def read_sender(text: str, head: Head, floor: int) -> str | None:
    """ "đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số …": a letter is its sender's."""
    if head.type_words is None or key(head.type_words) not in _kind_keys("sender"):
        return None
    base = max(floor, head.start - _BACK)
    window = text[base : head.start]
    before = words(window)
    if not before or before[-1].key != "tai5" or window[before[-1].end :].strip():
        return None
    for at in range(len(before) - 2, max(len(before) - _NAME_WORDS, -1), -1):
        if before[at].key == "cua2":
            begin = before[at].end + 1
            end = issuer_end(window, begin)
            whole = end > begin and not window[end : before[-1].start].strip()
            return tidy(window[begin:end]) if whole else None
    return None


def read_tail(text: str, end: int) -> Tail:
    """Date and issuer right behind ``end``, in either order; a date in words or figures."""
    issued_on: datetime.date | None = None
    issuer: str | None = None
    passed = _PASSED.match(text, end)
    if passed is not None and _DATE.match(text, passed.end()):
        end = passed.end()
    for _ in range(2):
        if issued_on is None:
            dated = _DATE.match(text, end)
            if dated is not None:
                issued_on = _date(dated)
                end = dated.end() if issued_on is not None or issuer is None else end
                end = _unblanked(text, end)
        if issuer is None:
            of = _OF.match(text, end)
            if of is not None:
                name_end = issuer_end(text, of.end())
                if name_end > of.end() and _is_issuing(text, of, name_end):
                    issuer = text[of.end() : name_end]
                    made = _MADE.match(text, name_end) if _is_by(of) else None
                    end = made.end() if made is not None else name_end
    return Tail(issued_on, tidy(issuer) if issuer else None, end)


def read_year(text: str, end: int) -> int:
    """The offset behind "năm 2024", "2024" or "(2024)" at ``end``; ``end`` where none stands."""
    found = _YEAR.match(text, end)
    if found is None:
        return end
    return found.end()


def _is_issuing(text: str, of: re.Match[str], end: int) -> bool:
    """ "do Bộ Nội vụ ban hành": "do" needs the verb behind the name."""
    return not _is_by(of) or _MADE.match(text, end) is not None


def _is_by(of: re.Match[str]) -> bool:
    return of.group().strip(" ,\t\n").casefold() == "do"


def _unblanked(text: str, end: int) -> int:
    while end and text[end - 1].isspace():
        end -= 1
    return end


def _date(found: re.Match[str]) -> datetime.date | None:
    day, month, year = (int(part) for part in found.groups()[1:] if part is not None)
    if year < 50:
        year += 2000
    try:
        made = datetime.date(year, month, day)
    except ValueError:
        return None
    return made if 1930 <= year <= 2100 else None


def issuer_end(text: str, start: int) -> int:
    """Where the body named at ``start`` ends; ``start`` where no body is named there.

    A name is one of the lexicon, a ministry or department with its field, or a head word with
    the words behind it until one of ``issuer_stop``, a mark or another body.
    """
    window = text[start : start + _AHEAD]
    found = words(window)
    if not found:
        return start
    whole = vocabulary("issuer").at(window, found, 0)
    head = vocabulary("issuer_head").at(window, found, 0)
    if head is None or (whole is not None and whole[0] > head[0]):
        return start + found[whole[0] - 1].end if whole is not None else start
    reached = head[0]
    if whole is not None and whole[0] == reached and not _goes_on(window, found, reached):
        return start + found[reached - 1].end
    field = vocabulary("issuer_field").at(window, found, reached)
    if field is not None:
        central = found[head[0] - 1].key == "bô5"
        reached = field[0] if central else _place_end(window, found, field[0])
    else:
        reached = _name_end(window, found, reached)
    return start + found[reached - 1].end


def _goes_on(window: str, found: list[Word], index: int) -> bool:
    return (
        index < len(found)
        and not window[found[index - 1].end : found[index].start].strip()
        and window[found[index].start].isupper()
    )


def _place_end(window: str, found: list[Word], index: int) -> int:
    """ "Sở Nội vụ tỉnh Long An": the province behind a field, where it is named."""
    if index >= len(found) or found[index].key not in _kind_keys("issuer_level"):
        if _goes_on(window, found, index) and vocabulary("type").at(window, found, index) is None:
            return _capitals_end(window, found, index)
        return index
    if window[found[index - 1].end : found[index].start].strip():
        return index
    at = index
    while at < len(found) and found[at].key in _kind_keys("issuer_level"):
        at += 1
    return _capitals_end(window, found, at)


def _capitals_end(window: str, found: list[Word], index: int) -> int:
    while _goes_on(window, found, index) and vocabulary("type").at(window, found, index) is None:
        index += 1
    return index


def _name_end(window: str, found: list[Word], index: int) -> int:
    """The end of a name without a known field, word by word."""
    placed = False
    shouted = window[: found[min(index, len(found)) - 1].end].isupper()
    while index < min(len(found), _NAME_WORDS):
        word = found[index]
        gap = window[found[index - 1].end : word.start].strip()
        upper = window[word.start].isupper()
        if gap and not (gap in "-–" and upper and not _is_head(window, found, index)):
            break
        if window[word.start].isdigit():
            break
        if not upper or shouted:
            if vocabulary("issuer_stop").at(window, found, index) is not None:
                break
            if word.key == "va1" and not _and_in_name(window, found, index):
                break
            if placed and not shouted and word.key not in _kind_keys("issuer_level"):
                break
        elif found[index - 1].key in _kind_keys("issuer_level"):
            placed = True
        index += 1
    return index


def _is_head(window: str, found: list[Word], index: int) -> bool:
    return vocabulary("issuer_head").at(window, found, index) is not None


def _and_in_name(window: str, found: list[Word], index: int) -> bool:
    """ "và" belongs to a name where a capital follows that begins no other body and no document."""
    following = index + 1
    return (
        following < len(found)
        and window[found[following].start].isupper()
        and not _is_head(window, found, following)
        and vocabulary("issuer").at(window, found, following) is None
        and vocabulary("type").at(window, found, following) is None
    )
