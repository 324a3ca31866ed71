"""Naming: the full name of what an expression reads, wherever it stands.

Inside a step its own fields have short names, and the row that is being carried out is
called `item`. In full: `STEP.FIELD`, and `TABLE[].COLUMN` for the column of a table.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.program import Program
from models.expressions import Expression
from models.language.steps import Step


@dataclass(frozen=True, slots=True)
class Found:
    """An expression of a program, and the step (or `deadline.NAME`) that looks at it."""

    owner: str
    expression: Expression
    purpose: str
    """`condition`, `requirement`, `value` (what a step sets) or `input` (what it hands on)."""
    names: frozenset[str]
    """Everything it reads, by full names."""


def expressions_of(program: Program) -> Iterator[Found]:
    """Every expression that the engine evaluates; a gate's once for each step it holds."""
    for name, plan in program.plans.items():
        own = (plan.when, plan.during, plan.each_when, plan.repeat_until, plan.already)
        yield from (_found(program, name, one, "condition") for one in own if one is not None)
        yield from (_found(program, name, gate.until, "condition") for gate in plan.gates)
        yield from (_found(program, name, one, "requirement") for one in plan.require)
        yield from (_found(program, name, one, "value") for one in (plan.sets or {}).values())
        yield from (_found(program, name, one, "input") for one in (plan.inputs or {}).values())
    for name, rule in program.rules.items():
        found = (*rule.replaced, *((rule.cancelled,) if rule.cancelled else ()))
        yield from (_found(program, f"deadline.{name}", one, "condition") for one in found)


def full_name(program: Program, owner: str, path: str) -> str:
    """The full name of a path that an expression of `owner` reads."""
    plan = program.plans.get(owner)
    if plan is not None and path in fields_of(plan.step):
        return f"{owner}.{path}"
    head, dot, rest = path.partition(".")
    if plan is not None and head == "item":
        return column_name(program, owner, rest)
    if dot and rest.startswith("rows[]."):
        return column_name(program, head, rest.removeprefix("rows[]."))
    return path


def column_name(program: Program, step: str, column: str) -> str:
    """The full name of a column of the rows that a step carries out: an answer, or a column of the table."""
    plan = program.plans[step]
    each = getattr(plan.step, "each", None)
    if column in fields_of(plan.step) or each is None or not each.rows:
        return f"{step}.{column}"
    return f"{each.rows}[].{column}"


def fields_of(step: Step) -> frozenset[str]:
    """Names of the answers that a step takes."""
    return frozenset(getattr(step, "fields", None) or getattr(step, "outputs", None) or ())


def _found(program: Program, owner: str, expression: Expression, purpose: str) -> Found:
    names = frozenset(full_name(program, owner, path) for path in expression.names)
    return Found(owner, expression, purpose, names)
