"""Filling: the ways in which a step can be filled in, the most plausible first, until it accepts what is said."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import combinations, islice, product
from typing import Any, Final

from engine.case import Case
from engine.draft import Draft
from engine.program import Program, StepPlan
from engine.sampling.naming import full_name
from engine.sampling.samples import ABSENT, Samples
from models.language.fields import FormField
from models.language.steps import PEOPLE_STEPS

Values = Mapping[str, Any]
"""Answers by full names: `STEP.FIELD`, or the field of the form."""

MOST_ATTEMPTS: Final = 400
"""Ways of filling in one step that are tried before we admit to have none."""


class Filling:
    """Fills in the steps of one program."""

    def __init__(self, program: Program, samples: Samples) -> None:
        self.program = program
        self.samples = samples

    def fields(self, plan: StepPlan) -> Mapping[str, FormField]:
        """What a step asks for, by full names."""
        form, step = self.program.procedure.form, plan.step
        own: Mapping[str, FormField] = getattr(step, "fields", None) or getattr(step, "outputs", None) or {}
        asked = {name: form[name] for name in step.asks if name in form} if isinstance(step, PEOPLE_STEPS) else {}
        return {**{f"{step.id}.{name}": field for name, field in own.items()}, **asked}

    def plain(self, fields: Mapping[str, FormField], now: datetime) -> Values:
        """The usual value of each field."""
        return {path: self.samples.plain(path, field, now) for path, field in fields.items()}

    def ways(self, plan: StepPlan, case: Case, now: datetime, fixed: Values | None = None) -> Iterator[Values]:
        """Ways to fill in what is not `fixed`: as usual, then whatever the requirements of the step may want.

        A field of the form that is known keeps its value unless a requirement looks at it.
        """
        fields = {path: field for path, field in self.fields(plan).items() if path not in (fixed or ())}
        usual = self.plain({path: field for path, field in fields.items() if path not in case.facts}, now)
        yield usual
        choices = {
            path: [*self.repeated(path, case, now), *self.samples.others(path, fields[path], now)]
            for path in self._wanted(plan, fields)
        }
        for changed in islice(_changes(choices), MOST_ATTEMPTS):
            yield {**usual, **changed}

    def repeated(self, path: str, case: Case, now: datetime) -> list[Any]:
        """Values known to the case with which some requirement compares the field."""
        others = self.equals(path)
        if not others:
            return []
        view = Draft(self.program, case, now).view
        known = (view[other] for other in others)
        return [value for value in known if value is not None]

    def equals(self, path: str) -> list[str]:
        """Names with which some condition compares the field."""
        others = self.samples.literals.equals.get(path, ())
        return [other for other in others if "[]" not in other and other not in ("at", "by")]

    def _wanted(self, plan: StepPlan, fields: Mapping[str, FormField]) -> list[str]:
        """Fields that the requirements of a step look at."""
        names = {full_name(self.program, plan.step.id, name) for one in plan.require for name in one.names}
        return [path for path in fields if path in names]


def as_answer(plan: StepPlan, values: Values) -> Values:
    """An answer as the step takes it: its own fields without the name of the step, and nothing for what is empty."""
    own = f"{plan.step.id}."
    return given({path.removeprefix(own): value for path, value in values.items()})


def given(values: Values) -> Values:
    """The values without those that are empty."""
    return {name: value for name, value in values.items() if value is not ABSENT}


def _changes(choices: Mapping[str, Sequence[Any]]) -> Iterator[Values]:
    """All first choices, for a requirement often wants what is known already; one changed; two; then everything."""
    if not choices:
        return
    yield {path: values[0] for path, values in choices.items()}
    single = [(path, value) for path, values in choices.items() for value in values]
    for count in (1, 2):
        yield from (dict(changed) for changed in combinations(single, count))
    if len(choices) > 2:
        yield from (dict(zip(choices, values, strict=True)) for values in product(*choices.values()))
