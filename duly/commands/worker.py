"""`duly worker`: machine work alone."""

import click

from duly.running.assembly import installation
from duly.running.logs import set_up_logs
from duly.running.pulse import Pulse, stopped_by_signal
from duly.settings import load_settings

_HELP = """只运行自动作业：执行机器步骤，并在 Prefect 中展示每个事项。

Run machine work alone: it carries out the steps of machines and shows every case in Prefect.
"""


@click.command(help=_HELP, short_help="只运行自动作业 / run machine work alone")
def command() -> None:
    """Work until SIGTERM or Ctrl-C."""
    settings = load_settings()
    set_up_logs(settings.log, "worker")
    stop = stopped_by_signal()
    store, _clock = installation(settings)
    with Pulse(store.database, "worker").beating():
        stop.wait()
