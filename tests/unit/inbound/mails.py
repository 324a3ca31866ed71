"""Mails for tests, as values: what the reading would make of a message that some program or person sent."""

from collections.abc import Sequence

from notifications.inbound.mail import File, Mail, Mailbox, Report, ReportKind

OURS = "duly@mingchuan.example"


def mail(
    sender: str = "he.min@customer.example",
    subject: str = "快件延误",
    text: str = "您好，我的快件三天没有到。",
    *,
    name: str = "",
    type: str = "text/plain",  # noqa: A002 - it is the name of the field
    headers: Sequence[tuple[str, str]] = (),
    reports: Sequence[tuple[ReportKind, str]] = (),
    files: Sequence[File] = (),
    returned: str = "",
    in_reply_to: str = "",
) -> Mail:
    """A mail to us; From is made of name and sender."""
    shown = f"{name} <{sender}>" if name else sender
    known = (("from", shown), ("to", OURS), ("subject", subject), *headers)
    return Mail(
        sha256="0" * 64,
        size=len(text),
        message_id="<1@customer.example>",
        in_reply_to=(in_reply_to,) if in_reply_to else (),
        references=(),
        sender=Mailbox(name, sender if "@" in sender else ""),
        reply_to=None,
        recipients=(OURS,),
        subject=subject,
        date=None,
        type=type,
        text=text,
        files=tuple(files),
        reports=tuple(Report(kind, content) for kind, content in reports),
        returned=returned,
        headers=known,
        troubles=(),
    )


def copy_of_ours(
    to: str = "hu.jun@mingchuan.example", message_id: str = "<2026-0001.5.hu.jun@mingchuan.example>"
) -> str:
    """Headers and beginning of a mail of ours that comes back."""
    return (
        "Received: from duly (localhost [127.0.0.1]) by mx.mingchuan.example; Tue, 10 Mar 2026 10:00:00 +0800\n"
        f"From: Duly <{OURS}>\n"
        f"To: {to}\n"
        "Reply-To: duly+2026-0001@mingchuan.example\n"
        "Subject: =?utf-8?b?6K+35aSE55CG77ya5b+r?=\n =?utf-8?b?5Lu25bu26K+v?=\n"
        f"Message-ID: {message_id}\n"
        "In-Reply-To: <2026-0001@mingchuan.example>\n"
        "\n"
        "请于 10:30 前处理。\n"
    )


def status_report(*recipients: str) -> str:
    """A delivery status report (RFC 3464); each recipient is a block of fields."""
    return (
        "\n\n".join(
            ("Reporting-MTA: dns; mx.mingchuan.example\nArrival-Date: Tue, 10 Mar 2026 10:00:00 +0800", *recipients)
        )
        + "\n"
    )


def block(
    final: str = "",
    action: str = "failed",
    status: str = "5.1.1",
    said: str = "smtp; 550 5.1.1 no such user here",
    original: str = "",
) -> str:
    """The fields of one recipient."""
    fields = (
        ("Original-Recipient", f"rfc822; {original}" if original else ""),
        ("Final-Recipient", f"rfc822; {final}" if final else ""),
        ("Action", action),
        ("Status", status),
        ("Diagnostic-Code", said),
    )
    return "\n".join(f"{key}: {value}" for key, value in fields if value)


def report(*recipients: str, text: str = "The mail could not be delivered.", returned: str = "") -> Mail:
    """A multipart/report of a mail server about these blocks."""
    return mail(
        "MAILER-DAEMON@mx.mingchuan.example",
        "Undelivered Mail Returned to Sender",
        text,
        name="Mail Delivery System",
        type="multipart/report",
        headers=[("return-path", "<>"), ("auto-submitted", "auto-replied")],
        reports=[("delivery-status", status_report(*recipients))],
        returned=returned,
    )
