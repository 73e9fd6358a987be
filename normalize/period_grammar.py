"""The grammar of a schedule cell: tokens into drafts, with what it did not understand.

One pass from left to right. At each token the reader tries to read a part (a dated series, a
frequency, a duration, a condition, "đã hoàn thành"); what begins no part is description, kept as an
unread run, and a run that names a body where a time should stand becomes an ``unresolved`` draft.
"""

from __future__ import annotations

from collections.abc import Callable

from normalize import recurrence
from normalize.edtf import Point
from normalize.period_drafts import Draft
from normalize.period_layout import laid_out
from normalize.period_series import Item, SeriesReader
from normalize.period_tokens import tokens_of

Read = tuple[list[Draft], int]
"""Drafts and the index of the token behind them."""

_PREFIX = frozenset("filler in session weekday clock stage whole_stage".split())
_RELATIONS = frozenset(["from", "until", "before", "after"])
_ENDS = frozenset(["end", "break", "close", "comma", "stop", "open", "and", "colon"])
_CONTENT = frozenset(
    "word body action number count cited roman filler percent ordinal times working".split()
)
_SEPARATORS = frozenset(["comma", "and", "slash", "dash", "plus"])
_NUMERALS = frozenset(["number", "roman", "count", "roman_slip"])
_OWN = frozenset("own_anchor own_document this filler day of now in".split())
_FREQUENCY_UNITS = frozenset(["day", "week", "month", "quarter", "year"])
_PART_STARTS = (
    _PREFIX
    | _RELATIONS
    | frozenset(
        "quarter quarter_slip quarter_short quarter_number month month_short day week year "
        "modifier half number count each periodic continuous adhoc done condition school vision "
        "within next_year plan_year onwards month_of_quarter".split()
    )
)


class Grammar(SeriesReader):
    """Reads one cell; ``drafts`` holds the parts in order."""

    def __init__(self, text: str, century_year: int) -> None:
        super().__init__(laid_out(tokens_of(text)), century_year)
        self.text = text
        self.drafts: list[Draft] = []
        self.segment = 0
        self.run: int | None = None
        self.pending: tuple[int, int, int] | None = None  # condition before its date
        self.loose = False
        self._special: dict[str, Callable[[int], Read | None]] = {
            "condition": self._condition,
            "done": self._done,
            "school": self._school,
            "vision": self._vision,
            "onwards": self._onwards,
            "adhoc": self._adhoc,
        }

    # --- the pass -----------------------------------------------------------------------------

    def read(self) -> list[Draft]:
        """All drafts of the cell."""
        i, count = 0, len(self.tokens)
        while i < count:
            role = self.roles[i]
            if role == "break":
                self._close_run(i)
                self._drop_pending()
                self.segment += 1
                i += 1
                continue
            found = None
            if role in _PART_STARTS:
                special = self._special.get(role)
                found = special(i) if special is not None else None
                if found is None:
                    found = self.part(i) or self._broken(i)
            if found is None:
                if role in _CONTENT or role in _PART_STARTS:
                    if self.run is None:
                        self.run = i
                    self.loose = True
                i += 1
                continue
            self._add(found[0], i)
            i = found[1]
        self._close_run(count)
        self._drop_pending()
        return self.drafts

    def _add(self, drafts: list[Draft], i: int) -> None:
        if not drafts:
            return
        self._close_run(i)
        for draft in drafts:
            draft.tight = not self.loose and bool(self.drafts)
            draft.segment = self.segment
            self.loose = False
            if self.pending is not None and draft.kind not in ("conditional", "unresolved"):
                start, end, raw_start = self.pending
                self.pending = None
                draft.condition = draft.condition or (start, end)
                draft.start = min(raw_start, draft.start)
            self._spread_each_year(draft)
            self.drafts.append(draft)

    def _spread_each_year(self, draft: Draft) -> None:
        """ "Tháng 6, tháng 12 hằng năm": each member of the list recurs."""
        if draft.each != "suffix" or not draft.tight:
            return
        for earlier in reversed(self.drafts):
            if earlier.kind == "recurring" or not self._each([earlier], draft.unit, None):
                return
            earlier.each = ""
            if not earlier.tight:
                return

    def _close_run(self, i: int) -> None:
        """Ends a run of unread words; a body's name alone in it is no description."""
        start, self.run = self.run, None
        if start is None:
            return
        head = self.tokens[start]
        bare = all(role in ("number", "roman") for role in self.roles[start:i])
        if bare and self.roles[start - 1] != "open":
            self._unread(start, i)
            return
        if head.role != "body" or not head.text[0].isupper() or self.pending is not None:
            return
        end = i
        while end > start and self.roles[end - 1] in ("break", "comma", "stop", "open", "dash"):
            end -= 1
        roles = self.roles[start:end]
        if "action" in roles or "filler" in roles:
            return
        if not any(token.text[:2].isupper() for token in self.tokens[start:end]) and not any(
            token.text[0].isupper() for token in self.tokens[start + 1 : end]
        ):
            return
        self._unread(start, end)

    def _unread(self, start: int, end: int) -> None:
        first, last = self.tokens[start].start, self.tokens[end - 1].end
        self.drafts.append(Draft("unresolved", first, last, segment=self.segment))
        self.loose = False

    def _drop_pending(self) -> None:
        """A condition that no date followed stands alone."""
        if self.pending is None:
            return
        start, end, raw_start = self.pending
        self.pending = None
        self.drafts.append(
            Draft("conditional", raw_start, end, condition=(start, end), segment=self.segment)
        )

    # --- parts --------------------------------------------------------------------------------

    def part(self, i: int, strong: bool = False) -> Read | None:
        """A dated series, a frequency or a duration; ``strong``: no bare list of units."""
        k, relation, clocked, whole = self._prefix(i)
        role = self.roles[k]
        if k > i and self._all_of(k - 1):
            found = self._recurring(i, k - 1, strong)
            if found is not None:
                return found
        if role in ("each", "periodic", "continuous") or (
            role == "weekday" and self.roles[k + 1] == "each"
        ):
            if relation == "":
                return self._recurring(i, k, strong)
            return self._dated(i, k, relation, clocked, whole)
        if relation == "" and self.is_round_the_clock(k):
            start, end = self.tokens[i].start, self.tokens[k + 2].end
            return self._behind_recurring([Draft("continuous", start, end)], k + 3)
        if role in ("number", "count") or role == "within" or role == "until":
            found = self._duration(i, k, relation)
            if found is not None:
                return found
        if relation in ("", "after") and role in ("number", "count", "month", "quarter", "year"):
            found = self._first_months(k) or self._recurring(i, k, strong)
            if found is not None and relation == "":
                return found
        if relation == "from" and role in _OWN:
            found = self._from_own(i, k)
            if found is not None:
                return found
        found = self._dated(i, k, relation, clocked, whole)
        if found is None and relation in ("before", "after") and not strong:
            if self.roles[k] in ("word", "action", "body", "own_document", "working", "number"):
                j = k - 1
                while self.roles[j] not in ("before", "after"):
                    j -= 1
                return self._condition(j)
        return found

    def _prefix(self, i: int) -> tuple[int, str, bool, bool]:
        """Words before a time: (next, relation, is a clock time among them, "năm" is the plan's)."""
        relation, clocked, whole = "", False, False
        k = i
        while True:
            role = self.roles[k]
            if role in _PREFIX:
                clocked = clocked or role == "clock"
                whole = whole or role in ("in", "whole_stage")
                if role == "weekday" and self.roles[k + 1] == "each":
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
            elif role == "periodic" and self._leads_to_date(k + 1):
                pass
            elif role == "modifier" and self.roles[k + 1] == "each":
                pass
            elif role == "colon" and k > i and self.roles[k - 1] in ("filler", "until"):
                pass
            elif role == "comma" and k > i and self.roles[k - 1] in ("weekday", "clock", "session"):
                pass
            elif role == "dash" and k > i and self.roles[k - 1] == "clock":
                pass
            else:
                break
            k += 1
        return k, relation, clocked, whole

    def _leads_to_date(self, k: int) -> bool:
        """ "Định kỳ ngày 15 hằng tháng": the word says nothing that the date does not."""
        while self.roles[k] in ("in", "before", "until", "modifier"):
            k += 1
        unit = self.unit_at(k)
        if unit is None or self.roles[unit[1]] not in _NUMERALS:
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
        if k == i and last.unit == "day" and last.year is None and self.runs_on(j):
            if self.roles[k] == "number":
                return None  # "1/2 số xã"
        if self.roles[j] == "slash" and self.roles[j + 1] in _NUMERALS:
            return None
        if self.roles[j] == "dash" and self.tokens[j].tight and self.roles[j + 1] == "number":
            if self.tokens[j + 1].tight:
                return None
        named = items[0][0] if isinstance(items[0], tuple) else items[0]
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
                if self.roles[k] in _NUMERALS:
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
            elif role == "colon" and len(drafts) == 1 and self._is_year_point(last):
                last.header = True
                break
            elif role == "open" and len(drafts) == 1 and self._is_year_point(last):
                found = self.part(j + 1, strong=True)
                if found is not None and all(one.lacks_year() for one in found[0]):
                    if found[0][0].kind in ("recurring", "continuous"):
                        if self.roles[found[1]] == "close":
                            return self._bounded_by(found[0], last), found[1] + 1
                    else:
                        last.header = True
                break
            else:
                break
            last.end = max(last.end, self.tokens[j - 1].end)
        return drafts, j

    def _is_year_point(self, draft: Draft) -> bool:
        return draft.kind == "point" and draft.a is not None and draft.a.unit == "year"

    def _bounded_by(self, drafts: list[Draft], year: Draft) -> list[Draft]:
        """ "Năm 2021 (thường xuyên)": one continuous part of that year."""
        for draft in drafts:
            draft.a, draft.bound = year.a, "point"
        drafts[0].start = year.start
        drafts[-1].end += 1
        return drafts

    def _lunar(self, drafts: list[Draft], role: str) -> None:
        if role == "lunar":
            for draft in drafts:
                draft.kind = "unresolved"

    def _quarter_month(self, j: int) -> tuple[int, int] | None:
        """(1 to 3, next) of "của tháng cuối (mỗi) quý"."""
        while self.roles[j] in ("of", "in"):
            j += 1
        if self.roles[j] != "month_of_quarter":
            return None
        month = self.tokens[j].value
        j += 1
        while self.roles[j] in ("of", "each", "in"):
            j += 1
        if self.roles[j] != "quarter":
            return None
        return month, j + 1

    def _each(self, drafts: list[Draft], unit: str, month: int | None) -> bool:
        """Makes dated drafts recur every ``unit``; False where they cannot."""
        if not all(draft.lacks_year() for draft in drafts):
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

    # --- recurring and continuous -------------------------------------------------------------

    def _recurring(self, i: int, k: int, strong: bool) -> Read | None:
        """Frequencies ("định kỳ hằng quý, 6 tháng, năm") and "thường xuyên"."""
        if self.roles[k] == "continuous":
            return self._continuous(i, k)
        drafts: list[Draft] = []
        start, lead, strong_lead = self.tokens[i].start, False, False
        j = k
        while self.roles[j] in ("periodic", "in", "filler") and not self._all_of(j):
            lead = lead or self.roles[j] == "periodic"
            j += 1
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
                while self.roles[m] == "in" and self.roles[m + 1] in _FREQUENCY_UNITS:
                    m += 1
            if m == j or self._frequency(m, True) is None:
                break
            j = m
            start = self.tokens[j].start
        if not drafts:
            if self.roles[k] != "periodic":
                return None
            drafts = [Draft("recurring", start, self.tokens[j - 1].end)]
            while j > k + 1 and self.roles[j - 1] in ("in", "filler"):
                j -= 1
            drafts[0].end = self.tokens[j - 1].end
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
        if roles[j] == "weekday" and roles[j + 1] == "each" and roles[j + 2] == "week":
            return recurrence.weekly_on(self.tokens[j].value), "week", j + 3
        while roles[j] == "each":
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
            if roles[k + 1] in _NUMERALS:
                return None
            if each and (count, unit) in ((4, "quarter"), (12, "month")):
                return recurrence.every(unit), unit, k + 1
            return recurrence.every(unit, count), "lead", k + 1
        if roles[j] not in _FREQUENCY_UNITS:
            return None
        unit = roles[j]
        times = self._so_many(j + 1)
        if times is not None:
            return recurrence.every(unit, 1, times[0]), "", times[1]
        if each:
            if roles[j + 1] in _NUMERALS and not self.is_year(j + 1):
                return None
            return recurrence.every(unit), unit, j + 1
        if not lead or roles[j + 1] in _NUMERALS or roles[j + 1] == "stop":
            return None
        return recurrence.every(unit), "lead", j + 1

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
        marked = False
        while self.roles[k] in ("slash", "in", "each", "of"):
            marked, k = True, k + 1
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
        while self.roles[k] == "filler":
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
        elif self.roles[j] == "number" and self.tokens[j].value == 24:
            if self.roles[j + 1] == "slash" and self.roles[j + 2] in ("number", "clock"):
                j += 3
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
        while self.roles[k] == "of":
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
        if made.kind == "point" and made.a is not None:
            if made.a.unit != "year" and not (whole and made.a.year is not None):
                return None
        elif made.kind == "span" and relation == "" and made.a is not None:
            if made.a.unit != "year" and not whole:
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

    def _adhoc(self, i: int) -> Read:
        """ "Đột xuất" alone hangs on an event that it does not name."""
        token = self.tokens[i]
        j = i + 1
        if self.roles[j] in ("comma", "and") and self.roles[j + 1] == "periodic":
            found = self._recurring(i, j + 1, False)
            if found is not None:
                return found
        if self.roles[j] == "condition":
            found = self._condition(j)
            if found is not None and found[0]:
                found[0][0].start = token.start
                return found
        draft = Draft("conditional", token.start, token.end, condition=(token.start, token.end))
        previous = self.drafts[-1] if self.drafts else None
        if previous is not None and previous.kind in ("recurring", "continuous"):
            if previous.segment == self.segment and not self.loose:
                previous.end = token.end
                return [], j
        return [draft], j

    # --- durations ----------------------------------------------------------------------------

    def _first_months(self, k: int) -> Read | None:
        """ "6 tháng" in a list of reports beside quarters or a year: the year's first months."""
        if self.roles[k] != "number" or self.roles[k + 1] != "month":
            return None
        count = self.tokens[k].value
        if count not in (3, 6, 9) or self.roles[k + 2] in _NUMERALS:
            return None
        j = k + 2
        m = j + 1 if self.roles[j] in ("comma", "and") else j
        if self.roles[m] == "and" or self.roles[m] == "in":
            m += 1
        dated = m > j and (
            (self.roles[m] == "year" and self.is_year(m + 1))
            or (self.roles[m] == "quarter" and self.roles[m + 1] in _NUMERALS)
            or (
                self.roles[m] == "number"
                and self.roles[m + 1] == "month"
                and self._first_months(m) is not None
            )
        )
        previous = self.drafts[-1] if self.drafts else None
        beside = (
            previous is not None
            and not self.loose
            and previous.kind == "point"
            and previous.a is not None
            and previous.a.unit in ("quarter", "half_year", "months")
            and self.roles[j] in (*_ENDS, "year", "slash")
        )
        if not dated and not beside:
            return None
        start, end = self.tokens[k].start, self.tokens[k + 1].end
        unit, n = ("half_year", 1) if count == 6 else ("months", count)
        point = Point(unit, n, start, end)
        found = self.year_after(j)
        if found is not None:
            point.year, point.shift, j = found
            point.end = self.tokens[j - 1].end
        return [Draft("point", start, point.end, point)], j

    def _duration(self, i: int, k: int, relation: str) -> Read | None:
        """ "100 ngày kể từ ngày ban hành Kế hoạch", "Trong 18-24 tháng kể từ khi …"."""
        j = k
        while self.roles[j] in ("within", "until", "in", "after"):
            relation = "after" if self.roles[j] == "after" else relation
            j += 1
        if self.roles[j] not in ("number", "count"):
            return None
        count, j = self.tokens[j].value, j + 1
        if self.roles[j] in ("dash", "until") and self.roles[j + 1] == "number":
            count, j = self.tokens[j + 1].value, j + 2
        if self.roles[j] == "open" and self.roles[j + 2] == "close":  # "30 (ba mươi) ngày"
            j += 3
        unit = self.roles[j]
        if unit not in ("day", "week", "month", "year") or count == 0:
            return None
        j += 1
        working = self.roles[j] == "working"
        if working:
            j += 1
        anchor = self.roles[j]
        if self.roles[j] == "comma" and self.roles[j + 1] in ("condition", "from"):
            j += 1
            anchor = self.roles[j]
        if anchor == "condition" and self.tokens[j].value == 1:
            return None
        if anchor not in ("condition", "from", "after"):
            if relation not in ("after", "before") or not (working or anchor in _ENDS):
                return None
            end = self._condition_end(j) if anchor not in _ENDS else j
            return self._conditional(i, end)
        if anchor != "condition" and self._is_dated(j + 1):
            return None  # "03 tháng, từ tháng 3/2021"
        if self.tokens[j].value == 2 and self.roles[j + 1] == "number":
            return None
        own = self._own_end(j + 1)
        if own is not None and relation != "after" and not working and self.roles[own] in _ENDS:
            start, end = self.tokens[i].start, self.tokens[own - 1].end
            draft = Draft("duration", start, end, condition=(start, end), count=count, unit=unit)
            return [draft], own
        return self._conditional(i, self._condition_end(j))

    def _conditional(self, i: int, j: int) -> Read:
        start, end = self.tokens[i].start, self.tokens[j - 1].end
        return [Draft("conditional", start, end, condition=(start, end))], j

    def _is_dated(self, k: int) -> bool:
        found = self.unit_at(k)
        return self.roles[k] == "number" or (
            found is not None and self.roles[found[1]] in _NUMERALS
        )

    def _own_end(self, k: int) -> int | None:
        """The end of "ngày ban hành Kế hoạch này": the document itself and no other."""
        anchored = False
        while self.roles[k] in _OWN:
            anchored = anchored or self.roles[k] in ("own_anchor", "now")
            k += 1
        return k if anchored else None

    def _from_own(self, i: int, k: int) -> Read | None:
        """ "Từ nay đến hết năm 2021", "từ ngày ký đến …": starts with the document's issue."""
        own = self._own_end(k)
        if own is None:
            return None
        if self.roles[own] in ("until", "dash"):
            found = self.point(own + 1, None, True)
            if found is None:
                return None
            point, j = found
            draft = Draft("from_issue", self.tokens[i].start, point.end, None, point)
            return self._suffixes([draft], j)
        if self.roles[own] in _ENDS or self.roles[own] == "henceforth":
            j = own + 1 if self.roles[own] == "henceforth" else own
            draft = Draft("from_issue", self.tokens[i].start, self.tokens[j - 1].end)
            return [draft], j
        return None

    # --- conditions ---------------------------------------------------------------------------

    def _condition(self, i: int) -> Read | None:
        """Words that hang a part on an event: beside a date they are kept with it."""
        token = self.tokens[i]
        if token.role == "condition" and token.value == 1:
            unit = self.roles[i + 1]
            if unit in ("month", "quarter", "week") and self.roles[i + 2] in (*_ENDS, "slash"):
                return self._theo_unit(i)
        if token.role == "condition" and (token.value == 2 or "từ" in token.text.casefold()):
            found = self._anchored(i)
            if found is not None:
                return found
        end = self._condition_end(i)
        start_char, end_char = token.start, self.tokens[end - 1].end
        j, raw_end = end, end_char
        if i and self.roles[i - 1] == "open" and self.roles[end] == "close":
            raw_end, j = self.tokens[end].end, end + 1
        previous = self._previous_for_condition(i)
        if previous is not None:
            if previous.condition is not None:
                start_char = previous.condition[0]
            previous.condition = (start_char, end_char)
            previous.end = max(previous.end, raw_end)
            self._share_condition(previous)
            self.run = None
            return [], j
        raw_start = start_char
        if self.run is not None and self.roles[i - 1] not in ("open", "comma"):
            raw_start = self.tokens[self.run].start
        self.run = None
        self.loose = True
        if self._part_follows(j):
            self.pending = (start_char, end_char, raw_start)
            return [], j
        condition = (start_char, end_char)
        return [Draft("conditional", raw_start, raw_end, condition=condition)], j

    def _theo_unit(self, i: int) -> Read | None:
        found = self._recurring(i, i + 1, False)
        if found is not None:
            return found
        unit = self.roles[i + 1]
        end = self.tokens[i + 1].end
        draft = Draft("recurring", self.tokens[i].start, end, rrule=recurrence.every(unit))
        draft.each = unit
        return self._behind_recurring([draft], i + 2)

    def _anchored(self, i: int) -> Read | None:
        """ "kể từ ngày 15/3/2021" is a start, "từ khi ban hành Kế hoạch" one that is known."""
        if self.tokens[i].value == 2 and self.roles[i + 1] == "number":
            read = self.series(i + 1)
            if read is not None:
                for item in read[0]:
                    point = item[0] if isinstance(item, tuple) else item
                    if point.unit == "day":
                        drafts = self._drafts(read[0], "from", self.tokens[i].start)
                        return self._suffixes(drafts, read[1])
            return None
        return self._from_own(i, i + 1)

    def _previous_for_condition(self, i: int) -> Draft | None:
        """The part of the same item that the condition stands beside."""
        if not self.drafts or self.pending is not None:
            return None
        previous = self.drafts[-1]
        if previous.segment != self.segment or previous.kind == "unresolved":
            return None
        if self.run is not None:
            behind = self.tokens[self.run - 1].role if self.run else ""
            if behind == "comma":
                return None
        elif self.loose and self.roles[i - 1] == "comma":
            return None
        return previous

    def _share_condition(self, last: Draft) -> None:
        """A list that shares one year shares its condition: "Quý II, III/2021 (nếu có)"."""
        for k in range(len(self.drafts) - 1, 0, -1):
            if not self.drafts[k].tight or not self.drafts[k - 1].lacks_year():
                return
            if self.drafts[k - 1].kind != "point" or self.drafts[k - 1].segment != last.segment:
                return
            self.drafts[k - 1].condition = self.drafts[k - 1].condition or last.condition

    def _part_follows(self, j: int) -> bool:
        """Does a time stand right behind the condition?"""
        while self.roles[j] in ("comma", "stop", "open", "dash", "colon"):
            j += 1
        return self.roles[j] in _PART_STARTS and self._strong(j)

    def _strong(self, j: int) -> bool:
        role = self.roles[j]
        if role in ("condition", "school", "adhoc", "vision"):
            return False
        if role in ("done", "onwards"):
            return True
        return self.part(j, strong=True) is not None

    def _condition_end(self, i: int) -> int:
        """The index behind the condition's last word: the item's end or where a time begins."""
        depth, j = 0, i + 1
        while True:
            role = self.roles[j]
            if role in ("break", "end"):
                break
            if role == "open":
                if depth == 0 and self._strong_at(j + 1):
                    break
                depth += 1
            elif role == "close":
                if depth == 0:
                    break
                depth -= 1
            elif depth == 0 and role in ("comma", "stop"):
                if self._strong_at(j + 1):
                    break
            elif depth == 0 and j > i + 1 and self._led_time(j):
                break
            j += 1
        while j > i + 1 and self.roles[j - 1] in ("comma", "stop", "dash", "colon", "mark"):
            j -= 1
        return j

    def _strong_at(self, j: int) -> bool:
        return self.roles[j] in _PART_STARTS and self._strong(j)

    def _led_time(self, j: int) -> bool:
        """A time that its preposition makes one of the task: "… trước ngày 15/12", "… trong năm"."""
        role = self.roles[j]
        if role == "before" or (role == "until" and self.tokens[j].value == 1):
            return self.part(j, strong=True) is not None
        if role == "in" and self.tokens[j].text.casefold() in ("trong", "vào"):
            return self.part(j, strong=True) is not None
        return False

    # --- the rest -----------------------------------------------------------------------------

    def _done(self, i: int) -> Read:
        """ "Đã hoàn thành", with its subject before and its date behind it."""
        start = self.tokens[self.run if self.run is not None else i].start
        self.run = None
        draft = Draft("done", start, self.tokens[i].end)
        j = i + 1
        if self.roles[j] in _PART_STARTS and self.roles[j] not in self._special:
            k, relation, _, whole = self._prefix(j)
            read = self.series(k, whole) if relation in ("", "before", "until") else None
            if read is not None and len(read[0]) == 1:
                made = self._drafts(read[0], relation, self.tokens[j].start)[0]
                draft.a, draft.b, draft.bound = made.a, made.b, made.kind
                j = read[1]
                draft.end = self.tokens[j - 1].end
        return [draft], j

    def _school(self, i: int) -> Read:
        """A school year or term: its days are not in the words."""
        j = i + 1
        while self.roles[j] in ("number", "roman", "dash", "slash", "school", "until"):
            j += 1
        return [Draft("unresolved", self.tokens[i].start, self.tokens[j - 1].end)], j

    def _vision(self, i: int) -> Read | None:
        """ "tầm nhìn đến năm 2050" is an outlook."""
        k, _, _, whole = self._prefix(i + 1)
        read = self.series(k, whole)
        if read is None:
            return None
        previous = self.drafts[-1] if self.drafts else None
        if previous is not None and previous.segment == self.segment and not self.loose:
            previous.end = self.tokens[read[1] - 1].end
        return [], read[1]

    def _onwards(self, i: int) -> Read:
        """ "… và các năm tiếp theo" away from its year: open from the year after the last named."""
        token = self.tokens[i]
        return [Draft("onwards", token.start, token.end)], i + 1

    def _broken(self, i: int) -> Read | None:
        """A unit with a figure that it cannot have ("tháng 13/2021"), figures that are no date."""
        found = self.unit_at(i) if self.roles[i] != "number" else None
        if self.roles[i] == "week" and self.roles[i + 1] in ("number", "roman"):
            found = "week", i + 1
        if found is not None:
            j = found[1]
            if self.roles[j] not in _NUMERALS or self.roles[j] == "count":
                return None
            j += 1
        elif (
            self.roles[i] == "number"
            and self.roles[i + 1] == "slash"
            and self.roles[i + 2] == "number"
            and (self.is_year(i + 2) or self.roles[i + 3] == "slash")
        ):
            j = i + 1
        else:
            return None
        while self.roles[j] in ("slash", "dash") and self.roles[j + 1] in _NUMERALS:
            j += 2
        return [Draft("unresolved", self.tokens[i].start, self.tokens[j - 1].end)], j


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
