"""A message read: from its bytes to the value `Mail`, whatever the bytes."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

from notifications.inbound.mail import Mail, Mailbox
from notifications.inbound.reading.addresses import mailboxes
from notifications.inbound.reading.bounds import RECIPIENTS, TEXT, Reading
from notifications.inbound.reading.content import read_content
from notifications.inbound.reading.fields import Fields
from notifications.inbound.reading.identifiers import identifiers
from notifications.inbound.reading.parts import split
from notifications.inbound.reading.source import Source, opened, sha256, with_line_feeds
from notifications.inbound.reading.words import decoded


def read_mail(original: Path) -> Mail:
    """Read a message from the disk. Raises OSError if there is no such file; never because of what is in it."""
    with opened(original) as data:
        return _read(data)


def read_bytes(content: bytes) -> Mail:
    """Read a message. Raises nothing, whatever the bytes."""
    return _read(content)


def _read(data: Source) -> Mail:
    reading = Reading()
    digest, size = sha256(data), len(data)
    lines = with_line_feeds(data, reading)
    root = split(lines, reading)
    content = read_content(lines, root, reading)
    fields = root.fields
    if len(content.text) > TEXT:
        reading.trouble("正文过长，只读取其开头，其余在原件中保留")
    return Mail(
        sha256=digest,
        size=size,
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
