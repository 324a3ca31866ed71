"""Asked: who may act on a step now, and why anybody else may not."""

from engine.asking import find_assignment
from engine.case import Assignment, StepStatus
from engine.draft import Draft
from engine.errors import AlreadyDecided, Held, NotAsked, NotOpen
from engine.program import StepPlan
from engine.progress import why_held
from models.language.moments import format_moment


def require_asked(draft: Draft, step: str, by: str, key: str | None) -> Assignment:
    """The open assignment of a person. Raises the refusal that says best why there is none."""
    state = draft.steps[step]
    found = find_assignment(draft, step, by, key)
    if found is not None:
        return found
    name = draft.plan(step).step.name
    if state.status is StepStatus.DONE:
        when = format_moment(state.done_at) if state.done_at else ""
        raise AlreadyDecided(f"“{name}” was decided by {state.by} at {when}", "Nothing is left to do here")
    if state.status is StepStatus.HELD:
        raise Held(why_held(draft, draft.plan(step)), "It opens by itself when the condition is met")
    if state.status is not StepStatus.OPEN:
        raise NotOpen(f"“{name}” is not open", f"It is {state.status.value}")
    asked = ", ".join(draft.assignees(step)) or "nobody"
    raise NotAsked(f"{by} was not asked to do “{name}”", f"Asked are: {asked}")


def require_during(draft: Draft, plan: StepPlan) -> None:
    """The step is possible only while its condition holds. Raises `NotOpen`."""
    if plan.during is not None and not draft.holds_true(plan.during):
        text = getattr(plan.step, "during", "")
        raise NotOpen(f"“{plan.step.name}” is not possible now", f"It is only possible while: {text}")
