"""``python -m bench peers [--plans N] [--python PATH]``: the same plans through what else there is.

Made plans in HTML go, in one run and in turn, through this project (to tables), markitdown (to
Markdown only), ``pandas.read_html`` (their tables only) and underthesea's word segmentation (their
text only). Each runs in a process of its own; its start and one first plan are not counted. What
comes out is held against the truth that the plans were made from.
"""

from __future__ import annotations

import argparse
import html
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from bench.corpus import MadePlan, make_plan
from bench.mutate import ROOT

PEERS = ("ours", "markitdown", "read_html", "underthesea")
_CHILD = Path(__file__).with_name("peer_child.py")
_ROUNDS = 3
_INSTALL = (
    "{} is not installed. In an environment of its own: python -m venv peers && "
    "peers/bin/pip install --require-hashes -r bench/peers.lock; "
    "then: python -m bench peers --python peers/bin/python"
)


class PeerRow(msgspec.Struct, frozen=True):
    """One peer: its version, median seconds for all plans, and counts of what it gave."""

    name: str
    version: str
    seconds: float
    out: dict[str, int]


def main(arguments: Sequence[str]) -> int:
    """Measure and print; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench peers", description=__doc__)
    parser.add_argument("--plans", type=int, default=100, help="how many made plans")
    parser.add_argument("--python", default=sys.executable, help="interpreter that has markitdown")
    options = parser.parse_args(arguments)
    plans = list(html_plans(options.plans))
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for number, plan in enumerate(plans):
            (folder / f"plan-{number:05d}.html").write_text(page(plan), encoding="utf-8")
        size = sum(path.stat().st_size for path in folder.iterdir())
        tasks = sum(len(plan.tasks) for plan in plans)
        print(f"{len(plans)} plans, {size / 1e6:.2f} MB, {tasks} tasks in them")
        for row in measure(folder, options.python):
            print(line(row, len(plans), size), flush=True)
    return 0


def html_plans(count: int) -> Iterator[MadePlan]:
    """The first so many plans of the corpus whose table is HTML."""
    number = 0
    while count:
        plan = make_plan(number)
        number += 1
        if plan.style == "html":
            count -= 1
            yield plan


def page(plan: MadePlan) -> str:
    """The plan as a web page: its table as it stands, every other line a paragraph."""
    lines = [
        text if text.startswith("<") else f"<p>{html.escape(text)}</p>"
        for text in plan.text.split("\n")
        if text
    ]
    made = "\n".join(lines)
    return f'<!doctype html><html><head><meta charset="utf-8"></head><body>\n{made}\n</body></html>'


def measure(folder: Path, python: str) -> Iterator[PeerRow]:
    """Every peer in turn, so many rounds; one that is not installed is said to be so."""
    told: dict[str, list[dict[str, Any]]] = {}
    missing: set[str] = set()
    for _ in range(_ROUNDS):
        for name in PEERS:
            if name in missing:
                continue
            done = subprocess.run(
                [
                    python if name == "markitdown" else sys.executable,
                    str(_CHILD),
                    name,
                    str(folder),
                ],
                capture_output=True,
                text=True,
                env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
            )
            if done.returncode:
                last = done.stderr.strip().rpartition("\n")[2]
                print(_INSTALL.format(name) if "ModuleNotFoundError" in last else last)
                missing.add(name)
                continue
            told.setdefault(name, []).append(json.loads(done.stdout))
    for name, rounds in told.items():
        seconds = sorted(one["seconds"] for one in rounds)[len(rounds) // 2]
        yield PeerRow(name, rounds[0]["version"], seconds, rounds[0]["out"])


def line(row: PeerRow, plans: int, size: int) -> str:
    """The measurement as one line."""
    got = ", ".join(f"{count:,} {what}" for what, count in row.out.items())
    return (
        f"{row.name:12} {row.version:9} {row.seconds * 1000 / plans:8.2f} ms a plan "
        f"{size / 1e6 / row.seconds:7.2f} MB/s  gives {got}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
