"""Plans as web pages for the peers: what stands in them is the truth that they were made from."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bench import same_plans
from bench.same_plans import html_plans, line, measure, page
from pipeline import extract_file


def test_the_pages_hold_the_plans(tmp_path: Path) -> None:
    for number, plan in enumerate(html_plans(4)):
        path = tmp_path / f"{number}.html"
        path.write_text(page(plan), encoding="utf-8")
        read = extract_file(path)
        assert [row.symbol for row in read.documents] == [plan.symbol]
        assert [row.task for row in read.tasks] == [task.task for task in plan.tasks]
        assert [tuple(row.lead_ids) for row in read.tasks] == [t.lead_ids for t in plan.tasks]


def test_a_peer_that_is_missing_is_told_with_the_line_that_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    child = tmp_path / "child.py"
    child.write_text(
        "import json, sys\n"
        "if sys.argv[1] == 'markitdown':\n    import no_such_module\n"
        "print(json.dumps({'version': '1', 'seconds': 0.5, 'out': {'rows': 3}}))\n"
    )
    monkeypatch.setattr(same_plans, "_CHILD", child)
    rows = list(measure(tmp_path, sys.executable))
    assert [row.name for row in rows] == ["ours", "read_html", "underthesea"]
    assert "pip install --require-hashes -r bench/peers.lock" in capsys.readouterr().out
    # 0.5 s for 10 plans of 1 MB in all: 50 ms a plan, 2 MB a second
    assert line(rows[0], 10, 1_000_000).split() == (
        "ours 1 50.00 ms a plan 2.00 MB/s gives 3 rows".split()
    )
