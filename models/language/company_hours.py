"""Company hours: when a day opens, closes and ends, for everything that is counted in it."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from models.language.elapsed import SHORTEST_BUSINESS_DAY
from models.language.element import Element, Mistake
from models.language.ladders import Clock


class Break(Element):
    """A stretch inside the open hours that does not count, such as lunch."""

    start: Clock = Field(alias="from", description="开始 / start")
    until: Clock = Field(description="结束 / end")


class OpenHours(Element):
    """The hours of a day that working minutes and hours are counted in."""

    start: Clock = Field(default="09:00", alias="from", description="上班 / opening")
    until: Clock = Field(default="18:00", description="下班 / closing")
    breaks: tuple[Break, ...] = Field(default=(), description="休息时段，如午休 / breaks such as lunch, in order")
    days: Literal["working days", "every day"] = Field(
        default="working days", description="哪些天：工作日或每天 / on working days, or every day"
    )

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """The open stretches of a day, as minutes after midnight."""
        edges = [self.start, *(edge for each in self.breaks for edge in (each.start, each.until)), self.until]
        minutes = [minute_of_day(edge) for edge in edges]
        return tuple(zip(minutes[::2], minutes[1::2], strict=True))

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if any(start >= end for start, end in self.spans) or any(
            end >= start for (_, end), (start, _) in zip(self.spans, self.spans[1:], strict=False)
        ):
            raise Mistake(
                f"the hours from {self.start} to {self.until} and their breaks are not in order",
                f"{self.start} 至 {self.until} 的时段与休息时间前后矛盾",
                "write each `from` before its `until`, and breaks one after another inside the hours",
                "每段 from 要早于 until，休息时段要依次落在上班时间之内",
            )
        shortest = int(SHORTEST_BUSINESS_DAY.total_seconds()) // 60
        if sum(end - start for start, end in self.spans) < shortest:
            raise Mistake(
                f"the hours from {self.start} to {self.until} leave less than {shortest // 60} hours a day",
                f"{self.start} 至 {self.until} 每天不足 {shortest // 60} 小时",
                "lengthen the hours or shorten the breaks",
                "请延长上班时间或缩短休息时间",
            )
        return self


class CalendarAlert(Element):
    """When the administrator is told that next year's calendar is missing."""

    start: Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])$")] = Field(
        default="12-01", alias="from", description="每年从几月几日起提醒 / month-day from which it is told"
    )
    at: Clock = Field(default="09:00", description="每天几点 / time of day")


class CompanyHours(Element):
    """The hours of the company, which close working days and bound working hours."""

    timezone: Literal["Asia/Shanghai"] = Field(default="Asia/Shanghai", description="时区 / time zone")
    business_hours: OpenHours = Field(default_factory=OpenHours, description="工作时间 / business hours")
    service_hours: OpenHours = Field(default_factory=OpenHours, description="客服时间 / customer service hours")
    close_of_business: Clock = Field(
        default="18:00", description="工作日时限到期的钟点 / when a deadline in working days is due"
    )
    end_of_day: Annotated[str, Field(pattern=r"^(([01]\d|2[0-3]):[0-5]\d|24:00)$")] = Field(
        default="24:00", description="自然日时限到期的钟点 / when a deadline in calendar days is due"
    )
    alert: CalendarAlert = Field(default_factory=CalendarAlert, description="缺少下一年日历时的提醒 / missing calendar")


def minute_of_day(clock: str) -> int:
    """Minutes from midnight to a `HH:MM` that has been validated; `24:00` is 1440."""
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)
