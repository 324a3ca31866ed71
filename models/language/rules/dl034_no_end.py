"""DL034: procedures whose cases never end."""

from collections.abc import Iterator
from typing import Final

from models.language.order import ends
from models.language.problem import Problem, Wording, Words
from models.language.rule import Rule
from models.language.subject import Subject

_NONE: Final = Wording(
    "DL034",
    Words("no step ends the case, so every case stays open for ever", "没有结束步骤，事项永远不会办结"),
    Words(
        "add a last step: `- id: finished`, `kind: end`, `outcome: ` and how it ended",
        "请在最后加一个步骤：`- id: finished`、`kind: end`、`outcome: 结局`",
    ),
)
_UNREACHED: Final = Wording(
    "DL034",
    Words("no `end` can ever be reached: {names} never begin", "任何 `end` 都到不了：{names} 永远不会开始"),
    Words("let one of them come after the last step of the ordinary course", "请让其中之一接在正常流程的最后一步之后"),
)
_ON_REQUEST: Final = Wording(
    "DL034",
    Words(
        "the case ends only if somebody asks for it: {names} come after a step on request",
        "只有在有人发起时事项才会结束：{names} 都在需人发起的步骤之后",
    ),
    Words(
        "add an `end` that comes after the last step of the ordinary course",
        "请在正常流程的最后一步之后加一个 `end`",
    ),
)


def _check(subject: Subject) -> Iterator[Problem]:
    found = [step.id for step in ends(subject.procedure)]
    if not found:
        yield subject.say_key(_NONE, ("steps",))
        return
    names = ", ".join(f"`{name}`" for name in found)
    at = next(index for index, step in enumerate(subject.procedure.steps) if step.id == found[0])
    opening = subject.order.opening
    # What comes after a circle, after an end or after a step that goes back is another rule's finding.
    if not opening.intersection(found):
        if len(opening) == len(subject.steps):
            yield subject.say(_UNREACHED, ("steps", at, "id"), names=names)
    elif not opening.intersection(found) - subject.order.requested:
        yield subject.say(_ON_REQUEST, ("steps", at, "id"), names=names)


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
    id="DL034",
    title="a case that never ends",
    title_zh="事项永不结束",
    why=(
        "A case that never ends keeps its clocks, its owner and its place in every list, and its outcome is never "
        "known. Every ordinary course needs an `end` with an outcome."
    ),
    why_zh="事项不结束，就一直占着负责人和各种清单，结局也无从统计。每条正常流程都要以带结局的 `end` 收尾。",
    wrong=_RIGHT.replace("  - id: finished\n    kind: end\n    outcome: registered\n", ""),
    right=_RIGHT,
    check=_check,
)
