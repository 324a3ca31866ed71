"""The ledger: append-only, each entry linked to the one before by its SHA-256.

`hash = SHA-256(previous hash, newline, sequence, newline, ... all columns, newline, body)`. Whoever changes,
removes or reorders an entry breaks the chain from there on; `verify` says where.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, insert, select, update

from models.tables import EntryRow, HeadRow
from store.sending import Query, Statement, send

GENESIS: Final = "0" * 64
"""The hash before the first entry."""

_LEDGER: Final = EntryRow.__table__  # type: ignore[attr-defined]
_HEAD: Final = HeadRow.__table__  # type: ignore[attr-defined]

# Written out once: building a statement anew for every click costs more than carrying it out.
_LOCK_HEAD: Final = Query(select(_HEAD.c.seq, _HEAD.c.hash).where(_HEAD.c.id == 1).with_for_update())
_MOVE_HEAD: Final = Statement(
    update(_HEAD).where(_HEAD.c.id == 1).values(seq=bindparam("new_seq"), hash=bindparam("new_hash"))
)
_ADD: Final = Statement(insert(_LEDGER))


@dataclass(frozen=True, slots=True)
class Entry:
    """What one event adds to the ledger, before it has a place in it."""

    event_id: str
    case_id: str
    revision: int
    kind: str
    by: str
    happened_at: datetime
    recorded_at: datetime
    body: str


@dataclass(frozen=True, slots=True)
class Fault:
    """A place where the ledger is not what was written."""

    seq: int
    what: str


def append(connection: Connection, entries: Sequence[Entry]) -> None:
    """Add entries in order."""
    send(connection, entries_for(connection, entries))


def entries_for(connection: Connection, entries: Sequence[Entry]) -> tuple[tuple[Statement, list[dict[str, Any]]], ...]:
    """What adds entries in order, to be sent with other writes.

    The head is locked until the transaction ends, so no two writers share a place.
    """
    if not entries:
        return ()
    head = next(iter(_LOCK_HEAD.ask(connection)), None)
    if head is None:
        connection.execute(insert(_HEAD).values(id=1, seq=0, hash=GENESIS))
    seq, previous = head or (0, GENESIS)
    rows = []
    for entry in entries:
        seq += 1
        digest = entry_hash(previous, seq, entry)
        rows.append(
            {
                "seq": seq, "event_id": entry.event_id, "case_id": entry.case_id, "revision": entry.revision,
                "kind": entry.kind, "by": entry.by, "happened_at": entry.happened_at,
                "recorded_at": entry.recorded_at, "body": entry.body, "previous": previous, "hash": digest,
            }
        )  # fmt: skip
        previous = digest
    return (_ADD, rows), (_MOVE_HEAD, [{"new_seq": seq, "new_hash": previous}])


def entry_hash(previous: str, seq: int, entry: Entry) -> str:
    """The hash of an entry at its place, hexadecimal."""
    parts = (
        previous, str(seq), entry.event_id, entry.case_id, str(entry.revision), entry.kind, entry.by,
        str(int(entry.happened_at.timestamp())), str(int(entry.recorded_at.timestamp())), entry.body,
    )  # fmt: skip
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def verify(connection: Connection) -> Iterator[Fault]:
    """Every place where the chain does not hold, in order; nothing if it holds to its head."""
    seq, previous = 0, GENESIS
    query = select(_LEDGER).order_by(_LEDGER.c.seq)
    with connection.execution_options(yield_per=1000).execute(query) as rows:
        for row in rows:
            if row.seq != seq + 1:
                yield Fault(seq + 1, f"entries {seq + 1} to {row.seq - 1} are missing")
            if row.previous != previous:
                yield Fault(row.seq, "is not linked to the entry before it")
            if row.hash != entry_hash(row.previous, row.seq, _entry(row)):
                yield Fault(row.seq, "has been changed since it was written")
            seq, previous = row.seq, row.hash
    head = connection.execute(select(_HEAD.c.seq, _HEAD.c.hash).where(_HEAD.c.id == 1)).one_or_none()
    if (head.seq, head.hash) != (seq, previous) if head else seq > 0:
        yield Fault(seq, "the ledger does not end where its head says: entries are missing at the end")


def _entry(row: Any) -> Entry:
    return Entry(row.event_id, row.case_id, row.revision, row.kind, row.by, row.happened_at, row.recorded_at, row.body)


def head(connection: Connection) -> tuple[int, str]:
    """The number and the hash of the last entry. Whoever notes them down elsewhere can prove later what was there."""
    found = connection.execute(select(_HEAD.c.seq, _HEAD.c.hash).where(_HEAD.c.id == 1)).one_or_none()
    return (found.seq, found.hash) if found else (0, GENESIS)
