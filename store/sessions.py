"""Sessions: who is signed in. The token is random and lives in a cookie; the database knows only its SHA-256."""

from datetime import datetime
from typing import Final

from sqlalchemy import Connection, insert, select, update

from models.sign_in_tables import SessionRow
from store.links import token_hash

_SESSIONS: Final = SessionRow.__table__  # type: ignore[attr-defined]


def begin_session(connection: Connection, token: str, person: str, now: datetime, expires_at: datetime) -> None:
    """Somebody has signed in."""
    values = {"token_hash": token_hash(token), "person": person, "created_at": now, "expires_at": expires_at}
    connection.execute(insert(_SESSIONS).values(values))


def session_person(connection: Connection, token: str, now: datetime) -> str | None:
    """Who is signed in with this token; None if nobody is, or is no longer."""
    row = connection.execute(select(_SESSIONS).where(_SESSIONS.c.token_hash == token_hash(token))).one_or_none()
    if row is None or row.ended_at is not None or row.expires_at <= now:
        return None
    return str(row.person)


def end_session(connection: Connection, token: str, now: datetime) -> None:
    """Sign out."""
    mine = _SESSIONS.c.token_hash == token_hash(token)
    connection.execute(update(_SESSIONS).where(mine, _SESSIONS.c.ended_at.is_(None)).values(ended_at=now))


def end_sessions_of(connection: Connection, person: str, now: datetime) -> None:
    """Sign a person out everywhere, e.g. because the password was changed."""
    theirs = (_SESSIONS.c.person == person) & _SESSIONS.c.ended_at.is_(None)
    connection.execute(update(_SESSIONS).where(theirs).values(ended_at=now))
