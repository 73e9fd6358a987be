"""What reading uses of the system beside Python's packages, and where it lies.

Looking costs nothing that a run would feel, and imports nothing: the run asks too, for a result
hangs on what was there (a page without Tesseract's data stays unread, a sheet without LibreOffice
is read as stored).
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

LANGUAGE = "vie"
"""Tesseract's name of Vietnamese."""
_OFFICE = ("soffice", "libreoffice")
_DATA_FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
)


def libreoffice() -> str | None:
    """The path of LibreOffice's launcher; None where it is not installed."""
    return next((found for name in _OFFICE if (found := shutil.which(name))), None)


def vietnamese_data() -> str | None:
    """The folder of Tesseract's data with Vietnamese in it; None where there is none."""
    named = os.environ.get("TESSDATA_PREFIX")
    folders = (*([named] if named else []), *_DATA_FOLDERS)
    return next((one for one in folders if (Path(one) / f"{LANGUAGE}.traineddata").is_file()), None)
