"""Clocks: starting, stopping, replacing, extending and firing the deadlines of a case.

Every change leaves a line in the clock's receipt, and none is ever silent.
"""

from datetime import datetime, timedelta

from msgspec.structs import replace

from engine.case import ACTIVE, Clock, ClockStatus, Reckoning, StepStatus
from engine.draft import Draft
from engine.effects import ClockMoved
from engine.ladders import DAYS
from engine.program import Rule
from models.language.deadlines import Extension, Replacement
from models.language.durations import Duration

INHERITED_GRACE = timedelta(minutes=15)
"""What is over already when a case inherits an earlier discovery is due this soon (S-39)."""


def happen(draft: Draft, event: str, at: datetime) -> None:
    """An event a deadline may name has happened: stop and extend clocks now, start new ones when all has settled."""
    draft.moments[event] = at
    for rule in draft.program.stopping.get(event, ()):
        stop(draft, rule, at)
    for rule in draft.program.extending.get(event, ()):
        extend(draft, rule, (rule.extensions or {})[event], at)
    for rule in draft.program.starting.get(event, ()):
        draft.starting[rule.id] = rule


def start_waiting(draft: Draft) -> None:
    """Start the clocks whose start event has happened, unless the step they wait for is over or not needed."""
    for rule in tuple(draft.starting.values()):
        del draft.starting[rule.id]
        begin(draft, rule)


def begin(draft: Draft, rule: Rule) -> None:
    """Start a clock at the latest of its start events, if it is needed and not running already."""
    start = _start(draft, rule)
    if start is None or _not_needed(draft, rule):
        return
    clock = draft.clocks.get(rule.id)
    if clock and clock.status in ACTIVE and rule.source.counts == "first":
        return
    ended = _ended(draft, rule, start)
    if (ended is None and _over(draft, rule)) or (ended is not None and clock is not None):
        return
    counted = _count(draft, rule, start)
    if counted is None:
        return
    if clock:
        counted = replace(counted, round=clock.round + 1)
    put(draft, rule.id, counted, "started")
    watch(draft, rule)
    if ended is not None:
        # Recorded after the fact: the clock is over before we hear of it, but its receipt belongs to the case.
        stop(draft, rule, ended)


def _start(draft: Draft, rule: Rule) -> datetime | None:
    return max((draft.moments[event] for event in rule.starts if event in draft.moments), default=None)


def _ended(draft: Draft, rule: Rule, start: datetime) -> datetime | None:
    """When the event the clock waits for had happened already, if it had."""
    if rule.until_step and not _over(draft, rule):
        return None
    ended = draft.moments.get(rule.until)
    return ended if ended is not None and ended >= start else None


def _over(draft: Draft, rule: Rule) -> bool:
    """Whether the step a clock waits for is done: an event that comes afterwards starts nothing."""
    return rule.until_step is not None and draft.steps[rule.until_step].status is StepStatus.DONE


def _not_needed(draft: Draft, rule: Rule) -> bool:
    if rule.until_step is None:
        return False
    status = draft.steps[rule.until_step].status
    return status in (StepStatus.SKIPPED, StepStatus.CANCELLED)


def _count(draft: Draft, rule: Rule, start: datetime) -> Clock | None:
    calendar, source = draft.company.calendar, rule.source
    span = _span(draft, rule, start)
    provisional = False
    given = draft.facts.get(source.override) if source.override else None
    kind = "counted"
    if isinstance(given, datetime):
        due, kind, span = given, "set", None
    elif source.at is not None:
        moment = _time(draft, source.at)
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
    return _planned(draft, rule, clock, span, rule.ladder)


def _span(draft: Draft, rule: Rule, start: datetime) -> Duration | None:
    """The span in force for what starts now; of several modes the strictest (P32)."""
    spans = [rule.in_mode[mode] for mode in draft.company.modes_at(start) if mode in rule.in_mode]
    if not spans:
        return rule.within
    if rule.within is not None:
        spans.append(rule.within)
    add = draft.company.calendar.add
    return min(spans, key=lambda span: add(start, span, rule.source.hours).at)


def _planned(draft: Draft, rule: Rule, clock: Clock, span: Duration | None, ladder: str) -> Clock:
    """The clock with its internal target and all its ticks."""
    calendar = draft.company.calendar
    by_authority = rule.source.receiver == "authority" and (span is None or span.unit in DAYS)
    target = min(calendar.target_for_authority(clock.due), clock.due) if by_authority else clock.due
    planned = draft.company.ticks(ladder, clock.start, clock.due, target, span, rule.substitutes)
    if planned[0].at <= draft.now:
        # Nobody is reminded of the past; what is due, however late, still climbs.
        planned = tuple(tick for tick in planned if tick.at > draft.now or tick.kind not in ("reminder", "target"))
    return replace(clock, target=target, ticks=planned, next=0)


def put(draft: Draft, name: str, clock: Clock, change: str, detail: str = "") -> None:
    """Store a clock and say what has changed."""
    draft.clocks[name] = clock
    at = clock.ended_at or draft.at
    draft.effects.append(ClockMoved(name, change, at, clock.due, clock.provisional, detail))  # type: ignore[arg-type]
    draft.touch(f"deadline.{name}")


def stop(draft: Draft, rule: Rule, at: datetime) -> None:
    """The event a clock waits for has happened, at `at`: met if not after the due time, inclusive at one second."""
    clock = draft.clocks.get(rule.id)
    if clock is None or clock.status not in ACTIVE:
        return
    if at <= clock.due and clock.missed_at is not None and draft.now > clock.due:
        # The breach is on record: proof entered afterwards counts once somebody clears it (T40).
        put(draft, rule.id, replace(clock, status=ClockStatus.LATE, ended_at=at, claimed_at=at), "late", "claimed")
    elif at <= clock.due:
        put(draft, rule.id, replace(clock, status=ClockStatus.MET, ended_at=at, missed_at=None), "met")
    else:
        missed = clock.missed_at or clock.due
        put(draft, rule.id, replace(clock, status=ClockStatus.LATE, ended_at=at, missed_at=missed), "late")
        mark(draft, rule)


def mark(draft: Draft, rule: Rule) -> None:
    """A step is missed if a deadline for it is; an internal target is no deadline."""
    step, program = rule.until_step, draft.program
    if step is None or rule.source.target:
        return
    clocks = (draft.clocks.get(one.id) for one in program.of_step.get(step, ()) if not one.source.target)
    missed = any(clock is not None and clock.missed_at is not None for clock in clocks)
    if draft.steps[step].missed is not missed:
        draft.steps[step] = replace(draft.steps[step], missed=missed)
        draft.touch(step)


def cancel(draft: Draft, rule: Rule, why: str) -> None:
    """A clock is needed no longer."""
    clock = draft.clocks.get(rule.id)
    draft.starting.pop(rule.id, None)
    if clock is not None and clock.status in ACTIVE:
        put(draft, rule.id, replace(clock, status=ClockStatus.CANCELLED, ended_at=draft.at), "cancelled", why)


def watch(draft: Draft, rule: Rule) -> None:
    """Replace or cancel a running clock if a condition for it holds."""
    clock = draft.clocks.get(rule.id)
    if clock is None or clock.status not in ACTIVE:
        return
    if rule.cancelled is not None and draft.holds_true(rule.cancelled):
        cancel(draft, rule, rule.source.cancelled or "")
        return
    if clock.status is not ClockStatus.RUNNING or draft.at > clock.due:
        return
    for index, condition in enumerate(rule.replaced):
        if index > clock.replaced and draft.holds_true(condition):
            _replace(draft, rule, clock, index, rule.source.replaced[index])
            return


def _replace(draft: Draft, rule: Rule, clock: Clock, index: int, replacement: Replacement) -> None:
    calendar = draft.company.calendar
    counted = calendar.add(clock.start, replacement.within, rule.source.hours)
    line = Reckoning(
        "replaced", str(replacement.within), clock.start, counted.at, calendar.version, counted.provisional
    )
    clause = replacement.clause or clock.clause
    changed = replace(clock, due=counted.at, provisional=counted.provisional, replaced=index, clause=clause)
    changed = replace(changed, receipt=(*clock.receipt, line))
    changed = _planned(draft, rule, changed, replacement.within, replacement.ladder or rule.ladder)
    put(draft, rule.id, changed, "replaced", str(replacement.within))


def extend(draft: Draft, rule: Rule, extension: Extension, at: datetime) -> None:
    """Move a due time later, if it was asked for before the old one passed and not too often."""
    clock, calendar = draft.clocks.get(rule.id), draft.company.calendar
    if clock is None or clock.status is not ClockStatus.RUNNING or at > clock.due:
        return
    if clock.extensions >= extension.at_most:
        return
    start, span = clock.start, ladder_span(draft, rule, clock)
    if extension.by is not None:
        due, words = calendar.add(clock.due, extension.by, rule.source.hours).at, str(extension.by)
    else:
        given = _time(draft, extension.to or extension.start or "")
        if given is None:
            return
        words = str(span or "") if extension.start else ""
        due = calendar.add(given, span, rule.source.hours).at if extension.start and span else given
    if due <= clock.due:
        return
    line = Reckoning("extended", words, start, due, calendar.version, calendar.is_provisional(due.date()))
    changed = replace(clock, due=due, extensions=clock.extensions + 1, receipt=(*clock.receipt, line))
    changed = _planned(draft, rule, changed, span, ladder_of(rule, clock))
    put(draft, rule.id, changed, "extended", extension.on)


def recompute(draft: Draft, rule: Rule) -> None:
    """Count a provisional clock again with the calendar of today; never into a breach that was none."""
    clock = draft.clocks.get(rule.id)
    if clock is None or clock.status is not ClockStatus.RUNNING or not clock.provisional:
        return
    fresh = _count_again(draft, rule, clock, clock.start)
    if fresh is not None and fresh.due >= draft.now:
        _take_over(draft, rule, clock, fresh)


def correct(draft: Draft, rule: Rule) -> None:
    """A time that a clock runs from or to was corrected: it is counted again, even if it turns out to be late."""
    clock = draft.clocks.get(rule.id)
    if clock is None:
        draft.starting[rule.id] = rule
    elif clock.status is ClockStatus.RUNNING:
        fresh = _count_again(draft, rule, clock, _start(draft, rule) or clock.start)
        if fresh is not None:
            _take_over(draft, rule, clock, fresh)


def _take_over(draft: Draft, rule: Rule, clock: Clock, fresh: Clock) -> None:
    if (fresh.start, fresh.due, fresh.provisional) == (clock.start, clock.due, clock.provisional):
        return
    line = replace(fresh.receipt[-1], kind="recomputed")
    changed = replace(fresh, receipt=(*clock.receipt, line), round=clock.round, replaced=clock.replaced)
    put(draft, rule.id, replace(changed, extensions=clock.extensions, clause=clock.clause), "recomputed")


def _count_again(draft: Draft, rule: Rule, clock: Clock, start: datetime) -> Clock | None:
    if clock.extensions:
        return None
    if clock.replaced < 0:
        return _count(draft, rule, start)
    span = rule.source.replaced[clock.replaced].within
    counted = draft.company.calendar.add(start, span, rule.source.hours)
    version = draft.company.calendar.version
    line = Reckoning("counted", str(span), start, counted.at, version, counted.provisional)
    fresh = replace(clock, start=start, due=counted.at, provisional=counted.provisional, receipt=(line,))
    return _planned(draft, rule, fresh, span, ladder_of(rule, clock))


def ladder_of(rule: Rule, clock: Clock) -> str:
    """The name of the ladder a clock climbs now."""
    if clock.replaced >= 0:
        return rule.source.replaced[clock.replaced].ladder or rule.ladder
    return rule.ladder


def ladder_span(draft: Draft, rule: Rule, clock: Clock) -> Duration | None:
    """The span in force for a clock."""
    if clock.replaced >= 0:
        return rule.source.replaced[clock.replaced].within
    return _span(draft, rule, clock.start)


def _time(draft: Draft, path: str) -> datetime | None:
    value = draft.view[path] if path else None
    return value if isinstance(value, datetime) else None
