"""Conflicts of interest: somebody who was asked turns out to be concerned (S-09, section 3.4 rule 5)."""

from msgspec.structs import replace

from engine.approvals import recount
from engine.asking import ask, ask_principal
from engine.campaigns import fill
from engine.case import Assignment, Slot, SlotStatus, StepStatus
from engine.draft import Draft, personal
from engine.effects import Skipped
from engine.events import SYSTEM
from engine.steps import complete
from models.language.steps import Approve, Task


def relieve(draft: Draft) -> None:
    """What the people concerned, and those under them, were asked goes to others; their votes do not count.

    They get no mail about it: whoever is concerned learns nothing more of the case. The ledger has it.
    """
    conflicted = draft.conflicted()
    taken = [one for one in draft.assignments.values() if one.person in conflicted]
    for one in taken:
        draft.drop(one)
        draft.effects.append(Skipped(one.person, one.step, "conflict of interest"))
    for name, state in tuple(draft.steps.items()):
        step = draft.program.plans[name].step
        mine = [one for one in taken if one.step == name]
        if state.status is not StepStatus.OPEN:
            continue
        if isinstance(step, Approve) and not step.each:
            _revote(draft, step, mine, conflicted)
        else:
            for one in mine:
                _ask_others(draft, one)


def _ask_others(draft: Draft, one: Assignment) -> None:
    """Somebody else does it, unless others have been asked anyway and one of them is enough."""
    step = draft.plan(one.step).step
    if personal(step) and one.key is not None:
        slot = Slot(SlotStatus.EXEMPT, SYSTEM, draft.at, "conflict of interest")
        if fill(draft, one.step, one.key, slot):
            complete(draft, one.step, SYSTEM, draft.at)
        return
    everybody = isinstance(step, Task) and step.answers == "all"
    if everybody or all(other.key != one.key for other in draft.assigned(one.step)):
        ask_principal(draft, one.step, one.principal, one.key)


def _revote(draft: Draft, step: Approve, taken: list[Assignment], conflicted: frozenset[str]) -> None:
    state = draft.steps[step.id]
    void = [who for who, vote in state.votes.items() if who in conflicted or vote.by in conflicted]
    open_again = dict.fromkeys([*(one.principal for one in taken), *void])
    if not open_again:
        return
    # A member of a committee with a part in the matter does not count; anybody else is replaced.
    left_out = conflicted if step.rule == "quorum" else frozenset[str]()
    draft.steps[step.id] = replace(
        state,
        votes={who: vote for who, vote in state.votes.items() if who not in void},
        electors=tuple(who for who in state.electors if who not in left_out),
        extra=tuple(who for who in state.extra if who not in conflicted),
    )
    for principal in open_again:
        wanted = principal in state.electors and principal not in left_out
        if wanted and principal not in {one.principal for one in draft.assigned(step.id)}:
            ask_principal(draft, step.id, principal)
    if draft.steps[step.id].electors:
        recount(draft, step)
    else:
        ask(draft, step.id)
