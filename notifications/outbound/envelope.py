"""Envelope: a message as an Internet mail (RFC 5322, 2045-2047, 3834, 2919), with a Message-ID that never changes."""

import re
from collections.abc import Mapping
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final

from notifications.outbound.contents import Message
from notifications.outbound.render import render_html, render_text
from notifications.outbound.values import one_line
from notifications.replies import Replies

MOST_ROOTS: Final = 20
"""Threads that a mail about several cases belongs to; more make a header that servers cut."""

_ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
_ID: Final = re.compile(r"[^A-Za-z0-9._=+-]")


class BadAddress(ValueError):  # noqa: N818 - it says what is the case
    """An address that no mail can be sent to."""


def envelope(message: Message, sender: Address, replies: Replies) -> EmailMessage:
    """The mail, ready to be sent. Raises `BadAddress`; hostile titles and names are made harmless.

    Its Message-ID carries a proof that we sent it, which comes back with a bounce and which nobody else can make.
    """
    roots = [message_id(section.case, sender.domain) for section in message.sections][:MOST_ROOTS]
    headers: dict[str, str | Address] = {
        "From": sender,
        "To": address_of(message.name, message.address),
        "Subject": one_line(message.subject, 200),
        "Date": format_datetime(message.written_at),
        "Message-ID": message_id(replies.sign(message.local_id), sender.domain),
        "In-Reply-To": roots[0],
        "References": " ".join(dict.fromkeys(roots)),
        "List-Id": f"Duly <duly.{sender.domain}>",
    }
    if message.reply_to:
        headers["Reply-To"] = Address(sender.display_name, addr_spec=message.reply_to)
    return automatic_mail(headers, render_text(message), render_html(message))


def automatic_mail(headers: Mapping[str, str | Address], text: str, html: str, answer: bool = False) -> EmailMessage:
    """A mail that no person wrote, as text and HTML; it says so, that holiday replies stay away (RFC 3834).

    `answer` says that it answers a mail by itself.
    """
    mail = EmailMessage(policy=SMTP)
    for name, value in headers.items():
        mail[name] = value
    mail["Auto-Submitted"] = "auto-replied" if answer else "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    # Base64: Chinese in quoted-printable triples in size, and some old clients garble its soft line breaks.
    mail.set_content(text, charset="utf-8", cte="base64")
    mail.add_alternative(html, subtype="html", charset="utf-8", cte="base64")
    return mail


def address_of(name: str, address: str) -> Address:
    """A mailbox with a display name. Raises `BadAddress` for anything but a plain ASCII address."""
    if not _ADDRESS.fullmatch(address):
        shown = one_line(address, 80)
        raise BadAddress(f"`{shown}` is no address to send to: write name@domain in ASCII in organisation.yaml")
    return Address(one_line(name, 60), addr_spec=address)


def message_id(local: str, domain: str) -> str:
    """`<local@domain>`; characters that do not belong there become `_`."""
    return f"<{_ID.sub('_', local)}@{domain}>"
