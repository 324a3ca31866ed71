"""One-time secrets: codes and sign-in links. A guess is counted before it is compared, so that guesses cannot race."""

import hmac
from datetime import datetime
from typing import Final, Literal

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from models.sign_in_tables import OneTimeRow

_ONE_TIME: Final = OneTimeRow.__table__  # type: ignore[attr-defined]

MOST_TRIES: Final = 5
"""Wrong guesses after which a secret is dead."""

Guess = Literal["right", "wrong", "dead"]
"""`dead`: never sent, expired, used, or guessed at too often."""


def keep_secret(
    connection: Connection, key: tuple[str, str], person: str, secret_hash: str, now: datetime, expires_at: datetime
) -> None:
    """Remember a secret for (purpose, subject); an earlier one for the same is dead from now on."""
    purpose, subject = key
    connection.execute(delete(_ONE_TIME).where(_ONE_TIME.c.purpose == purpose, _ONE_TIME.c.subject == subject))
    values = {
        "purpose": purpose, "subject": subject, "person": person, "secret_hash": secret_hash, "tries": 0,
        "created_at": now, "expires_at": expires_at, "used_at": None,
    }  # fmt: skip
    try:
        with connection.begin_nested():
            connection.execute(insert(_ONE_TIME).values(values))
    except IntegrityError:  # asked for twice at once: the later one holds
        same = (_ONE_TIME.c.purpose == purpose) & (_ONE_TIME.c.subject == subject)
        connection.execute(update(_ONE_TIME).where(same).values(values))


def guess(connection: Connection, key: tuple[str, str], secret_hash: str, now: datetime) -> Guess:
    """Count a guess and say whether it was right. It can be right only once, see `spend`."""
    alive = (
        (_ONE_TIME.c.purpose == key[0]) & (_ONE_TIME.c.subject == key[1]) & _ONE_TIME.c.used_at.is_(None)
        & (_ONE_TIME.c.expires_at > now) & (_ONE_TIME.c.tries < MOST_TRIES)
    )  # fmt: skip
    if not connection.execute(update(_ONE_TIME).where(alive).values(tries=_ONE_TIME.c.tries + 1)).rowcount:
        return "dead"
    same = (_ONE_TIME.c.purpose == key[0]) & (_ONE_TIME.c.subject == key[1])
    kept = connection.execute(select(_ONE_TIME.c.secret_hash).where(same)).scalar_one()
    return "right" if hmac.compare_digest(str(kept), secret_hash) else "wrong"


def spend(connection: Connection, key: tuple[str, str], now: datetime) -> str | None:
    """Use a secret up. Returns the person it was sent to; None if it is dead already."""
    alive = (
        (_ONE_TIME.c.purpose == key[0]) & (_ONE_TIME.c.subject == key[1]) & _ONE_TIME.c.used_at.is_(None)
        & (_ONE_TIME.c.expires_at > now)
    )  # fmt: skip
    if not connection.execute(update(_ONE_TIME).where(alive).values(used_at=now)).rowcount:
        return None
    same = (_ONE_TIME.c.purpose == key[0]) & (_ONE_TIME.c.subject == key[1])
    return str(connection.execute(select(_ONE_TIME.c.person).where(same)).scalar_one())


def waiting_for(connection: Connection, key: tuple[str, str], now: datetime) -> bool:
    """Whether a secret that was sent can still be used."""
    alive = (
        (_ONE_TIME.c.purpose == key[0]) & (_ONE_TIME.c.subject == key[1]) & _ONE_TIME.c.used_at.is_(None)
        & (_ONE_TIME.c.expires_at > now) & (_ONE_TIME.c.tries < MOST_TRIES)
    )  # fmt: skip
    return connection.execute(select(_ONE_TIME.c.person).where(alive)).first() is not None
