"""Counting: how a due time came about, in lines that the reader can follow by hand."""

from typing import Final

from engine.case import Clock, Reckoning
from engine.program import Rule
from engine.titles import Titles
from models.language.durations import Duration
from models.language.moments import format_moment

MOST_LINES: Final = 14
"""Lines of one count; of a longer one the middle is left to the page behind the link."""

_CHANGES: Final = {
    "counted": "计算",
    "recomputed": "日历更新后重新计算",
    "replaced": "改用新的时限，起点不变",
    "extended": "经批准延期",
    "set": "按所填时间确定",
    "inherited": "发现时间早于本事项，原时限已过，另给宽限",
}
_BASES: Final = {"explicit": "条款明文", "default": "公司规定", "law": "法律规定"}


def clause_of(rule: Rule, clock: Clock) -> str:
    """The clause of a deadline and where its value comes from, e.g. `条款 7-4.2.2（条款明文）`."""
    basis = _BASES[rule.basis]
    if clock.replaced >= 0:
        basis = _BASES[rule.source.replaced[clock.replaced].basis or rule.basis]
    return f"条款 {clock.clause}（{basis}）" if clock.clause else f"未注明条款（{basis}）"


def counting(titles: Titles, rule: Rule, clock: Clock, confidential: bool) -> tuple[str, ...]:
    """The arithmetic of a due time, its history first; a confidential mail names no events."""
    lines = [_changed(one) for one in clock.receipt[:-1]]
    if rule.starts and not confidential:
        lines.append(f"起点：{titles.listed(titles.event(event) for event in rule.starts)}")
    if clock.receipt:
        lines += _clipped(_detailed(titles, rule, clock.receipt[-1]))
    return tuple(lines)


def _detailed(titles: Titles, rule: Rule, line: Reckoning) -> tuple[str, ...]:
    """Day by day where today's calendar still gives the recorded result; otherwise what was recorded."""
    if line.kind in ("counted", "replaced", "recomputed") and line.span:
        span = Duration.parse(line.span)
        due = titles.program.company.calendar.add(line.start, span, rule.source.hours)
        if due.at == line.due:
            how = () if line.kind == "counted" else (f"{_CHANGES[line.kind]}：",)
            return (*how, *due.arithmetic)
    return (_changed(line), f"日历版本：{line.calendar}")


def _changed(line: Reckoning) -> str:
    span = (
        f"{Duration.parse(line.span).zh}，" if line.span and line.kind in ("counted", "replaced", "recomputed") else ""
    )
    provisional = "（暂定）" if line.provisional else ""
    start = format_moment(line.start)
    return f"{_CHANGES[line.kind]}：{span}自 {start} 起，至 {format_moment(line.due)} 到期{provisional}"


def _clipped(lines: tuple[str, ...]) -> tuple[str, ...]:
    if len(lines) <= MOST_LINES:
        return lines
    head, tail = MOST_LINES - 5, 4
    return (*lines[:head], f"……此处略去 {len(lines) - head - tail} 行，打开链接可看全部", *lines[-tail:])
