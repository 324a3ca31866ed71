"""From the bytes of a message to what it is: messages of our own making, and the public ones where they are there."""

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Final

import pytest

from notifications.inbound.automatic import automatic
from notifications.inbound.bounces import bounce_of
from notifications.inbound.reading import read_bytes
from tests.unit.inbound.dialects import ALL, HU, RETURNED, Wild
from tests.unit.inbound.mails import OURS, block, copy_of_ours, status_report

PUBLIC: Final = Path(__file__).parents[4] / "shared/corpus/mail/sisimai/maildir"
"""832 mails, almost all of them bounces; not part of the project (see the README there)."""
NO_BOUNCES: Final = ("arf-", "rfc3834-", "is-not-bounce-")
"""Beginnings of names there: complaints about spam, automatic replies, people's mails."""
NO_BOUNCES_EITHER: Final = frozenset(
    {
        "lhost-sendmail-14.eml",  # a person forwards one
        "make-test-36.eml",  # the same
        "lhost-amazonses-11.eml",  # a complaint about spam
        "lhost-amazonses-12.eml",  # was delivered
        "lhost-amazonses-13.eml",  # was delivered
    }
)


def written(wild: Wild) -> bytes:
    """A bounce in words as it would come over the wire, the mail that came back as a part."""
    message = EmailMessage()
    for name, value in wild.mail.headers:
        message[name] = value
    if wild.mail.in_reply_to:
        message["in-reply-to"] = wild.mail.in_reply_to[0]
    message.set_content(wild.mail.text)
    if wild.mail.returned:
        returned = EmailMessage()
        for name, value in (("From", OURS), ("To", HU), ("Message-ID", RETURNED)):
            returned[name] = value
        returned.set_content("请处理")
        message.add_attachment(returned)
    return message.as_bytes()


def report_of(kind: str, content: str) -> bytes:
    """A multipart/report: words, the part for programs, headers of the mail it is about."""
    parts = (
        ("text/plain", "see below\n"),
        (f"message/{kind}", content),
        ("text/rfc822-headers", copy_of_ours().partition("\n\n")[0] + "\n"),
    )
    body = "".join(f"--cut\nContent-Type: {type_}\n\n{text}\n" for type_, text in parts)
    header = (
        f"From: Mail System <MAILER-DAEMON@a.example>\nTo: {OURS}\nSubject: Delivery Status\nMIME-Version: 1.0\n"
        f"Content-Type: multipart/report; report-type={kind}; boundary=cut\n\n"
    )
    return f"{header}{body}--cut--\n".encode()


def person(subject: str, text: str) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "何敏 <he.min@customer.example>", OURS, subject
    message.set_content(text)
    return message.as_bytes()


def ours() -> Iterator[tuple[str, bytes, bool]]:
    """Name, bytes, and whether it is a bounce."""
    yield "report", report_of("delivery-status", status_report(block(HU))), True
    yield (
        "receipt",
        report_of("disposition-notification", f"Final-Recipient: rfc822; {HU}\nDisposition: x; displayed\n"),
        False,
    )
    yield "complaint", report_of("feedback-report", "Feedback-Type: abuse\n"), False
    for wild in ALL:
        yield wild.dialect, written(wild), True
        yield f"about {wild.dialect}", person(wild.mail.subject, f"这是什么意思？\n\n{wild.mail.text}"), False


def public() -> Iterator[tuple[str, bytes, bool]]:
    """The same of the public ones; nothing where they are missing."""
    for path in sorted(PUBLIC.glob("*/*.eml")):
        yield path.name, path.read_bytes(), not path.name.startswith(NO_BOUNCES) and path.name not in NO_BOUNCES_EITHER


def test_ours_are_told_apart_without_a_mistake() -> None:
    assert [name for name, content, is_bounce in ours() if bool(bounce_of(read_bytes(content))) != is_bounce] == []


def test_hardly_a_bounce_of_the_world_is_missed_and_nothing_else_is_taken_for_one() -> None:
    told = [
        (name, is_bounce, bool(bounce_of(read_bytes(content)))) for name, content, is_bounce in (*ours(), *public())
    ]
    assert [name for name, is_bounce, found in told if found and not is_bounce] == []
    missed = [name for name, is_bounce, found in told if is_bounce and not found]
    assert len(missed) <= 0.005 * len(told), missed


def test_nearly_every_bounce_names_the_recipient_who_did_not_get_it() -> None:
    bounces = [bounce for _, content, _ in (*ours(), *public()) if (bounce := bounce_of(read_bytes(content)))]
    named = [bounce for bounce in bounces if all(failure.address for failure in bounce.failures)]
    assert len(named) >= 0.98 * len(bounces)


def test_every_automatic_mail_of_the_world_is_seen_as_one() -> None:
    replies = [(name, content) for name, content, _ in public() if name.startswith("rfc3834-")]
    assert [name for name, content in replies if automatic(read_bytes(content), None) != "自动回复"] == []
    assert [
        name for name, content, is_bounce in ours() if is_bounce and automatic(read_bytes(content), None) != "退信"
    ] == []


@pytest.mark.parametrize("wild", ALL, ids=lambda wild: wild.dialect)
def test_a_dialect_says_the_same_once_it_was_read(wild: Wild) -> None:
    bounce = bounce_of(read_bytes(written(wild)))
    assert bounce is not None
    assert tuple((one.address, one.status, one.action) for one in bounce.failures) == wild.failures
    assert bounce.message_id == wild.message_id


def test_a_table_of_a_provider_is_read_cell_by_cell() -> None:
    cells = (("主 题", "请处理：快件延误"), ("收件人", HU), ("退信原因：", "550 5.1.1 收件人不存在"))
    rows = "".join(f"<tr><th>{name}</th><td>{value}</td></tr>" for name, value in cells)
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Postmaster@163.com", OURS, "系统退信"
    message.set_content(f"<h1>抱歉，您的邮件被退回来了……</h1><table>{rows}</table>", subtype="html")
    bounce = bounce_of(read_bytes(message.as_bytes()))
    assert bounce is not None
    assert [(one.address, one.status, one.diagnosis) for one in bounce.failures] == [
        (HU, "5.1.1", "退信原因： 550 5.1.1 收件人不存在")
    ]
