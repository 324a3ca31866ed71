"""Scheduled starts: every slot begins one case, at its own time, whatever happened meanwhile."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import text

from models.language.moments import format_moment, parse_moment
from store import cases, schedules
from store.cases import Store
from store.programs import Published, publish
from store.schedules import Scheduler
from tests.integration.samples import POLICIES

PATROL = """
procedure: patrol
title: 巡检
owner: info_head
chain: office
starts: [{by: form, who: all_staff}, {by: schedule, on: {weekly: monday, at: "09:00"}}]
form: {remark: {type: text, title: 备注, required: false}}
steps:
  - {id: look, kind: task, title: 巡检, who: info_head, within: 4 hours}
  - {id: finish, kind: end, outcome: done}
"""


def at(text_: str) -> datetime:
    return parse_moment(f"2026-{text_}")


@pytest.fixture
def patrolled(store: Store) -> Store:
    publish_patrol(store, PATROL)
    return store


def publish_patrol(store: Store, yaml: str) -> None:
    with store.database.writing() as connection:
        publish(connection, [Published("procedures/patrol.yaml", yaml)], "gao.xiang", at("03-02 08:00"))


def opened(store: Store) -> list[str]:
    """When each patrol happened, and when it was recorded, in order."""
    query = "SELECT happened_at, recorded_at FROM ledger WHERE event_id LIKE 'schedule/patrol/%' ORDER BY seq"
    with store.database.reading() as connection:
        rows = connection.execute(text(query)).all()
    return [" ".join(format_moment(datetime.fromtimestamp(one).astimezone()) for one in row) for row in rows]


def test_a_slot_begins_a_case_at_its_time_and_once(patrolled: Store) -> None:
    scheduler = Scheduler(patrolled)
    for moment in ("03-06 10:00", "03-09 08:59", "03-09 09:00", "03-09 09:00", "03-09 15:00"):
        scheduler.start_due(at(moment))

    assert opened(patrolled) == ["2026-03-09 09:00 2026-03-09 09:00"]


def test_a_schedule_that_is_new_does_not_begin_the_slots_of_the_past(patrolled: Store) -> None:
    assert Scheduler(patrolled).start_due(at("06-01 12:00")) == []
    assert opened(patrolled) == []


def test_slots_missed_in_an_outage_begin_late_in_order_with_their_own_times(patrolled: Store) -> None:
    Scheduler(patrolled).start_due(at("03-06 10:00"))
    Scheduler(patrolled).start_due(at("03-24 10:00"))

    assert opened(patrolled) == [
        "2026-03-09 09:00 2026-03-24 10:00",
        "2026-03-16 09:00 2026-03-24 10:00",
        "2026-03-23 09:00 2026-03-24 10:00",
    ]


def test_two_clocks_begin_a_slot_once(patrolled: Store) -> None:
    one, other = Scheduler(patrolled), Scheduler(Store(patrolled.database))
    for clock in (one, other):
        clock.start_due(at("03-06 10:00"))
    for clock in (other, one, other):
        clock.start_due(at("03-09 09:00"))

    assert len(opened(patrolled)) == 1


def test_a_holiday_moves_a_slot_to_the_next_working_day(patrolled: Store) -> None:
    scheduler = Scheduler(patrolled)
    scheduler.start_due(at("04-03 10:00"))
    scheduler.start_due(at("04-07 10:00"))

    assert opened(patrolled) == ["2026-04-07 09:00 2026-04-07 10:00"], "Monday 6 April 2026 is Tomb-Sweeping Day"


def test_a_form_that_cannot_be_left_empty_is_reported_and_stops_nothing(patrolled: Store) -> None:
    publish_patrol(patrolled, PATROL.replace("required: false", "required: true"))
    scheduler = Scheduler(patrolled)
    scheduler.start_due(at("03-06 10:00"))

    (begun,) = scheduler.start_due(at("03-09 09:00"))
    assert "`remark` is missing" in begun.refusal
    assert scheduler.start_due(at("03-09 09:01")) == []


def test_a_schedule_that_is_changed_is_a_new_one_from_then_on(patrolled: Store) -> None:
    scheduler = Scheduler(patrolled)
    scheduler.start_due(at("03-06 10:00"))
    scheduler.start_due(at("03-09 10:00"))
    publish_patrol(patrolled, PATROL.replace('{weekly: monday, at: "09:00"}', '{daily: "17:00"}'))
    scheduler.start_due(at("03-09 10:01"))
    scheduler.start_due(at("03-10 18:00"))

    assert opened(patrolled)[1:] == ["2026-03-09 17:00 2026-03-10 18:00", "2026-03-10 17:00 2026-03-10 18:00"]


def test_starts_in_another_order_begin_nothing_again(patrolled: Store) -> None:
    scheduler = Scheduler(patrolled)
    scheduler.start_due(at("03-06 10:00"))
    scheduler.start_due(at("03-09 10:00"))
    form, schedule = "{by: form, who: all_staff}", '{by: schedule, on: {weekly: monday, at: "09:00"}}'
    publish_patrol(patrolled, PATROL.replace(f"[{form}, {schedule}]", f"[{schedule}, {form}]"))
    scheduler.start_due(at("03-09 11:00"))

    assert len(opened(patrolled)) == 1


def test_a_schedule_that_comes_back_owes_nothing_for_the_time_it_was_gone(patrolled: Store) -> None:
    scheduler = Scheduler(patrolled)
    scheduler.start_due(at("03-06 10:00"))
    publish_patrol(patrolled, PATROL.replace(', {by: schedule, on: {weekly: monday, at: "09:00"}}', ""))
    scheduler.start_due(at("03-07 10:00"))
    publish_patrol(patrolled, PATROL)
    scheduler.start_due(at("08-03 10:00"))

    assert opened(patrolled) == []


def test_a_schedule_that_breaks_stops_no_other_and_is_tried_again(
    patrolled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    scheduler, plain = Scheduler(patrolled), cases.open_case
    files = [Published("procedures/a.yaml", PATROL.replace("procedure: patrol", "procedure: a-broken-one"))]
    with patrolled.database.writing() as connection:
        publish(connection, files, "gao.xiang", at("03-02 08:00"))
    scheduler.start_due(at("03-06 10:00"))

    def open_case(store: Store, procedure: str, *given: Any) -> object:
        if procedure == "a-broken-one":
            raise ZeroDivisionError("a fault of ours")
        return plain(store, procedure, *given)

    monkeypatch.setattr(schedules, "open_case", open_case)
    begun = scheduler.start_due(at("03-09 09:00"))
    assert [(one.planned.procedure, one.refusal) for one in begun if one.refusal] == [
        ("a-broken-one", "ZeroDivisionError: a fault of ours")
    ]
    assert (len(opened(patrolled)), scheduler.start_due(at("03-09 09:01"))) == (1, [])

    monkeypatch.undo()
    assert [one.planned.procedure for one in scheduler.start_due(at("03-09 09:05"))] == ["a-broken-one"]


def test_a_slot_is_not_held_up_by_one_that_a_day_off_has_moved_behind_it(patrolled: Store) -> None:
    """Saturday 16:00 runs on Monday at 16:00; Monday 00:00 stands behind it and runs before it."""
    publish_patrol(patrolled, PATROL.replace('{weekly: monday, at: "09:00"}', "{every: 8 hours, roll: forward}"))
    scheduler = Scheduler(patrolled)
    for moment in ("03-13 23:00", "03-16 00:00", "03-16 08:00"):
        scheduler.start_due(at(moment))

    assert opened(patrolled) == ["2026-03-16 00:00 2026-03-16 00:00"] * 3 + ["2026-03-16 08:00 2026-03-16 08:00"] * 3


def test_a_slot_that_a_new_calendar_moves_after_it_has_begun_does_not_begin_again(patrolled: Store) -> None:
    scheduler = Scheduler(patrolled)
    scheduler.start_due(at("04-03 10:00"))
    scheduler.start_due(at("04-07 10:00"))
    name = "calendars/2026.yaml"
    with patrolled.database.writing() as connection:
        written = (POLICIES / name).read_text("utf-8")
        moved = written.replace("until: 2026-04-06", "until: 2026-04-07")
        assert moved != written
        publish(connection, [Published(name, moved)], "gao.xiang", at("04-07 11:00"))
    scheduler.start_due(at("04-08 10:00"))

    assert len(opened(patrolled)) == 1
