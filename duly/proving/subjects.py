"""Subjects: the procedures that a command line asks to prove."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from duly.errors import UserError
from duly.policies import FaultyFile, Policies
from engine.program import Program
from engine.proving import MOST_MOVES, Proof, prove
from models.expressions.suggestions import suggest
from models.expressions.words import Words as Suggestion
from models.language.context import glance
from models.language.order import outcomes
from models.language.problem import Problem
from models.language.procedure import Procedure
from models.language.rulebook import Page
from models.language.steps import Call

_NONE: Final = Suggestion("the folder has no procedure yet", "文件夹里还没有规程")


@dataclass(frozen=True, slots=True)
class Subject:
    """One procedure and what came of proving it."""

    page: Page
    proof: Proof


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that came of a command: proofs, and files that could not be used."""

    subjects: tuple[Subject, ...]
    problems: tuple[Problem, ...]

    @property
    def good(self) -> bool:
        """Whether everything could be proved."""
        return not self.problems and all(one.proof.holds for one in self.subjects)


def prove_all(policies: Policies, named: Iterable[str], most: int = MOST_MOVES) -> Outcome:
    """Prove the procedures with these ids or in these files; all of them if none is named. Raises `UserError`.

    `most` bounds the search in each.
    """
    subjects: list[Subject] = []
    problems: list[Problem] = []
    for name in _ids(policies, tuple(named)):
        try:
            program = policies.program(name)
            proof = prove(program, _outcomes(policies, program), most)
            subjects.append(Subject(policies.page(name), proof))
        except FaultyFile as fault:
            problems += fault.problems
    return Outcome(tuple(subjects), tuple(sorted(set(problems))))


def _ids(policies: Policies, named: tuple[str, ...]) -> list[str]:
    ids = [_id(policies, one) for one in named]
    return list(dict.fromkeys(ids or sorted(policies.procedure_files)))


def _id(policies: Policies, named: str) -> str:
    if named in policies.procedure_files:
        return named
    path = Path(named)
    if path.is_file():
        kind, name = glance(path)
        if kind is Procedure and name in policies.procedure_files:
            return name
    hint = suggest(named, policies.procedure_files, _NONE)
    raise UserError(f"没有规程 `{named}`\nthere is no procedure `{named}`", f"{hint.zh}\n    {hint.en}")


def _outcomes(policies: Policies, program: Program) -> Mapping[str, list[str]]:
    """How the procedures that a procedure calls can end, those that cannot be understood left out."""
    found: dict[str, list[str]] = {}
    for plan in program.plans.values():
        name = plan.step.procedure if isinstance(plan.step, Call) else ""
        if name in policies.procedure_files:
            try:
                found[name] = outcomes(policies.page(name).content)
            except FaultyFile:
                continue
    return found
