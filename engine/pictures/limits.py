"""Limits: a deadline in words: how long, from when, by which clause and on what basis, and what a miss leads to."""

from dataclasses import dataclass
from typing import Final

from engine.condition_words import in_words
from engine.program import Program, Rule
from engine.titles import Titles
from models.language.deadlines import Deadline
from models.language.schedules import WEEKDAYS, Schedule

BASIS: Final = {"explicit": "明文", "default": "默认", "law": "法定"}
_SPECIAL_DAYS: Final = {
    "first working day": "首个工作日",
    "last working day": "最后一个工作日",
    "last day": "最后一天",
}


@dataclass(frozen=True, slots=True)
class Limit:
    """A deadline as pictures show it."""

    span: str
    basis: str
    """`explicit`, `default`, `law` or `target`."""
    tag: str
    clause: str
    remarks: tuple[str, ...]


def of_step(program: Program, step: str) -> list[Rule]:
    """The deadlines written at a step."""
    return [rule for rule in program.of_step.get(step, ()) if not isinstance(rule.source, Deadline)]


def between_events(program: Program) -> list[Rule]:
    """The deadlines of the procedure, between two events."""
    return [rule for rule in program.rules.values() if isinstance(rule.source, Deadline)]


def limit_of(rule: Rule, titles: Titles) -> Limit:
    """A deadline in words."""
    source = rule.source
    basis = "target" if source.target else rule.basis
    tag = "目标" if source.target else BASIS[rule.basis]
    return Limit(titles.span(rule), basis, tag, source.clause or "", tuple(_remarks(rule, titles)))


def _remarks(rule: Rule, titles: Titles) -> list[str]:
    source, found = rule.source, []
    starts = [] if isinstance(source, Deadline) else [one for one in rule.starts if not _when_it_opens(one, rule)]
    if starts and source.at is None:
        found.append(f"自{'或'.join(titles.event(one) for one in starts)}起")
    if source.hours == "service":
        found.append("按客服时间计")
    if source.override:
        found.append(f"{titles.field(source.override)}另有规定的从其规定")
    found += [
        f"{in_words(condition, titles)}后改为 {titles.duration(other.within)}{_in_brackets(other.clause)}"
        for condition, other in zip(rule.replaced, source.replaced, strict=True)
    ]
    found += [f"{titles.event(one.on)}后可延期" for one in source.extended]
    modes = titles.program.company.modes.modes
    found += [f"{titles.text(modes.get(mode), mode)} {titles.duration(span)}" for mode, span in rule.in_mode.items()]
    if rule.cancelled is not None:
        found.append(f"{in_words(rule.cancelled, titles)}则取消")
    if source.missed == "deem":
        found.append("逾期视为已办")
    ladder = titles.program.company.ladders.ladders.get(rule.ladder)
    name = titles.text(ladder.title, rule.ladder) if ladder else rule.ladder
    return [*found, f"升级链：{name}"] if not source.target else found


def _when_it_opens(event: str, rule: Rule) -> bool:
    return event == f"{rule.until_step}.opened"


def _in_brackets(clause: str | None) -> str:
    return f"（{clause}）" if clause else ""


def schedule_words(schedule: Schedule, titles: Titles) -> str:
    """A schedule in Chinese, e.g. `每天 17:00`."""
    at = schedule.at or ""
    if schedule.daily:
        return f"每天 {schedule.daily}"
    if schedule.weekly:
        return f"每周{'、'.join('一二三四五六日'[WEEKDAYS.index(day)] for day in schedule.weekly)} {at}"
    if schedule.monthly:
        return f"每月{_day(schedule.monthly)} {at}"
    if schedule.yearly:
        months = "、".join(str(month) for month in schedule.yearly.month)
        return f"每年 {months} 月{_day(schedule.yearly.day)} {at}"
    return f"每 {titles.duration(schedule.every)}"


def _day(day: int | str) -> str:
    return f" {day} 日" if isinstance(day, int) else _SPECIAL_DAYS[day]
