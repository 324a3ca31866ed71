"""A message read: from its bytes to the value `Mail`, whatever the bytes."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final

import structlog

from notifications.inbound.mail import Mail, Mailbox
from notifications.inbound.reading.addresses import mailboxes
from notifications.inbound.reading.bounds import MESSAGE_BYTES, RECIPIENTS, TEXT, Reading
from notifications.inbound.reading.content import read_content
from notifications.inbound.reading.fields import Fields
from notifications.inbound.reading.identifiers import identifiers
from notifications.inbound.reading.parts import split
from notifications.inbound.reading.source import Received, held, opened, with_line_feeds
from notifications.inbound.reading.texts import TOO_LONG
from notifications.inbound.reading.words import decoded

_log: Final = structlog.get_logger(__name__)
UNREAD: Final = "这封邮件无法读取"


def read_mail(original: Path) -> Mail:
    """Read a message from the disk. Raises OSError if there is no such file; never because of what is in it."""
    with opened(original) as received:
        return _whatever(received)


def read_bytes(content: bytes) -> Mail:
    """Read a message. Raises nothing, whatever the bytes."""
    return _whatever(held(content))


def _whatever(received: Received) -> Mail:
    """One mail that nobody thought of must not stop all those behind it: it goes on unread, to be seen by a person."""
    try:
        return _read(received)
    except Exception as error:  # noqa: BLE001 - the last resort; tests with mutated mails show that it is not needed
        _log.warning("a mail cannot be read", sha256=received.sha256, error=type(error).__name__)
        return _unread(received, f"{UNREAD}（{type(error).__name__}），请查看原件")


def _unread(received: Received, trouble: str) -> Mail:
    return Mail(
        sha256=received.sha256,
        size=received.size,
        message_id="",
        in_reply_to=(),
        references=(),
        sender=Mailbox("", ""),
        reply_to=None,
        recipients=(),
        subject="",
        date=None,
        type="application/octet-stream",
        text="",
        files=(),
        reports=(),
        returned="",
        headers=(),
        troubles=(trouble,),
    )


def _read(received: Received) -> Mail:
    reading = Reading()
    if received.size > MESSAGE_BYTES:
        reading.trouble(f"邮件过大，只读取前 {MESSAGE_BYTES // 1_000_000} MB，其余在原件中保留")
    lines = with_line_feeds(received.data, reading)
    root = split(lines, reading)
    content = read_content(lines, root, reading)
    fields = root.fields
    if len(content.text) > TEXT:
        reading.trouble(TOO_LONG)
    return Mail(
        sha256=received.sha256,
        size=received.size,
        message_id=next(iter(identifiers(fields.all("message-id")[:1])), ""),
        in_reply_to=identifiers(fields.all("in-reply-to")),
        references=identifiers(fields.all("references")),
        sender=_sender(fields, reading),
        reply_to=next((known for value in fields.all("reply-to") for known in mailboxes(value) if known.address), None),
        recipients=_recipients(fields, reading),
        subject=" ".join(decoded(fields.first("subject")).split()),
        date=_date(fields.first("date"), reading),
        type=root.type,
        text=content.text[:TEXT],
        files=tuple(content.files),
        reports=tuple(content.reports),
        returned=content.returned,
        headers=tuple((name, decoded(value)) for name, value in fields.pairs),
        troubles=tuple(reading.troubles),
    )


def _sender(fields: Fields, reading: Reading) -> Mailbox:
    written = [mailbox for value in fields.all("from") for mailbox in mailboxes(value)]
    if len(written) > 1 or len(fields.all("from")) > 1:
        reading.trouble("邮件写有多个发件人（From），只取第一个，其余在原件中保留")
    readable = [mailbox for mailbox in written if mailbox.address]
    readable += [mailbox for value in fields.all("sender") for mailbox in mailboxes(value) if mailbox.address]
    if readable:
        return readable[0]
    reading.trouble("没有可读的发件人地址（From），在原件中保留")
    return Mailbox(written[0].name if written else "", "")


def _recipients(fields: Fields, reading: Reading) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for name in ("to", "cc", "delivered-to", "x-original-to", "envelope-to"):
        for value in fields.all(name):
            found |= dict.fromkeys(mailbox.address.lower() for mailbox in mailboxes(value))
    found.pop("", None)
    if len(found) > RECIPIENTS:
        reading.trouble(f"收件人过多，只读取前 {RECIPIENTS} 个，其余在原件中保留")
    return tuple(found)[:RECIPIENTS]


def _date(value: str, reading: Reading) -> datetime | None:
    if not value:
        return None
    try:
        date = parsedate_to_datetime(value[:100])
        return date if date.tzinfo else date.replace(tzinfo=UTC)  # "-0000": the time is UTC, the zone is not known
    except (ValueError, TypeError, OverflowError, IndexError):
        reading.trouble("邮件的日期无法识别，在原件中保留")
        return None
