"""A finished run at an fsspec address: a folder a table, with its rows in parts.

``tasks/part-00000.parquet``, ``part-00001.parquet``, …: read by name they are the rows of
``tasks.parquet`` in their order, so ``pandas.read_parquet("s3://…/tasks/")`` gives the same table.
CSV stays with local outputs. ``datapackage.json`` lists every part with its rows and hash. It is
taken away first and written last: where it lies, all that it names is whole and of one run.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from publish.datapackage import NAME as PACKAGE
from publish.folder import OutputError
from publish.schema import TABLES

PART_GROUPS = 8
"""Row groups of a part: at most some tens of megabytes before packing."""


def write_partitions(folder: Path, system: Any, root: str, address: str) -> None:
    """Write the tables that lie in ``folder``, and what lies beside them, below ``root``.

    ``system`` is the fsspec file system, ``address`` what an error calls the place. What an earlier
    run left there is replaced: parts and review pages that this one has not are removed, files of
    other names stay. Raises OutputError.
    """
    root = root.rstrip("/")
    try:
        _remove(system, f"{root}/{PACKAGE}")
        parts = {name: _write_table(folder, name, system, root) for name in TABLES}
        written = {f"{root}/{part['path']}" for made in parts.values() for part in made}
        written |= set(_send_others(folder, system, root))
        for path in _ours(system, root):
            if path not in written:
                system.rm_file(path)
        package = _package((folder / PACKAGE).read_bytes(), parts)
        system.pipe_file(f"{root}/{PACKAGE}", package)
    except Exception as error:  # each file system has errors of its own
        said = (str(error) or type(error).__name__).replace("\n", " ")[:200]
        raise OutputError(
            f"{address} không ghi được ({said}). Kiểm tra địa chỉ, mạng và quyền ghi rồi chạy lại "
            "lệnh này: không tệp nào phải đọc lại"
        ) from error


def parts_of(path: Path) -> Iterator[tuple[bytes, int]]:
    """A Parquet file as several: the bytes of each and its rows. One without rows gives one part.

    A part holds whole row groups, so the same table is cut at the same places always.
    """
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        groups = file.num_row_groups
        for first in range(0, max(groups, 1), PART_GROUPS):
            sink = io.BytesIO()
            rows = 0
            with pq.ParquetWriter(sink, file.schema_arrow, compression="zstd") as writer:
                for number in range(first, min(first + PART_GROUPS, groups)):
                    group = file.read_row_group(number)
                    writer.write_table(group, row_group_size=max(group.num_rows, 1))
                    rows += group.num_rows
            yield sink.getvalue(), rows


def _write_table(folder: Path, name: str, system: Any, root: str) -> list[dict[str, Any]]:
    system.makedirs(f"{root}/{name}", exist_ok=True)
    made = []
    for number, (data, rows) in enumerate(parts_of(folder / f"{name}.parquet")):
        path = f"{name}/part-{number:05d}.parquet"
        system.pipe_file(f"{root}/{path}", data)
        digest = hashlib.sha256(data).hexdigest()
        made.append({"path": path, "bytes": len(data), "hash": f"sha256:{digest}", "rows": rows})
    return made


def _send_others(folder: Path, system: Any, root: str) -> Iterator[str]:
    """Review page, workbook, calendars: as they are."""
    tables = {f"{name}{suffix}" for name in TABLES for suffix in (".parquet", ".csv")}
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if not path.is_file() or inside.parts[0][0] == "." or str(inside) in {*tables, PACKAGE}:
            continue
        target = f"{root}/{inside.as_posix()}"
        system.makedirs(target.rpartition("/")[0], exist_ok=True)
        system.put_file(str(path), target)
        yield target


def _ours(system: Any, root: str) -> list[str]:
    """What runs write and a later one may not: parts of tables, review pages."""
    patterns = [*(f"{root}/{name}/part-*.parquet" for name in TABLES), f"{root}/review/*.html"]
    found = [str(path) for pattern in patterns for path in system.glob(pattern)]
    page = f"{root}/review.html"
    return [*found, page] if system.exists(page) else found


def _remove(system: Any, path: str) -> None:
    system.invalidate_cache()  # what another process wrote meanwhile counts too
    if system.exists(path):
        system.rm_file(path)


def _package(local: bytes, parts: dict[str, list[dict[str, Any]]]) -> bytes:
    """The local run's data package, telling of parts."""
    package = msgspec.json.decode(local)
    kept = [one for one in package["resources"] if one["format"] == "parquet"]
    for resource in kept:
        of_table = parts[resource["path"].removesuffix(".parquet")]
        resource["path"] = [part["path"] for part in of_table]
        resource["bytes"] = sum(part["bytes"] for part in of_table)
        resource["parts"] = of_table
        del resource["hash"]
    package["resources"] = kept
    return msgspec.json.format(msgspec.json.encode(package), indent=1) + b"\n"
