"""Calls: what each function accepts, what it gives, and what to write when it does not fit."""

from collections.abc import Callable
from typing import Final

from models.expressions import phrases
from models.expressions.comparisons import ORDERED
from models.expressions.dates import read_date, read_moment
from models.expressions.flaws import Complaint, Place, Report
from models.expressions.functions import FUNCTIONS
from models.expressions.names import broken
from models.expressions.tree import Call, Literal, Loop, Node
from models.expressions.types import Bool, Date, ListOf, Moment, Number, Span, Text, Type, Unknown, is_textual
from models.expressions.words import Words


def call(place: Place, name: str, arguments: tuple[Node, ...], report: Report) -> Node:
    """Make the node of `name(arguments)`, or report why it does not fit."""
    if Unknown in {argument.type for argument in arguments}:
        return broken(place)
    if len(arguments) != 1:
        return _extreme_of(place, name, arguments, report)
    accepts, wanted = _RULES[name]
    result = accepts(arguments[0].type)
    if result is None:
        report.add(arguments[0].place, _needs(name, arguments[0], wanted, report), phrases.write(FUNCTIONS[name].usage))
        return broken(place)
    return _time(place, name, arguments[0], report) if name in _TIMES else Call(place, result, name, arguments)


def loop_result(loop: Loop, report: Report) -> Type:
    """Find the type of a function over a loop, from the type of what stands before `for`."""
    kind, name = loop.body.type, loop.function
    if kind == Unknown:
        return Unknown
    if name in {"any", "all", "count"}:
        result, wanted = _CONDITIONS[name] if kind == Bool else None, Words("yes or no", "“是/否”")
    elif name == "sum":
        result, wanted = kind if kind in {Number, Span} else None, Words("a number or a length of time", "数字或时长")
    else:
        result, wanted = kind if kind in ORDERED else None, Words("something with an order", "能比大小的内容")
    if result is not None:
        return result
    part = f"given({loop.variable}.x)" if name in _CONDITIONS else f"{loop.variable}.amount"
    remedy = phrases.write(f"{name}({part} for {loop.variable} in list)")
    before_for = Words(f"{wanted.en} before `for`", f"在 `for` 前写{wanted.zh}")
    report.add(loop.body.place, _needs(name, loop.body, before_for, report), remedy)
    return Unknown


def _extreme_of(place: Place, name: str, arguments: tuple[Node, ...], report: Report) -> Node:
    """Make `min(a, b)`; no other function takes none or several values."""
    kinds = {argument.type for argument in arguments}
    if name in {"min", "max"} and len(kinds) == 1 and kinds <= ORDERED:
        return Call(place, arguments[0].type, name, arguments)
    remedy = phrases.write(FUNCTIONS[name].usage)
    if not arguments:
        report.add(place, Words(f"`{name}` has nothing in its brackets", f"`{name}` 的括号里是空的"), remedy)
    elif name not in {"min", "max"}:
        number = len(arguments)
        report.add(
            place, Words(f"`{name}` takes one value, not {number}", f"`{name}` 只接受一个值，不是 {number} 个"), remedy
        )
    else:
        found = [phrases.is_a(report.written(argument.place), argument.type) for argument in arguments]
        message = Words(
            f"`{name}` compares values of one type that has an order, but {', '.join(words.en for words in found)}",
            f"`{name}` 只能在同类且能比大小的值之间比较，而 {'，'.join(words.zh for words in found)}",
        )
        report.add(place, message, Words("write numbers only, or moments only", "请只写数字，或只写时刻"))
    return broken(place)


def _needs(name: str, argument: Node, wanted: Words, report: Report) -> Words:
    is_a = phrases.is_a(report.written(argument.place), argument.type)
    return Words(f"{is_a.en}, but `{name}` needs {wanted.en}", f"{is_a.zh}，而 `{name}` 需要{wanted.zh}")


def _time(place: Place, name: str, argument: Node, report: Report) -> Node:
    """Read `moment('...')` and `date('...')` now: read at run time, a wrong one would be found too late."""
    if isinstance(argument, Literal):
        kind, reader = _TIMES[name]
        value = reader(str(argument.value))
        if not isinstance(value, Complaint):
            return Literal(place, kind, value)
        report.add(argument.place, *value)
    else:
        written = Words("a text written out in quotes", "直接写在引号里的文本")
        report.add(argument.place, _needs(name, argument, written, report), phrases.write(FUNCTIONS[name].usage))
    return broken(place)


def _has_length(kind: Type) -> Type | None:
    return Number if isinstance(kind, ListOf) or is_textual(kind) else None


def _item_of(*allowed: Type) -> Callable[[Type], Type | None]:
    return lambda kind: kind.item if isinstance(kind, ListOf) and kind.item in allowed else None


def _only(wanted: Type, result: Type) -> Callable[[Type], Type | None]:
    return lambda kind: result if kind == wanted else None


def _textual(kind: Type) -> Type | None:
    return Text if is_textual(kind) else None


_CONDITIONS: Final[dict[str, Type]] = {"any": Bool, "all": Bool, "count": Number}
_TIMES: Final[dict[str, tuple[Type, Callable[[str], object]]]] = {
    "moment": (Moment, read_moment),
    "date": (Date, read_date),
}
_LENGTH: Final = (_has_length, Words("a list or a text", "列表或文本"))
_SPAN: Final = (_only(Number, Span), Words("a number", "数字"))
_LOOP: Final = (_item_of(), Words("a loop", "循环"))
_EXTREME: Final = (_item_of(*ORDERED), Words("several values, a list or a loop", "多个值、列表或循环"))
_QUOTED: Final = (_textual, Words("a text written out in quotes", "直接写在引号里的文本"))
_RULES: Final[dict[str, tuple[Callable[[Type], Type | None], Words]]] = {
    "given": (lambda _kind: Bool, Words("a value", "一个值")),
    "len": _LENGTH,
    "count": _LENGTH,
    "lower": (_textual, Words("text", "文本")),
    "minutes": _SPAN,
    "hours": _SPAN,
    "days": _SPAN,
    "date_of": (_only(Moment, Date), Words("a moment", "时刻")),
    "any": _LOOP,
    "all": _LOOP,
    "sum": (_item_of(Number, Span), Words("a list of numbers or a loop", "数字列表或循环")),
    "min": _EXTREME,
    "max": _EXTREME,
    "moment": _QUOTED,
    "date": _QUOTED,
}
