"""Points of the calendar as a schedule prints them: "quý II/2021", "15/6", "6 tháng đầu năm".

Reads from a list of tokens; every reader takes the index of a token and returns what it read with
the index behind it, or None.
"""

from __future__ import annotations

from normalize.edtf import Point
from normalize.period_tokens import UNITS, Token

_MOST_WEEKS = 5
_DAYS_OF_A_WEEK = 7
NUMERALS = frozenset(["number", "roman", "count", "roman_slip"])
_SKIPPED = frozenset(
    ["modifier", "in", "weekday", "clock", "session", "solar", "filler", "until", "week"]
)
OF_IN = frozenset(["of", "in"])
FIRST, MIDDLE, LAST = 1, 2, 3
"""Values of ``Point.part``, and of the words of the role ``modifier``."""
LONGEST_LEAD = 24
"""Tokens that may lead to a time; keeps reading linear in the length of the cell."""

_AHEAD = 8
"""Tokens that a reader may look ahead without asking where the cell ends."""


class PointReader:
    """Points of the calendar in the tokens of one cell.

    ``roles`` mirrors ``tokens`` and is padded with ``end``; ``slips`` collects misread figures as
    (start, end, meant).
    """

    def __init__(self, tokens: list[Token], century_year: int) -> None:
        self.tokens = tokens
        self.roles = [token.role for token in tokens]
        self.roles.extend(["end"] * _AHEAD)
        self.century_year = century_year
        self.slips: list[tuple[int, int, str]] = []

    # --- figures ------------------------------------------------------------------------------

    def behind(self, i: int, roles: frozenset[str]) -> int:
        """The index behind the tokens of these roles that begin at ``i``."""
        last = i + LONGEST_LEAD
        while i < last and self.roles[i] in roles:
            i += 1
        return i

    def is_year(self, i: int) -> bool:
        """Four digits that can be a year, and no part of a greater figure."""
        if self.roles[i] != "number":
            return False
        token = self.tokens[i]
        if len(token.text) != 4 or not 1990 <= token.value <= 2100:
            return False
        return not (
            self.roles[i + 1] == "percent"
            or (
                self.roles[i + 1] in ("stop", "comma")
                and self.roles[i + 2] == "number"
                and self.tokens[i + 1].tight
                and self.tokens[i + 2].tight
                and len(self.tokens[i + 2].text) == 3
            )
        )

    def runs_on(self, i: int) -> bool:
        """Does an ordinary lower-case word follow, which makes a bare figure a count?"""
        return self.roles[i] == "percent" or (
            self.roles[i] in ("word", "body") and self.tokens[i].text[0].islower()
        )

    def number(self, i: int, most: int) -> int | None:
        """The figure at ``i`` from 1 to ``most``."""
        role = self.roles[i]
        if role in ("number", "roman", "count"):
            token = self.tokens[i]
            if 1 <= token.value <= most and (role != "number" or len(token.text) < 3):
                return token.value
        return None

    def year_after(self, i: int) -> tuple[int | None, int, int] | None:
        """(year, shift from the plan's year, next) of a year that belongs to what precedes."""
        role, roles = self.roles[i], self.roles
        if role in ("slash", "dash") or (role == "stop" and self.tokens[i].tight):
            k = i + 2 if roles[i + 1] == "year" else i + 1
            if role != "slash" and k == i + 2:
                return None
            if self.is_year(k) and (
                role != "stop" or self.tokens[k].tight or self.roles[k + 1] in ("end", "break")
            ):
                return self.tokens[k].value, 0, k + 1
            if role == "slash" and self._short_year(k):
                return 2000 + self.tokens[k].value, 0, k + 1
            return None
        if role == "of" or (role == "in" and roles[i + 1] == "year"):
            i += 1
            role = roles[i]
            if role == "in":
                i += 1
                role = roles[i]
        if role == "open":
            k = i + 2 if roles[i + 1] == "year" else i + 1
            if self.is_year(k) and roles[k + 1] == "close":
                return self.tokens[k].value, 0, k + 2
            return None
        if role == "year":
            if self.is_year(i + 1):
                return self.tokens[i + 1].value, 0, i + 2
            if roles[i + 1] == "stop" and self.is_year(i + 2):
                return self.tokens[i + 2].value, 0, i + 3
            if roles[i + 1] in ("after", "before") and not self._goes_on(i + 2):
                return None, (1 if roles[i + 1] == "after" else -1), i + 2
            if roles[i - 1] in ("in", "of"):
                return None, 0, i + 1
            return None
        if role == "next_year":
            return None, self.tokens[i].value, i + 1
        if role == "plan_year":
            return None, 0, i + 1
        if self.is_year(i) and not self.runs_on(i + 1):
            return self.tokens[i].value, 0, i + 1
        return None

    def _short_year(self, i: int) -> bool:
        """Two digits that can only be a year ("3/21"), near the plan's own."""
        if self.roles[i] != "number" or self.roles[i + 1] in ("slash", "percent"):
            return False
        token = self.tokens[i]
        return (
            len(token.text) == 2
            and token.value > 12
            and abs(2000 + token.value - self.century_year) <= 10
        )

    def _goes_on(self, i: int) -> bool:
        """Does something follow that "sau" or "trước" could govern?"""
        return self.roles[i] in UNITS or self.roles[i] in ("number", "word", "clock", "condition")

    # --- dates and numbered units ---------------------------------------------------------------

    def element(self, i: int, unit: str | None) -> tuple[Point, int] | None:
        """A figure with its month and year as far as they are printed; ``unit`` as said before it.

        A lone figure without a unit comes back with the unit ``""``: its list has to tell.
        """
        if unit == "quarter":
            return self._quarter(i)
        if unit == "month":
            return self._numbered(i, "month", 12) if not self._names_day(i) else None
        if unit == "year":
            if not self.is_year(i):
                return None
            token = self.tokens[i]
            return Point("year", 0, token.start, token.end, token.value), i + 1
        return self._date(i, unit)

    def _names_day(self, i: int) -> bool:
        """ "tháng" before a whole date ("trong tháng 15/3/2021") is no month."""
        return (
            self.roles[i + 1] == "slash"
            and self.roles[i + 3] == "slash"
            and self.number(i, 31) is not None
            and self.is_year(i + 4)
        )

    def _quarter(self, i: int) -> tuple[Point, int] | None:
        role = self.roles[i]
        if role == "roman_slip":
            token = self.tokens[i]
            made = self._with_year(Point("quarter", token.value, token.start, token.end), i + 1)
            self.slips.append((token.start, token.end, "_ I II III IV".split()[token.value]))
            return made
        if role == "weekday" and self.tokens[i].value < 4:  # "quý thứ hai" is no Monday
            token = self.tokens[i]
            point = Point("quarter", token.value + 1, token.start, token.end)
            return self._with_year(point, i + 1)
        if role == "ordinal":
            i += 1
        return self._numbered(i, "quarter", 4)

    def _numbered(self, i: int, unit: str, most: int) -> tuple[Point, int] | None:
        n = self.number(i, most)
        if n is None or self.roles[i + 1] in ("percent", "times"):
            return None
        token = self.tokens[i]
        return self._with_year(Point(unit, n, token.start, token.end), i + 1)

    def _with_year(self, point: Point, i: int) -> tuple[Point, int]:
        found = self.year_after(i)
        if found is None:
            return point, i
        point.year, point.shift, i = found
        point.end = self.tokens[i - 1].end
        return point, i

    def _date(self, i: int, unit: str | None) -> tuple[Point, int] | None:
        """``d/m/y``, ``d/m``, ``m/y``, ``d tháng m năm y``, ``y-m-d``, ``y``, ``d``."""
        if self.roles[i] not in ("number", "count") or self.roles[i + 1] in ("percent", "times"):
            return None
        first = self.tokens[i]
        if self.is_year(i):
            return self._iso(i) or self._bare_year(i, unit)
        if not 1 <= first.value <= 31 or (len(first.text) > 2 and first.role == "number"):
            return None
        if self.round_the_clock(i):
            return None
        k = i + 1
        if self.roles[k] == "stop" and self.roles[k + 1] == "slash":  # "28. /12/2020"
            k += 1
        mark = self.roles[k]
        if mark == "slash" or (mark in ("stop", "dash") and self._tight_date(k)):
            month = self.number(k + 1, 12) if self.roles[k + 1] == "number" else None
            if self.is_year(k + 1):
                if first.value > 12 or mark != "slash":
                    return None
                point = Point("month", first.value, first.start, 0, self.tokens[k + 1].value)
                point.end = self.tokens[k + 1].end
                return point, k + 2
            if month is None:
                return None
            return self._day(i, first.value, month, k + 2, mark)
        if mark == "dash" and unit is None and self.tokens[k].tight and self.is_year(k + 1):
            if first.value > 12 or self.roles[k + 2] in ("slash", "dash"):
                return None
            point = Point("month", first.value, first.start, self.tokens[k + 1].end)
            point.year = self.tokens[k + 1].value
            return point, k + 2
        if mark == "month" or (mark in OF_IN and self.roles[k + 1] == "month"):
            k += 1 if mark == "month" else 2
            month = self.number(k, 12)
            if month is not None:
                return self._day(i, first.value, month, k + 1, "month")
        point = Point("day" if unit == "day" else "", 0, first.start, first.end, d=first.value)
        if unit is None:
            point.n, point.d = first.value, first.value
        return point, i + 1

    def round_the_clock(self, i: int) -> int:
        """Behind "24/7" (without a year no 24 July) or "24/24 giờ"; 0 where none stands."""
        if (
            self.roles[i] != "number"
            or self.tokens[i].value != 24
            or self.roles[i + 1] != "slash"
            or self.roles[i + 2] != "number"
            or self.tokens[i + 2].text not in ("7", "24")
            or self.roles[i + 3] == "slash"
        ):
            return 0
        hours = i + 3 < len(self.tokens) and self.tokens[i + 3].text.casefold() in ("h", "giờ")
        return i + 4 if hours else i + 3

    def _tight_date(self, k: int) -> bool:
        """ "24-01-2025" and "02.02.2024", written without a blank."""
        if self.roles[k + 2] != self.roles[k] or self.roles[k + 1] != "number":
            return False
        return all(self.tokens[j].tight for j in range(k, k + 3)) and self.is_year(k + 3)

    def _day(self, i: int, d: int, month: int, k: int, mark: str) -> tuple[Point, int] | None:
        """The day ``d`` of ``month`` with the year that may stand at ``k``."""
        first = self.tokens[i]
        point = Point("day", month, first.start, self.tokens[k - 1].end, d=d)
        if mark in ("stop", "dash"):
            point.year = self.tokens[k + 1].value
            point.end = self.tokens[k + 1].end
            return point, k + 2
        if self.roles[k] == "dash":
            return point, k  # a range begins: "15/3 - 2021" is no date
        found = self.year_after(k)
        if found is not None:
            point.year, point.shift, k = found
            point.end = self.tokens[k - 1].end
        elif self.roles[k] == "comma" and self.roles[k + 1] == "year" and self.is_year(k + 2):
            point.year, point.end, k = self.tokens[k + 2].value, self.tokens[k + 2].end, k + 3
        elif self.roles[k] == "slash":
            return None
        return point, k

    def _iso(self, i: int) -> tuple[Point, int] | None:
        mark = self.roles[i + 1]
        if mark not in ("dash", "slash") or self.roles[i + 3] != mark:
            return None
        if not all(self.tokens[k].tight for k in range(i + 1, min(i + 5, len(self.tokens)))):
            return None
        if self.roles[i + 2] != "number" or self.roles[i + 4] != "number":
            return None
        month, d = self.tokens[i + 2].value, self.tokens[i + 4].value
        if not (1 <= month <= 12 and 1 <= d <= 31):
            return None
        token = self.tokens[i]
        end = self.tokens[i + 4].end
        return Point("day", month, token.start, end, token.value, d), i + 5

    def _bare_year(self, i: int, unit: str | None) -> tuple[Point, int] | None:
        if unit == "day":
            return None
        token = self.tokens[i]
        return Point("year", 0, token.start, token.end, token.value), i + 1

    # --- points with their words --------------------------------------------------------------

    def point(self, i: int, unit: str | None, whole: bool = False) -> tuple[Point, int] | None:
        """A point with the words around it: "cuối tháng 3", "hết năm", "6 tháng đầu năm 2021".

        ``unit`` is taken where the point names none (the right side of "Quý II - IV"); ``whole``
        says that a word stands before that makes a mere "năm" the plan's year ("trong năm").
        """
        start, part = i, 0
        while i - start < LONGEST_LEAD and self.roles[i] in _SKIPPED:
            whole = whole or self.roles[i] != "filler"
            if self.roles[i] == "week":
                after = self.after_week(i)
                if after is None:
                    return None
                i, part = after, MIDDLE
                continue
            if self.roles[i] == "modifier":
                part = self.tokens[i].value
            i += 1
        found = self._worded(i, whole) or self._unit_point(i)
        if found is None and self.roles[i] not in UNITS:
            found = self.element(i, unit)
            if found is not None and found[0].unit == "" and unit == "month":
                found = None
        if found is None:
            return None
        if start < i and found[0].unit != "":
            found[0].start = self.tokens[start].start
        found[0].part = found[0].part or part
        return found

    def after_week(self, i: int) -> int | None:
        """The index of the month behind "tuần 1 (của)", "tuần thứ hai": the week stays in raw."""
        k = i + 1
        for _ in range(_MOST_WEEKS):
            if self.roles[k] == "ordinal":
                k += 1
            if self.roles[k] not in ("number", "roman", "count", "weekday"):
                return None
            k += 1
            if self.roles[k] not in ("comma", "and", "dash"):
                break
            k += 2 if self.roles[k + 1] == "week" else 1  # "tuần 3, tuần 4", "tuần 1 - 2"
        k += 1 if self.roles[k] == "of" else 0
        return k if self.roles[k] in ("month", "month_short") else None

    def weekdays(self, i: int) -> tuple[list[int], int] | None:
        """The days of "thứ 2, thứ 5 hằng tuần" and the index behind."""
        days: list[int] = []
        while self.roles[i] == "weekday" and len(days) < _DAYS_OF_A_WEEK:
            days.append(self.tokens[i].value)
            i += 2 if self.roles[i + 1] in ("comma", "and") else 1
        weekly = days and self.roles[i] == "each" and self.roles[i + 1] == "week"
        return (days, i + 2) if weekly else None

    def unit_at(self, i: int) -> tuple[str, int] | None:
        """The unit that stands at ``i`` before a figure, and the index of the figure."""
        role = self.roles[i]
        if role in ("quarter", "month", "day", "year"):
            k = i + 1
            if role == "quarter" and self.roles[k] in ("stop", "colon"):
                k += 1
            return role, k
        if role in ("quarter_short", "month_short", "quarter_slip"):
            k = i + 1
            if self.roles[k] == "stop" and role != "quarter_slip":
                k += 1
            if self.roles[k] not in NUMERALS or self.roles[k] == "count":
                return None
            if role == "quarter_slip":
                token = self.tokens[i]
                self.slips.append((token.start, token.end, "Quý"))
            return role.split("_")[0], k
        return None

    def _unit_point(self, i: int) -> tuple[Point, int] | None:
        found = self.unit_at(i)
        if found is None:
            if self.roles[i] == "quarter_number":
                token = self.tokens[i]
                return self._with_year(Point("quarter", token.value, token.start, token.end), i + 1)
            return None
        unit, k = found
        made = self.element(k, unit)
        if made is not None:
            made[0].start = self.tokens[i].start
        return made

    def _worded(self, i: int, whole: bool) -> tuple[Point, int] | None:
        """Half-years, the first and last months of a year, and years without a figure."""
        role, token = self.roles[i], self.tokens[i] if i < len(self.tokens) else None
        if token is None:
            return None
        if role in ("number", "count"):
            return self._months_of_year(i)
        if role == "half":
            k = i + 1 if token.text.casefold().find("năm") < 0 else i
            if k == i or self.roles[k] == "year" or self.year_after(k) is not None:
                point = Point("half_year", token.value, token.start, token.end)
                return self._of_year(point, i + 1)
            found = self._unit_point(i + 1)  # "nửa đầu tháng 3": the month, the words in raw
            if found is not None:
                found[0].start = token.start
                found[0].part = FIRST if token.value == 1 else LAST
            return found
        if role in ("next_year", "plan_year"):
            point = Point("year", 0, token.start, token.end, shift=token.value)
            return point, i + 1
        if role == "year":
            if self.roles[i + 1] in ("after", "before") and not self._goes_on(i + 2):
                shift = 1 if self.roles[i + 1] == "after" else -1
                end = self.tokens[i + 1].end
                return Point("year", 0, token.start, end, shift=shift), i + 2
            if whole and self.roles[i + 1] not in NUMERALS:
                return Point("year", 0, token.start, token.end), i + 1
        return None

    def _months_of_year(self, i: int) -> tuple[Point, int] | None:
        """ "6 tháng đầu năm 2021", "9 tháng đầu năm", "2 quý cuối năm"."""
        token = self.tokens[i]
        count, last = token.value, False
        role = self.roles[i + 1]
        if role == "month_of_quarter" and self.tokens[i + 1].value in (1, 3):
            last, k = self.tokens[i + 1].value == 3, i + 2
        elif role == "quarter_number" and self.tokens[i + 1].value in (1, 4):
            last, k, count = self.tokens[i + 1].value == 4, i + 2, count * 3
        elif role == "month" and self.roles[i + 2] == "modifier":
            last, k = self.tokens[i + 2].value == 3, i + 3
        else:
            return None
        if not 1 <= count <= 11:
            return None
        unit, n = ("half_year", 2 if last else 1) if count == 6 else ("months", count)
        if unit == "months" and last:
            n = -count
        return self._of_year(Point(unit, n, token.start, self.tokens[k - 1].end), k)

    def _of_year(self, point: Point, k: int) -> tuple[Point, int]:
        found = self.year_after(k)
        if found is not None and found[0] is None and found[1] == 0:
            found = None
        if found is not None:
            point.year, point.shift, k = found
            point.end = self.tokens[k - 1].end
            return point, k
        j = self.behind(k, OF_IN)
        if self.roles[j] in ("year", "plan_year"):
            point.end = self.tokens[j].end
            k = j + 1
        return point, k
