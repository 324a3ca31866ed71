"""`duly demo`: everything on one machine with a sample company, a mailbox that everybody can read, and fast time."""

import os
import shutil
from datetime import datetime
from pathlib import Path

import click

from duly.folders import policies_folder
from duly.running.everything import free_port, ours, run_everything, say
from duly.settings import load_settings
from models.language.moments import CHINA
from notifications.mailbox import DEMO_SERVER

_HELP = """启动演示：示例公司、内置邮箱、不需要邮件服务器；--speed 60 表示一分钟当一小时。

Start a demonstration: a sample company and a built-in mailbox, no mail server needed. With `--speed 60` an hour passes
in a minute. Each demonstration begins anew, in a folder of its own.
"""


@click.command(help=_HELP, short_help="启动演示 / start a demonstration")
@click.option(
    "--speed",
    type=click.FloatRange(min=0, min_open=True, max=100_000),
    default=1,
    show_default=True,
    help="时间倍速 / how fast time passes",
)
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("duly-demo"),
    show_default=True,
    help="数据文件夹，每次清空 / its folder, emptied at every start",
)
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="网页端口 / port of the pages"
)
@click.option(
    "--prefect/--no-prefect", default=True, show_default=True, help="是否启动 Prefect / whether to start Prefect"
)
@click.pass_context
def command(ctx: click.Context, speed: float, data: Path, port: int, prefect: bool) -> None:
    """Run until SIGTERM or Ctrl-C."""
    _empty(data)
    now = datetime.now(CHINA).isoformat()
    host = "127.0.0.1"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DULY_")}
    chosen = free_port(host, port)
    given = ours(
        environment,
        DULY_CONFIG=_no_file(data), DULY_DEMO="true", DULY_DATA=data.resolve(), DULY_POLICIES=policies_folder(),
        DULY_WEB__PORT=chosen, DULY_PREFECT__ENABLED=str(prefect).lower(), DULY_PREFECT__PORT=free_port(host, 4200),
        DULY_MAIL__HOST=host, DULY_MAIL__PORT=free_port(host, 2525), DULY_MAIL__TLS="none", DULY_MAIL__RATE=6000,
        DULY_MAIL__ADDRESS="duly@mingchuan.example", DULY_INBOX__REPLIES="duly@mingchuan.example",
        DULY_INBOX__LISTEN_PORT=free_port(host, 2600), DULY_INBOX__MAIL_SERVERS=f'["{DEMO_SERVER}"]',
        DULY_CLOCK__SPEED=speed,
        DULY_CLOCK__REAL_START=now, DULY_CLOCK__COMPANY_START=now,
    )  # fmt: skip
    os.environ.update({name: value for name, value in given.items() if name.startswith("DULY_")})
    say("Duly 演示正在启动 / the demonstration is starting …")
    ctx.exit(run_everything(load_settings(), given))


def _empty(data: Path) -> None:
    """Begin anew, but never empty a folder that is not a demonstration's."""
    mark = data / "demonstration"
    if data.exists() and any(data.iterdir()) and not mark.exists():
        raise click.BadParameter(f"{data} 不是演示文件夹 / is no folder of a demonstration", param_hint="--data")
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True, mode=0o700)
    mark.touch()


def _no_file(data: Path) -> Path:
    """An empty file of settings: a demonstration must not send mail through the company's server."""
    path = data / "duly.toml"
    path.touch()
    return path
