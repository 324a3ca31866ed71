"""The functions an expression may call: their names, how they are written, what they give.

The table serves the checker's messages, the documentation and the editor; the
rules for argument types stand in `calls.py`, the doing in `operations.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Function:
    """One function: how it is written, and what it gives, as the end of a sentence."""

    usage: str
    gives: str


FUNCTIONS: Final[Mapping[str, Function]] = MappingProxyType(
    {
        "given": Function("given(x)", "whether x was filled in; blank texts and empty lists were not"),
        "len": Function("len(x)", "how many items a list, or characters a text, has; 0 if it is missing"),
        "count": Function("count(condition for i in list)", "how many items meet the condition; `count(list)`: all"),
        "any": Function("any(condition for i in list)", "whether at least one item meets the condition"),
        "all": Function("all(condition for i in list)", "whether every item does; no for a missing list"),
        "sum": Function("sum(i.amount for i in list)", "the total of numbers or lengths of time"),
        "min": Function("min(a, b)", "the smallest or earliest; `min(i.due for i in list)` also"),
        "max": Function("max(a, b)", "the largest or latest; `max(i.due for i in list)` also"),
        "lower": Function("lower(x)", "the text in small letters"),
        "minutes": Function("minutes(n)", "a length of elapsed time"),
        "hours": Function("hours(n)", "a length of elapsed time"),
        "days": Function("days(n)", "a length of elapsed time, 24 hours each"),
        "moment": Function("moment('2026-02-13 15:00')", "a moment in China time"),
        "date": Function("date('2026-02-13')", "a date"),
        "date_of": Function("date_of(moment)", "the date of a moment in China"),
    }
)

LOOP_FUNCTIONS: Final = frozenset({"any", "all", "count", "sum", "min", "max"})
