"""Ladders: who is told, in what order, when a deadline nears or passes."""

from typing import Annotated

from pydantic import Field, model_validator

from models.language.durations import DurationField
from models.language.element import Element, Mistake
from models.language.texts import Text
from models.language.who import People

Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
"""A time of day, `HH:MM`."""

Share = Annotated[str, Field(pattern=r"^\d{1,3} ?%$")]
"""A share of the deadline's span, e.g. `50 %`."""


class Reminder(Element):
    """A reminder before the due time, to the people who are asked and perhaps to others."""

    before: DurationField | Share | None = Field(
        default=None, description="提前多久 / how long before, or `50 %` of the span"
    )
    day: int | str | None = Field(
        default=None, description="第几个工作日或 last / number of the working day, or `last`"
    )
    at: Clock | None = Field(default=None, description="几点（与 day 同用）/ time of that day")
    tell: People = Field(default=(), description="另外告知 / who else is told")

    @model_validator(mode="after")
    def _one_way(self) -> "Reminder":
        day_ok = self.day == "last" or (isinstance(self.day, int) and self.day >= 1)
        if (self.before is None) == (self.day is None) or (self.day is not None and (self.at is None or not day_ok)):
            raise Mistake(
                "a reminder is written as `before:` or as `day:` with `at:`",
                "提醒要么写 before，要么写 day 加 at",
                'write `before: 30 minutes`, or `day: last` with `at: "10:00"`',
                '例如 `before: 30 minutes`，或 `day: last` 加 `at: "10:00"`',
            )
        return self


class Rung(Element):
    """One rung of a ladder: who is told at the due time or after it, and what begins."""

    after: DurationField | Share | None = Field(default=None, description="到期后多久，默认到期时 / how long after due")
    tell: People = Field(default=(), description="告知谁 / who is told")
    ask: People = Field(default=(), description="同时请谁办理 / who may now act as well")
    starts: str | None = Field(default=None, description="启动的规程 / procedure that begins")
    repeat: DurationField | None = Field(default=None, description="之后每隔多久重复 / repeated until the end")


class Ladder(Element):
    """A named ladder, used by deadlines."""

    title: Text | None = Field(default=None, description="名称 / title")
    reminders: tuple[Reminder, ...] = Field(default=(), description="到期前的提醒 / reminders")
    rungs: tuple[Rung, ...] = Field(default=(), description="到期及之后的升级 / rungs")


class Defaults(Element):
    """The ladder a deadline gets when it names none, by the kind of its span."""

    short: str = Field(description="30分钟以内 / up to 30 minutes")
    hours: str = Field(description="按小时 / hours")
    days: str = Field(description="按天 / days")
    campaign: str = Field(description="逐人办理 / campaigns")
    target: str = Field(description="内部目标 / targets")


class Ladders(Element):
    """The file of ladders and chains."""

    ladders: dict[str, Ladder] = Field(min_length=1, description="升级链 / ladders by name")
    chains: dict[str, dict[str, People]] = Field(min_length=1, description="升级人员 / who stands on L1 to L4")
    defaults: Defaults = Field(description="默认升级链 / ladders used when none is named")
