"""Loops as functions: `any`, `all`, `count`, `sum`, `min` and `max` over the items of a list.

A missing list proves nothing: `any` and `all` are False, `count` is 0, and the
others are missing. An empty list is a list: `all` is True, `sum` is 0.
"""

from collections.abc import Collection, Iterator
from typing import Any

from models.expressions.budget import BUDGET, open_budget, spend
from models.expressions.operations import total
from models.expressions.reading import Closure, Environment


def loop(
    function: str, variable: str, source: Closure, values: tuple[Closure, Closure | None], reads: Collection[str]
) -> Closure:
    """Make a loop. `values` are body and condition; `reads` is all that they read from outside the loop."""

    def run(env: Environment) -> object:
        items: Any = source(env)
        if items is None:
            return _MISSING[function]
        return _finish(function, _bodies(items, variable, values, {path: env.get(path) for path in reads}, env))

    return run


_MISSING = {"any": False, "all": False, "count": 0, "sum": None, "min": None, "max": None}


def _bodies(
    items: Any,
    variable: str,
    values: tuple[Closure, Closure | None],
    inner: dict[str, object],
    env: Environment,
) -> Iterator[object]:
    body, condition = values
    budget = open_budget(env)
    inner[BUDGET] = budget
    for item in items:
        spend(budget, 1)
        inner[variable] = item
        if condition is None or condition(inner):
            yield body(inner)


def _finish(function: str, values: Iterator[object]) -> object:
    if function == "any":
        return any(values)
    if function == "all":
        return all(values)
    if function == "count":
        return sum(1 for value in values if value)
    return total(function, values)
