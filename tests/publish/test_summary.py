"""The closing summary counts what was stated and what was read."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from sample_plan import EMPTY, PLAN, assignment, finding, period, task

from publish.summary import Counts, count, share, summarize


def test_summary_by_hand() -> None:
    # Two tasks name a lead, one of them only described; one states schedule, budget and area.
    assert summarize(count(PLAN), Path("data/out"), ["b.txt"]).splitlines() == [
        "documents          1   from 1 file; 1 failed: b.txt",
        "tasks              2   sections 0, targets 1, citations 0",
        "  lead             1 of      2    50 %  every body has an id",
        "  partners         0 of      0       –  every body has an id",
        "  schedule         1 of      1   100 %  every part read",
        "  budget           1 of      1   100 %  amount or status read",
        "  area             1 of      1   100 %  area coded",
        "findings           2   error 0, warning 1, info 1",
        "  most often  row.joined 1, schedule.unresolved 1",
        "written to    data/out",
    ]


def test_nothing_read() -> None:
    lines = summarize(Counts(), Path("out"), [Path("a.txt"), "b", "c", "d"]).splitlines()
    assert lines[0] == "documents          0   from 0 files; 4 failed: a.txt, b, c, …"
    assert lines[-1] == "written to    out"
    assert "findings           0   error 0, warning 0, info 0" in lines


def test_unread_parts_count_against_the_task() -> None:
    ids = [f"01-7-kh-ubnd-2021/{number}" for number in "123"]
    plan = msgspec.structs.replace(
        EMPTY,
        tasks=[
            task("1", coordinating=["Sở A"]),
            task("2", coordinating=["Sở A"], budget_status="unresolved", area_code=None),
            task("3", budget_status="unstated"),  # read periods: none at all
        ],
        assignments=[
            assignment(ids[0], "coordinating", "so-a"),
            assignment(ids[1], "coordinating", None),
        ],
        periods=[period(ids[0], "day"), period(ids[1], "day"), period(ids[1], "unresolved")],
        findings=[finding("input.failed", "error")] * 1_000 + [finding()],
    )
    text = summarize(count(plan), Path("out"))
    assert "  lead             3 of      3   100 %" in text
    assert "  partners         1 of      2    50 %" in text
    assert "  schedule         1 of      3    33 %" in text
    assert "  budget           1 of      2    50 %" in text
    assert "  area             2 of      3    66 %" in text
    assert "findings       1,001   error 1,000, warning 0, info 1" in text
    assert "  most often  input.failed 1,000, row.joined 1" in text


def test_the_summary_is_short_and_clean() -> None:
    counts = count(PLAN)
    counts.add(count(EMPTY))
    text = summarize(counts, Path("out"), ["x"] * 50)
    assert len(text.splitlines()) <= 15
    assert text == "\n".join(line.rstrip() for line in text.splitlines())


@pytest.mark.parametrize(
    ("good", "stated", "text"),
    [(0, 0, "–"), (0, 5, "0 %"), (2, 3, "66 %"), (999, 1000, "99 %"), (5, 5, "100 %")],
)
def test_share(good: int, stated: int, text: str) -> None:
    assert share(good, stated) == text


def test_counts_add_up() -> None:
    total = Counts()
    for _ in range(3):
        total.add(count(PLAN))
    lines = summarize(total, Path("out")).splitlines()
    assert lines[0] == "documents          3   from 3 files"
    assert lines[1] == "tasks              6   sections 0, targets 3, citations 0"
    assert lines[2] == "  lead             3 of      6    50 %  every body has an id"
    assert lines[-2] == "  most often  row.joined 3, schedule.unresolved 3"
