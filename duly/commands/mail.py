"""`duly mail`: the sender of mail alone."""

import asyncio
from functools import partial

import click

from duly.errors import UserError
from duly.running.assembly import installation
from duly.running.logs import set_up_logs
from duly.running.pulse import Pulse, until_signal
from duly.running.sending import send
from duly.settings import load_settings

_HELP = """只运行邮件发送；可运行多个，同一封信只由一个发送。

Run the sender of mail alone; any number may run, and a letter is sent by one of them.
"""


@click.command(help=_HELP, short_help="只运行邮件发送 / run the sender of mail alone")
def command() -> None:
    """Send until SIGTERM or Ctrl-C."""
    settings = load_settings()
    set_up_logs(settings.log, "mail")
    if not settings.mail.host:
        raise UserError(
            "没有设置邮件服务器，信件留在发件箱\nno mail server is set; letters wait in the outbox",
            "请设置 mail.host（DULY_MAIL__HOST）\n    set mail.host (DULY_MAIL__HOST)",
        )
    store, clock = installation(settings)
    with Pulse(store.database, "mail").beating():
        asyncio.run(until_signal(partial(send, settings, store, clock)))
