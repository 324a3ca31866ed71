"""Crowds: databases with many open cases, made by copying one that has really been opened."""

import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from duly.folders import policies_folder
from duly.running.publishing import publish_folder
from engine.events import Opened
from models.language.moments import parse_moment
from store.cases import Store, open_case
from store.connection import Database
from store.due import sweep
from store.schema import upgrade

RECEIVED: Final = parse_moment("2026-03-10 10:00")
"""When the complaints came in; their hour is over at 11:00."""

DUE: Final = RECEIVED + timedelta(hours=1)
FAR: Final = parse_moment("2027-12-01 10:00")


def new_store(folder: Path, url: str = "") -> Store:
    """A store with the sample company."""
    database = Database(url or f"sqlite:///{folder / 'duly.db'}")
    upgrade(database)
    store = Store(database)
    publish_folder(store, policies_folder(), "bench", parse_moment("2026-01-05 09:00"))
    return store


def complaint(store: Store, event_id: str, received: datetime, now: datetime) -> str:
    """Open one complaint, and give its number."""
    facts = {
        "customer": "某客户", "channel": "phone", "subject": "资费", "received_at": received.isoformat(" ", "seconds")
    }  # fmt: skip
    event = Opened(case="", by="zhao.lei", facts=facts)
    return open_case(store, "complaint-handling", event, event_id, now).recording.case_id


def crowd(folder: Path, due: int, others: int) -> Store:
    """A database on SQLite in which `due` complaints pass their hour in the same second, and `others` much later."""
    store = new_store(folder)
    case_id = complaint(store, "bench", RECEIVED, RECEIVED)
    sweep(store, DUE - timedelta(minutes=1))
    store.database.close()
    with sqlite3.connect(folder / "duly.db") as connection:
        _copy(connection, case_id, due, others)
    connection.close()
    return Store(Database(f"sqlite:///{folder / 'duly.db'}"))


def _copy(connection: sqlite3.Connection, case_id: str, due: int, others: int) -> None:
    connection.row_factory = sqlite3.Row
    case = dict(connection.execute("SELECT * FROM cases WHERE id = ?", (case_id,)).fetchone())
    asked = [dict(row) for row in connection.execute("SELECT * FROM assignments WHERE case_id = ?", (case_id,))]
    far, numbers = int(FAR.timestamp()), range(2, due + others + 1)
    _insert(connection, "cases", (_renamed(case, case_id, n, far if n > due else None) for n in numbers))
    _insert(
        connection,
        "assignments",
        (
            {**row, "id": row["id"].replace(case_id, number), "case_id": number}
            for n in numbers
            for row in asked
            for number in (f"2026-{n:04d}",)
        ),
    )
    connection.execute("UPDATE counters SET value = ? WHERE name = 'cases 2026'", (due + others,))
    connection.execute("UPDATE outbox SET status = 'sent'")
    connection.commit()


def _renamed(case: dict[str, Any], case_id: str, number: int, next_due: int | None) -> dict[str, Any]:
    new = f"2026-{number:04d}"
    state = case["state"].replace(case_id.encode(), new.encode())
    return {**case, "id": new, "state": state, "next_due": next_due or case["next_due"]}


def _insert(connection: sqlite3.Connection, table: str, rows: Iterator[dict[str, Any]]) -> None:
    first = next(rows)
    names = ", ".join(f'"{name}"' for name in first)
    marks = ", ".join("?" for _ in first)
    statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 - names of our own tables
    connection.execute(statement, tuple(first.values()))
    connection.executemany(statement, (tuple(row.values()) for row in rows))
