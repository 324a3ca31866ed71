"""Whatever stands in a mail, on each database it has one outcome."""

import os
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest

from notifications.outbound.composing import compose
from store.outbox import claim_letters
from tests.integration.inbox.desk import CUSTOMER, Post, Writing
from tests.integration.post_office import REPLIES, Server
from tests.integration.post_office import post as sender

SURROGATES = "=?utf-16?b?2D3YPdg9?="
NUL = "=?utf-8?q?a=00b=00?="


@pytest.mark.parametrize("to", ["complaints@mingchuan.example", "report@mingchuan.example", "x@mingchuan.example"])
def test_texts_that_no_column_takes(post: Post, to: str) -> None:
    long = "长" * 3_000_000
    content = "\r\n".join(
        (
            f"From: {SURROGATES} {NUL} {'名' * 3000} <{'a' * 120}@{'b' * 60}.{'c' * 60}.example>",
            f"Return-Path: <{'a' * 60}@{'b' * 60}.{'c' * 60}.example>",
            f"To: {to}", f"Subject: {SURROGATES}{NUL}{long}", f"Message-ID: <{'m' * 900}@{NUL}x>",
            f"References: <{'2026-0001' * 100}@mingchuan.example> <\0@\ud800>", f"In-Reply-To: {SURROGATES}",
            "MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=b", "", "--b",
            "Content-Type: text/plain; charset=utf-16-le", "Content-Transfer-Encoding: base64", "", "PdgAAD3Y//8AAA==",
            *(
                line
                for one in range(60)
                for line in (
                    "--b", f'Content-Type: text/plain; name="{SURROGATES}{NUL}{"件" * 300}{one}.txt"',
                    "Content-Disposition: attachment", "", f"x{one}",
                )
            ),
            "--b--", "",
        )
    )  # fmt: skip

    outcome = post.take(content.encode("utf-8", "surrogatepass"))

    assert outcome.outcome in ("opened", "set_aside")
    assert len(post.rows()) == 1


def test_a_folder_whose_numbers_are_high(post: Post) -> None:
    post.inbox.reached("x", "INBOX", 2**32 - 1, 2**32 - 2)

    assert post.inbox.watermark("x", "INBOX", 2**32 - 1) == 2**32 - 2


@pytest.mark.parametrize("name", ["\ud800\ud801", "a\0b", "x" * 400])
def test_a_decided_or_joined_mail_of_a_writer_with_such_a_name(post: Post, name: str) -> None:
    case_id = post.take(Writing()).case_id
    content = Writing(f"Re: 〔{case_id}〕", sender="A B <sun@customer.example>", message_id="<2@x>").written()
    content = content.replace(b"A B", f'"{name}"'.encode("utf-8", "surrogatepass"))

    assert post.take(content, mail_from=f"{'s' * 99}@x.example").outcome in ("joined", "set_aside")


def answers(post: Post) -> list[EmailMessage]:
    """What goes out to people outside."""
    out = sender(post.store, Server(), post.clock)
    letters = [one for one in claim_letters(post.store, out.claim, post.clock(), 200) if one.person.startswith("mail:")]
    mails = [compose(out, (one,), post.clock()).mail for one in letters]
    return [message_from_bytes(one.content, _class=EmailMessage, policy=default) for one in mails if one]


def test_whoever_has_not_written_gets_no_answer(post: Post) -> None:
    outcome = post.take(Writing(verified="dmarc=fail header.from=customer.example"))

    assert outcome.outcome == "opened"
    assert answers(post) == []


@pytest.mark.parametrize("name", ["http://evil.example/x", "登录 evil.example", "call +86 13800000000"])
def test_we_send_nobody_what_a_stranger_calls_themselves(post: Post, name: str) -> None:
    post.take(Writing(sender=f'"{name}" <{CUSTOMER}>'))

    mail = answers(post)[0]
    assert name not in str(mail["To"])
    assert all(name not in part.get_content() for part in mail.walk() if part.get_content_maintype() == "text")


def test_an_address_in_other_case_is_the_same_person(post: Post) -> None:
    case_id = post.take(Writing(), mail_from="Sun@Customer.example").case_id or ""
    address = REPLIES.to_case(case_id, "mail:Sun@Customer.example")

    assert post.take(Writing("Re:", "补充。", "SUN@customer.example", address, "<2@x>")).outcome == "joined"


def test_programs_that_answer_each_other_through_a_case_come_to_an_end(post: Post) -> None:
    case_id = post.take(Writing()).case_id or ""
    address = REPLIES.to_case(case_id, f"mail:{CUSTOMER}")

    kinds = [post.take(Writing("Re:", f"收到{one}", CUSTOMER, address, f"<r{one}@x>")).outcome for one in range(40)]

    assert kinds == ["joined"] * 20 + ["set_aside"] * 20


def test_a_full_disk_leaves_nothing_behind(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    original = post.original(Writing(files={"a.txt": b"abc"}).written())
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            post.inbox.take(original)

    assert [one for one in (post.folder / "files").rglob("*") if one.is_file()] == []
    assert post.inbox.take(original).outcome == "opened"
