"""Influence: what the course of each step depends on, so that what cannot matter is left out of a proof.

The names are those of `Program.dependents`: a step, a form field, `deadline.NAME`; and a
step's answer as `STEP.FIELD`.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Final

from engine.program import Program, Rule, StepPlan
from models.expressions import Expression
from models.language.order import back_to
from models.language.steps import PEOPLE_STEPS, Approve, Step, Wait

_CASE_CHANGED_BY: Final[Mapping[str, tuple[str, ...]]] = {"case.owner": ("owner",), "case.holds": ("hold", "release")}
"""What of a case a step can change, by the keys of the step that do."""


class Influence:
    """The dependencies of one program."""

    def __init__(self, program: Program) -> None:
        self.program = program

    def cone(self, targets: Iterable[str]) -> frozenset[str]:
        """Everything that the targets depend on, directly or not, themselves included."""
        found: set[str] = set()
        frontier = list(targets)
        while frontier:
            name = frontier.pop()
            if name not in found:
                found.add(name)
                frontier.extend(self.of.get(name, ()))
        return frozenset(found)

    @cached_property
    def of(self) -> Mapping[str, frozenset[str]]:
        """What each step, fact and deadline depends on directly."""
        found = {name: frozenset(self._step(plan)) for name, plan in self.program.plans.items()}
        found |= {f"deadline.{name}": frozenset(self._deadline(rule)) for name, rule in self.program.rules.items()}
        for fact, writers in self.writers.items():
            found[fact] = frozenset(writers) | frozenset(self._expressions_for(fact))
        return found

    @cached_property
    def writers(self) -> Mapping[str, tuple[str, ...]]:
        """Steps that can change each form field."""
        found: dict[str, list[str]] = {name: [] for name in self.program.procedure.form}
        for name, plan in self.program.plans.items():
            if isinstance(plan.step, PEOPLE_STEPS):
                for fact in dict.fromkeys((*plan.step.asks, *plan.step.sets)):
                    found.setdefault(fact, []).append(name)
        return {fact: tuple(steps) for fact, steps in found.items()}

    @cached_property
    def resetting(self) -> Mapping[str, tuple[str, ...]]:
        """Steps that can send the case back before each step."""
        found: dict[str, list[str]] = {}
        for name, plan in self.program.plans.items():
            for target in back_to(plan.step):
                for one in (target, *self.program.downstream[target]):
                    found.setdefault(one, []).append(name)
        return {name: tuple(steps) for name, steps in found.items()}

    @cached_property
    def repeatable(self) -> frozenset[str]:
        """Steps that may have to be done again, because something sends the case back or reopens it."""
        reopening = self.program.procedure.reopens
        reopened = (reopening.at, *self.program.downstream[reopening.at]) if reopening else ()
        own = [name for name, plan in self.program.plans.items() if plan.on_request or plan.repeat_until is not None]
        after_own = [one for name in own for one in self.program.downstream[name]]
        return frozenset((*self.resetting, *reopened, *own, *after_own))

    def always_before(self, name: str) -> frozenset[str]:
        """Steps that must be over before a step can begin; those behind an `any` may not be."""
        found: set[str] = set()
        frontier = [name]
        while frontier:
            plan = self.program.plans[frontier.pop()]
            needed = plan.after if plan.step.wait_for == "all" or len(plan.after) == 1 else ()
            frontier.extend(one for one in needed if one not in found)
            found.update(needed)
        return frozenset(found)

    def _step(self, plan: StepPlan) -> Iterator[str]:
        step = plan.step
        yield from plan.after
        yield from self.resetting.get(step.id, ())
        for condition in conditions(plan):
            yield from self.names(condition)
        if isinstance(step, Wait) and step.until:
            yield from self.name(step.until)
        if isinstance(step, Approve):
            yield from step.shows
        each = getattr(step, "each", None)
        if each is not None and each.rows:
            yield each.rows
        for rule in self.program.of_step.get(step.id, ()):
            if rule.source.missed == "deem":
                yield f"deadline.{rule.id}"
            if rule.cancelled:
                yield from self.names(rule.cancelled)

    def _deadline(self, rule: Rule) -> Iterator[str]:
        # Replacements and extensions move the due time. A clock that runs may be missed whenever that is.
        for event in (*rule.starts, rule.until):
            yield from self._event(event)
        if rule.cancelled:
            yield from self.names(rule.cancelled)
        for path in (rule.source.at, rule.source.override):
            if path:
                yield from self.name(path)

    def _event(self, event: str) -> Iterator[str]:
        head = event.partition(".")[0]
        if head in self.program.plans or head in self.program.procedure.form:
            yield head

    def _expressions_for(self, fact: str) -> Iterator[str]:
        for plan in self.program.plans.values():
            if plan.sets and fact in plan.sets:
                yield from self.names(plan.sets[fact])

    def names(self, expression: Expression) -> Iterator[str]:
        """What a condition depends on."""
        for path in expression.names:
            yield from self.name(path)

    def name(self, path: str) -> Iterator[str]:
        """What one dotted name of a condition depends on."""
        head, _, rest = path.partition(".")
        if head == "deadline":
            yield f"deadline.{rest.partition('.')[0]}"
        elif head == "case":
            keys = _CASE_CHANGED_BY.get(path, ())
            yield from (name for name, plan in self.program.plans.items() if _changes(plan.step, keys))
        elif head in self.program.plans or head in self.program.procedure.form:
            yield head
            if rest == "missed":
                yield from (f"deadline.{rule.id}" for rule in self.program.of_step.get(head, ()))


def conditions(plan: StepPlan) -> Iterator[Expression]:
    """The conditions that decide what becomes of a step."""
    found = (plan.when, plan.during, plan.each_when, plan.repeat_until, plan.already)
    yield from (one for one in found if one is not None)
    yield from plan.require
    yield from (gate.until for gate in plan.gates)


def _changes(step: Step, keys: Iterable[str]) -> bool:
    return any(getattr(step, key, ()) for key in keys)
