"""DL047: ways in that lack what they need, or have what they cannot use."""

from collections.abc import Iterator
from typing import Final

from models.language.problem import Problem, Wording, Words
from models.language.rule import Rule
from models.language.subject import Subject

_NEEDS: Final = Wording(
    "DL047",
    Words("a start `by: {by}` needs `{key}`", "`by: {by}` 的立项方式需要写 `{key}`"),
    Words("add for example `{example}`", "请补上，例如 `{example}`"),
)
_USELESS: Final = Wording(
    "DL047",
    Words("a start `by: {by}` has no use for `{key}`", "`by: {by}` 的立项方式用不到 `{key}`"),
    Words("remove `{key}`, or write `by: {other}`", "请删除 `{key}`，或改写 `by: {other}`"),
)
_OWNERS: Final = {
    "who": ("form",),
    "on": ("schedule",),
    "mailbox": ("email",),
    "senders": ("email",),
    "automatic": ("email",),
    "takes": ("email",),
    "sets_aside": ("email",),
    "fills": ("email", "unsorted_email"),
}
"""To which ways in each detail belongs."""

_NEEDED: Final = {"email": ("mailbox", "mailbox: complaints"), "schedule": ("on", 'on: {weekly: monday, at: "09:00"}')}


def _check(subject: Subject) -> Iterator[Problem]:
    for index, start in enumerate(subject.procedure.starts):
        loc = ("starts", index)
        key, example = _NEEDED.get(start.by, ("", ""))
        if key and not getattr(start, key):
            yield subject.say(_NEEDS, (*loc, "by"), by=start.by, key=key, example=example)
        for detail, ways in _OWNERS.items():
            if start.by not in ways and subject.has((*loc, detail)):
                yield subject.say_key(_USELESS, (*loc, detail), by=start.by, key=detail, other=ways[0])


_RIGHT: Final = """\
procedure: device-inspection
title: {zh: 设备巡检, en: Inspection of devices}
owner: network_head
chain: duty
starts:
  - by: schedule
    on: {weekly: monday, at: "09:00"}
steps:
  - id: inspect
    kind: task
    title: 巡检设备
    who: network_admin
    within: 1 working day
  - id: finished
    kind: end
    outcome: inspected
"""

RULE: Final = Rule(
    id="DL047",
    title="a start that cannot happen",
    title_zh="立项方式不完整",
    why=(
        "A start by email needs the mailbox, a start by schedule the times. Without them the procedure would never "
        "begin, and nobody would miss it. A schedule at a start by form would never be looked at."
    ),
    why_zh="由邮件立项要写邮箱，按日程立项要写日程，否则规程永远不会开始，也没有人会发觉。写在表单方式下的日程也不会起作用。",
    wrong=_RIGHT.replace('    on: {weekly: monday, at: "09:00"}\n', ""),
    right=_RIGHT,
    check=_check,
)
