"""Passing on: an assignment is handed to somebody else, or shared with one more approver."""

from msgspec.structs import replace

from engine.asking import assign, find_assignment
from engine.draft import Draft
from engine.errors import NotPermitted, UnknownName
from engine.events import ApproverAdded, HandedOver
from engine.people import Chosen
from engine.recording.asked import require_asked
from models.language.steps import PEOPLE_STEPS, Approve


def handed_over(draft: Draft, event: HandedOver) -> None:
    """The assignment goes to somebody else, but never to whom the matter concerns (S-33)."""
    assignment = require_asked(draft, event.step, event.by, event.key)
    step = draft.plan(event.step).step
    if event.to in draft.barred(event.step) or not draft.company.employed(event.to, draft.now):
        raise NotPermitted(f"{event.to} may not take this over", "Choose somebody without a part in the matter")
    if find_assignment(draft, event.step, event.to, assignment.key) or _has_voted(draft, event.step, event.to):
        raise NotPermitted(f"{event.to} answers here already", "Two answers are given by two people: choose another")
    if isinstance(step, PEOPLE_STEPS) and step.each and step.each.people:
        raise NotPermitted(f"“{step.name}” is for everybody to do themselves", "Do it yourself, or ask to be exempt")
    if isinstance(step, Approve) and not step.delegable:
        raise NotPermitted(f"“{step.name}” cannot be delegated", "Decide it yourself")
    del draft.assignments[assignment.id]
    assign(draft, event.step, Chosen(event.to, stands_for=assignment.stands_for or event.by), assignment.key)


def _has_voted(draft: Draft, step: str, person: str) -> bool:
    return any(vote.by == person for vote in draft.steps[step].votes.values())


def approver_added(draft: Draft, event: ApproverAdded) -> None:
    """One more person must agree."""
    require_asked(draft, event.step, event.by, None)
    step = draft.plan(event.step).step
    if not isinstance(step, Approve) or event.person in draft.barred(event.step):
        raise NotPermitted(f"{event.person} cannot be asked to approve this", "Choose somebody without a part in it")
    if not draft.company.employed(event.person, draft.now):
        raise UnknownName(f"nobody here is called `{event.person}`", "Choose a person of the organisation")
    state = draft.steps[event.step]
    draft.steps[event.step] = replace(state, extra=tuple(dict.fromkeys((*state.extra, event.person))))
    assign(draft, event.step, Chosen(event.person))
