"""What a run keeps beside its output, so that the next one goes on where it stopped.

``DIR/.kehoach/`` holds a lock, the folder that output is made in, what the last whole run left
(``last.json``), and ``results-KEY/``: the finished results of inputs by the SHA-256 of their
bytes. KEY stands for everything else that a result hangs on (program, lexicons, libraries); results
of another key are thrown away.

Results lie in a few segment files, each written by one process and only ever appended to. A record
is whole when the checksum at its head is right, so a kill at any moment costs at most the record
that was being written; a segment is read up to the first record that is not whole.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import struct
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import msgspec

from extract.readers.programs import libreoffice, vietnamese_data
from publish.folder import OutputError, said_plainly
from publish.schema import TABLES
from publish.summary import Counts

FOLDER = ".kehoach"
_HEAD = struct.Struct("<4s32sQQI")
_MAGIC = b"KH1\n"
_SEGMENT = ".segment"
_LAST = "last.json"
_WINGS = ("extract", "normalize", "publish", "run")
_LIBRARIES = (
    *("charset_normalizer", "msgspec", "numpy", "opencv_python_headless", "pdfplumber"),
    *("pypdfium2", "python_calamine", "python_docx", "rapidfuzz", "regex", "selectolax"),
    *("tesserocr", "underthesea"),
)


class Ref(msgspec.Struct, frozen=True, gc=False):
    """Where a result lies: its segment, the offset of its two parts, their lengths, its hash."""

    sha256: str
    segment: str
    start: int
    result: int
    text: int


class LastRun(msgspec.Struct, frozen=True):
    """What the last whole run was made of and left.

    ``made_of`` is a hash over program, inputs, results and options; ``files`` the SHA-256 of each
    file of the output; ``failed`` the inputs that failed; ``counts`` those of the closing summary.
    """

    made_of: str
    files: dict[str, str]
    failed: list[str]
    counts: Counts


class SegmentWriter:
    """Appends results to a segment of its own in the folder of results."""

    def __init__(self, results: Path) -> None:
        number = 0
        while True:
            self.path = results / f"{os.getpid()}-{number}{_SEGMENT}"
            try:
                self._file = self.path.open("xb", buffering=0)
                break
            except FileExistsError:
                number += 1
        self._end = 0

    def append(self, sha256: str, result: bytes, text: bytes) -> Ref:
        """Write one record whole; raises OSError where the disk is full."""
        head = _head(sha256, result, text)
        data = memoryview(head + result + text)
        start = self._end
        while data:  # an unbuffered write may take less than it is given
            data = data[self._file.write(data) or 0 :]
        self._end += len(head) + len(result) + len(text)
        return Ref(sha256, self.path.name, start + len(head), len(result), len(text))

    def close(self) -> None:
        """Close the segment."""
        self._file.close()


class State:
    """The state of one output folder, held by one run at a time (see :func:`held`)."""

    def __init__(self, folder: Path, key: str, *, fresh: bool = False) -> None:
        self.key = key
        self.results = folder / f"results-{key}"
        self.refs: dict[str, Ref] = {}
        self.staging = folder / "staging"
        self._last = folder / _LAST
        self._open: dict[str, BinaryIO] = {}
        for path in folder.glob("results-*"):
            if fresh or path != self.results:
                shutil.rmtree(path)
        if fresh:
            self._last.unlink(missing_ok=True)
        self.results.mkdir(exist_ok=True)
        for path in sorted(self.results.iterdir()):
            if path.suffix == _SEGMENT:
                self.refs.update((ref.sha256, ref) for ref in _records(path))
            else:
                path.unlink()  # a compaction that was cut off

    @property
    def last(self) -> LastRun | None:
        """The last whole run; None where there was none."""
        return _last_run(self._last)

    def remember(self, run: LastRun) -> None:
        """Keep what this run was made of and left; the old record stays until the new is whole."""
        new = self._last.with_suffix(".new")
        new.write_bytes(msgspec.json.encode(run))
        new.replace(self._last)

    def forget_last(self) -> None:
        """The output is about to change: nothing of the last run may be taken for granted."""
        self._last.unlink(missing_ok=True)

    def result(self, ref: Ref) -> bytes:
        """The packed result of an input."""
        return self._read(ref, ref.start, ref.result)

    def text(self, ref: Ref) -> bytes:
        """The packed text of an input."""
        return self._read(ref, ref.start + ref.result, ref.text)

    def _read(self, ref: Ref, start: int, length: int) -> bytes:
        file = self._open.get(ref.segment)
        if file is None:
            file = self._open[ref.segment] = (self.results / ref.segment).open("rb")
        file.seek(start)
        return file.read(length)

    def tidy(self, live: Iterable[Ref]) -> None:
        """One segment instead of many, or instead of one that is mostly of no use any more."""
        kept = list({ref.sha256: ref for ref in live}.values())
        old = [path for path in self.results.iterdir() if path.suffix == _SEGMENT]
        size = sum(path.stat().st_size for path in old)
        needed = sum(_HEAD.size + ref.result + ref.text for ref in kept)
        if len(old) <= _MANY and size <= 2 * needed + _SMALL:
            return
        writer = SegmentWriter(self.results)
        unready = writer.path.with_suffix(".unready")
        writer.path.rename(unready)
        for ref in kept:
            writer.append(ref.sha256, self.result(ref), self.text(ref))
        writer.close()
        unready.rename(writer.path)
        for path in old:
            path.unlink()

    def close(self) -> None:
        """Close the segments that were read."""
        for file in self._open.values():
            file.close()
        self._open = {}


def written_by_runs(folder: Path) -> frozenset[str]:
    """Names of the files in the folder that runs write there; none where no run wrote into it."""
    if not (folder / FOLDER).is_dir():
        return frozenset()
    last = _last_run(folder / FOLDER / _LAST)
    # A run that was cut off while it moved its files has left tables, and no record of them.
    tables = (f"{name}{ending}" for name in TABLES for ending in (".csv", ".parquet"))
    return frozenset([*tables, *(last.files if last else ())])


def _last_run(path: Path) -> LastRun | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=LastRun)
    except (OSError, msgspec.MsgspecError):
        return None


_MANY = 16
_SMALL = 1 << 20
"""So many segments, and so much that is of no use, are left alone."""


def _head(sha256: str, result: bytes, text: bytes) -> bytes:
    fields = (_MAGIC, bytes.fromhex(sha256), len(result), len(text))
    check = zlib.crc32(text, zlib.crc32(result, zlib.crc32(_HEAD.pack(*fields, 0))))
    return _HEAD.pack(*fields, check)


def _records(path: Path) -> Iterator[Ref]:
    """The whole records of a segment, up to the first that is not."""
    with path.open("rb") as file:
        start = 0
        while head := file.read(_HEAD.size):
            if len(head) < _HEAD.size:
                return
            magic, sha256, result, text, check = _HEAD.unpack(head)
            if magic != _MAGIC or start + _HEAD.size + result + text > path.stat().st_size:
                return
            found = zlib.crc32(_HEAD.pack(magic, sha256, result, text, 0))
            if zlib.crc32(file.read(result + text), found) != check:
                return
            start += _HEAD.size
            yield Ref(sha256.hex(), path.name, start, result, text)
            start += result + text


@contextmanager
def held(out: Path, key: Callable[[], str], *, fresh: bool = False) -> Iterator[State]:
    """The state of an output folder, made where it is missing, for this run alone.

    Raises OutputError where the folder cannot be written, and where another run holds it: the
    system lets go of the lock when a run ends, however it ends.
    """
    folder = out / FOLDER
    with said_plainly(out):
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "lock").open("ab")
    with lock:
        if not _locked(lock):
            raise OutputError(
                f"{out} đang được một lần chạy khác ghi. Chờ lần chạy đó xong, "
                "hoặc chọn thư mục khác bằng --out"
            )
        with said_plainly(out):
            state = State(folder, key(), fresh=fresh)
        try:
            yield state
        finally:
            state.close()


def _locked(lock: BinaryIO) -> bool:
    """Take the lock if nobody has it. Where a file system knows no locks there is none to take."""
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def program_key(version: str, lexicons: dict[str, str]) -> str:
    """A hash of all that a result hangs on beside the input's bytes.

    Version and lexicons; the code's files by size and time, so that a change at home counts
    without a new version; the versions of the libraries that read and the programs of the system
    that they use, so that what is installed or upgraded counts.
    """
    digest = hashlib.sha256(repr((version, sorted(lexicons.items()), sys.version_info)).encode())
    home = Path(__file__).resolve().parent.parent
    for wing in _WINGS:
        for folder in sorted({home / wing, *(p for p in (home / wing).iterdir() if p.is_dir())}):
            with os.scandir(folder) as entries:
                for entry in sorted(entries, key=lambda one: one.name):
                    if entry.name.endswith(".py"):
                        about = entry.stat()
                        digest.update(
                            f"{entry.name} {about.st_size} {about.st_mtime_ns}\n".encode()
                        )
    installed = [path.name for path in Path(msgspec.__file__).parent.parent.glob("*.dist-info")]
    reading = [name for name in installed if name.partition("-")[0].lower() in _LIBRARIES]
    digest.update(repr(sorted(reading)).encode())
    digest.update(repr((libreoffice() is not None, vietnamese_data() is not None)).encode())
    return digest.hexdigest()[:16]
