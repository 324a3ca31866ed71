"""Slices: the parts of a procedure that can be explored one by one, because nothing outside influences them.

A procedure in which staff may at any time report a threat, announce a lawsuit or promise a
refund has millions of states, most of which differ in things that have nothing to do with
one another. A slice is a set of steps together with all they depend on. What happens in a
slice is the same whatever the other steps do, so exploring every slice shows every course
that any step can take.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.program import Program, Rule
from engine.proving.influence import Influence
from engine.sampling.naming import Found, expressions_of, fields_of
from models.expressions import Moment, Span
from models.expressions.tree import Read, walk
from models.language.steps import Approve, End


@dataclass(frozen=True)
class Slice:
    """One part of a procedure: the steps that are carried out, and what their course depends on."""

    steps: tuple[str, ...]
    """Steps somebody acts on, in the order of the file; the others only happen."""
    deciding: frozenset[str]
    """Form fields, columns and answers (`STEP.FIELD`) whose values decide something."""
    deadlines: tuple[str, ...]
    """Deadlines whose state decides something: time has to pass."""
    conditions: tuple[Found, ...]
    """What decides the course of the steps, requirements apart."""
    target: str = ""
    """The step whose course is explored; empty where it is how the case ends."""

    @property
    def ends(self) -> bool:
        """Whether this is the part in which the case ends."""
        return not self.target

    def reads_time(self) -> Iterator[Found]:
        """Conditions that compare times, so that their truth says more than the values."""
        for found in self.conditions:
            nodes = walk(found.expression.tree)
            if any(isinstance(node, Read) and node.type in (Moment, Span) for node in nodes):
                yield found


def slices_of(program: Program, influence: Influence) -> list[Slice]:
    """The slice of all ends first, then one for each step that is in none before it, the last steps first."""
    ending = [name for name, plan in program.plans.items() if _ends(plan.step)]
    found = [slice_of(program, influence, ending)]
    covered = set(found[0].steps)
    for name in reversed(list(program.plans)):
        if name not in covered:
            found.append(slice_of(program, influence, [name], name))
            covered.update(found[-1].steps)
    return found


def _ends(step: object) -> bool:
    return isinstance(step, End) or (isinstance(step, Approve) and _closes(step))


def _closes(step: Approve) -> bool:
    return step.rejected == "stop" or step.rejected.startswith("end ")


def slice_of(program: Program, influence: Influence, targets: Iterable[str], target: str = "") -> Slice:
    """The part of a procedure that some steps depend on."""
    cone = influence.cone(targets)
    steps = tuple(name for name in program.plans if name in cone)
    deadlines = tuple(name for name in program.rules if f"deadline.{name}" in cone)
    found = tuple(one for one in expressions_of(program) if _decides(program, one, cone))
    return Slice(steps, frozenset(_deciding(program, found, steps, deadlines)), deadlines, found, target)


def _decides(program: Program, found: Found, cone: frozenset[str]) -> bool:
    """Whether the outcome of an expression matters in a slice."""
    plan = program.plans.get(found.owner)
    if plan is None:
        # Replacements only move the due time; a clock that runs may be missed whenever that is.
        rule = program.rules[found.owner.removeprefix("deadline.")]
        return found.expression is rule.cancelled and (found.owner in cone or rule.until_step in cone)
    if found.owner not in cone:
        return False
    if found.purpose == "value":
        return any(one is found.expression and fact in cone for fact, one in (plan.sets or {}).items())
    return found.purpose == "condition"


def _deciding(
    program: Program, conditions: Iterable[Found], steps: Iterable[str], deadlines: Iterable[str]
) -> Iterator[str]:
    """Fields in the conditions of a slice, and tables whose rows are carried out."""
    form = program.procedure.form
    for found in conditions:
        for name in found.names:
            head, _, field = name.partition(".")
            if name in form or (head in program.plans and field in fields_of(program.plans[head].step)):
                yield name
            elif "[]." in name:
                yield from (name, name.partition("[]")[0])
    for name in steps:
        each = getattr(program.plans[name].step, "each", None)
        if each is not None and each.rows:
            yield each.rows
    yield from (field for field, _ in timing(program, steps, deadlines))


def timing(program: Program, steps: Iterable[str], deadlines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Fields without which a clock would not run, or until another time, that decides something or watches a step.

    Each comes with the step or deadline for which it matters. They may be left empty.
    """
    for step in steps:
        for watching in (step, *program.downstream[step]):
            for rule in program.of_step.get(watching, ()):
                if program.ladder(rule.ladder).rungs:
                    yield from ((name, step) for name in _time_fields(program, rule))
    for one in deadlines:
        yield from ((name, f"deadline.{one}") for name in _time_fields(program, program.rules[one]))


def _time_fields(program: Program, rule: Rule) -> Iterator[str]:
    named = (rule.source.at or "", rule.source.override or "", *rule.starts)
    return (name for name in named if name in program.procedure.form)
