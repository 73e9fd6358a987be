"""The command line."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

OUT = Path("data/out")


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The options of a call; ends the process with status 2 where they are wrong."""
    parser = argparse.ArgumentParser(
        prog="pipeline.py",
        description="Vietnamese government plans (Kế hoạch) into Parquet and CSV tables.",
    )
    parser.add_argument("paths", nargs="+", metavar="PATH", help="plan files, or folders of them")
    parser.add_argument("--out", type=Path, default=OUT, metavar="DIR", help=f"default: {OUT}")
    parser.add_argument(
        "--fresh", action="store_true", help="read every input again, whatever earlier runs kept"
    )
    return parser.parse_args(arguments)
