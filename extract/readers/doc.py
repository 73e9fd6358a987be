"""Old Word files, RTF and OpenDocument texts: LibreOffice turns them into .docx, which is read."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from extract.readers.docx import read_docx
from extract.readers.unreadable import UnreadableError, missing_program
from extract.source import Source

TIMEOUT = 120
"""Seconds that one conversion may take."""
_PACKAGES = "libreoffice-writer-nogui"
_NAMES = ("soffice", "libreoffice")


def read_doc(data: bytes, name: str, sha256: str) -> Source:
    """The source of an old Word file; raises UnreadableError without LibreOffice or a result."""
    program = next((found for one in _NAMES if (found := shutil.which(one))), None)
    if program is None:
        raise missing_program("LibreOffice để đọc tệp .doc, .rtf, .odt", _PACKAGES)
    with tempfile.TemporaryDirectory(prefix="kehoach-") as folder:
        made = _convert(program, data, Path(folder))
    return read_docx(made, name, sha256, "doc")


def _convert(program: str, data: bytes, folder: Path) -> bytes:
    """The .docx that LibreOffice makes of the bytes, in a profile of its own."""
    source = folder / "plan.doc"
    source.write_bytes(data)
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(folder / "out"),
        str(source),
    ]
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(TIMEOUT)
    except subprocess.TimeoutExpired as error:
        raise UnreadableError(
            f"LibreOffice không chuyển xong sau {TIMEOUT} giây", "Lưu lại tệp dưới dạng .docx"
        ) from error
    finally:
        # The launcher has children of its own; none may outlive this call.
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    made = folder / "out" / "plan.docx"
    if not made.is_file():
        raise UnreadableError("tệp Word cũ bị hỏng hoặc có mật khẩu", "Lưu lại tệp dưới dạng .docx")
    return made.read_bytes()
