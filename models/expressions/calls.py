"""Calls: what each function accepts, what it gives, and what to write when it does not fit."""

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from models.expressions.comparisons import ORDERED
from models.expressions.dates import read_date, read_moment
from models.expressions.flaws import Complaint, Place, Report
from models.expressions.functions import FUNCTIONS
from models.expressions.names import broken
from models.expressions.suggestions import suggest
from models.expressions.tree import Call, Literal, Loop, Node
from models.expressions.types import (
    Bool,
    Date,
    ListOf,
    Moment,
    Number,
    Span,
    Text,
    Type,
    Unknown,
    describe,
    is_textual,
)

_Result: TypeAlias = Type | Complaint


def check_function(name: str, place: Place, report: Report) -> bool:
    """Tell whether there is such a function; report if not."""
    if name not in FUNCTIONS:
        report.add(place, f"there is no function `{name}`", suggest(name, FUNCTIONS, ""))
    return name in FUNCTIONS


def call(place: Place, name: str, arguments: tuple[Node, ...], report: Report) -> Node:
    """Make the node of `name(arguments)`, or report why it does not fit."""
    if Unknown in {argument.type for argument in arguments}:
        return broken(place)
    if name in _TIMES and len(arguments) == 1:
        return _time(place, name, arguments[0], report)
    result = _RULES[name](name, arguments, report)
    if isinstance(result, Complaint):
        report.add(place, *result)
        return broken(place)
    return Call(place, result, name, arguments)


def loop_result(loop: Loop, report: Report) -> Type:
    """Find the type of a function over a loop, from the type of what stands before `for`."""
    kind, name = loop.body.type, loop.function
    if kind == Unknown:
        return Unknown
    if name in {"any", "all", "count"}:
        if kind == Bool:
            return Number if name == "count" else Bool
        wanted = "a condition, yes or no"
    else:
        if kind in ({Number, Span} if name == "sum" else ORDERED):
            return kind
        wanted = "a number or a length of time" if name == "sum" else "something with an order, such as a number"
    message = f"{report.quote(loop.body.place)} is {describe(kind)}, but `{name}` needs {wanted} before `for`"
    report.add(loop.body.place, message, f"write `{_loop_example(name, loop.variable)}`")
    return Unknown


def _loop_example(name: str, variable: str) -> str:
    part = f"given({variable}.x)" if name in {"any", "all", "count"} else f"{variable}.amount"
    return f"{name}({part} for {variable} in list)"


def _wrong(name: str, arguments: Sequence[Node], report: Report, wanted: str) -> Complaint:
    if not arguments:
        return Complaint(f"`{name}` has nothing in its brackets", f"write `{FUNCTIONS[name].usage}`")
    if len(arguments) > 1:
        return Complaint(f"`{name}` takes one value, not {len(arguments)}", f"write `{FUNCTIONS[name].usage}`")
    found = f"{report.quote(arguments[0].place)} is {describe(arguments[0].type)}"
    return Complaint(f"{found}, but `{name}` needs {wanted}", f"write `{FUNCTIONS[name].usage}`")


def _given(name: str, arguments: Sequence[Node], report: Report) -> _Result:
    return Bool if len(arguments) == 1 else _wrong(name, arguments, report, "a value")


def _length(name: str, arguments: Sequence[Node], report: Report) -> _Result:
    if len(arguments) == 1 and (isinstance(arguments[0].type, ListOf) or is_textual(arguments[0].type)):
        return Number
    return _wrong(name, arguments, report, "a list or a text")


def _lower(name: str, arguments: Sequence[Node], report: Report) -> _Result:
    fits = len(arguments) == 1 and is_textual(arguments[0].type)
    return Text if fits else _wrong(name, arguments, report, "text")


def _span(name: str, arguments: Sequence[Node], report: Report) -> _Result:
    fits = len(arguments) == 1 and arguments[0].type == Number
    return Span if fits else _wrong(name, arguments, report, "a number")


def _date_of(name: str, arguments: Sequence[Node], report: Report) -> _Result:
    fits = len(arguments) == 1 and arguments[0].type == Moment
    return Date if fits else _wrong(name, arguments, report, "a moment")


def _over_items(name: str, arguments: Sequence[Node], report: Report) -> _Result:
    return _wrong(name, arguments, report, f"a loop: `{FUNCTIONS[name].usage}`")


def _sum(name: str, arguments: Sequence[Node], report: Report) -> _Result:
    if len(arguments) == 1 and isinstance(arguments[0].type, ListOf) and arguments[0].type.item in {Number, Span}:
        return arguments[0].type.item
    return _wrong(name, arguments, report, "a list of numbers or a loop")


def _extreme(name: str, arguments: Sequence[Node], report: Report) -> _Result:
    if len(arguments) > 1:
        kinds = {argument.type for argument in arguments}
        if len(kinds) == 1 and kinds <= ORDERED:
            return kinds.pop()
        found = ", ".join(f"{report.quote(argument.place)} is {describe(argument.type)}" for argument in arguments)
        return Complaint(f"`{name}` needs values of one type with an order, but {found}", "compare like with like")
    if len(arguments) == 1 and isinstance(arguments[0].type, ListOf) and arguments[0].type.item in ORDERED:
        return arguments[0].type.item
    return _wrong(name, arguments, report, "several values, a list or a loop")


def _time(place: Place, name: str, argument: Node, report: Report) -> Node:
    """Read `moment('...')` and `date('...')` now: a literal that exists only at run time could fail there."""
    if isinstance(argument, Literal) and isinstance(argument.value, str):
        kind, reader = _TIMES[name]
        value = reader(argument.value)
        if not isinstance(value, Complaint):
            return Literal(place, kind, value)
        report.add(argument.place, *value)
    else:
        report.add(argument.place, *_wrong(name, (argument,), report, "a text in quotes, written out"))
    return broken(place)


_TIMES: Final[dict[str, tuple[Type, Callable[[str], object]]]] = {
    "moment": (Moment, read_moment),
    "date": (Date, read_date),
}
_RULES: Final[dict[str, Callable[[str, Sequence[Node], Report], _Result]]] = {
    "given": _given,
    "len": _length,
    "count": _length,
    "lower": _lower,
    "minutes": _span,
    "hours": _span,
    "days": _span,
    "date_of": _date_of,
    "any": _over_items,
    "all": _over_items,
    "sum": _sum,
    "min": _extreme,
    "max": _extreme,
    "moment": _over_items,
    "date": _over_items,
}
