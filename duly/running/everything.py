"""Everything on one machine: what `duly up` and `duly demo` do around the supervisor."""

import errno
import fcntl
import os
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Final

import click

from duly.errors import UserError
from duly.running.machine import parts_of
from duly.running.secrets import private_folder
from duly.running.supervisor import Supervisor
from duly.settings import Settings

LOOK_EVERY: Final = 2
"""Looks of the supervisor between two questions whether the pages answer yet."""


def run_everything(settings: Settings, environment: Mapping[str, str]) -> int:
    """Run all processes until told to stop. Raises `UserError` if they run already or a port is taken."""
    private_folder(settings.data)
    with _only_one(settings.data / "up.lock"):
        _refuse_taken(settings.web.host, settings.web.port, "web.port")
        if settings.prefect.enabled and not settings.prefect.api_url:
            _refuse_taken(settings.prefect.host, settings.prefect.port, "prefect.port")
        supervisor = Supervisor(parts_of(settings, environment), lambda text: say(f"! {text}"))
        return supervisor.run(_tell(settings))


def say(text: str) -> None:
    """A line for the person at the terminal; if nobody reads it any more, all else goes on."""
    with suppress(OSError):
        click.echo(text, err=True)


def _tell(settings: Settings) -> Iterator[None]:
    """Say when the pages answer, and then when Prefect does."""
    began = time.monotonic()
    yield from _wait(settings.web.host, settings.web.port, "/health")
    say(f"\n  网页已就绪 / ready after {time.monotonic() - began:.1f} s:  {settings.reached_at}")
    if settings.demo:
        say(f"  演示邮箱 / mailbox:  {settings.reached_at}/mailbox")
    elif not settings.mail.host:
        say("  未设置邮件服务器，信件留在发件箱 / no mail server is set (mail.host): letters wait in the outbox")
    if not settings.prefect.enabled:
        say("  Prefect 未启用，自动作业等待 / Prefect is off: machine work waits")
    say("  按 Ctrl-C 结束 / Ctrl-C ends it\n")
    if settings.prefect.enabled and not settings.prefect.api_url:
        yield from _wait(settings.prefect.host, settings.prefect.port, "/api/health")
        say(f"  Prefect:  http://{settings.prefect.host}:{settings.prefect.port}\n")


def _wait(host: str, port: int, path: str) -> Iterator[None]:
    while not answers(host, port, path):
        for _ in range(LOOK_EVERY):
            yield


def answers(host: str, port: int, path: str) -> bool:
    """Whether a server of this machine answers an address with success."""
    near = "127.0.0.1" if host in ("0.0.0.0", "::", "") else host  # noqa: S104 - asked, not listened on
    connection = HTTPConnection(near, port, timeout=1)
    try:
        connection.request("GET", path)
        return connection.getresponse().status < 400
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


@contextmanager
def _only_one(path: Path) -> Iterator[None]:
    """A lock on the data folder for as long as the block lasts; the kernel gives it back whatever happens."""
    with path.open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise UserError(
                f"Duly 已在运行（进程 {file.read().strip()}，数据文件夹 {path.parent}）\n"
                "Duly runs already with this data folder",
                "请先结束它，或另设 `data`\n    end it first, or set another `data`",
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def _refuse_taken(host: str, port: int, setting: str) -> None:
    error = _obstacle(host, port)
    if error is not None and error.errno == errno.EADDRINUSE:
        raise UserError(
            f"端口 {port} 已被占用\nport {port} of {host} is in use",
            f"请结束占用它的程序，或另设 {setting}\n    end the program that uses it, or set {setting} to another",
        )
    if error is not None:
        section = setting.partition(".")[0]
        raise UserError(
            f"无法在 {host}:{port} 监听：{error.strerror}\n{host}:{port} cannot be listened on: {error.strerror}",
            f"请更正 {section}.host 或 {setting}\n    correct {section}.host or {setting}",
        )


def port_taken(host: str, port: int) -> bool:
    """Whether a port cannot be listened on."""
    return _obstacle(host, port) is not None


def _obstacle(host: str, port: int) -> OSError | None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return error
    return None


def free_port(host: str, wanted: int) -> int:
    """The wanted port, or the next one that is free. Raises `UserError` if none of a hundred is."""
    for port in range(wanted, wanted + 100):
        if not port_taken(host, port):
            return port
    raise UserError(f"no port from {wanted} to {wanted + 99} is free.", "end programs that use them.")


def ours(environment: Mapping[str, str], **changed: object) -> dict[str, str]:
    """An environment with settings changed, for the processes that are started."""
    return {**environment, **{name: str(value) for name, value in changed.items()}, "PYTHONUNBUFFERED": "1"}
