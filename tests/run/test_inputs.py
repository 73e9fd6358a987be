"""Which files a call names and what they are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from run.inputs import UsageError, find_inputs, shortest_names


def test_names_of_inputs() -> None:
    paths = [Path("/a/x/plan.txt"), Path("/a/y/plan.txt"), Path("/a/y/other.txt")]
    assert shortest_names(paths) == ["x/plan.txt", "y/plan.txt", "other.txt"]


def test_a_name_that_ends_another() -> None:
    """A path that another ends with is told from it by its root."""
    paths = [Path("/plan.txt"), Path("/b/plan.txt"), Path("/c/b/plan.txt")]
    assert shortest_names(paths) == ["/plan.txt", "/b/plan.txt", "c/b/plan.txt"]


def test_many_names_take_no_longer_each() -> None:
    """Names are found by counting tails: twenty thousand take a moment, not minutes."""
    paths = [Path(f"/{n % 100}/{n // 100}/plan.txt") for n in range(20_000)]
    names = shortest_names(paths)
    assert names[:2] == ["0/0/plan.txt", "1/0/plan.txt"]
    assert len(set(names)) == len(paths)


def test_inputs_go_by_name(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "x/a.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("KẾ HOẠCH")
    (tmp_path / "clip.bin").write_bytes(b"\x7fELF" + bytes(200))
    found, others = find_inputs([str(tmp_path / "x"), str(tmp_path), str(tmp_path / "a.txt")])
    base = tmp_path.name
    assert [one.name for one in found] == ["b.txt", f"{base}/a.txt", "x/a.txt"]
    assert [path.name for path in others] == ["clip.bin"]


def test_nothing_to_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="không có tệp nào"):
        find_inputs([str(tmp_path)])
