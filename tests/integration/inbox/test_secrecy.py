"""What may be whistle-blowing is read by its opener alone, whatever else is the matter with the mail (7-5.2, S-10)."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from notifications.inbound.desk import Outcome
from store.moving import move_mail
from tests.integration.inbox.desk import CUSTOMER, Post, Writing
from tests.integration.inbox.test_bouncing import report, signed
from tests.integration.post_office import REPLIES

OPENER = "su.min"
LETTERS = "report@mingchuan.example"
ACCUSING = "贵公司某经理收受回扣，请查处。"


def readers(post: Post, outcome: Outcome) -> set[str]:
    """Who is asked about a mail that was set aside."""
    return {one.person for one in post.case(outcome).assignments.values()}


def everything(post: Post, *but: str) -> str:
    """All that the database keeps outside of these tables."""
    with post.store.database.reading() as connection:
        tables = ("ledger", "cases", "assignments", "outbox", "follow_ups", "work", "attachments")
        rows = [connection.execute(text(f"SELECT * FROM {one}")).all() for one in tables if one not in but]  # noqa: S608 - names above
    return repr(rows)


def test_a_copy_of_a_sealed_letter_is_sealed(post: Post) -> None:
    post.take(Writing("反映情况", ACCUSING))
    again = post.take(Writing("反映情况", ACCUSING))

    assert (again.outcome, post.rows()[0].sealed) == ("duplicate", True)


@pytest.mark.parametrize(
    "writing",
    [
        Writing("关于〔2026-0001〕", "有人违规。", to=LETTERS),
        Writing("关于〔2026-0001〕", ACCUSING),
        Writing("反映情况", ACCUSING, to="hello@mingchuan.example"),
        Writing("反映情况", "有人违规。", to=LETTERS, headers={"X-Spam-Flag": "YES"}),
        Writing("反映情况", "有人违规。", "noreply@forms.example", LETTERS),
        Writing(
            "反映情况", "有人违规。", to=f"complaints@mingchuan.example, {LETTERS}", headers={"X-Spam-Flag": "YES"}
        ),
    ],
    ids=["number, to letters", "number, to complaints", "nowhere", "spam", "from a form", "to both"],
)
def test_whatever_is_wrong_with_it_only_its_opener_is_asked(post: Post, writing: Writing) -> None:
    post.take(Writing())
    writing.message_id = "<w@x.example>"

    outcome = post.take(writing)

    assert (outcome.outcome, outcome.sealed, post.rows()[0].sealed) == ("set_aside", True, True)
    assert readers(post, outcome) == {OPENER}


def test_the_same_message_id_over_other_words_does_not_unseal(post: Post) -> None:
    post.take(Writing("一", "有人违规。", to=LETTERS))
    outcome = post.take(Writing("二", "还有人违规。", to=LETTERS))

    assert (outcome.outcome, outcome.sealed, readers(post, outcome)) == ("set_aside", True, {OPENER})


def test_a_rule_that_breaks_does_not_unseal(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("notifications.inbound.opening.taken_by", broken)
    outcome = post.take(Writing("一", "有人违规。", to=LETTERS))

    assert readers(post, outcome) == {OPENER}


def test_a_letter_to_both_mailboxes_opens_no_complaint(post: Post) -> None:
    outcome = post.take(Writing("反映情况", "有人违规。", to=f"complaints@mingchuan.example, {LETTERS}"))

    assert (outcome.outcome, post.case(outcome).procedure) == ("opened", "whistleblower-letter")


def test_a_hidden_copy_of_a_letter_opens_no_complaint(post: Post) -> None:
    hidden = Writing("反映情况", "有人违规。", to="undisclosed-recipients:;").written()
    whole = replace(post.original(hidden), recipients=("complaints@mingchuan.example", LETTERS))
    (part,) = post.inbox.apart(whole)
    outcome = post.inbox.take(part)
    later = post.inbox.take(replace(post.original(hidden), recipients=("complaints@mingchuan.example",)))

    assert post.case(outcome).procedure == "whistleblower-letter"
    assert (later.outcome, post.rows()[0].sealed, post.cases()) == ("duplicate", True, 1)


def test_an_accusation_in_reply_to_a_complaint_does_not_join_it(post: Post) -> None:
    complaint = post.take(Writing())
    reply = REPLIES.to_case(complaint.case_id or "", f"mail:{CUSTOMER}")

    outcome = post.take(Writing("Re: 来信已收到", ACCUSING, to=reply, message_id="<r@x.example>"))

    assert (outcome.outcome, outcome.sealed, readers(post, outcome)) == ("set_aside", True, {OPENER})


def test_what_its_writer_adds_after_a_letter_has_moved_follows_it(post: Post) -> None:
    complaint = post.take(Writing()).case_id or ""
    letter = post.take(Writing("一", "有人违规。", to=LETTERS, message_id="<l@x.example>")).case_id or ""
    with post.store.database.writing() as connection:
        move_mail(connection, complaint, letter, "x/moved", post.clock())

    reply = REPLIES.to_case(complaint, f"mail:{CUSTOMER}")
    outcome = post.take(Writing("Re: 来信已收到", "再补充一点。", to=reply, message_id="<r@x.example>"))
    stranger = post.take(
        Writing(f"〔{complaint}〕", "听说了。", "x@y.example", "hello@mingchuan.example", "<s@x.example>")
    )

    assert (outcome.outcome, outcome.case_id, outcome.sealed) == ("joined", letter, True)
    assert (stranger.outcome, stranger.sealed, readers(post, stranger)) == ("set_aside", True, {OPENER})


def test_who_wrote_stands_nowhere_but_with_the_sealed_mail(post: Post) -> None:
    staff = Writing(
        "反映情况", "有人违规。", "江丽 <jiang.li@mingchuan.example>", LETTERS,
        verified="dmarc=pass header.from=mingchuan.example", files={"江丽的证据.txt": b"abc"},
    )  # fmt: skip
    case_id = post.take(staff).case_id or ""
    kept = everything(post, "outbox", "attachments")
    assert "jiang.li" not in kept
    assert "江丽" not in kept

    staff.to, staff.message_id, staff.text = (
        REPLIES.to_case(case_id, "mail:jiang.li@mingchuan.example"),
        "<2@x>",
        "补充。",
    )
    joined = post.take(staff)

    assert (joined.outcome, joined.case_id) == ("joined", case_id)
    kept = everything(post, "outbox", "attachments")
    assert "jiang.li" not in kept
    assert "江丽" not in kept


def test_a_receipt_that_bounces_names_nobody(post: Post) -> None:
    case_id = post.take(Writing("一", "有人违规。", to=LETTERS)).case_id
    with post.store.database.reading() as connection:
        local = connection.execute(text("SELECT message_id FROM outbox WHERE person LIKE 'mail:%'")).scalar_one()

    outcome = post.take(report(signed(local), to=CUSTOMER), mail_from="")

    assert (outcome.outcome, outcome.case_id, post.rows()[0].sealed) == ("bounced", case_id, True)
    assert CUSTOMER not in outcome.reason
