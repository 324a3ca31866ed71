"""DL045: reminders that would come before their deadline has begun."""

from collections.abc import Iterator
from typing import Final

from models.language.climbs import climbs
from models.language.durations import Duration, Unit
from models.language.elapsed import definitely_longer
from models.language.ladders import Reminder
from models.language.problem import Problem, Wording, Words
from models.language.rule import Rule
from models.language.subject import Subject

_TOO_EARLY: Final = Wording(
    "DL045",
    Words(
        "ladder `{ladder}` reminds {when}, but deadline `{deadline}` is only {span} long: that reminder never comes",
        "升级链 `{ladder}` 有{when_zh}的提醒，而时限 `{deadline}` 只有 {span_zh}，这个提醒永远不会发出",
    ),
    Words(
        "choose a ladder for shorter spans, e.g. one that reminds at `before: 25 %`",
        "请换一条适合短时限的升级链，例如按 `before: 25 %` 提醒的",
    ),
    severity="warning",
)
_EXACT: Final = (Unit.MINUTES, Unit.HOURS)


def _check(subject: Subject) -> Iterator[Problem]:
    ladders, terms = subject.context.ladders, subject.context.terms
    if ladders is None:
        return
    for timed in subject.deadlines:
        for climb in climbs(timed, subject.procedure, ladders.defaults, terms):
            ladder = ladders.ladders.get(climb.ladder)
            if ladder is None or climb.span is None:
                continue
            for reminder in ladder.reminders:
                when = _too_early(reminder, climb.span)
                if when is not None:
                    values = {"ladder": climb.ladder, "deadline": timed.id, "when": when.en, "when_zh": when.zh}
                    yield subject.say(_TOO_EARLY, climb.loc, span=climb.span, span_zh=climb.span.zh, **values)


def _too_early(reminder: Reminder, span: Duration) -> Words | None:
    """When the reminder would come, if that is never; the reminder must come after the start."""
    before = reminder.before
    if isinstance(before, Duration):
        whole = before == span and before.unit in _EXACT
        if whole or definitely_longer(before, span):
            return Words(f"{before} before", f"提前 {before.zh}")
    if isinstance(reminder.day, int) and span.unit is Unit.WORKING_DAYS and reminder.day > span.amount:
        return Words(f"on working day {reminder.day}", f"第 {reminder.day} 个工作日")
    return None


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
    deadline:
      within: 2 hours
      ladder: ESC-HOURS
  - id: finished
    kind: end
    outcome: registered
"""

RULE: Final = Rule(
    id="DL045",
    title="a reminder that never comes",
    title_zh="提醒永远不会发出",
    why=(
        "A ladder made for 24 hours reminds 12 hours before. Under a deadline of 2 hours that reminder would lie "
        "before the start and is left out, so people are reminded less often than the ladder promises."
    ),
    why_zh=(
        "为24小时设计的升级链会提前12小时提醒。用在2小时的时限上，这个提醒就落在起点之前，只能省略，"
        "实际提醒的次数少于升级链的约定。"
    ),
    wrong=_RIGHT.replace("ESC-HOURS", "ESC-CMP-24H"),
    right=_RIGHT,
    severity="warning",
    check=_check,
)
