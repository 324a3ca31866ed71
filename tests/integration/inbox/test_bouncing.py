"""A bounce of a mail of ours brings the ladder forward (S-03); one that anybody could have written does not."""

from email.message import EmailMessage
from email.policy import SMTP

import pytest
from sqlalchemy import text

from tests.integration.inbox.desk import Post, Writing
from tests.integration.post_office import REPLIES


def report(
    message_id: str, action: str = "failed", status: str = "5.1.1", to: str = "zhao.lei@mingchuan.example"
) -> bytes:
    """A report about an undelivered mail, as Postfix writes it."""
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"] = "MAILER-DAEMON@mx.mingchuan.example", "duly@mingchuan.example"
    mail["Subject"], mail["Message-ID"] = "Undelivered Mail Returned to Sender", f"<{status}{action}@mx.example>"
    mail["Auto-Submitted"] = "auto-replied"
    mail.set_content("This is the mail system. Your message could not be delivered.")
    mail.make_mixed()
    boundary = "=b="
    body = "\r\n".join(
        (
            f"--{boundary}", "Content-Type: text/plain; charset=us-ascii", "", "Your message could not be delivered.",
            f"--{boundary}", "Content-Type: message/delivery-status", "", "Reporting-MTA: dns; mx.example", "",
            f"Final-Recipient: rfc822; {to}", f"Action: {action}", f"Status: {status}",
            "Diagnostic-Code: smtp; 550 user unknown", "",
            f"--{boundary}", "Content-Type: text/rfc822-headers", "", "From: duly@mingchuan.example", f"To: {to}",
            f"Message-ID: {message_id}", "Subject: x", "", f"--{boundary}--", "",
        )
    )  # fmt: skip
    head = [f"{name}: {value}" for name, value in mail.items() if not name.lower().startswith(("content", "mime"))] + [
        "MIME-Version: 1.0",
        f'Content-Type: multipart/report; report-type=delivery-status; boundary="{boundary}"',
    ]
    return ("\r\n".join(head) + "\r\n\r\n" + body).encode()


def sent(post: Post, person: str) -> tuple[str, str]:
    """A complaint of which somebody has been told, and the Message-ID of their mail."""
    case_id = post.take(Writing()).case_id or ""
    with post.store.database.reading() as connection:
        query = text("SELECT message_id FROM outbox WHERE person = :person ORDER BY id")
        local = connection.execute(query, {"person": person}).scalars().first()
    assert local is not None
    return case_id, local


def signed(local: str) -> str:
    return f"<{REPLIES.sign(local)}@mingchuan.example>"


def asked(post: Post, case_id: str) -> set[str]:
    with post.store.database.reading() as connection:
        query = text("SELECT person FROM assignments WHERE case_id = :case AND status = 'open'")
        return set(connection.execute(query, {"case": case_id}).scalars())


def test_a_proved_bounce_has_the_deputy_asked_at_once(post: Post) -> None:
    case_id, local = sent(post, "zhao.lei")
    before = asked(post, case_id)

    outcome = post.take(report(signed(local)), mail_from="")

    assert (outcome.outcome, outcome.case_id) == ("bounced", case_id)
    assert asked(post, case_id) - before == {"ren.jie"}
    assert post.count("SELECT count(*) FROM outbox WHERE status = 'bounced'") == 1


def test_the_same_bounce_again_changes_nothing(post: Post) -> None:
    case_id, local = sent(post, "zhao.lei")
    post.take(report(signed(local)))
    before = (asked(post, case_id), post.letters())

    assert post.take(report(signed(local))).outcome == "bounced"
    assert (asked(post, case_id), post.letters()) == before


@pytest.mark.parametrize("forged", ["<{local}@mingchuan.example>", "<{local}.0123456789abcdef@mingchuan.example>"])
def test_a_report_without_our_proof_hands_nothing_to_anybody(post: Post, forged: str) -> None:
    case_id, local = sent(post, "zhao.lei")
    before = asked(post, case_id)

    outcome = post.take(report(forged.format(local=local)))

    assert outcome.outcome == "set_aside"
    assert asked(post, case_id) == before


def test_a_report_about_somebody_else_hands_nothing_to_anybody(post: Post) -> None:
    """The reader has their mail passed on to an address that is dead: they have it all the same."""
    case_id, local = sent(post, "zhao.lei")
    before = asked(post, case_id)

    outcome = post.take(report(signed(local), to="zhao.lei@private.example"))

    assert outcome.outcome == "set_aside"
    assert asked(post, case_id) == before


def test_a_delay_is_no_bounce(post: Post) -> None:
    case_id, local = sent(post, "zhao.lei")
    before = asked(post, case_id)

    outcome = post.take(report(signed(local), "delayed", "4.4.1"))

    assert (outcome.outcome, outcome.case_id) == ("bounced", case_id)
    assert "仍在重试" in outcome.reason
    assert asked(post, case_id) == before


def test_a_bounce_of_somebody_elses_mail_is_written_down_and_asks_nobody(post: Post) -> None:
    outcome = post.take(report("<other@elsewhere.example>", to="x@elsewhere.example"))

    assert (outcome.outcome, outcome.case_id, post.cases()) == ("bounced", None, 0)
