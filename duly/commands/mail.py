"""`duly mail`: mail alone, both ways; and `duly mail receive`, which takes messages from files."""

import asyncio
from functools import partial

import click

from duly.commands.mail_receive import receive
from duly.errors import UserError
from duly.running.assembly import installation
from duly.running.logs import set_up_logs
from duly.running.pulse import Pulse, until_signal
from duly.settings import load_settings

_HELP = """只运行邮件收发；可运行多个，同一封信只由一个发送，同一封来信只处理一次。

Run mail alone, both ways; any number may run: a letter is sent by one of them, and a mail is taken once.
"""


@click.group(help=_HELP, short_help="只运行邮件收发 / run mail alone", invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Carry mail until SIGTERM or Ctrl-C."""
    if ctx.invoked_subcommand is not None:
        return
    from duly.running.receiving import Receiver  # noqa: PLC0415 - not needed to take files
    from duly.running.sending import carry_mail  # noqa: PLC0415 - same

    settings = load_settings()
    set_up_logs(settings.log, "mail")
    if not settings.carries_mail:
        raise UserError(
            "没有设置邮件服务器，信件留在发件箱，也不收信\nno mail server is set; letters wait in the outbox",
            "请设置 mail.host（DULY_MAIL__HOST）、imap 或 inbox.listen_port\n"
            "    set mail.host (DULY_MAIL__HOST), imap or inbox.listen_port",
        )
    store, clock = installation(settings)
    receiver = Receiver(settings, store, clock)
    with Pulse(store.database, "mail", lambda: receiver.note).beating():
        asyncio.run(until_signal(partial(carry_mail, settings, store, clock, receiver)))


command.add_command(receive)
