"""States: what of a case still matters. Cases that agree in it have the same future; one of them is played on."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from engine.case import ACTIVE, Case, StepState, StepStatus
from engine.draft import Draft
from engine.proving.liveness import Liveness
from engine.proving.slices import Slice
from engine.proving.watching import lacks
from engine.proving.world import World

UNLIMITED: Final = 2
"""A step that may be asked for more often than this is taken to have no limit."""

_COUNTED: Final = 3
"""How often something is counted that is compared with no number."""

_OUTCOMES: Final = ("outcome", "approved", "rejected", "failed")


@dataclass(frozen=True, slots=True)
class _StepView:
    """What of a step makes a difference in a slice, worked out once."""

    name: str
    outcome: bool
    """Whether some condition asks how it ended."""
    limit: int
    """Up to how many times it matters how often it was done; 0 if not at all."""
    alike: bool
    """Whether nothing asks if it was done or not needed."""
    begun_again: bool
    """Whether a case that is reopened does it again."""
    missed: bool
    """Whether some condition asks if its time was missed."""


class States:
    """The identity of cases within one slice."""

    def __init__(self, world: World, part: Slice) -> None:
        program = self.program = world.program
        self.slice = part
        self.liveness = Liveness(program, world.influence, part)
        self.timed = tuple(part.reads_time())
        self.named = frozenset(name for found in part.conditions for name in found.names)
        self.misses = frozenset(name for name in part.deadlines if f"deadline.{name}.missed" in self.named)
        self.steps = tuple(_views(world, part, self.named))
        self.inside = frozenset(part.steps)

    def key(self, case: Case, now: datetime) -> Hashable:
        """What identifies the state of a case; equal for cases with the same future."""
        closed = case.closed_at is not None
        if closed and not self._reopens(case):
            return (case.outcome,)
        live = self.liveness.of(case)
        steps = tuple(self._step(one, case.steps[one.name], live, closed) for one in self.steps)
        facts = tuple(_value(path, case) if path in live else None for path in self.liveness.readers)
        deadlines = tuple(self._deadline(name, case) for name in self.slice.deadlines)
        alarms = tuple(sorted(name for name in case.alarms if name.partition(":")[2] in self.inside))
        reopened = "case.reopened" in self.named and min(case.reopened, 1)
        times = self._times(case, now, live) if self.timed else ()
        return steps, facts, deadlines, alarms, reopened, case.overridden, times, tuple(lacks(self.program, case))

    def _reopens(self, case: Case) -> bool:
        reopening = self.program.procedure.reopens
        return reopening is not None and (not reopening.outcomes or case.outcome in reopening.outcomes)

    def _step(self, view: _StepView, state: StepState, live: frozenset[str], closed: bool) -> Hashable:
        times = min(state.times, view.limit)
        if closed and view.begun_again:
            return times
        status = state.status
        if status is StepStatus.SKIPPED and view.alike and view.name not in live:
            status = StepStatus.DONE
        outcome = state.outcome if view.outcome or state.outcome == "failed" else ""
        outcome += " missed" if view.missed and state.missed else ""
        # Of a round that is over only the outcome counts: the votes are kept for the record.
        votes = state.votes if status is StepStatus.OPEN else None
        if not state.slots and not votes and not state.unreached:
            return status, outcome, times
        slots = tuple(sorted((slot.status.value, slot.outcome) for slot in state.slots.values()))
        answers = tuple(sorted(vote.answer for vote in votes.values())) if votes else ()
        return status, outcome, times, slots, answers, bool(state.unreached)

    def _deadline(self, name: str, case: Case) -> Hashable:
        clock = case.clocks.get(name)
        if clock is None:
            return "none"
        if clock.status in ACTIVE:
            return clock.status
        return "missed" if clock.missed_at is not None and name in self.misses else "ended"

    def _times(self, case: Case, now: datetime, live: frozenset[str]) -> tuple[bool, ...]:
        draft = Draft(self.program, case, now)
        return tuple(one.owner in live and draft.holds_true(one.expression) for one in self.timed)


def _views(world: World, part: Slice, named: frozenset[str]) -> Iterator[_StepView]:
    program = world.program
    heads = {name.partition(".")[0] for name in named}
    any_of = {name for plan in program.plans.values() if plan.step.wait_for == "any" for name in plan.after}
    reopening = program.procedure.reopens
    again = (reopening.at, *program.downstream[reopening.at]) if reopening else ()
    for name in part.steps:
        plan = program.plans[name]
        asked = any(f"{name}.{one}" in named for one in _OUTCOMES)
        limit = getattr(plan.step, "times", 1) if plan.on_request else 0
        limit = _counted(world, f"{name}.times") if f"{name}.times" in named else limit if limit <= UNLIMITED else 0
        alike = name not in heads and name not in any_of and not plan.on_request
        yield _StepView(name, asked, limit, alike, name in again, f"{name}.missed" in named)


def _counted(world: World, name: str) -> int:
    """Up to where a number must be counted: beyond all it is compared with, more makes no difference."""
    literals = world.literals
    if literals.equals.get(name):
        return _COUNTED
    numbers = [abs(int(one)) for one in literals.values.get(name, ()) if isinstance(one, int | float)]
    return sum(numbers) + 1 if numbers else _COUNTED


def _value(path: str, case: Case) -> Hashable:
    head, _, field = path.partition(".")
    value = case.steps[head].values.get(field) if field else case.facts.get(path)
    return value is not None if isinstance(value, datetime) else _frozen(value)


def _frozen(value: object) -> Hashable:
    if isinstance(value, list | tuple):
        return tuple(_frozen(one) for one in value)
    if isinstance(value, dict):
        return tuple(sorted((key, _frozen(one)) for key, one in value.items()))
    return value if isinstance(value, bool | int | float | str | None) else str(value)
