"""Ladders: when a clock acts, planned as a list of ticks on the day it starts (section 0.4 of the requirements)."""

from datetime import datetime, time, timedelta

from engine.calendars import Calendar
from engine.case import Tick
from models.language.durations import Duration, Unit
from models.language.ladders import Ladder, Reminder, Rung
from models.language.moments import CHINA

SHORTEST_SUBSTITUTION = timedelta(minutes=15)
"""A deputy is never asked earlier than this (section 3.4 rule 2)."""

SUBSTITUTION_TIME = time(10)
"""When a deputy is asked on the last day of a deadline counted in days."""

DAYS = frozenset({Unit.WORKING_DAYS, Unit.CALENDAR_DAYS})

_ORDER = {"reminder": 0, "substitute": 1, "target": 2, "due": 3, "rung": 4}


def ticks(  # noqa: PLR0913, PLR0917 - a ladder, and all the times of a clock it is planned for
    ladder: Ladder,
    calendar: Calendar,
    start: datetime,
    due: datetime,
    target: datetime,
    span: Duration | None,
    substitutes: bool = False,
) -> tuple[Tick, ...]:
    """All that a clock will do, in order; reminders that would fall before the start are left out.

    `target` is what reminders count back from: `due`, or an earlier internal date.
    """
    found = [
        Tick(at, "reminder", index)
        for index, reminder in enumerate(ladder.reminders)
        if (at := _reminder_at(reminder, calendar, start, target)) > start and at < due
    ]
    if substitutes and start < (half := _substitution_at(start, due, span)) < due:
        found.append(Tick(half, "substitute"))
    if target < due and target > start:
        found.append(Tick(target, "target"))
    found.append(Tick(due, "due"))
    found.extend(Tick(_rung_at(rung, calendar, start, due), "rung", n) for n, rung in enumerate(ladder.rungs))
    found.sort(key=_by_time)
    return tuple(found)


def counts_by_day(ladder: Ladder) -> bool:
    """Whether the ladder's times depend on the day a clock starts and not on the minute."""
    return not any(isinstance(part, str) for one in ladder.reminders for part in (one.before,)) and not any(
        isinstance(rung.after, str) for rung in ladder.rungs
    )


def with_repetition(planned: tuple[Tick, ...], fired: Tick, rung: Rung, calendar: Calendar) -> tuple[Tick, ...]:
    """The plan with the next repetition of a rung that has just fired."""
    if rung.repeat is None:
        return planned
    again = Tick(later(calendar, fired.at, rung.repeat), "rung", fired.index)
    return tuple(sorted((*planned, again), key=_by_time))


def later(calendar: Calendar, moment: datetime, span: Duration) -> datetime:
    """`span` after a moment, counted like a deadline."""
    return calendar.add(moment, span).at


def _by_time(tick: Tick) -> tuple[datetime, int, int]:
    return tick.at, _ORDER[tick.kind], tick.index


def _reminder_at(reminder: Reminder, calendar: Calendar, start: datetime, target: datetime) -> datetime:
    before = reminder.before
    if isinstance(before, Duration):
        if before.unit is Unit.HOURS:
            return target - timedelta(hours=before.amount)
        if before.unit is Unit.MINUTES:
            return target - timedelta(minutes=before.amount)
        return calendar.subtract(target, before)
    if before is not None:
        return target - _share(before, start, target)
    clock = time.fromisoformat(reminder.at or "10:00")
    if isinstance(reminder.day, int):
        day = calendar.nth_working_day(start.astimezone(CHINA).date(), reminder.day)
        return datetime.combine(day, clock, CHINA)
    return datetime.combine(_last_day(target), clock, CHINA)


def _last_day(target: datetime) -> datetime:
    """The day a deadline ends on; midnight belongs to the day before it."""
    return target.astimezone(CHINA) - timedelta(seconds=1)


def _substitution_at(start: datetime, due: datetime, span: Duration | None) -> datetime:
    if span is not None and span.unit in DAYS:
        return datetime.combine(_last_day(due), SUBSTITUTION_TIME, CHINA)
    half = timedelta(seconds=(due - start).total_seconds() // 2)
    return start + max(half, SHORTEST_SUBSTITUTION)


def _rung_at(rung: Rung, calendar: Calendar, start: datetime, due: datetime) -> datetime:
    after = rung.after
    if after is None:
        return due
    if isinstance(after, Duration):
        return later(calendar, due, after)
    return due + _share(after, start, due)


def _share(text: str, start: datetime, due: datetime) -> timedelta:
    percent = int(text.rstrip("% "))
    return timedelta(seconds=int((due - start).total_seconds() * percent / 100))
