"""LibreOffice as the tests' own printer: turns the files that they write into other forms."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

PROGRAM = shutil.which("soffice")
needs_office = pytest.mark.skipif(PROGRAM is None, reason="LibreOffice is not installed")


def convert(source: Path, target: str, folder: Path) -> Path:
    """The file as ``target`` ("pdf", "doc:MS Word 97"), written to the folder."""
    assert PROGRAM is not None
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                PROGRAM,
                f"-env:UserInstallation={Path(profile).as_uri()}",
                "--headless",
                "--convert-to",
                target,
                "--outdir",
                str(folder),
                str(source),
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=180,
        )
    return folder / f"{source.stem}.{target.partition(':')[0]}"
