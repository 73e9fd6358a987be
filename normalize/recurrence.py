"""Recurrence rules of RFC 5545 for the frequencies of a schedule.

A rule is written without DTSTART and UNTIL: the bounds of a recurring part are its ``start_on``
and ``end_on``. "2 lần/năm" is every six months; a count that does not divide its unit evenly
("5 lần/năm") has no rule.
"""

from __future__ import annotations

from datetime import date

from normalize.edtf import ONE_DAY, Point

_MONTHS = {"month": 1, "quarter": 3, "year": 12}

NINE_MONTHS = "FREQ=YEARLY;BYMONTH=9"
"""Reports "6 tháng, 9 tháng, năm": that of nine months falls due once a year, in September."""


def every(unit: str, count: int = 1, times: int = 1) -> str | None:
    """The rule for ``times`` in every ``count`` units (day, week, month, quarter, year)."""
    if count < 1 or times < 1:
        return None
    if unit in _MONTHS:
        months, rest = divmod(_MONTHS[unit] * count, times)
        if rest:
            return None
        if months % 12 == 0:
            return _rule("YEARLY", months // 12)
        return _rule("MONTHLY", months)
    interval, rest = divmod(count, times)
    if rest:
        return None
    return _rule("DAILY" if unit == "day" else "WEEKLY", interval)


def _rule(frequency: str, interval: int) -> str:
    return f"FREQ={frequency}" + (f";INTERVAL={interval}" if interval > 1 else "")


def weekly_on(*weekdays: int) -> str:
    """The rule for days of each week, 1 Monday to 7 Sunday."""
    names = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
    return "FREQ=WEEKLY;BYDAY=" + ",".join(names[day - 1] for day in sorted(set(weekdays)))


def monthly_on(day: int, before: bool) -> str:
    """The rule for a day of each month; ``before``: the last day on time is the one before."""
    return f"FREQ=MONTHLY;BYMONTHDAY={_day_before(day) if before else day}"


def quarterly_on(day: int, month: int | None, before: bool) -> str:
    """A day of the 1st, 2nd or 3rd month of each quarter; None where the month is not named."""
    wanted = _day_before(day) if before else day
    if month is None:
        return f"FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY={wanted}"
    first = month - 1 if wanted == -1 and before else month
    months = sorted((first + 3 * k - 1) % 12 + 1 for k in range(4))
    return f"FREQ=YEARLY;BYMONTH={','.join(map(str, months))};BYMONTHDAY={wanted}"


def yearly_on(point: Point, before: bool) -> str:
    """A day or month of each year; of a quarter RFC 5545 cannot say "once", so only the year."""
    if point.unit == "month" and not before:
        return f"FREQ=YEARLY;BYMONTH={point.n}"
    if point.unit not in ("day", "month") and not before:
        return "FREQ=YEARLY"
    day = _common_day(point)
    if day is None:
        return "FREQ=YEARLY"
    if before:
        last = day - ONE_DAY
        figure = -1 if day.day == 1 else last.day
        return f"FREQ=YEARLY;BYMONTH={last.month};BYMONTHDAY={figure}"
    return f"FREQ=YEARLY;BYMONTH={day.month};BYMONTHDAY={day.day}"


def _common_day(point: Point) -> date | None:
    """The point's first day in a year without a leap day."""
    try:
        return (
            date(2001, point.n, point.d)
            if point.unit == "day"
            else date(2001, point.months()[0], 1)
        )
    except ValueError:
        return None


def _day_before(day: int) -> int:
    return day - 1 if day > 1 else -1
