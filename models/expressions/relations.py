"""Comparisons as functions: equality, order and membership, with None handled as the language says.

`==` and `!=` compare None like any value; an order with None is False; nothing is
in a missing list, so `not in` is then true.
"""

import operator
from collections.abc import Callable, Collection
from typing import Any, Final

from models.expressions.budget import charge
from models.expressions.reading import Closure, Environment

_ORDERS: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


def relate_to_constant(left: Closure, sign: str, constant: object) -> Closure:
    """Make `left sign constant`, the commonest condition, with one call less."""
    if sign == "==":
        return lambda env: left(env) == constant
    if sign == "!=":
        return lambda env: left(env) != constant
    return relate(left, sign, lambda _env: constant)


def relate_text(path: str, left: Closure, sign: str, constant: object) -> Closure:
    """Make `path sign 'text'`: reads a text by itself, and leaves what is no text to `left`."""
    if sign == "==":

        def equal(env: Environment) -> bool:
            value = env.get(path)
            return value == constant if value.__class__ is str else left(env) == constant

        return equal

    def differ(env: Environment) -> bool:
        value = env.get(path)
        return value != constant if value.__class__ is str else left(env) != constant

    return differ


def search_constants(left: Closure, sign: str, constants: Collection[object]) -> Closure:
    """Make `left in constants`."""
    if sign == "in":
        return lambda env: left(env) in constants
    return lambda env: left(env) not in constants


def relate(left: Closure, sign: str, right: Closure) -> Closure:
    """Make `left sign right`."""
    compare = link(sign)
    return lambda env: compare(left(env), right(env), env)


def chain(first: Closure, links: tuple[tuple[str, Closure], ...]) -> Closure:
    """Make `first sign second sign third ...`; each value is read once, until a link fails."""
    steps = tuple((link(sign), right) for sign, right in links)

    def run(env: Environment) -> bool:
        left = first(env)
        for compare, right in steps:
            value = right(env)
            if not compare(left, value, env):
                return False
            left = value
        return True

    return run


def link(sign: str) -> Callable[[object, object, Environment], bool]:
    """Give the function that compares two values."""
    if sign == "==":
        return lambda left, right, _env: bool(left == right)
    if sign == "!=":
        return lambda left, right, _env: bool(left != right)
    if sign == "in":
        return _is_in
    if sign == "not in":
        return lambda left, right, env: not _is_in(left, right, env)
    order = _ORDERS[sign]
    return lambda left, right, _env: left is not None and right is not None and order(left, right)


def _is_in(left: object, right: Any, env: Environment) -> bool:
    if right is None or (left is None and isinstance(right, str)):
        return False
    # Searching runs in C, many items in the time of one step of a loop.
    charge(env, len(right) // 16)
    return left in right
