"""Answers: what a sender of mail gets by itself: that it has come and under which number, or how to decide.

An answer carries no content of the case and no word of what it is about (S-21): it may go to anybody.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Final

import msgspec

from notifications.outbound.contents import Matter
from notifications.outbound.envelope import address_of, automatic_mail, message_id
from notifications.outbound.plain import plain_html, plain_text
from notifications.outbound.values import one_line
from notifications.replies import Replies
from store.outbox import TO_ADDRESS

_SUBJECTS: Final[Mapping[str, str]] = {"receipt": "来信已收到", "advice": "回复邮件不能作为审批意见"}


_NO_NAME: Final = re.compile(r"[@/\\:：<>]|\w[.。．]\w|\d{5}")
"""What makes a display name an address, a link or a telephone number."""


class _About(msgspec.Struct):
    """What is noted of the mail that is answered."""

    name: str = ""
    message_id: str = ""
    reply: bool = True


def answer_mail(matter: Matter, sender: Address, replies: Replies, now: datetime) -> tuple[EmailMessage, str]:
    """The answer, and to whom it goes. Raises `BadAddress`."""
    letter = matter.letter
    notice = letter.notices[0]
    about = msgspec.json.decode(notice.reason, type=_About)
    address = letter.person.removeprefix(TO_ADDRESS)
    name, number = _name(about.name), matter.case.id
    reply_to = replies.to_case(number, letter.person) if about.reply else ""
    lines, english = _WORDS[notice.kind](number, bool(reply_to))
    headers: dict[str, str | Address] = {
        "From": sender,
        "To": address_of(name, address),
        "Subject": f"〔{number}〕{_SUBJECTS[notice.kind]}",
        "Date": format_datetime(now),
        "Message-ID": message_id(replies.sign(letter.message_id), sender.domain),
    }
    if about.message_id.isascii() and " " not in about.message_id and about.message_id.startswith("<"):
        headers["In-Reply-To"] = headers["References"] = about.message_id
    if reply_to:
        headers["Reply-To"] = Address(sender.display_name, addr_spec=reply_to)
    greeting = f"{name}，您好：" if name else "您好："
    company = one_line(matter.program.company.organisation.company.zh, 60)
    foot = f"本邮件由{company}的系统自动发出。"
    text, html = plain_text(greeting, (*lines, foot), english), plain_html(greeting, (*lines, foot), english)
    return automatic_mail(headers, text, html, answer=True), address


def _name(given: str) -> str:
    """The sender's name, if it is one: whoever writes in another's name must not have us send them an address."""
    name = one_line(given, 60)
    return "" if _NO_NAME.search(name) else name


def _receipt(number: str, can_reply: bool) -> tuple[tuple[str, ...], str]:
    more = "如需补充，直接回复本邮件即可。" if can_reply else "如需补充，请在来信主题中写明编号。"
    return (
        (f"您的来信已收到，编号：{number}。", f"我们会按规定办理。{more}"),
        f"Your mail has been received under number {number}. To add to it, "
        + ("reply to this mail." if can_reply else "write the number in the subject."),
    )


def _advice(number: str, _can_reply: bool) -> tuple[tuple[str, ...], str]:
    return (
        (
            f"您就事项 {number} 回复的内容已并入事项，但不作为审批意见，事项仍在等待您审批。",
            "请打开审批通知邮件中的链接，查看内容后点“同意”或“不同意”；也可登录后从“我的待办”办理。",
        ),
        f"Your reply has joined case {number} but decides nothing: open the link in the mail that asked you.",
    )


_WORDS: Final = {"receipt": _receipt, "advice": _advice}
