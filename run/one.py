"""One input, read to its finished result.

``finish`` is a plain function of an address: a worker process, or a worker on another machine,
calls it like the command itself does, and what it gives does not depend on who called, on the
other inputs, or on the input's name. What depends on them (the name, ids that two inputs share)
is put in when the result is published.
"""

from __future__ import annotations

import traceback
import zlib
from pathlib import Path

import msgspec

from extract import extract_documents
from extract.readers import InputError, decode, read
from extract.source import Source
from normalize.assemble import Input, assemble
from normalize.patterns import SECONDS
from normalize.records import Plan
from publish.csvs import csv_rows
from publish.summary import Counts, count
from run.inputs import is_address

_FAST = 1
"""zlib's quickest level: results shrink to a sixth in a fiftieth of the time they took to make."""


class Result(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What one input gave: its records, their CSV lines, and what the summary counts of them.

    ``csv`` holds the lines of each table that does not name the input (see ``publish.csvs``).
    """

    plan: Plan
    csv: dict[str, bytes]
    counts: Counts


class Done(msgspec.Struct, frozen=True, gc=False):
    """A packed result, the packed text that its spans index, and the input's SHA-256 in hex."""

    sha256: str
    result: bytes
    text: bytes


class Failed(msgspec.Struct, frozen=True, gc=False):
    """An input that gave no result: where it lies, what is wrong, what to do about it."""

    file: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}: {self.problem}. {self.remedy}"


def extract_file(path: str | Path, name: str | None = None) -> Plan:
    """All records of one plan, as the command writes them.

    ``name`` is the file's name in the tables (its own name by default). Raises
    :class:`extract.readers.InputError` for a file that cannot be read.
    """
    return records(read(Path(path), name))


def records(source: Source) -> Plan:
    """All records of one source: extract, then normalize."""
    about = Input(source.name, source.sha256, source.format, source.view, source.place)
    return assemble(extract_documents(source), about)


def source_text(path: str | Path) -> str:
    """The text that every ``char_start``/``char_end`` of this file's rows indexes.

    The file's own text where it has one, else what its reader wrote (Word, PDF, scan, sheet, old
    encoding). Raises :class:`extract.readers.InputError` for a file that cannot be read.
    """
    return read(Path(path)).text


def finish(address: str) -> Done | Failed:
    """Read the input at this address (a path, or an fsspec address) to its finished result.

    Raises nothing but what ends a run.

    A file that cannot be read, or whose reading meets an error of the program, is a Failed, so
    that one input never costs another.
    """
    try:
        source = _source(address)
        return Done(source.sha256, *pack(records(source), source.text))
    except InputError as error:
        return Failed(error.file, error.problem, error.remedy)
    except MemoryError:
        return out_of_memory(address)
    except TimeoutError:
        return Failed(
            address,
            f"văn bản quá rối: một phép tìm trong đó chạy quá {SECONDS:g} giây",
            "Kiểm tra lại bước xuất văn bản, hoặc chia nhỏ tệp",
        )
    except Exception as error:
        return _mistake(address, error)


def _source(address: str) -> Source:
    if not is_address(address):
        return read(Path(address))
    from run.remote import fetch

    return decode(fetch(address), address.rpartition("/")[2], address)


def pack(plan: Plan, text: str) -> tuple[bytes, bytes]:
    """The plan as a packed :class:`Result`, and the packed text."""
    result = msgspec.msgpack.encode(Result(plan, csv_rows(plan), count(plan)))
    # A lone half of a pair cannot come from a decoded text; the table of it must not be lost.
    return zlib.compress(result, _FAST), zlib.compress(text.encode("utf-8", "surrogatepass"), _FAST)


_DECODER = msgspec.msgpack.Decoder(Result)


def unpack_result(packed: bytes) -> Result:
    """The result that :func:`pack` packed."""
    return _DECODER.decode(zlib.decompress(packed))


def unpack_text(packed: bytes) -> str:
    """The text that :func:`pack` packed."""
    return zlib.decompress(packed).decode("utf-8", "surrogatepass")


def out_of_memory(address: str) -> Failed:
    """What an input leaves that needs more memory than one may have."""
    return Failed(address, "hết bộ nhớ khi đọc tệp", "Chia nhỏ tệp hoặc tăng --memory")


def _mistake(address: str, error: Exception) -> Failed:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(frame.filename).name}:{frame.lineno}"
    return Failed(
        address,
        f"lỗi của chương trình ({type(error).__name__}: {str(error)[:200]}; {where})",
        "Gửi tệp này cho người bảo trì",
    )
