"""Our calendar against two independent libraries: every day of every year that all three know."""

from collections.abc import Iterator
from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest

from tests.unit.calendar_files import files, shipped, without

OFFICIAL = range(2015, 2027)
DERIVED = range(2027, 2031)


def days_of(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)


def test_the_official_years_are_those_that_both_libraries_know() -> None:
    assert {year.year for year in files().years if year.coverage == "official"} == set(OFFICIAL)


@pytest.mark.parametrize("year", OFFICIAL)
def test_every_working_day_is_one_for_both_libraries(year: int) -> None:
    other = holidays.country_holidays("CN", years=year)
    ours, theirs, others = [], [], []
    for day in days_of(year):
        ours.append(shipped().is_working_day(day))
        theirs.append(chinese_calendar.is_workday(day))
        others.append(other.is_working_day(day))

    assert len(ours) in (365, 366)
    assert ours == theirs == others


@pytest.mark.parametrize("year", DERIVED)
def test_the_derived_years_are_those_of_the_library_that_derives_them(year: int) -> None:
    library = holidays.country_holidays("CN", years=year)

    assert {day: shipped().is_working_day(day) for day in days_of(year)} == {
        day: library.is_working_day(day) for day in days_of(year)
    }
    assert all(shipped().is_provisional(day) for day in days_of(year))


@pytest.mark.parametrize("year", range(2025, 2031))
def test_days_with_a_fixed_date_are_off_even_without_a_file(year: int) -> None:
    bare = without([year])

    assert not any(
        bare.is_working_day(date(year, month, day))
        for month, day in [(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)]
    )
