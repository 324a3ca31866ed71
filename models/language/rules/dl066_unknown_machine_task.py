"""DL066: machine steps that name work nobody has registered."""

from collections.abc import Iterator
from typing import Final

from models.language.problem import Problem, Wording, Words
from models.language.rule import Rule
from models.language.steps import Machine
from models.language.subject import Subject

_UNKNOWN: Final = Wording(
    "DL066",
    Words("no machine can do `{found}`", "没有名为 `{found}` 的自动作业"),
    Words("{hint}; `duly tasks` explains them", "{hint_zh}；说明见 duly tasks"),
)


def _check(subject: Subject) -> Iterator[Problem]:
    for index, step in enumerate(subject.procedure.steps):
        if not isinstance(step, Machine):
            continue
        known = subject.context.machine_tasks
        if known is not None and step.runs not in known:
            yield subject.say_unknown(_UNKNOWN, ("steps", index, "runs"), step.runs, known)


_RIGHT: Final = """\
procedure: page-watch
title: {zh: 网页核对, en: Watching a page}
owner: security_officer
chain: office
starts:
  - by: form
form:
  page: {type: text, title: 网址}
steps:
  - id: look
    kind: machine
    title: 核对网页
    runs: compare_page
    inputs: {url: page}
    outputs:
      found: {type: text, title: 网页的哈希}
    otherwise: network_admin
    within: 1 hour
  - id: finished
    kind: end
    outcome: looked
"""

RULE: Final = Rule(
    id="DL066",
    title="unknown machine work",
    title_zh="自动作业不存在",
    why=(
        "A machine step names work that Duly brings with it. If nobody has registered it, the step fails every time, "
        "and people do by hand what the procedure promises of a machine."
    ),
    why_zh="自动作业步骤要写 Duly 自带的作业名称。没有登记的名称，每次都会失败，机器的活只能一直由人来做。",
    wrong=_RIGHT.replace("runs: compare_page", "runs: compare_pages"),
    right=_RIGHT,
    check=_check,
)
