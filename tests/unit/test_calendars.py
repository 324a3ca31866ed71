"""Calendars: provisional years, rolling, counting back, and the ends of what can be counted."""

from datetime import UTC, date, datetime, timedelta

import pytest

from engine.calendars import Calendar, on_time
from engine.days import BeyondCalendar
from models.language.calendar_year import CalendarYear
from models.language.durations import Duration, Unit
from models.language.moments import CHINA, format_moment
from tests.unit.calendar_files import at, files, shipped, without


def test_without_the_notice_of_2027_a_date_is_provisional_and_new_year_is_off() -> None:
    counted = shipped().add(at("2026-12-30 14:00"), Duration(3, Unit.WORKING_DAYS))

    assert format_moment(counted.at) == "2027-01-05 18:00"
    assert counted.provisional


def test_without_any_file_the_same_date_comes_out_of_weekends_and_fixed_days() -> None:
    counted = without(range(2027, 2100)).add(at("2026-12-30 14:00"), Duration(3, Unit.WORKING_DAYS))

    assert (format_moment(counted.at), counted.provisional) == ("2027-01-05 18:00", True)


def test_with_a_notice_of_2027_the_same_date_is_final_and_the_derived_days_are_forgotten() -> None:
    notice = CalendarYear.model_validate(
        {
            "year": 2027,
            "coverage": "official",
            "notices": [{"title": "样例", "dated": "2026-11-05"}],
            "days_off": [
                {"name": "元旦", "from": "2027-01-01", "until": "2027-01-03"},
                {"name": "劳动节", "from": "2027-05-01"},
                {"name": "国庆节", "from": "2027-10-01"},
            ],
            "working_days": [{"date": "2026-12-27", "name": "元旦"}],
        }
    )
    calendar = Calendar.build([*files().years, notice], files().hours)
    counted = calendar.add(at("2026-12-30 14:00"), Duration(3, Unit.WORKING_DAYS))

    assert (format_moment(counted.at), counted.provisional) == ("2027-01-05 18:00", False)
    assert calendar.covered_until == date(2027, 12, 31)
    assert calendar.is_working_day(date(2027, 2, 5))  # derived as New Year's Eve, but not in this notice
    assert calendar.is_working_day(date(2026, 12, 27))  # a Sunday of the year before
    assert calendar.version != shipped().version


def test_hours_are_never_provisional() -> None:
    assert not shipped().add(at("2029-10-01 09:00"), Duration(24, Unit.HOURS)).provisional


def test_on_time_includes_the_whole_due_second_and_not_the_next() -> None:
    deadline = at("2026-03-18 18:00")

    assert on_time(at("2026-03-18 18:00:00"), deadline)
    assert on_time(deadline + timedelta(microseconds=999_999), deadline)
    assert not on_time(at("2026-03-18 18:00:01"), deadline)


@pytest.mark.parametrize(
    ("due_at", "target"),
    [
        ("2026-10-06 00:00", "2026-09-30 18:00"),  # the end of 5 October, a day off
        ("2026-06-02 00:00", "2026-06-01 18:00"),  # the end of a working day
        ("2026-03-20 18:00", "2026-03-20 18:00"),  # close of business itself
        ("2026-03-20 12:00", "2026-03-19 18:00"),  # noon: the day is not over, so the day before
        ("2026-03-21 20:00", "2026-03-20 18:00"),  # a Saturday evening
    ],
)
def test_the_target_for_an_authority_rolls_backwards(due_at: str, target: str) -> None:
    assert format_moment(shipped().target_for_authority(at(due_at))) == target


@pytest.mark.parametrize(
    ("moment", "duration", "expected"),
    [
        ("2026-12-23 12:00", "2 working days", "2026-12-21 18:00"),
        ("2026-12-23 12:00", "3 hours", "2026-12-23 09:00"),
        ("2026-10-08 12:00", "1 working day", "2026-09-30 18:00"),
        ("2026-06-02 00:00", "1 working day", "2026-05-29 18:00"),  # from the end of Monday 1 June
        ("2026-06-01 00:00", "14 calendar days", "2026-05-18 00:00"),  # the end of 17 May
        ("2026-03-23 09:30", "30 working minutes", "2026-03-23 09:00"),
        ("2026-03-23 09:15", "30 working minutes", "2026-03-20 17:45"),
        ("2026-03-22 12:00", "30 working minutes", "2026-03-20 17:30"),
    ],
)
def test_subtracting_counts_backwards(moment: str, duration: str, expected: str) -> None:
    assert format_moment(shipped().subtract(at(moment), Duration.parse(duration))) == expected


def test_rolling_forward_keeps_the_time_of_day() -> None:
    assert format_moment(shipped().roll_forward(at("2026-10-01 10:00"))) == "2026-10-08 10:00"
    assert format_moment(shipped().roll_forward(at("2026-10-10 10:00"))) == "2026-10-10 10:00"


def test_it_knows_the_working_days_of_a_month() -> None:
    calendar = shipped()

    assert calendar.first_working_day_of_month(2026, 1) == date(2026, 1, 4)
    assert calendar.last_working_day_of_month(2026, 2) == date(2026, 2, 28)
    assert calendar.last_working_day_of_month(2026, 12) == date(2026, 12, 31)
    assert calendar.nth_working_day(date(2026, 9, 30), 3) == date(2026, 10, 10)
    assert format_moment(calendar.close_of(date(2026, 3, 18))) == "2026-03-18 18:00"


def test_working_days_are_counted_from_one() -> None:
    with pytest.raises(ValueError, match="from 1"):
        shipped().nth_working_day(date(2026, 9, 30), 0)


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ("2026-07-01 08:00", "2026-12-01 09:00"),
        ("2026-12-01 09:00", "2026-12-02 09:00"),
        ("2026-12-24 08:59", "2026-12-24 09:00"),
        ("2027-03-01 12:00", "2027-03-02 09:00"),
    ],
)
def test_the_missing_calendar_is_announced_daily_from_december(after: str, expected: str) -> None:
    assert format_moment(shipped().next_alert(at(after))) == expected


def test_a_start_in_another_zone_is_counted_in_china_time() -> None:
    start = datetime(2026, 3, 10, 18, 0, 0, 500_000, tzinfo=UTC)  # 02:00 on the 11th in China

    assert format_moment(shipped().add(start, Duration(1, Unit.WORKING_DAYS)).at) == "2026-03-12 18:00"
    assert shipped().add(start, Duration(1, Unit.HOURS)).at == datetime(2026, 3, 11, 3, 0, tzinfo=CHINA)


def test_a_start_without_a_zone_is_refused_as_a_bug() -> None:
    with pytest.raises(TypeError, match="no time zone"):
        shipped().add(datetime(2026, 3, 10, 18, 0), Duration(1, Unit.HOURS))  # noqa: DTZ001 - that is the point


@pytest.mark.parametrize("unit", list(Unit))
@pytest.mark.parametrize("year", [1, 900, 9001, 9999])
def test_far_beyond_it_refuses_with_a_remedy(unit: Unit, year: int) -> None:
    start = datetime(year, 12, 31, 23, 0, tzinfo=CHINA)

    with pytest.raises(BeyondCalendar, match="mistyped"):
        shipped().add(start, Duration(2000, unit))


def test_years_without_any_file_never_raise() -> None:
    counted = shipped().add(at("2099-04-30 10:00"), Duration(1, Unit.WORKING_DAYS))

    assert (format_moment(counted.at), counted.provisional) == ("2099-05-04 18:00", True)
