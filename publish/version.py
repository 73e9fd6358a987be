"""The program's version, and a version of each lexicon it read with."""

from __future__ import annotations

import hashlib
from pathlib import Path

import normalize.lexicon

VERSION = "0.2.0"
"""Version of the program; pyproject.toml reads it here."""


def lexicon_versions() -> dict[str, str]:
    """Lexicon name → the first 12 hex digits of the SHA-256 of its file, in order of name."""
    folder = Path(normalize.lexicon.__file__).parent
    return {
        path.stem: hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        for path in sorted(folder.glob("*.csv"))
    }
