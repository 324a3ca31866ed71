"""Samples: plausible answers for a form or a step, for a case in which nobody real answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import combinations, islice
from typing import Any, Final

from engine.program import Program
from models.language.fields import (
    ChoiceField,
    DateTimeField,
    DepartmentField,
    FileField,
    FormField,
    NumberField,
    PersonField,
    TableField,
    TextField,
    YesNoField,
)
from models.language.steps import Approve, Task

MOST_TRIES: Final = 400
"""Combinations of answers that are tried before we admit to have none."""

_FOR_PATTERNS: Final = (
    "1",
    "2026-001",
    "13800000000",
    "sample@example.com",
    "https://example.com",
    "192.0.2.1",
    "A-001",
)


@dataclass(frozen=True, slots=True)
class Sampler:
    """Makes answers for the fields of one program at one time."""

    program: Program
    now: datetime
    yes: bool = True
    """The answer to a question with neither a default nor a demand. What people confirm is yes; what a form
    reports or a machine finds is trouble, and no."""
    seen: tuple[Any, ...] = ()
    """Texts and numbers that occur in the case: what is compared with them may have to be the same."""
    equal: Mapping[str, Any] = field(default_factory=dict)
    """Values that fields must have, because a requirement says that they equal something."""

    def candidates(self, fields: Mapping[str, FormField], known: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """Sets of answers, the most plausible first: what is required, then everything, then one or two changed."""
        return islice(self._candidates(fields, known), MOST_TRIES)

    def _candidates(self, fields: Mapping[str, FormField], known: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        samples = {name: self.equal.get(name, self.sample(name, spec)) for name, spec in fields.items()}
        needed = {name: samples[name] for name, spec in fields.items() if spec.required and name not in known}
        yield needed
        everything = {**samples, **{name: value for name, value in known.items() if name in samples}}
        yield everything
        others = [(name, value) for name, spec in fields.items() for value in self._others(name, spec)]
        for count in (1, 2):
            for changed in combinations(others, count):
                yield {**needed, **dict(changed)}
                yield {**everything, **dict(changed)}

    def sample(self, name: str, field: FormField) -> Any:  # noqa: PLR0911 - a case for each type of field
        """A plausible answer to one field."""
        match field:
            case TextField():
                return _text(name, field)
            case FileField():
                return "样例.pdf"
            case NumberField():
                usual = 1 if self.yes else 0
                return max(field.at_least or 0, usual if field.at_most is None else min(usual, field.at_most))
            case YesNoField():
                return next((one for one in (field.must_be, field.default) if one is not None), self.yes)
            case ChoiceField():
                return field.default or next((one for one in field.options if one not in field.refuse), "")
            case DateTimeField():
                return self.now
            case PersonField() | DepartmentField():
                return next(iter(self._known(name, field)), "")
            case TableField():
                return self._rows(field, max(field.at_least, 1))

    def _others(self, name: str, field: FormField) -> list[Any]:  # noqa: PLR0911 - same
        """Other answers worth trying where the plausible one is not accepted."""
        match field:
            case YesNoField():
                return [True, False]
            case ChoiceField():
                return [one for one in field.options if one not in field.refuse]
            case DateTimeField():
                return [self.now - timedelta(hours=1), self.now + timedelta(days=1), self.now + timedelta(days=30)]
            case TextField() | FileField():
                patterns = _FOR_PATTERNS if isinstance(field, TextField) and field.pattern else ()
                return [*patterns, *(one for one in self.seen if isinstance(one, str))]
            case NumberField():
                numbers = [*(one for one in self.seen if not isinstance(one, str)), 0, 1, 2, 10, 100, 1000]
                return [number for number in dict.fromkeys(numbers) if _within(number, field)]
            case PersonField() | DepartmentField():
                return self._known(name, field)[:6]
            case TableField():
                return [self._rows(field, count) for count in (2, 3) if count <= field.at_most]

    def _rows(self, field: TableField, count: int) -> list[dict[str, Any]]:
        row = {name: self.sample(name, column) for name, column in field.columns.items()}
        spread = [name for name, column in field.columns.items() if isinstance(column, DateTimeField)]
        # Times of several rows lie apart, the last of them now: attempts are not made all at once.
        return [
            {**row, **{name: self.now - timedelta(hours=4 * (count - 1 - number)) for name in spread}}
            for number in range(count)
        ]

    def _known(self, name: str, field: PersonField | DepartmentField) -> list[str]:
        company = self.program.company
        if isinstance(field, PersonField):
            # The last in the list are likelier to have no part in the case than those at the top.
            return [person for person in reversed(company.organisation.people) if company.employed(person, self.now)]
        departments = company.organisation.departments
        served = [unit for unit in departments if _serves(self.program, name, unit)]
        below = [unit for unit, department in departments.items() if department.parent]
        return list(dict.fromkeys([*served, *below, *departments]))


def _serves(program: Program, field: str, unit: str) -> bool:
    """Whether everybody whom the procedure looks for `in` this field is found in a department."""
    organisation = program.company.organisation
    steps = [step for step in program.procedure.steps if isinstance(step, Task | Approve)]
    roles = [who.role for step in steps for who in step.who if who.within == field and who.role in organisation.roles]
    return bool(roles) and all(
        any(organisation.people[person].department == unit for person in organisation.roles[role].holders)
        for role in roles
        if role
    )


def _text(name: str, field: TextField) -> str:
    title = field.title.zh if field.title else name
    text = f"{title}（样例）"[: field.at_most]
    return text if text.casefold() not in {word.casefold() for word in field.forbid} else "样例"


def _within(number: float, field: NumberField) -> bool:
    low = field.at_least if field.at_least is not None else number
    high = field.at_most if field.at_most is not None else number
    return low <= number <= high
