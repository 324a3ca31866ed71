"""The units of durations: their words, their Chinese and their caps."""

from enum import StrEnum
from typing import Final


class Unit(StrEnum):
    """What a duration counts; the value is the word in a file, in the plural."""

    MINUTES = "minutes"
    HOURS = "hours"
    WORKING_MINUTES = "working minutes"
    WORKING_HOURS = "working hours"
    WORKING_DAYS = "working days"
    CALENDAR_DAYS = "calendar days"


MOST: Final = {
    Unit.MINUTES: 525_600,
    Unit.HOURS: 8_760,
    Unit.WORKING_MINUTES: 120_000,
    Unit.WORKING_HOURS: 2_000,
    Unit.WORKING_DAYS: 2_500,
    Unit.CALENDAR_DAYS: 36_500,
}
"""The most a duration may count: about a year of hours, ten years of working days,
a hundred of calendar days (retention). More is a slip of the finger."""

_CHINESE: Final = {
    Unit.MINUTES: "分钟",
    Unit.HOURS: "小时",
    Unit.WORKING_MINUTES: "工作分钟",
    Unit.WORKING_HOURS: "工作小时",
    Unit.WORKING_DAYS: "个工作日",
    Unit.CALENDAR_DAYS: "个自然日",
}


def english(amount: int, unit: Unit) -> str:
    """Write an amount as a file does: `1 hour`, `3 working days`."""
    return f"{amount} {unit.value if amount != 1 else unit.value.removesuffix('s')}"


def chinese(amount: int, unit: Unit) -> str:
    """Write an amount in Chinese: `1 小时`, `3 个工作日`."""
    return f"{amount} {_CHINESE[unit]}"
