"""Schedules: when something begins by itself, and what a day off does to it.

`{daily: "17:00"}`, `{weekly: monday, at: "09:00"}`, `{monthly: last working day, at: "18:00"}`,
`{yearly: {month: [4, 10], day: 15}, at: "09:00"}`, `{every: 4 hours}`.
"""

from calendar import monthrange
from typing import Annotated, Any, Final, Literal, Self, get_args

from pydantic import BeforeValidator, Field, model_validator

from models.language.durations import DurationField, Unit
from models.language.element import Element, Mistake
from models.language.ladders import Clock

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: Final[tuple[Weekday, ...]] = get_args(Weekday)
SpecialDay = Literal["first working day", "last working day", "last day"]
DayOfMonth = Annotated[int, Field(ge=1, le=31)] | SpecialDay
Roll = Literal["forward", "skip", "none"]

_FORMS: Final = ("daily", "weekly", "monthly", "yearly", "every")
_COMMON_YEAR: Final = 2001


def _as_tuple(value: Any) -> Any:
    return value if isinstance(value, list | tuple) else (value,)


class YearDay(Element):
    """A day of the year, or the same day in several months."""

    month: Annotated[
        tuple[Annotated[int, Field(ge=1, le=12)], ...],
        BeforeValidator(_as_tuple, json_schema_input_type=int | list[int]),
        Field(min_length=1, description="月份，可写几个，如 [1, 4, 7, 10] / month, or several"),
    ]
    day: DayOfMonth = Field(description="几号，或 first working day、last working day、last day / day of the month")

    @model_validator(mode="after")
    def _exists(self) -> Self:
        for month in self.month:
            _check_day(self.day, shortest=monthrange(_COMMON_YEAR, month)[1])
        return self


class Schedule(Element):
    """When something begins by itself; exactly one of the five forms."""

    daily: Clock | None = Field(default=None, description="每天几点 / every day at this time")
    weekly: Annotated[
        tuple[Weekday, ...] | None,
        BeforeValidator(
            lambda value: value if value is None else _as_tuple(value),
            json_schema_input_type=Weekday | list[Weekday] | None,
        ),
        Field(description="每周星期几，可写几个 / on this day of the week, or several"),
    ] = None
    monthly: DayOfMonth | None = Field(
        default=None, description="每月几号，或 first working day、last working day、last day / day of the month"
    )
    yearly: YearDay | None = Field(default=None, description="每年几月几号 / on this day of the year")
    every: DurationField | None = Field(default=None, description="每隔多久，如 4 hours / at this interval, every day")
    at: Clock | None = Field(default=None, description="几点（周、月、年用）/ time of day, unless daily or every")
    start: Clock | None = Field(
        default=None, alias="from", description="every 从几点算起，默认 00:00，昼夜不停 / time that `every` counts from"
    )
    roll: Roll | None = Field(
        default=None,
        description="遇休息日：forward 顺延到下一工作日，skip 跳过，none 照常；每周、每月、每年默认 forward，"
        "每天和 every 默认 none / on a day off: move forward, skip, or run anyway",
    )

    @property
    def on_days_off(self) -> Roll:
        """What happens on a day off, said or by default.

        What comes once a week or less is work for people. What comes every day would
        pile up on the first day back, so it runs on unless the file says otherwise.
        """
        if self.roll is not None:
            return self.roll
        return "none" if self.daily is not None or self.every is not None else "forward"

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        given = [form for form in _FORMS if getattr(self, form) is not None]
        if len(given) != 1:
            raise Mistake(
                f"a schedule is exactly one of {', '.join(_FORMS)}, and this has {' and '.join(given) or 'none'}",
                f"日程只能写 {'、'.join(_FORMS)} 之一，这里写了 {'、'.join(given) or '零个'}",
                'write for example `weekly: monday` with `at: "09:00"`',
                '例如写 weekly: monday 和 at: "09:00"',
            )
        self._check_time(given[0])
        if self.monthly is not None:
            _check_day(self.monthly, shortest=28)
        if self.every is not None:
            _check_interval(self.every.amount, self.every.unit)
        return self

    def _check_time(self, form: str) -> None:
        timed = form in ("weekly", "monthly", "yearly")
        if timed and self.at is None:
            remedy = ('add `at: "09:00"`', '请加上 at: "09:00"')
            raise Mistake(f"`{form}` does not say at what time", f"{form} 没有写几点", *remedy)
        if not timed and self.at is not None:
            remedy = ("leave `at` out" + (" and write `from`" if form == "every" else ""), "请去掉 at")
            raise Mistake(f"`{form}` has its own time and takes no `at`", f"{form} 自带时间，不用 at", *remedy)
        if form != "every" and self.start is not None:
            remedy = ("leave `from` out", "请去掉 from")
            raise Mistake("`from` goes only with `every`", "from 只能和 every 一起用", *remedy, at=("from",))


def _check_interval(amount: int, unit: Unit) -> None:
    """An interval begins anew each day, so it has to divide the day, or the last one would be short."""
    minutes = amount * {Unit.HOURS: 60, Unit.MINUTES: 1}.get(unit, 0)
    if not minutes or 24 * 60 % minutes:
        raise Mistake(
            f"`every: {amount} {unit}` does not divide a day into equal parts",
            f"every: {amount} {unit} 不能把一天分成相等的几段",
            "write 5, 10, 15, 20 or 30 minutes, or 1, 2, 3, 4, 6, 8, 12 or 24 hours",
            "请写 5、10、15、20、30 minutes，或 1、2、3、4、6、8、12、24 hours",
            at=("every",),
        )


def _check_day(day: int | str, shortest: int) -> None:
    if isinstance(day, int) and day > shortest:
        raise Mistake(
            f"not every month meant here has a day {day}",
            f"并非每个所指的月份都有 {day} 号",
            "write `last day` or `last working day`, or an earlier day",
            "请写 last day 或 last working day，或更早的日期",
        )
