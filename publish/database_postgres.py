"""The tables of a run into a PostgreSQL database, through ADBC.

Rows go in by COPY. Keys that point to other rows are checked when the transaction ends, so that a
document may be deleted and come again; a lock lets one load at a time go on.
"""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

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
from publish.database_schema import POSTGRES, create_table, literal, load_order, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from publish.finished import Finished

_LOCK = 0x6B65686F616368
"""Any number will do, as long as every load takes the same."""
_PATIENCE = "60s"
_CONNECT_SECONDS = "15"

# What the client library says of a connection that fails → what it means and what to do.
_UNREACHED = (
    (
        "password authentication failed",
        "sai người dùng hoặc mật khẩu",
        "Sửa người dùng, mật khẩu trong địa chỉ",
    ),
    ("no password supplied", "máy chủ đòi mật khẩu", "Đặt PGPASSWORD, hoặc ghi vào ~/.pgpass"),
    ("pg_hba.conf", "máy chủ không nhận máy hoặc người dùng này", "Hỏi người quản trị máy chủ"),
    ("could not translate host", "không tìm thấy máy chủ", "Sửa tên máy chủ trong địa chỉ"),
    ("connection refused", "máy chủ từ chối kết nối", "Kiểm tra máy chủ đang chạy và số cổng"),
    ("no such file", "không có máy chủ nào chạy ở đó", "Khởi động máy chủ hoặc sửa địa chỉ"),
    ("timeout", "máy chủ không trả lời", "Kiểm tra mạng và địa chỉ"),
    ("too many", "máy chủ hết chỗ kết nối", "Nạp lại sau"),
    ("role ", "máy chủ không có người dùng này", "Sửa người dùng trong địa chỉ"),
    ("database ", "máy chủ không có cơ sở dữ liệu này", "Tạo bằng lệnh createdb, hoặc sửa tên"),
)
# SQLSTATE, or its class (two characters) → what it means and what to do.
_STATES = {
    "42501": ("người dùng không có quyền", "Cấp quyền CREATE trên lược đồ và quyền ghi các bảng"),
    "3F000": ("không có lược đồ nào để tạo bảng", "Tạo lược đồ, hoặc cấp quyền trên lược đồ"),
    "25006": ("cơ sở dữ liệu chỉ cho đọc", "Nạp vào máy chủ chính, hoặc bỏ chế độ chỉ đọc"),
    "55P03": ("bảng đang bị chương trình khác giữ", "Đóng chương trình đó rồi nạp lại"),
    "53100": ("máy chủ hết chỗ trên đĩa", "Dọn chỗ rồi nạp lại"),
    "53": ("máy chủ hết tài nguyên", "Nạp lại sau"),
    "23": ("các dòng không khớp khoá của bảng", "Nạp vào một cơ sở dữ liệu trống"),
    "42809": ("tên bảng đã dùng cho thứ khác", "Nạp vào một cơ sở dữ liệu mới"),
}
_SENTENCE = re.compile(r"(?:ERROR|FATAL|Failed to connect): *([^\n]+)$", re.MULTILINE)
_LOST = ("mất kết nối giữa chừng; cơ sở dữ liệu vẫn như trước", "Kiểm tra máy chủ rồi nạp lại")
_LOST_AT_END = (
    "mất kết nối đúng lúc kết thúc; không rõ máy chủ đã nhận hay chưa",
    "Nạp lại: nạp hai lần cũng như một lần",
)


def reach_postgres(database: Target) -> None:
    """Connect and close again; DatabaseError where the server refuses."""
    _close(_connect(database))


def load_postgres(run: Finished, database: Target) -> Loaded:
    """As :func:`publish.database.load`."""
    from adbc_driver_manager import Error

    connection = _connect(database)
    try:
        with connection.cursor() as cursor:
            done = _load(_Session(cursor), run, database)
        try:
            connection.commit()
        except Error as error:
            raise _plainly(error, database, _LOST_AT_END) from error
    except Error as error:
        raise _plainly(error, database, _LOST) from error
    finally:
        _close(connection)
    return done


def _connect(database: Target) -> Any:
    from adbc_driver_manager import Error
    from adbc_driver_postgresql import dbapi

    try:
        return dbapi.connect(_patient(database.uri))
    except Error as error:
        raise _unreached(error, database) from error
    except ValueError as error:  # a character that no address may hold
        raise DatabaseError(database.shown, "địa chỉ không hợp lệ", "Sửa địa chỉ") from error


def _patient(uri: str) -> str:
    """The address with a limit to how long a silent server is waited for, unless it has one."""
    query = urlsplit(uri).query
    if "connect_timeout" in parse_qs(query):
        return uri
    joint = "&" if query else "" if uri.endswith("?") else "?"
    return f"{uri}{joint}connect_timeout={_CONNECT_SECONDS}"


def _close(connection: Any) -> None:
    """Close, which undoes an open transaction; a lost connection has nothing more to say."""
    with contextlib.suppress(Exception):
        connection.rollback()
    with contextlib.suppress(Exception):
        connection.close()


def _unreached(error: Exception, database: Target) -> DatabaseError:
    text = str(error)
    for said, problem, remedy in _UNREACHED:
        if said in text.lower():
            return DatabaseError(database.shown, problem, remedy)
    return DatabaseError(
        database.shown,
        f"không kết nối được ({database.hide(_server_said(text))})",
        "Kiểm tra địa chỉ và máy chủ; ký tự lạ trong mật khẩu phải viết dạng %XX",
    )


def _plainly(error: Any, database: Target, lost: tuple[str, str]) -> DatabaseError:
    state = error.sqlstate
    if state is None or state.startswith(("08", "57P")):
        return DatabaseError(database.shown, *lost)
    problem, remedy = _STATES.get(
        state, _STATES.get(state[:2], ("máy chủ báo lỗi", "Hỏi người quản trị máy chủ"))
    )
    said = database.hide(_server_said(str(error)))
    return DatabaseError(database.shown, f"{problem} ({said})", remedy)


def _server_said(text: str) -> str:
    """The server's own sentence, without the words of the client library around it."""
    found = _SENTENCE.search(text)
    return (found[1] if found else text.strip().partition("\n")[0]).strip().rstrip(".")


class _Session:
    """The statements of one open transaction (:class:`publish.database.Session`)."""

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor

    def run(self, statement: str) -> None:
        self._cursor.execute(statement)

    def fetch(self, query: str) -> list[tuple[Any, ...]]:
        self._cursor.execute(query)
        found: list[tuple[Any, ...]] = self._cursor.fetchall()
        return found

    def number(self, query: str) -> int:
        return int(self.fetch(query)[0][0])

    def put(self, table: str, rows: pa.Table) -> None:
        self._cursor.adbc_ingest(table, rows, mode="create", temporary=True)

    def append(self, table: str, rows: pa.RecordBatchReader) -> None:
        """Add the rows to a table that is there."""
        self._cursor.adbc_ingest(table, rows, mode="append")


def _load(session: _Session, run: Finished, database: Target) -> Loaded:
    session.run(f"SET LOCAL lock_timeout = {literal(_PATIENCE)}")
    session.fetch(f"SELECT pg_advisory_xact_lock({_LOCK})::text")
    _check_encoding(session, database)
    for name in load_order():
        _make(session, name, database)
    replaced, removed = choose(session, run)
    for name in reversed(load_order()):
        session.run(f"DELETE FROM {quoted(name)} WHERE {going(name)}")
    for name in load_order():
        session.append(name, _storable(run.reader(name)))
    _let_go(session)
    session.run("SET CONSTRAINTS ALL IMMEDIATE")  # so that a misfit shows before the end
    return loaded(run, database, replaced, removed)


def _let_go(session: _Session) -> None:
    """Undo what pointed to the documents taken away: children's parents, agencies of no row."""
    session.run(
        "UPDATE documents d SET parent_document_id = NULL WHERE parent_document_id IS NOT NULL "
        "AND NOT EXISTS (SELECT FROM documents p WHERE p.document_id = d.parent_document_id)"
    )
    session.run(
        f"DELETE FROM agencies WHERE NOT {going('agencies')} "
        f"AND agency_id NOT IN ({mentioned_agencies()})"
    )


def _check_encoding(session: _Session, database: Target) -> None:
    ((encoding,),) = session.fetch("SELECT current_setting('server_encoding')")
    if encoding != "UTF8":
        raise DatabaseError(
            database.shown,
            f"cơ sở dữ liệu dùng bảng mã {encoding}, không chứa được tiếng Việt",
            "Tạo cơ sở dữ liệu mới: createdb --encoding=UTF8 --template=template0 TÊN",
        )


def _make(session: _Session, name: str, database: Target) -> None:
    """Make the table where it is missing; DatabaseError where an old one does not fit."""
    # A catalogue's own types ("name") come as they are; text is what the comparison wants.
    found = session.fetch(
        "SELECT a.attname::text, t.typname::text FROM pg_attribute a "
        "JOIN pg_type t ON t.oid = a.atttypid "
        f"WHERE a.attrelid = to_regclass({literal(quoted(name))}) "
        "AND a.attnum > 0 AND NOT a.attisdropped"
    )
    if found:
        check_columns(database, name, dict(found), POSTGRES)
        return
    for statement in create_table(name, POSTGRES):
        session.run(statement)


def _storable(rows: pa.RecordBatchReader) -> pa.RecordBatchReader:
    """The rows with U+FFFD for the character U+0000, which PostgreSQL cannot hold."""
    import pyarrow as pa

    def clean() -> Iterator[pa.RecordBatch]:
        for batch in rows:
            yield pa.RecordBatch.from_arrays(
                [_without_nul(column) for column in batch.columns], schema=batch.schema
            )

    return pa.RecordBatchReader.from_batches(rows.schema, clean())


def _without_nul(column: pa.Array) -> pa.Array:
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_list(column.type):
        items = _without_nul(column.values)
        if items is column.values:
            return column
        return pa.ListArray.from_arrays(
            column.offsets, items, type=column.type, mask=column.is_null()
        )
    if not pa.types.is_string(column.type) or not pc.any(pc.match_substring(column, "\0")).as_py():
        return column
    return pc.replace_substring(column, "\0", "\ufffd")
