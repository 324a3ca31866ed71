"""Connection: one database, SQLite or PostgreSQL, and how its transactions begin."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DisconnectionError, InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.pool import QueuePool

BUSY_MS: Final = 30_000
"""How long SQLite waits for another writer."""


REST: Final = 1.0
"""Seconds after which a connection is asked whether its server still lives."""

PAUSED_MS: Final = 60_000
"""How long PostgreSQL waits for the next word inside a transaction.

A machine that lost its power in the middle of one would hold the head of the ledger for the two hours that TCP takes.
"""

OVERFLOW: Final = 30
"""Connections beyond the pool's size, opened when they are needed."""


AWAY: Final = (OperationalError, InterfaceError, InternalError, NoConnection)
"""Errors of a database that cannot be used just now, or that ended a transaction which had been paused for too long.

All others are the fault of what was asked of it."""


class Database:
    """A database by its URL: `sqlite:///duly.db` or `postgresql+psycopg://user@host/name`."""

    def __init__(self, url: str, pool_size: int = 5) -> None:
        self.url = url
        self.is_sqlite = url.startswith("sqlite")
        self.engine = self._connect(url, pool_size)

    def _connect(self, url: str, pool_size: int) -> Engine:
        engine = create_engine(
            url,
            poolclass=QueuePool,
            pool_size=pool_size,
            max_overflow=OVERFLOW,
            # What a statement was given is somebody's facts, or a password's hash: an error must not carry it to a log.
            hide_parameters=True,
            connect_args={"check_same_thread": False} if self.is_sqlite else _impatient(url),
        )
        if not self.is_sqlite:
            _ping_after_a_rest(engine)
            return engine
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes: committed at the end, rolled back on any error.

        On SQLite it takes the write lock at once, so that what it reads cannot change before it writes.
        """
        with self.engine.connect().execution_options(duly_writes=True) as connection, connection.begin():
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads, and never waits for a writer."""
        with self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def auditing(self) -> Iterator[Connection]:
        """A transaction that reads everything as it was at one moment, however long it takes.

        SQLite always does so. On PostgreSQL an auditor would else find fault with what comes while he is reading; pages
        need not pay for that.
        """
        level = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        with self.engine.connect().execution_options(**level) as connection, connection.begin():
            yield connection

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def _impatient(url: str) -> dict[str, Any]:
    """How PostgreSQL and its driver notice within a minute that the other side has gone; what the URL says wins.

    Without it a server that is switched off keeps the clock waiting for an answer until TCP gives up, and a client that
    is switched off keeps its locks for as long.
    """
    server = {
        "idle_in_transaction_session_timeout": PAUSED_MS, "tcp_keepalives_idle": 20, "tcp_keepalives_interval": 10,
        "tcp_keepalives_count": 3,
    }  # fmt: skip
    wanted = {
        "connect_timeout": 10, "keepalives_idle": 20, "keepalives_interval": 10, "keepalives_count": 3,
        "tcp_user_timeout": 50_000, "options": " ".join(f"-c {name}={value}" for name, value in server.items()),
    }  # fmt: skip
    return {name: value for name, value in wanted.items() if name not in make_url(url).query}


def _ping_after_a_rest(engine: Engine) -> None:
    """Ask a connection that has rested for a while whether its server still lives.

    The pool can ask before every use, but that costs every click a turn; a server is not restarted between two of them.
    """

    def rest(_connection: Any, record: Any) -> None:
        record.info["rests_since"] = time.monotonic()

    def use(connection: Any, record: Any, _proxy: Any) -> None:
        if time.monotonic() - record.info.get("rests_since", time.monotonic()) >= REST:
            try:
                engine.dialect.do_ping(connection)
            except engine.dialect.loaded_dbapi.Error as error:
                raise DisconnectionError from error  # the pool opens another, and throws away what is as old

    event.listen(engine, "checkin", rest)
    event.listen(engine, "checkout", use)


def _set_up_sqlite(connection: Any, _record: object) -> None:
    # The driver's own transactions begin too late for BEGIN IMMEDIATE, so it is told to keep out of it.
    connection.isolation_level = None
    cursor = connection.cursor()
    _write_ahead(cursor)
    for pragma in (
        f"busy_timeout={BUSY_MS}",
        "synchronous=FULL",
        "foreign_keys=ON",
        "trusted_schema=OFF",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _write_ahead(cursor: Any) -> None:
    """Have the file keep a write-ahead log. SQLite does not wait for others here, whatever its timeout says."""
    for again in range(BUSY_MS // 50):
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if again == BUSY_MS // 50 - 1:
                raise
            time.sleep(0.05)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("duly_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
