"""Literals: which values the conditions of a procedure compare each name with.

A case of ten thousand and one of twenty thousand behave alike if all that is ever asked is
`amount > 5000`. So to see all that can happen it is enough to try values on both sides of
every comparison, and the comparisons say which these are.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from engine.program import Program
from engine.sampling.naming import expressions_of, full_name
from models.expressions.tree import (
    Arithmetic,
    Call,
    Comparison,
    Item,
    Listing,
    Literal,
    Loop,
    Node,
    Read,
    children,
    walk,
)

Variables = Mapping[str, str]
"""The table that each loop variable runs over."""


@dataclass(frozen=True, slots=True)
class Literals:
    """What each name is compared with, by its full name."""

    values: Mapping[str, tuple[object, ...]] = field(default_factory=dict)
    sizes: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Numbers with which the length of a table is compared."""
    equals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Other names with which it is compared: an answer may have to repeat what is known."""
    groups: Mapping[str, tuple[tuple[object, ...], ...]] = field(default_factory=dict)
    """The values that stand together in one comparison, such as those of a list."""

    def alike(self, name: str, value: object) -> tuple[bool, ...]:
        """What tells a value from another: equal for two between which no comparison with words makes a difference."""
        return tuple(value in group for group in self.groups.get(name, ()))


def literals_of(program: Program) -> Literals:
    """What any expression of the program compares something with."""
    values: dict[str, dict[object, None]] = {}
    sizes: dict[str, dict[int, None]] = {}
    equals: dict[str, dict[str, None]] = {}
    groups: dict[str, dict[tuple[object, ...], None]] = {}
    for one in expressions_of(program):
        reader = _Reader(program, one.owner)
        for left, right in reader.comparisons(one.expression.tree, {}):
            variables = left.variables
            written = _values(right.node)
            for name in reader.names(left.node, variables):
                values.setdefault(name, {}).update(dict.fromkeys(written))
                groups.setdefault(name, {})[tuple(written)] = None
                others = dict.fromkeys(reader.names(right.node, variables))
                equals.setdefault(name, {}).update(others)
            for table in reader.counted(left.node, variables):
                numbers = (number for number in written if isinstance(number, int | float))
                sizes.setdefault(table, {}).update(dict.fromkeys(int(number) for number in numbers))
    return Literals(
        {name: tuple(found) for name, found in values.items()},
        {name: tuple(found) for name, found in sizes.items()},
        {name: tuple(found) for name, found in equals.items()},
        {name: tuple(found) for name, found in groups.items()},
    )


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a comparison, and the loops around it."""

    node: Node
    variables: Variables


class _Reader:
    """Reads the expressions of one step or deadline."""

    def __init__(self, program: Program, owner: str) -> None:
        self.program = program
        self.owner = owner

    def comparisons(self, node: Node, variables: Variables) -> Iterator[tuple[_Side, _Side]]:
        """Every two things that are compared, both ways round."""
        if isinstance(node, Loop):
            variables = {**variables, node.variable: self._name(node.source, variables) or ""}
        if isinstance(node, Comparison):
            for left, right in pairwise([node.first, *(right for _, right in node.links)]):
                yield _Side(left, variables), _Side(right, variables)
                yield _Side(right, variables), _Side(left, variables)
        for child in children(node):
            yield from self.comparisons(child, variables)

    def names(self, node: Node, variables: Variables) -> Iterable[str]:
        """The names whose value decides one side of a comparison."""
        if isinstance(node, Call) and node.function == "lower":
            node = node.arguments[0]
        name = self._name(node, variables)
        if name:
            return [name]
        return [name for part in walk(node) if isinstance(node, Arithmetic) and (name := self._name(part, variables))]

    def counted(self, node: Node, variables: Variables) -> Iterable[str]:
        """The table whose rows one side of a comparison counts."""
        source: Node | None = None
        if isinstance(node, Call) and node.function in ("len", "count"):
            source = node.arguments[0]
        elif isinstance(node, Loop) and node.function == "count":
            source = node.source
        name = self._name(source, variables) if source is not None else None
        return [name] if name else []

    def _name(self, node: Node, variables: Variables) -> str | None:
        if isinstance(node, Read):
            return full_name(self.program, self.owner, node.path)
        if isinstance(node, Item) and node.fields:
            table = variables.get(node.variable, "")
            return full_name(self.program, self.owner, f"{table}[].{'.'.join(node.fields)}")
        return None


def _values(node: Node) -> list[object]:
    """Values written on one side of a comparison; of a sum each part, which is close enough to try."""
    if isinstance(node, Listing):
        return [value for item in node.items for value in _values(item)]
    return [part.value for part in walk(node) if isinstance(part, Literal)] if _is_plain(node) else []


def _is_plain(node: Node) -> bool:
    return isinstance(node, Literal) or (isinstance(node, Arithmetic) and all(map(_is_plain, children(node))))
