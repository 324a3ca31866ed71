"""Heartbeats: which processes live. Written every few seconds; whoever is silent for longer is missed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, insert, select, update

from models.tables import HeartbeatRow
from store.connection import Database

_HEARTBEATS: Final = HeartbeatRow.__table__  # type: ignore[attr-defined]

EVERY: Final = timedelta(seconds=10)
"""How often a process says that it lives."""

SILENT: Final = timedelta(seconds=45)
"""A process that has said nothing for so long is missed."""

FORGOTTEN: Final = timedelta(days=1)
"""A process that has said nothing for so long is no longer listed."""


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """What a process said last."""

    process: str
    kind: str
    started_at: datetime
    seen_at: datetime
    note: str


def beat(database: Database, heartbeat: Heartbeat) -> None:
    """Say that a process lives."""
    values = {"seen_at": heartbeat.seen_at, "note": heartbeat.note[:300]}
    with database.writing() as connection:
        mine = _HEARTBEATS.c.process == heartbeat.process
        if not connection.execute(update(_HEARTBEATS).where(mine).values(values)).rowcount:
            fixed = {"process": heartbeat.process, "kind": heartbeat.kind, "started_at": heartbeat.started_at}
            connection.execute(insert(_HEARTBEATS).values(**fixed, **values))
            connection.execute(delete(_HEARTBEATS).where(_HEARTBEATS.c.seen_at < heartbeat.seen_at - FORGOTTEN))


def rest(database: Database, process: str) -> None:
    """A process ends as it should, and is not missed."""
    with database.writing() as connection:
        connection.execute(delete(_HEARTBEATS).where(_HEARTBEATS.c.process == process))


def heartbeats(database: Database) -> list[Heartbeat]:
    """What every process said last, by kind."""
    with database.reading() as connection:
        rows = connection.execute(select(_HEARTBEATS).order_by(_HEARTBEATS.c.kind, _HEARTBEATS.c.process))
        return [Heartbeat(row.process, row.kind, row.started_at, row.seen_at, row.note) for row in rows]
