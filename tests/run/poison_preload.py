"""Loaded by the workers of a test's cluster (``dask worker --preload``): they read slowly, so that
one can be killed in the middle, and die of the inputs that are called to do it."""

from __future__ import annotations

import time

from poison import records

import run.one
from extract.source import Source
from normalize.records import Plan


def slow_records(source: Source) -> Plan:
    """The records of a plan after a while, unless its name says what is to happen."""
    time.sleep(0.5)
    return records(source)


run.one.records = slow_records
