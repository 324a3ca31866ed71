"""Comparisons: which types may be compared, ordered or searched, and what to write when they may not."""

from typing import Final

from models.expressions.flaws import Complaint, Report
from models.expressions.remedies import comparison_remedy
from models.expressions.suggestions import is_near, listed, nearest_first
from models.expressions.tree import Listing, Literal, Node
from models.expressions.types import (
    Choice,
    Date,
    ListOf,
    Moment,
    Nothing,
    Number,
    Record,
    Span,
    Text,
    Type,
    Unknown,
    describe,
    is_textual,
)

ORDERED: Final = frozenset({Number, Moment, Date, Span})


def check_link(left: Node, sign: str, right: Node, report: Report) -> None:
    """Report what is wrong with `left sign right`; say nothing if it makes sense."""
    if Unknown in {left.type, right.type}:
        return
    if sign in {"in", "not in"}:
        _check_search(left, right, report)
    elif sign in {"==", "!="}:
        _check_equality(left, right, report)
    else:
        _check_order(left, sign, right, report)


def check_option(owner: str, kind: Choice, literal: Literal, report: Report) -> None:
    """Report a text that is not among the options of `owner`, which is named as the message shall name it."""
    value = str(literal.value)
    if value in kind.options:
        return
    names = nearest_first(value, kind.options)
    hint = f"did you mean `'{names[0]}'`? " if names and is_near(value, names[0]) else ""
    report.add(
        literal.place, f"{report.quote(literal.place)} is not an option of {owner}", f"{hint}options: {listed(names)}"
    )


def _check_equality(left: Node, right: Node, report: Report) -> None:
    kinds = (left.type, right.type)
    if Nothing in kinds or Unknown in kinds:
        return
    for choice, other in ((left, right), (right, left)):
        if isinstance(choice.type, Choice) and isinstance(other, Literal) and isinstance(other.value, str):
            check_option(report.quote(choice.place), choice.type, other, report)
            return
    if isinstance(left.type, Choice) and isinstance(right.type, Choice):
        if not left.type.options & right.type.options:
            message = f"{report.quote(left.place)} and {report.quote(right.place)} have no option in common"
            report.add(right.place, message, f"options of the first: {listed(sorted(left.type.options))}")
    elif isinstance(left.type, ListOf | Record) and type(left.type) is type(right.type):
        report.add(right.place, *_whole(left, report))
    elif left.type != right.type and not (is_textual(left.type) and is_textual(right.type)):
        report.add(right.place, _mismatch(left, right, report), comparison_remedy(left, right, report))


def _check_order(left: Node, sign: str, right: Node, report: Report) -> None:
    for side in (left, right):
        if side.type == Nothing:
            report.add(side.place, f"nothing is larger or smaller than `{sign} None`", "ask `given(x)` instead")
            return
    if left.type != right.type and not (is_textual(left.type) and is_textual(right.type)):
        report.add(right.place, _mismatch(left, right, report), comparison_remedy(left, right, report))
    elif left.type not in ORDERED:
        message = f"{report.quote(left.place)} is {describe(left.type)}, which has no order for `{sign}`"
        report.add(left.place, message, "compare with `==` or `in`; numbers, moments, dates and times have an order")


def _check_search(left: Node, right: Node, report: Report) -> None:
    if isinstance(right, Listing):
        for item in right.items:
            _check_equality(left, item, report)
    elif isinstance(right.type, ListOf):
        _check_item(left, right, right.type.item, report)
    elif isinstance(right, Literal) and right.type == Text:
        quoted = report.quote(right.place)[1:-1]
        report.add(right.place, "`in` needs a list on its right side", f"write `[{quoted}]`, or compare with `==`")
    elif right.type != Text or not is_textual(left.type):
        message = f"{report.quote(right.place)} is {describe(right.type)}, and `in` needs a list"
        report.add(right.place, message, "write a list such as `['a', 'b']`, or compare with `==`")


def _check_item(left: Node, right: Node, item: Type, report: Report) -> None:
    if isinstance(item, Choice) and isinstance(left, Literal) and isinstance(left.value, str):
        check_option(report.quote(right.place), item, left, report)
    elif Nothing in {left.type, item} or left.type == item or (is_textual(left.type) and is_textual(item)):
        return
    else:
        message = (
            f"{report.quote(left.place)} is {describe(left.type)}, "
            f"and {report.quote(right.place)} is {describe(right.type)}"
        )
        report.add(left.place, message, f"search for {describe(item)}, or look inside: `any(i.x == y for i in list)`")


def _whole(left: Node, report: Report) -> Complaint:
    name = report.quote(left.place)[1:-1]
    if isinstance(left.type, ListOf):
        return Complaint("whole lists are not compared", f"ask `len({name}) == 0` or `any(... for i in {name})`")
    return Complaint("whole groups of fields are not compared", f"compare a field: `{name}.x`")


def _mismatch(left: Node, right: Node, report: Report) -> str:
    return (
        f"{report.quote(left.place)} is {describe(left.type)} "
        f"and {report.quote(right.place)} is {describe(right.type)}: they cannot be compared"
    )
