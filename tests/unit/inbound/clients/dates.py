"""Times as clients write them."""

from datetime import datetime
from typing import Final

WEEK: Final = "一二三四五六日"
DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
WHOLE_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def chinese_day(at: datetime) -> str:
    """`2026年3月10日`."""
    return f"{at.year}年{at.month}月{at.day}日"


def chinese_clock(at: datetime) -> str:
    """`上午10:05`."""
    return f"{'上午' if at.hour < 12 else '下午'}{at.hour % 12 or 12}:{at.minute:02}"


def clock(at: datetime) -> str:
    """`10:05 AM`."""
    return f"{at.hour % 12 or 12}:{at.minute:02} {'AM' if at.hour < 12 else 'PM'}"


def weekday(at: datetime) -> str:
    """`一` to `日`."""
    return WEEK[at.weekday()]


def english_day(at: datetime) -> str:
    """`Mar 10, 2026`."""
    return f"{MONTHS[at.month - 1]} {at.day}, {at.year}"


def day_and_month(at: datetime) -> str:
    """`10 Mar`."""
    return f"{at.day} {MONTHS[at.month - 1]}"
