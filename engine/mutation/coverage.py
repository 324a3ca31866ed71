"""Coverage: which tests could notice a mutant at all, so that the others need not run.

A step's data are looked at only when the step moves, when somebody tries to act on it, or
when a clock that waits for it does something; all of that leaves traces in a play.
"""

from collections.abc import Iterator

from engine.effects import ClockMoved, StepMoved
from engine.mutation.climbs import ladders_of
from engine.mutation.mutant import Mutant
from engine.program import Program
from engine.scenarios.timeline import Result
from models.language.policy_test import Moment

_ACTIONS = ("do", "approve", "reject", "return_", "refuse", "hand_over", "add_approver", "finish", "fail")


def touched(result: Result, program: Program) -> frozenset[str]:
    """Steps and deadlines that had a part in a play of the unchanged program."""
    return frozenset(_touched(result, program))


def _touched(result: Result, program: Program) -> Iterator[str]:
    for happening in result.play.happenings:
        for effect in happening.effects:
            if isinstance(effect, StepMoved):
                yield effect.step
            elif isinstance(effect, ClockMoved):
                yield effect.deadline
                yield program.rules[effect.deadline].until_step or effect.deadline
    for line in result.test.then:
        yield from _named(line)


def _named(line: Moment) -> Iterator[str]:
    """Steps somebody tries to act on; a refusal leaves no other trace."""
    yield from (step for name in _ACTIONS if (step := getattr(line, name)))


def concerned(mutant: Mutant, program: Program) -> frozenset[str] | None:
    """Steps and deadlines in whose part of a play the mutant may differ; None if anywhere."""
    procedure, (head, *rest) = program.procedure, mutant.loc
    match head:
        case "steps":
            return frozenset({procedure.steps[int(rest[0])].id})
        case "deadlines":
            return frozenset({procedure.deadlines[int(rest[0])].id})
        case "gates":
            return frozenset(procedure.gates[int(rest[0])].holds)
        case "ladders":
            return frozenset(name for name, rule in program.rules.items() if rest[0] in ladders_of(rule))
    return None
