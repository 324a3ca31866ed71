"""Clocks: deadlines of a case that start, stop, are missed or are needed no longer. None of it is silent."""

from datetime import datetime

from msgspec.structs import replace

from engine.case import ACTIVE, ClockStatus, StepStatus
from engine.counting import count, start_of
from engine.draft import Draft
from engine.moving import extend, put, replace_span
from engine.program import Rule


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
    start = start_of(draft, rule)
    if start is None or _not_needed(draft, rule):
        return
    clock = draft.clocks.get(rule.id)
    if clock and clock.status in ACTIVE and rule.source.counts == "first":
        return
    ended = _ended(draft, rule, start)
    if (ended is None and _over(draft, rule)) or (ended is not None and clock is not None):
        return
    counted = count(draft, rule, start)
    if counted is None:
        return
    if clock:
        counted = replace(counted, round=clock.round + 1)
    put(draft, rule.id, counted, "started")
    watch(draft, rule)
    if ended is not None:
        # Recorded after the fact: the clock is over before we hear of it, but its receipt belongs to the case.
        stop(draft, rule, ended)


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
            replace_span(draft, rule, clock, index, rule.source.replaced[index])
            return
