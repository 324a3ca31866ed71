"""Durations of different units: what can be said of them without knowing the start."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.calendars import Calendar
from models.language.company_hours import CompanyHours, OpenHours
from models.language.durations import Duration, Unit
from models.language.elapsed import comparable, definitely_longer, elapsed, never_longer
from models.language.moments import CHINA
from models.language.units import MOST
from tests.unit.calendar_files import files, shipped

DURATIONS = st.sampled_from(list(Unit)).flatmap(
    lambda unit: st.builds(Duration, st.integers(1, MOST[unit]), st.just(unit))
)
SHORT_DAY = OpenHours.model_validate({"from": "14:00", "until": "18:00"})
SHORTEST_DAYS = Calendar.build(
    files().years, CompanyHours(business_hours=SHORT_DAY, service_hours=SHORT_DAY, close_of_business="23:59")
)


def longer(a: str, b: str) -> bool:
    return definitely_longer(Duration.parse(a), Duration.parse(b))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("36 hours", "24 hours"),
        ("4 working days", "3 working days"),
        ("90 minutes", "1 hour"),
        ("9 working hours", "500 working minutes"),
        ("3 working days", "24 hours"),
        ("30 calendar days", "10 working days"),
        ("31 calendar days", "720 hours"),
    ],
)
def test_some_durations_are_longer_from_every_start(a: str, b: str) -> None:
    assert longer(a, b)
    assert not longer(b, a)


@pytest.mark.parametrize(
    ("a", "b"), [("72 hours", "3 working days"), ("1 working day", "24 hours"), ("5 working days", "7 calendar days")]
)
def test_others_cannot_be_compared(a: str, b: str) -> None:
    first, second = Duration.parse(a), Duration.parse(b)

    assert not comparable(first, second)
    assert not definitely_longer(first, second)
    assert not definitely_longer(second, first)


def test_a_duration_is_never_longer_than_itself() -> None:
    day = Duration.parse("1 working day")

    assert never_longer(day, day)
    assert not definitely_longer(day, day)


@given(DURATIONS, DURATIONS)
def test_longer_and_never_longer_exclude_each_other(a: Duration, b: Duration) -> None:
    assert not (definitely_longer(a, b) and never_longer(a, b))


@given(DURATIONS)
def test_the_bounds_of_a_duration_are_in_order(duration: Duration) -> None:
    bounds = elapsed(duration)

    assert bounds.shortest <= bounds.longest


@given(
    st.datetimes(datetime(2015, 1, 1), datetime(2030, 1, 1)),  # noqa: DTZ001 - zoned below
    DURATIONS,
    st.sampled_from([shipped(), SHORTEST_DAYS]),
)
def test_no_calendar_leaves_the_bounds(start: datetime, duration: Duration, calendar: Calendar) -> None:
    bounds, due = elapsed(duration), calendar.add(start.replace(tzinfo=CHINA), duration)

    assert bounds.shortest <= due.at - due.start <= bounds.longest


@pytest.mark.parametrize("n", range(1, 61))
def test_no_holiday_of_the_shipped_years_leaves_the_bounds(n: int) -> None:
    days, start = Duration(n, Unit.WORKING_DAYS), datetime(2015, 1, 1, tzinfo=CHINA)
    starts = [start + timedelta(days=day) for day in range(365 * 15)]

    assert max(shipped().add(each, days).at - each for each in starts) <= elapsed(days).longest
