"""Timing two things in turn, so that a slow moment of the machine meets both."""

from __future__ import annotations

import gc
import os
import statistics
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

import msgspec


class Measured(msgspec.Struct, frozen=True):
    """Two medians in seconds, of the thing measured and of its yardstick, and the limit."""

    name: str
    seconds: float
    yardstick: str
    yardstick_seconds: float
    limit: float

    @property
    def ratio(self) -> float:
        """How many times the yardstick the thing takes."""
        return self.seconds / self.yardstick_seconds

    @property
    def holds(self) -> bool:
        """Whether the ratio is within the limit."""
        return self.ratio <= self.limit


def no_step() -> None:
    """Nothing to do before a run."""


def alternate(
    thing: Callable[[], Any],
    yardstick: Callable[[], Any],
    rounds: int,
    before: Callable[[], Any] = no_step,
) -> tuple[float, float]:
    """Median seconds of the thing and of its yardstick over so many rounds, one after the other.

    ``before`` runs before each run of the thing and is not counted, nor is one first round of
    both that warms them. Garbage is collected outside the clock; the collector stays on inside.
    """
    before()
    thing()
    yardstick()
    things, yardsticks = [], []
    for _ in range(rounds):
        before()
        things.append(_seconds(thing))
        yardsticks.append(_seconds(yardstick))
    return statistics.median(things), statistics.median(yardsticks)


def _seconds(run: Callable[[], Any]) -> float:
    gc.collect()
    start = perf_counter()
    run()
    return perf_counter() - start


def command(arguments: Sequence[str], folder: Path) -> Callable[[], None]:
    """A run of a command in that folder, its output thrown away.

    Raises CalledProcessError, its last words of standard error in ``stderr``, where it fails.
    """

    def run() -> None:
        subprocess.run(
            arguments,
            cwd=folder,
            # A user's second run finds the bytecode that the first one left.
            env={k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"},
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )

    return run


def line(row: Measured) -> str:
    """The measurement as one line, figures first so that lines align."""
    return (
        f"{row.seconds * 1000:9.2f} ms / {row.yardstick_seconds * 1000:8.2f} ms "
        f"= {row.ratio:6.2f} ×  limit {row.limit:<4g} {'holds' if row.holds else 'OVER '}  "
        f"{row.name} / {row.yardstick}"
    )
