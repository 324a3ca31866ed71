"""Nothing loops: two programs that answer everything, against each other for a day by the clock (RFC 3834)."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from itertools import count

import pytest

from notifications.outbound.composing import compose
from store.outbox import claim_letters, sent
from tests.integration.inbox.desk import Post, Writing
from tests.integration.post_office import Server
from tests.integration.post_office import post as sender


def letters_to(post: Post, address: str) -> list[EmailMessage]:
    """Send what is in the outbox; gives what came to an address."""
    out = sender(post.store, Server(), post.clock)
    found = []
    for letter in claim_letters(post.store, out.claim, post.clock(), 200):
        mail = compose(out, (letter,), post.clock()).mail
        if mail is not None and mail.recipient == address:
            found.append(message_from_bytes(mail.content, _class=EmailMessage, policy=default))
        sent(post.store, letter, out.claim, letter.message_id, post.clock())
    return found


@pytest.mark.parametrize("polite", [True, False], ids=["a polite one", "one that says nothing of itself"])
def test_a_replier_that_answers_everything_for_a_day(post: Post, polite: bool) -> None:
    numbers = count(100)
    post.take(Writing(sender="机器人 <bot@robot.example>", message_id="<0@robot.example>"))
    answered = 0
    for _minute in range(0, 24 * 60, 20):
        for mail in letters_to(post, "bot@robot.example"):
            answered += 1
            assert mail["Auto-Submitted"] == "auto-replied"
            back = EmailMessage(policy=SMTP)
            back["From"], back["To"] = "bot@robot.example", str(mail["Reply-To"] or mail["From"])
            back["Subject"] = f"Re: {mail['Subject']}"
            back["Message-ID"], back["In-Reply-To"] = f"<{next(numbers)}@robot.example>", str(mail["Message-ID"])
            if polite:
                back["Auto-Submitted"] = "auto-replied"
            back.set_content("谢谢您的来信。")
            post.take(back.as_bytes())
        # And it writes to the mailbox by itself, again and again.
        post.take(
            Writing("你好", f"{next(numbers)}", "bot@robot.example", message_id=f"<{next(numbers)}@robot.example>")
        )
        post.clock.later(minutes=20)

    assert 2 <= answered <= 24, answered


def test_an_address_gets_one_answer_an_hour(post: Post) -> None:
    for number in range(5):
        post.take(Writing(f"投诉{number}", message_id=f"<{number}@x.example>"))
        post.clock.later(minutes=13)
    assert sum(kind == "receipt" for _, kind in post.letters()) == 1
    post.clock.later(minutes=20)
    post.take(Writing("又一件", message_id="<9@x.example>"))
    assert sum(kind == "receipt" for _, kind in post.letters()) == 2


@pytest.mark.parametrize(
    ("sender", "headers", "mail_from"),
    [
        ("noreply@shop.example", {}, None),
        ("孙先生 <sun@customer.example>", {"List-Id": "<all.mingchuan.example>"}, None),
        ("孙先生 <sun@customer.example>", {"Precedence": "bulk"}, None),
        ("孙先生 <sun@customer.example>", {}, ""),
        ("孙先生 <sun@customer.example>", {"Auto-Submitted": "auto-generated"}, None),
    ],
)
def test_machines_lists_and_reports_get_no_answer(
    post: Post, sender: str, headers: dict[str, str], mail_from: str | None
) -> None:
    post.take(Writing(sender=sender, headers=headers), mail_from=mail_from)

    assert [kind for _, kind in post.letters() if kind in ("receipt", "advice")] == []


def test_the_receipt_says_nothing_of_the_matter(post: Post) -> None:
    post.take(Writing("发票数据泄露", "全部客户信息泄露"))

    mail = letters_to(post, "sun@customer.example")[0]
    text = str(mail.get_body(("plain",)).get_content())  # type: ignore[union-attr]

    assert "2026-0001" in text
    assert not any(word in text + str(mail["Subject"]) for word in ("泄露", "发票", "投诉"))
    assert (mail["In-Reply-To"], mail["X-Auto-Response-Suppress"]) == ("<1@customer.example>", "All")
