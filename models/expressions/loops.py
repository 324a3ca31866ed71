"""Calls and loops in the syntax tree: `given(x)`, `any(condition for i in list if condition)`."""

import ast
from dataclasses import replace

from models.expressions.calls import call, check_function, loop_result
from models.expressions.context import Context
from models.expressions.flaws import Complaint, Place
from models.expressions.functions import FUNCTIONS, LOOP_FUNCTIONS
from models.expressions.names import broken
from models.expressions.suggestions import suggest
from models.expressions.tree import Loop, Node
from models.expressions.types import ListOf, Type, Unknown, describe


def check_call(context: Context, node: ast.Call) -> Node:
    """Check a function with its arguments; unknown functions still have their arguments checked."""
    place = context.place(node)
    name = _function(context, node)
    loop = next((argument for argument in node.args if isinstance(argument, ast.GeneratorExp)), None)
    if loop is not None:
        return broken(place) if name is None else _loop(context, name, loop, place)
    arguments = tuple(context.check(argument) for argument in node.args)
    return broken(place) if name is None else call(place, name, arguments, context.report)


def _function(context: Context, node: ast.Call) -> str | None:
    place = context.place(node.func)
    message = f"{context.report.quote(place)} is not a function"
    match node.func:
        case ast.Name(id=name):
            if not context.names.is_taken(name) or name in FUNCTIONS:
                return name if check_function(name, place, context.report) else None
            context.report.add(place, message, f"write `{name}` without brackets, or an operator between")
        case ast.Attribute(attr=name, value=value) if name in FUNCTIONS:
            context.report.add(place, message, f"write `{name}({context.bare(context.place(value))})`")
        case _:
            context.report.add(place, message, suggest("", FUNCTIONS, ""))
    return None


def _loop(context: Context, name: str, node: ast.GeneratorExp, place: Place) -> Node:
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
    try:
        body = context.check(node.elt)
        condition = context.condition(step.ifs[0], "`if`") if step.ifs else None
    finally:
        del context.names.variables[variable]
    loop = Loop(place, Unknown, name, variable, source, body, condition)
    return replace(loop, type=loop_result(loop, context.report))


def _complaint(name: str, node: ast.GeneratorExp) -> Complaint | None:
    if name not in LOOP_FUNCTIONS:
        remedy = "use `count(condition for i in list)`" if name == "len" else f"write `{FUNCTIONS[name].usage}`"
        return Complaint(f"`{name}` cannot hold a loop", remedy)
    if len(node.generators) > 1:
        remedy = "put a second `any(...)` or `count(...)` inside the first"
        return Complaint("a loop goes over one list", remedy)
    if len(node.generators[0].ifs) > 1:
        return Complaint("a loop has one `if`", "join the conditions with `and`")
    return None


def _variable(context: Context, target: ast.expr) -> str | None:
    place = context.place(target)
    if not isinstance(target, ast.Name):
        context.report.add(place, f"{context.report.quote(place)} cannot name an item", "write one word, such as `i`")
        return None
    if context.names.is_taken(target.id):
        context.report.add(
            place, f"`{target.id}` already has a meaning here", "give the item another name, such as `i`"
        )
        return None
    return target.id


def _item_type(context: Context, source: Node) -> Type:
    if isinstance(source.type, ListOf):
        return source.type.item
    if source.type != Unknown:
        message = f"{context.report.quote(source.place)} is {describe(source.type)}, and a loop needs a list"
        context.report.add(source.place, message, "write the name of a list after `in`")
    return Unknown
