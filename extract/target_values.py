"""Value cells of tables of indicators: "≥ 95", "Trên 98%", "80-85%", "1.500 xã", "100"."""

from __future__ import annotations

import re

import msgspec

from extract.target_figures import NUMBER, SIGNS, number, words_of
from normalize.text import tidy, words

_VALUE = re.compile(
    rf"(?P<words>[^\d≥≤><=]*?)\s*(?P<sign>>=|<=|≥|≤|>|<)?\s*(?P<low>{NUMBER})\s*(?P<unit1>%|‰)?"
    rf"(?:\s*(?:-|–|đến)\s*(?P<high>{NUMBER}))?"
    r"\s*(?P<unit>%|‰|[^\d\W][^\d()/,;.]*(?:/[^\d\W]+)?)?\s*(?P<behind>\([^()]*\))?[.;,]?\s*",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\s*\((?P<unit>%|‰|[^()\d]{1,24})\)\s*$")
_DATE_WORDS = re.compile(r"(?:^|\s)(?:ngày|tháng|quý|năm)\s*$", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d$")


class Measured(msgspec.Struct, frozen=True, gc=False):
    """One figure of a value cell."""

    value: float
    unit: str
    comparator: str


class ValueCell(msgspec.Struct, frozen=True, gc=False):
    """The figures of a cell, what they measure, the words as printed and their offsets."""

    figures: tuple[Measured, ...]
    subject: str
    raw: str
    start: int
    end: int


def read_value(indicator: str, unit: str | None, value: str) -> ValueCell:
    """The cell read whole; no figures where anything in it is not understood."""
    flat = value.replace("\n", " ")
    start = len(flat) - len(flat.lstrip())
    end = len(flat.rstrip())
    subject = tidy(indicator).strip(" .;:-")
    bracket = _IN_BRACKETS.search(subject)
    column = tidy(unit) if unit and unit.strip(" -–") else ""
    if bracket is not None and not column:
        column, subject = bracket["unit"].strip(), subject[: bracket.start()].strip()
    nothing = ValueCell((), subject, tidy(flat), start, end)
    match = _VALUE.fullmatch(flat.strip())
    if match is None:
        return nothing
    told = _words(match["words"] or "")
    if told is None or (_YEAR.match(match["low"]) and match["high"] is None and not match["unit"]):
        return nothing
    stated, verb = told
    own, behind = _unit(match["unit"] or match["unit1"] or "")
    if verb:
        lowered = subject[:1].lower() + subject[1:] if subject[1:2].islower() else subject
        subject = f"{verb} {lowered}"
    comparator = SIGNS[match["sign"]] if match["sign"] else behind or stated
    made = _figures(match, own or column, comparator)
    return ValueCell(made, subject, tidy(flat), start, end)


def _figures(match: re.Match[str], unit: str, comparator: str | None) -> tuple[Measured, ...]:
    low = number(match["low"])
    if match["high"] is None:
        return (Measured(low, unit, comparator or "="),)
    return (
        Measured(low, unit, ">" if comparator == ">" else ">="),
        Measured(number(match["high"]), unit, "<" if comparator == "<" else "<="),
    )


def _words(text: str) -> tuple[str | None, str] | None:
    """(comparator, kept verb) of the words before the number; None where others stand there."""
    if _DATE_WORDS.search(text):
        return None
    found = words(text)
    comparator: str | None = None
    verb = ""
    index = 0
    while index < len(found):
        stated = words_of("comparator").at(text, found, index)
        kept = words_of("verb").at(text, found, index)
        other = words_of("link").at(text, found, index) or words_of("neutral").at(
            text, found, index
        )
        hit = stated or kept or other
        if hit is None:
            return None
        if stated is not None:
            comparator = stated[1] if stated[1] != "=" else comparator
        elif kept is not None:
            verb = tidy(text[found[index].start : found[hit[0] - 1].end])
        index = hit[0]
    return comparator, verb


def _unit(text: str) -> tuple[str, str | None]:
    """(unit, comparator) of the words behind the number: "% trở lên" is (%, >=)."""
    found = words(text)
    for index in range(len(found)):
        behind = words_of("behind").at(text, found, index)
        if behind is not None:
            return tidy(text[: found[index].start]), behind[1]
    return tidy(text), None
