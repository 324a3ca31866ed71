"""Counting: when a deadline is due, what it will do until then, and the receipt for it. Nothing here changes a case."""

from datetime import datetime, timedelta
from typing import Final

from msgspec.structs import replace

from engine.case import Clock, ClockStatus, Reckoning
from engine.draft import Draft
from engine.ladders import DAYS
from engine.program import Rule
from models.language.durations import Duration

INHERITED_GRACE: Final = timedelta(minutes=15)
"""What is over already when a case inherits an earlier discovery is due this soon (S-39)."""


def start_of(draft: Draft, rule: Rule) -> datetime | None:
    """The latest of the events that start a clock; None before any has happened."""
    return max((draft.moments[event] for event in rule.starts if event in draft.moments), default=None)


def count(draft: Draft, rule: Rule, start: datetime) -> Clock | None:
    """A clock for a start: due, target, ticks and receipt. None where a time is not known yet."""
    calendar, source = draft.company.calendar, rule.source
    span = span_of(draft, rule, start)
    provisional = False
    given = draft.facts.get(source.override) if source.override else None
    kind = "counted"
    if isinstance(given, datetime):
        due, kind, span = given, "set", None
    elif source.at is not None:
        moment = time_in(draft, source.at)
        if moment is None:
            return None
        due = calendar.subtract(moment, source.before) if source.before else moment
        kind = "set"
    elif span is not None:
        counted = calendar.add(start, span, source.hours)
        due, provisional = counted.at, counted.provisional
    else:
        return None
    inherited = draft.base.inherited and start < draft.base.opened_at and due < draft.now and rule.basis == "default"
    if inherited:
        due, kind = draft.now + INHERITED_GRACE, "inherited"
    line = Reckoning(kind, str(span or ""), start, due, calendar.version, provisional)
    clock = Clock(
        ClockStatus.RUNNING, start, due, due, (),
        provisional=provisional, inherited=inherited, receipt=(line,), clause=source.clause,
    )  # fmt: skip
    return planned(draft, rule, clock, span, rule.ladder)


def count_again(draft: Draft, rule: Rule, clock: Clock, start: datetime) -> Clock | None:
    """The same clock counted anew; None where an extension has the last word."""
    if clock.extensions:
        return None
    if clock.replaced < 0:
        return count(draft, rule, start)
    span = rule.source.replaced[clock.replaced].within
    counted = draft.company.calendar.add(start, span, rule.source.hours)
    version = draft.company.calendar.version
    line = Reckoning("counted", str(span), start, counted.at, version, counted.provisional)
    fresh = replace(clock, start=start, due=counted.at, provisional=counted.provisional, receipt=(line,))
    return planned(draft, rule, fresh, span, ladder_of(rule, clock))


def span_of(draft: Draft, rule: Rule, start: datetime) -> Duration | None:
    """The span in force for what starts now; of several modes the strictest (P32)."""
    spans = [rule.in_mode[mode] for mode in draft.company.modes_at(start) if mode in rule.in_mode]
    if not spans:
        return rule.within
    if rule.within is not None:
        spans.append(rule.within)
    add = draft.company.calendar.add
    return min(spans, key=lambda span: add(start, span, rule.source.hours).at)


def planned(draft: Draft, rule: Rule, clock: Clock, span: Duration | None, ladder: str) -> Clock:
    """The clock with its internal target and all its ticks."""
    calendar = draft.company.calendar
    by_authority = rule.source.receiver == "authority" and (span is None or span.unit in DAYS)
    target = min(calendar.target_for_authority(clock.due), clock.due) if by_authority else clock.due
    planned = draft.company.ticks(ladder, clock.start, clock.due, target, span, rule.substitutes)
    if planned[0].at <= draft.now:
        # Nobody is reminded of the past; what is due, however late, still climbs.
        planned = tuple(tick for tick in planned if tick.at > draft.now or tick.kind not in ("reminder", "target"))
    return replace(clock, target=target, ticks=planned, next=0)


def ladder_of(rule: Rule, clock: Clock) -> str:
    """The name of the ladder a clock climbs now."""
    if clock.replaced >= 0:
        return rule.source.replaced[clock.replaced].ladder or rule.ladder
    return rule.ladder


def ladder_span(draft: Draft, rule: Rule, clock: Clock) -> Duration | None:
    """The span in force for a clock."""
    if clock.replaced >= 0:
        return rule.source.replaced[clock.replaced].within
    return span_of(draft, rule, clock.start)


def time_in(draft: Draft, path: str) -> datetime | None:
    """The time that a field or a step's answer holds, if it holds one."""
    value = draft.view[path] if path else None
    return value if isinstance(value, datetime) else None
