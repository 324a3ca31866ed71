"""Surroundings: time passes, and the company around a case changes."""

from engine.draft import Draft
from engine.errors import WrongTime
from engine.events import CompanyChanged, TimerFired
from engine.moving import recompute
from engine.standing_in import replace_absent
from engine.timers import fire, mode_changed
from models.language.moments import format_moment


def timer_fired(draft: Draft, event: TimerFired) -> None:
    """The next due time has come. What happens is stamped with that time, however late it is recorded (S-37)."""
    if event.due > draft.now:
        raise WrongTime(f"{format_moment(event.due)} has not come yet", "Record a timer when it is due")
    draft.at = event.due
    fire(draft, event.due)


def company_changed(draft: Draft, _event: CompanyChanged) -> None:
    """The calendar, organisation or a mode has changed: provisional dates are counted again, the absent replaced."""
    for rule in draft.program.rules.values():
        recompute(draft, rule)
    mode_changed(draft)
    replace_absent(draft)
