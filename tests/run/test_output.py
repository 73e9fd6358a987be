"""An output that cannot be written: earlier files stay, the run says so, and can go on later."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest
from made_inputs import command, fresh, output, write_inputs

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_full_disk(tmp_path: Path, jobs: str) -> None:
    plans, out = tmp_path / "in", tmp_path / "out"
    write_inputs(plans, 2)
    assert command(plans, out) == 0
    before = output(out)
    write_inputs(plans, 12)

    def no_room() -> None:
        """No file may grow beyond what two plans need."""
        resource.setrlimit(resource.RLIMIT_FSIZE, (25_000, 25_000))

    done = subprocess.run(
        [sys.executable, "pipeline.py", str(plans), "--out", str(out), "--jobs", jobs],
        cwd=ROOT,
        preexec_fn=no_room,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert "không ghi được" in done.stderr
    assert "Dọn chỗ" in done.stderr
    assert "Traceback" not in done.stderr
    assert output(out) == before
    assert command(plans, out) == 0
    assert output(out) == fresh(plans, tmp_path / "fresh")


def test_a_folder_that_cannot_be_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_inputs(tmp_path / "in", 1)
    assert command(tmp_path / "in", Path("/proc/nowhere/out")) == 2
    assert "chọn thư mục khác bằng --out" in capsys.readouterr().err


def test_a_file_in_place_of_the_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_inputs(tmp_path / "in", 1)
    (tmp_path / "out").write_text("mine")
    assert command(tmp_path / "in", tmp_path / "out") == 2
    assert "là tệp. Chọn thư mục khác" in capsys.readouterr().err
    assert (tmp_path / "out").read_text() == "mine"
