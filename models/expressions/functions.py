"""The functions an expression may call: their names, how they are written, what they give.

The table serves the checker's messages, the documentation and the editor; the
rules for argument types stand in `calls.py`, the doing in `operations.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from models.expressions.words import Words


@dataclass(frozen=True, slots=True)
class Function:
    """One function: how it is written, and what it gives, as the end of a sentence."""

    usage: str
    gives: Words


FUNCTIONS: Final[Mapping[str, Function]] = MappingProxyType(
    {
        "given": Function(
            "given(x)",
            Words(
                "whether x was filled in; blank texts and empty lists were not", "x 是否已填写；空白文本和空列表不算"
            ),
        ),
        "len": Function(
            "len(x)",
            Words(
                "how many items a list, or characters a text, has; 0 if it is missing",
                "列表有几项，或文本有几个字；缺失时为 0",
            ),
        ),
        "count": Function(
            "count(condition for i in list)",
            Words("how many items meet the condition; `count(list)`: all", "有几项满足条件；`count(list)` 为全部项数"),
        ),
        "any": Function(
            "any(condition for i in list)",
            Words("whether at least one item meets the condition", "是否至少有一项满足条件"),
        ),
        "all": Function(
            "all(condition for i in list)",
            Words("whether every item does; no for a missing list", "是否每一项都满足；列表缺失时为否"),
        ),
        "sum": Function(
            "sum(i.amount for i in list)",
            Words("the total of numbers or lengths of time", "数字或时长的合计"),
        ),
        "min": Function(
            "min(a, b)",
            Words(
                "the smallest or earliest; `min(i.due for i in list)` also",
                "最小或最早的；也可写 `min(i.due for i in list)`",
            ),
        ),
        "max": Function(
            "max(a, b)",
            Words(
                "the largest or latest; `max(i.due for i in list)` also",
                "最大或最晚的；也可写 `max(i.due for i in list)`",
            ),
        ),
        "lower": Function(
            "lower(x)",
            Words("the text in small letters", "转为小写的文本"),
        ),
        "minutes": Function(
            "minutes(n)",
            Words("a length of elapsed time", "一段时长"),
        ),
        "hours": Function(
            "hours(n)",
            Words("a length of elapsed time", "一段时长"),
        ),
        "days": Function(
            "days(n)",
            Words("a length of elapsed time, 24 hours each", "一段时长，每天 24 小时"),
        ),
        "moment": Function(
            "moment('2026-02-13 15:00')",
            Words("a moment in China time", "一个时刻（北京时间）"),
        ),
        "date": Function(
            "date('2026-02-13')",
            Words("a date", "一个日期"),
        ),
        "date_of": Function(
            "date_of(moment)",
            Words("the date of a moment in China", "该时刻在中国的日期"),
        ),
    }
)

LOOP_FUNCTIONS: Final = frozenset({"any", "all", "count", "sum", "min", "max"})
