"""DL023: events that never happen in the procedure, because they do not exist."""

from collections.abc import Iterator
from typing import Final

from models.language.deadlines import Deadline
from models.language.problem import Problem, Wording, Words
from models.language.rule import Rule
from models.language.scope import Loc
from models.language.steps import Machine, Task
from models.language.subject import Subject

_UNKNOWN: Final = Wording(
    "DL023",
    Words("there is no event `{found}`", "没有名为 `{found}` 的事件"),
    Words("{hint}", "{hint_zh}"),
)
_STEP: Final = Wording(
    "DL023",
    Words("`{found}` is a step, not an event", "`{found}` 是步骤，不是事件"),
    Words(
        "say what happens to it: `{found}.done` or `{found}.opened`",
        "请写明是哪个时刻：`{found}.done`（办结）或 `{found}.opened`（开始）",
    ),
)


def _check(subject: Subject) -> Iterator[Problem]:
    for loc, event in _named(subject):
        if event in subject.steps:
            yield subject.say(_STEP, loc, found=event)
        elif event not in subject.events:
            yield subject.say_unknown(_UNKNOWN, loc, event, subject.events)


def _named(subject: Subject) -> Iterator[tuple[Loc, str]]:
    for timed in subject.deadlines:
        for index, event in enumerate(timed.deadline.start):
            yield timed.at("from", index), event
        if isinstance(timed.deadline, Deadline):
            yield timed.at("until"), timed.deadline.until
        for index, extension in enumerate(timed.deadline.extended):
            yield timed.at("extended", index, "on"), extension.on
    for index, step in enumerate(subject.procedure.steps):
        if isinstance(step, Task | Machine) and step.repeat and step.repeat.start:
            yield ("steps", index, "repeat", "from"), step.repeat.start


_RIGHT: Final = """\
procedure: visitor-registration
title: {zh: 来访登记, en: Visitor registration}
owner: security_officer
chain: office
starts:
  - by: form
steps:
  - id: register
    kind: task
    title: 登记来访人员
    who: security_guard
    within: 2 working hours
  - id: sign_out
    kind: task
    title: 来访人员离开
    who: security_guard
    deadline:
      within: 8 hours
      from: register.done
  - id: finished
    kind: end
    outcome: left
"""

RULE: Final = Rule(
    id="DL023",
    title="unknown event",
    title_zh="事件不存在",
    why=(
        "A deadline runs from one event to another: `register.done`, `case.opened`, or a time that somebody fills in. "
        "From an event that does not exist it would never start, and nobody would notice."
    ),
    why_zh=(
        "时限从一个事件算到另一个事件，例如 `register.done`（步骤办结）、`case.opened`（立项），或填写的时间字段。"
        "事件不存在，时限就永远不会开始，也没有人会发现。"
    ),
    wrong=_RIGHT.replace("from: register.done", "from: registered.done"),
    right=_RIGHT,
    check=_check,
)
