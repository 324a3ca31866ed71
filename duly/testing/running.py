"""Running: plays the selected tests; what cannot be played becomes a problem and does not stop the others."""

from collections.abc import Iterable
from dataclasses import dataclass

from duly.policies import FaultyFile, Policies
from duly.testing.selection import Selected, Selection
from engine.program import Program
from engine.scenarios.player import run_test
from engine.scenarios.timeline import Result
from models.language.moments import MomentError
from models.language.problem import Problem


@dataclass(frozen=True, slots=True)
class Outcome:
    """One test that was played."""

    selected: Selected
    result: Result


@dataclass(frozen=True, slots=True)
class Run:
    """All that came of a command: tests that were played, and files that could not be used."""

    outcomes: tuple[Outcome, ...]
    problems: tuple[Problem, ...]

    @property
    def failed(self) -> int:
        """How many tests failed."""
        return sum(not one.result.passed for one in self.outcomes)

    @property
    def summary(self) -> str:
        """The last line of every output for people."""
        number = len(self.problems)
        faults = f", {number} problem{'s' if number > 1 else ''}" if number else ""
        return f"{len(self.outcomes) - self.failed} passed, {self.failed} failed{faults}"

    @property
    def good(self) -> bool:
        """Whether everything was played and passed."""
        return not self.failed and not self.problems


def run(policies: Policies, selection: Selection) -> Run:
    """Play every selected test whose procedure can run."""
    programs, problems = usable_programs(policies, selection.tests)
    outcomes: list[Outcome] = []
    for one in selection.tests:
        program = programs.get(one.test.procedure)
        if program is None:
            continue
        try:
            outcomes.append(Outcome(one, run_test(one.test, program)))
        except MomentError as error:
            problems.append(_wrong_time(one, error))
    return Run(tuple(outcomes), tuple(sorted({*selection.problems, *problems})))


def usable_programs(policies: Policies, tests: Iterable[Selected]) -> tuple[dict[str, Program], list[Problem]]:
    """The procedures that the tests name, ready to run, and what is wrong with those that are not."""
    found: dict[str, Program] = {}
    problems: list[Problem] = []
    faulty: set[str] = set()
    for one in tests:
        name = one.test.procedure
        if name in found or name in faulty:
            continue
        if name not in policies.procedure_files:
            problems.append(one.unknown_procedure(policies))
            continue
        try:
            found[name] = policies.program(name)
        except FaultyFile as fault:
            faulty.add(name)
            problems += fault.problems
    return found, problems


def _wrong_time(one: Selected, error: MomentError) -> Problem:
    line, column = one.page.source.at(("tests", one.index))
    return Problem(
        one.file, line, column, "DL013", error.message, error.remedy,
        message_zh=error.message_zh, remedy_zh=error.remedy_zh,
    )  # fmt: skip
