"""Other machines: the same rows through fsspec addresses and a Dask cluster, and none lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pandas as pd
import psutil
import pytest
from made_inputs import command, rows, write_inputs

import publish.partitions
import publish.write
from pipeline import main
from publish.schema import TABLES

ROOT = Path(__file__).resolve().parents[2]
LOST = "(stimulus_id='handle-worker-cleanup"
"""What the scheduler's log says of a worker that is gone without a word."""


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def same_rows(local: Path, there: str | Path) -> None:
    """Each table of a local run, and its parts, hold the same rows in the same order."""
    for name in TABLES:
        ours = pd.read_parquet(local / f"{name}.parquet")
        theirs = pd.read_parquet(f"{there}/{name}/")
        pd.testing.assert_frame_equal(ours, theirs)


@pytest.mark.slow
def test_addresses_in_and_parts_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publish.write, "_ROWS_AT_ONCE", 4)
    monkeypatch.setattr(publish.write, "GROUP_ROWS", 8)
    monkeypatch.setattr(publish.partitions, "PART_GROUPS", 1)
    plans, out = tmp_path / "in", tmp_path / "out"
    write_inputs(plans, 4)
    (plans / "program.bin").write_bytes(b"\x7fELF\0\0\1")
    (plans / "empty.txt").write_bytes(b"")
    assert command(plans, tmp_path / "local") == 1
    assert main([f"file://{plans}", "--out", f"file://{out}"]) == 1
    same_rows(tmp_path / "local", out)
    parts = sorted((out / "tasks").iterdir())
    assert [part.name for part in parts] == ["part-00000.parquet", "part-00001.parquet"]
    about = json.loads((out / "datapackage.json").read_bytes())
    tasks = next(one for one in about["resources"] if one["name"] == "tasks-parquet")
    assert tasks["path"] == ["tasks/part-00000.parquet", "tasks/part-00001.parquet"]
    assert [part["bytes"] for part in tasks["parts"]] == [part.stat().st_size for part in parts]
    assert sum(part["rows"] for part in tasks["parts"]) == 16
    assert (out / "review.html").is_file()
    # A rerun over fewer inputs replaces all of it; what is not ours stays.
    (out / "tasks" / "mine.txt").write_text("của tôi")
    for path in (plans / "plan-003.txt", plans / "plan-002.txt", plans / "empty.txt"):
        path.unlink()
    command(plans, tmp_path / "local")
    assert main([f"file://{plans}/*.txt", "--out", f"file://{out}", "--no-review"]) == 0
    assert sorted(path.name for path in (out / "tasks").iterdir()) == ["mine.txt", parts[0].name]
    (out / "tasks" / "mine.txt").unlink()
    same_rows(tmp_path / "local", out)
    assert not (out / "review.html").exists()


def test_what_cannot_be_reached_is_told_before_anything_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    plans, out = tmp_path / "in", tmp_path / "out"
    write_inputs(plans, 1)
    asked: list[tuple[list[str], str]] = [
        ([f"file://{tmp_path}/none"], "không có tệp nào để đọc"),
        (["nowhere://plans/"], "địa chỉ không dùng được"),
        ([str(plans), "--scheduler", "tcp://127.0.0.1:9", "--jobs", "2"], "--jobs"),
    ]
    for arguments, told in asked:
        assert main([*arguments, "--out", str(out)]) == 2
        assert told in capsys.readouterr().err
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "run.cluster", raising=False)
    for arguments in ([f"file://{plans}"], [str(plans), "--scheduler", "tcp://127.0.0.1:9"]):
        assert main([*arguments, "--out", str(out)]) == 2
        assert "pip install 'kehoach[cluster]'" in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.slow
def test_a_scheduler_that_does_not_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import run.cluster

    monkeypatch.setattr(run.cluster, "_SECONDS", 1)
    write_inputs(tmp_path / "in", 1)
    arguments = [str(tmp_path / "in"), "--scheduler", "tcp://127.0.0.1:9"]
    assert main([*arguments, "--out", str(tmp_path / "out")]) == 2
    assert "không nối được" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@contextmanager
def process(*arguments: str, log: Path, env: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A process of our own that ends with the test."""
    with log.open("wb") as stream:
        going = subprocess.Popen(
            [sys.executable, *arguments], cwd=ROOT, env=env, stdout=stream, stderr=stream
        )
        try:
            yield going
        finally:
            going.terminate()
            try:
                going.wait(timeout=20)
            except subprocess.TimeoutExpired:
                going.kill()
                going.wait()


def wait_for(what: Callable[[], Any], seconds: float = 120) -> Any:
    """What this gives as soon as it gives something."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := what():
            return found
        time.sleep(0.05)
    raise AssertionError("waited for too long")


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A bucket on an S3 server of our own."""
    import fsspec
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    fsspec.filesystem("s3", skip_instance_cache=True).mkdir("plans")
    yield "s3://plans"
    server.stop()


@pytest.mark.slow
def test_a_worker_killed_and_a_poisonous_file(tmp_path: Path, bucket: str) -> None:
    """16 plans and one that kills whoever reads it, three workers, one of them killed from outside
    while it reads: all rows there but the poison's, which is named."""
    import fsspec
    from distributed import Client

    plans = tmp_path / "in"
    paths = write_inputs(plans, 16)
    (plans / "kill.txt").write_bytes(paths[0].read_bytes())
    fsspec.filesystem("s3").put(str(plans) + "/", f"{bucket}/in/", recursive=True)
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests" / "run")])}
    env["DASK_DISTRIBUTED__LOGGING__DISTRIBUTED"] = "info"
    file = tmp_path / "scheduler.json"
    dask = ("-m", "distributed.cli.dask_scheduler")
    with ExitStack() as stack:

        def begin(name: str, *arguments: str) -> subprocess.Popen[bytes]:
            log = tmp_path / f"{name}.log"
            return stack.enter_context(process(*arguments, log=log, env=env))

        where = ("--scheduler-file", str(file))
        begin("scheduler", *dask, "--host", "127.0.0.1", "--port", "0", "--no-dashboard", *where)
        worker = ("-m", "distributed.cli.dask_worker", *where, "--nthreads", "1")
        options = ("--no-dashboard", "--preload", "poison_preload")
        workers = [begin(f"worker-{number}", *worker, *options) for number in range(3)]
        wait_for(file.exists)
        scheduler = str(msgspec.json.decode(wait_for(file.read_bytes))["address"])
        client = stack.enter_context(Client(scheduler, set_as_default=False))
        client.wait_for_workers(3, timeout=120)
        pids = client.run(os.getpid)
        arguments = ["pipeline.py", f"{bucket}/in", "--out", f"{bucket}/out"]
        going = begin("command", *arguments, "--scheduler", scheduler)
        log, kept = tmp_path / "scheduler.log", tmp_path / "cache"
        # The poison is given out first and put back; then one is killed that reads a sound plan.
        wait_for(lambda: log.read_text().count(LOST))
        wait_for(lambda: any(p.stat().st_size for p in kept.rglob("*.segment")))
        victim = next(one for one, tasks in client.processing().items() if tasks and one in pids)
        assert going.poll() is None
        psutil.Process(pids[victim]).kill()
        assert going.wait(timeout=200) == 1, (tmp_path / "command.log").read_text()
        assert log.read_text().count(LOST) == 3  # the kill, and two tries of the poison
        for one in workers:
            one.terminate()
    told = (tmp_path / "command.log").read_text()
    assert "Lỗi: s3://plans/in/kill.txt: tiến trình đọc tệp này bị dừng cả hai lần thử" in told
    assert told.count("Lỗi:") == 1
    # The local run of the same plans, with the poison as what it was: a file that gave nothing.
    (plans / "kill.txt").unlink()
    assert command(plans, tmp_path / "local") == 0
    findings = pd.read_parquet(f"{bucket}/out/findings/")
    failed = findings[findings.code == "input.failed"]
    assert list(failed.source_file) == ["kill.txt"]
    for name in TABLES:
        ours = pd.read_parquet(tmp_path / "local" / f"{name}.parquet")
        theirs = pd.read_parquet(f"{bucket}/out/{name}/")
        if name == "findings":
            theirs = theirs[theirs.code != "input.failed"].reset_index(drop=True)
            theirs = theirs.astype(ours.dtypes.to_dict())  # whole numbers with a gap are floats
        pd.testing.assert_frame_equal(ours, theirs)
    assert len(rows(tmp_path / "local", "documents")) == 16
    assert fsspec.filesystem("s3").exists(f"{bucket}/out/datapackage.json")
