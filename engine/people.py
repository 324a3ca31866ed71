"""People: who is asked, found only at the moment of asking (section 3.4 of the requirements).

Absent people are replaced by their deputy at once, people with a conflict of
interest are skipped upwards, and whoever was skipped is named with the reason.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Protocol

from msgspec import Struct, field
from msgspec.structs import replace

from engine.case import StepState
from engine.company import Company
from engine.effects import Skipped
from engine.program import Manner
from models.language.who import LEVELS, Who


class Chosen(Struct, frozen=True):
    """A person to ask, and for whom they stand in."""

    person: str
    stands_for: str | None = None
    role: str | None = None
    vacant: bool = False
    """Whether they are asked only because nobody else is left."""

    @property
    def principal(self) -> str:
        """Whose answer it is that this person gives."""
        return self.stands_for or self.person


class Known(Protocol):
    """What a search may look at of a case, be it at rest or being decided upon."""

    @property
    def facts(self) -> Mapping[str, Any]:
        """Answers of the form, by field."""

    @property
    def steps(self) -> Mapping[str, StepState]:
        """Steps, by name."""

    @property
    def owner(self) -> str | None:
        """Who is accountable."""

    @property
    def requester(self) -> str | None:
        """Who opened it."""


class Search(Struct, frozen=True):
    """Whom to look for, and whom not to ask."""

    company: Company
    case: Known
    now: datetime
    chain: Mapping[str, tuple[Who, ...]] = field(default_factory=dict)
    assignees: tuple[str, ...] = ()
    row: Mapping[str, object] = field(default_factory=dict)
    excluded: frozenset[str] = frozenset()
    conflicted: frozenset[str] = frozenset()
    step: str | None = None
    manner: Manner = Manner()
    skipped: list[Skipped] = field(default_factory=list)

    def find(self, wanted: Iterable[Who]) -> tuple[Chosen, ...]:
        """The people to ask, each once, in order; the vacancy role if nobody else is left."""
        found: dict[str, Chosen] = {}
        for who in wanted:
            barred = self.excluded | self.barred_by((who,)) if who.excluding else self.excluded
            for person in self._named(who):
                chosen = self._fit(person, who.role, barred | found.keys() if self.manner.distinct else barred)
                if chosen:
                    found.setdefault(chosen.person, chosen)
        return tuple(found.values()) or self.vacancy(wanted)

    def for_telling(self) -> "Search":
        """The same search for people who are only told: whoever may not decide may well learn of it."""
        return replace(self, excluded=frozenset(), manner=Manner(emergency=self.manner.emergency))

    def acting_for(self, principal: str, wanted: Iterable[Who], barred: frozenset[str]) -> Chosen | None:
        """Who acts now for somebody of those wanted; None if nobody may."""
        roles = self.company.organisation.roles
        role = next((who.role for who in wanted if who.role in roles and principal in roles[who.role].holders), None)
        return self._fit(principal, role, barred | self.excluded | self.barred_by(wanted))

    def members(self, wanted: Iterable[Who]) -> tuple[str, ...]:
        """Everybody named who works here, away or not: on a roster each stands for themselves."""
        barred = self.excluded | self.conflicted | self.barred_by(wanted)
        named = dict.fromkeys(one.person for one in self._plain(wanted))
        return tuple(person for person in named if person not in barred and self.company.employed(person, self.now))

    def barred_by(self, wanted: Iterable[Who]) -> frozenset[str]:
        """People whom an `except` keeps away."""
        return frozenset(one.person for who in wanted for one in self._plain(who.excluding))

    def _plain(self, wanted: Iterable[Who]) -> tuple[Chosen, ...]:
        return tuple(Chosen(person) for who in wanted for person in self._named(who))

    def _named(self, who: Who) -> Iterable[str]:
        for selector, finder in _FINDERS.items():
            value = getattr(who, selector)
            if value is not None:
                people = finder(self, value)
                break
        else:
            return ()
        if who.within:
            unit = self._value(who.within)
            records = self.company.organisation.people
            people = tuple(person for person in people if person in records and records[person].department == unit)
        return people

    def _fit(self, person: str, role: str | None, barred: frozenset[str] | set[str]) -> Chosen | None:
        if self._able(person, barred):
            return Chosen(person, role=role)
        concerned = person in self.conflicted or person in barred
        if not concerned and not self.manner.stand_ins and self.company.employed(person, self.now):
            return Chosen(person, role=role)
        self.skipped.append(Skipped(person, self.step, self._reason(person, barred)))
        for other in self._instead(person, role, concerned):
            if self._able(other, barred):
                return Chosen(other, stands_for=person, role=role)
        return None

    def _instead(self, person: str, role: str | None, concerned: bool) -> Iterable[str]:
        if concerned:
            return self._upwards(person) if self.manner.upwards else ()
        return self.company.stand_in(person, role, self.now) if self.manner.stand_ins else ()

    def _able(self, person: str, barred: frozenset[str] | set[str]) -> bool:
        return person not in barred and person not in self.conflicted and self.company.available(person, self.now)

    def _upwards(self, person: str) -> Iterable[str]:
        seen = {person}
        above = self.company.superior(person)
        while above and above not in seen:
            seen.add(above)
            yield above
            above = self.company.superior(above)
        yield from self.company.stand_in(person, None, self.now)

    def _reason(self, person: str, barred: frozenset[str] | set[str]) -> str:
        if person in self.conflicted:
            return "conflict of interest"
        if person in barred:
            return "separation of duties"
        return "absent" if self.company.employed(person, self.now) else "has left"

    def vacancy(self, wanted: Iterable[Who]) -> tuple[Chosen, ...]:
        """Who steps in where nobody wanted can be asked: the duty person, a role's fallback, the vacancy role.

        A fallback has its own: where the general manager is accused, it is whoever stands above them.
        """
        organisation = self.company.organisation
        people = self.company.on_duty(organisation.duty_person, self.now) if self.manner.emergency else ()
        for role in (*self._fallbacks(who.role for who in wanted), organisation.vacancy):
            if role and role in organisation.roles:
                people = (*people, *organisation.roles[role].holders)
        for person in people:
            for other in (person, *self._upwards(person)):
                if self._able(other, self.excluded):
                    return (Chosen(other, vacant=True),)
        return ()

    def _fallbacks(self, wanted: Iterable[str | None]) -> Iterable[str]:
        """The fallbacks of the roles, then those of the fallbacks, each once."""
        roles, found = self.company.organisation.roles, dict[str, None]()
        names = list(wanted)
        for name in names:
            fallback = roles[name].fallback if name in roles else None
            if fallback and fallback not in found:
                found[fallback] = None
                names.append(fallback)
        return found

    def _value(self, path: str) -> object:
        if path.startswith("item."):
            return self.row.get(path[5:])
        if "." in path:
            step, name = path.split(".", 1)
            state = self.case.steps.get(step)
            return state.values.get(name) if state else None
        return self.case.facts.get(path)


def _role(search: Search, name: str) -> tuple[str, ...]:
    role = search.company.organisation.roles.get(name)
    if role is None:
        return ()
    if role.everyone:
        everyone = search.company.organisation.people
        return tuple(person for person in everyone if search.company.employed(person, search.now))
    return role.holders


def _field(search: Search, path: str) -> tuple[str, ...]:
    value = search._value(path)  # noqa: SLF001 - finders are the methods of a Search, kept in a table
    return (value,) if isinstance(value, str) and value else ()


def _head(search: Search, name: str) -> tuple[str, ...]:
    unit = search._value(name) or name  # noqa: SLF001
    department = search.company.organisation.departments.get(str(unit))
    return (department.head,) if department else ()


def _superior(search: Search, name: str) -> tuple[str, ...]:
    people = _special(search, name) if name in _SPECIAL else _did(search, name) or _field(search, name)
    superiors = (search.company.superior(person) for person in people)
    return tuple(dict.fromkeys(one for one in superiors if one))


def _duty(search: Search, roster: str) -> tuple[str, ...]:
    return search.company.on_duty(roster, search.now) if roster in search.company.organisation.duty else ()


def _did(search: Search, step: str) -> tuple[str, ...]:
    state = search.case.steps.get(step)
    if state is None:
        return ()
    doers = [state.by, *(slot.by for slot in state.slots.values()), *(vote.by for vote in state.votes.values())]
    people = search.company.organisation.people
    return tuple(dict.fromkeys(one for one in doers if one in people))


def _special(search: Search, word: str) -> tuple[str, ...]:
    if word in LEVELS:
        return tuple(one.person for one in search._plain(search.chain.get(word, ())))  # noqa: SLF001
    return tuple(one for one in _SPECIAL[word](search) if one in search.company.organisation.people)


def _participants(search: Search) -> tuple[str, ...]:
    return tuple(dict.fromkeys(person for step in search.case.steps for person in _did(search, step)))


_SPECIAL: Mapping[str, Callable[[Search], Iterable[str]]] = {
    "requester": lambda search: (search.case.requester,) if search.case.requester else (),
    "owner": lambda search: (search.case.owner,) if search.case.owner else (),
    "assignee": lambda search: search.assignees,
    "participants": _participants,
    "everyone": lambda search: search.company.organisation.people,
    "item_person": lambda search: (str(search.row.get("person", "")),),
}

_FINDERS: Mapping[str, Callable[[Search, str], tuple[str, ...]]] = {
    "role": _role,
    "person": lambda _search, person: (person,),
    "field": _field,
    "head_of": _head,
    "superior_of": _superior,
    "on_duty": _duty,
    "did": _did,
    "special": _special,
}
