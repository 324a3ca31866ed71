"""Deadlines: how late the real clock is, steadily, in a burst, and after an outage."""

import sqlite3
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from duly.benching.crowds import DUE, RECEIVED, complaint, crowd
from duly.benching.figures import Figure, percentile
from duly.benching.stage import PATIENCE, Stage, free_port, sink

LEAD: Final = 6.0
"""Seconds that the processes have to start before the first deadline."""

TWICE: Final = "SELECT count(*) - count(DISTINCT case_id) FROM ledger WHERE kind = 'TimerFired' AND happened_at = ?"

LOOK: Final = 0.02
"""Seconds between two looks into the ledger; the figures are exact to that."""


def burst(folder: Path, due: int, open_cases: int) -> Iterator[Figure]:
    """Many deadlines in the same second: all recorded, and the first escalation mail."""
    crowd(folder, due, open_cases - due).database.close()
    name = f"{due} deadlines in one second, {open_cases} open cases"
    with sink() as mails:
        stage = Stage(folder, mails.port, free_port())
        now = DUE - timedelta(seconds=LEAD)
        environment, zero = stage.environment(now), time.monotonic() + LEAD
        with stage.process("clock", environment=environment), stage.process("mail", environment=environment):
            times = _recorded(folder, due)
            first = _first_mail(mails.came)
    yield Figure(name, "all recorded after", times[-1] - zero, "s", at_most=10)
    yield Figure(name, "first mail handed over after", first - zero, "s", at_most=1)
    yield Figure(name, "recorded", due / (times[-1] - zero), "1/s")


def outage(folder: Path, due: int) -> Iterator[Figure]:
    """The clock is started an hour after the deadlines."""
    store = crowd(folder, due, 1)
    store.database.close()
    name = f"restart with {due} deadlines overdue"
    stage = Stage(folder, free_port(), free_port())
    began = time.monotonic()
    with stage.process("clock", environment=stage.environment(DUE + timedelta(minutes=20))):
        times = _recorded(folder, due)
    yield Figure(name, "caught up after", times[-1] - began, "s", at_most=15)
    yield Figure(name, "deadlines recorded twice", _query(folder, TWICE), "count", at_most=0)


def steady(folder: Path, seconds: int, a_second: int, open_cases: int) -> Iterator[Figure]:
    """A few deadlines a second for a while, with many other cases open."""
    store = crowd(folder, 1, open_cases - 1 - seconds * a_second)
    zero = RECEIVED + timedelta(days=1)
    for number in range(seconds * a_second):
        complaint(store, f"steady-{number}", zero + timedelta(seconds=number // a_second), zero + timedelta(minutes=20))
    store.database.close()
    before = _count(folder)
    due = zero + timedelta(minutes=30)  # half of the hour, when the first reminder goes
    stage = Stage(folder, free_port(), free_port())
    now = due - timedelta(seconds=LEAD)
    environment, start = stage.environment(now), time.monotonic() + LEAD
    with stage.process("clock", environment=environment):
        late = _lateness(folder, seconds * a_second, before, due, start)
    name = f"{a_second * 60} deadlines a minute, {open_cases} open cases"
    yield Figure(name, "lateness p50", percentile(late, 0.5), "s")
    yield Figure(name, "lateness p99", percentile(late, 0.99), "s", at_most=1)
    yield Figure(name, "lateness max", max(late), "s")


def _recorded(folder: Path, count: int) -> list[float]:
    """When each of `count` timers of the hour was seen in the ledger; raises `TimeoutError`."""
    query = "SELECT count(*) FROM ledger WHERE kind = 'TimerFired' AND happened_at = ?"
    seen: list[float] = []
    end = time.monotonic() + PATIENCE
    while len(seen) < count:
        found = _query(folder, query)
        seen += [time.monotonic()] * (int(found) - len(seen))
        if time.monotonic() > end:
            raise TimeoutError(f"only {len(seen)} of {count} deadlines were recorded; see {folder / 'bench.log'}")
        time.sleep(LOOK)
    return seen


def _query(folder: Path, query: str) -> float:
    connection = sqlite3.connect(folder / "duly.db", timeout=30)
    try:
        return float(connection.execute(query, (int(DUE.timestamp()),)).fetchone()[0])
    finally:
        connection.close()


def _count(folder: Path) -> int:
    connection = sqlite3.connect(folder / "duly.db", timeout=30)
    try:
        return int(connection.execute("SELECT coalesce(max(seq), 0) FROM ledger").fetchone()[0])
    finally:
        connection.close()


def _lateness(folder: Path, count: int, after: int, due: datetime, start: float) -> list[float]:
    """Seconds from due to seen, of `count` timers."""
    connection = sqlite3.connect(folder / "duly.db", timeout=30)
    late: list[float] = []
    end = time.monotonic() + PATIENCE
    query = "SELECT seq, happened_at FROM ledger WHERE seq > ? AND kind = 'TimerFired' ORDER BY seq"
    while len(late) < count and time.monotonic() < end:
        for seq, happened in connection.execute(query, (after,)).fetchall():
            after = seq
            if happened >= int(due.timestamp()):
                late.append(time.monotonic() - start - (happened - due.timestamp()))
        time.sleep(LOOK)
    connection.close()
    if len(late) < count:
        raise TimeoutError(f"only {len(late)} of {count} deadlines were recorded; see {folder / 'bench.log'}")
    return late


def _first_mail(came: list[tuple[float, bytes]]) -> float:
    end = time.monotonic() + PATIENCE
    while not came:
        if time.monotonic() > end:
            raise TimeoutError("no mail was handed over")
        time.sleep(LOOK)
    return came[0][0]
