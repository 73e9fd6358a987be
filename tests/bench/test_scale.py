"""The bench of scale counts what it says and judges by the limits that it names."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import msgspec
import pytest

import bench.__main__ as bench_main
from bench import scale
from bench.scale import Run, checks, line, measure, verdict

COMMAND = """
import sys, time
from pathlib import Path
out = Path(sys.argv[sys.argv.index("--out") + 1])
folders = sys.argv[1 : sys.argv.index("--out")]
plans = sum(len(list(Path(folder).iterdir())) for folder in folders)
again = out.exists()
out.mkdir(exist_ok=True)
(out / "log").open("a").write(f"{plans} {sys.argv[-1]} {again}\\n")
time.sleep(0.2)
"""
ONE = Run(1, 1, 6_000, 1.0, 1.0, 90_000_000, 0, 0.5)
RUNS = [
    ONE,
    msgspec.structs.replace(ONE, jobs=2, seconds=2.0, worker=40_000_000),
    Run(101, 1, 600_000, 11.0, 11.0, 100_000_000, 0, 0.6),
    Run(101, 2, 600_000, 8.0, 13.0, 100_000_000, 50_000_000, 0.6),
    Run(1_001, 1, 6_000_000, 111.0, 111.0, 130_000_000, 0, 6.0),
    Run(1_001, 2, 6_000_000, 62.0, 120.0, 110_000_000, 55_000_000, 3.0),
]


def test_checks_by_hand() -> None:
    found = {check.name: check for check in checks(RUNS)}
    # One worker: 110 s for 1 000 plans more, 10 s for 100 more: 1.1 times a plan.
    assert found["1 worker: time a plan, 1,001 / 101"].figure == pytest.approx(1.1)
    assert found["2 workers: time a plan, 1,001 / 101"].figure == pytest.approx(1.0)
    assert found["1 worker: peak of the parent, 1,001 / 101"].figure == pytest.approx(1.3)
    assert not found["1 worker: peak of the parent, 1,001 / 101"].holds
    assert found["2 workers: peak of a worker, 1,001 / 101"].figure == pytest.approx(1.1)
    assert found["1 worker: rerun / first run, 1,001"].figure == pytest.approx(6 / 111)
    assert not found["1 worker: rerun / first run, 1,001"].holds
    assert found["2 workers: rerun / first run, 1,001"].holds
    assert found["two workers / one, 1,001"].figure == pytest.approx(111 / 62)
    assert found["two workers / one, 1,001"].holds
    assert len(found) == 8


def test_too_slow_with_two_is_told() -> None:
    slow = [*RUNS[:-1], msgspec.structs.replace(RUNS[-1], seconds=100.0)]
    (check,) = [one for one in checks(slow) if one.name.startswith("two workers")]
    assert not check.holds
    assert verdict(check) == " 1.110  at least 1.7   UNDER  two workers / one, 1,001"


def test_a_run_as_a_line() -> None:
    shown = line(RUNS[-1])
    assert shown.startswith(" 1,001 plans  2 workers    62.00 s ( 120.00 s of processors)")
    assert "16.1 plans/s" in shown
    assert "peak   110 MB parent,    55 MB worker  rerun  3.00 s ( 4.8%)" in shown


def test_the_command_runs_and_runs_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pipeline.py").write_text(COMMAND)
    logs: list[str] = []
    remove = shutil.rmtree

    def keep_log(out: Path, *rest: Any, **more: Any) -> None:
        if (Path(out) / "log").exists():
            logs.extend((Path(out) / "log").read_text().splitlines())
        remove(out, *rest, **more)

    monkeypatch.setattr(shutil, "rmtree", keep_log)
    runs = list(measure([3], tmp_path))
    assert [(run.plans, run.jobs) for run in runs] == [(1, 1), (1, 2), (3, 1), (3, 2)]
    assert logs[:8] == [
        *("1 1 False", "1 1 True", "1 2 False", "1 2 True"),
        *("3 1 False", "3 1 True", "3 2 False", "3 2 True"),
    ]
    assert all(run.seconds > 0.2 and run.rerun > 0.2 and run.parent > 1_000_000 for run in runs)
    assert runs[0].size < runs[2].size


@pytest.mark.parametrize(("arguments", "status"), [([], 0), (["--check"], 1)])
def test_a_verdict_where_asked_for(
    arguments: list[str],
    status: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(scale, "measure", lambda counts: RUNS)
    assert bench_main.main(["scale", "101", "1001", *arguments]) == status
    assert "OVER" in capsys.readouterr().out


def test_plans_as_files(tmp_path: Path) -> None:
    assert bench_main.main(["corpus", str(tmp_path), "2"]) == 0
    assert sorted(path.name for path in (tmp_path / "000").iterdir()) == [
        "plan-000000.txt",
        "plan-000001.txt",
    ]
