"""A PostgreSQL server of the tests' own: made, started, stopped, in a folder that goes away."""

from __future__ import annotations

import os
import shlex
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

PASSWORD = "bí mật"


def _programs() -> Path | None:
    """Where initdb is: Debian keeps it off the path, one folder a version."""
    found = shutil.which("initdb")
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    places += [Path(found).resolve().parent] if found else []
    wanted = ("initdb", "pg_ctl", "createdb")
    return next((one for one in places if all((one / name).exists() for name in wanted)), None)


PROGRAMS = _programs()
needs_postgres = pytest.mark.skipif(PROGRAMS is None, reason="PostgreSQL is not installed")


class Server(NamedTuple):
    """A running server: ``uri`` by its socket, without password; ``port`` by TCP, with one."""

    uri: str
    port: int


@contextmanager
def server() -> Iterator[Server]:
    """A fresh server with a user "kehoach" and an empty database "kehoach"."""
    # A socket's path may hold 107 characters: pytest's own folders are too deep.
    folder = Path(tempfile.mkdtemp(prefix="kehoach-pg-", dir="/tmp"))
    data, port = folder / "data", _free_port()
    with _stopped_at_the_end(folder, data):
        (folder / "password").write_text(PASSWORD, encoding="utf-8")
        if os.getuid() == 0:  # initdb refuses root
            shutil.chown(folder, "postgres")
            shutil.chown(folder / "password", "postgres")
        _program(
            "initdb", "-D", data, "-U", "kehoach", "-E", "UTF8", "--no-locale", "--no-sync",
            "--auth-local=trust", "--auth-host=scram-sha-256", f"--pwfile={folder / 'password'}",
        )  # fmt: skip
        options = f"-c listen_addresses=127.0.0.1 -c port={port} -c fsync=off -k {folder}"
        _program("pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
        _program("createdb", "-h", folder, "-p", str(port), "-U", "kehoach", "kehoach")
        yield Server(f"postgresql://kehoach@/kehoach?host={folder}&port={port}", port)


@contextmanager
def _stopped_at_the_end(folder: Path, data: Path) -> Iterator[None]:
    """Stop the server and remove its folder, also when the tests themselves are killed.

    A shell waits for the end of a pipe that only this process holds open.
    """
    stop = shlex.join(_call("pg_ctl", "-D", data, "-m", "immediate", "stop"))
    script = f"cat > /dev/null; {stop} > /dev/null 2>&1; rm -rf {shlex.quote(str(folder))}"
    with subprocess.Popen(
        ["sh", "-c", script], stdin=subprocess.PIPE, cwd="/tmp", start_new_session=True
    ):
        yield


def _call(name: str, *arguments: str | Path) -> list[str]:
    assert PROGRAMS is not None
    call = [str(PROGRAMS / name), *map(str, arguments)]
    return ["runuser", "-u", "postgres", "--", *call] if os.getuid() == 0 else call


def _program(name: str, *arguments: str | Path) -> None:
    # The server keeps what it is given as output open: a pipe would never end.
    subprocess.run(
        _call(name, *arguments), check=True, stdout=subprocess.DEVNULL, cwd="/tmp", timeout=240
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
