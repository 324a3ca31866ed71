"""Recording: single events a second from one process, and the raw commits a second that the disk allows."""

import sqlite3
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import text

from duly.benching.crowds import RECEIVED, complaint, new_store
from duly.benching.figures import Figure
from engine.events import Done
from store.cases import Recording, Store, record

TEXT: Final = "x" * 300


def recording(folder: Path, count: int, url: str = "") -> Iterator[Figure]:
    """Raw commits, then events recorded one by one on the same disk."""
    name = "record on PostgreSQL" if url else "record on SQLite"
    store = new_store(folder, url)
    raw = _raw_postgres(store, count) if url else _raw_sqlite(folder / "raw.db", count * 4)
    yield Figure(name, "raw commits", raw, "1/s")
    cases = [complaint(store, f"bench-{n}", RECEIVED, RECEIVED) for n in range(count)]
    now = RECEIVED + timedelta(minutes=10)
    began = time.perf_counter()
    for n, case_id in enumerate(cases):
        done = Done(step="forward", by="zhao.lei", values={"department": "delivery"})
        record(store, Recording(case_id, done, f"click-{n}"), now)
    events = count / (time.perf_counter() - began)
    yield Figure(name, "single events", events, "1/s", at_least=500)
    yield Figure(name, "events a raw commit", events / raw, "ratio")
    store.database.close()


def _raw_sqlite(path: Path, count: int) -> float:
    """Three inserts a commit by the driver alone, WAL and synchronous=FULL like ours."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE raw (a INTEGER, b TEXT)")
    began = time.perf_counter()
    for n in range(count):
        connection.execute("BEGIN IMMEDIATE")
        for _ in range(3):
            connection.execute("INSERT INTO raw VALUES (?, ?)", (n, TEXT))
        connection.execute("COMMIT")
    passed = time.perf_counter() - began
    connection.close()
    return count / passed


def _raw_postgres(store: Store, count: int) -> float:
    with store.database.writing() as connection:
        connection.execute(text("CREATE TABLE IF NOT EXISTS bench_raw (a INTEGER, b TEXT)"))
    with store.database.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        began = time.perf_counter()
        for n in range(count):
            for _ in range(3):
                driver.execute("INSERT INTO bench_raw VALUES (%s, %s)", (n, TEXT))
            driver.commit()
        return count / (time.perf_counter() - began)
