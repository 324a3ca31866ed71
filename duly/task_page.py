"""The page of all machine tasks, as text and as `docs/reference/tasks.md` holds it."""

from collections.abc import Iterable
from typing import Final

from models.expressions import Choice, Type, describe
from models.expressions.types import Unknown
from models.language.machine_tasks import MachineTask, TaskInput

_HEAD: Final = """\
# 自动作业 / Machine tasks

规程中 `kind: machine` 的步骤用 `runs` 写明由哪一项作业办理。`duly check` 按本页核对输入和输出（DL066 至 DL068）。
本页由 `duly tasks --format markdown` 生成，请勿手改。

A step of `kind: machine` names under `runs` the work that does it. `duly check` holds its inputs and outputs against
this page (DL066 to DL068). The page is written by `duly tasks --format markdown`; change the task, not the page.

输入是表达式；固定的文字要在引号里再加引号，例如 `method: "'POST'"`。作业失败时由步骤的 `otherwise` 接手。
重试时作业用同一个编号，所以不会重复发信。

Inputs are expressions; a fixed text has quotes inside the quotes, e.g. `method: "'POST'"`. When the work fails, the
people under `otherwise` take over. A retry has the same key as the first attempt, so nobody gets the same mail twice.
[Add a machine task](../how-to/add-a-machine-task.md) says how to write one; what the network allows is said under
[Settings](settings.md#what-machine-work-may-ask).
"""


def as_text(tasks: Iterable[MachineTask]) -> str:
    """For a terminal."""
    return "\n\n".join("\n".join((f"{task.name}  {task.title.zh} / {task.title.en}", *_lines(task))) for task in tasks)


def as_markdown(tasks: Iterable[MachineTask]) -> str:
    """The page."""
    return "\n".join([_HEAD, *(_section(task) for task in tasks)])


def _lines(task: MachineTask) -> Iterable[str]:
    for name, one in task.inputs.items():
        yield f"  → {name}{'' if one.required else '?'}  {_accepted(one)}  {one.about.zh} / {one.about.en}"
    for name, kind in task.outputs.items():
        yield f"  ← {name}  {_said(kind)}"


def _section(task: MachineTask) -> str:
    rows = [
        f"| `{name}` | {_accepted(one)} | {'✓' if one.required else ''} | {one.about.zh} / {one.about.en} |"
        for name, one in task.inputs.items()
    ]
    outputs = [f"| `{name}` | {_said(kind)} |" for name, kind in task.outputs.items()]
    return "\n".join(
        (
            f"## {task.name}", "", f"**{task.title.zh} / {task.title.en}**", "",
            "| 输入 Input | 类型 Type | 必填 Required | |", "|---|---|---|---|", *rows, "",
            "| 输出 Output | 类型 Type |", "|---|---|", *outputs, "",
        )
    )  # fmt: skip


def _accepted(one: TaskInput) -> str:
    return " · ".join(_said(kind) for kind in one.accepts)


def _said(kind: Type) -> str:
    if kind == Unknown:
        return "任意 / anything"
    if isinstance(kind, Choice):
        return " ".join(f"`{option}`" for option in sorted(kind.options))
    words = describe(kind)
    return f"{words.zh} / {words.en}"
