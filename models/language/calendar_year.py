"""Calendar years: the days off and make-up working days of a year, one file each.

Copied from the yearly notice of the State Council's General Office. A notice may
reach back into the December before its year, as the one for 2019 did.
"""

import re
from datetime import date, timedelta
from typing import Annotated, Any, Final, Literal, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from models.language.element import Element, Mistake
from models.language.texts import Text

LONGEST_BREAK: Final = 15
"""Days off in a row; the longest so far were ten (2020), and more is a wrong month."""

FIXED_DAYS: Final = {"01-01": "元旦", "05-01": "劳动节", "10-01": "国庆节"}
"""Statutory days off with a fixed date, off in every year whatever the notice arranges around them."""


def _read_day(value: Any) -> Any:
    if not isinstance(value, str) or re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        return value
    remedy, remedy_zh = "write year-month-day with two digits each: 2026-02-14", "请写成“年-月-日”：2026-02-14"
    raise Mistake(f'"{value[:40]}" is not a date', f"“{value[:40]}”不是日期", remedy, remedy_zh)


Day = Annotated[
    date, Field(strict=False), BeforeValidator(_read_day), WithJsonSchema({"type": "string", "format": "date"})
]
"""A date, `2026-02-14`."""


class Notice(Element):
    """The document that ordered the days off."""

    title: str = Field(min_length=1, description="通知名称 / title of the document")
    number: str | None = Field(default=None, description="发文字号 / its number")
    dated: Day = Field(description="成文日期 / its date")


class DaysOff(Element):
    """Days off in a row, weekends among them included."""

    name: Text = Field(description="节日名称 / name of the holiday")
    start: Day = Field(alias="from", description="第一天 / first day")
    until: Day | None = Field(default=None, description="最后一天，只放一天可省略 / last day; the first if left out")

    @property
    def days(self) -> tuple[date, ...]:
        """Every day of the stretch; empty if it ends before it begins."""
        last = self.until or self.start
        return tuple(self.start + timedelta(days=n) for n in range((last - self.start).days + 1))

    @model_validator(mode="after")
    def _forward_and_short(self) -> Self:
        if not 1 <= len(self.days) <= LONGEST_BREAK:
            raise Mistake(
                f"the days off run from {self.start} to {self.until}, which is not 1 to {LONGEST_BREAK} days",
                f"放假从 {self.start} 到 {self.until}，不在 1 至 {LONGEST_BREAK} 天之内",
                "check both dates against the notice",
                "请对照通知核对起止日期",
                at=("until",),
            )
        return self


class MakeUpDay(Element):
    """A Saturday or Sunday that is worked in exchange for a day off (调休上班)."""

    date: Day = Field(description="补班日期 / the Saturday or Sunday that is worked")
    name: Text = Field(description="为哪个节日补班 / holiday it makes up for")


class CalendarYear(Element):
    """The days off and make-up working days of one year."""

    year: int = Field(ge=1949, le=2999, description="年份 / year")
    coverage: Literal["official", "provisional"] = Field(
        description="official 表示已按正式通知录入；provisional 表示推算，结果标为暂定 / from the notice, or derived"
    )
    notices: tuple[Notice, ...] = Field(default=(), description="依据的通知，后发的在后 / the notices, in order")
    days_off: tuple[DaysOff, ...] = Field(min_length=1, description="放假日期 / days off")
    working_days: tuple[MakeUpDay, ...] = Field(default=(), description="调休上班日期 / weekend days that are worked")

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        self._check_notices()
        self._check_dates()
        self._check_make_up_days()
        self._check_fixed_days()
        return self

    def _check_notices(self) -> None:
        if self.coverage == "official" and not self.notices:
            raise Mistake(
                "an official calendar names no notice",
                "正式日历没有写明依据的通知",
                "add `notices:` with `title` and `dated`, or write `coverage: provisional`",
                "请写 notices（title、dated），或改为 coverage: provisional",
            )

    def _check_dates(self) -> None:
        off = [("days_off", n, day) for n, stretch in enumerate(self.days_off) for day in stretch.days]
        worked = [("working_days", n, each.date) for n, each in enumerate(self.working_days)]
        seen: set[date] = set()
        for key, index, day in off + worked:
            if day.year != self.year and (day.year, day.month) != (self.year - 1, 12):
                wrong = (f"{day} does not belong to the calendar of {self.year}", f"{day} 不属于 {self.year} 年的日历")
                remedy = (f"give a date of {self.year}, or of the December before", "请写本年或上年 12 月的日期")
                raise Mistake(*wrong, *remedy, at=(key, index))
            if day in seen:
                wrong = (f"{day} is given twice", f"{day} 出现了两次")
                remedy = ("keep one of the two, as the notice has it", "请按通知只保留一处")
                raise Mistake(*wrong, *remedy, at=(key, index))
            seen.add(day)

    def _check_make_up_days(self) -> None:
        for index, made_up in enumerate(self.working_days):
            if made_up.date.weekday() < 5:
                raise Mistake(
                    f"{made_up.date} is not a Saturday or Sunday, so it is worked anyway",
                    f"{made_up.date} 不是周六或周日，本来就上班",
                    "check the date against the notice",
                    "请对照通知核对日期",
                    at=("working_days", index, "date"),
                )

    def _check_fixed_days(self) -> None:
        off = {day for stretch in self.days_off for day in stretch.days}
        for written, name in FIXED_DAYS.items():
            if date.fromisoformat(f"{self.year}-{written}") not in off:
                raise Mistake(
                    f"{self.year}-{written} is not among the days off, though it is off by law every year",
                    f"{self.year}-{written}（{name}）没有列入放假，但法律规定每年这一天放假",
                    "complete `days_off` from the notice",
                    "请按通知补全 days_off",
                    at=("days_off",),
                )
