"""Lifetime: how a case begins, is withdrawn and comes back; and what time and the company do to it."""

from datetime import datetime

from engine.answers import check_answers
from engine.case import Case, StepState, StepStatus
from engine.clocks import happen
from engine.draft import Draft
from engine.effects import OwnerChanged
from engine.errors import AlreadyDecided, NotOpen, NotPermitted, WrongTime
from engine.events import SYSTEM, Opened, Reopened, Withdrawn
from engine.program import Program
from engine.progress import advance
from engine.steps import close, reset
from engine.timers import mode_changed
from models.language.moments import format_moment


def opened(program: Program, state: Case | None, event: Opened, now: datetime) -> Draft:
    """The draft of a case that begins. Raises `InvalidAnswer`, `WrongTime`, or `AlreadyDecided` for a number in use."""
    if state is not None:
        raise AlreadyDecided(f"case {state.id} exists already", "Give the new case a number of its own")
    procedure = program.procedure
    facts = check_answers(procedure.form, event.facts, program.company, now)
    own = facts.get(procedure.occurred or "", event.at or now)
    inherited = event.discovered_at is not None and event.discovered_at < own
    occurred = event.discovered_at if inherited and event.discovered_at else own
    if occurred > now:
        raise WrongTime(f"{format_moment(occurred)} lies in the future", "Enter when it really happened")
    if inherited and procedure.occurred:
        facts[procedure.occurred] = occurred
    requester = event.by if event.by in program.company.organisation.people else None
    base = Case(
        event.case, procedure.procedure, program.version, now, occurred, event.channel, requester,
        sensitivity=procedure.sensitivity, parent=event.parent, parent_step=event.parent_step, inherited=inherited,
        facts=facts, steps=dict.fromkeys(program.plans, StepState()),
    )  # fmt: skip
    draft = Draft(program, base, now, now)
    owner = draft.find(procedure.owner, draft.search())
    draft.owner = owner[0].person if owner else None
    if draft.owner:
        draft.effects.append(OwnerChanged(draft.owner, now))
    happen(draft, "case.opened", now)
    for name, value in facts.items():
        if isinstance(value, datetime):
            happen(draft, name, value)
    if program.mentions_mode:
        mode_changed(draft)
    draft.queue.extend(name for name, plan in program.plans.items() if not plan.after)
    return draft


def withdrawn(draft: Draft, event: Withdrawn) -> None:
    """The requester or the owner takes the case back."""
    if event.by not in (draft.base.requester, draft.owner, SYSTEM):
        raise NotPermitted(f"{event.by} did not open this case", "Only its requester or its owner can withdraw it")
    close(draft, "withdrawn")


def reopened(draft: Draft, _event: Reopened) -> None:
    """The same matter comes back: the case goes on at the step that the procedure names."""
    reopening = draft.program.procedure.reopens
    if draft.closed_at is None:
        raise NotOpen("the case has not ended", "Go on with it as it is")
    if reopening is None or (reopening.outcomes and draft.outcome not in reopening.outcomes):
        raise NotPermitted(f"a case that ended as `{draft.outcome}` is not reopened", "Open a new case instead")
    draft.closed_at = draft.outcome = None
    draft.reopened += 1
    # A gate that was passed with a reason was passed for that time.
    draft.overridden = frozenset()
    _revive(draft, reopening.at)
    reset(draft, reopening.at)
    if draft.program.mentions_mode:
        mode_changed(draft)
    if reopening.owner:
        owner = draft.find(reopening.owner, draft.search())
        if owner:
            draft.owner = owner[0].person
            draft.effects.append(OwnerChanged(draft.owner, draft.at))
    draft.touch("case")
    happen(draft, "case.reopened", draft.at)
    advance(draft, reopening.at)


def _revive(draft: Draft, name: str) -> None:
    """What a reopened step waits for, and the end of the case broke off, is open again: else nothing would be."""
    for before in draft.plan(name).after:
        if draft.steps[before].status is StepStatus.CANCELLED:
            reset(draft, before)
        if draft.steps[before].status is StepStatus.WAITING:
            _revive(draft, before)
            draft.queue.append(before)
