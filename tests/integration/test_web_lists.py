"""Lists and case pages: everybody sees what concerns them, and nothing else; figures for monitoring."""

from datetime import timedelta
from html import unescape

import pytest

from engine.events import Decided, Done, Opened
from store.cases import open_case
from store.due import sweep
from store.heartbeats import Heartbeat, beat
from tests.web.site import Site, hidden

pytestmark = pytest.mark.parametrize("empty_database", ["sqlite"], indirect=True)


def test_my_list_shows_what_i_am_asked_and_by_when(site: Site) -> None:
    case = site.purchase()
    text = site.staff("wang.fang").get("/mine").text
    assert all(one in text for one in (case.id, "部门审批", "还剩 4 小时", "2026-03-10 14:00"))
    assert case.id not in site.staff("yao.yuan").get("/mine").text


def test_i_act_from_my_list(site: Site) -> None:
    case, browser = site.purchase(), site.staff("wang.fang")
    address = f"/d?do={case.id}/" + next(one.id for one in case.assignments.values() if one.person == "wang.fang")
    page = browser.get(address)
    browser.post(address, data={**hidden(page), "act": "reject", "reason": "不需要"})
    assert site.case(case.id).outcome == "rejected"


def test_a_comment_is_confirmed_once_and_not_beside_a_later_mistake(site: Site) -> None:
    case, browser = site.purchase(), site.staff("wang.fang")
    address = f"/d?do={case.id}/" + next(one.id for one in case.assignments.values() if one.person == "wang.fang")
    form = hidden(browser.get(address))
    page = browser.get(browser.post(address, data={**form, "act": "note", "reason": "稍等"}).headers["location"])
    assert "补充说明已记录" in page.text
    action = unescape(page.text.partition("enctype")[0].rpartition('action="')[2].partition('"')[0])
    wrong = browser.post(action, data={**hidden(page), "act": "reject"})
    assert ("请写明理由" in wrong.text, "补充说明已记录" in wrong.text) == (True, False)


def test_i_cannot_act_on_what_somebody_else_is_asked(site: Site) -> None:
    case = site.purchase()
    address = f"/d?do={case.id}/" + next(one.id for one in case.assignments.values() if one.person == "wang.fang")
    assert site.staff("yao.yuan").get(address).status_code == 404
    assert site.browser().get(address).status_code == 401


def test_a_case_is_seen_by_whom_it_concerns_and_by_nobody_else(site: Site) -> None:
    case = site.purchase()
    seen = {one: site.staff(one).get(f"/cases/{case.id}").status_code for one in ("zhao.lei", "wang.fang", "yao.yuan")}
    assert seen == {"zhao.lei": 200, "wang.fang": 200, "yao.yuan": 404}
    assert case.id in site.staff("wang.fang").get("/cases").text
    assert f"/cases/{case.id}" not in site.staff("yao.yuan").get("/cases").text


def test_the_case_page_shows_the_timeline_and_how_the_deadline_was_counted(site: Site) -> None:
    case = site.purchase()
    site.now += timedelta(minutes=3)
    site.record(case, Decided(step="decide", by="zhou.mingyuan", answer="reject", reason="超出预算"), "no")
    text = site.staff("zhao.lei").get(f"/cases/{case.id}").text
    assert all(one in text for one in ("周明远", "超出预算", "2026-03-10 10:03", "这个时间是怎么算出来的", "4 小时"))


def test_whoever_is_accused_sees_nothing_of_the_case_any_more(site: Site) -> None:
    facts = {"customer": "张三", "channel": "phone", "received_at": site.now, "subject": "态度"}
    opening = Opened(case="", by="zhao.lei", facts=facts)
    case = open_case(site.store, "complaint-handling", opening, "form", site.now).state
    assert case is not None
    browser = site.staff("zhao.lei")
    assert browser.get(f"/cases/{case.id}").status_code == 200
    site.record(case, Done(step="violation", by="yao.yuan", values={"accused": "zhao.lei", "what": "辱骂"}), "accuse")
    assert browser.get(f"/cases/{case.id}").status_code == 404
    assert f"/cases/{case.id}" not in browser.get("/cases").text


def test_a_step_open_to_requests_can_be_started_from_the_case_page(site: Site) -> None:
    facts = {"customer": "张三", "channel": "phone", "received_at": site.now, "subject": "态度"}
    case = open_case(
        site.store, "complaint-handling", Opened(case="", by="zhao.lei", facts=facts), "form", site.now
    ).state
    assert case is not None
    browser = site.staff("zhao.lei")
    assert f"/d?ask={case.id}/threat" in browser.get(f"/cases/{case.id}").text
    page = browser.get(f"/d?ask={case.id}/threat")
    answer = browser.post(str(page.url), data={**hidden(page), "act": "done", "f.words": "扬言打人"})
    assert answer.headers["location"] == f"/cases/{case.id}"
    assert site.case(case.id).steps["threat"].values == {"words": "扬言打人"}


def test_a_step_to_ask_for_shows_a_case_only_to_whom_it_concerns(site: Site) -> None:
    facts = {"customer": "张三", "channel": "phone", "received_at": site.now, "subject": "态度"}
    case = open_case(
        site.store, "complaint-handling", Opened(case="", by="zhao.lei", facts=facts), "form", site.now
    ).state
    assert case is not None
    stranger = site.staff("tang.jun")
    assert stranger.get(f"/cases/{case.id}").status_code == 404
    assert stranger.get(f"/d?ask={case.id}/threat").status_code == 404
    seal = hidden(site.staff("zhao.lei").get(f"/d?ask={case.id}/threat"))
    assert stranger.post(f"/d?ask={case.id}/threat", data={**seal, "act": "done", "f.words": "x"}).status_code >= 400
    assert site.case(case.id).steps["threat"].values == {}


def test_a_step_that_begins_by_itself_cannot_be_asked_for(site: Site) -> None:
    case = site.purchase()
    assert site.staff("zhao.lei").get(f"/d?ask={case.id}/decide").status_code == 404


def test_the_mailbox_is_there_in_a_demonstration_only(site: Site) -> None:
    assert site.browser().get("/mailbox").status_code == 200
    real = Site(site.store, site.folder, settings={"demo": False}).browser()
    addresses = ("/mailbox", "/mailbox.json", "/mailbox/1", "/mailbox/1/body", "/demo")
    assert {real.get(address).status_code for address in addresses} == {404}
    assert real.post("/demo/as", data={"person": "zhou.mingyuan"}).status_code == 404


def test_monitoring_sees_lateness_open_cases_and_the_outbox(site: Site) -> None:
    site.purchase()
    site.now += timedelta(hours=5)
    sweep(site.store, site.now)
    text = site.browser().get("/metrics").text
    assert "duly_open_cases 1.0" in text
    assert "duly_outbox_age_seconds 18000.0" in text
    assert 'duly_deadline_lateness_seconds_bucket{le="+Inf"}' in text
    assert "duly_deadline_lateness_seconds_count 0.0" not in text
    assert site.browser().get("/ready").json() == {"ready": True, "silent": []}


def test_monitoring_sees_a_clock_that_has_fallen_silent(site: Site) -> None:
    beat(site.store.database, Heartbeat("clock@duly:1", "clock", site.now, site.now, ""))
    site.now += timedelta(minutes=2)

    assert site.browser().get("/ready").json()["silent"] == ["clock"]
    assert 'duly_process_silent_seconds{kind="clock"} 120.0' in site.browser().get("/metrics").text


def test_a_case_that_has_ended_says_how_in_chinese(site: Site) -> None:
    facts = {"customer": "张三", "channel": "phone", "received_at": site.now, "subject": "态度", "facts": "经过"}
    opening = Opened(case="", by="zhao.lei", facts=facts)
    case = open_case(site.store, "complaint-handling", opening, "form", site.now).state
    assert case is not None
    case = site.record(case, Done(step="settle", by="zhao.lei", values={"no_further": True}), "settled")
    assert case.outcome == "satisfied-at-acceptance"
    text = site.staff("zhao.lei").get(f"/cases/{case.id}").text
    assert ("客户满意" in text.partition("结束：")[2][:40], "satisfied-at-acceptance" in text) == (True, False)


def test_a_step_that_cannot_be_asked_for_now_has_no_button(site: Site) -> None:
    case, browser = site.purchase(), site.staff("wang.fang")
    early = browser.get(f"/d?ask={case.id}/fix")
    assert (early.status_code, "现在不能发起" in early.text, "<form class" in early.text) == (410, True, False)
    site.record(case, Decided(step="decide", by="zhou.mingyuan", answer="reject", reason="不买"), "no")
    late = browser.get(f"/d?ask={case.id}/fix")
    assert (late.status_code, "事项已结束" in late.text) == (410, True)
