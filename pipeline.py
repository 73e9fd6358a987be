"""Plans in, tables out: ``python pipeline.py data/raw/*.txt``.

read → extract → normalize → publish: this module is the map of the house.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from extract import extract_documents
from extract.readers import InputError, is_readable, read
from normalize.assemble import Input, assemble
from normalize.collect import distinct_documents, failed_input

if TYPE_CHECKING:
    from normalize.records import Plan

OUT = Path("data/out")


class UsageError(Exception):
    """A call that cannot be carried out: no such file, nothing to read."""


def extract_file(path: str | Path, name: str | None = None) -> Plan:
    """All records of one plan, as the command writes them.

    ``name`` is the file's name in the tables (its own name by default). Raises
    :class:`extract.readers.InputError` for a file that cannot be read.
    """
    source = read(Path(path), name)
    about = Input(source.name, source.sha256, source.format, source.view, source.place)
    return assemble(extract_documents(source), about)


def source_text(path: str | Path) -> str:
    """The text that every ``char_start``/``char_end`` of this file's rows indexes.

    The file's own text where it has one, else what its reader wrote (Word, PDF, scan, sheet, old
    encoding). Raises :class:`extract.readers.InputError` for a file that cannot be read.
    """
    return read(Path(path)).text


def extract_files(paths: Sequence[Path]) -> tuple[list[Plan], list[InputError]]:
    """The records of several files in the order of their names in the tables, and what failed.

    A file that cannot be read gives a plan that holds nothing but its finding; the others go on.
    """
    named = sorted(zip(shortest_names(paths), paths, strict=True))
    plans: list[Plan] = []
    failures: list[InputError] = []
    for name, path in _progress(named):
        try:
            plans.append(extract_file(path, name))
        except InputError as error:
            failures.append(error)
            plans.append(failed_input(name, error.problem, error.remedy))
    return distinct_documents(plans), failures


def shortest_names(paths: Sequence[Path]) -> list[str]:
    """For each path the shortest tail that tells it from the others: "a/plan.txt", "b/plan.txt"."""
    parts = [path.resolve().parts for path in paths]
    names = []
    for own in parts:
        others = [other for other in parts if other != own]
        length = 1
        while length < len(own) and any(other[-length:] == own[-length:] for other in others):
            length += 1
        names.append("/".join(own[-length:]))
    return names


def inputs(arguments: Sequence[str]) -> tuple[list[Path], list[Path]]:
    """The files that the arguments name, and those of a folder that no reader takes.

    An argument is a file, a pattern, or a folder, which means every readable file in it. Raises
    UsageError for a path that is missing and for a call that names nothing to read.
    """
    paths: list[Path] = []
    others: list[Path] = []
    for argument in arguments:
        path = Path(argument)
        if path.is_dir():
            found = sorted(p for p in path.iterdir() if p.is_file() and p.name[0] not in ".~")
            others += [p for p in found if not is_readable(p)]
            found = [p for p in found if p not in others]
        elif path.exists():
            found = [path]
        else:
            found = sorted(Path().glob(argument)) if not path.is_absolute() else []
        if not found:
            raise UsageError(f"{argument}: không có tệp nào để đọc. Kiểm tra lại đường dẫn")
        paths.extend(found)
    return list({path.resolve(): path for path in paths}.values()), others


def main(arguments: Sequence[str] | None = None) -> int:
    """The command. 0: all inputs done; 1: an input failed; 2: wrong usage."""
    parser = argparse.ArgumentParser(
        prog="pipeline.py",
        description="Vietnamese government plans (Kế hoạch) into Parquet and CSV tables.",
    )
    parser.add_argument("paths", nargs="+", metavar="PATH", help="plan files, or folders of them")
    parser.add_argument("--out", type=Path, default=OUT, metavar="DIR", help=f"default: {OUT}")
    options = parser.parse_args(arguments)
    try:
        paths, others = inputs(options.paths)
    except UsageError as error:
        print(f"Lỗi: {error}", file=sys.stderr)
        return 2

    from publish.datapackage import NAME, datapackage
    from publish.summary import summarize
    from publish.tables import arrow_tables
    from publish.write import OutputError, write_tables

    if others:
        names = ", ".join(path.name for path in others)
        print(f"Bỏ qua {len(others)} tệp không phải văn bản: {names}", file=sys.stderr)
    plans, failures = extract_files(paths)
    for failure in failures:
        print(f"Lỗi: {failure}", file=sys.stderr)
    try:
        tables = arrow_tables(plans)
        write_tables(tables, options.out, {NAME: partial(datapackage, tables)})
    except OutputError as error:
        print(f"Lỗi: {error}", file=sys.stderr)
        return 2
    print(summarize(plans, options.out, [failure.file for failure in failures]))
    return 1 if failures else 0


def _progress(named: list[tuple[str, Path]]) -> Iterable[tuple[str, Path]]:
    """The same pairs; with a bar on standard error where that is a terminal."""
    if len(named) < 2 or not sys.stderr.isatty():
        return named
    from tqdm import tqdm

    bar: Iterable[tuple[str, Path]] = tqdm(named, unit="tệp", leave=False)
    return bar


def command() -> None:
    """Runs :func:`main` as a process of its own, and ends it without ceremony."""
    # A run makes many small records and no cycles: looking for cycles is a tenth of its time.
    gc.set_threshold(200_000, 20, 20)
    status = main()
    sys.stdout.flush()
    sys.stderr.flush()
    # Everything is written and closed; taking pyarrow and the lexicon down again serves nobody.
    os._exit(status)


if __name__ == "__main__":
    command()
