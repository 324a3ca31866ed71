"""Surroundings: time passes, and the company around a case changes."""

from engine.asking import assign, deputy_for
from engine.campaigns import surroundings_changed
from engine.case import Assignment
from engine.clocks import recompute
from engine.draft import Draft
from engine.errors import WrongTime
from engine.events import SYSTEM, CompanyChanged, TimerFired
from engine.rows import each_of
from engine.steps import complete
from engine.timers import fire, mode_changed
from models.language.moments import format_moment


def timer_fired(draft: Draft, event: TimerFired) -> None:
    """The next due time has come. What happens is stamped with that time, however late it is recorded (S-37)."""
    if event.due > draft.now:
        raise WrongTime(f"{format_moment(event.due)} has not come yet", "Record a timer when it is due")
    draft.at = event.due
    fire(draft, event.due)


def company_changed(draft: Draft, _event: CompanyChanged) -> None:
    """The calendar, the organisation or a mode has changed: provisional dates are counted again, the absent are replaced."""
    for rule in draft.program.rules.values():
        recompute(draft, rule)
    mode_changed(draft)
    for one in tuple(draft.assignments.values()):
        if not draft.company.employed(one.person, draft.now) or draft.company.absent(one.person, draft.now):
            _replace(draft, one)


def _replace(draft: Draft, one: Assignment) -> None:
    each, deputy = each_of(draft, one.step), deputy_for(draft, one)
    if each and each.people:
        if surroundings_changed(draft, one.step, one.person):
            complete(draft, one.step, SYSTEM, draft.at)
    elif deputy is not None:
        assign(draft, one.step, deputy, one.key, kind="substitute")
