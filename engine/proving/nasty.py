"""Nasty times: the moments at which a deadline is most likely to be counted against its clause."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from engine.calendars import Calendar
from models.language.moments import CHINA
from models.language.problem import Words

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Nasty:
    """A moment, and why it is nasty."""

    at: datetime
    why: Words


def nasty_times(calendar: Calendar) -> list[Nasty]:
    """Moments of the last year whose holidays are known: around its longest holiday, a week's and a year's end."""
    year = calendar.covered_until.year if calendar.covered_until else 2026
    holiday = _longest_holiday(calendar, year)
    return list(_times(calendar, year, holiday))


def _times(calendar: Calendar, year: int, holiday: tuple[date, date]) -> Iterator[Nasty]:
    first, last = holiday
    eve = calendar.days.before(datetime.combine(first, time(), CHINA), 1).date()
    yield Nasty(_at(eve, 17, 59), Words("the last minute before the longest holiday", "最长假期前最后一分钟"))
    yield Nasty(_at(first, 10), Words("the first day of the longest holiday", "最长假期第一天"))
    yield Nasty(_at(last, 23, 59), Words("the last minute of the longest holiday", "最长假期最后一分钟"))
    friday = date(year, 3, 8) + timedelta(days=(4 - date(year, 3, 8).weekday()) % 7)
    yield Nasty(_at(friday, 17, 59), Words("Friday at 17:59", "周五 17:59"))
    extra = _make_up_day(calendar, year)
    if extra is not None:
        yield Nasty(_at(extra, 17, 59), Words("a weekend day that is worked", "周末调休上班日 17:59"))
    yield Nasty(_at(date(year, 12, 31), 17, 59), Words("New Year's Eve", "12 月 31 日 17:59"))
    yield Nasty(_at(friday - 2 * _DAY, 23, 59), Words("a minute before midnight", "平日 23:59"))


def _longest_holiday(calendar: Calendar, year: int) -> tuple[date, date]:
    """First and last day of the longest run of days off."""
    best = run = (date(year, 1, 1), date(year, 1, 1) - _DAY)
    day = date(year, 1, 1)
    while day.year == year:
        run = (day + _DAY, day) if calendar.is_working_day(day) else (run[0], day)
        if run[1] - run[0] > best[1] - best[0]:
            best = run
        day += _DAY
    return best


def _make_up_day(calendar: Calendar, year: int) -> date | None:
    days = (date(year, 1, 1) + timedelta(days=number) for number in range(365))
    return next((day for day in days if day.weekday() >= 5 and calendar.is_working_day(day)), None)


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), CHINA)
