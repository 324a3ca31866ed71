"""Moving: due times replaced, extended, corrected or recomputed while they run. Each move is on the receipt."""

from datetime import datetime

from msgspec.structs import replace

from engine.case import Clock, ClockStatus, Reckoning
from engine.counting import count_again, ladder_of, ladder_span, planned, start_of, time_in
from engine.draft import Draft
from engine.effects import ClockMoved
from engine.program import Rule
from models.language.deadlines import Extension, Replacement


def put(draft: Draft, name: str, clock: Clock, change: str, detail: str = "") -> None:
    """Store a clock and say what has changed."""
    draft.clocks[name] = clock
    at = clock.ended_at or draft.at
    draft.effects.append(ClockMoved(name, change, at, clock.due, clock.provisional, detail))  # type: ignore[arg-type]
    draft.touch(f"deadline.{name}")


def replace_span(draft: Draft, rule: Rule, clock: Clock, index: int, replacement: Replacement) -> None:
    """Another span from the same start, because a condition holds in time."""
    calendar = draft.company.calendar
    counted = calendar.add(clock.start, replacement.within, rule.source.hours)
    line = Reckoning(
        "replaced", str(replacement.within), clock.start, counted.at, calendar.version, counted.provisional
    )
    clause = replacement.clause or clock.clause
    changed = replace(clock, due=counted.at, provisional=counted.provisional, replaced=index, clause=clause)
    changed = replace(changed, receipt=(*clock.receipt, line))
    changed = planned(draft, rule, changed, replacement.within, replacement.ladder or rule.ladder)
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
        given = time_in(draft, extension.to or extension.start or "")
        if given is None:
            return
        words = str(span or "") if extension.start else ""
        due = calendar.add(given, span, rule.source.hours).at if extension.start and span else given
    if due <= clock.due:
        return
    line = Reckoning("extended", words, start, due, calendar.version, calendar.is_provisional(due.date()))
    changed = replace(clock, due=due, extensions=clock.extensions + 1, receipt=(*clock.receipt, line))
    changed = planned(draft, rule, changed, span, ladder_of(rule, clock))
    put(draft, rule.id, changed, "extended", extension.on)


def recompute(draft: Draft, rule: Rule) -> None:
    """Count a provisional clock again with the calendar of today; never into a breach that was none."""
    clock = draft.clocks.get(rule.id)
    if clock is None or clock.status is not ClockStatus.RUNNING or not clock.provisional:
        return
    fresh = count_again(draft, rule, clock, clock.start)
    if fresh is not None and fresh.due >= draft.now:
        _take_over(draft, rule, clock, fresh)


def correct(draft: Draft, rule: Rule) -> None:
    """A time that a clock runs from or to was corrected: it is counted again, even if it turns out to be late."""
    clock = draft.clocks.get(rule.id)
    if clock is None:
        draft.starting[rule.id] = rule
    elif clock.status is ClockStatus.RUNNING:
        fresh = count_again(draft, rule, clock, start_of(draft, rule) or clock.start)
        if fresh is not None:
            _take_over(draft, rule, clock, fresh)


def _take_over(draft: Draft, rule: Rule, clock: Clock, fresh: Clock) -> None:
    if (fresh.start, fresh.due, fresh.provisional) == (clock.start, clock.due, clock.provisional):
        return
    line = replace(fresh.receipt[-1], kind="recomputed")
    changed = replace(fresh, receipt=(*clock.receipt, line), round=clock.round, replaced=clock.replaced)
    put(draft, rule.id, replace(changed, extensions=clock.extensions, clause=clock.clause), "recomputed")
