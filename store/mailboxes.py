"""Mailboxes: how far each folder of a mail server has been looked through, and what must not stay in it."""

import hashlib
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, insert, select, update

from models.inbox_tables import IncomingRow
from models.tables import CounterRow

_INCOMING: Final = IncomingRow.__table__  # type: ignore[attr-defined]
_COUNTERS: Final = CounterRow.__table__  # type: ignore[attr-defined]


def watermark(connection: Connection, folder: str) -> int | None:
    """Up to which number a folder of a mail server has been looked through; None if never. `folder` is any text."""
    found: int | None = connection.execute(select(_COUNTERS.c.value).where(_COUNTERS.c.name == _mark(folder))).scalar()
    return found


def reached(connection: Connection, folder: str, number: int) -> None:
    """Remember up to which number a folder has been looked through; never less than before."""
    mine = _COUNTERS.c.name == _mark(folder)
    known = watermark(connection, folder)
    if known is None:
        connection.execute(insert(_COUNTERS).values(name=_mark(folder), value=number))
    elif number > known:
        connection.execute(update(_COUNTERS).where(mine).values(value=number))


def leaving(connection: Connection, source: str) -> list[int]:
    """Numbers of sealed messages of a folder (`imap/ACCOUNT/FOLDER/UIDVALIDITY`) that are perhaps still in it."""
    there = _INCOMING.c.origin.startswith(f"{source}/", autoescape=True)
    sealed = _INCOMING.c.sealed.is_(True) & _INCOMING.c.removed_at.is_(None)
    origins = connection.execute(select(_INCOMING.c.origin).where(there, sealed)).scalars()
    return sorted(int(number) for one in origins if (number := one.rpartition("/")[2]).isdigit())


def removed(connection: Connection, origin: str, now: datetime) -> None:
    """Remember that a message is not in the mailbox any more."""
    connection.execute(update(_INCOMING).where(_INCOMING.c.origin == origin).values(removed_at=now))


def _mark(folder: str) -> str:
    return f"imap/{hashlib.sha256(folder.encode()).hexdigest()[:32]}"
