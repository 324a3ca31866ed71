"""Company: the organisation, calendar, ladders, terms and modes that procedures run within, indexed for speed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from functools import cached_property
from typing import Final

from engine.calendars import Calendar
from engine.case import Tick
from engine.ladders import DAYS, counts_by_day, ticks
from models.language.calendar_year import CalendarYear
from models.language.clauses import Modes, Term
from models.language.company_hours import CompanyHours
from models.language.durations import Duration
from models.language.ladders import Ladders
from models.language.moments import CHINA, parse_moment
from models.language.organisation import Deputy, Organisation, Shift

MOST_PLANS: Final = 10_000
"""Tick plans kept; a year of days on a dozen ladders is far less."""


@dataclass(frozen=True)
class Company:
    """Everything outside a procedure that a decision may look at. Pure and unchanging; a change makes a new one."""

    organisation: Organisation
    ladders: Ladders
    terms: Mapping[str, Term]
    modes: Modes
    years: tuple[CalendarYear, ...]
    hours: CompanyHours

    @cached_property
    def calendar(self) -> Calendar:
        """Working days and hours, built once."""
        return Calendar.build(self.years, self.hours)

    @cached_property
    def _absences(self) -> Mapping[str, list[tuple[datetime, datetime]]]:
        found: dict[str, list[tuple[datetime, datetime]]] = {}
        for absence in self.organisation.absences:
            found.setdefault(absence.person, []).append((first_instant(absence.start), last_instant(absence.until)))
        return found

    @cached_property
    def _leaving(self) -> frozenset[str]:
        """People whose absences or last day are known."""
        return frozenset({*self._absences, *(name for name, one in self.organisation.people.items() if one.left)})

    @cached_property
    def _periods(self) -> list[tuple[str, datetime, datetime]]:
        return [(period.mode, parse_moment(period.start), parse_moment(period.until)) for period in self.modes.periods]

    @cached_property
    def _reports(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for person in self.organisation.people:
            superior = self.superior(person)
            if superior:
                found.setdefault(superior, set()).add(person)
        return {superior: frozenset(people) for superior, people in found.items()}

    def changed(
        self,
        organisation: Organisation | None = None,
        ladders: Ladders | None = None,
        modes: Modes | None = None,
    ) -> "Company":
        """The company with some of its files exchanged. The calendar, slow to build, is not among them and is kept."""
        other = replace(
            self,
            organisation=organisation or self.organisation,
            ladders=ladders or self.ladders,
            modes=modes or self.modes,
        )
        other.__dict__["calendar"] = self.calendar
        return other

    def ticks(
        self, name: str, start: datetime, due: datetime, target: datetime, span: Duration | None, substitutes: bool
    ) -> tuple[Tick, ...]:
        """What a clock on the named ladder will do. Ladders in days are worked out once a start day and kept."""
        ladder = self.ladders.ladders[name]
        if span is None or span.unit not in DAYS or name not in self._day_ladders:
            return ticks(ladder, self.calendar, start, due, target, span, substitutes)
        key = (name, start.date(), due, target, span, substitutes)
        known = self._plans.get(key)
        if known is None:
            if len(self._plans) >= MOST_PLANS:
                self._plans.clear()
            midnight = datetime.combine(start.date(), time(), CHINA)
            known = self._plans[key] = ticks(ladder, self.calendar, midnight, due, target, span, substitutes)
        return known

    @cached_property
    def _day_ladders(self) -> frozenset[str]:
        return frozenset(name for name, ladder in self.ladders.ladders.items() if counts_by_day(ladder))

    @cached_property
    def _plans(self) -> dict[tuple[object, ...], tuple[Tick, ...]]:
        return {}

    def employed(self, person: str, now: datetime) -> bool:
        """Whether the person works here at `now`."""
        record = self.organisation.people.get(person)
        if record is None:
            return False
        if record.joined and now < first_instant(record.joined):
            return False
        return not (record.left and now >= last_instant(record.left))

    def absent(self, person: str, now: datetime) -> bool:
        """Whether the person is on leave or away at `now`."""
        return any(start <= now < until for start, until in self._absences.get(person, ()))

    def available(self, person: str, now: datetime) -> bool:
        """Whether the person works here and is not away at `now`."""
        return self.employed(person, now) and not self.absent(person, now)

    def gone_at(self, person: str, now: datetime) -> datetime | None:
        """When the person is next no longer there: the start of an absence, or the end of their time here."""
        if person not in self._leaving:
            return None
        record = self.organisation.people.get(person)
        times = [start for start, _ in self._absences.get(person, ()) if start > now]
        if record and record.left and (left := last_instant(record.left)) > now:
            times.append(left)
        return min(times, default=None)

    def back_at(self, person: str, now: datetime) -> datetime | None:
        """When the absence that covers `now` ends."""
        ends = [until for start, until in self._absences.get(person, ()) if start <= now < until]
        return max(ends, default=None)

    def superior(self, person: str) -> str | None:
        """The person's superior: the one named, or the head of the department or of the one above it."""
        record = self.organisation.people.get(person)
        if record is None:
            return None
        if record.superior:
            return record.superior
        unit: str | None = record.department
        seen: set[str] = set()
        while unit and unit not in seen:
            seen.add(unit)
            department = self.organisation.departments.get(unit)
            if department is None:
                return None
            if department.head != person:
                return department.head
            unit = department.parent
        return None

    def reports_of(self, person: str) -> frozenset[str]:
        """People in direct subordination to the person."""
        return self._reports.get(person, frozenset())

    def deputies(self, role: str, now: datetime) -> tuple[str, ...]:
        """Deputies of a role whose dates cover `now`."""
        return tuple(deputy.person for deputy in self.organisation.roles[role].deputies if _covers(deputy, now))

    def stand_in(self, person: str, role: str | None, now: datetime) -> tuple[str, ...]:
        """Who may act for the person, best first: the role's deputies, the department's, the superior."""
        found = list(self.deputies(role, now)) if role in self.organisation.roles else []
        for name, other in self.organisation.roles.items():
            if person in other.holders and name != role:
                found.extend(self.deputies(name, now))
        record = self.organisation.people.get(person)
        department = self.organisation.departments.get(record.department) if record else None
        if department and department.head == person and department.deputy:
            found.append(department.deputy)
        superior = self.superior(person)
        if superior:
            found.append(superior)
        return tuple(dict.fromkeys(one for one in found if one != person))

    def on_duty(self, roster: str, now: datetime) -> tuple[str, ...]:
        """Who is on shift at `now`."""
        duty = self.organisation.duty[roster]
        return tuple(person for shift in duty.shifts if (person := _on_shift(shift, now)))

    def modes_at(self, now: datetime) -> frozenset[str]:
        """Modes switched on at `now`; the end is exclusive."""
        return frozenset(mode for mode, start, until in self._periods if start <= now < until)

    def next_mode_change(self, now: datetime) -> datetime | None:
        """The first moment after `now` at which a mode begins or ends."""
        changes = [moment for _, start, until in self._periods for moment in (start, until) if moment > now]
        return min(changes, default=None)


def first_instant(text: str) -> datetime:
    """The first second of a date, or the moment itself."""
    return parse_moment(text if ":" in text else f"{text} 00:00")


def last_instant(text: str) -> datetime:
    """The first second after a last date, or the moment itself."""
    return parse_moment(text) if ":" in text else parse_moment(f"{text} 00:00") + timedelta(days=1)


def _covers(deputy: Deputy, now: datetime) -> bool:
    return first_instant(deputy.start) <= now < last_instant(deputy.until)


def _on_shift(shift: Shift, now: datetime) -> str | None:
    start, until = time.fromisoformat(shift.start), time.fromisoformat(shift.until)
    local = now.astimezone(CHINA)
    day = local.date()
    if start < until:
        if not start <= local.time() < until:
            return None
    elif local.time() < until:
        day -= timedelta(days=1)
    elif local.time() < start:
        return None
    days = (day - parse_moment(f"{shift.since} 00:00").date()).days
    return shift.rota[days % len(shift.rota)]
