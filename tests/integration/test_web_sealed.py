"""Sealed cases: a forwarded mail opens nothing, and whoever reported does not see what becomes of it."""

import pytest

from engine.case import Case
from engine.events import Opened
from store.cases import open_case
from store.programs import Published, publish
from tests.web.site import FACTS, PURCHASE, Site, decide, hidden, opened

pytestmark = pytest.mark.parametrize("empty_database", ["sqlite"], indirect=True)


def tip(site: Site) -> Case:
    """A case of the purchase procedure, made a sealed one."""
    text = PURCHASE.read_text("utf-8").replace("procedure: purchase", "procedure: tip\nsensitivity: sealed")
    with site.store.database.writing() as connection:
        publish(connection, [Published("procedures/tip.yaml", text)], "test", site.now)
    found = open_case(site.store, "tip", Opened(case="", by="zhao.lei", facts=FACTS), "tip-1", site.now).state
    assert found is not None
    return found


def test_a_link_alone_shows_and_decides_nothing(site: Site) -> None:
    case, browser = tip(site), site.browser()
    page = opened(browser, site.link(case, "wang.fang"))
    assert "请先登录" in page.text
    assert "打印机" not in page.text
    other = opened(browser, site.link(site.purchase(), "wang.fang"))
    browser.post(str(page.url), data={**hidden(other), "act": "approve"})
    assert site.case(case.id).steps["decide"].outcome == ""


def test_the_person_asked_decides_after_signing_in(site: Site) -> None:
    case, browser = tip(site), site.staff("wang.fang")
    page = opened(browser, site.link(case, "wang.fang"))
    assert "底价九百元" in page.text
    decide(browser, page, "reject", reason="不属实")
    assert site.case(case.id).outcome == "rejected"


def test_signing_in_as_somebody_else_does_not_help(site: Site) -> None:
    case, browser = tip(site), site.staff("yao.yuan")
    page = opened(browser, site.link(case, "wang.fang"))
    assert "请先登录" in page.text


def test_only_the_circle_sees_the_case(site: Site) -> None:
    case = tip(site)
    seen = {one: site.staff(one).get(f"/cases/{case.id}").status_code for one in ("wang.fang", "zhao.lei", "yao.yuan")}
    assert seen == {"wang.fang": 200, "zhao.lei": 404, "yao.yuan": 404}


def test_nobody_reads_a_sealed_case_through_the_address_of_a_step(site: Site) -> None:
    case = tip(site)
    for step in ("decide", "fix"):
        answer = site.staff("yao.yuan").get(f"/d?ask={case.id}/{step}")
        assert (answer.status_code, "打印机" in answer.text) == (404, False)
