"""Opening hours: working minutes and hours, counted only while the company is open."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.days import Days, earlier, later, midnight
from models.language.company_hours import OpenHours


@dataclass(frozen=True, slots=True)
class Opening:
    """The open stretches of a day, in seconds after midnight, in order; `length` seconds of work make a day."""

    spans: tuple[tuple[int, int], ...]
    length: int

    @classmethod
    def of(cls, hours: OpenHours) -> "Opening":
        """The open stretches that the company's file describes."""
        spans = tuple((start * 60, end * 60) for start, end in hours.spans)
        return cls(spans, sum(end - start for start, end in spans))

    def done(self, moment: datetime) -> int:
        """How many open seconds of its day have passed at a moment."""
        second = moment.hour * 3600 + moment.minute * 60 + moment.second
        done = 0
        for start, end in self.spans:
            if second <= start:
                break
            done += min(second, end) - start
        return done

    def earliest(self, work: int) -> int:
        """The first second of the day at which this much work is done, from 1 to `length`.

        Work that fills the morning is done when lunch begins, not when it ends.
        """
        for start, end in self.spans:
            if work <= end - start:
                return start + work
            work -= end - start
        return self.spans[-1][1]

    def latest(self, work: int) -> int:
        """The last second of the day at which no more than this much work is done, from 0 to `length`."""
        for start, end in self.spans:
            if work < end - start:
                return start + work
            work -= end - start
        return self.spans[-1][1]


@dataclass(frozen=True, slots=True, eq=False)
class OpenTime:
    """Opening hours laid over the calendar: time that passes only while somebody is there."""

    opening: Opening
    every_day: bool
    days: Days

    def open_on(self, day: datetime) -> bool:
        """Whether the day has opening hours at all."""
        return self.every_day or self.days.works(day.toordinal())

    def after(self, start: datetime, work: int) -> tuple[datetime, bool]:
        """Where `work` open seconds after the start are over, and whether that is provisional."""
        today, length = self.open_on(start), self.opening.length
        total = work + (self.opening.done(start) if today else 0)
        full_days = (total - 1) // length
        day, provisional = self._forward(start, full_days if today else full_days + 1)
        return day + timedelta(seconds=self.opening.earliest(total - full_days * length)), provisional

    def before(self, moment: datetime, work: int) -> datetime:
        """The last moment from which `work` open seconds still fit before another moment."""
        today, length = self.open_on(moment), self.opening.length
        left = (self.opening.done(moment) if today else length) - work
        full_days = max(0, -(left // length))
        day = self._back(moment, full_days if today else full_days + 1)
        return day + timedelta(seconds=self.opening.latest(left + full_days * length))

    def _forward(self, moment: datetime, n: int) -> tuple[datetime, bool]:
        if self.every_day:
            return later(midnight(moment), timedelta(days=n)), False
        if n == 0:
            return midnight(moment), self.days.year(moment.year).provisional
        close, provisional = self.days.after(moment, n)
        return midnight(close), provisional

    def _back(self, moment: datetime, n: int) -> datetime:
        if self.every_day:
            return earlier(midnight(moment), timedelta(days=n))
        return midnight(self.days.before(moment, n)) if n else midnight(moment)
