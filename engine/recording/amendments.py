"""Amendments: facts are corrected, and what was given for the old facts loses its force."""

from msgspec.structs import replace

from engine.answers import check_answers
from engine.asking import ask, shown, take_back
from engine.case import StepStatus
from engine.clocks import recompute
from engine.draft import Draft
from engine.errors import NotPermitted, UnknownName
from engine.events import SYSTEM, Amended
from engine.steps import reset, set_fact
from models.language.steps import Approve, Machine


def amended(draft: Draft, event: Amended) -> None:
    """Facts are corrected; clocks that run to or from them move, approvals bound to them are void."""
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
    """What answers rest on has changed: those given are void, links are dead, machines begin again (S-28, S-31)."""
    step, state = draft.plan(name).step, draft.steps[name]
    if state.status is StepStatus.DONE or (isinstance(step, Machine) and state.status is StepStatus.OPEN):
        reset(draft, name)
    elif isinstance(step, Approve) and state.status is StepStatus.OPEN:
        take_back(draft, name, "the facts have changed", tell=True)
        draft.steps[name] = replace(state, votes={}, extra=(), digest=shown(draft, step), round=state.round + 1)
        ask(draft, name)
