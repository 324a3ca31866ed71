"""DL067: inputs that the work of a machine step does not take, needs and does not get, or cannot use."""

from collections.abc import Iterator
from typing import Final

from models.expressions import Choice, Expression, Type, describe
from models.language.machine_tasks import MachineTask, TaskInput, fits
from models.language.problem import Problem, Wording, Words
from models.language.rule import Rule
from models.language.scope import Loc
from models.language.steps import Machine
from models.language.subject import Subject

_UNKNOWN: Final = Wording(
    "DL067",
    Words("`{task}` takes no input `{found}`", "作业 `{task}` 没有输入 `{found}`"),
    Words("{hint}", "{hint_zh}"),
)
_MISSING: Final = Wording(
    "DL067",
    Words("`{task}` needs the input `{name}`, and does not get it", "作业 `{task}` 缺少输入 `{name}`"),
    Words("add `{name}: …` to the inputs: {about}", "请在 inputs 中加上 `{name}: …`：{about_zh}"),
)
_TYPE: Final = Wording(
    "DL067",
    Words(
        "`{name}` of `{task}` must be {needs}, and this is {has}",
        "作业 `{task}` 的 `{name}` 应为{needs_zh}，这里是{has_zh}",
    ),
    Words(
        "write an expression of that type: {about}; a fixed text has quotes inside the quotes, e.g. \"'GET'\"",
        "请写该类型的表达式：{about_zh}；固定的文字要在引号里再加引号，例如 \"'GET'\"",
    ),
)
_OPTION: Final = Wording(
    "DL067",
    Words("`{task}` knows no {name} `{found}`", "作业 `{task}` 的 `{name}` 不能是 `{found}`"),
    Words("{hint}", "{hint_zh}"),
)


def _check(subject: Subject) -> Iterator[Problem]:
    for loc, step, task in subject.machine_work():
        yield from _inputs(subject, loc, step, task)


def _inputs(subject: Subject, loc: Loc, step: Machine, task: MachineTask) -> Iterator[Problem]:
    for name in step.inputs:
        at: Loc = (*loc, "inputs", name)
        if name not in task.inputs:
            yield subject.say_unknown(_UNKNOWN, at, name, task.inputs, task=task.name)
            continue
        condition = subject.conditions[at]
        if condition.meaning is not None:  # what cannot be read is another rule's finding
            yield from _given(subject, at, condition.meaning, task, task.inputs[name])
    for name, wanted in task.inputs.items():
        if wanted.required and name not in step.inputs:
            at = (*loc, "inputs") if step.inputs else (*loc, "runs")
            about = wanted.about
            yield subject.say_key(_MISSING, at, task=task.name, name=name, about=about.en, about_zh=about.zh)


def _given(subject: Subject, at: Loc, meaning: Expression, task: MachineTask, wanted: TaskInput) -> Iterator[Problem]:
    name = at[-1]
    if not any(fits(meaning.type, one) for one in wanted.accepts):
        needs, has = _any_of(wanted.accepts), describe(meaning.type)
        yield subject.say(
            _TYPE, at, task=task.name, name=name, needs=needs.en, needs_zh=needs.zh, has=has.en, has_zh=has.zh,
            about=wanted.about.en, about_zh=wanted.about.zh,
        )  # fmt: skip
        return
    options = [option for one in wanted.accepts if isinstance(one, Choice) for option in sorted(one.options)]
    if options and not meaning.names and (value := meaning({})) not in options:
        yield subject.say_unknown(_OPTION, at, str(value), options, task=task.name, name=name)


def _any_of(kinds: tuple[Type, ...]) -> Words:
    said = [describe(kind) for kind in kinds]
    return Words(" or ".join(one.en for one in said), "或".join(one.zh for one in said))


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
      same: {type: yes_no, title: 与批准版本一致}
    otherwise: network_admin
    within: 1 hour
  - id: finished
    kind: end
    outcome: looked
"""

RULE: Final = Rule(
    id="DL067",
    title="inputs that do not fit the work",
    title_zh="自动作业的输入不对",
    why=(
        "Work that is not given what it needs fails each time it runs, perhaps at night, and a person has to take "
        "over. The inputs and their types are those of `duly tasks`."
    ),
    why_zh="作业得不到所需的输入，每次都会失败，也许在半夜，只能由人接手。输入及其类型见 `duly tasks`。",
    wrong=_RIGHT.replace("expected: hash}", "expects: hash}"),
    right=_RIGHT,
    check=_check,
)
