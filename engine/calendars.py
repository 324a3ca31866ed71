"""Calendars: when a deadline is due, and which working day a moment belongs to.

The rules are those of Civil Code articles 200 to 204. Hours run from the given
minute through nights and holidays. The day of the start is not counted. A deadline
in working days is due at close of business, one in calendar days at 24:00.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self

from engine.days import Days, earlier, later, local, midnight
from engine.due import Basis, Due, Hours
from engine.opening import Opening, OpenTime
from models.language.calendar_year import CalendarYear
from models.language.company_hours import CalendarAlert, CompanyHours, OpenHours, minute_of_day
from models.language.durations import Duration, Unit
from models.language.moments import CHINA

_SECOND = timedelta(seconds=1)
_DAY = timedelta(days=1)
# Named once: looking a member up in its enum, or hashing it, costs as much as the arithmetic.
_MINUTES, _HOURS = Unit.MINUTES, Unit.HOURS
_WORKING_DAYS, _CALENDAR_DAYS, _WORKING_HOURS = Unit.WORKING_DAYS, Unit.CALENDAR_DAYS, Unit.WORKING_HOURS


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """The working days and hours of the company; pure and unchanging, a change makes a new one.

    Moments go in with any offset and come out in China time, cut to whole seconds.
    Beyond the official years an answer is provisional, never an error; only years
    outside 1000 to 9000 raise `BeyondCalendar`. A date may be given as a moment in
    China time.
    """

    version: str
    """A short hash of everything the answers depend on."""
    covered_until: date | None
    """The last day of the unbroken run of official years; None if there is none."""
    days: Days
    basis: Basis
    end_of_day: timedelta
    alert: CalendarAlert

    @classmethod
    def build(cls, years: Sequence[CalendarYear], hours: CompanyHours) -> Self:
        """Make the calendar of the company from its files."""
        days = Days.build(years, timedelta(minutes=minute_of_day(hours.close_of_business)))
        version = _version(years, hours)
        open_time: dict[Hours, OpenTime] = {
            "business": _open_time(hours.business_hours, days),
            "service": _open_time(hours.service_hours, days),
        }
        end_of_day = timedelta(minutes=minute_of_day(hours.end_of_day))
        return cls(version, _covered(days.official), days, Basis(version, days, open_time), end_of_day, hours.alert)

    def add(self, start: datetime, duration: Duration, hours: Hours = "business") -> Due:
        """When something is due that has to happen within a duration of `start`.

        `hours` chooses what working minutes and hours are counted in. A start at
        00:00 belongs to the day that begins. Whether it was met says `on_time`.
        """
        start, unit, amount, provisional = local(start), duration.unit, duration.amount, False
        if unit is _HOURS or unit is _MINUTES:
            at = later(start, timedelta(hours=amount) if unit is _HOURS else timedelta(minutes=amount))
        elif unit is _WORKING_DAYS:
            at, provisional = self.days.after(start, amount)
        elif unit is _CALENDAR_DAYS:
            at = later(midnight(start), timedelta(amount) + self.end_of_day)
        else:
            at, provisional = self.basis.open_time[hours].after(start, _seconds(amount, unit))
        return Due(at, provisional, start, duration, hours, self.basis)

    def subtract(self, moment: datetime, duration: Duration, hours: Hours = "business") -> datetime:
        """The moment a duration before another; `2 working days` before is the close of that working day.

        A moment at 00:00 belongs to the day that ends, because that is how a
        deadline in calendar days is written.
        """
        moment, unit, amount = local(moment), duration.unit, duration.amount
        if unit is _HOURS or unit is _MINUTES:
            return earlier(moment, timedelta(hours=amount) if unit is _HOURS else timedelta(minutes=amount))
        if unit is _WORKING_DAYS:
            return self.days.before(earlier(moment, _SECOND), amount)
        if unit is _CALENDAR_DAYS:
            return earlier(midnight(earlier(moment, _SECOND)), timedelta(amount)) + self.end_of_day
        return self.basis.open_time[hours].before(moment, _seconds(amount, unit))

    def target_for_authority(self, due: datetime) -> datetime:
        """The last close of business of a working day at or before a legal due time, which itself never moves."""
        due = local(due)
        if self.is_working_day(due) and self.close_of(due) <= due:
            return self.close_of(due)
        return self.days.before(due, 1)

    def roll_forward(self, moment: datetime) -> datetime:
        """The same time of day on the next working day, or the moment itself if its day is worked."""
        moment = local(moment)
        if self.is_working_day(moment):
            return moment
        close, _ = self.days.after(moment, 1)
        return datetime.combine(close, moment.timetz())

    def is_working_day(self, day: date) -> bool:
        """Whether the day is worked, make-up Saturdays and Sundays included."""
        return self.days.works(day.toordinal())

    def is_provisional(self, day: date) -> bool:
        """Whether the day lies in a year whose notice has not been loaded."""
        return day.year not in self.days.official

    def close_of(self, day: date) -> datetime:
        """Close of business of a day, worked or not."""
        return datetime(day.year, day.month, day.day, tzinfo=CHINA) + self.days.close

    def nth_working_day(self, start: date, n: int) -> date:
        """The n-th working day after a date, which is not counted itself; `ValueError` for n below 1."""
        if n < 1:
            raise ValueError(f"working days are counted from 1, not {n}")
        close, _ = self.days.after(start, n)
        return close.date()

    def first_working_day_of_month(self, year: int, month: int) -> date:
        """The first working day of a month."""
        return self.nth_working_day(date(year, month, 1) - _DAY, 1)

    def last_working_day_of_month(self, year: int, month: int) -> date:
        """The last working day of a month."""
        following = date(year + month // 12, month % 12 + 1, 1)
        return self.days.before(following, 1).date()

    def next_alert(self, after: datetime) -> datetime:
        """When the administrator is next told that the calendar of the following year is missing."""
        at = timedelta(minutes=minute_of_day(self.alert.at))
        day = midnight(local(after))
        if self.covered_until is not None:
            month, first = self.alert.start.split("-")
            day = max(day, datetime(self.covered_until.year, int(month), int(first), tzinfo=CHINA))
        return day + at if day + at > after else later(day, _DAY + at)


def on_time(done: datetime, due: datetime) -> bool:
    """Whether something done at `done` met its deadline: all of the due second still counts."""
    return done.replace(microsecond=0) <= due


def _seconds(amount: int, unit: Unit) -> int:
    return amount * (3600 if unit is _WORKING_HOURS else 60)


def _open_time(hours: OpenHours, days: Days) -> OpenTime:
    return OpenTime(Opening.of(hours), hours.days == "every day", days)


def _version(years: Sequence[CalendarYear], hours: CompanyHours) -> str:
    parts = sorted(each.model_dump_json(exclude={"notices"}) for each in years)
    return hashlib.sha256("\n".join([*parts, hours.model_dump_json()]).encode()).hexdigest()[:12]


def _covered(official: frozenset[int]) -> date | None:
    if not official:
        return None
    year = min(official)
    while year + 1 in official:
        year += 1
    return date(year, 12, 31)
