"""Points of the calendar at their own precision: bounds, and EDTF (ISO 8601-2:2019, level 1-2).

Quarters are the EDTF sub-year groupings 33-36, half-years 40 and 41. A span of quarters,
half-years or months is written in months, a span of mixed precision in the finer one.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import msgspec

ONE_DAY = timedelta(days=1)
_UNIT_MONTHS = {"month": 1, "quarter": 3, "half_year": 6}
_PRECISION = {"year": 1, "half_year": 2, "quarter": 2, "month": 2, "months": 2, "day": 3}


class Point(msgspec.Struct):
    """One named stretch of the calendar, its year still open (None) where the words leave it out.

    ``unit``: ``day`` (``n`` the month, 0 while unknown; ``d`` the day), ``month`` (``n`` 1-12),
    ``quarter`` (1-4), ``half_year`` (1-2), ``months`` (the first ``n``, or for a negative ``n`` the
    last, months of the year), ``year``. ``shift``: years from the plan's year ("năm sau").
    ``part``: the words name only its beginning (1), its middle or one week (2) or its end (3),
    whose days they do not give. ``excluded``: a range ends the day before it. Offsets are half
    open.
    """

    unit: str
    n: int
    start: int
    end: int
    year: int | None = None
    d: int = 0
    shift: int = 0
    part: int = 0
    excluded: bool = False

    def order(self) -> tuple[int, int]:
        """Place within a year: (first month, day)."""
        if self.unit == "day":
            return self.n, self.d
        return self.months()[0], 0

    def months(self) -> tuple[int, int]:
        """First and last month within the year."""
        if self.unit == "year":
            return 1, 12
        if self.unit == "day":
            return self.n, self.n
        if self.unit == "months":
            return (1, self.n) if self.n > 0 else (13 + self.n, 12)
        size = _UNIT_MONTHS[self.unit]
        return (self.n - 1) * size + 1, self.n * size

    def bounds(self) -> tuple[date, date] | None:
        """First and last day; None where no such day exists or the year is not known."""
        if self.year is None or not 1 <= self.year <= 9998:
            return None
        if self.unit == "day":
            try:
                day = date(self.year, self.n, self.d)
            except ValueError:
                return None
            return day, day
        first, last = self.months()
        return date(self.year, first, 1), _month_end(self.year, last)


def precision(*points: Point) -> int:
    """1 year, 2 month (quarters and half-years too), 3 day: the finest of the points."""
    return max(_PRECISION[point.unit] for point in points)


def edtf_point(point: Point) -> str | None:
    """``2021-11-15``, ``2021-03``, ``2021-34``, ``2021-40``, ``2021``; None without a year."""
    found = point.bounds()
    if found is None:
        return None
    year = f"{point.year:04d}"
    if point.unit == "year":
        return year
    if point.unit == "quarter":
        return f"{year}-{32 + point.n}"
    if point.unit == "half_year":
        return f"{year}-{39 + point.n}"
    if point.unit == "months":
        return edtf_span(found[0], found[1], 2)
    return _written(found[0], 3 if point.unit == "day" else 2)


def edtf_span(first: date | None, last: date | None, level: int) -> str | None:
    """An interval at the given precision; an open end is ``..``, None where both are open."""
    if first is None and last is None:
        return None
    left = ".." if first is None else _written(first, level)
    right = ".." if last is None else _written(last, level)
    return left if left == right else f"{left}/{right}"


def _written(day: date, level: int) -> str:
    if level == 1:
        return f"{day.year:04d}"
    if level == 2:
        return f"{day.year:04d}-{day.month:02d}"
    return day.isoformat()


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def add_months(day: date, count: int) -> date | None:
    """The same day ``count`` months later, the month's last where it has none such."""
    total = day.year * 12 + day.month - 1 + count
    year, month = divmod(total, 12)
    if year > 9998:
        return None
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
