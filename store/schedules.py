"""Schedules: cases that begin by themselves, each at its time, once, also after an outage.

The clock asks for them, not Prefect: what a calendar promises must not depend on a second system. How far each schedule
has been carried out stands in the database, so that nothing is begun twice and a slot missed in an outage is begun late
rather than never. A schedule that is published anew begins with its next slot, not with those of the past.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

from sqlalchemy import Connection, delete, insert, select, update

from engine.errors import Refusal
from engine.events import SYSTEM, Opened
from engine.schedules import Slot, next_after, next_to_run, slots_between
from models.language.procedure import Procedure
from models.language.schedules import Schedule
from models.tables import SlotRow
from store.cases import Store, open_case
from store.connection import AWAY

_SLOTS: Final = SlotRow.__table__  # type: ignore[attr-defined]

MOST: Final = 1000
"""Cases begun in one round; after a long outage the rest follow in the next."""

RETRY: Final = timedelta(minutes=5)
"""When a schedule that broke is tried again."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One way in which a procedure begins by itself."""

    procedure: str
    number: int
    """Its place among the procedure's starts."""
    schedule: Schedule

    @property
    def name(self) -> str:
        """What it is remembered by: its content, so that starts may be put in another order."""
        written = self.schedule.model_dump_json(exclude_defaults=True, by_alias=True)
        return f"{self.procedure}/{hashlib.sha256(written.encode()).hexdigest()[:12]}"


@dataclass(frozen=True, slots=True)
class Begun:
    """What came of one slot: a case, or why there is none."""

    planned: Planned
    slot: Slot | None
    """None if it broke before the slot was known."""
    case_id: str
    refusal: str = ""


def planned_starts(store: Store, connection: Connection) -> list[Planned]:
    """Every schedule of the procedures in force."""
    store.programs.refresh(connection)
    return [one for page in store.programs.rulebook.procedures.values() for one in starts_of(page.content)]


def starts_of(procedure: Procedure) -> list[Planned]:
    """The schedules of one procedure."""
    return [
        Planned(procedure.procedure, number, start.on)
        for number, start in enumerate(procedure.starts)
        if start.by == "schedule" and start.on is not None
    ]


class Scheduler:
    """Begins what is due. It remembers when the next slot is, so that asking it ten times a second costs nothing."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._edition = -1
        self._next: datetime | None = None

    def start_due(self, now: datetime) -> list[Begun]:
        """Begin every case whose slot has come, in order of the slots."""
        with self.store.database.reading() as connection:
            planned = planned_starts(self.store, connection)
            if self.store.programs.edition == self._edition and (self._next is None or now < self._next):
                return []
        if self.store.programs.edition != self._edition:
            self._forget_all_but([start.name for start in planned])
        with self.store.database.reading() as connection:
            last = {row.schedule: row.last for row in connection.execute(select(_SLOTS))}
        begun, looks = list[Begun](), list[datetime]()
        for start in planned:
            try:
                begun.extend(self._begin(start, last.get(start.name), now))
                looks.append(self._upcoming(start, now))
            except AWAY:
                raise
            except Exception as error:  # noqa: BLE001 - one broken procedure must not keep the others from beginning
                begun.append(Begun(start, None, "", f"{type(error).__name__}: {error}"))
                looks.append(now + RETRY)
        self._edition, self._next = self.store.programs.edition, min(looks, default=None)
        return begun

    def _upcoming(self, planned: Planned, now: datetime) -> datetime:
        with self.store.database.reading() as connection:
            last = connection.execute(select(_SLOTS.c.last).where(_SLOTS.c.schedule == planned.name)).scalar()
        return next_to_run(planned.schedule, self.store.programs.company.calendar, last or now).at

    def _begin(self, planned: Planned, last: datetime | None, now: datetime) -> Iterator[Begun]:
        if last is None:
            self._remember(planned, now)
            return
        slots = slots_between(planned.schedule, self.store.programs.company.calendar, last, now)
        for at, together in groupby(slots[:MOST], lambda slot: slot.at):
            yield from self._begin_all(planned, list(together), last, now)
            last = at

    def _begin_all(self, planned: Planned, slots: list[Slot], last: datetime, now: datetime) -> list[Begun]:
        """The cases of the slots that run at one moment; none if another process was first."""
        with self.store.database.writing() as connection:
            mine = (_SLOTS.c.schedule == planned.name) & (_SLOTS.c.last == last)
            if not connection.execute(update(_SLOTS).where(mine).values(last=slots[0].at)).rowcount:
                return []
            begun = [self._begin_one(connection, planned, slot, now) for slot in slots]
        return [one for one in begun if one is not None]

    def _begin_one(self, connection: Connection, planned: Planned, slot: Slot, now: datetime) -> Begun | None:
        """None if it has begun already, e.g. because a new calendar has moved it."""
        event_id = f"schedule/{planned.name}/{int(slot.nominal.timestamp())}"
        opening = Opened(case="", by=SYSTEM, channel="schedule", at=slot.at)
        try:
            opened = open_case(self.store, planned.procedure, opening, event_id, now, connection)
        except Refusal as refusal:
            return Begun(planned, slot, "", str(refusal))
        return None if opened.repeated else Begun(planned, slot, opened.recording.case_id)

    def _forget_all_but(self, names: list[str]) -> None:
        """A schedule that is taken out and comes back later is a new one: what lay between is not owed."""
        with self.store.database.writing() as connection:
            connection.execute(delete(_SLOTS).where(_SLOTS.c.schedule.not_in(names)))

    def _remember(self, planned: Planned, now: datetime) -> None:
        with self.store.database.writing() as connection:
            known = select(_SLOTS.c.schedule).where(_SLOTS.c.schedule == planned.name)
            if connection.execute(known).first() is None:
                connection.execute(insert(_SLOTS).values(schedule=planned.name, last=now))


def upcoming(store: Store, planned: Planned, after: datetime, count: int) -> list[datetime]:
    """When a schedule begins something next, for showing."""
    found, nominal = list[datetime](), after
    for _ in range(count):
        slot = next_after(planned.schedule, store.programs.company.calendar, nominal)
        found.append(slot.at)
        nominal = slot.nominal
    return found
