"""Asked: who may act on a step now, and why anybody else may not."""

from datetime import datetime
from typing import Final

from engine.asking import find_assignment
from engine.case import Assignment, SlotStatus, StepStatus
from engine.draft import Draft
from engine.errors import AlreadyDecided, Held, NotAsked, NotOpen
from engine.program import StepPlan
from engine.progress import why_held
from models.language.moments import format_moment

MOST_NAMES: Final = 8
"""Names in a message; a campaign asks thousands."""


def require_asked(draft: Draft, step: str, by: str, key: str | None) -> Assignment:
    """The open assignment of a person. Raises the refusal that says best why there is none."""
    name = draft.plan(step).step.name
    state = draft.steps[step]
    found = find_assignment(draft, step, by, key)
    if found is not None:
        return found
    if state.status is StepStatus.DONE:
        raise _decided(name, state.by, state.done_at)
    if state.status is StepStatus.HELD:
        raise Held(why_held(draft, draft.plan(step)), "It opens by itself when the condition is met")
    if state.status is not StepStatus.OPEN:
        raise NotOpen(f"“{name}” is not open", f"It is {state.status.value}")
    slot = state.slots.get(key or by)
    if slot is not None and slot.status is not SlotStatus.OPEN:
        raise _decided(name, slot.by, slot.at)
    given = next((vote for who, vote in state.votes.items() if by in (who, vote.by)), None)
    if given is not None:
        raise AlreadyDecided(
            f"{given.by} has answered “{name}” at {format_moment(given.at)}", "Nothing is left to do here"
        )
    asked = list(dict.fromkeys(draft.assignees(step)))
    names = ", ".join(asked[:MOST_NAMES]) + (f" and {len(asked) - MOST_NAMES} more" if asked[MOST_NAMES:] else "")
    raise NotAsked(f"{by} was not asked to do “{name}”", f"Asked are: {names or 'nobody'}")


def _decided(name: str, by: str | None, at: datetime | None) -> AlreadyDecided:
    when = f" at {format_moment(at)}" if at else ""
    return AlreadyDecided(f"“{name}” was decided by {by}{when}", "Nothing is left to do here")


def require_during(draft: Draft, plan: StepPlan) -> None:
    """The step is possible only while its condition holds. Raises `NotOpen`."""
    if plan.during is not None and not draft.holds_true(plan.during):
        text = getattr(plan.step, "during", "")
        raise NotOpen(f"“{plan.step.name}” is not possible now", f"It is only possible while: {text}")
