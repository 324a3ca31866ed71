"""DL024: conditions and values that have no meaning."""

from collections.abc import Iterator
from typing import Final

from models.language.problem import Problem, Wording, Words
from models.language.rule import Rule
from models.language.subject import Subject

_FLAW: Final = Wording("DL024", Words("{message}", "{message_zh}"), Words("{remedy}", "{remedy_zh}"))


def _check(subject: Subject) -> Iterator[Problem]:
    for condition in subject.conditions.values():
        for flaw in condition.flaws:
            yield subject.say_inside(
                _FLAW,
                condition.written.loc,
                condition.written.text,
                flaw.column,
                message=flaw.message,
                message_zh=flaw.message_zh,
                remedy=flaw.remedy,
                remedy_zh=flaw.remedy_zh,
            )


_RIGHT: Final = """\
procedure: visitor-registration
title: {zh: 来访登记, en: Visitor registration}
owner: security_officer
chain: office
starts:
  - by: form
form:
  visitors: {type: number, title: 人数}
steps:
  - id: register
    kind: task
    title: 登记来访人员
    who: security_guard
    within: 2 working hours
  - id: escort
    kind: task
    title: 全程陪同
    when: visitors > 5
    who: security_guard
    within: 8 hours
  - id: finished
    kind: end
    outcome: left
"""

RULE: Final = Rule(
    id="DL024",
    title="an expression without meaning",
    title_zh="条件或表达式有误",
    why=(
        "Conditions are checked when the file is read: every name must exist, and only what can be compared is "
        "compared. A condition that can never hold would otherwise skip a step for years. The column is that of "
        "the part that is wrong."
    ),
    why_zh=(
        "条件在读取文件时就检查：名称必须存在，能比较的才能比较。否则一个永远不成立的条件，"
        "会让某个步骤多年被跳过而无人发现。"
        "提示中的列号就是出错的那一处。"
    ),
    wrong=_RIGHT.replace("when: visitors > 5", "when: visitors > '5'"),
    right=_RIGHT,
    check=_check,
)
