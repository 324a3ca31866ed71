"""`duly prove`: shows of a procedure what holds in every case, or a dated story in which it fails."""

import click

from duly.folders import policies_folder, shortened
from duly.policies import Policies
from duly.proving.report import as_json, as_lines
from duly.proving.subjects import prove_all
from engine.proving import MOST_MOVES

_HELP = """证明每条路径都能走完、无人空等、门禁都能打开、最慢也不超条款、无人自批。

PROCEDURE 是规程代码或文件，不写则证明全部。✓ 已证明；○ 没有发现反例，但没有全部走完；✗ 有反例。

Prove PROCEDUREs, given by id or file; all of them if none is named. ✓ is proved, ○ is no counter-example found in a
search that did not see everything, ✗ is a counter-example. Exit code 1 if something does not hold.
"""


@click.command(help=_HELP, short_help="证明没有事项会悬着 / prove that no case can hang")
@click.argument("procedures", nargs=-1, metavar="[PROCEDURE]...")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="输出格式 / output format")
@click.option(
    "--moves", type=click.IntRange(min=1), default=MOST_MOVES, show_default=True,
    help="最多走多少次变化，约每秒五千次 / how far the search goes, about 5,000 moves a second",
)  # fmt: skip
@click.pass_context
def command(ctx: click.Context, procedures: tuple[str, ...], form: str, moves: int) -> None:
    """Prove procedures and print what was found."""
    outcome = prove_all(Policies(shortened(policies_folder())), procedures, moves)
    if form == "json":
        click.echo(as_json(outcome))
    else:
        for problem in outcome.problems:
            click.echo(str(problem))
        for subject in outcome.subjects:
            for line in as_lines(subject):
                click.echo(line)
    ctx.exit(0 if outcome.good else 1)
