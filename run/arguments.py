"""The command line."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from run.inputs import is_address

OUT = Path("data/out")
SECONDS = 600.0
MEGABYTES = 4096
DIFF_OUT = OUT / "diff"


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The options of a call; ends the process with status 2 where they are wrong."""
    parser = argparse.ArgumentParser(
        prog="pipeline.py",
        description="Vietnamese government plans (Kế hoạch) into Parquet and CSV tables.",
        epilog="pipeline.py diff OLD NEW compares two plans, or two output folders, task by task.",
    )
    parser.add_argument(
        "paths", nargs="+", metavar="PATH", help="plan files, folders of them, or fsspec addresses"
    )
    parser.add_argument(
        "--out",
        type=lambda text: text if is_address(text) else Path(text),
        default=OUT,
        metavar="DIR",
        help=f"a folder, or an fsspec address such as s3://bucket/plans; default: {OUT}",
    )
    parser.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="read on the Dask cluster behind this scheduler (tcp://HOST:8786)",
    )
    parser.add_argument(
        "--fresh", action="store_true", help="read every input again, whatever earlier runs kept"
    )
    parser.add_argument(
        "--jobs",
        type=_at_least(int, 1),
        metavar="N",
        help="processes that read; default: as many as cores where it pays, 1 for a handful",
    )
    parser.add_argument(
        "--timeout",
        type=_at_least(float, 0),
        metavar="SECONDS",
        help=f"most for one file in a reading process, 0 for any; default: {SECONDS:g}",
    )
    parser.add_argument(
        "--memory",
        type=_at_least(int, 0),
        metavar="MB",
        help=f"most for one file in a reading process, 0 for any; default: {MEGABYTES}",
    )
    parser.add_argument(
        "--log-progress",
        action="store_true",
        help="tell on standard error every ten seconds how far the run is, terminal or not",
    )
    parser.add_argument(
        "--review",
        action=argparse.BooleanOptionalAction,
        help="write review.html, a page to look at the run (default: up to 1 000 documents)",
    )
    parser.add_argument(
        "--xlsx", action="store_true", help="also write all tables as one workbook (workbook.xlsx)"
    )
    parser.add_argument(
        "--calendar",
        action="store_true",
        help="also write deadlines.ics for each lead agency (folder calendar)",
    )
    parser.add_argument(
        "--to",
        action="append",
        default=[],
        metavar="DATABASE",
        help="also load the tables into duckdb:FILE or postgresql://…; may be given several times",
    )
    return parser.parse_args(arguments)


class _at_least:  # noqa: N801 (reads as a function)
    """A number that is no smaller than the least."""

    def __init__(self, kind: type[int] | type[float], least: float) -> None:
        self.kind = kind
        self.least = least

    def __call__(self, text: str) -> float:
        number = self.kind(text)
        if not number >= self.least:
            raise argparse.ArgumentTypeError(f"{text} is less than {self.least:g}")
        return number

    @property
    def __name__(self) -> str:
        return "whole number" if self.kind is int else "number"


def parse_diff(arguments: Sequence[str]) -> argparse.Namespace:
    """The options of ``diff``; ends the process with status 2 where they are wrong."""
    parser = argparse.ArgumentParser(
        prog="pipeline.py diff", description="What changed from one plan to another, task by task."
    )
    parser.add_argument("old", type=Path, metavar="OLD", help="a plan, or a folder of tables")
    parser.add_argument("new", type=Path, metavar="NEW", help="a plan, or a folder of tables")
    parser.add_argument(
        "--out", type=Path, default=DIFF_OUT, metavar="DIR", help=f"default: {DIFF_OUT}"
    )
    return parser.parse_args(arguments)
