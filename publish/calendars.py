"""The deadlines of a run as calendars: ``PROVINCE/AGENCY/deadlines.ics`` for each lead agency.

RFC 5545 through icalendar. An event is one part of a task's schedule (a row of ``periods``), an
all-day event on its last day on time. A part that comes again and again is one event with its
rule: it falls due on the last day of each month, quarter, … unless the rule names the day. Ids and
stamps hang on the tables alone, so that the same tables give the same bytes and a calendar that
is imported again replaces its events.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from normalize.text import slug, tidy
from publish.codes import code_labels
from publish.version import VERSION

if TYPE_CHECKING:
    from publish.finished import Finished

FOLDER = "calendar"
NAME = "deadlines.ics"
INSTALL = "pip install 'kehoach[calendar]'"

_END = b"END:VCALENDAR\r\n"
_CENTRAL = "trung-uong"
_UNNAMED = "chua-ro-chu-tri"
_UNDATED = datetime.date(1970, 1, 1)
_NO_DEADLINE = ("done", "unresolved")
_MONTHS = {"MONTHLY": 1, "YEARLY": 12}
_DAYS = {"DAILY": 1, "WEEKLY": 7}
_ONE_DAY = datetime.timedelta(days=1)
_LONGEST_SUMMARY = 120
_LONGEST_NAME = 100
# RFC 5545, section 3.3.11: no control character but the tab and what a line break is written as.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


class CalendarError(Exception):
    """No calendar can be written; the message says what to do."""


class Recurrence(NamedTuple):
    """When a recurring part falls due first, and its rule, bounded where its year is."""

    first: datetime.date
    rule: dict[str, Any]


def check_calendars() -> None:
    """CalendarError where icalendar is not installed."""
    try:
        import icalendar  # noqa: F401
    except ImportError as error:
        raise CalendarError(f"--calendar cần cài thêm: {INSTALL}") from error


def write_calendars(run: Finished, folder: Path) -> int:
    """Write a calendar for each lead agency that has a deadline; how many. Raises OSError.

    ``folder`` is made; it must be empty. A task with several lead agencies stands in the calendar
    of each, as the same event; one whose lead is merely described, or unsaid, in
    ``chua-ro-chu-tri``. Memory holds one document at a time.
    """
    folder.mkdir(parents=True, exist_ok=True)
    begun: set[Path] = set()
    for events in _documents(run):
        for place, own in events.items():
            path = folder.joinpath(*place.folders, NAME)
            if path not in begun:
                begun.add(path)
                path.parent.mkdir(parents=True)
                path.write_bytes(_head(place.name))
            with path.open("ab") as file:
                file.write(b"".join(own))
    for path in begun:
        with path.open("ab") as file:
            file.write(_END)
    return len(begun)


def _head(name: str) -> bytes:
    import icalendar

    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//kehoach//{VERSION}//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    written: bytes = calendar.to_ical()
    return written.removesuffix(_END)


class _Place(NamedTuple):
    """Where an event goes: the two folders, and what the calendar is called."""

    folders: tuple[str, str]
    name: str


def _documents(run: Finished) -> Iterator[dict[_Place, list[bytes]]]:
    """For each document its events, as they are written, by the calendar that they belong to."""
    codes = run.rows("documents", ("jurisdiction_code", "jurisdiction"))
    provinces = {row["jurisdiction_code"]: row["jurisdiction"] for row in codes}
    tables = {
        name: _ByDocument(run.rows(name))
        for name in ("tasks", "assignments", "deliverables", "periods")
    }
    for document in run.rows("documents"):
        own = {name: table.take(document["document_id"]) for name, table in tables.items()}
        leads = _by_task(row for row in own["assignments"] if row["role"] == "lead")
        products, periods = _by_task(own["deliverables"]), _by_task(own["periods"])
        made: dict[_Place, list[bytes]] = {}
        for task in own["tasks"]:
            name = task["task_id"]
            places = dict.fromkeys(
                _place(row, document, provinces)
                for row in leads.get(name, ())
                if row["agency_id"] is not None
            ) or {_place(None, document, provinces): None}
            for period in periods.get(name, ()):
                event = _event(task, period, document, products.get(name, []))
                if event is not None:
                    written = event.to_ical()
                    for place in places:
                        made.setdefault(place, []).append(written)
        yield made
    for table in tables.values():
        table.end()


class _ByDocument:
    """The rows of a table, handed out document by document; a run writes them in that order."""

    def __init__(self, rows: Iterable[dict[str, Any]]) -> None:
        self._groups = groupby(rows, key=lambda row: row["document_id"])
        self._next = next(self._groups, None)

    def take(self, document_id: str) -> list[dict[str, Any]]:
        """The document's rows, if it has any."""
        if self._next is None or self._next[0] != document_id:
            return []
        rows = list(self._next[1])
        self._next = next(self._groups, None)
        return rows

    def end(self) -> None:
        """No row may be left: it would belong to no document, or stand in another order."""
        if self._next is not None:
            raise RuntimeError(f"rows of {self._next[0]} are not in the order of the documents")


def _by_task(rows: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    made: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        made.setdefault(row["task_id"], []).append(row)
    return made


def _place(
    body: Mapping[str, Any] | None, document: Mapping[str, Any], provinces: Mapping[str, str]
) -> _Place:
    # A code meant another province before 2025: the document's own name goes before the run's.
    code = document["jurisdiction_code"] if body is None else body["jurisdiction_code"]
    if code == document["jurisdiction_code"]:
        province = document["jurisdiction"]
    else:
        province = provinces.get(code)
    where = "-".join(part for part in (code, slug(province or "")) if part) or _CENTRAL
    agency_id, agency = (_UNNAMED, "Chưa rõ chủ trì")
    if body is not None:
        agency_id, agency = body["agency_id"], body["agency"]
    name = f"{agency} ({province or code})" if code else agency
    return _Place((_file_name(where), _file_name(agency_id)), _clean(name))


def _file_name(text: str) -> str:
    """The text as the name of a folder; a long one is cut and told apart by its hash."""
    if len(text) <= _LONGEST_NAME:
        return text
    return f"{text[:_LONGEST_NAME]}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def _event(
    task: Mapping[str, Any],
    period: Mapping[str, Any],
    document: Mapping[str, Any],
    products: list[dict[str, Any]],
) -> Any:
    """The event of one part of a schedule; None where it has no day."""
    import icalendar

    repeated = recurrence(period, document["issued_on"])
    day = repeated.first if repeated else period["end_on"]
    if day is None or period["kind"] in _NO_DEADLINE:
        return None
    event = icalendar.Event()
    event.add("uid", f"{period['task_id']}/{period['order']}@kehoach")
    issued = document["issued_on"] or _UNDATED
    stamp = datetime.datetime(issued.year, issued.month, issued.day, tzinfo=datetime.UTC)
    event.add("dtstamp", stamp)
    event.add("dtstart", day)
    if repeated:
        event.add("rrule", repeated.rule)
    event.add("summary", _shortened(_clean(task["task"]) or _clean(task["task_no"] or "–")))
    event.add("description", _description(task, period, document, products))
    event.add("transp", "TRANSPARENT")  # a deadline takes nobody's time
    area = task["area"] or (
        code_labels("area_code")[task["area_code"]] if task["area_code"] else None
    )
    if area:
        event.add("categories", [_clean(area)])
    return event


def _shortened(text: str) -> str:
    if len(text) <= _LONGEST_SUMMARY:
        return text
    return text[:_LONGEST_SUMMARY].rpartition(" ")[0].rstrip(" ,;:") + "…"


def _description(
    task: Mapping[str, Any],
    period: Mapping[str, Any],
    document: Mapping[str, Any],
    products: list[dict[str, Any]],
) -> str:
    """The task, its bodies and products, its words about time, and where all of that stands."""
    due = [row["text"] for row in products if row["due_on"] == period["end_on"] is not None]
    number = f"{task['task_no']}. " if task["task_no"] else ""
    lines = [
        ("Nhiệm vụ", f"{number}{task['task']}"),
        ("Chủ trì", "; ".join(task["lead"])),
        ("Phối hợp", "; ".join(task["coordinating"])),
        ("Sản phẩm", "; ".join(due or [row["text"] for row in products])),
        ("Thời gian", period["raw"] or task["schedule"]),
        ("Điều kiện", period["condition"]),
        ("Nguồn", source_of(task, document)),
        ("Mã nhiệm vụ", task["task_id"]),
    ]
    return "\n".join(f"{label}: {_clean(text)}" for label, text in lines if text)


def source_of(row: Mapping[str, Any], document: Mapping[str, Any]) -> str:
    """Where a row stands, for people: the document, the file, the lines, the page."""
    kind = document["doc_type"] or ""
    named = document["symbol"] or document["title"] or document["document_id"]
    issued = document["issued_on"]
    text = " ".join(part for part in (kind, named) if part)
    if document["symbol"] and kind:
        text = named  # a symbol names its type
    if issued:
        text += f" ngày {issued:%d/%m/%Y}"
    first, last = row["line_start"], row["line_end"]
    lines = f"dòng {first}" if first == last else f"dòng {first}–{last}"
    page = f", trang {row['page']}" if row["page"] else ""
    return f"{text}; tệp {document['source_file']}, {lines}{page}"


def _clean(text: str) -> str:
    return tidy(_CONTROL.sub(" ", text))


def recurrence(period: Mapping[str, Any], issued: datetime.date | None) -> Recurrence | None:
    """When a row of ``periods`` falls due again and again; None where it has no rule or no start.

    ``rrule`` has no start of its own: it counts from ``start_on``, else from the month, quarter or
    year in which the document was issued, or in which ``end_on`` lies. Where the rule names no
    day, the last day of each interval is meant.
    """
    if not period["rrule"]:
        return None
    rule: dict[str, Any] = {}
    for part in period["rrule"].split(";"):
        name, _, value = part.partition("=")
        rule[name] = value.split(",") if name.startswith("BY") else value
    count = int(rule.get("INTERVAL", "1"))
    start, end = period["start_on"], period["end_on"]
    begin = start or _interval_start(rule["FREQ"], count, issued or end)
    if begin is None:
        return None
    first = _first_due(rule, count, begin)
    if end is not None:
        if first is None or first > end:
            return None
        rule["UNTIL"] = end
    return None if first is None else Recurrence(first, rule)


def _interval_start(frequency: str, count: int, day: datetime.date | None) -> datetime.date | None:
    """The first day of the month, quarter, half or year around the day; of no day none."""
    if day is None or frequency not in _MONTHS:
        return day
    months = min(_MONTHS[frequency] * count, 12)
    return datetime.date(day.year, (day.month - 1) // months * months + 1, 1)


def _first_due(rule: dict[str, Any], count: int, begin: datetime.date) -> datetime.date | None:
    """The first day due from ``begin`` on; a rule that names no day is given the last one."""
    frequency = rule["FREQ"]
    if any(name.startswith("BY") and name != "BYMONTH" for name in rule):
        return _first_of_rule(rule, begin)
    if "BYMONTH" in rule:
        rule["BYMONTHDAY"] = ["-1"]
        return _first_of_rule(rule, begin)
    if frequency in _DAYS:
        return begin + _ONE_DAY * (_DAYS[frequency] * count - 1)
    if begin.day == 1:
        rule["BYMONTHDAY"] = ["-1"]
        if frequency == "YEARLY":
            rule["BYMONTH"] = [str((begin.month - 2) % 12 + 1)]
    months = begin.month - 1 + _MONTHS[frequency] * count
    try:
        after = datetime.date(begin.year + months // 12, months % 12 + 1, min(begin.day, 28))
    except ValueError:
        return None
    return after - _ONE_DAY


def _first_of_rule(rule: Mapping[str, Any], begin: datetime.date) -> datetime.date | None:
    from dateutil.rrule import rrulestr

    text = ";".join(
        f"{name}={','.join(value) if isinstance(value, list) else value}"
        for name, value in rule.items()
    )
    start = datetime.datetime(begin.year, begin.month, begin.day)
    found = rrulestr(text, dtstart=start).after(start, inc=True)
    return None if found is None else found.date()
