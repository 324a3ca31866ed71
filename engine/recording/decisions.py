"""Decisions: an approver answers; approvals, rejections and returns are carried through."""

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from engine.approvals import check_shown, conclude, go_back, vote
from engine.asking import take_back
from engine.campaigns import fill, of_all
from engine.case import Assignment, Slot, SlotStatus, StepStatus
from engine.draft import Draft
from engine.errors import InvalidAnswer, NotOpen, NotPermitted
from engine.events import Decided
from engine.recording.asked import require_asked, require_during
from engine.recording.values import record_values
from models.language.steps import Approve


def decided(draft: Draft, event: Decided) -> None:
    """An approver has answered. Raises `OutdatedFacts` if what was shown has changed."""
    plan = draft.plan(event.step)
    step = plan.step
    if not isinstance(step, Approve):
        raise NotPermitted(f"`{event.step}` asks for no decision", "Report it as done instead")
    if plan.on_request and draft.steps[event.step].status is StepStatus.WAITING:
        raise NotOpen(f"“{step.name}” has not been asked for", "Ask for it first")
    assignment = require_asked(draft, event.step, event.by, event.key)
    check_shown(step, draft.steps[event.step], event)
    if event.answer != "approve" and not event.reason.strip():
        raise InvalidAnswer("a rejection or return needs a reason", "Write one sentence why")
    own: Mapping[str, Any] = {}
    if event.answer == "approve":
        require_during(draft, plan)
        own = record_values(draft, plan, step, event.values, event.by, event.key or assignment.key)
    _count_answer(draft, step, event, assignment, own)


def _count_answer(draft: Draft, step: Approve, event: Decided, assignment: Assignment, own: Mapping[str, Any]) -> None:
    name = event.step
    draft.steps[name] = replace(draft.steps[name], by=event.by, reason=event.reason)
    if event.answer == "return":
        _return(draft, step, event)
        return
    if step.each and assignment.key is not None:
        outcome = "approved" if event.answer == "approve" else "rejected"
        slot = Slot(SlotStatus.DONE, event.by, draft.at, outcome, own)
        if fill(draft, name, assignment.key, slot):
            conclude(draft, step, event.by, of_all(draft, name))
        return
    vote(draft, step, event, assignment)


def _return(draft: Draft, step: Approve, event: Decided) -> None:
    if step.returned is None:
        raise NotPermitted(f"“{step.name}” cannot be returned for changes", "Approve or reject it")
    take_back(draft, step.id, f"returned by {event.by}: {event.reason}", tell=True)
    go_back(draft, step.returned, f"{step.id}.returned")
