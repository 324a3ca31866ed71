"""Lists: what people look at. Reading only; nothing here changes anything."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, exists, func, or_, select

from models.tables import AssignmentRow, CaseRow, EntryRow, LetterRow

_CASES: Final = CaseRow.__table__  # type: ignore[attr-defined]
_ASSIGNMENTS: Final = AssignmentRow.__table__  # type: ignore[attr-defined]
_LEDGER: Final = EntryRow.__table__  # type: ignore[attr-defined]
_OUTBOX: Final = LetterRow.__table__  # type: ignore[attr-defined]

MOST_LISTED: Final = 200
"""Cases in one list; whoever looks for another one filters."""


@dataclass(frozen=True, slots=True)
class AskedRow:
    """One assignment as the store has it."""

    id: str
    case_id: str
    step: str
    key: str | None
    person: str
    shown: str
    status: str
    asked_at: datetime
    due: datetime | None


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One entry of the ledger, for a timeline; `body` is JSON."""

    seq: int
    kind: str
    by: str
    happened_at: datetime
    recorded_at: datetime
    body: str


def asked_of(connection: Connection, person: str) -> list[AskedRow]:
    """What a person is asked to do now, the most urgent first."""
    query = select(_ASSIGNMENTS).where(_ASSIGNMENTS.c.person == person, _ASSIGNMENTS.c.status == "open")
    rows = connection.execute(query.order_by(_ASSIGNMENTS.c.due.is_(None), _ASSIGNMENTS.c.due, _ASSIGNMENTS.c.id))
    return [_asked(row) for row in rows]


def asked_by_id(connection: Connection, assignment_id: str) -> AskedRow | None:
    """One assignment, open or ended."""
    row = connection.execute(select(_ASSIGNMENTS).where(_ASSIGNMENTS.c.id == assignment_id)).one_or_none()
    return _asked(row) if row else None


def still_asked(connection: Connection, case_id: str, assignment_id: str, also: str = "") -> bool:
    """Whether an assignment is open, with its case locked until the transaction ends, so that it stays so.

    A case that the transaction will change `also` is locked along with it, in the order in which everybody locks cases.
    """
    mine = _CASES.c.id.in_([case_id, also])
    connection.execute(select(_CASES.c.id).where(mine).order_by(_CASES.c.id).with_for_update()).all()
    query = select(_ASSIGNMENTS.c.status).where(_ASSIGNMENTS.c.id == assignment_id)
    return connection.execute(query).scalar() == "open"


def hold_case(connection: Connection, case_id: str) -> None:
    """Let nothing happen to a case until the transaction ends."""
    connection.execute(select(_CASES.c.id).where(_CASES.c.id == case_id).with_for_update()).all()


def people_of(connection: Connection, case_id: str) -> tuple[frozenset[str], frozenset[str]]:
    """Who was ever asked to do something in a case, and who was ever told anything of it."""
    asked = connection.execute(select(_ASSIGNMENTS.c.person).where(_ASSIGNMENTS.c.case_id == case_id).distinct())
    told = connection.execute(select(_OUTBOX.c.person).where(_OUTBOX.c.case_id == case_id).distinct())
    return frozenset(asked.scalars()), frozenset(told.scalars())


def open_cases(connection: Connection, person: str | None, procedure: str = "", number: str = "") -> list[str]:
    """Numbers of open cases, the next deadline first, 200 at most.

    `person` keeps those in which somebody has or had a part, None all; `number` is a part of a case number.
    """
    query = select(_CASES.c.id).where(_CASES.c.status == "open")
    if person is not None:
        asked = exists().where(_ASSIGNMENTS.c.case_id == _CASES.c.id, _ASSIGNMENTS.c.person == person)
        told = exists().where(_OUTBOX.c.case_id == _CASES.c.id, _OUTBOX.c.person == person)
        query = query.where(or_(_CASES.c.owner == person, _CASES.c.requester == person, asked, told))
    if procedure:
        query = query.where(_CASES.c.procedure == procedure)
    if number:
        query = query.where(_CASES.c.id.contains(number, autoescape=True))
    query = query.order_by(_CASES.c.next_due.is_(None), _CASES.c.next_due, _CASES.c.id).limit(MOST_LISTED)
    return list(connection.execute(query).scalars())


def history(connection: Connection, case_id: str, most: int = 500) -> list[HistoryEntry]:
    """What happened to a case, in order."""
    query = select(_LEDGER).where(_LEDGER.c.case_id == case_id).order_by(_LEDGER.c.seq).limit(most)
    return [
        HistoryEntry(row.seq, row.kind, row.by, row.happened_at, row.recorded_at, row.body)
        for row in connection.execute(query)
    ]


def event_known(connection: Connection, event_id: str) -> bool:
    """Whether an event has been recorded."""
    return connection.execute(select(_LEDGER.c.seq).where(_LEDGER.c.event_id == event_id)).first() is not None


def case_of_event(connection: Connection, event_id: str) -> str | None:
    """The case in which an event has been recorded; None if it has not."""
    return connection.execute(select(_LEDGER.c.case_id).where(_LEDGER.c.event_id == event_id)).scalar()


def letters(connection: Connection, most: int = 200) -> Sequence[Any]:
    """Letters of the outbox, the newest first."""
    return connection.execute(select(_OUTBOX).order_by(_OUTBOX.c.id.desc()).limit(most)).all()


def _asked(row: Row[Any]) -> AskedRow:
    return AskedRow(row.id, row.case_id, row.step, row.key, row.person, row.shown, row.status, row.asked_at, row.due)


@dataclass(frozen=True, slots=True)
class Gauges:
    """Figures for monitoring."""

    open_cases: int
    set_aside: int
    letters_waiting: int
    oldest_letter: datetime | None


def gauges(connection: Connection) -> Gauges:
    """How the store stands."""
    is_open = _CASES.c.status == "open"
    waiting = _OUTBOX.c.status.in_(("queued", "sending"))
    count = select(func.count())
    return Gauges(
        connection.execute(count.select_from(_CASES).where(is_open)).scalar_one(),
        connection.execute(
            count.select_from(_CASES).where(is_open, _CASES.c.set_aside_until.is_not(None))
        ).scalar_one(),
        connection.execute(count.select_from(_OUTBOX).where(waiting)).scalar_one(),
        connection.execute(select(func.min(_OUTBOX.c.created_at)).where(waiting)).scalar(),
    )


def timers_since(connection: Connection, seq: int, most: int = 20_000) -> list[tuple[int, float]]:
    """Timers recorded after an entry of the ledger: their place in it, and how many seconds late each was."""
    query = select(_LEDGER.c.seq, _LEDGER.c.happened_at, _LEDGER.c.recorded_at)
    query = query.where(_LEDGER.c.seq > seq, _LEDGER.c.kind == "TimerFired").order_by(_LEDGER.c.seq).limit(most)
    return [(row.seq, (row.recorded_at - row.happened_at).total_seconds()) for row in connection.execute(query)]
