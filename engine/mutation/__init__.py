"""Mutation: a procedure with one thing changed at a time, to see whether any policy test would notice."""

from collections.abc import Iterator

from engine.mutation.climbs import ladder_mutants
from engine.mutation.conditions import condition_mutants
from engine.mutation.judging import Verdict, judge
from engine.mutation.mutant import KINDS, Mutant
from engine.mutation.people import people_mutants
from engine.mutation.spans import deadline_mutants
from engine.program import Program

__all__ = ["KINDS", "Mutant", "Verdict", "judge", "mutants_of"]


def mutants_of(program: Program) -> Iterator[Mutant]:
    """Every mutant of a procedure, in the order of the file within each kind; always the same for the same program.

    Some may not compile, because something else names what was removed: they are no mutants.
    """
    procedure = program.procedure
    yield from deadline_mutants(procedure, program.company.terms)
    yield from people_mutants(procedure)
    yield from condition_mutants(procedure)
    yield from ladder_mutants(program)
