"""What the grammar reads before the years are filled in."""

from __future__ import annotations

import msgspec

from normalize.edtf import Point


class Draft(msgspec.Struct):
    """One part of a schedule as read, offsets half open.

    ``kind``: ``point``, ``span``, ``before`` (ends the day before ``a``), ``until`` (ends with
    ``a``), ``from`` (starts with ``a``), ``after``, ``recurring``, ``continuous``, ``done``,
    ``conditional``, ``duration`` (``count`` of ``unit`` from the document's issue) and
    ``unresolved``. For recurring and continuous parts ``a``/``b`` are bounds, of which ``bound``
    says which: ``span``, ``from``, ``until``, ``point`` or none.
    ``tight``: nothing but marks between it and the draft before. ``header``: a year with a colon,
    which holds for what follows.
    """

    kind: str
    start: int
    end: int
    a: Point | None = None
    b: Point | None = None
    rrule: str | None = None
    condition: tuple[int, int] | None = None
    bound: str = ""
    each: str = ""
    count: int = 0
    unit: str = ""
    inclusive: bool = False
    tight: bool = False
    header: bool = False
    segment: int = 0

    def points(self) -> list[Point]:
        """The points whose years have to be known."""
        return [point for point in (self.a, self.b) if point is not None]

    def lacks_year(self) -> bool:
        """No year printed, none counted from the plan's."""
        return all(point.year is None and not point.shift for point in self.points())
