"""Figures: what a workload came to."""

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure; `at_most` or `at_least` is what it should reach on two cores."""

    workload: str
    metric: str
    value: float
    unit: str
    at_most: float | None = None
    at_least: float | None = None

    @property
    def good(self) -> bool | None:
        """Whether it reaches what it should; None where nothing is asked of it."""
        if self.at_most is not None:
            return self.value <= self.at_most
        return None if self.at_least is None else self.value >= self.at_least


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of all are not above, e.g. 0.99; by nearest rank."""
    ordered = sorted(values)
    return ordered[max(math.ceil(round(len(ordered) * share, 6)) - 1, 0)]
