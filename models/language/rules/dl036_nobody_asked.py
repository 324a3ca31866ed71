"""DL036: steps for people that name nobody."""

from collections.abc import Iterator
from typing import Final

from models.language.problem import Problem, Wording, Words
from models.language.rule import Rule
from models.language.steps import PEOPLE_STEPS
from models.language.subject import Subject

_NOBODY: Final = Wording(
    "DL036",
    Words("step `{step}` does not say who does it", "步骤 `{step}` 没有写由谁办理"),
    Words(
        "add `who: ` and a role, e.g. `who: {example}`; for a campaign, `each: {{people: ...}}`",
        "请加上 `who: ` 和角色，例如 `who: {example}`；逐人办理的写 `each: {{people: ...}}`",
    ),
)
_ROSTER: Final = Wording(
    "DL036",
    Words(
        "step `{step}` is done by each of its roster, so `who` has no effect",
        "步骤 `{step}` 由名册中的每个人办理，`who` 不起作用",
    ),
    Words("remove `who`, or `each.people`", "请删除 `who` 或 `each.people`"),
)


def _check(subject: Subject) -> Iterator[Problem]:
    for index, step in enumerate(subject.procedure.steps):
        if not isinstance(step, PEOPLE_STEPS):
            continue
        roster = step.each.people if step.each else ()
        if roster and step.who:
            yield subject.say_key(_ROSTER, ("steps", index, "who"), step=step.id)
        elif not roster and not step.who:
            yield subject.say(_NOBODY, ("steps", index, "id"), step=step.id, example=_example(subject))


def _example(subject: Subject) -> str:
    roles = [who.role for who in subject.procedure.owner if who.role]
    return roles[0] if roles else "security_officer"


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
    id="DL036",
    title="a step that asks nobody",
    title_zh="步骤没有写由谁办理",
    why=(
        "A task or an approval asks somebody. If it names nobody it falls to whoever is told about vacant roles, who "
        "knows nothing of it. A task that everybody may start says so: `who: all_staff`."
    ),
    why_zh=(
        "任务和审批都要有人办理。不写由谁办理，就会落到负责岗位空缺的人身上，而他对此一无所知。"
        "人人可以发起的任务，请写明 `who: all_staff`。"
    ),
    wrong=_RIGHT.replace("    who: security_guard\n", ""),
    right=_RIGHT,
    check=_check,
)
