"""Arithmetic: which types may be added, taken away, multiplied and divided, and what that gives."""

from collections.abc import Mapping
from typing import Final

from models.expressions.flaws import Complaint, Place, Report
from models.expressions.names import broken
from models.expressions.tree import Arithmetic, Literal, Negative, Node
from models.expressions.types import Date, Moment, Nothing, Number, Span, Type, Unknown, describe, is_textual

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
_VERBS: Final = {"+": "added to", "-": "taken away from", "*": "multiplied by", "/": "divided by"}


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
        message = f"{report.quote(part.place)} is {describe(part.type)} and has no negative"
        report.add(place, message, "leave out `-`; for the opposite of a condition write `not`")
    return broken(place)


def _complaint(left: Node, sign: str, right: Node, report: Report) -> Complaint:
    first, second = (right, left) if sign in "+-" else (left, right)
    message = (
        f"{report.quote(first.place)} is {describe(first.type)} and cannot be "
        f"{_VERBS[sign]} {report.quote(second.place)}, which is {describe(second.type)}"
    )
    return Complaint(message, _remedy(left, right, report))


def _remedy(left: Node, right: Node, report: Report) -> str:
    kinds = {left.type, right.type}
    if Nothing in kinds:
        return "`None` has no value to calculate with; ask `given(x)` first"
    if kinds & {Moment, Date, Span} and Number in kinds:
        number = left if left.type == Number else right
        written = report.quote(number.place)[1:-1]
        return f"say the unit: `minutes({written})`, `hours({written})` or `days({written})`"
    if is_textual(left.type) and is_textual(right.type):
        return "texts are only compared; join conditions with `and` or `or`"
    if Date in kinds:
        return "dates are only compared and subtracted; calculate with moments"
    return "calculate with numbers, with moments and lengths of time, or with lengths of time alone"
