"""Finished results into the tables, as they come and in the order of the inputs."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

import msgspec

from normalize.collect import DistinctDocuments, failed_input, named
from publish.datapackage import NAME as PACKAGE
from publish.datapackage import datapackage
from publish.summary import Counts, count
from publish.write import TableFiles
from run.inputs import Named
from run.one import Failed, unpack_result, unpack_text
from run.reading import Outcome
from run.state import Ref, State


class HandedOver(msgspec.Struct, frozen=True):
    """What a hand-over step gets: the finished tables, and the way back to the inputs.

    ``folder`` holds every table as ``NAME.parquet`` and ``NAME.csv``; what a step writes there (a
    file or a folder of a new name) appears in the output with the tables or not at all.
    ``paths`` is where each input lies, by its ``source_file``, failed ones too.
    """

    folder: Path
    paths: Mapping[str, str]
    refs: Mapping[str, Ref]
    state: State

    def text_of(self, source_file: str) -> str:
        """The decoded text that this input's spans index, as it was when it was read.

        It comes from the state: nothing is read or recognised again. KeyError for an input that
        failed or is unknown.
        """
        return unpack_text(self.state.text(self.refs[source_file]))


class Step(Protocol):
    """One way to hand the tables over (a review page, a workbook, a database)."""

    def __call__(self, handed: HandedOver) -> object:
        """Write into ``handed.folder``, or elsewhere."""


class Publisher:
    """Writes the tables of a run into a folder.

    ``advance`` writes every input whose turn has come: one is written when it and all before it
    have an outcome. Memory does not grow with the inputs, their names and ids apart. The folder
    stays empty until the first call.
    """

    def __init__(self, inputs: Sequence[Named], state: State, folder: Path) -> None:
        self._inputs = inputs
        self._state = state
        self._folder = folder
        self._made: TableFiles | None = None
        self._distinct = DistinctDocuments()
        self._next = 0
        self._sources: dict[str, str] = {}
        self.counts = Counts()

    def __enter__(self) -> Publisher:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is not None and self._made is not None:
            self._made.abandon()

    @property
    def _files(self) -> TableFiles:
        if self._made is None:
            self._made = TableFiles(self._folder)
        return self._made

    def advance(self, outcomes: Sequence[Outcome | None]) -> None:
        """Write what can be written; ``outcomes`` are those of the inputs, in their order."""
        while self._next < len(outcomes):
            outcome = outcomes[self._next]
            if outcome is None:
                return
            self._write(self._inputs[self._next].name, outcome)
            self._next += 1

    def _write(self, name: str, outcome: Outcome) -> None:
        if isinstance(outcome, Failed):
            plan = failed_input(name, outcome.problem, outcome.remedy)
            self._files.add(plan)
            self.counts.add(count(plan))
            return
        result = unpack_result(self._state.result(outcome))
        plan = named(result.plan, name)
        distinct = self._distinct.take(plan)
        if distinct is plan:
            self._files.add(plan, result.csv)
            self.counts.add(result.counts)
        else:
            self._files.add(distinct)
            self.counts.add(count(distinct))
        if plan.documents:
            self._sources[name] = plan.documents[0].source_sha256

    def finish(self) -> None:
        """Close the tables and write the data package that describes them."""
        rows = self._files.close()
        made = datapackage(rows, self._sources, self._folder)
        (self._folder / PACKAGE).write_bytes(made)


def made_of(
    key: str, inputs: Sequence[Named], outcomes: Sequence[Outcome | None], options: Sequence[str]
) -> str:
    """A hash over everything that the output hangs on; ``key`` stands for the program."""
    digest = hashlib.sha256(repr((key, *options)).encode())
    for one, outcome in zip(inputs, outcomes, strict=True):
        what = outcome.sha256 if isinstance(outcome, Ref) else repr(outcome)
        digest.update(f"\n{one.name}\t{what}".encode())
    return digest.hexdigest()


def refs_by_name(inputs: Sequence[Named], outcomes: Sequence[Outcome | None]) -> dict[str, Ref]:
    """Where the result of each input that did not fail lies, by its ``source_file``."""
    pairs = zip(inputs, outcomes, strict=True)
    return {one.name: outcome for one, outcome in pairs if isinstance(outcome, Ref)}


def hashes(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file below the folder, by its path in it."""
    found = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        with path.open("rb") as file:
            found[path.relative_to(folder).as_posix()] = hashlib.file_digest(
                file, "sha256"
            ).hexdigest()
    return found


def holds(folder: Path, files: Mapping[str, str]) -> bool:
    """Whether the folder still holds these files with these hashes."""
    for name, wanted in files.items():
        try:
            with (folder / name).open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != wanted:
                    return False
        except OSError:
            return False
    return True
