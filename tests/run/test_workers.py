"""Several workers: the same bytes, and none takes another's input down with it."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from made_inputs import command, fresh, output, rows, write_inputs
from poison import work

import run.workers
from pipeline import main
from run.reading import jobs_for

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    write_inputs(tmp_path / "in", 6)
    return tmp_path / "in"


def failed(out: Path) -> dict[str, str]:
    """What failed, with its message."""
    found = [row for row in rows(out, "findings") if row["code"] == "input.failed"]
    return {row["source_file"]: row["message"] for row in found}


def test_the_same_bytes_whatever_the_workers(plans: Path, tmp_path: Path) -> None:
    (plans / "broken.txt").write_bytes(b"K\xff ho\xff")
    assert command(plans, tmp_path / "two", "--jobs", "2") == 1
    assert output(tmp_path / "two") == fresh(plans, tmp_path / "one")


def test_a_worker_that_dies_hangs_or_swells_costs_its_file(
    plans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (plans / "plan-000.txt").read_bytes()
    for name in ("exit.txt", "hang.txt", "kill-1.txt", "kill-2.txt", "memory.txt"):
        (plans / name).write_bytes(text)
    monkeypatch.setattr(run.workers, "work", work)
    out = tmp_path / "out"
    options = ["--jobs", "2", "--timeout", "4", "--memory", "400"]
    assert main([str(plans), "--out", str(out), *options]) == 1
    told = failed(out)
    assert set(told) == {"exit.txt", "hang.txt", "kill-1.txt", "kill-2.txt", "memory.txt"}
    assert "sau 4 giây" in told["hang.txt"]
    assert "mã -9" in told["kill-1.txt"]
    assert "mã 3" in told["exit.txt"]
    assert "hết bộ nhớ" in told["memory.txt"]
    assert len(rows(out, "documents")) == 6
    errors = capsys.readouterr().err
    assert all(name in errors for name in told)
    monkeypatch.undo()
    # Nothing is the matter with them without the harm: the next run reads them, and them alone.
    assert main([str(plans), "--out", str(out)]) == 0
    assert output(out) == fresh(plans, tmp_path / "fresh")


def test_one_process_for_a_handful(tmp_path: Path) -> None:
    few = [str(path) for path in write_inputs(tmp_path, 3)]
    assert jobs_for(few) == 1
    assert jobs_for([]) == 1
    assert jobs_for([f"scan-{number}.pdf" for number in range(1000)]) == len(
        os.sched_getaffinity(0)
    )
    code = (
        "import sys; from pipeline import main; main(sys.argv[1:]);"
        "sys.exit(any(n in sys.modules for n in ('pebble', 'tqdm', 'multiprocessing', 'tempfile')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *few, "--out", str(tmp_path / "out")], cwd=ROOT, check=False
    )
    assert done.returncode == 0


def start(folder: Path, out: Path, *options: str) -> subprocess.Popen[bytes]:
    """The command as a process of its own."""
    arguments = [sys.executable, "pipeline.py", str(folder), "--out", str(out), *options]
    return subprocess.Popen(
        arguments,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def workers_of(parent: int) -> list[psutil.Process]:
    """The processes that read for it: children of the one that they are forked from."""
    try:
        children = psutil.Process(parent).children()
        return [one for child in children for one in child.children()]
    except psutil.NoSuchProcess:
        return []


@pytest.mark.slow
def test_interrupted_and_resumed(tmp_path: Path) -> None:
    """Ctrl-C in the middle: nothing half, no process left, and the rest goes on from there."""
    plans, out = tmp_path / "in", tmp_path / "out"
    write_inputs(plans, 60)
    going = start(plans, out, "--jobs", "2")
    kept = out / ".kehoach"
    end = time.monotonic() + 60
    while time.monotonic() < end and not any(p.stat().st_size for p in kept.rglob("*.segment")):
        time.sleep(0.02)
    workers = workers_of(going.pid)
    os.killpg(going.pid, signal.SIGINT)
    _, errors = going.communicate(timeout=60)
    assert going.returncode == 130, errors
    assert "chạy lại lệnh này" in errors.decode()
    assert b"Traceback" not in errors
    assert output(out) == {}
    psutil.wait_procs(workers, timeout=10)
    assert not any(one.is_running() for one in workers)
    assert any(path.stat().st_size for path in kept.rglob("*.segment"))
    assert command(plans, out) == 0
    assert output(out) == fresh(plans, tmp_path / "fresh")


@pytest.mark.slow
def test_killed_at_any_moment_and_resumed(tmp_path: Path) -> None:
    """kill -9 to the whole run, again and again, each time at another moment."""
    plans, out = tmp_path / "in", tmp_path / "out"
    write_inputs(plans, 60)
    expected = fresh(plans, tmp_path / "fresh")
    chance = random.Random(5)
    killed = 0
    for _ in range(12):
        going = start(plans, out, "--jobs", str(chance.randint(1, 2)))
        try:
            going.wait(timeout=chance.uniform(0.3, 2.5))
        except subprocess.TimeoutExpired:
            going.kill()  # the run alone: its workers must see for themselves that it is gone
            killed += 1
        going.communicate()
        for name, data in output(out).items():
            assert data == expected[name]
    assert command(plans, out) == 0
    assert output(out) == expected
    assert killed > 0


@pytest.mark.slow
def test_workers_killed_from_outside(tmp_path: Path) -> None:
    """Each kill costs one file at most, and that file is named."""
    plans, out = tmp_path / "in", tmp_path / "out"
    write_inputs(plans, 150)
    going = start(plans, out, "--jobs", "2")
    chance = random.Random(3)
    kills = 0
    while going.poll() is None and kills < 8:
        time.sleep(chance.uniform(0.05, 0.4))
        workers = workers_of(going.pid)
        if workers and any((out / ".kehoach").rglob("*.segment")):
            chance.choice(workers).kill()
            kills += 1
    _, errors = going.communicate(timeout=300)
    told = failed(out)
    assert going.returncode == int(bool(told)), errors
    assert len(told) <= kills
    assert all(name.encode() in errors for name in told)
    sources = {row["source_file"] for row in rows(out, "documents")}
    assert sources | set(told) == {path.name for path in plans.iterdir()}
    assert command(plans, out) == 0
    assert output(out) == fresh(plans, tmp_path / "fresh")
