"""The tables of a run into a DuckDB file.

DuckDB cannot take a row away and give it again within one transaction while a key points to it
("foreign key limitations" of its manual). So the tables are made anew, within one transaction,
from the rows that stay and the rows that come; views and tables of others are not touched.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from publish.database import (
    DatabaseError,
    Loaded,
    Target,
    check_columns,
    choose,
    going,
    loaded,
    mentioned_agencies,
)
from publish.database_schema import (
    DUCKDB,
    column_names,
    create_table,
    load_order,
    names,
    quoted,
)
from publish.keys import FOREIGN_KEYS

if TYPE_CHECKING:
    import pyarrow as pa

    from publish.finished import Finished

_NO_FOLDER = ("trên đường dẫn có tệp đứng chỗ của thư mục", "Sửa đường dẫn")
# What DuckDB says → what it means and what to do.
_SAID = (
    (
        "could not set lock",
        "tệp đang được chương trình khác mở",
        "Đóng chương trình đó rồi nạp lại",
    ),
    ("is a directory", "là thư mục, không phải tệp", "Viết --to duckdb:TỆP.duckdb"),
    ("file exists", *_NO_FOLDER),
    ("not a directory", *_NO_FOLDER),
    ("not a valid duckdb", "tệp này không phải của DuckDB", "Viết tên tệp khác"),
    ("file name too long", "tên tệp quá dài", "Viết tên tệp ngắn hơn"),
    ("no space left", "hết chỗ trên đĩa", "Dọn chỗ rồi nạp lại"),
    ("could not write", "không ghi được vào đĩa", "Dọn chỗ trên đĩa rồi nạp lại"),
    ("permission denied", "không có quyền ghi", "Sửa quyền của tệp và thư mục, hoặc viết tệp khác"),
    ("read-only", "tệp chỉ cho đọc", "Sửa quyền của tệp, hoặc viết tệp khác"),
    ("dependency error", "có bảng khác dựa vào các bảng này", "Bỏ khoá trỏ đến chúng rồi nạp lại"),
    ("it is currently used", "có bảng khác dựa vào các bảng này", "Bỏ khoá trỏ đến chúng"),
    ("constraint error", "các dòng không khớp khoá của bảng", "Nạp vào một tệp mới"),
    ("could not create", "không tạo được tệp", "Kiểm tra đường dẫn và quyền của thư mục"),
    ("out of memory", "không đủ bộ nhớ", "Đóng bớt chương trình rồi nạp lại"),
)


def reach_duckdb(database: Target, path: Path) -> None:
    """Open the file and close it again; DatabaseError where that fails. Makes no new file."""
    if os.path.lexists(path):
        with _open(database, path):
            pass
        return
    existing = next(folder for folder in path.resolve().parents if os.path.lexists(folder))
    if not existing.is_dir():
        raise DatabaseError(database.shown, *_NO_FOLDER)


def load_duckdb(run: Finished, database: Target, path: Path) -> Loaded:
    """As :func:`publish.database.load`; the file is made where it is missing."""
    is_new = not os.path.lexists(path)  # Path.exists raises where a name is too long
    try:
        with _open(database, path) as connection:
            session = _Session(connection)
            session.run("BEGIN TRANSACTION")
            done = _load(session, run, database)
            session.run("COMMIT")
        return done
    except BaseException:
        if is_new:  # an empty file is nothing that was there before
            for left in (path, path.with_name(f"{path.name}.wal")):
                with contextlib.suppress(OSError):
                    left.unlink()
        raise


@contextmanager
def _open(database: Target, path: Path) -> Iterator[Any]:
    """A connection, closed at the end (which undoes what was not committed)."""
    import duckdb

    connection = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # As an absolute path: a bare "md:…" would be a service on the net.
        connection = duckdb.connect(str(path.resolve()))
        yield connection
    except (duckdb.Error, OSError) as error:
        raise _plainly(error, database) from error
    finally:
        if connection is not None:
            with contextlib.suppress(duckdb.Error):
                connection.close()


def _plainly(error: Exception, database: Target) -> DatabaseError:
    text = str(error)
    for said, problem, remedy in _SAID:
        if said in text.lower():
            return DatabaseError(database.shown, problem, remedy)
    line = text.strip().partition("\n")[0]
    return DatabaseError(database.shown, f"DuckDB báo lỗi ({line})", "Kiểm tra tệp và đường dẫn")


class _Session:
    """The statements of one open transaction (:class:`publish.database.Session`)."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def run(self, statement: str) -> None:
        self._connection.execute(statement)

    def fetch(self, query: str) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = self._connection.execute(query).fetchall()
        return found

    def number(self, query: str) -> int:
        return int(self.fetch(query)[0][0])

    def put(self, table: str, rows: pa.Table | pa.RecordBatchReader) -> None:
        self._connection.register("kehoach_incoming", rows)
        try:
            self.run(f"CREATE TEMPORARY TABLE {quoted(table)} AS SELECT * FROM kehoach_incoming")
        finally:
            self._connection.unregister("kehoach_incoming")


def _load(session: _Session, run: Finished, database: Target) -> Loaded:
    _make(session, database)
    replaced, removed = choose(session, run)
    for name in reversed(load_order()):  # agencies last: they stay as long as a row names them
        _stage(session, name, run)
    for name in reversed(load_order()):
        session.run(f"DROP TABLE {quoted(name)}")
    for name in load_order():
        session.run(";".join(create_table(name, DUCKDB)))
        _fill(session, name)
    return loaded(run, database, replaced, removed)


def _make(session: _Session, database: Target) -> None:
    """Make the tables that are missing; DatabaseError where an old one does not fit."""
    there: dict[str, dict[str, str]] = {}
    for table, column, kind in session.fetch(
        "SELECT table_name, column_name, data_type FROM duckdb_columns() "
        "WHERE database_name = current_database() AND schema_name = current_schema()"
    ):
        there.setdefault(table, {})[column] = kind
    for name in load_order():
        if name in there:
            check_columns(database, name, there[name], DUCKDB)
        else:
            session.run(create_table(name, DUCKDB)[0])


def _stage(session: _Session, name: str, run: Finished) -> None:
    """The rows that the table will hold, those that stay first, as ``kehoach_NAME``."""
    staged = f"kehoach_all_{name}"
    stays = f"({going(name)}) IS NOT TRUE"
    if name == "agencies":
        stays += f" AND agency_id IN ({mentioned_agencies('kehoach_all_')})"
    session.put(f"kehoach_run_{name}", run.reader(name))
    session.run(
        f"CREATE TEMPORARY TABLE {quoted(staged)} AS "
        f"SELECT {names(column_names(name))} FROM {quoted(name)} WHERE {stays} "
        f"UNION ALL SELECT {names(column_names(name))} FROM {quoted(f'kehoach_run_{name}')}"
    )
    session.run(f"DROP TABLE {quoted(f'kehoach_run_{name}')}")


def _fill(session: _Session, name: str) -> None:
    """The staged rows into the new table; rows that others of the same table point to go first."""
    staged, table = quoted(f"kehoach_all_{name}"), quoted(name)
    own = [key for key in FOREIGN_KEYS[name] if key.table == name]
    columns = names(column_names(name))
    if not own:
        session.run(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {staged}")
        return
    (key,) = own
    parent, target = quoted(key.column), quoted(key.target)
    session.run(
        f"UPDATE {staged} SET {parent} = NULL WHERE {parent} NOT IN (SELECT {target} FROM {staged})"
    )
    ready = f"{parent} IS NULL"
    while session.number(f"SELECT count(*) FROM {staged}"):
        before = session.number(f"SELECT count(*) FROM {table}")
        session.run(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {staged} WHERE {ready}")
        session.run(f"DELETE FROM {staged} WHERE {target} IN (SELECT {target} FROM {table})")
        ready = f"{parent} IN (SELECT {target} FROM {table})"
        if session.number(f"SELECT count(*) FROM {table}") == before:
            ready = "TRUE"  # rows that point at each other: the key says no
