"""Repetition: when a step opens again. A schedule keeps every slot; a fixed interval goes on with its next time."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from engine.calendars import Calendar
from engine.draft import Draft
from engine.schedules import next_after
from models.language.durations import Duration, Unit
from models.language.steps import Machine, Repeat, Step, Task

_ELAPSED = {Unit.MINUTES: timedelta(minutes=1), Unit.HOURS: timedelta(hours=1)}


def repeat_of(step: Step) -> Repeat | None:
    """How a step is repeated; None for one that is not."""
    return step.repeat if isinstance(step, (Task, Machine)) else None


def timetable(step: Step) -> Repeat | None:
    """The timetable by which people are asked for a step; None for any other. A machine begins at once."""
    repeat = step.repeat if isinstance(step, Task) else None
    return repeat if repeat and (repeat.every or repeat.on) else None


def plan_repetition(draft: Draft, name: str, repeat: Repeat) -> None:
    """Set the alarm at which a repeated step opens again, unless it is set."""
    key, calendar, state = f"repeat:{name}", draft.company.calendar, draft.steps[name]
    if key in draft.alarms:
        return
    if repeat.on is not None:
        slot = next_after(repeat.on, calendar, state.slot or draft.at)
        draft.steps[name] = replace(state, slot=slot.nominal)
        draft.alarms[key] = slot.at
    elif repeat.every is not None:
        base = draft.moments.get(repeat.start or "", draft.at)
        draft.alarms[key] = _next_on_grid(calendar, base, repeat.every, max(draft.at, draft.now))


def _next_on_grid(calendar: Calendar, base: datetime, every: Duration, after: datetime) -> datetime:
    """The first time of the grid after a moment, never sooner than one interval after its base."""
    unit = _ELAPSED.get(every.unit)
    if unit is not None:
        span = unit * every.amount
        return base + span * max(1, (after - base) // span + 1)
    at = calendar.add(base, every).at
    while at <= after:
        at = calendar.add(at, every).at
    return at


def owe(draft: Draft, name: str) -> None:
    """A slot has come while the step is open or held still: it is owed afterwards."""
    state = draft.steps[name]
    draft.steps[name] = replace(state, owed=state.owed + 1)


def end_repetition(draft: Draft, name: str) -> None:
    """Nothing of the timetable is left, neither planned nor owed."""
    draft.alarms.pop(f"repeat:{name}", None)
    state = draft.steps[name]
    if state.slot or state.owed:
        draft.steps[name] = replace(state, slot=None, owed=0)
