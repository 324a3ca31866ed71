"""Days: which are worked, why the others are not, and the n-th one from a date.

Years are turned into sorted lists when first asked for, because a busy hour asks
tens of thousands of times; the answers depend on nothing but what was built in.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from engine.errors import Refusal
from models.language.calendar_year import CalendarYear
from models.language.moments import CHINA
from models.language.texts import Text

FIRST_YEAR: Final = 1000
LAST_YEAR: Final = 9000
"""Deadlines beyond these years are slips; Python's own limit is 9999, and reminders need room before it."""

_FIXED: Final = {
    (1, 1): Text(zh="元旦", en="New Year's Day"),
    (5, 1): Text(zh="劳动节", en="Labour Day"),
    (5, 2): Text(zh="劳动节", en="Labour Day"),
    (10, 1): Text(zh="国庆节", en="National Day"),
    (10, 2): Text(zh="国庆节", en="National Day"),
    (10, 3): Text(zh="国庆节", en="National Day"),
}
"""Statutory days off with a fixed date, since 2025; all that is known of a year without a file."""

_SATURDAY: Final = 5


class BeyondCalendar(Refusal):
    """A moment too far away to be meant: the result, or the start, lies outside years 1000 to 9000."""


def beyond(what: object) -> BeyondCalendar:
    """The refusal of a moment outside the years we count in."""
    return BeyondCalendar(
        f"{what} lies outside the years {FIRST_YEAR} to {LAST_YEAR}",
        "check the date: the year is probably mistyped",
    )


def local(moment: datetime) -> datetime:
    """A moment in China time and whole seconds; one without a time zone is a bug of the caller."""
    if moment.tzinfo is not CHINA:
        if moment.tzinfo is None:
            raise TypeError(f"{moment} has no time zone; read moments with models.language.moments")
        try:
            moment = moment.astimezone(CHINA)
        except OverflowError:
            raise beyond(moment) from None
    return moment.replace(microsecond=0) if moment.microsecond else moment


def later(moment: datetime, span: timedelta) -> datetime:
    """A moment and a span added; raises `BeyondCalendar` outside the years we count in."""
    try:
        at = moment + span
    except OverflowError:
        raise beyond(f"{moment} and {span.days} days more") from None
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise beyond(at)
    return at


def earlier(moment: datetime, span: timedelta) -> datetime:
    """A moment less a span; raises `BeyondCalendar` outside the years we count in."""
    return later(moment, -span)


def midnight(moment: datetime) -> datetime:
    """00:00 of the day of a moment in China time."""
    return datetime(moment.year, moment.month, moment.day, tzinfo=CHINA)


@dataclass(frozen=True, slots=True)
class Kind:
    """Why a day is worked or not; `name` is the holiday, None for ordinary days and weekends."""

    working: bool
    name: Text | None = None


@dataclass(frozen=True, slots=True)
class _Year:
    """The working days of a year as ordinals, and the moment each closes."""

    worked: list[int]
    closes: list[datetime]
    provisional: bool


@dataclass(frozen=True, slots=True, eq=False)
class Days:
    """Working days and days off of all years; beyond the official ones provisional."""

    special: Mapping[int, Kind]
    official: frozenset[int]
    close: timedelta
    _years: dict[int, _Year] = field(default_factory=dict, repr=False)

    @classmethod
    def build(cls, years: Sequence[CalendarYear], close: timedelta) -> "Days":
        """Lay the official years over the provisional ones; `close` is from midnight to close of business."""
        official = frozenset(each.year for each in years if each.coverage == "official")
        special: dict[int, Kind] = {}
        for each in sorted(years, key=lambda each: (each.coverage == "official", each.year)):
            # A derived calendar must not touch the days of a year that has its notice.
            untouched = official if each.coverage == "provisional" else frozenset[int]()
            found = [(day, Kind(False, stretch.name)) for stretch in each.days_off for day in stretch.days]
            found += [(made_up.date, Kind(True, made_up.name)) for made_up in each.working_days]
            special |= {day.toordinal(): kind for day, kind in found if day.year not in untouched}
        return cls(special, official, close)

    def kind(self, day: date) -> Kind:
        """Why a day is worked or not."""
        known = self.special.get(day.toordinal())
        if known is not None:
            return known
        if day.year not in self.official and (day.month, day.day) in _FIXED:
            return Kind(False, _FIXED[day.month, day.day])
        return Kind(day.weekday() < _SATURDAY)

    def works(self, ordinal: int) -> bool:
        """Whether the day with this ordinal is a working day."""
        known = self.special.get(ordinal)
        return known.working if known is not None else self.kind(date.fromordinal(ordinal)).working

    def after(self, day: date, n: int) -> tuple[datetime, bool]:
        """Close of business of the n-th working day after a date (n from 1), and whether it is provisional."""
        year = self.year(day.year)
        index, provisional = bisect_right(year.worked, day.toordinal()) + n - 1, False
        number = day.year
        while index >= len(year.worked):
            index -= len(year.worked)
            provisional |= year.provisional
            number += 1
            year = self.year(number)
        return year.closes[index], provisional or year.provisional

    def before(self, day: date, n: int) -> datetime:
        """Close of business of the n-th working day before a date (n from 1)."""
        year, number = self.year(day.year), day.year
        index = bisect_left(year.worked, day.toordinal()) - n
        while index < 0:
            number -= 1
            year = self.year(number)
            index += len(year.worked)
        return year.closes[index]

    def year(self, number: int) -> _Year:
        """The working days of a year; raises `BeyondCalendar` outside 1000 to 9000."""
        known = self._years.get(number)
        if known is None:
            if not FIRST_YEAR <= number <= LAST_YEAR:
                raise beyond(f"the year {number}")
            known = self._years[number] = self._lay_out(number)
        return known

    def _lay_out(self, number: int) -> _Year:
        first, last = date(number, 1, 1).toordinal(), date(number, 12, 31).toordinal()
        worked = [ordinal for ordinal in range(first, last + 1) if self.works(ordinal)]
        day_one = datetime(1, 1, 1, tzinfo=CHINA)
        closes = [day_one + timedelta(days=ordinal - 1) + self.close for ordinal in worked]
        return _Year(worked, closes, number not in self.official)
