"""The clock's own process: whatever breaks beside them, deadlines are kept."""

from collections.abc import Callable
from datetime import datetime
from threading import Event

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from duly.running.clocks import CompanyClock
from duly.running.keeping_time import TimeKeeper
from store.cases import Store
from store.schedules import Scheduler
from tests.integration.records import at, complaint


class StandingClock(CompanyClock):
    """A clock that shows one time."""

    def now(self) -> datetime:
        return self.company_start


def keeper_at(store: Store, moment: datetime) -> TimeKeeper:
    return TimeKeeper(store, StandingClock(1, moment, moment))


def fired(store: Store) -> int:
    with store.database.reading() as connection:
        query = text("SELECT count(*) FROM ledger WHERE kind = 'TimerFired'")
        return int(connection.execute(query).scalar_one())


@pytest.fixture
def broken_schedules(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(_self: Scheduler, _now: datetime) -> list[object]:
        raise ZeroDivisionError("a fault of ours")

    monkeypatch.setattr(Scheduler, "start_due", breaks)


def test_a_part_that_breaks_does_not_stop_the_deadlines_and_is_reported(store: Store, broken_schedules: None) -> None:
    complaint(store)
    keeper = keeper_at(store, at("11:00"))

    assert keeper.round() > 0
    assert (fired(store) > 0, keeper.note) == (True, "ZeroDivisionError: a fault of ours")


def test_an_outage_of_the_database_is_waited_out(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    complaint(store)
    keeper, stop = keeper_at(store, at("11:00")), Event()
    rounds = iter([OperationalError("SELECT 1", {}, OSError("away")), None])
    plain: Callable[[], int] = keeper.round
    notes: list[str] = []

    def round_() -> int:
        if (error := next(rounds, None)) is not None:
            raise error
        notes.append(keeper.trouble)
        stop.set()
        return plain()

    monkeypatch.setattr(keeper, "round", round_)
    keeper.keep(stop)

    assert (notes, keeper.trouble) == (["the database cannot be used: OperationalError"], "")
    assert fired(store) > 0


def test_a_round_that_does_not_end_is_said_while_it_lasts(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter([0.0, 61.0])
    keeper, stop, notes = TimeKeeper(store, StandingClock(1, at("11:00"), at("11:00")), moments.__next__), Event(), []

    def lasts() -> int:
        notes.append(keeper.note)
        stop.set()
        return 0

    monkeypatch.setattr(keeper, "round", lasts)
    keeper.keep(stop)

    assert (notes, keeper.note) == (["one round has lasted 61 s"], "")
