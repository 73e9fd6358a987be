"""Citations and targets of one document, each in its place: section, task, or neither."""

from __future__ import annotations

import re

import msgspec

from extract.citations import find_citations
from extract.tables import Indicator
from extract.target_figures import words_of
from extract.targets import GOALS, REPORT, Target, find_indicator_targets, find_targets
from normalize.fragment import Fragment
from normalize.patterns import pattern
from normalize.raw import RawCitation, RawSection, RawTarget, RawTask
from normalize.text import Word
from normalize.text import words as words_in


class Mentions(msgspec.Struct, frozen=True):
    """All citations and targets in the order of the source."""

    citations: tuple[RawCitation, ...]
    targets: tuple[RawTarget, ...]


def read_mentions(
    title: Fragment | None,
    preamble: tuple[Fragment, ...],
    sections: tuple[RawSection, ...],
    tasks: tuple[RawTask, ...],
    indicators: tuple[Indicator, ...],
) -> Mentions:
    """Citations from title, running text and table cells; targets from running text and tables."""
    citations: dict[tuple[int, int], RawCitation] = {}
    targets: list[RawTarget] = []
    years = set(_YEAR.findall(title.flat)) if title is not None else set()
    year = int(years.pop()) if len(years) == 1 else None

    def cite(words: Fragment | None, section: int | None, task: int | None) -> None:
        if words is not None and words.text:
            for found in _citations(words, section, task):
                citations.setdefault((found.start, found.end), found)

    cite(title, None, None)
    for words in preamble:
        cite(words, None, None)
        targets.extend(_targets(words, None, year))
    under = _headings(sections)
    for index, section in enumerate(sections):
        cite(section.title, index, None)
        for words in section.paragraphs:
            cite(words, index, None)
            targets.extend(_targets(words, index, year, under[index]))
    for index, task in enumerate(tasks):
        # The words of a labelled task are prose: its citations belong to their sections.
        for words in _cells(task) if task.form == "row" else ():
            cite(words, None, index)
    for row in indicators:
        targets.extend(_indicator_targets(row))
    return Mentions(
        tuple(sorted(citations.values(), key=lambda one: one.start)),
        tuple(sorted(targets, key=lambda one: one.start)),
    )


def _cells(task: RawTask) -> list[Fragment]:
    """The cells printed in the task's own row; an inherited one belongs to its giver."""
    cells = (
        task.task,
        task.deliverables,
        task.lead,
        task.coordinating,
        task.schedule,
        task.budget,
        task.funding_source,
        *task.others,
    )
    return [cell for cell in cells if cell is not None and task.start <= cell.start <= task.end]


# The plan's year: a figure of an earlier one is no target.
_YEAR = pattern(r"(?i:năm)\s+((?:19|20)\d\d)")
# Every symbol holds a slash; laws are named by their kind.
_CITING = re.compile("/|uật|UẬT|háp lệnh|HÁP LỆNH|iến pháp|IẾN PHÁP")


def _citations(words: Fragment, section: int | None, task: int | None) -> list[RawCitation]:
    made: list[RawCitation] = []
    if not _CITING.search(words.text):
        return made
    for found in find_citations(words.flat):
        start, end = words.span(found.start, found.end)
        made.append(
            RawCitation(
                section=section,
                task=task,
                symbol=found.symbol,
                type_words=found.type_words,
                issued_on=found.issued_on,
                issuer_words=found.issuer_words,
                title=found.title,
                raw=found.raw,
                start=start,
                end=end,
            )
        )
    return made


def _target(found: Target, words: Fragment, section: int | None) -> RawTarget:
    start, end = words.span(found.start, found.end)
    return RawTarget(
        section=section,
        value=float(found.value),
        unit=found.unit,
        comparator=found.comparator,
        subject=found.subject,
        raw=found.raw,
        start=start,
        end=end,
    )


def _targets(
    words: Fragment, section: int | None, year: int | None, under: str = ""
) -> list[RawTarget]:
    return [_target(found, words, section) for found in find_targets(words.flat, year, under)]


def _headings(sections: tuple[RawSection, ...]) -> list[str]:
    """For each section what its nearest telling heading says: goals, a report, or "".

    "Kết quả thực hiện các mục tiêu" tells of what was; "Kiểm tra, đánh giá" tells neither.
    """
    told: list[str] = []
    for section in sections:
        above = told[section.parent] if section.parent is not None else ""
        title = section.title.flat if section.title is not None else ""
        seen = words_in(title)

        def says(kind: str, title: str = title, seen: list[Word] = seen) -> bool:
            return any(words_of(kind).at(title, seen, at) is not None for at in range(len(seen)))

        if seen and words_of("report_opens").at(title, seen, 0) is not None:
            told.append(REPORT)
        elif says("report_title"):
            told.append("")
        else:
            told.append(GOALS if says("goal_title") else above)
    return told


def _indicator_targets(row: Indicator) -> list[RawTarget]:
    unit = row.unit.flat if row.unit is not None else None
    return [
        _target(found, row.value, row.section)
        for found in find_indicator_targets(row.indicator.flat, unit, row.value.flat)
    ]
