"""Parts that hang on something else: durations from a document's issue, events, rulings."""

from __future__ import annotations

from normalize import recurrence
from normalize.edtf import Point
from normalize.period_dated import Read
from normalize.period_drafts import Draft
from normalize.period_frequency import FrequencyReader
from normalize.period_points import LONGEST_LEAD, NUMERALS

ENDS = frozenset(["end", "break", "close", "comma", "stop", "open", "and", "colon"])
PART_STARTS = frozenset(
    "filler in session weekday clock stage whole_stage from until before after quarter "
    "quarter_slip quarter_short quarter_number month month_short day week year modifier half "
    "number roman count each periodic continuous adhoc done condition school vision within "
    "next_year plan_year onwards month_of_quarter assembly".split()
)
"""Roles that a part of a schedule can begin with."""

_DURATION_LEADS = frozenset(["within", "until", "in", "after"])
_MARKS = frozenset(["comma", "stop", "open", "dash", "colon"])
_REPORT_UNITS = frozenset(["quarter", "half_year", "months"])
OWN = frozenset("own_anchor own_document this filler day of now in".split())


class EventReader(FrequencyReader):
    """Durations and conditions."""

    def _first_months(self, k: int, further: int = 3) -> Read | None:
        """ "6 tháng" in a list of reports beside quarters or a year: the year's first months."""
        if self.roles[k] == "year":
            return self._year_of_reports(k)
        if self.roles[k] != "number" or self.roles[k + 1] != "month":
            return None
        count = self.tokens[k].value
        if count not in (3, 6, 9) or self.roles[k + 2] in NUMERALS:
            return None
        j = k + 2
        found = self.year_after(j)
        m = j + 1 if self.roles[j] in ("comma", "and") else j
        if m > j and self.roles[m] == "and":
            m += 1
        dated = (found is not None and found[0] is not None) or (
            m > j and self._is_report_period(m, further)
        )
        if not dated and not (self._beside_reports() and self.roles[j] in (*ENDS, "year")):
            return None
        unit, n = ("half_year", 1) if count == 6 else ("months", count)
        point = Point(unit, n, self.tokens[k].start, self.tokens[k + 1].end)
        if found is not None:
            point.year, point.shift, j = found
            point.end = self.tokens[j - 1].end
        return [Draft("point", point.start, point.end, point)], j

    def _is_report_period(self, m: int, further: int) -> bool:
        """A quarter or year with its figure, "cả năm", or again first months."""
        if self.roles[m] == "in" and self.roles[m + 1] == "year":
            return True
        if self.roles[m] == "year":
            return self.is_year(m + 1)
        if self.roles[m] == "quarter":
            return self.roles[m + 1] in NUMERALS
        return further > 0 and self._first_months(m, further - 1) is not None

    def _beside_reports(self) -> bool:
        """Was the part before a quarter or first months, with no more than "báo cáo" between?"""
        previous = self.drafts[-1] if self.drafts else None
        if previous is None or previous.kind != "point" or previous.a is None:
            return False
        if previous.segment != self.segment or previous.a.unit not in _REPORT_UNITS:
            return False
        return not self.loose or (self.run is not None and self.roles[self.run] == "action")

    def _year_of_reports(self, k: int) -> Read | None:
        """ "Quý I, 6 tháng và năm": the plan's year."""
        if self.roles[k + 1] not in ENDS or not self._beside_reports():
            return None
        token = self.tokens[k]
        point = Point("year", 0, token.start, token.end)
        return [Draft("point", token.start, token.end, point)], k + 1

    def _duration(self, i: int, k: int, relation: str) -> Read | None:
        """ "100 ngày kể từ ngày ban hành Kế hoạch", "Trong 18-24 tháng kể từ khi …"."""
        j = self.behind(k, _DURATION_LEADS)
        if "until" not in self.roles[i:j] and "after" in self.roles[k:j]:
            relation = "after"
        elif "until" in self.roles[i:j]:
            relation = "until"
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
            if relation not in ("after", "before") or not (working or anchor in ENDS):
                return None
            end = self._condition_end(j) if anchor not in ENDS else j
            return self._conditional(i, end)
        if anchor != "condition" and self._is_dated(j + 1):
            return None  # "03 tháng, từ tháng 3/2021"
        own = self._own_end(j + 1)
        if own is not None and relation != "after" and not working and self.roles[own] in ENDS:
            start, end = self.tokens[i].start, self.tokens[own - 1].end
            draft = Draft("duration", start, end, condition=(start, end), count=count, unit=unit)
            return [draft], own
        return self._conditional(i, self._condition_end(j))

    def _conditional(self, i: int, j: int) -> Read:
        start, end = self.tokens[i].start, self.tokens[j - 1].end
        return [Draft("conditional", start, end, condition=(start, end))], j

    def _is_dated(self, k: int) -> bool:
        found = self.unit_at(k)
        return self.roles[k] == "number" or (found is not None and self.roles[found[1]] in NUMERALS)

    def _own_end(self, k: int) -> int | None:
        """The end of "ngày ban hành Kế hoạch này": the document itself and no other."""
        anchored = False
        last = k + LONGEST_LEAD
        while k < last and self.roles[k] in OWN:
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
        if self.roles[own] in ENDS or self.roles[own] == "henceforth":
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
            if unit in ("month", "quarter", "week", "year") and self.roles[i + 2] in (
                *ENDS,
                "slash",
            ):
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
        j = self.behind(j, _MARKS)
        return self.roles[j] in PART_STARTS and self._strong(j)

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
        return self.roles[j] in PART_STARTS and self._strong(j)

    def _led_time(self, j: int) -> bool:
        """A time that its preposition makes the task's own: "… trước ngày 15/12", "… trong năm"."""
        role = self.roles[j]
        if role == "before" or (role == "until" and self.tokens[j].value == 1):
            return self.part(j, strong=True) is not None
        if role == "in" and self.tokens[j].text.casefold() in ("trong", "vào"):
            return self.part(j, strong=True) is not None
        return False
