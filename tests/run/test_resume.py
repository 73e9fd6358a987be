"""A run goes on where the last one stopped, and leaves what a fresh run leaves."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from made_inputs import command, fresh, output, rows, write_inputs

import run.reading as reading
from normalize.records import Plan
from pipeline import extract_file
from run.one import Done, Failed, finish, unpack_result, unpack_text
from run.state import FOLDER, Ref, SegmentWriter, State


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    write_inputs(tmp_path / "in", 6)
    return tmp_path / "in"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read, as they are read."""
    names: list[str] = []

    def seen(address: str) -> Done | Failed:
        names.append(Path(address).name)
        return finish(address)

    monkeypatch.setattr(reading, "finish", seen)
    return names


def test_nothing_new_reads_and_writes_nothing(plans: Path, tmp_path: Path, read: list[str]) -> None:
    out = tmp_path / "out"
    assert command(plans, out) == 0
    first = {path: path.stat().st_mtime_ns for path in out.iterdir() if path.is_file()}
    assert len(read) == 6
    assert command(plans, out) == 0
    assert len(read) == 6
    assert {p: p.stat().st_mtime_ns for p in out.iterdir() if p.is_file()} == first


def test_only_what_is_new_or_changed_is_read(plans: Path, tmp_path: Path, read: list[str]) -> None:
    out = tmp_path / "out"
    command(plans, out)
    read.clear()
    write_inputs(plans, 2, first=50)
    changed = plans / "plan-002.txt"
    changed.write_text(changed.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    command(plans, out)
    assert sorted(read) == ["plan-002.txt", "plan-050.txt", "plan-051.txt"]
    assert output(out) == fresh(plans, tmp_path / "fresh")


def test_removed_inputs_disappear(plans: Path, tmp_path: Path, read: list[str]) -> None:
    out = tmp_path / "out"
    command(plans, out)
    (plans / "plan-000.txt").unlink()
    read.clear()
    command(plans, out)
    assert read == []
    assert {row["source_file"] for row in rows(out, "documents")} == {
        f"plan-00{number}.txt" for number in range(1, 6)
    }
    assert output(out) == fresh(plans, tmp_path / "fresh")


def test_renamed_inputs_are_not_read_again(plans: Path, tmp_path: Path, read: list[str]) -> None:
    """A new name changes the order, and the shortest tails of others, and nothing else."""
    out = tmp_path / "out"
    command(plans, out)
    (plans / "plan-000.txt").rename(plans / "z.txt")
    more = plans / "more"
    write_inputs(more, 1, first=3)  # the same plan under a name that another input has
    read.clear()
    inputs = [str(plans), str(more), "--out", str(out)]
    from pipeline import main

    assert main(inputs) == 0
    assert read == []
    names = [row["source_file"] for row in rows(out, "documents")]
    assert names == sorted(names)
    assert {"z.txt", "in/plan-003.txt", "more/plan-003.txt"} <= set(names)
    assert "document.duplicate" in {row["code"] for row in rows(out, "findings")}
    assert main([*inputs[:2], "--out", str(tmp_path / "fresh")]) == 0
    assert output(out) == output(tmp_path / "fresh")


def test_fresh_reads_all_again(plans: Path, tmp_path: Path, read: list[str]) -> None:
    out = tmp_path / "out"
    command(plans, out)
    before = output(out)
    command(plans, out, "--fresh")
    assert len(read) == 12
    assert output(out) == before


def test_a_failed_input_is_tried_again(plans: Path, tmp_path: Path, read: list[str]) -> None:
    out = tmp_path / "out"
    broken = plans / "broken.txt"
    broken.write_bytes(b"K\xff ho\xff")
    assert command(plans, out) == 1
    read.clear()
    assert command(plans, out) == 1
    assert read == ["broken.txt"]
    broken.unlink()
    write_inputs(plans, 1, first=60)
    (plans / "plan-060.txt").rename(broken)
    assert command(plans, out) == 0
    assert output(out) == fresh(plans, tmp_path / "fresh")


def test_damaged_output_is_written_again(plans: Path, tmp_path: Path, read: list[str]) -> None:
    out = tmp_path / "out"
    command(plans, out)
    before = output(out)
    (out / "tasks.csv").write_bytes(b"")
    (out / "periods.parquet").unlink()
    read.clear()
    command(plans, out)
    assert read == []
    assert output(out) == before


def test_another_program_throws_results_away(tmp_path: Path) -> None:
    writer = SegmentWriter(State(tmp_path, "one").results)
    writer.append("ab" * 32, b"result", b"text")
    assert set(State(tmp_path, "one").refs) == {"ab" * 32}
    assert State(tmp_path, "two").refs == {}
    assert [path.name for path in tmp_path.iterdir()] == ["results-two"]


RECORDS = [("ab" * 32, b"one" * 50, b"text"), ("cd" * 32, b"", b""), ("ef" * 32, b"3", b"third")]


def test_a_segment_cut_anywhere_keeps_its_whole_records(tmp_path: Path) -> None:
    writer = SegmentWriter(State(tmp_path, "k").results)
    ends = []
    for record in RECORDS:
        writer.append(*record)
        ends.append(writer.path.stat().st_size)
    writer.close()
    data = writer.path.read_bytes()
    for cut in range(len(data) + 1):
        writer.path.write_bytes(data[:cut])
        whole = sum(end <= cut for end in ends)
        assert list(State(tmp_path, "k").refs) == [record[0] for record in RECORDS[:whole]], cut


def test_a_damaged_record_is_not_believed(tmp_path: Path) -> None:
    writer = SegmentWriter(State(tmp_path, "k").results)
    for record in RECORDS:
        writer.append(*record)
    data = bytearray(writer.path.read_bytes())
    for at in range(len(data)):
        damaged = bytearray(data)
        damaged[at] ^= 0x10
        writer.path.write_bytes(damaged)
        state = State(tmp_path, "k")
        for ref in state.refs.values():
            found = (ref.sha256, state.result(ref), state.text(ref))
            assert found in RECORDS, at
        state.close()


def test_results_of_little_use_are_thrown_out(tmp_path: Path) -> None:
    state = State(tmp_path, "k")
    refs: list[Ref] = []
    for number in range(40):  # a segment each, as forty workers would leave
        writer = SegmentWriter(state.results)
        refs.append(writer.append(f"{number:064x}", b"r%d" % number, b"t%d" % number))
        writer.close()
    state.tidy(refs[10:20])
    assert len(list(state.results.iterdir())) == 1
    after = State(tmp_path, "k")
    assert list(after.refs) == [ref.sha256 for ref in refs[10:20]]
    assert [after.text(ref) for ref in after.refs.values()] == [b"t%d" % n for n in range(10, 20)]


def test_a_compaction_that_was_cut_off_costs_nothing(tmp_path: Path) -> None:
    writer = SegmentWriter(State(tmp_path, "k").results)
    writer.append(*RECORDS[0])
    (writer.path.parent / "9-9.unready").write_bytes(b"half")
    assert list(State(tmp_path, "k").refs) == [RECORDS[0][0]]
    assert [path.name for path in writer.path.parent.iterdir()] == [writer.path.name]


def test_two_runs_at_once(plans: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import fcntl

    out = tmp_path / "out"
    (out / FOLDER).mkdir(parents=True)
    with (out / FOLDER / "lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert command(plans, out) == 2
        assert "một lần chạy khác" in capsys.readouterr().err
        assert output(out) == {}
    assert command(plans, out) == 0


def test_a_result_is_the_plan_and_its_text(plans: Path) -> None:
    path = plans / "plan-001.txt"
    done = finish(str(path))
    assert isinstance(done, Done)
    found: Plan = unpack_result(done.result).plan
    assert found == extract_file(path)
    assert unpack_text(done.text) == path.read_text(encoding="utf-8")


def test_an_error_of_the_program_costs_one_file(
    plans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import run.one

    records = run.one.records

    def trip(source: object) -> Plan:
        if getattr(source, "name", "") == "plan-003.txt":
            raise IndexError("no such column")
        return records(source)  # type: ignore[arg-type]

    monkeypatch.setattr(run.one, "records", trip)
    out = tmp_path / "out"
    assert command(plans, out) == 1
    (row,) = [row for row in rows(out, "findings") if row["code"] == "input.failed"]
    assert row["source_file"] == "plan-003.txt"
    assert "IndexError: no such column; test_resume.py:" in row["message"]
    assert len(rows(out, "documents")) == 5


def test_a_pipe_is_read_as_it_comes(plans: Path, tmp_path: Path) -> None:
    import threading

    from pipeline import main

    data = (plans / "plan-001.txt").read_bytes()
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    out = tmp_path / "out"
    for _ in range(2):  # the second time there is a state to look things up in
        feeder = threading.Thread(target=pipe.write_bytes, args=(data,))
        feeder.start()
        assert main([str(pipe), "--out", str(out)]) == 0
        feeder.join()
        assert [row["source_file"] for row in rows(out, "documents")] == ["pipe"]


def test_a_file_that_changes_while_it_is_read(
    plans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Read again when it is whole; given up, and named, where it never is."""
    import extract.readers as readers

    path = plans / "plan-001.txt"
    whole = path.read_bytes()
    stat = os.fstat
    calls = 0

    def grow(handle: int) -> os.stat_result:
        nonlocal calls
        calls += 1
        if calls % 2 == 0 and calls <= changes * 2:
            with path.open("ab") as file:
                file.write(b"\n")
        return stat(handle)

    monkeypatch.setattr(os, "fstat", grow)
    changes = 1
    assert readers.file_bytes(path) == whole + b"\n"
    calls, changes = 0, 99
    with pytest.raises(readers.InputError, match="đang bị ghi"):
        readers.file_bytes(path)
