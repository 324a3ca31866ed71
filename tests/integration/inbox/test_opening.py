"""A mail to one of the company's mailboxes opens a case, with its clocks running from the second it arrived (T11)."""

from dataclasses import replace

from engine.case import StepStatus
from engine.events import Withdrawn
from models.language.moments import format_moment, parse_moment
from notifications.inbound.desk import Outcome
from notifications.inbound.mail import Original
from store.attachments import attachment, attachments_of
from store.cases import Recording, record
from store.due import sweep
from store.inbox import of_case
from store.lists import history
from store.programs import publish, withdraw
from tests.integration.inbox.desk import CUSTOMER, Post, Writing
from tests.integration.samples import sample_files

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 100


def due(post: Post, outcome: Outcome, clock: str) -> str:
    return format_moment(post.case(outcome).clocks[clock].due)


def test_a_complaint_on_saturday_night_is_deemed_accepted_on_monday(post: Post) -> None:
    arrived = post.clock()
    post.clock.later(minutes=4)
    outcome = post.take(Writing(text="开不出来。\n诉求：请尽快补开发票"), arrived)

    case = post.case(outcome)
    assert outcome.outcome == "opened"
    assert {name: case.facts.get(name) for name in ("customer", "customer_contact", "subject", "wish", "channel")} == {
        "customer": "孙先生", "customer_contact": CUSTOMER, "subject": "无法开票", "wish": "请尽快补开发票",
        "channel": "email",
    }  # fmt: skip
    assert case.facts["received_at"] == arrived
    with post.store.database.reading() as connection:
        assert history(connection, case.id)[0].happened_at == arrived
    assert due(post, outcome, "accept").startswith("2026-03-23 09:30")

    post.clock.now = parse_moment("2026-03-23 09:30")
    sweep(post.store, post.clock())
    assert post.case(outcome).steps["accept"].status is StepStatus.DONE
    assert due(post, outcome, "forward").startswith("2026-03-23 10:30")


def test_the_sender_gets_a_receipt_and_no_copy_opens_anything(post: Post) -> None:
    first = post.take(Writing())
    again = post.take(Writing(headers={"Received": "from a by b; Sat, 21 Mar 2026 22:11:00 +0800"}))

    assert (again.outcome, again.case_id) == ("duplicate", first.case_id)
    assert post.cases() == 1
    assert (f"mail:{CUSTOMER}", "receipt") in post.letters()
    assert [person for person, kind in post.letters() if kind == "receipt"] == [f"mail:{CUSTOMER}"]


def test_an_absence_note_of_the_customer_opens_nothing(post: Post) -> None:
    post.take(Writing())
    note = Writing(
        "自动回复：来信已收到",
        "我在休假。",
        message_id="<2@customer.example>",
        headers={"Auto-Submitted": "auto-replied"},
    )

    assert post.take(note).outcome == "automatic"
    assert post.cases() == 1


def test_the_same_message_id_over_other_words_is_no_copy(post: Post) -> None:
    post.take(Writing())
    other = post.take(Writing(text="请把退款打到另一个账户。"))

    assert other.outcome == "set_aside"
    assert "Message-ID" in other.reason


def test_a_mail_without_a_message_id_is_known_again_by_its_words(post: Post) -> None:
    first = post.take(Writing(message_id=""))
    again = post.take(Writing(message_id=""))

    assert (first.outcome, again.outcome) == ("opened", "duplicate")


def test_the_same_origin_is_taken_once(post: Post) -> None:
    original = post.original(Writing().written())
    first, again = post.inbox.take(original), post.inbox.take(original)

    assert (first.repeated, again.repeated) == (False, True)
    assert (again.outcome, again.case_id) == (first.outcome, first.case_id)
    assert len(post.rows()) == 1


def test_what_may_be_whistle_blowing_is_seen_by_nobody_of_customer_service(post: Post) -> None:
    outcome = post.take(Writing("反映情况", "贵公司某经理收受回扣，请查处。"))

    case = post.case(outcome)
    assert (outcome.outcome, outcome.sealed, case.procedure) == ("set_aside", True, "mail-triage")
    assert {one.person for one in case.assignments.values()} == {"su.min"}
    assert {person for person, _ in post.letters()} == {"su.min"}
    assert not any("回扣" in str(value) for value in case.facts.values())


def test_unverified_is_said_and_gives_nobody_a_part_in_the_case(post: Post) -> None:
    claimed = post.take(Writing(sender="王芳 <wang.fang@mingchuan.example>"))
    proved = post.take(
        Writing(
            "另一件", sender="王芳 <wang.fang@mingchuan.example>", message_id="<2@x.example>",
            verified="dmarc=pass header.from=mingchuan.example",
        )
    )  # fmt: skip

    assert "未经核实" in claimed.reason
    assert (post.case(claimed).requester, post.case(proved).requester) == (None, "wang.fang")


def test_publishing_takes_verified_staff_only(post: Post) -> None:
    text = "渠道：网站首页\n来源：原创\n密级：公开\n\n新品发布"
    writing = Writing("新品发布", text, "江丽 <jiang.li@mingchuan.example>", "publishing@mingchuan.example")
    claimed = post.take(writing)
    writing.verified, writing.message_id = "dkim=pass header.d=mingchuan.example", "<2@x.example>"
    proved = post.take(writing)

    assert (claimed.outcome, proved.outcome) == ("set_aside", "opened")
    assert "核实" in claimed.reason
    facts = post.case(proved).facts
    assert (facts["author"], facts["department"], facts["channel"], facts["classification"]) == (
        "jiang.li", "info", "home_page", "public",
    )  # fmt: skip


def test_what_a_form_needs_and_a_mail_does_not_say_waits_for_a_person(post: Post) -> None:
    writing = Writing("新品发布", "新品", "江丽 <jiang.li@mingchuan.example>", "publishing@mingchuan.example")
    writing.verified = "dkim=pass header.d=mingchuan.example"

    outcome = post.take(writing)

    assert outcome.outcome == "set_aside"
    assert "发布渠道" in outcome.reason


def test_an_alert_of_the_monitoring_opens_a_case_if_the_server_vouches_for_it(post: Post) -> None:
    writing = Writing(
        "首页完整性告警", "https://www.mingchuan.example/ expected: 0123456789abcdef0 found: fedcba98765432100",
        "monitor@mingchuan.example", "incident@mingchuan.example", headers={"Auto-Submitted": "auto-generated"},
    )  # fmt: skip
    forged = post.take(writing)
    writing.verified, writing.message_id = "spf=pass smtp.mailfrom=monitor@mingchuan.example", "<2@x.example>"
    real = post.take(writing)

    assert (forged.outcome, real.outcome) == ("set_aside", "opened")
    assert post.case(real).facts["site"] == "www.mingchuan.example"
    assert (f"mail:{'monitor@mingchuan.example'}", "receipt") not in post.letters()


def test_files_go_with_the_case_and_programs_stay_in_the_original(post: Post) -> None:
    outcome = post.take(Writing(files={"截图.png": PNG, "setup.exe": b"MZ" + b"0" * 50}))

    with post.store.database.reading() as connection:
        assert [one.name for one in attachments_of(connection, outcome.case_id or "")] == ["截图.png"]
        mail = of_case(connection, outcome.case_id or "")[0]
    assert any("setup.exe" in one for one in mail.troubles)


def test_files_of_harmful_content_are_sealed(post: Post) -> None:
    writing = Writing(
        "举报有害信息", "https://bbs.example/1 类别：C2", to="harmful@mingchuan.example", files={"a.png": PNG}
    )
    outcome = post.take(writing)

    with post.store.database.reading() as connection:
        mail = of_case(connection, outcome.case_id or "")[0]
        assert attachments_of(connection, outcome.case_id or "") == []
        assert attachment(connection, outcome.case_id or "", mail.files[0].sha256) is not None
    assert (outcome.outcome, mail.sealed) == ("opened", True)
    assert post.case(outcome).facts["category"] == "C2"


def test_one_mail_to_two_mailboxes_opens_a_case_in_each(post: Post) -> None:
    both = "complaints@mingchuan.example, harmful@mingchuan.example"
    content = Writing("内容违法", "https://bbs.example/1", to=both).written()
    outcomes = [
        post.inbox.take(_to(post, content, address))
        for address in ("complaints@mingchuan.example", "harmful@mingchuan.example", "harmful@mingchuan.example")
    ]

    assert [one.outcome for one in outcomes] == ["opened", "opened", "duplicate"]
    assert [post.case(one).procedure for one in outcomes[:2]] == ["complaint-handling", "harmful-content-handling"]


def test_a_message_handed_over_for_two_mailboxes_at_once_is_taken_for_each(post: Post) -> None:
    content = Writing("内容违法", "https://bbs.example/1", to="undisclosed-recipients:;").written()
    both = ("complaints@mingchuan.example", "duly@mingchuan.example", "Harmful@mingchuan.example")
    original = replace(post.original(content), recipients=both)

    parts = post.inbox.apart(original)
    outcomes = [post.inbox.take(one) for one in (*parts, *post.inbox.apart(original))]

    assert [post.case(one).procedure for one in outcomes[:2]] == ["complaint-handling", "harmful-content-handling"]
    assert [one.repeated for one in outcomes] == [False, False, True, True]
    assert post.inbox.apart(replace(original, recipients=both[:2])) == (replace(original, recipients=both[:2]),)


def _to(post: Post, content: bytes, address: str) -> Original:

    return replace(post.original(content), recipients=(address,))


def test_a_mail_to_nobody_we_know_is_sorted_by_a_person_with_a_clock(post: Post) -> None:
    outcome = post.take(Writing(to="hello@mingchuan.example"))

    case = post.case(outcome)
    assert (outcome.outcome, case.procedure) == ("set_aside", "mail-triage")
    assert format_moment(case.clocks["sort"].due).startswith("2026-03-23 09:30")


def test_a_flood_of_one_sender_opens_ten_cases_and_waits_in_five(post: Post) -> None:
    outcomes = [post.take(Writing(f"投诉{number}", message_id=f"<{number}@x.example>")) for number in range(30)]

    kinds = [one.outcome for one in outcomes]
    assert kinds == ["opened"] * 10 + ["set_aside"] * 20
    assert len({one.case_id for one in outcomes[10:]}) == 5
    assert all(row.waits for row in post.rows()[:20])


def test_spam_is_listed_and_asks_nobody(post: Post) -> None:
    outcome = post.take(Writing(headers={"X-Spam-Flag": "YES"}))

    assert (outcome.outcome, post.cases(), post.letters()) == ("spam", 0, [])


def test_mails_that_waited_unasked_are_sorted_with_the_next_one(post: Post) -> None:
    triage = next(file for file in sample_files() if file.name.endswith("mail-triage.yaml"))
    with post.store.database.writing() as connection:
        withdraw(connection, [one.name for one in sample_files() if one is not triage], "test", post.clock())
    unasked = post.take(Writing(to="hello@mingchuan.example"))
    with post.store.database.writing() as connection:
        publish(connection, [triage], "test", post.clock())
    asked = post.take(Writing("另一封", to="hello@mingchuan.example", message_id="<2@x.example>"))

    assert (unasked.outcome, unasked.case_id) == ("set_aside", None)
    assert {row.case_id for row in post.rows()} == {asked.case_id}


def test_nothing_waits_behind_a_case_that_has_been_withdrawn(post: Post) -> None:
    strays = [Writing(f"{one}", to="hello@mingchuan.example", message_id=f"<{one}@x.example>") for one in range(6)]
    last = [post.take(one) for one in strays[:5]][-1].case_id or ""
    owner = post.case(Outcome("set_aside", "", last)).owner or ""
    record(post.store, Recording(last, Withdrawn(by=owner, reason="误开"), "w"), post.clock())

    outcome = post.take(strays[5])

    assert not post.case(outcome).closed_at
