"""References: names in a procedure that the engine looks up while it runs, and that must therefore exist.

`duly check` says where they stand and what is available; here it is only made sure that
nothing runs that would fail half-way through a case.
"""

from collections.abc import Iterator

from engine.company import Company
from engine.program import Program, StepPlan
from models.language.order import back_to
from models.language.steps import CAMPAIGN_STEPS


def missing_references(program: Program) -> list[str]:
    """What the procedure names and does not exist, each with the place; empty for a procedure that can run."""
    return [*_steps(program), *_fields(program), *_ladders(program, program.company)]


def _steps(program: Program) -> Iterator[str]:
    named = [(f"step {name}", other) for name, plan in program.plans.items() for other in _other_steps(plan)]
    named += [(f"gate {name}", other) for name, plan in program.gates.items() for other in plan.gate.holds]
    if program.procedure.reopens:
        named.append(("reopens", program.procedure.reopens.at))
    for place, other in named:
        if other not in program.plans:
            yield f"{place}: there is no step `{other}`"


def _other_steps(plan: StepPlan) -> Iterator[str]:
    """Steps that a step waits for or may go back to."""
    yield from plan.after
    step = plan.step
    if isinstance(step, CAMPAIGN_STEPS) and step.each and step.each.of:
        yield step.each.of
    yield from back_to(step)


def _fields(program: Program) -> Iterator[str]:
    procedure = program.procedure
    for name in procedure.conflicts:
        head, _, rest = name.partition(".")
        if (head not in program.plans) if rest else (head not in procedure.form):
            yield f"conflicts: there is no field `{name}`"


def _ladders(program: Program, company: Company) -> Iterator[str]:
    for name, rule in program.rules.items():
        for ladder in (rule.ladder, *(one.ladder for one in rule.source.replaced)):
            if ladder is not None and ladder not in company.ladders.ladders:
                yield f"deadline {name}: there is no ladder `{ladder}`"
