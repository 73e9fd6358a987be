"""Amounts of money in words and figures, in whole đồng.

Numbers are written the Vietnamese way: "1.500" (also "1,500" and "1 500") for a thousand and a
half, "29,3" with a decimal comma. A figure has its own unit ("1,5 tỷ"), units go together ("2 tỷ
300 triệu đồng"), and a figure without one takes the unit that the column's head names.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache, lru_cache

import msgspec
import regex

from normalize.number_words import written_amounts
from normalize.patterns import pattern
from normalize.phrases import phrases
from normalize.text import words

_NUMBER = pattern(r"(?<![\p{L}\d/.,])(?:\d{1,3}(?: \d{3})+(?!\d)|\d+(?:[.,]\d+)*)(?![\d/%]|\s*%)")
_GROUPED = pattern(
    r"(?P<whole>\d{1,3}(?:(?P<by>[., ])\d{3})(?:(?P=by)\d{3})*)(?:(?!(?P=by))[.,](?P<rest>\d+))?"
)
_DECIMAL = pattern(r"(?P<whole>\d+)(?:[.,](?P<rest>\d+))?")
_UNIT_BEHIND = pattern(r"\s*\(?\s*(?P<unit>\p{L}+(?:[ .]+\p{L}+){0,2})")
_RATE = pattern(r"\s*/\s*\p{L}")
_RANGE = pattern(r"\s*(?:-|–|—|đến|tới)\s*")
_YEAR = pattern(r"(?:19|20)\d\d")
_BEHIND_FIGURE = pattern(r"\s*(?:$|[;,.)(+\n]|[-–—]\s)")
_BEFORE_FIGURE = pattern(r"(?:^|[:=(+\n]|(?:^|\s)[-–—])\s*$")
_REPEATED = pattern(r"(?i)[\s;,]*\(?\s*(?:(?:viết\s+)?bằng\s+chữ|số\s+tiền)?\s*:?\s*")
_FACTOR_BEFORE = pattern(r"[x×*/]\s*$")
_FACTOR = pattern(r"\d[\d.]*$")
_WRITTEN_OUT = pattern(r"\d[., ]?000[., ]?000$")
_MILLION = 10**6
_SMALLEST_IN_DONG = 100_000
_LARGEST_FROM_COLUMN = 10**14  # beyond what a task can cost: the figure has another unit
_COMMA_IS_DECIMAL = 10**9
_MOST_DIGITS = 24
_LARGEST = 10**17
"""Đồng; more than ten times what the whole country earns in a year."""
_REACH = 80
"""Characters beside a figure that tell what it is."""


class Figure(msgspec.Struct, frozen=True):
    """A figure in a text: half-open range, đồng (None where not certain), unit in đồng.

    ``named`` says that the unit stands behind it; otherwise it is the column's, or đồng.
    """

    start: int
    end: int
    value: int | None
    unit: int
    named: bool


@lru_cache(maxsize=256)
def unit_of(unit: str | None) -> int | None:
    """The number of đồng that a column's unit stands for ("ĐVT: 1.000 đồng" → 1000)."""
    if not unit:
        return None
    found = words(unit)
    keys = [word.key for word in found]
    known = phrases("budget_words", "unit")
    for at in range(len(keys)):
        length = known.length(keys, at)
        if length:
            times = int(known.values[" ".join(keys[at : at + length])])
            factor = _FACTOR.search(unit[: found[at].start].rstrip())
            return times * int(factor.group().replace(".", "")) if factor else times
    return None


def figures(text: str, column: int | None) -> list[Figure]:
    """The figures of the text that are money, in order; ``column`` is the column's unit in đồng.

    Those are the figures with a unit, and those that stand where an amount stands: alone, behind
    a colon, behind a word for money. Years, dates, percentages and counts ("04 lớp") are none.
    """
    made: list[Figure] = []
    for found in _NUMBER.finditer(text):
        named = _unit_behind(text, found.end())
        before = made[-1] if made else None
        between = text[before.end : found.start()] if before is not None else ""
        if named is None:
            if _is_bare_amount(text, found, before is not None and not between.strip()):
                made.append(_bare(found, column))
            elif (cut := _lower_end(text, found)) is not None:
                made.append(cut)
            continue
        unit, end = named
        value = None if _RATE.match(text, end) else value_of(found.group(), unit)
        if before is not None and _RANGE.fullmatch(between):
            made[-1] = Figure(before.start, end, None, unit, True)  # from … to
        elif (
            before is not None
            and before.named
            and unit < before.unit
            and between.strip() in ("", ",", "và")
        ):
            both = None if value is None or before.value is None else before.value + value
            made[-1] = Figure(before.start, end, both, unit, True)
        else:
            made.append(Figure(found.start(), end, value, unit, True))
    return _with_words(text, made)


def _with_words(text: str, made: list[Figure]) -> list[Figure]:
    """Amounts in words beside those in figures; one that repeats the figure before it goes.

    "50.000.000 đồng (Năm mươi triệu đồng)": where the two differ, neither is certain.
    """
    for one in written_amounts(text):
        at = next((i for i, figure in enumerate(made) if figure.end > one.start), len(made))
        if at < len(made) and made[at].start < one.end:
            continue
        before = made[at - 1] if at else None
        if before is not None and _REPEATED.fullmatch(text[before.end : one.start]):
            if before.value != one.value:
                made[at - 1] = msgspec.structs.replace(before, value=None)
            continue
        made.insert(at, Figure(one.start, one.end, one.value, 1, True))
    return made


def _bare(found: regex.Match[str], column: int | None) -> Figure:
    value = value_of(found.group(), column or 1)
    if value is not None and (
        value > _LARGEST_FROM_COLUMN if column else value < _SMALLEST_IN_DONG and value != 0
    ):
        value = None
    if column is not None and column >= _MILLION and _WRITTEN_OUT.search(found.group()):
        value = None  # "80.000.000" below "triệu đồng": đồng written out, or a fortune
    return Figure(found.start(), found.end(), value, column or 1, False)


def _is_bare_amount(text: str, found: regex.Match[str], runs_on: bool) -> bool:
    if runs_on:
        return True  # "1 tỷ 500": part of the amount before it, for certain or not
    if not _BEHIND_FIGURE.match(text, found.end()):
        return False
    left = text[max(0, found.start() - _REACH) : found.start()]
    alone = not left.strip() and not text[found.end() : found.end() + _REACH].strip(" .;,")
    if alone:
        return True
    if _YEAR.fullmatch(found.group()):
        return False
    if _BEFORE_FIGURE.search(left):
        return True
    keys = [word.key for word in words(left)[-4:]]
    return any(
        phrases("budget_words", role).length(keys, at) == len(keys) - at
        for role in ("filler", "source", "total", "other_source")
        for at in range(len(keys))
    )


def leaves_unread(text: str, found: list[Figure]) -> bool:
    """Does a number that may be money, by where it stands, lie beside figures of the column's unit?

    "NSTW 800; tỉnh 400" below "triệu đồng": 400 has no word for money before it, and 800 alone is
    not what the cell says.
    """
    unit = next((figure.unit for figure in found if not figure.named), None)
    if unit is None:
        return False
    for number in _NUMBER.finditer(text):
        known = any(figure.start <= number.start() < figure.end for figure in found)
        if (
            known
            or _YEAR.fullmatch(number.group())
            or _FACTOR_BEFORE.search(text, 0, number.start())
        ):
            continue
        if (value_of(number.group(), unit) or 0) < _SMALLEST_IN_DONG:
            continue
        depth = text.count("(", 0, number.start()) - text.count(")", 0, number.start())
        left = [word.key for word in words(text[max(0, number.start() - _REACH) : number.start()])]
        timed = left and phrases("budget_words", "time").length(left, len(left) - 1)
        if depth <= 0 and not timed and _BEHIND_FIGURE.match(text, number.end()):
            return True
    return False


def _lower_end(text: str, found: regex.Match[str]) -> Figure | None:
    """ "50 - 70 triệu": the figure before the dash has no unit of its own."""
    dash = _RANGE.match(text, found.end())
    behind = _NUMBER.match(text, dash.end()) if dash else None
    if behind is None or _unit_behind(text, behind.end()) is None:
        return None
    return Figure(found.start(), found.end(), None, 1, False)


def _unit_behind(text: str, at: int) -> tuple[int, int] | None:
    """(the unit right behind a number in đồng, the offset behind its words)."""
    found = _UNIT_BEHIND.match(text, at)
    if found is None:
        return None
    named = words(found.group("unit"))
    keys = [word.key for word in named]
    length = phrases("budget_words", "unit").length(keys, 0)
    if not length:
        return None
    return _units()[" ".join(keys[:length])], found.start("unit") + named[length - 1].end


@cache
def _units() -> dict[str, int]:
    known = phrases("budget_words", "unit").values
    return {phrase: int(value) for phrase, value in known.items()}


def value_of(number: str, unit: int) -> int | None:
    """The printed number times the unit in đồng.

    None where that is no whole number of đồng, is more than a country's money, or where points
    stand where none group ("1.50.000").
    """
    grouped = _GROUPED.fullmatch(number)
    if grouped is not None and not _is_decimal(number, unit):
        whole, rest = grouped.group("whole"), grouped.group("rest")
        whole = whole.replace(grouped.group("by"), "")
    else:
        plain = _DECIMAL.fullmatch(number)
        if plain is None:
            return None
        whole, rest = plain.group("whole"), plain.group("rest")
    if len(whole) > _MOST_DIGITS or len(rest or "") > _MOST_DIGITS:
        return None
    exact = Decimal(f"{whole}.{rest or 0}") * unit
    return int(exact) if exact == exact.to_integral_value() and exact <= _LARGEST else None


def _is_decimal(number: str, unit: int) -> bool:
    """Three figures behind the mark are decimals all the same: "0,125 tỷ", "1,250 tỷ"."""
    if number.startswith("0"):
        return True
    return unit >= _COMMA_IS_DECIMAL and number.count(",") == 1 and "." not in number
