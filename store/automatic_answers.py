"""Automatic answers: which addresses have had one, so that none gets two within the hour."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, func, insert, select

from models.inbox_tables import AnswerRow

_ANSWERS: Final = AnswerRow.__table__  # type: ignore[attr-defined]

ANSWER_EVERY: Final = timedelta(hours=1)
"""An address gets at most one automatic answer in this time (RFC 3834, 2: answers must not feed a loop)."""


def had_none(connection: Connection, address: str, now: datetime) -> bool:
    """Whether an address has had no automatic answer within the hour."""
    query = select(func.max(_ANSWERS.c.written_at)).where(_ANSWERS.c.address == address.lower())
    last = connection.execute(query).scalar()
    return last is None or now - last >= ANSWER_EVERY


def answered(connection: Connection, address: str, kind: str, incoming_id: int, now: datetime) -> None:
    """Note that an automatic answer goes out."""
    connection.execute(
        insert(_ANSWERS).values(address=address.lower(), kind=kind, incoming_id=incoming_id, written_at=now)
    )
