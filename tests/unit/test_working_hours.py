"""Working minutes and hours: what counts of a day, and what of a weekend."""

import pytest

from engine.calendars import Calendar
from models.language.company_hours import Break, CompanyHours, OpenHours
from models.language.durations import Duration
from models.language.moments import format_moment
from tests.unit.calendar_files import at, due, files


@pytest.mark.parametrize(
    ("start", "duration", "expected"),
    [
        ("2026-03-21 22:10", "30 working minutes", "2026-03-23 09:30"),
        ("2026-03-20 17:45", "30 working minutes", "2026-03-23 09:15"),
        ("2026-03-20 17:30", "30 working minutes", "2026-03-20 18:00"),
        ("2026-03-20 18:00", "30 working minutes", "2026-03-23 09:30"),
        ("2026-03-20 08:00", "30 working minutes", "2026-03-20 09:30"),
        ("2026-03-20 09:00", "9 working hours", "2026-03-20 18:00"),
        ("2026-03-20 09:00", "10 working hours", "2026-03-23 10:00"),
        ("2026-02-13 17:00", "2 working hours", "2026-02-14 10:00"),
        ("2026-02-14 17:30", "1 working hour", "2026-02-24 09:30"),
    ],
)
def test_working_minutes_and_hours_count_only_business_hours(start: str, duration: str, expected: str) -> None:
    assert due(start, duration) == expected


def with_lunch() -> Calendar:
    lunch = OpenHours(breaks=(Break.model_validate({"from": "12:00", "until": "13:30"}),))
    every_day = OpenHours.model_validate({"from": "08:00", "until": "20:00", "days": "every day"})
    return Calendar.build(files().years, CompanyHours(business_hours=lunch, service_hours=every_day))


@pytest.mark.parametrize(
    ("start", "duration", "expected"),
    [
        ("2026-03-20 11:30", "30 working minutes", "2026-03-20 12:00"),
        ("2026-03-20 11:30", "31 working minutes", "2026-03-20 13:31"),
        ("2026-03-20 12:15", "30 working minutes", "2026-03-20 14:00"),
        ("2026-03-20 17:00", "8 working hours", "2026-03-23 17:30"),
    ],
)
def test_a_lunch_break_does_not_count(start: str, duration: str, expected: str) -> None:
    assert format_moment(with_lunch().add(at(start), Duration.parse(duration)).at) == expected


def test_service_hours_may_run_at_weekends_when_business_hours_do_not() -> None:
    mail, limit = at("2026-03-21 22:10"), Duration.parse("30 working minutes")

    assert format_moment(with_lunch().add(mail, limit, "service").at) == "2026-03-22 08:30"
    assert format_moment(with_lunch().add(mail, limit, "business").at) == "2026-03-23 09:30"
