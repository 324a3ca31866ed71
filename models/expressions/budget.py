"""The budget: how many steps the loops of one evaluation may take together.

A loop inside a loop over long lists would take minutes. The count travels in the
private environment that a loop makes for its body, under a key that cannot be a name.
"""

from typing import Final, cast

from models.expressions.flaws import EvaluationError
from models.expressions.reading import Environment

MOST_STEPS: Final = 100_000
LONGEST_TEXT: Final = 100_000
BUDGET: Final = " steps left"


def open_budget(env: Environment) -> list[int]:
    """Take the budget of the loop around this one, or a new one."""
    return cast("list[int]", env.get(BUDGET)) or [MOST_STEPS]


def charge(env: Environment, steps: int) -> None:
    """Pay for work outside a loop's own steps; raises `EvaluationError` when nothing is left."""
    spend(open_budget(env), steps)


def spend(budget: list[int], steps: int) -> None:
    """Take steps from the budget; raises `EvaluationError` when nothing is left."""
    budget[0] -= steps
    if budget[0] < 0:
        raise EvaluationError(
            f"the loops of the expression need more than {MOST_STEPS} steps; "
            "filter the list first, or count in the step that fills it"
        )
