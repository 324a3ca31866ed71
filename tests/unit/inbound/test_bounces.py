"""Bounces: reports in the form of RFC 3464 and in words, and everything that only looks like one."""

from time import perf_counter

import pytest

from notifications.inbound.bounces import Bounce, bounce_of
from notifications.inbound.bounces.dialects import DIALECTS
from notifications.inbound.mail import File, Mail
from tests.unit.inbound.dialects import ALL, HU, LI, RETURNED, Wild
from tests.unit.inbound.mails import OURS, block, copy_of_ours, mail, report, status_report


def told(message: Mail) -> Bounce:
    bounce = bounce_of(message)
    assert bounce is not None
    return bounce


def seen(bounce: Bounce) -> tuple[tuple[str, str, str], ...]:
    return tuple((failure.address, failure.status, failure.action) for failure in bounce.failures)


def test_a_report_names_every_recipient_with_what_became_of_it() -> None:
    bounce = told(
        report(
            block(HU), block(LI, "delayed", "4.4.1", "smtp; 451 later"), block("x@a.example", "relayed", "2.0.0", "")
        )
    )
    assert seen(bounce) == ((HU, "5.1.1", "failed"), (LI, "4.4.1", "delayed"), ("x@a.example", "2.0.0", "relayed"))
    assert [failure.permanent for failure in bounce.failures] == [True, False, False]


def test_a_delayed_mail_is_a_bounce_without_a_permanent_failure() -> None:
    assert not told(report(block(HU, "delayed", "4.2.2", "smtp; 452 4.2.2 mailbox full"))).permanent


def test_a_mail_given_up_after_days_has_failed_for_good_although_its_code_is_temporary() -> None:
    assert told(report(block(HU, "failed", "4.4.7", ""))).permanent


def test_a_report_without_an_action_is_judged_by_its_code() -> None:
    assert seen(told(report(block(HU, "", "4.4.1"), block(LI, "", "5.1.1")))) == (
        (HU, "4.4.1", "delayed"),
        (LI, "5.1.1", "failed"),
    )


def test_the_address_that_was_written_to_counts_and_not_where_it_is_forwarded() -> None:
    assert seen(told(report(block("hidden@elsewhere.example", original=HU)))) == ((HU, "5.1.1", "failed"),)


def test_an_address_packed_by_exchange_is_replaced_by_whom_the_mail_was_written_to() -> None:
    packed = "IMCEAEX-_O=CORP_OU=FIRST_CN=RECIPIENTS_CN=HUJUN@a.example"
    assert seen(told(report(block(packed), returned=copy_of_ours()))) == ((HU, "5.1.1", "failed"),)


def test_a_code_that_says_only_its_class_is_replaced_by_the_one_in_the_diagnosis() -> None:
    assert seen(told(report(block(HU, status="5.0.0", said="smtp; 550 5.7.1 not allowed")))) == (
        (HU, "5.7.1", "failed"),
    )


def test_fields_that_are_folded_or_apart_belong_to_one_recipient() -> None:
    text = (
        f"Reporting-MTA: dns; a\n\nFinal-Recipient: rfc822;\n {HU}\n\nAction: failed (no such user)\n\nStatus: 5.1.1\n"
    )
    message = mail("MAILER-DAEMON@a.example", type="multipart/report", reports=[("delivery-status", text)])
    assert seen(told(message)) == ((HU, "5.1.1", "failed"),)


def test_the_mail_that_came_back_is_known_by_its_headers() -> None:
    bounce = told(report(block(HU), returned=copy_of_ours()))
    assert bounce.message_id == RETURNED
    assert bounce.returned == (
        ("from", f"Duly <{OURS}>"),
        ("to", HU),
        ("reply-to", "duly+2026-0001@mingchuan.example"),
        ("subject", "请处理：快件延误"),
        ("message-id", RETURNED),
        ("in-reply-to", "<2026-0001@mingchuan.example>"),
    )


def test_the_mail_that_came_back_as_a_file_is_known_too() -> None:
    file = File("快件.eml", "message/rfc822", copy_of_ours().replace("\n", "\r\n").encode(), inline=False)
    message = mail("MAILER-DAEMON@a.example", "failure notice", f"<{HU}>:", type="multipart/mixed", files=[file])
    assert told(message).message_id == RETURNED


def test_what_stands_beside_a_message_id_is_left_out() -> None:
    returned = copy_of_ours(message_id=f"{RETURNED} (added by a relay)")
    assert told(report(block(HU), returned=returned)).message_id == RETURNED


def test_a_body_cannot_pass_itself_off_as_headers_of_the_mail_that_came_back() -> None:
    returned = "From: a@b.example\n\nMessage-ID: <forged@b.example>\n"
    assert told(report(block(HU), returned=returned)).message_id == ""


def test_a_report_part_that_lies_loose_in_a_mail_of_a_server_is_read() -> None:
    part = File("status.txt", "message/delivery-status", status_report(block(HU)).encode(), inline=False)
    message = mail("MAILER-DAEMON@a.example", "Delivery Status", "", type="multipart/mixed", files=[part])
    assert seen(told(message)) == ((HU, "5.1.1", "failed"),)


@pytest.mark.parametrize("wild", ALL, ids=lambda wild: wild.dialect)
def test_a_server_that_speaks_in_words_is_understood(wild: Wild) -> None:
    bounce = told(wild.mail)
    assert seen(bounce) == wild.failures
    assert bounce.message_id == wild.message_id
    assert wild.said in bounce.failures[0].diagnosis


def test_every_phrase_of_the_table_makes_a_mail_of_a_server_a_bounce() -> None:
    for dialect in DIALECTS:
        for action, phrases in (("failed", dialect.failed), ("delayed", dialect.delayed)):
            for phrase in phrases:
                bounce = told(mail("MAILER-DAEMON@a.example", "Note", f"{phrase}\n\n<{HU}>\n"))
                assert bounce.failures[0].action == action, (dialect.name, phrase)


def test_no_phrase_of_the_table_makes_a_mail_of_a_person_a_bounce() -> None:
    for dialect in DIALECTS:
        for phrase in dialect.failed + dialect.delayed:
            assert bounce_of(mail(subject=phrase, text=f"{phrase}\n\n<{HU}>\n550 5.1.1")) is None, (
                dialect.name,
                phrase,
            )


def test_a_person_who_forwards_a_bounce_has_sent_none() -> None:
    for wild in ALL:
        forwarded = (
            f"请看附件，帮忙处理。\n\n---- 转发的邮件 ----\n发件人：{wild.mail.sender.address}\n\n{wild.mail.text}"
        )
        assert bounce_of(mail(subject=f"转发：{wild.mail.subject}", text=forwarded)) is None
        assert bounce_of(mail(subject=wild.mail.subject, text=wild.mail.text, returned=copy_of_ours())) is None


def test_a_report_that_a_person_attaches_is_no_bounce() -> None:
    part = File("status.txt", "message/delivery-status", status_report(block(HU)).encode(), inline=False)
    assert (
        bounce_of(mail(subject="退信怎么处理", type="multipart/mixed", files=[part], returned=copy_of_ours())) is None
    )


def test_a_postmaster_who_answers_has_not_sent_a_bounce() -> None:
    text = "您好，您说的情况我看过了，是对方邮箱的问题。" + "请稍等，我们正在联系对方。" * 120 + "> 投递失败"
    assert bounce_of(mail("postmaster@customer.example", "回复：邮件退信的问题", text)) is None


def test_a_postmaster_who_asks_has_not_sent_a_bounce() -> None:
    assert bounce_of(mail("postmaster@customer.example", "邮件退信", "请问给我们的邮件为什么投递失败？")) is None


@pytest.mark.parametrize("headers", [[("return-path", "<>")], [("auto-submitted", "auto-generated")], []])
def test_a_parcel_that_could_not_be_delivered_is_no_mail(headers: list[tuple[str, str]]) -> None:
    text = f"您的快件 SF1234567890 投递失败，请联系 {HU}。Your parcel could not be delivered."
    assert bounce_of(mail("no-reply@parcels.example", "投递失败", text, headers=headers)) is None


def test_the_envelope_tells_that_nobody_sent_it() -> None:
    message = mail("system@a.example", "系统退信", f"<{HU}>: 550 5.1.1 nobody of that name")
    assert bounce_of(message) is None
    assert seen(bounce_of(message, "") or told(message)) == ((HU, "5.1.1", "failed"),)


def test_a_note_of_absence_is_no_bounce_although_it_has_no_sender_and_quotes_one() -> None:
    text = "我正在休假，3 月 16 日回来。\n\n> 您的邮件被退回\n> undeliverable\n"
    headers = [("return-path", "<>"), ("auto-submitted", "auto-replied")]
    assert bounce_of(mail(subject="自动回复：系统退信", text=text, headers=headers)) is None
    assert bounce_of(mail(subject="休假", text=text, headers=headers)) is None


def test_a_request_for_proof_is_no_bounce() -> None:
    text = "Your message has not been delivered. Please click the link to confirm that you are a person."
    assert bounce_of(mail(text=text, headers=[("auto-submitted", "auto-replied")])) is None


def test_receipts_and_complaints_about_spam_are_no_bounces() -> None:
    headers = [("return-path", "<>")]
    receipt = f"Final-Recipient: rfc822; {HU}\nDisposition: manual-action/MDN-sent-manually; deleted\n"
    assert (
        bounce_of(mail(type="multipart/report", headers=headers, reports=[("disposition-notification", receipt)]))
        is None
    )
    complaint = f"Feedback-Type: abuse\nOriginal-Rcpt-To: {HU}\n"
    assert bounce_of(mail(type="multipart/report", headers=headers, reports=[("feedback-report", complaint)])) is None


def test_what_a_report_says_is_one_line_of_bounded_length() -> None:
    said = "smtp; 550 " + "很长\t的\u2028话\x07 " * 5000
    bounce = told(report(*(block(f"u{number}@a.example", said=said) for number in range(500))))
    assert len(bounce.failures) <= 100
    assert all(len(failure.diagnosis) <= 300 and failure.diagnosis.isprintable() for failure in bounce.failures)


@pytest.mark.parametrize(
    "piece",
    [
        "a@",
        "@",
        "a@b.",
        "<a@b.example>\n",
        "a" * 63 + "@",
        "5.1.",
        "550 ",
        "Final-Recipient:\n",
        "x: y\n ",
        "To: a@b.example, ",
        "=?utf-8?b?",
    ],
)
def test_a_hostile_text_takes_no_longer_than_its_length(piece: str) -> None:
    """A megabyte takes 0.2 s here; anything that looks at all pairs of characters would take hours."""
    text = piece * (1_000_000 // len(piece))
    started = perf_counter()
    bounce_of(
        mail("MAILER-DAEMON@a.example", "failure notice", text, returned=text, headers=[("x-failed-recipients", text)])
    )
    bounce_of(mail("MAILER-DAEMON@a.example", type="multipart/report", reports=[("delivery-status", text[:65536])]))
    assert perf_counter() - started < 10
