"""`duly clock`: the clock alone."""

import click

from duly.running.assembly import installation
from duly.running.keeping_time import TimeKeeper
from duly.running.logs import set_up_logs
from duly.running.pulse import Pulse, stopped_by_signal
from duly.settings import load_settings

_HELP = """只运行时钟：记录到期的时限、提醒与升级。只需要数据库。

Run the clock alone: it records deadlines, reminders and escalations as they fall due. It needs only the database.
"""


@click.command(help=_HELP, short_help="只运行时钟 / run the clock alone")
def command() -> None:
    """Keep time until SIGTERM or Ctrl-C."""
    settings = load_settings()
    set_up_logs(settings.log, "clock")
    stop = stopped_by_signal()
    store, clock = installation(settings)
    keeper = TimeKeeper(store, clock)
    with Pulse(store.database, "clock", lambda: keeper.note).beating():
        keeper.keep(stop)
