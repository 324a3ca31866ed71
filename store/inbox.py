"""The inbox: what came by mail and what became of it, written in the same transaction as its effects."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, func, insert, select, update

from models.inbox_tables import IncomingRow
from models.tables import CaseRow, CounterRow
from store.attachments import Attachment, move_attachments

_INCOMING: Final = IncomingRow.__table__  # type: ignore[attr-defined]
_CASES: Final = CaseRow.__table__  # type: ignore[attr-defined]
_COUNTERS: Final = CounterRow.__table__  # type: ignore[attr-defined]
_LOCK: Final = select(_COUNTERS.c.value).where(_COUNTERS.c.name == "inbox").with_for_update()
_FILES: Final = msgspec.json.Decoder(tuple[Attachment, ...])

OutcomeKind = Literal[
    "opened", "joined", "decided", "bounced", "automatic", "duplicate", "spam", "set_aside", "settled"
]
"""What became of a mail. `settled` is what was set aside and has been looked at since, without a case."""

Standing = Literal["pass", "fail", "none"]
"""What the company's own mail server says of a sender: vouched for, forged, nothing."""

MOST_NUMBER: Final = 2**31 - 1
"""What a column for numbers holds."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One mail that came. Texts are what its writer said."""

    id: int
    origin: str
    sha256: str
    size: int
    likeness: str
    message_id: str
    mailbox: str
    sender: str
    sender_name: str
    person: str | None
    standing: Standing
    subject: str
    text: str
    files: tuple[Attachment, ...]
    troubles: tuple[str, ...]
    arrived_at: datetime
    taken_at: datetime
    outcome: OutcomeKind
    reason: str
    case_id: str | None
    sealed: bool
    waits: bool


def lock(connection: Connection) -> None:
    """Let nobody else take a mail until the transaction ends. Comes before every other lock."""
    connection.execute(_LOCK)


def add(connection: Connection, mail: Incoming) -> int:
    """Write down a mail and its outcome; gives its number. Raises `IntegrityError` if its origin is known."""
    values = {name: getattr(mail, name) for name in Incoming.__dataclass_fields__ if name != "id"}
    values |= {
        "files": msgspec.json.encode(mail.files).decode(),
        "troubles": "\n".join(mail.troubles),
        "message_id": mail.message_id[:250],
        "subject": mail.subject[:1000],
    }
    result = connection.execute(insert(_INCOMING).values(values))
    return int(result.inserted_primary_key[0])  # type: ignore[index]


def by_origin(connection: Connection, origin: str) -> Incoming | None:
    """The mail that was taken from there; None if none was."""
    return _first(connection, _INCOMING.c.origin == origin)


def by_number(connection: Connection, number: int) -> Incoming | None:
    """One mail; None also for a number that no mail can have."""
    return _first(connection, _INCOMING.c.id == number) if 0 < number <= MOST_NUMBER else None


def with_id(connection: Connection, message_id: str) -> list[Incoming]:
    """Mails with this Message-ID, the first one first."""
    return _all(connection, _INCOMING.c.message_id == message_id[:250], 20) if message_id else []


def alike(connection: Connection, likeness: str, since: datetime) -> list[Incoming]:
    """Mails in which the same person wrote the same since then."""
    return _all(connection, (_INCOMING.c.likeness == likeness) & (_INCOMING.c.taken_at >= since), 20)


def of_case(connection: Connection, case_id: str) -> list[Incoming]:
    """The mails of a case, in the order in which they came."""
    return _all(connection, (_INCOMING.c.case_id == case_id), 500)


def waiting_in(connection: Connection, case_ids: Collection[str]) -> list[Incoming]:
    """Those about which somebody is asked in these cases; however many wait elsewhere, they hide none of these."""
    found: list[Incoming] = []
    ids = sorted(case_ids)
    for start in range(0, len(ids), 500):
        some = _INCOMING.c.case_id.in_(ids[start : start + 500])
        found += _all(connection, some & _INCOMING.c.waits.is_(True), 500)
    return found


def still_waits(connection: Connection, case_id: str) -> bool:
    """Whether a mail about which somebody is asked in a case has not been sorted yet."""
    query = select(_INCOMING.c.id).where(_INCOMING.c.case_id == case_id, _INCOMING.c.waits.is_(True))
    return connection.execute(query.limit(1)).first() is not None


def adopt(connection: Connection, case_id: str, sealed: bool) -> int:
    """Mails that wait while nobody is asked about them any more are sorted in this case; gives how many.

    Their case has been withdrawn, or none could be opened, e.g. while no procedure was there for them.
    """
    over = select(_CASES.c.id).where(_CASES.c.status == "closed")
    nobody = _INCOMING.c.case_id.is_(None) | _INCOMING.c.case_id.in_(over)
    mine = _INCOMING.c.waits.is_(True) & _INCOMING.c.sealed.is_(sealed) & nobody
    return connection.execute(update(_INCOMING).where(mine).values(case_id=case_id)).rowcount


def asks(connection: Connection, case_id: str) -> bool:
    """Whether a case is open."""
    query = select(_CASES.c.id).where(_CASES.c.id == case_id, _CASES.c.status == "open")
    return connection.execute(query).first() is not None


def waiting_cases(connection: Connection, sealed: bool, sender: str | None = None) -> list[str | None]:
    """In which case each mail waits, of everybody or of one sender, the newest first, without the mails themselves."""
    mine = _INCOMING.c.waits.is_(True) & _INCOMING.c.sealed.is_(sealed)
    query = select(_INCOMING.c.case_id).where(mine).order_by(_INCOMING.c.id.desc()).limit(2000)
    return list(connection.execute(query if sender is None else query.where(_INCOMING.c.sender == sender)).scalars())


def wrote_to(connection: Connection, case_id: str, address: str) -> bool:
    """Whether a mail from an address is in a case, or waits in it."""
    theirs = (_INCOMING.c.case_id == case_id) & (func.lower(_INCOMING.c.sender) == address.lower())
    there = _INCOMING.c.waits.is_(True) | _INCOMING.c.outcome.in_(("opened", "joined"))
    query = select(_INCOMING.c.id).where(theirs, there)
    return connection.execute(query.limit(1)).first() is not None


def count_waiting(connection: Connection) -> int:
    """How many mails wait."""
    query = select(func.count()).select_from(_INCOMING).where(_INCOMING.c.waits.is_(True))
    return int(connection.execute(query).scalar_one())


def opened_since(connection: Connection, sender: str, since: datetime) -> int:
    """How many cases a sender has opened by mail since then."""
    mine = (_INCOMING.c.sender == sender) & (_INCOMING.c.taken_at >= since) & (_INCOMING.c.outcome == "opened")
    return int(connection.execute(select(func.count()).select_from(_INCOMING).where(mine)).scalar_one())


def joined_since(connection: Connection, case_id: str, sender: str, since: datetime) -> int:
    """How many mails of a sender have joined a case since then."""
    mine = (_INCOMING.c.sender == sender) & (_INCOMING.c.taken_at >= since) & (_INCOMING.c.case_id == case_id)
    query = select(func.count()).select_from(_INCOMING).where(mine, _INCOMING.c.outcome == "joined")
    return int(connection.execute(query).scalar_one())


def recent(connection: Connection, outcome: str = "", most: int = 200) -> list[Incoming]:
    """Mails of every outcome or of one, the newest first."""
    query = select(_INCOMING).order_by(_INCOMING.c.id.desc()).limit(most)
    if outcome:
        query = query.where(_INCOMING.c.outcome == outcome)
    return [_incoming(row) for row in connection.execute(query)]


def settle(connection: Connection, number: int, outcome: OutcomeKind, reason: str, case_id: str | None) -> bool:
    """A person has said what becomes of a mail that waits. False if somebody else was first."""
    statement = update(_INCOMING).where(_INCOMING.c.id == number, _INCOMING.c.waits.is_(True))
    values: dict[str, Any] = {"waits": False, "outcome": outcome, "reason": reason[:2000], "case_id": case_id}
    return connection.execute(statement.values(values)).rowcount == 1


def seal(connection: Connection, number: int, sealed: bool) -> None:
    """Say whether only those may see a mail who see what is sealed in its case."""
    connection.execute(update(_INCOMING).where(_INCOMING.c.id == number).values(sealed=sealed))


def move(connection: Connection, case_id: str, to_case: str) -> int:
    """All mails of a case leave it, sealed, for another; gives how many. Their files go with them."""
    query = select(_INCOMING.c.files).where(_INCOMING.c.case_id == case_id)
    hashes = {file.sha256 for files in connection.execute(query).scalars() for file in _FILES.decode(files)}
    moved = connection.execute(
        update(_INCOMING)
        .where(_INCOMING.c.case_id == case_id)
        .values(case_id=to_case, sealed=True, reason="已移入密封事项")
    ).rowcount
    move_attachments(connection, case_id, to_case, hashes)
    return moved


def _first(connection: Connection, which: ColumnElement[bool]) -> Incoming | None:
    row = connection.execute(select(_INCOMING).where(which)).one_or_none()
    return _incoming(row) if row else None


def _all(connection: Connection, which: ColumnElement[bool], most: int) -> list[Incoming]:
    query = select(_INCOMING).where(which).order_by(_INCOMING.c.id).limit(most)
    return [_incoming(row) for row in connection.execute(query)]


def _incoming(row: Row[Any]) -> Incoming:
    values = {name: getattr(row, name) for name in Incoming.__dataclass_fields__}
    files: Sequence[Attachment] = _FILES.decode(row.files)
    return Incoming(**values | {"files": tuple(files), "troubles": tuple(row.troubles.splitlines())})
