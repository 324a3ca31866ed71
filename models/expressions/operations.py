"""Arithmetic and functions as functions: total, so that a missing value gives a missing result.

Division by zero and results beyond what can be held (a moment in the year 10000)
are missing results too: a condition on them is then false, and nothing stops.
"""

import operator
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from models.expressions.budget import LONGEST_TEXT, charge
from models.expressions.flaws import EvaluationError
from models.expressions.reading import Closure, Environment
from models.expressions.types import CHINA

_SIGNS: Final[dict[str, Callable[[Any, Any], object]]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv,
}  # fmt: skip


def calculate(left: Closure, sign: str, right: Closure) -> Closure:
    """Make `left sign right`."""
    compute = _SIGNS[sign]

    def run(env: Environment) -> object:
        one, other = left(env), right(env)
        return None if one is None or other is None else _computed(compute, one, other)

    return run


def negate(part: Closure) -> Closure:
    """Make `-part`."""

    def run(env: Environment) -> object:
        value: Any = part(env)
        return None if value is None else _computed(operator.mul, value, -1)

    return run


def call(function: str, arguments: Sequence[Closure]) -> Closure:
    """Make a call of a function with plain arguments."""
    if len(arguments) > 1:
        return _extreme_of(function, arguments)
    argument = arguments[0]
    if function == "given":
        return lambda env: is_given(argument(env))
    if function in {"len", "count"}:
        return lambda env: _length(argument(env))
    if function in {"sum", "min", "max"}:
        return lambda env: _total_of_list(function, argument(env), env)
    compute = _ONE_VALUE[function]

    def run(env: Environment) -> object:
        value: Any = argument(env)
        return None if value is None else compute(value)

    return run


def is_given(value: object) -> bool:
    """Tell whether something was filled in: not None, not blank, not an empty list."""
    if isinstance(value, str):
        return bool(value) and not value.isspace()
    if isinstance(value, Collection):
        return len(value) > 0
    return value is not None


def total(function: str, values: Iterable[Any]) -> object:
    """Add up, or find the extreme; missing as soon as one value is missing, or if there is none to choose from."""
    found = list(values)
    if any(value is None for value in found):
        return None
    if function == "sum":
        return _sum(found)
    if not found:
        return None
    return min(found) if function == "min" else max(found)


def _sum(values: Sequence[Any]) -> object:
    result: object = values[0] if values else 0
    for value in values[1:]:
        result = _computed(operator.add, result, value)
        if result is None:
            return None
    return result


def _computed(compute: Callable[[Any, Any], object], one: object, other: object) -> object:
    try:
        return compute(one, other)
    except (ArithmeticError, ValueError):
        return None


def _length(value: Any) -> int:
    return 0 if value is None else len(value)


def _extreme_of(function: str, arguments: Sequence[Closure]) -> Closure:
    return lambda env: total(function, [argument(env) for argument in arguments])


def _total_of_list(function: str, values: Any, env: Environment) -> object:
    if values is None:
        return None
    charge(env, len(values))
    return total(function, values)


def _span(unit: str) -> Callable[[Any], timedelta | None]:
    def make(count: Any) -> timedelta | None:
        try:
            return timedelta(**{unit: float(count)})
        except (ArithmeticError, ValueError):
            return None

    return make


def _lower(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise EvaluationError(f"a text of {len(text)} characters is too long to search; at most {LONGEST_TEXT}")
    return text.lower()


def _date_of(moment: datetime) -> object:
    try:
        return moment.astimezone(CHINA).date()
    except OverflowError:
        return None


_ONE_VALUE: Final[dict[str, Callable[[Any], object]]] = {
    "lower": _lower,
    "minutes": _span("minutes"),
    "hours": _span("hours"),
    "days": _span("days"),
    "date_of": _date_of,
}
