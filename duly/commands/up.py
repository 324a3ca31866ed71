"""`duly up`: everything on one machine, supervised."""

import os

import click

from duly.running.everything import ours, run_everything
from duly.settings import load_settings

_HELP = """在一台机器上启动全部进程：网页、时钟、邮件、Prefect 与作业进程。按一次 Ctrl-C 全部结束。

Start everything on one machine: pages, clock, mail, Prefect and a worker. One Ctrl-C ends it all; a process that
breaks is started again.
"""


@click.command(help=_HELP, short_help="启动全部 / start everything on one machine")
@click.pass_context
def command(ctx: click.Context) -> None:
    """Run until SIGTERM or Ctrl-C; exit code 2 if something has to be changed first."""
    ctx.exit(run_everything(load_settings(), ours(os.environ)))
