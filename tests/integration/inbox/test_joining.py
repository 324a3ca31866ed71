"""A reply joins its case if its writer has a part in it and can show it; everything else waits for a person."""

import re
from dataclasses import replace
from email.message import EmailMessage

import msgspec
import pytest
from sqlalchemy import text

from engine.events import Done
from notifications.inbound.desk import Outcome
from store.attachments import attachments_of
from store.cases import Recording, load_case, record
from store.codec import encode_case
from store.inbox import of_case, settle
from store.lists import history
from store.programs import publish
from tests.integration.inbox.desk import CUSTOMER, Post, Writing
from tests.integration.post_office import REPLIES
from tests.integration.samples import sample_files

STAFF = "赵蕾 <zhao.lei@mingchuan.example>"
VOUCHED = "dmarc=pass header.from=mingchuan.example"


def opened(post: Post) -> str:
    case_id = post.take(Writing()).case_id
    assert case_id is not None
    return case_id


def reply(case_id: str, person: str, sender: str, text: str = "补充：发票号 123。", **more: str) -> Writing:
    return Writing(
        f"Re: 〔{case_id}〕来信已收到",
        text,
        sender,
        REPLIES.to_case(case_id, person),
        "<r1@x.example>",
        **more,  # type: ignore[arg-type]
    )


def test_a_reply_of_the_customer_to_the_address_of_the_receipt_joins(post: Post) -> None:
    case_id = opened(post)
    quoting = "补充：发票号 123。\n\n在 2026年3月21日，22:10，Duly <duly@mingchuan.example> 写道：\n> 您的来信已收到"
    writing = reply(case_id, f"mail:{CUSTOMER}", f"孙先生 <{CUSTOMER}>", quoting)
    writing.files = {"发票.pdf": b"%PDF-1.7 " + b"0" * 50}

    outcome = post.take(writing)

    assert (outcome.outcome, outcome.case_id, post.cases()) == ("joined", case_id, 1)
    with post.store.database.reading() as connection:
        assert [one.text.strip() for one in of_case(connection, case_id)][-1] == "补充：发票号 123。"
        assert [one.name for one in attachments_of(connection, case_id)] == ["发票.pdf"]
        assert history(connection, case_id)[-1].kind == "Noted"
        assert "未经核实" in history(connection, case_id)[-1].body
    told = {person for person, kind in post.letters() if kind == "correspondence"}
    assert told == {"wang.fang", "zhao.lei", "sun.yue"}


@pytest.mark.parametrize(
    ("what", "sender", "tag_of", "verified"),
    [
        ("a stranger with the customer's address of the case", "生人 <x@elsewhere.example>", f"mail:{CUSTOMER}", ""),
        ("a stranger with a made-up address", "生人 <x@elsewhere.example>", "mail:x@elsewhere.example", ""),
        ("staff without a part in the case", "江丽 <jiang.li@mingchuan.example>", "jiang.li", VOUCHED),
        ("a forged sender with the right address", STAFF, "zhao.lei", "dmarc=fail header.from=mingchuan.example"),
    ],
)
def test_whoever_has_no_part_or_is_forged_waits_for_a_person(
    post: Post, what: str, sender: str, tag_of: str, verified: str
) -> None:
    case_id = opened(post)

    outcome = post.take(reply(case_id, tag_of, sender, verified=verified))

    assert outcome.outcome == "set_aside", what
    assert case_id in outcome.reason
    with post.store.database.reading() as connection:
        assert len(of_case(connection, case_id)) == 1


def hinted(case_id: str, sender: str, verified: str = "") -> Writing:
    """A reply to the sender's address: a number in the subject and a thread, and no address of the case."""
    return Writing(
        f"Re: 〔{case_id}〕", "补充", sender, "duly@mingchuan.example", "<r2@x.example>",
        {"In-Reply-To": f"<{case_id}@mingchuan.example>"}, verified=verified,
    )  # fmt: skip


def test_a_thread_is_a_hint_and_needs_a_sender_whom_the_server_vouches_for(post: Post) -> None:
    case_id = opened(post)

    assert post.take(hinted(case_id, STAFF)).outcome == "set_aside"
    vouched = hinted(case_id, STAFF, VOUCHED)
    vouched.message_id = "<r3@x.example>"
    assert post.take(vouched).outcome == "joined"


def test_a_forged_result_of_another_server_proves_nothing(post: Post) -> None:
    case_id = opened(post)
    writing = hinted(case_id, STAFF)
    writing.headers["Authentication-Results"] = f"mx.attacker.example; {VOUCHED}"

    assert post.take(writing).outcome == "set_aside"


def test_an_answer_in_words_decides_nothing_and_its_writer_is_told_how(post: Post) -> None:
    case_id, case = _special_case(post)
    before = post.case(case).steps["approve_special"]

    outcome = post.take(reply(case_id, "hu.jun", "胡军 <hu.jun@mingchuan.example>", "同意", verified=VOUCHED))

    assert outcome.outcome == "joined"
    assert post.case(case).steps["approve_special"] == before
    assert ("mail:hu.jun@mingchuan.example", "advice") in post.letters()


def _special_case(post: Post) -> tuple[str, Outcome]:
    """A complaint in which the head of a department is asked to approve."""
    case = post.take(Writing())
    case_id = case.case_id or ""
    for number, (step, by, values) in enumerate(
        (
            ("accept", "zhao.lei", {}),
            ("forward", "zhao.lei", {"department": "delivery"}),
            ("special_case", "zhu.lin", {"reason_code": "technical", "explanation": "须停机"}),
        )
    ):
        record(post.store, Recording(case_id, Done(step=step, by=by, values=values), f"e{number}"), post.clock())
    return case_id, case


def test_a_mail_about_a_case_that_does_not_exist_waits(post: Post) -> None:
    outcome = post.take(hinted("2026-9999", STAFF, VOUCHED))

    assert outcome.outcome == "set_aside"
    assert "不存在" in outcome.reason


def test_whoever_the_matter_is_about_cannot_join_it(post: Post) -> None:
    case_id = opened(post)
    accused = Done(step="violation", by="sun.yue", values={"accused": "zhao.lei", "what": "态度恶劣"})
    record(post.store, Recording(case_id, Done(step="accept", by="zhao.lei", values={}), "a"), post.clock())
    record(post.store, Recording(case_id, accused, "v"), post.clock())

    assert post.take(reply(case_id, "zhao.lei", STAFF, verified=VOUCHED)).outcome == "set_aside"


def test_our_own_mail_that_comes_back_is_not_answered(post: Post) -> None:
    case_id = opened(post)
    mail = EmailMessage()
    mail["From"], mail["To"] = "Duly <duly@mingchuan.example>", "complaints@mingchuan.example"
    mail["Subject"], mail["Message-ID"] = (
        f"〔{case_id}〕请受理",
        f"<{REPLIES.sign(f'{case_id}.1.zhao.lei')}@mingchuan.example>",
    )
    mail.set_content("请办理")
    before = post.letters()

    assert post.take(mail.as_bytes()).outcome == "automatic"
    assert (post.cases(), post.letters()) == (1, before)


def test_an_answer_to_the_address_that_we_gave_is_no_spam(post: Post) -> None:
    case_id = opened(post)
    marked = reply(case_id, f"mail:{CUSTOMER}", CUSTOMER, headers={"X-Spam-Flag": "YES"})  # type: ignore[arg-type]
    foreign = reply(case_id, "mail:x@y.example", "z@y.example", headers={"X-Spam-Flag": "YES"})  # type: ignore[arg-type]
    foreign.message_id = "<r2@x.example>"

    assert [post.take(one).outcome for one in (marked, foreign)] == ["joined", "spam"]


def test_what_is_added_to_a_mail_that_waits_waits_with_it(post: Post) -> None:
    asked = post.take(Writing(to="hello@mingchuan.example"))
    outcome = post.take(reply(asked.case_id or "", f"mail:{CUSTOMER}", CUSTOMER))

    assert (outcome.outcome, outcome.case_id) == ("set_aside", asked.case_id)
    assert [row.waits for row in post.rows()] == [True, True]


def test_a_reply_to_the_receipt_follows_the_mail_to_where_it_was_sorted(post: Post) -> None:
    asked = post.take(Writing(to="hello@mingchuan.example")).case_id or ""
    complaint = post.take(Writing("另一件", message_id="<2@x.example>", sender="li@other.example")).case_id or ""
    with post.store.database.writing() as connection:
        assert settle(connection, post.rows()[1].id, "joined", "经分拣并入", complaint)

    outcome = post.take(reply(asked, f"mail:{CUSTOMER}", CUSTOMER))

    assert (outcome.outcome, outcome.case_id) == ("joined", complaint)


def test_a_reply_is_not_left_where_nobody_looks(post: Post) -> None:
    case_id = opened(post)
    company = next(file for file in sample_files() if file.name == "organisation.yaml")
    gone = re.sub(r"(  wang\.fang: \{)", r'\1 left: "2026-03-01",', company.text)
    with post.store.database.writing() as connection:
        case, _ = load_case(connection, post.store, case_id)
        ended = msgspec.structs.replace(case, assignments={}, closed_at=post.clock())
        connection.execute(text("UPDATE cases SET state = :state"), {"state": encode_case(ended)})
        assert publish(connection, [replace(company, text=gone)], "test", post.clock())

    outcome = post.take(reply(case_id, f"mail:{CUSTOMER}", CUSTOMER))

    assert outcome.outcome == "set_aside"
    assert "在职" in outcome.reason
