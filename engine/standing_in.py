"""Standing in: deputies for people who were asked and cannot answer (section 3.4 rules 1 to 3 of the requirements)."""

from engine.approvals import recount
from engine.asking import assign, await_absence
from engine.campaigns import surroundings_changed
from engine.case import Assignment, StepStatus
from engine.draft import Draft, personal
from engine.events import SYSTEM
from engine.people import Chosen
from engine.steps import complete
from models.language.steps import PEOPLE_STEPS, Approve


def ask_deputy(draft: Draft, one: Assignment) -> bool:
    """Ask somebody's deputy as well, unless the answer must be their own. Says whether there was one to ask."""
    plan = draft.plan(one.step)
    if not plan.manner.stand_ins or personal(plan.step):
        return False
    if _somebody_else(draft, one):
        return True
    deputy = _deputy(draft, one)
    if deputy is not None:
        assign(draft, one.step, deputy, one.key, kind="substitute")
    return deputy is not None


def _deputy(draft: Draft, one: Assignment) -> Chosen | None:
    """Somebody free now, without a part in the matter and with no answer of their own to give here."""
    company, now = draft.company, draft.now
    voted = {vote.by for vote in draft.steps[one.step].votes.values()}
    asked = {other.person for other in draft.assignments.values() if (other.step, other.key) == (one.step, one.key)}
    barred = draft.barred(one.step) | voted | asked
    for person in company.stand_in(one.principal, _asked_as(draft, one), now):
        if person not in barred and company.available(person, now):
            return Chosen(person, stands_for=one.principal)
    return None


def _asked_as(draft: Draft, one: Assignment) -> str | None:
    """The role for which somebody is asked: of two approvers each has the deputy of their own role."""
    step, roles = draft.plan(one.step).step, draft.company.organisation.roles
    wanted = step.who if isinstance(step, PEOPLE_STEPS) else ()
    return next((who.role for who in wanted if who.role in roles and one.principal in roles[who.role].holders), None)


def replace_absent(draft: Draft) -> None:
    """Whoever has left or is away since being asked is replaced; a committee goes on without them."""
    company, now = draft.company, draft.now
    for one in tuple(draft.assignments.values()):
        if company.available(one.person, now):
            continue
        if personal(draft.plan(one.step).step):
            if surroundings_changed(draft, one.step, one.person):
                complete(draft, one.step, SYSTEM, draft.at)
        else:
            ask_deputy(draft, one)
    for one in draft.assignments.values():
        await_absence(draft, one)
    for name, state in tuple(draft.steps.items()):
        step = draft.program.plans[name].step
        if state.status is StepStatus.OPEN and isinstance(step, Approve) and step.rule == "quorum" and state.votes:
            recount(draft, step)


def _somebody_else(draft: Draft, one: Assignment) -> bool:
    """Whether somebody who is there has been asked for the same answer."""
    return any(
        (other.step, other.key, other.principal) == (one.step, one.key, one.principal)
        and other.id != one.id
        and draft.company.available(other.person, draft.now)
        for other in draft.assignments.values()
    )
