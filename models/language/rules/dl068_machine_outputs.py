"""DL068: outputs that the work of a machine step does not answer, or answers in another type."""

from collections.abc import Iterator
from typing import Final

from models.expressions import Choice, Type, describe
from models.language.machine_tasks import MachineTask, holds
from models.language.problem import Problem, Wording, Words
from models.language.rule import Rule
from models.language.scope import Loc, type_of
from models.language.steps import Machine
from models.language.subject import Subject

_UNKNOWN: Final = Wording(
    "DL068",
    Words("`{task}` does not answer `{found}`", "作业 `{task}` 没有输出 `{found}`"),
    Words("{hint}", "{hint_zh}"),
)
_TYPE: Final = Wording(
    "DL068",
    Words(
        "`{name}` of `{task}` is {has}, and this field takes {takes}",
        "作业 `{task}` 的 `{name}` 是{has_zh}，此字段却是{takes_zh}",
    ),
    Words("write the type that fits: {fitting}", "请写相符的类型：{fitting}"),
)
_OPTIONS: Final = Wording(
    "DL068",
    Words(
        "`{task}` may answer `{missing}`, which is no option of `{name}`",
        "作业 `{task}` 可能答 `{missing}`，`{name}` 却没有这个选项",
    ),
    Words("add to the options: {missing}", "请在 options 中加上：{missing}"),
)

_FITTING: Final = {"Bool": "yes_no", "Number": "number", "Text": "text", "Moment": "datetime", "Person": "person"}


def _check(subject: Subject) -> Iterator[Problem]:
    for loc, step, task in subject.machine_work():
        yield from _outputs(subject, (*loc, "outputs"), step, task)


def _outputs(subject: Subject, loc: Loc, step: Machine, task: MachineTask) -> Iterator[Problem]:
    for name, field in step.outputs.items():
        kind = type_of(field)
        if name not in task.outputs:
            yield subject.say_unknown(_UNKNOWN, (*loc, name), name, task.outputs, task=task.name)
        elif not holds(task.outputs[name], kind):
            yield _misfit(subject, (*loc, name), task.outputs[name], kind, task.name)


def _misfit(subject: Subject, at: Loc, answered: Type, kind: Type, task: str) -> Problem:
    if isinstance(answered, Choice) and isinstance(kind, Choice):
        missing = ", ".join(sorted(answered.options - kind.options))
        return subject.say(_OPTIONS, (*at, "options"), task=task, name=at[-1], missing=missing)
    has, takes = describe(answered), describe(kind)
    fitting = "choice" if isinstance(answered, Choice) else _FITTING.get(getattr(answered, "name", ""), "text")
    return subject.say(
        _TYPE, (*at, "type"), task=task, name=at[-1], has=has.en, has_zh=has.zh, takes=takes.en, takes_zh=takes.zh,
        fitting=fitting,
    )  # fmt: skip


_RIGHT: Final = """\
procedure: page-watch
title: {zh: 网页核对, en: Watching a page}
owner: security_officer
chain: office
starts:
  - by: form
form:
  page: {type: text, title: 网址}
  hash: {type: text, title: 批准版本的哈希}
steps:
  - id: look
    kind: machine
    title: 核对网页
    runs: compare_page
    inputs: {url: page, expected: hash}
    outputs:
      altered: {type: yes_no, title: 网页已变}
    otherwise: network_admin
    within: 1 hour
  - id: finished
    kind: end
    outcome: looked
"""

RULE: Final = Rule(
    id="DL068",
    title="outputs that the work does not answer",
    title_zh="自动作业没有这样的输出",
    why=(
        "An output that the work does not answer stays empty, and one of another type is not taken: either way the "
        "step cannot end by itself, and a person has to take over. The outputs are those of `duly tasks`."
    ),
    why_zh=(
        "作业不给出的输出永远是空的，类型不符的输出不会被接受：两种情况下步骤都无法自己完成，只能由人接手。"
        "输出见 `duly tasks`。"
    ),
    wrong=_RIGHT.replace("altered: {type: yes_no", "altered: {type: number"),
    right=_RIGHT,
    check=_check,
)
