"""Inputs and outputs at addresses that fsspec knows: ``s3://…``, ``file://…``, …

Keys, regions and end points come from the environment, as each file system's own documentation
says (``AWS_ACCESS_KEY_ID``, ``AWS_ENDPOINT_URL``, ``FSSPEC_S3_…``): a worker on another machine
takes them from its own. fsspec is imported only where a call names such an address.
"""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.readers import InputError
from extract.readers.kinds import kind_of
from publish.folder import cache_folder
from run.inputs import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

    from run.cluster import Cluster

INSTALL = "pip install 'kehoach[cluster]'"
_HEAD = 1 << 16
_HEADS_AT_ONCE = 256
_AT_ONCE = 16


def file_system(address: str) -> tuple[Any, str]:
    """The file system of an address, and the path in it. UsageError where none is installed."""
    try:
        from fsspec.core import url_to_fs

        system, path = url_to_fs(address)
    except ImportError as error:
        raise UsageError(f"{address} cần cài thêm: {INSTALL} ({error})") from error
    except Exception as error:  # each file system has errors of its own
        raise UsageError(f"{address}: địa chỉ không dùng được ({_short(error)})") from error
    return system, path


def listed(address: str) -> tuple[list[str], list[str]]:
    """The addresses of the files that one address means, and those that no reader takes.

    As for paths: a file, a pattern, or a folder, which means the readable files in it. Raises
    UsageError where the place cannot be looked into.
    """
    system, path = file_system(address)
    others: list[str] = []
    try:
        if system.isfile(path):
            found = [path]
        elif system.isdir(path):
            found, others = _readable(system, _files(system.ls(path, detail=True), hidden=False))
        else:
            found = _files(system.glob(path, detail=True).values())
    except FileNotFoundError:
        found = []
    except Exception as error:
        raise UsageError(
            f"{address}: không xem được ({_short(error)}). Kiểm tra địa chỉ, mạng và quyền đọc"
        ) from error
    whole = system.unstrip_protocol
    return [whole(one) for one in found], [whole(one) for one in others]


def _files(entries: Any, *, hidden: bool = True) -> list[str]:
    names = [str(one["name"]) for one in entries if one["type"] == "file"]
    return sorted(name for name in names if hidden or name.rpartition("/")[2][:1] not in (".", "~"))


def _readable(system: Any, paths: Sequence[str]) -> tuple[list[str], list[str]]:
    found: list[str] = []
    others: list[str] = []
    for first in range(0, len(paths), _HEADS_AT_ONCE):
        some = paths[first : first + _HEADS_AT_ONCE]
        heads = system.cat_ranges(list(some), 0, _HEAD, on_error="return")
        for path, head in zip(some, heads, strict=True):
            if isinstance(head, bytes) and head.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
                head = system.cat_file(path)
            # What cannot be opened stays: the run tells why.
            binary = isinstance(head, bytes) and kind_of(head) == "binary"
            (others if binary else found).append(path)
    return found, others


def fetch(address: str) -> bytes:
    """The bytes at an address; InputError where they cannot be had."""
    try:
        system, path = file_system(address)
        data: bytes = system.cat_file(path)
    except Exception as error:
        raise InputError(
            address, f"không mở được tệp ({_short(error)})", "Kiểm tra địa chỉ và quyền đọc"
        ) from error
    return data


def sha256s(addresses: Sequence[str]) -> list[str]:
    """The SHA-256 of the bytes at each address, in hex; empty where they cannot be had."""

    def one(address: str) -> str:
        try:
            return hashlib.sha256(fetch(address)).hexdigest()
        except InputError:
            return ""

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return list(pool.map(one, addresses))


def working_folder(address: str) -> Path:
    """Where an output at an address is made and its state kept: in the user's cache folder.

    Raises UsageError where nothing can be said to the place.
    """
    system, path = file_system(address)
    try:
        system.exists(path)
    except Exception as error:
        raise UsageError(
            f"--out {address}: không tới được ({_short(error)}). Kiểm tra địa chỉ, mạng và quyền"
        ) from error
    name = hashlib.sha256(address.rstrip("/").encode()).hexdigest()[:16]
    return cache_folder() / "outputs" / name


def send(folder: Path, address: str) -> None:
    """The finished tables of a folder to an address, as a partitioned data set."""
    from publish.partitions import write_partitions

    system, path = file_system(address)
    write_partitions(folder, system, path, address)


def cluster(scheduler: str, seconds: float) -> AbstractContextManager[Cluster]:
    """The Dask cluster behind a scheduler's address.

    Raises UsageError, on entering too, for a missing package and a cluster that does not answer.
    """
    try:
        from run.cluster import connected
    except ImportError as error:
        raise UsageError(f"--scheduler cần cài thêm: {INSTALL} ({error})") from error
    return connected(scheduler, seconds)


def _short(error: Exception) -> str:
    return (str(error) or type(error).__name__).strip().replace("\n", " ")[:200]
