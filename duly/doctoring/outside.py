"""The doctor's look at what stands outside: the mail server, Prefect, the address in links, fonts."""

import asyncio
import shutil
import subprocess
from collections.abc import Iterator
from typing import Final

import httpx

from duly.doctoring.findings import Finding
from duly.errors import UserError
from duly.running.assembly import account_of
from duly.settings import Settings
from notifications.encryption import on_this_machine
from notifications.outbound.handing_over import Unreachable, connected

TIMEOUT: Final = 10.0
"""Seconds that anything outside may take."""


def look_outside(settings: Settings) -> Iterator[Finding]:
    """Mail, Prefect, the address, fonts."""
    yield _mail(settings)
    if settings.prefect.enabled:
        yield _prefect(settings)
    yield _address(settings)
    yield _secret(settings)
    yield _fonts()


def _mail(settings: Settings) -> Finding:
    name = "邮件服务器 / mail server"
    if not settings.mail.host:
        return Finding(name, "bad", "未设置，信件留在发件箱 / not set; letters wait", "设置 mail.host / set mail.host")
    shown = f"{settings.mail.host}:{settings.mail.port} ({settings.mail.tls})"
    try:
        account = account_of(settings)
        asyncio.run(_connect(account))
    except UserError as error:
        return Finding(name, "bad", error.message, error.remedy)
    except (Unreachable, TimeoutError) as error:
        remedy = "核对地址、端口、加密方式、账号和授权码 / check host, port, tls, username and password"
        return Finding(name, "bad", f"{shown}: {str(error) or 'timeout'}", remedy)
    return Finding(name, "good", shown)


async def _connect(account: object) -> None:
    async with asyncio.timeout(TIMEOUT), connected(account):  # type: ignore[arg-type]
        pass


def _prefect(settings: Settings) -> Finding:
    password = settings.prefect.auth.get_secret_value() if settings.prefect.auth else ""
    user, _, secret = password.partition(":")
    try:
        answer = httpx.get(
            f"{settings.prefect.url}/admin/version", timeout=TIMEOUT, auth=(user, secret) if password else None
        )
        answer.raise_for_status()
    except httpx.HTTPError as error:
        return Finding(
            "Prefect", "warning", f"{settings.prefect.url}: {type(error).__name__}",
            "自动作业等待，其余照常；请启动 Prefect / machine work waits, all else goes on; start it",
        )  # fmt: skip
    return Finding("Prefect", "good", f"{settings.prefect.url} {answer.json()}")


def _address(settings: Settings) -> Finding:
    name, found = "邮件中的网址 / address in links", settings.reached_at
    host = httpx.URL(found).host
    if on_this_machine(host):
        return Finding(name, "warning", found, "只有本机能打开：设置 address / only reached here: set it")
    if not found.startswith("https://"):
        return Finding(name, "warning", found, "建议放在 HTTPS 反向代理之后 / put it behind a proxy that speaks HTTPS")
    return Finding(name, "good", found)


def _secret(settings: Settings) -> Finding:
    name, path = "密钥文件 / secret", settings.secret_path
    if not path.exists():
        return Finding(name, "good", "首次启动时生成 / made at the first start")
    if path.stat().st_mode & 0o077:
        return Finding(name, "bad", f"{path} 他人可读 / others can read it", f"chmod 600 {path}")
    return Finding(name, "good", str(path))


def _fonts() -> Finding:
    name = "中文字体 / Chinese fonts"
    program = shutil.which("fc-list")
    if program is None:
        return Finding(name, "good", "不需要：网页用读者的字体 / not needed here: pages use the reader's")
    found = subprocess.run([program, ":lang=zh"], capture_output=True, text=True, check=False, timeout=TIMEOUT)  # noqa: S603
    count = len(found.stdout.splitlines())
    if count:
        return Finding(name, "good", str(count))
    return Finding(name, "warning", "无 / none", "看流程图需要 / apt install fonts-noto-cjk")
