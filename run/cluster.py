"""Inputs read by the workers of a Dask cluster; needs the extra ``cluster``.

The scheduler gives each input to one worker. When a worker is lost, what it held or had waiting is
under suspicion: it is tried once more when all else is done, with nothing beside it, so that one
poisonous input never costs another. Whose worker is lost a second time is given up and named.
"""

from __future__ import annotations

import os
import threading
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from distributed import Client, Future, KilledWorker, as_completed
from distributed.diagnostics.plugin import SchedulerPlugin

from publish.version import VERSION, lexicon_versions
from run.inputs import Named, UsageError, is_address
from run.one import Done, Failed, finish
from run.reading import Outcome
from run.state import SegmentWriter, State

_PREFIX = "kehoach-"
_SECONDS = 10
"""After so long a scheduler or a cluster without workers is not waited for."""
_A_THREAD = 4
_LEAST = 16
"""Inputs that are handed out at a time: enough that no worker waits, few enough for memory."""


class OneLoss(SchedulerPlugin):  # type: ignore[misc]
    """Makes the scheduler hand an input back when its worker is lost, at the first time.

    By itself it would count to ``allowed-failures`` (three as a rule, and for everybody's tasks)
    and could not tell the input that was being read from those that waited behind it.
    """

    name = "kehoach-one-loss"
    idempotent = True

    def start(self, scheduler: Any) -> None:
        """Keep the scheduler that this one looks after."""
        self._scheduler = scheduler

    def transition(self, key: Any, start: str, finish: str, *args: Any, **kwargs: Any) -> None:
        """An input of ours goes to a worker: one loss more is more than is allowed."""
        if finish == "processing" and str(key).startswith(_PREFIX):
            task = self._scheduler.tasks[key]
            task.suspicious = max(task.suspicious, self._scheduler.allowed_failures)


class OtherProgramError(Exception):
    """A worker runs another version of the program: its results would not be ours."""


def program() -> str:
    """What a worker must have in common with the command: version and lexicons."""
    return f"{VERSION} {sorted(lexicon_versions().items())}"


_alone = threading.Lock()


def read_there(address: str, wanted: str, seconds: float) -> Done | Failed:
    """What a worker does with one input. Raises OtherProgramError.

    One at a time in a process, however many threads it has: pdfium and Tesseract are no friends of
    threads. A reading that takes longer than ``seconds`` (0: any) ends the process, since nothing
    else would stop it; its nanny starts another.
    """
    if program() != wanted:
        raise OtherProgramError
    with _alone:
        watch = threading.Timer(seconds, os._exit, (1,)) if seconds else None
        if watch is not None:
            watch.daemon = True
            watch.start()
        try:
            return finish(address)
        finally:
            if watch is not None:
                watch.cancel()


class Cluster:
    """The workers behind a scheduler (see :func:`connected`)."""

    def __init__(self, client: Client, seconds: float) -> None:
        self._client = client
        self._seconds = seconds
        self._program = program()
        self._run = uuid.uuid4().hex[:8]

    def read(
        self, inputs: Sequence[Named], wanted: Sequence[int], state: State
    ) -> Iterator[tuple[int, Outcome]]:
        """Read the wanted inputs: index, outcome, as they are done; results go into the state."""
        writer = SegmentWriter(state.results)
        suspects: list[int] = []
        # What is under suspicion is tried when the last of the others is done.
        for index, done in self._done(inputs, wanted, self._room()):
            if done is None:
                suspects.append(index)
            else:
                yield index, _kept(inputs[index], done, writer)
        for index, done in self._done(inputs, suspects, 1):
            yield index, _kept(inputs[index], done or self._given_up(inputs[index]), writer)
        writer.close()

    def _room(self) -> int:
        threads: int = sum(self._client.nthreads().values())
        return max(_LEAST, _A_THREAD * threads)

    def _done(
        self, inputs: Sequence[Named], wanted: Sequence[int], room: int
    ) -> Iterator[tuple[int, Done | Failed | None]]:
        """Each wanted input with what came of it, None where its worker was lost; ``room`` of them
        are out at a time."""
        waiting = iter(wanted)
        going: dict[str, int] = {}
        finished = as_completed(loop=self._client.loop)

        def hand_out() -> None:
            for index in waiting:
                future = self._submit(inputs[index])
                going[future.key] = index
                finished.add(future)
                return

        for _ in range(room):
            hand_out()
        for future in finished:
            index = going.pop(future.key)
            done = _result(future)
            del future  # the cluster may forget it
            hand_out()
            yield index, done

    def _submit(self, one: Named) -> Future:
        address = one.path if is_address(one.path) else str(Path(one.path).absolute())
        return self._client.submit(
            read_there,
            address,
            self._program,
            self._seconds,
            key=f"{_PREFIX}{self._run}-{uuid.uuid4().hex}",
            pure=False,
        )

    def _given_up(self, one: Named) -> Failed:
        limit = f", hay đọc quá {self._seconds:g} giây" if self._seconds else ""
        return Failed(
            one.path,
            f"tiến trình đọc tệp này bị dừng cả hai lần thử (bị giết, hết bộ nhớ{limit})",
            "Chia nhỏ tệp, hoặc cho mỗi tiến trình của cụm máy nhiều bộ nhớ hơn",
        )


def _result(future: Future) -> Done | Failed | None:
    if future.status == "finished":
        done: Done | Failed = future.result()
        return done
    error = future.exception() if future.status == "error" else None
    if isinstance(error, KilledWorker):
        return None
    if isinstance(error, OtherProgramError):
        raise UsageError(_OTHER_PROGRAM)
    raise UsageError(
        f"cụm máy không làm tiếp được ({error or future.status}). Kiểm tra cụm máy rồi chạy lại "
        "lệnh này để đọc tiếp từ chỗ dừng"
    )


def _kept(one: Named, done: Done | Failed, writer: SegmentWriter) -> Outcome:
    if isinstance(done, Failed):
        return Failed(one.path, done.problem, done.remedy)
    return writer.append(done.sha256, done.result, done.text)


_OTHER_PROGRAM = (
    "tiến trình của cụm máy chạy phiên bản khác của chương trình hay của từ điển. "
    f"Cài phiên bản {VERSION} giống nhau trên mọi máy"
)


@contextmanager
def connected(scheduler: str, seconds: float) -> Iterator[Cluster]:
    """The cluster of the scheduler at this address; ``seconds`` an input may take (0: any).

    Raises UsageError where nobody answers, there is no worker, or the program is missing or
    another one there.
    """
    try:
        client = Client(scheduler, timeout=_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:  # TimeoutError is an OSError
        raise UsageError(
            f"--scheduler {scheduler}: không nối được trong {_SECONDS} giây. "
            "Kiểm tra địa chỉ, và Dask scheduler đã chạy chưa"
        ) from error
    try:
        _check(client, scheduler)
        yield Cluster(client, seconds)
    finally:
        client.close(timeout=_SECONDS)


def _check(client: Client, scheduler: str) -> None:
    try:
        client.wait_for_workers(1, timeout=_SECONDS)
    except TimeoutError as error:
        raise UsageError(
            f"--scheduler {scheduler}: không có tiến trình đọc nào (dask worker). Chạy chúng trước"
        ) from error
    try:
        client.register_plugin(OneLoss())
        programs = client.run(program)
    except Exception as error:
        raise UsageError(
            f"--scheduler {scheduler}: cụm máy không nạp được chương trình này "
            f"({type(error).__name__}: {str(error)[:200]}). Cài nó trên scheduler và mọi máy đọc"
        ) from error
    if set(programs.values()) != {program()}:
        raise UsageError(f"--scheduler {scheduler}: {_OTHER_PROGRAM}")
