"""The tables of a run into a database: ``duckdb:PATH`` or ``postgresql://…``.

The run's documents come in, or take the place of what the database has of them, in one
transaction: everything or nothing. Loading a run twice gives what loading it once gives.

A document of the database goes when the run has it anew (same id), and when the file that it came
from was read again and no longer gives it. A name alone does not make two files the same (every
province has a ``plan.txt``): the bytes are the same too, or both give a document with the same
id, or with the same jurisdiction, issuer and plan year.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import unquote

import msgspec

from publish.database_schema import load_order, misfit, quoted
from publish.keys import FOREIGN_KEYS

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

    from publish.database_schema import Dialect
    from publish.finished import Finished

_SCHEMES = ("postgresql://", "postgres://")
_FILE = "duckdb:"
INSTALL = "pip install 'kehoach[database]'"


class TargetError(Exception):
    """The words behind ``--to`` name no database that can be loaded; nothing was tried."""


class DatabaseError(Exception):
    """A database refused; it is as it was before unless the message says otherwise."""

    def __init__(self, target: str, problem: str, remedy: str) -> None:
        super().__init__(f"{target}: {problem}. {remedy}")


class Loaded(msgspec.Struct, frozen=True):
    """What one load did, in documents: come in, of these in place of older ones, taken away."""

    target: str
    documents: int
    replaced: int
    removed: int
    tasks: int

    def __str__(self) -> str:
        text = f"{self.target}: {self.documents:,} documents"
        if self.replaced:
            text += f", {self.replaced:,} of them replaced"
        if self.removed:
            text += f", {self.removed:,} that their file no longer gives removed"
        return f"{text}; {self.tasks:,} tasks"


class Target(msgspec.Struct, frozen=True):
    """A database to load: ``shown`` is what messages call it, without password."""

    uri: str
    shown: str
    path: Path | None = None
    secrets: tuple[str, ...] = ()

    def hide(self, text: str) -> str:
        """The text without the address's password, however the client library spelt it.

        Nothing is left of the text where it is not clear what in the address is the password.
        """
        if self.shown.endswith(_UNCLEAR):
            return "địa chỉ viết sai"
        for secret in self.secrets:
            text = text.replace(secret, "***")
        return text


def target(text: str) -> Target:
    """What ``--to`` names; TargetError for an unknown kind, or a program that is not installed."""
    if text.startswith(_FILE):
        path = Path(text.removeprefix(_FILE))
        if not path.name or path.name.startswith(":"):
            raise TargetError(f"--to {text}: thiếu đường dẫn tệp; viết --to duckdb:TỆP.duckdb")
        _import("duckdb", text)
        return Target(text, text, path)
    if text.startswith(_SCHEMES):
        _import("adbc_driver_postgresql.dbapi", "postgresql://")
        return _server(text)
    # The text may be a misspelt address with a password in it: only its scheme is repeated.
    scheme = text.partition(":")[0] if ":" in text else text
    raise TargetError(
        f"--to {scheme}: không biết loại cơ sở dữ liệu này; "
        "viết --to duckdb:TỆP hoặc --to postgresql://NGƯỜI@MÁY/CƠ_SỞ"
    )


def _import(module: str, text: str) -> None:
    try:
        __import__(module)
    except ImportError as error:
        raise TargetError(f"--to {text} cần cài thêm: {INSTALL}") from error


_UNCLEAR = "://***"
# user:password@host:port,…/database?name=value&… (PostgreSQL 15, 34.1.1.2 "Connection URIs").
_HOST = r"(?:\[[^]]*\]|[^][:@/?#,]*)(?::\d*)?"
_ADDRESS = re.compile(
    r"(?:(?P<user>[^:@/?#]*)(?::(?P<password>[^@/?#]*))?@)?"
    rf"(?P<place>{_HOST}(?:,{_HOST})*(?:/[^@/?#]*)?)"
    r"(?:\?(?P<query>\w+=[^&#]*(?:&\w+=[^&#]*)*)?)?"
)
_PASSWORD = re.compile(r"(?<![^&])((?:ssl)?password)=([^&]*)")


def _server(uri: str) -> Target:
    scheme, _, rest = uri.partition("://")
    found = _ADDRESS.fullmatch(rest)
    if found is None:
        return Target(uri, scheme + _UNCLEAR)
    query = found["query"] or ""
    words = [found["password"] or "", *(match[2] for match in _PASSWORD.finditer(query))]
    secrets = {one for word in words for one in (word, unquote(word)) if one}
    user = "" if found["user"] is None else f"{found['user']}@"
    shown = f"{scheme}://{user}{found['place']}"
    if query:
        shown += "?" + _PASSWORD.sub(r"\1=***", query)
    return Target(uri, shown, secrets=tuple(sorted(secrets, key=len, reverse=True)))


def reach(database: Target) -> None:
    """Connect and close again, so that a long run need not end at a closed door.

    Raises DatabaseError. A DuckDB file that does not exist is not made.
    """
    if database.path is not None:
        from publish.database_duckdb import reach_duckdb

        reach_duckdb(database, database.path)
    else:
        from publish.database_postgres import reach_postgres

        reach_postgres(database)


def load(run: Finished, database: Target) -> Loaded:
    """Load or replace the run's documents in one transaction; DatabaseError where it fails."""
    if database.path is not None:
        from publish.database_duckdb import load_duckdb

        return load_duckdb(run, database, database.path)
    from publish.database_postgres import load_postgres

    return load_postgres(run, database)


class Session(Protocol):
    """An open transaction, as both databases give it."""

    def run(self, statement: str) -> None:
        """Carry out one statement."""

    def number(self, query: str) -> int:
        """The one number that a query gives."""

    def put(self, table: str, rows: pa.Table) -> None:
        """Make a temporary table of these rows."""


# Documents of the database that this load takes away; kehoach_new are the run's documents.
_SAME_FILE = """
SELECT d.document_id FROM documents d
JOIN kehoach_new n ON n.source_file = d.source_file
WHERE n.source_sha256 = d.source_sha256
   OR (n.jurisdiction_code IS NOT DISTINCT FROM d.jurisdiction_code
       AND n.issuer_id IS NOT DISTINCT FROM d.issuer_id
       AND n.plan_year IS NOT DISTINCT FROM d.plan_year)
"""
_GONE = f"""
CREATE TEMPORARY TABLE kehoach_gone AS
SELECT d.document_id FROM documents d
JOIN kehoach_new n ON n.document_id = d.document_id
UNION
SELECT d.document_id FROM documents d
JOIN documents same ON same.source_file = d.source_file AND same.source_sha256 = d.source_sha256
JOIN kehoach_new n ON n.document_id = same.document_id AND n.source_file = same.source_file
UNION
{_SAME_FILE}
"""
_NEW = (
    "document_id",
    "source_file",
    "source_sha256",
    "jurisdiction_code",
    "issuer_id",
    "plan_year",
)


def choose(session: Session, run: Finished) -> tuple[int, int]:
    """Fill the temporary tables that say what goes; how many documents are replaced, removed.

    ``kehoach_new``: the run's documents; ``kehoach_gone``: ids of the database that go;
    ``kehoach_files``: the run's files; ``kehoach_agencies``: the run's agency ids.
    """
    session.put("kehoach_new", run.read("documents", _NEW))
    files = {
        name
        for table in ("documents", "findings")
        for name in run.read(table, ["source_file"]).column(0).to_pylist()
    }
    session.put("kehoach_files", _column("source_file", sorted(files)))
    session.put("kehoach_agencies", run.read("agencies", ["agency_id"]))
    session.run(_GONE)
    gone = session.number("SELECT count(*) FROM kehoach_gone")
    replaced = session.number(
        "SELECT count(*) FROM kehoach_gone g JOIN kehoach_new n ON n.document_id = g.document_id"
    )
    return replaced, gone - replaced


def _column(name: str, values: list[str]) -> pa.Table:
    import pyarrow as pa

    from publish.arrays import build

    return pa.table([build(values, pa.string())], names=[name])


def going(table: str) -> str:
    """The condition that is true for the table's rows that the load takes away or gives anew."""
    if table == "agencies":
        return "agency_id IN (SELECT agency_id FROM kehoach_agencies)"
    doomed = "document_id IN (SELECT document_id FROM kehoach_gone)"
    if table == "findings":
        doomed += (
            " OR (document_id IS NULL AND source_file IN (SELECT source_file FROM kehoach_files))"
        )
    return f"({doomed})"


def mentioned_agencies(prefix: str = "") -> str:
    """A query for every agency id that a row of the tables (names with ``prefix``) mentions."""
    parts = [
        f"SELECT {quoted(key.column)} AS agency_id FROM {quoted(prefix + table)} "
        f"WHERE {quoted(key.column)} IS NOT NULL"
        for table in load_order()
        for key in FOREIGN_KEYS[table]
        if key.table == "agencies"
    ]
    parts += [
        f"SELECT unnest({quoted(column)}) FROM {quoted(prefix + 'tasks')}"
        for column in ("lead_ids", "coordinating_ids", "funded_by_ids")
    ]
    return " UNION ".join(parts)


def check_columns(database: Target, table: str, found: Mapping[str, Any], dialect: Dialect) -> None:
    """DatabaseError where a table that is there already does not fit the run's."""
    problem = misfit(table, found, dialect)
    if problem:
        raise DatabaseError(
            database.shown,
            f"{problem}; bảng này do phiên bản hoặc chương trình khác tạo ra",
            "Nạp vào một cơ sở dữ liệu mới",
        )


def loaded(run: Finished, database: Target, replaced: int, removed: int) -> Loaded:
    """What the load of this run did."""
    return Loaded(database.shown, run.count("documents"), replaced, removed, run.count("tasks"))
