"""`duly case`: all about one case: facts, deadlines with their arithmetic, steps, ledger."""

from typing import Final

import click
from rich.console import Console

from duly.errors import UserError
from duly.running.assembly import at_the_terminal
from duly.settings import load_settings
from duly.showing.cases import as_json, data_of, print_case
from engine.errors import UnknownName
from store.cases import load_case
from store.lists import history

_HELP: Final = """显示一个事项：内容、时限与算式、步骤、台账。NUMBER 是编号，如 2026-0042。

Show one case: facts, deadlines with their arithmetic, steps and ledger. NUMBER is its number, e.g. 2026-0042. Sealed
fields are named and not shown.
"""


@click.command(help=_HELP, short_help="显示一个事项 / show one case")
@click.argument("number")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="输出格式 / output format")
def command(number: str, form: str) -> None:
    """Print the case; exit code 2 if there is no such."""
    store, clock = at_the_terminal(load_settings())
    with store.database.reading() as connection:
        try:
            case, program = load_case(connection, store, number)
        except UnknownName:
            raise UserError(
                f"没有编号为 {number} 的事项\nthere is no case {number}", "请用 duly cases 查看\n    see `duly cases`"
            ) from None
        entries = history(connection, number)
    if form == "json":
        click.echo(as_json(data_of(case, program, entries, clock.now())))
    else:
        print_case(Console(), case, program, entries, clock.now())
