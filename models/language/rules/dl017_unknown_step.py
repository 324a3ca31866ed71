"""DL017: names of steps that the procedure does not have."""

from collections.abc import Iterator
from typing import Final

from models.language.problem import Problem, Wording, Words
from models.language.rule import Rule
from models.language.scope import Loc, followed
from models.language.steps import CAMPAIGN_STEPS, PEOPLE_STEPS, Approve, Step
from models.language.subject import Subject

_UNKNOWN: Final = Wording(
    "DL017",
    Words("there is no step `{found}`", "没有名为 `{found}` 的步骤"),
    Words("{hint}", "{hint_zh}"),
)
_REJECTED: Final = Wording(
    "DL017",
    Words("`{found}` is not what can follow a rejection", "`{found}` 不是“不同意”之后可做的事"),
    Words(
        "write `stop`, `continue`, `end OUTCOME` or a step; steps: {hint}",
        "请写 `stop`、`continue`、`end 结局`，或一个步骤；步骤：{hint_zh}",
    ),
)

_FOLLOWED: Final = Wording(
    "DL017",
    Words(
        "`{found}` is no step above with `each`, so it has no rows to follow",
        "上文没有带 each 的步骤 `{found}`，无行可跟随",
    ),
    Words("{hint}", "{hint_zh}"),
)


def _check(subject: Subject) -> Iterator[Problem]:
    known = subject.steps
    for index, step in enumerate(subject.procedure.steps):
        others = {name: other for name, other in known.items() if name != step.id}
        for loc, name in _named(("steps", index), step):
            if name not in known:
                yield subject.say_unknown(_REJECTED if loc[-1] == "rejected" else _UNKNOWN, loc, name, others)
        if isinstance(step, CAMPAIGN_STEPS) and step.each and step.each.of and not followed(step, subject.procedure):
            above = [one.id for one in subject.procedure.steps[:index] if isinstance(one, CAMPAIGN_STEPS) and one.each]
            yield subject.say_unknown(_FOLLOWED, ("steps", index, "each", "of"), step.each.of, above)
    for loc, name in _elsewhere(subject):
        if name not in known:
            yield subject.say_unknown(_UNKNOWN, loc, name, known)


def _named(loc: Loc, step: Step) -> Iterator[tuple[Loc, str]]:
    for index, name in enumerate(step.after or ()):
        yield (*loc, "after", index), name
    if isinstance(step, PEOPLE_STEPS) and step.back_to:
        yield (*loc, "back_to"), step.back_to
    if isinstance(step, Approve):
        if step.rejected not in ("stop", "continue") and not step.rejected.startswith("end "):
            yield (*loc, "rejected"), step.rejected
        if step.returned:
            yield (*loc, "returned"), step.returned
        if step.ratifies:
            yield (*loc, "ratifies"), step.ratifies


def _elsewhere(subject: Subject) -> Iterator[tuple[Loc, str]]:
    procedure = subject.procedure
    for index, gate in enumerate(procedure.gates):
        for number, name in enumerate(gate.holds):
            yield ("gates", index, "holds", number), name
    if procedure.reopens:
        yield ("reopens", "at"), procedure.reopens.at
    for named in subject.people:
        if named.who.did:
            yield (*named.loc, "did"), named.who.did


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
  - id: confirm
    kind: approve
    title: 确认来访
    after: register
    who: security_officer
    within: 4 working hours
  - id: finished
    kind: end
    after: confirm
    outcome: registered
"""

RULE: Final = Rule(
    id="DL017",
    title="unknown step",
    title_zh="步骤不存在",
    why=(
        "A step that comes after one that does not exist would wait for ever, and a gate that holds one "
        "would hold nothing. The message names the step that was probably meant."
    ),
    why_zh="步骤若排在不存在的步骤之后，就会一直等下去；门禁若拦住不存在的步骤，就什么也没拦住。提示会给出最接近的步骤名称。",
    wrong=_RIGHT.replace("after: register", "after: registration"),
    right=_RIGHT,
    check=_check,
)
