"""Imported once by the process that workers are forked from: they find everything loaded.

Reading one line here loads the lexicons too; workers share that memory, and one that takes the
place of a killed one starts at once.
"""

from __future__ import annotations

import run.work
from extract.source import Source
from run.one import records

__all__ = ["run"]

records(
    Source(
        "KẾ HOẠCH\nTT\tNhiệm vụ\tChủ trì\tThời gian\n1\tBáo cáo\tSở Y tế\tQuý I/2021\n", name="-"
    )
)
