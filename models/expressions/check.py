"""The checker: turns Python's syntax tree into the typed tree, and reports all that has no meaning.

The whitelist is `_RULES`: a kind of syntax that is not in it does not exist in
the language. Each rule checks its parts first, so one expression gives all its
flaws at once; a part with a flaw becomes `Unknown` and causes no further ones.
"""

import ast
from collections.abc import Callable
from typing import Any, Final

from models.expressions.arithmetic import calculate, negate
from models.expressions.comparisons import check_link
from models.expressions.context import Context
from models.expressions.loops import check_call
from models.expressions.names import broken
from models.expressions.tree import Comparison, Either, Listing, Literal, Logic, Node, Not
from models.expressions.types import Bool, ListOf, Nothing, Number, Text, Type, Unknown, describe, joined

_SIGNS: Final[dict[type[ast.AST], str]] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
    ast.In: "in", ast.NotIn: "not in", ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/",
}  # fmt: skip
_CONSTANTS: Final[dict[type, Type]] = {bool: Bool, int: Number, float: Number, str: Text, type(None): Nothing}


class Checker(Context):
    """Checks one expression: every part by the rule for its kind."""

    def check(self, node: ast.expr) -> Node:
        """Check a part of the expression and everything inside it."""
        rule = _RULES.get(type(node))
        if rule is not None:
            return rule(self, node)
        place = self.place(node)
        message, remedy = _FOREIGN.get(type(node), _FOREIGN_OTHERWISE)
        self.report.add(place, f"{self.report.quote(place)}: {message}", remedy)
        return broken(place)


def _constant(context: Context, node: ast.Constant) -> Node:
    return Literal(context.place(node), _CONSTANTS[type(node.value)], node.value)


def _name(context: Context, node: ast.Name) -> Node:
    place = context.place(node)
    return context.names.resolve([node.id], [place], place)


def _attribute(context: Context, node: ast.Attribute) -> Node:
    parts, places, base = [node.attr], [context.source.name_at_end(node)], node.value
    while isinstance(base, ast.Attribute):
        parts.append(base.attr)
        places.append(context.source.name_at_end(base))
        base = base.value
    whole = context.place(node)
    if isinstance(base, ast.Name):
        return context.names.resolve([base.id, *parts[::-1]], [context.place(base), *places[::-1]], whole)
    context.check(base)
    message = f"only a name may stand before `.{parts[-1]}`"
    context.report.add(places[-1], message, "put a step, a field or a loop's item before the dot")
    return broken(whole)


def _logic(context: Context, node: ast.BoolOp) -> Node:
    word = "and" if isinstance(node.op, ast.And) else "or"
    parts: list[Node] = []
    for value in node.values:
        parts.append(context.condition(value, f"`{word}`", parts[-1] if parts else None))
    return Logic(context.place(node), word, tuple(parts))


def _unary(context: Context, node: ast.UnaryOp) -> Node:
    place = context.place(node)
    if isinstance(node.op, ast.Not):
        return Not(place, context.condition(node.operand, "`not`"))
    part = context.check(node.operand)
    if isinstance(node.op, ast.USub):
        return negate(place, part, context.report)
    context.report.add(place, f"{context.report.quote(place)}: `+` adds two values", "leave out `+`")
    return broken(place)


def _compare(context: Context, node: ast.Compare) -> Node:
    sides = [context.check(side) for side in (node.left, *node.comparators)]
    links = tuple(zip((_SIGNS[type(sign)] for sign in node.ops), sides[1:], strict=True))
    for left, (sign, right) in zip(sides, links, strict=False):
        check_link(left, sign, right, context.report)
    return Comparison(context.place(node), sides[0], links)


def _calculate(context: Context, node: ast.BinOp) -> Node:
    left, right = context.check(node.left), context.check(node.right)
    return calculate(context.place(node), left, _SIGNS[type(node.op)], right, context.report)


def _either(context: Context, node: ast.IfExp) -> Node:
    then = context.check(node.body)
    condition = context.condition(node.test, "`if`")
    otherwise = context.check(node.orelse)
    kind = joined(then.type, otherwise.type)
    if kind is None:
        message = (
            f"{context.report.quote(then.place)} is {describe(then.type)} "
            f"and {context.report.quote(otherwise.place)} is {describe(otherwise.type)}"
        )
        context.report.add(context.place(node), message, "write values of one type before `if` and after `else`")
    return Either(context.place(node), Unknown if kind is None else kind, condition, then, otherwise)


def _listing(context: Context, node: ast.List) -> Node:
    items = tuple(context.check(item) for item in node.elts)
    kind: Type = Nothing
    for item in items:
        both = joined(kind, item.type)
        if both is None:
            message = f"{context.report.quote(item.place)} is {describe(item.type)}, in a list of {describe(kind)}"
            context.report.add(item.place, message, "write items of one type")
            return broken(context.place(node))
        kind = both
    return Listing(context.place(node), ListOf(kind), items)


_FOREIGN_OTHERWISE: Final = ("this cannot stand in an expression", "write a condition such as `category == 'x'`")
_FOREIGN: Final[dict[type[ast.AST], tuple[str, str]]] = {
    ast.Subscript: ("items of a list have no numbers", "ask about all items: `any(i.x == y for i in list)`"),
    ast.Tuple: ("several values stand side by side", "join conditions with `and` or `or`; write a list in `[ ]`"),
    ast.ListComp: ("a loop stands inside a function, not in a list", "write `any(condition for i in list)`"),
    ast.GeneratorExp: ("a loop needs a function around it", "write `any(condition for i in list)`"),
}
_RULES: Final[dict[type[ast.AST], Callable[[Context, Any], Node]]] = {
    ast.Constant: _constant,
    ast.Name: _name,
    ast.Attribute: _attribute,
    ast.BoolOp: _logic,
    ast.UnaryOp: _unary,
    ast.Compare: _compare,
    ast.BinOp: _calculate,
    ast.IfExp: _either,
    ast.List: _listing,
    ast.Call: check_call,
}
