"""Scope: which names the expressions of a procedure may use, and of what type each is."""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from models.expressions import Scope
from models.expressions.types import Bool, Choice, File, ListOf, Moment, Number, Person, Record, Text, Type
from models.language.deadlines import StepDeadline
from models.language.fields import (
    ChoiceField,
    DateTimeField,
    FileField,
    FormField,
    NumberField,
    PersonField,
    TableField,
    YesNoField,
)
from models.language.procedure import Procedure
from models.language.steps import CAMPAIGN_STEPS, Approve, Call, Machine, Step, Task

Loc = tuple[str | int, ...]

CASE: Mapping[str, Type] = {
    "opened_at": Moment,
    "occurred_at": Moment,
    "channel": Text,
    "owner": Person,
    "requester": Person,
    "reopened": Number,
    "sensitivity": Choice(frozenset({"normal", "restricted", "sealed"})),
    "inherited": Bool,
    "holds": ListOf(Text),
}
"""What an expression may ask of `case`."""

DEADLINE: Mapping[str, Type] = {"running": Bool, "missed": Bool, "met": Bool, "due": Moment, "started_at": Moment}
"""What an expression may ask of `deadline.NAME`."""

STEP: Mapping[str, Type] = {
    "done": Bool,
    "open": Bool,
    "skipped": Bool,
    "done_at": Moment,
    "first_done_at": Moment,
    "opened_at": Moment,
    "by": Person,
    "times": Number,
    "missed": Bool,
    "reached": Bool,
}
"""What an expression may ask of any step."""

TOTALS: Mapping[str, Type] = {
    "total": Number,
    "finished": Number,
    "unfinished": Number,
    "refused": Number,
    "exempt": Number,
    "left": Number,
}
"""What an expression may ask of a step that is carried out for each of a roster."""


@dataclass(frozen=True, slots=True)
class Written:
    """An expression of a procedure, where it stands and what it must be."""

    loc: Loc
    text: str
    expect: Type | None
    scope: Scope


def type_of(field: FormField) -> Type:
    """The type that the answers of a field have."""
    match field:
        case ChoiceField():
            return Choice(frozenset(field.options))
        case TableField():
            return ListOf(Record({name: type_of(column) for name, column in field.columns.items()}))
        case _:
            return _SIMPLE.get(type(field), Text)


_SIMPLE: Final[Mapping[type, Type]] = {
    NumberField: Number,
    YesNoField: Bool,
    DateTimeField: Moment,
    PersonField: Person,
    FileField: File,
}
"""Types of the fields whose answers are one plain value; of all others that is text."""


def scope_of(procedure: Procedure, modes: frozenset[str] = frozenset()) -> Scope:
    """Every name that a condition of the procedure may use."""
    names: dict[str, Type] = {name: type_of(field) for name, field in procedure.form.items()}
    names |= {step.id: Record(_attributes(step, procedure)) for step in procedure.steps}
    names["case"] = Record(CASE)
    names["mode"] = Record(dict.fromkeys(modes, Bool))
    names["deadline"] = Record({name: Record(DEADLINE) for name in deadline_ids(procedure)})
    return Scope(names)


def deadline_ids(procedure: Procedure) -> list[str]:
    """Names of all deadlines: a step's first one is called like the step."""
    found = [name for step in procedure.steps for name in step_deadline_ids(step)]
    return [*found, *(deadline.id for deadline in procedure.deadlines)]


def step_deadline_ids(step: Step) -> list[str]:
    """Names of the deadlines written at a step."""
    if not isinstance(step, Task | Approve | Machine | Call):
        return []
    return [
        deadline.id or (step.id if index == 0 else f"{step.id}_{index + 1}")
        for index, deadline in enumerate(step.deadlines)
    ]


def _attributes(step: Step, procedure: Procedure) -> dict[str, Type]:
    found = dict(STEP)
    match step:
        case Task():
            found |= {name: type_of(field) for name, field in step.fields.items()}
        case Approve():
            found |= {"approved": Bool, "rejected": Bool, "outcome": Choice(frozenset({"approved", "rejected", ""}))}
            found |= {"digest": Text} | {name: type_of(field) for name, field in step.fields.items()}
        case Machine():
            found |= {"failed": Bool} | {name: type_of(field) for name, field in step.outputs.items()}
        case Call():
            found["outcome"] = Text
        case _:
            pass
    if isinstance(step, CAMPAIGN_STEPS) and step.each:
        found |= TOTALS
        found["rows"] = ListOf(Record(_row(step, procedure)))
    return found


def _row(step: Task | Approve | Call, procedure: Procedure) -> dict[str, Type]:
    """Columns of what has come of each: what the step was carried out for, its answers, `status` and `outcome`."""
    own = {} if isinstance(step, Call) else {name: type_of(field) for name, field in step.fields.items()}
    return _item(step, procedure) | own | {"status": Text, "outcome": Text}


def _item(step: Task | Approve | Call, procedure: Procedure) -> dict[str, Type]:
    """Columns of what a step is carried out for: a person, a row of a table, or what came of an earlier step."""
    each = step.each
    if each is None or each.people:
        return {"key": Text, "person": Person, "department": Text}
    if each.rows:
        table = procedure.form.get(each.rows)
        columns = table.columns if isinstance(table, TableField) else {}
        return {"key": Text} | {name: type_of(column) for name, column in columns.items()}
    source = followed(step, procedure)
    return _row(source, procedure) if source else {"key": Text}


def followed(step: Step, procedure: Procedure) -> Task | Approve | Call | None:
    """The step for each whose rows a step follows. Only one above counts, so none follows itself by a detour."""
    each = step.each if isinstance(step, CAMPAIGN_STEPS) else None
    above = itertools.takewhile(lambda one: one.id != step.id, procedure.steps)
    found = next((one for one in above if each and one.id == each.of), None)
    return found if isinstance(found, CAMPAIGN_STEPS) and found.each else None


def _with_item(scope: Scope, step: Step, procedure: Procedure) -> Scope:
    if not isinstance(step, CAMPAIGN_STEPS) or not step.each:
        return scope
    return Scope({**scope.names, "item": Record(_item(step, procedure))})


def _inside(scope: Scope, step: Task | Approve, procedure: Procedure) -> Scope:
    own = {name: type_of(field) for name, field in step.fields.items()}
    return _with_item(Scope({**scope.names, **own, "at": Moment, "by": Person}), step, procedure)


def expressions_of(procedure: Procedure, modes: frozenset[str] = frozenset()) -> Iterator[Written]:
    """Every expression of the procedure, in the order of the file."""
    scope = scope_of(procedure, modes)
    for index, step in enumerate(procedure.steps):
        yield from _of_step(("steps", index), step, procedure, scope)
    for index, deadline in enumerate(procedure.deadlines):
        yield from _of_deadline(("deadlines", index), deadline, scope)
    for index, gate in enumerate(procedure.gates):
        yield Written(("gates", index, "until"), gate.until, Bool, scope)


def _of_step(loc: Loc, step: Step, procedure: Procedure, scope: Scope) -> Iterator[Written]:
    if step.when:
        yield Written((*loc, "when"), step.when, Bool, scope)
    if isinstance(step, Task | Approve):
        yield from _of_people_step(loc, step, procedure, scope)
    if isinstance(step, Task | Approve | Machine | Call):
        for index, deadline in enumerate(step.deadline):
            yield from _of_deadline((*loc, "deadline", index), deadline, scope)
    if isinstance(step, Task | Machine) and step.repeat:
        yield Written((*loc, "repeat", "until"), step.repeat.until, Bool, scope)
    item = _with_item(scope, step, procedure)
    if isinstance(step, Machine | Call):
        for name, text in step.inputs.items():
            yield Written((*loc, "inputs", name), text, None, item)
    if isinstance(step, CAMPAIGN_STEPS) and step.each and step.each.when:
        yield Written((*loc, "each", "when"), step.each.when, Bool, item)


def _of_people_step(loc: Loc, step: Task | Approve, procedure: Procedure, scope: Scope) -> Iterator[Written]:
    inside = _inside(scope, step, procedure)
    if step.during:
        yield Written((*loc, "while"), step.during, Bool, scope)
    for index, requirement in enumerate(step.require):
        yield Written((*loc, "require", index, "that"), requirement.that, Bool, inside)
    for name, text in step.sets.items():
        target = procedure.form.get(name)
        yield Written((*loc, "sets", name), text, type_of(target) if target else None, inside)
    if isinstance(step, Task) and step.already:
        yield Written((*loc, "already", "when"), step.already.when, Bool, scope)


def _of_deadline(loc: Loc, deadline: StepDeadline, scope: Scope) -> Iterator[Written]:
    for index, replacement in enumerate(deadline.replaced):
        yield Written((*loc, "replaced", index, "when"), replacement.when, Bool, scope)
    if deadline.cancelled:
        yield Written((*loc, "cancelled"), deadline.cancelled, Bool, scope)
