"""Samples: values to fill a field with, the most plausible first, then others a requirement may want."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Final

from engine.program import Program
from engine.sampling.cast import Cast, all_who
from engine.sampling.literals import Literals, literals_of
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
from models.language.patterns import compiled
from models.language.steps import Wait

ABSENT: Final = None
"""Stands for a field that is left empty."""

MOST_VARIANTS: Final = 6
"""Values tried for one field; more would only repeat what some of them show."""

_TEXTS: Final = ("样例", "x", "X-1", "abc", "1", "123", "2026-001", "110101199001011237", "13800138000",
                 "a@b.example", "https://a.example/b", "192.0.2.1")  # fmt: skip
_TIMES: Final = tuple(
    timedelta(minutes=minutes)
    for minutes in (-60, -300, -3 * 1440, -40 * 1440, 60, 3 * 1440, 40 * 1440, 400 * 1440, -400 * 1440)
)
_SOON: Final = timedelta(days=10)
_BETWEEN_ROWS: Final = timedelta(hours=4)


class Samples:
    """Values for the fields of one program."""

    def __init__(
        self, program: Program, literals: Literals | None = None, cast: Cast | None = None, yes: bool = False
    ) -> None:
        """`yes` is the answer to a question with neither a default nor a demand.

        What people confirm is yes; what a form reports or a machine finds is trouble, and no.
        """
        self.literals = literals or literals_of(program)
        self.cast = cast or Cast(program)
        self.yes = yes
        self._wanted = frozenset(_names_needed(program))
        self._due = frozenset(_due_fields(program))
        self._plain: dict[str, Any] = {}

    def deciding(self, path: str, field: FormField, now: datetime) -> list[Any]:
        """Values of a field that conditions look at: at least one for each way they can turn out."""
        found = list(islice(self._different(path, field, now), MOST_VARIANTS))
        return found if field.required else [*found, ABSENT]

    def plain(self, path: str, field: FormField, now: datetime) -> Any:
        """One acceptable value of a field that no condition looks at; empty where it may be."""
        if path in self._plain:
            return self._plain[path]
        if not field.required and path not in self._wanted and getattr(field, "default", None) is None:
            value = ABSENT
        else:
            value = self.first(path, field, now)
        if not isinstance(field, DateTimeField | TableField):
            self._plain[path] = value
        return value

    def first(self, path: str, field: FormField, now: datetime) -> Any:
        """The most plausible value of a field, also of one that may stay empty."""
        return next(iter(self._different(path, field, now)))

    def others(self, path: str, field: FormField, now: datetime) -> list[Any]:
        """Everything worth trying when a requirement turns the usual values down."""
        found = [*self._different(path, field, now), *self._unusual(field, now)]
        unique = [value for n, value in enumerate(found) if value not in found[:n]]
        return unique if field.required else [*unique, ABSENT]

    def _different(self, path: str, field: FormField, now: datetime) -> Iterable[Any]:  # noqa: PLR0911 - one a kind of field
        literals = self.literals.values.get(path, ())
        match field:
            case YesNoField():
                first = next((one for one in (field.must_be, field.default) if one is not None), self.yes)
                return [first] if field.must_be is not None else [first, not first]
            case ChoiceField():
                return self._options(path, field)
            case NumberField():
                return _numbers(field, literals)
            case TextField():
                return _texts(path, field, literals)
            case DateTimeField():
                return [now + _SOON if path in self._due and not field.past_only else now]
            case PersonField():
                return [self.cast.somebody]
            case DepartmentField():
                return [self.cast.department(path.rpartition(".")[2])]
            case FileField():
                return ["样例.pdf"]
            case TableField():
                return self._tables(path, field, now)

    def _options(self, path: str, field: ChoiceField) -> list[str]:
        """The default or the first, and one of each kind of options that some condition tells apart."""
        usable = [one for one in field.options if one not in field.refuse]
        if field.default in usable:
            usable.insert(0, field.default)
        if self.literals.equals.get(path):
            return list(dict.fromkeys(usable))
        kinds: dict[object, str] = {}
        for one in usable:
            kinds.setdefault(self.literals.alike(path, one), one)
        return list(kinds.values())

    def _unusual(self, field: FormField, now: datetime) -> Iterable[Any]:
        match field:
            case ChoiceField():
                return [one for one in field.options if one not in field.refuse]
            case DateTimeField():
                return [now + span for span in _TIMES if not field.past_only or span < timedelta()]
            case PersonField():
                return self.cast.people[:MOST_VARIANTS]
            case DepartmentField():
                return list(self.cast.organisation.departments)
            case TextField():
                return [one for one in _TEXTS if _fits(field, one)]
            case _:
                return []

    def _tables(self, path: str, field: TableField, now: datetime) -> Iterable[Any]:
        """Tables of one and several rows, and one for each value of a column that makes a difference."""
        row = self._row(path, field, now)
        sizes = self._sizes(path, field)
        yield _rows(row, field, max(1, field.at_least))
        for name, column in field.columns.items():
            where = f"{path}[].{name}"
            if where in self.literals.values or isinstance(column, YesNoField):
                for value in self.deciding(where, column, now)[1:]:
                    yield _rows(_filled({**row, name: value}), field, max(1, field.at_least))
        yield from (_rows(row, field, size) for size in sizes if size != max(1, field.at_least))

    def _sizes(self, path: str, field: TableField) -> list[int]:
        compared = {size + more for size in self.literals.sizes.get(path, ()) for more in (-1, 0, 1)}
        wanted = sorted({field.at_least, 2, *compared})
        return [size for size in wanted if field.at_least <= size <= field.at_most]

    def _row(self, path: str, field: TableField, now: datetime) -> Mapping[str, Any]:
        return _filled({name: self.plain(f"{path}[].{name}", one, now) for name, one in field.columns.items()})


def _rows(row: Mapping[str, Any], field: TableField, size: int) -> list[Mapping[str, Any]]:
    """Rows whose times lie apart, the last of them now: three attempts are not made all at once."""
    times = [name for name, one in field.columns.items() if isinstance(one, DateTimeField) and name in row]
    return [
        {**row, **{name: row[name] - _BETWEEN_ROWS * (size - 1 - number) for name in times}} for number in range(size)
    ]


def _texts(path: str, field: TextField, literals: Iterable[object]) -> list[str]:
    """A text that says which field it stands for, and every text some condition asks about."""
    title = field.title.zh if field.title else path.rpartition(".")[2]
    usual = [one for one in (f"{title}（样例）"[: field.at_most], *_TEXTS) if _fits(field, one)]
    return [*(usual[:1] or ["x"]), *(one for one in literals if isinstance(one, str))]


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not ABSENT}


def _numbers(field: NumberField, literals: Iterable[object]) -> list[float]:
    numbers = [one for one in literals if isinstance(one, int | float) and not isinstance(one, bool)]
    wanted = [one + more for one in numbers for more in (0, 1, -1)]
    low, high = field.at_least, field.at_most
    fitting = [one for one in wanted if (low is None or one >= low) and (high is None or one <= high)]
    return list(dict.fromkeys(fitting)) or [low if low is not None else high if high is not None and high < 1 else 1]


def _fits(field: TextField, text: str) -> bool:
    return (
        len(text) <= field.at_most
        and text.casefold() not in {word.casefold() for word in field.forbid}
        and (field.pattern is None or compiled(field.pattern).fullmatch(text) is not None)
    )


def _names_needed(program: Program) -> Iterable[str]:
    """Fields by which people or times are found: an empty one would leave nobody, or no time, to find."""
    for who in all_who(program):
        yield from (one for one in (who.field, who.head_of, who.within, who.superior_of) if one)
    yield from _due_fields(program)


def _due_fields(program: Program) -> Iterable[str]:
    """Fields that hold a time to come: a due time, or the end of a wait."""
    for rule in program.rules.values():
        yield from (one for one in (rule.source.at,) if one)
    for plan in program.plans.values():
        if isinstance(plan.step, Wait) and plan.step.until:
            yield plan.step.until
