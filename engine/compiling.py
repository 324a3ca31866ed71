"""Compiling: making a procedure ready to run in a company. Conditions are parsed here, once, and never again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from engine.company import Company
from engine.program import GatePlan, Manner, Program, Rule, StepPlan
from engine.references import missing_references
from models.expressions import Expression, ExpressionError, parse
from models.language.climbs import default_ladder
from models.language.deadlines import Deadline, StepDeadline
from models.language.events import step_of
from models.language.procedure import Procedure
from models.language.scope import Loc, Written, expressions_of, step_deadline_ids
from models.language.steps import PEOPLE_STEPS, TIMED_STEPS, Approve, Call, Machine, Step, Task


class ProgramError(ValueError):
    """A procedure that cannot be compiled; `duly check` shows all that is wrong with it and where."""


Reader = Callable[[Written], Expression]
"""What makes an expression of its text. Raises `ExpressionError`."""


def read_expression(one: Written) -> Expression:
    """Parse one expression of a procedure."""
    return parse(one.text, one.scope, one.expect)


def compile_procedure(
    procedure: Procedure, company: Company, version: str = "", reader: Reader = read_expression
) -> Program:
    """Make a procedure ready to run. Raises `ProgramError` where `duly check` would find errors.

    `reader` may know expressions already: who compiles a procedure two hundred times, each time a
    little changed, need not parse it as often.
    """
    file = _File(procedure, company, _parsed(procedure, company, reader))
    gates = {gate.id: GatePlan(gate, file.written["gates", n, "until"]) for n, gate in enumerate(procedure.gates)}
    plans = {step.id: _plan(file, n, gates) for n, step in enumerate(procedure.steps)}
    program = Program(procedure, version, company, plans, _rules(file), gates)
    if missing := missing_references(program):
        raise ProgramError(f"{procedure.procedure}: {'; '.join(missing)}")
    return program


def recompile(program: Program, company: Company) -> Program:
    """The same version of a procedure in a changed company."""
    return compile_procedure(program.procedure, company, program.version)


@dataclass(frozen=True, slots=True)
class _File:
    """What is being compiled: the procedure, its company, and every expression by the place where it stands."""

    procedure: Procedure
    company: Company
    written: Mapping[Loc, Expression]


def _parsed(procedure: Procedure, company: Company, reader: Reader) -> Mapping[Loc, Expression]:
    found: dict[Loc, Expression] = {}
    for one in expressions_of(procedure, frozenset(company.modes.modes)):
        try:
            found[one.loc] = reader(one)
        except ExpressionError as error:
            raise ProgramError(f"{procedure.procedure}: {'.'.join(map(str, one.loc))}: {error}") from error
    return found


def _plan(file: _File, index: int, gates: Mapping[str, GatePlan]) -> StepPlan:
    step, written = file.procedure.steps[index], file.written
    loc: Loc = ("steps", index)
    plan = StepPlan(
        step,
        index,
        _after(index, file.procedure),
        when=written.get((*loc, "when")),
        during=written.get((*loc, "while")),
        each_when=written.get((*loc, "each", "when")),
        repeat_until=written.get((*loc, "repeat", "until")),
        already=written.get((*loc, "already", "when")),
        manner=Manner.of(step),
        judges=_judged(index, file.procedure) if isinstance(step, Approve) else (),
        gates=tuple(gate for gate in gates.values() if step.id in gate.gate.holds),
    )
    if isinstance(step, PEOPLE_STEPS):
        return replace(
            plan,
            require=tuple(written[(*loc, "require", n, "that")] for n in range(len(step.require))),
            on_request=step.start == "on_request",
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


def _judged(index: int, procedure: Procedure) -> tuple[str, ...]:
    """The nearest tasks before an approval, past approvals and notices, to what somebody did; and what it ratifies.

    A machine's work counts where somebody did it by hand, and so does the task before it.
    """
    steps = {step.id: (number, step) for number, step in enumerate(procedure.steps)}
    own = procedure.steps[index]
    found: dict[str, None] = {own.ratifies: None} if isinstance(own, Approve) and own.ratifies else {}
    seen: set[str] = set()
    frontier = list(_after(index, procedure))
    while frontier:
        name = frontier.pop(0)
        if name in seen or name not in steps:
            continue
        seen.add(name)
        number, step = steps[name]
        # Whoever took part in a campaign like everybody else may still approve what comes of it.
        if isinstance(step, Task) and not (step.each and step.each.people):
            found[name] = None
        else:
            if isinstance(step, Machine):
                found[name] = None
            frontier.extend(_after(number, procedure))
    return tuple(found)


def _rules(file: _File) -> Mapping[str, Rule]:
    rules: dict[str, Rule] = {}
    for index, step in enumerate(file.procedure.steps):
        if not isinstance(step, TIMED_STEPS):
            continue
        # `within` of a step stands first among its deadlines, but not in the list that the file has.
        short = 1 if step.within else 0
        for number, (name, deadline) in enumerate(zip(step_deadline_ids(step), step.deadlines, strict=True)):
            rules[name] = _rule(file, name, ("steps", index, "deadline", number - short), deadline, step)
    for index, deadline in enumerate(file.procedure.deadlines):
        rules[deadline.id] = _rule(file, deadline.id, ("deadlines", index), deadline)
    return rules


def _rule(file: _File, name: str, loc: Loc, source: StepDeadline, step: Step | None = None) -> Rule:
    procedure, company = file.procedure, file.company
    until = source.until if isinstance(source, Deadline) else f"{step.id if step else ''}.done"
    until_step = step.id if step else step_of(until, procedure)
    waited = next((one for one in procedure.steps if one.id == until_step), None)
    term = company.terms.get(source.term) if source.term else None
    within = source.within or (term.within if term else None)
    return Rule(
        id=name,
        source=source,
        starts=source.start or ((f"{step.id}.opened",) if step else ()),
        until=until,
        until_step=until_step,
        within=within,
        basis=source.basis,
        ladder=source.ladder or default_ladder(source, within, waited, company.ladders.defaults),
        chain=company.ladders.chains.get(source.chain or procedure.chain, {}),
        in_mode={**(term.in_mode if term else {}), **source.in_mode},
        replaced=tuple(file.written[(*loc, "replaced", n, "when")] for n in range(len(source.replaced))),
        cancelled=file.written.get((*loc, "cancelled")),
        extensions={extension.on: extension for extension in source.extended},
        substitutes=isinstance(waited, Approve) and [name] == step_deadline_ids(waited)[:1],
    )
