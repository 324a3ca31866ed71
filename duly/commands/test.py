"""`duly test`: plays the policy tests on a virtual clock and shows where they differ."""

import shutil
import sys
from pathlib import Path

import click

from duly.policies import Policies
from duly.settings import policies_folder
from duly.testing.documents import as_json, as_junit
from duly.testing.running import Run, run
from duly.testing.selection import select
from duly.testing.side_by_side import PLAIN_WIDTH, lines_of


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--name", "-k", default="", help="只运行名称含此文字的测试 / only tests whose name contains this")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "junit"]),
    default="text",
    help="输出格式 / output format",
)
@click.pass_context
def command(ctx: click.Context, paths: tuple[Path, ...], name: str, form: str) -> None:
    """用虚拟时钟运行规程测试 / Run the policy tests on a virtual clock.

    PATH 可以是测试文件、规程文件或文件夹，不写则运行全部。
    PATH is a file of tests, a procedure or a folder; without it, all tests run.
    """
    policies = Policies(policies_folder())
    played = run(policies, select(policies, paths, name))
    if form == "text":
        _show(played)
    else:
        click.echo(as_json(played) if form == "json" else as_junit(played))
    ctx.exit(0 if played.good else 1)


def _show(played: Run) -> None:
    for problem in played.problems:
        click.echo(str(problem))
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else PLAIN_WIDTH
    for outcome in played.outcomes:
        if not outcome.result.passed:
            for line in lines_of(outcome, width):
                click.echo(line)
    click.echo(played.summary)
