"""Compares durations of different units, as far as that can be done.

Nobody can say whether 72 hours or 3 working days is longer without knowing the
start. What can be said is the least and the most time a duration may take,
whatever the start and the holidays; a rule such as "never looser than 24 hours"
compares those bounds and knows when it does not know.
"""

from dataclasses import dataclass
from datetime import timedelta

from models.language.durations import Duration
from models.language.units import Unit

SHORTEST_BUSINESS_DAY = timedelta(hours=4)
"""Company hours open fewer than four hours a day are refused, so that working hours have a bound."""

_SECOND = timedelta(seconds=1)
_DAY = timedelta(days=1)
_EXACT = {Unit.MINUTES: timedelta(minutes=1), Unit.HOURS: timedelta(hours=1)}
_WORKING = {Unit.WORKING_MINUTES: timedelta(minutes=1), Unit.WORKING_HOURS: timedelta(hours=1)}


@dataclass(frozen=True, slots=True)
class Elapsed:
    """The time from start to due, both bounds inclusive, over every possible start."""

    shortest: timedelta
    longest: timedelta


def elapsed(duration: Duration) -> Elapsed:
    """Bound the time a duration takes; hours are exact, days depend on the start."""
    amount, unit = duration.amount, duration.unit
    if unit in _EXACT:
        return Elapsed(amount * _EXACT[unit], amount * _EXACT[unit])
    if unit is Unit.CALENDAR_DAYS:
        # The start day does not count: one second of it may be left, or all of it.
        return Elapsed(amount * _DAY + _SECOND, (amount + 1) * _DAY)
    if unit is Unit.WORKING_DAYS:
        # Close of business may be as early as the company likes, hence one day less.
        return Elapsed((amount - 1) * _DAY + _SECOND, _most_days(amount) * _DAY)
    work = amount * _WORKING[unit]
    return Elapsed(work, _most_days(-(-work // SHORTEST_BUSINESS_DAY)) * _DAY)


def definitely_longer(a: Duration, b: Duration) -> bool:
    """Whether `a` ends later than `b` from every start: 36 hours against 24 hours."""
    if _same_kind(a, b):
        return _work(a) > _work(b)
    return elapsed(a).shortest > elapsed(b).longest


def never_longer(a: Duration, b: Duration) -> bool:
    """Whether `a` ends no later than `b` from every start; false also when nobody can know."""
    if _same_kind(a, b):
        return _work(a) <= _work(b)
    return elapsed(a).longest <= elapsed(b).shortest


def comparable(a: Duration, b: Duration) -> bool:
    """Whether one of the two ends no later than the other from every start."""
    return never_longer(a, b) or never_longer(b, a)


def _most_days(working_days: int) -> int:
    """Bound the calendar days that hold this many working days, the start day included.

    Two days off for every five worked, one weekend and one Golden Week begun in
    addition, and twelve days of further holidays in each sixty working days. The
    tests hold this against every year we ship.
    """
    return working_days + 2 * (working_days // 5 + 1) + 12 * (working_days // 60 + 1) + 1


def _same_kind(a: Duration, b: Duration) -> bool:
    return a.unit is b.unit or {a.unit, b.unit} <= set(_WORKING)


def _work(duration: Duration) -> int:
    return duration.amount * (60 if duration.unit is Unit.WORKING_HOURS else 1)
