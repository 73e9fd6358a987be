"""Counts that are targets: "ít nhất 06 nhiệm vụ KH&CN", "và 188 UBND cấp xã".

A bare count is mostly no target (a number of tasks, cases, rooms), so it needs a reason: a firm
comparator, a word for reaching a goal, a share beside it that has the same predicate, or a sentence
that it opens and whose verb follows ("159 UBND cấp xã áp dụng …"). Frequencies ("01 lần/năm"),
levels ("mức độ 3, 4") and numbers of things named never are; a time is one only as the bound of an
indicator ("Thời gian chờ dưới 4 giờ").
"""

from __future__ import annotations

import re

import msgspec
from msgspec.structs import replace

from extract.target_clauses import Clause
from extract.target_figures import (
    BARE,
    LIST_MARKER,
    Figure,
    behind_words,
    index_at,
    read_figures,
    words_of,
)
from extract.target_rates import PER_BASE, is_base, is_moved_from, rate_end
from extract.target_subjects import subject_before

_FREQUENT = re.compile(
    r"\s*/\s*\w|\s+mỗi\s+(?:năm|tháng|quý|tuần)|\s+một\s+(?:năm|tháng)", re.IGNORECASE
)
_PER_YEAR = re.compile(
    r"(?:\s?/\s?(?:người|năm|ha|tháng|lao\s+động|HTX|hợp\s+tác\s+xã|hộ|xã|lớp|doanh\s+nghiệp)(?!\w))+",
    re.IGNORECASE,
)
_HAS = re.compile(r"\s*[-+*•–]?\s*(?:Phấn đấu\s+)?có\s+", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d$")
_JOINED = re.compile(r"(?:^|\s)(?:và|hoặc)\s*$|(?<!\d),\s*$", re.IGNORECASE)
_OF_WHICH = re.compile(r"[,(]\s*(?:trong\s+đó|gồm|bao\s+gồm)\W", re.IGNORECASE)
_NEXT_OF_LIST = re.compile(
    r"\s*,(?:\s+(?:bình\s+quân\s+)?(?:mỗi|hằng|hàng)\s+năm"
    r"|(?:\s+(?!bình\s|mỗi\s|giá\s)[^\W\d_]+){1,5})\s+",
    re.IGNORECASE,
)
_TIMES_AS_MUCH = "lân1"
_NEAR = 60
"""Characters before a figure in which "trong đó" opens the list that it stands in."""
_LONGEST_UNIT = 6
# "Đến năm 2025: 30 xã …", "Năm 2024, có 12 trường …": the time of the goal opens the sentence.
YEAR_OPENING = re.compile(
    r"(?:phấn\s+đấu\s+)?(?:(?:đến|trong|vào)\s+)?(?:(?:hết|cuối)\s+)?năm\s+(?:19|20)\d\d\s*[:,]\s*",
    re.IGNORECASE,
)


class Reason(msgspec.Struct, frozen=True, gc=False):
    """Why a count may be a target: firm comparator, goal word before it, beside a share.

    ``stated``: an indicator opens the clause and the figure says what it is to reach.
    """

    firm: bool
    goal: bool
    beside: bool
    stated: bool


def count_figure(clause: Clause, match: re.Match[str], shares: list[Figure]) -> list[Figure]:
    """The figures of one match of :data:`COUNT` with their unit, or none."""
    text, found = clause.text, clause.words
    start = match.start("low")
    if any(share.lead <= start < share.end for share in shares) or _YEAR.match(match["low"]):
        return []
    if _is_quality(clause, match, start) or is_base(clause, start, match.end("low")):
        return []
    noun_end = unit_end(clause, index_at(found, match.end()))
    if noun_end is None:
        return _multiple(clause, match) or _time_bound(clause, match)
    measured = words_of("measure").at(text, found, index_at(found, match.end()))
    if measured is not None:
        noun_end = found[measured[0] - 1].end  # what is measured stands behind it
    paid = words_of("money").at(text, found, index_at(found, match.end()))
    # "1,2 triệu cây" counts trees.
    money = paid is not None and found[paid[0] - 1].end >= noun_end
    if is_moved_from(text, start, noun_end):
        return []
    per = _PER_YEAR.match(text, noun_end) if money else None
    rate = per.end() if per is not None else rate_end(clause, noun_end)
    if rate > noun_end:
        noun_end = rate
    elif _FREQUENT.match(text, noun_end):
        return []
    figures = read_figures(text, found, match, "")
    first = figures[0]
    at = index_at(found, first.lead)
    unit = " ".join(text[match.end() : noun_end].split()).strip('"“”')
    goes_on = _goes_on(clause, first, unit, shares)
    if (
        words_of("ordinal").before(text, found, index_at(found, start))
        and first.lead == start
        and not goes_on  # "…, mỗi năm 15.000 lao động" counts no years
    ):
        return []
    reason = _reason(clause, first, at, shares, noun_end)
    vague = words_of("vague").at(text, found, index_at(found, match.end()))
    whole = vague is not None and found[vague[0] - 1].end == noun_end
    if money and not reason.goal and not goes_on:
        return []
    listed = reason.beside and clause.goals
    if measured is not None and not (reason.goal or reason.stated or listed):
        return []  # "ống dài 12 m" describes a thing
    if not (reason.firm or reason.stated or goes_on) and (
        whole or not (reason.goal or reason.beside)
    ):
        return []
    stated, end = behind_words(text, found, noun_end)  # "66 điểm trở lên"
    return [
        replace(one, unit=unit, end=end, comparator=stated)
        if stated is not None and one.comparator == "="
        else replace(one, unit=unit, end=end)
        for one in figures
    ]


def _multiple(clause: Clause, match: re.Match[str]) -> list[Figure]:
    """ "thu nhập tăng gấp | 2 lần năm 2020": times as much, of an indicator or under goals."""
    text, found = clause.text, clause.words
    figure = read_figures(text, found, match, "lần")[0]
    at = index_at(found, figure.lead)
    times = found[index_at(found, match.end())]
    multiple = words_of("multiple").before(text, found, at)
    if times.key != _TIMES_AS_MUCH or multiple is None:
        return []
    if not (clause.goals or _opens_with_indicator(clause, at)):
        return []
    return [replace(figure, lead=found[multiple[0]].start, end=times.end)]


def bare_figures(clause: Clause, others: list[Figure]) -> list[Figure]:
    """Numbers without a unit that an indicator reaches: "Hệ số … đạt | 0,75", "… : | 11,5"."""
    text, found = clause.text, clause.words
    made: list[Figure] = []
    for match in (*BARE.finditer(text), *PER_BASE.finditer(text)):
        start = match.start("low")
        if _YEAR.match(match["low"]) or any(one.lead <= start < one.end for one in others):
            continue
        figure = read_figures(text, found, match, "")[0]
        at = index_at(found, figure.lead)
        if words_of("ordinal").before(text, found, index_at(found, start)) is not None:
            continue
        linked = words_of("link").before(text, found, at) is not None or bool(match["sign"])
        bounded = figure.comparator != "=" and match.re is PER_BASE
        if not (linked or bounded) or not _opens_with_indicator(clause, at):
            continue
        if match.re is PER_BASE:  # "dưới | 42/100.000 trẻ đẻ sống"
            end = rate_end(clause, match.end("low"))
            figure = replace(figure, unit=" ".join(text[match.end("low") : end].split()), end=end)
        made.append(figure)
    return made


def _time_bound(clause: Clause, match: re.Match[str]) -> list[Figure]:
    """ "Thời gian chờ dưới 15 phút": a bounded time behind the indicator that opens its clause."""
    text, found = clause.text, clause.words
    behind = index_at(found, match.end())
    time = words_of("duration").at(text, found, behind)
    if time is None or match["high"] is not None:
        return []
    opens = index_at(found, _opening(clause))
    raised = words_of("raising").at(text, found, opens)
    opens = raised[0] if raised is not None else opens
    if words_of("indicator").at(text, found, opens) is None:
        return []
    figure = read_figures(text, found, match, "")[0]
    end = found[time[0] - 1].end
    linked = words_of("link").before(text, found, index_at(found, figure.lead)) is not None
    if (figure.comparator == "=" and not linked) or is_moved_from(text, match.start("low"), end):
        return []
    if "," in text[found[opens].start : figure.lead]:
        return []
    if _FREQUENT.match(text, end):
        return []
    return [replace(figure, unit=" ".join(text[match.end() : end].split()), end=end)]


def _opening(clause: Clause) -> int:
    """Where the words of the clause begin, behind its bullet or its marker."""
    text = clause.text
    marker = LIST_MARKER.match(text)
    return marker.end() if marker is not None else len(text) - len(text.lstrip())


def _reason(clause: Clause, figure: Figure, at: int, shares: list[Figure], behind: int) -> Reason:
    text, found = clause.text, clause.words
    touching = at > 0 and not text[found[at - 1].end : figure.lead].strip()
    goal = touching and any(
        words_of("goal_count").before(text, found, here) is not None
        for here in (at, index_at(found, figure.start))  # "có thêm": "thêm" compares, too
    )
    before = [share for share in shares if share.end <= figure.lead]
    beside = bool(before) and _is_beside(clause, before[-1], figure.lead, at)
    opens = _opens(clause, figure) and (words_of("unit").at(text, found, at + 1) is not None)
    stated = (touching or _colon_before(clause, at)) and _states(
        clause, at, figure.comparator != "="
    )
    set_out = clause.goals and _is_set_out(clause, figure, at, behind)
    return Reason(
        figure.strong, goal or opens or set_out, beside and figure.lead == figure.start, stated
    )


def _is_set_out(clause: Clause, figure: Figure, at: int, behind: int) -> bool:
    """Under "Chỉ tiêu": "Xây dựng | 03 mô hình", "Mầm non: | 4.200 cháu", "; 350 học viên".

    The verb opens its thought: "trẻ được tiêm đủ 02 mũi" says what becomes of the children.
    """
    text, found = clause.text, clause.words
    if _colon_before(clause, at) or figure.lead <= _opening(clause):
        return True
    alone = "," not in text[: figure.lead] and not text[behind:].strip(" .,")
    if alone and _opens_with_indicator(clause, at):
        return True  # "diện tích lúa chất lượng cao 152.000 ha"
    verb = words_of("verb").before(text, found, at)
    opens = index_at(found, _opening(clause))
    if words_of("neutral").before(text, found, at) is not None:
        return words_of("each").at(text, found, opens) is not None  # "Mỗi xã có | 02 tổ"
    if verb is None or text[found[at - 1].end : figure.lead].strip():
        return False
    before = text[: found[verb[0]].start].rstrip()
    return not before or before[-1] in ",:" or not subject_before(before)


def _goes_on(clause: Clause, figure: Figure, unit: str, shares: list[Figure]) -> bool:
    """ "đàn trâu 45.000 con, đàn bò | 120.000 con": the next of a list with the same unit."""
    before = [share for share in shares if share.end <= figure.lead]
    if not before or before[-1].unit != unit:
        return False
    return _NEXT_OF_LIST.fullmatch(clause.text, before[-1].end, figure.lead) is not None


def _is_beside(clause: Clause, before: Figure, lead: int, at: int) -> bool:
    """Joined to the figure before it: by a mark or "và", by "trong đó", by a verb of its own."""
    text, found = clause.text, clause.words
    verb = words_of("verb").before(text, found, at)
    if verb is not None and found[verb[0]].start >= before.end:
        lead = found[verb[0]].start  # "2.500 đoàn viên, thành lập 20 công đoàn cơ sở"
    between = text[before.end : lead]
    if _JOINED.search(between) is not None or _OF_WHICH.search(between) is not None:
        return True
    near = text[max(0, before.lead - _NEAR) : before.lead]
    return between.count(",") == 1 and _OF_WHICH.search(near) is not None


def _states(clause: Clause, at: int, bounded: bool) -> bool:
    """ "Số doanh nghiệp … đạt | 350", "Chỉ số … tăng | từ 02 bậc": a word links the two."""
    text, found = clause.text, clause.words
    if not _opens_with_indicator(clause, at):
        return False
    return (
        bounded
        or _colon_before(clause, at)
        or any(words_of(kind).before(text, found, at) is not None for kind in ("link", "raising"))
    )


def _opens_with_indicator(clause: Clause, at: int) -> bool:
    """An indicator opens the clause, or what is raised behind a comma ("nâng số xã lên 75")."""
    text, found = clause.text, clause.words
    comma = text.rfind(", ", 0, found[at].start if at < len(found) else len(text))
    for start in (_opening(clause), comma + 1):
        opens = index_at(found, start)
        raised = words_of("raising").at(text, found, opens)
        if raised is not None:
            opens = raised[0]  # "Nâng tổng số hợp tác xã lên trên 9.000"
        elif start != _opening(clause):
            continue
        if words_of("indicator").at(text, found, opens) is not None:
            return True
    return False


def _colon_before(clause: Clause, at: int) -> bool:
    """ "Diện tích: ≥ 1.500 ha": nothing but a colon and a sign before the figure's words."""
    text, found = clause.text, clause.words
    return at > 0 and text[found[at - 1].end : found[at].start].strip(" ≥≤><=") == ":"


def _is_quality(clause: Clause, match: re.Match[str], start: int) -> bool:
    """ "trẻ em dưới 5 tuổi": the figure tells who is meant, unless the age itself is measured."""
    text, found = clause.text, clause.words
    if words_of("quality").at(text, found, index_at(found, match.end())) is None:
        return False
    last = index_at(found, start)
    return not any(
        words_of("quality_measured").at(text, found, at) is not None for at in range(last)
    )


def _opens(clause: Clause, figure: Figure) -> bool:
    """ "Có 15 xã đạt chuẩn …", "15 xã đạt chuẩn …": the figure opens and a predicate follows."""
    if not clause.opens:
        return False
    start = _opening(clause)
    dated = YEAR_OPENING.match(clause.text, start)
    start = dated.end() if dated is not None else start
    opener = _HAS.match(clause.text, start if dated is not None else 0)
    if opener is not None:
        return opener.end() == figure.start
    return start == figure.start and _verb_behind(clause, figure)


def _verb_behind(clause: Clause, figure: Figure) -> bool:
    """Whether the verb follows the counted noun at once: "159 UBND cấp xã | áp dụng"."""
    text, found = clause.text, clause.words
    at = index_at(found, figure.end)
    noun = words_of("unit").at(text, found, at)
    return noun is not None and words_of("predicate").at(text, found, noun[0]) is not None


def _names_indicator(clause: Clause, index: int) -> bool:
    """ "5 bậc | Chỉ số PCI": what is measured, not how; "số" and "điểm" say nothing of that."""
    text, found = clause.text, clause.words
    return (
        words_of("indicator").at(text, found, index) is not None
        and words_of("weak_indicator").at(text, found, index) is None
    )


def unit_end(clause: Clause, index: int) -> int | None:
    """Where the counted noun that begins at word ``index`` ends; None for a time or no noun."""
    text, found = clause.text, clause.words
    if index >= len(found) or any(
        words_of(kind).at(text, found, index) is not None for kind in ("duration", "unit_stop")
    ):
        return None
    known = max(
        (hit for kind in ("money", "unit") if (hit := words_of(kind).at(text, found, index))),
        default=None,
    )
    reached = index
    while reached < min(len(found), index + _LONGEST_UNIT):
        gap = text[found[reached - 1].end : found[reached].start].strip() if reached > index else ""
        if gap and gap not in "&-":
            break
        if found[reached].key.isdigit():
            break
        if reached >= (known[0] if known is not None else index + 1) and (
            words_of("predicate").at(text, found, reached) is not None
            or words_of("unit_stop").at(text, found, reached) is not None
            or (known is not None and _names_indicator(clause, reached))
        ):
            break
        reached += 1
    if reached == index:
        return None
    if reached == index + _LONGEST_UNIT and known is not None:
        reached = known[0]
    return found[reached - 1].end
