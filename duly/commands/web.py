"""`duly web`: the pages alone."""

import click

from duly.running.assembly import installation
from duly.running.logs import set_up_logs
from duly.running.pulse import Pulse
from duly.running.serving import listening_socket, serve
from duly.settings import load_settings

_HELP = """只运行网页；可在多台机器上运行多个。

Run the pages alone; any number, on any number of machines.
"""


@click.command(help=_HELP, short_help="只运行网页 / run the pages alone")
@click.option("--port", type=click.IntRange(1, 65535), help="监听端口 / port to listen on, instead of `web.port`")
def command(port: int | None) -> None:
    """Serve until SIGTERM or Ctrl-C."""
    settings = load_settings()
    set_up_logs(settings.log, "web")
    sock = listening_socket(settings.web.host, port or settings.web.port)
    store, clock = installation(settings)
    with Pulse(store.database, "web").beating():
        serve(settings, store, clock, sock)
