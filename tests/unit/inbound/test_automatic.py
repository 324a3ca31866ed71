"""Automatic mails and people's, and where an automatic answer may go."""

from collections.abc import Sequence
from typing import Any

import pytest

from notifications.inbound.automatic import Kind, answer_to, automatic, may_answer, sign_of
from notifications.inbound.bounces.dialects import DIALECTS
from notifications.inbound.mail import File
from notifications.inbound.subjects import AWAY, INVITATIONS, RECEIPTS, REPLIES
from tests.unit.inbound.dialects import ALL, HU, Wild
from tests.unit.inbound.mails import OURS, block, mail, report

CUSTOMER = "he.min@customer.example"


def kind(**parts: Any) -> str:
    """What sort of program sent such a mail; empty for a person."""
    sign = sign_of(mail(**parts), CUSTOMER)
    return sign.kind if sign else ""


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ([("auto-submitted", "auto-replied (vacation)")], Kind.REPLY),
        ([("auto-submitted", "Auto-Replied; owner-email=a@b.example")], Kind.REPLY),
        ([("auto-submitted", "auto-generated")], Kind.MACHINE),
        ([("auto-submitted", "auto-notified")], Kind.MACHINE),
        ([("auto-submitted", "no")], ""),
        ([("auto-submitted", "")], ""),
        ([("x-auto-response-suppress", "All")], ""),
        ([("precedence", "bulk")], Kind.LIST),
        ([("precedence", "junk")], Kind.LIST),
        ([("precedence", "list")], Kind.LIST),
        ([("precedence", "auto_reply")], Kind.REPLY),
        ([("precedence", "first-class")], ""),
        ([("list-id", "<staff.customer.example>")], Kind.LIST),
        ([("list-unsubscribe", "<mailto:leave@customer.example>")], Kind.LIST),
        ([("x-autoreply", "yes")], Kind.REPLY),
        ([("x-autorespond", "快件延误")], Kind.REPLY),
        ([("x-autoreply-from", CUSTOMER)], Kind.REPLY),
        ([("x-ms-exchange-inbox-rules-loop", CUSTOMER)], Kind.REPLY),
        ([("x-ms-exchange-generated-message-source", "Antispam Quarantine Agent")], Kind.MACHINE),
        ([("list-id", "<a.b.example>"), ("auto-submitted", "auto-replied")], Kind.REPLY),
    ],
)
def test_headers_tell_programs_from_people(headers: Sequence[tuple[str, str]], expected: str) -> None:
    assert kind(headers=headers) == expected


def test_a_mail_that_a_rule_of_exchange_passes_on_is_still_its_writers() -> None:
    assert kind(headers=[("x-ms-exchange-inbox-rules-loop", "colleague@mingchuan.example")]) == ""
    headers = [
        ("x-ms-exchange-inbox-rules-loop", CUSTOMER),
        ("x-ms-exchange-generated-message-source", "Mailbox Rules Agent"),
    ]
    assert kind(subject="转发: 快件延误", headers=headers) == ""


@pytest.mark.parametrize(
    "subject",
    [
        "自动回复：快件延误",
        "自动回复: 快件延误",
        "自动答复：快件延误",
        "[自动回复]快件延误",
        "【自动回复】",
        "自动回复",
        "休假自动回复：快件延误",
        "Automatic reply: 快件延误",
        "Out of Office: 快件延误",
        "Out of Office AutoReply: 快件延误",
        "Auto-Reply: 快件延误",
        "Abwesenheitsnotiz: 快件延误",
        "Réponse automatique : 快件延误",
    ],
)
def test_subjects_of_people_who_are_away(subject: str) -> None:
    assert kind(subject=subject) == Kind.REPLY


@pytest.mark.parametrize(
    "subject",
    [
        "关于自动回复功能的投诉",
        "自动回复功能不能用",
        "自动回复 关不掉",
        "投诉：自动回复太慢",
        "回复：自动回复：快件延误",
        "Automatic reply does not work",
        "休假：张三 3 月 10 日至 12 日，请审批",
        "外出：明天去客户现场",
        "已读：但是没有人处理",
        "Read: the policy, please",
        "Accepted: terms of delivery",
        "退信",
        "投诉：邮件被退回",
    ],
)
def test_subjects_of_people(subject: str) -> None:
    assert kind(subject=subject) == ""
    assert may_answer(mail(subject=subject), CUSTOMER, [OURS])


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("休假：快件延误", Kind.REPLY),
        ("已读：快件延误", Kind.RECEIPT),
        ("Read: 快件延误", Kind.RECEIPT),
        ("已接受：复盘会", Kind.RECEIPT),
        ("Declined: 复盘会", Kind.RECEIPT),
        ("回复：快件延误", ""),
    ],
)
def test_words_that_people_begin_with_too_count_in_answer_to_a_mail(subject: str, expected: str) -> None:
    assert kind(subject=subject, in_reply_to="<2026-0001@mingchuan.example>") == expected


def test_every_beginning_of_a_subject_is_written_so_that_it_can_be_found() -> None:
    assert all(words == words.lower().replace("：", ":").strip() for words in REPLIES + AWAY + RECEIPTS + INVITATIONS)
    assert all(kind(subject=f"{words.upper()}: 快件延误") == Kind.REPLY for words in REPLIES)


def test_a_receipt_of_a_mail_client_is_one() -> None:
    receipt = f"Final-Recipient: rfc822; {CUSTOMER}\nDisposition: manual-action/MDN-sent-manually; displayed\n"
    message = mail(subject="快件延误", type="multipart/report", reports=[("disposition-notification", receipt)])
    assert automatic(message, CUSTOMER) == "已读回执"


def test_a_complaint_about_spam_comes_from_a_machine() -> None:
    message = mail(type="multipart/report", reports=[("feedback-report", "Feedback-Type: abuse\n")])
    assert automatic(message, CUSTOMER) == "垃圾邮件投诉报告"


def invitation(method: str) -> File:
    content = f"BEGIN:VCALENDAR\r\nMETHOD:{method}\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    return File("invite.ics", "text/calendar", content.encode(), inline=False)


def test_an_answer_of_a_calendar_is_a_receipt_and_an_invitation_is_a_persons_mail() -> None:
    assert kind(files=[invitation("REPLY")]) == Kind.RECEIPT
    assert kind(files=[invitation("REQUEST")]) == ""
    assert kind(headers=[("content-type", 'text/calendar; charset=utf-8; method="REPLY"')]) == Kind.RECEIPT


@pytest.mark.parametrize("wild", ALL, ids=lambda wild: wild.dialect)
def test_bounces_are_automatic_and_never_answered(wild: Wild) -> None:
    assert automatic(wild.mail, None) == "退信"
    assert not may_answer(wild.mail, None, [OURS])


def test_a_report_of_a_server_is_automatic_whatever_the_envelope_says() -> None:
    assert automatic(report(block(HU)), "") == automatic(report(block(HU)), CUSTOMER) == "退信"


@pytest.mark.parametrize(
    "sender", ["no-reply@bank.example", "noreply@a.example", "DoNotReply@a.example", "notify-noreply@a.example"]
)
def test_senders_nobody_can_answer_are_machines(sender: str) -> None:
    assert kind(sender=sender) == Kind.MACHINE


@pytest.mark.parametrize("sender", ["mailer-daemon@a.example", "Mail.Delivery.System@a.example", "MAILER-DAEMON"])
def test_mail_servers_are_machines(sender: str) -> None:
    assert kind(sender=sender, name="MAILER-DAEMON" if "@" not in sender else "") == Kind.MACHINE


def test_a_postmaster_may_be_a_person_and_is_not_answered() -> None:
    assert kind(sender="postmaster@customer.example") == ""
    assert not may_answer(mail(sender="postmaster@customer.example"), CUSTOMER, [OURS])


def test_a_mail_without_a_sender_on_its_envelope_is_automatic() -> None:
    assert automatic(mail(), "") == "系统通知"
    assert automatic(mail(headers=[("return-path", "<>")]), None) == "系统通知"


def test_the_envelope_counts_more_than_a_header_that_anybody_can_write() -> None:
    assert automatic(mail(headers=[("return-path", "<>")]), CUSTOMER) == ""


def test_a_persons_mail_about_any_phrase_of_a_server_stays_a_persons() -> None:
    for dialect in DIALECTS:
        for phrase in dialect.failed + dialect.delayed:
            assert kind(subject=f"请问“{phrase}”是什么意思", text=phrase) == "", phrase


def test_a_persons_mail_may_be_answered() -> None:
    assert may_answer(mail(), CUSTOMER, [OURS])


@pytest.mark.parametrize(
    "envelope",
    [
        "",
        "<>",
        "owner-staff@customer.example",
        "staff-request@customer.example",
        "staff-owner@customer.example",
        "staff-bounces@customer.example",
        "staff-bounces+he.min=customer.example@lists.example",
        "bounces+17-he.min=customer.example@sending.example",
        "MAILER-DAEMON@customer.example",
        "noreply@customer.example",
        "listserv@customer.example",
        OURS,
        "duly+2026-0001@mingchuan.example",
        "DULY@MINGCHUAN.EXAMPLE",
        "he.min",
        "he.min@customer",
        "he min@customer.example",
        "a@b@customer.example",
        "he.min@customer.example\nBcc: all@customer.example",
        ".he@customer.example",
        "x" * 250 + "@customer.example",
    ],
)
def test_nothing_automatic_goes_to_programs_to_ourselves_or_nowhere(envelope: str) -> None:
    assert not may_answer(mail(), envelope, [OURS])


def test_a_mail_that_claims_to_be_ours_is_not_answered() -> None:
    assert not may_answer(mail(sender=OURS), CUSTOMER, [OURS])


def test_a_mail_of_two_authors_is_not_answered() -> None:
    both = mail(headers=[("from", "liu.yi@customer.example")])
    assert not may_answer(both, CUSTOMER, [OURS])
    listed = mail(name="何敏 <he.min@customer.example>, 刘一", sender="liu.yi@customer.example")
    assert not may_answer(listed, CUSTOMER, [OURS])


def test_a_mail_of_a_list_is_not_answered() -> None:
    assert not may_answer(mail(headers=[("list-id", "<staff.customer.example>")]), CUSTOMER, [OURS])


def test_an_answer_goes_to_the_envelope_then_to_return_path_then_to_from() -> None:
    path = [("return-path", "<path@customer.example>")]
    assert answer_to(mail(headers=path), "envelope@customer.example") == "envelope@customer.example"
    assert answer_to(mail(headers=path)) == "path@customer.example"
    assert answer_to(mail()) == CUSTOMER


def test_an_answer_never_goes_to_reply_to() -> None:
    assert answer_to(mail(headers=[("reply-to", "everybody@customer.example")])) == CUSTOMER


def test_a_mail_without_a_sender_has_nobody_to_answer() -> None:
    assert answer_to(mail(headers=[("return-path", "<>")])) == ""
    assert answer_to(mail(), "") == ""
