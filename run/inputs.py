"""Which files a call names, and what each is called in the tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import msgspec

from extract.readers import is_readable
from run.state import written_by_runs


class UsageError(Exception):
    """A call that cannot be carried out: no such file, nothing to read."""


def is_address(text: str) -> bool:
    """Whether this is an address for fsspec (``s3://…``) and no path."""
    return "://" in text


class Named(msgspec.Struct, frozen=True, gc=False, order=True):
    """One input: its name in the tables (``source_file``) and where it lies."""

    name: str
    path: str


def find_inputs(arguments: Sequence[str]) -> tuple[list[Named], list[Path]]:
    """The files that the arguments name, in the order of their names, and what no reader takes.

    An argument is a file, a pattern, or a folder, which means every readable file in it, or an
    fsspec address of one of these; the second list holds the other files of such folders. What runs
    wrote into a folder is no input of it. Raises
    UsageError for a path that is missing and for a call that names nothing to read.
    """
    paths: list[Path] = []
    addresses: dict[str, tuple[str, ...]] = {}
    others: list[Path] = []
    for argument in arguments:
        if is_address(argument):
            listed = _listed(argument)
            addresses.update((one, tuple(one.split("/"))) for one in listed[0])
            others.extend(map(Path, listed[1]))
            continue
        path = Path(argument)
        if path.is_dir():
            found: list[Path] = []
            ours = written_by_runs(path)
            for one in sorted(p for p in path.iterdir() if p.is_file() and p.name[0] not in ".~"):
                if one.name in ours:
                    continue
                (found if is_readable(one) else others).append(one)
        elif path.exists():
            found = [path]
        else:
            found = sorted(Path().glob(argument)) if not path.is_absolute() else []
        if not found:
            raise UsageError(f"{argument}: không có tệp nào để đọc. Kiểm tra lại đường dẫn")
        paths.extend(found)
    distinct = {path.resolve(): path for path in paths}
    names = _shortest_tails([*(path.parts for path in distinct), *addresses.values()])
    return sorted(map(Named, names, [*map(str, distinct.values()), *addresses])), others


def _listed(address: str) -> tuple[list[str], list[str]]:
    from run.remote import listed

    found, others = listed(address)
    if not found:
        raise UsageError(f"{address}: không có tệp nào để đọc. Kiểm tra lại địa chỉ")
    return found, others


def shortest_names(paths: Sequence[Path]) -> list[str]:
    """For each path the shortest tail that tells it from the others: "a/plan.txt", "b/plan.txt"."""
    return _shortest_tails([path.resolve().parts for path in paths])


def _shortest_tails(parts: Sequence[tuple[str, ...]]) -> list[str]:
    names = [""] * len(parts)
    length = 1
    open_ones = list(range(len(parts)))
    # Two paths that share a tail share every shorter one too: only those are looked at again.
    while open_ones:
        shared = Counter(tail[-length:] for tail in {parts[index] for index in open_ones})
        for index in open_ones:
            names[index] = "/".join(parts[index][-length:]).replace("//", "/")  # from the root on
        open_ones = [
            index
            for index in open_ones
            if shared[parts[index][-length:]] > 1 and length < len(parts[index])
        ]
        length += 1
    return names
