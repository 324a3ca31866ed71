"""`duly tasks`: what machines can do in a procedure, with inputs and outputs."""

import click

from duly.errors import UserError
from duly.machine_tasks import known_tasks
from duly.task_page import as_markdown, as_text


@click.command("tasks", short_help="列出自动作业 / what machines can do, with inputs and outputs")
@click.argument("name", required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown"]),
    default="text",
    help="输出格式 / output format; markdown is that of docs/reference/tasks.md",
)
def command(name: str | None, form: str) -> None:
    """列出自动作业（步骤的 `runs`）；写出 NAME 则只说明这一个。

    List the work that a step may name under `runs`; with NAME, this one alone.
    """
    known = known_tasks()
    if name is not None and name not in known:
        raise UserError(
            f"没有名为 `{name}` 的自动作业\nno machine can do `{name}`.", f"可选 / choose one of {', '.join(known)}"
        )
    chosen = [known[name]] if name else list(known.values())
    click.echo(as_markdown(chosen) if form == "markdown" else as_text(chosen))
