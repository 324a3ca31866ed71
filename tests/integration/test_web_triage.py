"""Whoever is asked to sort a mail sees it, says what becomes of it, and nobody else sees a word of it."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from sqlalchemy import Connection, insert, select, text

from engine.case import StepStatus
from engine.events import Done
from models.inbox_tables import IncomingRow
from notifications.inbound.desk import Outcome
from store.cases import Store, load_case
from store.follow_ups import follow
from tests.integration.inbox.desk import Post, Writing
from tests.web.site import Site, hidden

INCOMING = IncomingRow.__table__  # type: ignore[attr-defined]


@pytest.fixture
def post(site: Site, tmp_path: Path) -> Post:
    found = Post(site.store, tmp_path)
    found.clock.now = site.now
    return found


@pytest.fixture
def site(store: Store, tmp_path: Path) -> Site:
    return Site(store, tmp_path / "files", settings={"mails": tmp_path / "mails", "overseers": ("gm",)})


def stray(post: Post, text: str = "请问如何开票？") -> Outcome:
    """A mail to an address that belongs to nothing."""
    return post.take(
        Writing("咨询", text, to="hello@mingchuan.example", message_id="<s@x.example>", files={"说明.txt": b"abc"})
    )


def number(post: Post) -> int:
    return post.rows()[0].id


def send(browser: TestClient, page: Response, **values: str) -> Response:
    answer: Response = browser.post(str(page.url), data={**hidden(page), **values})
    return answer


def test_only_whoever_is_asked_sees_the_mail(site: Site, post: Post) -> None:
    stray(post)
    zhao, jiang = site.staff("zhao.lei"), site.staff("jiang.li")
    address = f"/triage/{number(post)}"

    assert "咨询" in zhao.get("/triage").text
    assert "请问如何开票？" in zhao.get(address).text
    assert "咨询" not in jiang.get("/triage").text
    for path in (address, f"{address}/original", f"{address}/files/{'0' * 64}"):
        assert jiang.get(path).status_code == 404
        assert site.browser().get(path).status_code == 401


def test_what_is_deemed_accepted_stands_there_with_its_clock(site: Site, post: Post) -> None:
    post.take(Writing())

    page = site.staff("zhao.lei").get("/triage").text

    assert "到期视为已办" in page
    assert "受理" in page
    assert "2026-03-10 10:30 到期" in page
    assert "到期视为已办" not in site.staff("jiang.li").get("/triage").text


def test_the_mail_is_escaped_and_its_original_is_never_shown_by_the_browser(site: Site, post: Post) -> None:
    stray(post, "<script>alert(1)</script>")
    zhao = site.staff("zhao.lei")

    page = zhao.get(f"/triage/{number(post)}")
    saved = zhao.get(f"/triage/{number(post)}/original")

    assert "<script>alert" not in page.text
    assert "&lt;script&gt;" in page.text
    assert saved.headers["content-disposition"].startswith("attachment")
    assert saved.headers["content-type"] == "application/octet-stream"
    file = re.search(r"/triage/\d+/files/[0-9a-f]{64}", page.text)
    assert file is not None
    assert zhao.get(file[0]).content.strip() == b"abc"


def test_a_case_is_opened_from_it_with_the_form_filled_in_and_the_time_of_the_mail(site: Site, post: Post) -> None:
    asked = stray(post)
    arrived = post.clock()
    site.now = post.clock.later(minutes=5)
    zhao = site.staff("zhao.lei")

    page = zhao.get(f"/f/complaint-handling?mail={number(post)}")
    assert 'value="孙先生"' in page.text
    values = {
        "f.customer": "孙先生",
        "f.channel": "email",
        "f.subject": "咨询",
        "f.received_at": f"{arrived:%Y-%m-%dT%H:%M}",
    }
    receipt = send(zhao, page, act="send", **values)

    assert receipt.status_code == 303, receipt.text
    clicked_twice = send(zhao, page, act="send", **values)
    assert (clicked_twice.status_code, "receipt" in clicked_twice.headers["location"]) == (303, True)
    mail = post.rows()[0]
    case = post.case(Outcome("opened", "", mail.case_id))
    assert (mail.outcome, mail.waits, case.procedure, case.facts["received_at"]) == (
        "opened", False, "complaint-handling", arrived,
    )  # fmt: skip
    assert post.case(asked).outcome == "sorted"
    assert post.case(asked).steps["sort"].values["number"] == mail.case_id
    shown = zhao.get(f"/cases/{mail.case_id}").text
    assert "请问如何开票？" in shown
    assert zhao.get(f"/cases/{mail.case_id}/mail/{mail.id}").status_code == 200


def test_it_joins_a_case_and_those_concerned_are_told(site: Site, post: Post) -> None:
    complaint = post.take(Writing())
    asked = stray(post)
    zhao = site.staff("zhao.lei")

    page = zhao.get(f"/triage/{number(post)}")
    assert "没有这个编号" in send(zhao, page, act="join", case="2026-9999").text
    page = zhao.get(f"/triage/{number(post)}")
    done = send(zhao, page, act="join", case=complaint.case_id or "")

    assert done.headers["location"] == "/triage"
    assert (post.rows()[0].outcome, post.rows()[0].case_id) == ("joined", complaint.case_id)
    assert post.case(asked).outcome == "sorted"
    assert {person for person, kind in post.letters() if kind == "correspondence"} == {"wang.fang", "sun.yue"}


def test_it_joins_no_case_in_which_mail_is_sorted(site: Site, post: Post) -> None:
    asked = stray(post)
    zhao = site.staff("zhao.lei")

    answer = send(zhao, zhao.get(f"/triage/{number(post)}"), act="join", case=asked.case_id or "")

    assert "只用于分拣" in answer.text
    assert post.rows()[0].waits


def test_nothing_to_do_needs_a_reason(site: Site, post: Post) -> None:
    asked = stray(post)
    zhao = site.staff("zhao.lei")

    assert "请写明" in send(zhao, zhao.get(f"/triage/{number(post)}"), act="leave", reason="").text
    send(zhao, zhao.get(f"/triage/{number(post)}"), act="leave", reason="广告")

    assert (post.rows()[0].outcome, post.case(asked).outcome) == ("settled", "sorted")


def test_two_who_sort_the_same_mail_sort_it_once(site: Site, post: Post) -> None:
    stray(post)
    first, second = site.staff("zhao.lei"), site.staff("sun.yue")
    pages = [browser.get(f"/triage/{number(post)}") for browser in (first, second)]

    send(first, pages[0], act="leave", reason="广告")
    late = send(second, pages[1], act="leave", reason="广告")

    assert late.status_code in (404, 422)
    assert post.count("SELECT count(*) FROM ledger WHERE kind = 'Done'") == 1


def test_a_form_of_another_site_sorts_nothing(site: Site, post: Post) -> None:
    stray(post)
    zhao = site.staff("zhao.lei")

    answer = zhao.post(f"/triage/{number(post)}", data={"act": "leave", "reason": "x", "nonce": "a", "mark": "b"})

    assert answer.status_code == 403
    assert post.rows()[0].waits


def test_a_mixed_letter_is_split_and_the_accusation_reaches_the_sealed_circle_only(site: Site, post: Post) -> None:
    post.take(Writing("投诉并举报", "发票开不出来。另外某经理收受回扣。"))
    opener, accused_circle = site.staff("su.min"), site.staff("zhao.lei")
    mail = number(post)
    assert accused_circle.get(f"/triage/{mail}").status_code == 404

    page = opener.get(f"/f/complaint-handling?mail={mail}")
    values = {
        "f.customer": "匿名",
        "f.channel": "email",
        "f.subject": "发票开不出来",
        "f.received_at": "2026-03-10T10:00",
    }
    assert send(opener, page, act="send", whole="no", **values).status_code == 303
    assert post.rows()[0].waits
    page = opener.get(f"/f/whistleblower-letter?mail={mail}")
    sealed = send(opener, page, act="send", **{"f.received_at": "2026-03-10T10:00", "f.channel": "email"})
    assert sealed.status_code == 303, sealed.text

    row = post.rows()[0]
    procedures = {name: case for case, name in _procedures(post)}
    assert (row.sealed, row.waits, row.case_id) == (True, False, procedures["whistleblower-letter"])
    complaint = accused_circle.get(f"/cases/{procedures['complaint-handling']}").text
    assert "回扣" not in complaint
    assert accused_circle.get(f"/cases/{row.case_id}").status_code == 404
    assert "回扣" in opener.get(f"/cases/{row.case_id}").text
    with site.store.database.reading() as connection:
        bodies = " ".join(str(value) for value in _bodies(connection))
    assert "回扣" not in bodies


def test_a_letter_that_turns_out_to_be_whistle_blowing_leaves_the_complaint(site: Site, post: Post) -> None:
    outcome = post.take(Writing("反映问题", "王某的所作所为。"))
    site.record(post.case(outcome), Done(step="accept", by="zhao.lei", values={"letter_type": "whistleblowing"}), "a")
    follow(site.store, site.now)

    moved = post.rows()[0]
    with site.store.database.reading() as connection:
        case, _ = load_case(connection, site.store, moved.case_id or "")
    assert (case.procedure, moved.sealed) == ("whistleblower-letter", True)
    assert post.case(outcome).steps["hand_letter_over"].status is StepStatus.DONE
    assert site.staff("zhao.lei").get(f"/cases/{outcome.case_id}").status_code == 404
    assert "王某" in site.staff("su.min").get(f"/cases/{moved.case_id}").text


def test_why_nothing_is_done_about_a_sealed_letter_stands_with_the_letter_alone(site: Site, post: Post) -> None:
    post.take(Writing("反映情况", "某经理收受回扣。"))
    opener = site.staff("su.min")

    send(opener, opener.get(f"/triage/{number(post)}"), act="leave", reason="查无王某此人")

    assert (post.rows()[0].outcome, post.rows()[0].reason) == ("settled", "查无王某此人")
    with site.store.database.reading() as connection:
        assert "王某" not in " ".join(_bodies(connection))
    assert "王某" not in site.staff("zhou.mingyuan").get("/triage/all").text


def test_the_names_of_a_sealed_letters_files_stand_in_no_ledger(site: Site, post: Post) -> None:
    letter = post.take(Writing("一", "有人违规。", to="report@mingchuan.example")).case_id or ""
    post.take(Writing("二", "某经理收受回扣。", message_id="<2@x.example>", files={"王某受贿.txt": b"abc"}))
    opener = site.staff("su.min")

    done = send(opener, opener.get(f"/triage/{number(post)}"), act="join", case=letter)

    assert (done.status_code, post.rows()[0].case_id) == (303, letter)
    with site.store.database.reading() as connection:
        assert "王某" not in " ".join(_bodies(connection))


def test_overseers_see_that_a_sealed_letter_came_and_nothing_of_it(site: Site, post: Post) -> None:
    post.take(Writing("反映情况", "某经理收受回扣。"))
    stray(post)

    page = site.staff("zhou.mingyuan").get("/triage/all").text

    assert "咨询" in page
    assert "反映情况" not in page
    assert site.staff("zhao.lei").get("/triage/all").status_code == 404


def test_the_task_itself_cannot_be_done_while_its_mail_waits(site: Site, post: Post) -> None:
    asked = stray(post)
    zhao = site.staff("zhao.lei")
    assignment = next(one for one in post.case(asked).assignments.values() if one.person == "zhao.lei")
    page = zhao.get(f"/d?do={asked.case_id}/{assignment.id}")
    assert page.status_code == 200, page.text

    answer = send(zhao, page, act="done", **{"f.result": "nothing", "f.grounds": "广告"})

    assert "还没有分拣" in answer.text
    assert (post.rows()[0].waits, post.case(asked).closed_at) == (True, None)


def test_however_many_mails_wait_elsewhere_none_is_hidden(
    site: Site, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notifications.inbound.setting_aside.MOST_CASES_OF_ONE", 1)
    stray(post)
    with post.store.database.writing() as connection:
        row = connection.execute(select(INCOMING)).one()._asdict()
        copies = [{**row, "id": 2 + one, "origin": f"x{one}"} for one in range(600)]
        connection.execute(insert(INCOMING), copies)
        if not post.store.database.is_sqlite:
            connection.execute(text("SELECT setval('incoming_id_seq', 700)"))
    post.take(Writing("反映情况", "某经理收受回扣。"))

    opener, zhao = site.staff("su.min"), site.staff("zhao.lei")
    assert opener.get(f"/triage/{number(post)}").status_code == 200
    with post.store.database.writing() as connection:
        connection.execute(text("UPDATE incoming SET waits = false, outcome = 'settled' WHERE id < 550"))
    send(zhao, zhao.get("/triage/560"), act="leave", reason="广告")
    assert post.count("SELECT count(*) FROM cases WHERE status = 'closed'") == 0


def test_a_number_that_no_mail_can_have_is_not_found(site: Site, post: Post) -> None:
    case_id = post.take(Writing()).case_id
    assert site.staff("zhao.lei").get(f"/cases/{case_id}/mail/{10**20}").status_code == 404


def _procedures(post: Post) -> list[tuple[str, str]]:
    with post.store.database.reading() as connection:
        return [(row.id, row.procedure) for row in connection.execute(text("SELECT id, procedure FROM cases"))]


def _bodies(connection: Connection) -> Iterable[str]:
    return connection.execute(text("SELECT body FROM ledger")).scalars()
