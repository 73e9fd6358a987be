"""Years that a schedule leaves out: from its list, its heading, or the plan.

Within a list ("Quý II, III/2021", "Tháng 3 và tháng 6 năm 2021") a year given once holds for the
members before or after it, as long as they stay in order of time. Apart from lists the plan's year
comes first. Where nothing gives an orderly year it stays open.
"""

from __future__ import annotations

from normalize.edtf import Point
from normalize.period_drafts import Draft

_DATED = frozenset(["point", "span", "before", "until", "from", "after", "from_issue"])


def fill_years(
    drafts: list[Draft], plan_year: int | None, plan_span: tuple[int, int] | None
) -> None:
    """Sets the missing years of all drafts in place; headings that were used stay marked."""
    for draft in drafts:
        for point in draft.points():
            if point.shift and plan_year is not None:
                point.year, point.shift = plan_year + point.shift, 0
    heading: Draft | None = None
    used = False
    for k, draft in enumerate(drafts):
        if draft.header:
            if heading is not None:
                heading.header = used
            heading, used = draft, False
            _fill_points(drafts, k, None, plan_year)
            continue
        year = heading.a.year if heading is not None and heading.a is not None else None
        if heading is not None and heading.b is not None:
            if draft.kind in ("recurring", "continuous") and not draft.bound:
                draft.a, draft.b, draft.bound, used = heading.a, heading.b, "span", True
            year = None  # years of a range are no year of a quarter
        if draft.kind == "onwards":
            _fill_onwards(drafts, k, plan_year)
        elif draft.kind in _DATED or draft.bound:
            used = used or (year is not None and _lacks(draft))
            _fill_points(drafts, k, year, plan_year)
        elif draft.kind in ("recurring", "continuous"):
            used = used or year is not None
            _bound_recurring(drafts, k, year, plan_year, plan_span)
    if heading is not None:
        heading.header = used


def _lacks(draft: Draft) -> bool:
    return any(point.year is None for point in draft.points())


def _fill_points(drafts: list[Draft], k: int, heading: int | None, plan_year: int | None) -> None:
    draft = drafts[k]
    a, b = draft.a, draft.b
    if a is not None and a.year is None and not a.shift:
        a.year = _choose(a, _left(drafts, k), _right(drafts, k), heading, plan_year)
        if a.year is None and b is not None and b.year is not None:
            a.year = b.year  # reversed then: the range is told as implausible
    if b is not None and b.year is None and not b.shift:
        left = (a, a.year) if a is not None and a.year is not None else None
        right = _right(drafts, k + 1) if k + 1 < len(drafts) and drafts[k + 1].tight else None
        b.year = _choose(b, left, right, heading, plan_year)
        if b.year is None and a is not None:
            b.year = a.year


Neighbour = tuple[Point, int] | None


def _left(drafts: list[Draft], k: int) -> Neighbour:
    """The nearest point before with a year, in the same list."""
    if not k or not drafts[k].tight:
        return None
    return _named(drafts[k - 1], last=True)


def _named(draft: Draft, last: bool) -> Neighbour:
    points = draft.points() if draft.kind in _DATED or draft.bound else []
    for point in reversed(points) if last else points:
        if point.year is not None:
            return point, point.year
    return None


def _right(drafts: list[Draft], k: int) -> Neighbour:
    """The nearest printed year behind the draft's first point, in the same list."""
    found = _named(drafts[k], last=False)
    if found is not None:
        return found
    for j in range(k + 1, min(len(drafts), k + 40)):
        if not drafts[j].tight or drafts[j].header:
            return None
        found = _named(drafts[j], last=False)
        if found is not None:
            return found
    return None


def _choose(
    point: Point, left: Neighbour, right: Neighbour, heading: int | None, plan_year: int | None
) -> int | None:
    """The first year that keeps the list in order; without a list the plan's."""
    if heading is not None:
        return heading
    candidates: list[int | None]
    if point.unit == "year":
        candidates = [plan_year, left[1] if left else None]
    else:
        candidates = [right[1] if right else None, left[1] if left else None, plan_year]
    for year in candidates:
        if year is not None and _in_order(point, year, left, right):
            return year
    return None


def _in_order(point: Point, year: int, left: Neighbour, right: Neighbour) -> bool:
    if point.unit == "year":
        return (left is None or left[1] <= year) and (right is None or year <= right[1])
    place = (year, *point.order())
    if left is not None and (left[1], *left[0].order()) > place and left[0].unit != "year":
        return False
    if left is not None and left[1] > year:
        return False
    if right is None:
        return True
    if right[0].unit == "year":
        return year <= right[1]
    return place <= (right[1], *right[0].order())


def _fill_onwards(drafts: list[Draft], k: int, plan_year: int | None) -> None:
    """ "các năm tiếp theo": open from the year after the last one named."""
    draft = drafts[k]
    last = plan_year
    for earlier in reversed(drafts[:k]):
        years = [point.year for point in earlier.points() if point.year is not None]
        if years:
            last = max(years)
            break
    if last is None:
        draft.kind = "unresolved"
        return
    draft.kind, draft.a = "from", Point("year", 0, draft.start, draft.end, last + 1)


def _bound_recurring(
    drafts: list[Draft],
    k: int,
    heading: int | None,
    plan_year: int | None,
    plan_span: tuple[int, int] | None,
) -> None:
    """A recurring part without bounds of its own takes the heading's year, else the list's."""
    year = heading
    if year is None and plan_year is None and plan_span is None:
        right = _right(drafts, k)
        found = right[1] if right is not None and right[0].unit == "year" else None
        year = found
    if year is not None:
        draft = drafts[k]
        draft.a, draft.bound = Point("year", 0, draft.start, draft.end, year), "point"
