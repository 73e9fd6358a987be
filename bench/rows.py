"""What is measured: a plan's extraction in a warm process, and the cold command."""

from __future__ import annotations

import cProfile
import io
import os
import pstats
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import regex

from bench.caches import forget_values
from bench.measure import Measured, alternate, command, no_step

ROOT = Path(__file__).resolve().parent.parent
TOKEN = r"\d+(?:[./-]\d+)*|\p{L}+|\S"
WARM_LIMIT = 10.0
COLD_LIMIT = 2.5
WARM_ROUNDS = 15
COLD_ROUNDS = 7

Extract = Callable[[Path], Any]


def inputs() -> list[Path]:
    """The plans to measure on: ``$PLAN_SEEDS``, else ``../shared/seeds``, else ``data/raw``.

    Raises FileNotFoundError where none of them holds a text.
    """
    named = os.environ.get("PLAN_SEEDS")
    folders = [Path(named)] if named else [ROOT.parent / "shared" / "seeds"]
    folders.append(ROOT / "data" / "raw")
    for folder in folders:
        files = sorted(folder.glob("*.txt"))
        if files:
            return files
    raise FileNotFoundError(
        f"no *.txt in {' or '.join(map(str, folders))}; name the files to measure on"
    )


def warm(files: Sequence[Path], extract: Extract, rounds: int) -> Iterator[Measured]:
    """Each plan's full extraction against one token pass over the same text (UTF-8), three ways.

    "new plan": the process has read other plans (the samples and the other files), not this one;
    "no values": every value cache is empty, as after nothing but the imports; "known plan": the
    same plan once more.
    """
    token = regex.compile(TOKEN)
    samples = sorted((ROOT / "data" / "raw").glob("*.txt"))
    for path in files:
        text = path.read_text(encoding="utf-8-sig")
        others = [other for other in {*samples, *files} if other.resolve() != path.resolve()]
        ways = (
            ("new plan", partial(_read_others, others, extract)),
            ("no values", forget_values),
            ("known plan", no_step),
        )
        for way, before in ways:
            seconds, yardstick = alternate(
                partial(extract, path),
                partial(token.findall, text),
                rounds,
                before,
            )
            name = f"extract {path.name}, {way}"
            yield Measured(name, seconds, "token pass", yardstick, WARM_LIMIT)


def _read_others(others: Sequence[Path], extract: Extract) -> None:
    """Forgets every value, then reads the other plans: a warm process that meets a new one."""
    forget_values()
    for other in others:
        extract(other)


def cold(files: Sequence[Path], rounds: int, root: Path = ROOT) -> Measured:
    """The command on all files in a new process against the import of pyarrow.parquet in one."""
    with tempfile.TemporaryDirectory() as out:
        names = [str(path.resolve()) for path in files]
        seconds, yardstick = alternate(
            command([sys.executable, "pipeline.py", *names, "--out", out], root),
            command([sys.executable, "-c", "import pyarrow.parquet"], root),
            rounds,
        )
    name = f"command, {len(files)} file{'' if len(files) == 1 else 's'}, new process"
    return Measured(name, seconds, "import pyarrow.parquet", yardstick, COLD_LIMIT)


def profile(path: Path, extract: Extract, count: int = 30) -> str:
    """Where the time goes in one extraction, warm process and no values: a cProfile listing."""
    extract(path)
    forget_values()
    profiler = cProfile.Profile()
    profiler.runcall(extract, path)
    text = io.StringIO()
    pstats.Stats(profiler, stream=text).strip_dirs().sort_stats("tottime").print_stats(count)
    return text.getvalue()
