"""Urgent mail: one-time codes and sign-in links, handed to the mail server at once and never kept.

They are worth nothing ten minutes later and are secrets, so they do not stand in the outbox. A few attempts within a
minute are made; then the person asks again.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.utils import format_datetime, make_msgid
from typing import Final

import structlog

from models.language.moments import format_moment
from notifications.outbound.accounts import Account
from notifications.outbound.envelope import BadAddress, address_of, automatic_mail
from notifications.outbound.handing_over import Unreachable, connected, hand_over
from notifications.outbound.plain import plain_html, plain_text
from notifications.outbound.values import one_line
from notifications.outbound.verdicts import Fate
from store.cases import Store

_log: Final = structlog.get_logger(__name__)

WAITS: Final = (0.0, 3.0, 15.0)
"""Seconds before each attempt."""


@dataclass(frozen=True, slots=True)
class Urgent:
    """Sends secrets to people of the organisation. Its methods block; call them in a thread of their own."""

    store: Store
    account: Account
    clock: Callable[[], datetime]
    """The clock on the wall."""

    def send_code(self, person: str, code: str, title: str, expires_at: datetime) -> None:
        """A one-time code for a decision; `title` says for which, without content."""
        what = one_line(title, 80)
        self._send(
            person, f"验证码：{what}",
            (
                f"您正在办理：{what}", f"验证码：{code}",
                f"{format_moment(expires_at)} 前有效，只能用一次。请在打开的页面上填写，不要告诉任何人。",
                "如果不是您本人在办理，请勿填写，并告知信息安全负责人。",
            ),
            f"Your one-time code is {code}. It is valid until {format_moment(expires_at)} (China time), once. If you "
            "are not deciding anything just now, tell your security officer.",
        )  # fmt: skip

    def send_sign_in_link(self, person: str, address: str, expires_at: datetime) -> None:
        """A link with which the person signs in."""
        self._send(
            person, "登录链接",
            (
                "请打开以下链接登录：", address, f"{format_moment(expires_at)} 前有效，只能用一次。",
                "如果不是您本人要登录，请忽略这封邮件。",
            ),
            f"Open the link above to sign in. It is valid until {format_moment(expires_at)} (China time), once. If you "
            "did not ask for it, ignore this mail.",
        )  # fmt: skip

    def _send(self, person: str, subject: str, lines: tuple[str, ...], english: str) -> None:
        record = self.store.programs.company.organisation.people.get(person)
        if record is None:
            _log.warning("urgent_mail_to_nobody", person=person)
            return
        try:
            mail = self._mail(record.name, record.email, subject, lines, english)
            fate = asyncio.run(self._hand_over(record.email, mail))
        except BadAddress as error:
            _log.warning("urgent_mail_not_sent", person=person, error=str(error))
            return
        if fate is not Fate.SENT:
            _log.warning("urgent_mail_not_sent", person=person, fate=str(fate))

    async def _hand_over(self, recipient: str, mail: bytes) -> Fate:
        fate = Fate.STOPPED
        for wait in WAITS:
            await asyncio.sleep(wait)
            try:
                async with connected(self.account) as server:
                    verdict = await hand_over(server, self.account, recipient, mail)
            except Unreachable as error:
                _log.info("urgent_mail_waits", error=str(error))
                continue
            fate = verdict.fate
            if fate in (Fate.SENT, Fate.REFUSED):
                break
        return fate

    def _mail(self, name: str, address: str, subject: str, lines: tuple[str, ...], english: str) -> bytes:
        sender = self.account.sender
        headers: dict[str, str | Address] = {
            "From": sender,
            "To": address_of(name, address),
            "Subject": one_line(subject, 200),
            "Date": format_datetime(self.clock()),
            "Message-ID": make_msgid(domain=sender.domain),
        }
        greeting = f"{name}，您好："
        text, html = plain_text(greeting, lines, english), plain_html(greeting, lines, english)
        return automatic_mail(headers, text, html).as_bytes()
