"""Program: a procedure ready to run in a company, with every look-up that a decision needs made beforehand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from engine.company import Company
from models.expressions import Expression
from models.language.deadlines import Basis, Extension, StepDeadline
from models.language.durations import Duration
from models.language.ladders import Ladder
from models.language.procedure import Gate, Procedure
from models.language.steps import CAMPAIGN_STEPS, Approve, Machine, Step, Task, Wait
from models.language.who import Who

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class GatePlan:
    """A gate with its condition compiled."""

    gate: Gate
    until: Expression


@dataclass(frozen=True, slots=True)
class Manner:
    """How the people of a step are found."""

    emergency: bool = False
    """Whether the duty person steps in where nobody can be asked."""
    distinct: bool = False
    """Whether each of those named is to be another person, so that two approvals are given by two people."""
    stand_ins: bool = True
    """Whether a deputy acts for the absent; the members of a committee vote themselves or not at all."""
    upwards: bool = True
    """Whether the superior acts for somebody concerned; in a committee such a member does not count."""

    @classmethod
    def of(cls, step: Step) -> "Manner":
        """What the kind and the rule of a step ask for."""
        if isinstance(step, Approve):
            committee = step.rule == "quorum"
            distinct = step.rule in ("all", "sequence")
            return cls(step.emergency, distinct, step.delegable and not committee, not committee)
        return cls(isinstance(step, Task) and step.emergency)


@dataclass(frozen=True, slots=True)
class StepPlan:
    """A step with its conditions compiled and its neighbours known."""

    step: Step
    index: int
    after: tuple[str, ...]
    when: Expression | None = None
    during: Expression | None = None
    require: tuple[Expression, ...] = ()
    sets: Mapping[str, Expression] | None = None
    inputs: Mapping[str, Expression] | None = None
    each_when: Expression | None = None
    repeat_until: Expression | None = None
    already: Expression | None = None
    gates: tuple[GatePlan, ...] = ()
    manner: Manner = Manner()
    judges: tuple[str, ...] = ()
    """Of an approval: the work it decides about, the last before it, and what it ratifies."""
    on_request: bool = False
    """Whether the step opens only when somebody asks for it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A deadline ready to run: from events to an event, with its ladder."""

    id: str
    source: StepDeadline
    starts: tuple[str, ...]
    until: str
    until_step: str | None
    within: Duration | None
    basis: Basis
    ladder: str
    chain: Mapping[str, tuple[Who, ...]]
    in_mode: Mapping[str, Duration]
    replaced: tuple[Expression, ...] = ()
    cancelled: Expression | None = None
    extensions: Mapping[str, Extension] | None = None
    substitutes: bool = False


@dataclass(frozen=True)
class Program:
    """A procedure ready to run in a company. Pure and unchanging."""

    procedure: Procedure
    version: str
    company: Company
    plans: Mapping[str, StepPlan]
    rules: Mapping[str, Rule]
    gates: Mapping[str, GatePlan]

    def ladder(self, name: str) -> Ladder:
        """The ladder of that name."""
        return self.company.ladders.ladders[name]

    @cached_property
    def starting(self) -> Mapping[str, tuple[Rule, ...]]:
        """Deadlines by the event that starts them."""
        return _index((event, rule) for rule in self.rules.values() for event in rule.starts)

    @cached_property
    def stopping(self) -> Mapping[str, tuple[Rule, ...]]:
        """Deadlines by the event that stops them."""
        return _index((rule.until, rule) for rule in self.rules.values())

    @cached_property
    def extending(self) -> Mapping[str, tuple[Rule, ...]]:
        """Deadlines by the event that extends them."""
        return _index((event, rule) for rule in self.rules.values() for event in rule.extensions or ())

    @cached_property
    def of_step(self) -> Mapping[str, tuple[Rule, ...]]:
        """Deadlines by the step they wait for."""
        return _index((rule.until_step, rule) for rule in self.rules.values() if rule.until_step)

    @cached_property
    def timed_by_field(self) -> Mapping[str, tuple[Rule, ...]]:
        """Deadlines by the form field whose time moves them."""
        pairs = (
            (name, rule) for rule in self.rules.values() for name in (rule.source.at, rule.source.override) if name
        )
        return _index(pairs)

    @cached_property
    def watching(self) -> Mapping[str, tuple[Rule, ...]]:
        """Deadlines by the name whose change may replace or cancel them."""
        return _index(
            (root, rule)
            for rule in self.rules.values()
            for expression in (*rule.replaced, *((rule.cancelled,) if rule.cancelled else ()))
            for root in roots(expression)
        )

    @cached_property
    def dependents(self) -> Mapping[str, tuple[str, ...]]:
        """Steps to look at again when a step, field, deadline, case fact or mode has changed."""
        pairs: list[tuple[str, str]] = []
        for name, plan in self.plans.items():
            pairs += [(other, name) for other in plan.after]
            conditions = [plan.when, plan.repeat_until, plan.already, *(gate.until for gate in plan.gates)]
            pairs += [(root, name) for one in conditions if one for root in roots(one)]
            if isinstance(plan.step, Wait) and plan.step.until:
                pairs.append((_root(plan.step.until), name))
            if isinstance(plan.step, CAMPAIGN_STEPS) and plan.step.each and plan.step.each.of:
                pairs.append((plan.step.each.of, name))
        return _index(dict.fromkeys(pairs))

    @cached_property
    def downstream(self) -> Mapping[str, tuple[str, ...]]:
        """For each step all that come after it, directly or not, in the order of the file."""
        following: dict[str, set[str]] = {name: set() for name in self.plans}
        for name, plan in self.plans.items():
            for other in plan.after:
                following.setdefault(other, set()).add(name)
        return {name: tuple(one for one in self.plans if one in _reach(name, following)) for name in self.plans}

    @cached_property
    def binding(self) -> Mapping[str, tuple[str, ...]]:
        """Approvals and machine work by the field they are bound to."""
        return _index(
            (field, name)
            for name, plan in self.plans.items()
            if isinstance(plan.step, (Approve, Machine))
            for field in plan.step.shows
        )

    @cached_property
    def conflict_roots(self) -> frozenset[str]:
        """Fields and steps whose change can give somebody a conflict of interest."""
        return frozenset(name.partition(".")[0] for name in self.procedure.conflicts)

    @cached_property
    def mentions_mode(self) -> bool:
        """Whether any condition looks at a mode, so that a case must wake when one changes."""
        return "mode" in self.dependents or "mode" in self.watching


def roots(expression: Expression) -> set[str]:
    """The names whose change can change the expression: steps, fields, `deadline.x`, `case`, `mode`."""
    return {_root(name) for name in expression.names}


def _root(name: str) -> str:
    head, _, rest = name.partition(".")
    return f"deadline.{rest.partition('.')[0]}" if head == "deadline" else head


def _reach(name: str, following: Mapping[str, Iterable[str]]) -> set[str]:
    found: set[str] = set()
    frontier = list(following.get(name, ()))
    while frontier:
        one = frontier.pop()
        if one not in found:
            found.add(one)
            frontier.extend(following.get(one, ()))
    return found


def _index(pairs: Iterable[tuple[K, V]]) -> Mapping[K, tuple[V, ...]]:
    found: dict[K, list[V]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}
