"""Mutating: runs the tests of each procedure against its mutants, on as many processors as help."""

import multiprocessing
import os
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Final

from duly.policies import Policies
from duly.testing.running import Run
from engine.company import Company
from engine.compiling import compile_procedure
from engine.mutation import KINDS, Mutant, Verdict, judge, mutants_of
from engine.program import Program
from engine.scenarios.player import run_test
from models.language.ladders import Ladders
from models.language.policy_test import PolicyTest
from models.language.procedure import Procedure
from models.language.scope import Loc
from models.language.source import Source

WORTH_A_PROCESS: Final = 60
"""So few mutants are judged sooner than another process has started."""


@dataclass(frozen=True, slots=True)
class Survivor:
    """A change that no test would find, and where what was changed is written."""

    mutant: Mutant
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Score:
    """How many mutants of one procedure its tests found, by kind as `(found, all)`, and which they missed."""

    procedure: str
    kinds: Mapping[str, tuple[int, int]]
    survivors: tuple[Survivor, ...]

    @property
    def found(self) -> int:
        """How many mutants the tests found."""
        return sum(found for found, _ in self.kinds.values())

    @property
    def total(self) -> int:
        """How many mutants there are."""
        return sum(total for _, total in self.kinds.values())


def scores(policies: Policies, played: Run) -> list[Score]:
    """A score for each procedure of a run in which all tests passed."""
    tests: dict[str, list[PolicyTest]] = {}
    for outcome in played.outcomes:
        tests.setdefault(outcome.selected.test.procedure, []).append(outcome.selected.test)
    ladders = policies.shared(Ladders)
    found = []
    for name, own in tests.items():
        program = policies.program(name)
        verdicts = _judged(program, own)
        found.append(_score(name, verdicts, policies.page(name).source, ladders.source))
    return found


def _score(name: str, verdicts: Iterable[Verdict], procedure: Source, ladders: Source) -> Score:
    kinds: dict[str, tuple[int, int]] = {}
    survivors: list[Survivor] = []
    for one in verdicts:
        found, total = kinds.get(one.mutant.kind, (0, 0))
        kinds[one.mutant.kind] = (found + (one.found_by is not None), total + 1)
        if one.found_by is None:
            source = procedure if one.mutant.ladders is None else ladders
            survivors.append(Survivor(one.mutant, source.name, line_of(source, one.mutant.loc)))
    survivors.sort(key=lambda one: (one.file, one.line))
    return Score(name, {kind: kinds[kind] for kind in KINDS if kind in kinds}, tuple(survivors))


def line_of(source: Source, loc: Loc) -> int:
    """The line of a value; one that stands alone where a list is allowed has no position in a list to step into."""
    place = source.place
    for part in loc:
        children = place.children if place else None
        if children and part in children:
            place = children[part]
        elif part != 0:
            break
    return place.line if place else 1


def _judged(program: Program, tests: Sequence[PolicyTest]) -> list[Verdict]:
    mutants = list(mutants_of(program))
    shares = min(os.cpu_count() or 1, len(mutants) // WORTH_A_PROCESS)
    if shares < 2 or "fork" not in multiprocessing.get_all_start_methods():
        return list(judge(mutants, program, [run_test(test, program) for test in tests]))
    # A forked process has everything imported already, which costs more than the tests.
    with ProcessPoolExecutor(shares, mp_context=multiprocessing.get_context("fork")) as pool:
        parts = [pool.submit(_share, program.procedure, program.company, tests, n, shares) for n in range(shares)]
        found = {number: found_by for part in parts for number, found_by in part.result()}
    return [Verdict(mutants[number], found[number]) for number in sorted(found)]


def _share(
    procedure: Procedure, company: Company, tests: Sequence[PolicyTest], first: int, step: int
) -> list[tuple[int, str | None]]:
    """Every `step`-th mutant from `first` on: its number, and the test that found it. Expressions cannot travel."""
    program = compile_procedure(procedure, company)
    numbered = list(enumerate(mutants_of(program)))[first::step]
    places = {id(mutant): number for number, mutant in numbered}
    verdicts = judge([mutant for _, mutant in numbered], program, [run_test(test, program) for test in tests])
    return [(places[id(one.mutant)], one.found_by) for one in verdicts]
