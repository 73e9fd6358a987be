"""Calendars say what the tables say, to a second parser too."""

from __future__ import annotations

import datetime
import sys
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
import vobject
from dateutil.rrule import rrulestr
from sample_plan import assignment
from small_run import finished, period, plan

from normalize.records import Plan
from pipeline import extract_file
from publish.calendars import CalendarError, check_calendars, recurrence, write_calendars

ROOT = Path(__file__).resolve().parents[2]
ID = "01-7-kh-ubnd-2021"


def with_periods(*changes: dict[str, Any], **about: Any) -> Plan:
    """One task with these parts of a schedule."""
    made = plan(tasks=("1",), **about)
    rows = [period(f"{ID}/1", ID, order=place, **fields) for place, fields in enumerate(changes, 1)]
    return msgspec.structs.replace(made, periods=rows)


def calendars(folder: Path, *plans: Plan) -> dict[str, Any]:
    """Every calendar by its folder, as vobject reads it."""
    write_calendars(finished(folder, *plans), folder / "calendar")
    return {
        path.parent.relative_to(folder / "calendar").as_posix(): vobject.readOne(
            path.read_text(encoding="utf-8")
        )
        for path in sorted((folder / "calendar").rglob("*.ics"))
    }


def days(event: Any) -> list[date]:
    """The days on which an event falls, by a third program where it comes again."""
    first = event.dtstart.value
    if not hasattr(event, "rrule"):
        return [first]
    start = datetime.datetime(first.year, first.month, first.day)
    rule = rrulestr(event.rrule.value, dtstart=start)
    return [day.date() for day, _ in zip(rule, range(8), strict=False)]


def test_an_event_tells_its_task_and_where_it_stands(tmp_path: Path) -> None:
    ((where, calendar),) = calendars(tmp_path, plan(tasks=("1",))).items()
    assert where == "01-ha-noi/so-noi-vu"
    assert calendar.x_wr_calname.value == "Sở Nội vụ (Hà Nội)"
    (event,) = calendar.vevent_list
    assert event.dtstart.value == date(2021, 3, 31)
    assert event.dtstart.params["VALUE"] == ["DATE"]
    assert event.uid.value == f"{ID}/1/1@kehoach"
    assert event.dtstamp.value == datetime.datetime(2021, 1, 5, tzinfo=event.dtstamp.value.tzinfo)
    assert event.summary.value == 'Sở "A", phòng B; Ủy ban'
    assert event.categories.value == ["Thể chế"]
    assert event.description.value.splitlines() == [
        'Nhiệm vụ: 1. Sở "A", phòng B; Ủy ban',
        "Chủ trì: Sở Nội vụ",
        "Sản phẩm: Báo cáo",
        "Thời gian: Quý I/2021",
        "Nguồn: 7/KH-UBND ngày 05/01/2021; tệp a.txt, dòng 3–4",
        f"Mã nhiệm vụ: {ID}/1",
    ]


def test_each_lead_agency_has_its_calendar(tmp_path: Path) -> None:
    both = plan(tasks=("1", "2"))
    bodies = [
        assignment(f"{ID}/1", "lead", "so-noi-vu"),
        msgspec.structs.replace(
            assignment(f"{ID}/1", "lead", "bo-noi-vu"), order=2, jurisdiction_code=None
        ),
        msgspec.structs.replace(assignment(f"{ID}/1", "coordinating", "so-y-te"), order=3),
        assignment(f"{ID}/2", "lead", None),
    ]
    found = calendars(tmp_path, msgspec.structs.replace(both, assignments=bodies))
    uids = {where: [event.uid.value for event in one.vevent_list] for where, one in found.items()}
    assert uids == {
        "01-ha-noi/so-noi-vu": [f"{ID}/1/1@kehoach"],
        "trung-uong/bo-noi-vu": [f"{ID}/1/1@kehoach"],
        "01-ha-noi/chua-ro-chu-tri": [f"{ID}/2/1@kehoach"],
    }


def test_only_what_has_a_last_day_is_due(tmp_path: Path) -> None:
    made = with_periods(
        {"kind": "before", "start_on": None, "end_on": date(2021, 12, 21)},
        {"kind": "span", "end_on": None},
        {"kind": "done", "end_on": date(2021, 2, 1)},
        {"kind": "conditional", "start_on": None, "end_on": None},
        {"kind": "continuous", "end_on": date(2021, 12, 31)},
    )
    (calendar,) = calendars(tmp_path, made).values()
    assert [event.dtstart.value for event in calendar.vevent_list] == [
        date(2021, 12, 21),
        date(2021, 12, 31),
    ]


YEAR = (date(2021, 1, 1), date(2021, 12, 31))


@pytest.mark.parametrize(
    ("rrule", "bounds", "due"),
    [
        # Each quarter of 2021, on its last day.
        ("FREQ=MONTHLY;INTERVAL=3", YEAR, ["0331", "0630", "0930", "1231"]),
        ("FREQ=MONTHLY;INTERVAL=6", YEAR, ["0630", "1231"]),
        ("FREQ=MONTHLY", (date(2021, 1, 1), date(2021, 3, 31)), ["0131", "0228", "0331"]),
        ("FREQ=YEARLY", YEAR, ["1231"]),
        # The rule names the day.
        ("FREQ=MONTHLY;BYMONTHDAY=15", (date(2021, 10, 20), YEAR[1]), ["1115", "1215"]),
        ("FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=14", YEAR, ["0314", "0614", "0914", "1214"]),
        ("FREQ=YEARLY;BYMONTH=2", YEAR, ["0228"]),
        # 4 January 2021 is a Monday: weeks end on Sundays.
        ("FREQ=WEEKLY", (date(2021, 1, 4), date(2021, 1, 20)), ["0110", "0117"]),
        ("FREQ=WEEKLY;BYDAY=FR", (date(2021, 1, 4), date(2021, 1, 20)), ["0108", "0115"]),
        ("FREQ=WEEKLY;INTERVAL=2", (date(2021, 1, 4), date(2021, 1, 31)), ["0117", "0131"]),
    ],
)
def test_what_recurs_is_one_event_with_its_rule(
    tmp_path: Path, rrule: str, bounds: tuple[date, date], due: list[str]
) -> None:
    made = with_periods(
        {"kind": "recurring", "start_on": bounds[0], "end_on": bounds[1], "rrule": rrule}
    )
    (calendar,) = calendars(tmp_path, made).values()
    (event,) = calendar.vevent_list
    assert [f"{day:%m%d}" for day in days(event)] == due
    assert event.rrule.value.startswith(rrule.partition(";")[0])
    assert f"UNTIL={bounds[1]:%Y%m%d}" in event.rrule.value


def test_documents_with_and_without_tasks(tmp_path: Path) -> None:
    plans = [
        plan("01-1-kh-ubnd-2021", tasks=()),
        plan("01-2-kh-ubnd-2021"),
        plan("01-3-qd-ubnd-2021", tasks=()),
        plan("01-4-kh-ubnd-2021", tasks=("7",)),
    ]
    (calendar,) = calendars(tmp_path, *plans).values()
    assert [event.uid.value for event in calendar.vevent_list] == [
        "01-2-kh-ubnd-2021/1/1@kehoach",
        "01-2-kh-ubnd-2021/2/1@kehoach",
        "01-4-kh-ubnd-2021/7/1@kehoach",
    ]


def test_a_rule_without_bounds_begins_where_the_document_does() -> None:
    row = {"rrule": "FREQ=MONTHLY;INTERVAL=3", "start_on": None, "end_on": None}
    found = recurrence(row, date(2021, 5, 20))
    assert found is not None
    assert found.first == date(2021, 6, 30)
    assert "UNTIL" not in found.rule
    assert recurrence(row, None) is None


def test_names_too_long_for_a_folder(tmp_path: Path) -> None:
    long = "trung-tam-" * 40
    (where,) = calendars(tmp_path, plan(lead=long))
    assert len(where.partition("/")[2]) < 120


def test_markup_and_control_characters_are_words(tmp_path: Path) -> None:
    made = plan(tasks=("1",))
    words = "a\x00b\x0bc\nBEGIN:VEVENT\\n;,"
    made = msgspec.structs.replace(made, tasks=[msgspec.structs.replace(made.tasks[0], task=words)])
    (calendar,) = calendars(tmp_path, made).values()
    (event,) = calendar.vevent_list
    assert event.summary.value == "a b c BEGIN:VEVENT\\n;,"


def test_same_bytes_and_no_line_too_long(tmp_path: Path) -> None:
    sample = extract_file(ROOT / "data" / "raw" / "mau-hai-phong-2022.txt")
    run = finished(tmp_path, sample)
    assert write_calendars(run, tmp_path / "1") == write_calendars(run, tmp_path / "2") > 3
    names = sorted(path.relative_to(tmp_path / "1") for path in (tmp_path / "1").rglob("*.ics"))
    seen: set[str] = set()
    for name in names:
        data = (tmp_path / "1" / name).read_bytes()
        assert data == (tmp_path / "2" / name).read_bytes()
        assert max(map(len, data.split(b"\r\n"))) <= 75
        events = vobject.readOne(data.decode()).vevent_list
        uids = [event.uid.value for event in events]
        assert len(set(uids)) == len(uids)
        seen.update(uids)
    due = {
        f"{row.task_id}/{row.order}@kehoach"
        for row in sample.periods
        if row.end_on and row.kind not in ("done", "unresolved")
    }
    assert seen == due


def test_a_missing_extra_names_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with pytest.raises(CalendarError, match=r"pip install 'kehoach\[calendar\]'"):
        check_calendars()
