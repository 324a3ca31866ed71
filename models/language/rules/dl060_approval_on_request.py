"""DL060: approvals that nobody can ask for."""

from collections.abc import Iterator
from typing import Final

from models.language.order import on_request
from models.language.problem import Problem, Wording, Words
from models.language.rule import Rule
from models.language.steps import Approve
from models.language.subject import Subject

_NEVER: Final = Wording(
    "DL060",
    Words(
        "approval `{step}` has `start: on_request`, but only a task can be asked for",
        "审批 `{step}` 写了 `start: on_request`，但只有任务才能由人发起",
    ),
    Words(
        "put a task with `start: on_request` before it, in which somebody applies, and let `{step}` come after that",
        "请在前面加一个 `start: on_request` 的任务用来提出申请，再让 `{step}` 接在它之后",
    ),
)


def _check(subject: Subject) -> Iterator[Problem]:
    for index, step in enumerate(subject.procedure.steps):
        if isinstance(step, Approve) and on_request(step):
            yield subject.say(_NEVER, ("steps", index, "start"), step=step.id)


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
  - id: request_tour
    kind: task
    title: 申请参观机房
    after: register
    start: on_request
    who: all_staff
  - id: allow_tour
    kind: approve
    title: 批准参观机房
    after: request_tour
    who: info_head
    within: 4 working hours
  - id: finished
    kind: end
    after: register
    outcome: registered
"""

RULE: Final = Rule(
    id="DL060",
    title="an approval on request",
    title_zh="审批不能由人发起",
    why=(
        "An approval answers somebody's request, so the request is a task of its own: it says who asks, and for what. "
        "An approval that waits to be asked for has no such task and is never opened."
    ),
    why_zh="审批是对申请的答复，因此申请本身是一个任务：谁提出、申请什么。直接等人发起的审批没有这个任务，永远不会打开。",
    wrong=_RIGHT.replace("    after: request_tour\n", "    after: request_tour\n    start: on_request\n"),
    right=_RIGHT,
    check=_check,
)
