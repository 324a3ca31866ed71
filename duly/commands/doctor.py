"""`duly doctor`: what is wrong with this installation, and what to do."""

import json
from dataclasses import asdict
from typing import Final

import click

from duly.doctoring.machines import look_at_machines
from duly.doctoring.outside import look_outside
from duly.doctoring.store import look_at_store
from duly.running.clocks import company_clock
from duly.running.logs import set_up_logs
from duly.settings import load_settings

_HELP: Final = """体检：磁盘、数据库、规程、日历、进程、时钟、邮件、Prefect、字体、自动作业；哪里不对，该怎么办。

Look at everything an installation needs and say what to do where something is wrong. Ends with code 1 if something is.
"""

_MARKS: Final = {"good": ("✓", "green"), "warning": ("!", "yellow"), "bad": ("✗", "red")}


@click.command(help=_HELP, short_help="体检 / what is wrong, and what to do")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="输出格式 / output format")
@click.pass_context
def command(ctx: click.Context, form: str) -> None:
    """Print every finding."""
    settings = load_settings()
    set_up_logs(settings.log.model_copy(update={"level": "error"}), "command")
    found = [
        *look_at_store(settings, company_clock(settings.clock)),
        *look_outside(settings),
        *look_at_machines(settings),
    ]
    if form == "json":
        click.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2))
    else:
        for one in found:
            mark, colour = _MARKS[one.state]
            click.echo(f"{click.style(mark, fg=colour)} {one.name}: {one.said}")
            if one.remedy and one.state != "good":
                click.echo(f"    → {one.remedy}")
    ctx.exit(1 if any(one.state == "bad" for one in found) else 0)
