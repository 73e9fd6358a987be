"""Small made plans as files, and what a run over them leaves."""

from __future__ import annotations

import csv
from pathlib import Path

from bench.corpus import make_plan
from pipeline import main
from run.state import FOLDER


def write_inputs(folder: Path, count: int, first: int = 0) -> list[Path]:
    """So many plans of four tasks each; the same numbers give the same plans."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number in range(first, first + count):
        path = folder / f"plan-{number:03d}.txt"
        path.write_text(make_plan(number, tasks=4).text, encoding="utf-8")
        paths.append(path)
    return paths


def command(folder: Path, out: Path, *options: str) -> int:
    """The command on a folder."""
    return main([str(folder), "--out", str(out), *options])


def output(out: Path) -> dict[str, bytes]:
    """Every file of the output with its bytes; the state left aside."""
    files = [path for path in out.rglob("*") if path.is_file()]
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in files
        if path.relative_to(out).parts[0] != FOLDER
    }


def fresh(folder: Path, place: Path) -> dict[str, bytes]:
    """What a run with nothing kept leaves of the folder."""
    command(folder, place)
    return output(place)


def rows(out: Path, table: str) -> list[dict[str, str]]:
    """The rows of one table."""
    with (out / f"{table}.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))
