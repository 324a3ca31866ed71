"""Independence: steps that can just as well be done at once, because it makes no difference to anything else when.

Four people who each apologise, confirm and file a paper can do so in 24 orders, and all lead to
the same. A step is plain if nothing that happens meanwhile can change or be changed by it; where
one is open, it is enough to follow what it leads to (a persistent set in the sense of
Godefroid, Partial-Order Methods, 1996).
"""

from collections.abc import Iterator

from engine.program import Program, StepPlan
from engine.proving.influence import Influence
from engine.proving.slices import Slice
from engine.sampling.naming import Found
from models.expressions import Expression
from models.expressions.tree import Logic, Node, Read, children
from models.language.steps import Task


def plain_steps(program: Program, influence: Influence, part: Slice) -> tuple[str, ...]:
    """The plain steps of a slice, in the order of the file."""
    return tuple(name for name in part.steps if _Candidate(program, influence, part, name).is_plain())


class _Candidate:
    def __init__(self, program: Program, influence: Influence, part: Slice, name: str) -> None:
        self.program = program
        self.influence = influence
        self.slice = part
        self.name = name
        self.plan = program.plans[name]
        self.before = influence.always_before(name)

    def is_plain(self) -> bool:
        """Whether it makes no difference when the step is done."""
        return (
            self._is_simple()
            and self._outlives_an_end()
            and all(map(self._is_steady, self._own_conditions()))
            and not any(self._minds(found) for found in self.slice.conditions if found.owner != self.name)
            and not any(self._is_timed(name) for name in self.slice.deadlines)
        )

    def _is_simple(self) -> bool:
        """A task that opens by itself, is done once, and changes no facts of the case that matter."""
        step, plan = self.plan.step, self.plan
        if not isinstance(step, Task) or plan.on_request or step.repeat or step.back_to or plan.already:
            return False
        written = {*step.asks, *step.sets}
        own_clocks = self.program.of_step.get(self.name, ())
        return (
            not written & self.slice.deciding and not step.owner and all(rule.cancelled is None for rule in own_clocks)
        )

    def _outlives_an_end(self) -> bool:
        """Whether it is all the same, once the case has ended, if the step was done before: it is begun again."""
        reopening = self.program.procedure.reopens
        return reopening is None or self.name in (reopening.at, *self.program.downstream[reopening.at])

    def _own_conditions(self) -> Iterator[Expression]:
        plan: StepPlan = self.plan
        yield from (one for one in (plan.when, plan.during, plan.each_when) if one is not None)
        yield from (gate.until for gate in plan.gates)
        yield from plan.require

    def _is_steady(self, condition: Expression) -> bool:
        """Whether a condition of the step can only change if the step is begun again."""
        return all(self._is_settled(name) for name in self.influence.names(condition))

    def _is_settled(self, name: str) -> bool:
        if name in self.program.plans:
            return name in self.before or name == self.name
        field = self.program.procedure.form.get(name)
        writers = self.influence.writers.get(name, ())
        return (
            field is not None and not field.editable and all(one in self.before or one == self.name for one in writers)
        )

    def _minds(self, found: Found) -> bool:
        """Whether it could matter to a condition when the step is done."""
        own = [path for path in found.names if path.partition(".")[0] == self.name]
        if not own or self._comes_after(found.owner):
            return False
        yes = own == [f"{self.name}.done"] and _only_yes(found.expression.tree, own[0])
        return not (yes and self._only_waits(found))

    def _comes_after(self, owner: str) -> bool:
        return owner in self.program.plans and self.name in self.influence.always_before(owner)

    def _only_waits(self, found: Found) -> bool:
        """Whether the condition can do no more than let its step begin."""
        plan = self.program.plans.get(found.owner)
        return plan is not None and (
            found.expression in (plan.when, plan.during) or any(found.expression is gate.until for gate in plan.gates)
        )

    def _is_timed(self, deadline: str) -> bool:
        rule = self.program.rules[deadline]
        events = (*rule.starts, rule.until, *(rule.extensions or {}))
        return any(event.partition(".")[0] == self.name for event in events)


def _only_yes(node: Node, path: str) -> bool:
    """Whether a name occurs only where its becoming true can make the whole true, never false."""
    if isinstance(node, Read):
        return True
    if isinstance(node, Logic):
        return all(_only_yes(part, path) for part in node.parts)
    return not _mentions(node, path)


def _mentions(node: Node, path: str) -> bool:
    return (isinstance(node, Read) and node.path == path) or any(_mentions(child, path) for child in children(node))
