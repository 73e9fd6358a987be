"""The bench measures what it says: in turn, caches emptied, verdict only where asked for."""

from __future__ import annotations

import sys
from functools import cache, lru_cache
from pathlib import Path
from types import ModuleType

import pytest

import bench.__main__ as bench_main
from bench import caches, rows
from bench.measure import Measured, alternate, line

COMMAND = "import sys\nopen(sys.argv[-1] + '/done', 'w').close()\n"


@pytest.fixture
def module(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A loaded module with a loader, a value cache, and a value cache in a class."""

    @cache
    def loader(name: str) -> str:
        return name

    @lru_cache(maxsize=8)
    def value(text: str) -> str:
        return text

    class Reader:
        @staticmethod
        @lru_cache(maxsize=8)
        def read(text: str) -> str:
            return text

    made = ModuleType("fakewing.part")
    Reader.__module__ = made.__name__
    made.loader, made.value, made.Reader = loader, value, Reader  # type: ignore[attr-defined]
    made.same_value = value  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, made.__name__, made)
    return made


def test_only_value_caches_are_emptied(module: ModuleType) -> None:
    calls = (module.loader, module.value, module.Reader.read)
    for call in calls:
        call("x")
    names = [name for name, _ in caches.caches(("fakewing",))]
    assert names == [f"fakewing.part.{name}" for name in ("loader", "value", "Reader.read")]
    caches.forget_values(("fakewing",))
    assert [call.cache_info().currsize for call in calls] == [1, 0, 0]


def test_what_the_pipeline_knows_of_is_emptied_too(monkeypatch: pytest.MonkeyPatch) -> None:
    pipeline, called = ModuleType("pipeline"), []
    pipeline.forget_values = lambda: called.append(1)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "pipeline", pipeline)
    caches.forget_values(())
    assert called == [1]


def test_a_loader_that_swells_is_told(module: ModuleType) -> None:
    module.loader("x")
    assert caches.kept(("fakewing",)) == []
    for number in range(300):
        module.loader(str(number))
    assert caches.kept(("fakewing",)) == ["fakewing.part.loader (301)"]


def test_the_two_things_alternate() -> None:
    seen: list[str] = []
    times = alternate(
        lambda: seen.append("thing"),
        lambda: seen.append("yard"),
        2,
        lambda: seen.append("before"),
    )
    assert seen == ["before", "thing", "yard"] * 3  # one round warms
    assert all(seconds > 0 for seconds in times)


@pytest.mark.parametrize(
    ("seconds", "holds", "verdict"),
    [(0.9, True, "holds"), (1.0, True, "holds"), (1.1, False, "OVER")],
)
def test_verdicts(seconds: float, holds: bool, verdict: str) -> None:
    row = Measured("a plan", seconds, "a pass", 0.1, 10.0)
    assert row.holds is holds
    assert verdict in line(row)
    assert line(row).endswith("a plan / a pass")


def test_inputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seeds, raw = tmp_path / "seeds", tmp_path / "data" / "raw"
    monkeypatch.setattr(rows, "ROOT", tmp_path)
    monkeypatch.setenv("PLAN_SEEDS", str(seeds))
    with pytest.raises(FileNotFoundError, match="name the files"):
        rows.inputs()
    raw.mkdir(parents=True)
    (raw / "sample.txt").write_text("a")
    assert rows.inputs() == [raw / "sample.txt"]
    seeds.mkdir()
    (seeds / "b.txt").write_text("b")
    (seeds / "a.txt").write_text("a")
    assert rows.inputs() == [seeds / "a.txt", seeds / "b.txt"]


@pytest.mark.slow
def test_warm_measures_three_ways(tmp_path: Path) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text("\ufeffQuý I/2021 - 39-NQ/TW", encoding="utf-8")
    read: list[Path] = []
    measured = list(rows.warm([plan], read.append, 3))
    assert [row.name for row in measured] == [
        "extract plan.txt, new plan",
        "extract plan.txt, no values",
        "extract plan.txt, known plan",
    ]
    assert read.count(plan) == 12  # three times one round that warms and three that count
    assert set(read) > {plan}  # the samples, which make the process a warm one


def test_cold_runs_the_command(tmp_path: Path) -> None:
    (tmp_path / "pipeline.py").write_text(COMMAND)
    row = rows.cold([tmp_path / "plan.txt"], 1, tmp_path)
    assert row.name == "command, 1 file, new process"
    assert row.limit == 2.5


def test_profile_names_what_ran(tmp_path: Path) -> None:
    def extract_slowly(path: Path) -> None:
        sorted(range(1000))

    assert "extract_slowly" in rows.profile(tmp_path, extract_slowly)


@pytest.mark.parametrize(
    ("arguments", "status"), [pytest.param([], 0, marks=pytest.mark.slow), (["--check"], 1)]
)
def test_measuring_is_no_verdict_unless_asked(
    arguments: list[str],
    status: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    pipeline = ModuleType("pipeline")
    pipeline.extract_file = Path.read_text  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "pipeline", pipeline)
    plan = tmp_path / "plan.txt"
    plan.write_text("Quý I/2021", encoding="utf-8")
    over = Measured("command", 9.0, "import", 1.0, 2.5)
    monkeypatch.setattr(bench_main, "cold", lambda *_: over)
    monkeypatch.setattr(rows, "WARM_LIMIT", 1e9)
    assert bench_main.main([*arguments, "--rounds", "1", str(plan)]) == status
    assert capsys.readouterr().out.endswith("3 of 4 limits hold\n")


def test_a_command_that_fails_is_told_and_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "pipeline.py").write_text("raise SystemExit('no such plan')")
    plan = tmp_path / "plan.txt"
    plan.write_text("a")
    cold = rows.cold
    monkeypatch.setattr(bench_main, "cold", lambda files, rounds: cold(files, rounds, tmp_path))
    measured = bench_main.run([plan], Path.read_text, 1, 1)
    assert not measured[-1].holds
    assert "status 1: no such plan" in capsys.readouterr().err


def test_a_missing_file_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        bench_main.main(["profile", "nowhere.txt"])
    assert stopped.value.code == 2
    assert "no such file: nowhere.txt" in capsys.readouterr().err
