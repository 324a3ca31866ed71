"""The checker: turns Python's syntax tree into the typed tree, and reports all that has no meaning.

The whitelist is `_RULES`: a kind of syntax that is not in it does not exist in
the language. Each rule checks its parts first, so one expression gives all its
flaws at once; a part with a flaw becomes `Unknown` and causes no further ones.
"""

import ast
from collections.abc import Callable
from typing import Any, Final

from models.expressions import phrases
from models.expressions.arithmetic import calculate, negate
from models.expressions.comparisons import check_link
from models.expressions.context import Context
from models.expressions.flaws import Complaint
from models.expressions.loops import check_call
from models.expressions.names import broken
from models.expressions.tree import Comparison, Either, Listing, Literal, Logic, Node, Not
from models.expressions.types import Bool, ListOf, Nothing, Number, Text, Type, Unknown, describe, joined
from models.expressions.words import Words

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
        written, complaint = self.report.written(place), _FOREIGN.get(type(node), _FOREIGN_OTHERWISE)
        message = Words(f"`{written}`: {complaint.message.en}", f"`{written}`：{complaint.message.zh}")
        self.report.add(place, message, complaint.remedy)
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
    message = Words(f"only a name may stand before `.{parts[-1]}`", f"`.{parts[-1]}` 前面只能是名称")
    remedy = Words("put a step, a field or a loop's item before the dot", "点号前请写步骤、字段或循环中的一项")
    context.report.add(places[-1], message, remedy)
    return broken(whole)


def _logic(context: Context, node: ast.BoolOp) -> Node:
    word = "and" if isinstance(node.op, ast.And) else "or"
    parts: list[Node] = []
    for value in node.values:
        parts.append(context.condition(value, Words(f"`{word}`", f" `{word}` "), parts[-1] if parts else None))
    return Logic(context.place(node), word, tuple(parts))


def _unary(context: Context, node: ast.UnaryOp) -> Node:
    place = context.place(node)
    if isinstance(node.op, ast.Not):
        return Not(place, context.condition(node.operand, Words("`not`", " `not` ")))
    part = context.check(node.operand)
    if isinstance(node.op, ast.USub):
        return negate(place, part, context.report)
    message = Words("`+` needs a value on both sides", "`+` 两边都要有内容")
    context.report.add(place, message, Words("leave out `+`", "删去 `+`"))
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
    condition = context.condition(node.test, Words("`if`", " `if` "))
    otherwise = context.check(node.orelse)
    kind = joined(then.type, otherwise.type)
    if kind is None:
        one = phrases.is_a(context.report.written(then.place), then.type)
        other = phrases.is_a(context.report.written(otherwise.place), otherwise.type)
        remedy = Words("write values of one type before `if` and after `else`", "`if` 前和 `else` 后请写同一类的值")
        context.report.add(context.place(node), Words(f"{one.en} and {other.en}", f"{one.zh}，而 {other.zh}"), remedy)
    return Either(context.place(node), Unknown if kind is None else kind, condition, then, otherwise)


def _listing(context: Context, node: ast.List) -> Node:
    items = tuple(context.check(item) for item in node.elts)
    kind: Type = Nothing
    for item in items:
        both = joined(kind, item.type)
        if both is None:
            one, said = phrases.is_a(context.report.written(item.place), item.type), describe(kind)
            message = Words(f"{one.en}, but the item before is {said.en}", f"{one.zh}，而前一项是{said.zh}")
            context.report.add(item.place, message, Words("write items of one type", "各项请写同一类的值"))
            return broken(context.place(node))
        kind = both
    return Listing(context.place(node), ListOf(kind), items)


_FOREIGN_OTHERWISE: Final = Complaint(
    Words("this cannot stand in an expression", "表达式里不能这样写"),
    Words("write a condition such as `category == 'x'`", "请写条件，如 `category == 'x'`"),
)
_LOOP: Final = Words("write `any(condition for i in list)`", "请写 `any(condition for i in list)`")
_FOREIGN: Final[dict[type[ast.AST], Complaint]] = {
    ast.Subscript: Complaint(
        Words("items of a list have no numbers", "不能按序号取列表的项"),
        Words("ask about all items: `any(i.x == y for i in list)`", "请对所有项提问：`any(i.x == y for i in list)`"),
    ),
    ast.Tuple: Complaint(
        Words("several values stand side by side", "几个值并列在一起"),
        Words(
            "join conditions with `and` or `or`; write a list in `[ ]`",
            "条件用 `and` 或 `or` 连接；列表写在 `[ ]` 里",
        ),
    ),
    ast.ListComp: Complaint(
        Words("a loop stands inside a function, not in a list", "循环要写在函数里，不能写在列表里"), _LOOP
    ),
    ast.GeneratorExp: Complaint(Words("a loop needs a function around it", "循环外面要有函数"), _LOOP),
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
