"""Answers: the ways in which a form or a step can be filled in that make a difference, each with acceptable values."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from itertools import islice, product
from typing import Any, Final, TypeVar

from engine.draft import Draft
from engine.errors import InvalidAnswer
from engine.program import Program, StepPlan
from engine.proving.naming import full_name
from engine.proving.samples import ABSENT, Samples
from engine.proving.scene import Scene, Values
from engine.proving.world import World
from models.language.fields import DateTimeField, FormField, TableField
from models.language.steps import PEOPLE_STEPS

R = TypeVar("R")
Attempt = Callable[[Values], R]

_Signature = tuple[str, tuple[tuple[str, str], ...]]

MOST_COMBINATIONS: Final = 200
"""Ways to fill in one form; where there are more, every two values are still seen together."""

MOST_ATTEMPTS: Final = 400
"""Ways of filling in the rest that are tried until a requirement is met."""


class Answers:
    """How the people of a proof fill in forms. `deciding` are the fields whose values decide something."""

    def __init__(self, world: World, deciding: frozenset[str]) -> None:
        self.program: Program = world.program
        self.samples = Samples(world.program, world.literals, world.cast)
        self.deciding = deciding
        self.sparse = False
        """Whether it is enough to see each value once, instead of all values with all others."""
        self._worked: dict[_Signature, Values] = {}
        self._combined: dict[tuple[bool, tuple[str, ...]], list[Values]] = {}

    def for_form(self, now: datetime) -> list[Values]:
        """Every way to fill in the form of the procedure."""
        fields = self.program.procedure.form
        return [
            _given({**self._rest(fields, combination, now), **combination})
            for combination in self._combinations(fields, now)
        ]

    def for_step(self, plan: StepPlan, scene: Scene, attempt: Attempt[R]) -> list[tuple[Values, R]]:
        """Every way to answer a step that it accepts, with what came of it.

        A field of the form keeps its value unless it decides something. `attempt` tries an answer and
        raises the refusal of the engine. Empty if no acceptable answer was found; raises the refusal
        that has nothing to do with the answer, such as that the step is not open.
        """
        fields = self.fields_of(plan)
        found: list[tuple[Values, R]] = []
        for combination in self._combinations(fields, scene.now, partial(self._repeated, scene=scene)):
            for rest in self._rests(plan, fields, combination, scene):
                answer = _local(plan, {**rest, **combination})
                try:
                    found.append((answer, attempt(answer)))
                except InvalidAnswer:
                    continue
                self._worked[_signature(plan, combination)] = rest
                break
        return found

    def fields_of(self, plan: StepPlan) -> Mapping[str, FormField]:
        """What a step asks for, by the names that conditions use: `STEP.FIELD`, or the field of the form."""
        form, step = self.program.procedure.form, plan.step
        own: Mapping[str, FormField] = getattr(step, "fields", None) or getattr(step, "outputs", None) or {}
        asked = {name: form[name] for name in step.asks if name in form} if isinstance(step, PEOPLE_STEPS) else {}
        return {**{f"{step.id}.{name}": field for name, field in own.items()}, **asked}

    def _rests(
        self, plan: StepPlan, fields: Mapping[str, FormField], combination: Values, scene: Scene
    ) -> Iterator[Values]:
        """Ways to fill in what decides nothing: as it worked before, as usual, then whatever a requirement may want."""
        known = self._worked.get(_signature(plan, combination))
        if known is not None:
            yield known
        empty = {path: field for path, field in fields.items() if path not in scene.case.facts}
        usual = self._rest(empty, combination, scene.now)
        yield usual
        wanted = self._wanted(plan, fields, combination)
        choices = [
            [*self._repeated(path, scene), *self.samples.others(path, fields[path], scene.now)] for path in wanted
        ]
        # Each field with its first choice first: a requirement often wants what is known already.
        for values in islice(product(*choices), MOST_ATTEMPTS) if wanted else ():
            yield {**usual, **dict(zip(wanted, values, strict=True))}

    def _wanted(self, plan: StepPlan, fields: Mapping[str, FormField], combination: Values) -> list[str]:
        """Fields that the requirements of a step look at, the deciding ones apart."""
        names = {full_name(self.program, plan.step.id, name) for one in plan.require for name in one.names}
        return [path for path in fields if path not in combination and path in names]

    def _repeated(self, path: str, scene: Scene) -> list[Any]:
        """Values known to the case with which some requirement compares the field."""
        others = self._equals(path)
        if not others:
            return []
        view = Draft(self.program, scene.case, scene.now).view
        known = (view[other] for other in others)
        return [value for value in known if value is not None]

    def _equals(self, path: str) -> list[str]:
        others = self.samples.literals.equals.get(path, ())
        return [other for other in others if "[]" not in other and other not in ("at", "by")]

    def _rest(self, fields: Mapping[str, FormField], combination: Values, now: datetime) -> Values:
        return {path: self.samples.plain(path, field, now) for path, field in fields.items() if path not in combination}

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
        if not any(isinstance(fields[path], DateTimeField | TableField) or self._equals(path) for path in deciding):
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


def _given(values: Values) -> Values:
    return {name: value for name, value in values.items() if value is not ABSENT}


def _local(plan: StepPlan, values: Values) -> Values:
    """An answer as the step takes it: its own fields without the name of the step."""
    own = f"{plan.step.id}."
    return _given({path.removeprefix(own): value for path, value in values.items()})
