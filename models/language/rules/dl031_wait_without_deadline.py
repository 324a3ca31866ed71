"""DL031: waits that no deadline watches."""

from collections.abc import Iterator
from typing import Final

from models.language.climbs import waited_for
from models.language.order import on_request
from models.language.problem import Problem, Wording, Words
from models.language.rule import Rule
from models.language.steps import Approve, Call, Machine, Step, Task
from models.language.subject import Subject

_UNWATCHED: Final = Wording(
    "DL031",
    Words("step `{step}` {waits}, and no deadline watches it", "步骤 `{step}` {waits_zh}，却没有时限"),
    Words(
        "add a time, e.g. `within: 1 working day`, or a deadline with `until: {step}.done`",
        "请加上时限，例如 `within: 1 working day`，或写一个 `until: {step}.done` 的时限",
    ),
)
_ONLY_TARGET: Final = Wording(
    "DL031",
    Words(
        "step `{step}` {waits}, and only an internal target watches it, which nobody breaches",
        "步骤 `{step}` {waits_zh}，却只有内部目标，超过也不算违反",
    ),
    Words(
        "add a deadline without `target: true` that ends the wait",
        "请再加一个不带 `target: true` 的时限",
    ),
)


def _check(subject: Subject) -> Iterator[Problem]:
    watched: dict[str, bool] = {}
    for timed in subject.deadlines:
        step = waited_for(timed, subject.procedure)
        if step is not None:
            watched[step.id] = watched.get(step.id, False) or not timed.deadline.target
    for index, step in enumerate(subject.procedure.steps):
        waits = _waits(step)
        if waits is not None and not watched.get(step.id, False):
            wording = _ONLY_TARGET if step.id in watched else _UNWATCHED
            yield subject.say(wording, ("steps", index, "id"), step=step.id, waits=waits.en, waits_zh=waits.zh)


def _waits(step: Step) -> Words | None:
    """For whom a step waits; None if it waits for nobody.

    A task on request is done in the moment it is asked for.
    """
    match step:
        case Task():
            return None if on_request(step) else Words("waits for people", "要等人办理")
        case Approve():
            return Words("waits for a decision", "要等人审批")
        case Machine():
            return Words("waits for a machine", "要等自动作业完成")
        case Call():
            return Words("waits for another procedure", "要等另一规程办结") if step.waits else None
        case _:
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
    within: 2 working hours
  - id: finished
    kind: end
    outcome: registered
"""

RULE: Final = Rule(
    id="DL031",
    title="a wait without a deadline",
    title_zh="等待没有时限",
    why=(
        "No deadline passes silently, so every wait must have one: for people, for a machine, for another procedure. "
        "Without it a forgotten step is found when a customer complains."
    ),
    why_zh="时限不能悄悄过去，因此凡是等待都要有时限：等人、等自动作业、等另一规程。没有时限，被忘记的步骤要到客户投诉时才会发现。",
    wrong=_RIGHT.replace("    within: 2 working hours\n", ""),
    right=_RIGHT,
    check=_check,
)
