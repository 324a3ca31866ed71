"""The compiler: turns the typed tree into nested functions, once, so that evaluation only calls them.

No code is generated and nothing is given to Python's own compiler. Where a common
shape can do with one call less, it gets a shape of its own: conditions run at
every event of every case.
"""

from collections.abc import Callable
from typing import Any, Final

from models.expressions import iteration, operations, relations
from models.expressions.reading import Closure, Environment, read_item, read_path
from models.expressions.tree import (
    Arithmetic,
    Call,
    Comparison,
    Either,
    Item,
    Listing,
    Literal,
    Logic,
    Loop,
    Negative,
    Node,
    Not,
    Read,
    walk,
)
from models.expressions.types import is_textual


def compile_node(node: Node) -> Closure:
    """Make the function that evaluates a node; it takes the environment and gives the value."""
    return _RULES[type(node)](node)


def always_bool(node: Node) -> Closure:
    """Make the function of a condition whose result is True or False, also when its value is missing."""
    run = compile_node(node)
    if isinstance(node, Read | Item | Either | Literal):
        return lambda env: run(env) is True
    return run


def _literal(node: Literal) -> Closure:
    value = node.value
    return lambda _env: value


def _not(node: Not) -> Closure:
    part = compile_node(node.part)
    return lambda env: not part(env)


def _logic(node: Logic) -> Closure:
    parts = tuple(compile_node(part) for part in node.parts)
    if len(parts) == 2:
        return _both(*parts) if node.word == "and" else _one(*parts)
    stops_at = node.word == "or"

    def run(env: Environment) -> bool:
        for part in parts:
            if (part(env) is True) is stops_at:
                return stops_at
        return not stops_at

    return run


def _both(left: Closure, right: Closure) -> Closure:
    return lambda env: left(env) is True and right(env) is True


def _one(left: Closure, right: Closure) -> Closure:
    return lambda env: left(env) is True or right(env) is True


def _comparison(node: Comparison) -> Closure:
    first = compile_node(node.first)
    if len(node.links) > 1:
        return relations.chain(first, tuple((sign, compile_node(right)) for sign, right in node.links))
    sign, right = node.links[0]
    if isinstance(right, Literal):
        if isinstance(node.first, Read) and is_textual(node.first.type):
            return relations.relate_text(node.first.path, first, sign, right.value)
        return relations.relate_to_constant(first, sign, right.value)
    if isinstance(right, Listing) and all(isinstance(item, Literal) for item in right.items):
        constants = tuple(item.value for item in right.items if isinstance(item, Literal))
        return relations.search_constants(first, sign, constants)
    return relations.relate(first, sign, compile_node(right))


def _either(node: Either) -> Closure:
    condition, then, otherwise = map(compile_node, (node.condition, node.then, node.otherwise))
    return lambda env: then(env) if condition(env) is True else otherwise(env)


def _listing(node: Listing) -> Closure:
    items = tuple(compile_node(item) for item in node.items)
    return lambda env: tuple(item(env) for item in items)


def _loop(node: Loop) -> Closure:
    inside = [node.body] if node.condition is None else [node.body, node.condition]
    reads = {part.path for root in inside for part in walk(root) if isinstance(part, Read)}
    outer = {part.variable for root in inside for part in walk(root) if isinstance(part, Item)}
    values = (compile_node(node.body), None if node.condition is None else compile_node(node.condition))
    return iteration.loop(node.function, node.variable, compile_node(node.source), values, reads | outer)


_RULES: Final[dict[type, Callable[[Any], Closure]]] = {
    Literal: _literal,
    Read: lambda node: read_path(node.path, node.type),
    Item: lambda node: read_item(node.variable, node.fields, node.type),
    Not: _not,
    Logic: _logic,
    Comparison: _comparison,
    Arithmetic: lambda node: operations.calculate(compile_node(node.left), node.sign, compile_node(node.right)),
    Negative: lambda node: operations.negate(compile_node(node.part)),
    Either: _either,
    Listing: _listing,
    Call: lambda node: operations.call(node.function, [compile_node(part) for part in node.arguments]),
    Loop: _loop,
}
