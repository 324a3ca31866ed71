"""Cases: `record`, the only way in which anything happens to a case.

One transaction loads the case, decides, and writes the new state, the assignments, the outbox, what other cases are
owed, machine work and the ledger entry. It commits together or not at all, and the same event id is recorded once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from msgspec.structs import replace
from sqlalchemy import Connection, bindparam, select

from engine.case import Case
from engine.draft import Decision
from engine.effects import Effect
from engine.errors import Refusal, UnknownName
from engine.events import Event, Opened
from engine.machine import decide
from engine.program import Program
from models.tables import CaseRow, EntryRow
from store.codec import decode_case
from store.connection import Database
from store.programs import EDITION, Programs, next_number
from store.sending import Query
from store.writes import Writes

_CASES: Final = CaseRow.__table__  # type: ignore[attr-defined]
_LEDGER: Final = EntryRow.__table__  # type: ignore[attr-defined]

_READ_EVENT: Final = Query(select(_LEDGER.c.event_id).where(_LEDGER.c.event_id == bindparam("event")))
_READ_EVENTS: Final = select(_LEDGER.c.event_id).where(_LEDGER.c.event_id.in_(bindparam("ids", expanding=True)))
_CASE: Final = (_CASES.c.id, _CASES.c.procedure, _CASES.c.version, _CASES.c.revision, _CASES.c.state)
_READ_CASE: Final = select(*_CASE, EDITION.label("edition")).where(_CASES.c.id == bindparam("case"))
_LOCK_CASE: Final = Query(_READ_CASE.with_for_update(of=_CASES))
# In the order of their numbers, so that two transactions with several cases never wait for each other in a ring.
_LOCK_CASES: Final = (
    select(*_CASE, EDITION.label("edition"))
    .where(_CASES.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(_CASES.c.id)
    .with_for_update(of=_CASES)
)


@dataclass(frozen=True, slots=True)
class Recording:
    """An event to be recorded; `event_id` makes it happen once however often it is sent."""

    case_id: str
    event: Event
    event_id: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """What came of a recording. `repeated` says that it had been recorded before, and changed nothing now."""

    recording: Recording
    state: Case | None = None
    effects: tuple[Effect, ...] = ()
    refusal: Refusal | None = None
    repeated: bool = False


@dataclass
class Store:
    """The database and the programs that cases run on."""

    database: Database
    programs: Programs = field(default_factory=Programs)


@dataclass
class _Loaded:
    """A case while its transaction lasts."""

    state: Case
    revision: int
    program: Program


def record(store: Store, recording: Recording, now: datetime) -> Recorded:
    """Record one event. Raises the engine's `Refusal`; then nothing has changed."""
    recorded = record_all(store, (recording,), now)[0]
    if recorded.refusal is not None:
        raise recorded.refusal
    return recorded


def record_all(store: Store, recordings: Sequence[Recording], now: datetime) -> list[Recorded]:
    """Record events in one transaction; one that is refused changes nothing and does not stop the others."""
    with store.database.writing() as connection:
        return record_in(connection, store, recordings, now)


def record_in(connection: Connection, store: Store, recordings: Sequence[Recording], now: datetime) -> list[Recorded]:
    """Record events in a transaction of the caller's."""
    loaded, edition = _load(connection, store.programs, {one.case_id for one in recordings})
    # Asked with the cases locked: an event that another process was just recording is known by now.
    known = _known(connection, [one.event_id for one in recordings])
    writes, results = Writes(edition), []
    for one in recordings:
        if one.event_id in known:
            case = loaded.get(one.case_id)
            results.append(Recorded(one, case.state if case else None, repeated=True))
            continue
        results.append(_decide(one, loaded, writes, now))
        known.add(one.event_id)
    writes.write(connection)
    return results


def open_case(
    store: Store, procedure: str, event: Opened, event_id: str, now: datetime, connection: Connection | None = None
) -> Recorded:
    """Open a case of the procedure's version in force, with the next number of the year, e.g. `2026-0042`.

    The `case` of the event is replaced by that number. Raises `Refusal` for answers that do not do, `NotPublished` for
    a procedure that is not in force.
    """
    if connection is None:
        with store.database.writing() as own:
            return open_case(store, procedure, event, event_id, now, own)
    # One at a time: of two that open the same, the second finds what the first has opened.
    store.programs.lock(connection)
    before = connection.execute(select(_LEDGER.c.case_id).where(_LEDGER.c.event_id == event_id)).scalar()
    if before is not None:
        known, _ = _load(connection, store.programs, {before})
        return Recorded(Recording(before, event, event_id), known[before].state, repeated=True)
    program = store.programs.current(connection, procedure)
    decide(program, None, event, now)  # refused before a number is spent
    number = f"{now.year}-{next_number(connection, f'cases {now.year}'):04d}"
    opening = replace(event, case=number)
    decision = decide(program, None, opening, now)
    writes = Writes(store.programs.edition)
    writes.add(None, decision, opening, event_id, 1, now)
    writes.write(connection)
    return Recorded(Recording(number, opening, event_id), decision.state, decision.effects)


def load_case(connection: Connection, store: Store, case_id: str) -> tuple[Case, Program]:
    """A case and the program it runs on, for showing. Raises `UnknownName`."""
    row = connection.execute(_READ_CASE, {"case": case_id}).one_or_none()
    if row is None:
        raise UnknownName(f"there is no case {case_id}", "Check the number")
    store.programs.refresh_to(connection, row.edition or 0)
    program = store.programs.version(connection, row.procedure, row.version)
    return decode_case(row.state, program), program


def _decide(one: Recording, loaded: dict[str, _Loaded], writes: Writes, now: datetime) -> Recorded:
    case = loaded.get(one.case_id)
    try:
        if case is None:
            raise UnknownName(f"there is no case {one.case_id}", "Check the number")
        decision: Decision = decide(case.program, case.state, one.event, now)
    except Refusal as refusal:
        return Recorded(one, case.state if case else None, refusal=refusal)
    writes.add(case.state, decision, one.event, one.event_id, case.revision + 1, now)
    case.state, case.revision = decision.state, case.revision + 1
    return Recorded(one, decision.state, decision.effects)


def _known(connection: Connection, event_ids: list[str]) -> set[str]:
    if len(event_ids) == 1:  # what an approver waits for; a list is taken apart anew each time
        return {row[0] for row in _READ_EVENT.ask(connection, event=event_ids[0])}
    return set(connection.execute(_READ_EVENTS, {"ids": event_ids}).scalars())


def _locked(connection: Connection, case_ids: set[str]) -> Iterable[Sequence[Any]]:
    if len(case_ids) == 1:
        return _LOCK_CASE.ask(connection, case=next(iter(case_ids)))
    return connection.execute(_LOCK_CASES, {"ids": sorted(case_ids)}).all()


def _load(connection: Connection, programs: Programs, case_ids: set[str]) -> tuple[dict[str, _Loaded], int]:
    """The cases, locked, and the edition that their programs are of."""
    rows = list(_locked(connection, case_ids))
    programs.refresh_to(connection, max((row[5] or 0 for row in rows), default=0))
    while True:
        edition = programs.edition
        found = {row[0]: _loaded(connection, programs, row) for row in rows}
        # Another thread may have read a new edition meanwhile; the ledger must not say that we decided by that one.
        if programs.edition == edition:
            return found, edition


def _loaded(connection: Connection, programs: Programs, row: Sequence[Any]) -> _Loaded:
    _, procedure, version, revision, state, _ = row
    program = programs.version(connection, procedure, version)
    return _Loaded(decode_case(state, program), revision, program)
