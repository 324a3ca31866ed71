"""Schedules: the times at which something begins by itself, and where days off move them.

A slot has a nominal time, which names it for ever, and the time at which it runs.
Two slots may run at the same moment, when a holiday swallows two Mondays; they stay
two, because each owes its own report.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from engine.calendars import Calendar
from engine.days import LAST_YEAR, beyond, local, midnight
from models.language.company_hours import minute_of_day
from models.language.durations import Unit
from models.language.moments import CHINA
from models.language.schedules import WEEKDAYS, DayOfMonth, Schedule

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """One occurrence; sorts by the time it runs, then by name."""

    at: datetime
    """When it runs, China time."""
    nominal: datetime
    """When it stands in the schedule; its identity, and what to ask for the next one with."""


def next_after(schedule: Schedule, calendar: Calendar, nominal: datetime) -> Slot:
    """The first slot whose nominal time is after another; raises `BeyondCalendar` past the year 9000.

    Ask with the nominal time of the last slot. Asking with the time it ran would
    lose the slots that a holiday moved to the same moment.
    """
    for moment in _nominal_after(schedule, calendar, local(nominal)):
        if calendar.is_working_day(moment) or schedule.on_days_off == "none":
            return Slot(moment, moment)
        if schedule.on_days_off == "forward":
            return Slot(calendar.roll_forward(moment), moment)
    raise beyond(f"the next slot after {nominal}")


def next_to_run(schedule: Schedule, calendar: Calendar, after: datetime) -> Slot:
    """The slot that runs first after a moment; one moved by a holiday may run after others that stand behind it."""
    known = midnight(calendar.days.before(local(after), 1))
    found: Slot | None = None
    while True:
        slot = next_after(schedule, calendar, known)
        if found is not None and slot.nominal >= found.at:  # none runs before it stands in the schedule
            return found
        if slot.at > after:
            found = min(found or slot, slot)
        known = slot.nominal


def slots_between(schedule: Schedule, calendar: Calendar, after: datetime, until: datetime) -> list[Slot]:
    """The slots that run after one moment and up to another, this one included, in order of running."""
    # A slot that runs later may stand on any of the days off before; the last day worked bounds them.
    known = midnight(calendar.days.before(local(after), 1))
    found: list[Slot] = []
    while (slot := next_after(schedule, calendar, known)).nominal <= until:
        known = slot.nominal
        if after < slot.at <= until:
            found.append(slot)
    return sorted(found)


def _nominal_after(schedule: Schedule, calendar: Calendar, after: datetime) -> Iterator[datetime]:
    """Every nominal time after a moment, in order."""
    times = [timedelta(minutes=minute) for minute in _minutes(schedule)]
    for day in _days_from(schedule, calendar, after.date()):
        start = datetime(day.year, day.month, day.day, tzinfo=CHINA)
        for time in times[bisect_right(times, after - start) :]:
            yield start + time


def _minutes(schedule: Schedule) -> list[int]:
    """The minutes of a day at which it occurs."""
    if schedule.every is None:
        return [minute_of_day(schedule.daily or schedule.at or "00:00")]
    step = schedule.every.amount * (60 if schedule.every.unit is Unit.HOURS else 1)
    # Begun at 06:00, a schedule of every four hours also has the 02:00 of the following night.
    return list(range(minute_of_day(schedule.start or "00:00") % step, 24 * 60, step))


def _days_from(schedule: Schedule, calendar: Calendar, first: date) -> Iterator[date]:
    if schedule.monthly is not None:
        return _month_days(calendar, first, tuple(range(1, 13)), schedule.monthly)
    if schedule.yearly is not None:
        return _month_days(calendar, first, tuple(sorted(set(schedule.yearly.month))), schedule.yearly.day)
    return _week_days(first, schedule.weekly or WEEKDAYS)


def _week_days(first: date, names: tuple[str, ...]) -> Iterator[date]:
    wanted = {WEEKDAYS.index(name) for name in WEEKDAYS if name in names}
    day = first
    while day.year <= LAST_YEAR:
        if day.weekday() in wanted:
            yield day
        day += _DAY


def _month_days(calendar: Calendar, first: date, months: tuple[int, ...], day: DayOfMonth) -> Iterator[date]:
    for year in range(first.year, LAST_YEAR + 1):
        for month in months:
            found = _day_of_month(calendar, year, month, day)
            if found >= first:
                yield found


def _day_of_month(calendar: Calendar, year: int, month: int, day: DayOfMonth) -> date:
    match day:
        case "first working day":
            return calendar.first_working_day_of_month(year, month)
        case "last working day":
            return calendar.last_working_day_of_month(year, month)
        case "last day":
            return date(year + month // 12, month % 12 + 1, 1) - _DAY
        case _:
            return date(year, month, day)
