"""A dead link says why it is dead, and what to do instead."""

from datetime import timedelta

import pytest

from engine.events import Amended, Decided, Done, Opened
from store.cases import open_case
from tests.web.site import Site, decide, opened

pytestmark = pytest.mark.parametrize("empty_database", ["sqlite"], indirect=True)


def test_one_that_was_never_sent(site: Site) -> None:
    page = site.browser().get("/d/never-sent")
    assert (page.status_code, "链接无效" in page.text) == (404, True)


def test_one_that_has_expired(site: Site) -> None:
    link = site.link(site.purchase(), "wang.fang", hours=1)
    site.now += timedelta(hours=1)
    page = opened(site.browser(), link)
    assert (page.status_code, "链接已过期" in page.text) == (410, True)


def test_one_whose_matter_somebody_else_has_decided(site: Site) -> None:
    case = site.purchase()
    link = site.link(case, "wang.fang")
    site.now += timedelta(minutes=5)
    site.record(case, Decided(step="decide", by="zhou.mingyuan", answer="reject", reason="不买"), "other")
    page = opened(site.browser(), link)
    assert page.status_code == 410
    assert "周明远已于 2026-03-10 10:05 办结，结果：不同意" in page.text


def test_one_whose_facts_have_changed(site: Site) -> None:
    case, browser = site.purchase(), site.browser()
    link = site.link(case, "wang.fang")
    page = opened(browser, link)
    site.record(case, Amended(by="zhao.lei", facts={"amount": 9000}), "amend")
    answer = decide(browser, page, "approve")
    assert site.case(case.id).steps["decide"].outcome == ""
    old = browser.get(answer.headers["location"])
    assert (old.status_code, "内容已变更" in old.text, "新的邮件已发出" in old.text) == (410, True, True)


def test_a_page_left_open_too_long_must_be_opened_again(site: Site) -> None:
    case, browser = site.purchase(), site.browser()
    page = opened(browser, site.link(case, "wang.fang"))
    site.now += timedelta(minutes=31)
    answer = decide(browser, page, "approve")
    assert (answer.status_code, "页面已失效" in answer.text) == (410, True)
    assert site.case(case.id).steps["decide"].outcome == ""


def test_one_decided_by_oneself_can_be_looked_at_again(site: Site) -> None:
    case, browser = site.purchase(), site.browser()
    link = site.link(case, "wang.fang")
    decide(browser, opened(browser, link), "approve")
    page = opened(site.browser(), link)
    assert (page.status_code, "您已于" in page.text, "<button" in page.text) == (200, True, False)


def test_one_of_somebody_whom_the_matter_concerns_tells_nothing(site: Site) -> None:
    facts = {"customer": "张三", "channel": "phone", "received_at": site.now, "subject": "态度"}
    opening = Opened(case="", by="zhao.lei", facts=facts)
    case = open_case(site.store, "complaint-handling", opening, "form", site.now).state
    assert case is not None
    asked = next(iter(case.assignments.values())).person
    link = site.link(case, asked)
    site.record(case, Done(step="violation", by="yao.yuan", values={"accused": asked, "what": "辱骂"}), "accuse")
    page = opened(site.browser(), link)
    assert (page.status_code, "已撤回" in page.text, "已转交" in page.text, case.id in page.text) == (
        410, True, False, False,
    )  # fmt: skip
