"""Progress: moving the steps of a case on, as far as conditions and gates allow, until nothing more follows."""

from typing import Final

from msgspec.structs import replace

from engine.asking import take_back
from engine.binding import unbind
from engine.campaigns import grow
from engine.case import StepState, StepStatus
from engine.clocks import begin, cancel, start_waiting, watch
from engine.conflicts import relieve
from engine.draft import Draft
from engine.errors import Refusal
from engine.program import StepPlan
from engine.repetition import end_repetition, plan_repetition, repeat_of, timetable
from engine.rows import each_of
from engine.steps import call_each, conclude, done_already, forget_round, open_step, wait
from models.language.steps import Approve, Call, Wait

MOST_MOVES: Final = 40
"""How often a step may move in one decision before the procedure is taken to go round in circles."""


class Unsettled(Refusal):
    """Conditions of the procedure switch each other on and off; `duly prove` finds such files."""


def settle(draft: Draft) -> None:
    """Carry a change through the case until nothing more follows from it."""
    program, moves = draft.program, MOST_MOVES * len(draft.steps)
    while draft.queue or draft.touched or draft.starting or draft.changed:
        unbind(draft)
        while draft.queue:
            moves -= 1
            if moves < 0:
                raise Unsettled(f"the conditions of {program.procedure.procedure} never settle", "Run `duly prove`")
            advance(draft, draft.queue.popleft())
        touched, draft.touched = draft.touched, set()
        if program.conflict_roots and not touched.isdisjoint(program.conflict_roots):
            relieve(draft)
        if program.watching:
            for name in sorted(touched & program.watching.keys()):
                for rule in program.watching[name]:
                    watch(draft, rule)
        if not draft.queue:
            start_waiting(draft)
        if draft.closed_at is not None:
            return


def advance(draft: Draft, name: str) -> None:
    """Move one step on as far as conditions allow."""
    plan, state = draft.program.plans[name], draft.steps[name]
    if draft.closed_at is not None:
        return
    match state.status:
        case StepStatus.WAITING | StepStatus.SKIPPED:
            if not plan.on_request and ready(draft, plan):
                _begin(draft, plan, state)
        case StepStatus.HELD:
            if not _needed(draft, plan):
                _skip(draft, name, state)
            elif _gates_open(draft, plan):
                open_step(draft, plan)
        case StepStatus.OPEN:
            _keep_open(draft, plan, state)
        case StepStatus.DONE:
            _repeat_or_stop(draft, plan, state)
        case StepStatus.CANCELLED:
            pass


def _begin(draft: Draft, plan: StepPlan, state: StepState) -> None:
    name = plan.step.id
    if not _needed(draft, plan):
        if state.status is StepStatus.WAITING:
            _skip(draft, name, state)
        return
    revived = state.status is StepStatus.SKIPPED
    repeat = timetable(plan.step)
    if repeat is None:
        open_unless_held(draft, plan)
    elif f"repeat:{name}" not in draft.alarms:
        # What is done by a timetable is first done when its first time comes: every four hours is not at once.
        draft.move(name, replace(state, status=StepStatus.WAITING), draft.at)
        plan_repetition(draft, name, repeat)
    if revived:
        for rule in draft.program.of_step.get(name, ()):
            begin(draft, rule)


def open_unless_held(draft: Draft, plan: StepPlan) -> None:
    """Open a step, or hold it where a gate is closed."""
    if _gates_open(draft, plan):
        open_step(draft, plan)
    else:
        state = replace(draft.steps[plan.step.id], status=StepStatus.HELD, slots={})
        draft.move(plan.step.id, state, draft.at, why_held(draft, plan))


def _repeat_or_stop(draft: Draft, plan: StepPlan, state: StepState) -> None:
    """A repeated step opens again as soon as it is done, or when its timetable says, until its condition holds."""
    repeat, name = repeat_of(plan.step), plan.step.id
    if repeat is None:
        return
    if not _needed(draft, plan):
        end_repetition(draft, name)
    elif repeat.every is None and repeat.on is None:
        open_unless_held(draft, plan)
    elif state.owed:
        draft.steps[name] = replace(state, owed=state.owed - 1)
        open_unless_held(draft, plan)
    else:
        plan_repetition(draft, name, repeat)


def _keep_open(draft: Draft, plan: StepPlan, state: StepState) -> None:
    name = plan.step.id
    if not _needed(draft, plan):
        take_back(draft, name, "no longer needed", tell=isinstance(plan.step, Approve))
        _skip(draft, name, state)
    elif done_already(draft, plan):
        return
    elif plan.gates and not _gates_open(draft, plan):
        take_back(draft, name, why_held(draft, plan), tell=True)
        draft.alarms.pop(f"wait:{name}", None)
        draft.move(name, replace(state, status=StepStatus.HELD), draft.at, why_held(draft, plan))
    elif isinstance(plan.step, Wait) and plan.step.until:
        wait(draft, name, plan.step)
    else:
        _follow(draft, plan)


def _follow(draft: Draft, plan: StepPlan) -> None:
    """A step for each row of another takes in what has come up there, and ends after it."""
    each, name = each_of(draft, plan.step.id), plan.step.id
    if each is None or each.of is None:
        return
    ended = grow(draft, plan)
    if isinstance(plan.step, Call):
        call_each(draft, plan)
    elif ended:
        conclude(draft, name)


def ready(draft: Draft, plan: StepPlan) -> bool:
    """Whether all that a step waits for has been done or is not needed."""
    steps, wants_any = draft.steps, plan.step.wait_for == "any"
    for name in plan.after:
        status = steps[name].status
        if wants_any:
            if status is StepStatus.DONE:
                return True
        elif status is not StepStatus.DONE and (
            status is not StepStatus.SKIPPED or draft.program.plans[name].on_request
        ):
            return False
    return not wants_any or not plan.after


def _gates_open(draft: Draft, plan: StepPlan) -> bool:
    return not plan.gates or all(
        gate.gate.id in draft.overridden or draft.holds_true(gate.until) for gate in plan.gates
    )


def why_held(draft: Draft, plan: StepPlan) -> str:
    """What the closed gates of a step say; empty when all are open."""
    closed = (
        gate.gate for gate in plan.gates if gate.gate.id not in draft.overridden and not draft.holds_true(gate.until)
    )
    return "; ".join(str(gate.says) for gate in closed)


def _needed(draft: Draft, plan: StepPlan) -> bool:
    """Whether the step's condition holds and, for a repeated step, the end of the repetition has not come."""
    return draft.holds_true(plan.when) and not (plan.repeat_until and draft.holds_true(plan.repeat_until))


def _skip(draft: Draft, name: str, state: StepState) -> None:
    end_repetition(draft, name)
    forget_round(draft, name)
    for rule in draft.program.of_step.get(name, ()):
        cancel(draft, rule, "the step is not needed")
    # A repeated step that was done at least once has been done; any other was not needed.
    repeated = draft.program.plans[name].repeat_until is not None
    status = StepStatus.DONE if repeated and state.times else StepStatus.SKIPPED
    draft.move(name, replace(state, status=status, slot=None, owed=0), draft.at)
