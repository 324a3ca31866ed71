"""`duly test`: plays the policy tests on a virtual clock and shows where they differ."""

import shutil
import sys
from pathlib import Path

import click

from duly.errors import UserError
from duly.folders import policies_folder, shortened
from duly.policies import Policies
from duly.testing.documents import as_json, as_junit
from duly.testing.mutating import scores
from duly.testing.running import Run, run
from duly.testing.scores import as_json as scores_as_json
from duly.testing.scores import as_lines
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
@click.option(
    "--mutate", is_flag=True, help="逐处改动规程，看测试能否发现 / change one thing at a time: do tests notice?"
)
@click.pass_context
def command(ctx: click.Context, paths: tuple[Path, ...], name: str, form: str, mutate: bool) -> None:
    """用虚拟时钟运行规程测试 / Run the policy tests on a virtual clock.

    PATH 可以是测试文件、规程文件或文件夹，不写则运行全部。
    PATH is a file of tests, a procedure or a folder; without it, all tests run.
    """
    policies = Policies(shortened(policies_folder()))
    played = run(policies, select(policies, paths, name))
    if mutate and played.good:
        _mutate(policies, played, form)
    elif form == "text":
        _show(played)
    else:
        click.echo(as_json(played) if form == "json" else as_junit(played))
    ctx.exit(0 if played.good else 1)


def _mutate(policies: Policies, played: Run, form: str) -> None:
    """Judge the mutants: only once all tests pass, for a failing test would seem to find everything."""
    if form == "junit":
        raise UserError(
            "--mutate 没有 JUnit 格式\n--mutate has no JUnit format", "请用 --format text 或 json\n    use text or json"
        )
    found = scores(policies, played)
    if form == "json":
        click.echo(scores_as_json(found))
        return
    for score in found:
        for line in as_lines(score):
            click.echo(line)


def _show(played: Run) -> None:
    for problem in played.problems:
        click.echo(str(problem))
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else PLAIN_WIDTH
    for outcome in played.outcomes:
        if not outcome.result.passed:
            for line in lines_of(outcome, width):
                click.echo(line)
    click.echo(played.summary)
