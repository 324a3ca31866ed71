"""Comparisons: which types may be compared, ordered or searched, and what to write when they may not."""

from typing import Final

from models.expressions import phrases
from models.expressions.flaws import Complaint, Report
from models.expressions.remedies import comparison_remedy
from models.expressions.suggestions import listed, suggest_option
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
from models.expressions.words import Words

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


def check_option(owner: Words, kind: Choice, literal: Literal, report: Report) -> None:
    """Report a text that is not among the options of `owner`, which is named as the message shall name it."""
    if literal.value in kind.options:
        return
    written = report.written(literal.place)
    message = Words(f"`{written}` is not an option of {owner.en}", f"`{written}` 不是{owner.zh}的选项")
    report.add(literal.place, message, suggest_option(str(literal.value), kind.options))


def _check_equality(left: Node, right: Node, report: Report) -> None:
    kinds = (left.type, right.type)
    if Nothing in kinds or Unknown in kinds:
        return
    for choice, other in ((left, right), (right, left)):
        if isinstance(choice.type, Choice) and isinstance(other, Literal) and isinstance(other.value, str):
            check_option(_named(choice, report), choice.type, other, report)
            return
    if isinstance(left.type, Choice) and isinstance(right.type, Choice):
        if not left.type.options & right.type.options:
            report.add(right.place, *_nothing_in_common(left, right, report))
    elif isinstance(left.type, ListOf | Record) and type(left.type) is type(right.type):
        report.add(right.place, *_whole(left, report))
    elif not _alike(left.type, right.type):
        report.add(right.place, _mismatch(left, right, report), comparison_remedy(left, right, report))


def _check_order(left: Node, sign: str, right: Node, report: Report) -> None:
    for side in (left, right):
        if side.type == Nothing:
            message = Words(f"nothing is `{sign} None`", f"空值不能用 `{sign}` 比较")
            report.add(side.place, message, Words("ask `given(x)` instead", "请改用 `given(x)`"))
            return
    if not _alike(left.type, right.type):
        report.add(right.place, _mismatch(left, right, report), comparison_remedy(left, right, report))
    elif left.type not in ORDERED:
        is_a = phrases.is_a(report.written(left.place), left.type)
        message = Words(f"{is_a.en}, which has no order for `{sign}`", f"{is_a.zh}，不能用 `{sign}` 比大小")
        report.add(left.place, message, _NO_ORDER)


def _check_search(left: Node, right: Node, report: Report) -> None:
    written = report.written(right.place)
    if isinstance(right, Listing):
        for item in right.items:
            _check_equality(left, item, report)
    elif isinstance(right.type, ListOf):
        _check_item(left, right, right.type.item, report)
    elif isinstance(right, Literal) and right.type == Text:
        message = Words("`in` needs a list on its right side", "`in` 的右边要写列表")
        remedy = Words(f"write `[{written}]`, or compare with `==`", f"请写 `[{written}]`，或用 `==` 比较")
        report.add(right.place, message, remedy)
    elif right.type != Text or not is_textual(left.type):
        is_a = phrases.is_a(written, right.type)
        message = Words(f"{is_a.en}, and `in` needs a list", f"{is_a.zh}，而 `in` 的右边要写列表")
        report.add(right.place, message, _WRITE_LIST)


def _check_item(left: Node, right: Node, item: Type, report: Report) -> None:
    if isinstance(item, Choice) and isinstance(left, Literal) and isinstance(left.value, str):
        check_option(_named(right, report), item, left, report)
    elif Nothing not in {left.type, item} and not _alike(left.type, item):
        one = phrases.is_a(report.written(left.place), left.type)
        other = phrases.is_a(report.written(right.place), right.type)
        said = describe(item)
        remedy = Words(
            f"search for {said.en}, or look inside: `any(i.x == y for i in list)`",
            f"请查找{said.zh}，或逐项来看：`any(i.x == y for i in list)`",
        )
        report.add(left.place, Words(f"{one.en}, and {other.en}", f"{one.zh}，而 {other.zh}"), remedy)


def _alike(left: Type, right: Type) -> bool:
    return left == right or (is_textual(left) and is_textual(right))


def _named(node: Node, report: Report) -> Words:
    written = report.written(node.place)
    return Words(f"`{written}`", f" `{written}` ")


def _nothing_in_common(left: Node, right: Node, report: Report) -> Complaint:
    one, other = report.written(left.place), report.written(right.place)
    options = listed(sorted(left.type.options)) if isinstance(left.type, Choice) else Words("", "")
    return Complaint(
        Words(f"`{one}` and `{other}` have no option in common", f"`{one}` 和 `{other}` 没有共同的选项"),
        Words(f"options of `{one}`: {options.en}", f"`{one}` 的选项：{options.zh}"),
    )


def _whole(left: Node, report: Report) -> Complaint:
    name = report.written(left.place)
    if isinstance(left.type, ListOf):
        return Complaint(
            Words("whole lists are not compared", "不能比较整个列表"),
            Words(
                f"ask `len({name}) == 0` or `any(... for i in {name})`",
                f"请用 `len({name}) == 0` 或 `any(... for i in {name})`",
            ),
        )
    return Complaint(
        Words("whole groups of fields are not compared", "不能比较整组字段"),
        Words(f"compare a field: `{name}.x`", f"请比较其中一个字段：`{name}.x`"),
    )


def _mismatch(left: Node, right: Node, report: Report) -> Words:
    one = phrases.is_a(report.written(left.place), left.type)
    other = phrases.is_a(report.written(right.place), right.type)
    return Words(
        f"{one.en} and {other.en}: they cannot be compared",
        f"{one.zh}，{other.zh}，两者不能比较",
    )


_NO_ORDER: Final = Words(
    "compare with `==` or `in`; numbers, moments, dates and lengths of time have an order",
    "请用 `==` 或 `in`；只有数字、时刻、日期和时长能比大小",
)
_WRITE_LIST: Final = Words(
    "write a list such as `['a', 'b']`, or compare with `==`",
    "请写列表，如 `['a', 'b']`，或用 `==` 比较",
)
