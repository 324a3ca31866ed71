"""Answers: the ways in which a form or a step can be filled in that make a difference, each with acceptable values."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from itertools import product
from typing import Any, Final, TypeVar

from engine.errors import InvalidAnswer
from engine.program import Program, StepPlan
from engine.proving.scene import Scene, Values
from engine.proving.world import World
from engine.sampling.filling import Filling, as_answer, given
from engine.sampling.samples import Samples
from models.language.fields import DateTimeField, FormField, TableField

R = TypeVar("R")
Attempt = Callable[[Values], R]

_Signature = tuple[str, tuple[tuple[str, str], ...]]

MOST_COMBINATIONS: Final = 200
"""Ways to fill in one form; where there are more, every two values are still seen together."""


class Answers:
    """How the people of a proof fill in forms. `deciding` are the fields whose values decide something."""

    def __init__(self, world: World, deciding: frozenset[str]) -> None:
        self.program: Program = world.program
        self.samples = Samples(world.program, world.literals, world.cast)
        self.filling = Filling(world.program, self.samples)
        self.deciding = deciding
        self.sparse = False
        """Whether it is enough to see each value once, instead of all values with all others."""
        self._worked: dict[_Signature, Values] = {}
        self._combined: dict[tuple[bool, tuple[str, ...]], list[Values]] = {}

    def for_form(self, now: datetime) -> list[Values]:
        """Every way to fill in the form of the procedure."""
        fields = self.program.procedure.form
        return [
            given({**self.filling.plain(fields, now), **combination}) for combination in self._combinations(fields, now)
        ]

    def for_step(self, plan: StepPlan, scene: Scene, attempt: Attempt[R]) -> list[tuple[Values, R]]:
        """Every way to answer a step that it accepts, with what came of it.

        A field of the form keeps its value unless it decides something. `attempt` tries an answer and
        raises the refusal of the engine. Empty if no acceptable answer was found; raises the refusal
        that has nothing to do with the answer, such as that the step is not open.
        """
        repeated = partial(self.filling.repeated, case=scene.case, now=scene.now)
        found: list[tuple[Values, R]] = []
        for combination in self._combinations(self.filling.fields(plan), scene.now, repeated):
            for rest in self._rests(plan, combination, scene):
                answer = as_answer(plan, {**rest, **combination})
                try:
                    found.append((answer, attempt(answer)))
                except InvalidAnswer:
                    continue
                self._worked[_signature(plan, combination)] = rest
                break
        return found

    def _rests(self, plan: StepPlan, combination: Values, scene: Scene) -> Iterator[Values]:
        """Ways to fill in what decides nothing, first as it worked before."""
        known = self._worked.get(_signature(plan, combination))
        if known is not None:
            yield known
        yield from self.filling.ways(plan, scene.case, scene.now, combination)

    def _combinations(
        self, fields: Mapping[str, FormField], now: datetime, known: Callable[[str], list[Any]] = lambda _path: []
    ) -> list[Values]:
        """Ways to fill in what decides something; `known` gives values that are worth repeating."""
        deciding = tuple(path for path in fields if path in self.deciding)
        key = (self.sparse, deciding)
        if key in self._combined:
            return self._combined[key]
        choices = [_unique([*self.samples.deciding(path, fields[path], now), *known(path)]) for path in deciding]
        combined = each_once(choices) if self.sparse else combine(choices)
        found: list[Values] = [dict(zip(deciding, values, strict=True)) for values in combined]
        if not any(
            isinstance(fields[path], DateTimeField | TableField) or self.filling.equals(path) for path in deciding
        ):
            self._combined[key] = found
        return found


def combine(choices: Sequence[Sequence[Any]], most: int = MOST_COMBINATIONS) -> list[tuple[Any, ...]]:
    """All combinations of one choice each; where that is too many, some in which every two choices meet."""
    size = 1
    for one in choices:
        size *= len(one)
    return list(product(*choices)) if size <= most else _pairwise(choices)


def each_once(choices: Sequence[Sequence[Any]]) -> list[tuple[Any, ...]]:
    """As few combinations as show every choice once."""
    most = max((len(one) for one in choices), default=1)
    return [tuple(one[number % len(one)] for one in choices) for number in range(most)]


def _pairwise(choices: Sequence[Sequence[Any]]) -> list[tuple[Any, ...]]:
    """Combinations that contain every pair of values of two different fields at least once."""
    places = range(len(choices))
    open_pairs = {
        (a, i, b, j)
        for a in places
        for b in places
        if a < b
        for i in range(len(choices[a]))
        for j in range(len(choices[b]))
    }
    found: list[tuple[Any, ...]] = []
    while open_pairs:
        numbers = _next(choices, open_pairs)
        found.append(tuple(choices[place][number] for place, number in enumerate(numbers)))
        open_pairs -= {(a, numbers[a], b, numbers[b]) for a in places for b in places if a < b}
    return found


def _next(choices: Sequence[Sequence[Any]], open_pairs: set[tuple[int, int, int, int]]) -> list[int]:
    """One more combination: begins with a pair not seen yet, then takes for each field what meets most unseen pairs."""
    first = min(open_pairs)
    fixed = {first[0]: first[1], first[2]: first[3]}
    for place in range(len(choices)):
        if place not in fixed:
            fixed[place] = max(
                range(len(choices[place])),
                key=lambda number: sum(_pair(place, number, other, fixed[other]) in open_pairs for other in fixed),
            )
    return [fixed[place] for place in range(len(choices))]


def _pair(a: int, i: int, b: int, j: int) -> tuple[int, int, int, int]:
    return (a, i, b, j) if a < b else (b, j, a, i)


def _unique(values: Iterable[Any]) -> list[Any]:
    found: list[Any] = []
    for value in values:
        if value not in found:
            found.append(value)
    return found


def _signature(plan: StepPlan, combination: Values) -> _Signature:
    return plan.step.id, tuple((path, str(value)) for path, value in combination.items())
