"""Sealed cases: a forwarded mail opens nothing, and whoever reported does not see what becomes of it."""

import pytest

from engine.case import Case
from engine.events import Decided, Opened
from store.cases import open_case
from store.programs import Published, publish
from tests.integration.test_web_attachments import PDF, SHA256, upload
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
    assert not [word for word in ("打印机", "部门审批", "Approve the purchase", "王芳") if word in page.text]
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


def altered(site: Site, *changes: tuple[str, str]) -> None:
    """Publish the purchase procedure with some of its text changed."""
    text = PURCHASE.read_text("utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    with site.store.database.writing() as connection:
        publish(connection, [Published("procedures/purchase.yaml", text)], "test", site.now)


def test_a_sealed_file_is_neither_listed_nor_given_to_whoever_has_the_link(site: Site) -> None:
    altered(site, ("title: 报价单, required: false", "title: 报价单, required: false, sealed: true"))
    upload(site.staff("zhao.lei"), "举报人照片.pdf", PDF)
    case = site.case("2026-0001")
    page = opened(browser := site.browser(), site.link(case, "wang.fang"))
    assert "举报人照片" not in page.text
    address = f"/d/file/{SHA256}?{str(page.url).partition('?')[2]}"
    assert browser.get(address).status_code == 404
    assert site.staff("wang.fang").get(f"/cases/{case.id}/files/{SHA256}").content == PDF


def test_a_sealed_column_is_not_on_a_page_that_a_forwarded_mail_opens(site: Site) -> None:
    altered(
        site, ("count: {type: number, title: 数量, at_least: 1}", "count: {type: number, title: 数量, sealed: true}")
    )
    case = site.purchase(items=[{"name": "硒鼓", "count": 4711}])
    link = site.link(case, "wang.fang")
    assert ("硒鼓" in (page := opened(site.browser(), link).text), "4,711" in page) == (True, False)
    assert "4,711" in opened(site.staff("wang.fang"), link).text


def test_what_is_sealed_is_not_filled_in_before_signing_in(site: Site) -> None:
    altered(site, ("    who: acceptor\n", "    who: acceptor\n    asks: [secret]\n"), ("    code: true\n", ""))
    case = site.purchase()
    for number, (step, person) in enumerate([("decide", "wang.fang"), ("pay", "zhou.mingyuan")]):
        site.record(case, Decided(step=step, by=person, answer="approve"), f"yes-{number}")
    asked = next(one.person for one in site.case(case.id).assignments.values() if one.step == "receive")
    link = site.link(case, asked)
    page = opened(site.browser(), link).text
    assert ("请先登录" in page, "底价九百元" in page) == (True, False)
    assert "底价九百元" in opened(site.staff(asked), link).text


def test_a_dead_link_tells_nothing_of_a_sealed_case_before_signing_in(site: Site) -> None:
    case = tip(site)
    link = site.link(case, "wang.fang")
    site.record(case, Decided(step="decide", by="zhou.mingyuan", answer="reject", reason="不属实"), "no")
    page = opened(site.browser(), link)
    assert (page.status_code, "登录后" in page.text) == (410, True)
    assert not [word for word in ("周明远", "不同意", "部门审批", case.id) if word in page.text]
    assert "周明远" in opened(site.staff("wang.fang"), link).text


def test_a_code_for_a_sealed_case_says_its_number_and_no_step(site: Site) -> None:
    altered(site, ("procedure: purchase", "procedure: purchase\nsensitivity: sealed"))
    case, browser = site.purchase(), site.staff("zhou.mingyuan")
    site.record(case, Decided(step="decide", by="wang.fang", answer="approve"), "yes")
    decide(browser, opened(browser, site.link(case, "zhou.mingyuan")), "code")
    assert site.post.titles == [case.id]


def test_whoever_has_voted_still_sees_the_sealed_case(site: Site) -> None:
    altered(
        site,
        ("procedure: purchase", "procedure: purchase\nsensitivity: sealed"),
        ("    who: [cs_manager, gm]\n", "    who: [security_officer, gm]\n    rule: all\n"),
    )
    case = site.purchase()
    for person in ("tang.jun", "zhou.mingyuan"):
        site.record(case, Decided(step="decide", by=person, answer="approve"), f"yes-{person}")
    assert "tang.jun" not in {one.person for one in site.case(case.id).assignments.values()}
    assert site.staff("tang.jun").get(f"/cases/{case.id}").status_code == 200
