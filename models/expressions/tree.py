"""The typed tree: an expression after it was checked, before it becomes a function.

Every node knows its type and its place in the text. Nothing of Python's own
`ast` is left in it, so what the compiler can meet is exactly what stands here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from models.expressions.flaws import Place
from models.expressions.types import Bool, Type


@dataclass(frozen=True, slots=True)
class Literal:
    """A value written in the text."""

    place: Place
    type: Type
    value: object


@dataclass(frozen=True, slots=True)
class Read:
    """A value of the environment, by its dotted path."""

    place: Place
    type: Type
    path: str


@dataclass(frozen=True, slots=True)
class Item:
    """The loop's current item, or a field inside it."""

    place: Place
    type: Type
    variable: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of a condition."""

    place: Place
    part: "Node"
    type: Type = Bool


@dataclass(frozen=True, slots=True)
class Logic:
    """Conditions joined by one word, `and` or `or`."""

    place: Place
    word: str
    parts: tuple["Node", ...]
    type: Type = Bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """`first` compared with the right side of each link, as in `1 < x <= 3`."""

    place: Place
    first: "Node"
    links: tuple[tuple[str, "Node"], ...]
    type: Type = Bool


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """`left sign right`, the sign one of + - * /."""

    place: Place
    type: Type
    sign: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Negative:
    """A number or a length of time with its sign turned."""

    place: Place
    type: Type
    part: "Node"


@dataclass(frozen=True, slots=True)
class Either:
    """`then if condition else otherwise`."""

    place: Place
    type: Type
    condition: "Node"
    then: "Node"
    otherwise: "Node"


@dataclass(frozen=True, slots=True)
class Listing:
    """A list written in the text."""

    place: Place
    type: Type
    items: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A function with plain arguments."""

    place: Place
    type: Type
    function: str
    arguments: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Loop:
    """A function over the items of a list: `any(body for variable in source if condition)`."""

    place: Place
    type: Type
    function: str
    variable: str
    source: "Node"
    body: "Node"
    condition: "Node | None"


Node: TypeAlias = (
    Literal | Read | Item | Not | Logic | Comparison | Arithmetic | Negative | Either | Listing | Call | Loop
)


def children(node: Node) -> tuple[Node, ...]:
    """List the nodes directly inside a node, in the order of the text."""
    found: tuple[Node | None, ...] = ()
    match node:
        case Not() | Negative():
            found = (node.part,)
        case Logic():
            found = node.parts
        case Listing():
            found = node.items
        case Call():
            found = node.arguments
        case Comparison():
            found = (node.first, *(right for _, right in node.links))
        case Arithmetic():
            found = (node.left, node.right)
        case Either():
            found = (node.then, node.condition, node.otherwise)
        case Loop():
            found = (node.body, node.source, node.condition)
    return tuple(child for child in found if child is not None)


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and everything inside it."""
    yield node
    for child in children(node):
        yield from walk(child)
