"""Random expressions that are well typed, and random environments for them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from hypothesis import strategies as st

Texts = st.SearchStrategy[str]
_SPANS: Final = ("minutes", "hours", "days")
_ORDERS: Final = ("<", "<=", ">", ">=", "==", "!=")
_CONDITIONS: Final = (
    *("done", "urgent", "forward.done", "True", "given(title)", "given(amount)", "due == None"),
    *("category == 'other'", "category in ['other']", "title == category"),
    *("'a' in tags", "'a' in title", "amount in numbers"),
)


def numbers(depth: int, loops: bool = True) -> Texts:
    """Expressions that give a number; `loops` is off inside a loop."""
    leaves = st.sampled_from(["amount", "len(tags)", "len(title)", "0", "1", "7", "2.5"])
    if depth == 0:
        return leaves
    inner = numbers(depth - 1, loops)
    shapes = [
        leaves,
        st.builds("({} {} {})".format, inner, st.sampled_from("+-*/"), inner),
        st.builds("(-{})".format, inner),
        st.builds("({} if {} else {})".format, inner, conditions(depth - 1, loops), inner),
        st.builds("{}({}, {})".format, st.sampled_from(["min", "max"]), inner, inner),
        st.builds("({} / {})".format, spans(depth - 1, loops), spans(depth - 1, loops)),
    ]
    if loops:
        body = st.builds("({} + i.amount)".format, numbers(depth - 1, loops=False))
        shapes.append(st.builds("sum({} for i in items if {})".format, body, conditions(depth - 1, loops=False)))
        shapes.append(st.builds("max({} for i in items)".format, body))
        shapes.append(st.builds("count({} and i.paid for i in items)".format, conditions(depth - 1, loops=False)))
    return st.one_of(shapes)


def spans(depth: int, loops: bool = True) -> Texts:
    """Expressions that give a length of time."""
    leaves = st.just("elapsed")
    if depth == 0:
        return leaves
    inner = spans(depth - 1, loops)
    return st.one_of(
        leaves,
        st.builds("{}({})".format, st.sampled_from(_SPANS), numbers(depth - 1, loops)),
        st.builds("({} {} {})".format, inner, st.sampled_from("+-"), inner),
        st.builds("({} * {})".format, inner, numbers(depth - 1, loops)),
        st.builds("({} - {})".format, moments(depth - 1, loops), moments(depth - 1, loops)),
    )


def moments(depth: int, loops: bool = True) -> Texts:
    """Expressions that give a moment."""
    leaves = st.sampled_from(["due", "forward.at", "moment('2026-02-13 15:00')", "moment('9999-12-31 23:00')"])
    if depth == 0:
        return leaves
    return st.one_of(
        leaves,
        st.builds("({} {} {})".format, moments(depth - 1, loops), st.sampled_from("+-"), spans(depth - 1, loops)),
    )


def conditions(depth: int, loops: bool = True) -> Texts:
    """Expressions that give yes or no."""
    leaves = st.sampled_from(_CONDITIONS)
    if depth == 0:
        return leaves
    inner = conditions(depth - 1, loops)
    shapes = [
        leaves,
        st.builds("(not {})".format, inner),
        st.builds("({} {} {})".format, inner, st.sampled_from(["and", "or"]), inner),
        st.builds("({} {} {} {} {})".format, inner, *(st.just("and"), inner, st.just("or"), inner)),
        st.builds("({} if {} else {})".format, inner, inner, inner),
        *(_comparisons(kind, depth, loops) for kind in (numbers, spans, moments)),
    ]
    if loops:
        body = st.builds("({} or i.amount > 2)".format, conditions(depth - 1, loops=False))
        shapes.append(st.builds("{}({} for i in items)".format, st.sampled_from(["any", "all"]), body))
    return st.one_of(shapes)


def _comparisons(kind: Callable[[int, bool], Texts], depth: int, loops: bool) -> Texts:
    inner, sign = kind(depth - 1, loops), st.sampled_from(_ORDERS)
    return st.one_of(
        st.builds("({} {} {})".format, inner, sign, inner),
        st.builds("({} {} {} {} {})".format, inner, sign, inner, sign, inner),
    )


_AMOUNTS: Final = st.integers(-50, 50) | st.floats(-1e6, 1e6, allow_nan=False)
_MOMENTS: Final = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1))  # noqa: DTZ001 - given a zone by the test
_ITEMS: Final = st.lists(st.fixed_dictionaries({"amount": _AMOUNTS, "paid": st.booleans()}), max_size=4)

VALUES: Final[dict[str, st.SearchStrategy[object]]] = {
    "amount": _AMOUNTS,
    "category": st.sampled_from(["coordination", "other"]),
    "done": st.booleans(),
    "due": _MOMENTS,
    "elapsed": st.timedeltas(timedelta(days=-1000), timedelta(days=1000)),
    "forward.at": _MOMENTS,
    "forward.done": st.booleans(),
    "items": _ITEMS,
    "numbers": st.lists(_AMOUNTS, max_size=4),
    "tags": st.lists(st.sampled_from(["a", "b", ""]), max_size=3),
    "title": st.text(max_size=5),
    "urgent": st.booleans(),
}
"""A strategy for the value of every path that the expressions above read."""
