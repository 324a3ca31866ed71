"""DL038: procedures that are started and have no file."""

from collections.abc import Iterator
from typing import Final

from models.language.ladders import Ladders
from models.language.problem import Problem, Wording, Words
from models.language.rule import Rule
from models.language.scope import Loc
from models.language.steps import Call
from models.language.subject import Subject
from models.language.translation.keys import closest

_UNKNOWN: Final = Wording(
    "DL038",
    Words("there is no file of a procedure `{found}`", "没有规程 `{found}` 的文件"),
    Words("write procedures/{found}.yaml, or correct the name", "请编写 procedures/{found}.yaml，或改正名称"),
    severity="warning",
)
_MISSPELT: Final = Wording(
    "DL038",
    Words("there is no procedure `{found}`; did you mean `{near}`?", "没有规程 `{found}`；是否想写 `{near}`？"),
    _UNKNOWN.remedy,
    severity="warning",
)


def _check(subject: Subject) -> Iterator[Problem]:
    known = subject.context.procedure_ids
    for loc, name in _started(subject):
        if name not in known:
            near = closest(name, known)
            yield subject.say(_MISSPELT if near else _UNKNOWN, loc, found=name, near=near)


def _started(subject: Subject) -> Iterator[tuple[Loc, str]]:
    if isinstance(subject.page.content, Ladders):
        for name, ladder in subject.page.content.ladders.items():
            for index, rung in enumerate(ladder.rungs):
                if rung.starts:
                    yield ("ladders", name, "rungs", index, "starts"), rung.starts
        return
    for index, step in enumerate(subject.procedure.steps):
        if isinstance(step, Call):
            yield ("steps", index, "procedure"), step.procedure


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
  - id: complain
    kind: call
    title: 来访人员提出投诉
    procedure: complaint-handling
  - id: finished
    kind: end
    outcome: registered
"""

RULE: Final = Rule(
    id="DL038",
    title="a procedure without a file",
    title_zh="所启动的规程没有文件",
    why=(
        "A step that starts another procedure needs that procedure when it runs. It is a warning, because procedures "
        "that call each other have to be written one after another; before they are published, all must be there."
    ),
    why_zh="步骤要启动的规程，运行时必须存在。互相启动的规程总要一个一个地写，所以这里只是警告；正式发布之前必须写全。",
    wrong=_RIGHT.replace("procedure: complaint-handling", "procedure: complaint-handing"),
    right=_RIGHT,
    severity="warning",
    check=_check,
    of=("procedure", "ladders"),
)
