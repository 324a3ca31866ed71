"""A decision by reply: only where the file allows it, once, with the exact words, from a sender who is vouched for."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from sqlalchemy import text

from engine.events import Opened
from notifications.inbound.desk import Outcome
from notifications.inbound.replies.marker import MARKER
from notifications.outbound.composing import compose
from store.cases import open_case
from store.due import sweep
from store.links import keep_link
from store.outbox import claim_letters
from store.programs import Published, publish
from tests.integration.inbox.desk import Post, Writing
from tests.integration.post_office import REPLIES, Server
from tests.integration.post_office import post as sender

TOKEN = "0123456789abcdef0123456789abcdef01234567"  # noqa: S105 - of a test
VOUCHED = "dmarc=pass header.from=mingchuan.example"
PURCHASE = Path(__file__).parents[2] / "web" / "purchase.yaml"


def ask(post: Post, by_reply: bool = True) -> Outcome:
    """Wang Fang is asked to approve a small purchase, and has the mail about it."""
    text = PURCHASE.read_text("utf-8")
    if by_reply:
        text = text.replace("    kind: approve\n", "    kind: approve\n    by_reply: true\n")
    with post.store.database.writing() as connection:
        publish(connection, [Published("procedures/purchase.yaml", text)], "test", post.clock())
    facts = {"subject": "打印机", "amount": 1200, "kind": "hardware", "department": "cs", "secret": "底价九百元"}
    opened = Opened(case="", by="zhao.lei", facts=facts)
    case = open_case(post.store, "purchase", opened, "form-1", post.clock()).state
    assert case is not None
    one = next(one for one in case.assignments.values())
    with post.store.database.writing() as connection:
        keep_link(connection, TOKEN, f"{case.id}/{one.id}", post.clock(), post.clock().replace(month=12))
    return Outcome("opened", one.person, case.id)


def answer(post: Post, asked: Outcome, text: str, verified: str = VOUCHED, person: str = "") -> Outcome:
    sender = post.store.programs.company.organisation.people[person or asked.reason].email
    number = next(post.numbers)
    return post.take(
        Writing("Re: 请审批", text, sender, REPLIES.to_decision(TOKEN), f"<{number}@x.example>", verified=verified)
    )


def answers(post: Post, asked: Outcome) -> list[str]:
    return [vote.answer for state in post.case(asked).steps.values() for vote in state.votes.values()]


@pytest.mark.parametrize("text", ["同意", "同意。", "Approve", "同意\n\n发自我的iPhone\n"])
def test_the_exact_words_decide_once(post: Post, text: str) -> None:
    asked = ask(post)

    first, again = answer(post, asked, text), answer(post, asked, text)

    assert (first.outcome, again.outcome) == ("decided", "joined")
    assert answers(post, asked) == ["approve"]


def test_a_decision_was_made_when_its_mail_arrived(post: Post) -> None:
    asked = ask(post)
    arrived = post.clock.later(minutes=5)
    with post.store.database.writing() as connection:
        connection.execute(text("UPDATE links SET expires_at = :at"), {"at": int(arrived.timestamp()) + 60})
    post.clock.later(hours=60)
    sweep(post.store, post.clock())
    sender = post.store.programs.company.organisation.people[asked.reason].email

    post.take(Writing("Re: 请审批", "同意", sender, REPLIES.to_decision(TOKEN), "<1@x>", verified=VOUCHED), arrived)

    assert [vote.at for state in post.case(asked).steps.values() for vote in state.votes.values()] == [arrived]


def test_a_refusal_needs_its_reason(post: Post) -> None:
    asked = ask(post)

    assert answer(post, asked, "不同意").outcome == "joined"
    assert answers(post, asked) == []
    assert answer(post, asked, "不同意：预算已用完").outcome == "decided"


@pytest.mark.parametrize(
    ("text", "verified", "person"),
    [
        ("同意这个方案，但请先补充报价", VOUCHED, ""),
        ("不同意", VOUCHED, ""),
        ("> 同意", VOUCHED, ""),
        ("同意", "", ""),
        ("同意", "dmarc=fail header.from=mingchuan.example", ""),
        ("同意", VOUCHED, "jiang.li"),
    ],
)
def test_nothing_else_decides(post: Post, text: str, verified: str, person: str) -> None:
    asked = ask(post)

    outcome = answer(post, asked, text, verified, person)

    assert outcome.outcome in ("joined", "set_aside")
    assert answers(post, asked) == []


def test_where_the_file_does_not_allow_it_no_words_decide(post: Post) -> None:
    asked = ask(post, by_reply=False)

    assert answer(post, asked, "同意").outcome == "joined"
    assert answers(post, asked) == []


def test_a_decision_that_others_have_made_stays(post: Post) -> None:
    asked = ask(post)
    answer(post, asked, "同意")

    assert answer(post, asked, "不同意：改主意了").outcome == "joined"
    assert answers(post, asked) == ["approve"]


def test_the_mail_that_asks_says_how_and_its_own_address_decides(post: Post) -> None:
    asked = ask(post)
    out = sender(post.store, Server(), post.clock)
    letter = next(one for one in claim_letters(post.store, out.claim, post.clock()) if one.person == asked.reason)
    composed = compose(out, (letter,), post.clock()).mail
    assert composed is not None
    mail = message_from_bytes(composed.content, _class=EmailMessage, policy=default)
    text = str(mail.get_body(("plain",)).get_content())  # type: ignore[union-attr]
    assert MARKER in text
    assert "只写“同意”" in text

    address, people = mail["Reply-To"].addresses[0].addr_spec, post.store.programs.company.organisation.people
    back = Writing("Re: 请审批", f"同意\n\n{text}", people[asked.reason].email, address, verified=VOUCHED)

    assert post.take(back).outcome == "decided"
    assert answers(post, asked) == ["approve"]
