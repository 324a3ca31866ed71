"""Cast: who plays the employee, the customer's contact and the department in the cases that a proof plays."""

from collections.abc import Iterator
from functools import cached_property

from engine.program import Program
from models.language.element import Element
from models.language.who import Who


class Cast:
    """People and units of the company that have as little part in the procedure as possible."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.organisation = program.company.organisation

    @cached_property
    def people(self) -> tuple[str, ...]:
        """Everybody, ordinary employees first: who has no role in the procedure and leads nobody."""
        organisation, whos = self.organisation, self._whos
        named = {who.role for who in whos} | {who.person for who in whos}
        busy = {person for name in named if name in organisation.roles for person in organisation.roles[name].holders}
        heads = {unit.head for unit in organisation.departments.values()}
        present = [name for name, one in organisation.people.items() if not (one.left or one.joined)]
        return tuple(sorted(present, key=lambda one: (one in busy or one in named) + (one in heads)))

    @cached_property
    def requester(self) -> str:
        """Who opens the cases of a proof: an ordinary employee."""
        return self.people[0]

    @cached_property
    def somebody(self) -> str:
        """Another ordinary employee, for fields that name a person."""
        return self.people[min(1, len(self.people) - 1)]

    @cached_property
    def _whos(self) -> tuple[Who, ...]:
        return tuple(all_who(self.program))

    def department(self, field: str) -> str:
        """A department for a field: one in which everybody can be found whom the procedure looks for there.

        Rather one that belongs to another: who stands at the top has a part in much.
        """
        roles = [who.role for who in self._whos if who.within == field and who.role]
        units = sorted(self.organisation.departments.items(), key=lambda one: one[1].parent is None)
        staffed = (name for name, _ in units if all(self._has(name, role) for role in roles))
        return next(staffed, units[0][0])

    def _has(self, department: str, role: str) -> bool:
        people = self.organisation.people
        found = self.organisation.roles.get(role)
        return found is not None and any(people[one].department == department for one in found.holders if one in people)


def all_who(program: Program) -> Iterator[Who]:
    """Everybody a procedure and its ladders name, wherever they stand in the file."""
    yield from _inside(program.procedure)
    for rule in program.rules.values():
        for people in rule.chain.values():
            for who in people:
                yield from _inside(who)


def _inside(node: object) -> Iterator[Who]:
    if isinstance(node, Who):
        yield node
    if isinstance(node, Element):
        for name in type(node).model_fields:
            yield from _inside(getattr(node, name))
    elif isinstance(node, tuple):
        for item in node:
            yield from _inside(item)
    elif isinstance(node, dict):
        for item in node.values():
            yield from _inside(item)
