"""Schedules: when something begins by itself, and where a day off moves it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from engine.schedules import Slot, next_after, next_to_run, slots_between
from models.language.element import Mistake
from models.language.moments import format_moment
from models.language.schedules import Schedule
from tests.unit.calendar_files import at, shipped

WEEKLY = {"weekly": "monday", "at": "09:00"}
QUARTERLY = {"yearly": {"month": [1, 4, 7, 10], "day": "first working day"}, "at": "09:00"}


def schedule(data: Mapping[str, object]) -> Schedule:
    return Schedule.model_validate(data)


def following(data: Mapping[str, object], nominal: str, count: int = 1) -> list[tuple[str, str]]:
    """The next slots as (nominal, running) times."""
    found: list[tuple[str, str]] = []
    known = at(nominal)
    for _ in range(count):
        slot = next_after(schedule(data), shipped(), known)
        known = slot.nominal
        found.append((format_moment(slot.nominal), format_moment(slot.at)))
    return found


def test_two_mondays_swallowed_by_one_holiday_stay_two_slots() -> None:
    assert following(WEEKLY, "2026-02-09 09:00", 3) == [
        ("2026-02-16 09:00", "2026-02-24 09:00"),
        ("2026-02-23 09:00", "2026-02-24 09:00"),
        ("2026-03-02 09:00", "2026-03-02 09:00"),
    ]


def test_both_are_found_among_the_slots_that_run_on_that_day() -> None:
    slots = slots_between(schedule(WEEKLY), shipped(), at("2026-02-20 12:00"), at("2026-02-24 09:00"))

    assert [format_moment(slot.nominal) for slot in slots] == ["2026-02-16 09:00", "2026-02-23 09:00"]


def test_national_day_moves_the_weekly_report_to_the_first_working_day() -> None:
    assert following(WEEKLY, "2026-09-28 09:00", 2) == [
        ("2026-10-05 09:00", "2026-10-08 09:00"),
        ("2026-10-12 09:00", "2026-10-12 09:00"),
    ]


@pytest.mark.parametrize(
    ("data", "after", "expected"),
    [
        ({"daily": "17:00"}, "2026-12-12 16:59", "2026-12-12 17:00"),
        ({"daily": "17:00"}, "2026-12-12 17:00", "2026-12-13 17:00"),
        ({"daily": "17:00", "roll": "skip"}, "2026-09-30 17:00", "2026-10-08 17:00"),
        ({"daily": "17:00", "roll": "forward"}, "2026-12-11 17:00", "2026-12-14 17:00"),
        ({"weekly": "friday", "at": "17:00", "roll": "none"}, "2026-09-30 12:00", "2026-10-02 17:00"),
        ({"weekly": ["thursday", "monday"], "at": "09:00"}, "2026-03-09 09:00", "2026-03-12 09:00"),
        ({"monthly": 1, "at": "09:00"}, "2026-04-02 10:00", "2026-05-06 09:00"),
        ({"monthly": "last working day", "at": "18:00"}, "2026-04-21 10:00", "2026-04-30 18:00"),
        ({"monthly": "last working day", "at": "18:00"}, "2026-02-01 00:00", "2026-02-28 18:00"),
        ({"monthly": "first working day", "at": "09:00"}, "2026-09-30 09:00", "2026-10-08 09:00"),
        ({"monthly": "last day", "at": "18:00", "roll": "none"}, "2026-02-01 00:00", "2026-02-28 18:00"),
        ({"monthly": "last day", "at": "18:00", "roll": "none"}, "2026-12-01 00:00", "2026-12-31 18:00"),
        ({"yearly": {"month": 3, "day": 15}, "at": "09:00"}, "2026-01-01 00:00", "2026-03-16 09:00"),
        ({"yearly": {"month": 9, "day": "first working day"}, "at": "09:00"}, "2026-09-01 09:00", "2027-09-01 09:00"),
        (QUARTERLY, "2026-01-04 09:00", "2026-04-01 09:00"),
        (QUARTERLY, "2026-07-01 09:00", "2026-10-08 09:00"),
        ({"yearly": {"month": [1, 7], "day": 1}, "at": "09:00"}, "2025-12-31 12:00", "2026-01-04 09:00"),
        ({"every": "4 hours"}, "2026-10-01 03:59", "2026-10-01 04:00"),
        ({"every": "4 hours"}, "2026-10-01 20:00", "2026-10-02 00:00"),
        ({"every": "4 hours", "from": "07:30"}, "2026-10-01 00:00", "2026-10-01 03:30"),
        ({"every": "15 minutes"}, "2026-10-01 23:50", "2026-10-02 00:00"),
        ({"every": "24 hours", "from": "02:00"}, "2026-10-01 02:00", "2026-10-02 02:00"),
    ],
)
def test_the_next_slot_runs_at(data: Mapping[str, object], after: str, expected: str) -> None:
    ((_, runs),) = following(data, after)

    assert runs == expected


def mistake(data: Mapping[str, object]) -> Mistake:
    with pytest.raises(ValidationError) as caught:
        Schedule.model_validate(data)
    found = caught.value.errors()[0]["ctx"]["error"]
    assert isinstance(found, Mistake)
    return found


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "this has none"),
        ({"daily": "17:00", "weekly": "monday"}, "this has daily and weekly"),
        ({"weekly": "monday"}, "`weekly` does not say at what time"),
        ({"daily": "17:00", "at": "09:00"}, "`daily` has its own time"),
        ({"every": "4 hours", "at": "09:00"}, "`every` has its own time"),
        ({"daily": "17:00", "from": "09:00"}, "`from` goes only with `every`"),
        ({"every": "5 hours"}, "does not divide a day"),
        ({"every": "1 working day"}, "does not divide a day"),
        ({"monthly": 31, "at": "09:00"}, "has a day 31"),
        ({"yearly": {"month": 2, "day": 29}, "at": "09:00"}, "has a day 29"),
        ({"yearly": {"month": [3, 4], "day": 31}, "at": "09:00"}, "has a day 31"),
    ],
)
def test_a_schedule_that_cannot_be_meant_is_refused_with_a_remedy(data: Mapping[str, object], message: str) -> None:
    found = mistake(data)

    assert message in found.message
    assert found.remedy
    assert found.message_zh != found.message


AT_MOST_ONCE_A_DAY = st.sampled_from(
    [
        schedule(WEEKLY),
        schedule(QUARTERLY),
        schedule({"daily": "17:00"}),
        schedule({"daily": "17:00", "roll": "skip"}),
        schedule({"monthly": 15, "at": "23:59"}),
        schedule({"monthly": "last day", "at": "00:00", "roll": "skip"}),
    ]
)
SCHEDULES = AT_MOST_ONCE_A_DAY | st.just(schedule({"every": "6 hours", "from": "01:00", "roll": "forward"}))
DAYS = st.integers(0, 365 * 6 * 24 * 60).map(lambda n: at("2025-01-01 12:00") + timedelta(minutes=n))


@given(SCHEDULES, DAYS, st.integers(0, 40))
def test_asking_day_by_day_finds_what_asking_once_finds(plan: Schedule, start: datetime, days: int) -> None:
    moments = [start + timedelta(days=n) for n in range(days + 1)]
    pieces: list[Slot] = []
    for after, until in pairwise(moments):
        pieces += slots_between(plan, shipped(), after, until)

    assert pieces == slots_between(plan, shipped(), moments[0], moments[-1])


@given(SCHEDULES, DAYS)
def test_slots_stand_in_order_and_run_no_earlier_than_they_stand(plan: Schedule, start: datetime) -> None:
    first = next_after(plan, shipped(), start)
    second = next_after(plan, shipped(), first.nominal)

    assert first.nominal < second.nominal
    assert first.nominal <= first.at


@given(AT_MOST_ONCE_A_DAY, DAYS)
def test_slots_of_different_days_run_in_the_order_in_which_they_stand(plan: Schedule, start: datetime) -> None:
    first = next_after(plan, shipped(), start)

    assert first.at <= next_after(plan, shipped(), first.nominal).at


def test_slots_of_several_hours_keep_their_hour_when_they_roll_past_a_weekend() -> None:
    plan = schedule({"every": "6 hours", "from": "01:00", "roll": "forward"})
    evening = next_after(plan, shipped(), at("2026-12-12 18:00"))
    night = next_after(plan, shipped(), evening.nominal)

    assert (evening.at, night.at) == (at("2026-12-14 19:00"), at("2026-12-14 01:00"))


@given(SCHEDULES, DAYS)
def test_the_slot_that_runs_next_is_the_first_of_those_that_follow(plan: Schedule, start: datetime) -> None:
    found = next_to_run(plan, shipped(), start)

    assert slots_between(plan, shipped(), start, found.at)[0] == found
    assert slots_between(plan, shipped(), start, found.at - timedelta(seconds=1)) == []
