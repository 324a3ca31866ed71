"""Chat: a line in a group of WeCom, DingTalk or Feishu beside a mail, never instead of it.

A group is read by many, so the line carries the number and the class of the case and never a link or a content. A
channel that fails is logged and counted, and changes nothing else: the mail is what counts.
"""

import base64
import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal

import httpx
import structlog
from pydantic import SecretStr

from notifications.outbound.contents import Message
from notifications.outbound.values import one_line

_log: Final = structlog.get_logger(__name__)

TIMEOUT: Final = 5.0
"""Seconds a channel may take."""

Kind = Literal["wecom", "dingtalk", "feishu"]


@dataclass(frozen=True, slots=True)
class Channel:
    """A group's webhook. Its address is a secret: whoever knows it may write to the group."""

    kind: Kind
    url: SecretStr
    secret: SecretStr | None = None
    """The signing secret, where the group asks for signatures (DingTalk, Feishu)."""


@dataclass(frozen=True, slots=True)
class Call:
    """One HTTP request to a webhook."""

    url: str = field(repr=False)
    query: Mapping[str, str]
    body: Mapping[str, Any]

    @property
    def address(self) -> httpx.URL:
        """The webhook with the signature beside its own token."""
        return httpx.URL(self.url).copy_merge_params(dict(self.query))


@dataclass
class Chat:
    """The channels of an installation, and how often they took a line or failed."""

    channels: tuple[Channel, ...]
    client: httpx.AsyncClient
    clock: Callable[[], datetime]
    """The real time, not a demo's: the signatures are checked against it."""
    sent: int = 0
    failed: int = 0

    async def announce(self, message: Message) -> None:
        """Write one line to every channel. Never raises for what a channel does."""
        line = line_of(message)
        for channel in self.channels if line else ():
            try:
                call = call_for(channel, line, self.clock())
                answer = await self.client.post(call.address, json=call.body, timeout=TIMEOUT)
                refusal = refused(answer)
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                refusal = type(error).__name__
            self.sent, self.failed = (self.sent, self.failed + 1) if refusal else (self.sent + 1, self.failed)
            if refusal:
                _log.warning("chat_failed", channel=channel.kind, error=refusal)


def line_of(message: Message) -> str:
    """What a group reads: for whom, which cases, of which class; the rest is in the mail.

    Empty where all cases are confidential: whom such a case is about may read along, and must not learn that there is
    one (S-09).
    """
    known = (section for section in message.sections if not section.confidential)
    cases = dict.fromkeys(f"〔{section.case}〕{section.title}" for section in known)
    if not cases:
        return ""
    return one_line(f"Duly 已发邮件给 {message.name}：{'；'.join(cases)}", 300)


def call_for(channel: Channel, text: str, now: datetime) -> Call:
    """The request, signed as the channel wants it."""
    return _CALLS[channel.kind](channel, text, now)


def refused(answer: httpx.Response) -> str:
    """Why a webhook did not take a line, empty if it did: they answer 200 with an error code inside."""
    if answer.status_code != httpx.codes.OK:
        return f"HTTP {answer.status_code}"
    try:
        said = answer.json()
    except ValueError:
        return "the answer is no JSON"
    code = said.get("errcode", said.get("code", said.get("StatusCode"))) if isinstance(said, dict) else None
    return "" if code == 0 else f"code {code}"


def signature(key: str, text: str) -> str:
    """HMAC-SHA256, base64."""
    return base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode()


def _wecom(channel: Channel, text: str, _now: datetime) -> Call:
    return Call(channel.url.get_secret_value(), {}, {"msgtype": "text", "text": {"content": text}})


def _dingtalk(channel: Channel, text: str, now: datetime) -> Call:
    query: dict[str, str] = {}
    if channel.secret:
        secret, stamp = channel.secret.get_secret_value(), str(int(now.timestamp() * 1000))
        query = {"timestamp": stamp, "sign": signature(secret, f"{stamp}\n{secret}")}
    return Call(channel.url.get_secret_value(), query, {"msgtype": "text", "text": {"content": text}})


def _feishu(channel: Channel, text: str, now: datetime) -> Call:
    body: dict[str, Any] = {"msg_type": "text", "content": {"text": text}}
    if channel.secret:
        stamp = str(int(now.timestamp()))
        # The documented oddity: the key is the stamp with the secret, and what is signed is empty.
        body |= {"timestamp": stamp, "sign": signature(f"{stamp}\n{channel.secret.get_secret_value()}", "")}
    return Call(channel.url.get_secret_value(), {}, body)


_CALLS: Final[Mapping[Kind, Callable[[Channel, str, datetime], Call]]] = {
    "wecom": _wecom,
    "dingtalk": _dingtalk,
    "feishu": _feishu,
}
