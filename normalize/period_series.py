"""Series of points: "quý II, III/2021", "tháng 01 - 03/2021", "27-28/5/2021"."""

from __future__ import annotations

from normalize.edtf import Point
from normalize.period_points import NUMERALS, PointReader

Item = Point | tuple[Point, Point]
"""One member of a series: a point, or a range of two."""

_LIST_MARKS = frozenset(["comma", "and", "plus"])
_BEFORE = frozenset(["before", "in", "filler"])
_FEWEST_YEARS = 3
_MOST_BARE = 12
"""Bare figures that may wait for the month or year at the end of their list."""


class SeriesReader(PointReader):
    """Lists and ranges of points."""

    def series(self, i: int, whole: bool = False) -> tuple[list[Item], int] | None:
        """A list or range of points from ``i`` on; bare figures take the unit that their list has.

        The units may be given once ("Quý I, II và IV") or with the last member ("27-28/5/2021").
        """
        first = self.point(i, None, whole)
        if first is None:
            return None
        point, k = first
        named = point.unit
        items: list[Item] = []
        for _ in range(len(self.tokens)):
            ranged = self._range(point, k)
            if ranged is not None:
                items.append((point, ranged[0]))
                k = ranged[1]
            else:
                items.append(point)
            if named == "" and len(items) > _MOST_BARE:
                return None
            following = self._next_member(k, named, items)
            if following is None:
                break
            point, k = following
            named = named or point.unit
        if not _settle(items):
            return None
        return items, k

    def _next_member(self, k: int, unit: str, items: list[Item]) -> tuple[Point, int] | None:
        """The bare figure behind a comma or "và" that goes on with the list."""
        mark = self.roles[k]
        if mark == "break":
            k = self._behind_breaks(k, unit)
            if k < 0:
                return None
        elif mark not in _LIST_MARKS:
            return None
        j = k + 1
        if self.roles[j] == "and":
            j += 1
        bare = unit == "day" and not isinstance(items[-1], tuple) and not items[-1].n
        if bare and self.roles[j] == "day":
            j += 1  # "ngày 5, ngày 10 tháng 4"
        elif unit == "day" and self.roles[j] == "day" and self.roles[j + 2] in ("slash", "month"):
            j += 1  # "Trước ngày 10/6, ngày 10/12"
        if self.roles[j] not in NUMERALS or (self.roles[j] == "count" and unit != "quarter"):
            return None
        if unit == "half_year" or unit == "months":
            return None
        wanted = {"quarter": "quarter", "month": "month", "year": "year", "day": "day"}.get(unit)
        last = items[-1][1] if isinstance(items[-1], tuple) else items[-1]
        if wanted == "month" and last.year is not None and self.roles[j + 1] == "slash":
            wanted = None if not self.is_year(j + 2) else wanted
        if wanted == "year" and not self.is_year(j):
            return None
        if wanted in ("quarter", "month") and (found := self._further_year(j, last)) is not None:
            return found
        if wanted == "day" and self._names_months(j, last):
            return self._same_day(j, last)
        if wanted == "day" and last.n and self.roles[j + 1] not in ("slash", "month", "stop"):
            return None  # "15/6, 3 lớp"
        found = self.element(j, wanted)
        if found is None or self.runs_on(found[1]) or self._counts(found[1]):
            return None
        return found

    def _further_year(self, j: int, last: Point) -> tuple[Point, int] | None:
        """ "Quý III/2017, 2018, 2019": the same quarter of further years.

        One year behind ("Quý IV/2020, 2021") may as well be that whole year, and stays it.
        """
        if last.year is None or not self.is_year(j) or self.roles[j - 1] != "comma":
            return None
        years = [self.tokens[k].value for k in (j - 2, j, j + 2) if self.is_year(k)]
        behind = self.roles[j + 1] == "comma" and len(years) == _FEWEST_YEARS
        before = self.roles[j - 3] == "comma" and self.is_year(j - 4)
        if not behind and not before:
            return None
        if last.year + 1 != self.tokens[j].value:
            return None
        token = self.tokens[j]
        return Point(last.unit, last.n, token.start, token.end, token.value), j + 1

    def _names_months(self, j: int, last: Point) -> bool:
        """ "ngày 20 tháng 3, 6, 9": do further months of the same day follow?"""
        if not last.n or self.number(j, 12) is None or self._counts(j + 1):
            return False
        before = [role for role in self.roles[max(0, j - 4) : j - 1] if role != "and"]
        return self.roles[j + 1] != "slash" and "slash" not in before[-2:]

    def _same_day(self, j: int, last: Point) -> tuple[Point, int]:
        token = self.tokens[j]
        point = Point("day", token.value, token.start, token.end, d=last.d)
        return self._with_year(point, j + 1)

    def _behind_breaks(self, k: int, unit: str) -> int:
        """The last of the breaks at ``k`` where a figure alone goes on with the list, else -1.

        "Quý I; II; III/2021", or "- Quý II" and "- III/2021" as items of their own.
        """
        semicolon = self.tokens[k].text == ";"
        while self.roles[k + 1] == "break":
            k += 1
        allowed = ("number", "roman") if semicolon else ("roman",)
        alone = ("break", "end", "comma", "and", "slash", "year")
        if unit not in ("quarter", "month") or self.roles[k + 1] not in allowed:
            return -1
        return k if self.roles[k + 2] in alone else -1

    def _counts(self, i: int) -> bool:
        """Is the figure before ``i`` a count of units ("6 tháng", "2 lần")?"""
        return self.roles[i] in ("month", "quarter", "week", "times", "percent", "day", "clock")

    def _range(self, left: Point, k: int) -> tuple[Point, int] | None:
        """The right end of a range that begins with ``left``."""
        role = self.roles[k]
        j = k + 1
        if role == "comma" and self.roles[j] == "until" and self.tokens[j].value == 0:
            role, j = "until", j + 1
        if role == "dash":
            if self.roles[j] == "dash":
                j += 1
        elif role != "until" or self.tokens[j - 1].value == 1:
            return None
        if self.roles[j] == "before":
            return self._excluded(j)
        unit = left.unit if left.unit not in ("", "half_year", "months") else None
        if unit == "day" or (unit is not None and self._bare_date(j)):
            unit = "day" if unit == "day" and not self._year_alone(j) else None
        found = self.point(j, unit)
        if found is None and role == "until":
            found = self.point(j, None, whole=True)  # "từ quý II đến hết năm"
        if found is None or (role == "dash" and not self._joins(left, found[0], found[1])):
            return None
        return found

    def _excluded(self, j: int) -> tuple[Point, int] | None:
        """ "Tháng 3 - trước ngày 15/6": the range ends the day before."""
        found = self.point(self.behind(j, _BEFORE), None)
        if found is None or found[0].unit == "":
            return None
        found[0].excluded = True
        return found

    def _bare_date(self, j: int) -> bool:
        """Does a bare date or a bare year stand at ``j``?"""
        if self.roles[j] != "number":
            return False
        return self.is_year(j) or (self.roles[j + 1] == "slash" and self.roles[j + 3] == "slash")

    def _year_alone(self, j: int) -> bool:
        return self.is_year(j) and self.roles[j + 1] not in ("dash", "slash")

    def _joins(self, left: Point, right: Point, k: int) -> bool:
        """Can a mere dash stand between the two?"""
        if self.runs_on(k) and right.unit in ("", "year") and right.start and left.unit == "":
            return False
        if left.unit == "":
            return right.unit in ("", "day", "month")
        if left.unit == right.unit:
            return left.unit != "day" or left.n > 0 or right.n > 0 or right.year is None
        return right.year is not None and left.unit != "year"


def _settle(items: list[Item]) -> bool:
    """Gives bare figures the unit, month and year of the next member; False where none has one."""
    flat: list[Point] = []
    for item in items:
        flat.extend(item if isinstance(item, tuple) else (item,))
    following: Point | None = None
    for point in reversed(flat):
        if point.unit == "":
            if following is None or following.unit not in ("day", "month"):
                return False
            if following.unit == "day" and following.n:
                point.unit, point.n, point.year = "day", following.n, following.year
            elif following.unit == "month" and 1 <= point.n <= 12:
                point.unit, point.year, point.d = "month", following.year, 0
            else:
                return False
            point.shift = following.shift
        elif point.unit == "day" and not point.n:
            if following is not None and following.unit == "day" and following.n:
                point.n, point.year, point.shift = following.n, following.year, following.shift
        elif (
            point.unit == "day"
            and point.year is None
            and following is not None
            and following.unit == "day"
            and following.order() >= point.order()
        ):
            point.year, point.shift = following.year, following.shift
        following = point
    return True
