"""``pipeline.py diff OLD NEW``: two output folders, or two plans, task by task."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from extract.readers import InputError
from publish.diff import Side, compare, report, side_of_folder, side_of_plan, write_changes
from publish.finished import FinishedError
from publish.folder import OutputError, staged
from run.arguments import parse_diff
from run.one import extract_file
from run.say import say


def diff(arguments: Sequence[str]) -> int:
    """The command. 0: compared, whether or not anything differs; 2: it could not be."""
    options = parse_diff(arguments)
    try:
        found = compare(_side(options.old), _side(options.new))
        with staged(options.out, options.out / ".writing") as folder:
            write_changes(found.changes, folder)
    except (FinishedError, InputError, OutputError) as error:
        print(f"Lỗi: {error}", file=sys.stderr)
        return 2
    say(report(found))
    say(f"written to    {options.out}")
    return 0


def _side(path: Path) -> Side:
    return side_of_folder(path) if path.is_dir() else side_of_plan(extract_file(path))
