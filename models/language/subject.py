"""Subject: the file a rule looks at, in its context, with what several rules ask of it worked out once."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from models.expressions import Expression, ExpressionError, Flaw, Record, Scope, Type, parse
from models.expressions.suggestions import suggest
from models.expressions.words import Words as Suggestion
from models.language.context import Context
from models.language.events import events_of
from models.language.fields import FormField
from models.language.inside import line_and_column, offset
from models.language.machine_tasks import MachineTask
from models.language.order import Order
from models.language.parts import Named, Timed, deadlines_of, fields_of, people_of
from models.language.places import Place
from models.language.problem import Problem, Wording
from models.language.procedure import Procedure
from models.language.rulebook import Page
from models.language.scope import Loc, Written, expressions_of, scope_of
from models.language.steps import Machine, Step

_MODE: Final = re.compile(r"\bmode\.(\w+)")
_NONE: Final = Suggestion("none is written down yet", "目前一个也没有")


@dataclass(frozen=True, slots=True)
class Condition:
    """An expression of the file: what was written, and what it means or what is wrong with it."""

    written: Written
    meaning: Expression | None
    flaws: tuple[Flaw, ...] = ()


@dataclass(frozen=True)
class Subject:
    """One file and what surrounds it."""

    page: Page
    context: Context

    def say(self, wording: Wording, loc: Loc, **values: object) -> Problem:
        """The problem at a value of the file, or at what it belongs to if the file leaves it out."""
        place = self._place(loc)
        return self._at(wording, place, **values)

    def say_key(self, wording: Wording, loc: Loc, **values: object) -> Problem:
        """The problem at a key rather than at its value."""
        place = self._place(loc)
        return self._at(wording, place.key if place and place.key else place, **values)

    def say_unknown(
        self, wording: Wording, loc: Loc, written: str, available: Iterable[str], **values: object
    ) -> Problem:
        """The problem of a name that does not exist; `{hint}` in the wording lists what there is, closest first.

        If `available` maps names to things that have titles, a title in place of a name is recognised.
        """
        hint = _titled(written, available) or suggest(written, available, _NONE)
        return self.say(wording, loc, found=written, hint=hint.en, hint_zh=hint.zh, **values)

    def say_inside(self, wording: Wording, loc: Loc, value: str, index: int, **values: object) -> Problem:
        """The problem at one character of a text."""
        place, text = self._place(loc), self.page.source.text
        if place is None or place.children is not None:
            return self.say(wording, loc, **values)
        line, column = line_and_column(text, offset(text, place, value, index))
        return wording.at(self.page.source.name, line, column, **values)

    def line(self, loc: Loc) -> int:
        """The line of a value, for messages that speak of another place."""
        place = self._place(loc)
        return place.line if place else 1

    def has(self, loc: Loc) -> bool:
        """Whether the last key of a location is written in the file."""
        return self._place(loc) is not self._place(loc[:-1])

    def _at(self, wording: Wording, place: Place | None, **values: object) -> Problem:
        line, column = (place.line, place.column) if place else (1, 1)
        return wording.at(self.page.source.name, line, column, **values)

    def _place(self, loc: Loc) -> Place | None:
        place = self.page.source.place
        for part in loc if place else ():
            children = place.children if place else None
            if not children or part not in children:
                if part == 0 and children and 0 not in children:
                    # One value where a list is allowed: there is no list to step into.
                    continue
                break
            place = children[part]
        return place

    @property
    def procedure(self) -> Procedure:
        """The procedure that the file is; only for rules about procedures."""
        content: Procedure = self.page.content
        return content

    @cached_property
    def order(self) -> Order:
        """Which steps wait for which."""
        return Order.of(self.procedure)

    @cached_property
    def steps(self) -> Mapping[str, Step]:
        """Steps by name."""
        return self.order.steps

    @cached_property
    def deadlines(self) -> tuple[Timed, ...]:
        """All deadlines."""
        return tuple(deadlines_of(self.procedure))

    @cached_property
    def people(self) -> tuple[Named, ...]:
        """All places where people are named."""
        return tuple(people_of(self.procedure))

    @cached_property
    def fields(self) -> Mapping[str, FormField]:
        """All fields: `department`, `handle.solution`."""
        return fields_of(self.procedure)

    @cached_property
    def events(self) -> frozenset[str]:
        """All events that a deadline may start or stop at."""
        return frozenset(events_of(self.procedure))

    @cached_property
    def conditions(self) -> Mapping[Loc, Condition]:
        """All expressions of the file, by where they stand."""
        return {written.loc: _understand(written) for written in expressions_of(self.procedure, self.modes)}

    @cached_property
    def modes(self) -> frozenset[str]:
        """The modes there are; without a file of modes, those that the procedure speaks of are taken to exist."""
        if self.context.modes is not None:
            return frozenset(self.context.modes.modes)
        return frozenset(_MODE.findall(self.page.source.text))

    @cached_property
    def scope(self) -> Scope:
        """The names that conditions may use, modes left out."""
        return scope_of(self.procedure)

    def machine_work(self) -> Iterator[tuple[Loc, Machine, MachineTask]]:
        """The machine steps whose work is registered: where each is written, and the work."""
        known = self.context.machine_tasks or {}
        for index, step in enumerate(self.procedure.steps):
            if isinstance(step, Machine) and step.runs in known:
                yield ("steps", index), step, known[step.runs]

    def type_of(self, path: str) -> Type | None:
        """The type of what a dotted name means in conditions; None if it means nothing."""
        kind: Type | None = None
        names: Mapping[str, Type] = self.scope.names
        for part in path.split("."):
            kind = names.get(part)
            names = kind.fields if isinstance(kind, Record) else {}
        return kind


def _titled(written: str, names: Iterable[str]) -> Suggestion | None:
    """The remedy for a title that was written instead of the name: `who: 受理人` for `who: acceptor`."""
    if not isinstance(names, Mapping):
        return None
    meant = [name for name, thing in names.items() if _title(thing) == written]
    if not meant:
        return None
    either = ", ".join(f"`{name}`" for name in meant)
    return Suggestion(f"that is the title of {either}: write the name", f"这是名称，请写它的代码 {either}")


def _understand(written: Written) -> Condition:
    try:
        return Condition(written, parse(written.text, written.scope, written.expect))
    except ExpressionError as error:
        return Condition(written, None, error.flaws)


def _title(thing: object) -> str:
    """What people call a role, a person, a step, a field or an option."""
    return str(getattr(thing, "title", None) or getattr(thing, "name", None) or thing)
