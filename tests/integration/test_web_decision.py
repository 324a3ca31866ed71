"""The page behind a link: a POST decides, once; nothing else does."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from engine.case import Case
from models.tables import EntryRow
from tests.web.site import TOKEN, Site, decide, hidden, opened

on_sqlite = pytest.mark.parametrize("empty_database", ["sqlite"], indirect=True)


def entries(site: Site) -> int:
    with site.store.database.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(EntryRow)).scalar_one())


def outcome(site: Site, case: Case) -> str:
    return site.case(case.id).steps["decide"].outcome


def test_a_click_decides(site: Site) -> None:
    case, browser = site.purchase(), site.browser()
    answer = decide(browser, opened(browser, site.link(case, "wang.fang")), "approve", reason="预算内")
    page = browser.get(answer.headers["location"])
    assert (outcome(site, case), page.status_code) == ("approved", 200)
    assert "您已于 2026-03-10 10:00 答复：同意" in page.text


@on_sqlite
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
@pytest.mark.parametrize("purpose", ["", "prefetch"])
def test_looking_decides_nothing(site: Site, method: str, purpose: str) -> None:
    case, browser = site.purchase(), site.browser()
    link = site.link(case, "wang.fang")
    page = opened(browser, link)
    before = entries(site)
    headers = {"Sec-Purpose": purpose, "Purpose": purpose}
    for address in (link, str(page.url), f"{page.url}&act=approve", "/d", "/signout", "/f/purchase"):
        browser.request(method, address, headers=headers)
    assert (entries(site), outcome(site, case)) == (before, "")


@on_sqlite
def test_the_token_is_in_no_page_header_or_log(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    case, browser = site.purchase(), site.browser()
    caplog.set_level("DEBUG")
    first = browser.get(site.link(case, "wang.fang"))
    page = browser.get(first.headers["location"])
    answer = decide(browser, page, "approve")
    seen = [*first.headers.values(), page.text, *page.headers.values(), answer.text, *answer.headers.values()]
    own_log = [record.getMessage() for record in caplog.records if not record.name.startswith(("httpx", "httpcore"))]
    assert not [one for one in [*seen, *own_log] if TOKEN in one]


@on_sqlite
@pytest.mark.parametrize("same_form", [True, False], ids=["one form clicked often", "many forms"])
def test_of_a_thousand_simultaneous_clicks_one_decides(site: Site, same_form: bool) -> None:
    case, browser = site.purchase(), site.browser()
    page = opened(browser, site.link(case, "wang.fang"))
    before, address, cookies = entries(site), str(page.url), browser.cookies
    forms = [hidden(page) if same_form else hidden(browser.get(address)) for _ in range(1 if same_form else 50)]
    with TestClient(site.app, follow_redirects=False, cookies=cookies) as shared, ThreadPoolExecutor(50) as pool:
        click = lambda n: shared.post(address, data={**forms[n % len(forms)], "act": "approve"}).status_code  # noqa: E731
        answers = set(pool.map(click, range(1000)))
    assert entries(site) == before + 1
    assert answers <= {303, 409}


@on_sqlite
def test_a_rejection_needs_a_reason_and_keeps_what_was_typed(site: Site) -> None:
    case, browser = site.purchase(), site.browser()
    page = opened(browser, site.link(case, "wang.fang"))
    answer = decide(browser, page, "reject")
    assert (answer.status_code, outcome(site, case)) == (422, "")
    assert "不同意时请写明理由" in answer.text
    decide(browser, answer, "reject", reason="超出预算")
    assert site.case(case.id).outcome == "rejected"


@on_sqlite
def test_it_hands_over_and_the_old_link_says_to_whom(site: Site) -> None:
    case, browser = site.purchase(), site.browser()
    link = site.link(case, "wang.fang")
    decide(browser, opened(browser, link), "hand_over", hand_over_person="li.na")
    page = opened(browser, link)
    assert page.status_code == 410
    assert "已转由李娜办理" in page.text
    assert "li.na" in {one.person for one in site.case(case.id).assignments.values()}


@on_sqlite
def test_it_adds_an_approver_who_must_agree_as_well(site: Site) -> None:
    case, browser = site.purchase(), site.browser()
    page = opened(browser, site.link(case, "wang.fang"))
    decide(browser, page, "add", add_person="bai.jie")
    assert site.case(case.id).steps["decide"].extra == ("bai.jie",)
    decide(browser, browser.get(str(page.url)), "approve")
    assert outcome(site, case) == ""


@on_sqlite
def test_a_comment_is_recorded_and_decides_nothing(site: Site) -> None:
    case, browser = site.purchase(), site.browser()
    page = opened(browser, site.link(case, "wang.fang"))
    answer = decide(browser, page, "note", reason="请财务先看一下")
    assert "补充说明已记录" in browser.get(answer.headers["location"]).text
    assert outcome(site, case) == ""
    assert "请财务先看一下" in site.staff("wang.fang").get(f"/cases/{case.id}").text


@on_sqlite
def test_a_task_asks_for_its_answers_and_says_what_is_missing(site: Site) -> None:
    case = site.purchase()
    for person, step in (("wang.fang", "decide"), ("zhou.mingyuan", "pay")):
        browser = site.browser()
        page = opened(browser, site.link(case, person))
        code = {}
        if step == "pay":
            decide(browser, page, "code")
            page, code = browser.get(str(page.url)), {"code": site.post.codes[-1][1]}
        decide(browser, page, "approve", **code)
    browser = site.browser()
    page = opened(browser, site.link(case, "zhao.lei"))
    wrong = decide(browser, page, "done", **{"f.remark": "缺一件", "f.complete": "no"})
    assert "须为“是”才能提交" in wrong.text
    assert 'value="缺一件"' in wrong.text
    decide(browser, wrong, "done", reason="箱子有压痕", **{"f.complete": "yes"})
    assert site.case(case.id).outcome == "received"
    assert "箱子有压痕" in site.staff("zhao.lei").get(f"/cases/{case.id}").text


@on_sqlite
def test_hostile_facts_are_shown_and_never_run(site: Site) -> None:
    hostile = "<script>alert(1)</script>"[:20]
    case, browser = site.purchase(subject=hostile, why='"><img src=x onerror=alert(1)>{{7*7}}'), site.browser()
    page = opened(browser, site.link(case, "wang.fang"))
    assert "<script" not in page.text
    assert "<img" not in page.text
    assert "{{7*7}}" in page.text
    assert "&lt;script&gt;" in page.text


@on_sqlite
def test_what_is_sealed_is_not_on_a_page_that_a_forwarded_mail_opens(site: Site) -> None:
    case, browser = site.purchase(), site.browser()
    page = opened(browser, site.link(case, "wang.fang"))
    assert "底价九百元" not in page.text
    assert "密封内容，登录后在事项页查看" in page.text
    assert "底价九百元" in site.staff("wang.fang").get(f"/cases/{case.id}").text


@on_sqlite
def test_two_links_can_be_open_side_by_side(site: Site) -> None:
    first, second, browser = site.purchase(), site.purchase(why="备用"), site.browser()
    one, other = (opened(browser, site.link(case, "wang.fang")) for case in (first, second))
    decide(browser, one, "approve")
    decide(browser, other, "reject", reason="重复")
    assert (outcome(site, first), site.case(second.id).outcome) == ("approved", "rejected")


@on_sqlite
def test_a_decision_on_the_page_of_a_comment_counts_too(site: Site) -> None:
    case, browser = site.purchase(), site.browser()
    page = opened(browser, site.link(case, "wang.fang"))
    decide(browser, page, "note", reason="先问一下")
    decide(browser, page, "reject", reason="不买")
    assert site.case(case.id).outcome == "rejected"


def test_an_address_that_no_database_takes_leads_nowhere(site: Site) -> None:
    browser = site.staff("wang.fang")
    for address in ("/cases/%00", "/cases?number=%00", "/cases?procedure=%00", "/d?do=%00", "/d?ask=%00/x"):
        answer = browser.get(address)
        assert (answer.status_code, "没有这个页面" in answer.text) == (404, True), address
