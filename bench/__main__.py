"""``python -m bench [--check] [FILES]`` measures; ``python -m bench profile [FILE]`` looks inside;
``python -m bench forms [FILES]`` measures each form beside what a user would call instead;
``python -m bench scale [COUNT …]`` runs the command on many made plans, with one and two workers;
``python -m bench corpus FOLDER COUNT`` writes such plans;
``python -m bench growth`` and ``python -m bench fuzz`` try large and broken inputs;
``python -m bench peers`` sends the same plans through what else there is.

Measuring is no verdict: the exit status is 0 unless ``--check`` asks for 1 where a limit is passed.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from bench.caches import kept
from bench.measure import Measured, line
from bench.rows import COLD_ROUNDS, WARM_ROUNDS, Extract, cold, inputs, profile, warm


def main(arguments: Sequence[str] | None = None) -> int:
    """Parse the command line, measure, print; the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] in (["growth"], ["fuzz"], ["peers"]):
        # Each has options of its own; atheris is there only where the extra dev is.
        module = "same_plans" if given[0] == "peers" else given[0]
        status: int = import_module(f"bench.{module}").main(given[1:])
        return status
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("files", nargs="*", help="plans to measure on; first word profile: profile")
    parser.add_argument("--check", action="store_true", help="exit with 1 where a limit is passed")
    parser.add_argument("--rounds", type=int, default=WARM_ROUNDS, help="rounds of each warm row")
    parser.add_argument("--cold-rounds", type=int, default=COLD_ROUNDS, help="of the cold row")
    options = parser.parse_args(arguments)
    names = list(options.files)
    if names[:1] == ["forms"]:
        return _forms([Path(name) for name in names[1:]], options.check)
    if names[:1] == ["scale"]:
        return _scale([int(name) for name in names[1:]], options.check)
    if names[:1] == ["corpus"]:
        from bench.corpus import write_plans

        write_plans(Path(names[1]), int(names[2]))
        return 0
    profiling = names[:1] == ["profile"]
    files = [Path(name) for name in names[profiling:]] or inputs()
    missing = [str(path) for path in files if not path.is_file()]
    if missing:
        parser.error(f"no such file: {', '.join(missing)}")

    from pipeline import extract_file

    if profiling:
        print(profile(files[0], extract_file), end="")
        return 0
    measured = run(files, extract_file, options.rounds, options.cold_rounds)
    return int(options.check and not all(row.holds for row in measured))


def _forms(files: Sequence[Path], check: bool) -> int:
    from bench import forms
    from pipeline import extract_file

    rows = []
    for row in forms.measure(files, extract_file):
        rows.append(row)
        print(forms.line(row), flush=True)
    return int(check and not all(row.holds for row in rows))


def _scale(counts: Sequence[int], check: bool) -> int:
    from bench import scale

    runs = []
    for one in scale.measure(counts or scale.COUNTS):
        runs.append(one)
        print(scale.line(one), flush=True)
    found = scale.checks(runs)
    for row in found:
        print(scale.verdict(row))
    return int(check and not all(row.holds for row in found))


def run(files: Sequence[Path], extract: Extract, rounds: int, cold_rounds: int) -> list[Measured]:
    """Measure and print every row as it comes; the rows.

    A command that fails is told on standard error and counts as a row over its limit.
    """
    measured = []
    for row in warm(files, extract, rounds):
        measured.append(row)
        print(line(row), flush=True)
    for name in kept():
        print(f"note: {name} is an unbounded cache and was not emptied")
    try:
        row = cold(files, cold_rounds)
        print(line(row), flush=True)
    except subprocess.CalledProcessError as error:
        row = Measured("command failed", float("inf"), "", 1.0, 1.0)
        last = (error.stderr or "").strip().rpartition("\n")[2]
        print(f"the command failed with status {error.returncode}: {last}", file=sys.stderr)
    measured.append(row)
    over = sum(not row.holds for row in measured)
    print(f"{len(measured) - over} of {len(measured)} limits hold")
    return measured


if __name__ == "__main__":
    sys.exit(main())
