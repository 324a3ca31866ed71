"""`duly cases`: the open cases, the next deadline first."""

from typing import Final

import click
from rich.console import Console

from duly.running.assembly import at_the_terminal
from duly.settings import load_settings
from duly.showing.cases import as_json, line_of, print_cases
from store.cases import load_case
from store.lists import MOST_LISTED, open_cases

_HELP: Final = """列出进行中的事项，时限最近的在前，最多 200 个。

List open cases, the next deadline first, 200 at most. It reads the store directly, so it is for the operator.
"""


@click.command(help=_HELP, short_help="列出进行中的事项 / list open cases")
@click.option("--procedure", default="", help="只列一个规程 / of one procedure only")
@click.option("--number", default="", help="编号的一部分 / a part of the number")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="输出格式 / output format")
def command(procedure: str, number: str, form: str) -> None:
    """Print the list."""
    store, clock = at_the_terminal(load_settings())
    now = clock.now()
    with store.database.reading() as connection:
        numbers = open_cases(connection, None, procedure, number)
        lines = [line_of(*load_case(connection, store, one), now) for one in numbers]
    if form == "json":
        click.echo(as_json(lines))
        return
    if not lines:
        click.echo("没有进行中的事项 / no case is open")
        return
    print_cases(Console(), lines, now)
    if len(lines) == MOST_LISTED:
        click.echo(f"只列出前 {MOST_LISTED} 个 / only the first {MOST_LISTED} are shown")
