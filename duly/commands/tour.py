"""`duly tour`: plays a complaint and an incident against a running demonstration, and checks what it sees."""

import re
import sys
from collections.abc import Iterator
from datetime import datetime
from typing import Final

import click
import httpx

from duly.errors import UserError
from duly.touring.stops import Look, complaint, incident, letter, silence
from models.language.moments import parse_moment

_HELP: Final = """在运行中的演示系统上走一遍：立一件投诉、一件无人办理的投诉、一件有害信息，检查网页和邮件。

Play a complaint, one that nobody handles, and an incident against a running demonstration over HTTP and mail. Ends
with code 1 if anything is off.
"""

_CLOCK: Final = re.compile(r"北京时间 (\d{4}-\d{2}-\d{2} \d{2}:\d{2}(?::\d{2})?)")


@click.command(help=_HELP, short_help="走一遍演示 / tour a running demonstration")
@click.option("--address", default="http://127.0.0.1:8000", show_default=True, help="网址 / where it runs")
@click.pass_context
def command(ctx: click.Context, address: str) -> None:
    """Look at everything and say what was seen."""
    now = _time_there(address)
    bad = 0
    for title, stop in (
        ("投诉 / a complaint", complaint), ("无人办理 / nobody acts", silence), ("有害信息 / an incident", incident),
        ("来信 / a letter", lambda there, _now: letter(there)),
    ):  # fmt: skip
        click.echo(click.style(title, bold=True))
        for look in _looks(stop(address, now)):
            bad += not look.good
            mark = click.style("✓", fg="green") if look.good else click.style("✗", fg="red")
            click.echo(f"  {mark} {look.what}  {click.style(look.seen, dim=True) if look.seen else ''}".rstrip())
            sys.stdout.flush()
    click.echo(f"\n{bad} 处不对 / {bad} things are off" if bad else "\n一切正常 / all is well")
    ctx.exit(1 if bad else 0)


def _looks(stop: Iterator[Look]) -> Iterator[Look]:
    try:
        yield from stop
    except httpx.HTTPError as error:
        yield Look("页面没有应答 / a page did not answer", False, f"{type(error).__name__}: {error}")


def _time_there(address: str) -> datetime:
    """What its clock says; it may run fast. Raises `UserError` if no demonstration runs there."""
    try:
        page = httpx.get(f"{address}/demo", timeout=10)
    except httpx.HTTPError as error:
        raise UserError(
            f"{address} 没有应答\nnothing answers at {address} ({type(error).__name__})",
            "请先运行 duly demo\n    run duly demo",
        ) from None
    found = _CLOCK.search(page.text)
    if page.status_code != 200 or found is None:
        raise UserError(
            f"{address} 不是演示系统\nno demonstration runs at {address}",
            "参观会立真的事项，只能在演示系统上进行\n    a tour opens cases, so it only runs against `duly demo`",
        )
    return parse_moment(found[1])
