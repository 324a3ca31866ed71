"""`duly worker`: machine work alone."""

import asyncio
import os
from typing import Final

import click

from duly.running.assembly import installation
from duly.running.logs import set_up_logs
from duly.running.machine import client_environment
from duly.running.pulse import Pulse, until_signal
from duly.settings import load_settings

_HELP: Final = """只运行自动作业：执行机器步骤，并在 Prefect 中展示每个事项。

Run machine work alone: it carries out the steps of machines and shows every case in Prefect.
"""


@click.command(help=_HELP, short_help="只运行自动作业 / run machine work alone")
def command() -> None:
    """Work until SIGTERM or Ctrl-C."""
    settings = load_settings()
    set_up_logs(settings.log, "worker")
    # Prefect reads its settings from the environment when it is imported.
    os.environ.update(client_environment(settings))
    from duly.running.working import work_on  # noqa: PLC0415 - see above
    from flows.keeping import Standing  # noqa: PLC0415 - see above

    store, clock = installation(settings)
    standing = Standing()
    with Pulse(store.database, "worker", lambda: standing.trouble).beating():
        asyncio.run(until_signal(lambda stop: work_on(settings, store, clock, standing, stop)))
