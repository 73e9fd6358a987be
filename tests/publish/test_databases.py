"""Databases take a run whole or not at all, and the same run twice as once."""

from __future__ import annotations

import contextlib
import datetime
import os
import signal
import socket
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from adbc_driver_postgresql import dbapi
from postgres_server import PASSWORD, Server, needs_postgres, server
from sample_plan import AWKWARD
from small_run import finding, finished, plan

from normalize.records import Plan, no_records
from publish import database
from publish.database import DatabaseError, Target, TargetError
from publish.database_schema import load_order
from publish.finished import Finished
from publish.keys import FOREIGN_KEYS, PRIMARY_KEYS
from publish.schema import TABLES

ROOT = Path(__file__).resolve().parents[2]
Rows = dict[str, list[tuple[Any, ...]]]
WHOLE = {
    name: f"""SELECT {", ".join(f'"{column.name}"' for column in table.columns)} FROM {name}"""
    for name, table in TABLES.items()
}


class Base:
    """An empty database and what a reader of it needs."""

    def __init__(self, target: str) -> None:
        self.target: Target = database.target(target)

    def load(self, run: Finished) -> database.Loaded:
        return database.load(run, self.target)

    def ask(self, *queries: str) -> list[tuple[Any, ...]]:
        """What the last of the queries gives, on a connection of their own."""
        if self.target.path is not None:
            with duckdb.connect(str(self.target.path)) as connection:
                found: list[tuple[Any, ...]] = []
                for query in queries:
                    found = connection.execute(query).fetchall()
            return found
        with (
            dbapi.connect(self.target.uri, autocommit=True) as connection,
            connection.cursor() as cursor,
        ):
            for query in queries:
                cursor.execute(query)
            return list(cursor.fetchall())

    def rows(self) -> Rows:
        """Every row of every table, sorted; columns in the order of the schema."""
        if self.target.path is not None:
            with duckdb.connect(str(self.target.path)) as connection:
                return {
                    name: sorted(connection.execute(query).fetchall(), key=repr)
                    for name, query in WHOLE.items()
                }
        with dbapi.connect(self.target.uri) as connection, connection.cursor() as cursor:
            made: Rows = {}
            for name, query in WHOLE.items():
                cursor.execute(query)
                made[name] = sorted(cursor.fetchall(), key=repr)
            return made


@pytest.fixture(scope="module")
def postgres() -> Iterator[Server]:
    with server() as started:
        yield started


@pytest.fixture(params=["duckdb", pytest.param("postgresql", marks=needs_postgres)])
def base(request: pytest.FixtureRequest, tmp_path: Path) -> Base:
    if request.param == "duckdb":
        return Base(f"duckdb:{tmp_path / 'new folder' / 'plans.duckdb'}")
    made = Base(request.getfixturevalue("postgres").uri)
    made.ask("DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
    return made


def of_run(run: Finished) -> Rows:
    """What the database is to hold of this run alone."""
    return {
        name: sorted((tuple(row.values()) for row in run.rows(name)), key=repr) for name in TABLES
    }


def test_a_run_comes_back_row_by_row(base: Base, tmp_path: Path) -> None:
    run = finished(tmp_path / "out", plan(title=AWKWARD, signer="it's \\ \t {} $1"), empty_file())
    assert base.load(run).documents == 1
    assert base.rows() == of_run(run)
    (one,) = base.ask("SELECT value, page, bbox FROM targets")
    assert one == (98.5, 2, [1.0, 2.5, 3.0, 4.0])
    assert base.ask("SELECT due_on, budget_vnd FROM tasks LIMIT 1") == [
        (datetime.date(2021, 3, 31), 455_000_000)
    ]


def empty_file() -> Plan:
    failed = no_records()
    failed.findings.append(finding(None, "broken.txt"))
    return failed


def test_twice_is_once(base: Base, tmp_path: Path) -> None:
    run = finished(tmp_path / "out", plan(), plan("01-8-kh-ubnd-2021", source_file="b.txt"))
    first = base.load(run)
    before = base.rows()
    second = base.load(run)
    assert base.rows() == before == of_run(run)
    assert (first.documents, first.replaced, first.removed) == (2, 0, 0)
    assert (second.documents, second.replaced, second.removed) == (2, 2, 0)


def test_a_document_is_replaced_and_others_stay(base: Base, tmp_path: Path) -> None:
    other = plan("01-8-kh-ubnd-2021", source_file="b.txt")
    base.load(finished(tmp_path / "1", plan(lead="so-tu-phap"), other, empty_file()))
    new = plan(tasks=("2", "5", "6"), title="Mới")
    base.load(finished(tmp_path / "2", new))
    # so-tu-phap is named by no row any more; the failed file was not read again.
    assert base.rows() == of_run(finished(tmp_path / "3", new, other, empty_file()))


def test_what_a_file_no_longer_gives_goes(base: Base, tmp_path: Path) -> None:
    decision, attached = "01-9-qd-ubnd-2021", "01-9-qd-ubnd-2021-kh"
    other = plan("01-8-kh-ubnd-2021", source_file="b.txt")
    base.load(finished(tmp_path / "1", plan(decision), plan(attached, parent=decision), other))
    changed = plan(decision, source_sha256="1" * 64)
    assert base.load(finished(tmp_path / "2", changed)).removed == 1
    assert base.rows() == of_run(finished(tmp_path / "3", changed, other))


@pytest.mark.slow
def test_a_document_whose_number_was_mended_goes(base: Base, tmp_path: Path) -> None:
    base.load(finished(tmp_path / "1", plan("01-7-kh-ubnd-2021")))
    mended = finished(tmp_path / "2", plan("01-17-kh-ubnd-2021", source_sha256="1" * 64))
    assert base.load(mended).removed == 1
    assert base.rows() == of_run(mended)


@pytest.mark.slow
def test_another_file_of_the_same_name_takes_nothing_away(base: Base, tmp_path: Path) -> None:
    base.load(finished(tmp_path / "1", plan()))
    others: dict[str, dict[str, Any]] = {
        "80-1-kh-ubnd-2021": {"jurisdiction_code": "80"},
        "01-1-kh-ubnd-2022": {"plan_year": 2022},
        "01-1-kh-snv-2021": {"issuer_id": "so-noi-vu"},
    }
    for digit, (name, about) in enumerate(others.items(), 1):
        other = plan(name, source_sha256=str(digit) * 64, **about)
        assert base.load(finished(tmp_path / name, other)).removed == 0
    found = base.ask("SELECT document_id FROM documents")
    assert {row[0] for row in found} == {"01-7-kh-ubnd-2021", *others}


@pytest.mark.slow
def test_a_file_read_at_last_loses_its_failure(base: Base, tmp_path: Path) -> None:
    base.load(finished(tmp_path / "1", empty_file()))
    assert len(base.rows()["findings"]) == 1
    run = finished(tmp_path / "2", plan(source_file="broken.txt"))
    base.load(run)
    assert base.rows() == of_run(run)


def test_keys_and_words_are_set(base: Base, tmp_path: Path) -> None:
    base.load(finished(tmp_path / "out", plan()))
    kinds = Counter(
        base.ask("SELECT table_name, constraint_type FROM information_schema.table_constraints")
    )
    for name in TABLES:
        assert kinds[name, "PRIMARY KEY"] == bool(PRIMARY_KEYS[name])
        assert kinds[name, "FOREIGN KEY"] == len(FOREIGN_KEYS[name])
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        base.ask("UPDATE assignments SET agency_id = 'nobody'")
    with pytest.raises(Exception, match=r"(?i)null"):
        base.ask("UPDATE assignments SET agency = NULL")
    table, columns = COMMENTS[base.target.path is None]
    ((about,),) = base.ask(table)
    assert "Mỗi dòng là một nhiệm vụ" in about
    words = dict(base.ask(columns))
    assert words["due_on"].startswith("Hạn hoàn thành. Ngày cuối còn đúng hạn")
    assert list(words) == [column.name for column in TABLES["tasks"].columns]
    assert all(words.values())


COMMENTS = {
    False: (
        "SELECT comment FROM duckdb_tables() WHERE table_name = 'tasks'",
        "SELECT column_name, comment FROM duckdb_columns() WHERE table_name = 'tasks' "
        "ORDER BY column_index",
    ),
    True: (
        "SELECT obj_description('tasks'::regclass)",
        "SELECT attname::text, col_description(attrelid, attnum) FROM pg_attribute "
        "WHERE attrelid = 'tasks'::regclass AND attnum > 0 ORDER BY attnum",
    ),
}
"""Queries for the words of a table and of its columns, by whether it is PostgreSQL."""


class Broken(Finished):
    """A run at whose periods something happens, when most rows are on their way."""

    def __init__(self, folder: Path, happens: Callable[[], object]) -> None:
        super().__init__(folder)
        self._happens = happens

    def reader(self, table: str) -> pa.RecordBatchReader:
        if table == "periods":
            self._happens()
        return super().reader(table)


def stop() -> None:
    raise KeyboardInterrupt


@pytest.mark.slow
def test_a_load_that_is_stopped_changes_nothing(base: Base, tmp_path: Path) -> None:
    base.load(finished(tmp_path / "1", plan()))
    before = base.rows()
    finished(tmp_path / "2", plan(tasks=("9",)), plan("01-8-kh-ubnd-2021"))
    with pytest.raises(KeyboardInterrupt):
        base.load(Broken(tmp_path / "2", stop))
    assert base.rows() == before


@needs_postgres
def test_a_lost_server_changes_nothing(postgres: Server, tmp_path: Path) -> None:
    base = Base(postgres.uri)
    base.load(finished(tmp_path / "1", plan()))
    before = base.rows()
    finished(tmp_path / "2", plan(tasks=("9",)), plan("01-8-kh-ubnd-2021"))

    def cut() -> None:
        base.ask(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )

    with pytest.raises(DatabaseError, match="mất kết nối giữa chừng"):
        base.load(Broken(tmp_path / "2", cut))
    assert base.rows() == before


class Proxy:
    """A wire to the server that can be cut like a cable."""

    def __init__(self, port: int) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._server = port
        self._ends: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                far = socket.create_connection(("127.0.0.1", self._server))
                self._ends += [near, far]
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=self._pump, args=(one, other), daemon=True).start()

    @staticmethod
    def _pump(one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := one.recv(65_536):
                other.sendall(data)

    def cut(self) -> None:
        self._listener.close()
        for end in self._ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@needs_postgres
def test_a_cut_wire_changes_nothing(postgres: Server, tmp_path: Path) -> None:
    base = Base(postgres.uri)
    base.load(finished(tmp_path / "1", plan()))
    before = base.rows()
    finished(tmp_path / "2", plan(tasks=("9",)), plan("01-8-kh-ubnd-2021"))
    wire = Proxy(postgres.port)
    by_wire = database.target(
        f"postgresql://kehoach:b%C3%AD%20m%E1%BA%ADt@127.0.0.1:{wire.port}/kehoach?sslmode=disable"
    )
    with pytest.raises(DatabaseError, match="mất kết nối giữa chừng") as told:
        database.load(Broken(tmp_path / "2", wire.cut), by_wire)
    assert "b%C3%AD" not in str(told.value)
    assert base.rows() == before


def test_a_killed_load_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    base = Base(f"duckdb:{tmp_path / 'plans.duckdb'}")
    base.load(finished(tmp_path / "1", plan()))
    before = base.rows()
    finished(tmp_path / "2", plan(tasks=("9",)), plan("01-8-kh-ubnd-2021"))
    code = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom publish import database\n"
        "from publish.finished import Finished\n"
        "class Killed(Finished):\n    def reader(self, table):\n"
        "        table == 'deliverables' and os.kill(os.getpid(), signal.SIGKILL)\n"
        "        return super().reader(table)\n"
        "database.load(Killed(Path(sys.argv[1])), database.target(sys.argv[2]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "2"), base.target.uri],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    assert base.rows() == before


@needs_postgres
@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql://kehoach:wrong-secret@127.0.0.1:{port}/kehoach", "sai người dùng"),
        ("postgresql://kehoach@127.0.0.1:{port}/kehoach?password=wrong-secret", "sai người dùng"),
        ("postgresql://kehoach:wrong-secret%zz@127.0.0.1:{port}/kehoach", "%XX"),
        ("postgresql://kehoach:wrong-secret#@127.0.0.1:{port}/kehoach", "postgresql://***"),
        ("postgresql://kehoach:wrong-secret@127.0.0.1:1/kehoach", "từ chối kết nối"),
        ("postgresql://kehoach@/nothing?host={socket}&port={port}", "không có cơ sở dữ liệu này"),
        ("postgresql://nobody@/kehoach?host={socket}&port={port}", "không có người dùng này"),
        ("postgresql://kehoach@/kehoach?host=/nowhere", "không có máy chủ nào chạy"),
    ],
)
def test_a_server_that_refuses(postgres: Server, address: str, said: str) -> None:
    place = postgres.uri.partition("host=")[2].partition("&")[0]
    refused = database.target(address.format(port=postgres.port, socket=place))
    with pytest.raises(DatabaseError) as told:
        database.reach(refused)
    assert said in str(told.value)
    assert "wrong-secret" not in str(told.value)
    assert "\n" not in str(told.value)


@needs_postgres
def test_the_password_is_taken_and_not_shown(postgres: Server, tmp_path: Path) -> None:
    known = database.target(
        f"postgresql://kehoach:b%C3%AD%20m%E1%BA%ADt@127.0.0.1:{postgres.port}/kehoach"
    )
    assert PASSWORD in known.secrets
    done = database.load(finished(tmp_path / "out", plan()), known)
    assert str(done).startswith(f"postgresql://kehoach@127.0.0.1:{postgres.port}/kehoach: 1 ")


@needs_postgres
def test_a_user_who_may_not_write(postgres: Server, tmp_path: Path) -> None:
    base = Base(postgres.uri)
    run = finished(tmp_path / "out", plan())
    base.load(run)
    before = base.rows()
    base.ask("DROP ROLE IF EXISTS reader", "CREATE ROLE reader LOGIN")
    reader = database.target(postgres.uri.replace("kehoach@", "reader@"))
    with pytest.raises(DatabaseError, match="lược đồ"):
        database.load(run, reader)
    assert base.rows() == before


@pytest.mark.slow
def test_tables_of_another_program_are_left_alone(base: Base, tmp_path: Path) -> None:
    run = finished(tmp_path / "out", plan())
    base.load(run)
    base.ask("ALTER TABLE periods ADD COLUMN mine INTEGER")
    with pytest.raises(DatabaseError, match="bảng periods có cột lạ mine"):
        base.load(run)
    assert base.ask("SELECT count(mine) FROM periods") == [(0,)]


@pytest.mark.slow
def test_views_live_through_a_load(base: Base, tmp_path: Path) -> None:
    run = finished(tmp_path / "out", plan())
    base.load(run)
    base.ask("CREATE VIEW due AS SELECT task_id, due_on FROM tasks")
    base.load(run)
    assert len(base.ask("SELECT * FROM due")) == 2


def test_a_file_that_is_held_open(tmp_path: Path) -> None:
    path = tmp_path / "plans.duckdb"
    run = finished(tmp_path / "out", plan())
    Base(f"duckdb:{path}").load(run)
    code = (
        "import duckdb, sys\nc = duckdb.connect(sys.argv[1])\nprint('open', flush=True)\n"
        "sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(DatabaseError, match="chương trình khác mở"):
            Base(f"duckdb:{path}").load(run)


def test_paths_that_no_file_can_have(tmp_path: Path) -> None:
    text = tmp_path / "plans.txt"
    text.write_text("no database\n" * 1000)
    run = finished(tmp_path / "out", plan())
    for path, said in (
        (tmp_path, "là thư mục"),
        (text, "không phải của DuckDB"),
        (text / "x.duckdb", "đứng chỗ của thư mục"),
        (tmp_path / ("x" * 300), "quá dài"),
    ):
        with pytest.raises(DatabaseError, match=said):
            database.load(run, database.target(f"duckdb:{path}"))
    assert text.read_text() == "no database\n" * 1000
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "plans.txt"]


def test_a_failed_first_load_leaves_no_file(tmp_path: Path) -> None:
    finished(tmp_path / "out", plan())
    path = tmp_path / "plans.duckdb"
    with pytest.raises(KeyboardInterrupt):
        database.load(Broken(tmp_path / "out", stop), database.target(f"duckdb:{path}"))
    assert [one.name for one in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("postgresql://me:secret@db.vn:5432/plans", "postgresql://me@db.vn:5432/plans"),
        ("postgresql://me:secret@[::1]:5432/plans", "postgresql://me@[::1]:5432/plans"),
        ("postgresql://me@a:1,b:2/plans", "postgresql://me@a:1,b:2/plans"),
        ("postgresql:///plans?host=/tmp&user=me", "postgresql:///plans?host=/tmp&user=me"),
        ("postgresql://h/d?user=me&password=secret", "postgresql://h/d?user=me&password=***"),
        ("postgresql://h/d?password=sec@ret&user=me", "postgresql://h/d?password=***&user=me"),
        # A character that should be written %XX: nobody can tell where the password ends.
        ("postgresql://me:sec@ret@h/d", "postgresql://***"),
        ("postgresql://me:sec?ret@h/d", "postgresql://***"),
        ("postgresql://me:sec/ret@h/d", "postgresql://***"),
        ("postgresql://me:sec#ret@h/d", "postgresql://***"),
        ("postgresql://me:1?ret@h/d", "postgresql://***"),
        ("postgresql://me:1/secret@h/d", "postgresql://***"),
    ],
)
def test_no_password_is_shown(address: str, shown: str) -> None:
    named = database.target(address)
    assert named.shown == shown
    told = named.hide(f"invalid token in {address}")
    assert "secret" not in told
    assert "ret@" not in told


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("mysql://root:secret@h/db", "--to mysql: không biết"),
        ("plans.duckdb", "không biết loại"),
        ("duckdb:", "thiếu đường dẫn"),
        ("duckdb::memory:", "thiếu đường dẫn"),
    ],
)
def test_targets_that_are_none(text: str, said: str) -> None:
    with pytest.raises(TargetError) as told:
        database.target(text)
    assert said in str(told.value)
    assert "secret" not in str(told.value)


@pytest.mark.parametrize("text", ["duckdb:x.duckdb", "postgresql://u:secret@h/db"])
def test_a_missing_extra_names_the_line(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    monkeypatch.setitem(sys.modules, "adbc_driver_postgresql.dbapi", None)
    with pytest.raises(TargetError, match=r"pip install 'kehoach\[database\]'") as told:
        database.target(text)
    assert "secret" not in str(told.value)


def test_each_table_comes_after_those_it_points_to() -> None:
    order = load_order()
    for name in TABLES:
        for key in FOREIGN_KEYS[name]:
            assert order.index(key.table) <= order.index(name)


@needs_postgres
def test_a_character_that_postgres_cannot_hold(postgres: Server, tmp_path: Path) -> None:
    base = Base(postgres.uri)
    base.load(finished(tmp_path / "out", plan(title="a\0b", signer="c")))
    assert base.ask("SELECT title, signer FROM documents") == [("a\ufffdb", "c")]
