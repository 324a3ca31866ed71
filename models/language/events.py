"""Events a deadline may start or stop at, by the names that a procedure gives them."""

from models.language.fields import DateTimeField
from models.language.procedure import Procedure
from models.language.steps import Approve, Task

CASE_EVENTS = ("case.opened", "case.reopened", "case.closed")


def events_of(procedure: Procedure) -> list[str]:
    """All event names: `case.opened`, `STEP.opened`, `STEP.done`, `STEP.approved`, datetime fields."""
    found = list(CASE_EVENTS)
    found += [name for name, field in procedure.form.items() if isinstance(field, DateTimeField)]
    for step in procedure.steps:
        found += [f"{step.id}.opened", f"{step.id}.done"]
        if isinstance(step, Approve):
            found += [f"{step.id}.approved", f"{step.id}.rejected", f"{step.id}.returned"]
        if isinstance(step, Task | Approve):
            found += [f"{step.id}.{name}" for name, field in step.fields.items() if isinstance(field, DateTimeField)]
    return found


def step_of(event: str, procedure: Procedure) -> str | None:
    """The step whose event this is, if it is a step's."""
    head = event.partition(".")[0]
    return head if "." in event and any(step.id == head for step in procedure.steps) else None
