"""The machine: `decide`, the one interpreter of procedures.

It is pure: the same program, state, event and time give the same decision, and
an event that is not allowed raises a `Refusal` and changes nothing.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from msgspec.structs import replace

from engine.answers import check_answers
from engine.approvals import check_shown, vote
from engine.asking import ask, assign, find_assignment, shown, take_back
from engine.campaigns import exempt, fill, join_and_leave
from engine.case import Assignment, Case, ClockStatus, SlotStatus, StepState, StepStatus
from engine.clocks import happen, put, recompute
from engine.draft import Decision, Draft
from engine.effects import OwnerChanged
from engine.errors import (
    AlreadyDecided,
    CaseClosed,
    Held,
    InvalidAnswer,
    NotAsked,
    NotOpen,
    NotPermitted,
    UnknownName,
    WrongTime,
)
from engine.events import (
    SYSTEM,
    Amended,
    ApproverAdded,
    Bounced,
    BreachCleared,
    ChildClosed,
    ChildOpened,
    CompanyChanged,
    Decided,
    Done,
    Event,
    Exempted,
    Finished,
    GateOverridden,
    HandedOver,
    Opened,
    Reached,
    Refused,
    Reopened,
    RosterChanged,
    TimerFired,
    Withdrawn,
)
from engine.people import Chosen
from engine.program import Program, StepPlan
from engine.progress import advance, ready, settle, why_held
from engine.steps import close, complete, reset, set_fact
from engine.timers import fire, mode_changed
from models.language.moments import format_moment
from models.language.steps import Approve, Call, Machine, Task

TRANSITIONS: Final[Mapping[StepStatus, frozenset[StepStatus]]] = {
    StepStatus.WAITING: frozenset({StepStatus.OPEN, StepStatus.HELD, StepStatus.SKIPPED, StepStatus.DONE}),
    StepStatus.HELD: frozenset({StepStatus.OPEN, StepStatus.SKIPPED, StepStatus.CANCELLED, StepStatus.WAITING}),
    StepStatus.OPEN: frozenset(
        {StepStatus.DONE, StepStatus.HELD, StepStatus.SKIPPED, StepStatus.CANCELLED, StepStatus.WAITING}
    ),
    StepStatus.DONE: frozenset({StepStatus.WAITING, StepStatus.OPEN}),
    StepStatus.SKIPPED: frozenset({StepStatus.OPEN, StepStatus.HELD, StepStatus.WAITING}),
    StepStatus.CANCELLED: frozenset({StepStatus.WAITING}),
}
"""How a step may move. The diagram in the docs is drawn from this table, and a property test holds the engine to it."""


def decide(program: Program, state: Case | None, event: Event, now: datetime) -> Decision:
    """What `event`, recorded at `now`, makes of a case.

    `state` is None for `Opened` only. Raises a `Refusal` for an event that is not
    allowed; then nothing has changed.
    """
    if isinstance(event, Opened):
        draft = _open(program, state, event, now)
    else:
        if state is None:
            raise UnknownName("there is no such case", "A case begins with `Opened`")
        draft = Draft(program, state, now, _event_time(state, event, now))
        if state.closed_at is not None and not isinstance(event, Reopened | BreachCleared):
            raise CaseClosed(
                f"the case ended on {format_moment(state.closed_at)} as `{state.outcome}`", "Reopen it if it came back"
            )
        _RECORDERS[type(event)](draft, event)
    settle(draft)
    return draft.freeze()


def _event_time(state: Case, event: Event, now: datetime) -> datetime:
    if event.at is None:
        return now
    if event.at > now:
        raise WrongTime(f"{format_moment(event.at)} lies in the future", "Enter when it really happened")
    earliest = min(state.occurred_at, state.opened_at)
    if event.at < earliest:
        raise WrongTime(
            f"{format_moment(event.at)} is before the case began on {format_moment(earliest)}",
            "Enter when it really happened",
        )
    return event.at


def _open(program: Program, state: Case | None, event: Opened, now: datetime) -> Draft:
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
        sensitivity=procedure.sensitivity, parent=event.parent, inherited=inherited,
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


def _done(draft: Draft, event: Done) -> None:
    plan = draft.plan(event.step)
    if not isinstance(plan.step, (Task, Machine)):
        raise NotPermitted(
            f"`{event.step}` is not a task that somebody can report as done", "Use the step's own buttons"
        )
    if isinstance(plan.step, Machine):
        _take_over(draft, plan.step, event)
        return
    if plan.on_request:
        _request(draft, plan, plan.step, event)
    assignment = None if plan.on_request else _require_asked(draft, event.step, event.by, event.key)
    _require_during(draft, plan)
    key = event.key or (assignment.key if assignment else None)
    _record_values(draft, plan, plan.step, event.values, event.by, key)
    if plan.step.each and key is not None:
        values = {name: event.values[name] for name in event.values if name in plan.step.fields}
        if fill(draft, event.step, key, SlotStatus.DONE, event.by, draft.at, "", values):
            complete(draft, event.step, event.by, draft.at)
        return
    if plan.step.answers == "all" and assignment and len(draft.assignees(event.step)) > 1:
        state = draft.steps[event.step]
        draft.steps[event.step] = replace(state, by=event.by)
        del draft.assignments[assignment.id]
        return
    complete(draft, event.step, event.by, draft.at)


def _request(draft: Draft, plan: StepPlan, step: Task, event: Done) -> None:
    """A step that is open to be asked for at any time: may this person ask for it now?"""
    state = draft.steps[step.id]
    if not ready(draft, plan):
        raise NotOpen(f"“{step.name}” cannot be asked for yet", f"It comes after {', '.join(plan.after)}")
    if state.times >= step.times:
        raise NotOpen(
            f"“{step.name}” has been asked for {state.times} time(s) already", f"At most {step.times} allowed"
        )
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


def _require_during(draft: Draft, plan: StepPlan) -> None:
    if plan.during is not None and not draft.holds_true(plan.during):
        text = getattr(plan.step, "during", "")
        raise NotOpen(f"“{plan.step.name}” is not possible now", f"It is only possible while: {text}")


def _require_asked(draft: Draft, step: str, by: str, key: str | None) -> Assignment:
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


def _record_values(
    draft: Draft, plan: StepPlan, step: Task | Approve, values: Mapping[str, Any], by: str, key: str | None
) -> None:
    """Check the answers of a step against its fields and requirements, then take them over."""
    if not (values or step.fields or step.asks or step.require):
        return
    form = draft.program.procedure.form
    asked = {name: form[name] for name in step.asks if name in form}
    kept = {name: draft.facts[name] for name in asked if name in draft.facts}
    clean = check_answers({**step.fields, **asked}, {**kept, **values}, draft.company, draft.now)
    own = {name: clean[name] for name in step.fields if name in clean}
    over: dict[str, Any] = {**dict.fromkeys(step.fields), **clean, "at": draft.at, "by": by}
    over |= {f"{step.id}.{name}": value for name, value in own.items()}
    if step.each and key is not None:
        over |= _row(draft, step, key)
    for requirement, condition in zip(step.require, plan.require, strict=True):
        if not draft.holds_true(condition, over):
            raise InvalidAnswer(str(requirement.says), f"Needed: {requirement.that}")
    state = draft.steps[step.id]
    draft.steps[step.id] = replace(state, values={**state.values, **own})
    draft.touch(step.id)
    for name in asked:
        set_fact(draft, name, clean.get(name))


def _row(draft: Draft, step: Task | Approve, key: str) -> dict[str, Any]:
    table = draft.facts.get(step.each.rows) if step.each and step.each.rows else None
    row = table[int(key)] if isinstance(table, list) and key.isdigit() and int(key) < len(table) else {"person": key}
    return {f"item.{name}": value for name, value in row.items()}


def _decided(draft: Draft, event: Decided) -> None:
    plan = draft.plan(event.step)
    step = plan.step
    if not isinstance(step, Approve):
        raise NotPermitted(f"`{event.step}` asks for no decision", "Report it as done instead")
    if plan.on_request and draft.steps[event.step].status is StepStatus.WAITING:
        raise NotOpen(f"“{step.name}” has not been asked for", "Ask for it first")
    assignment = _require_asked(draft, event.step, event.by, event.key)
    check_shown(step, draft.steps[event.step], event)
    if event.answer != "approve" and not event.reason.strip():
        raise InvalidAnswer("a rejection or return needs a reason", "Write one sentence why")
    if event.answer == "approve":
        _require_during(draft, plan)
        _record_values(draft, plan, step, event.values, event.by, event.key or assignment.key)
    _count_answer(draft, step, event, assignment)


def _count_answer(draft: Draft, step: Approve, event: Decided, assignment: Assignment) -> None:
    name = event.step
    draft.steps[name] = replace(draft.steps[name], by=event.by, reason=event.reason)
    if event.answer == "return":
        _return(draft, step, event)
        return
    if step.each and assignment.key is not None:
        outcome = "approved" if event.answer == "approve" else "rejected"
        if fill(draft, name, assignment.key, SlotStatus.DONE, event.by, draft.at, outcome, event.values):
            slots = draft.steps[name].slots.values()
            everything = all(slot.outcome != "rejected" for slot in slots)
            _conclude(draft, step, event.by, "approved" if everything else "rejected")
        return
    del draft.assignments[assignment.id]
    decision = vote(draft, step, event, assignment.stands_for or event.by)
    if decision is not None:
        _conclude(draft, step, event.by, decision)


def _conclude(draft: Draft, step: Approve, by: str, decision: str) -> None:
    complete(draft, step.id, by, draft.at, decision)
    if decision == "rejected" and step.rejected != "continue":
        if step.rejected == "stop":
            close(draft, "rejected")
        elif step.rejected.startswith("end "):
            close(draft, step.rejected.removeprefix("end ").strip())
        else:
            reset(draft, step.rejected)


def _return(draft: Draft, step: Approve, event: Decided) -> None:
    if step.returned is None:
        raise NotPermitted(f"“{step.name}” cannot be returned for changes", "Approve or reject it")
    happen(draft, f"{step.id}.returned", draft.at)
    take_back(draft, step.id, f"returned by {event.by}: {event.reason}", tell=True)
    reset(draft, step.returned)


def _refused(draft: Draft, event: Refused) -> None:
    step = draft.plan(event.step).step
    if not isinstance(step, Task) or step.each is None or not step.each.refusable:
        raise NotPermitted(f"`{event.step}` cannot be refused", "Report it as done, or talk to the owner of the case")
    if not event.reason.strip():
        raise InvalidAnswer("a refusal needs a reason", "Write one sentence why")
    assignment = _require_asked(draft, event.step, event.by, event.key)
    key = assignment.key or event.by
    if fill(draft, event.step, key, SlotStatus.REFUSED, event.by, draft.at, event.reason, {}):
        complete(draft, event.step, event.by, draft.at)


def _handed_over(draft: Draft, event: HandedOver) -> None:
    assignment = _require_asked(draft, event.step, event.by, event.key)
    step = draft.plan(event.step).step
    search = draft.search(event.step)
    barred = search.excluded | search.conflicted
    if event.to in barred or not draft.company.employed(event.to, draft.now):
        raise NotPermitted(f"{event.to} may not take this over", "Choose somebody without a part in the matter")
    if isinstance(step, Approve) and not step.delegable:
        raise NotPermitted(f"“{step.name}” cannot be delegated", "Decide it yourself")
    del draft.assignments[assignment.id]
    assign(draft, event.step, Chosen(event.to, stands_for=assignment.stands_for or event.by), assignment.key)


def _approver_added(draft: Draft, event: ApproverAdded) -> None:
    _require_asked(draft, event.step, event.by, None)
    step = draft.plan(event.step).step
    search = draft.search(event.step)
    if not isinstance(step, Approve) or event.person in search.excluded | search.conflicted:
        raise NotPermitted(f"{event.person} cannot be asked to approve this", "Choose somebody without a part in it")
    if not draft.company.employed(event.person, draft.now):
        raise UnknownName(f"nobody here is called `{event.person}`", "Choose a person of the organisation")
    state = draft.steps[event.step]
    draft.steps[event.step] = replace(state, extra=tuple(dict.fromkeys((*state.extra, event.person))))
    assign(draft, event.step, Chosen(event.person))


def _withdrawn(draft: Draft, event: Withdrawn) -> None:
    if event.by not in (draft.base.requester, draft.owner, SYSTEM):
        raise NotPermitted(f"{event.by} did not open this case", "Only its requester or its owner can withdraw it")
    close(draft, "withdrawn")


def _amended(draft: Draft, event: Amended) -> None:
    form = draft.program.procedure.form
    for name in event.facts:
        if name not in form:
            raise UnknownName(f"the form has no field `{name}`", f"Its fields are: {', '.join(form)}")
        if not form[name].editable:
            raise NotPermitted(f"`{name}` cannot be changed any more", "Only fields marked `editable` can")
    allowed = {draft.base.requester, draft.owner, SYSTEM, *(one.person for one in draft.assignments.values())}
    if event.by not in allowed:
        raise NotPermitted(f"{event.by} has no part in this case", "Ask its owner to correct it")
    changed = {name: form[name] for name in event.facts}
    clean = check_answers(changed, event.facts, draft.company, draft.now)
    for name in event.facts:
        _change_fact(draft, name, clean.get(name))


def _change_fact(draft: Draft, name: str, value: object) -> None:
    if draft.facts.get(name) == value:
        return
    set_fact(draft, name, value)
    for rule in draft.program.timed_by_field.get(name, ()):
        recompute(draft, rule, only_provisional=False)
    for approval in draft.program.binding.get(name, ()):
        _unbind(draft, approval)


def _unbind(draft: Draft, name: str) -> None:
    """What an approval was given for has changed: an answer given is void, a link sent is dead (S-28, S-31)."""
    step, state = draft.plan(name).step, draft.steps[name]
    if not isinstance(step, Approve):
        return
    if state.status is StepStatus.DONE:
        reset(draft, name)
    elif state.status is StepStatus.OPEN:
        take_back(draft, name, "the facts have changed", tell=True)
        draft.steps[name] = replace(state, votes={}, extra=(), digest=shown(draft, step), round=state.round + 1)
        ask(draft, name)


def _timer_fired(draft: Draft, event: TimerFired) -> None:
    if event.due > draft.now:
        raise WrongTime(f"{format_moment(event.due)} has not come yet", "Record a timer when it is due")
    draft.at = event.due
    fire(draft, event.due)


def _finished(draft: Draft, event: Finished) -> None:
    step, state = draft.plan(event.step).step, draft.steps[event.step]
    if not isinstance(step, Machine) or state.status is not StepStatus.OPEN:
        raise NotOpen(f"no machine is at work on `{event.step}`", f"The step is {state.status.value}")
    if not event.ok:
        draft.steps[event.step] = replace(state, outcome="failed", reason=event.error[:2000])
        draft.touch(event.step)
        for person in draft.find(step.otherwise, draft.search(event.step)):
            assign(draft, event.step, person)
        return
    values = check_answers(step.outputs, event.values, draft.company, draft.now)
    draft.steps[event.step] = replace(state, values={**state.values, **values})
    complete(draft, event.step, SYSTEM, draft.at, "ok")


def _take_over(draft: Draft, step: Machine, event: Done) -> None:
    """A person does by hand what the machine could not."""
    _require_asked(draft, step.id, event.by, None)
    state = draft.steps[step.id]
    values = check_answers(step.outputs, event.values, draft.company, draft.now)
    draft.steps[step.id] = replace(state, values={**state.values, **values})
    complete(draft, step.id, event.by, draft.at, "by hand")


def _child_opened(draft: Draft, event: ChildOpened) -> None:
    state = draft.steps[draft.plan(event.step).step.id]
    draft.steps[event.step] = replace(state, child=event.child)


def _child_closed(draft: Draft, event: ChildClosed) -> None:
    step, state = draft.plan(event.step).step, draft.steps[event.step]
    draft.steps[event.step] = replace(state, outcome=event.outcome)
    draft.touch(event.step)
    if isinstance(step, Call) and step.waits and state.status is StepStatus.OPEN:
        complete(draft, event.step, SYSTEM, draft.at, event.outcome)


def _bounced(draft: Draft, event: Bounced) -> None:
    """A mail did not arrive: whoever was told is not, and whoever was asked is replaced by a deputy at once (S-03)."""
    draft.plan(event.step)
    state = draft.steps[event.step]
    draft.steps[event.step] = replace(state, unreached=state.unreached | {event.person})
    draft.touch(event.step)
    found = find_assignment(draft, event.step, event.person, None)
    if found is None:
        return
    for person in draft.company.stand_in(event.person, None, draft.now):
        if draft.company.employed(person, draft.now) and not draft.company.absent(person, draft.now):
            assign(draft, event.step, Chosen(person, stands_for=event.person), found.key, kind="substitute")
            return


def _reached(draft: Draft, event: Reached) -> None:
    draft.plan(event.step)
    state = draft.steps[event.step]
    if event.person not in state.unreached:
        raise NotOpen(f"{event.person} is not waiting to be reached", "Nothing is left to do here")
    if not event.note.strip():
        raise InvalidAnswer("how the person was reached is missing", "Write for example: by phone, 14:25, spoke to her")
    draft.steps[event.step] = replace(state, unreached=state.unreached - {event.person})
    draft.touch(event.step)


def _gate_overridden(draft: Draft, event: GateOverridden) -> None:
    plan = draft.program.gates.get(event.gate)
    if plan is None:
        raise UnknownName(f"there is no gate `{event.gate}`", f"Gates: {', '.join(draft.program.gates) or 'none'}")
    if not plan.gate.override:
        raise NotPermitted(f"nobody can pass this gate: {plan.gate.says}", "Fulfil its condition")
    if event.by not in {one.person for one in draft.find(plan.gate.override, draft.search())}:
        raise NotPermitted(f"{event.by} may not pass this gate", "Ask the person the procedure names")
    if not event.reason.strip():
        raise InvalidAnswer("passing a gate needs a reason", "Write one sentence why")
    draft.overridden |= {event.gate}
    draft.queue.extend(plan.gate.holds)


def _breach_cleared(draft: Draft, event: BreachCleared) -> None:
    clock, rule = draft.clocks.get(event.deadline), draft.program.rules.get(event.deadline)
    if clock is None or rule is None:
        raise UnknownName(f"no deadline `{event.deadline}` has run", f"Deadlines: {', '.join(draft.clocks)}")
    if clock.claimed_at is None or clock.status is not ClockStatus.LATE:
        raise NotOpen("there is no proof that this deadline was met", "Enter the event with the time it happened first")
    above = {one.person for who in rule.chain.values() for one in draft.search(rule.until_step).find(who)}
    if event.by not in above:
        raise NotPermitted(f"{event.by} may not clear this breach", f"One of these may: {', '.join(sorted(above))}")
    if not event.note.strip():
        raise InvalidAnswer("clearing a breach needs a note", "Write what the proof is")
    put(draft, rule.id, replace(clock, status=ClockStatus.MET, missed_at=None), "cleared", event.note)


def _exempted(draft: Draft, event: Exempted) -> None:
    state = draft.steps[draft.plan(event.step).step.id]
    if state.status is not StepStatus.OPEN or event.key not in state.slots:
        raise NotOpen(f"`{event.key}` is not being asked in `{event.step}`", "Only open entries can be exempted")
    if event.by not in (draft.owner, SYSTEM):
        raise NotPermitted(f"{event.by} may not exempt anybody", f"The owner of the case may: {draft.owner}")
    if not event.reason.strip():
        raise InvalidAnswer("an exemption needs a reason", "Write one sentence why")
    if exempt(draft, event.step, event.key, event.by, event.reason, event.until):
        complete(draft, event.step, event.by, draft.at)


def _roster_changed(draft: Draft, event: RosterChanged) -> None:
    if join_and_leave(draft, event.step, event.joined, event.left):
        complete(draft, event.step, SYSTEM, draft.at)


def _company_changed(draft: Draft, _event: CompanyChanged) -> None:
    for rule in draft.program.rules.values():
        recompute(draft, rule)
    mode_changed(draft)
    for one in tuple(draft.assignments.values()):
        if draft.company.employed(one.person, draft.now) and not draft.company.absent(one.person, draft.now):
            continue
        for person in draft.company.stand_in(one.person, None, draft.now):
            if draft.company.employed(person, draft.now) and not draft.company.absent(person, draft.now):
                assign(draft, one.step, Chosen(person, stands_for=one.person), one.key, kind="substitute")
                break


def _reopened(draft: Draft, event: Reopened) -> None:
    reopening = draft.program.procedure.reopens
    if draft.closed_at is None:
        raise NotOpen("the case has not ended", "Go on with it as it is")
    if reopening is None or (reopening.outcomes and draft.outcome not in reopening.outcomes):
        raise NotPermitted(f"a case that ended as `{draft.outcome}` is not reopened", "Open a new case instead")
    draft.closed_at = draft.outcome = None
    draft.reopened += 1
    reset(draft, reopening.at)
    if reopening.owner:
        owner = draft.find(reopening.owner, draft.search())
        if owner:
            draft.owner = owner[0].person
            draft.effects.append(OwnerChanged(draft.owner, draft.at))
    draft.touch("case")
    happen(draft, "case.reopened", draft.at)
    advance(draft, reopening.at)


_RECORDERS: Mapping[type, Callable[[Draft, Any], None]] = {
    Done: _done,
    Decided: _decided,
    Refused: _refused,
    HandedOver: _handed_over,
    ApproverAdded: _approver_added,
    Withdrawn: _withdrawn,
    Amended: _amended,
    TimerFired: _timer_fired,
    Finished: _finished,
    ChildOpened: _child_opened,
    ChildClosed: _child_closed,
    Bounced: _bounced,
    Reached: _reached,
    GateOverridden: _gate_overridden,
    BreachCleared: _breach_cleared,
    Exempted: _exempted,
    RosterChanged: _roster_changed,
    CompanyChanged: _company_changed,
    Reopened: _reopened,
}
"""What records each event; one entry an event, held complete by a test."""
