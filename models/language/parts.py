"""Parts: what a procedure is made of, each with where it stands in the file: deadlines, people, fields."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from models.language.deadlines import StepDeadline
from models.language.fields import Column, DepartmentField, FormField, PersonField, TableField
from models.language.procedure import Procedure
from models.language.scope import Loc, followed, step_deadline_ids
from models.language.steps import CAMPAIGN_STEPS, PEOPLE_STEPS, TIMED_STEPS, Machine, Step
from models.language.who import Who

ITEM = "item"
"""How the row or person is called that a step of a campaign is being done for."""


@dataclass(frozen=True, slots=True)
class Timed:
    """A deadline, where it is written, and at which step; None for one that stands on its own."""

    loc: Loc
    id: str
    deadline: StepDeadline
    step: Step | None
    is_short: bool = False
    """Whether it is the step's `within:`, whose clause is the step's."""

    def at(self, *keys: str | int) -> Loc:
        """Where a key of the deadline stands."""
        return self.loc if self.is_short else (*self.loc, *keys)


@dataclass(frozen=True, slots=True)
class Named:
    """A way in which a procedure names people, and the step it is written at."""

    loc: Loc
    who: Who
    step: Step | None = None


def deadlines_of(procedure: Procedure) -> Iterator[Timed]:
    """All deadlines, in the order of the file; those of the steps first."""
    for index, step in enumerate(procedure.steps):
        if isinstance(step, TIMED_STEPS):
            short = 1 if step.within else 0
            for number, (name, deadline) in enumerate(zip(step_deadline_ids(step), step.deadlines, strict=True)):
                if number < short:
                    yield Timed(("steps", index, "within"), name, deadline, step, is_short=True)
                else:
                    yield Timed(("steps", index, "deadline", number - short), name, deadline, step)
    for index, own in enumerate(procedure.deadlines):
        yield Timed(("deadlines", index), own.id, own, None)


def people_of(procedure: Procedure) -> Iterator[Named]:
    """Every place where the procedure names people, those left out with `except` included."""
    yield from named(("owner",), procedure.owner)
    for index, start in enumerate(procedure.starts):
        yield from named(("starts", index, "who"), start.who)
    for index, step in enumerate(procedure.steps):
        yield from _of_step(("steps", index), step)
    for timed in deadlines_of(procedure):
        yield from named(timed.at("remind"), timed.deadline.remind, timed.step)
    for index, gate in enumerate(procedure.gates):
        yield from named(("gates", index, "override"), gate.override)
    if procedure.reopens:
        yield from named(("reopens", "owner"), procedure.reopens.owner)


def _of_step(loc: Loc, step: Step) -> Iterator[Named]:
    for key in ("who", "chair", "tells", "owner", "otherwise", "responsible"):
        yield from named((*loc, key), getattr(step, key, ()), step)
    if isinstance(step, PEOPLE_STEPS):
        if step.each:
            yield from named((*loc, "each", "people"), step.each.people, step)
        for index, proof in enumerate(step.evidence):
            yield from named((*loc, "evidence", index, "custodian"), proof.custodian, step)


def named(loc: Loc, people: Iterable[Who], step: Step | None = None) -> Iterator[Named]:
    """Some people with where they stand, each followed by those it leaves out."""
    for index, who in enumerate(people):
        yield Named((*loc, index), who, step)
        if who.excluding:
            yield from named((*loc, index, "except"), who.excluding, step)


def fields_of(procedure: Procedure) -> dict[str, FormField]:
    """Every field by the name it has in conditions: `department`, and `handle.solution` for a step's."""
    found: dict[str, FormField] = dict(procedure.form)
    for step in procedure.steps:
        found |= {f"{step.id}.{name}": field for name, field in answers_of(step).items()}
    return found


def answers_of(step: Step) -> Mapping[str, FormField]:
    """The fields that a step fills in."""
    if isinstance(step, PEOPLE_STEPS):
        return step.fields
    return step.outputs if isinstance(step, Machine) else {}


def row_of(step: Step | None, procedure: Procedure) -> dict[str, Column]:
    """The columns of the row or person that a step is done for, as `item.column`; empty if it is done once."""
    each = step.each if isinstance(step, CAMPAIGN_STEPS) else None
    if step is None or each is None:
        return {}
    if each.people:
        return {f"{ITEM}.person": PersonField(type="person"), f"{ITEM}.department": DepartmentField(type="department")}
    table = procedure.form.get(each.rows) if each.rows else None
    if isinstance(table, TableField):
        return {f"{ITEM}.{name}": column for name, column in table.columns.items()}
    source = followed(step, procedure)
    answers = answers_of(source) if source else {}
    own = {f"{ITEM}.{name}": field for name, field in answers.items() if not isinstance(field, TableField)}
    return row_of(source, procedure) | own


def written_fields(procedure: Procedure) -> Iterator[tuple[Loc, FormField]]:
    """Every field where it is written, columns of tables included."""
    yield from _written(("form",), procedure.form)
    for index, step in enumerate(procedure.steps):
        key = "outputs" if isinstance(step, Machine) else "fields"
        yield from _written(("steps", index, key), answers_of(step))


def _written(loc: Loc, fields: Mapping[str, FormField]) -> Iterator[tuple[Loc, FormField]]:
    for name, field in fields.items():
        yield (*loc, name), field
        if isinstance(field, TableField):
            yield from _written((*loc, name, "columns"), field.columns)


def clauses_of(procedure: Procedure) -> Iterator[tuple[Loc, str]]:
    """Every clause that a part of the procedure says it carries out, the list at its top left out."""
    for index, step in enumerate(procedure.steps):
        yield from _clause(("steps", index), step)
        for number, requirement in enumerate(getattr(step, "require", ())):
            yield from _clause(("steps", index, "require", number), requirement)
    for timed in deadlines_of(procedure):
        if not timed.is_short:
            yield from _clause(timed.loc, timed.deadline)
            for number, replacement in enumerate(timed.deadline.replaced):
                yield from _clause((*timed.loc, "replaced", number), replacement)
    for index, gate in enumerate(procedure.gates):
        yield from _clause(("gates", index), gate)


def _clause(loc: Loc, part: object) -> Iterator[tuple[Loc, str]]:
    clause = getattr(part, "clause", None)
    if clause:
        yield (*loc, "clause"), clause
