"""The sweep: everything due is recorded once, in order, at its own time; one broken case stops no other."""

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from engine.events import Opened
from models.language.moments import parse_moment
from store import cases, due
from store.cases import Store, load_case, open_case
from store.due import next_due, sweep
from tests.integration.records import at, complaint


def planned(store: Store, case_id: str) -> list[str]:
    """The planned times of the timers that fired for a case, in the order of the ledger."""
    with store.database.reading() as connection:
        rows = connection.execute(
            text("SELECT body FROM ledger WHERE case_id = :case AND kind = 'TimerFired' ORDER BY seq"),
            {"case": case_id},
        )
        return [json.loads(row.body)["event"]["due"][11:16] for row in rows]


def test_it_records_nothing_before_it_is_due(store: Store) -> None:
    complaint(store)
    assert sweep(store, at("10:29")).recorded == 0


def test_it_catches_up_in_order_after_downtime_and_once(store: Store) -> None:
    case = complaint(store)
    sweep(store, at("11:40"))
    assert planned(store, case.id) == ["10:30", "10:50", "11:00", "11:30"]
    assert sweep(store, at("11:41")).recorded == 0


def test_it_says_how_late_it_was(store: Store) -> None:
    complaint(store)
    assert sweep(store, at("10:31")).lateness == [60.0]


def test_two_sweeps_at_once_do_everything_once(store: Store) -> None:
    cases = [complaint(store, f"form-{n}") for n in range(20)]
    with ThreadPoolExecutor(2) as pool:
        swept = list(pool.map(lambda _n: sweep(store, at("11:40")), range(2)))
    assert sum(one.recorded for one in swept) == 4 * len(cases)


def test_a_sweep_that_was_paused_writes_nothing_once_another_has_been_there(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between finding what is due and recording it the process sleeps for hours, e.g. a suspended machine."""
    case = complaint(store)
    found = due._due  # noqa: SLF001 - the moment between finding and recording has no other name

    def paused(one: Store, now: datetime) -> object:
        rows = found(one, now)
        monkeypatch.setattr(due, "_due", found)
        sweep(Store(store.database), at("13:30"))
        return rows

    monkeypatch.setattr(due, "_due", paused)

    assert sweep(store, at("11:00")).recorded == 0
    assert planned(store, case.id) == ["10:30", "10:50", "11:00", "11:30", "13:00"]


def test_a_case_that_cannot_be_processed_is_set_aside_and_the_others_still_fire(store: Store) -> None:
    broken, sound = complaint(store, "form-1"), complaint(store, "form-2")
    with store.database.writing() as connection:
        connection.execute(text("UPDATE cases SET state = '{' WHERE id = :case"), {"case": broken.id})
    swept = sweep(store, at("10:30"))
    assert [case for case, _ in swept.set_aside] == [broken.id]
    assert len(planned(store, sound.id)) == 1


def test_a_case_that_was_set_aside_is_tried_again(store: Store) -> None:
    case = complaint(store)
    with store.database.writing() as connection:
        state = connection.execute(text("SELECT state FROM cases")).scalar_one()
        connection.execute(text("UPDATE cases SET state = '{'"))
    sweep(store, at("10:30"))
    with store.database.writing() as connection:
        connection.execute(text("UPDATE cases SET state = :state"), {"state": state})
    sweep(store, at("10:36"))
    assert len(planned(store, case.id)) == 1


def test_it_knows_when_it_is_needed_next(store: Store) -> None:
    complaint(store)
    assert next_due(store) == at("10:30")


def test_a_case_born_late_escalates_at_once(store: Store) -> None:
    facts = {"customer": "张三", "channel": "phone", "received_at": "2026-03-10 08:00", "subject": "延误"}
    recorded = open_case(
        store, "complaint-handling", Opened(case="", by="zhao.lei", facts=facts), "form-1", at("10:00")
    )
    sweep(store, at("10:00"))
    with store.database.reading() as connection:
        case, _ = load_case(connection, store, recorded.recording.case_id)
    assert case.clocks["forward"].missed_at == parse_moment("2026-03-10 09:00")


def test_a_case_whose_next_time_is_not_what_its_state_says_is_set_aside_and_the_sweep_ends(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong, sound = complaint(store, "form-1"), complaint(store, "form-2")
    with store.database.writing() as connection:
        connection.execute(text("UPDATE cases SET next_due = next_due - 60 WHERE id = :case"), {"case": wrong.id})
    looks, plain = [], due._due  # noqa: SLF001 - a sweep that never ends would hang the test

    def counted(one: Store, now: datetime) -> object:
        looks.append(now)
        assert len(looks) < 20
        return plain(one, now)

    monkeypatch.setattr(due, "_due", counted)
    swept = sweep(store, at("10:30"))

    assert [case for case, _ in swept.set_aside] == [wrong.id]
    assert len(planned(store, sound.id)) == 1


def test_an_outage_of_the_database_is_not_the_fault_of_a_case(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """It lasts for two tries; the case must not wait five minutes because it was the one in hand."""
    case, plain = complaint(store), cases.record_all
    away = iter([OperationalError("UPDATE cases", {}, OSError("away"))] * 2)

    def record_all(*given: Any) -> object:
        if (error := next(away, None)) is not None:
            raise error
        return plain(*given)

    monkeypatch.setattr(due, "record_all", record_all)
    for _ in range(3):
        with suppress(OperationalError):
            sweep(store, at("10:30"))

    assert len(planned(store, case.id)) == 1
