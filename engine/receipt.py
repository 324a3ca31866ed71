"""Receipt: a deadline's arithmetic as lines that an officer, or a court, can follow by hand."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from models.language.durations import Duration, Unit
from models.language.moments import format_moment
from models.language.texts import Text

_WEEKDAYS_ZH: Final = "一二三四五六日"
_WEEKDAYS_EN: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_HOURS_ZH: Final = {"business": "工作时间", "service": "客服时间"}
_WORKING_TIME: Final = (Unit.WORKING_MINUTES, Unit.WORKING_HOURS)


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One day of a count: `counts` is its number, or the minutes of it that count; 0 if it was skipped."""

    day: date
    counts: int
    working: bool
    name: Text | None
    provisional: bool

    @property
    def why_zh(self) -> str:
        """What kind of day it is, in Chinese."""
        if self.name is None:
            return "工作日" if self.working else "周末"
        return f"{self.name}调休上班" if self.working else f"{self.name}放假"

    @property
    def why(self) -> str:
        """What kind of day it is, in English."""
        if self.name is None:
            return "working day" if self.working else "weekend"
        return f"make-up working day for {self.name.english}" if self.working else f"{self.name.english}, off"


@dataclass(frozen=True, slots=True)
class Receipt:
    """Everything a due time was counted from; `zh` and `en` write it out."""

    start: datetime
    duration: Duration
    hours: str
    due: datetime
    provisional: bool
    version: str
    days: tuple[CountedDay, ...]

    @property
    def zh(self) -> tuple[str, ...]:
        """The lines in Chinese."""
        lines = [f"起算：{_moment_zh(self.start)}", f"时长：{self.duration.zh}，{self._rule_zh}"]
        lines += [self._day_zh(day) for day in self._shown]
        lines.append(f"到期：{_moment_zh(self.due)}，这一秒仍算按时")
        if self.provisional:
            lines.append("暂定：所涉年份的放假通知尚未录入，按法定节假日推算，录入后重新计算")
        return (*lines, f"日历版本：{self.version}")

    @property
    def en(self) -> tuple[str, ...]:
        """The lines in English."""
        lines = [f"start: {_moment_en(self.start)}", f"duration: {self.duration}, {self._rule_en}"]
        lines += [self._day_en(day) for day in self._shown]
        lines.append(f"due: {_moment_en(self.due)}, this second is still on time")
        if self.provisional:
            lines.append("provisional: a year has no official notice yet; derived, and counted again when it has")
        return (*lines, f"calendar version: {self.version}")

    @property
    def _shown(self) -> tuple[CountedDay, ...]:
        """The days worth a line; of calendar days, which count whatever they are, only the ends."""
        by_calendar = self.duration.unit is Unit.CALENDAR_DAYS and len(self.days) > 2
        return (self.days[0], self.days[-1]) if by_calendar else self.days

    @property
    def _rule_zh(self) -> str:
        match self.duration.unit:
            case Unit.WORKING_DAYS:
                return "起算日不计，末日下班时到期"
            case Unit.CALENDAR_DAYS:
                return f"起算日不计，末日终了（{_end_of_day(self.due)}）到期"
            case Unit.WORKING_MINUTES | Unit.WORKING_HOURS:
                return f"只计{_HOURS_ZH[self.hours]}"
            case _:
                return "自然时间，夜间、周末和节假日照常计算"

    @property
    def _rule_en(self) -> str:
        match self.duration.unit:
            case Unit.WORKING_DAYS:
                return "the start day is not counted, due at close of business"
            case Unit.CALENDAR_DAYS:
                return f"the start day is not counted, due at the end of the last day ({_end_of_day(self.due)})"
            case Unit.WORKING_MINUTES | Unit.WORKING_HOURS:
                return f"only {self.hours} hours count"
            case _:
                return "running through nights, weekends and holidays"

    def _day_zh(self, each: CountedDay) -> str:
        result = "不计"
        if each.counts:
            result = f"计 {each.counts} 分钟" if self.duration.unit in _WORKING_TIME else f"第 {each.counts} 天"
        return f"{_day_zh(each.day)} {each.why_zh}{'（暂定）' if each.provisional else ''}：{result}"

    def _day_en(self, each: CountedDay) -> str:
        result = "not counted"
        if each.counts:
            result = f"{each.counts} minutes" if self.duration.unit in _WORKING_TIME else f"day {each.counts}"
        return f"{_day_en(each.day)} {each.why}{' (provisional)' if each.provisional else ''}: {result}"


def _day_zh(day: date) -> str:
    return f"{day.isoformat()} 周{_WEEKDAYS_ZH[day.weekday()]}"


def _day_en(day: date) -> str:
    return f"{day.isoformat()} {_WEEKDAYS_EN[day.weekday()]}"


def _moment_zh(moment: datetime) -> str:
    return _with_end_of_day(moment, _day_zh, "即 {} 24:00")


def _moment_en(moment: datetime) -> str:
    return _with_end_of_day(moment, _day_en, "the end of {}")


def _with_end_of_day(moment: datetime, day: Callable[[date], str], end_of: str) -> str:
    """The moment and its weekday; midnight also as the end of the day before, which people expect."""
    text = f"{day(moment.date())} {format_moment(moment)[11:]}"
    if moment.hour or moment.minute or moment.second:
        return text
    return f"{text} ({end_of.format(day((moment - timedelta(seconds=1)).date()))})"


def _end_of_day(due: datetime) -> str:
    return format_moment(due)[11:] if due.hour or due.minute else "24:00"
