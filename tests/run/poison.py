"""What a worker does with inputs that are called to do it harm; the others it reads."""

from __future__ import annotations

import os
import signal
import time

import run.one
import run.work
from extract.source import Source
from normalize.records import Plan
from run.one import Failed
from run.state import Ref

_records = run.one.records


def records(source: Source) -> Plan:
    """The records of a plan, unless its name says what is to happen."""
    if source.name.startswith("kill"):
        os.kill(os.getpid(), signal.SIGKILL)
    if source.name.startswith("exit"):
        os._exit(3)
    if source.name.startswith("hang"):
        while True:
            time.sleep(0.1)
    if source.name.startswith("stuck"):
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # as one in a library's long loop
        while True:
            time.sleep(0.1)
    if source.name.startswith("memory"):
        kept = []
        while True:
            kept.append(bytearray(50_000_000))
    return _records(source)


def work(address: str) -> Ref | Failed:
    """``run.work.work`` with these records."""
    run.one.records = records
    return run.work.work(address)
