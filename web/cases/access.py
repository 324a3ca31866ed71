"""Access: who may see a case. Somebody whom the matter concerns sees nothing of it, not even that it exists (S-09)."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import Connection

from engine.case import Case
from engine.draft import Draft
from engine.errors import UnknownName
from engine.program import Program
from engine.progress import ready, why_held
from models.language.steps import Task
from store.cases import load_case
from store.lists import people_of
from store.moving import has_moved
from web.frame.surroundings import company
from web.services import Services

_TOLD_TOO: Final[Mapping[str, bool]] = {"normal": True, "restricted": False, "sealed": False}
"""Whether somebody who was only told of a case, e.g. by a ladder, may open it."""


def may_see(services: Services, person: str, case_id: str) -> bool:
    """Whether a person may open the page of a case; False as well where there is no such case."""
    with services.store.database.reading() as connection:
        try:
            case, program = load_case(connection, services.store, case_id)
        except UnknownName:
            return False
        return concerned(services, connection, person, case, program)


def concerned(services: Services, connection: Connection, person: str, case: Case, program: Program) -> bool:
    """Whether a case is a person's business.

    Normal: whoever opened, owns, was asked or was told, and the overseers. Restricted: not those who were only told.
    A case that has ended and whose mails have left it for a sealed one is nobody's business any more (S-10).

    Sealed: the owner and whoever is asked now or has acted, but not the one who opened it.
    """
    now = services.clock()
    moved = case.closed_at is not None and has_moved(connection, case.id)
    if moved or person in Draft(program, case, now).conflicted():
        return False
    if person == case.owner:
        return True
    if case.sensitivity == "sealed":
        return person in {one.person for one in case.assignments.values()} | _acted(case)
    asked, told = people_of(connection, case.id)
    if person in asked or person == case.requester:
        return True
    if not _TOLD_TOO[case.sensitivity]:
        return False
    return person in told or oversees(services, person)


def _acted(case: Case) -> set[str | None]:
    """Who has done a step, given a vote, or answered for a row or a person of one."""
    steps = case.steps.values()
    votes = {vote.by for state in steps for vote in state.votes.values()}
    return votes | {state.by for state in steps} | {slot.by for state in steps for slot in state.slots.values()}


def oversees(services: Services, person: str) -> bool:
    """Whether a person holds a role that sees all cases of normal sensitivity."""
    roles = company(services).organisation.roles
    wanted = [roles[name] for name in services.settings.overseers if name in roles]
    return any(person in role.holders for role in wanted)


def requestable(services: Services, person: str, case: Case, program: Program) -> list[str]:
    """Steps that the person may ask for now of their own accord."""
    if case.closed_at is not None:
        return []
    draft = Draft(program, case, services.clock())
    return [name for name, plan in program.plans.items() if plan.on_request and _open_to(draft, name, person)]


def _open_to(draft: Draft, name: str, person: str) -> bool:
    plan = draft.program.plans[name]
    step, state = plan.step, draft.steps[name]
    if not isinstance(step, Task) or state.times >= step.times or not ready(draft, plan) or why_held(draft, plan):
        return False
    named = {one.person for one in draft.search(name).find(step.who)} if step.who else {person}
    return person in named and draft.holds_true(plan.during)
