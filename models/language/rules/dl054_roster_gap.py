"""DL054: duty rosters that leave part of the day to nobody."""

from collections.abc import Iterable, Iterator
from typing import Final

from models.language.company_hours import minute_of_day
from models.language.organisation import Organisation, Shift
from models.language.problem import Problem, Wording, Words
from models.language.rule import Rule
from models.language.subject import Subject

_GAP: Final = Wording(
    "DL054",
    Words("nobody is on duty `{roster}` from {start} to {until}", "值班表 `{roster}` 从 {start} 到 {until} 无人值班"),
    Words(
        "add a shift, or let one begin earlier or end later; `until` before `from` means the next day",
        "请增加一个班次，或让前后班次相接；`until` 早于 `from` 表示次日",
    ),
)
_DAY: Final = 24 * 60


def _check(subject: Subject) -> Iterator[Problem]:
    company: Organisation = subject.page.content
    for name, duty in company.duty.items():
        for start, until in _gaps(duty.shifts):
            yield subject.say_key(_GAP, ("duty", name, "shifts"), roster=name, start=_clock(start), until=_clock(until))


def _gaps(shifts: Iterable[Shift]) -> Iterator[tuple[int, int]]:
    """The stretches of the day, in minutes after midnight, in which nobody is on; the last may run past midnight."""
    covered = [False] * _DAY
    for shift in shifts:
        start, until = minute_of_day(shift.start), minute_of_day(shift.until)
        length = (until - start) % _DAY or _DAY
        for minute in range(start, start + length):
            covered[minute % _DAY] = True
    if all(covered):
        return
    first = covered.index(True)
    start = -1
    for minute in range(first, first + _DAY + 1):
        if not covered[minute % _DAY] and start < 0:
            start = minute
        elif covered[minute % _DAY] and start >= 0:
            yield start, minute
            start = -1


def _clock(minute: int) -> str:
    return f"{minute // 60 % 24:02}:{minute % 60:02}"


_RIGHT: Final = """\
company: 示例公司
departments:
  office: {name: 办公室, head: zhang.wei}
people:
  zhang.wei: {name: 张伟, email: zhang.wei@example.com, department: office}
  li.na: {name: 李娜, email: li.na@example.com, department: office}
roles:
  clerk:
    title: 经办人
    holders: [li.na]
    fallback: manager
  manager:
    title: 负责人
    holders: [zhang.wei]
duty:
  office:
    title: 办公室值班
    shifts:
      - {from: "00:00", until: "00:00", rota: [zhang.wei, li.na], since: 2026-01-01}
duty_person: office
vacancy: manager
"""

RULE: Final = Rule(
    id="DL054",
    title="a roster with a gap",
    title_zh="值班表有空档",
    why=(
        "The policy asks for duty round the clock, and emergencies fall to whoever is on. A gap of one hour is the "
        "hour in which nobody is asked."
    ),
    why_zh="制度要求二十四小时值班，紧急事项由当班人员处理。值班表空一小时，那一小时就没有人会收到通知。",
    wrong=_RIGHT.replace('{from: "00:00", until: "00:00"', '{from: "08:00", until: "20:00"'),
    right=_RIGHT,
    check=_check,
    of=("departments",),
)
