"""Tasks: somebody reports a step as done, or refuses their part of it."""

from msgspec.structs import replace

from engine.campaigns import fill
from engine.case import Assignment, Slot, SlotStatus, StepStatus
from engine.draft import Draft
from engine.errors import Held, InvalidAnswer, NotAsked, NotOpen, NotPermitted
from engine.events import SYSTEM, Done, Refused
from engine.program import StepPlan
from engine.progress import ready, why_held
from engine.recording.asked import require_asked, require_during
from engine.recording.values import record_values
from engine.recording.work import take_over
from engine.steps import complete, reset
from models.language.steps import Machine, Task


def done(draft: Draft, event: Done) -> None:
    """Somebody has done a task, or their part of it, or what a machine could not."""
    plan = draft.plan(event.step)
    if not isinstance(plan.step, (Task, Machine)):
        raise NotPermitted(
            f"`{event.step}` is not a task that somebody can report as done", "Use the step's own buttons"
        )
    if isinstance(plan.step, Machine):
        take_over(draft, plan.step, event)
        return
    if plan.on_request:
        _request(draft, plan, plan.step, event)
    assignment = None if plan.on_request else require_asked(draft, event.step, event.by, event.key)
    require_during(draft, plan)
    key = event.key or (assignment.key if assignment else None)
    own = record_values(draft, plan, plan.step, event.values, event.by, key)
    if plan.step.each and key is not None:
        if fill(draft, event.step, key, Slot(SlotStatus.DONE, event.by, draft.at, values=own)):
            complete(draft, event.step, event.by, draft.at)
        return
    if plan.step.answers == "all" and assignment and _others_must_answer(draft, assignment):
        draft.steps[event.step] = replace(draft.steps[event.step], by=event.by)
        return
    complete(draft, event.step, event.by, draft.at)


def _others_must_answer(draft: Draft, given: Assignment) -> bool:
    """Where each must answer: one answer for a person is enough, be it their deputy's; the others are awaited."""
    for one in draft.assigned(given.step):
        if one.principal == given.principal:
            draft.drop(one)
    return bool(draft.assigned(given.step))


def _request(draft: Draft, plan: StepPlan, step: Task, event: Done) -> None:
    """A step that is open to be asked for at any time: may this person ask for it now?"""
    state = draft.steps[step.id]
    if not ready(draft, plan):
        raise NotOpen(f"“{step.name}” cannot be asked for yet", f"It comes after {', '.join(plan.after)}")
    if state.times >= step.times:
        raise NotOpen(
            f"“{step.name}” has been asked for {state.times} time(s) already", f"At most {step.times} allowed"
        )
    if not draft.holds_true(plan.when):
        raise NotOpen(f"“{step.name}” is not needed now", "It is only possible while its condition holds")
    if held := why_held(draft, plan):
        raise Held(held, "It opens by itself when the condition is met")
    if (
        step.who
        and event.by != SYSTEM
        and event.by not in {one.person for one in draft.find(step.who, draft.search(step.id))}
    ):
        raise NotAsked(f"{event.by} may not start “{step.name}”", "Ask one of the people named in the procedure")
    if state.status is StepStatus.DONE:
        reset(draft, step.id)


def refused(draft: Draft, event: Refused) -> None:
    """A person of a campaign refuses, with a reason."""
    step = draft.plan(event.step).step
    if not isinstance(step, Task) or step.each is None or not step.each.refusable:
        raise NotPermitted(f"`{event.step}` cannot be refused", "Report it as done, or talk to the owner of the case")
    if not event.reason.strip():
        raise InvalidAnswer("a refusal needs a reason", "Write one sentence why")
    assignment = require_asked(draft, event.step, event.by, event.key)
    key = assignment.key or event.by
    if fill(draft, event.step, key, Slot(SlotStatus.REFUSED, event.by, draft.at, event.reason)):
        complete(draft, event.step, event.by, draft.at)
