"""Arithmetic: which types may be added, taken away, multiplied and divided, and what that gives."""

from collections.abc import Mapping
from typing import Final

from models.expressions import phrases
from models.expressions.flaws import Complaint, Place, Report
from models.expressions.names import broken
from models.expressions.tree import Arithmetic, Literal, Negative, Node
from models.expressions.types import Date, Moment, Nothing, Number, Span, Type, Unknown, is_textual
from models.expressions.words import Words

# (left, sign, right) -> result. What is not here is a flaw; texts in particular never grow.
RESULTS: Final[Mapping[tuple[Type, str, Type], Type]] = {
    (Number, "+", Number): Number,
    (Number, "-", Number): Number,
    (Number, "*", Number): Number,
    (Number, "/", Number): Number,
    (Span, "+", Span): Span,
    (Span, "-", Span): Span,
    (Span, "*", Number): Span,
    (Number, "*", Span): Span,
    (Span, "/", Number): Span,
    (Span, "/", Span): Number,
    (Moment, "-", Moment): Span,
    (Moment, "+", Span): Moment,
    (Span, "+", Moment): Moment,
    (Moment, "-", Span): Moment,
    (Date, "-", Date): Span,
}


def calculate(place: Place, left: Node, sign: str, right: Node, report: Report) -> Node:
    """Make the node of `left sign right`, or report why there is none."""
    result = RESULTS.get((left.type, sign, right.type))
    if result is not None:
        return Arithmetic(place, result, sign, left, right)
    if Unknown not in {left.type, right.type}:
        report.add(place, *_complaint(left, sign, right, report))
    return broken(place)


def negate(place: Place, part: Node, report: Report) -> Node:
    """Make the node of `-part`; a literal stays a literal."""
    if part.type in {Number, Span}:
        if isinstance(part, Literal) and isinstance(part.value, int | float):
            return Literal(place, Number, -part.value)
        return Negative(place, part.type, part)
    if part.type != Unknown:
        is_a = phrases.is_a(report.written(part.place), part.type)
        message = Words(f"{is_a.en} and has no negative", f"{is_a.zh}，没有负值")
        report.add(place, message, _NO_MINUS)
    return broken(place)


def _complaint(left: Node, sign: str, right: Node, report: Report) -> Complaint:
    one = phrases.is_a(report.written(left.place), left.type)
    other = phrases.is_a(report.written(right.place), right.type)
    message = Words(
        f"{one.en} and {other.en}: there is no `{sign}` between them",
        f"{one.zh}，{other.zh}，两者之间不能用 `{sign}`",
    )
    return Complaint(message, _remedy(left, right, report))


def _remedy(left: Node, right: Node, report: Report) -> Words:
    kinds = {left.type, right.type}
    if kinds & {Moment, Span} and Number in kinds:
        return phrases.say_unit(report.written((left if left.type == Number else right).place))
    if Nothing in kinds:
        return _NO_VALUE
    if is_textual(left.type) and is_textual(right.type):
        return _ONLY_COMPARED
    return _DATES if Date in kinds else _CALCULATE


_NO_MINUS: Final = Words(
    "leave out `-`; for the opposite of a condition write `not`", "删去 `-`；要对条件取反请写 `not`"
)
_NO_VALUE: Final = Words(
    "`None` has no value to calculate with; ask `given(x)` first", "空值不能参与计算，请先用 `given(x)` 判断"
)
_ONLY_COMPARED: Final = Words(
    "texts are only compared; join conditions with `and` or `or`", "文本只能比较；条件用 `and` 或 `or` 连接"
)
_DATES: Final = Words(
    "dates are only compared and subtracted; calculate with moments", "日期只能比较和相减；请用时刻来计算"
)
_CALCULATE: Final = Words(
    "calculate with numbers, with lengths of time, or with a moment and a length of time",
    "只能用数字、时长，或一个时刻加减一段时长来计算",
)
