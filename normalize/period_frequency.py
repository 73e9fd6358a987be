"""Recurring and continuous parts: "định kỳ hằng quý, 6 tháng, năm", "2 lần/năm", "thường xuyên"."""

from __future__ import annotations

from normalize import recurrence
from normalize.period_dated import DatedReader, Read
from normalize.period_drafts import Draft
from normalize.period_points import LONGEST_LEAD, NUMERALS, OF_IN

_SEPARATORS = frozenset(["comma", "and", "slash", "dash", "plus"])
_LEADS = frozenset(["periodic", "in", "filler"])
_PER = frozenset(["slash", "in", "each", "of"])
_THINGS = frozenset("word action reporting body own_document".split())
_FREQUENCY_UNITS = frozenset(["day", "week", "month", "quarter", "year"])


class FrequencyReader(DatedReader):
    """Frequencies and what stands behind them."""

    def _recurring(self, i: int, k: int, strong: bool) -> Read | None:
        """Frequencies ("định kỳ hằng quý, 6 tháng, năm") and "thường xuyên"."""
        if self.roles[k] == "continuous":
            return self._continuous(i, k)
        drafts: list[Draft] = []
        start, lead, strong_lead = self.tokens[i].start, False, False
        j = k
        while j - k < LONGEST_LEAD and self.roles[j] in _LEADS and not self._all_of(j):
            lead = lead or self.roles[j] == "periodic"
            j += 1
        bracketed = (
            lead
            and self.roles[j] in ("open", "colon")
            and (self._frequency(j + 1, True) is not None)
        )
        if bracketed:  # "Định kỳ (quý, 6 tháng, năm)"
            j += 1
            start = self.tokens[j].start
        strong_lead = lead or self.roles[j] in ("each", "weekday", "in")
        while True:
            found = self._frequency(j, lead or strong_lead or (not strong and bool(drafts)))
            if found is None and not drafts and not strong:
                found = self._bare_unit(j)
            if found is None:
                break
            rule, each, j = found
            lead = True
            drafts.append(Draft("recurring", start, self.tokens[j - 1].end, rrule=rule, each=each))
            m = j
            if self.roles[m] in _SEPARATORS:
                m += 1
                if self.roles[m] == "and":
                    m += 1
            if m == j or self._frequency(m, True) is None:
                break
            j = m
            start = self.tokens[j].start
        if not drafts:
            if self.roles[k] != "periodic":
                return None
            drafts = [Draft("recurring", start, self.tokens[j - 1].end)]
            while j > k + 1 and self.roles[j - 1] in OF_IN | {"filler"}:
                j -= 1
            drafts[0].end = self.tokens[j - 1].end
        elif bracketed and self.roles[j] == "close":
            j += 1
        elif len(drafts) == 1 and not strong_lead and drafts[0].each == "bare":
            return None
        return self._behind_recurring(drafts, j)

    def _bare_unit(self, j: int) -> tuple[str | None, str, int] | None:
        """The first of a list of bare units ("Quý, 6 tháng, năm")."""
        found = self._frequency(j, True)
        if found is None or self.roles[j] == "day":
            return None
        return found if found[1] != "lead" else (found[0], "bare", found[2])

    def _frequency(self, j: int, lead: bool) -> tuple[str | None, str, int] | None:
        """(rule, unit of a plain "hằng …" else a mark, next)."""
        roles = self.roles
        each = self._all_of(j)
        if each:
            j += 1
        weekly = self.weekdays(j)
        if weekly is not None:
            return recurrence.weekly_on(*weekly[0]), "week", weekly[1]
        if roles[j] == "each":
            each, j = True, j + 1
        if (
            roles[j] == "filler"
            and roles[j + 1] in ("number", "count")
            and (roles[j + 2] == "times")
        ):
            j += 1  # "ít nhất 02 lần/năm"
        if roles[j] in ("number", "count"):
            count, k = self.tokens[j].value, j + 1
            if roles[k] == "times":
                return self._times_in(count, k + 1)
            if roles[k] not in _FREQUENCY_UNITS:
                return None
            unit = roles[k]
            times = self._so_many(k + 1)
            if times is not None:
                return recurrence.every(unit, count, times[0]), "", times[1]
            if not (each or lead) or roles[k + 1] in ("modifier", "condition", "working"):
                return None
            if roles[k + 1] in NUMERALS:
                return None
            if each and (count, unit) in ((4, "quarter"), (12, "month")):
                return recurrence.every(unit), unit, k + 1
            if (count, unit) == (9, "month"):
                return recurrence.NINE_MONTHS, "lead", k + 1
            return recurrence.every(unit, count), "lead", k + 1
        if roles[j] not in _FREQUENCY_UNITS:
            return None
        unit = roles[j]
        times = self._so_many(j + 1)
        if times is not None:
            return recurrence.every(unit, 1, times[0]), "", times[1]
        if each:
            if roles[j + 1] in NUMERALS and not self.is_year(j + 1) and not self._counted(j + 1):
                return None
            return recurrence.every(unit), unit, j + 1
        if not lead or roles[j + 1] in NUMERALS or roles[j + 1] == "stop":
            return None
        return recurrence.every(unit), "lead", j + 1

    def _counted(self, k: int) -> bool:
        """ "mỗi quý 01 phóng sự": the figure counts things, it is no number of a quarter."""
        if self.roles[k] not in ("number", "count") or self.roles[k + 1] not in _THINGS:
            return False
        return self.tokens[k + 1].text[0].islower()

    def _all_of(self, j: int) -> bool:
        """ "các quý", "cả 4 quý": each of them."""
        if self.roles[j] != "in":
            return False
        words = self.tokens[j].text.casefold().split()
        if words[-1] in ("các", "những"):
            return self.roles[j + 1] in ("month", "quarter", "week")
        if words[-1] not in ("cả", "trong"):
            return False
        count = self.tokens[j + 1].value if self.roles[j + 1] in ("number", "count") else 0
        return (count, self.roles[j + 2]) in ((4, "quarter"), (12, "month"))

    def _times_in(self, count: int, k: int) -> tuple[str | None, str, int] | None:
        """The unit behind "2 lần": "/năm", "mỗi quý", "trong 6 tháng"."""
        behind = self.behind(k, _PER)
        marked, k = behind > k, behind
        units = 1
        if self.roles[k] in ("number", "count") and self.roles[k + 1] in _FREQUENCY_UNITS:
            units, k, marked = self.tokens[k].value, k + 1, True
        if not marked or self.roles[k] not in _FREQUENCY_UNITS:
            return None
        return recurrence.every(self.roles[k], units, count), "", k + 1

    def _so_many(self, k: int) -> tuple[int, int] | None:
        """(times, next) behind a unit: "/lần", "1 lần", "một lần", "/01 lần"."""
        if self.roles[k] == "slash":
            if self.roles[k + 1] == "times":
                return 1, k + 2
            k += 1
        if self.roles[k] == "filler":
            k += 1
        if self.roles[k] in ("number", "count") and self.roles[k + 1] == "times":
            return self.tokens[k].value, k + 2
        return None

    def _continuous(self, i: int, k: int) -> Read:
        j = k
        while self.roles[j] == "continuous" or (
            self.roles[j] in ("comma", "and") and self.roles[j + 1] == "continuous"
        ):
            j += 1
        draft = Draft("continuous", self.tokens[i].start, self.tokens[j - 1].end)
        if self.roles[j] == "each" and self.roles[j + 1] == "year" and not self.is_year(j + 2):
            j += 2
        elif behind := self.round_the_clock(j):
            j = behind
        return self._behind_recurring([draft], j)

    def _behind_recurring(self, drafts: list[Draft], j: int) -> Read:
        """ "đột xuất", the bounds, or the day or month meant ("Hằng năm, trước ngày 15/12")."""
        last = drafts[-1]
        k = j + 1 if self.roles[j] in ("comma", "and") else j
        if self.roles[k] == "adhoc":
            j = k + 1
        refined = self._refined(drafts, j)
        if refined is not None:
            return refined
        bound = self._bound(j, last.kind)
        if bound is not None:
            self._take_bound(drafts, bound)
            j = bound[1]
        last.end = max(last.end, self.tokens[j - 1].end)
        return drafts, j

    def _refined(self, drafts: list[Draft], j: int) -> Read | None:
        last = drafts[-1]
        if len(drafts) > 1 or last.each not in ("year", "quarter", "month"):
            return None
        k, closing = j, False
        if self.roles[k] in ("comma", "open", "colon"):
            closing = self.roles[k] == "open"
            k += 1
        start, relation, clocked, whole = self._prefix(k)
        if relation in ("from", "after"):
            return None
        read = self.series(start, whole)
        if read is None:
            return None
        made = self._drafts(read[0], relation, self.tokens[k].start)
        if clocked:
            for draft in made:
                draft.inclusive = True
        if not all(draft.lacks_year() for draft in made):
            return None
        if any(draft.a is not None and draft.a.unit == "year" for draft in made):
            return None
        m = read[1]
        month = self._quarter_month(m) if last.each == "quarter" else None
        if month is not None:
            m = month[1]
        elif last.each == "quarter" and self._quarter_tail(m):
            month, m = (self.tokens[m].value, m + 1), m + 1
        if not self._each(made, last.each, month[0] if month else None):
            return None
        made[0].each = ""
        made[0].start = last.start
        if closing and self.roles[m] == "close":
            m += 1
        made[-1].end = max(made[-1].end, self.tokens[m - 1].end)
        return made, m

    def _quarter_tail(self, m: int) -> bool:
        """ "Hằng quý, trước ngày 15 tháng cuối": the quarter is the one just named."""
        return self.roles[m] == "month_of_quarter" and self.roles[m + 1] != "year"
