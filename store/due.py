"""What is due: the sweep finds cases whose next time has come and records it, each once, in order.

The sweep needs nothing but the database: no Prefect, no lease. Two sweeps at once do no harm, because the case itself
says what it expects next; the second finds the first one's event recorded.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row, func, or_, select, update

from engine.errors import CaseClosed, Stale
from engine.events import TimerFired
from models.tables import CaseRow
from store.cases import Recorded, Recording, Store, record_all
from store.connection import AWAY

_CASES: Final = CaseRow.__table__  # type: ignore[attr-defined]

BATCH: Final = 200
"""Cases in one transaction: long enough to share a commit, short enough that a click need not wait."""

RETRY: Final = timedelta(minutes=5)
"""When a case that was set aside is tried again."""


@dataclass(slots=True)
class Swept:
    """What one sweep did."""

    recorded: int = 0
    lateness: list[float] = field(default_factory=list)
    """Seconds from due to recorded, one for each timer."""
    set_aside: list[tuple[str, str]] = field(default_factory=list)
    """Cases whose timer could not be processed, and why; they are tried again."""
    overtaken: set[str] = field(default_factory=set)
    """Events that somebody else was faster with. None can come up twice: the case has another next time by then."""


def sweep(store: Store, now: datetime, most: int = 10_000) -> Swept:
    """Record everything that is due at `now`, earliest first, until nothing is or `most` timers have fired.

    Raises `AWAY`: that the database cannot be used is no fault of the case that was being recorded.
    """
    swept = Swept()
    while swept.recorded < most:
        rows = _due(store, now)
        if not rows:
            return swept
        for one in _fire(store, rows, now, swept):
            _count(store, one, now, swept)
    return swept


def next_due(store: Store) -> datetime | None:
    """The earliest time at which anything is due, or None."""
    with store.database.reading() as connection:
        query = select(func.min(_CASES.c.next_due)).where(_CASES.c.status == "open")
        found: datetime | None = connection.execute(query).scalar()
        return found


def _count(store: Store, one: Recorded, now: datetime, swept: Swept) -> None:
    due = one.recording.event.due if isinstance(one.recording.event, TimerFired) else now
    if isinstance(one.refusal, Stale | CaseClosed) or one.repeated:
        if one.recording.event_id in swept.overtaken:
            _set_aside(
                store, one.recording.case_id, f"what is due is not what its state expects: {one.refusal}", now, swept
            )
        swept.overtaken.add(one.recording.event_id)
        return  # another sweep, or a person, was first: the case has moved on
    if one.refusal is not None:
        _set_aside(store, one.recording.case_id, str(one.refusal), now, swept)
        return
    swept.recorded += 1
    swept.lateness.append((now - due).total_seconds())


def _due(store: Store, now: datetime) -> Sequence[Row[Any]]:
    with store.database.reading() as connection:
        ready = or_(_CASES.c.set_aside_until.is_(None), _CASES.c.set_aside_until <= now)
        query = (
            select(_CASES.c.id, _CASES.c.next_due, _CASES.c.revision)
            .where(_CASES.c.next_due <= now, _CASES.c.status == "open", ready)
            .order_by(_CASES.c.next_due, _CASES.c.id)
            .limit(BATCH)
        )
        return connection.execute(query).all()


def _fire(store: Store, rows: Sequence[Row[Any]], now: datetime, swept: Swept) -> list[Recorded]:
    recordings = [_recording(row) for row in rows]
    try:
        return record_all(store, recordings, now)
    except AWAY:
        raise
    except Exception:  # noqa: BLE001 - one broken case must not stop the deadlines of all others
        return [found for one in recordings if (found := _fire_alone(store, one, now, swept))]


def _fire_alone(store: Store, recording: Recording, now: datetime, swept: Swept) -> Recorded | None:
    try:
        return record_all(store, (recording,), now)[0]
    except AWAY:
        raise
    except Exception as error:  # noqa: BLE001 - see above: set aside, reported, retried
        _set_aside(store, recording.case_id, f"{type(error).__name__}: {error}", now, swept)
        return None


def _recording(row: Row[Any]) -> Recording:
    # The revision tells apart two acts of one case that are planned for the same second.
    event_id = f"{row.id}/timer/{int(row.next_due.timestamp())}/{row.revision}"
    return Recording(row.id, TimerFired(due=row.next_due), event_id)


def _set_aside(store: Store, case_id: str, why: str, now: datetime, swept: Swept) -> None:
    swept.set_aside.append((case_id, why))
    with store.database.writing() as connection:
        connection.execute(
            update(_CASES).where(_CASES.c.id == case_id).values(set_aside_until=now + RETRY, trouble=why[:2000])
        )
