"""Targets: every figure that a plan sets itself, in prose and in tables of indicators.

One row a figure, a range is two (contract, "Targets and citations"). ``subject`` is what is
measured with what is to become of it, figure and unit left out: behind the figure ("Có 100% văn bản
… ban hành đúng thẩm quyền" → "văn bản … ban hành đúng thẩm quyền"), before it where a word like
"đạt" links the two ("Tỷ lệ hồ sơ … đạt từ 40% trở lên" → "Tỷ lệ hồ sơ …"), or both ("công chức cấp
xã có 70% đạt trình độ đại học" → "công chức cấp xã đạt trình độ đại học"). A verb that the figure
measures stays ("giảm 5% số vụ" → "giảm số vụ"); "có", "đạt", "bảo đảm" fall away. ``raw`` runs from
the word before the figure to the clause's end.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

import msgspec

from extract.target_clauses import GOALS, REPORT, Clause, Times, clauses
from extract.target_figures import COUNT, SHARE, Figure, index_at, read_figures, words_of
from extract.target_fractions import FRACTION, fraction_figures
from extract.target_parts import Part, parts_of
from extract.target_ranks import rank_figures
from extract.target_rates import is_moved_from
from extract.target_subjects import subject_before
from extract.target_units import bare_figures, count_figure
from extract.target_values import read_value
from normalize.text import one_line, tidy, words

_DIGIT = re.compile(r"(?<![\w/.,:])\d")
_OPENING = re.compile(
    r"(?:^|[.!?]\s)\s*(?:[-+*•–]\s*|[a-zđ]\)\s*)?(?:[^\W\d_\s]+\s+){0,5}"
    r"(?:(?<=ăm )(?:19|20)\d\d\s*[:,]\s*)?\d[\d.]*\s+[^\W\d_]"
)
_HINT = re.compile(
    "t nhất|i thiểu|ông dưới|ông quá|i đa|ấn đấu|oàn thành|đạt|Đạt|hời gian|ông ít hơn"
    "|ông thấp hơn|ông vượt|hu hút|ệc làm|mới|thêm|ón |ó |tăng|iảm|òn "
    "|lên |uyển|nạp|kế |ây mới|ỗ trợ|ựng |thọ |trung bình |mắc |trong đó|lập "
    r"|ưới |rên |[^\W\d]: "
)
"""Ends of the words that can make a count a target, as ``count_figure`` reads them."""
_RANKED = re.compile("hứ hạng|hứ \\d|ếp hạng|hóm \\d|[Tt][oố]p \\d|ị trí|ạng \\d")
"""Words around a rank, as ``rank_figures`` reads it."""
_SHARE_SIGN = re.compile(r"[%‰]|phần\s+trăm", re.IGNORECASE)
_REACH = 45
_LABEL = re.compile(r"([^:;,.]{2,60}):\s*[≥≤><=]*\s*\d")
"""What a list of counts is of: "Tuyển sinh: | 3.200 chỉ tiêu …; 350 chỉ tiêu …"."""


class Target(msgspec.Struct, frozen=True, gc=False):
    """One figure: value, unit ("%", "UBND cấp xã"), comparator (=, >=, >, <=, <), subject.

    ``raw`` is ``text[start:end]`` tidied.
    """

    value: float
    unit: str
    comparator: str
    subject: str
    raw: str
    start: int
    end: int


@lru_cache(maxsize=4_096)
def find_targets(text: str, year: int | None = None, under: str = "") -> tuple[Target, ...]:
    """All targets of one paragraph or bullet of prose, in order; line breaks count as blanks.

    ``year`` is the plan's year, where it is known: a figure "năm 2020" in a plan for 2021 reports.
    ``under``: :data:`GOALS` where the words stand under "Mục tiêu", "Chỉ tiêu" (a bare count is a
    target there), :data:`REPORT` under "Kết quả thực hiện" (only what says that it is a goal is).
    """
    text = one_line(text)
    if under == GOALS:
        if _DIGIT.search(text) is None:
            return ()
    elif "%" not in text and "phần trăm" not in text and "‰" not in text and not _may_count(text):
        return ()
    found: list[Target] = []
    previous = label = ""
    for clause in clauses(text, under):
        if clause.opens:
            named = _LABEL.match(clause.text)
            previous, label = "", subject_before(named[1]) if named is not None else ""
        parts = parts_of(clause, _figures(clause), previous, label)
        if parts:
            found.extend(_targets(clause, parts, year))
            previous = parts[-1].subject
    return tuple(found)


def _may_count(text: str) -> bool:
    """Whether a count opens a sentence or has a word near before it that makes it a target."""
    if _OPENING.search(text) or FRACTION.search(text) or _RANKED.search(text):
        return True
    hints = [hint.end() for hint in _HINT.finditer(text)]
    if not hints:
        return False
    for digit in _DIGIT.finditer(text):
        at = digit.start()
        behind = bisect_right(hints, at)
        if behind and hints[behind - 1] > at - _REACH:
            return True
    return False


def _figures(clause: Clause) -> list[Figure]:
    """The shares of a clause and the counts that have a reason to be targets, in order."""
    figures: list[Figure] = []
    text = clause.text
    for match in SHARE.finditer(text) if _SHARE_SIGN.search(text) else ():
        if match["high"] is None and is_moved_from(text, match.start("low"), match.end()):
            continue  # "từ 42% năm 2020 lên 45%"
        unit = "‰" if "‰" in match["unit"] else "%"
        if "điểm" in match["unit"].casefold():
            unit = "điểm %"
        if match["per"]:
            unit += "/năm"
        figures.extend(read_figures(text, clause.words, match, unit))
    figures.extend(rank_figures(clause))
    figures.extend(fraction_figures(clause))
    for match in COUNT.finditer(text):
        figures.extend(count_figure(clause, match, figures))
    figures.extend(bare_figures(clause, figures))
    return sorted(figures, key=lambda figure: (figure.start, not figure.first))


def _targets(clause: Clause, parts: list[Part], year: int | None) -> list[Target]:
    found: list[Target] = []
    times = Times(clause, year)
    for part in parts:
        figure = part.figure
        if times.is_past(figure.lead, figure.end) or _is_denied(clause, part):
            continue
        start, end = part.start, part.end
        found.append(
            Target(
                value=figure.value,
                unit=figure.unit,
                comparator=figure.comparator,
                subject=part.subject,
                raw=tidy(clause.text[start:end]),
                start=clause.start + start,
                end=clause.start + end,
            )
        )
    return found


def _is_denied(clause: Clause, part: Part) -> bool:
    """A share of money, a rate of support or a condition is nothing that a plan reaches."""
    text, found = clause.text, clause.words
    behind = index_at(found, part.figure.end)
    if words_of("of_economy").at(text, found, behind) is not None:
        return False  # "đóng góp 55% GDP"
    reached = ("đạt", "chiếm") if clause.goals else ("đạt",)
    if part.figure.unit == "%" and text.startswith(reached, part.start):
        return False
    if part.figure.unit[:1] not in ("%", "‰") and not _is_money(part):
        return False  # "Hỗ trợ xây mới 1.250 nhà ở"
    index = index_at(found, part.figure.lead)
    for at in range(max(0, index - 4), index):
        if found[at].start < part.floor or "," in text[found[at].end : part.figure.lead]:
            continue
        hit = words_of("deny").at(text, found, at)
        if hit is not None and hit[0] <= index:
            return True
    if words_of("raising").before(text, found, index) is not None:
        return False  # "Giảm 10% chi phí tuân thủ"
    if words_of("raising").at(part.subject, words(part.subject), 0) is not None:
        return False  # "Cắt giảm 30% thời gian, 30% chi phí tuân thủ"
    return words_of("deny_behind").at(text, found, behind) is not None


def _is_money(part: Part) -> bool:
    unit = words(part.figure.unit)
    return bool(unit) and words_of("money").at(part.figure.unit, unit, 0) is not None


def find_indicator_targets(indicator: str, unit: str | None, value: str) -> tuple[Target, ...]:
    """The targets of one row of a table of indicators; offsets are those of ``value``.

    A cell that is no figure with comparator, unit and note alone ("Đạt", "Quý IV/2025") gives none.
    """
    read = read_value(indicator, unit, value)
    return tuple(
        Target(one.value, one.unit, one.comparator, read.subject, read.raw, read.start, read.end)
        for one in read.figures
    )


__all__ = ["GOALS", "REPORT", "Target", "find_indicator_targets", "find_targets"]
