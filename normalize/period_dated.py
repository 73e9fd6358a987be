"""Dated parts: the words before a series ("chậm nhất là", "từ … đến") and behind it ("trở đi")."""

from __future__ import annotations

from normalize import recurrence
from normalize.edtf import Point
from normalize.period_drafts import Draft
from normalize.period_layout import laid_out
from normalize.period_points import LONGEST_LEAD, MIDDLE, NUMERALS, OF_IN
from normalize.period_series import Item, SeriesReader
from normalize.period_tokens import mended_figures, tokens_of

Read = tuple[list[Draft], int]
"""Drafts and the index of the token behind them."""

_WEEKS = frozenset("week number roman count ordinal weekday comma and dash".split())
_PREFIX = frozenset("filler in session weekday clock stage whole_stage".split())
_OF_EACH = frozenset(["of", "each", "in"])
_DATE_LEADS = frozenset(["in", "before", "until", "modifier"])
_RELATIONS = frozenset(["from", "until", "before", "after"])


class DatedReader(SeriesReader):
    """Parts with a date, and what the parts read so far have in common."""

    def __init__(self, text: str, century_year: int) -> None:
        text, slips = mended_figures(text)
        super().__init__(laid_out(tokens_of(text)), century_year)
        self.slips.extend(slips)
        self.drafts: list[Draft] = []
        self.segment = 0
        self.run: int | None = None
        self.pending: tuple[int, int, int] | None = None
        self.loose = False

    def part(self, i: int, strong: bool = False) -> Read | None:
        """Any part at ``i``; the grammar says which there are."""
        raise NotImplementedError

    def _prefix(self, i: int) -> tuple[int, str, bool, bool]:
        """Words before a time: (next, relation, has a clock time, "năm" is the plan's)."""
        relation, clocked, whole = "", False, False
        k = i
        while k - i < LONGEST_LEAD:
            role = self.roles[k]
            if role in _PREFIX:
                clocked = clocked or role == "clock"
                whole = whole or role in ("in", "whole_stage")
                if role == "weekday" and self.weekdays(k) is not None:
                    break
            elif role in _RELATIONS:
                if self.roles[k + 1] == "clock" and relation and self.roles[k + 2] != "until":
                    pass
                elif not (relation == "until" and role == "from"):
                    relation = role if relation != "before" else relation
                if role == "from" and self.roles[k + 1] == "clock":
                    relation = ""
                    if self.roles[k + 2] in ("until", "dash") and self.roles[k + 3] == "clock":
                        k += 3
                whole = True
            elif role == "week" and self.after_week(k) is not None:
                k = self.after_week(k) or k
                continue
            elif not self._is_passed(k, i):
                break
            k += 1
        return k, relation, clocked, whole

    def _is_passed(self, k: int, i: int) -> bool:
        """Marks and words between the first of a prefix (``i``) and the time that it leads to."""
        role, before = self.roles[k], self.roles[k - 1] if k > i else ""
        if role == "periodic":
            return self._leads_to_date(k + 1)
        if role == "modifier":
            return self.roles[k + 1] == "each"
        if role == "colon":
            return before in ("filler", "until")
        if role == "comma":
            return before in ("weekday", "clock", "session")
        return role == "dash" and before == "clock"

    def _leads_to_date(self, k: int) -> bool:
        """ "Định kỳ ngày 15 hằng tháng": the word says nothing that the date does not."""
        k = self.behind(k, _DATE_LEADS)
        unit = self.unit_at(k)
        if unit is None or self.roles[unit[1]] not in NUMERALS:
            return False
        return not (unit[0] == "year" and self.roles[unit[1] + 1] == "times")

    def _dated(self, i: int, k: int, relation: str, clocked: bool, whole: bool) -> Read | None:
        first = i
        while self.roles[first] in ("filler", "until") and self._label_ends(first, k):
            first = self._label_ends(first, k)
        read = self.series(k, whole)
        if read is None:
            return self._whole_stage(i, k)
        items, j = read
        last = items[-1][1] if isinstance(items[-1], tuple) else items[-1]
        bare = last.unit == "year" and self.roles[j - 2] not in ("year", "slash", "dash", "of")
        if k == i and bare and self.run is not None and self.runs_on(j):
            return None  # "2000 hồ sơ"
        fraction = k == i and last.unit == "day" and last.year is None
        if fraction and self.roles[k] == "number" and self.runs_on(j):
            return None  # "1/2 số xã"
        if self._is_cut_off(j) or (k == i and bare and self.roles[k - 1] == "slash"):
            return None
        named = items[0][0] if isinstance(items[0], tuple) else items[0]
        if "week" in self.roles[first:k]:
            named.part = MIDDLE
        while self.roles[first] == "weekday" and named.unit != "day":
            first += 1  # "mô hình thứ hai 2030" names no Monday
        drafts = self._drafts(items, relation, min(self.tokens[first].start, named.start))
        if clocked:
            for draft in drafts:
                draft.inclusive = True
        drafts, j = self._suffixes(drafts, j)
        if drafts[-1].kind == "recurring":
            bound = self._bound(j, "recurring")
            if bound is not None:
                self._take_bound(drafts, bound)
                j = bound[1]
        return drafts, j

    def _is_cut_off(self, j: int) -> bool:
        """Figures that go on behind what was read: then it was read wrongly."""
        if self.roles[j] == "slash":
            return self.roles[j + 1] in NUMERALS
        return (
            self.roles[j] == "dash"
            and self.roles[j + 1] == "number"
            and self.tokens[j].tight
            and self.tokens[j + 1].tight
        )

    def _take_bound(self, drafts: list[Draft], bound: tuple[Draft, int]) -> None:
        found, j = bound
        for draft in drafts:
            draft.a, draft.b, draft.bound = found.a, found.b, found.kind
        drafts[-1].end = max(drafts[-1].end, self.tokens[j - 1].end)

    def _label_ends(self, i: int, k: int) -> int:
        """The index behind "Thời gian:", a label that is no part of the time; else 0."""
        return i + 2 if i + 1 < k and self.roles[i + 1] == "colon" else 0

    def _drafts(self, items: list[Item], relation: str, start: int) -> list[Draft]:
        made = []
        for item in items:
            if isinstance(item, tuple):
                draft = Draft("span", item[0].start, item[1].end, item[0], item[1])
                if relation == "before":
                    draft.inclusive = True
            else:
                draft = Draft(relation or "point", item.start, item.end, item)
            made.append(draft)
        made[0].start = min(start, made[0].start)
        return made

    def _whole_stage(self, i: int, k: int) -> Read | None:
        """ "Cả giai đoạn" without figures: the years of the plan."""
        for j in range(i, k):
            token = self.tokens[j]
            if token.role == "whole_stage":
                if self.roles[k] in NUMERALS:
                    return None
                draft = Draft("stage", self.tokens[i].start, self.tokens[k - 1].end)
                return [draft], k
        return None

    # --- behind a date ------------------------------------------------------------------------

    def _suffixes(self, drafts: list[Draft], j: int) -> Read:
        """Words behind a date that belong to it: weekday, "hằng năm", "trở đi", "âm lịch" …"""
        last = drafts[-1]
        while True:
            role, after = self.roles[j], self.roles[j + 1]
            if role == "open" and after in ("weekday", "session", "clock", "solar", "lunar"):
                if self.roles[j + 2] != "close":
                    break
                self._lunar(drafts, after)
                j += 3
            elif (
                role == "open"
                and after == "each"
                and self.roles[j + 3] == "close"
                and last.lacks_year()
            ):
                if not self._each(drafts, self.roles[j + 2], None):
                    break
                j += 4
            elif role == "open" and after == "week" and self._weeks_close(j + 1):
                j = self._weeks_close(j + 1)  # "9/2023 (tuần 2)"
                if last.a is not None:
                    last.a.part = MIDDLE
            elif role in ("weekday", "clock", "session", "solar", "henceforth", "lunar"):
                if role == "weekday" and after == "each":
                    break
                self._lunar(drafts, role)
                if role == "henceforth" and last.kind in ("point", "from", "until"):
                    last.kind = "from"
                j += 1
            elif role in ("comma", "in") and after in ("clock", "session"):
                j += 2
            elif (
                role == "each"
                and after in ("year", "quarter", "month")
                and not (after == "year" and self.is_year(j + 2))
            ):
                if not self._each(drafts, after, None):
                    break
                j += 2
            elif role in ("of", "in", "month_of_quarter") and self._quarter_month(j) is not None:
                month, j = self._quarter_month(j) or (None, j)
                self._each(drafts, "quarter", month)
            elif role == "onwards" or (role in ("and", "comma") and after == "onwards"):
                if last.kind not in ("point", "from", "span"):
                    break
                last.kind, last.b = "from", None
                j += 1 if role == "onwards" else 2
            elif role == "colon" and len(drafts) == 1 and self._is_years(last):
                last.header = True
                break
            elif role == "open" and len(drafts) == 1 and self._is_years(last):
                found = self.part(j + 1, strong=True)
                if found is not None and all(one.lacks_year() for one in found[0]):
                    if found[0][0].kind in ("recurring", "continuous"):
                        if self.roles[found[1]] == "close":
                            return self._bounded_by(found[0], last, found[1]), found[1] + 1
                    else:
                        last.header = True
                break
            else:
                break
            last.end = max(last.end, self.tokens[j - 1].end)
        return drafts, j

    def _weeks_close(self, k: int) -> int:
        """Behind the bracket that holds weeks only; 0 where it holds more."""
        while self.roles[k] in _WEEKS:
            k += 1
        return k + 1 if self.roles[k] == "close" else 0

    def _is_years(self, draft: Draft) -> bool:
        """A year or a range of years, which may head what follows."""
        return all(point.unit == "year" for point in draft.points()) and draft.kind in (
            "point",
            "span",
        )

    def _bounded_by(self, drafts: list[Draft], year: Draft, close: int) -> list[Draft]:
        """ "Năm 2021 (thường xuyên)": one continuous part of that year."""
        for draft in drafts:
            draft.a, draft.b, draft.bound = year.a, year.b, year.kind
        drafts[0].start = year.start
        drafts[-1].end = self.tokens[close].end
        return drafts

    def _lunar(self, drafts: list[Draft], role: str) -> None:
        if role == "lunar":
            for draft in drafts:
                draft.kind = "unresolved"

    def _quarter_month(self, j: int) -> tuple[int, int] | None:
        """(1 to 3, next) of "của tháng cuối (mỗi) quý"."""
        j = self.behind(j, OF_IN)
        if self.roles[j] != "month_of_quarter":
            return None
        month = self.tokens[j].value
        j = self.behind(j + 1, _OF_EACH)
        if self.roles[j] != "quarter":
            return None
        return month, j + 1

    def _each(self, drafts: list[Draft], unit: str, month: int | None) -> bool:
        """Makes dated drafts recur every ``unit``; False where they cannot."""
        if not all(draft.lacks_year() for draft in drafts):
            return False
        if unit not in ("month", "quarter", "year"):
            return False
        for draft in drafts:
            point = draft.a
            if point is None or draft.kind not in ("point", "before", "until", "span"):
                return False
            before = draft.kind == "before" and not draft.inclusive
            if unit == "year":
                _make_yearly(draft)
                continue
            if point.unit != "day" or point.n:
                return False
            if draft.kind == "span":
                rule = recurrence.every(unit)
            elif unit == "month":
                rule = recurrence.monthly_on(point.d, before)
            else:
                rule = recurrence.quarterly_on(point.d, month, before)
            draft.kind, draft.rrule, draft.a, draft.b = "recurring", rule, None, None
        drafts[0].each, drafts[0].unit = "suffix", unit
        return True

    def _bound(self, j: int, kind: str) -> tuple[Draft, int] | None:
        """From when, until when or in which year something recurs."""
        k, closing = j, False
        role = self.roles[k]
        if role == "slash":
            if not self.is_year(k + 1):
                return None
            token = self.tokens[k + 1]
            year = Point("year", 0, token.start, token.end, token.value)
            return Draft("point", token.start, token.end, year), k + 2
        comma = role == "comma"
        if role == "open":
            closing = True
        if comma or closing:
            k += 1
        if self.roles[k] == "of":
            k += 1
        start, relation, _, whole = self._prefix(k)
        if relation in ("before", "after"):
            return None
        if comma and start == k and (kind == "recurring" or self.roles[k] != "year"):
            return None
        read = self.series(start, whole)
        if read is None or len(read[0]) != 1:
            return None
        made = self._drafts(read[0], relation, self.tokens[k].start)[0]
        unnamed = made.a is not None and made.a.unit != "year" and relation == ""
        if unnamed and not (whole and (made.kind == "span" or not made.lacks_year())):
            return None
        m = read[1]
        if self.roles[m] == "henceforth":
            made.kind, m = "from", m + 1
        elif self.roles[m] == "onwards" or (
            self.roles[m] in ("and", "comma") and self.roles[m + 1] == "onwards"
        ):
            made.kind, m = "from", m + (1 if self.roles[m] == "onwards" else 2)
        if closing:
            if self.roles[m] != "close":
                return None
            m += 1
        return made, m


def _make_yearly(draft: Draft) -> None:
    """A dated draft without a year that comes round each year."""
    point = draft.a
    before = draft.kind == "before" and not draft.inclusive
    draft.rrule = (
        recurrence.every("year")
        if point is None or draft.b is not None
        else recurrence.yearly_on(point, before)
    )
    draft.kind, draft.a, draft.b = "recurring", None, None
