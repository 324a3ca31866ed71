"""Program: a procedure compiled for a company, with every look-up that a decision needs made beforehand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from engine.company import Company
from models.expressions import Expression, ExpressionError, parse
from models.language.deadlines import Basis, Deadline, Extension, StepDeadline
from models.language.durations import Duration, Unit
from models.language.events import step_of
from models.language.ladders import Ladder
from models.language.procedure import Gate, Procedure
from models.language.scope import Loc, expressions_of, step_deadline_ids
from models.language.steps import PEOPLE_STEPS, TIMED_STEPS, Approve, Call, Machine, Step, Task
from models.language.who import Who

DAYS = frozenset({Unit.WORKING_DAYS, Unit.CALENDAR_DAYS})

K = TypeVar("K")
V = TypeVar("V")


class ProgramError(ValueError):
    """A procedure that cannot be compiled; `duly check` shows all that is wrong with it and where."""


@dataclass(frozen=True, slots=True)
class GatePlan:
    """A gate with its condition compiled."""

    gate: Gate
    until: Expression


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

    def within(self, company: Company) -> "Program":
        """The same version of the procedure in a changed company."""
        return compile_procedure(self.procedure, company, self.version)

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
        """Approvals by the field they are bound to."""
        return _index(
            (field, name)
            for name, plan in self.plans.items()
            if isinstance(plan.step, Approve)
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


def compile_procedure(procedure: Procedure, company: Company, version: str = "") -> Program:
    """Make a procedure ready to run. Raises `ProgramError` where `duly check` would find errors."""
    written: dict[Loc, Expression] = {}
    for one in expressions_of(procedure, frozenset(company.modes.modes)):
        try:
            written[one.loc] = parse(one.text, one.scope, one.expect)
        except ExpressionError as error:
            raise ProgramError(f"{procedure.procedure}: {'.'.join(map(str, one.loc))}: {error}") from error
    gates = {gate.id: GatePlan(gate, written[("gates", n, "until")]) for n, gate in enumerate(procedure.gates)}
    plans = {step.id: _plan(n, step, procedure, written, gates) for n, step in enumerate(procedure.steps)}
    rules: dict[str, Rule] = {}
    for index, step in enumerate(procedure.steps):
        if isinstance(step, TIMED_STEPS):
            short = 1 if step.within else 0
            for number, (name, deadline) in enumerate(zip(step_deadline_ids(step), step.deadlines, strict=True)):
                loc: Loc = ("steps", index, "deadline", number - short)
                rules[name] = _rule(name, deadline, step, loc, procedure, company, written)
    for index, deadline in enumerate(procedure.deadlines):
        rules[deadline.id] = _rule(deadline.id, deadline, None, ("deadlines", index), procedure, company, written)
    return Program(procedure, version, company, plans, rules, gates)


def _plan(
    index: int, step: Step, procedure: Procedure, written: Mapping[Loc, Expression], gates: Mapping[str, GatePlan]
) -> StepPlan:
    loc: Loc = ("steps", index)
    plan = StepPlan(
        step,
        index,
        _after(index, procedure),
        when=written.get((*loc, "when")),
        during=written.get((*loc, "while")),
        each_when=written.get((*loc, "each", "when")),
        repeat_until=written.get((*loc, "repeat", "until")),
        already=written.get((*loc, "already", "when")),
        gates=tuple(gate for gate in gates.values() if step.id in gate.gate.holds),
    )
    if isinstance(step, PEOPLE_STEPS):
        require = tuple(written[(*loc, "require", n, "that")] for n in range(len(step.require)))
        on_request = step.start == "on_request"
        return replace(
            plan,
            require=require,
            on_request=on_request,
            sets={name: written[(*loc, "sets", name)] for name in step.sets},
        )
    if isinstance(step, (Machine, Call)):
        return replace(plan, inputs={name: written[(*loc, "inputs", name)] for name in step.inputs})
    return plan


def _after(index: int, procedure: Procedure) -> tuple[str, ...]:
    step = procedure.steps[index]
    if step.after is not None:
        return step.after
    return (procedure.steps[index - 1].id,) if index else ()


def _rule(
    name: str,
    source: StepDeadline,
    step: Step | None,
    loc: Loc,
    procedure: Procedure,
    company: Company,
    written: Mapping[Loc, Expression],
) -> Rule:
    until = source.until if isinstance(source, Deadline) else f"{step.id if step else ''}.done"
    until_step = step.id if step else step_of(until, procedure)
    waited = next((one for one in procedure.steps if one.id == until_step), None)
    term = company.terms.get(source.term) if source.term else None
    within = term.within if term else source.within
    return Rule(
        id=name,
        source=source,
        starts=source.start or ((f"{step.id}.opened",) if step else ()),
        until=until,
        until_step=until_step,
        within=within,
        basis=source.basis,
        ladder=source.ladder or default_ladder(source, within, waited, company),
        chain=company.ladders.chains.get(source.chain or procedure.chain, {}),
        in_mode={**(term.in_mode if term else {}), **source.in_mode},
        replaced=tuple(written[(*loc, "replaced", n, "when")] for n in range(len(source.replaced))),
        cancelled=written.get((*loc, "cancelled")),
        extensions={extension.on: extension for extension in source.extended},
        substitutes=isinstance(waited, Approve) and [name] == step_deadline_ids(waited)[:1],
    )


def default_ladder(source: StepDeadline, within: Duration | None, step: Step | None, company: Company) -> str:
    """The ladder of a deadline that names none (section 2 of the requirements: by the kind of its span)."""
    defaults = company.ladders.defaults
    if source.target:
        return defaults.target
    if isinstance(step, Task) and step.each and step.each.people:
        return defaults.campaign
    if within is None or within.unit in DAYS:
        return defaults.days
    return defaults.short if within.unit is Unit.MINUTES and within.amount <= 30 else defaults.hours  # noqa: PLR2004


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
