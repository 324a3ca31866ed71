"""Whatever a mail says, it is told apart without an error, and a person's mail is never a bounce."""

from hypothesis import given
from hypothesis import strategies as st

from notifications.inbound.automatic import automatic, may_answer
from notifications.inbound.bounces import bounce_of
from notifications.inbound.bounces.dialects import DIALECTS
from notifications.inbound.mail import ReportKind
from tests.unit.inbound.dialects import ALL
from tests.unit.inbound.mails import OURS, block, copy_of_ours, mail, status_report

PHRASES = [phrase for dialect in DIALECTS for phrase in dialect.failed + dialect.delayed]
PIECES = st.one_of(
    st.sampled_from(PHRASES),
    st.sampled_from([line for wild in ALL for line in wild.mail.text.split("\n")]),
    st.sampled_from([copy_of_ours(), status_report(block("a@b.example")), "(" * 5000, "=?utf-8?b?!?=", "=?x-no?q?a?="]),
    st.text(max_size=40),
)
TEXTS = st.lists(PIECES, max_size=12).map("\n".join)
SENDERS = st.sampled_from(["MAILER-DAEMON@a.example", "postmaster@a.example", "no-reply@a.example", "<>", ""])
KINDS: list[ReportKind] = ["delivery-status", "disposition-notification", "feedback-report"]


@given(SENDERS, TEXTS, TEXTS, TEXTS, st.sampled_from(KINDS), st.sampled_from([None, "", "a@b.example"]))
def test_no_mail_of_a_program_is_too_much(
    sender: str, subject: str, text: str, returned: str, kind: ReportKind, envelope: str | None
) -> None:
    headers = [("x-failed-recipients", text), ("from", subject), ("return-path", "<>"), ("content-type", text)]
    message = mail(
        sender, subject, text, headers=headers, returned=returned, type="multipart/report", reports=[(kind, text)]
    )
    bounce = bounce_of(message, envelope)
    assert bounce is None or bounce.failures
    assert automatic(message, envelope)
    assert not may_answer(message, envelope, [OURS])


@given(TEXTS, TEXTS, TEXTS)
def test_no_words_make_a_persons_mail_a_bounce(subject: str, text: str, returned: str) -> None:
    assert bounce_of(mail(subject=subject, text=text, returned=returned, in_reply_to="<1@a.example>")) is None
