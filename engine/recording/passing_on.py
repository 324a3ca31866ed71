"""Passing on: an assignment is handed to somebody else, or shared with one more approver."""

from msgspec.structs import replace

from engine.asking import assign, find_assignment
from engine.draft import Draft, personal
from engine.errors import NotPermitted, UnknownName
from engine.events import ApproverAdded, HandedOver
from engine.people import Chosen
from engine.recording.asked import require_asked
from models.language.steps import Approve


def handed_over(draft: Draft, event: HandedOver) -> None:
    """The assignment goes to somebody else, but never to whom the matter concerns (S-33)."""
    assignment = require_asked(draft, event.step, event.by, event.key)
    step = draft.plan(event.step).step
    if personal(step):
        raise NotPermitted(f"“{step.name}” is for everybody to do themselves", "Do it yourself, or ask to be exempt")
    if isinstance(step, Approve) and not step.delegable:
        raise NotPermitted(f"“{step.name}” cannot be delegated", "Decide it yourself")
    _require_free(draft, event.step, event.to, assignment.key, assignment.principal)
    draft.drop(assignment)
    assign(draft, event.step, Chosen(event.to, stands_for=assignment.principal), assignment.key)


def approver_added(draft: Draft, event: ApproverAdded) -> None:
    """One more person must agree."""
    require_asked(draft, event.step, event.by, None)
    step = draft.plan(event.step).step
    if not isinstance(step, Approve) or step.each:
        raise NotPermitted(f"“{step.name}” takes no more approvers", "Ask them before you answer")
    _require_free(draft, event.step, event.person)
    state = draft.steps[event.step]
    draft.steps[event.step] = replace(state, extra=(*state.extra, event.person))
    assign(draft, event.step, Chosen(event.person))


def _require_free(draft: Draft, step: str, person: str, key: str | None = None, principal: str = "") -> None:
    """Somebody who is there, has no part in the matter and no answer of their own to give here."""
    if not draft.company.employed(person, draft.now):
        raise UnknownName(f"nobody here is called `{person}`", "Choose a person of the organisation")
    if person in draft.barred(step):
        raise NotPermitted(f"{person} may not act on this", "Choose somebody without a part in the matter")
    if draft.company.absent(person, draft.now):
        raise NotPermitted(f"{person} is away now", "Choose somebody who is there")
    state = draft.steps[step]
    voters = {*state.electors, *(vote.by for vote in state.votes.values())} - {principal} | state.votes.keys()
    if person in voters or find_assignment(draft, step, person, key):
        raise NotPermitted(f"{person} answers here already", "Two answers are given by two people: choose another")
