"""Credentials: the password hashes of staff. What is stored is argon2's own text; checking it is the web's business."""

from datetime import datetime
from typing import Final

from sqlalchemy import Connection, delete, insert, select

from models.sign_in_tables import CredentialRow

_CREDENTIALS: Final = CredentialRow.__table__  # type: ignore[attr-defined]


def password_hash_of(connection: Connection, person: str) -> str | None:
    """The argon2 hash of a person's password; None if the person has none."""
    query = select(_CREDENTIALS.c.password_hash).where(_CREDENTIALS.c.person == person)
    found: str | None = connection.execute(query).scalar()
    return found


def keep_password_hash(connection: Connection, person: str, password_hash: str, now: datetime) -> None:
    """Set or replace a person's password."""
    connection.execute(delete(_CREDENTIALS).where(_CREDENTIALS.c.person == person))
    values = {"person": person, "password_hash": password_hash, "changed_at": now}
    connection.execute(insert(_CREDENTIALS).values(values))
