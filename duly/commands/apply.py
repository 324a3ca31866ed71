"""`duly apply`: puts the folder of policies in force."""

import getpass
from pathlib import Path

import click

from duly.running.assembly import open_database
from duly.running.clocks import company_clock
from duly.running.publishing import publish_folder
from duly.settings import load_settings
from store.cases import Store

_HELP = """发布制度文件夹：检查无误后，规程即刻生效；进行中的事项仍按原版本办理。重复执行没有副作用。

Publish the folder of policies: if nothing is wrong in it, its procedures are in force at once. Cases that are running
keep their version. Doing it again changes nothing.
"""


@click.command(help=_HELP, short_help="发布制度文件夹 / publish the folder of policies")
@click.argument("folder", required=False, type=click.Path(path_type=Path, file_okay=False))
@click.option("--by", default=getpass.getuser, help="由谁发布，记入记录 / who publishes; kept in the record")
def command(folder: Path | None, by: str) -> None:
    """Publish; exit code 2 if the files have errors, and then nothing has changed."""
    settings = load_settings()
    store = Store(open_database(settings))
    edition = publish_folder(store, folder or settings.policies, by[:120], company_clock(settings.clock).now())
    for name in edition.changed:
        click.echo(f"生效 / in force   {name}")
    for name in edition.withdrawn:
        click.echo(f"停用 / withdrawn  {name}")
    if not edition.changed and not edition.withdrawn:
        click.echo("没有变化 / nothing has changed")
    click.echo(f"现有规程 {edition.procedures} 个 / {edition.procedures} procedures are in force")
