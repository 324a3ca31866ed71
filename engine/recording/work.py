"""Work: what machines and called procedures report, and the person who takes over when a machine fails."""

from msgspec.structs import replace

from engine.answers import check_answers
from engine.asking import assign
from engine.case import StepStatus
from engine.draft import Draft
from engine.errors import NotOpen, OutdatedFacts
from engine.events import SYSTEM, ChildClosed, ChildOpened, Done, Finished
from engine.recording.asked import require_asked
from engine.steps import complete
from models.language.steps import Call, Machine


def finished(draft: Draft, event: Finished) -> None:
    """A machine has finished, or failed for good: then people take over."""
    step, state = draft.plan(event.step).step, draft.steps[event.step]
    if not isinstance(step, Machine) or state.status is not StepStatus.OPEN:
        raise NotOpen(f"no machine is at work on `{event.step}`", f"The step is {state.status.value}")
    if event.round is not None and event.round != state.round:
        raise OutdatedFacts(
            f"“{step.name}” has begun again since (round {state.round}, not {event.round})", "Report on the newest run"
        )
    if not event.ok:
        draft.steps[event.step] = replace(state, outcome="failed", reason=event.error[:2000])
        draft.touch(event.step)
        for person in draft.find(step.otherwise, draft.search(event.step)):
            assign(draft, event.step, person)
        return
    values = check_answers(step.outputs, event.values, draft.company, draft.now)
    draft.steps[event.step] = replace(state, values={**state.values, **values})
    complete(draft, event.step, SYSTEM, draft.at, "ok")


def take_over(draft: Draft, step: Machine, event: Done) -> None:
    """A person does by hand what the machine could not."""
    require_asked(draft, step.id, event.by, None)
    state = draft.steps[step.id]
    values = check_answers(step.outputs, event.values, draft.company, draft.now)
    draft.steps[step.id] = replace(state, values={**state.values, **values})
    complete(draft, step.id, event.by, draft.at, "by hand")


def child_opened(draft: Draft, event: ChildOpened) -> None:
    """The called procedure has a case number."""
    _require_call(draft, event.step)
    draft.steps[event.step] = replace(draft.steps[event.step], child=event.child)


def child_closed(draft: Draft, event: ChildClosed) -> None:
    """The called case has ended; a step that waited for it is done."""
    step, state = _require_call(draft, event.step), draft.steps[event.step]
    if event.child is not None and state.child not in (None, event.child) and step.each is None:
        raise OutdatedFacts(f"“{step.name}” has started {state.child} since", "Nothing is left to do here")
    draft.steps[event.step] = replace(state, outcome=event.outcome)
    draft.touch(event.step)
    if step.waits and state.status is StepStatus.OPEN:
        complete(draft, event.step, SYSTEM, draft.at, event.outcome)


def _require_call(draft: Draft, name: str) -> Call:
    """The step, if it calls a procedure and has done so: a report from outside decides nothing else."""
    step, state = draft.plan(name).step, draft.steps[name]
    if not isinstance(step, Call) or state.status not in (StepStatus.OPEN, StepStatus.HELD, StepStatus.DONE):
        raise NotOpen(f"“{step.name}” has started no other case", f"It is {state.status.value}")
    return step
