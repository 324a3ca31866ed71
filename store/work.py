"""Machine work: what workers have to do for cases, and the flow runs in which Prefect shows the cases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec
from sqlalchemy import ColumnElement, Connection, delete, insert, or_, select, update

from engine.errors import InvalidAnswer
from engine.events import Finished
from models.tables import CaseRow, RunRow, WorkRow
from store.cases import Recorded, Recording, Store, record_in

_WORK: Final = WorkRow.__table__  # type: ignore[attr-defined]
_RUNS: Final = RunRow.__table__  # type: ignore[attr-defined]
_CASES: Final = CaseRow.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Work:
    """One piece of machine work."""

    id: str
    case_id: str
    step: str
    runs: str
    inputs: Mapping[str, Any]
    queue: str | None

    @property
    def round(self) -> int:
        """Which time of the step it is for."""
        return int(self.id.rpartition("/")[2])


@dataclass(frozen=True, slots=True)
class Shown:
    """A case and the flow run that shows it, or is to be made."""

    case_id: str
    revision: int
    flow_run_id: str | None


def has_work(store: Store, case_id: str) -> bool:
    """Whether a machine has something to do for a case, be it in hand already or not."""
    with store.database.reading() as connection:
        return connection.execute(select(_WORK.c.id).where(_waits(case_id)).limit(1)).first() is not None


def busy_until(store: Store, case_id: str) -> datetime | None:
    """Until when another worker has the work of a case in hand; by the clock on the wall."""
    with store.database.reading() as connection:
        query = select(_WORK.c.claimed_until).where(_waits(case_id), _WORK.c.claimed_until.is_not(None))
        return max(connection.execute(query).scalars(), default=None)


def waiting_in_queues(store: Store, case_id: str) -> list[tuple[str, str]]:
    """Work of a case that only the workers of a named queue may do, as (id of the work, queue)."""
    query = select(_WORK.c.id, _WORK.c.queue).where(_waits(case_id), _WORK.c.queue.is_not(None))
    with store.database.reading() as connection:
        return [(row.id, row.queue) for row in connection.execute(query)]


def take_work(
    store: Store, case_id: str, claim: str, now: datetime, span: timedelta, queues: Sequence[str] = ()
) -> Work | None:
    """Take the next piece of a case's work for the worker called `claim`, for a span of the wall's time.

    No two workers have the same piece; one whose worker died is free again when its span is over. A worker of named
    `queues` takes only their work, any other worker only what names none.
    """
    ours = _WORK.c.queue.in_(queues) if queues else _WORK.c.queue.is_(None)
    free = or_(_WORK.c.claimed_until.is_(None), _WORK.c.claimed_until <= now)
    query = (
        select(_WORK)
        .where(_waits(case_id), free, ours)
        .order_by(_WORK.c.created_at, _WORK.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    with store.database.writing() as connection:
        row = connection.execute(query).first()
        if row is None:
            return None
        mine = update(_WORK).where(_WORK.c.id == row.id).values(claim=claim, claimed_until=now + span)
        connection.execute(mine)
    return Work(row.id, row.case_id, row.step, row.runs, msgspec.json.decode(row.inputs), row.queue)


def hold_work(store: Store, work: Work, claim: str, until: datetime) -> None:
    """Hold a piece of work for as long as it may really take, by the clock on the wall."""
    mine = (_WORK.c.id == work.id) & (_WORK.c.claim == claim)
    with store.database.writing() as connection:
        connection.execute(update(_WORK).where(mine).values(claimed_until=until))


def finish_work(store: Store, work: Work, claim: str, event: Finished, now: datetime) -> Recorded | None:
    """Record the outcome of a piece of work; the row and the event commit together, once.

    None if the piece is another worker's by now, or nobody's because its step is cancelled: whoever comes late changes
    nothing.
    """
    mine = (_WORK.c.id == work.id) & (_WORK.c.claim == claim) & (_WORK.c.status == "waiting")
    values = {"status": "done" if event.ok else "failed", "ended_at": now, "claimed_until": None}
    with store.database.writing() as connection:
        # The case before its work, like whoever cancels the step: else the two might wait for each other.
        connection.execute(select(_CASES.c.id).where(_CASES.c.id == work.case_id).with_for_update())
        if not connection.execute(update(_WORK).where(mine).values(values)).rowcount:
            return None
        recorded = record_in(connection, store, (Recording(work.case_id, event, f"{work.id}/finished"),), now)[0]
        if event.ok and isinstance(recorded.refusal, InvalidAnswer):
            # An answer that the step does not take is a failure too: nobody but a person can go on from there.
            # What it was stays out of the words: it may be confidential.
            why = f"what `{work.runs}` answers is not what the step's outputs take"
            failed = Finished(step=event.step, ok=False, error=why, round=event.round)
            return record_in(connection, store, (Recording(work.case_id, failed, f"{work.id}/refused"),), now)[0]
        return recorded


def find_forgotten(store: Store, now: datetime) -> int:
    """Have Prefect told again of cases whose work nobody does, because a worker died or a run was lost.

    Returns how many. To be asked every half a minute, not more often: a run needs a few seconds to begin.
    """
    free = or_(_WORK.c.claimed_until.is_(None), _WORK.c.claimed_until <= now)
    cases = select(_WORK.c.case_id).where(_WORK.c.status == "waiting", free)
    with store.database.writing() as connection:
        again = update(_CASES).where(_CASES.c.id.in_(cases), _CASES.c.unshown.is_(False)).values(unshown=True)
        return connection.execute(again).rowcount


def _waits(case_id: str) -> ColumnElement[bool]:
    found: ColumnElement[bool] = (_WORK.c.case_id == case_id) & (_WORK.c.status == "waiting")
    return found


def outdated_runs(store: Store, most: int = 200, passed: int = 0) -> list[Shown]:
    """Cases that Prefect shows as they were, or not at all; the first `passed` are left out.

    Machine work comes first, for it waits for its run, and then the soonest deadline, so that the board is right.
    """
    at_work = select(_WORK.c.case_id).where(_WORK.c.status == "waiting")
    query = (
        select(_CASES.c.id, _CASES.c.revision, _RUNS.c.flow_run_id)
        .join(_RUNS, _RUNS.c.case_id == _CASES.c.id, isouter=True)
        .where(_CASES.c.unshown.is_(True))
        .order_by(_CASES.c.id.not_in(at_work), _CASES.c.next_due.is_(None), _CASES.c.next_due, _CASES.c.id)
        .limit(most)
        .offset(passed)
    )
    with store.database.reading() as connection:
        return [Shown(row.id, row.revision, row.flow_run_id) for row in connection.execute(query)]


def procedures_to_show(store: Store) -> set[str]:
    """Procedures, in force or withdrawn, whose cases Prefect shows or is still to show."""
    query = select(_CASES.c.procedure).where(or_(_CASES.c.status == "open", _CASES.c.unshown.is_(True))).distinct()
    with store.database.reading() as connection:
        return set(connection.execute(query).scalars())


def keep_run(store: Store, case_id: str, flow_run_id: str, revision: int) -> None:
    """Remember which flow run shows a case, and which revision."""
    with store.database.writing() as connection:
        values = {"flow_run_id": flow_run_id, "revision": revision}
        if not connection.execute(update(_RUNS).where(_RUNS.c.case_id == case_id).values(values)).rowcount:
            connection.execute(insert(_RUNS).values(case_id=case_id, **values))
        # A case that has moved on meanwhile is still to be shown.
        same = (_CASES.c.id == case_id) & (_CASES.c.revision == revision)
        connection.execute(update(_CASES).where(same).values(unshown=False))


def run_of(connection: Connection, case_id: str) -> str | None:
    """The flow run in which Prefect shows a case; None if it does not yet."""
    found: str | None = connection.execute(select(_RUNS.c.flow_run_id).where(_RUNS.c.case_id == case_id)).scalar()
    return found


def known_run(store: Store) -> str | None:
    """The newest flow run of an open case, to ask Prefect whether it still knows its runs."""
    query = select(_RUNS.c.flow_run_id).join(_CASES, _RUNS.c.case_id == _CASES.c.id).where(_CASES.c.status == "open")
    with store.database.reading() as connection:
        return connection.execute(query.order_by(_RUNS.c.case_id.desc()).limit(1)).scalar()


def open_runs(store: Store, after: str, most: int) -> dict[str, str]:
    """The next flow runs of open cases by case number, of those after one."""
    query = (
        select(_RUNS.c.case_id, _RUNS.c.flow_run_id)
        .join(_CASES, _RUNS.c.case_id == _CASES.c.id)
        .where(_CASES.c.status == "open", _RUNS.c.case_id > after)
        .order_by(_RUNS.c.case_id)
        .limit(most)
    )
    with store.database.reading() as connection:
        return {row.case_id: row.flow_run_id for row in connection.execute(query)}


def show_again(store: Store, case_ids: Sequence[str]) -> int:
    """Have Prefect told again of open cases. Returns how many."""
    if not case_ids:
        return 0
    with store.database.writing() as connection:
        again = update(_CASES).where(_CASES.c.id.in_(case_ids), _CASES.c.status == "open").values(unshown=True)
        return connection.execute(again).rowcount


def forget_runs(store: Store) -> None:
    """Prefect has lost its runs: all are to be made again."""
    with store.database.writing() as connection:
        connection.execute(delete(_RUNS))
        connection.execute(update(_CASES).where(_CASES.c.status == "open").values(unshown=True))
