"""Calls and loops in the syntax tree: `given(x)`, `any(condition for i in list if condition)`."""

import ast
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from models.expressions import phrases
from models.expressions.calls import call, loop_result
from models.expressions.context import Context
from models.expressions.flaws import Complaint, Place
from models.expressions.functions import FUNCTIONS, LOOP_FUNCTIONS
from models.expressions.names import broken
from models.expressions.suggestions import suggest
from models.expressions.tree import Loop, Node
from models.expressions.types import ListOf, Nothing, Type, Unknown
from models.expressions.words import Words


def check_call(context: Context, node: ast.Call) -> Node:
    """Check a function with its arguments; unknown functions still have their arguments checked."""
    place = context.place(node)
    name = _function(context, node)
    loop = next((argument for argument in node.args if isinstance(argument, ast.GeneratorExp)), None)
    if loop is not None:
        return broken(place) if name is None else _loop(context, name, node.args, place)
    arguments = tuple(context.check(argument) for argument in node.args)
    return broken(place) if name is None else call(place, name, arguments, context.report)


def _function(context: Context, node: ast.Call) -> str | None:
    place = context.place(node.func)
    written = context.report.written(place)
    message = Words(f"`{written}` is not a function", f"`{written}` 不是函数")
    match node.func:
        case ast.Name(id=name) if name in FUNCTIONS:
            return name
        case ast.Name(id=name) if context.names.is_taken(name):
            remedy = Words(f"write `{name}` without brackets", f"请写 `{name}`，不加括号")
        case ast.Attribute(attr=name, value=value) if name in FUNCTIONS:
            remedy = phrases.write(f"{name}({context.report.written(context.place(value))})")
        case _:
            remedy = suggest(written, FUNCTIONS, Words("", ""))
    context.report.add(place, message, remedy)
    return None


def _loop(context: Context, name: str, arguments: Sequence[ast.expr], place: Place) -> Node:
    node = arguments[0]
    if not isinstance(node, ast.GeneratorExp) or len(arguments) > 1:
        context.report.add(place, *_ALONE)
        return broken(place)
    complaint = _complaint(name, node)
    if complaint is not None:
        context.report.add(place, *complaint)
        return broken(place)
    step = node.generators[0]
    source = context.check(step.iter)
    variable = _variable(context, step.target)
    if variable is None:
        return broken(place)
    context.names.variables[variable] = _item_type(context, source)
    body = context.check(node.elt)
    condition = context.condition(step.ifs[0], _IF) if step.ifs else None
    del context.names.variables[variable]
    loop = Loop(place, Unknown, name, variable, source, body, condition)
    return replace(loop, type=loop_result(loop, context.report))


def _complaint(name: str, node: ast.GeneratorExp) -> Complaint | None:
    if name not in LOOP_FUNCTIONS:
        usage = FUNCTIONS["count" if name == "len" else name].usage
        return Complaint(Words(f"`{name}` cannot hold a loop", f"`{name}` 里不能写循环"), phrases.write(usage))
    if len(node.generators) > 1:
        return _ONE_LIST
    return _ONE_IF if len(node.generators[0].ifs) > 1 else None


def _variable(context: Context, target: ast.expr) -> str | None:
    place = context.place(target)
    written = context.report.written(place)
    if not isinstance(target, ast.Name):
        message = Words(f"`{written}` cannot name an item", f"`{written}` 不能作为一项的名称")
        context.report.add(place, message, Words("write one word, such as `i`", "请写一个词，如 `i`"))
        return None
    if context.names.is_taken(target.id):
        message = Words(f"`{written}` already has a meaning here", f"`{written}` 在这里已有含义")
        context.report.add(place, message, Words("give the item another name, such as `i`", "请换一个名称，如 `i`"))
        return None
    return target.id


def _item_type(context: Context, source: Node) -> Type:
    written = context.report.written(source.place)
    if isinstance(source.type, ListOf) and source.type.item != Nothing:
        return source.type.item
    if isinstance(source.type, ListOf):
        message = Words(f"`{written}` is empty, so there is nothing to ask", f"`{written}` 是空的，没有可判断的内容")
        context.report.add(source.place, message, _NAME_A_LIST)
    elif source.type != Unknown:
        is_a = phrases.is_a(written, source.type)
        message = Words(f"{is_a.en}, and a loop needs a list", f"{is_a.zh}，而循环需要列表")
        context.report.add(source.place, message, _NAME_A_LIST)
    return Unknown


_IF: Final = Words("`if`", " `if` ")
_NAME_A_LIST: Final = Words("write the name of a list after `in`", "`in` 后面请写列表的名称")
_ALONE: Final = Complaint(
    Words("a loop stands alone in the brackets", "循环要单独写在括号里"),
    Words(
        "write `min(i.x for i in list)`, and compare its value with the other",
        "请写 `min(i.x for i in list)`，再比较结果",
    ),
)
_ONE_LIST: Final = Complaint(
    Words("a loop goes over one list", "一个循环只能针对一个列表"),
    Words(
        "put a second `any(...)` or `count(...)` inside the first", "请在第一个里面再写一个 `any(...)` 或 `count(...)`"
    ),
)
_ONE_IF: Final = Complaint(
    Words("a loop has one `if`", "一个循环只能有一个 `if`"),
    Words("join the conditions with `and`", "请用 `and` 连接条件"),
)
