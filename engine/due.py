"""Due: when something is due, and the receipt that shows how it was counted.

Counting is done thousands of times a second and its receipt read rarely, so a `Due`
keeps only what the receipt is made from. What is stored with a case is the text.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

from engine.days import Days, midnight
from engine.opening import OpenTime
from engine.receipt import CountedDay, Receipt
from models.language.durations import Duration, Unit

Hours = Literal["business", "service"]
"""Which hours of the company working minutes and hours are counted in."""

_DAY = timedelta(days=1)
_ELAPSED = (Unit.MINUTES, Unit.HOURS)


@dataclass(frozen=True, slots=True, eq=False)
class Basis:
    """What a calendar counts with."""

    version: str
    days: Days
    open_time: Mapping[Hours, OpenTime]


@dataclass(frozen=True, slots=True)
class Due:
    """The answer to `Calendar.add`."""

    at: datetime
    """When it is due, China time; this very second is still on time."""
    provisional: bool
    """Whether a day that was counted or skipped has no official notice yet (暂定)."""
    start: datetime
    duration: Duration
    hours: Hours
    basis: Basis = field(repr=False, compare=False)

    @property
    def version(self) -> str:
        """The version of the calendar it was counted with."""
        return self.basis.version

    @property
    def arithmetic(self) -> tuple[str, ...]:
        """The receipt in Chinese, a line each."""
        return self.receipt().zh

    def receipt(self) -> Receipt:
        """How it was counted, day by day."""
        days = () if self.duration.unit in _ELAPSED else tuple(self._counted())
        return Receipt(self.start, self.duration, self.hours, self.at, self.provisional, self.version, days)

    def _counted(self) -> Iterator[CountedDay]:
        """Every day up to the due one; the start's own only where its hours count."""
        by_hours = self.duration.unit in (Unit.WORKING_MINUTES, Unit.WORKING_HOURS)
        number = 0
        for day in _days(self.start, self.at, include_start=by_hours):
            kind = self.basis.days.kind(day)
            if by_hours:
                counts = self._minutes(day)
            elif kind.working or self.duration.unit is Unit.CALENDAR_DAYS:
                counts = number = number + 1
            else:
                counts = 0
            yield CountedDay(day, counts, kind.working, kind.name, day.year not in self.basis.days.official)

    def _minutes(self, day: date) -> int:
        """The open minutes of one day between start and due."""
        open_time, first = self.basis.open_time[self.hours], midnight(self.start).date()
        if not open_time.every_day and not self.basis.days.works(day.toordinal()):
            return 0
        until = open_time.opening.done(self.at) if day == self.at.date() else open_time.opening.length
        return (until - (open_time.opening.done(self.start) if day == first else 0)) // 60


def _days(start: datetime, at: datetime, *, include_start: bool) -> Iterator[date]:
    # A deadline at 00:00 is the end of the day before.
    day, last = start.date(), (at - timedelta(seconds=1)).date()
    if not include_start:
        day += _DAY
    while day <= last:
        yield day
        day += _DAY
