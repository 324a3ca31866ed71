"""Judging: which mutants the policy tests notice. Tests run until one fails, those that failed last come first."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from engine.company import Company
from engine.compiling import ProgramError, compile_procedure, read_expression
from engine.mutation.coverage import concerned, touched
from engine.mutation.mutant import Mutant
from engine.program import Program
from engine.scenarios.player import run_test
from engine.scenarios.timeline import Result
from models.expressions import Expression, Record
from models.language.policy_test import PolicyTest
from models.language.scope import Loc, Written


@dataclass(frozen=True, slots=True)
class Verdict:
    """One mutant that can run, and the first test that noticed it; None if it survives."""

    mutant: Mutant
    found_by: str | None


def judge(mutants: Iterable[Mutant], program: Program, played: Sequence[Result]) -> Iterator[Verdict]:
    """A verdict for each mutant, in their order; those that do not compile are left out.

    `played` are the tests on the program itself. All of them must have passed, or they would
    seem to notice everything.
    """
    reader = _Remembered()
    order = [(one.test, touched(one, program)) for one in played]
    for mutant in mutants:
        changed = _compiled(mutant, program.company, reader)
        if changed is None:
            continue
        number = _finder(changed, order, concerned(mutant, program))
        if number is not None:
            order.insert(0, order.pop(number))
        yield Verdict(mutant, order[0][0].name if number is not None else None)


def _finder(
    changed: Program, order: Sequence[tuple[PolicyTest, frozenset[str]]], names: frozenset[str] | None
) -> int | None:
    """The number of the first test that fails on a mutant."""
    for number, (test, trace) in enumerate(order):
        if (names is None or names & trace) and not run_test(test, changed, to_the_end=False).passed:
            return number
    return None


def _compiled(mutant: Mutant, company: Company, reader: "_Remembered") -> Program | None:
    try:
        return compile_procedure(mutant.procedure, mutant.company(company), reader=reader)
    except ProgramError:
        return None


class _Remembered:
    """A reader of expressions that parses each but once: mutants are one and the same procedure, but for one thing."""

    def __init__(self) -> None:
        self.known: dict[tuple[Loc, str], Expression] = {}

    def __call__(self, one: Written) -> Expression:
        key = (one.loc, one.text)
        expression = self.known.get(key)
        if expression is None or not _deadlines_exist(expression, one):
            expression = self.known[key] = read_expression(one)
        return expression


def _deadlines_exist(expression: Expression, one: Written) -> bool:
    """Deadlines are the only names that a mutant may lack."""
    deadlines = one.scope.names.get("deadline")
    names = deadlines.fields if isinstance(deadlines, Record) else {}
    named = (name.split(".")[1] for name in expression.names if name.startswith("deadline."))
    return all(name in names for name in named)
