"""Clocks: deadlines as people read them, each with the receipt that shows how it was counted."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from engine.case import ACTIVE, Case, Clock, ClockStatus, Reckoning
from engine.program import Program
from engine.titles import Titles
from models.language.durations import Duration, DurationError
from models.language.moments import format_moment

_STATUS: Final = {
    ClockStatus.RUNNING: "计时中",
    ClockStatus.MISSED: "已超时",
    ClockStatus.MET: "按时完成",
    ClockStatus.LATE: "超时完成",
    ClockStatus.CANCELLED: "已取消",
}
_HOW: Final = {
    "counted": "计算", "set": "直接给定", "replaced": "改按新时限", "extended": "延期", "recomputed": "重新计算",
    "inherited": "沿用来源事项",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DeadlineView:
    """One deadline of a case."""

    title: str
    clause: str
    status: str
    tone: str
    """How it is coloured: `good`, `soon`, `bad` or `plain`."""
    due: datetime
    left: str
    provisional: bool
    receipt: tuple[str, ...]


def deadlines(program: Program, case: Case, now: datetime, step: str | None = None) -> list[DeadlineView]:
    """The deadlines of a case, or of one step that are running: the earliest first, those that are over last."""
    rules = {rule.id for rule in program.of_step.get(step, ())} if step else set(case.clocks)
    chosen = [(name, clock) for name, clock in case.clocks.items() if name in rules]
    if step:
        chosen = [(name, clock) for name, clock in chosen if clock.status in ACTIVE]
    chosen.sort(key=lambda one: (one[1].status not in ACTIVE, one[1].due))
    return [_view(program, name, clock, now) for name, clock in chosen]


def span_in_words(span: timedelta) -> str:
    """A span to the minute, e.g. `2 天 3 小时`; the two largest units."""
    minutes = int(abs(span).total_seconds()) // 60
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [(days, "天"), (hours, "小时"), (rest, "分钟")]
    shown = [f"{number} {unit}" for number, unit in parts if number][:2]
    return " ".join(shown) or "不到 1 分钟"


def _view(program: Program, name: str, clock: Clock, now: datetime) -> DeadlineView:
    titles = Titles(program)
    left, tone = "", "good" if clock.status is ClockStatus.MET else "plain"
    if clock.status in ACTIVE:
        over = now > clock.due
        left = f"{'已超' if over else '还剩'} {span_in_words(clock.due - now)}"
        tone = "bad" if over else "soon"
    elif clock.status is ClockStatus.LATE:
        tone = "bad"
    return DeadlineView(
        titles.deadline(name), clock.clause or program.rules[name].source.clause or "", _status(clock, now), tone,
        clock.due, left, clock.provisional, _receipt(program, name, clock),
    )  # fmt: skip


def _status(clock: Clock, now: datetime) -> str:
    # Between its second and the sweep that records it a deadline still says `running`; people must not read that.
    return "已超时" if clock.status is ClockStatus.RUNNING and now > clock.due else _STATUS[clock.status]


def _receipt(program: Program, name: str, clock: Clock) -> tuple[str, ...]:
    lines: list[str] = []
    for one in clock.receipt:
        lines.append(
            f"{_HOW.get(one.kind, one.kind)}：{format_moment(one.start)} 起，{_span(one.span)}，"
            f"{format_moment(one.due)} 到期"
        )
        lines.extend(_arithmetic(program, name, one))
    return tuple(lines)


def _span(text: str) -> str:
    try:
        return Duration.parse(text).zh
    except DurationError:
        return text


def _arithmetic(program: Program, name: str, one: Reckoning) -> tuple[str, ...]:
    """Day by day, if today's calendar still counts what was counted then; else what was kept must do."""
    try:
        span = Duration.parse(one.span)
    except DurationError:
        return ()
    counted = program.company.calendar.add(one.start, span, program.rules[name].source.hours)
    if counted.at != one.due or counted.version != one.calendar:
        return (f"日历版本：{one.calendar}",)
    return counted.arithmetic[1:-2] + counted.arithmetic[-1:]
