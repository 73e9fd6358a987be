"""The output folder: everything appears in it whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_REASONS: dict[int | None, str] = {
    errno.ENOSPC: "hết chỗ trên đĩa",
    errno.EFBIG: "tệp lớn hơn mức cho phép",
    errno.ENAMETOOLONG: "tên quá dài",
    errno.EROFS: "đĩa chỉ cho đọc",
}


class OutputError(Exception):
    """The output folder cannot be made or written; the message says which and what to do."""


def cache_folder() -> Path:
    """Where the program keeps what it can make again (XDG base directories; Windows' own)."""
    home = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return Path(home or Path.home() / ".cache") / "kehoach"


@contextmanager
def staged(folder: Path, staging: Path, last: str = "") -> Iterator[Path]:
    """A folder to write into; what lies in it at the end is moved to ``folder``.

    ``staging`` must lie on the same disk, so that a move is one step; what a killed run left there
    is thrown away first. An exception before the end leaves ``folder`` as it was. Files of other
    names are left alone. The file called ``last`` is moved last: where it describes the others,
    a reader can tell whether all of them arrived. Raises OutputError.
    """
    with said_plainly(folder):
        if staging.exists():
            shutil.rmtree(staging)
        staging.mkdir(parents=True)
        try:
            yield staging
            made = sorted(staging.iterdir(), key=lambda path: (path.name == last, path.name))
            for path in made:
                target = folder / path.name
                if target.is_dir() and not path.is_dir():
                    raise OutputError(
                        f"{target} là thư mục, đứng chỗ của một tệp kết quả. "
                        "Dời nó đi, hoặc chọn thư mục khác bằng --out"
                    )
            for path in made:
                target = folder / path.name
                if path.is_dir() and target.is_dir():
                    shutil.rmtree(target)
                path.replace(target)
        finally:
            shutil.rmtree(staging, ignore_errors=True)


@contextmanager
def said_plainly(folder: Path) -> Iterator[None]:
    """Turn what the system says about the folder into an OutputError that says what to do."""
    try:
        yield
    except (FileExistsError, NotADirectoryError) as error:
        raise OutputError(
            f"{folder} không thể là thư mục: {error.filename or folder} là tệp. "
            "Chọn thư mục khác bằng --out"
        ) from error
    except PermissionError as error:
        raise OutputError(
            f"{folder} không ghi được ({error.filename or folder}: {error.strerror}). Đóng các "
            "chương trình đang mở tệp trong đó, hoặc chọn thư mục khác bằng --out"
        ) from error
    except OSError as error:
        raise OutputError(
            f"{folder} không ghi được ({_REASONS.get(error.errno, str(error))}). "
            "Dọn chỗ, rút ngắn tên, hoặc chọn thư mục khác bằng --out"
        ) from error
