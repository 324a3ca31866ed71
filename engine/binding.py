"""Binding: an answer is given for what was shown; when that changes, the answer is void (S-28, S-31)."""

from msgspec.structs import replace

from engine.asking import ask, shown, take_back
from engine.case import StepStatus
from engine.draft import Draft
from engine.steps import reset
from models.language.steps import Approve, Machine


def unbind(draft: Draft) -> None:
    """Take back what rests on facts that this event has changed."""
    while draft.changed:
        field, changed_by = draft.changed.popleft()
        for name in draft.program.binding.get(field, ()):
            if name != changed_by:
                _void(draft, name)


def _void(draft: Draft, name: str) -> None:
    """Answers given count no longer, links are dead, machines begin again."""
    step, state = draft.plan(name).step, draft.steps[name]
    going = state.status is StepStatus.OPEN
    if state.status is StepStatus.DONE or (going and (isinstance(step, Machine) or state.slots)):
        reset(draft, name)
    elif isinstance(step, Approve) and going:
        take_back(draft, name, "the facts have changed", tell=True)
        draft.steps[name] = replace(state, votes={}, extra=(), digest=shown(draft, step), round=state.round + 1)
        ask(draft, name)
