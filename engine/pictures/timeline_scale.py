"""Scale: how far down each row of a timeline stands; time in which nothing happens is compressed and said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from engine.calendars import Calendar
from engine.pictures.rows import SMALL
from engine.pictures.text_width import wrap
from engine.simulate.presenting import LABELS, named
from engine.simulate.simulation import Row
from engine.simulate.words import span_words

TEXT: Final = 13.0
STEP: Final = 18.0
_SHORT: Final = timedelta(minutes=2)
_MOST_DAYS: Final = 4_000
_AROUND: Final = 14.0


@dataclass(frozen=True, slots=True)
class Slot:
    """A group of rows at its place: its label broken into lines."""

    rows: tuple[Row, ...]
    y: float
    height: float
    lines: tuple[str, ...]
    people: tuple[str, ...]

    @property
    def row(self) -> Row:
        """The first row, which speaks for all of them."""
        return self.rows[0]

    @property
    def mark_y(self) -> float:
        """Where its marks stand."""
        return self.y + 17


@dataclass(frozen=True, slots=True)
class Gap:
    """Time in which nothing happens."""

    y: float
    height: float
    words: str
    off: bool
    """Whether there are days off in it."""


@dataclass(frozen=True, slots=True)
class Day:
    """The heading of a day."""

    y: float
    day: datetime
    off: bool


@dataclass(frozen=True, slots=True)
class Scale:
    """Everything that has a place from top to bottom."""

    slots: tuple[Slot, ...]
    gaps: tuple[Gap, ...]
    days: tuple[Day, ...]
    bottom: float


def scale_of(groups: Sequence[Sequence[Row]], calendar: Calendar, top: float, room: float) -> Scale:
    """Place the groups of rows below one another, `room` pixels wide for their text."""
    slots: list[Slot] = []
    gaps: list[Gap] = []
    days: list[Day] = []
    y, last = top, None
    for group in groups:
        at = group[0].at
        if last is not None and at - last >= _SHORT:
            gap = _gap(y, last, at, calendar)
            gaps.append(gap)
            y += gap.height
        if last is None or at.date() != last.date():
            days.append(Day(y, at, not calendar.is_working_day(at.date())))
            y += 34
        slot = _slot(group, y, room)
        slots.append(slot)
        y += slot.height
        last = at
    return Scale(tuple(slots), tuple(gaps), tuple(days), y)


def _slot(group: Sequence[Row], y: float, room: float) -> Slot:
    people = named([row.to_name for row in group], "（", "、")
    beside = (room - label_width(group[0]) - 8) / TEXT
    who = wrap(people, beside) if people else []
    # What is told to nobody in particular stands beside its label, not below it.
    text = wrap(group[0].text, room / TEXT if people else beside)
    height = STEP * (len(text) + len(who)) + _AROUND
    return Slot(tuple(group), y, height, tuple(text), tuple(who))


def _gap(y: float, before: datetime, after: datetime, calendar: Calendar) -> Gap:
    span = after - before
    off = _days_off(before.date(), after.date(), calendar)
    words = span_words(span).zh + (f"，其中休息日 {off} 天" if off else "")
    # Twice the time is one step longer, so that an hour and a week can be told apart on one page.
    doublings = (span // timedelta(minutes=5)).bit_length()
    return Gap(y, 20 + 3 * doublings, words, off > 0)


def _days_off(first: date, last: date, calendar: Calendar) -> int:
    """Days strictly between two dates on which nobody works."""
    between = min((last - first).days - 1, _MOST_DAYS)
    return sum(not calendar.is_working_day(first + timedelta(days=number + 1)) for number in range(max(between, 0)))


def label_width(row: Row) -> float:
    """The width of the badge with the kind of a row."""
    return (len(LABELS[row.kind]) + (1.9 if row.level else 0)) * SMALL + 12
