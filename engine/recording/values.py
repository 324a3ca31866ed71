"""Values: the answers of a step, checked against its fields and requirements and taken over into the case."""

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from engine.answers import check_answers
from engine.draft import Draft
from engine.errors import InvalidAnswer
from engine.facts import set_fact
from engine.program import StepPlan
from engine.rows import items, subject
from models.language.steps import Approve, Task


def record_values(
    draft: Draft, plan: StepPlan, step: Task | Approve, values: Mapping[str, Any], by: str, key: str | None
) -> Mapping[str, Any]:
    """Check the answers of a step against its fields and requirements, then take them over. Gives the step's own."""
    if not (values or step.fields or step.asks or step.require):
        return {}
    form = draft.program.procedure.form
    asked = {name: form[name] for name in step.asks if name in form}
    kept = {name: draft.facts[name] for name in asked if name in draft.facts}
    clean = check_answers({**step.fields, **asked}, {**kept, **values}, draft.company, draft.now)
    own = {name: clean[name] for name in step.fields if name in clean}
    over: dict[str, Any] = {**dict.fromkeys(step.fields), **dict.fromkeys(asked), **clean, "at": draft.at, "by": by}
    over |= {f"{step.id}.{name}": value for name, value in own.items()}
    if step.each and key is not None:
        over |= items(subject(draft, step.id, key))
    for requirement, condition in zip(step.require, plan.require, strict=True):
        if not draft.holds_true(condition, over):
            raise InvalidAnswer(str(requirement.says), f"Needed: {requirement.that}")
    state = draft.steps[step.id]
    draft.steps[step.id] = replace(state, values={**state.values, **own})
    draft.touch(step.id)
    for name in asked:
        set_fact(draft, name, clean.get(name), step.id)
    return own
