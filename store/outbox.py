"""The outbox: letters to send, claimed by one sender at a time and kept until the server has taken them.

A letter goes out at least once, always with the same Message-ID. A sender that is paused beyond its claim finds its
late word refused: somebody else has the letter by then.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Row, Update, func, or_, select, update

from engine.effects import Notice
from models.tables import LetterRow
from store.cases import Store

_OUTBOX: Final = LetterRow.__table__  # type: ignore[attr-defined]
_NOTICES: Final = msgspec.json.Decoder(tuple[Notice, ...])

TO_ADDRESS: Final = "mail:"
"""Before the address of somebody outside the company: the `person` of a letter that answers their mail."""

CLAIM: Final = timedelta(minutes=15)
"""How long a sender has a letter: RFC 1047 asks to wait up to 10 minutes after the final dot."""

UNREADABLE: Final = timedelta(hours=1)
"""When a letter that cannot be read is tried again."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter: what one person is told by one decision, or by one report of machine work."""

    id: int
    case_id: str
    revision: int
    person: str
    message_id: str
    """Local part of the Message-ID, the same for every attempt."""
    notices: tuple[Notice, ...]
    attempts: int
    created_at: datetime


class LostClaim(LookupError):  # noqa: N818 - it says what is the case
    """The letter belongs to another sender now; nothing was changed."""


def claim_letters(store: Store, claim: str, now: datetime, most: int = 50) -> list[Letter]:
    """Take letters whose time has come, earliest first, for the sender called `claim`.

    One that cannot be read, e.g. because a newer version of Duly wrote it, is put off for an hour and stops no other.
    """
    free = or_(_OUTBOX.c.status == "queued", (_OUTBOX.c.status == "sending") & (_OUTBOX.c.claimed_until <= now))
    query = (
        select(_OUTBOX)
        .where(free, _OUTBOX.c.next_at <= now)
        .order_by(_OUTBOX.c.next_at, _OUTBOX.c.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    with store.database.writing() as connection:
        letters: list[Letter] = []
        for row in connection.execute(query).all():
            try:
                letters.append(letter_of(row))
            except msgspec.DecodeError as error:
                values = {"next_at": now + UNREADABLE, "status": "queued", "error": f"cannot be read: {error}"[:2000]}
                connection.execute(update(_OUTBOX).where(_OUTBOX.c.id == row.id).values(values))
        ids = [letter.id for letter in letters]
        connection.execute(
            update(_OUTBOX)
            .where(_OUTBOX.c.id.in_(ids))
            .values(status="sending", claim=claim, claimed_until=now + CLAIM, attempts=_OUTBOX.c.attempts + 1)
        )
    return letters


def answers_of(connection: Connection, case_id: str, address: str) -> list[int]:
    """Numbers of the mails of an address that were answered under the number of a case."""
    mine = (_OUTBOX.c.case_id == case_id) & (func.lower(_OUTBOX.c.person) == f"{TO_ADDRESS}{address}".lower())
    ids = connection.execute(select(_OUTBOX.c.message_id).where(mine).order_by(_OUTBOX.c.id)).scalars()
    return [int(number) for one in ids if (number := one.rpartition(".answer")[2]).isdigit()]


def sent(store: Store, letter: Letter, claim: str, sent_as: str, now: datetime) -> None:
    """The server has taken the letter, in the mail called `sent_as`. Raises `LostClaim`."""
    values = {"status": "sent", "sent_at": now, "sent_as": sent_as, "error": None, "claimed_until": None}
    _finish(store, letter, claim, values)


def postponed(store: Store, letter: Letter, claim: str, until: datetime, error: str) -> None:
    """Try again later. Raises `LostClaim`."""
    values = {"status": "queued", "next_at": until, "error": error[:2000], "claim": None, "claimed_until": None}
    _finish(store, letter, claim, values)


def refused(store: Store, letter: Letter, claim: str, error: str) -> None:
    """The server will never take it; a person sees it in the list of refused letters. Raises `LostClaim`."""
    _finish(store, letter, claim, {"status": "refused", "error": error[:2000], "claimed_until": None})


def superseded(store: Store, letter: Letter, claim: str, reason: str) -> None:
    """Events have overtaken all that the letter says, so it stays unsent, with the reason. Raises `LostClaim`."""
    _finish(store, letter, claim, {"status": "superseded", "error": reason[:2000], "claimed_until": None})


def put_back(store: Store, letters: Sequence[Letter], claim: str, error: str | None) -> None:
    """Letters that were claimed and not tried: they keep their place in the queue, and the attempt does not count."""
    mine = _OUTBOX.c.id.in_([letter.id for letter in letters]) & (_OUTBOX.c.claim == claim)
    values = {"status": "queued", "attempts": _OUTBOX.c.attempts - 1, "claim": None, "claimed_until": None}
    with store.database.writing() as connection:
        connection.execute(
            update(_OUTBOX)
            .where(mine, _OUTBOX.c.status == "sending")
            .values(values | ({"error": error[:2000]} if error else {}))
        )


def _finish(store: Store, letter: Letter, claim: str, values: dict[str, Any]) -> None:
    mine = (_OUTBOX.c.id == letter.id) & (_OUTBOX.c.claim == claim) & (_OUTBOX.c.status == "sending")
    statement: Update = update(_OUTBOX).where(mine).values(values)
    with store.database.writing() as connection:
        if connection.execute(statement).rowcount != 1:
            raise LostClaim(f"letter {letter.id} is not {claim}'s any more")


def letter_of(row: Row[Any]) -> Letter:
    """A row of the outbox as a letter."""
    return Letter(
        row.id, row.case_id, row.revision, row.person, row.message_id, _NOTICES.decode(row.notices),
        row.attempts, row.created_at,
    )  # fmt: skip
