"""Plans in, tables out: ``python pipeline.py data/raw/*.txt``.

read → extract → normalize → publish: this module is the map of the house. What happens to one
input is in ``run/one.py`` (:func:`extract_file`), what happens to all of them is here.
"""

from __future__ import annotations

import argparse
import gc
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from typing import TYPE_CHECKING

from publish.datapackage import NAME as PACKAGE
from publish.folder import OutputError, staged
from publish.summary import summarize
from publish.version import VERSION, lexicon_versions
from run import handover
from run.arguments import MEGABYTES, SECONDS, parse
from run.comparison import diff
from run.inputs import Named, UsageError, find_inputs, is_address
from run.one import Failed, extract_file, source_text
from run.progress import shown
from run.publisher import HandedOver, Publisher, Step, hashes, holds, made_of, refs_by_name
from run.reading import Outcome, jobs_for, known, read_here
from run.review import remove_old_pages, review_step
from run.say import say
from run.state import LastRun, State, held, program_key

if TYPE_CHECKING:
    from run.cluster import Cluster

__all__ = ["extract_file", "main", "source_text"]

INTERRUPTED = 130


def steps(options: argparse.Namespace) -> dict[str, Step]:
    """How this call hands the tables over beside Parquet and CSV: name with settings → step.

    Each step runs once all tables lie in a folder, before they appear in the output, and gets a
    :class:`run.publisher.HandedOver`. A changed name counts as a changed run.
    """
    made: dict[str, Step] = {}
    if options.review is not False:
        name, step = review_step(forced=bool(options.review))
        made[name] = step
    return made | handover.steps(options)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command. 0: all inputs done; 1: an input failed; 2: wrong usage; 130: interrupted."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments[:1] == ["diff"]:
        return diff(arguments[1:])
    options = parse(arguments)
    try:
        with ExitStack() as stack:
            cluster = stack.enter_context(_cluster(options)) if options.scheduler else None
            return _carry_out(options, cluster)
    except (UsageError, OutputError) as error:
        print(f"Lỗi: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Đã dừng; chạy lại lệnh này để đọc tiếp từ chỗ dừng", file=sys.stderr)
        return INTERRUPTED


def _carry_out(options: argparse.Namespace, cluster: Cluster | None) -> int:
    """A call whose options are right: 0 or 1 as :func:`main`. Raises UsageError, OutputError."""
    targets = handover.targets(options)
    inputs, others = find_inputs(options.paths)
    if others:
        names = ", ".join(path.name for path in others)
        print(f"Bỏ qua {len(others)} tệp không phải văn bản: {names}", file=sys.stderr)
    asked_for = options.out
    if isinstance(asked_for, str):
        from run.remote import send, working_folder

        options.out = working_folder(asked_for)
    with held(options.out, _key, fresh=options.fresh) as state:
        outcomes, run = _run(inputs, options, state, cluster)
        if isinstance(asked_for, str):
            send(options.out, asked_for)
    for outcome in outcomes:
        if isinstance(outcome, Failed):
            print(f"Lỗi: {outcome}", file=sys.stderr)
    say(summarize(run.counts, asked_for, run.failed))
    loaded = handover.load(options.out, targets)
    return 1 if run.failed or not loaded else 0


def _run(
    inputs: Sequence[Named],
    options: argparse.Namespace,
    state: State,
    cluster: Cluster | None,
) -> tuple[Sequence[Outcome | None], LastRun]:
    """Read what is new, write the tables of all, hand them over; the outcomes and what was left.

    Where nothing changed since the last run, and its files lie there as it left them, nothing is
    written.
    """
    outcomes = known(inputs, state)
    missing = [index for index, outcome in enumerate(outcomes) if outcome is None]
    last = state.last
    # What failed is tried again each time; if nothing else is new, all may be as it was.
    maybe_same = last is not None and {inputs[i].path for i in missing} <= set(last.failed)
    asked = steps(options)
    with (
        staged(options.out, state.staging, last=PACKAGE) as folder,
        Publisher(inputs, state, folder) as publisher,
    ):
        read = _read(inputs, missing, options, state, cluster)
        for index, outcome in shown(read, len(missing), lines=options.log_progress):
            outcomes[index] = outcome
            if not maybe_same:
                publisher.advance(outcomes)
        made = made_of(state.key, inputs, outcomes, list(asked))
        if last is not None and last.made_of == made and holds(options.out, last.files):
            return outcomes, last
        publisher.advance(outcomes)
        publisher.finish()
        refs = refs_by_name(inputs, outcomes)
        handed = HandedOver(folder, {one.name: one.path for one in inputs}, refs, state)
        for step in asked.values():
            step(handed)
        failed = [outcome.file for outcome in outcomes if isinstance(outcome, Failed)]
        run = LastRun(made, hashes(folder), failed, publisher.counts)
        state.forget_last()
    state.remember(run)
    remove_old_pages(options.out, run.files)
    state.tidy(refs.values())
    return outcomes, run


def _read(
    inputs: Sequence[Named],
    missing: Sequence[int],
    options: argparse.Namespace,
    state: State,
    cluster: Cluster | None,
) -> Iterator[tuple[int, Outcome]]:
    """Read what is missing: here, in workers where that pays or limits are asked for, or there."""
    if cluster is not None:
        return cluster.read(inputs, missing, state)
    limited = options.timeout is not None or options.memory is not None
    jobs = options.jobs or jobs_for([inputs[index].path for index in missing])
    if (jobs == 1 and not limited) or not missing:
        return read_here(inputs, missing, state)
    from run.workers import Limits, read_in_workers

    seconds = SECONDS if options.timeout is None else options.timeout
    megabytes = MEGABYTES if options.memory is None else options.memory
    return read_in_workers(inputs, missing, state, jobs, Limits(seconds, megabytes))


def _cluster(options: argparse.Namespace) -> AbstractContextManager[Cluster]:
    """The cluster that the call names. Raises UsageError, on entering too."""
    from run.remote import cluster

    for name in ("jobs", "memory"):
        if getattr(options, name) is not None:
            raise UsageError(
                f"--{name} không đi cùng --scheduler: số tiến trình và bộ nhớ của chúng đặt ở "
                "dask worker (--nworkers, --memory-limit)"
            )
    if not all(is_address(path) for path in options.paths):
        print("Lưu ý: mọi máy đọc phải thấy các tệp này ở cùng đường dẫn", file=sys.stderr)
    return cluster(options.scheduler, SECONDS if options.timeout is None else options.timeout)


def _key() -> str:
    return program_key(VERSION, lexicon_versions())


def _collect_later() -> None:
    """Look for cycles only from the first 200 000 records on.

    A handful of files makes few, and looking for them is a tenth of its time; a long run would
    fill memory with them.
    """
    as_usual = gc.get_threshold()

    def from_now_on(phase: str, about: dict[str, int]) -> None:
        gc.set_threshold(*as_usual)

    gc.callbacks.append(from_now_on)
    gc.set_threshold(200_000, *as_usual[1:])


def command() -> None:
    """Runs :func:`main` as a process of its own, and ends it without ceremony."""
    _collect_later()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # stops as cleanly as Ctrl-C
    status = main()
    sys.stderr.flush()
    # Everything is written and closed; taking pyarrow and the lexicon down again serves nobody.
    os._exit(status)


if __name__ == "__main__":
    command()
