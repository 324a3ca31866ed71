"""Steps: how one opens, is done, is begun again, and how a case ends."""

from datetime import datetime

from msgspec.structs import replace

from engine.asking import ask, take_back
from engine.campaigns import fill, of_all, over, roster
from engine.case import Slot, SlotStatus, StepStatus
from engine.clocks import cancel, happen
from engine.draft import Draft
from engine.effects import CaseEnded, EvidenceDue, HoldChanged, Notice, OpenCase, OwnerChanged, RunMachine
from engine.events import SYSTEM
from engine.facts import set_fact
from engine.latecomers import LATE
from engine.program import StepPlan
from engine.repetition import end_repetition, plan_repetition
from engine.rows import Row, items, subject
from engine.view import View
from models.language.fields import DateTimeField
from models.language.steps import PEOPLE_STEPS, Approve, Call, End, Machine, Notify, Task, Wait


def open_step(draft: Draft, plan: StepPlan) -> None:
    """Open a step: ask its people, start its work, or end the case."""
    step, name = plan.step, plan.step.id
    old = draft.steps[name]
    # A campaign that a gate has held goes on with the answers it has.
    slots = old.slots if old.status is StepStatus.HELD and old.slots else roster(draft, plan)
    state = replace(
        old, status=StepStatus.OPEN, round=old.round + 1, opened_at=draft.at, outcome="", missed=False, votes={},
        extra=(), unreached=frozenset(), slots=slots,
    )  # fmt: skip
    draft.move(name, state, draft.at)
    happen(draft, f"{name}.opened", draft.at)
    match step:
        case Task() | Approve():
            _open_for_people(draft, plan, step)
        case Notify():
            complete(draft, name, SYSTEM, draft.at)
        case Machine():
            draft.effects.append(RunMachine(name, step.runs, inputs_of(draft, plan), state.round, step.runs_on))
            if step.repeat:
                plan_repetition(draft, name, step.repeat)
        case Call():
            _call(draft, plan, step)
        case Wait():
            wait(draft, name, step)
        case End():
            complete(draft, name, SYSTEM, draft.at)
            close(draft, step.outcome)


def _open_for_people(draft: Draft, plan: StepPlan, step: Task | Approve) -> None:
    if done_already(draft, plan):
        return
    if step.each and over(draft, step.id):
        conclude(draft, step.id)
        return
    ask(draft, step.id)
    if isinstance(step, Task) and step.repeat:
        plan_repetition(draft, step.id, step.repeat)


def conclude(draft: Draft, name: str) -> None:
    """A step for each is over without an answer: nobody is left to ask."""
    outcome = of_all(draft, name) if isinstance(draft.plan(name).step, Approve) else ""
    complete(draft, name, SYSTEM, draft.at, outcome)


def _call(draft: Draft, plan: StepPlan, step: Call) -> None:
    if step.each:
        call_each(draft, plan)
    else:
        draft.effects.append(OpenCase(step.id, step.procedure, inputs_of(draft, plan), draft.base.occurred_at))
        if not step.waits:
            complete(draft, step.id, SYSTEM, draft.at)


def call_each(draft: Draft, plan: StepPlan) -> None:
    """Start the called procedure for every row that has not had its own yet."""
    name = plan.step.id
    for key, slot in draft.steps[name].slots.items():
        if slot.status is SlotStatus.OPEN and isinstance(plan.step, Call):
            inputs = inputs_of(draft, plan, items(subject(draft, name, key)))
            draft.effects.append(OpenCase(name, plan.step.procedure, inputs, draft.base.occurred_at))
            fill(draft, name, key, Slot(SlotStatus.DONE, SYSTEM, draft.at))
    if over(draft, name):
        complete(draft, name, SYSTEM, draft.at)


def inputs_of(draft: Draft, plan: StepPlan, row: Row | None = None) -> dict[str, object]:
    """What a machine or a called procedure is given."""
    view = View(draft, row) if row else draft.view
    return {key: expression(view) for key, expression in (plan.inputs or {}).items()}


def wait(draft: Draft, name: str, step: Wait) -> None:
    """Set the alarm that ends a wait. A time that has passed, or that nobody gave, leaves nothing to wait for."""
    if step.lasts is not None:
        draft.alarms[f"wait:{name}"] = draft.company.calendar.add(draft.at, step.lasts).at
        return
    until = draft.view[step.until or ""]
    draft.alarms.pop(f"wait:{name}", None)
    if isinstance(until, datetime) and until > draft.at:
        draft.alarms[f"wait:{name}"] = until
    else:
        complete(draft, name, SYSTEM, draft.at)


def done_already(draft: Draft, plan: StepPlan) -> bool:
    """Close an open step if the facts show that it is done, so that nobody has to say so."""
    already = plan.step.already if isinstance(plan.step, Task) else None
    if already is None or plan.already is None or not draft.holds_true(plan.already):
        return False
    at = draft.view[already.at]
    complete(draft, plan.step.id, draft.base.requester or SYSTEM, at if isinstance(at, datetime) else draft.at)
    return True


def complete(draft: Draft, name: str, by: str, at: datetime, outcome: str = "") -> None:
    """A step is done: its clocks stop, what it says is carried out, and what follows may open."""
    plan, state = draft.plan(name), draft.steps[name]
    done = replace(
        state, status=StepStatus.DONE, by=by, done_at=at, first_done_at=state.first_done_at or at,
        outcome=outcome or state.outcome, times=state.times + 1,
    )  # fmt: skip
    take_back(draft, name, f"decided by {by}", tell=isinstance(plan.step, Approve))
    forget_round(draft, name)
    draft.move(name, done, at, outcome)
    happen(draft, f"{name}.done", at)
    if outcome in ("approved", "rejected") and isinstance(plan.step, Approve):
        happen(draft, f"{name}.{outcome}", at)
    if isinstance(plan.step, PEOPLE_STEPS):
        for field, spec in plan.step.fields.items():
            value = done.values.get(field)
            if isinstance(spec, DateTimeField) and isinstance(value, datetime):
                happen(draft, f"{name}.{field}", value)
        if plan.step.tells:
            # Found without the step: whoever may not decide it may well learn of it.
            draft.tell(draft.find(plan.step.tells, draft.search()), Notice("", "notice", name, at=at))
        if outcome != "rejected":
            _carry_out(draft, plan, plan.step, at)
    if isinstance(plan.step, Notify):
        notice = Notice("", "notice", name, at=at, reason=str(plan.step.text or ""))
        draft.tell(draft.find(plan.step.tells, draft.search()), notice)


def _carry_out(draft: Draft, plan: StepPlan, step: Task | Approve, at: datetime) -> None:
    """What a step changes when it is done. An approval that was turned down changes nothing."""
    name = step.id
    if step.owner:
        owner = draft.find(step.owner, draft.search())
        if owner and owner[0].person != draft.owner:
            draft.owner = owner[0].person
            draft.effects.append(OwnerChanged(draft.owner, at))
            draft.touch("case")
    for field, expression in (plan.sets or {}).items():
        set_fact(draft, field, expression(_answers(draft, step, at)), name)
    for what in step.hold:
        draft.holds |= {what}
        draft.effects.append(HoldChanged(what, placed=True))
    for what in step.release:
        draft.holds -= {what}
        draft.effects.append(HoldChanged(what, placed=False))
    for proof in step.evidence:
        keepers = tuple(one.person for one in draft.find(proof.custodian, draft.search())) if proof.custodian else ()
        draft.effects.append(EvidenceDue(name, proof.title.zh, keepers, proof.sealed))
    if step.hold or step.release:
        draft.touch("case")
    if step.back_to:
        reset(draft, step.back_to)
    elif isinstance(step, Task) and step.repeat:
        draft.queue.append(name)


def _answers(draft: Draft, step: Task | Approve, at: datetime) -> View:
    """What `sets` may look at: the case, and what the step itself was answered, by whom and when."""
    state = draft.steps[step.id]
    return View(draft, {**dict.fromkeys(step.fields), **state.values, "at": at, "by": state.by})


def forget_round(draft: Draft, name: str) -> None:
    """What was planned for this round of a step is needed no longer; a timetable goes on."""
    if not draft.alarms:
        return
    for kind in ("wait:", "exempt:", LATE):
        for alarm in [one for one in draft.alarms if one.startswith(kind)]:
            if alarm.removeprefix(kind).partition("/")[0] == name:
                del draft.alarms[alarm]


def reset(draft: Draft, name: str) -> None:
    """Go back to a step: it and all that came after it is to be done again."""
    for one in (name, *draft.program.downstream[name]):
        end_repetition(draft, one)
        state = draft.steps[one]
        if state.status is StepStatus.WAITING:
            continue
        take_back(draft, one, "back to an earlier step", tell=True)
        forget_round(draft, one)
        for event in [event for event in draft.moments if event.startswith(f"{one}.")]:
            del draft.moments[event]
        for rule in draft.program.of_step.get(one, ()):
            if rule.starts == (f"{one}.opened",):
                cancel(draft, rule, "back to an earlier step")
        draft.move(one, replace(state, status=StepStatus.WAITING, outcome=""), draft.at, "again")
    for one in (name, *draft.program.downstream[name]):
        for rule in draft.program.of_step.get(one, ()):
            if rule.starts != (f"{one}.opened",):
                draft.starting[rule.id] = rule
    draft.queue.append(name)


def close(draft: Draft, outcome: str) -> None:
    """End the case: what is still open is cancelled, no clock runs on."""
    draft.outcome, draft.closed_at = outcome, draft.at
    for name, state in draft.steps.items():
        if state.status in (StepStatus.OPEN, StepStatus.HELD):
            take_back(draft, name, f"the case has ended: {outcome}", tell=True)
            draft.move(name, replace(state, status=StepStatus.CANCELLED), draft.at)
    happen(draft, "case.closed", draft.at)
    for rule in draft.program.rules.values():
        cancel(draft, rule, "the case has ended")
    draft.starting.clear()
    draft.queue.clear()
    draft.alarms.clear()
    draft.effects.append(CaseEnded(outcome, draft.at))
